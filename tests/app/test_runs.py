"""Runs: recorded once, sent once, followed as long as the page plays them; and no run that could not be played."""
import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import runs
from app.host import Host
from app.lesson_format import read_lesson
from app.scene import pack, unpack
from app.widgets import descent, one_number
from lessons.gradient_descent.state import State

WALK = 'step-by-step'


@pytest.fixture(autouse=True)
def nothing_kept():
    runs.KEPT.clear()
    yield
    runs.KEPT.clear()


def a_scene():
    return {'size': [720, 100], 'title': 'A dot', 'planes': {'line': dict(box=[0, 0, 720, 100], x=[0, 10], y=[0, 1])},
            'marks': {'dot': dict(kind='points', plane='line', x=[0.0], y=[0.0]),
                      'trail': dict(kind='line', plane='line', x=[], y=[]),
                      'words': dict(kind='text', plane='line', x=0, y=0, text='')}}


def a_run():
    return {'frames': 4, 'pace': 2, 'labels': ['a', 'b', 'c', 'd'], 'says': 'done', 'starts': 0,
            'marks': {'words': {'y': 0.5}},
            'tracks': {'dot.x': np.array([[0.0], [1], [2], [3]]), 'words.x': np.arange(4.0), 'words.text': list('wxyz')},
            'growing': {'trail.x': (np.arange(4.0), np.array([1, 2, 3, 4])), 'trail.y': (np.zeros(4), np.array([1, 2, 3, 4]))},
            'time': {'plane': 'line', 'x': np.arange(4.0)}, 'steps': np.array([0, 1, 1, 2]),
            'table': {'columns': ['n', 'm'], 'rows': [['1', '2'], ['3', '4']], 'counts': np.array([0, 1, 1, 2]),
                      'cells': np.array([0, 1, 2, 2])}}


def test_a_sound_run_passes():
    runs.check(a_run(), a_scene())


def test_every_moment_is_what_its_tracks_say():
    run = a_run()
    shown = runs.moment(run, 2)
    assert shown['dot']['x'] == [2] and shown['words'] == {'x': 2, 'y': 0.5, 'text': 'y'}
    assert list(shown['trail']['x']) == [0, 1, 2]


@pytest.mark.parametrize(('change', 'word'), [
    (lambda run: run.update(frames=0), 'frames'),
    (lambda run: run.update(pace=0), 'pace'),
    (lambda run: run.update(labels=['a']), 'labels'),
    (lambda run: run.update(labels=[1, 2, 3, 4]), 'labels'),
    (lambda run: run.update(starts=4), 'starts'),
    (lambda run: run.update(says=7), 'texts'),
    (lambda run: run['tracks'].update({'ghost.x': np.zeros(4)}), 'ghost'),
    (lambda run: run['tracks'].update({'dot': np.zeros(4)}), 'names no mark'),
    (lambda run: run['tracks'].update({'dot.y': np.zeros((3, 1))}), 'entries'),
    (lambda run: run['tracks'].update({'dot.y': np.full((4, 1), np.nan)}), 'finite'),
    (lambda run: run['tracks'].update({'dot.y': np.zeros((4, 2))}), 'equal length'),
    (lambda run: run['marks'].update(ghost={}), 'ghost'),
    (lambda run: run['growing'].update({'trail.x': (np.arange(3.0), np.array([1, 2, 3, 4]))}), 'further'),
    (lambda run: run['growing'].update({'trail.x': (np.arange(4.0), np.array([1, 3, 2, 4]))}), 'rising'),
    (lambda run: run['growing'].update({'trail.x': (np.arange(4.0), np.array([1, 1, 1, 1]))}), 'equal length'),
    (lambda run: run['time'].update(plane='moon'), 'moon'),
    (lambda run: run['time'].update(x=np.arange(3.0)), 'places'),
    (lambda run: run['table'].update(counts=np.array([0, 1, 2, 3])), 'further'),
    (lambda run: run['table'].update(cells=np.array([0, 1, 2, 3])), 'cells'),
    (lambda run: run['table']['rows'].append(['5']), 'row'),
    (lambda run: run.update(steps=np.array([0, 2, 1, 2])), 'steps'),
])
def test_a_run_that_could_not_be_played_is_named(change, word):
    run = copy.deepcopy(a_run())
    change(run)
    with pytest.raises(ValueError, match=word):
        runs.check(run, a_scene())


def test_a_message_carries_rows_of_tracks_and_no_more_digits_than_a_screen_has():
    sent = unpack(pack(runs.packable(a_run())))
    tracks = {(mark, field): (size, values) for mark, field, size, values in sent['tracks']}
    assert tracks['dot', 'x'][0] == 1 and tracks['words', 'x'][0] is None and tracks['words', 'text'] == (None, list('wxyz'))
    assert tracks['dot', 'x'][1].dtype == np.float32
    assert 'steps' not in sent
    with pytest.raises(ValueError, match='not finite'):
        runs.packable(a_run() | {'growing': {'trail.x': (np.array([np.inf]), np.ones(4))}})


