"""The way forward inside a network, through the page: what is pressed is looked at, and what shows one number shines together."""
from playwright.sync_api import expect

from lessons.inside_a_network.state import State
from tests.browser.harness import idle, opened

GLOWS = '''() => [...document.querySelectorAll('[data-glows]')].filter(e => e.checkVisibility()).map(e =>
  (e.closest('[data-mark]')?.dataset.mark ?? e.dataset.value ?? e.dataset.symbol) + ' ' + e.textContent)'''


def params(page, *names):
    idle(page)
    return [page.evaluate(f'globalThis.nudge.page.params.{name}') for name in names]


def press(page, figure, mark, column, row, shape):
    """On a number of an image with this shape: (rows, columns)."""
    image = figure.locator(f'.wide [data-mark={mark}] > *').first
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    page.mouse.click(box['x'] + (column + .5) * box['width'] / shape[1], box['y'] + (row + .5) * box['height'] / shape[0])


def says(figure, mark):
    return figure.locator(f'.wide [data-mark={mark}]')


def test_the_way_forward_by_mouse_and_by_keys(page, server):
    opened(page, f'{server.url}/inside-a-network', 'through-three-layers', parts=True)
    a_number_that_is_pressed_is_looked_at(page, page.locator('#through-three-layers'), page.locator('#one-unit-at-work'))
    table_and_formula_shine_together(page, page.locator('#from-logits-to-loss'))


def a_number_that_is_pressed_is_looked_at(page, figure, unit):
    press(page, figure, 'z2', 5, 1, (4, 16))
    expect(says(unit, 'end')).to_have_text(State(layer=2, unit2=21).unit_says())
    assert params(page, 'layer', 'unit', 'unit2') == [2, State().unit, 21]
    page.keyboard.press('ArrowRight')
    page.keyboard.press('Enter')
    expect(says(figure, 'unit-0')).to_have_text(State(layer=2, unit2=22).unit_says())
    figure.locator('[data-scrub]').focus()
    figure.locator('[data-do=step]').click()
    expect(figure.locator('[data-moment]')).to_have_text('Rows 1 to 4 are taken: 112 of 784 numbers')
    expect(says(figure, 'ring')).to_be_hidden()
    page.evaluate('globalThis.nudge.page.send({ do: "set", parameter: "example", value: 3 })')
    expect(says(figure, 'unit-0')).to_have_text(State(layer=2, unit2=22, example=3).unit_says())
    expect(figure.locator('[data-moment]')).to_have_text('Rows 1 to 4 are taken: 112 of 784 numbers')
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    expect(figure.locator('[data-verdict]')).to_contain_text('109,184 multiplications')
    expect(says(figure, 'ring')).to_be_visible()

    unit.locator('select').first.focus()
    unit.locator('select').first.select_option('3')
    expect(says(unit, 'end')).to_have_text(State(layer=3, example=3).unit_says())
    expect(unit.locator('select').first).to_be_focused()
    expect(unit.locator('[data-parameter=unit3]')).to_have_attribute('max', '9')
    press(page, unit, 'products', 4, 1, (4, 16))
    expect(says(unit, 'one')).to_have_text(State(layer=3, example=3, weight3=20).weight_says())
    unit.locator('select').first.select_option('1')
    expect(says(unit, 'end')).to_have_text(State(example=3).unit_says())
    press(page, unit, 'weights', 5, 8, (28, 28))
    page.keyboard.press('ArrowRight')
    assert page.evaluate('document.activeElement.getAttribute("aria-label")') == 'row 9, column 7', 'keys say where they are'


def table_and_formula_shine_together(page, figure):
    figure.scroll_into_view_if_needed()
    expect(figure.locator('.wide [data-mark=logits] [data-part]').first).to_be_attached()
    cell = figure.locator('.wide [data-mark=logits] rect').nth(4)
    cell.click()
    expect(page.locator('.dial-card input:visible')).to_be_focused()
    page.keyboard.type('8,1')
    page.keyboard.press('Enter')
    expect(says(figure, 'says-0')).to_contain_text('2 digits are equally likely')
    figure.locator('.wide [data-mark=digits] rect').nth(4).click()
    expect(page.locator('mn[data-value=true_digit]').first).to_have_text('4')
    figure.locator('select').first.select_option('given')
    expect(page.locator('mn[data-value=p_right]').first).to_have_text('0.0133')
    for value, own in (('exp_right', 'powers 44.70'), ('p_right', 'shares 0.0133'), ('table_loss', 'paid loss 4.3172')):
        page.locator(f'mn[data-value={value}]').first.hover()
        assert own in page.evaluate(GLOWS), value
    figure.locator('.wide [data-mark=powers] text').nth(4).hover()
    assert {'exp_right 44.70', 'e-sum 3,351.63', 'exp_sum 3,351.63'} <= set(page.evaluate(GLOWS))
    knob = figure.locator('.wide [data-mark=p] .knob').bounding_box()
    x, y = knob['x'] + knob['width'] / 2, knob['y'] + knob['height'] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 100, y + 100, steps=5)
    page.mouse.up()
    logits, of = params(page, 'logits', 'logits_of')
    state = State(logits=logits, logits_of=of, right=4)
    assert of == 'own' and 0.4 < state.shares().p[4] < 0.6
    expect(page.locator('mn[data-value=table_loss]').first).to_have_text(state.table_loss())
    figure.locator('select').first.select_option('huge')
    expect(figure.locator('.wide')).to_contain_text('No computer')
    figure.locator('input[type=checkbox]').check()
    expect(figure.locator('.wide')).not_to_contain_text('No computer')
    expect(says(figure, 'e-head')).to_have_text('e^(z − max)')
