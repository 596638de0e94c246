"""Whatever happens to the connection, the page says so, keeps the reader's values, and comes back by itself."""
import contextlib
import functools
import http.server
import re
import subprocess
import sys
import threading
import time

import pytest
from playwright.sync_api import expect

from app.numbers import show
from app.server.settings import Settings
from lessons.loss.state import State
from tests.helpers.proxy import Proxy
from tests.helpers.wire_client import Threaded, ticket
from tests.serving import ROOT, free_port

NOISE = r'net::ERR_|WebSocket connection|Failed to load resource'     # the browser's own words about a broken link


@pytest.fixture
def page(page):
    """One whose pictures rest: nothing here is about them, and in the minutes that pass they would cost the most."""
    page.emulate_media(reduced_motion='reduce')
    return page


@pytest.fixture(scope='module')
def proxy(server):
    """One for all, so that the browser has the scripts of its address."""
    proxy = Proxy(server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def link(proxy):
    """A link to the server that can be spoilt."""
    yield proxy
    proxy.cut()
    proxy.mend()


def loss_at(slope):
    return show(State(slope=slope).loss(), ',.0f')


def set_slope(page, slope):
    page.locator('[data-parameter=slope]').first.evaluate('''(input, value) => {
        input.value = value
        for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }))
    }''', str(slope))


def works(page, slope, seconds=5):
    """The engine answers: the loss on the page is the engine's for this slope."""
    set_slope(page, slope)
    shows(page, slope, seconds)


def shows(page, slope, seconds=5):
    expect(page.locator('[data-value="loss:,.0f"]').first).to_have_text(loss_at(slope), timeout=seconds * 1000)


def address_says(page, slope):
    expect(page).to_have_url(re.compile(rf'[?&]slope={slope}(&|$)'), timeout=2000)


def banner(page):
    return page.locator('#banner')


def told(page, words, seconds=8):
    expect(banner(page)).to_be_visible(timeout=seconds * 1000)
    expect(banner(page)).to_contain_text(words)
    assert banner(page).get_attribute('role') == 'status'


def calm(page, seconds=15):
    expect(banner(page)).to_be_hidden(timeout=seconds * 1000)


def opened(page, url, slope=150):
    page.goto(url)
    works(page, slope, 15)
    calm(page)


def one_session_in_the_page(page):
    """Nothing of earlier sessions stays: their documents and their elements are gone."""
    assert page.evaluate('Bokeh.documents.filter(d => d.roots().some(r => r.type.includes("ReactiveESM"))).length') <= 1
    assert page.locator('.bk-panel-models-esm-ReactiveESM').count() <= 1
    assert page.locator('body > .session').count() == 1


def test_reading_opens_nothing_and_a_touch_opens_one_session(page, server):
    sockets = []
    page.on('websocket', lambda socket: sockets.append(socket.url))
    page.set_viewport_size({'width': 1280, 'height': 200})
    page.goto(server.url + '/loss')
    page.wait_for_timeout(500)
    assert sockets == []
    assert page.evaluate('globalThis.Bokeh') is None
    works(page, 150)
    assert len(sockets) == 1
    address_says(page, 150)


def test_what_moves_is_fetched_when_it_comes_near_and_again_if_that_fails(page, server):
    page.allow('Failed to load resource')
    asked = []

    def route(route):
        asked.append(route.request.url)
        route.abort() if len(asked) < 3 else route.continue_()

    page.route('**/live.js*', route)
    page.set_viewport_size({'width': 1280, 'height': 200})
    page.goto(server.url + '/loss')
    works(page, 150)
    assert len(asked) == 3


def test_a_cut_of_five_seconds(page, link):
    page.allow(NOISE)
    opened(page, link.url + '/loss')
    link.cut()
    told(page, 'connection')
    set_slope(page, 222)                                  # the reader goes on meanwhile
    time.sleep(5)
    link.mend()
    shows(page, 222, 12)
    calm(page)
    works(page, 233)
    address_says(page, 233)
    one_session_in_the_page(page)


def test_a_cut_that_outlasts_the_session(page, link, server):
    page.allow(NOISE)
    opened(page, link.url + '/loss')
    link.cut()
    told(page, 'connection')
    time.sleep(25)
    link.mend()
    calm(page)
    shows(page, 150)
    works(page, 233)
    one_session_in_the_page(page)


def test_a_link_that_swallows_every_byte_counts_as_cut(page, link):
    page.allow(NOISE)
    opened(page, link.url + '/loss')
    link.swallow()
    set_slope(page, 222)
    told(page, 'connection')
    time.sleep(10)
    link.mend()
    shows(page, 222, 20)
    calm(page)
    works(page, 233)
    one_session_in_the_page(page)


def test_silence_is_noticed_without_a_touch(page, link):
    page.allow(NOISE)
    opened(page, link.url + '/loss')
    link.swallow()
    told(page, 'connection', 9)
    link.mend()
    calm(page)
    works(page, 233)


def test_the_server_is_killed_and_comes_back_with_what_is_too_large_for_the_address(page, serve):
    page.allow(NOISE)
    server = serve()
    opened(page, server.url + '/loss')
    for slope in (100, 120, 140):
        works(page, slope)
    rows = page.locator('[data-chart] tbody tr')
    expect(rows.first).to_contain_text('140')             # the newest is above
    before = rows.all_text_contents()
    assert len(before) == 4
    page.evaluate('globalThis.same_page = true')
    server.kill()
    told(page, 'connection')
    server.start()
    calm(page)
    shows(page, 140)
    works(page, 200)
    expect(rows.first).to_contain_text('200')
    assert rows.all_text_contents()[1:] == before, 'the tries are too many for the address'
    assert page.evaluate('globalThis.same_page'), 'nobody reloaded it'
    one_session_in_the_page(page)


def test_the_server_is_away_at_the_first_touch(page, link):
    page.allow(NOISE)
    page.set_viewport_size({'width': 1280, 'height': 200})
    page.goto(link.url + '/loss')
    page.wait_for_load_state('load')
    link.cut()
    set_slope(page, 222)
    told(page, 'does not answer')
    time.sleep(2)
    link.mend()
    shows(page, 222, 20)
    calm(page)
    works(page, 233)


def test_a_link_that_swallows_from_the_first_touch_on(page, link):
    page.allow(NOISE)
    page.set_viewport_size({'width': 1280, 'height': 200})
    page.goto(link.url + '/loss')
    page.wait_for_load_state('load')
    link.swallow()
    set_slope(page, 222)
    told(page, 'does not answer', 12)
    link.mend()
    shows(page, 222, 45)
    calm(page)


def test_a_full_server_says_so_and_lets_the_reader_in_later(page, new_context, serve):
    page.allow('503|ERR_CONNECTION')       # the second: the server of this test ends before its pages
    server = serve(MAX_SESSIONS='1')
    first = new_context().new_page()
    opened(first, server.url + '/loss')
    page.goto(server.url + '/loss')
    set_slope(page, 222)
    told(page, 'full')
    works(first, 160)
    first.close()
    shows(page, 222, 45)                                  # as soon as the first reader's session is given up
    calm(page)


def stale_ticket():
    """One that the server will not take, as it would not take an old one."""
    with Threaded(Settings()) as other:
        return ticket(other.url)


def test_an_expired_ticket_is_replaced(page, server):
    page.allow(NOISE)
    stale, asked = stale_ticket(), []

    def answer(route):
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(json={'token': stale, 'same': False})
        else:
            route.continue_()

    page.route('**/live/loss', answer)
    opened(page, server.url + '/loss')
    assert len(asked) == 2


def test_eight_cuts_leave_nothing_behind(page, link):
    page.allow(NOISE)
    opened(page, link.url + '/loss')
    nodes = []
    for n in range(8):
        link.cut()
        told(page, 'connection')
        link.mend()
        calm(page)
        works(page, 160 + n)
        nodes.append(page.evaluate("document.querySelectorAll('*').length"))
        one_session_in_the_page(page)
    assert nodes[-1] - nodes[0] <= 60, nodes      # the table of tries grows by a row for each, nothing else does


def test_the_address_follows_a_long_drag(page, server):
    """Browsers ignore whoever changes the address some 200 times in ten seconds."""
    opened(page, server.url + '/loss?note=mine')
    page.evaluate("globalThis.heard = 0; addEventListener('nudge:changed', () => heard++)")
    page.locator('[data-parameter=slope]').first.evaluate('''input => new Promise(done => {
        input.focus()           // as whoever drags it: an answer must not move it meanwhile
        let n = 0
        const timer = setInterval(() => {
            n += 1
            input.value = 100 + n % 200
            input.dispatchEvent(new Event('input', { bubbles: true }))
            if (n < 360) return
            clearInterval(timer)
            input.dispatchEvent(new Event('change', { bubbles: true }))
            done()
        }, 1000 / 60)
    })''')
    slope = page.locator('[data-parameter=slope]').first.input_value()
    shows(page, float(slope))
    address_says(page, slope)
    assert 'note=mine' in page.url
    assert page.evaluate('heard') >= 1
    works(page, 233)
    address_says(page, 233)


def test_a_websocket_that_is_refused_for_ever_is_said_to_be(page, server):
    """As behind a proxy that passes pages but no websockets: the page says so, and asks less and less often."""
    page.allow(NOISE)
    stale, asked = stale_ticket(), []

    def answer(route):
        asked.append(time.monotonic())
        route.fulfill(json={'token': stale, 'same': False})

    page.route('**/live/loss', answer)
    page.goto(server.url + '/loss')
    set_slope(page, 222)
    told(page, 'blocked on the way', 20)
    assert len(asked) == 3
    page.wait_for_timeout(25_000)
    assert 4 < len(asked) < 12, asked
    assert asked[-1] - asked[-2] > 5, asked               # longer than for any other trouble
    page.unroute('**/live/loss')
    page.evaluate("dispatchEvent(new Event('online'))")
    shows(page, 222, 12)
    calm(page)


def test_a_component_that_comes_too_late_is_not_heard(page, server):
    """One of an attempt that was given up must not speak for the next."""
    page.route_web_socket('**/ws?*', lambda socket: None)    # it opens, and then is silent
    page.goto(server.url + '/loss')
    set_slope(page, 222)
    page.wait_for_selector('body > .session', state='attached', timeout=10_000)
    heard = '''el => {
        let heard = false
        nudge.attach({ on() {}, send_msg() { heard = true } }, el())
        return heard
    }'''
    assert not page.evaluate(f"({heard})(() => document.createElement('div'))")
    assert page.evaluate(f"({heard})(() => document.querySelector('body > .session'))")


def test_an_update_of_the_course_is_offered_once_and_loses_nothing(page, link):
    page.allow(NOISE)

    def answer(route):
        if page.cut:
            route.abort()
        else:
            route.fulfill(json=route.fetch().json() | {'version': 'another'})

    opened(page, link.url + '/loss?slope=160')
    assert not page.evaluate("document.querySelector('#banner a')")
    page.cut = True
    page.route('**/live/loss', answer)
    link.cut()
    told(page, 'connection')
    link.mend()
    page.cut = False
    expect(banner(page)).to_contain_text('The course was updated', timeout=10_000)
    works(page, 233)
    address_says(page, 233)
    page.unroute('**/live/loss')
    banner(page).get_by_role('link').click()
    page.wait_for_load_state('load')
    calm(page)
    shows(page, 233)


def test_a_reader_who_leaves_and_comes_back(page, server):
    opened(page, server.url + '/loss')
    page.goto(server.url + '/models')
    page.go_back()
    works(page, 160)


# ---- other hosts, frames, and other people's apps

def test_under_another_host_name(page, server):
    opened(page, f'http://course.test:{server.port}/loss')


@contextlib.contextmanager
def host_page(tmp_path, html):
    """Somebody's page, on a port of its own."""
    (tmp_path / 'index.html').write_text(f'<!doctype html><title>Somebody</title><link rel=icon href="data:,">{html}')

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Handler, directory=str(tmp_path))) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield f'http://somebody.test:{web.server_port}/index.html'
        web.shutdown()


