"""A real Chromium, one process for the whole run, and a watch that no page complains or calls another host."""
import re
from urllib.parse import urlsplit

import pytest

from tests.browser.harness import site as site
from tests.browser.harness import tablet as tablet
from tests.browser.tabs import Tabs, listen
from tests.find_chromium import find_chromium

# Names under .test lead to this machine, so that a test can come by a second host name: http://course.test:1234/
# All tabs with pages of this machine share one process, which is warm after the first.
FLAGS = ['--host-resolver-rules=MAP *.test 127.0.0.1', '--disable-quic', '--no-first-run', '--disable-sync', '--process-per-site']
PHONE = {'viewport': {'width': 360, 'height': 740}, 'has_touch': True, 'is_mobile': True, 'device_scale_factor': 2}


class Watch:
    """Collects what no page should do: complain on the console, throw, or ask another host for anything."""

    def __init__(self):
        self.seen, self.allowed = [], []

    def allow(self, pattern):
        """Says that complaints matching this regular expression are expected in this test."""
        self.allowed.append(re.compile(pattern))

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
    """Makes a browser context of its own, of a reader who was never here, with the watch over it."""
    def make(**options):
        context = new_context(**options)
        listen(context, lambda: watch)
        return context
    return make


@pytest.fixture(scope='session')
def all_tabs(browser, server):
    """What `tabs` are made of. They are warm for the whole run."""
    return Tabs(browser, f'{server.url}/healthz')


@pytest.fixture
def tabs(watch, all_tabs, request):
    """The tabs of this test, with the watch over them: see tests/browser/tabs.py."""
    all_tabs.watch = watch
    yield all_tabs
    outcome = getattr(request.node, 'rep_call', None)
    if outcome and outcome.passed:
        all_tabs.close()
    else:
        all_tabs.renew()


@pytest.fixture
def new_page(watch, tabs):
    """Opens a tab: `new_page(has_touch=True)`. `page.allow(pattern)` is the watch's."""
    def make(**options):
        page = tabs.new(**options)
        page.allow = watch.allow
        return page
    return make


@pytest.fixture
def page(new_page):
    """A window of 1280 × 720."""
    return new_page()


@pytest.fixture
def phone(new_page):
    """A phone: 360 × 740, touch, two device pixels to one."""
    return new_page(**PHONE)
