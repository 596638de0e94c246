"""What page.js, live.js and lit.js do for a reader of a real lesson, line by line: each test fails when its line is broken."""
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from app import parameters
from app.lesson_format import read_lesson
from app.widgets import picture, scene_of
from tests.helpers.proxy import Proxy

IDLE = '''() => globalThis.nudge?.page.gate.idle
  && !Object.values(nudge.page.planes).some(p => p.motion.unfinished || p.motion.frame || p.busy)'''
# what stands inside each mark of the picture that is seen, as [tag, {attribute: text}]
DRAWN = '''([name, width]) => Object.fromEntries([...document.querySelectorAll(`#${name} .${width} [data-mark]`)].map(
  g => [g.dataset.mark, [...g.children].map(e => [e.localName, Object.fromEntries(
    e.getAttributeNames().map(a => [a, e.getAttribute(a)]))])]))'''


@pytest.fixture(scope='module')
def proxy(server):
    """One for all, so that the browser has the scripts of its address."""
    proxy = Proxy(server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def late(proxy):
    """A link to the server on which answers can be made to take their time: `late.delay`, in seconds."""
    yield proxy
    proxy.delay = 0


def awake(page, address):
    """Opens it and waits until the engine has answered."""
    page.goto(address)
    page.locator('[data-widget]').first.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    page.wait_for_function(IDLE)


def params(page, *, idle=True):
    """The Parameters once every request has been answered."""
    if idle:
        page.wait_for_function(IDLE)
    return page.evaluate('nudge.page.params')


def slider(page, name='slope'):
    return page.locator(f'[data-parameter={name}]').locator('visible=true').first


def as_the_engine_draws_it(page, slug, name, width):
    """Asserts that a picture on the page is the server's own for the page's Parameters."""
    lesson = read_lesson(slug)
    state = lesson.state_class()
    state.param.update(**parameters.tidy(state, params(page))[0])
    placement = next(placement for placement in lesson.placements if placement.name == name)
    tree = ET.fromstring(picture(name, scene_of(placement, state, width, {}), width))
    true = {g.get('data-mark'): [[part.tag, dict(part.attrib)] for part in g] for g in tree.findall('g[@data-mark]')}
    assert page.evaluate(DRAWN, [name, width]) == true


def middle(page, handle):
    box = page.locator(f'{handle} .knob').bounding_box()
    return box['x'] + box['width'] / 2, box['y'] + box['height'] / 2


def drag(page, handle, dx, dy, *, release=True):
    x, y = middle(page, handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=5)
    if release:
        page.mouse.up()


# ---- sliders ----

def test_with_shift_an_arrow_is_a_tenth(server, page):
    awake(page, f'{server.url}/models')
    slider(page).focus()
    page.keyboard.press('ArrowRight')
    assert params(page)['slope'] == 205
    page.keyboard.press('Shift+ArrowRight')
    assert params(page)['slope'] == 205.5
    page.keyboard.press('Shift+ArrowLeft')
    page.keyboard.press('ArrowLeft')
    assert params(page)['slope'] == 200


def test_what_a_slider_says_follows(server, page):
    awake(page, f'{server.url}/models')
    expect(slider(page)).to_have_attribute('aria-valuetext', '200 $/ft²')
    slider(page).focus()
    page.keyboard.press('ArrowRight')
    expect(slider(page)).to_have_attribute('aria-valuetext', '205 $/ft²')
    handle = page.locator('#lay-a-line .wide .whole')
    handle.focus()
    page.keyboard.press('ArrowRight')
    expect(slider(page)).to_have_attribute('aria-valuetext', '210 $/ft²')
    expect(slider(page)).to_have_value('210')


def test_a_pointer_on_a_control_lights_its_number(server, page):
    awake(page, f'{server.url}/models')
    number = page.locator('[data-value="slope:,.0f"]').first
    assert number.get_attribute('data-glows') is None
    page.locator('.control:has([data-parameter=slope])').locator('visible=true').first.hover()
    expect(number).to_have_attribute('data-glows', '')
    expect(page.locator('[data-value="intercept:,.0f"]').first).not_to_have_attribute('data-glows', '')
    page.mouse.move(2, 2)
    expect(number).not_to_have_attribute('data-glows', '')


# ---- addresses and what a page remembers ----

def test_tries_come_back_and_an_address_comes_before_them(server, page):
    awake(page, f'{server.url}/loss')
    slider(page).focus()
    page.keyboard.press('ArrowRight')
    tried = [[205, 50_000]]
    assert params(page)['tries'] == tried
    page.wait_for_function('() => location.search.includes("slope=205")')       # by then it has been written down
    awake(page, f'{server.url}/loss')
    assert params(page)['tries'] == tried
    assert params(page)['slope'] == 200
    awake(page, f'{server.url}/loss?slope=111&tries=100,1000')
    assert params(page)['tries'] == [[100, 1000]]


def test_the_theme_of_an_address_outlasts_a_change_of_numbers(server, page):
    awake(page, f'{server.url}/models?theme=dark&slope=150')
    slider(page).focus()
    page.keyboard.press('ArrowRight')
    page.wait_for_function('() => location.search.includes("slope=155")')
    assert page.evaluate('[...new URLSearchParams(location.search)].sort().join()') == 'slope,155,theme,dark'
    page.keyboard.press('ArrowRight')
    page.wait_for_function('() => location.search.includes("slope=160")')
    assert page.evaluate('[...new URLSearchParams(location.search)].sort().join()') == 'slope,160,theme,dark'


# ---- answers that take their time, and answers that differ ----

def test_numbers_that_wait_for_an_answer_are_shown_as_old(late, page):
    awake(page, f'{late.url}/loss')
    stale = page.locator('[data-value].stale')
    slider(page).focus()
    page.keyboard.press('ArrowRight')
    page.wait_for_function(IDLE)
    assert stale.count() == 0
    late.delay = .7
    page.keyboard.press('ArrowRight')
    expect(stale).to_have_count(page.locator('[data-value]').count())
    assert page.locator('output.stale').count() > 0
    expect(stale).to_have_count(0)
    assert params(page)['slope'] == 210


def out_of_bounds(page, name):
    """Takes the line where the engine will crop it: the bounds of one end don't know yet where the other one went."""
    drag(page, f'#{name} .wide .left', 0, -400)
    drag(page, f'#{name} .wide .right', 0, 400)
    (x0, x1), (y0, y1) = page.evaluate(f'''["x", "y"].map(axis => ["left", "right"].map(
        key => nudge.page.planes["{name}"].mark(key)[axis]))''')
    assert y0 - (y1 - y0) / (x1 - x0) * x0 > 520            # thousand $: the intercept, of which 500 are possible


def test_what_the_engine_crops_stands_where_the_engine_says(late, page):
    name = 'see-the-squares'
    awake(page, f'{late.url}/loss')
    page.locator(f'#{name}').scroll_into_view_if_needed()
    late.delay = .3
    out_of_bounds(page, name)
    assert params(page)['intercept'] == 500_000
    as_the_engine_draws_it(page, 'loss', name, 'wide')


def test_what_is_held_when_the_answer_comes_stands_where_the_engine_says_once_let_go(late, page):
    name = 'see-the-squares'
    awake(page, f'{late.url}/loss')
    page.locator(f'#{name}').scroll_into_view_if_needed()
    late.delay = .3
    out_of_bounds(page, name)
    page.mouse.move(*middle(page, f'#{name} .wide .right'))
    page.mouse.down()
    assert not page.evaluate('nudge.page.gate.idle')
    page.wait_for_function('() => nudge.page.gate.idle')
    assert page.evaluate(f'nudge.page.planes["{name}"].busy')
    page.mouse.up()
    assert params(page)['intercept'] == 500_000
    as_the_engine_draws_it(page, 'loss', name, 'wide')


# ---- a phone that is turned ----

TALL, WIDE = {'width': 360, 'height': 740}, {'width': 740, 'height': 360}


def turn(page, size):
    page.set_viewport_size(size)
    page.wait_for_function('width => nudge.page.width === width', arg='wide' if size is WIDE else 'narrow')


@pytest.mark.parametrize(('before', 'after'), [(WIDE, TALL), (TALL, WIDE)])
def test_a_turned_phone_shows_the_present_numbers_and_keeps_what_is_on_its_way(late, page, before, after):
    name, width = 'lay-a-line', 'wide' if after is WIDE else 'narrow'
    page.set_viewport_size(before)
    awake(page, f'{late.url}/models')
    slider(page).focus()
    page.keyboard.press('PageUp')
    assert params(page)['slope'] == 250
    late.delay = .3
    page.keyboard.press('PageUp')                           # on its way, unanswered, while the phone is turned
    turn(page, after)
    assert params(page, idle=False)['slope'] == 250
    assert params(page)['slope'] == 300
    as_the_engine_draws_it(page, 'models', name, width)
    late.delay = 0
    turn(page, before)
    page.wait_for_function(IDLE)
    as_the_engine_draws_it(page, 'models', name, 'wide' if before is WIDE else 'narrow')


def test_a_phone_that_is_turned_in_the_middle_of_a_drag(late, page):
    name = 'lay-a-line'
    page.set_viewport_size(WIDE)
    awake(page, f'{late.url}/models')
    page.locator(f'#{name} .wide').evaluate('e => e.scrollIntoView({ block: "end" })')
    late.delay = .3
    drag(page, f'#{name} .wide .right', 0, 40, release=False)
    held = f'nudge.page.planes["{name}"].mark("right").y'
    lowered = page.evaluate(held)
    turn(page, TALL)
    assert page.evaluate(held) == lowered < 650
    depth = page.evaluate('''name => { const { figure, scenes } = nudge.page.planes[name], { box } = scenes.narrow.planes.data
        return (figure.querySelector('.narrow .right .knob').getAttribute('cy') - box[1]) / box[3] }''', name)
    assert depth == pytest.approx(1 - lowered / 800, abs=.001)              # in the other picture, before any answer
    assert page.evaluate(f'nudge.page.planes["{name}"].busy')
    page.mouse.up()
    end = params(page)
    assert (3000 * end['slope'] + end['intercept']) / 1000 == pytest.approx(lowered, abs=.1)
    as_the_engine_draws_it(page, 'models', name, 'narrow')
