"""The way back inside a network, through the page: played, pressed, with another rate; and a stack that is typed."""
from playwright.sync_api import expect

from lessons.inside_a_network.state import State
from tests.browser.harness import idle

SHINES = '''() => [...document.querySelectorAll('[data-shines]')].filter(e => e.checkVisibility()).map(e =>
  e.closest('[data-mark]')?.dataset.mark ?? e.textContent.trim())'''


def test_the_way_back_is_played_and_a_stack_is_counted(page, server):
    page.goto(f'{server.url}/inside-a-network?example=317')
    figure = page.locator('#back-to-the-first-weights')
    figure.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    each_factor_has_its_moment(page, figure)
    the_rate_changes_what_is_played(page, figure)
    a_unit_is_pressed(page, figure)
    a_stack_is_typed(page, page.locator('#how-large'))


def mark(figure, name):
    return figure.locator(f'.wide [data-mark={name}]')


def each_factor_has_its_moment(page, figure):
    """A press on a factor leads to it, and what it is about shines, in the programs too; later factors are not known yet."""
    expect(figure.locator('[data-player]')).to_have_attribute('data-ready', '')
    mark(figure, 'factors').locator('rect').nth(3).click()
    expect(figure.locator('[data-moment]')).to_contain_text('local ReLU′, 1 or 0 = ∂L/∂z₂')
    expect(mark(figure, 'factors').locator('rect.now')).to_have_count(1)
    expect(mark(figure, 'factors').locator('rect.later')).to_have_count(3)
    assert {'two', 'd2 = W3.T @ d3 * (a2 > 0)', 'loss.backward()  # every slope'} <= set(page.evaluate(SHINES))
    figure.locator('[data-do=step]').click()
    expect(figure.locator('[data-moment]')).to_contain_text('∂L/∂W₂, 64 × 128 slopes')


def the_rate_changes_what_is_played(page, figure):
    """At the last moment another rate is set: the moment stays, and what the step did is another."""
    figure.locator('[data-scrub]').press('End')
    expect(figure.locator('[data-moment]')).to_contain_text('And 360 digits that nobody asked')
    state = State(example=317)
    expect(mark(figure, 'own-value')).to_have_text(f'{state.before_share()} → {state.after_share()}')
    figure.locator('input[type=text][data-parameter=step_rate]').fill('1')
    page.keyboard.press('Enter')
    far = State(example=317, step_rate=1)
    expect(mark(figure, 'own-value')).to_have_text(f'{far.before_share()} → {far.after_share()}')
    expect(figure.locator('[data-moment]')).to_contain_text(f'{far.stepped().right} were right, {far.stepped().right_after} are')
    expect(mark(figure, 'says-0')).to_contain_text('Too far')


def a_unit_is_pressed(page, figure):
    mark(figure, 'one').scroll_into_view_if_needed()
    box = mark(figure, 'one').locator('> *').first.bounding_box()
    unit = int(abs(State(example=317).back().by_z[0]).argsort()[-3])
    page.mouse.click(box['x'] + (unit % 16 + .5) * box['width'] / 16, box['y'] + (unit // 16 + .5) * box['height'] / 8)
    expect(mark(figure, 'back-x-name')).to_have_text(f'∂L/∂W₁, unit {unit}')
    assert page.evaluate('globalThis.nudge.page.params.unit') == unit


def a_stack_is_typed(page, figure):
    figure.scroll_into_view_if_needed()
    field = figure.locator('input[data-parameter=sizes]')
    field.fill('784, 0, 10')
    page.keyboard.press('Enter')
    expect(figure.locator('[data-complaint=sizes]')).to_contain_text('at least 1')
    expect(mark(figure, 'sum-2')).to_have_text('109,386')
    field.fill('784, 300, 10')
    page.keyboard.press('Enter')
    expect(mark(figure, 'sum-2')).to_have_text(f'{State(sizes="784, 300, 10").stack_total():,}')
    expect(figure.locator('[data-complaint=sizes]')).to_be_empty()
    mark(figure, 'blocks').locator('[data-part="0"]').focus()
    page.keyboard.press('ArrowDown')
    idle(page)
    expect(mark(figure, 'model_total-name')).to_have_text('your model: parameters')
    expect(mark(figure, 'model_total-count')).to_have_text(f'{State(blocks=95).model_total():,}')
