"""The landscape and its map, worked through the page by mouse, thumb and keys; one line on raw and on standardised sizes."""
import json

import pytest
from playwright.sync_api import expect

from app.widgets import surface
from lessons.gradient.state import CRAWLED, STEPS, State

IDLE = '''() => { const { gate, planes } = globalThis.nudge.page
  return gate.idle && !Object.values(planes).some(p => p.motion.unfinished || p.motion.frame)
    && Object.values(planes).every(p => Object.values(p.painted).every(m => !m.frame && !m.turning && !m.stale)) }'''
PLAYED = '''name => { const p = globalThis.nudge.page.players[name]
  return Boolean(p?.run) && p.k === p.last && !p.playing && globalThis.nudge.page.gate.idle }'''


class Land:
    """A reader at the landscape; `kind` is the picture that this page shows."""

    def __init__(self, page, url, query='', kind='wide'):
        self.page, self.kind = page, kind
        page.goto(f'{url}/gradient{query}')
        self.figure = page.locator('#the-landscape')
        self.figure.locator('.picture').scroll_into_view_if_needed()
        page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
        page.wait_for_function("() => Object.keys(globalThis.nudge.page.planes['the-landscape'].painted).length > 0")
        expect(self.figure.locator('[data-player][data-ready]')).to_have_count(1)
        self.rest()

    def rest(self):
        self.page.wait_for_function(IDLE)

    @property
    def state(self):
        return State(**self.page.evaluate('globalThis.nudge.page.params'))

    def seen(self, name):
        """The mark as the plane holds it."""
        return json.loads(self.page.evaluate('''name => JSON.stringify(globalThis.nudge.page.planes['the-landscape'].mark(name),
            (key, value) => ArrayBuffer.isView(value) ? [...value] : value)''', name))

    def place(self, x, y):
        """Where a point of the map is in the window."""
        return self.page.evaluate('''([x, y]) => { const { svg, scales } = globalThis.nudge.page.planes['the-landscape']
          const p = new DOMPoint(scales.map.x(x), scales.map.y(y)).matrixTransform(svg.getScreenCTM())
          return [p.x, p.y] }''', [x, y])

    def is_the_engines(self):
        """Every text and every place in the picture is what the widget draws for these Parameters."""
        state, scene = self.state, surface.draw(self.state, self.kind)
        for i in range(3):
            words = self.figure.locator(f'.{self.kind} [data-mark=row-{i}] text').text_content()
            assert words == scene['marks'][f'row-{i}']['text']
        for name in ('uphill', 'across', 'up', 'path', 'probe', 'start'):
            for field in ('x', 'y', 'x1', 'y1'):
                if field in scene['marks'][name]:
                    shown, true = self.seen(name)[field], scene['marks'][name][field]
                    assert shown == pytest.approx(true if name != 'path' else true.tolist(), rel=1e-12, abs=1e-12), (name, field)
        assert self.seen('surface')['arrows'] == pytest.approx(scene['marks']['surface']['arrows'].tolist())
        return state


def test_a_mouse_over_the_map_reads_the_gradient_and_a_press_starts_a_walk(page, server):
    land = Land(page, server.url)
    first = land.is_the_engines()
    page.mouse.move(*land.place(210, 120))
    page.mouse.move(*land.place(220, 125))
    land.rest()
    probed = land.is_the_engines()
    assert probed.point() == pytest.approx([220, 125], abs=1)
    assert (probed.from_across, probed.from_up) == (first.from_across, first.from_up)
    assert land.seen('uphill')['x1'] > 220 and land.seen('uphill')['y1'] > 125, 'above the valley uphill is to the upper right'
    for method in ('by_x_text', 'by_y_text'):
        assert page.locator(f'[data-value={method}]').text_content() == getattr(probed, method)()
    page.mouse.click(*land.place(220, 125))
    land.rest()
    started = land.is_the_engines()
    assert started.start() == pytest.approx([220, 125], abs=1)
    assert [land.seen('path')[axis][0] for axis in 'xy'] == pytest.approx([220, 125], abs=1)
    assert len(land.seen('path')['x']) == len(land.seen('surface')['px']) <= STEPS + 1
    page.wait_for_function('() => location.search.includes("from_across")')


def test_the_walk_is_played_on_both_pictures_with_the_catalogues_numbers(page, server):
    """x² + y² from (2.5, 2), rate 0.1: 10.25, 6.56, 4.198."""
    land = Land(page, server.url, f'?surface=bowl&rate=0.1&from_across={2.5 / 3:.4f}&from_up={2 / 3:.4f}')
    label = land.figure.locator('[data-moment]')
    for k, height in enumerate(('10.25', '6.56', '4.198')):
        if k:
            land.figure.locator('[data-do=step]').click()
        else:
            land.figure.locator('[data-scrub]').focus()
            page.keyboard.press('Home')
            land.figure.locator('[data-do=step]').click()
            page.wait_for_function("() => globalThis.nudge.page.players['the-landscape'].run")
            land.figure.locator('[data-do=back]').click()
        expect(label).to_contain_text(f'f {height} at')
        land.rest()
        assert len(land.seen('surface')['px']) == k + 1 == len(land.seen('path')['x'])
        assert land.seen('surface')['dot'] == pytest.approx(land.state.walk().path[k], rel=1e-6)
    land.figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    page.wait_for_function(PLAYED, arg='the-landscape')
    expect(land.figure.locator('[data-verdict]')).to_have_text(surface.record(land.state)['says'])


