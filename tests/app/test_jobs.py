"""Long runs in processes of their own: one for all who want it, in turn, stopped when nobody does; and whatever may go wrong."""
import gc
import os
import queue
import subprocess
import sys
import time
import zlib

import pytest

from app import jobs, runs, widgets
from app.host import Host
from app.scene import unpack
from app.server.settings import Settings, processors
from tests.helpers import slow_walk

SOME = 20           # seconds within which anything comes on a busy machine


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    runs.KEPT.clear()
    monkeypatch.setitem(widgets.WIDGETS, 'slow-walk', slow_walk)


@pytest.fixture
def pool():
    pool = jobs.Pool(1)
    yield pool
    pool.close()


@pytest.fixture
def many():
    pool = jobs.Pool(3)
    yield pool
    pool.close()


class Asker:
    """A reader of the pool itself, with all that they hear."""

    def __init__(self, pool):
        self.pool, self.heard = pool, queue.Queue()

    def ask(self, widget='walk', slow=False, **values):
        order = slow_walk.__name__, slow_walk.Walk, values, {}, slow
        self.pool.ask(self, widget, repr(values), order, lambda *what: self.heard.put((widget, *what)))
        return self

    def end(self):
        """(widget, kind, content) of the next run or failure."""
        while True:
            found = self.heard.get(timeout=SOME)
            if found[1] != 'progress':
                return found

    def run(self):
        _, kind, run = self.end()
        assert kind == 'run', run
        return unpacked(run)


def unpacked(run):
    return unpack(zlib.decompress(bytes(run['squeezed']) if isinstance(run, dict) else run.data))


def until(true):
    deadline = time.monotonic() + SOME
    while not true():
        assert time.monotonic() < deadline
        time.sleep(.01)


def working(pool):
    """The worker that is at work, as soon as it is."""
    until(lambda: any(worker.job and worker.ready for worker in pool.workers))
    return next(worker for worker in pool.workers if worker.job)


# ---- the pool

def test_a_run_from_a_worker_is_the_run_that_is_recorded_here(pool):
    run, here = Asker(pool).ask(steps=5).run(), slow_walk.record(slow_walk.Walk(steps=5))
    assert run['labels'] == here['labels'] and run['frames'] == 6
    assert run['tracks'][0][:3] == ['walker', 'x', 1] and (run['tracks'][0][3] == here['tracks']['walker.x']).all()
    assert int(run['says']) not in (os.getpid(), 0)


def test_who_asks_for_what_is_recorded_already_listens_along(pool):
    readers = [Asker(pool).ask(steps=7, lasts=.3) for _ in range(300)]
    assert len({reader.run()['says'] for reader in readers}) == 1
    assert next(pool.numbers) < 400, 'one job was made'
    assert runs.KEPT.get(repr({'steps': 7, 'lasts': .3})).frames == 8


def test_readers_take_turns(pool):
    order = queue.Queue()
    greedy, modest = Asker(pool), Asker(pool)
    greedy.heard = modest.heard = order
    for n in range(10):
        greedy.ask(f'greedy-{n}', steps=n + 1, lasts=.05)
    working(pool)
    for n in range(2):
        modest.ask(f'modest-{n}', steps=n + 100, lasts=.05)
    names = [greedy.end()[0] for _ in range(12)]
    assert [name[:6] for name in names[:5]] == ['greedy', 'modest', 'greedy', 'modest', 'greedy']


def test_one_reader_never_has_all_the_workers(many):
    greedy = Asker(many)
    for n in range(6):
        greedy.ask(f'{n}', steps=n + 1, lasts=30)
    until(lambda: len(many.workers) == 3 and all(worker.ready for worker in many.workers))
    time.sleep(.3)
    assert sum(worker.job is not None for worker in many.workers) == 2
    assert Asker(many).ask(steps=50).run()['frames'] == 51
    many.leave(greedy)
    until(lambda: not any(worker.job for worker in many.workers))


def test_a_slow_run_holds_up_no_short_one(pool):
    for n in range(3):
        Asker(pool).ask(slow=True, steps=n + 1, lasts=30)
    until(lambda: any(worker.slow and worker.job for worker in pool.workers))
    assert Asker(pool).ask(steps=5).run()['frames'] == 6


def test_progress_comes_with_its_words_and_not_too_often(pool):
    reader = Asker(pool).ask()
    reader.run()
    reader.ask(steps=7, lasts=1)
    time.sleep(.2)
    assert reader.heard.empty(), 'most runs are there by then'
    told = []
    while (found := reader.heard.get(timeout=SOME))[1] == 'progress':
        told.append(found[2])
    assert 1 <= len(told) <= 9
    assert all(.2 < share <= 1 and words == '7 steps' for share, words in told) and told == sorted(told)


