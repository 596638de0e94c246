"""The plane takes over the server's picture untouched, draws as the server does, and obeys mouse, finger and keys."""
from functools import partial

import numpy as np
import pytest

from app.scene import changed, check
from tests.browser.harness import (
    drag,
    drawn_as,
    finger,
    focus,
    open_scenes,
    packed,
    place,
    rescale,
    sent,
    settled,
    swap,
    swipe,
    update,
    wrong_pictures,
)
from tests.random_scenes import random_scene

SCENES = 64


# ---- the two renderers ----

def test_the_servers_picture_is_taken_over_untouched_and_both_draw_alike(site, page):
    scenes = {f's{seed}': random_scene(seed) for seed in range(SCENES)}
    nexts = {f's{seed}': random_scene(seed, 1) for seed in range(SCENES)}
    open_scenes(site, page, scenes)
    page.wait_for_timeout(100)
    assert page.evaluate('written()') == []

    for name, scene in nexts.items():
        update(page, name, changed(scenes[name], scene))
    assert page.evaluate('written()') != []
    assert wrong_pictures(page, nexts) == []

    zooms = {f's{seed}': random_scene(seed, 2, zoom=1) for seed in range(SCENES)}
    for name, scene in zooms.items():                       # other ranges: the axes come from the server, the rest is drawn here
        rescale(page, name, nexts[name], scene)
    assert wrong_pictures(page, zooms) == []
    for name, scene in nexts.items():
        rescale(page, name, zooms[name], scene)
    assert wrong_pictures(page, nexts) == []

    pixels = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('figure')].map(f =>
        [f.dataset.widget, Object.fromEntries([...f.querySelectorAll('canvas')].map(c =>
            [c.closest('[data-mark]').dataset.mark,
             [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]]))]))""")
    for name, canvases in pixels.items():
        assert canvases
        for key, shown in canvases.items():
            mark = nexts[name]['marks'][key]
            colours = mark['palette'].reshape(256, 3)[mark['pixels']]
            assert np.array_equal(np.reshape(shown, (-1, 4)), np.insert(colours, 3, 255, axis=1))

    page.evaluate('written()')
    for name, scene in nexts.items():                       # the same once more: there is nothing left to write
        still = {key: mark for key, mark in scene['marks'].items() if mark['kind'] != 'image'}
        update(page, name, still)
    assert page.evaluate('written()') == []


# ---- one picture to work with: a unit is a pixel when it is 720 wide, and so is a number on plane `data` ----

def spoken(label, **more):
    return {'kind': 'handle', 'label': label, 'says': 'as it was', 'now': '0', 'min': '0', 'max': '300', **more}


def work(left=200., right=200., whole=(0., 0.), dot=20., own=(50., 50, 50, 50, 50), **changes):
    """A line that is held by its ends and as a whole, squares on it, a dot on a curve, and a sketch."""
    xs, slope = np.array([0., 400]), (right - left) / 300
    y = left + slope * (xs - 50) + whole[0] * (xs - 200) / 100 + whole[1]
    line = {'x': xs, 'y': y}
    at = partial(np.interp, xp=xs, fp=y)
    houses = np.array([100., 200, 300])
    curve = np.array([0., 20, 50, 100])
    heights = np.array([90., 40, 10, 95])
    marks = {
        'squares': {'kind': 'squares', 'plane': 'data', 'x': houses, 'y0': houses * .8, 'y1': at(houses),
                    'onto': 'line'},
        'line': {'kind': 'line', 'plane': 'data', **line, 'through': ['left', 'right'],
                 'follows': {'whole': [(xs - 200) / 100, np.ones(2)]}},
        'curve': {'kind': 'line', 'plane': 'loss', 'x': curve, 'y': heights},
        'left': spoken('left end', plane='data', x=50., y=float(at(50)), move='y', bounds=[20, 280], step=5,
                       along='line'),
        'right': spoken('right end', plane='data', x=350., y=float(at(350)), move='y', bounds=[20, 280], step=5,
                        along='line', cue=True),
        # its own plane has the same scale, so that it follows the pointer
        'whole': spoken('the line', plane='sway', x=whole[0], y=whole[1], move='both', bounds=[[-50, 50], [-100, 100]],
                        step=[2, 10], seat={'line': 'line', 'x': 200}),
        'dot': spoken('slope', plane='loss', x=dot, y=float(np.interp(dot, curve, heights)), move='x', bounds=[0, 100],
                      step=1, along='curve'),
        'own': spoken('your curve', plane='own', x=np.array([0., 25, 50, 75, 100]), y=np.array(own), bounds=[0, 100],
                      step=10) | {'kind': 'sketch'},
    }
    planes = {'data': {'box': [0, 0, 400, 300], 'x': [0, 400], 'y': [0, 300]},
              'sway': {'box': [0, 0, 400, 300], 'x': [-200, 200], 'y': [-150, 150]},
              'loss': {'box': [450, 20, 200, 100], 'x': [0, 100], 'y': [0, 100]},
              'own': {'box': [450, 160, 200, 100], 'x': [0, 100], 'y': [0, 100]}}
    scene = {'size': [720, 300], 'title': 'A line to work with', 'planes': planes,
             'marks': {key: mark | changes.get(key, {}) for key, mark in marks.items()}}
    check(scene)
    return scene


@pytest.fixture
def bench(site, page):
    return open_bench(site, page)


@pytest.fixture
def touched(site, tablet):
    return open_bench(site, tablet)


def open_bench(site, page):
    open_scenes(site, page, {'work': work()})
    page.evaluate('written()')
    return page


# ---- three ways to the same place ----

def test_mouse_touch_and_keys_lead_to_the_same_place(bench, touched):
    drag(bench, (52, 203), (52, 240), (52, 263))            # grabbed beside its middle: it must not jump
    by_mouse = sent(bench)[-1]
    assert by_mouse == {'do': 'move', 'widget': 'work', 'handle': 'left', 'value': [50, 260], 'done': True}
    drawn_as(bench, work(left=260))

    touch = finger(touched)
    touch('touchStart', place(52, 203))
    for y in range(206, 264, 3):
        touch('touchMove', place(52, y))
    touch('touchMove', place(52, 263))
    touch('touchEnd')
    settled(touched)
    assert sent(touched)[-1] == by_mouse
    assert touched.evaluate('scrollY') == 0
    drawn_as(touched, work(left=260))

    touched.reload()
    touched.wait_for_function('window.ready')
    focus(touched, 'left')
    for key in ['PageUp', *['ArrowUp'] * 2]:
        touched.keyboard.press(key)
    touched.wait_for_function('sent.at(-1)?.done')
    assert sent(touched)[-1] == by_mouse
    drawn_as(touched, work(left=260))


KEYS = [
    ('left', ['ArrowUp'], [50, 205]),
    ('left', ['ArrowRight'], [50, 205]),
    ('left', ['ArrowDown', 'ArrowLeft'], [50, 190]),
    ('left', ['Shift+ArrowUp'], [50, 200.5]),
    ('left', ['PageUp', 'PageUp'], [50, 280]),
    ('left', ['PageDown'], [50, 150]),
    ('left', ['Home'], [50, 20]),
    ('left', ['End'], [50, 280]),
    ('dot', ['ArrowRight'], [21, 39]),
    ('dot', ['ArrowUp', 'Shift+ArrowRight'], [21.1, 38.9]),
    ('dot', ['End'], [100, 95]),
    ('dot', ['End', 'PageUp'], [100, 95]),
    ('whole', ['ArrowRight'], [2, 0]),
    ('whole', ['ArrowLeft', 'ArrowUp'], [-2, 10]),
    ('whole', ['PageDown'], [0, -100]),
    ('whole', ['Home', 'ArrowLeft', 'ArrowUp'], [-50, 10]),
    ('whole', ['End', 'Shift+ArrowDown'], [50, -1]),
]


def test_keys_move_by_steps_and_pages_and_to_the_bounds(bench):
    start = packed(work()['marks'])
    for handle, keys, value in KEYS:
        bench.evaluate('marks => { planes.work.settle(); planes.work.update(unpack(marks)); sent.length = 0 }', start)
        focus(bench, handle)
        for key in keys:
            bench.keyboard.press(key)
        bench.evaluate('document.activeElement.blur()')     # ends the gesture at once; a rest of 300 ms does so too
        assert (keys, sent(bench)[-1]['handle'], sent(bench)[-1]['value']) == (keys, handle, value)
        assert [message.get('done', False) for message in sent(bench)].count(True) == 1


def test_other_keys_are_left_to_the_page(bench):
    focus(bench, 'left')
    for key in ('Control+ArrowUp', 'a', 'Tab'):
        bench.keyboard.press(key)
    settled(bench)
    assert sent(bench) == []
    assert bench.evaluate('document.activeElement.dataset.mark') == 'right'         # a handle is one stop


def test_a_press_without_a_move_says_nothing(bench):
    drag(bench, (52, 203))
    assert sent(bench) == []
    assert bench.evaluate('document.activeElement.dataset.mark') == 'left'


def test_bounds_hold_and_the_gesture_ends_once(bench):
    drag(bench, (50, 200), (50, 900), (50, -900))
    bench.evaluate('document.activeElement.blur()')
    assert sent(bench)[-1] == {'do': 'move', 'widget': 'work', 'handle': 'left', 'value': [50, 20], 'done': True}
    assert [message.get('done', False) for message in sent(bench)].count(True) == 1
    assert bench.evaluate('planes.work.busy') is False
    drawn_as(bench, work(left=20))
    drag(bench, (50, 100), (200, 100))                      # not a handle any more
    assert sent(bench)[-1]['value'] == [50, 20]


# ---- what moves before the answer ----

def test_the_line_goes_through_its_handles_and_squares_stand_on_it(bench):
    drag(bench, (350, 200), (350, 120), release=False)
    drawn_as(bench, work(right=120))
    assert bench.evaluate('planes.work.busy')
    bench.mouse.up()


def test_the_line_can_be_grabbed_anywhere_and_takes_all_with_it(bench):
    drag(bench, (120, 202), (140, 230))                     # on the line, far from any knob
    assert sent(bench)[-1]['handle'] == 'whole'
    assert sent(bench)[-1]['value'] == [20, 28]
    drawn_as(bench, work(whole=(20, 28)))


def test_where_targets_overlap_the_nearest_knob_wins(bench):
    drag(bench, (70, 200), (70, 220))                       # on the line as well, but within reach of its end
    assert sent(bench)[-1]['handle'] == 'left'


def test_gestures_add_up_while_no_answer_comes(bench):
    drag(bench, (350, 200), (350, 140))
    drag(bench, (50, 200), (50, 260))
    drawn_as(bench, work(left=260, right=140))
    drag(bench, (200, 200), (200, 210))
    drawn_as(bench, work(left=260, right=140, whole=(0, 10)))


def test_the_whole_line_goes_on_from_where_its_ends_were_left(bench):
    drag(bench, (350, 200), (350, 140))                     # its own place, on its own plane, is not told by anybody
    drag(bench, (200, 170), (200, 180))
    assert sent(bench)[-1] == {'do': 'move', 'widget': 'work', 'handle': 'whole', 'value': [-20, -20], 'done': True}
    drag(bench, (50, 210), (50, 240))
    focus(bench, 'whole')
    bench.keyboard.press('ArrowRight')
    settled(bench)
    assert sent(bench)[-1]['value'] == [-28, -5]


def test_a_dot_stays_on_its_curve(bench):
    drag(bench, (490, 240), (530, 180), (590, 100))
    assert sent(bench)[-1] == {'do': 'move', 'widget': 'work', 'handle': 'dot', 'value': [70, 44], 'done': True}
    drawn_as(bench, work(dot=70))


def test_the_answer_takes_the_place_of_the_proposal(bench):
    drag(bench, (50, 200), (50, 260))
    update(bench, 'work', changed(work(), work(left=258)))
    drawn_as(bench, work(left=260))                         # an older answer may not pull the handle back
    bench.evaluate('planes.work.settle()')
    drawn_as(bench, work(left=258))


def test_an_answer_does_not_move_what_is_held(bench):
    drag(bench, (350, 200), (350, 140))
    drag(bench, (50, 200), (50, 260), release=False)
    answer = changed(work(), work(left=230, right=150))
    answer['left']['says'] = '230 $'
    update(bench, 'work', answer)
    bench.evaluate('planes.work.settle()')
    drawn_as(bench, work(left=260, right=150), ignore=('class', 'aria-valuetext'))
    assert bench.get_attribute('[data-mark=left]', 'aria-valuetext') == '230 $'
    bench.mouse.up()


def test_who_lets_go_without_a_move_is_heard(bench):
    bench.evaluate('() => { window.quiet = 0; planes.work.onquiet = () => { window.quiet++; planes.work.settle() } }')
    drag(bench, (50, 200), (50, 260))
    bench.mouse.down()                                      # the answer comes while the handle is held again, but not moved
    update(bench, 'work', changed(work(), work(left=258)))
    bench.evaluate('planes.work.settle()')
    drawn_as(bench, work(left=260))
    bench.evaluate('sent.length = 0')
    bench.mouse.up()
    assert (sent(bench), bench.evaluate('window.quiet')) == ([], 1)
    drawn_as(bench, work(left=258))
    drag(bench, (50, 258), (50, 230))
    assert bench.evaluate('window.quiet') == 1              # what has been sent will be answered


def test_handles_follow_a_line_that_the_engine_moves(bench):
    update(bench, 'work', {'line': {'y': np.array([100., 180])}})
    drawn = bench.evaluate("['cx', 'cy'].map(a => document.querySelector('.whole .knob').getAttribute(a))")
    assert drawn == ['200', '160']


# ---- a run is shown over the scene ----

def test_a_run_is_shown_over_the_scene_and_under_what_is_held(bench):
    frame = {'dot': {'x': 50., 'y': 10.}, 'line': {'y': work(left=100)['marks']['line']['y']}, 'gone': {'x': 1}}
    show = 'marks => planes.work.show(unpack(marks))'
    bench.evaluate(show, packed(frame))
    assert bench.get_attribute('.dot .knob', 'cx') == '550'
    assert bench.get_attribute('.whole .knob', 'cy') == '150'               # its seat goes along
    update(bench, 'work', changed(work(), work(left=258, dot=70)))          # goes on below it
    assert bench.get_attribute('.dot .knob', 'cx') == '550'
    bench.evaluate(show, packed({'dot': {'x': 60., 'y': 28.}}))             # what the next frame leaves out is as in the scene
    assert bench.get_attribute('.dot .knob', 'cx') == '570'
    drag(bench, (570, 208), (590, 208), release=False)                      # taken from where it is seen
    bench.evaluate(show, packed({'dot': {'x': 0., 'y': 90.}}))
    assert bench.get_attribute('.dot .knob', 'cx') == '590'
    bench.mouse.up()
    assert sent(bench)[-1]['value'] == [70, 44]
    bench.evaluate('planes.work.settle()')
    assert bench.get_attribute('.dot .knob', 'cx') == '450'
    bench.evaluate(show, packed({'left': {'y': 100.}}))
    swap(bench, work(left=258, dot=70))                                     # stays over a new picture, too
    assert bench.get_attribute('.left .knob', 'cy') == '200'
    bench.evaluate('planes.work.show(null)')
    drawn_as(bench, work(left=258, dot=70))


# ---- planes whose ranges change ----

def zoomed(scene):
    planes = {'data': {'y': [-100, 200], 'xticks': [[0, '0']], 'ylabel': 'price'}, 'loss': {'x': [0, 200]}}
    return scene | {'planes': {name: plane | planes.get(name, {}) for name, plane in scene['planes'].items()}}


def test_focus_and_a_drag_survive_other_ranges(bench):
    focus(bench, 'left')
    rescale(bench, 'work', work(), zoomed(work()))
    assert bench.evaluate('document.activeElement.dataset.mark') == 'left'
    drawn_as(bench, zoomed(work()))
    rescale(bench, 'work', zoomed(work()), work())
    drawn_as(bench, work())
    drag(bench, (50, 200), (50, 230), release=False)
    rescale(bench, 'work', work(), zoomed(work(left=225)))  # with older numbers than those in hand
    drawn_as(bench, zoomed(work(left=230)))
    bench.mouse.move(*place(50, 240))                       # 10 up from there, wherever the knob is now
    bench.mouse.up()
    settled(bench)
    assert sent(bench)[-1] == {'do': 'move', 'widget': 'work', 'handle': 'left', 'value': [50, 240], 'done': True}


# ---- what may go wrong ----

def test_a_mark_that_is_not_there_is_ignored(bench):
    update(bench, 'work', {'gone': {'x': 3}, 'left': {'y': 210.}})
    assert bench.get_attribute('.left .knob', 'cy') == '90'


def test_a_cancelled_drag_is_over(bench):
    drag(bench, (50, 200), (50, 230), release=False)
    bench.dispatch_event('figure', 'pointercancel', {'pointerId': 1})
    bench.mouse.move(*place(50, 120))
    settled(bench)
    assert sent(bench)[-1] == {'do': 'move', 'widget': 'work', 'handle': 'left', 'value': [50, 230], 'done': True}
    assert not bench.evaluate('planes.work.busy')
    bench.mouse.up()


def test_a_window_that_is_left_ends_the_drag(bench):
    drag(bench, (50, 200), (50, 230), release=False)
    bench.evaluate("dispatchEvent(new Event('blur'))")
    assert sent(bench)[-1]['done']
    assert bench.get_attribute('figure', 'data-held') is None
    bench.mouse.up()


def test_a_second_finger_is_ignored(touched):
    touch = finger(touched)
    touch('touchStart', place(50, 200))
    touch('touchMove', place(50, 230))
    touch('touchStart', place(50, 230), place(350, 200))
    for y in range(230, 200, -5):
        touch('touchMove', place(50, y), place(350, y - 60))
    touch('touchMove', place(50, 210), place(350, 100))
    touch('touchMove', place(50, 210), place(350, 90))
    touch('touchEnd')
    settled(touched)
    assert {message['handle'] for message in sent(touched)} == {'left'}
    assert sent(touched)[-1]['value'] == [50, 210]
    assert touched.evaluate('[scrollY, visualViewport.scale]') == [0, 1]


def test_elsewhere_in_the_figure_a_finger_scrolls_the_page(touched):
    touch = finger(touched)
    touch('touchStart', place(200, 60))
    for y in range(60, 260, 10):
        touch('touchMove', place(200, y))
    touch('touchEnd')
    touched.wait_for_function('scrollY > 100')
    assert sent(touched) == []


def test_a_hidden_picture_breaks_nothing(bench):
    focus(bench, 'left')
    bench.keyboard.down('ArrowUp')
    bench.evaluate("document.querySelector('figure').hidden = true")
    update(bench, 'work', changed(work(), work(left=258)))
    bench.wait_for_function('sent.at(-1)?.done')
    bench.evaluate("planes.work.settle(), document.querySelector('figure').hidden = false")
    drawn_as(bench, work(left=258))
    drag(bench, (350, 200), (350, 220), release=False)
    bench.evaluate("document.querySelector('figure').hidden = true")
    bench.mouse.move(*place(350, 100))
    bench.mouse.up()
    assert not bench.evaluate('planes.work.busy')
    assert sent(bench)[-1]['value'] == [350, 220]


def test_focus_and_a_drag_survive_a_new_picture(bench):
    drag(bench, (50, 200), (50, 230), release=False)
    swap(bench, work(left=225))
    drawn_as(bench, work(left=230))
    assert not bench.evaluate('document.activeElement.matches(":focus-visible")')
    bench.mouse.move(*place(50, 250))
    bench.mouse.move(*place(50, -150))                      # the pointer is still ours far outside the figure
    bench.mouse.up()
    settled(bench)
    assert sent(bench)[-1] == {'do': 'move', 'widget': 'work', 'handle': 'left', 'value': [50, 20], 'done': True}
    assert bench.evaluate('document.activeElement.dataset.mark') == 'left'
    swap(bench, work(left=250))
    bench.evaluate('planes.work.settle()')
    assert bench.evaluate('document.activeElement.dataset.mark') == 'left'
    bench.evaluate('sent.length = 0')
    bench.keyboard.press('ArrowUp')
    bench.wait_for_function('sent.at(-1)?.done')
    assert sent(bench)[-1]['value'] == [50, 255]
    hidden = work(left=250)
    hidden['marks']['left']['hidden'] = True
    bench.mouse.move(*place(50, 250))
    bench.mouse.down()
    swap(bench, hidden)
    assert not bench.evaluate('planes.work.busy')
    bench.mouse.up()


def test_a_cue_goes_once_it_is_used(bench):
    assert 'fresh' in bench.get_attribute('[data-mark=right]', 'class').split()
    drag(bench, (350, 200), (350, 230))
    assert 'fresh' not in bench.get_attribute('[data-mark=right]', 'class').split()


def test_the_ring_of_the_focus_is_for_keys(bench):
    ring = 'document.activeElement.matches("[data-mark=left]:focus-visible")'
    drag(bench, (50, 200), (50, 230))
    assert bench.evaluate('document.activeElement.dataset.mark') == 'left'
    assert not bench.evaluate(ring)
    bench.keyboard.press('ArrowUp')
    assert bench.evaluate(ring)
    settled(bench)
    assert sent(bench)[-1]['value'] == [50, 235]


# ---- sketches ----

def test_a_finger_that_scrolls_past_a_sketch_draws_nothing(touched):
    swipe(touched, (550, 120), down=-150)
    touched.wait_for_function('scrollY > 50')
    swipe(touched, (550, 100), down=0)                      # and a tap says nothing
    assert sent(touched) == []
    assert touched.evaluate('planes.work.busy') is False
    touched.evaluate('scrollTo(0, 0)')
    drawn_as(touched, work())


@pytest.mark.parametrize('css', ['pan-y', 'auto'])          # with auto the first move must be kept from the browser
def test_a_finger_that_goes_sideways_draws(touched, css):
    touched.evaluate('css => { document.querySelector("svg").style.touchAction = css }', css)
    swipe(touched, (455, 120), across=190, down=-8)
    last = sent(touched)[-1]
    assert last['done']
    assert np.transpose(last['value'])[1] == pytest.approx([80, 82, 84, 86, 88], abs=2)
    assert touched.evaluate('scrollY') == 0


@pytest.mark.parametrize('css', ['pan-y', 'auto'])
def test_a_finger_on_the_curve_drags_it_up_and_down(touched, css):
    touched.evaluate('css => { document.querySelector("svg").style.touchAction = css }', css)
    swipe(touched, (550, 108), down=-30)                    # 18 px above the curve
    assert sent(touched)[-1]['value'] == [[0, 50], [25, 50], [50, 98], [75, 50], [100, 50]]
    assert touched.evaluate('scrollY') == 0



def test_a_sweep_sets_the_anchors_that_it_skips(bench):
    bench.mouse.move(*place(455, 60))                       # the sketch stands 40 above the bottom
    bench.mouse.down()
    bench.mouse.move(*place(645, 120))                      # in one jump from left to right
    bench.mouse.up()
    settled(bench)
    last = sent(bench)[-1]
    assert {key: last[key] for key in ('do', 'widget', 'mark', 'done')} == {
        'do': 'edit', 'widget': 'work', 'mark': 'own', 'done': True}
    x, y = np.transpose(last['value'])
    assert x.tolist() == [0, 25, 50, 75, 100]
    assert y == pytest.approx([20, 20 + 60 * 45 / 190, 50, 80 - 60 * 45 / 190, 80])
    drawn_as(bench, work(own=y))


def test_a_sketch_is_held_within_its_bounds(bench):
    bench.mouse.move(*place(550, 60))
    bench.mouse.down()
    bench.mouse.move(*place(550, 290))
    bench.mouse.up()
    settled(bench)
    assert sent(bench)[-1]['value'][2] == [50, 100]


def test_a_sketch_is_one_stop_for_keys(bench):
    update(bench, 'work', {'own': {'says': [f'anchor {i}' for i in range(5)], 'now': list('12345')}})
    focus(bench, 'own')
    for key in ('ArrowLeft', 'ArrowRight', 'ArrowUp', 'Shift+ArrowUp', 'ArrowRight', 'Home', 'PageDown'):
        bench.keyboard.press(key)
    bench.wait_for_function('sent.at(-1)?.done')
    assert sent(bench)[-1]['value'] == [[0, 50], [25, 61], [50, 0], [75, 50], [100, 50]]
    assert bench.get_attribute('[data-mark=own]', 'aria-valuetext') == 'anchor 2'
    assert bench.evaluate("[...document.querySelectorAll('.anchor')].findIndex(a => a.matches('.chosen'))") == 2


def test_a_locked_sketch_stays(bench):
    update(bench, 'work', {'own': {'locked': True}})
    bench.mouse.move(*place(550, 60))
    bench.mouse.down()
    bench.mouse.move(*place(600, 90))
    bench.mouse.up()
    focus(bench, 'own')
    bench.keyboard.press('ArrowUp')
    settled(bench)
    assert sent(bench) == []
    assert bench.get_attribute('[data-mark=own]', 'aria-readonly') == 'true'
