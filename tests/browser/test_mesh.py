"""A surface is painted over the server's picture of it, turned by every hand, and readable in both themes."""
import base64

import numpy as np
import pytest

from app.mesh import bent
from app.scene import check
from tests.browser.harness import drag, finger, focus, open_scenes, packed, place, sent, settled, swap, swipe, update

CENTRE = 200, 190                                           # of the surface, as `place` counts: 300 is the top of the picture
SCREEN = 200, 150                                           # the same in units of the picture, from its top


def hilly(heights='flat', path=(), dot=None, levels=(), **changes):
    """A surface, 300 by 300, and beside it its map; on both x and y go from −1 to 1."""
    x = np.linspace(-1, 1, 61)
    far, near = np.meshgrid(x, x, indexing='ij')
    z = {'flat': np.full((61, 61), .5), 'slope': (near + 1) / 2, 'bowl': (near**2 + far**2) / 2,
         'ridge': np.exp(-((far + .3) / .15)**2)}[heights]
    spoken = {'kind': 'handle', 'plane': 'map', 'move': 'both', 'bounds': [[-1, 1], [-1, 1]], 'step': [.1, .1],
              'says': 'here', 'now': '0', 'min': '0', 'max': '1'}
    marks = {
        'hill': {'kind': 'mesh', 'plane': 'space', 'map': 'map', 'x': [-1, 1], 'y': [-1, 1], **bent(z, [0, 1]), 'z': [0, 1],
                 'yaw': 0, 'pitch': 40,
                 'label': 'a hill', 'names': ['slope', 'intercept', 'loss'], 'levels': list(levels), 'dot': dot,
                 'px': [x for x, _ in path], 'py': [y for _, y in path], 'dots': []},
        'probe': spoken | {'label': 'probe', 'x': .9, 'y': .9, 'hover': True},
        'start': spoken | {'label': 'start', 'x': -.9, 'y': -.9, 'jump': True}}
    scene = {'size': [720, 300], 'title': 'A hill', 'planes': {
        'space': {'box': [50, 0, 300, 300], 'x': [0, 1], 'y': [0, 1]},
        'map': {'box': [400, 0, 300, 300], 'x': [-1, 1], 'y': [-1, 1]}},
        'marks': {key: mark | changes.get(key, {}) for key, mark in marks.items()}}
    check(scene)
    return scene


def opened(site, page, equipped=True, **scene):
    open_scenes(site, page, {'work': hilly(**scene)})
    for sheet in ('tokens.css', 'widgets.css'):
        page.add_style_tag(url=f'/{sheet}')
    page.add_style_tag(content='figure { margin: 40px 0 900px !important }')      # as `place` takes it
    if equipped:
        page.evaluate("import('/mesh.js').then(({ Painter }) => planes.work.equip('mesh', Painter))")
        page.wait_for_function('document.querySelector(".hill canvas")')
        still(page)
    return page


@pytest.fixture
def touched(site, tablet):
    return opened(site, tablet)


def still(page):
    """Until nothing turns and the fine picture is there."""
    page.wait_for_function('Object.values(planes.work.painted).every(m => !m.frame && !m.turning && !m.stale)')


def camera(page):
    return page.evaluate('[planes.work.painted.hill.camera.yaw, planes.work.painted.hill.camera.pitch]')


def pixels(page):
    """The painted surface, (rows, columns, 4), one pixel for each unit of the picture."""
    data = page.evaluate('''() => { const canvas = document.querySelector('.hill foreignObject:not(.ground) canvas')
      const small = Object.assign(document.createElement('canvas'), { width: 300, height: 300 }), pen = small.getContext('2d')
      pen.drawImage(canvas, 0, 0, 300, 300)
      const bytes = pen.getImageData(0, 0, 300, 300).data, parts = []
      for (let i = 0; i < bytes.length; i += 30000) parts.push(String.fromCharCode(...bytes.subarray(i, i + 30000)))
      return btoa(parts.join('')) }''')
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(300, 300, 4).astype(int)


def ink(page, name):
    """A colour of the style sheet as it is now, [r, g, b]."""
    return page.evaluate('''name => { const i = document.querySelector('figure').appendChild(document.createElement('i'))
      i.style.color = `var(--${name})`
      const found = getComputedStyle(i).color.match(/[\\d.]+/g).map(Number)
      i.remove()
      return found }''', name)


def coloured(page, name, within=40):
    """Which pixels have about this colour."""
    picture = pixels(page)
    return (np.abs(picture[..., :3] - ink(page, name)).max(axis=2) < within) & (picture[..., 3] > 200)


# ---- what is seen ----

