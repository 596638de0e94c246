"""Starts what is measured, each in a process of its own, and asks the operating system what that process costs."""
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.serving import ROOT, free_port

MEASURED = os.environ | {'PYTHONUNBUFFERED': '1', 'ADDRESS': '127.0.0.1', 'MAX_SESSIONS': '10000'}


class Program:
    """`python -m module arguments`, listening at `url` when the with block begins and gone when it ends."""

    def __init__(self, module, *arguments, **environment):
        self.port = free_port()
        self.url = f'http://127.0.0.1:{self.port}'
        self.command = [sys.executable, '-m', module, *arguments]
        self.environment = MEASURED | {'PORT': str(self.port)} | environment

    def __enter__(self):
        self.log = tempfile.TemporaryFile('w+')
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise SystemExit(f'{" ".join(self.command)} did not start.')
            time.sleep(0.05)
        return self

    def answers(self):
        try:
            urllib.request.urlopen(self.url + '/healthz', timeout=5).close()
        except urllib.error.HTTPError:
            return True                                 # that address is not known, but somebody is at home
        except OSError:
            return False
        return True

    def __exit__(self, *error):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.seek(0)
        if 'Traceback' in (text := self.log.read()):
            print(f'{" ".join(self.command)} said:\n{text[-2000:]}')
        self.log.close()

    def cpu_ms(self):
        """CPU time used so far, in steps of 10 ms: measure many visits at once."""
        if Path('/proc/self/stat').exists():
            fields = Path(f'/proc/{self.process.pid}/stat').read_text().rpartition(')')[2].split()
            return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf('SC_CLK_TCK')
        minutes, seconds = self.ps('time').split(':')[-2:]
        return int(minutes) * 60_000 + float(seconds) * 1000

    def memory_mb(self):
        """Memory that is really in use (resident)."""
        return int(self.ps('rss')) / 1024

    def ps(self, field):
        return subprocess.run(['ps', '-o', f'{field}=', '-p', str(self.process.pid)], capture_output=True, text=True,
                              check=True).stdout.strip()
