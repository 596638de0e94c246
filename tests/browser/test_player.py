"""What plays a run, in a real browser: by mouse, by touch, by keys, with the numbers of the engine at every moment."""
import re

import pytest
from playwright.sync_api import expect

from app.widgets import descent
from lessons.gradient_descent.state import State
from tests.helpers.proxy import Proxy

NAME = 'step-by-step'
RUNS = """() => { const p = globalThis.nudge?.page.players['step-by-step']
  return Boolean(p?.run) && globalThis.nudge.page.gate.idle }"""
PLAYER = f"globalThis.nudge.page.players['{NAME}']"
NOISE = r'net::ERR_|WebSocket connection|Failed to load resource'


class Hands:
    """A reader at the stepper."""

    def __init__(self, page, url, query=''):
        self.page = page
        page.goto(f'{url}/gradient-descent{query}')
        self.figure = page.locator(f'#{NAME}')
        self.figure.scroll_into_view_if_needed()
        page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
        expect(self.figure.locator('[data-player][data-ready]')).to_have_count(1)
        self.range, self.label = self.figure.locator('[data-scrub]'), self.figure.locator('[data-moment]')

    def button(self, what):
        return self.figure.locator(f'[data-do={what}]')

    def press(self, what):
        self.button(what).click()
        self.page.wait_for_function(RUNS)

    @property
    def moment(self):
        return int(self.figure.locator('[data-player]').get_attribute('data-k') or -1)

    def at(self, k, **params):
        """The page shows moment k of the engine's run: its words, its ball, its range."""
        run = descent.record(State(**params))
        expect(self.label).to_have_text(run['labels'][k])
        assert self.moment == k == int(self.range.input_value())
        assert self.range.get_attribute('aria-valuetext') == run['labels'][k]
        drawn = self.page.evaluate('''() => { const p = globalThis.nudge.page.planes['step-by-step']
          return [p.mark('ball').x[0], p.mark('ball').y[0]] }''')
        assert drawn == pytest.approx([run['tracks']['ball.x'][k, 0], run['tracks']['ball.y'][k, 0]], rel=1e-6)
        return run


@pytest.fixture
def hands(page, server):
    return Hands(page, server.url)


def test_a_mouse_steps_goes_back_and_jumps_to_a_phase(hands):
    next_phase = hands.button('step').locator('b')
    expect(next_phase).to_have_text('gradient')
    for k, following in enumerate(('direction', 'apply', 'new loss', 'gradient'), 1):
        hands.press('step')
        hands.at(k)
        expect(next_phase).to_have_text(following)
        expect(hands.figure.locator('[aria-current=step]')).to_have_count(1)
        expect(hands.figure.locator(f'[data-phase="{k - 1}"]')).to_have_attribute('aria-current', 'step')
    hands.press('back')
    hands.at(3)
    hands.figure.locator('[data-phase="0"]').click()
    hands.at(1)
    hands.press('whole')
    hands.at(4)
    hands.press('whole')
    hands.at(8)
    rows = hands.figure.locator('.trace tbody tr')
    expect(rows.nth(1)).to_have_text('22.39.8−0.491.817.588')
    expect(rows.nth(1)).to_have_class('newest')
    hands.press('restart')
    hands.at(0)
    expect(hands.button('back')).to_have_attribute('aria-disabled', 'true')
    hands.button('back').click(force=True)
    hands.at(0)


def test_it_plays_pauses_and_ends_with_a_verdict(hands):
    hands.figure.locator('select[aria-label=Speed]').select_option('16')
    hands.press('play')
    expect(hands.button('play').locator('b')).to_have_text('Pause')
    hands.page.wait_for_function(f"() => globalThis.nudge.page.players['{NAME}'].k > 20")
    hands.button('play').click()
    expect(hands.button('play').locator('b')).to_have_text('Play')
    stopped = hands.moment
    hands.page.wait_for_timeout(150)
    assert hands.moment == stopped
    hands.at(stopped)
    hands.button('play').click()
    last = descent.record(State())['frames'] - 1
    hands.page.wait_for_function(f"() => globalThis.nudge.page.players['{NAME}'].k === {last}", timeout=10_000)
    expect(hands.button('play').locator('b')).to_have_text('Play')
    expect(hands.figure.locator('[data-verdict]')).to_have_text(hands.at(last)['says'])
    assert hands.figure.locator('.trace tbody tr').count() == 8
    expect(hands.figure.locator('.trace .newest td').first).to_have_text('59')
    expect(hands.figure.locator('.trace tbody tr').first.locator('td').first).to_have_text('52')
    hands.press('back')
    expect(hands.figure.locator('[data-verdict]')).to_be_empty()