def test_who_waits_is_told_how_many_come_first(pool):
    Asker(pool).ask(lasts=1)
    working(pool)
    assert Asker(pool).ask(steps=7).heard.get(timeout=SOME)[1:] == ('progress', (0., 'Waiting: 1 run comes first.'))


@pytest.mark.parametrize('does', ['walk', 'hang'])
def test_what_nobody_waits_for_is_stopped_even_in_the_middle_of_a_loop(pool, does):
    reader = Asker(pool).ask(does=does, lasts=30)
    worker = working(pool)
    time.sleep(.1)
    began = time.monotonic()
    pool.drop(reader, 'walk')
    assert reader.ask(steps=5).run()['says'] == str(worker.process.pid), 'the same worker goes on'
    assert time.monotonic() - began < 10
    assert runs.KEPT.get(repr({'does': does, 'lasts': 30})) is None


def test_what_does_not_hear_is_ended_and_replaced(pool, monkeypatch):
    monkeypatch.setattr(jobs, 'OBEYS', .2)
    reader = Asker(pool).ask(does='sleep')
    worker = working(pool)
    os.kill(worker.process.pid, 19)         # SIGSTOP
    pool.drop(reader, 'walk')
    assert reader.ask(steps=5).run()['says'] != str(worker.process.pid)
    assert worker.process.poll() is not None


def test_who_changes_their_mind_while_a_worker_starts_costs_nobody_that_worker(pool, monkeypatch):
    monkeypatch.setattr(jobs, 'OBEYS', .2)
    reader = Asker(pool).ask(lasts=30)
    until(lambda: pool.workers)
    worker = pool.workers[0]
    os.kill(worker.process.pid, 19)         # SIGSTOP: it is slow to start
    assert worker.job and not worker.ready
    pool.drop(reader, 'walk')
    time.sleep(.5)
    monkeypatch.setattr(jobs, 'OBEYS', SOME)
    os.kill(worker.process.pid, 18)         # SIGCONT
    assert reader.ask(steps=5).run()['says'] == str(worker.process.pid)


def test_the_newest_wins_but_what_is_nearly_there_is_shown(pool, monkeypatch):
    monkeypatch.setattr(jobs, 'SOON', SOME)
    reader = Asker(pool).ask()
    reader.run()
    for steps in range(11, 30):
        reader.ask(steps=steps, lasts=.2)
        time.sleep(.02)
    shown = [reader.run()['frames'] - 1]
    while shown[-1] != 29:
        shown.append(reader.run()['frames'] - 1)
    assert shown[0] == 11 and shown == sorted(shown) and 2 <= len(shown) < 8
    monkeypatch.setattr(jobs, 'SOON', .4)
    began = time.monotonic()
    reader.ask(steps=40, lasts=30).ask(steps=41)
    assert reader.run()['frames'] == 42 and time.monotonic() - began < 15, 'what takes long is stopped for it'


def test_a_recording_that_says_nothing_for_too_long_is_given_up(pool, monkeypatch):
    monkeypatch.setattr(jobs, 'SILENT', .5)
    reader = Asker(pool).ask(does='sleep')
    assert reader.end() == ('walk', 'failed', jobs.HANGS)
    monkeypatch.setattr(jobs, 'SILENT', 60.)
    assert reader.ask(steps=5).run()['frames'] == 6


def test_a_worker_that_dies_is_replaced_and_its_readers_are_told(pool, caplog):
    readers = [Asker(pool).ask(does='die') for _ in range(3)]
    assert [reader.end()[1:] for reader in readers] == [('failed', jobs.DIED)] * 3
    assert readers[0].ask(steps=5).run()['frames'] == 6
    assert sum('a worker ended (-9)' in line for line in caplog.messages) == 1


def test_a_listener_who_stumbles_does_not_take_the_worker_along(pool, caplog):
    reader = Asker(pool)
    pool.ask(reader, 'walk', 'stumbles', (slow_walk.__name__, slow_walk.Walk, {}, {}, False), lambda *what: what.nothing)
    until(lambda: runs.KEPT.get('stumbles') and not pool.jobs)
    worker = pool.workers[0]
    assert reader.ask(steps=5).run()['says'] == str(worker.process.pid)
    assert caplog.messages == ["what a worker said was lost: AttributeError: 'tuple' object has no attribute 'nothing'"]