def test_the_servers_picture_stays_until_the_surface_can_be_painted(site, page):
    opened(site, page, equipped=False)
    page.evaluate('written()')
    update(page, 'work', {'hill': {'px': np.array([0., .5]), 'py': np.array([0., .5])}})
    assert page.evaluate('written()') == []
    assert page.locator('.hill polyline').count() == 11
    page.evaluate("import('/mesh.js').then(({ Painter }) => planes.work.equip('mesh', Painter))")
    page.wait_for_function('document.querySelector(".hill canvas")')
    still(page)
    assert page.locator('.hill polyline').count() == 0
    assert pixels(page)[150, 150, 3] == 255


def test_a_higher_place_has_another_colour_and_contour_lines_stand_where_they_should(site, page):
    opened(site, page, heights='slope', levels=[.25, .5, .75])
    row = pixels(page)[150, :, :3].mean(axis=1)
    low, high = row[80], row[220]
    assert high < low - 30, 'the higher, the darker, in the light theme'
    dark = np.flatnonzero(row[60:240] < np.convolve(np.pad(row, 4, 'edge'), np.ones(9) / 9, 'valid')[60:240] - 8) + 60
    found = [cluster.mean() for cluster in np.split(dark, np.flatnonzero(np.diff(dark) > 3) + 1)]
    unit = 300 / 1.52
    assert found == pytest.approx([150 - unit / 4, 150, 150 + unit / 4], abs=2)


def test_what_is_behind_a_hill_is_only_hinted_at(site, page):
    before, behind = ((-.5, -.8), (.5, -.8)), ((-.5, .1), (.5, .1))
    opened(site, page, heights='ridge', path=before)
    seen = coloured(page, 'step').sum()
    update(page, 'work', {'hill': {'px': np.array([-.5, .5]), 'py': np.array([behind[0][1]] * 2)}})
    page.evaluate('() => { planes.work.painted.hill.camera.pitch = 20; planes.work.painted.hill.ask(true) }')
    still(page)
    assert seen > 150
    assert coloured(page, 'step').sum() < 20
    page.evaluate('() => { planes.work.painted.hill.camera.pitch = 86; planes.work.painted.hill.ask(true) }')
    still(page)
    assert coloured(page, 'step').sum() > 150, 'from above it is there'


def test_a_run_walks_over_the_surface_and_a_handle_of_the_map_is_on_it_at_once(site, page):
    opened(site, page, hill={'dots': ['start']})
    assert coloured(page, 'step').sum() == 0
    page.evaluate('marks => planes.work.show(unpack(marks))', packed({'hill': {
        'px': np.float32([-.5, .5]), 'py': np.float32([0, 0]), 'dot': np.float32([.5, 0])}}))
    still(page)
    assert coloured(page, 'step').sum() > 150
    page.evaluate('planes.work.show(null)')
    still(page)
    assert coloured(page, 'step').sum() == 0
    before = coloured(page, 'model')
    page.evaluate("() => { const { motion } = planes.work; motion.reach('start', 0, 0) }")
    settled(page)
    still(page)
    after = coloured(page, 'model')
    rows, columns = np.nonzero(after)
    assert (np.mean(columns), np.mean(rows)) == pytest.approx((150, 150), abs=3)
    assert (before & after).sum() == 0


def test_both_themes_are_painted_as_they_come_and_are_clear_in_grey(site, page):
    """Colour is never alone: low and high differ in lightness, and so do lines from what they stand on."""
    def lightness(colour):
        return np.dot(np.array(colour[:3]) / 255, [.2126, .7152, .0722])

    opened(site, page, heights='bowl')
    pictures = {}
    for theme in ('light', 'dark', 'light'):
        page.evaluate('theme => { document.documentElement.dataset.theme = theme }', theme)
        still(page)
        page.wait_for_timeout(50)
        still(page)
        low, high, paper = (ink(page, name) for name in ('mesh-low', 'mesh-high', 'paper'))
        assert abs(lightness(low) - lightness(high)) > .3
        for mark in ('gradient', 'step', 'text'):
            assert abs(lightness(ink(page, mark)) - lightness(paper)) > .3, 'each is edged with the paper’s colour'
        pictures.setdefault(theme, []).append(pixels(page))
    assert np.abs(pictures['light'][0] - pictures['light'][1]).max() <= 2
    assert np.abs(pictures['light'][0] - pictures['dark'][0])[..., :3].mean() > 20


