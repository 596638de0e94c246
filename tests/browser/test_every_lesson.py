"""Every lesson in a real browser: alive, quiet, the same numbers as the engine, for hands, thumbs and keys.

To open a page is most of what a claim would cost, so the claims about one lesson have one page, which is put back between them.
"""
import json

import pytest
from playwright.sync_api import expect

import lessons
from app import parameters
from app.lesson_format import read_lesson
from app.live_numbers import value
from tests.browser.conftest import PHONE

# What goes along with a Parameter: who chooses a test digit wants to see it, and who says what they mean wants to draw it
LEADS = {'example': {'shows'}, 'meant': {'shows'}}
SHIFT = '''() => new Promise(done => { let all = 0
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) all += e.value })
    .observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(all), 300) })'''
SMALL = '''() => [...document.querySelectorAll('figure svg text')].filter(t => t.checkVisibility() && t.textContent)
  .map(t => [t.textContent, t.ownerSVGElement.getScreenCTM().a * parseFloat(getComputedStyle(t).fontSize)])
  .filter(([, size]) => size < 12.99)'''
TARGETS = '''() => [...document.querySelectorAll('.hit, button, input, select, summary')].filter(e => e.checkVisibility())
  .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()]).filter(([e]) => !e.matches('polyline'))
  .filter(([e, r]) => Math.max(r.width, e.getBoundingClientRect().width) < 43.9 || r.height < 43.9)
  .map(([e, r]) => `${e.outerHTML.slice(0, 80)}: ${r.width} × ${r.height}`)'''
OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
OUTSIDE = '''() => [...document.querySelectorAll('figure svg text')].filter(t => {
  if (!t.checkVisibility() || !t.textContent) return false
  const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect()
  return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1
}).map(t => t.textContent)'''
BEYOND = """() => { const folded = [...document.querySelectorAll('details:not([open])')]
  folded.forEach(d => { d.open = true })
  const wide = [...document.querySelectorAll('math[display=block], table')].map(e => {
    const last = e.tagName === 'TABLE' ? e : e.lastElementChild
    return [last.getBoundingClientRect().right, e.textContent.slice(0, 30)] }).filter(([right]) => right > innerWidth)
  folded.forEach(d => { d.open = false })
  return wide }"""
REST = """() => { const { page } = globalThis.nudge     // all is answered, drawn and written down
  return page.gate.idle && page.query === undefined && !Object.values(page.planes).some(({ motion }) =>
    motion.unfinished || motion.frame) }"""
AS_IT_WAS = """() => { const { params, defaults } = globalThis.nudge.page
  const same = name => JSON.stringify(params[name]) === JSON.stringify(defaults[name])
  return !location.search && Object.keys(defaults).every(same) }"""


@pytest.fixture(scope='module', params=lessons.WRITTEN)
def slug(request):
    """Each lesson in turn, for all the claims of this file, so that they come by their page together."""
    return request.param


@pytest.fixture(scope='module', autouse=True)
def pages(all_tabs):
    yield
    all_tabs.rest()


@pytest.fixture
def desk(tabs, server, slug):
    """The lesson in a window, awake, with its own numbers."""
    return put(tabs.keep(), f'{server.url}/{slug}')


@pytest.fixture
def hand(tabs, server, slug):
    """The lesson on a phone, awake, with its own numbers."""
    return put(tabs.keep(**PHONE), f'{server.url}/{slug}')


def put(page, address):
    """Opens it, or brings its numbers back where an earlier claim has left it open."""
    if page.url.partition('?')[0] == address and page.evaluate('document.documentElement.dataset.engine') == 'on':
        page.mouse.move(2, 2)
        page.evaluate('() => { const { page } = globalThis.nudge; page.go(page.defaults); scrollTo(0, 0) }')
        page.wait_for_function(REST)
        page.wait_for_function(AS_IT_WAS)
    else:
        page.goto(address)
        wake(page)
    return page


def wake(page):
    """Scrolls to the first widget and waits until the engine has answered."""
    page.locator('[data-widget]').first.scroll_into_view_if_needed()
    page.wait_for_function('() => globalThis.Bokeh?.documents.length > 0 && !document.querySelector("output.stale")')
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')


def read(page):
    """Every live number that the page shows, by what it shows."""
    return page.evaluate('''() => Object.fromEntries(
      [...document.querySelectorAll('[data-value]')].map(e => [e.dataset.value, e.textContent]))''')


def engine(slug, params):
    state_class = read_lesson(slug).state_class
    state = state_class(**parameters.tidy(state_class(), params)[0])
    return lambda expression: value(state, expression)


def shown_params(page):
    return page.evaluate('globalThis.nudge.page.params')


