"""What the lesson inside a network says of a drawing, recomputed: what becomes of it, and what each network says to it."""
import time
from urllib.parse import parse_qsl

import numpy as np
import pytest

from app import parameters
from app.host import Host
from app.lesson_format import read_lesson
from app.scene import check, unpack
from app.widgets import WIDTHS, digit_pad
from core import make_trained
from core.data import digits
from core.network import forward
from core.strokes import WAYS, by_hand, drawn
from lessons.drawn import bits_of, text_of
from lessons.inside_a_network.state import State

SEVEN = [[(2, 2), (8, 2), (5, 12)]]     # as small as a corner
FULL = text_of(np.ones((28, 28)))


def own(bits, **more):
    return State(drawing=text_of(bits), shows='own', **more)


def moved(right, down):
    return own(drawn([[(x + right, y + down) for x, y in stroke] for stroke in SEVEN]), meant=7)


def texts(scene):
    return ' '.join(mark['text'] for mark in scene['marks'].values() if mark['kind'] == 'text')


def test_the_page_begins_with_a_seven_that_is_told_right_but_not_beyond_doubt():
    state = State()
    assert state.truth() == state.answer() == 7
    assert 0.9 < state.probabilities()[7] < 0.98
    assert state.verdict() == f'It says 7, with {state.answer_share()}.'


def test_a_drawing_in_a_corner_is_brought_to_the_middle_and_known_there():
    corner, middle = moved(0, 0), moved(9, 8)
    assert np.array_equal(corner.picture(), middle.picture())
    assert corner.answer() == 7
    assert 'off the middle' in corner.what_became() and 'off the middle' not in middle.what_became()
    top, left, high, wide = 1, 1, 12, 8
    box = digit_pad.draw(corner, 'wide')['marks']['box']
    assert (min(box['x']), min(box['y'])) == (left, top) and max(box['x']) >= wide and max(box['y']) >= high


def test_an_empty_and_a_full_sheet_have_an_answer_and_a_sentence():
    empty, full = State(shows='own'), State(shows='own', drawing=FULL)
    assert not empty.picture().any() and 'Nothing is drawn' in empty.verdict()
    assert 'All ink is no digit' in full.verdict()
    for state in (empty, full):
        assert state.asked_empty() == 'digit'
        assert state.probabilities().sum() == pytest.approx(1) and np.isfinite(state.ran().z[2]).all()
        for width in WIDTHS:
            check(digit_pad.draw(state, width))


@pytest.mark.parametrize('given', [{}, {'shows': 'own'}, {'shows': 'own', 'drawing': FULL}, {'weights': 'yours'}, {'example': 48},
                                   {'shows': 'own', 'drawing': moved(0, 0).drawing, 'weights': 'start'}])
def test_its_sentences_are_there_to_the_last_word_and_no_picture_stands_for_one_that_is_not_kept(given):
    state = State(**given)
    for width in WIDTHS:
        marks = digit_pad.draw(state, width)['marks']
        said = {key: ' '.join(marks[f'{key}-{n}']['text'] for n in range(room)).strip() for key, room in digit_pad.ROOM.items()}
        assert said == {'says': state.verdict(), 'became': state.what_became()}
        assert bool(marks['gone']['w']) == bool(marks['comes']['text']) == (state.shows == 'test') != bool(
            marks['centred-name']['text'])


def test_each_digit_of_the_pen_is_known_and_goes_the_way_of_the_data():
    chance, right = np.random.default_rng(1), []
    for digit in range(10):
        state = own(by_hand(WAYS[digit][0], chance))
        right.append(state.answer() == digit)
        few = digit_pad.stages(state.picture_key())[1]
        assert np.array_equal(few * 16, np.round(few * 16)) and few.shape == (8, 8)
    assert sum(right) >= 9


def test_the_test_digits_were_never_seen_and_nearly_all_are_told_right():
    assert State().test_digits_right() >= 96
    seen = {row.tobytes() for row in digits().train_x}
    assert not any(row.tobytes() in seen for row in digits().test_x)


def test_most_of_what_it_learnt_from_was_written_by_those_13_people():
    assert (2 + make_trained.BENT) * len(digits().train_y) > 2 * 10 * make_trained.DRAWN, 'the rest is by the pen of `strokes`'


@pytest.mark.parametrize('weights', ['ours', 'start', 'yours'])
def test_the_quick_way_through_the_network_is_the_way_of_the_engine(weights):
    state = State(weights=weights, example=5)
    whole, quick = forward(state.network(), state.picture()), state.ran()
    for one, other in ((whole.taken, quick.taken), (whole.z, quick.z), (whole.a, quick.a)):
        assert all(a == pytest.approx(b) for a, b in zip(one, other, strict=True))


