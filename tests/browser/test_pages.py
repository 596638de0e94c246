"""Pages in a real browser: colours of meaning in both themes, sizes that can be read, frames that fit, words without scripts."""
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

import lessons
from app.lesson_format import read_lesson
from tests.browser.harness import only_reading

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
    return only_reading(page)


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


@pytest.mark.parametrize('path', ['/', '/models', '/loss', '/nothing', '/embed/loss'])
def test_no_text_is_smaller_than_13_pixels_and_nothing_overflows(server, quiet, path):
    quiet.allow('404')
    quiet.goto(server.url + path)
    quiet.evaluate('document.querySelectorAll("details").forEach(d => { d.open = true })')
    for width in (320, 768, 1280):
        quiet.set_viewport_size({'width': width, 'height': 800})
        quiet.wait_for_function('width => innerWidth === width', arg=width)
        assert quiet.evaluate(SIZES) == [], f'texts below 13 px where the page is {width} px wide'
        assert quiet.evaluate(LINKS) == [], f'targets below 44 px where the page is {width} px wide'
        assert quiet.evaluate('document.documentElement.scrollWidth - innerWidth') <= 0, f'it overflows at {width} px'


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


def open_share(page, address):
    page.goto(address)
    page.locator('.share summary').click()
    page.locator('.share form').wait_for()
    return page.locator('[data-snippet]')


def test_a_teacher_gets_the_present_numbers_and_only_those(server, quiet):
    snippet = open_share(quiet, f'{server.url}/models?utm_source=mail&slope=123&theme=dark')
    expect(snippet).to_contain_text(f'src="{server.url}/embed/models?slope=123"')
    quiet.evaluate('history.replaceState(null, "", "?slope=99&intercept=5&fbclid=1"); dispatchEvent(new Event("nudge:changed"))')
    expect(snippet).to_contain_text(f'src="{server.url}/embed/models?slope=99&intercept=5"')
    expect(snippet).to_contain_text(f'<script defer src="{server.url}/assets/v1/embed.js"></script>')


def test_a_teacher_chooses_a_figure_and_its_looks(server, quiet):
    snippet = open_share(quiet, f'{server.url}/models?slope=123')
    quiet.locator('[name=figure]').select_option('Lay a line')
    quiet.get_by_label('Theme').select_option('dark')
    quiet.get_by_label('captions').check()
    quiet.get_by_label('link back').check()
    expect(snippet).to_contain_text(f'src="{server.url}/embed/models/lay-a-line?slope=123&theme=dark&hide=captions,credit"')
    expect(snippet).to_contain_text('title="Lay a line"')
    choices = quiet.locator('[name=figure] option').all_inner_texts()
    assert len(choices) == 1 + len(read_lesson('models').placements) == len(set(choices))
    assert 'Question: Asking price' in choices


def test_copying_says_so_and_copies_both_lines(server, new_page):
    page = new_page(permissions=['clipboard-read', 'clipboard-write'])
    snippet = open_share(page, f'{server.url}/models')
    page.get_by_role('button', name='Copy').click()
    expect(page.get_by_role('status').filter(has_text='Copied')).to_be_visible()
    assert page.evaluate('navigator.clipboard.readText()') == snippet.text_content()


HEIGHTS = """async addresses => {                              // in frames as large as the window, all at once
  const style = 'border: 0; width: 1280px; height: 720px'
  const frames = addresses.map(src => Object.assign(document.createElement('iframe'), { src, style }))
  await Promise.all(frames.map(frame => new Promise(done => { frame.onload = done; document.body.append(frame) })))
  await Promise.all(frames.map(frame => frame.contentDocument.fonts.ready))
  return frames.map(frame => frame.contentDocument.querySelector('#root').getBoundingClientRect().height) }"""


# Every lesson as it is; what is hidden is hidden alike everywhere, so two lessons stand for the others.
@pytest.mark.parametrize(('slug', 'hide'), [
    *((slug, '') for slug in lessons.WRITTEN),
    *((slug, hide) for slug in ('loss', 'gradient-descent') for hide in ('captions', 'controls,credit'))])
def test_the_height_in_the_snippet_is_the_height_that_the_frame_asks_for(server, quiet, slug, hide):
    snippet = open_share(quiet, f'{server.url}/{slug}')
    for name in hide.split(',') if hide else ():
        quiet.locator(f'[name=hide][value={name}]').check()
    wanted = {}
    for name in ['', *(placement.name for placement in read_lesson(slug).placements)]:
        before = quiet.evaluate('scrollY')
        quiet.locator('[name=figure]').select_option(name)
        assert abs(quiet.evaluate('scrollY') - before) < 1 or not name
        wanted[name] = int(re.search(r'height="(\d+)"', snippet.text_content())[1])
    assert quiet.locator('body').get_attribute('class') == 'lesson'
    quiet.goto(f'{server.url}/healthz')
    query = f'?hide={hide}' if hide else ''
    real = quiet.evaluate(HEIGHTS, [f'{server.url}/embed/{slug}{name and "/" + name}{query}' for name in wanted])
    for name, frame in zip(wanted, real, strict=True):
        assert abs(wanted[name] - frame) <= max(12, .02 * frame), name or 'the whole lesson'


