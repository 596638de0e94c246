"""Long runs are recorded in processes of their own, so that no reader waits for another one's run to get their number.

Whoever asks for a run that is being recorded already listens along: one recording serves all. Readers take turns, and one
who presses ten buttons waits for the others between them. What a reader does not wait for any more is stopped; it may
only finish if it is about to, so that a hand that drags sees runs go by. What takes seconds ('slow') waits in a line of
its own, with a worker of its own, where it holds up no short run.
"""
import itertools
import logging
import pickle
import threading
import time
from weakref import WeakKeyDictionary

from app.job_process import Worker
from app.runs import KEPT

log = logging.getLogger('nudge')

SOON = .4           # seconds that a recording may take in all once its reader wants another one
OBEYS = 1.          # seconds in which a worker that is told to stop has stopped, or it is ended
SILENT = 60.        # seconds without a word after which a recording is given up
STARTS = 60.        # seconds that a worker may take to get ready
IDLE = 900.         # seconds without work after which the workers are let go
TICK = .1           # seconds between two looks at what is going on
LATELY = .3         # seconds before a reader who waits is told how many come first
BATCH = 8           # listeners who are told at a time: the server answers others in between

DIED = 'Something broke off the computation. Press Play to try it again.'
HANGS = 'This took too long and was given up. Other numbers may be quicker.'
NOWHERE = 'The server cannot compute this at the moment. Please try again in a while.'


class Job:
    """One run to be recorded, and who waits for it: {(reader, widget): heard}."""

    def __init__(self, number, key, order, slow):
        self.number, self.key, self.order, self.slow = number, key, order, slow
        self.listeners, self.asked, self.worker = {}, time.monotonic(), None
        self.began = self.last_word = self.told = 0.
        self.words = ''

    @property
    def readers(self):
        return {reader for reader, _ in self.listeners}


