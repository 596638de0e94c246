"""The engine's side of a page, spoken to as a browser speaks to it, and as no honest browser would."""
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.host import Host
from app.lesson_format import read_lesson
from app.scene import unpack


class Reader:
    """A page that sends requests and keeps the answers."""

    def __init__(self, slug='loss', only=None):
        self.answers, self.seq = [], 0
        self.host = Host(read_lesson(slug), lambda data: self.answers.append(unpack(data)), only)

    def ask(self, do, **message):
        before = len(self.answers)
        self.seq += 1
        self.host.receive({'seq': self.seq, 'do': do, **message})
        assert len(self.answers) == before + 1, 'every request has exactly one answer'
        assert self.answers[-1]['seq'] == self.seq
        return self.answers[-1]

    def restore(self, params=(), **message):
        return self.ask('restore', params=dict(params), guesses={}, **message)

    @property
    def numbers(self):
        return self.host.state.slope, self.host.state.intercept


@pytest.fixture
def reader():
    reader = Reader()
    reader.restore()
    return reader


def test_a_session_begins_with_the_readers_own_values():
    reader = Reader()
    answer = reader.restore({'slope': 150, 'intercept': 20_000, 'tries': [[1, 2]]}, width='narrow')
    assert reader.numbers == (150, 20_000) and reader.host.state.tries == [[1, 2]]
    assert answer['params'] == {'slope': 150, 'intercept': 20_000, 'revealed': False, 'tries': [[1, 2]]}
    assert answer['query'] == 'slope=150&intercept=20000'
    assert set(answer['scenes']) == {'see-the-squares', 'in-the-dark', 'sketch-the-valley', 'the-valley'}
    assert answer['scenes']['the-valley']['scene']['size'][0] == 340
    assert answer['values']['loss:,.0f'] == f'{reader.host.state.loss():,.0f}'


def test_a_page_that_the_server_has_just_drawn_is_not_sent_again():
    reader = Reader()
    assert set(reader.restore({'slope': 150}, drawn=True)) == {'seq'}
    answer = reader.ask('set', parameter='slope', value=160)
    assert answer['params'] == {'slope': 160}
    assert set(answer['widgets']) == {'see-the-squares', 'in-the-dark', 'the-valley'}
    assert 'scenes' not in answer


def test_a_page_gets_the_numbers_that_it_left_out_and_no_picture():
    reader = Reader()
    answer = reader.restore({'slope': 150}, drawn=True, lacks=['in-the-dark', 'nothing', 3])
    assert set(answer) == {'seq', 'scenes'} and set(answer['scenes']) == {'in-the-dark'}
    assert set(answer['scenes']['in-the-dark']) == {'scene'}
    assert 'scenes' not in Reader().restore({}, drawn=True, lacks='all')


def test_one_move_is_one_message_with_everything_that_it_changed(reader):
    answer = reader.ask('move', widget='see-the-squares', handle='whole', value=[120, 90_000])
    assert set(answer['widgets']) == {'see-the-squares', 'in-the-dark', 'the-valley'}
    assert answer['values']['loss:,.0f'] == f'{reader.host.state.loss():,.0f}'
    assert {'total:,.0f', 'times_best:,.2f'} <= set(answer['values'])
    assert answer['controls']['slope'] == {'value': 120, 'says': '120 $/ft²'}
    assert answer['params'] == {'slope': 120, 'intercept': 90_000}
    assert 'scenes' not in answer


def test_only_what_changed_is_sent(reader):
    reader.ask('move', widget='in-the-dark', handle='slope', value=[120, 0])
    answer = reader.ask('move', widget='in-the-dark', handle='slope', value=[120, 0])
    assert set(answer) <= {'seq', 'notice'}


def test_a_move_beyond_the_bounds_is_cropped(reader):
    reader.ask('move', widget='see-the-squares', handle='whole', value=[1e6, -1e9])
    assert reader.numbers == (500, -200_000)


def test_a_finished_gesture_joins_the_lines_tried_once(reader):
    for done in (False, True, True):
        answer = reader.ask('move', widget='in-the-dark', handle='slope', value=[120, 0], done=done)
    assert reader.host.state.tries == [[120, 50_000]]
    answer = reader.ask('set', parameter='slope', value=130, done=True)
    assert answer['charts']['your-tries']['columns']['slope'] == [120, 130]
    assert answer['charts']['your-tries']['rows'][0] == ['2', f'{reader.host.state.loss():,.0f}', '130', '50,000']


