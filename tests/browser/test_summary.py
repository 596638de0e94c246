"""Twelve small pictures are one machine: what is done to one of them is seen in all."""
from playwright.sync_api import expect

import lessons
from lessons.summary.state import State

READ = '''() => Object.fromEntries([...document.querySelectorAll('.mini')].map(figure => [figure.id,
  [...figure.querySelectorAll('svg')].find(svg => svg.checkVisibility()).innerHTML]))'''
ROWS = '''() => Object.values(Object.groupBy([...document.querySelectorAll('.mini .picture')].map(e => {
  const { left, bottom } = e.parentNode.getBoundingClientRect(); return [Math.round(bottom + scrollY), Math.round(left)] }),
  ([bottom]) => bottom)).map(row => row.length)'''


def middle(locator):
    box = locator.bounding_box()
    return box['x'] + box['width'] / 2, box['y'] + box['height'] / 2


def settled(page):
    page.wait_for_function('''() => { const { gate, planes } = globalThis.nudge.page
      return gate.idle && !Object.values(planes).some(p => p.unfinished || p.frame) }''')
    return page.evaluate('globalThis.nudge.page.params.w'), page.evaluate(READ)


def alone(one, other):
    """The pictures in which something is not as it was."""
    return {name for name in one if one[name] != other[name]}


def test_a_hand_on_any_picture_moves_all_of_them_and_so_does_the_button(page, server):
    page.goto(f'{server.url}/summary')
    assert page.evaluate(ROWS) == [3, 3, 3, 3], 'side by side where there is room'
    page.locator('#a-model').scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on" && document.querySelector("[data-part]")')
    was = page.evaluate(READ)
    x, y = middle(page.locator('#a-model .handle:visible .knob'))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 24, steps=6)
    page.mouse.up()
    w, dragged = settled(page)
    assert w > 1 and len(was) == 12 and alone(was, dragged) == was.keys()

    page.locator('#and-back [data-mark=graph] [data-part="0"]:visible').focus()
    page.keyboard.press('ArrowDown')
    page.wait_for_function('w => globalThis.nudge.page.params.w !== w', arg=w)
    w, keyed = settled(page)
    assert alone(dragged, keyed) == was.keys()

    page.locator('#downhill [data-mark=step] [data-part="0"]:visible').focus()
    page.keyboard.press('Enter')
    page.wait_for_function('w => globalThis.nudge.page.params.w !== w', arg=w)
    stepped, seen = settled(page)
    assert stepped == State(w=w).after() and alone(keyed, seen) == was.keys()
    page.wait_for_url(f'**/summary?w={stepped}')

    page.locator('output[data-value=slope_says]').hover()
    page.wait_for_function('() => document.querySelector("[data-glows]")')
    glows = page.locator('.mini [data-glows]:visible').evaluate_all('all => all.map(e => e.closest("figure").id)')
    assert set(glows) == {'the-number', 'its-slope', 'as-arrows', 'a-chain', 'and-back', 'every-slope'}, 'one quantity'

    page.set_viewport_size({'width': 900, 'height': 740})
    assert page.evaluate(ROWS) == [1, 2, 2, 2, 2, 2, 1], 'in pairs where there is less'
    page.set_viewport_size({'width': 360, 'height': 740})
    assert page.evaluate(ROWS) == [1] * 12, 'below each other where there is not'

    page.evaluate('all => localStorage.setItem("nudge-lessons", JSON.stringify(all))', dict.fromkeys(lessons.WRITTEN, 'read'))
    page.goto(f'{server.url}/')
    expect(page.locator('[data-begin]')).to_have_text('Look backEight ideas, or one?')
