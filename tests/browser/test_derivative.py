"""The lesson on the derivative, worked by hand: the numbers of its text, read from the page."""
from playwright.sync_api import expect

from tests.browser.test_every_lesson import wake


def says(page, figure, mark):
    return page.locator(f'#{figure} .wide [data-mark="{mark}"]')


def open_page(server, page, query=''):
    page.goto(f'{server.url}/derivative{query}')
    wake(page)


def press(page, figure, handle, *keys):
    says(page, figure, handle).focus()
    for key in keys:
        page.keyboard.press(key)


def test_the_nudge_shrinks_and_the_ratio_goes_to_2(server, page):
    open_page(server, page)
    press(page, 'two-points', 'axis', 'ArrowLeft', 'ArrowLeft')
    expect(says(page, 'two-points', 'forward-3')).to_have_text('2.01')
    expect(page.locator('math [data-value="forward:.9g"]')).to_have_text('2.01')
    page.keyboard.press('ArrowLeft')
    expect(says(page, 'two-points', 'forward-4')).to_have_text('2.001')
    expect(page.locator('math [data-value="lifted_here:.15g"]')).to_have_text('1.002001')
    page.locator('#two-points input[type=checkbox]').check()
    expect(says(page, 'two-points', 'both-4')).to_have_text('2')


def test_the_second_point_is_dragged_along_the_curve(server, page):
    open_page(server, page)
    handle, svg = says(page, 'two-points', 'beyond').locator('.knob'), page.locator('#two-points .wide svg')
    svg.scroll_into_view_if_needed()
    box, unit = handle.bounding_box(), svg.evaluate('svg => svg.getScreenCTM().a')
    x, y = box['x'] + box['width'] / 2, box['y'] + box['height'] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 0.5 * 336 / 2.4 * unit, y, steps=8)
    page.mouse.up()
    expect(says(page, 'two-points', 'h-2')).to_have_text('0.5')
    expect(says(page, 'two-points', 'forward-2')).to_have_text('2.5')


def test_the_residue_is_found_by_hand_bit_for_bit_and_taken_apart(server, page):
    open_page(server, page)
    page.locator('#on-the-curve select').select_option('parabola')
    expect(says(page, 'on-the-curve', 'rule')).to_have_text('f′(x) = 6x − 4')
    press(page, 'on-the-curve', 'dot', 'ArrowLeft', 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight')
    expect(says(page, 'on-the-curve', 'numbers')).to_have_text('f′(2/3) = 6 · (2/3) − 4 = 0')
    expect(says(page, 'on-the-curve', 'verdict')).to_contain_text('bottom')
    press(page, 'the-best-nudge', 'h', *['ArrowLeft'] * 6)
    expect(says(page, 'the-best-nudge', 'says')).to_have_text('h = 10⁻⁶ says 2.999378523327323e-06')
    expect(says(page, 'the-best-nudge', 'parts')).to_have_text('truncation 3 × 10⁻⁶, round-off −6.2 × 10⁻¹⁰')
    page.locator('#the-best-nudge input[type=checkbox]').check()
    expect(says(page, 'the-best-nudge', 'parts-both')).to_have_text('truncation 0, round-off −2.2 × 10⁻¹⁰')
    expect(page.locator('span[data-value="residue"]')).to_have_text('2.999378523327323e-06')


def test_flat_may_be_a_top_and_a_kink_has_no_derivative_under_any_lens(server, page):
    open_page(server, page)
    choose = page.locator('#on-the-curve select')
    choose.select_option('cubic')
    press(page, 'on-the-curve', 'dot', *['ArrowLeft'] * 10)
    expect(says(page, 'on-the-curve', 'verdict')).to_have_text('0 : flat, but this is a top')
    choose.select_option('relu')
    press(page, 'on-the-curve', 'dot', *['ArrowRight'] * 5)
    lens = page.locator('#on-the-curve input[type=range]')
    lens.focus()
    for _ in range(6):
        page.keyboard.press('ArrowRight')
    expect(says(page, 'on-the-curve', 'times')).to_have_text('under the lens, 1,000,000 ×')
    expect(says(page, 'on-the-curve', 'straightness')).to_have_text('a corner stays a corner')
    expect(says(page, 'on-the-curve', 'numbers')).to_have_text('slope 0 on the left, +1.00 on the right')
    choose.select_option('square')
    expect(says(page, 'on-the-curve', 'straightness')).to_have_text('off by less than 0.1 %')


def test_the_machine_and_the_night(server, page):
    open_page(server, page)
    expect(says(page, 'the-machine', 'ratio')).to_have_text('0.9999999999976694')
    expect(says(page, 'the-machine', 'd-2')).to_have_text('4.0001')
    page.locator('#the-machine select').select_option('a')
    expect(says(page, 'the-machine', 'ratio')).to_have_text('−3.000000000010772')
    expect(says(page, 'at-night', 'number')).to_have_text('−1.29')
    assert not says(page, 'at-night', 'country').locator('polyline').get_attribute('points')
    press(page, 'at-night', 'place', *['ArrowLeft'] * 10, *['Shift+ArrowLeft'] * 8)
    expect(says(page, 'at-night', 'verdict')).to_have_text('flat. Is this the bottom?')
    page.locator('#at-night input[type=checkbox]').check()
    expect(says(page, 'at-night', 'verdict')).to_have_text('flat: but this is a top')


def test_a_link_in_the_text_leads_to_the_residue(server, page):
    open_page(server, page)
    page.get_by_role('link', name='A nudge of').click()
    expect(says(page, 'the-best-nudge', 'says')).to_have_text('● h = 10⁻⁶ says 2.999378523327323e-06')
    expect(page.locator('#the-best-nudge svg:visible')).to_be_in_viewport()
