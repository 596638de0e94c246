"""One neuron, read through the page: by mouse, by keys and by touch, each number the engine's."""
import re

import pytest
from playwright.sync_api import expect

from lessons.perceptron import operations
from lessons.perceptron.state import State
from tests.browser.harness import finger, idle


def visit(page, server, name, query=''):
    """The widget, alive and with what it needs to be taken hold of."""
    page.goto(f'{server.url}/perceptron{query}')
    figure = page.locator(f'#{name}')
    figure.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    page.wait_for_function('name => { const p = globalThis.nudge.page.planes[name], m = Object.values(p.scene.marks)\n'
                           '  return p.layers.length || !m.some(m => m.dials || m.picks) }', arg=name)
    return figure


def params(page):
    idle(page)
    return page.evaluate('globalThis.nudge.page.params')


def until(page, condition):
    page.wait_for_function(f'() => {{ const p = globalThis.nudge.page.params; return {condition} }}')


def texts(figure, mark):
    return figure.locator(f'.wide [data-mark={mark}] text').all_text_contents()


def test_the_table_is_mended_turned_and_found_to_be_impossible(page, server):
    figure = visit(page, server, 'by-hand')
    expect(figure.locator('.wide [data-mark=hint-0] text')).to_have_text('2 of 4 rows are right.')
    figure.locator('select').nth(1).select_option('2')
    expect(figure.locator('.wide [data-mark=hint-0] text')).to_have_text(
        '2 of 4 rows are right. T alone can mend it: above 0 and at most 1.')
    figure.locator('.wide [data-mark=threshold]').focus()
    page.keyboard.press('PageDown')
    expect(figure.locator('.wide [data-mark=hint-0] text')).to_have_text('All four rows are right.')
    assert texts(figure, 'verdicts') == ['✓ right'] * 4 and texts(figure, 'outputs') == ['0', '1', '1', '1']
    figure.locator('.wide [data-mark=desired] rect').last.click()       # OR with the last answer turned is XOR
    until(page, 'p.task === "own" && p.own === 6')
    assert State(**params(page)).hint() in ' '.join(figure.locator('.wide [class*="hint"] text').all_text_contents())
    assert texts(figure, 'verdicts')[-1] == '✗ should be 0' and 'No three numbers' in texts(figure, 'hint-0')[0]
    page.keyboard.press('ArrowUp')                                      # the press has left the focus there: the row above
    page.keyboard.press('Enter')
    until(page, 'p.own === 4')
    expect(page).to_have_url(re.compile('task=own&threshold=0.5&own=4'))


def test_a_weight_is_dragged_stepped_and_typed_and_its_number_steps_into_the_formula(page, server):
    figure = visit(page, server, 'one-neuron')

    def formula():
        return figure.locator('.wide [data-mark=in-numbers] text').evaluate_all(
            'all => all.filter(e => getComputedStyle(e).visibility === "visible" && e.textContent).map(e => e.textContent)')

    assert formula() == []
    edge = figure.locator('.wide [data-mark=weights] > *').first.bounding_box()
    x, y = edge['x'] + edge['width'] / 2, edge['y'] + edge['height'] / 2
    page.mouse.move(x, y)
    expect(figure.locator('.dial-card')).to_contain_text('−0.786')
    assert formula() == ['−0.786']
    page.mouse.down()
    page.mouse.move(x, y - 40, steps=4)
    assert len(formula()) == 1, 'what is dragged keeps its glow'
    page.mouse.up()
    until(page, 'p.weights.length && p.weights[0][0] > -.786')
    page.mouse.click(x, y)
    page.keyboard.type('-2.5')
    page.keyboard.press('Enter')
    until(page, 'p.weights[0]?.[0] === -2.5')
    page.keyboard.press('ArrowRight')                                   # on to the next weight, which goes up a step
    page.keyboard.press('ArrowUp')
    until(page, 'p.weights[0]?.[1] > -.276')
    state = State(**params(page))
    assert texts(figure, 'answer') == [state.output_words()] and state.w2() == pytest.approx(-0.176)
    figure.locator('.wide [data-mark=parts] circle').first.hover()
    shown = formula()
    assert shown[0] == f'{state.sum():.4g}'.replace('-', '−') and '(−0.176)' in shown and len(shown) == 7
    page.mouse.click(x, y)
    page.keyboard.type('huge')
    page.keyboard.press('Enter')
    expect(page.locator('.toast, .dial-card').filter(has_text='huge')).not_to_have_count(0)
    assert params(page)['weights'] == state.weights


