"""Single parts of a mark are taken hold of, one by one: dragged, stepped and typed, by mouse, finger and keys."""
import numpy as np
import pytest

from app.scene import changed, check
from tests.browser.harness import finger, open_scenes, packed, place, sent, settled, swap, update

NAMES = 'a', 'b', 'c', 'd'


def dials(numbers, names=NAMES, **more):
    return {'names': list(names), 'says': [f'{v:.2f}'.replace('-', '−') for v in numbers],
            'values': [f'{v:g}' for v in numbers], 'step': .5, 'bounds': [-10, 10], **more}


def net(numbers=(1.5, -2, 0, 4), row=(3, 5)):
    """Four edges that cross, two cells, and an image of six pixels: a unit is a pixel, and so is a number of plane `data`."""
    numbers, row = np.array(numbers, float), np.array(row, float)
    ends = {'x': [50, 50, 50, 50], 'y': [250, 50, 250, 150], 'x1': [250] * 4, 'y1': [250, 250, 50, 150]}
    marks = {
        'net': {'kind': 'edges', 'plane': 'data', **ends, 'value': numbers, 'label': 'the weights', 'dials': dials(numbers)},
        'nodes': {'kind': 'nodes', 'plane': 'data', 'x': [50, 50, 250, 250], 'y': [250, 50, 250, 50], 'text': [''] * 4},
        'row': {'kind': 'cells', 'plane': 'data', 'x': [300, 360], 'y': [100, 100], 'w': [60, 60], 'h': [44, 44],
                'text': [f'{v:g}' for v in row], 'value': row, 'label': 'the inputs', 'dials': dials(row, ('x₁', ''))},
        'map': {'kind': 'image', 'plane': 'map', 'shape': [2, 3], 'pixels': np.arange(6, dtype='u1'), 'label': 'networks',
                'palette': np.arange(768).astype('u1'), 'picks': True, 'labels': [f'network {i}' for i in range(6)]}}
    planes = {'data': {'box': [0, 0, 450, 300], 'x': [0, 450], 'y': [0, 300]},
              'map': {'box': [500, 50, 150, 100], 'x': [0, 1], 'y': [0, 1]}}
    scene = {'size': [720, 300], 'title': 'A net to take hold of', 'planes': planes, 'marks': marks}
    check(scene)
    return scene


COME_TO_REST = """() => new Promise(done => { let before = scrollY, still = 0
  const look = () => {
    still = scrollY === before ? still + 1 : 0
    before = scrollY
    still > 20 ? done() : requestAnimationFrame(look)
  }
  look() })"""
JOIN = "async () => { const { Dials } = await import('/dials.js'); planes.work.join(new Dials(planes.work)) }"


@pytest.fixture
def bench(site, page):
    return open_net(site, page)


@pytest.fixture
def touched(site, tablet):
    return open_net(site, tablet)


def open_net(site, page):
    open_scenes(site, page, {'work': net()})
    page.evaluate(JOIN)
    return page


def pull(page, start, end, release=True):
    page.mouse.move(*place(*start))
    page.mouse.down()
    page.mouse.move(*place(*end), steps=4)
    if release:
        page.mouse.up()
    settled(page)


def active(page):
    return page.evaluate("(e => e.getAttribute('aria-label') + ': ' + e.getAttribute('aria-valuetext'))(document.activeElement)")


def card(page):
    return page.evaluate("""(e => e.hidden ? null : e.innerText.split(/\\n/).filter(Boolean))(
        document.querySelector('.dial-card'))""")


def answer(page, before, after):
    update(page, 'work', changed(before, after))
    page.evaluate('planes.work.settle()')
    settled(page)


MOVED = {'do': 'move', 'widget': 'work'}