@pytest.mark.parametrize('width', [720, 340])
def test_its_words_are_as_large_as_those_of_the_picture(site, page, width):
    page.add_init_script('''globalThis.written_words = []
      const fill = CanvasRenderingContext2D.prototype.fillText
      CanvasRenderingContext2D.prototype.fillText = function (words, x, y) {
        const box = this.canvas.getBoundingClientRect(), { width } = this.measureText(words)
        const left = this.textAlign === 'center' ? x - width / 2 : x
        const size = parseFloat(this.font) * box.width / this.canvas.width
        globalThis.written_words.push([words, size, left, left + width, this.canvas.width])
        return fill.call(this, words, x, y)
      }''')
    opened(site, page)
    page.set_viewport_size({'width': width, 'height': 600})
    page.wait_for_timeout(100)
    page.evaluate('written_words.length = 0')
    page.evaluate('planes.work.painted.hill.turn(30, 40)')
    still(page)
    words = page.evaluate('written_words')
    assert {said for said, *_ in words} == {'slope', 'intercept', 'loss'}
    scale = page.evaluate('document.querySelector("svg").getScreenCTM().a')
    for _, size, left, right, wide in words:
        assert size == pytest.approx(16 * scale, rel=.02)
        assert left >= 0 and right <= wide + 1


# ---- turning it ----

def test_a_mouse_turns_it_and_a_double_click_turns_it_back(site, page):
    opened(site, page, heights='bowl')
    before = pixels(page)
    drag(page, CENTRE, (260, 170))
    assert camera(page) == pytest.approx([30, 48])
    assert page.get_attribute('[data-mark=hill]', 'aria-valuenow') == '30'
    assert page.evaluate('document.activeElement.dataset.mark') == 'hill'
    still(page)
    assert np.abs(pixels(page) - before).mean() > 2
    drag(page, CENTRE, (200, -900))
    assert camera(page)[1] == 86
    drag(page, CENTRE, (200, 1900))
    assert camera(page)[1] == 14
    page.mouse.dblclick(*place(*CENTRE))
    assert camera(page) == [0, 40]
    still(page)
    assert np.abs(pixels(page) - before).max() <= 2
    assert [message for message in sent(page) if message['handle'] == 'probe' and message.get('done')] == []


def test_a_finger_turns_it_sideways_and_scrolls_the_page_up_and_down(touched):
    swipe(touched, CENTRE, across=60, down=3)
    assert camera(touched)[0] == pytest.approx(30, abs=8)
    assert touched.evaluate('scrollY') == 0
    turned = camera(touched)
    swipe(touched, CENTRE, down=-120)
    touched.wait_for_function('scrollY > 50')
    assert camera(touched) == turned
    assert sent(touched) == []


def test_keys_turn_it_and_home_turns_it_back(site, page):
    opened(site, page)
    focus(page, 'hill')
    for key in ('ArrowRight', 'ArrowRight', 'Shift+ArrowLeft', 'ArrowUp', 'Control+ArrowUp'):
        page.keyboard.press(key)
    assert camera(page) == [9, 45]
    page.keyboard.press('Home')
    assert camera(page) == [0, 40]
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.dataset.mark') == 'probe'
    assert sent(page) == []


def test_a_new_picture_is_turned_as_the_old_one_was_and_keeps_the_focus(site, page):
    opened(site, page)
    focus(page, 'hill')
    page.keyboard.press('ArrowRight')
    swap(page, hilly(heights='bowl'))
    page.wait_for_function('document.querySelector(".hill canvas")')
    still(page)
    assert camera(page) == [5, 40]
    assert page.evaluate('document.activeElement.dataset.mark') == 'hill'
    page.keyboard.press('ArrowRight')
    assert camera(page) == [10, 40]


# ---- a place of the surface is a place of its map ----

def test_a_click_on_the_surface_brings_the_handle_of_the_map_there(site, page):
    opened(site, page, heights='slope')
    page.mouse.move(*place(*CENTRE))
    page.mouse.click(*place(200, 150))                      # its very middle
    settled(page)
    last = sent(page)[-1]
    assert (last['handle'], last['done']) == ('start', True)
    assert last['value'] == pytest.approx([0, 0], abs=.02)
    unit = 300 / 1.52
    page.mouse.click(*place(200 + unit / 4, 150 + .25 * .6 * unit * np.cos(np.radians(40))))      # and a quarter up the slope
    settled(page)
    assert sent(page)[-1]['value'] == pytest.approx([.5, 0], abs=.02)


def test_a_mouse_that_passes_takes_the_probe_along_on_the_surface_too(site, page):
    opened(site, page)
    page.mouse.move(*place(190, 150))
    page.mouse.move(*place(200, 150))
    settled(page)
    last = sent(page)[-1]
    assert last['handle'] == 'probe' and not last.get('done')
    assert last['value'] == pytest.approx([0, 0], abs=.02)
    count = len(sent(page))
    page.mouse.move(*place(60, 290))                        # beside the surface
    settled(page)
    assert len(sent(page)) == count


def test_a_tap_on_the_surface_brings_the_handle_there(touched):
    touch = finger(touched)
    touch('touchStart', place(200, 150))
    touch('touchEnd')
    settled(touched)
    assert [(m['handle'], m['done']) for m in sent(touched)] == [('start', True)]
