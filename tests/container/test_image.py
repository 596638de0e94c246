"""The image runs as the README promises: healthy, as nobody, on a read-only disk, behind any host name."""
import time

import pytest
from playwright.sync_api import expect

from tests.container.conftest import CAREFULLY
from tests.serving import ROOT

MEBIBYTE = 2 ** 20


def test_it_stays_small(docker, image):
    size = int(docker.docker('image', 'inspect', '--format', '{{.Size}}', image)) / MEBIBYTE
    assert size <= 420, f'{size:.0f} MiB'


def test_nothing_but_the_course_is_in_it(docker, image):
    listing = docker.docker('run', '--rm', '--network', 'none', image, 'python', '-c',
                            'import os; print(*sorted(os.listdir("/srv")))')
    assert listing.splitlines()[-1] == 'app core lessons static'


def test_it_runs_as_nobody_without_privileges(well):
    who = well.docker('exec', well.name, 'python', '-c',
                      'import os; print(os.getuid(), os.getgid(), open("/proc/self/status").read())')
    assert who.splitlines()[0].startswith('10001 10001')
    assert 'CapEff:\t0000000000000000' in who
    assert 'NoNewPrivs:\t1' in who


def test_its_disk_is_read_only_and_its_log_is_quiet(well, get):
    get('/models')
    attempt = well.docker('exec', well.name, 'python', '-c', 'open("/srv/x", "w")', check=False)
    assert 'Read-only file system' in attempt
    log = well.docker('logs', well.name)
    assert 'Traceback' not in log
    assert 'Warning' not in log


@pytest.mark.parametrize('host', [None, 'course.test', 'mathe.schule.test:8443'])
@pytest.mark.parametrize('path', ['/', '/models', '/loss', '/embed/models'])
def test_pages_come_under_any_host_name(get, path, host):
    answer = get(path, host)
    assert answer.status == 200
    assert '<h1' in answer.text


def test_a_reader_at_a_second_host_name_is_answered_by_the_engine(well, page):
    """Page, token, websocket, wire, engine and back: a number on the page follows a key pressed in the picture."""
    frames = []
    page.on('websocket', lambda socket: socket.on('framereceived', lambda frame: frames.append(frame)))
    page.goto(f'http://course.test:{well.port}/models')
    handle = page.locator('.picture [role=slider]:visible').first
    before = handle.get_attribute('aria-valuetext')
    handle.focus()
    handle.press('ArrowUp')
    expect(handle).not_to_have_attribute('aria-valuetext', before, timeout=20_000)
    assert any(isinstance(frame, bytes) for frame in frames)


def test_a_long_run_is_recorded_and_played_there(well, page):
    """A process of its own, on a read-only disk and as nobody: a thousand networks train and the last moment is reached."""
    page.goto(f'http://course.test:{well.port}/xor')
    figure = page.locator('[data-widget=a-thousand-networks]')
    figure.locator('[data-do=play]').click()
    expect(figure.locator('[data-verdict]')).to_contain_text('have learnt XOR', timeout=40_000)
    assert '-m app.job' in well.docker('top', well.name), 'which cuts what is long'
    assert 'Traceback' not in well.docker('logs', well.name)


def test_the_readme_runs_it_as_it_is_tried_here():
    readme = (ROOT / 'README.md').read_text()
    command = readme[readme.index('docker run -d'):].split('```')[0].replace('\\\n', ' ').split()
    for option in CAREFULLY[:CAREFULLY.index('--health-interval')]:
        assert option in command, option


def test_docker_stop_is_heard(start):
    well = start()
    began = time.monotonic()
    well.docker('stop', '--time', '20', well.name)
    assert time.monotonic() - began < 5
    assert well.docker('inspect', '--format', '{{.State.ExitCode}}', well.name) == '0'