def test_speed_is_what_it_says(hands):
    hands.press('step')
    paces = {}
    for speed in ('4', '16'):
        hands.press('restart')
        hands.figure.locator('select[aria-label=Speed]').select_option(speed)
        paces[speed] = hands.page.evaluate(f"""() => {{ const p = {PLAYER}, real = requestAnimationFrame
          let next = null
          globalThis.requestAnimationFrame = frame => {{ next = frame; return 0 }}      // a clock that no busy machine disturbs
          p.play()
          const began = performance.now(), from = p.k
          for (let n = 1; n <= 45; n++) next(began + n * 1000 / 60)
          p.pause()
          globalThis.requestAnimationFrame = real
          return (p.k - from) / .75 }}""")
    assert 14.5 < paces['4'] <= 16 and 62 < paces['16'] <= 64, 'four moments a second, times the speed'


def test_keys_do_all_of_it(hands):
    page = hands.page
    hands.button('step').focus()
    page.keyboard.press('Enter')
    page.wait_for_function(RUNS)
    hands.at(1)
    page.keyboard.press('Space')
    hands.at(2)
    expect(hands.button('step')).to_be_focused()
    hands.range.focus()
    for _ in range(3):
        page.keyboard.press('ArrowRight')
    hands.at(5)
    page.keyboard.press('ArrowLeft')
    hands.at(4)
    page.keyboard.press('End')
    last = descent.record(State())['frames'] - 1
    hands.at(last)
    page.keyboard.press('Home')
    hands.at(0)
    hands.button('play').focus()
    page.keyboard.press('Enter')
    page.wait_for_function(f"() => globalThis.nudge.page.players['{NAME}'].k > 1")
    page.keyboard.press('Enter')
    assert not page.evaluate(f"globalThis.nudge.page.players['{NAME}'].playing")


def test_hovering_the_loss_shows_that_moment_leaving_returns_pressing_stays(hands):
    hands.press('whole')
    hands.at(4)
    hands.page.locator(f'#{NAME} .wide svg').scroll_into_view_if_needed()
    place = hands.page.evaluate(f"""k => {{ const p = globalThis.nudge.page.planes['{NAME}'], m = p.svg.getScreenCTM()
      const s = p.scales.time, q = new DOMPoint(s.x(k), s.box[1] + 50).matrixTransform(m); return [q.x, q.y] }}""", 20)
    hands.page.mouse.move(*place)
    expect(hands.label).to_contain_text('Step 20, new loss')
    assert hands.range.input_value() == '4', 'only a look'
    hands.page.mouse.move(5, 5)
    hands.at(4)
    hands.page.mouse.move(*place)
    hands.page.mouse.down()
    hands.page.mouse.move(place[0], place[1] + 30)
    hands.page.mouse.up()
    hands.page.mouse.move(5, 5)
    hands.at(80)


def test_thumbs_press_and_scrub_and_a_finger_on_the_picture_still_scrolls(phone, server):
    hands = Hands(phone, server.url)
    hands.button('step').tap()
    phone.wait_for_function(RUNS)
    hands.at(1)
    finger = phone.context.new_cdp_session(phone)

    def swipe(x, y, dx, dy):
        def touch(kind, points):
            finger.send('Input.dispatchTouchEvent', {'type': kind, 'touchPoints': points})
        touch('touchStart', [{'x': x, 'y': y}])
        for i in range(1, 9):
            touch('touchMove', [{'x': x + dx * i / 8, 'y': y + dy * i / 8}])
            phone.wait_for_timeout(16)
        touch('touchEnd', [])
        phone.wait_for_timeout(200)

    phone.locator(f'#{NAME} [data-scrub]').evaluate('e => e.scrollIntoView({ block: "end" })')
    place = phone.evaluate(f"""() => {{ const p = globalThis.nudge.page.planes['{NAME}'], s = p.scales.time
      const m = p.svg.getScreenCTM(), q = new DOMPoint(s.x(10), s.box[1] + 40).matrixTransform(m)
      return [q.x, q.y, m.a * (s.x(20) - s.x(10))] }}""")
    before = phone.evaluate('scrollY')
    swipe(place[0], place[1], place[2], 0)
    assert phone.evaluate('scrollY') == before
    assert 76 <= hands.moment <= 84, 'sideways scrubs'
    hands.at(hands.moment)
    stayed = hands.moment
    swipe(place[0], place[1], 0, -150)
    assert phone.evaluate('scrollY') > before + 50 and hands.moment == stayed, 'down the page scrolls'
    phone.evaluate(f'scrollTo(0, {before})')
    phone.touchscreen.tap(*place[:2])
    hands.at(40)


