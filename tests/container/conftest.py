"""The image, built once, and a container of it as a careful host would run it; and the watched browser."""
import time
import urllib.request
import uuid
from types import SimpleNamespace

import pytest

from tests.browser.conftest import browser_type_launch_args, new_context, watch  # noqa: F401
from tests.container.engine import engine, say
from tests.serving import ROOT, free_port

TAG = 'nudge:test'
CAREFULLY = ['--init', '--read-only', '--tmpfs', '/tmp:size=64m', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges',
             '--memory', '512m', '--log-opt', 'max-size=10m', '--health-interval', '2s']


@pytest.fixture
def page(watch, new_context):  # noqa: F811
    """A window of somebody who was never here: the tabs that other tests share are of a server of their own."""
    page = new_context().new_page()
    page.allow = watch.allow
    return page


@pytest.fixture(scope='session')
def docker():
    with engine() as running:
        yield running


@pytest.fixture(scope='session')
def image(docker):
    say('Building the image ...')
    began = time.monotonic()
    docker.build(TAG, ROOT)
    say(f'Built in {time.monotonic() - began:.0f} s.')
    return TAG


@pytest.fixture(scope='session')
def start(docker, image):
    """Starts the course in a container and waits until the image's own health check is content."""
    names = []

    def run():
        name, port = f'nudge-test-{uuid.uuid4().hex[:8]}', free_port()
        docker.docker('run', '--detach', '--name', name, *docker.network(port), *CAREFULLY, image)
        names.append(name)
        wait_until_well(docker, name)
        return SimpleNamespace(name=name, port=port, url=f'http://127.0.0.1:{port}', docker=docker.docker)

    yield run
    for name in names:
        docker.docker('rm', '--force', '--volumes', name)


def wait_until_well(docker, name, patience=60):
    deadline = time.monotonic() + patience
    while True:
        now = docker.docker('inspect', '--format', '{{.State.Status}}, {{.State.Health.Status}}', name)
        if now == 'running, healthy':
            return
        if now.startswith('exited') or time.monotonic() > deadline:
            pytest.fail(f'The container is {now}:\n{docker.docker("logs", name)}', pytrace=False)
        time.sleep(0.5)


@pytest.fixture(scope='session')
def well(start):
    """The course in a container, one for all tests that leave it as it was."""
    return start()


@pytest.fixture
def get(well):
    """Fetches an address from the container; what it answers, as it would to a reader under that host name."""
    def fetch(path, host=None):
        request = urllib.request.Request(well.url + path, headers={'Host': host} if host else {})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return SimpleNamespace(status=answer.status, text=answer.read().decode())
    return fetch
