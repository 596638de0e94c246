"""Behind nginx, as the README tells hosts to set it up: its own words are what is tried."""
import re
import subprocess
import time

import pytest

from tests.container.engine import install
from tests.helpers.wire_client import connected, get, handshake
from tests.serving import ROOT, free_port


@pytest.fixture
def nginx(tmp_path):
    """Starts nginx with this `location` block and returns its address."""
    install({'nginx': 'nginx-light'})
    running = []

    def start(location):
        port = free_port()
        places = ' '.join(f'{kind}_temp_path {tmp_path}/{kind};' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        (tmp_path / 'nginx.conf').write_text(
            f'daemon off; pid {tmp_path}/pid; error_log stderr; events {{}}\n'
            f'http {{ access_log off; {places}\nserver {{ listen 127.0.0.1:{port};\n{location}\n}} }}\n')
        with (tmp_path / 'log').open('w') as log:
            running.append(subprocess.Popen(['nginx', '-p', tmp_path, '-c', tmp_path / 'nginx.conf', '-e', 'stderr'], stderr=log))
        url = f'http://127.0.0.1:{port}'
        for _ in range(100):
            try:
                get(url + '/healthz')
                return url
            except OSError:
                time.sleep(.05)
        raise RuntimeError((tmp_path / 'log').read_text())

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


def test_the_readmes_nginx_lets_pages_and_websockets_through(serve, nginx):
    from tests.app.test_server import run
    server = serve()
    [block] = re.findall(r'```nginx\n(.*?)```', (ROOT / 'README.md').read_text(), re.S)
    url = nginx(block.replace('127.0.0.1:5006', f'127.0.0.1:{server.port}'))

    async def visit():
        async with connected(url) as client:
            await client.open()
            assert (await client.ask(do='ping'))['seq'] == 1

    assert f'content="{url}/loss"'.encode() in get(url + '/loss')[2]
    run(visit())
    assert server.log().count('\n') == 1


@pytest.mark.parametrize(('missing', 'status', 'cure'), [
    ('Host', 403, 'Host header'), ('Upgrade', 400, 'Upgrade and Connection')])
def test_what_a_proxy_fails_to_pass_is_named_in_the_log(serve, nginx, missing, status, cure):
    server = serve()
    [block] = re.findall(r'```nginx\n(.*?)```', (ROOT / 'README.md').read_text(), re.S)
    lines = [line for line in block.splitlines() if f'_header {missing} ' not in line]
    url = nginx('\n'.join(lines).replace('127.0.0.1:5006', f'127.0.0.1:{server.port}'))
    assert handshake(url) == status
    assert cure in server.log()
