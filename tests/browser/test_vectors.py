"""Lists and arrows through the page: terms that are typed, tips that are dragged, a picture that is unrolled."""
from playwright.sync_api import expect

from lessons.vectors.state import State
from tests.browser.harness import idle, opened


def params(page):
    idle(page)
    return page.evaluate('globalThis.nudge.page.params')


def test_a_weight_is_typed_and_its_term_and_the_sum_follow(page, server):
    figure = opened(page, f'{server.url}/vectors', 'three-numbers')
    cell = figure.locator('.wide [data-mark=per_year] [data-part]')
    expect(cell).to_be_attached()
    box = cell.bounding_box()
    page.mouse.click(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2)
    expect(page.locator('.dial-card input')).to_be_focused()
    page.keyboard.type('2500')
    page.keyboard.press('Enter')
    assert params(page)['per_year'] == 2500
    state = State(per_year=2500)
    expect(figure.locator('.wide [data-mark=term-2]')).to_have_text('= 75')
    expect(figure.locator('.wide [data-mark=price]')).to_have_text(f'= {state.price_says()}')
    expect(page.locator('output[data-value=terms_say]')).to_have_text('300 + 30 + 75')
    expect(figure.locator('.wide [data-mark=minus] rect')).to_have_count(0)


def test_arrows_meet_at_a_right_angle_under_the_hand_and_one_may_have_no_length(page, server):
    figure = opened(page, f'{server.url}/vectors', 'drag-the-arrows')
    figure.locator('.wide [data-mark=b]').focus()
    for key in ('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowUp'):      # from (2, 3) to (−1, 4), upright on (4, 1)
        page.keyboard.press(key)
    assert {name: params(page)[name] for name in ('b_across', 'b_up')} == {'b_across': -1, 'b_up': 4}
    expect(figure.locator('.wide [data-mark=verdict]')).to_have_text('zero: a right angle')
    expect(figure.locator('.wide [data-mark=says-1]')).to_have_text('4 · (−1) + 1 · 4 = 0')
    page.locator('a[data-set]', has_text='An arrow without length').click()
    expect(figure.locator('.wide [data-mark=says-2]')).to_have_text('b has no length: no angle,')
    knob = figure.locator('.wide [data-mark=b] .knob').bounding_box()
    x, y = knob['x'] + knob['width'] / 2, knob['y'] + knob['height'] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 70, y, steps=5)
    page.mouse.up()
    assert params(page)['b_across'] < -1 and params(page)['b_up'] == 0, 'it can be fetched back'
    expect(figure.locator('.wide [data-mark=verdict]')).to_have_text('negative: more than a right angle')


def test_a_picture_becomes_a_list_and_comes_back_when_a_pixel_is_pointed_at(page, server):
    figure = opened(page, f'{server.url}/vectors', 'row-by-row')
    expect(figure.locator('[data-player][data-ready]')).to_have_count(1)
    for _ in range(3):
        figure.locator('[data-do=step]').click()
    expect(figure.locator('[data-moment]')).to_have_text('Row 3 is taken: the list has 84 numbers')
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    expect(figure.locator('[data-verdict]')).to_contain_text('one list of 28 · 28 = 784 numbers')
    box = figure.locator('.wide [data-mark=pixels]').bounding_box()
    page.mouse.click(box['x'] + box['width'] * 20.5 / 28, box['y'] + box['height'] * 1.5 / 28)
    assert (params(page)['row'], params(page)['column']) == (2, 21)
    state = State(row=2, column=21)
    expect(figure.locator('.wide [data-mark=place]')).to_have_text('28 · 1 + 21 = 49')
    expect(figure.locator('.wide [data-mark=value]')).to_have_text(f'number 49 of the list is {state.brightness():.2f}')
    expect(figure.locator('.wide [data-mark=taken] rect')).to_have_count(0)