def test_in_frames_of_another_site_whatever_their_sandboxes(page, serve, tmp_path):
    server = serve()
    kinds = {'plain': '', 'opaque': 'sandbox="allow-scripts"', 'same-origin': 'sandbox="allow-scripts allow-same-origin"'}
    html = ''.join(f'<iframe id={kind} {sandbox} width=380 height=600 src="{server.url}/embed/loss"></iframe>'    # all are seen
                   for kind, sandbox in kinds.items())
    with host_page(tmp_path, html) as url:
        page.goto(url)
        frames = [page.frame_locator(f'#{kind}') for kind in kinds]      # a failure says which, by its locator
        for frame in frames:
            works(frame, 150, 15)
        page.allow(NOISE)
        server.kill()
        for frame in frames:
            told(frame, 'connection')
        server.start()
        for frame in frames:
            calm(frame)
            shows(frame, 150)
            works(frame, 233)


def test_one_widget_in_a_sandboxed_frame(page, server, tmp_path):
    with host_page(tmp_path, '<iframe sandbox="allow-scripts" width=800 height=600 '
                   f'src="{server.url}/embed/loss/see-the-squares"></iframe>') as url:
        page.goto(url)
        frame = page.frame_locator('iframe')
        handle = frame.locator('[role=slider][data-mark]:visible').first
        before = handle.get_attribute('aria-valuetext')
        handle.press('ArrowUp')
        expect(handle).not_to_have_attribute('aria-valuetext', before, timeout=15000)
        expect(frame.locator('#banner')).to_be_hidden()


