"""A real Docker engine to try the image on: the running one, or else, as root on Debian or Ubuntu, one of our own.

Our own needs no registry. Its data lives in a folder that goes when it ends, it listens on a socket of its own and
leaves the machine's network as it is. Debian's Python stands in under the name of the official image, so what is tried
is our Dockerfile and our course, not the official image's Python.
"""
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

IMAGE = 'python:3.13-slim-trixie'
CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
# Debian's Python 3.13, laid out as the official image has it. The machine's own certificates go in, for networks
# that look inside what is downloaded.
BASE = [
    'mmdebstrap', '--variant=minbase', '--include=ca-certificates,python3,python3-venv,python3-pip,netbase,tzdata',
    *(f'--dpkgopt=path-exclude=/usr/share/{folder}/*' for folder in ('man', 'doc', 'locale')),
    '--customize-hook=rm -f "$1"/usr/lib/python3.*/EXTERNALLY-MANAGED',
    '--customize-hook=for n in python python3; do ln -sf /usr/bin/python3 "$1"/usr/local/bin/$n; done',
    f'--customize-hook=if [ -e {CERTIFICATES} ]; then cp {CERTIFICATES} "$1"{CERTIFICATES}; fi',
    'trixie',
]
TOOLS = {'dockerd': 'docker.io', 'iptables': 'iptables', 'mmdebstrap': 'mmdebstrap'}


class Engine:
    """Runs docker commands. `network(port)`: what `docker run` needs so that the container answers on that port."""

    def __init__(self, environment, ours):
        self.environment, self.ours = os.environ | environment, ours

    def docker(self, *arguments, check=True):
        """The command's output. Its complaints come along where it fails."""
        done = subprocess.run(['docker', *map(str, arguments)], env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if check and done.returncode:
            raise RuntimeError(f'docker {" ".join(map(str, arguments))}\n{done.stdout}')
        return done.stdout.strip()

    def answers(self):
        asked = subprocess.run(['docker', 'version'], env=self.environment, capture_output=True, check=False)
        return asked.returncode == 0

    def network(self, port):
        if self.ours:
            return ['--network', 'host', '--env', f'PORT={port}']
        return ['--publish', f'127.0.0.1:{port}:5006']

    def build(self, tag, folder):
        network = ['--network', 'host'] if self.ours else []
        return self.docker('build', *network, '--tag', tag, folder)


def say(words):
    print(words, flush=True)


def install(tools, *more):
    """Brings Debian's packages for the tools ({command: package}) that are missing; as root."""
    if missing := [package for tool, package in tools.items() if not shutil.which(tool)]:
        say(f'Installing {", ".join(missing)} ...')
        for arguments in (['update'], ['install', '-y', '--no-install-recommends', *more, *missing]):
            subprocess.run(['apt-get', '-qq', *arguments], check=True, stdout=subprocess.DEVNULL,
                           env=os.environ | {'DEBIAN_FRONTEND': 'noninteractive'})


@contextmanager
def engine():
    if shutil.which('docker') and Engine({}, ours=False).answers():
        say('Using the Docker engine that runs here.')
        yield Engine({}, ours=False)
    elif os.geteuid() == 0 and shutil.which('apt-get'):
        with private_engine() as ours:
            yield ours
    else:
        raise RuntimeError('No Docker engine answers (docker version), and only root can start one of our own.')


@contextmanager
def private_engine():
    install(TOOLS, 'debian-archive-keyring')
    base = base_image()
    folder = Path(tempfile.mkdtemp(prefix='nudge-docker-', dir='/var/tmp'))
    socket = f'unix://{folder}/docker.sock'
    say('Starting a Docker engine of our own ...')
    with (folder / 'log').open('wb') as log:
        daemon = subprocess.Popen(
            ['dockerd', '--host', socket, '--pidfile', folder / 'pid',
             '--data-root', folder / 'data', '--exec-root', folder / 'exec',
             '--bridge=none', '--iptables=false', '--ip6tables=false', '--ip-forward=false'],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        # The plain builder: BuildKit is a plug-in that Debian does not bring.
        ours = Engine({'DOCKER_HOST': socket, 'DOCKER_BUILDKIT': '0'}, ours=True)
        wait_for(ours, daemon, folder / 'log')
        ours.docker('import', '--change', 'CMD ["python3"]', '--change',
                    'ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin', base, IMAGE)
        yield ours
    finally:
        daemon.terminate()
        try:
            daemon.wait(30)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()
        # dockerd leaves this one mounted, and what is mounted cannot be removed.
        subprocess.run(['umount', folder / 'exec/netns/default'], capture_output=True, check=False)
        shutil.rmtree(folder)


def wait_for(engine, daemon, log, patience=60):
    deadline = time.monotonic() + patience
    while not engine.answers():
        if daemon.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f'Our Docker engine did not start:\n{log.read_text(errors="replace")}')
        time.sleep(0.2)


def base_image():
    """Debian's Python 3.13 as a tar file, made once (a minute or two) and kept in ~/.cache/nudge."""
    recipe = hashlib.sha256(repr(BASE).encode()).hexdigest()[:12]
    path = Path(os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache') / 'nudge' / f'python-trixie-{recipe}.tar'
    if not path.exists():
        say('Making the base image from Debian\'s packages (once, a minute or two) ...')
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f'unfinished-{os.getpid()}.tar')
        subprocess.run([*BASE, unfinished], check=True, stdin=subprocess.DEVNULL)
        unfinished.rename(path)
    return path