@pytest.mark.parametrize(('part', 'gone'), [
    ('controls', '.controls'), ('captions', 'figcaption'), ('predict', 'form.predict'), ('prose', 'article > p'),
    ('credit', '.credit')])
def test_what_an_address_hides_is_hidden_and_nothing_else(server, quiet, part, gone):
    rest = {'.controls', 'figcaption', 'form.predict', 'article > p', '.credit', 'figure svg.plane'} - {gone}
    quiet.goto(f'{server.url}/embed/models?hide={part},nonsense')
    expect(quiet.locator(gone).first).to_be_hidden()
    for selector in rest:
        assert quiet.evaluate('s => [...document.querySelectorAll(s)].some(e => e.checkVisibility())', selector), selector


def test_teachers_can_read_it_all_without_scripts(server, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f'{server.url}/models')
    page.locator('.share summary').click()
    expect(page.locator('[data-snippet]')).to_be_visible()
    expect(page.locator('.share')).to_contain_text('lay-a-line')
    expect(page.locator('.share button, .share select')).to_have_count(0)


# ---- in the reader's hands

def test_a_ring_and_a_hint_come_with_a_key_and_move_nothing(server, quiet):
    quiet.goto(f'{server.url}/models')
    handle = quiet.locator('#lay-a-line .wide .handle[tabindex]').first
    picture, hint = quiet.locator('#lay-a-line .picture'), 'e => getComputedStyle(e, "::after").content'
    before = picture.bounding_box()
    assert picture.evaluate(hint) == 'none'
    handle.evaluate('e => e.focus({ focusVisible: true, preventScroll: true })')
    assert 'Arrow keys' in picture.evaluate(hint)
    assert picture.bounding_box() == before
    handle.evaluate('e => { e.blur(); e.focus({ focusVisible: false, preventScroll: true }) }')
    assert picture.evaluate(hint) == 'none'


def test_nothing_glows_after_a_finger(server, phone):
    only_reading(phone)
    phone.goto(f'{server.url}/models')
    symbol = phone.locator('math [data-symbol=slope]').first
    symbol.scroll_into_view_if_needed()
    symbol.tap()
    phone.wait_for_timeout(100)
    expect(phone.locator('[data-glows]')).to_have_count(0)


def test_a_mouse_makes_it_glow(server, quiet):
    quiet.goto(f'{server.url}/models')
    quiet.locator('math [data-symbol=slope]').first.hover()
    assert quiet.locator('[data-glows]').count() > 1


def test_a_picture_to_draw_on_lets_the_page_scroll(server, quiet):
    quiet.goto(f'{server.url}/loss')
    sketch = quiet.locator('svg:has(> .sketch)').first
    assert sketch.evaluate('e => getComputedStyle(e).touchAction') == 'pan-y'
    sketch.locator('.sketch').evaluate('e => e.classList.add("locked")')
    assert sketch.evaluate('e => getComputedStyle(e).touchAction') == 'auto'
    assert sketch.locator('.sketch').evaluate('e => { e.setAttribute("aria-readonly", "true"); e.focus({ focusVisible: true }); '
                                              'return getComputedStyle(e).outlineStyle }') == 'none'


def test_a_chart_takes_the_place_that_was_kept_for_it(server, page):
    page.goto(f'{server.url}/loss')
    chart = page.locator('figure.chart').first
    plot, words = chart.locator('.plot'), chart.locator('.empty')
    chart.scroll_into_view_if_needed()
    expect(words).to_be_visible()
    height = chart.bounding_box()['height']
    assert plot.bounding_box()['height'] == words.bounding_box()['height'] == 260
    expect(chart).to_have_attribute('data-shown', '', timeout=15000)
    assert plot.bounding_box()['height'] == words.bounding_box()['height'] == 260
    handle = page.locator('#see-the-squares .wide .handle[tabindex]').first
    handle.focus()
    page.keyboard.press('ArrowUp')
    expect(words).to_be_hidden(timeout=10000)
    assert chart.locator('.plot > :not(.empty)').bounding_box()['height'] == pytest.approx(260, abs=1)
    assert chart.bounding_box()['height'] == pytest.approx(height, abs=1)
    chart.locator('summary').click()
    assert chart.locator('td').first.evaluate('e => getComputedStyle(e).textAlign') == 'end'


@pytest.mark.parametrize('slug', ['models', 'loss'])
def test_formulas_with_long_numbers_fit_a_small_phone(server, phone, slug):
    only_reading(phone)
    phone.goto(f'{server.url}/{slug}?intercept=-123456&slope=-123.456')
    phone.evaluate('document.querySelectorAll("details").forEach(d => { d.open = true })')
    assert phone.evaluate("""() => [...document.querySelectorAll('math[display=block], table')].map(e => {
      const last = e.tagName === 'TABLE' ? e : e.lastElementChild
      return [last.getBoundingClientRect().right, e.textContent.slice(0, 30)] }).filter(([right]) => right > innerWidth)""") == []


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


