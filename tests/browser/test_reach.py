"""Handles that come where their plane is pressed, and handles that a passing mouse takes along."""
import pytest

from app.scene import check
from tests.browser.harness import drag, finger, focus, open_scenes, place, sent, settled, swipe


def field(**changes):
    """A map, 400 by 300, on which a number is a pixel: a start that jumps and a probe that hovers. Below it, empty paper."""
    spoken = {'kind': 'handle', 'plane': 'map', 'move': 'both', 'bounds': [[0, 350], [0, 300]], 'step': [1, 1],
              'says': 'here', 'now': '0', 'min': '0', 'max': '400'}
    marks = {'probe': spoken | {'label': 'probe', 'x': 300., 'y': 200., 'hover': True},
             'start': spoken | {'label': 'start', 'x': 100., 'y': 100., 'jump': True}}
    scene = {'size': [720, 300], 'title': 'A map', 'planes': {'map': {'box': [0, 0, 400, 300], 'x': [0, 400], 'y': [0, 300]}},
             'marks': {key: mark | changes.get(key, {}) for key, mark in marks.items()}}
    check(scene)
    return scene


def opened(site, page, **changes):
    open_scenes(site, page, {'work': field(**changes)})
    return page


@pytest.fixture
def touched(site, tablet):
    return opened(site, tablet)


def said(page):
    return [(message['handle'], message['value'], message.get('done', False)) for message in sent(page)]


def knob(page, key):
    return page.evaluate('key => ["cx", "cy"].map(a => +document.querySelector(`[data-mark=${key}] .knob`).getAttribute(a))', key)


def test_a_mouse_that_passes_takes_a_handle_along_and_finishes_nothing(site, page):
    opened(site, page)
    for x in (200, 220, 240):
        page.mouse.move(*place(x, 150))
        settled(page)
    page.mouse.move(*place(500, 150))                       # off its plane: it stays
    settled(page)
    assert said(page) == [('probe', [x, 150], False) for x in (200, 220, 240)]
    page.mouse.move(*place(380, 150))
    settled(page)
    assert said(page)[-1] == ('probe', [350, 150], False)   # within its bounds
    page.evaluate('document.activeElement.blur()')
    page.wait_for_timeout(350)
    assert not any(done for _, _, done in said(page))
    assert not page.evaluate('planes.work.busy || planes.work.unfinished')
    page.evaluate('planes.work.settle()')                   # and the engine's answer is free to move it
    assert knob(page, 'probe') == [300, 100]


def test_a_page_that_scrolls_below_a_resting_mouse_moves_nothing(site, page):
    opened(site, page)
    page.mouse.move(*place(200, 150))
    settled(page)
    page.evaluate('scrollTo(0, 60)')
    page.mouse.move(*place(200, 150))                       # what browsers say then: it is where it was
    page.wait_for_timeout(300)
    assert said(page) == [('probe', [200, 150], False)]


def test_a_press_anywhere_brings_the_handle_there_and_drags_it_on(site, page):
    opened(site, page)
    drag(page, (200, 150), release=False)
    assert said(page)[-1] == ('start', [200, 150], False)
    assert said(page)[0][0] == 'probe', 'which was under the mouse and has given way'
    page.mouse.move(*place(210, 180), steps=3)
    settled(page)
    assert knob(page, 'start') == [210, 120]
    page.mouse.up()
    assert said(page)[-1] == ('start', [210, 180], True)
    assert [done for _, _, done in said(page)].count(True) == 1
    assert page.evaluate('document.activeElement.dataset.mark') == 'start'
    before = len(said(page))
    drag(page, (500, 150), (510, 160))                      # not on its plane
    assert said(page)[before:] == []


def test_a_press_beside_its_middle_drags_a_jumping_handle_like_any_other(site, page):
    opened(site, page)
    drag(page, (110, 95), (130, 115))
    assert said(page)[-1] == ('start', [120, 120], True)


def test_what_hovers_alone_on_its_plane_is_dragged_like_any_other(site, page):
    opened(site, page, start={'jump': False})
    drag(page, (200, 150), (240, 190))
    assert said(page)[-1] == ('probe', [240, 190], True)
    page.mouse.move(*place(100, 90))                        # over the other knob, which does not jump, but is nearer
    page.mouse.down()
    page.mouse.move(*place(100, 120))
    page.mouse.up()
    assert said(page)[-1] == ('probe', [100, 120], True), 'the probe is at the mouse itself'


def test_a_tap_brings_it_there_and_a_drag_sideways_takes_it_on(touched):
    touch = finger(touched)
    touch('touchStart', place(200, 150))
    touch('touchMove', place(203, 147))                     # a thumb is never quite still
    assert said(touched) == []
    touch('touchEnd')
    settled(touched)
    assert said(touched) == [('start', [200, 150], True)]
    assert touched.evaluate('[planes.work.busy, scrollY]') == [False, 0]
    swipe(touched, (120, 80), across=80, down=4)
    assert said(touched)[-1] == ('start', [200, 76], True)
    swipe(touched, (300, 200), across=-60)                  # on the probe: a finger drags it
    assert said(touched)[-1] == ('probe', [240, 200], True)


def test_a_finger_that_swipes_down_scrolls_and_moves_nothing(touched):
    swipe(touched, (200, 60), down=-150)
    touched.wait_for_function('scrollY > 50')
    assert said(touched) == []
    assert not touched.evaluate('planes.work.busy')


def test_a_touch_that_the_browser_takes_away_brings_nothing(touched):
    touch = finger(touched)
    touch('touchStart', place(200, 150))
    touch('touchCancel')
    settled(touched)
    assert said(touched) == []


def test_an_arrow_rides_along_with_its_handle_before_any_answer(site, page):
    scene = field()
    scene['marks']['arrow'] = {'kind': 'arrow', 'plane': 'map', 'x': 300., 'y': 200., 'x1': 320., 'y1': 230., 'rides': 'probe'}
    check(scene)
    open_scenes(site, page, {'work': scene})
    page.mouse.move(*place(210, 150))
    page.mouse.move(*place(200, 150))
    settled(page)
    ends = page.evaluate("['x', 'y', 'x1', 'y1'].map(field => planes.work.mark('arrow')[field])")
    assert ends == [200, 150, 220, 180]
    assert page.get_attribute('[data-mark=arrow] line', 'x1') == '200'


def test_keys_move_both_as_any_handle(site, page):
    opened(site, page)
    focus(page, 'probe')
    page.keyboard.press('ArrowRight')
    page.wait_for_function('sent.at(-1)?.done')
    assert said(page)[-1] == ('probe', [301, 200], True)


def test_a_hidden_handle_neither_jumps_nor_hovers(site, page):
    opened(site, page, probe={'hidden': True}, start={'hidden': True})
    drag(page, (200, 150), (220, 150))
    assert said(page) == []