def test_a_run_is_recorded_once_for_all_readers(monkeypatch):
    recorded = []
    monkeypatch.setattr(descent, 'record', lambda state: recorded.append(state.start) or {'frames': 1})
    for start in (1, 2, 1, 2):
        runs.recorded(descent, State(start=start), {})
    assert recorded == [1, 2]
    monkeypatch.setattr(runs.KEPT, 'limit', 20_000)
    for k in range(200):
        runs.recorded(descent, State(start=k / 64), {})
        assert 0 < runs.KEPT.size <= 20_000
    before = len(recorded)
    runs.recorded(descent, State(start=199 / 64), {})
    assert len(recorded) == before, 'the newest are still there'
    runs.recorded(descent, State(start=3 / 64), {})
    assert len(recorded) == before + 1, 'the oldest are not'


def test_two_lessons_with_the_same_widget_have_each_their_own_runs(monkeypatch):
    monkeypatch.setattr(descent, 'record', lambda state: {'frames': type(state).__name__})

    class Other(State):
        pass
    assert [runs.recorded(descent, state, {})['frames'] for state in (State(), Other())] == ['State', 'Other']


def test_no_reader_can_change_the_numbers_of_another():
    state = State(start=1.5)
    run = runs.recorded(descent, state, {})
    for array in (run['tracks']['ball.x'], run['marks']['course']['y'], *run['growing']['trail.x'], state.walk().places):
        with pytest.raises(ValueError, match='read-only'):
            array[0] = 7


# ---- a page that plays

class Reader:
    def __init__(self, slug='gradient-descent'):
        self.answers, self.host = [], Host(read_lesson(slug), lambda data: self.answers.append(unpack(data)))
        self.ask('restore', params={}, guesses={})

    def ask(self, do, **message):
        self.host.receive({'seq': 1, 'do': do, **message})
        return self.answers[-1]

    def play(self):
        return self.ask('run', widget=WALK)['runs'][WALK]


@pytest.fixture
def reader():
    return Reader()


def test_nothing_is_run_before_somebody_asks(reader):
    assert 'runs' not in reader.ask('set', parameter='rate', value='1/6')
    assert reader.play()['frames'] == 5


def test_from_then_on_what_changes_the_run_brings_the_new_one(reader):
    reader.play()
    answer = reader.ask('set', parameter='rate', value=0.25)
    assert answer['runs'][WALK]['labels'][4] == 'Step 1, new loss: 7.75, ✓ down from 20'
    assert 'runs' not in reader.ask('ping')
    assert 'runs' not in reader.ask('set', parameter='rate', value=0.25)
    reader.ask('stop', widget=WALK)
    assert 'runs' not in reader.ask('set', parameter='rate', value=0.5)


def test_a_run_that_does_not_depend_on_what_changed_is_not_sent_again(reader):
    reader.play()
    assert 'runs' not in reader.ask('set', parameter='slope', value=100), 'the slope is where the house line starts'


def test_a_new_session_goes_on_playing_what_the_page_plays():
    answer = Reader().ask('restore', params={'rate': 0.25}, guesses={}, plays=[WALK, 'the-moon', 7, 'the-steps'])
    assert set(answer['runs']) == {WALK}
    assert answer['runs'][WALK]['labels'][4].startswith('Step 1, new loss: 7.75')


def test_what_is_too_long_to_follow_is_taken_away(reader, monkeypatch):
    monkeypatch.setattr(descent, 'LIVE', False, raising=False)
    reader.play()
    assert reader.ask('set', parameter='rate', value=0.25)['runs'] == {WALK: None}
    assert 'runs' not in reader.ask('set', parameter='rate', value=0.3)
    assert reader.play()['frames'] > 1


def test_a_rate_that_changes_on_the_way_leaves_what_was_walked(reader):
    reader.play()
    reader.ask('set', parameter='rate', value=0.25, at=[WALK, 8])        # two steps are done
    state = reader.host.state
    assert state.changes == [[2, 0.05]] and state.rate == 0.25
    first, then = State(rate=0.05).walk(), State(start=3, rate=0.25)
    assert (state.walk().places[:3] == first.places[:3]).all()
    assert state.walk().places[3] == first.places[2] - 0.25 * then.hill().slope(first.places[2])
    reader.ask('set', parameter='rate', value=0.3, at=[WALK, 8])         # a slider on its way: still one change
    assert state.changes == [[2, 0.05]] and state.rate == 0.3
    assert reader.ask('press', widget=WALK, what='again')['params'] == {'rate': 0.05, 'changes': []}


@pytest.mark.parametrize(('moment', 'step'), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 1), (7, 2)])
def test_a_rate_counts_from_the_step_whose_move_is_not_made_yet(reader, moment, step):
    reader.play()
    reader.ask('set', parameter='rate', value=0.25, at=[WALK, moment])
    assert reader.host.state.changes == ([[step, 0.05]] if step else [])


