"""The process that records runs for app/jobs.py: `python -m app.job_worker`, spoken to over its standard input and output.

It hears ('do', number, pickled (module, state class, Parameters, options)) and ('stop', number); it says ('ready',), then
('progress', number, share, words, and perhaps marks and keeps, of which app/runs.py tells) and at last one of ('run', number,
run), ('failed', number, why), ('stopped', number) and ('broken', number, what happened). When nobody is left to speak to, it
ends.
"""
import _thread
import contextlib
import importlib
import os
import pickle
import queue
import signal
import threading
import time

GENTLE = 5              # so much nicer than the server, whose readers wait for their numbers
QUIET = .3              # seconds in which no progress is told: most runs are there by then
PAUSE = .1              # seconds between two words of progress
LARGEST = 1 << 30       # bytes of memory that a recording may take


class Stopped(BaseException):
    """Nobody waits for this run any more. No recording catches it by mistake."""


class Recorder:
    """Records one run after another; `said` and `heard` are streams of pickles."""

    def __init__(self, heard, said):
        self.heard, self.said, self.orders = heard, said, queue.SimpleQueue()
        self.now, self.stopped = None, None         # the number of the run that is being recorded, and of one to be stopped
        self.speaking = False                       # a word that was begun is spoken to its end

    def listen(self):
        """In a thread of its own: an order to stop is heard in the middle of a recording."""
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                word, *order = pickle.load(self.heard)
                if word == 'do':
                    self.orders.put(order)
                else:
                    self.stopped = order[0]
                    _thread.interrupt_main()
        os._exit(0)                                 # the server has gone, perhaps without a word

    def interrupt(self, *about):
        if self.now is not None and self.now == self.stopped and not self.speaking:
            raise Stopped

    def say(self, *words):
        self.speaking = True
        pickle.dump(words, self.said, 5)
        self.said.flush()
        self.speaking = False

    def work(self):
        while True:
            number, order = self.orders.get()
            try:
                answer = self.record(number, order)
            except Stopped:
                answer = 'stopped', number
            self.now = None
            self.say(*answer)

    def record(self, number, order):
        began, told = time.monotonic(), 0

        def progress(share, words='', marks=None, keeps=None):
            nonlocal told
            self.interrupt()
            now = time.monotonic()
            if now - began > QUIET and now - told > PAUSE:
                told = now
                more = (marks, keeps) if marks or keeps else ()
                self.say('progress', number, min(1., max(0., float(share))), str(words), *more)

        self.now, name = number, 'an order'
        self.interrupt()
        try:
            from app.runs import squeezed
            name, state_class, values, options = pickle.loads(order)
            record = importlib.import_module(name).record
            return 'run', number, squeezed(record(state_class(**values), progress=progress, **options))
        except ValueError as reason:
            return 'failed', number, str(reason)
        except MemoryError:
            return 'failed', number, 'it needs more memory than there is.'
        except Exception as error:
            return 'broken', number, f'{name}: {type(error).__name__}: {error}'


def main():
    said, heard = os.fdopen(os.dup(1), 'wb'), os.fdopen(os.dup(0), 'rb')
    os.dup2(2, 1)                                   # what anybody prints goes where the server's log goes
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    recorder = Recorder(heard, said)
    signal.signal(signal.SIGINT, recorder.interrupt)
    threading.Thread(target=recorder.listen, daemon=True).start()
    humble()
    importlib.import_module('app.widgets')          # numpy, the engine, and whatever records
    recorder.say('ready')
    while True:
        with contextlib.suppress(Stopped):          # it came a moment too late: then there is nothing to be stopped
            recorder.work()


def humble():
    """The server comes first: for the processor, and when memory runs out. Where a system has no such thing, it is left."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(GENTLE)
    with contextlib.suppress(OSError), open('/proc/self/oom_score_adj', 'w') as score:
        score.write('800')
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource
        resource.setrlimit(resource.RLIMIT_DATA, (LARGEST, LARGEST))


if __name__ == '__main__':
    main()
