"""Every lesson in a real browser: alive, quiet, the same numbers as the engine, for hands, thumbs and keys."""
import json

import pytest
from playwright.sync_api import expect

import lessons
from app import parameters
from app.lesson_format import read_lesson
from app.live_numbers import value

every_lesson = pytest.mark.parametrize('slug', lessons.WRITTEN)
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


BEYOND = """() => { document.querySelectorAll('details').forEach(d => { d.open = true })
  return [...document.querySelectorAll('math[display=block], table')].map(e => {
    const last = e.tagName === 'TABLE' ? e : e.lastElementChild
    return [last.getBoundingClientRect().right, e.textContent.slice(0, 30)] }).filter(([right]) => right > innerWidth) }"""


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


@every_lesson
def test_it_opens_without_a_word_on_the_console_and_nothing_jumps(server, page, slug):
    page.goto(f'{server.url}/{slug}')
    height = page.evaluate('document.documentElement.scrollHeight')
    for y in range(0, height, 500):
        page.evaluate(f'scrollTo(0, {y})')
        page.wait_for_timeout(60)
    wake(page)
    assert page.evaluate(SHIFT) <= 0.01


@every_lesson
@pytest.mark.parametrize('widths', [(320, 360, 599), (760, 1280)], ids=['phone', 'desk'])
def test_words_are_large_enough_and_inside_and_targets_fit_a_thumb(server, new_context, slug, widths):
    phone = {'is_mobile': True, 'has_touch': True} if widths[0] < 700 else {}   # whose scroll bars take no room
    page = new_context(viewport={'width': widths[0], 'height': 800}, **phone).new_page()
    page.goto(f'{server.url}/{slug}')
    page.wait_for_function('() => document.fonts.ready.then(() => true)')
    for width in widths:
        page.set_viewport_size({'width': width, 'height': 800})
        page.wait_for_function('width => innerWidth === width', arg=width)
        assert page.evaluate(SMALL) == [], width
        assert page.evaluate(TARGETS) == [], width
        assert page.evaluate(OUTSIDE) == [], width
        assert page.evaluate(OVERFLOW) <= 0, width
    page.set_viewport_size({'width': max(360, widths[0]), 'height': 800})
    assert page.evaluate(BEYOND) == [], 'formulas and tables fit, what is folded too'


@every_lesson
def test_it_reads_without_scripts(server, new_context, slug):
    page = new_context(java_script_enabled=False).new_page()
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


@every_lesson
@pytest.mark.parametrize('how', ['mouse', 'keys'])
def test_every_handle_moves_and_every_number_is_the_engines(server, page, slug, how):
    page.goto(f'{server.url}/{slug}')
    wake(page)
    for handle in page.locator('[data-mark].handle:visible').all():
        before = shown_params(page)
        handle.scroll_into_view_if_needed()
        low, now, high = (float(handle.get_attribute(f'aria-value{end}')) for end in ('min', 'now', 'max'))
        way = 1 if now - low > .3 * (high - low) else -1        # several handles may lead one number to its end
        if how == 'keys':
            handle.focus()
            page.keyboard.press('ArrowRight')
            page.keyboard.press('ArrowUp')
            page.keyboard.press('PageDown' if way > 0 else 'PageUp')
        else:
            box = handle.locator('.knob').bounding_box()
            x, y = box['x'] + box['width'] / 2, box['y'] + box['height'] / 2
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x - 31 * way, y + 17 * way, steps=6)
            page.mouse.up()
        after = settled(page, before)
        assert {k: v for k, v in after.items() if k != 'tries'} != {k: v for k, v in before.items() if k != 'tries'}
        true = engine(slug, after)
        for expression, text in read(page).items():
            assert text == true(expression), expression


@every_lesson
def test_every_native_control_moves_its_parameter(server, page, slug):
    page.goto(f'{server.url}/{slug}')
    wake(page)
    for number, control in enumerate(page.locator('[data-parameter]').all(), 1):
        name, before = control.get_attribute('data-parameter'), shown_params(page)
        table = control.evaluate('e => e.localName === "textarea" && (e.closest("details").open = true)')
        control.scroll_into_view_if_needed()
        control.focus()
        kind = control.get_attribute('type')
        if table:
            control.fill('x,y,class\n0.1,0.2,1')
            page.locator(f'.table:has([data-parameter={name}]) [data-take]').click()
        elif kind == 'text':
            control.fill(control.get_attribute('placeholder') or f'0.0{number}')
            page.keyboard.press('Enter')
        else:
            page.keyboard.press('Space' if kind == 'checkbox' else 'ArrowRight')
        after = settled(page, before)
        assert after[name] != before[name]
        others = before.keys() - {name, 'tries'} - ({'data'} if table else set())        # one's own points are chosen, too
        assert {k: after[k] for k in others} == {k: before[k] for k in others}