@pytest.mark.parametrize('at', [7, [], [WALK], [WALK, 10_000], [WALK, -1], [WALK, 'x'], ['moon', 3], [WALK, None], [[], {}]])
def test_a_moment_that_is_none_is_the_start(reader, at):
    reader.play()
    assert 'Something' not in (reader.ask('set', parameter='rate', value=0.25, at=at).get('notice') or '')
    assert reader.host.state.rate == 0.25 and reader.host.state.changes == []


def test_a_new_start_is_another_one_each_time(reader):
    starts = [reader.ask('press', widget=WALK, what='new')['params']['start'] for _ in range(6)]
    assert len(set(starts)) == 6 and all(-3 <= start <= 4 for start in starts)


@pytest.mark.parametrize('message', [{'do': 'press', 'widget': WALK, 'what': 'fly'}, {'do': 'press', 'widget': WALK, 'what': []},
                                     {'do': 'press', 'widget': 'moon', 'what': 'new'}, {'do': 'run', 'widget': 'the-steps'}])
def test_what_cannot_be_pressed_is_refused(reader, message):
    assert 'There is no' in reader.ask(**message)['notice'] or 'nothing to play' in reader.answers[-1]['notice']


def test_a_run_that_cannot_be_recorded_says_why(reader, monkeypatch):
    def record(state):
        raise ValueError('the sun is down.')
    monkeypatch.setattr(descent, 'record', record)
    assert reader.ask('run', widget=WALK)['notice'] == 'That can’t be played: the sun is down.'


def test_numbers_that_have_no_run_are_taken_and_the_run_goes(reader, monkeypatch):
    """Points that are taken away one by one must not stop at the last."""
    reader.play()

    def record(state):
        raise ValueError('there is nothing to walk on.')
    monkeypatch.setattr(descent, 'record', record)
    runs.KEPT.clear()
    answer = reader.ask('set', parameter='rate', value=0.21)
    assert answer['params']['rate'] == 0.21 and answer['runs'] == {WALK: None} and not answer.get('notice')
    assert 'runs' not in reader.ask('set', parameter='rate', value=0.22)
    assert reader.ask('restore', params={'rate': 0.23}, guesses={}, plays=[WALK])['params']['rate'] == 0.23
    assert 'nothing to walk on' in reader.ask('run', widget=WALK)['notice']


def test_a_page_that_is_turned_keeps_its_run_and_a_new_one_gets_it(reader):
    reader.play()
    assert 'runs' not in reader.ask('turn', width='narrow')
    assert reader.ask('set', parameter='rate', value=0.3)['runs'][WALK]['frames']
    assert set(reader.ask('restore', params={}, guesses={}, plays=[WALK])['runs']) == {WALK}


def test_what_has_nothing_to_do_with_a_run_records_none(reader, monkeypatch):
    reader.play()
    runs.KEPT.clear()                                            # other readers have filled it with theirs
    monkeypatch.setattr(descent, 'record', lambda state: pytest.fail('recorded again'))
    reader.ask('edit', widget='the-steps', mark='guess', value='shorter')
    reader.ask('turn', width='narrow')


def test_a_page_that_claims_to_play_thousands_costs_no_more_than_one(reader, monkeypatch):
    from app import playing
    asked, key = [], playing.key
    monkeypatch.setattr(playing, 'key', lambda *about: asked.append(1) or key(*about))
    reader.ask('restore', params={}, guesses={}, plays=[WALK] * 10_000 + [[], {}, None])
    assert len(asked) < 10


junk = (st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.just(10 ** 4000)
        | st.lists(st.integers(), max_size=3))
tables = st.lists(st.lists(junk, max_size=3), max_size=60)
names = st.sampled_from([WALK, 'the-ruler', 'the-steps', 'moon'])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries(
    {'do': st.sampled_from(['run', 'stop', 'press', 'set', 'restore', 'turn'])},
    optional={'widget': names | junk, 'what': st.sampled_from(['again', 'new', 'rescue']) | junk,
              'at': st.tuples(names | junk, junk).map(list) | junk, 'plays': st.lists(names | junk, max_size=4) | junk,
              'parameter': st.sampled_from(['rate', 'start', 'curve', 'changes']) | junk,
              'value': junk | st.fixed_dictionaries({'log': junk}) | tables}), max_size=5))
def test_no_message_at_all_breaks_a_page_that_plays(messages):
    reader = Reader()
    reader.play()
    for message in messages:
        reader.host.receive(message)
    assert len(reader.answers) == len(messages) + 2
    assert not any('Something went wrong' in (answer.get('notice') or '') for answer in reader.answers)
    assert reader.ask('restore', params={'rate': 0.25}, guesses={}, plays=[WALK])['runs'][WALK]['frames'] > 1


def test_a_widget_without_a_run_has_no_player():
    assert not hasattr(one_number, 'record')
