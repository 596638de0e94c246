"""The facts about gradient descent, read through the page."""
import re

import pytest
from playwright.sync_api import expect

from lessons.gradient_descent.state import State
from tests.browser.harness import idle
from tests.browser.test_player import Hands


def steps(hands, n):
    """Presses Whole step n times; returns what the last n rows of the table say: (place, loss)."""
    found = []
    for _ in range(n):
        hands.press('whole')
        cells = hands.figure.locator('.trace .newest td').all_text_contents()
        found.append((cells[4], cells[5]))
    return found


def set_rate(hands, text):
    field = hands.figure.locator('input[type=text][data-parameter=rate]')
    field.fill(text)
    field.press('Enter')
    idle(hands.page)


def to_the_end(hands):
    hands.range.focus()
    hands.page.keyboard.press('End')
    hands.page.wait_for_function('''() => { const p = globalThis.nudge.page.players['step-by-step']
      return p.run && p.k === p.last && globalThis.nudge.page.gate.idle }''')
    return hands.figure.locator('[data-verdict]').text_content()


def test_what_each_rate_does_read_from_the_page(page, server):
    hands = Hands(page, server.url)
    assert steps(hands, 3) == [('2.3', '11.67'), ('1.81', '7.588'), ('1.467', '5.588')]
    hands.press('restart')
    set_rate(hands, '1/6')
    assert steps(hands, 1) == [('0.6667', '3.667')]
    assert to_the_end(hands) == 'One step lands on the bottom at 0.6667.'
    hands.press('restart')
    set_rate(hands, '.25')
    assert [place for place, _ in steps(hands, 3)] == ['−0.5', '1.25', '0.375']
    hands.press('restart')
    set_rate(hands, '1/3')
    assert steps(hands, 2) == [('−1.667', '20'), ('3', '20')]
    assert 'to and fro for ever' in to_the_end(hands)
    expect(page.locator('[data-value=rate_name]').first).to_have_text('endless zig-zag')


def test_divergence_is_caught_explained_and_undone(page, server):
    hands = Hands(page, server.url, '?rate=0.4')
    said = to_the_end(hands)
    assert 'the rate is too large' in said and said == State(rate=0.4).walk().says
    expect(hands.label).to_contain_text('stopped')
    assert 'NaN' not in hands.figure.text_content()
    hands.button('rescue').click()
    page.wait_for_function('() => globalThis.nudge.page.params.rate === .1')
    assert 'comes to rest at the bottom' in to_the_end(hands)
    expect(hands.button('rescue')).to_be_hidden()


@pytest.mark.parametrize(('query', 'words'), [
    ('?rate=1e-6', 'such short steps'), ('?rate=1e6', 'rate is too large'), ('?start=-3', 'comes to rest'),
    ('?curve=relu&start=0', 'no slope at this kink'),
    ('?curve=cubic&start=-1.5', 'no bottom on this side'), ('?curve=cubic&start=-1', 'it is a top'),
])
def test_a_picture_and_a_sentence_each(page, server, query, words):
    hands = Hands(page, server.url, query)
    said = to_the_end(hands)
    params = dict(part.split('=') for part in query[1:].split('&'))
    state = State(**{name: text if name == 'curve' else float(text) for name, text in params.items()})
    assert said == state.walk().says and words in said and said
    ball = hands.figure.locator('.wide [data-mark=ball] circle')
    frame = hands.figure.locator('.wide svg').bounding_box()
    box = ball.bounding_box()
    assert frame['x'] <= box['x'] and box['x'] + box['width'] <= frame['x'] + frame['width']
    assert frame['y'] <= box['y'] and box['y'] + box['height'] <= frame['y'] + frame['height']


def test_a_link_in_the_words_sets_the_scene(page, server):
    hands = Hands(page, server.url)
    hands.press('step')
    page.get_by_role('link', name='exactly').click()
    page.wait_for_function('() => globalThis.nudge.page.params.curve === "cubic" && globalThis.nudge.page.gate.idle')
    assert page.evaluate('globalThis.nudge.page.params.start') == -1
    assert 'it is a top' in to_the_end(hands)
    expect(page).to_have_url(re.compile('curve=cubic'))


def test_the_ruler_snaps_to_a_sixth_and_plays_up_to_a_thousand_steps(page, server):
    Hands(page, server.url)
    ruler = page.locator('#the-ruler')
    ruler.scroll_into_view_if_needed()
    place = page.evaluate('''() => { const p = globalThis.nudge.page.planes['the-ruler'], s = p.scales.ruler
      const at = new DOMPoint(s.x(Math.log10(1 / 6)) + 2, s.y(.5)).matrixTransform(p.svg.getScreenCTM())
      return [at.x, at.y] }''')
    page.mouse.click(*place)
    page.wait_for_function('() => globalThis.nudge.page.params.rate === .166666666667')
    field = ruler.locator('input[type=text][data-parameter=rate]')
    expect(field).to_have_value('1/6')
    field.fill('.001')
    field.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.rate === .001')
    ruler.locator('[data-do=step]').click()
    page.wait_for_function("() => globalThis.nudge.page.players['the-ruler'].last === 1000")
    page.evaluate("globalThis.nudge.page.players['the-ruler'].seek(1000)")
    walked = State(rate=0.001).walk(1000)
    expect(ruler.locator('[data-moment]')).to_have_text(
        f'After 1000 steps: x = {walked.places[-1]:.4g}, loss {walked.heights[-1]:.4g}')


def test_what_is_no_rate_is_said_and_the_field_goes_back(page, server):
    hands = Hands(page, server.url)
    set_rate(hands, 'fast')
    expect(page.locator('.toast')).to_have_text('Rate stays as it was: it needs a number such as .05, 1e-3 or 1/6.')
    expect(hands.figure.locator('input[type=text][data-parameter=rate]')).to_have_value('0.05')


def test_an_answer_leaves_alone_what_is_being_typed(page, server):
    hands = Hands(page, server.url)
    set_rate(hands, '.3')
    field = hands.figure.locator('input[type=text][data-parameter=rate]')
    field.fill('1/')
    page.evaluate("globalThis.nudge.page.send({ do: 'set', parameter: 'start', value: 2 })")
    page.wait_for_function('() => globalThis.nudge.page.params.start === 2 && globalThis.nudge.page.gate.idle')
    expect(field).to_have_value('1/')
    field.press_sequentially('6')
    field.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.rate === .166666666667')


def test_a_rate_set_elsewhere_on_the_page_begins_a_walk_of_its_own(page, server):
    hands = Hands(page, server.url)
    hands.press('whole')
    field = page.locator('#the-ruler input[type=text][data-parameter=rate]')
    field.fill('.25')
    field.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.rate === .25 && globalThis.nudge.page.gate.idle')
    assert page.evaluate('globalThis.nudge.page.params.changes') == []
    hands.figure.scroll_into_view_if_needed()           # out of sight nothing follows; back in sight it is the new walk
    hands.at(4, rate=0.25)
