"""The lesson on autograd, read through the page: typed expressions, the walk there and back, what is lit together."""
import re
from functools import partial

import pytest
from playwright.sync_api import expect

from core.autograd import Value
from core.derivative import derivative
from core.expressions import Expression
from core.graph import Graph, computed
from tests.app.test_graph_picture import near, numbers_in, random_expressions
from tests.browser.harness import idle

TAGS = "() => [...document.querySelectorAll('#your-graph .wide [data-mark=tags] text')].map(e => [e.dataset.lit, e.textContent])"
SHINES = "() => [...document.querySelectorAll('[data-shines]')].filter(e => e.checkVisibility()).map(e => e.dataset.lit)"
GLOWS = "() => [...document.querySelectorAll('[data-glows]')].filter(e => e.checkVisibility()).map(e => e.dataset.lit)"


def opened(server, page):
    page.goto(f'{server.url}/autograd')
    page.locator('#your-graph').scroll_into_view_if_needed()
    ready(page, 'your-graph')
    return page.locator('#your-graph')


def ready(page, name):
    page.wait_for_function('''name => document.documentElement.dataset.engine === "on" && nudge.page.players[name]
      && nudge.page.planes[name].layers.length''', arg=name)


def typed(page, parameter, text):
    field = page.locator(f'#your-graph input[data-parameter={parameter}]')
    field.fill(text)
    field.press('Enter')
    idle(page)


def box(page, i):
    return page.locator('#your-graph .wide [data-mark=boxes] rect').nth(i)


def test_every_number_on_every_edge_is_what_nudging_finds(server, page):
    """The shipped expressions and random ones: local × upstream = contribution, each against central differences."""
    opened(server, page)
    shipped = {'(a*b)*(a+b)': {'a': -2.0, 'b': 3.0}, 'a*b + c': {'a': 2.0, 'b': -3.0, 'c': 10.0},
               'tanh(x1*w1 + x2*w2 + b)': {'x1': 2.0, 'x2': 0.0, 'w1': -3.0, 'w2': 1.0, 'b': 6.88137}}
    seen = 0
    for text, numbers in (shipped | random_expressions(8)).items():
        typed(page, 'where', ', '.join(f'{name} = {number}' for name, number in numbers.items()) or 'a = 1')
        typed(page, 'expression', text)
        page.wait_for_function('text => globalThis.nudge.page.params.expression === text', arg=' '.join(text.split()))
        slopes = nudged(Expression(text), numbers)
        for lit, words in page.evaluate(TAGS):
            local, upstream = slopes[tuple(map(int, re.match(r'typed-(\d+)-(\d+)', lit).groups()))]
            *factors, contribution = numbers_in(words)
            assert near(contribution, local * upstream, words) or abs(contribution - local * upstream) < 1e-4, (text, words)
            for shown, true in zip(factors, (local, upstream), strict=True) if factors else ():
                assert abs(shown - true) <= 0.06 * abs(true) + 1e-4, (text, words)
            seen += 1
    assert seen > 60


def nudged(read, numbers):
    """{(parent, slot): (local, upstream)} of every edge, found by nudging: an operand of one operation, and its result."""
    values = read.values(numbers)
    graph, found = Graph(values[-1]), {}
    for k, (part, value) in enumerate(zip(read.parts, values, strict=True)):
        operands, op = [values[i].data for i in part.operands], value._op
        upstream = derivative(partial(rebuilt, read, numbers, k), value.data)
        for slot, operand in enumerate(operands):
            found[graph.id_of(value), slot] = derivative(partial(redone, op, operands, slot), operand), upstream
    return found


def redone(op, operands, slot, x):
    return computed(op, *(Value(x if i == slot else operand) for i, operand in enumerate(operands))).data


def rebuilt(read, numbers, index, x):
    """What the whole becomes if the result of one part is x, whatever it was computed from."""
    made = []
    for k, part in enumerate(read.parts):
        made.append(Value(x) if k == index else read._made(part, [made[i] for i in part.operands], numbers))
    return made[-1].data


def test_there_and_back_by_step_by_node_and_by_scrubbing(server, page):
    figure = opened(server, page)
    moment, step = figure.locator('[data-moment]'), figure.locator('[data-do=step]')
    for _ in range(3):
        step.click()
        page.wait_for_timeout(80)
    expect(moment).to_have_text('Forward: e = −2 + 3 = 1.')
    assert {lit.split(' ')[0] for lit in page.evaluate(SHINES)} == {'typed-3', 'op-add'}
    figure.locator('[data-do=back]').click()
    expect(moment).to_have_text('Forward: d = −2 × 3 = −6.')
    box(page, 4).click()
    expect(moment).to_contain_text('Forward: f')
    box(page, 4).click()
    expect(moment).to_contain_text('at the rate 1')
    box(page, 2).click()
    expect(moment).to_have_text('Backward, from d: a gets 3 × 1 = 3 as well; b gets −2 × 1 = −2 as well.')
    assert {'back-step', 'op-mul'} <= {lit.split(' ')[0] for lit in page.evaluate(SHINES)}
    box(page, 1).focus()
    for _ in range(2):                                          # from the leaf b on: by keys, too
        page.keyboard.press('ArrowRight')
    expect(box(page, 3)).to_have_attribute('aria-label', 'e = a + b, = 1, gradient −6')
    page.keyboard.press('Enter')
    expect(moment).to_have_text('Forward: e = −2 + 3 = 1.')
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('Home')
    shown = page.locator('#your-graph .wide [data-mark=boxes] text').all_text_contents()
    assert shown == ['a', 'b', 'd = a × b', 'e = a + b', 'f = d × e']


