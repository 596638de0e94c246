"""What every test may ask for: the course itself, running."""
import pytest
from hypothesis import settings

from tests.serving import Server

settings.register_profile('unhurried', deadline=None)  # a busy machine is slow, not wrong; speed is what the benchmark measures
settings.load_profile('unhurried')


@pytest.fixture(scope='session')
def server(tmp_path_factory):
    """The course, one for the whole run. Leave it running as it was found (`restart()` is fine)."""
    running = Server(tmp_path_factory.mktemp('server') / 'log')
    yield running
    running.stop()
    assert 'Traceback' not in running.log(), f'The server stumbled:\n{running.log()}'


@pytest.fixture
def serve(tmp_path):
    """Makes a server of the test's own: `serve(MAX_SESSIONS='1')`."""
    made = []

    def make(**environment):
        made.append(Server(tmp_path / f'server-{len(made)}.log', **environment))
        return made[-1]

    yield make
    for running in made:
        running.kill()