class Pool:
    """`most` workers for short runs, started as they are needed, and one more for slow ones. Any thread may ask.

    Listeners are called in threads of the pool: heard('progress', (share, words, …)), heard('run', run), heard('failed', why).
    """

    def __init__(self, most=1):
        self.most, self.closed, self.warmed = most, False, set()
        self.lock = threading.Condition(threading.RLock())
        self.jobs, self.wanted, self.workers = {}, {}, []     # {key: Job}; {(reader, widget): Job}; all that live
        self.numbers, self.served = itertools.count(1), WeakKeyDictionary()
        self.starting, self.failures, self.not_before = 0, 0, 0.
        self.busy, self.thread = time.monotonic(), None

    # What a page asks for.

    def warm(self, slow=False):
        """Somebody may press a button soon: a worker shall be there by then, one for slow runs where those are meant."""
        with self.lock:
            self.warmed, self.busy = self.warmed | {slow}, time.monotonic()
            self.wake()

    def ask(self, reader, widget, key, order, heard):
        """`order`: module, state class, Parameters, options, whether it is slow. What was asked for this widget is forgotten."""
        try:
            *order, slow = order
            order = pickle.dumps(order)
        except Exception:
            raise ValueError('it cannot be sent to where it would be computed.') from None
        with self.lock:
            if self.closed:
                raise RuntimeError('the pool is closed')
            old = self.wanted.get((reader, widget))
            job = self.jobs.get(key)
            if job is None:
                job = self.jobs[key] = Job(next(self.numbers), key, order, slow)
            job.listeners[reader, widget] = heard
            self.wanted[reader, widget] = job
            if old is not None and old is not job and not self.is_wanted(old) and old.worker is None:
                self.forget(old)
            self.busy = time.monotonic()
            self.give_out()
            self.wake()

    def drop(self, reader, widget):
        """The reader does not wait for this any more."""
        with self.lock:
            self.wanted.pop((reader, widget), None)
            for job in [job for job in self.everything() if job.listeners.pop((reader, widget), None)]:
                if not job.listeners:
                    self.stop(job)

    def leave(self, reader):
        with self.lock:
            for name in {widget for job in self.everything() for who, widget in job.listeners if who is reader}:
                self.drop(reader, name)
            self.served.pop(reader, None)

    def close(self):
        """Ends all workers, at once, and returns when they have gone."""
        with self.lock:
            self.closed = True
            gone, self.workers, self.jobs, self.wanted = self.workers, [], {}, {}
            self.lock.notify_all()
        for worker in gone:
            worker.kill()
        for worker in gone:
            worker.gone()

    # Who comes next.

    def everything(self):
        """All jobs that somebody may listen to: those that wait, and those at work that were overtaken, too."""
        return {*self.jobs.values(), *(worker.job for worker in self.workers if worker.job)}

    def is_wanted(self, job):
        return any(self.wanted.get(who) is job for who in job.listeners)

    def running(self, reader):
        return sum(reader in worker.job.readers for worker in self.workers if worker.job and not worker.job.slow)

    def give_out(self):
        """Work for every worker that is free: first for readers with fewest runs at work, then for who was served longest ago."""
        for worker in self.workers:
            if worker.job is not None or worker.ends_by is not None:
                continue
            waiting = [job for job in self.jobs.values() if job.worker is None and job.slow == worker.slow]
            if not worker.slow and self.most > 1:           # one place is kept for somebody else's first
                waiting = [job for job in waiting if any(self.running(reader) < self.most - 1 for reader in job.readers)]
            if waiting:
                self.begin(min(waiting, key=self.turn), worker)

    def turn(self, job):
        return min((self.running(reader), self.served.get(reader, 0)) for reader in job.readers), job.number

    def begin(self, job, worker):
        job.worker, worker.job = worker, job
        job.began = job.last_word = time.monotonic()
        for reader in job.readers:
            self.served[reader] = next(self.numbers)
        worker.send('do', job.number, job.order)

    def forget(self, job):
        """It is no job any more, whether it has begun or not; those who still listen are not told."""
        if self.jobs.get(job.key) is job:
            del self.jobs[job.key]
        for who in job.listeners:
            if self.wanted.get(who) is job:
                del self.wanted[who]

    def stop(self, job):
        self.forget(job)
        if job.worker is not None and job.worker.ends_by is None:
            job.worker.ends_by = time.monotonic() + (OBEYS if job.worker.ready else STARTS)
            job.worker.send('stop', job.number)

    # What the workers say, each in its own thread.

    def heard(self, worker, words):
        if words is None:
            return self.ended(worker)
        kind, *what = words
        if kind == 'ready':
            with self.lock:
                worker.ready, self.failures = True, 0
                if worker.job:
                    worker.job.began = worker.job.last_word = time.monotonic()
                if worker.ends_by is not None:              # it was told to stop before it could hear that
                    worker.ends_by = time.monotonic() + OBEYS
            return None
        with self.lock:
            job = worker.job
            if job is None or job.number != what[0]:
                return None
            job.last_word = time.monotonic()
            if kind == 'progress':
                told = self.progress(job, *what[1:])
            else:
                told = self.finished(worker, job, kind, *what[1:])
        return tell(*told)

    def progress(self, job, *told):
        """To many listeners less often: each of these messages costs the server something."""
        now = time.monotonic()
        if now - job.told < len(job.listeners) / 100:
            return [], ()
        job.told = now
        return [heard for who, heard in job.listeners.items() if self.wanted.get(who) is job], ('progress', told)

    def finished(self, worker, job, kind, content=None):
        worker.job, worker.ends_by, self.busy = None, None, time.monotonic()
        self.forget(job)
        if kind == 'run':
            KEPT.put(job.key, content)
        elif kind == 'failed':
            kind, content = 'failed', f'That can’t be played: {content}'
        elif kind == 'broken':
            log.error('a run was not recorded: %.250s', content)
            kind, content = 'failed', DIED
        self.give_out()
        self.wake()
        return ([], ()) if kind == 'stopped' else (list(job.listeners.values()), (kind, content))

    def ended(self, worker):
        """A worker has died, or was ended; another one takes its place when it is needed."""
        with self.lock:
            if worker not in self.workers:
                return
            self.workers.remove(worker)
            job, why = worker.job, worker.why or DIED
            if worker.ends_by is None:
                log.error('a worker ended (%s)%s', worker.process.returncode, ': it was silent too long' if worker.why else '')
            told = []
            if not worker.ready:                            # it was not to blame for its job, which goes to the next one
                self.failures += 1
                self.not_before = time.monotonic() + min(30, .25 * 2 ** self.failures)
                if job:
                    job.worker = None
                if self.failures > 1:
                    told, why = self.nowhere(worker.slow), NOWHERE
            elif job:
                told = list(job.listeners.values())
                self.forget(job)
            self.wake()
        tell(told, ('failed', why))

    # One thread looks after all of it.

    def wake(self):
        if self.thread is None and not self.closed:
            self.thread = threading.Thread(target=self.look_after, name='jobs', daemon=True)
            self.thread.start()
        self.lock.notify_all()

    def look_after(self):
        while True:
            with self.lock:
                if self.closed or not self.jobs and self.let_go():
                    self.thread = None
                    return
                told, slow = self.look(), self.missing()
            for heard, what in told:
                tell([heard], what)
            if slow is not None:
                self.start(slow)
                continue
            with self.lock:
                if not self.closed and self.missing() is None:
                    work = self.jobs or any(worker.job for worker in self.workers) or time.monotonic() < self.not_before
                    self.lock.wait(TICK if work else IDLE / 10)

    def missing(self):
        """Whether a worker is to be started, and if so whether one for slow runs; None: there are enough."""
        if time.monotonic() < self.not_before:
            return None
        for slow in (False, True):
            mine = [worker for worker in self.workers if worker.slow is slow]
            waiting = sum(job.worker is None and job.slow is slow for job in self.jobs.values())
            most = 1 if slow else self.most
            free = sum(worker.job is None for worker in mine)
            if len(mine) < most and (waiting > free or slow in self.warmed and not mine):
                return slow
        return None

    def start(self, slow):
        """Outside of the lock: it takes milliseconds, for which no reader shall wait."""
        try:
            worker = Worker(slow)
        except OSError as error:
            log.error('no worker could be started: %.200s', error)
            with self.lock:
                self.failures, self.not_before = self.failures + 1, time.monotonic() + 30
                told = self.nowhere(slow)
            return tell(told, ('failed', NOWHERE))
        with self.lock:
            if not self.closed:
                self.workers.append(worker)
                worker.listen(self.heard)
                return self.give_out()
        return worker.gone()

    def nowhere(self, slow):
        """No such worker can be started: unless one is there already, nobody shall wait for it. Returns who is to be told."""
        if any(worker.ready and worker.slow is slow for worker in self.workers):
            return []
        given_up = [job for job in self.jobs.values() if job.worker is None and job.slow is slow]
        for job in given_up:
            self.forget(job)
        return [heard for job in given_up for heard in job.listeners.values()]

    def look(self):
        """Ends what hangs, stops what was overtaken, and finds who is to be told that they wait: [(heard, what)]."""
        now, told = time.monotonic(), []
        for worker in self.workers:
            job = worker.job
            if job is None:
                continue
            if worker.ends_by is not None and now > worker.ends_by:
                worker.kill()
            elif worker.ends_by is None and now - job.last_word > (SILENT if worker.ready else STARTS):
                worker.why = HANGS
                worker.kill()
            elif worker.ends_by is None and not self.is_wanted(job) and now - job.began > SOON:
                self.stop(job)
        for slow in (False, True):
            line = sorted((job for job in self.jobs.values() if job.worker is None and job.slow is slow), key=self.turn)
            for place, job in enumerate(line):
                words = f'Waiting: {place + 1} {"run comes" if place == 0 else "runs come"} first.'
                if now - job.asked > LATELY and words != job.words and now - job.told > 1:
                    job.words, job.told = words, now
                    told += [(heard, ('progress', (0., words))) for heard in job.listeners.values()]
        return told

    def let_go(self):
        """After a long rest the workers give their memory back."""
        if any(worker.job for worker in self.workers) or time.monotonic() - self.busy < IDLE:
            return False
        gone, self.workers, self.warmed = self.workers, [], set()
        for worker in gone:
            worker.end()
        return True


def tell(listeners, what):
    for n, heard in enumerate(listeners):
        if n and n % BATCH == 0:
            time.sleep(.005)
        heard(*what)