def test_the_nearest_part_is_dragged_and_its_card_says_so(bench):
    bench.mouse.move(*place(75, 233))
    assert card(bench) == ['c 0.00', 'Drag it up or down, or click to type'], 'where three begin, the nearest'
    pull(bench, (150, 245), (150, 265), release=False)          # five px beside the line
    assert sent(bench)[-1] == MOVED | {'handle': 'net', 'item': 0, 'value': [0, 4]}       # 4 px are a step
    assert bench.get_attribute('[data-mark=net] :nth-child(1)', 'stroke-width') == '5.2', 'at once, before any answer'
    bench.mouse.up()
    assert sent(bench)[-1]['done'] is True
    answer(bench, net(), net((4, -2, 0, 4)))
    assert card(bench) == ['a 4.00']
    pull(bench, (80, 150), (80, 1150))
    assert sent(bench)[-1]['value'] == [3, 10], 'not beyond its bounds'


def test_two_parts_that_are_changed_before_an_answer_keep_both(bench):
    pull(bench, (150, 250), (150, 270))
    pull(bench, (80, 150), (80, 130))
    assert [m['value'] for m in sent(bench) if m.get('done')] == [[0, 4], [3, 1.5]]
    assert bench.evaluate("planes.work.mark('net').value.join()") == '4,-2,0,1.5'


def test_a_click_opens_a_field_to_type_in(bench):
    bench.mouse.click(*place(150, 250))
    assert bench.evaluate("document.activeElement.matches('.dial-card input')")
    assert bench.evaluate('getSelection().toString() || document.activeElement.value') == '1.5'
    bench.keyboard.type('-1/3')
    bench.keyboard.press('Enter')
    assert bench.evaluate('sent') == [MOVED | {'handle': 'net', 'item': 0, 'value': [0, '-1/3'], 'done': True}]
    assert active(bench) == 'a: 1.50'
    bench.keyboard.type('7')                                    # a digit begins at once
    bench.keyboard.press('Escape')
    assert (active(bench), bench.evaluate('sent.length')) == ('a: 1.50', 1)
    bench.keyboard.press('Enter')
    bench.keyboard.press('Enter')                               # nothing typed is nothing sent
    assert bench.evaluate('sent.length') == 1


def test_the_whole_net_is_one_tab_stop_and_arrows_go_from_edge_to_edge(bench):
    bench.keyboard.press('Tab')
    assert active(bench) == 'a: 1.50'
    assert card(bench) == ['a 1.50', '↑ ↓ change it, ← → go on, Enter to type']
    ways = [('ArrowRight', 'b'), ('ArrowRight', 'c'), ('End', 'd'), ('ArrowRight', 'd'), ('Home', 'a'), ('ArrowRight', 'b')]
    for key, name in ways:
        bench.keyboard.press(key)
        assert active(bench)[0] == name
    for key, number in [('ArrowUp', -1.5), ('Shift+ArrowDown', -1.55), ('PageUp', 3.45), ('PageDown', -1.55)]:
        bench.keyboard.press(key)
        settled(bench)
        assert sent(bench)[-1]['value'] == [1, number]
    bench.wait_for_function('sent.at(-1).done')
    roles = bench.evaluate("""['role', 'aria-valuenow', 'aria-valuemin', 'aria-orientation'].map(name =>
        document.activeElement.getAttribute(name))""")
    assert roles == ['slider', '-1.55', '-10', 'vertical']
    bench.keyboard.press('Tab')
    assert active(bench) == 'x₁: 3.00'
    bench.keyboard.press('ArrowRight')
    assert active(bench) == 'x₁: 3.00', 'what has no name can’t be set'
    bench.keyboard.press('Shift+Tab')
    assert active(bench)[0] == 'b', 'back to where the reader was'


