"""A thousand networks in a real browser: played, sorted, lit up, looked at, and opened, by mouse, by keys and by touch."""
import pytest

from lessons.xor import shares
from lessons.xor.state import State
from lessons.xor.thousand import orders
from lessons.xor.thousand import thousand as train_thousand
from tests.browser.conftest import PHONE
from tests.browser.harness import idle

NAME = 'a-thousand-networks'
THOUSAND = f'[data-widget={NAME}]'
MAP = '[data-widget=where-it-works]'
COLUMNS, ROWS = 40, 25


@pytest.fixture(scope='module')
def many():
    return train_thousand(State().thousand_asked())


def open_at(server, page, widget, address='xor'):
    page.goto(f'{server.url}/{address}')
    page.locator(f'{widget} .picture').scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    page.wait_for_selector(f'{widget} .player[data-ready]')


def play_to_the_end(page):
    page.locator(f'{THOUSAND} [data-do=play]').click()
    page.wait_for_function(f'() => globalThis.nudge.page.players["{NAME}"].run')
    page.evaluate(f'''() => {{ const p = globalThis.nudge.page.players["{NAME}"]; p.seek(p.last) }}''')
    page.wait_for_selector(f'{THOUSAND} canvas')


def params(page):
    return page.evaluate('globalThis.nudge.page.params')


def answered(page):
    idle(page)


def tile(page, place):
    """The middle of this place of the field, on the screen."""
    box = page.locator(f'{THOUSAND} canvas').bounding_box()
    return (box['x'] + (place % COLUMNS + .5) * box['width'] / COLUMNS,
            box['y'] + (place // COLUMNS + .5) * box['height'] / ROWS)


def card(page):
    return page.locator(f'{THOUSAND} .dial-card').inner_text().replace('\n', ' ')


def painted(page, place):
    """Red, green and blue in the middle of this place."""
    return page.evaluate('''([widget, across, up]) => { const c = document.querySelector(`${widget} canvas`)
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
      copy.drawImage(c, -Math.floor(across * c.width), -Math.floor(up * c.height))
      return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)] }''',
                         [THOUSAND, (place % COLUMNS + .5) / COLUMNS, (place // COLUMNS + .5) / ROWS])


def test_a_thousand_are_played_sorted_and_opened(server, page, many):
    open_at(server, page, THOUSAND)
    play_to_the_end(page)
    learnt = int(many.succeeded.sum())
    assert f'{learnt} of 1,000 have learnt XOR' in page.locator(f'{THOUSAND} .wide .says').text_content()
    assert f'{learnt} of 1,000' in page.locator(f'{THOUSAND} [data-verdict]').text_content()
    rows = page.locator(f'{THOUSAND} details tbody tr')
    assert rows.count() == 9 and sum(int(row.locator('td').nth(2).text_content()) for row in rows.all()) == learnt
    page.wait_for_timeout(100)
    lost, found = int((~many.succeeded).argmax()), int(many.succeeded.argmax())
    red, _, blue = painted(page, lost)
    assert red > blue + 60, 'who has not learnt it glows'
    red, _, blue = painted(page, found)
    assert blue > red + 60

    page.locator(f'{THOUSAND} select[data-parameter=order]').select_option('loss')
    answered(page)
    page.wait_for_function(f'() => globalThis.nudge.page.planes["{NAME}"].painted.networks.began === null')
    order = orders(many)['loss']
    page.locator(f'{THOUSAND} canvas').scroll_into_view_if_needed()
    page.mouse.move(*tile(page, 137))
    page.wait_for_timeout(50)
    assert card(page).startswith(f'network {order[137]} loss ') and 'in the end' in card(page), 'the one who stands there now'
    page.mouse.click(*tile(page, 137))
    page.wait_for_function(f'() => globalThis.nudge.page.params.which === {order[137]}')
    assert f'Network {order[137]} is above' in page.locator(f'{THOUSAND} .wide .chosen').text_content()
    weights = State(which=int(order[137])).start().layers[0].W
    answered(page)
    shown = page.evaluate('''() => Object.values(globalThis.nudge.page.planes['train-it'].scene.marks)
      .filter(m => m.kind === 'edges').flatMap(m => Array.from(m.value))''')
    assert any(abs(weights[0, 0] - weight) < 1e-6 for weight in shown), 'the trainer has its weights'
    page.mouse.click(*tile(page, 137))
    page.wait_for_function('''() => { const r = document.getElementById('train-it').getBoundingClientRect()
      return r.bottom > 100 && r.top < innerHeight - 100 }''')
    assert page.evaluate('document.activeElement.closest("figure").dataset.widget') == 'train-it'


def test_all_of_it_by_keys(server, page, many):
    open_at(server, page, THOUSAND)
    play_to_the_end(page)
    page.locator(f'{THOUSAND} .networks [data-part]').focus()
    for key in ('ArrowRight', 'ArrowRight', 'ArrowDown'):
        page.keyboard.press(key)
    label = page.evaluate('document.activeElement.getAttribute("aria-label")')
    assert label.startswith('network 42, loss ') and 'in the end' in label
    page.keyboard.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.which === 42')
    page.locator(f'{THOUSAND} .wide .cards [data-part="0"]').focus()
    page.keyboard.press('ArrowDown')
    page.keyboard.press(' ')
    page.wait_for_function('() => globalThis.nudge.page.params.lights === "1110"')
    answered(page)
    assert page.locator(f'{THOUSAND} select[data-parameter=lights]').input_value() == '1110'
    seed = params(page)['seed']
    page.locator(f'{THOUSAND} [data-do=new]').press('Enter')
    page.wait_for_function(f'() => globalThis.nudge.page.params.seed === {seed + 1}')
    assert params(page)['which'] == -1


def test_a_finger_sees_the_numbers_and_a_press_on_the_map_sets_them(server, new_page):
    page = new_page(**PHONE)
    open_at(server, page, THOUSAND)
    play_to_the_end(page)
    page.locator(f'{THOUSAND} canvas').evaluate('canvas => canvas.scrollIntoView({ block: "center" })')
    page.touchscreen.tap(*tile(page, 500))
    page.wait_for_function('() => globalThis.nudge.page.params.which >= 0')
    assert card(page).startswith(f'network {params(page)["which"]} ')

    page.locator(f'{MAP} .picture').evaluate('picture => picture.scrollIntoView({ block: "center" })')
    cells = page.locator(f'{MAP} .narrow .shares rect')
    at = shares.RATES.index(2.0) + len(shares.RATES) * shares.OVER['spread'].index(3.0)
    cells.nth(at).tap()
    page.wait_for_function('() => globalThis.nudge.page.params.rate === 2 && globalThis.nudge.page.params.spread === 3')
    answered(page)
    here, cell = page.locator(f'{MAP} .narrow .here rect').bounding_box(), cells.nth(at).bounding_box()
    assert abs(here['x'] + here['width'] / 2 - cell['x'] - cell['width'] / 2) < 2
    assert abs(here['y'] + here['height'] / 2 - cell['y'] - cell['height'] / 2) < 2


def test_a_map_tells_how_far_it_is_and_can_be_stopped(server, page):
    open_at(server, page, MAP)
    page.locator(f'{MAP} [data-do=play]').click()
    page.wait_for_function(f'() => / of 70 cells/.test(document.querySelector("{MAP} .player").textContent)')
    page.locator(f'{MAP} [data-do=stop]').click()
    page.wait_for_function(f'() => !/ of 70 cells/.test(document.querySelector("{MAP} .player").textContent)')
    assert page.locator(f'{MAP} .wide .shares text').first.text_content() == '?'