def test_a_recording_that_has_no_run_says_why_and_one_that_stumbles_does_not_show_its_stack(pool, caplog):
    assert Asker(pool).ask(does='refuse').end() == ('walk', 'failed', 'That can’t be played: there is no ground.')
    assert Asker(pool).ask(does='stumble').end() == ('walk', 'failed', jobs.DIED)
    assert caplog.messages == ["a run was not recorded: tests.helpers.slow_walk: KeyError: 'ground'"]


def test_what_a_recording_prints_does_not_spoil_what_it_says(pool, capfd):
    assert Asker(pool).ask(does='print').run()['frames'] == 11


@pytest.mark.skipif(sys.platform != 'linux', reason='where the system limits it')
def test_a_recording_that_wants_too_much_memory_is_refused(pool):
    assert 'more memory than there is' in Asker(pool).ask(does='eat').end()[2]
    assert Asker(pool).ask(steps=5).run()['frames'] == 6


def test_an_order_that_cannot_be_sent_fails_alone(pool):
    reader = Asker(pool)
    with pytest.raises(ValueError, match='cannot be sent'):
        reader.ask(lasts=lambda: 1)
    assert reader.ask(steps=5).run()['frames'] == 6


def test_where_no_worker_can_be_started_nobody_waits_for_ever(pool, monkeypatch, caplog):
    monkeypatch.setattr(sys, 'executable', '/bin/false')
    assert Asker(pool).ask().end() == ('walk', 'failed', jobs.NOWHERE)
    monkeypatch.setattr(sys, 'executable', '/nowhere/at/all')
    assert Asker(pool).ask(steps=5).end()[1] == 'failed'
    monkeypatch.undo()
    pool.not_before = 0
    assert Asker(pool).ask(steps=6).run()['frames'] == 7


def test_where_no_second_worker_can_be_started_the_first_serves_all(many, monkeypatch):
    reader, others = Asker(many).ask(lasts=1), [Asker(many) for _ in range(3)]
    working(many)
    monkeypatch.setattr(sys, 'executable', '/bin/false')
    for n, other in enumerate(others):
        other.ask(steps=n + 1)
    until(lambda: many.failures > 1)
    assert reader.run()['frames'] == 11 and [other.run()['frames'] for other in others] == [2, 3, 4]


def test_a_pool_without_work_lets_its_workers_go_and_gets_them_back(pool, monkeypatch):
    Asker(pool).ask().run()
    worker = pool.workers[0]
    monkeypatch.setattr(jobs, 'IDLE', .1)
    with pool.lock:
        pool.lock.notify_all()
    worker.process.wait(SOME)
    until(lambda: pool.thread is None)
    monkeypatch.setattr(jobs, 'IDLE', 900.)
    pool.warm()
    until(lambda: pool.workers and pool.workers[0].ready)
    assert Asker(pool).ask(steps=5).run()['frames'] == 6


def test_a_reader_who_left_leaves_nothing_behind(pool):
    reader = Asker(pool).ask('a', lasts=30).ask('b', steps=5).ask('b', steps=6)
    working(pool)
    pool.leave(reader)
    assert not pool.jobs and not pool.wanted and reader not in pool.served
    until(lambda: not any(worker.job for worker in pool.workers))
    reader.heard.queue.clear()
    time.sleep(.3)
    assert reader.heard.empty()


def test_no_worker_outlives_a_pool_or_a_server_that_was_killed():
    program = ('import time\nfrom app.jobs import Pool\nfrom tests.helpers import slow_walk\npool = Pool(2)\n'
               'order = slow_walk.__name__, slow_walk.Walk, {"does": "hang"}, {}, False\n'
               'for n in range(2): pool.ask(n.__class__, str(n), n, order, max)\n'
               'pool.ask(pool, "x", "x", order, max)\n'
               'while not sum(worker.ready for worker in pool.workers) == 2: time.sleep(.01)\n'
               'print(*(worker.process.pid for worker in pool.workers), flush=True)\ntime.sleep(60)')
    with subprocess.Popen([sys.executable, '-c', program], stdout=subprocess.PIPE, text=True) as server:
        workers = [int(number) for number in server.stdout.readline().split()]
        assert len(workers) == 2 and all(map(alive, workers))
        server.kill()
    until(lambda: not any(map(alive, workers)))


def alive(pid):
    try:
        with open(f'/proc/{pid}/stat') as stat:
            return stat.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except FileNotFoundError:
        return False


