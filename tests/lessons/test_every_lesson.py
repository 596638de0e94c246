"""What must hold of every lesson, also of the next one. A lesson that is written is already covered."""
import math
import random
import re
from functools import lru_cache
from html import unescape

import numpy as np
import param
import pytest

import lessons
from app import parameters
from app.kinds import Boolean, Choice, Drawing, Table, Text, kind_of
from app.lesson_format import FOLDER, read_lesson
from app.live_numbers import used, value
from app.pages import render_lesson
from app.scene import beside_its_picture, check, same
from app.widgets import WIDGETS, WIDTHS, predict, render, scene_of
from lessons.drawn import text_of

every_lesson = pytest.mark.parametrize('slug', lessons.WRITTEN, scope='module')    # all about one lesson, then the next
MOST_WIDGETS = {'inside-a-network': 8, 'summary': 12}     # where it is not 7: the summary's are small, and one machine
TYPED_NUMBER = re.compile(r'\d[\d,]{3,}')       # a long number in the words is computed, not typed


def placements(slug):
    return read_lesson(slug).placements


def corners(state_class):
    """The state at its defaults, and at every combination of what its Parameters can be at the most and at the least."""
    names, ends = parameters.names(state_class), []
    for name in names:
        parameter = state_class.param[name]
        kind = kind_of(parameter)
        if kind is Boolean:
            ends.append((False, True))
        elif kind is Choice:
            ends.append(tuple(kind.words(parameter).values()))
        elif kind is Text:
            ends.append((parameter.default,))
        elif kind is Drawing:
            ends.append(('', text_of(np.ones((parameter.side, parameter.side)))))
        elif issubclass(kind, Table):
            ends.append(([], [[1.0] * len(parameter.columns)] * parameter.most))
        else:
            ends.append(parameter.bounds)
    count = math.prod(map(len, ends))
    chosen = random.Random(0).sample(range(count), 64) if count > 64 else range(count)
    return [state_class(), *(state_class(**dict(zip(names, combination(ends, n), strict=True))) for n in chosen)]


def combination(ends, n):
    """Number n of all the ways to take one of each of `ends`, in the order of itertools.product, which would list them all."""
    taken = []
    for end in reversed(ends):
        n, i = divmod(n, len(end))
        taken.append(end[i])
    return taken[::-1]


@lru_cache(1)
def everywhere(slug):
    """The states that a reader can come to, for all who only look at them."""
    return corners(read_lesson(slug).state_class)


@lru_cache(1)
def drawn(slug):
    """{(placement's name, width): its scene in each of those states}, for all who only look at them."""
    scenes = {(placement.name, width): [scene_of(placement, state, width, {}) for state in everywhere(slug)]
              for placement in placements(slug) for width in WIDTHS}
    return {place: shown for place, shown in scenes.items() if any(shown)}


def guesses(slug):
    """One committed answer to each question of a lesson."""
    return {placement.name: {'value': predict._example(placement), 'committed': True}
            for placement in placements(slug) if placement.widget == 'predict'}


def test_the_course_names_its_lessons_once_and_in_order():
    assert len(lessons.COURSE) == len(set(lessons.COURSE)) == 16
    assert [slug for slug in lessons.COURSE if slug in lessons.WRITTEN] == lessons.WRITTEN
    folders = {path.parent.name for path in FOLDER.glob('*/lesson.md')}
    assert folders == {slug.replace('-', '_') for slug in lessons.WRITTEN}


@every_lesson
def test_it_reads_and_has_one_to_seven_widgets_or_as_many_as_it_may(slug):
    lesson = read_lesson(slug)
    assert lesson.title and lesson.question
    assert 1 <= len([p for p in lesson.placements if p.widget != 'predict']) <= MOST_WIDGETS.get(slug, 7)


@every_lesson
def test_it_asks_before_it_tells(slug):
    assert any(placement.widget == 'predict' for placement in placements(slug))


@every_lesson
def test_its_length_is_a_page(slug):
    words = re.sub(r'^:::.*|^:.*', '', (FOLDER / slug.replace('-', '_') / 'lesson.md').read_text('utf-8'), flags=re.M)
    assert 350 <= len(words.split()) <= 1100


@every_lesson
def test_its_parameters_are_documented_and_bounded(slug):
    state_class = read_lesson(slug).state_class
    for name in parameters.names(state_class):
        parameter = state_class.param[name]
        assert parameter.label, name
        if isinstance(parameter, param.Number) and not isinstance(parameter, param.Boolean):
            assert parameter.bounds and None not in parameter.bounds and parameter.step, name
        assert kind_of(parameter).says(parameter, parameter.default), name


@every_lesson
def test_its_defaults_are_their_own_address(slug):
    state_class = read_lesson(slug).state_class
    assert parameters.query(state_class, parameters.defaults(state_class)) == ''
    for name, default in parameters.defaults(state_class).items():
        tidied, notice = parameters.tidy(state_class(), {name: default})
        assert notice is None and tidied[name] == default, name


@every_lesson
def test_every_picture_can_be_drawn_at_both_widths_wherever_the_reader_goes(slug):
    for (_, width), scenes in drawn(slug).items():
        for scene in scenes:
            check(scene)
            assert scene['size'][0] == {'wide': 720, 'narrow': 340}[width]


