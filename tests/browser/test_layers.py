"""Rows, neurons and results through the page: what lights up together, what is typed, what bends, who waits for whom."""
from playwright.sync_api import expect

from lessons.layers.state import State
from tests.browser.harness import idle, opened

GLOWS = '''() => [...document.querySelectorAll('[data-glows]')].filter(e => e.checkVisibility()).map(e =>
  e.closest('[data-mark]')?.dataset.mark ?? e.closest('[id]').id)'''


def answered(page):
    idle(page)


def middle(locator):
    box = locator.bounding_box()
    return box['x'] + box['width'] / 2, box['y'] + box['height'] / 2


def test_a_row_a_neuron_and_a_result_light_up_together_by_mouse_and_by_key(page, server):
    figure = opened(page, f'{server.url}/layers', 'row-by-row', parts=True)
    together = {'row-1', 'biases', 'z', 'says-1', 'net-edges', 'net-nodes', 'the-same-in-code'}
    for part in ('[data-mark=row-1] rect', '[data-mark=z] rect', '[data-mark=net-nodes] circle:nth-of-type(4)'):
        page.mouse.move(4, 300)
        page.mouse.move(*middle(figure.locator(f'.wide {part}').first))
        page.wait_for_function('() => document.querySelector("[data-glows]")')
        assert set(page.evaluate(GLOWS)) >= together, part
    page.mouse.move(4, 300)
    page.keyboard.press('Tab')
    figure.locator('.wide [data-mark=row-2] [data-part="0"]').focus()
    page.keyboard.press('ArrowUp')
    page.wait_for_function('() => globalThis.nudge.page.params.w21 === 3.5')
    assert {'row-2', 'z', 'net-nodes', 'the-same-in-code'} <= set(page.evaluate(GLOWS)), 'the changed line still glows'
    expect(page.locator('#the-same-in-code code span[data-lit=unit-2]').first).to_contain_text('[3.5, 1, 4]')


def test_a_number_is_typed_in_its_cell_and_everything_follows(page, server):
    figure = opened(page, f'{server.url}/layers', 'row-by-row', parts=True)
    cell = figure.locator('.wide [data-mark=row-1] rect').first
    for typed, value in (('-2.5', -2.5), ('nonsense', -2.5)):
        page.mouse.click(*middle(cell))
        expect(page.locator('.dial-card input').first).to_be_focused()
        page.keyboard.type(typed)
        page.keyboard.press('Enter')
        answered(page)
        assert page.evaluate('globalThis.nudge.page.params.w11') == value
        page.keyboard.press('Escape')
    figure.locator('.wide [data-mark=row-1] [data-part="0"]').focus()
    page.keyboard.type('-3.5')                      # the first sign opens the field, and stays in it
    page.keyboard.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.w11 === -3.5')
    page.keyboard.type('-2.5')
    page.keyboard.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.w11 === -2.5')
    state = State(w11=-2.5)
    expect(figure.locator('.wide [data-mark=says-1]')).to_have_text('row 1: (−2.5)·2 + 0·5 + (−2)·(−1) = −3')
    expect(page.locator('output[data-value=z_says]')).to_have_text(state.z_says())
    expect(page.locator('#layer-after-layer .wide [data-mark=line-3]')).to_have_text(f'loss = {state.loss_says()}')
    expect(page.locator('#the-same-in-code')).to_contain_text('W = np.array([[-2.5, 0, -2],')
    figure.locator('[data-do=step]').click()
    expect(figure.locator('.wide [data-mark=z] text').first).to_have_text('·')
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    expect(figure.locator('[data-verdict]')).to_have_text('Two rows, two sums. Neither needed the other.')
    expect(figure.locator('.wide [data-mark=z] text').first).to_have_text('−3')


def test_a_grid_stays_straight_until_it_is_bent(page, server):
    figure = opened(page, f'{server.url}/layers', 'two-layers-or-one', parts=True)
    told = figure.locator('.wide [data-mark=told]')
    expect(told).to_have_text('One layer with the product does the same.')
    corners = '() => globalThis.nudge.page.planes["two-layers-or-one"].mark("second-level").x.length'
    assert page.evaluate(corners) == 9 * 2, 'nine lines with two ends'
    figure.locator('select').select_option('tanh')
    expect(told).to_have_text(f'The best single layer misses by {State(bend="tanh").misses():.3g}.')
    assert page.evaluate(corners) == 9 * 25
    figure.locator('select').select_option('none')
    tip = figure.locator('.wide [data-mark=p1] .knob')
    x, y = middle(tip)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=5)
    page.mouse.up()
    answered(page)
    expect(told).to_have_text('One layer with the product does the same.')
    state = State(**{name: page.evaluate(f'globalThis.nudge.page.params.{name}') for name in ('p11', 'p21')})
    assert (state.p11, state.p21) != (1, -0.5)
    expect(figure.locator('.wide [data-mark=product] text')).to_have_text(
        [f'{number:.3g}'.replace('-', '−') for number in state.product().round(6).ravel()])


def test_what_does_not_fit_is_said_and_more_workers_need_fewer_rounds(page, server):
    figure = opened(page, f'{server.url}/layers', 'what-fits-what', parts=True)
    figure.locator('select').select_option('64')
    expect(figure.locator('.wide [data-mark=says-0]')).to_contain_text('The input has 64 numbers, each row of layer 1 has 784')
    fill = page.locator('#who-waits-for-whom')
    fill.scroll_into_view_if_needed()
    fill.locator('select[data-parameter]').select_option('36')
    expect(fill.locator('.wide [data-mark=rounds]')).to_have_text('rounds: 2')
    expect(fill.locator('[data-player][data-ready]')).to_have_count(1)
    fill.locator('[data-do=step]').click()
    expect(fill.locator('[data-moment]')).to_have_text('Round 1: 24 cells of layer 1')
    expect(fill.locator('.wide [data-mark=first-now] rect')).to_have_count(24)
    fill.locator('[data-do=step]').click()
    expect(fill.locator('[data-moment]')).to_have_text('Round 2: 12 cells of layer 2')
    expect(fill.locator('[data-verdict]')).to_have_text('36 cells in 2 rounds.')