def test_who_has_trained_nothing_yet_is_told_so_and_sees_no_other_networks_answer():
    state = State(weights='yours')
    assert state.untrained() and state.verdict().startswith('You have not trained a network yet. It guesses')
    assert not np.allclose(state.probabilities(), State().probabilities())
    assert state.network_key() == State(weights='start').network_key()
    assert not State(weights='start').untrained()


def test_who_hesitates_says_so():
    unsure = State(example=48)
    assert unsure.verdict().startswith('It hesitates: 2 with')


def test_a_drawing_fits_into_the_address_and_comes_back():
    bits = np.random.default_rng(0).integers(0, 2, (28, 28))
    text = text_of(bits)
    assert len(text) <= 131 and np.array_equal(bits_of(text), bits)
    query = parameters.query(State, {name: getattr(own(bits), name) for name in parameters.names(State)})
    assert f'drawing={text}' in query
    values, notice = parameters.read(State, {'drawing': text, 'shows': 'own'})
    assert notice is None and values['drawing'] == text


def test_an_address_with_a_drawing_or_logits_alone_shows_them():
    text = text_of(np.eye(28))
    values, notice = parameters.read(State, {'drawing': text})
    assert notice is None and State(**values).shown_words() == 'your drawing'
    values, notice = parameters.read(State, {'logits': '2,1,0,0,0,0,0,0,0,0'})
    assert notice is None and State(**values).ten_logits()[:3] == (2, 1, 0)
    for shows in ('own', 'test'):
        values = parameters.defaults(State) | {'drawing': text, 'shows': shows}
        assert parameters.read(State, dict(parse_qsl(parameters.query(State, values)))) == (values, None)


@pytest.mark.parametrize('text', ['A', 'A' * 130, 'A' * 132, '!' * 131, 'é' * 131, 'x' * 100_000])
def test_a_text_that_is_no_drawing_is_refused_in_a_sentence(text):
    values, notice = parameters.read(State, {'drawing': text})
    assert values['drawing'] == '' and 'your drawing could not be used' in notice
    assert parameters.tidy(State(), {'drawing': text})[1].startswith('Your drawing stays as it was')


def test_two_texts_of_one_drawing_become_one():
    loose = 'A' * 130 + 'B'         # bits beyond the last pixel
    assert parameters.tidy(State(), {'drawing': 'A' * 131})[0] == {'drawing': ''}
    assert parameters.tidy(State(), {'drawing': loose})[0]['drawing'] == text_of(bits_of(loose))


def test_tools_and_choices_do_what_they_say():
    state = own(np.eye(28))
    assert digit_pad.gesture(state, 'tools', [1, 0]) == {'tool': 'eraser'}
    assert digit_pad.gesture(state, 'tools', [2, 0]) == {'drawing': '', 'shows': 'own', 'tool': 'pen'}
    assert digit_pad.gesture(state, 'pad', 'text') == {'drawing': 'text', 'shows': 'own'}
    assert state.changed_at(0, {'example': 3}) == {'example': 3, 'shows': 'test'}
    assert state.changed_at(0, {'meant': 3}) == {'meant': 3, 'shows': 'own'}
    pad = digit_pad.draw(State(tool='eraser'), 'wide')['marks']['pad']['pad']
    assert pad['fresh'] and not pad['ink']
    drawn = digit_pad.draw(State(shows='own', drawing=text_of(np.eye(28))), 'wide')['marks']['pad']
    assert drawn['pixels'].tolist() == (np.eye(28) * drawn['pad']['full']).ravel().tolist(), 'ink is as dark as the pen leaves it'


def test_a_stroke_costs_the_server_a_few_milliseconds_whatever_the_page_shows():
    answers = []
    host = Host(read_lesson('inside-a-network'), answers.append)
    host.receive({'seq': 0, 'do': 'restore', 'drawn': True, 'params': {}, 'width': 'wide'})
    chance, costs = np.random.default_rng(3), []
    for n in range(20):
        drawing = text_of(by_hand(WAYS[n % 10][0], chance))
        began = time.process_time()
        host.receive({'seq': n + 1, 'do': 'move', 'widget': 'draw-a-digit', 'handle': 'pad', 'value': drawing})
        costs.append(time.process_time() - began)
    assert {'draw-a-digit', 'through-three-layers', 'one-unit-at-work'} <= set(unpack(answers[-1])['widgets'])
    assert np.median(costs) < 0.025