@every_lesson
def test_every_question_can_be_answered_and_taken_back(server, page, slug):
    page.goto(f'{server.url}/{slug}')
    wake(page)
    for form in page.locator('[data-predict]').all():
        form.scroll_into_view_if_needed()
        ask = form.get_attribute('data-ask')
        if ask == 'number':
            form.locator('input').fill('7')
        elif ask == 'choice':
            form.locator('input[type=radio]').last.check()
        else:
            sketch = form.locator('.wide [data-mark].sketch')
            sketch.focus()
            page.keyboard.press('ArrowUp')
        form.locator('[type=submit]').click()
        expect(form.locator('[data-answer]')).not_to_be_empty()
        expect(form.locator('[type=submit]')).to_be_hidden()
        expect(form.locator('[data-again]')).to_be_focused()
        form.locator('[data-again]').click()
        expect(form.locator('[data-answer]')).to_be_empty()
        expect(form.locator('[type=submit]')).to_be_visible()
        assert form.evaluate('form => form.contains(document.activeElement)'), 'the focus stays where the reader works'


@every_lesson
def test_the_address_brings_the_same_numbers_back(server, page, slug):
    page.goto(f'{server.url}/{slug}')
    wake(page)
    handle = page.locator('[data-mark].handle:visible').last
    handle.focus()
    for _ in range(3):
        page.keyboard.press('ArrowDown')
    page.wait_for_function('''() => { const { gate, planes, query } = globalThis.nudge.page    // all is answered and written
      const still = !Object.values(planes).some(p => p.unfinished || p.frame)
      return still && location.search.length > 1 && gate.idle && query === undefined }''')
    numbers, address = read(page), page.url
    page.evaluate('sessionStorage.clear()')
    page.goto('about:blank')
    page.goto(address)
    assert read(page) == numbers, 'drawn by the server, before any engine is there'


@every_lesson
def test_a_bad_address_is_answered_with_defaults_and_a_quiet_word(server, page, slug):
    name = next(iter(parameters.names(read_lesson(slug).state_class)))
    page.goto(f'{server.url}/{slug}?{name}=%3Cscript%3Ealert(1)%3C/script%3E')
    expect(page.locator('.notice')).to_contain_text('could not be used')
    assert page.locator('.notice').is_visible()
    assert 'alert(' not in page.content()


@every_lesson
def test_a_thumb_drags_the_handle_and_scrolls_the_page_beside_it(server, phone, slug):
    phone.goto(f'{server.url}/{slug}')
    wake(phone)
    finger = phone.context.new_cdp_session(phone)

    def swipe(x, y, dx, dy):
        def touch(kind, points):
            finger.send('Input.dispatchTouchEvent', {'type': kind, 'touchPoints': points})
        touch('touchStart', [{'x': x, 'y': y}])
        for i in range(1, 11):
            touch('touchMove', [{'x': x + dx * i / 10, 'y': y + dy * i / 10}])
            phone.wait_for_timeout(16)
        touch('touchEnd', [])
        phone.wait_for_timeout(250)

    handle = phone.locator('.narrow [data-mark].handle').last
    handle.evaluate('e => e.scrollIntoView({ block: "center" })')
    phone.wait_for_timeout(200)
    box = handle.locator('.knob').bounding_box()
    at, before = phone.evaluate('scrollY'), shown_params(phone)
    sideways = handle.get_attribute('aria-orientation') == 'horizontal'
    swipe(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2, *((-40, 0) if sideways else (0, 40)))
    after = settled(phone, before)
    assert phone.evaluate('scrollY') == at, 'the page stays while the handle moves'
    assert after != before
    axis = handle.locator('xpath=ancestor::*[name()="svg"]').bounding_box()
    swipe(axis['x'] + 10, axis['y'] + axis['height'] - 6, 0, -120)
    assert phone.evaluate('scrollY') > at + 50, 'beside the handle a finger scrolls'


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