def test_the_plain_link_in_a_frame_shows_the_page_for_frames(page, server, tmp_path):
    """As course sites do with any link that is pasted into them."""
    with host_page(tmp_path, f'<iframe width=800 height=900 src="{server.url}/loss?slope=150"></iframe>') as url:
        page.goto(url)
        frame = page.frame_locator('iframe')
        expect(frame.locator('body')).to_have_class('embed', timeout=10_000)
        assert page.frames[1].url == f'{server.url}/embed/loss?slope=150'
        works(frame, 160, 15)


def test_a_course_page_may_not_be_framed_by_others(page, server, tmp_path):
    page.allow('frame-ancestors|Framing|ERR_BLOCKED')
    with host_page(tmp_path, f'<iframe src="{server.url}/"></iframe>') as url:
        page.goto(url)
        page.wait_for_timeout(500)
        assert page.frames[1].url.startswith('chrome-error:')


def test_two_widgets_in_somebodys_panel_app(page, tmp_path):
    """Somebody's own `pn.serve`, which knows nothing of our server: each widget keeps its own state."""
    page.allow(r'404|favicon')
    port = free_port()
    script = tmp_path / 'somebody.py'
    script.write_text('import panel as pn\nfrom app.server.wire import widget\n'
                      'def make():\n'
                      "    first, second = widget('loss', 'see-the-squares'), widget('loss', 'see-the-squares', slope=300.0)\n"
                      '    return pn.Column(first, second)\n'
                      f"pn.serve(make, port={port}, address='127.0.0.1', websocket_origin='127.0.0.1:{port}', show=False)\n")
    app = subprocess.Popen([sys.executable, str(script)], cwd=ROOT, env={'PYTHONPATH': str(ROOT), 'PATH': ''})
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                page.goto(f'http://127.0.0.1:{port}/')
                break
            except Exception:
                assert time.monotonic() < deadline
                time.sleep(.2)
        figures = page.locator('figure[data-widget]')
        expect(figures).to_have_count(2, timeout=20000)
        says = page.locator('[data-says=slope]')
        expect(says).to_have_count(2)
        assert says.all_inner_texts() == ['200 $/ft²', '300 $/ft²']
        sliders = page.locator('input[data-parameter=slope]')
        sliders.nth(0).fill('250')
        expect(says.nth(0)).to_have_text('250 $/ft²')
        expect(says.nth(1)).to_have_text('300 $/ft²')
        sliders.nth(1).fill('100')
        expect(says.nth(1)).to_have_text('100 $/ft²')
        expect(says.nth(0)).to_have_text('250 $/ft²')
        # our style reaches into the component
        assert figures.first.evaluate("e => getComputedStyle(e).getPropertyValue('--model')").startswith('light-dark')
    finally:
        app.terminate()
        app.wait(10)