def test_a_worker_knows_nothing_of_the_server_and_stands_back(pool):
    Asker(pool).ask().run()
    pid = pool.workers[0].process.pid
    with open(f'/proc/{pid}/maps') as maps:
        loaded = maps.read()
    assert 'numpy' in loaded
    program = 'import app.job_worker, app.widgets, sys; print(sorted({"panel", "bokeh", "tornado"} & {*sys.modules}))'
    done = subprocess.run([sys.executable, '-c', program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == '[]'
    assert os.getpriority(os.PRIO_PROCESS, pid) >= os.getpriority(os.PRIO_PROCESS, 0) + 5
    with open(f'/proc/{pid}/environ') as environ:
        assert 'OPENBLAS_NUM_THREADS=1' in environ.read()


def test_how_many_workers_and_how_much_is_kept_can_be_set():
    settings = Settings.from_environment({'WORKERS': '3', 'RUNS_MB': '16'})
    assert (settings.workers, settings.runs_mb) == (3, 16)
    assert 1 <= Settings().workers <= 4
    for wrong in ({'WORKERS': '0'}, {'WORKERS': '65'}, {'RUNS_MB': 'much'}):
        with pytest.raises(SystemExit, match='makes no sense'):
            Settings.from_environment(wrong)


@pytest.mark.parametrize(('says', 'most'), [('100000 100000', 1), ('250000 100000', 2), ('50000 100000', 1),
                                            ('max 100000', None)])
def test_in_a_container_only_its_own_processors_count(tmp_path, says, most):
    (tmp_path / 'cpu.max').write_text(says + '\n')
    everything = processors(tmp_path / 'nothing')
    assert processors(tmp_path / 'cpu.max') == (everything if most is None else min(everything, most))


# ---- a page

class Reader:
    """A page whose messages come where its requests are handled, as in the server."""

    def __init__(self, pool=None):
        self.answers, self.calls = [], queue.Queue()
        self.host = Host(slow_walk.LESSON, lambda data: self.answers.append(unpack(data)), pool=pool,
                         later=lambda *call: self.calls.put(call))
        self.ask('restore', params={}, guesses={})

    def ask(self, do, **message):
        self.host.receive({'seq': 1, 'do': do, **message})
        return self.answers[-1]

    def set(self, name, value, **more):
        return self.ask('set', parameter=name, value=value, **more)

    def play(self, widget='walk', **more):
        return self.ask('run', widget=widget, **more)

    def next(self, *kinds):
        """The next message that is no answer, and of one of these kinds."""
        kinds = kinds or ('runs', 'failed')
        while True:
            before = len(self.answers)
            call, *arguments = self.calls.get(timeout=SOME)
            call(*arguments)
            for answer in self.answers[before:]:
                if {*kinds} & answer.keys():
                    assert 'seq' not in answer
                    return answer

    def arrived(self, widget='walk'):
        return unpacked(self.next()['runs'][widget])

    def quiet(self, seconds=.5):
        """Nothing comes in that time."""
        before, deadline = len(self.answers), time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                call, *arguments = self.calls.get(timeout=left)
            except queue.Empty:
                break
            call(*arguments)
        return len(self.answers) == before


def test_a_run_is_promised_at_once_and_comes(pool):
    reader = Reader(pool)
    assert reader.play() == {'seq': 1, 'pending': {'walk': 'Walking …'}}
    assert reader.arrived()['frames'] == 11
    assert reader.quiet(.1)


def test_the_same_press_by_another_reader_is_answered_at_once(pool):
    first, second = Reader(pool), Reader(pool)
    first.play()
    run = first.arrived()
    assert unpacked(second.play()['runs']['walk'])['says'] == run['says']
    assert unpacked(second.play('other')['runs']['other'])['says'] == run['says'], 'nor does it matter where the widget stands'


def test_without_a_pool_it_is_recorded_here_and_now():
    run = Reader().play()['runs']['walk']
    assert run['frames'] == 11 and run['says'] == str(os.getpid())


def test_a_page_with_jobs_has_a_worker_before_anybody_presses(pool):
    assert pool.workers == []
    reader = Reader(pool)
    until(lambda: pool.workers and pool.workers[0].ready)
    assert [worker.job for worker in pool.workers] == [None], 'one, that waits for work'
    assert reader.quiet(.1), 'and nobody is told of it'


def test_where_all_of_them_take_long_it_is_the_one_for_those(pool, monkeypatch):
    monkeypatch.setattr(slow_walk, 'JOB', 'slow')
    Reader(pool)
    until(lambda: pool.workers and pool.workers[0].ready)
    assert [worker.slow for worker in pool.workers] == [True]


def test_progress_is_told(pool):
    reader = Reader(pool)
    reader.set('lasts', 1)
    reader.play()
    share, words = reader.next('progress')['progress']['walk']
    assert 0 < share < 1 and words == '10 steps'


def test_a_stop_keeps_what_has_been_done_and_shown(pool):
    reader = Reader(pool)
    reader.set('does', 'teach'), reader.set('lasts', 2), reader.set('steps', 2000)
    reader.play()
    share, _, marks, keeps = reader.next('progress')['progress']['walk']
    assert keeps is True and marks == {'walker': {'x': [pytest.approx(2000 * share)]}}
    answer = reader.ask('stop', widget='walk', keep=True)
    steps, usual = answer['params']['steps'], reader.host.state.param.steps.default
    assert steps >= 2000 * share and answer['pending'] == {'walk': 'Walking …'}
    assert (f'steps={steps}' in answer['query']) == (steps != usual), 'the address says how far it came'
    assert reader.arrived()['frames'] == steps + 1, 'what the worker had done so far was there at once'


def test_a_stop_that_can_keep_nothing_says_so(pool):
    reader = Reader(pool)
    reader.set('lasts', 30)
    reader.play()
    assert 'keep' in reader.ask('stop', widget='walk', keep=True)['failed']['walk']
    assert reader.quiet(.5) and reader.ask('stop', widget='walk') == {'seq': 1, 'stopped': 'walk'}


def test_what_a_run_teaches_the_state_changes_the_page(pool):
    first, second = Reader(pool), Reader(pool)
    for reader in (first, second):
        reader.set('does', 'teach')
    first.play()
    assert not {'learnt', 'sets', 'rests', 'steps'} & first.arrived().keys(), 'a page does not get it'
    assert first.answers[-1]['widgets']['walk'] == {'goal': {'y': [.75]}}
    answer = second.play()
    assert 'runs' in answer and answer['widgets']['walk'] == {'goal': {'y': [.75]}}, 'one that was there teaches, too'
    second.set('steps', 20)
    second.arrived()
    assert 'widgets' not in second.set('other', 1), 'it was learnt once'


def test_a_button_sets_what_its_run_says_even_when_the_run_itself_is_kept_no_more(pool):
    reader = Reader(pool)
    reader.set('does', 'teach')
    assert reader.ask('press', widget='walk', what='rescue')['notice'] == 'There is no such button here.'
    reader.play()
    reader.arrived()
    runs.KEPT.clear()
    assert reader.host.playing.moment_at(['walk', 3]) == (6, 30), 'nor has what rests of a moment gone'
    answer = reader.ask('press', widget='walk', what='rescue')
    assert answer['params']['steps'] == 15 and reader.arrived()['frames'] == 16


def test_what_changes_the_run_promises_the_new_one_and_the_newest_wins(pool):
    reader = Reader(pool)
    reader.play()
    reader.arrived()
    assert 'pending' not in reader.set('other', 3)
    assert reader.set('steps', 20)['pending'] == {'walk': 'Walking …'}
    reader.set('lasts', 30)
    reader.set('steps', 30)
    reader.set('lasts', 0)
    runs = [reader.arrived()['frames']]
    while runs[-1] != 31:
        runs.append(reader.arrived()['frames'])
    assert runs in ([31], [21, 31])
    assert reader.quiet()


def test_an_overtaken_run_that_comes_says_that_it_is_not_the_last(pool, monkeypatch):
    monkeypatch.setattr(jobs, 'SOON', SOME)         # on a busy machine, too
    reader = Reader(pool)
    reader.set('lasts', .2)
    reader.play()
    working(pool)
    reader.set('steps', 20)
    answer = reader.next()
    assert unpacked(answer['runs']['walk'])['frames'] == 11 and answer['pending'] == {'walk': 'Walking …'}
    answer = reader.next()
    assert unpacked(answer['runs']['walk'])['frames'] == 21 and 'pending' not in answer


def test_back_to_the_numbers_of_the_run_that_is_shown_nothing_is_to_come(pool):
    reader = Reader(pool)
    reader.play()
    reader.arrived()
    reader.set('lasts', 30)
    assert reader.set('lasts', 0)['pending'] == {'walk': None}
    assert reader.quiet()


def test_numbers_without_a_run_say_so_and_take_it_away(pool):
    reader = Reader(pool)
    reader.play()
    reader.arrived()
    assert reader.set('does', 'refuse')['pending'] == {'walk': 'Walking …'}
    assert reader.next()['failed'] == {'walk': 'That can’t be played: there is no ground.'}
    assert 'pending' not in reader.set('does', 'walk'), 'it is asked for again with a press'
    assert 'runs' in reader.play()


def test_a_worker_that_dies_under_a_reader_is_no_disaster(pool):
    reader = Reader(pool)
    reader.set('does', 'die')
    reader.play()
    assert reader.next()['failed'] == {'walk': jobs.DIED}
    reader.set('does', 'walk')
    reader.play()
    assert reader.arrived()['frames'] == 11


def test_who_stops_hears_no_more_of_it_and_may_come_back_to_what_they_have(pool):
    reader = Reader(pool)
    reader.play()
    reader.arrived()
    assert reader.ask('stop', widget='walk') == {'seq': 1, 'stopped': 'walk'}
    assert 'pending' not in reader.set('steps', 20)
    reader.set('steps', 10)
    assert reader.play(has=True) == {'seq': 1, 'pending': {'walk': None}}, 'it need not come again'
    reader.ask('stop', widget='walk')
    reader.set('steps', 25)
    assert reader.play(has=True)['pending'] == {'walk': 'Walking …'}
    reader.ask('stop', widget='walk')
    assert reader.quiet()
    assert not pool.wanted


def test_a_word_that_was_on_its_way_when_the_reader_stopped_is_not_told(pool):
    reader = Reader(pool)
    reader.set('lasts', 30)
    reader.play()
    playing = reader.host.playing
    ticket, key = playing.waits['walk']
    reader.ask('stop', widget='walk')
    for kind, content in (('progress', (.5, 'half')), ('run', None), ('failed', 'no')):
        assert playing.arrived('walk', ticket, key, kind, content) is None


@pytest.mark.parametrize('live', [True, False])
def test_what_is_too_long_to_follow_is_taken_away(pool, live, monkeypatch):
    monkeypatch.setattr(slow_walk, 'LIVE', live, raising=False)
    reader = Reader(pool)
    reader.play()
    reader.arrived()
    answer = reader.set('steps', 20)
    assert answer.get('runs') == (None if live else {'walk': None}) and ('pending' in answer) is live


def test_a_page_that_comes_back_gets_its_runs_without_a_recording_in_the_server(pool, monkeypatch):
    monkeypatch.setattr(slow_walk, 'record', lambda *_, **__: pytest.fail('recorded in the server'))
    reader = Reader(pool)
    answer = reader.ask('restore', params={'steps': 33}, guesses={}, plays=['walk', 'moon', 7])
    assert answer['pending'] == {'walk': 'Walking …'} and 'runs' not in answer
    assert reader.arrived()['frames'] == 34
    assert unpacked(reader.ask('restore', params={'steps': 33}, guesses={}, plays=['walk'])['runs']['walk'])['frames'] == 34


def test_a_step_is_one_of_the_run_that_the_page_has(pool):
    reader = Reader(pool)
    reader.play()
    reader.arrived()
    assert reader.host.playing.moment_at(['walk', 7])[0] == 7
    reader.set('steps', 3)
    assert reader.host.playing.moment_at(['walk', 7])[0] == 7, 'the shorter one is not there yet'
    reader.arrived()
    assert reader.host.playing.moment_at(['walk', 7])[0] == 0


def test_a_session_that_ends_drops_its_jobs(pool):
    reader = Reader(pool)
    reader.set('lasts', 30)
    reader.play()
    working(pool)
    reader.host.close()
    until(lambda: not any(worker.job for worker in pool.workers))
    assert not pool.wanted and reader.quiet(.1)


def test_a_mistake_of_ours_while_a_run_is_awaited_leaves_nobody_waiting(pool, monkeypatch):
    reader = Reader(pool)
    reader.set('lasts', 30)
    reader.play()
    monkeypatch.setattr(slow_walk, 'draw', lambda *_, **__: {}['oops'])
    answer = reader.set('steps', 20)
    assert 'Something went wrong' in answer['notice'] and answer['failed'] == {'walk': 'Press Play to run it again.'}
    monkeypatch.undo()
    assert not pool.wanted


def test_a_pool_that_is_forgotten_leaves_no_worker():
    pool = jobs.Pool(1)
    Asker(pool).ask().run()
    process = pool.workers[0].process
    pool.close()
    gc.collect()
    assert process.poll() is not None and process.stdout.closed