def test_what_follows_from_others_is_reached_and_told_of_and_never_set(bench):
    scene = net()
    row = scene['marks']['row']
    row |= {'goes': [False, True], 'dials': row['dials'] | {'told': ['', 'y = 2x₁'], 'notes': ['', '= 6']}}
    check(scene)
    swap(bench, scene)
    bench.evaluate("document.querySelector('figure').addEventListener('click', e => { window.clicked = [e.clientX, e.clientY] })")
    bench.keyboard.press('Tab')
    bench.keyboard.press('Tab')
    bench.keyboard.press('ArrowRight')
    said = bench.evaluate("['role', 'aria-label'].map(name => document.activeElement.getAttribute(name))")
    assert said == ['button', 'y = 2x₁, = 6']
    assert card(bench) == ['y = 2x₁', '= 6', '← → go on, Enter goes to its moment']
    bench.keyboard.press('Enter')
    assert bench.evaluate('clicked') == list(place(390, 122)), 'what the player hears as a press'
    bench.keyboard.press('ArrowUp')
    bench.keyboard.press('7')
    pull(bench, (390, 122), (390, 162))
    assert card(bench) is None, 'it would hide what comes in'
    assert bench.evaluate('sent') == []
    bench.keyboard.press('ArrowLeft')
    assert active(bench) == 'x₁: 3.00'


def test_from_a_number_that_is_typed_the_arrows_and_the_sign_go_on(bench):
    bench.focus('[data-mark=row] [data-part="0"]')
    bench.keyboard.press('Enter')
    for typed, act, value in [('7', lambda: bench.keyboard.press('ArrowUp'), 7.5),
                              ('−2', lambda: bench.click('.dial-card [data-by="-1"]'), -2.5),
                              ('5', lambda: bench.evaluate("document.querySelector('.dial-card [data-sign]').click()"), -5),
                              ('1/2', lambda: bench.keyboard.press('ArrowUp'), '1/2')]:
        bench.fill('.dial-card input', typed)
        act()
        bench.wait_for_function('value => sent.at(-1)?.done && sent.at(-1).value[1] === value', arg=value)
    assert not bench.evaluate('sent.some(message => message.value[1] === 3.5)'), 'nor from the number that was there before'


def test_a_pixel_is_pressed_by_mouse_and_by_keys(bench):
    bench.mouse.move(*place(525, 225))
    assert card(bench) == ['network 0']
    bench.mouse.click(*place(575, 225))
    assert sent(bench)[-1] == MOVED | {'handle': 'map', 'item': 1, 'value': [1, 0], 'done': True}
    bench.keyboard.press('ArrowDown')
    bench.keyboard.press('ArrowRight')
    assert bench.evaluate("document.activeElement.getAttribute('aria-label')") == 'network 5'
    bench.keyboard.press('Enter')
    assert sent(bench)[-1]['value'] == [5, 0]


def test_a_finger_taps_to_open_then_drags_and_elsewhere_scrolls(touched):
    touch = finger(touched)

    def go(*places):
        touch('touchStart', place(*places[0]))
        for spot in places[1:]:
            touch('touchMove', place(*spot))
            touched.wait_for_timeout(20)
        touch('touchEnd')
        settled(touched)

    go((150, 250), (150, 260), (150, 300), (150, 340))           # up and down scrolls the page
    assert sent(touched) == []
    touched.evaluate(COME_TO_REST)
    touched.evaluate('scrollTo(0, 0)')
    touched.evaluate(COME_TO_REST)
    go((150, 262))                                               # a tap beside it opens the card, and no keyboard
    assert card(touched)[0] == 'a 1.50'
    assert not touched.evaluate("document.activeElement.matches('input')")
    go((150, 250), (150, 256), (150, 270))                       # now it can be dragged up
    assert sent(touched)[-1] == MOVED | {'handle': 'net', 'item': 0, 'value': [0, 4], 'done': True}
    assert touched.evaluate('scrollY') == 0
    touched.tap('.dial-card [data-by="1"]')
    touched.wait_for_function('sent.at(-1).done && sent.at(-1).value[1] === 4.5')
    touched.tap('.dial-card [data-sign]')
    assert sent(touched)[-1]['value'] == [0, -4.5]
    sizes = touched.evaluate("""[...document.querySelectorAll('.dial-card button')].map(button =>
        Math.min(button.offsetWidth, button.offsetHeight))""")
    assert min(sizes) >= 44
    go((420, 20))                                                # a tap elsewhere closes it
    assert card(touched) is None
    go((80, 150), (100, 150), (120, 148))                        # another, at once, sideways
    assert sent(touched)[-1]['value'] == [3, 8.75]