def test_a_frame_scrolls_to_its_foot_where_nobody_fits_it(server, quiet, host):
    quiet.goto(host(framed(server, 'height="200"')))
    frame = quiet.frame_locator('iframe')
    frame.locator('.credit').wait_for()
    quiet.wait_for_timeout(600)
    expect(frame.locator('html')).not_to_have_attribute('data-fitted', '')
    quiet.locator('iframe').hover()
    quiet.mouse.wheel(0, 5000)
    expect(frame.locator('.credit')).to_be_in_viewport()


OVERFLOW = 'html => getComputedStyle(html).overflowY'


def test_a_frame_that_fits_has_no_scrollbar_and_grows_and_shrinks(server, quiet, host):
    quiet.goto(host(sizing(server) + framed(server, 'data-nudge height="100"')))
    frame = quiet.frame_locator('iframe')
    html, root = frame.locator('html'), frame.locator('#root')
    expect(html).to_have_attribute('data-fitted', '')
    assert html.evaluate(OVERFLOW) == 'hidden'
    first = quiet.locator('iframe').bounding_box()['height']
    root.evaluate('root => root.append(Object.assign(document.createElement("p"), { id: "more", style: "height: 6000px" }))')
    quiet.wait_for_function('first => document.querySelector("iframe").offsetHeight > first + 5990', arg=first)
    expect(html).to_have_attribute('data-fitted', '')
    root.evaluate('root => root.querySelector("#more").remove()')
    quiet.wait_for_function('first => document.querySelector("iframe").offsetHeight === first', arg=first)
    quiet.evaluate('document.querySelector("iframe").style.height = "150px"')
    expect(html).not_to_have_attribute('data-fitted', '')
    assert html.evaluate(OVERFLOW) == 'auto'


@pytest.mark.parametrize(('on', 'off'), [
    ('document.body.dataset.mdColorScheme = "slate"', 'document.body.dataset.mdColorScheme = "default"'),
    ('document.documentElement.dataset.theme = "dark"', 'document.documentElement.dataset.theme = "light"'),
    ('document.documentElement.dataset.bsTheme = "dark"', 'document.documentElement.dataset.bsTheme = "light"'),
    ('document.documentElement.classList.add("dark")', 'document.documentElement.classList.remove("dark")'),
    ('document.documentElement.style.colorScheme = "dark"', 'document.documentElement.style.colorScheme = "light"'),
    ('document.body.style.background = "#111"', 'document.body.style.background = "#fff"')])
def test_a_frame_takes_the_theme_of_the_page_and_follows_it(server, quiet, host, on, off):
    quiet.goto(host(f'<script>{on}</script>' + sizing(server) + framed(server, 'data-nudge')))
    theme = quiet.frame_locator('iframe').locator('html')
    expect(theme).to_have_attribute('data-theme', 'dark')
    quiet.evaluate(off)
    expect(theme).to_have_attribute('data-theme', 'light')
    quiet.evaluate(on)
    expect(theme).to_have_attribute('data-theme', 'dark')


def test_a_frame_of_fixed_height_takes_the_theme_too_and_one_with_a_theme_of_its_own_keeps_it(server, quiet, host):
    on, off = (f'document.documentElement.dataset.theme = "{theme}"' for theme in ('dark', 'light'))
    quiet.goto(host(f'<script>{on}</script>' + sizing(server) + framed(server, 'data-nudge', '?theme=light')
                    + framed(server, 'data-nudge', '?height=fixed')))
    own, fixed = (quiet.frame_locator('iframe').nth(i).locator('html') for i in range(2))
    expect(fixed).to_have_attribute('data-theme', 'dark')
    quiet.evaluate(off)
    expect(fixed).to_have_attribute('data-theme', 'light')
    quiet.evaluate(on)
    expect(fixed).to_have_attribute('data-theme', 'dark')
    expect(own).to_have_attribute('data-theme', 'light')


def test_in_a_sandbox_the_address_of_the_lesson_can_be_read(server, quiet, host):
    quiet.goto(host(framed(server, 'sandbox="allow-scripts"', '?slope=99&utm_source=x')))
    expect(quiet.frame_locator('iframe').locator('.credit .address')).to_have_text(f'{server.url}/models?slope=99')
    quiet.goto(f'{server.url}/embed/models?slope=99')
    expect(quiet.locator('.credit .address')).to_have_count(0)


def test_a_missing_embed_fits_its_frame_and_leads_on(server, quiet, host):
    quiet.allow('404')
    quiet.goto(host(sizing(server) + f'<iframe data-nudge title="x" src="{server.url}/embed/modells" height="900"></iframe>'))
    expect(quiet.frame_locator('iframe').get_by_role('link', name='A model is a guess with knobs')).to_be_visible()
    quiet.wait_for_function('() => document.querySelector("iframe").offsetHeight < 300')


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