def settled(page, before):
    """The Parameters once they are no longer as `before`, and everything has been answered."""
    page.wait_for_function('''before => { const { params, gate, planes } = globalThis.nudge.page
      return gate.idle && JSON.stringify(params) !== before && !Object.values(planes).some(({ motion }) =>
        motion.unfinished || motion.frame) }''',
                           arg=json.dumps(before, separators=(',', ':'), ensure_ascii=False))
    return shown_params(page)


def test_it_opens_without_a_word_on_the_console_and_nothing_jumps(server, tabs, slug):
    page = tabs.keep()
    page.goto(f'{server.url}/{slug}')
    height = page.evaluate('document.documentElement.scrollHeight')
    for y in range(0, height, 500):
        page.evaluate(f'scrollTo(0, {y})')
        page.wait_for_timeout(60)
    wake(page)
    assert page.evaluate(SHIFT) <= 0.01


@pytest.mark.parametrize('how', ['mouse', 'keys'])
def test_every_handle_moves_and_every_number_is_the_engines(desk, slug, how):
    for handle in desk.locator('[data-mark].handle:visible').all():
        before = shown_params(desk)
        handle.scroll_into_view_if_needed()
        low, now, high = (float(handle.get_attribute(f'aria-value{end}')) for end in ('min', 'now', 'max'))
        way = 1 if now - low > .3 * (high - low) else -1        # several handles may lead one number to its end
        if how == 'keys':
            handle.focus()
            desk.keyboard.press('ArrowRight')
            desk.keyboard.press('ArrowUp')
            desk.keyboard.press('PageDown' if way > 0 else 'PageUp')
        else:
            box = handle.locator('.knob').bounding_box()
            x, y = box['x'] + box['width'] / 2, box['y'] + box['height'] / 2
            desk.mouse.move(x, y)
            desk.mouse.down()
            desk.mouse.move(x - 31 * way, y + 17 * way, steps=6)
            desk.mouse.up()
        after = settled(desk, before)
        assert {k: v for k, v in after.items() if k != 'tries'} != {k: v for k, v in before.items() if k != 'tries'}
        true = engine(slug, after)
        for expression, text in read(desk).items():
            assert text == true(expression), expression


def test_every_native_control_moves_its_parameter(desk):
    for number, control in enumerate(desk.locator('[data-parameter]').all(), 1):
        name, before = control.get_attribute('data-parameter'), shown_params(desk)
        table = control.evaluate('e => e.localName === "textarea" && (e.closest("details").open = true)')
        control.scroll_into_view_if_needed()
        control.focus()
        kind = control.get_attribute('type')
        if table:
            control.fill('x,y,class\n0.1,0.2,1')
            desk.locator(f'.table:has([data-parameter={name}]) [data-take]').click()
        elif kind == 'text':
            control.fill(control.get_attribute('placeholder') or f'0.0{number}')
            desk.keyboard.press('Enter')
        else:
            desk.keyboard.press('Space' if kind == 'checkbox' else 'ArrowRight')
        after = settled(desk, before)
        assert after[name] != before[name]
        led = {'data'} if table else LEADS.get(name, set())                     # one's own points are chosen, too
        others = before.keys() - {name, 'tries'} - led
        assert {k: after[k] for k in others} == {k: before[k] for k in others}


def test_every_question_can_be_answered_and_taken_back(desk):
    for form in desk.locator('[data-predict]').all():
        form.scroll_into_view_if_needed()
        ask = form.get_attribute('data-ask')
        if ask == 'number':
            form.locator('input').fill('7')
        elif ask == 'choice':
            form.locator('input[type=radio]').last.check()
        else:
            sketch = form.locator('.wide [data-mark].sketch')
            sketch.focus()
            desk.keyboard.press('ArrowUp')
        form.locator('[type=submit]').click()
        expect(form.locator('[data-answer]')).not_to_be_empty()
        expect(form.locator('[type=submit]')).to_be_hidden()
        expect(form.locator('[data-again]')).to_be_focused()
        form.locator('[data-again]').click()
        expect(form.locator('[data-answer]')).to_be_empty()
        expect(form.locator('[type=submit]')).to_be_visible()
        assert form.evaluate('form => form.contains(document.activeElement)'), 'the focus stays where the reader works'


def large_inside_and_in_reach(page, *widths):
    for width in widths:
        page.set_viewport_size({'width': width, 'height': 800})
        page.wait_for_function('width => innerWidth === width', arg=width)
        page.wait_for_function(REST)
        assert page.evaluate(SMALL) == [], f'texts below 13 px where the page is {width} px wide'
        assert page.evaluate(TARGETS) == [], f'targets below 44 px where the page is {width} px wide'
        assert page.evaluate(OUTSIDE) == [], f'texts beyond their pictures where the page is {width} px wide'
        assert page.evaluate(OVERFLOW) <= 0, f'the page scrolls sideways where it is {width} px wide'