def test_operations_are_sorted_by_mouse_and_keys_and_stay_sorted(page, server):
    figure = visit(page, server, 'smooth-or-not')
    cells = figure.locator('.wide [data-mark=choices] rect')
    cells.nth(0).click()
    until(page, 'p.bins.length === 1')
    page.keyboard.press('ArrowDown')
    page.keyboard.press('ArrowRight')
    page.keyboard.press('Enter')                                        # |x|: a kink
    until(page, 'p.bins.length === 2')
    assert operations.places(params(page)['bins'])[:3] == [0, 1, None]
    expect(figure.locator('.wide [data-mark=why-0] text')).to_contain_text('|x|. At x = 0 the slope changes at once')
    expect(figure.locator('.wide [data-mark=count] text')).to_have_text('2 of 14 sorted, 2 right')
    cells.nth(3 * 7).click()                                            # ReLU is not smooth
    expect(figure.locator('.wide [data-mark=count] text')).to_have_text('3 of 14 sorted, 2 right')
    page.get_by_role('link', name='A rate of a thousand').click()       # a link to numbers leaves it alone
    until(page, 'p.rate === 1000')
    page.wait_for_function('() => globalThis.nudge.page.query === undefined && location.search.includes("rate=1000")')
    page.reload()
    figure.scroll_into_view_if_needed()
    expect(figure.locator('.wide [data-mark=count] text')).to_have_text('3 of 14 sorted, 2 right')
    assert texts(figure, 'choices')[:6] == ['✓', '', '', '', '✓', ''] and texts(figure, 'choices')[21:24] == ['✗', '•', '']


def test_a_finger_sorts_and_turns_an_answer(phone, server):
    def tap(name, mark, part):
        figure = visit(phone, server, name)
        cell = figure.locator(f'.narrow [data-mark={mark}] rect').nth(part)
        cell.evaluate('e => e.scrollIntoView({ block: "center" })')
        phone.wait_for_timeout(200)
        box, touch = cell.bounding_box(), finger(phone)
        assert min(box['width'], box['height']) >= 43.9
        touch('touchStart', (box['x'] + 20, box['y'] + 20))
        touch('touchEnd')

    tap('smooth-or-not', 'choices', 4)
    until(phone, 'String(p.bins) === "1,1"')
    tap('by-hand', 'desired', 3)
    until(phone, 'p.task === "own" && p.own === 6')


def test_or_is_learnt_in_view_and_a_rate_of_a_thousand_is_a_sentence(page, server):
    figure = visit(page, server, 'let-it-learn')
    expect(figure.locator('[data-player][data-ready]')).to_have_count(1)
    figure.locator('[data-do=step]').click()
    expect(figure.locator('[data-moment]')).to_contain_text('Epoch 1: ')
    state = State()
    taught = state.taught()
    page.evaluate("globalThis.nudge.page.players['let-it-learn'].seek(30)")
    assert [text.removesuffix(' ✓') for text in texts(figure, 'preds')] == [f'{v:.3f}' for v in taught.outputs[30]]
    assert texts(figure, 'numbers')[2] == f'b = {taught.weights[30, 2]:.4g}'.replace('-', '−')
    x, y = page.evaluate("['x', 'y'].map(axis => globalThis.nudge.page.planes['let-it-learn'].mark('line')[axis][0])")
    w1, w2, b = taught.weights[30]
    assert w1 * x + w2 * y + b == pytest.approx(0, abs=1e-4)
    page.evaluate("globalThis.nudge.page.players['let-it-learn'].seek(1e9)")
    expect(figure.locator('[data-verdict]')).to_have_text(taught.says)
    assert taught.says == 'Learnt: all four outputs are within 0.1 of their targets after 174 epochs.'
    page.get_by_role('link', name='With the rate 4').click()
    until(page, 'p.mean && p.rate === 4')
    idle(page)
    page.evaluate("globalThis.nudge.page.players['let-it-learn'].seek(1e9)")
    expect(figure.locator('[data-verdict]')).to_contain_text('after 174 epochs. It is the run of the sum with the rate 1.')
    page.get_by_role('link', name='A rate of a thousand').click()
    until(page, 'p.rate === 1000')
    idle(page)
    page.evaluate("globalThis.nudge.page.players['let-it-learn'].seek(1e9)")
    expect(figure.locator('[data-verdict]')).to_contain_text('Stuck: (0, 0) is answered wrongly')
    figure.locator('[data-do=rescue]').click()
    until(page, 'p.rate === 1')
    figure.locator('[data-do=new]').click()
    until(page, 'p.seed === 1')
    assert params(page)['weights'] == []