def test_a_rate_changed_in_the_middle_goes_on_from_there_with_the_engines_numbers(hands):
    hands.press('whole')
    hands.press('whole')
    rate = hands.figure.locator('input[type=text][data-parameter=rate]')
    rate.fill('1/6')
    rate.press('Enter')
    hands.page.wait_for_function('() => globalThis.nudge.page.params.rate < .17 && globalThis.nudge.page.params.rate > .16')
    changed = dict(rate=0.166666666667, changes=[[2, 0.05]])
    assert hands.page.evaluate('globalThis.nudge.page.params.changes') == [[2, 0.05]]
    hands.at(8, **changed)
    hands.press('whole')
    run = hands.at(12, **changed)
    walked = State(**changed).walk().places
    plain = State().walk().places
    assert (walked[:3] == plain[:3]).all()
    assert walked[3] == plain[2] - 0.166666666667 * (6 * plain[2] - 4), 'bit for bit'
    assert run['labels'][12].startswith('Step 3, new loss: 3.667')
    expect(hands.page).to_have_url(re.compile('changes=2,0.05'))
    hands.press('restart')
    hands.page.wait_for_function('() => globalThis.nudge.page.params.rate === .05')
    hands.at(0)
    expect(rate).to_have_value('0.05')


def test_a_drag_of_the_start_redraws_the_walk_that_is_shown(hands):
    hands.press('whole')
    handle = hands.figure.locator('.wide [data-mark=start]')
    handle.focus()
    hands.page.keyboard.press('ArrowLeft')
    hands.page.wait_for_function('() => globalThis.nudge.page.params.start === 2.9')
    hands.page.wait_for_function(RUNS)
    hands.at(4, start=2.9)
    hands.press('new')
    hands.page.wait_for_function('() => globalThis.nudge.page.params.start !== 2.9')
    hands.page.wait_for_function(RUNS)
    hands.at(0, start=hands.page.evaluate('globalThis.nudge.page.params.start'))


def time_place(hands, k):
    """Where moment k lies on the plane of time, 50 units below its top."""
    hands.page.locator(f'#{NAME} .wide svg').scroll_into_view_if_needed()
    return hands.page.evaluate(f"""k => {{ const p = globalThis.nudge.page.planes['{NAME}'], m = p.svg.getScreenCTM()
      const s = p.scales.time, q = new DOMPoint(s.x(k), s.box[1] + 50).matrixTransform(m); return [q.x, q.y] }}""", k)


def test_play_pause_play_in_one_frame_plays_once(hands):
    hands.press('step')
    asked = hands.page.evaluate(f"""async () => {{ const p = {PLAYER}, own = globalThis.requestAnimationFrame
      let n = 0
      p.play(); p.pause(); p.play()
      globalThis.requestAnimationFrame = f => {{ n++; return own(f) }}
      await new Promise(done => own(() => own(() => own(() => own(done)))))
      globalThis.requestAnimationFrame = own
      p.pause()
      return n }}""")
    assert asked <= 4, 'a frame is asked for once'


def test_to_play_again_from_the_end_outlives_a_new_run(hands):
    hands.press('step')
    assert hands.page.evaluate(f"""() => {{ const p = {PLAYER}; p.seek(p.last); p.play(); p.load(p.run)
      const found = [p.k, p.playing]; p.pause(); return found }}""") == [0, True]


def test_a_screen_reader_hears_what_stays_and_nothing_that_flies_past(hands):
    hands.press('step')
    expect(hands.label).to_have_attribute('aria-live', 'polite')
    hands.range.focus()
    expect(hands.label).to_have_attribute('aria-live', 'off')       # the range says it itself
    hands.page.evaluate(f'{PLAYER}.play()')
    hands.button('play').focus()
    expect(hands.label).to_have_attribute('aria-live', 'off')       # it plays
    hands.range.focus()
    hands.page.evaluate(f'{PLAYER}.pause()')
    expect(hands.label).to_have_attribute('aria-live', 'off')
    hands.button('play').focus()
    expect(hands.label).to_have_attribute('aria-live', 'polite')
    hands.page.mouse.move(*time_place(hands, 20))
    expect(hands.label).to_contain_text('Step 20')
    expect(hands.label).to_have_attribute('aria-live', 'off')
    hands.page.keyboard.press('Tab')
    hands.page.keyboard.press('Enter')                              # a step, while the mouse rests there
    expect(hands.label).to_have_attribute('aria-live', 'polite')


