"""Starts the course as a reader's host would: a process of its own, on a free port, watched from outside."""
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


class Server:
    """`python -m app`, ready when made. Extra environment variables are its settings, e.g. MAX_SESSIONS='1'."""

    def __init__(self, log_path, program='app', **environment):
        self.program = program
        self.log_path = Path(log_path)
        self.port = int(environment.setdefault('PORT', free_port()))
        self.url = f'http://127.0.0.1:{self.port}'
        self.environment = {'ADDRESS': '127.0.0.1', 'PYTHONUNBUFFERED': '1'}
        self.environment.update({name: str(value) for name, value in environment.items()})
        self.process = None
        self.start()

    def start(self, patience=60):
        """Starts it on the same port as before and returns once it says that it is well."""
        with self.log_path.open('ab') as log:
            self.process = subprocess.Popen([sys.executable, '-m', self.program], cwd=ROOT, stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL, env=os.environ | self.environment)
        deadline = time.monotonic() + patience
        while not self.well():
            if self.process.poll() is not None:
                raise RuntimeError(f'The server ended with {self.process.returncode} as it started:\n{self.log()}')
            if time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f'The server was not ready after {patience} s:\n{self.log()}')
            time.sleep(0.05)

    def well(self):
        try:
            with urllib.request.urlopen(self.url + '/healthz', timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self, patience=15):
        """Asks it to stop, as Docker does, and returns its exit code."""
        return self._end(signal.SIGTERM, patience)

    def kill(self):
        """Ends it without warning, as a power cut does."""
        return self._end(signal.SIGKILL, 5)

    def restart(self):
        self.stop()
        self.start()

    def log(self):
        return self.log_path.read_text(errors='replace')

    def _end(self, how, patience):
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise RuntimeError(f'The server did not stop within {patience} s:\n{self.log()}') from None