def test_a_refused_gesture_is_no_try(reader):
    reader.ask('set', parameter='slope', value='steep', done=True)
    assert reader.host.state.tries == []


def test_a_page_that_shows_one_widget_answers_for_that_one():
    reader = Reader(only='the-valley')
    assert set(reader.restore()['scenes']) == {'the-valley'}
    assert 'no such widget' in reader.ask('move', widget='in-the-dark', handle='slope', value=[1, 0])['notice']


def test_a_width_can_change_with_the_page(reader):
    scenes = reader.ask('restore', params=reader.host.everything()['params'], guesses={}, width='narrow')['scenes']
    assert {one['scene']['size'][0] for one in scenes.values()} == {340}


def test_a_ping_is_answered(reader):
    assert reader.ask('ping') == {'seq': 2}


def test_another_range_sends_new_axes_and_no_new_picture(reader, monkeypatch):
    from app.widgets import loss_curve
    monkeypatch.setattr(loss_curve, 'LOSSES', (0.0, 60_000.0))
    answer = reader.ask('set', parameter='slope', value=120)
    assert answer['axes']['the-valley']['loss']['plane']['y'] == [0, 60_000]
    assert '<g ' in answer['axes']['the-valley']['loss']['svg']
    assert 'scenes' not in answer


def test_a_guess_is_committed_and_compared(reader):
    answer = reader.ask('edit', widget='twice-the-miss', mark='guess', value='2')
    said = answer['predictions']['twice-the-miss']
    assert said['committed']
    assert 'You said <b>2</b> small squares. It is <b>4</b> small squares; yours is 2 lower.' in said['answer']
    assert answer['guesses'] == {'twice-the-miss': {'value': 2, 'committed': True}}
    answer = reader.ask('edit', widget='twice-the-miss', mark='again', value='')
    assert not answer['predictions']['twice-the-miss']['committed'] and answer['guesses'] == {}


def test_a_sketch_is_kept_then_compared_with_the_true_curve(reader):
    reader.ask('edit', widget='sketch-the-valley', mark='sketch', value=[[0, 30_000]] * 9)
    answer = reader.ask('edit', widget='sketch-the-valley', mark='commit', value=True)
    assert answer['widgets']['sketch-the-valley']['sketch']['locked'] is True
    assert len(answer['widgets']['sketch-the-valley']['truth']['x']) == 101
    assert 'of the picture’s height' in answer['predictions']['sketch-the-valley']['answer']


def test_guesses_come_back_with_a_new_session(reader):
    reader.ask('edit', widget='sketch-the-valley', mark='sketch', value=[[0, y] for y in range(9)])
    kept = reader.ask('edit', widget='twice-the-miss', mark='guess', value='4')['guesses']
    again = Reader()
    answer = again.ask('restore', params={}, guesses=json.loads(json.dumps(kept)))
    assert answer['guesses'] == kept and 'that is it' in answer['predictions']['twice-the-miss']['answer']


@pytest.mark.parametrize(('message', 'word'), [
    (None, 'not a request'), ([], 'not a request'), ({'do': 7}, 'not a request'), ({'do': 'fly'}, 'does not exist'),
    ({'do': 'move'}, 'no such widget'), ({'do': 'move', 'widget': []}, 'no such widget'),
    ({'do': 'move', 'widget': 'in-the-dark', 'handle': 'tried', 'value': [1, 2]}, 'no such handle'),
    ({'do': 'move', 'widget': 'in-the-dark', 'handle': {}, 'value': [1, 2]}, 'no such handle'),
    ({'do': 'move', 'widget': 'in-the-dark', 'handle': 'slope', 'value': [float('nan'), 0]}, 'not a place'),
    ({'do': 'move', 'widget': 'in-the-dark', 'handle': 'slope', 'value': [float('inf'), 0]}, 'not a place'),
    ({'do': 'move', 'widget': 'in-the-dark', 'handle': 'slope', 'value': '12'}, 'not a place'),
    ({'do': 'move', 'widget': 'in-the-dark', 'handle': 'slope', 'value': [1, 2, 3]}, 'not a place'),
    ({'do': 'move', 'widget': 'your-tries', 'handle': 'slope', 'value': [1, 2]}, 'no such handle'),
    ({'do': 'set', 'parameter': 'slope', 'value': 'steep'}, 'stays as it was'),
    ({'do': 'set', 'parameter': 'slope', 'value': float('nan')}, 'stays as it was'),
    ({'do': 'set', 'parameter': ['slope'], 'value': 1}, 'nothing of that name'),
    ({'do': 'set', 'parameter': 'loss', 'value': 1}, 'nothing of that name'),
    ({'do': 'set', 'parameter': 'tries', 'value': [[1, float('inf')]]}, 'stays as it was'),
    ({'do': 'edit', 'widget': 'in-the-dark', 'mark': 'guess', 'value': 'x'}, 'Nothing can be written'),
    ({'do': 'edit', 'widget': 'twice-the-miss', 'mark': 'guess', 'value': 'four'}, 'A number is needed'),
    ({'do': 'edit', 'widget': 'twice-the-miss', 'mark': 'guess', 'value': '1e999'}, 'A number is needed'),
    ({'do': 'edit', 'widget': 'sketch-the-valley', 'mark': 'commit', 'value': True}, 'Draw the curve first'),
    ({'do': 'edit', 'widget': 'sketch-the-valley', 'mark': 'sketch', 'value': [[0, float('nan')]] * 9}, 'not a curve'),
    ({'do': 'edit', 'widget': 'sketch-the-valley', 'mark': 'sketch', 'value': 7}, 'not an answer'),
])
def test_what_no_honest_page_would_send_is_answered_in_a_sentence_and_changes_nothing(reader, message, word):
    reader.host.receive(message)
    assert word in reader.answers[-1]['notice']
    assert reader.numbers == (200, 50_000) and reader.host.state.tries == [] and not any(reader.host.guesses.values())