def test_a_look_at_another_moment_leaves_the_buttons_where_they_lead_from(hands):
    hands.press('step')
    hands.page.mouse.move(*time_place(hands, 60))
    expect(hands.label).to_contain_text('Step 59')
    expect(hands.button('step')).not_to_have_attribute('aria-disabled', 'true')
    expect(hands.button('step').locator('b')).to_have_text('direction')
    hands.button('step').focus()
    hands.page.keyboard.press('Enter')
    hands.at(2)


def test_a_mouse_let_go_unseen_scrubs_no_more(hands):
    hands.press('step')
    hands.page.mouse.move(*time_place(hands, 10))
    hands.page.mouse.down()
    hands.at(40)
    x, y = time_place(hands, 30)
    hands.figure.evaluate("""(figure, [x, y]) => figure.dispatchEvent(new PointerEvent('pointermove',
      { pointerId: 1, pointerType: 'mouse', buttons: 0, clientX: x, clientY: y, bubbles: true }))""", [x, y])
    assert hands.moment == 40
    hands.page.mouse.up()


def test_the_focus_does_not_vanish_with_the_button_that_had_it(page, server):
    hands = Hands(page, server.url, '?rate=0.4')
    hands.range.focus()
    page.keyboard.press('End')
    expect(hands.button('rescue')).to_be_visible()
    hands.button('rescue').focus()
    page.keyboard.press('Enter')
    expect(hands.button('rescue')).to_be_hidden()
    expect(hands.button('play')).to_be_focused()


def test_a_run_that_is_taken_away_leaves_nothing_of_it(page, server):
    hands = Hands(page, server.url, '?rate=0.4')
    hands.range.focus()
    page.keyboard.press('End')
    expect(hands.button('rescue')).to_be_visible()
    page.evaluate(f'{PLAYER}.load(null)')
    expect(hands.button('rescue')).to_be_hidden()
    expect(hands.figure.locator('.trace tbody')).to_have_text(re.compile(r'^\s*$'))
    expect(hands.figure.locator('[aria-current], [aria-disabled]')).to_have_count(0)
    expect(hands.label).to_have_text('Press Play to run it with these numbers.')
    hands.press('whole')
    hands.at(4, rate=0.4)


def test_a_word_about_something_else_does_not_stop_a_run_on_its_way(hands):
    hands.page.evaluate(f"""() => {{ globalThis.nudge.page.send({{ do: 'set', parameter: 'rate', value: 'fast' }})
      {PLAYER}.press('whole') }}""")
    hands.at(4)
    expect(hands.page.locator('.toast')).to_contain_text('Rate stays')


def test_what_a_link_sets_while_nobody_hears_it_is_not_lost(page, server):
    page.allow(NOISE)
    link = Proxy(server.port)
    try:
        Hands(page, link.url)
        link.cut()
        expect(page.locator('#banner')).to_be_visible(timeout=8000)
        page.get_by_role('link', name='exactly').click()
        link.mend()
        page.wait_for_function('() => globalThis.nudge.page.gate.open && globalThis.nudge.page.gate.idle', timeout=15_000)
        assert page.evaluate('globalThis.nudge.page.params.curve') == 'cubic'
        expect(page.locator(f'#{NAME} .wide svg')).to_have_attribute('aria-label', re.compile('x³'))
    finally:
        link.close()


def test_a_player_that_could_not_be_loaded_comes_when_the_network_is_back(page, server):
    page.allow(NOISE)
    failed = []

    def fail_once(route):
        failed.append(route.request.url)
        route.abort() if len(failed) == 1 else route.continue_()

    page.route('**/player.js*', fail_once)
    hands = Hands(page, server.url)
    assert len(failed) > 1
    hands.press('whole')
    hands.at(4)


def test_nothing_plays_by_itself_for_those_who_want_no_motion(server, new_page):
    page = new_page(reduced_motion='reduce')
    hands = Hands(page, server.url)
    assert hands.moment == -1
    hands.press('step')
    page.wait_for_timeout(300)
    hands.at(1)


def test_a_broken_connection_keeps_the_moment_and_goes_on_afterwards(page, server):
    page.allow(NOISE)
    link = Proxy(server.port)
    try:
        hands = Hands(page, link.url)
        hands.press('whole')
        hands.press('step')
        link.cut()
        expect(page.locator('#banner')).to_be_visible(timeout=8000)
        hands.button('step').click()
        hands.at(6)
        link.mend()
        expect(page.locator('#banner')).to_be_hidden(timeout=15_000)
        hands.at(6)
        rate = hands.figure.locator('input[type=text][data-parameter=rate]')
        rate.fill('.25')
        rate.press('Enter')
        page.wait_for_function('() => globalThis.nudge.page.params.rate === .25 && globalThis.nudge.page.gate.idle')
        hands.at(6, rate=0.25, changes=[[1, 0.05]])
    finally:
        link.close()