def test_words_are_large_enough_and_inside_and_targets_fit_a_thumb_on_a_desk(desk):
    large_inside_and_in_reach(desk, 760, 1280)
    desk.set_viewport_size({'width': 760, 'height': 800})
    assert desk.evaluate(BEYOND) == [], 'formulas and tables fit, what is folded too'
    desk.set_viewport_size({'width': 1280, 'height': 720})


def test_the_address_brings_the_same_numbers_back(desk):
    handle = desk.locator('[data-mark].handle:visible').last
    handle.focus()
    for _ in range(3):
        desk.keyboard.press('ArrowDown')
    desk.wait_for_function(REST)
    desk.wait_for_function('() => location.search.length > 1')
    numbers, address = read(desk), desk.url
    desk.evaluate('sessionStorage.clear()')
    desk.goto('about:blank')
    desk.goto(address)
    assert read(desk) == numbers, 'drawn by the server, before any engine is there'


def test_a_bad_address_is_answered_with_defaults_and_a_quiet_word(server, tabs, slug):
    page = tabs.keep()
    name = next(iter(parameters.names(read_lesson(slug).state_class)))
    page.goto(f'{server.url}/{slug}?{name}=%3Cscript%3Ealert(1)%3C/script%3E')
    expect(page.locator('.notice')).to_contain_text('could not be used')
    assert page.locator('.notice').is_visible()
    assert 'alert(' not in page.content()


def test_it_reads_without_scripts(server, tabs, slug):
    page = tabs.keep(java_script_enabled=False)
    page.goto(f'{server.url}/{slug}')
    lesson = read_lesson(slug)
    expect(page.locator('h1')).to_have_text(lesson.title)
    state = lesson.state_class()
    for output in page.locator('[data-value]').all():
        assert output.text_content() == value(state, output.get_attribute('data-value'))
    for placement in lesson.placements:
        assert page.locator(f'#{placement.name}').is_visible()
    assert page.locator('math').first.is_visible()
    heights = page.locator('article math:visible').evaluate_all('all => all.map(e => e.getBoundingClientRect().height)')
    assert min(heights) > 8
    for svg in page.locator('figure svg.plane:visible').all():
        assert svg.bounding_box()['height'] > 100


def test_words_are_large_enough_and_inside_and_targets_fit_a_thumb_on_a_phone(hand):
    large_inside_and_in_reach(hand, 320, 360, 599)                      # its scroll bars take no room
    hand.set_viewport_size({'width': 360, 'height': 740})
    assert hand.evaluate(BEYOND) == [], 'formulas and tables fit, what is folded too'


def test_a_thumb_drags_the_handle_and_scrolls_the_page_beside_it(hand):
    finger = hand.context.new_cdp_session(hand)

    def swipe(x, y, dx, dy):
        def touch(kind, points):
            finger.send('Input.dispatchTouchEvent', {'type': kind, 'touchPoints': points})
        touch('touchStart', [{'x': x, 'y': y}])
        for i in range(1, 11):
            touch('touchMove', [{'x': x + dx * i / 10, 'y': y + dy * i / 10}])
            hand.wait_for_timeout(16)
        touch('touchEnd', [])
        hand.wait_for_timeout(250)

    handle = hand.locator('.narrow [data-mark].handle').last
    handle.evaluate('e => e.scrollIntoView({ block: "center" })')
    hand.wait_for_timeout(200)
    box = handle.locator('.knob').bounding_box()
    at, before = hand.evaluate('scrollY'), shown_params(hand)
    sideways = handle.get_attribute('aria-orientation') == 'horizontal'
    swipe(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2, *((-40, 0) if sideways else (0, 40)))
    after = settled(hand, before)
    assert hand.evaluate('scrollY') == at, 'the page stays while the handle moves'
    assert after != before
    axis = handle.locator('xpath=ancestor::*[name()="svg"]').bounding_box()
    swipe(axis['x'] + 10, axis['y'] + axis['height'] - 6, 0, -120)
    assert hand.evaluate('scrollY') > at + 50, 'beside the handle a finger scrolls'


def test_what_shows_one_quantity_glows_together(server, page):
    page.goto(f'{server.url}/loss')
    page.locator('output[data-value="loss:,.0f"], mn[data-value="loss:,.0f"]').first.hover()
    glowing = page.locator('[data-glows]')
    assert glowing.evaluate_all(
        'all => all.every(e => (e.dataset.lit ?? e.dataset.symbol ?? e.dataset.value).startsWith("loss"))')
    kinds = glowing.evaluate_all('all => [...new Set(all.map(e => e.namespaceURI.split("/").pop()))]')
    assert {'svg', 'MathML'} <= set(kinds)
    page.mouse.move(2, 2)
    expect(glowing).to_have_count(0)