@every_lesson
def test_every_picture_that_a_reader_writes_into_can_be_drawn_with_what_is_written(slug):
    for placement in placements(slug):
        if hasattr(WIDGETS[placement.widget], 'edit'):
            for state in everywhere(slug):
                for width in WIDTHS:
                    if scene := scene_of(placement, state, width, guesses(slug)):
                        check(scene)
                        assert scene['size'][0] == {'wide': 720, 'narrow': 340}[width]


@every_lesson
def test_a_picture_keeps_its_marks_while_the_reader_works(slug):
    """Marks that come and go would take the focus and a drag with them."""
    for place, scenes in drawn(slug).items():
        assert len({tuple(scene['marks']) for scene in scenes}) == 1, place


@every_lesson
def test_what_is_fixed_never_changes_and_its_numbers_are_not_on_the_page_twice(slug):
    """A page holds such a mark only as its picture, so nothing could be drawn anew from its numbers."""
    by_name, runs = {placement.name: placement for placement in placements(slug)}, {}
    for (name, width), scenes in drawn(slug).items():
        fixed = {key: mark for key, mark in scenes[0]['marks'].items() if mark.get('fixed')}
        for key, mark in fixed.items():
            assert all(same(scene['marks'][key], mark) for scene in scenes), key
            assert all(same(scene['planes'][mark['plane']], scenes[0]['planes'][mark['plane']]) for scene in scenes), key
            assert not len(beside_its_picture(scenes[0])['marks'][key].get('x', ()))
        if fixed and name not in runs:
            runs[name] = changed_by_its_run(by_name[name], everywhere(slug)[0])
        if fixed:
            assert fixed.keys().isdisjoint(runs[name]), (name, width)


def changed_by_its_run(placement, state):
    widget = WIDGETS[placement.widget]
    run = widget.record(state, **placement.options) if hasattr(widget, 'record') else {}
    return {path.partition('.')[0] for part in ('marks', 'tracks', 'growing') for path in run.get(part, {})}


@every_lesson
def test_handles_stay_in_reach(slug):
    for place, scenes in drawn(slug).items():
        for scene in scenes:
            for key, mark in scene['marks'].items():
                if mark['kind'] == 'handle' and mark['move'] != 'both':
                    low, high = mark['bounds']
                    where = mark['x' if mark['move'] == 'x' else 'y']
                    assert low <= where <= high, (place, key)


@every_lesson
def test_a_handle_that_is_let_go_where_it_stands_changes_nothing(slug):
    for placement in placements(slug):
        state = read_lesson(slug).state_class()
        scene = scene_of(placement, state, 'wide', {}) or {'marks': {}}
        for key, mark in scene['marks'].items():
            if mark['kind'] == 'handle':
                proposal = WIDGETS[placement.widget].gesture(state, key, (mark['x'], mark['y']))
                for name, proposed in parameters.tidy(state, proposal)[0].items():
                    grid = 10.0 ** -kind_of(state.param[name]).grid(state.param[name])
                    assert np.isclose(proposed, getattr(state, name), atol=grid), (key, name)


@every_lesson
def test_a_handle_that_moves_both_ways_has_two_native_controls_or_dials_beside_it(slug):
    for placement in placements(slug):
        scene = scene_of(placement, read_lesson(slug).state_class(), 'wide', {}) or {'marks': {}}
        if any(mark.get('move') == 'both' for mark in scene['marks'].values()):
            dials = sum(len(mark['dials']['names']) for mark in scene['marks'].values() if mark.get('dials'))
            assert len(scene['controls']) >= 2 or dials >= 2, placement.name


@every_lesson
def test_its_live_numbers_can_be_shown_wherever_the_reader_goes(slug):
    lesson = read_lesson(slug)
    for state in everywhere(slug):
        for expression in used(lesson.texts):
            assert value(state, expression)


@every_lesson
def test_every_question_has_a_true_answer_for_every_reader(slug):
    for state in everywhere(slug):
        for name, guess in guesses(slug).items():
            placement = next(p for p in placements(slug) if p.name == name)
            assert predict.answer(state, placement, guess)
            assert predict.restored(state, placement, guess) == guess
            if placement.options['ask'] == 'choice':
                assert getattr(state, placement.options['truth'])() in dict(predict.CHOICE.findall(placement.body_html))


@every_lesson
def test_no_long_number_is_typed_into_its_words(slug):
    """A number in prose is a {value}, so that it can't grow old; what a question proposes may be typed."""
    text = (FOLDER / slug.replace('-', '_') / 'lesson.md').read_text('utf-8')
    prose = re.sub(r'\{(?:value|fact)\}`[^`]*`|\\value\{[^}]*\}|^:.*$', '', text, flags=re.M)
    allowed = {'20,000'}
    assert set(TYPED_NUMBER.findall(prose)) <= allowed


@every_lesson
def test_its_page_is_whole_without_any_script(slug):
    lesson = read_lesson(slug)
    html = render_lesson(lesson, parameters.defaults(lesson.state_class), None)
    state = lesson.state_class()
    for placement in lesson.placements:
        assert f'id="{placement.name}"' in html
        assert html.count(f'id="{placement.name}"') == 1
    for expression, text in re.findall(r'data-value="([^"]*)"[^>]*>([^<]*)<', html):
        assert unescape(text) == value(state, unescape(expression))


@every_lesson
def test_every_widget_can_stand_alone(slug):
    lesson = read_lesson(slug)
    for placement in lesson.placements:
        assert placement.name in render(placement, lesson.state_class())
        assert placement.name in render_lesson(lesson, parameters.defaults(lesson.state_class), None, embed=True,
                                               only=placement.name)
