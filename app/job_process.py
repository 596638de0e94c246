"""The server's end of a worker process (app/job_worker.py): to start it, to speak to it, to hear it, to be rid of it."""
import contextlib
import logging
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

log = logging.getLogger('nudge')

ROOT = Path(__file__).parents[1]
ONE_THREAD = 'OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS'


class Worker:
    """A process of ours, for `slow` runs or for others.

    Nothing but pipes: no fork of a process that has threads, no semaphores, no shared memory, no second look at the main
    program. When the server goes, however it goes, the pipe is closed, and the worker ends.
    """

    def __init__(self, slow=False):
        self.slow, self.job, self.ready, self.ends_by, self.why = slow, None, False, None, ''       # the book of app/jobs.py
        self.thread = None
        env = os.environ | dict.fromkeys(ONE_THREAD, '1')
        env['PYTHONPATH'] = os.pathsep.join(filter(None, [str(ROOT), env.get('PYTHONPATH')]))
        alone = {'process_group': 0} if os.name == 'posix' else {}      # a terminal's Ctrl-C is for the server
        self.process = subprocess.Popen([sys.executable, '-m', 'app.job_worker'], env=env, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, **alone)

    def listen(self, heard):
        """From now on heard(worker, words) is called, in a thread of its own; with None, once, when the worker has ended."""
        self.thread = threading.Thread(target=self.hear, args=(heard,), name='recording', daemon=True)
        self.thread.start()

    def send(self, *words):
        with contextlib.suppress(OSError, ValueError):                  # it has died: `hear` says so
            pickle.dump(words, self.process.stdin, 5)
            self.process.stdin.flush()

    def hear(self, heard):
        while words := self.words():
            try:
                heard(self, words)
            except Exception as error:                                  # it is not the worker's mistake that nobody understood
                log.error('what a worker said was lost: %.250s', f'{type(error).__name__}: {error}')
        self.kill()
        self.process.wait()
        self.process.stdout.close()
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.close()
        heard(self, None)

    def words(self):
        """What it says next; nothing when it has ended, or says what nobody can read."""
        try:
            return pickle.load(self.process.stdout)
        except Exception:
            return None

    def end(self):
        """Lets it go: it ends by itself as soon as nobody speaks to it."""
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.close()

    def gone(self):
        """Returns when nothing of it is left."""
        self.end()
        self.kill()
        if self.thread:
            self.thread.join(2)
        self.process.wait()
        self.process.stdout.close()

    def kill(self):
        with contextlib.suppress(OSError):
            self.process.kill()