def test_the_card_follows_a_run_and_a_new_picture(bench):
    bench.mouse.move(*place(150, 250))
    moment = {'net': {'value': np.float32([7, 0, 0, 0]), 'says': ['7.00', '', '', '']}}
    bench.evaluate('marks => planes.work.show(unpack(marks))', packed(moment))
    assert card(bench)[0] == 'a 7.00'
    pull(bench, (150, 250), (150, 254), release=False)
    assert sent(bench)[-1]['value'] == [0, 7.5], 'on from what is seen'
    bench.mouse.up()
    bench.keyboard.press('ArrowRight')
    swap(bench, net((1, 2, 3, 4)))
    assert active(bench) == 'b: '
    bench.evaluate('planes.work.show(null)')
    bench.wait_for_function("document.activeElement.getAttribute('aria-valuetext') === '2.00'")


# ---- points ----

def cloud(x=(100., 300.), y=(100., 200.), turned=(), **more):
    points = {'kind': 'points', 'plane': 'data', 'x': list(x), 'y': list(y), 'r': 6, 'label': 'your points',
              'inks': ['loss' if i in turned else 'model' for i in range(len(x))],
              'dots': {'bounds': [[0, 450], [0, 300]], 'step': [5, 5], 'adds': 'Put a point',
                       'turns': 'Change its class', **more}}
    scene = {'size': [720, 300], 'title': 'Points', 'marks': {'own': points},
             'planes': {'data': {'box': [0, 0, 450, 300], 'x': [0, 450], 'y': [0, 300]}}}
    check(scene)
    return scene


def open_cloud(site, page, **more):
    open_scenes(site, page, {'work': cloud(**more)})
    page.evaluate(JOIN)
    return page


@pytest.fixture
def dotted(site, page):
    return open_cloud(site, page)


def test_a_point_is_dragged_ahead_of_the_engine_and_put_where_there_is_none(dotted):
    pull(dotted, (104, 103), (154, 143), release=False)
    assert sent(dotted)[-1] == MOVED | {'handle': 'own', 'item': 0, 'value': [0, 150, 140]}
    assert [dotted.get_attribute('.own circle', name) for name in ('cx', 'cy')] == ['150', '160']
    dotted.mouse.up()
    assert sent(dotted)[-1]['done'] is True
    answer(dotted, cloud(), cloud(x=(150, 300), y=(140, 200)))
    dotted.mouse.click(*place(220, 60))
    assert sent(dotted)[-1] == MOVED | {'handle': 'own', 'item': -1, 'value': [-1, 220, 60], 'done': True}
    answer(dotted, cloud(x=(150, 300), y=(140, 200)), cloud(x=(150, 300, 220), y=(140, 200, 60)))
    pull(dotted, (220, 60), (900, 60))
    assert sent(dotted)[-1]['value'] == [2, 450, 60]


def test_a_card_offers_to_change_or_remove_a_point(dotted):
    dotted.mouse.click(*place(300, 200))
    assert card(dotted)[:3] == ['point 2', 'Change its class', 'Remove']
    dotted.click('.dial-card button:text("Change")')
    assert dotted.evaluate('sent.at(-1).value') == [1, 'turn', None]
    answer(dotted, cloud(), cloud(turned=[1]))
    assert dotted.get_attribute('.own :nth-child(2)', 'class') == 'loss'
    dotted.click('.dial-card button:text("Remove")')
    assert dotted.evaluate('sent.at(-1).value') == [1, None, None]
    assert card(dotted) is None
    dotted.mouse.click(*place(300, 200))
    dotted.mouse.click(*place(50, 50))
    assert card(dotted) is None
    assert dotted.evaluate('sent.length') == 2, 'a press beside an open card only closes it'


