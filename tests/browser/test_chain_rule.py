"""The ripples of the lesson on the chain rule, through the page: to scale, in the engine's numbers, by mouse, keys and thumb."""
from playwright.sync_api import expect

from app.widgets import ripple
from lessons.chain_rule.state import State
from tests.browser.harness import idle


def wake(page, url, name, query=''):
    page.goto(f'{url}/chain-rule{query}')
    figure = page.locator(f'#{name}')
    figure.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    expect(figure.locator('[data-player][data-ready]')).to_have_count(1)
    return figure


def answered(page):
    idle(page)


def end(page, figure):
    figure.locator('[data-do=step]').click()
    answered(page)
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')


def texts(figure, mark):
    return figure.locator(f'.wide [data-mark={mark}] text').all_text_contents()


def test_a_nudge_is_drawn_at_its_true_size_beside_what_is_foretold(page, server):
    figure = wake(page, server.url, 'two-machines')
    assert texts(figure, 'change') == ['', '', '']
    end(page, figure)
    assert texts(figure, 'change') == ['+0.1', '+0.2', '+1.24'] and texts(figure, 'foretold') == ['+0.1', '+0.2', '+1.2']
    page.wait_for_timeout(400)                  # the bars have grown
    bars = [figure.locator(f'.wide [data-mark={name}-bars] rect').last.bounding_box() for name in ('model', 'hidden', 'loss')]
    assert [round(bar['width'] / bars[-1]['width'], 2) for bar in bars] == [0.08, 0.16, 1]
    figure.locator('select[data-parameter=outer]').select_option('sine')
    page.wait_for_function('() => globalThis.nudge.page.params.outer === "sine" && globalThis.nudge.page.gate.idle')
    expect(figure.locator('[data-verdict]')).to_have_text(ripple.record(State(outer='sine'))['says'])
    figure.locator('[data-do=restart]').click()
    assert texts(figure, 'change') == ['', '', ''], 'at rest'
    expect(page.locator('math mn[data-value=rate]').first).to_have_text(State(outer='sine').rate())


def test_a_weight_of_the_network_is_chosen_by_a_press_and_by_keys(page, server):
    figure = wake(page, server.url, 'to-the-loss')
    edges = figure.locator('.wide [data-mark=net-edges]')
    expect(edges.locator('[data-part="3"]')).to_have_count(1)
    box = edges.locator('[data-part="3"]').bounding_box()
    page.mouse.click(box['x'] + box['width'] * .4, box['y'] + box['height'] / 2)
    page.wait_for_function("() => globalThis.nudge.page.params.weight === '22' && globalThis.nudge.page.gate.idle")
    end(page, figure)
    assert texts(figure, 'change')[-1] == ripple.record(State(weight='22'), row='net')['tracks']['change.text'][-1][-1]
    edges.locator('[data-part="3"]').focus()
    page.keyboard.press('Home')
    page.keyboard.press('Enter')
    page.wait_for_function("() => globalThis.nudge.page.params.weight === '11' && globalThis.nudge.page.gate.idle")


def test_a_thumb_follows_both_ways(phone, server):
    figure = wake(phone, server.url, 'two-ways-at-once')
    figure.locator('select[aria-label=Speed]').select_option('16')
    figure.locator('[data-do=play]').tap()
    expect(figure.locator('[data-verdict]')).to_contain_text('Added, the two ways make +1.35', timeout=15_000)
    figure.locator('select[data-parameter=join]').select_option('add')
    phone.wait_for_function("() => globalThis.nudge.page.params.join === 'add' && globalThis.nudge.page.gate.idle")
    expect(phone.locator('math mn[data-value=both_ways]')).to_have_text('5')
