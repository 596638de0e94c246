"""The bell through the page: a die that is loaded, a curve that is taken hold of, samples that fall, layers that live or not."""
from playwright.sync_api import expect

from app.widgets.falling_run import NONE
from lessons.gaussian.state import State
from tests.browser.harness import idle

PIXELS = '() => [...globalThis.nudge.page.planes["ten-layers-deep"].mark("units").pixels]'


def answered(page):
    idle(page)


def pulled(page, knob, dx, dy):
    """A handle is dragged by so many pixels."""
    knob.scroll_into_view_if_needed()
    box = knob.bounding_box()
    x, y = box['x'] + box['width'] / 2, box['y'] + box['height'] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=5)
    page.mouse.up()
    answered(page)


def shown(page):
    """The state with the reader's numbers, as the page has them."""
    names = ('mean', 'sd', 'reach', 'face6', 'throws', 'weight_sd', 'bend', 'alike')
    return State(**{name: page.evaluate(f'globalThis.nudge.page.params.{name}') for name in names})


def test_a_die_a_curve_and_ten_layers_follow_the_hand(page, server):
    page.goto(f'{server.url}/gaussian?throws=10')
    figure = page.locator('#any-die-will-do')
    figure.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    near = figure.locator('.wide [data-mark=near]')
    expect(near).to_have_text('off the bell by 1.6 % of its height')
    pulled(page, figure.locator('.wide [data-mark=face6] .knob'), 0, -60)
    assert shown(page).face6 > 7
    expect(near).to_have_text(shown(page).near_says())
    expect(page.locator('output[data-value=root_says]')).to_have_text(shown(page).root_says())

    figure = page.locator('#take-it-by-the-curve')
    pulled(page, figure.locator('.wide [data-mark=peak] .knob'), 70, 0)
    pulled(page, figure.locator('.wide [data-mark=flank] .knob'), 50, 0)
    state = shown(page)
    assert 1 < state.mean < 1.6 and 1.6 < state.sd < 2.2
    figure.locator('.wide [data-mark=reach]').focus()
    for _ in range(5):
        page.keyboard.press('ArrowRight')
    for _ in range(4):
        page.keyboard.press('Shift+ArrowLeft')
    answered(page)
    assert page.evaluate('globalThis.nudge.page.params.reach') == 1.96
    expect(figure.locator('.wide [data-mark=says-0]')).to_have_text('within 1.96 σ: 95.00 %')
    expect(figure.locator('.wide [data-mark=says-1]')).to_have_text(shown(page).ends_say())
    expect(page.locator('mn[data-value=height_says]')).to_have_text(shown(page).height_says())

    figure = page.locator('#ten-layers-deep')
    figure.scroll_into_view_if_needed()
    told = figure.locator('.wide [data-mark=verdict-0]')
    expect(told).to_contain_text('It vanishes')
    before = page.evaluate(PIXELS)
    pulled(page, figure.locator('.wide [data-mark=width] .knob'), 60, 0)
    assert 0.03 < shown(page).weight_sd < 0.08
    page.get_by_role('link', name='0.1', exact=True).first.click()
    page.wait_for_function('() => globalThis.nudge.page.params.weight_sd === 0.1')
    expect(told).to_have_text(shown(page).verdict().replace('\u00a0', ' '))
    assert page.evaluate(PIXELS) != before
    figure.locator('select[data-parameter=bend]').select_option('sigmoid')
    expect(told).to_contain_text('The answers are ½ or near it for every input.')
    figure.locator('[data-parameter=alike]').check()
    expect(told).to_have_text('All 100 units of a layer say the same. One would do.')
    figure.locator('[data-parameter=alike]').uncheck()
    figure.locator('.wide [data-mark=width]').focus()
    page.keyboard.press('Home')
    expect(told).to_have_text('All weights are 0: every unit says ½, whatever comes in.')


def test_samples_fall_one_by_one_and_none_is_a_sentence(page, server):
    page.goto(f'{server.url}/gaussian?many=10')
    figure = page.locator('#let-it-rain')
    figure.scroll_into_view_if_needed()
    expect(figure.locator('[data-player][data-ready]')).to_have_count(1)
    step, moment, dots = figure.locator('[data-do=step]'), figure.locator('[data-moment]'), figure.locator(
        '.wide [data-mark^=falls-] circle')
    step.click()
    expect(moment).to_have_text('Sample 1 falls 0.126 σ above the mean')
    expect(dots).to_have_count(1)
    step.click()
    expect(moment).to_have_text('Sample 2 falls 0.132 σ below the mean')
    expect(dots).to_have_count(1)
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    expect(figure.locator('.wide [data-mark=says-1]')).to_have_text('1 σ: 80.00 % (foretold 68.27 %)')
    expect(figure.locator('[data-verdict]')).to_contain_text('12 points off')
    figure.locator('[data-do=new]').click()
    page.wait_for_function('() => globalThis.nudge.page.params.seed === 1')
    figure.locator('select[data-parameter=many]').select_option('0')
    expect(figure.locator('.wide [data-mark=head]')).to_have_text(NONE)
    expect(figure.locator('.wide [data-mark=says-1]')).to_have_text('1 σ: – (foretold 68.27 %)')
    assert not dots.count()
