"""A real Chromium, one process for the whole run, and a watch that no page complains or calls another host."""
import re
from urllib.parse import urlsplit

import pytest

from tests.browser.harness import site as site
from tests.browser.harness import tablet as tablet
from tests.find_chromium import find_chromium

# Names under .test lead to this machine, so that a test can come by a second host name: http://course.test:1234/
FLAGS = ['--host-resolver-rules=MAP *.test 127.0.0.1', '--disable-quic', '--no-first-run', '--disable-sync']
PHONE = {'viewport': {'width': 360, 'height': 740}, 'has_touch': True, 'is_mobile': True, 'device_scale_factor': 2}


class Watch:
    """Collects what no page should do: complain on the console, throw, or ask another host for anything."""

    def __init__(self):
        self.seen, self.allowed = [], []

    def allow(self, pattern):
        """Says that complaints matching this regular expression are expected in this test."""
        self.allowed.append(re.compile(pattern))

    def over(self, context):
        context.on('console', lambda message: message.type in ('error', 'warning') and self.saw(
            f'console {message.type}: {message.text} ({message.location.get("url", "")})'))
        context.on('weberror', lambda error: self.saw(f'page error: {error.error}'))
        context.on('request', lambda request: self.asked(request.url))
        context.on('page', lambda page: page.on('websocket', lambda socket: self.asked(socket.url)))

    def saw(self, complaint):
        self.seen.append(complaint)

    def asked(self, url):
        host = urlsplit(url).hostname    # None for data: and blob:
        if host and host not in ('127.0.0.1', 'localhost') and not host.endswith('.test'):
            self.saw(f'a request left the host: {url}')

    def complaints(self):
        return [seen for seen in self.seen if not any(pattern.search(seen) for pattern in self.allowed)]


@pytest.fixture(scope='session')
def browser_type_launch_args(browser_type_launch_args):
    path = find_chromium()
    own = {'executable_path': path} if path else {}
    # this flag of Playwright's lets pages change their address without end, which no reader's browser does
    own['ignore_default_args'] = ['--disable-ipc-flooding-protection']
    return browser_type_launch_args | own | {'args': [*browser_type_launch_args.get('args', []), *FLAGS]}


@pytest.fixture
def watch():
    """The watch over every page of this test; `watch.allow('503')` when a complaint is expected."""
    watch = Watch()
    yield watch
    if complaints := watch.complaints():
        pytest.fail('The page complained:\n' + '\n'.join(complaints), pytrace=False)


@pytest.fixture
def new_context(watch, new_context):
    """Makes a browser context (its own cookies and size) with the watch over it."""
    def make(**options):
        context = new_context(**options)
        watch.over(context)
        return context
    return make


@pytest.fixture
def page(watch, page):
    """A window of 1280 × 720. `page.allow(pattern)` is the watch's."""
    page.allow = watch.allow
    return page


@pytest.fixture
def phone(watch, new_context):
    """A phone: 360 × 740, touch, two device pixels to one."""
    page = new_context(**PHONE).new_page()
    page.allow = watch.allow
    return page