def test_points_by_keys_alone_down_to_none_and_up_again(dotted):
    dotted.keyboard.press('Tab')
    assert dotted.evaluate("document.activeElement.getAttribute('aria-label')") == 'Put a point'
    dotted.keyboard.press('Tab')
    for key in ('PageDown', 'ArrowRight', 'Shift+ArrowDown'):
        dotted.keyboard.press(key)
        settled(dotted)
    assert sent(dotted)[-1]['value'] == [1, 305, 199.5]
    dotted.keyboard.press('Enter')
    assert dotted.evaluate('sent.at(-1).value') == [1, 'turn', None]
    dotted.keyboard.press('Delete')
    assert dotted.evaluate('sent.at(-1).value') == [1, None, None]
    answer(dotted, cloud(), cloud(x=[100.], y=[100.]))
    assert active(dotted)[:7] == 'point 1'
    dotted.keyboard.press('Delete')
    answer(dotted, cloud(x=[100.], y=[100.]), cloud(x=[], y=[]))
    assert dotted.evaluate("document.activeElement.getAttribute('aria-label')") == 'Put a point'
    dotted.keyboard.press('Enter')
    assert dotted.evaluate('sent.at(-1).value') == [-1, 225, 150]
    answer(dotted, cloud(x=[], y=[]), cloud(x=[225.], y=[150.]))
    assert active(dotted)[:7] == 'point 1'
    dotted.keyboard.press('ArrowUp')
    settled(dotted)
    assert dotted.evaluate('sent.at(-1).value') == [0, 225, 155]


def test_a_finger_puts_holds_and_scrolls(site, tablet):
    page = open_cloud(site, tablet)
    touch = finger(page)
    touch('touchStart', place(200, 250))                          # a swipe over empty ground, and over a point: the page scrolls
    for y in range(250, 320, 10):
        touch('touchMove', place(200, y))
    touch('touchEnd')
    assert page.evaluate('sent') == []
    page.wait_for_timeout(400)
    page.evaluate('scrollTo(0, 0)')
    touch('touchStart', place(200, 250))
    touch('touchEnd')
    settled(page)
    assert sent(page)[-1]['value'] == [-1, 200, 250]
    touch('touchStart', place(110, 105))                          # who rests on a point means it, wherever it goes then
    page.wait_for_timeout(400)
    for y in range(105, 165, 10):
        touch('touchMove', place(110, y))
    touch('touchEnd')
    settled(page)
    assert sent(page)[-1] == MOVED | {'handle': 'own', 'item': 0, 'value': [0, 100, 150], 'done': True}
    assert page.evaluate('scrollY') == 0


def test_what_was_typed_and_is_no_number_stays_in_its_field_with_the_reason(bench):
    bench.mouse.click(*place(150, 250))
    bench.keyboard.type('abc')
    bench.keyboard.press('Enter')
    refused = "notice => planes.work.layers[0].refused(sent.at(-1), notice)"
    assert bench.evaluate(refused, '“abc” is no number for a.') is True
    assert bench.input_value('.dial-card input') == 'abc'
    assert card(bench)[-1] == '“abc” is no number for a.'
    bench.mouse.click(*place(420, 20))                      # away from it: it is not sent once more
    assert (card(bench), bench.evaluate('sent.length')) == (None, 1)
    bench.mouse.click(*place(150, 250))
    bench.keyboard.type('2')
    assert '“abc” is no number for a.' not in card(bench)
    bench.keyboard.press('Enter')
    assert bench.evaluate('sent.at(-1).value') == [0, '2']
    assert bench.evaluate(refused, None) is False