def test_a_rate_far_too_large_is_a_picture_a_sentence_and_a_way_out(page, server):
    land = Land(page, server.url, '?surface=bowl&rate=1000000')
    land.figure.locator('[data-do=step]').click()
    page.wait_for_function("() => globalThis.nudge.page.players['the-landscape'].run")
    expect(land.figure.locator('[data-verdict]')).to_contain_text('the rate is too large')
    assert 'NaN' not in land.figure.text_content() and 'Infinity' not in land.figure.text_content()
    land.figure.locator('[data-do=rescue]').click()
    page.wait_for_function('() => globalThis.nudge.page.params.rate <= .5')


def test_the_surface_is_painted_in_the_pages_colours_and_turned_by_keys(page, server):
    land = Land(page, server.url)
    tones = page.evaluate('''() => {
      const { colours: { table }, relief: { tints } } = globalThis.nudge.page.planes['the-landscape'].painted.surface
      return [tints[0], tints.at(-1)].map(tint => table[tint + 20]).map(v => (v & 255) + (v >> 8 & 255) + (v >> 16 & 255)) }''')
    assert tones[0] > tones[1] + 100, 'low is light and high is dark on light paper'
    land.figure.locator('.wide [data-mark=surface]').focus()
    page.keyboard.press('ArrowRight')
    assert land.figure.locator('.wide [data-mark=surface]').get_attribute('aria-valuenow') == str(round(surface.YAW) + 5)
    land.rest()
    select = land.figure.locator('select[data-parameter=surface]')
    select.select_option('ripples')
    land.rest()
    assert land.is_the_engines().surface == 'ripples'
    assert page.evaluate("globalThis.nudge.page.planes['the-landscape'].painted.surface.camera.yaw") == surface.YAW + 5


def test_a_thumb_taps_a_start_turns_the_surface_and_scrolls_past(phone, server):
    land = Land(phone, server.url, kind='narrow')
    x, y = land.place(230, 40)
    phone.touchscreen.tap(x, y)
    land.rest()
    state = land.is_the_engines()
    assert state.start() == pytest.approx([230, 40], abs=1) and state.point() == pytest.approx(state.start())
    finger = phone.context.new_cdp_session(phone)

    def swipe(dx, dy):
        box = land.figure.locator('.narrow .surface canvas').first.bounding_box()
        at = box['x'] + box['width'] / 2, box['y'] + box['height'] / 2
        finger.send('Input.dispatchTouchEvent', {'type': 'touchStart', 'touchPoints': [{'x': at[0], 'y': at[1]}]})
        for i in range(1, 11):
            point = {'x': at[0] + dx * i / 10, 'y': at[1] + dy * i / 10}
            finger.send('Input.dispatchTouchEvent', {'type': 'touchMove', 'touchPoints': [point]})
            phone.wait_for_timeout(16)
        finger.send('Input.dispatchTouchEvent', {'type': 'touchEnd', 'touchPoints': []})
        land.rest()

    land.figure.locator('.narrow .surface').scroll_into_view_if_needed()
    yaw, scrolled = "globalThis.nudge.page.planes['the-landscape'].painted.surface.camera.yaw", phone.evaluate('scrollY')
    swipe(80, 5)
    turned = phone.evaluate(yaw)
    assert turned > surface.YAW + 20 and phone.evaluate('scrollY') == scrolled
    swipe(0, -120)
    assert phone.evaluate(yaw) == turned and phone.evaluate('scrollY') > scrolled + 50


def test_standardised_sizes_are_seen_to_arrive_and_raw_ones_to_crawl(page, server):
    page.goto(f'{server.url}/gradient')
    figure = page.locator('#raw-and-standardised')
    figure.locator('.picture').scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    figure.locator('[data-do=step]').click()
    page.wait_for_function("() => globalThis.nudge.page.players['raw-and-standardised'].run")
    text = {scale: figure.locator(f'.wide [data-mark={scale}-left] text') for scale in ('raw', 'standardised')}
    expect(text['standardised']).to_have_text(f'{State().standard_steps_needed() - 1} more to come within 1 %')
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    page.wait_for_function(PLAYED, arg='raw-and-standardised')
    expect(text['standardised']).to_have_text('arrived: within 1 % of the best')
    still = int(text['raw'].text_content().split()[0].replace(',', ''))
    assert still > 1e8
    expect(figure.locator('[data-moment]')).to_have_text(f'Step {CRAWLED}')
    expect(figure.locator('[data-verdict]')).to_contain_text(f'{still:,} more to come')