anything = st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
                        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
                        max_leaves=8)
words = st.sampled_from(['in-the-dark', 'see-the-squares', 'twice-the-miss', 'sketch-the-valley', 'slope', 'left', 'whole',
                         'sketch', 'guess', 'commit', 'again', 'tries', 'revealed'])


@settings(max_examples=300)
@given(st.lists(st.fixed_dictionaries(
    {'do': st.sampled_from(['move', 'set', 'edit', 'restore', 'run', 'stop', 'ping'])},
    optional={'widget': words | anything, 'handle': words | anything, 'mark': words | anything, 'value': anything,
              'parameter': words | anything, 'params': anything, 'guesses': anything, 'width': anything, 'seq': anything,
              'done': anything}) | anything, max_size=4))
def test_no_message_at_all_breaks_a_page(messages):
    reader = Reader()
    for message in messages:
        reader.host.receive(message)
    assert len(reader.answers) == len(messages)
    assert not any('Something went wrong' in (answer.get('notice') or '') for answer in reader.answers)
    assert reader.restore({'slope': 120})['params']['slope'] == 120


def test_a_button_that_can_do_nothing_with_these_numbers_says_why():
    reader = Reader('xor')
    reader.restore({'data': 'own'})
    answer = reader.ask('press', widget='train-it', what='rescue')
    assert answer['notice'] == 'That can’t be done: there are no points yet. Press on the picture to put some.'


def test_a_mistake_of_ours_is_told_kindly_logged_in_one_line_and_leaves_everything_as_it_was(reader, monkeypatch, caplog):
    everything = Host.everything

    def stumble(self):
        if self.state.slope > 300:
            raise ZeroDivisionError('division by zero')
        return everything(self)

    monkeypatch.setattr(Host, 'everything', stumble)
    reader.host.receive({'seq': 9, 'do': 'set', 'parameter': 'slope', 'value': 400})
    assert reader.answers[-1] == {'seq': 9, 'notice': 'Something went wrong here with that step. Your values are kept.'}
    assert [record.getMessage() for record in caplog.records] == ['a request failed: ZeroDivisionError: division by zero']
    assert reader.numbers == (200, 50_000)
    assert reader.ask('set', parameter='intercept', value=60_000)['params'] == {'intercept': 60_000}


def test_turning_the_page_keeps_what_is_on_its_way(reader):
    reader.ask('move', widget='in-the-dark', handle='slope', value=[120, 0])
    answer = reader.ask('turn', width='narrow')
    assert {one['scene']['size'][0] for one in answer['scenes'].values()} == {340}
    assert reader.numbers == (120, 50_000)


def test_live_numbers_in_an_answer_are_filled(reader, monkeypatch):
    placement = reader.host.placements['twice-the-miss']
    body = placement.body_html + '<output data-value="loss:,.0f"></output>'
    monkeypatch.setitem(reader.host.placements, 'twice-the-miss', replace(placement, body_html=body))
    said = reader.ask('edit', widget='twice-the-miss', mark='guess', value='2')['predictions']['twice-the-miss']['answer']
    assert f'<output data-value="loss:,.0f">{reader.host.state.loss():,.0f}</output>' in said
