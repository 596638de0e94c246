"""A digit is drawn on the page with mouse, finger and keys, and known while it is being drawn."""
from playwright.sync_api import expect

from core.strokes import drawn
from lessons.drawn import text_of
from lessons.inside_a_network.state import State
from tests.browser.harness import finger, idle

SEVEN = (.08, .08), (.2, .08), (.3, .08), (.27, .15), (.22, .25), (.18, .35)      # in the corner; shares of the pad
INK = '''([pad, x, y]) => { const canvas = document.querySelector(pad), pen = canvas.getContext('2d')
  return pen.getImageData(Math.floor(x * 28), Math.floor(y * 28), 1, 1).data[0] }'''


def opened(page, server, width):
    page.goto(f'{server.url}/inside-a-network')
    figure = page.locator(f'#draw-a-digit .{width}')
    page.locator('#draw-a-digit').scroll_into_view_if_needed()
    expect(figure.locator('.pad canvas')).to_be_attached()
    return figure


def place(figure, x, y):
    box = figure.locator('.pad canvas').bounding_box()
    return box['x'] + x * box['width'], box['y'] + y * box['height']


def inked(page, width, x, y):
    return page.evaluate(INK, [f'#draw-a-digit .{width} .pad canvas', x, y]) > 200


def test_a_digit_is_drawn_in_a_corner_erased_cleared_and_drawn_with_keys(page, server):
    figure = opened(page, server, 'wide')
    says, pad = figure.locator('.says-0 text'), figure.locator('.pad')
    expect(says).to_have_text(State().verdict())
    page.mouse.move(*place(figure, *SEVEN[0]))
    page.mouse.down()
    assert inked(page, 'wide', *SEVEN[0]), 'ink is there before any answer'
    assert not inked(page, 'wide', .5, .5), 'the test digit has gone with the first stroke'
    for point in SEVEN[1:]:
        page.mouse.move(*place(figure, *point), steps=6)
    expect(says).to_contain_text('It says 7')                    # while the pen is still down
    page.mouse.up()
    idle(page)
    params = page.evaluate('globalThis.nudge.page.params')
    state = State(drawing=params['drawing'], shows='own')
    assert params['shows'] == 'own' and state.answer() == 7
    strokes = drawn([[(28 * x, 28 * y) for x, y in SEVEN]], 1.2)
    assert text_of(strokes) == params['drawing'], 'what was drawn is what the pointer did'
    expect(figure.locator('.box polyline')).not_to_have_attribute('points', '')
    page.wait_for_function('() => location.search.includes("drawing=")')
    a_finger_draws_and_the_page_stays(page, figure)
    a_link_in_the_words_leaves_the_drawing(page)
    tools_and_keys(page, figure, pad, says)
    other_weights(page, says)


def a_finger_draws_and_the_page_stays(page, figure):
    touch, before = finger(page), page.evaluate('scrollY')
    touch('touchStart', place(figure, .6, .3))
    for n in range(1, 9):
        touch('touchMove', place(figure, .6, .3 + .06 * n))
    touch('touchEnd')
    idle(page)
    assert inked(page, 'wide', .6, .7) and inked(page, 'wide', *SEVEN[0])
    assert page.evaluate('scrollY') == before


def a_link_in_the_words_leaves_the_drawing(page):
    drawing = page.evaluate('globalThis.nudge.page.params.drawing')
    page.locator('a[data-set*="317"]').click()
    page.wait_for_function('() => globalThis.nudge.page.params.shows === "test"')
    assert drawing and page.evaluate('globalThis.nudge.page.params.drawing') == drawing
    page.locator('#draw-a-digit select[data-parameter=shows]').select_option(label='your drawing')
    page.evaluate('document.querySelector("#draw-a-digit").scrollIntoView()')
    idle(page)


def tools_and_keys(page, figure, pad, says):
    cells = figure.locator('.tools rect')
    expect(figure.locator('.tools [data-part]').first).to_be_attached()
    cells.nth(1).click()
    page.wait_for_function('() => globalThis.nudge.page.params.tool === "eraser"')
    page.mouse.move(*place(figure, *SEVEN[0]))
    page.mouse.down()
    page.mouse.move(*place(figure, *SEVEN[2]), steps=4)
    page.mouse.up()
    idle(page)
    assert not inked(page, 'wide', *SEVEN[1]) and inked(page, 'wide', *SEVEN[5])
    cells.nth(2).click()
    expect(says).to_contain_text('Nothing is drawn')
    assert page.evaluate('[globalThis.nudge.page.params.drawing, globalThis.nudge.page.params.tool]') == ['', 'pen']
    page.keyboard.press('Tab')
    pad.focus()
    for key in ('Enter', *['ArrowDown'] * 9, 'Enter'):
        page.keyboard.press(key)
    expect(pad).to_have_attribute('aria-valuetext', 'row 24, column 15, ink')
    expect(says).to_contain_text('It says 1')
    page.keyboard.press(' ')
    expect(pad).to_have_attribute('aria-valuetext', 'row 24, column 15, paper')
    for key in ('ArrowUp', 'ArrowLeft', 'ArrowLeft', 'ArrowRight'):
        page.keyboard.press(key)
    expect(pad).to_have_attribute('aria-valuetext', 'row 23, column 14, ink')
    page.keyboard.press('Delete')
    expect(says).to_contain_text('Nothing is drawn')
    idle(page)


def other_weights(page, says):
    """A network that does not exist yet is not shown as one; a test digit shows itself."""
    page.locator('#draw-a-digit select[data-parameter=weights]').select_option(label='trained by you')
    expect(says).to_contain_text('You have not trained a network yet')
    page.locator('#draw-a-digit select[data-parameter=weights]').select_option(label='trained')
    page.locator('#draw-a-digit input[data-parameter=example]').press('ArrowRight')
    state = State(example=318)              # the one beside that of the link
    expect(says).to_have_text(state.verdict())
    assert page.evaluate('globalThis.nudge.page.params.shows') == 'test'
