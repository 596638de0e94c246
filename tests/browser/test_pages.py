"""Pages in a real browser: colours of meaning in both themes, sizes that can be read, frames that fit, words without scripts."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

import lessons
from app.lesson_format import read_lesson

WIDGET = read_lesson('models').placements[0].name
COLOUR = 'element => getComputedStyle(element).color'
SIZES = '''() => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility() && !e.closest('svg, math, sup, sub, .hint'))
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => [parseFloat(getComputedStyle(e).fontSize), e.tagName, e.textContent.trim().slice(0, 30)])
  .filter(([size]) => size < 13)'''
LINKS = '''() => [...document.querySelectorAll('a, button, summary')]
  .filter(e => e.checkVisibility() && !e.closest('p:not(.credit, .copy), td, li p, .skip'))
  .map(e => [e.getBoundingClientRect().height, e.textContent.trim()]).filter(([height]) => height < 43.9)'''


@pytest.fixture
def quiet(page):
    """Nothing but reading: no engine is started."""
    page.route('**/live/**', lambda route: route.abort())
    page.allow('ERR_FAILED')
    return page


def test_a_symbol_has_the_colour_of_its_meaning_in_both_themes(server, quiet):
    seen = {}
    for theme in ('light', 'dark'):
        quiet.goto(f'{server.url}/loss?theme={theme}')
        loss = quiet.locator('math [data-symbol=loss]').first
        data = quiet.locator('math [data-symbol=target]').first
        seen[theme] = [quiet.evaluate(COLOUR, element.element_handle()) for element in (loss, data)]
        seen[theme].append(quiet.evaluate('getComputedStyle(document.documentElement).backgroundColor'))
    assert len({colour for colours in seen.values() for colour in colours}) == 6


def test_the_system_chooses_the_theme_unless_the_address_does(server, quiet):
    paper = 'getComputedStyle(document.documentElement).backgroundColor'
    quiet.emulate_media(color_scheme='dark')
    quiet.goto(f'{server.url}/')
    dark = quiet.evaluate(paper)
    quiet.goto(f'{server.url}/?theme=light')
    light = quiet.evaluate(paper)
    quiet.emulate_media(color_scheme='light')
    quiet.goto(f'{server.url}/')
    assert quiet.evaluate(paper) == light != dark


def test_formulas_are_set_in_our_own_font(server, quiet):
    quiet.goto(f'{server.url}/loss')
    assert quiet.evaluate('document.fonts.ready.then(() => document.fonts.check("20px Nudge Math", "∑"))')
    widths = quiet.locator('math[display=block]').first.evaluate('''math => {
      const w = () => math.querySelector('mrow').getBoundingClientRect().width, ours = w()
      math.style.fontFamily = 'serif'
      return [ours, w()] }''')
    assert widths[0] != widths[1]


@pytest.mark.parametrize('width', [320, 768, 1280])
@pytest.mark.parametrize('path', ['/', '/models', '/loss', '/nothing', '/embed/loss'])
def test_no_text_is_smaller_than_13_pixels_and_nothing_overflows(server, quiet, path, width):
    quiet.allow('404')
    quiet.set_viewport_size({'width': width, 'height': 800})
    quiet.goto(server.url + path)
    quiet.evaluate('document.querySelectorAll("details").forEach(d => { d.open = true })')
    assert quiet.evaluate(SIZES) == []
    assert quiet.evaluate(LINKS) == []
    assert quiet.evaluate('document.documentElement.scrollWidth - innerWidth') <= 0


def test_a_line_of_text_has_about_65_characters(server, quiet):
    quiet.goto(f'{server.url}/models')
    longest = quiet.evaluate('''() => { const lines = []
      for (const p of document.querySelectorAll('article > p:not(:first-of-type)')) {
        const height = parseFloat(getComputedStyle(p).lineHeight), n = Math.round(p.getBoundingClientRect().height / height)
        if (n > 3) lines.push(p.textContent.length / (n - .5)) }
      return lines.reduce((a, b) => a + b) / lines.length }''')
    assert 55 <= longest <= 75


def test_the_picture_that_fits_is_shown(server, quiet):
    quiet.goto(f'{server.url}/models')
    figure = quiet.locator(f'#{WIDGET}')
    expect(figure.locator('.wide')).to_be_visible()
    expect(figure.locator('.narrow')).to_be_hidden()
    assert figure.locator('.wide svg').bounding_box()['width'] == pytest.approx(820, abs=1)
    quiet.set_viewport_size({'width': 360, 'height': 740})
    expect(figure.locator('.narrow')).to_be_visible()
    expect(figure.locator('.wide')).to_be_hidden()
    assert figure.locator('.narrow svg').bounding_box()['width'] >= 340


def test_motion_stops_for_those_who_ask_for_none(server, quiet):
    moving = '() => document.getAnimations().filter(a => a.playState === "running").length'
    quiet.goto(f'{server.url}/models')
    assert quiet.evaluate(moving) > 0
    quiet.emulate_media(reduced_motion='reduce')
    assert quiet.evaluate(moving) == 0


def test_paper_is_white_whatever_the_theme_and_shows_no_controls(server, quiet):
    quiet.emulate_media(color_scheme='dark', media='print')
    quiet.goto(f'{server.url}/models?theme=dark')
    assert quiet.evaluate('getComputedStyle(document.documentElement).backgroundColor') == 'rgb(255, 255, 255)'
    assert quiet.locator('article p').first.evaluate(COLOUR) != 'rgb(255, 255, 255)'
    expect(quiet.locator('.controls').first).to_be_hidden()
    expect(quiet.locator('.turn')).to_be_hidden()
    expect(quiet.locator('svg.plane').first).to_be_visible()


@pytest.mark.parametrize('slug', lessons.WRITTEN)
def test_a_lesson_can_be_read_without_scripts(server, new_context, slug):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f'{server.url}/{slug}')
    expect(page.get_by_role('heading', level=1)).to_be_visible()
    expect(page.locator('svg.plane').first).to_be_visible()
    for number in page.locator('article :is(output, mn)[data-value]').all():
        assert number.text_content().strip()
    for formula in page.locator('article math').all():
        assert formula.bounding_box()['height'] > 8


def test_a_reader_skips_to_the_text_with_one_key(server, quiet):
    quiet.goto(f'{server.url}/models')
    quiet.keyboard.press('Tab')
    expect(quiet.get_by_role('link', name='Skip to the text')).to_be_focused()
    quiet.keyboard.press('Enter')
    expect(quiet.locator('main')).to_be_focused()


def test_the_home_page_knows_where_the_reader_stands(server, quiet):
    quiet.goto(f'{server.url}/')
    expect(quiet.locator('[data-begin]')).to_contain_text('Begin')
    quiet.goto(f'{server.url}/models')
    quiet.locator('.turn').scroll_into_view_if_needed()
    quiet.wait_for_function('() => localStorage.getItem("nudge-lessons")?.includes("read")')
    quiet.goto(f'{server.url}/')
    expect(quiet.locator('[data-lesson=models] small')).to_have_text('read')
    expect(quiet.locator('[data-begin]')).to_have_attribute('href', f'{server.url}/loss')


def test_a_teacher_gets_the_present_numbers(server, quiet):
    quiet.goto(f'{server.url}/models?slope=123&theme=dark')
    quiet.get_by_text('For teachers').click()
    expect(quiet.locator('[data-permalink="/models"]')).to_have_text(f'{server.url}/models?slope=123')
    frame = f'{server.url}/embed/models/{WIDGET}?slope=123'
    expect(quiet.locator(f'[data-permalink="/embed/models/{WIDGET}"]')).to_have_text(frame)
    quiet.evaluate('history.replaceState(null, "", "?slope=99")')
    quiet.mouse.move(0, 0)
    quiet.locator('.share').hover()
    expect(quiet.locator('[data-permalink="/models"]')).to_have_text(f'{server.url}/models?slope=99')


# ---- in somebody else's page

@pytest.fixture
def host():
    """A course site of somebody else's: `host(html)` is the address of a page with it."""
    pages = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.path == '/'
            self.send_response(200 if known else 204)
            self.send_header('Content-Type', 'text/html; charset=utf-8')
            self.end_headers()
            if known:
                self.wfile.write(pages[-1].encode())

        def log_message(self, *_):
            pass

    site = ThreadingHTTPServer(('127.0.0.1', 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()

    def show(body):
        pages.append(f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Course</title><body>{body}')
        return f'http://127.0.0.1:{site.server_port}/'

    yield show
    site.shutdown()
    site.server_close()


FIT = '''() => heard.some(m => m.type === 'resize'
  && Math.abs(m.height - document.querySelector('iframe').offsetHeight) < 6)'''
LISTEN = '''<script>var heard = []; addEventListener('message', e => heard.push(e.data))</script>'''


def sizing(server):
    return f'<script defer src="{server.url}/assets/v1/embed.js"></script>'


def framed(server, attributes='', query=''):
    return f'<iframe title="a line" width="700" {attributes} src="{server.url}/embed/models/{WIDGET}{query}"></iframe>'


def test_a_frame_takes_the_height_it_needs_and_follows_it(server, quiet, host):
    quiet.goto(host(LISTEN + sizing(server) + framed(server, 'data-nudge height="2000"')))
    frame = quiet.frame_locator('iframe')
    root = frame.locator('#root')
    quiet.wait_for_function(FIT)
    needed = root.bounding_box()['height']
    assert abs(quiet.locator('iframe').bounding_box()['height'] - needed) < 6        # it shrank from 2000
    root.evaluate('root => root.append(Object.assign(document.createElement("p"), { style: "height: 300px" }))')
    quiet.wait_for_function('''needed => document.querySelector('iframe').offsetHeight > needed + 290''', arg=needed)


def test_a_frame_speaks_the_dialects_of_course_sites(server, quiet, host):
    quiet.goto(host(LISTEN + framed(server, query='#?secret=abc123')))
    quiet.wait_for_function('() => heard.length > 3')
    heard = quiet.evaluate('heard')
    height = next(m['height'] for m in heard if isinstance(m, dict) and m.get('type') == 'resize')
    assert {'subject': 'lti.frameResize', 'height': height} in heard
    assert {'message': 'height', 'value': height, 'secret': 'abc123'} in heard
    assert any(isinstance(m, str) and '"iframe.resize"' in m for m in heard)


def test_a_frame_in_a_sandbox_reports_its_height_too(server, quiet, host):
    quiet.goto(host(sizing(server) + framed(server, 'data-nudge sandbox="allow-scripts"')))
    quiet.wait_for_function('() => document.querySelector("iframe").offsetHeight > 300')


def test_a_height_that_is_fixed_stays(server, quiet, host):
    quiet.goto(host(LISTEN + framed(server, query='?height=fixed')))
    quiet.frame_locator('iframe').locator('#root').wait_for()
    quiet.wait_for_timeout(300)
    assert quiet.evaluate('heard') == []


def test_an_element_becomes_a_frame_once(server, quiet, host):
    quiet.goto(host(
        sizing(server) * 2 + f'<nudge-embed lesson="models" widget="{WIDGET}" params="slope=99" theme="dark" title="A line">'
        f'<a href="{server.url}/models">A line</a></nudge-embed>'))
    frame = quiet.locator('nudge-embed > iframe')
    expect(frame).to_have_count(1)
    expect(frame).to_have_attribute('title', 'A line')
    expect(frame).to_have_attribute('src', f'{server.url}/embed/models/{WIDGET}?slope=99&theme=dark')
    expect(quiet.locator('nudge-embed > a')).to_have_count(0)
    expect(quiet.frame_locator('iframe').locator('html')).to_have_attribute('data-theme', 'dark')
    quiet.wait_for_function('() => document.querySelector("iframe").offsetHeight !== 520')


def test_an_embedded_lesson_opens_its_links_elsewhere(server, quiet):
    quiet.goto(f'{server.url}/embed/models/{WIDGET}?slope=99')
    credit = quiet.locator('.credit a')
    expect(credit).to_have_attribute('href', '/models?slope=99')
    expect(credit).to_have_attribute('rel', 'noopener')
    assert quiet.locator('base').get_attribute('target') == '_blank'
    assert quiet.locator('nav, .top').count() == 0