def test_formula_graph_and_code_are_lit_together_by_hover_and_by_focus(server, page):
    opened(server, page)
    box(page, 2).hover()
    lit = page.evaluate(GLOWS)
    assert {'typed-2', 'typed-2 op-mul', 'op-mul'} <= set(lit)          # the sign and the line; the node; the rule's lines
    assert 'typed-4 op-mul' not in lit
    page.locator('#your-graph .wide [data-mark=formula] text', has_text='+').hover()
    assert 'typed-3 op-add' in page.evaluate(GLOWS)
    page.locator('#as-code pre').nth(0).focus()
    for _ in range(3):
        page.keyboard.press('ArrowDown')
    lit = page.evaluate(GLOWS)
    assert 'typed-2 op-mul' in lit


def test_a_bad_text_stays_with_its_reason_beside_it_and_the_graph_stays_too(server, page):
    figure = opened(server, page)
    field, reason = figure.locator('input[data-parameter=expression]'), figure.locator('[data-complaint=expression]')
    boxes = figure.locator('.wide [data-mark=boxes] text')
    typed(page, 'expression', 'a +')
    expect(reason).to_contain_text('after “a +” something is missing')
    assert field.input_value() == 'a +'
    assert field.get_attribute('aria-invalid') == 'true'
    assert boxes.last.text_content() == 'f = d × e = −6'
    expect(page.locator('.toast')).to_have_count(0)
    typed(page, 'expression', 'a + b')
    expect(reason).to_be_empty()
    expect(boxes.last).to_have_text('f = a + b = 1')


@pytest.mark.parametrize('how', ['drag', 'keys', 'type'])
def test_a_leaf_is_edited_in_place_and_everything_follows(server, page, how):
    figure = opened(server, page)
    place = box(page, 0).bounding_box()
    x, y = place['x'] + place['width'] / 2, place['y'] + place['height'] / 2
    page.mouse.move(x, y)
    if how == 'drag':
        page.mouse.down()
        page.mouse.move(x, y - 30, steps=5)
        page.mouse.up()
    elif how == 'type':
        page.mouse.click(x, y)
        page.keyboard.type('-1.7')
        page.keyboard.press('Enter')
    else:
        figure.locator('select').first.focus()
        page.evaluate("document.querySelector('#your-graph .wide [data-mark=boxes]')?.focus()")
        page.locator('#your-graph .wide [role=slider], #your-graph .wide [role=spinbutton]').first.focus()
        page.keyboard.press('ArrowUp')
    page.wait_for_function('() => globalThis.nudge.page.gate.idle && globalThis.nudge.page.params.where !== "a = -2, b = 3"')
    shown = figure.locator('.wide [data-mark=boxes] text').all_text_contents()
    a = numbers_in(shown[0])[-1]
    assert a > -2
    assert numbers_in(shown[-1])[-1] == pytest.approx(3 * a * a + 9 * a, abs=.01)
    if how == 'type':
        assert shown[-1] == 'f = d × e = −6.63'


def test_the_network_opens_and_its_weights_answer_at_once(server, page):
    page.goto(f'{server.url}/autograd?look=h1.2')
    figure = page.locator('#forty-one')
    figure.scroll_into_view_if_needed()
    ready(page, 'forty-one')
    shown = figure.locator('.wide [data-mark=boxes] text').all_text_contents()
    index = next(i for i, text in enumerate(shown) if text.startswith('w1.2.1'))
    took = page.evaluate('''async index => { const { page } = globalThis.nudge, took = []
      for (let k = 0; k < 12; k++) {
        const began = performance.now(), heard = new Promise(done => { globalThis.__probe = name => name === 'shown' && done() })
        page.send({ do: 'move', widget: 'forty-one', handle: 'boxes', value: [index, k / 10] })
        await heard
        took.push(performance.now() - began)
      }
      return took }''', index)
    assert min(took) <= 50, took
    for _ in range(2):                          # the first asks for the run
        figure.locator('[data-do=step]').click()
        expect(figure.locator('[data-moment]')).to_contain_text('Step')
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    expect(figure.locator('[data-verdict]')).to_contain_text('answers')
