"""The lesson on XOR through the page: a line, a formula that opens, a training that is hovered over, changed and edited."""
import numpy as np
from playwright.sync_api import expect

from app.widgets import fold, trainer
from core.layers import parameters as weights_of
from lessons.xor.state import State
from tests.browser.harness import idle


class Hands:
    """A reader at one of the widgets."""

    def __init__(self, page, url, name, query=''):
        self.page, self.name = page, name
        page.goto(f'{url}/xor{query}')
        self.figure = page.locator(f'#{name}')
        self.figure.scroll_into_view_if_needed()
        page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
        self.label, self.verdict = self.figure.locator('[data-moment]'), self.figure.locator('[data-verdict]')

    def press(self, what):
        self.figure.locator(f'[data-do={what}]').click()
        self.page.wait_for_function('''name => { const { players, gate } = globalThis.nudge.page
          return players[name]?.run && gate.idle }''', arg=self.name)

    def seek(self, k):
        self.page.evaluate(f"globalThis.nudge.page.players['{self.name}'].seek({k})")

    def params(self):
        idle(self.page)
        return self.page.evaluate('globalThis.nudge.page.params')

    def mark(self, key):
        return self.page.evaluate(f"""() => {{ const m = globalThis.nudge.page.planes['{self.name}'].mark('{key}')
          return JSON.parse(JSON.stringify(m, (k, v) => ArrayBuffer.isView(v) ? Array.from(v) : v)) }}""")

    def cells(self, key='cells'):
        return self.figure.locator(f'.wide [data-mark={key}] text').all_text_contents()


def test_a_line_is_dragged_until_or_is_done_and_the_best_score_stays(page, server):
    hands = Hands(page, server.url, 'one-line')
    score = hands.figure.locator('.wide [data-mark=right]')
    expect(score).to_have_text('3 of 4')
    grip = hands.figure.locator('.wide [data-mark=to] .knob')
    box, square = grip.bounding_box(), hands.figure.locator('.wide [data-plane=square] .frame').bounding_box()
    page.mouse.move(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2)
    page.mouse.down()
    page.mouse.move(square['x'] + square['width'] * .55, square['y'] + square['height'] * .97, steps=8)
    page.mouse.up()
    expect(score).to_have_text('4 of 4')
    expect(hands.figure.locator('.wide [data-mark=row-3]')).to_have_text('A line can do OR.')
    hands.figure.locator('.wide [data-mark=to]').focus()
    for _ in range(6):
        page.keyboard.press('PageUp')
    expect(score).not_to_have_text('4 of 4')
    expect(hands.figure.locator('.wide [data-mark=row-1]')).to_have_text('your best for OR: 4 of 4')
    hands.figure.locator('a', has_text='XOR').click()
    expect(hands.figure.locator('.wide [data-mark=row-1]')).to_contain_text('your best for XOR')


def test_the_formula_opens_by_the_keyboard_and_follows_a_weight_and_a_row(page, server):
    hands = Hands(page, server.url, 'in-two-stages')
    summary, opened = hands.figure.locator('summary'), hands.figure.locator('.opened')
    expect(opened).to_be_hidden()
    summary.focus()
    page.keyboard.press('Enter')
    expect(opened).to_be_visible()
    page.keyboard.press('Space')
    expect(opened).to_be_hidden()
    hands.figure.locator('.wide [data-mark=rows] rect').nth(1).click()
    page.wait_for_function('() => globalThis.nudge.page.params.corner === "0, 1"')
    page.wait_for_function('() => globalThis.nudge.page.planes["in-two-stages"].layers?.length > 0')
    hands.figure.locator('.wide [data-mark=net-edges] :is([tabindex="0"], path, line)').first.focus()
    page.keyboard.press('ArrowUp')
    page.wait_for_function('() => globalThis.nudge.page.params.hand.length === 7 && globalThis.nudge.page.gate.idle')
    state = State(corner='0, 1', hand=hands.params()['hand'])
    assert state.hand_weights()[0] != State().hand_weights()[0]
    expect(hands.figure.locator('[data-value="answers:.2f"]').first).to_have_text(f'{state.answers():.2f}')
    assert hands.cells()[6] == f'{state.answers():.2f}'


def test_one_run_moves_every_picture_and_hovering_over_the_loss_shows_that_moment(page, server):
    hands = Hands(page, server.url, 'train-it')
    hands.press('step')
    run = trainer.record(State())
    last = run['frames'] - 1
    hands.seek(last)
    expect(hands.verdict).to_have_text(run['says'])
    assert hands.cells() == run['tracks']['cells.text'][last]
    assert np.allclose(hands.mark('net-edges')['value'], State().run().parameters[-1], rtol=1e-6)
    assert hands.mark('answer')['pixels'] == run['tracks']['answer.pixels'][last].tolist()
    hands.figure.locator('.wide [data-plane=time]').scroll_into_view_if_needed()
    time = page.evaluate('''() => { const p = globalThis.nudge.page.planes['train-it'], [x, y, w, h] = p.scales.time.box
      const r = p.svg.getBoundingClientRect(), s = r.width / 720
      return { x: r.left + x * s, y: r.top + y * s, w: w * s, h: h * s } }''')
    page.mouse.move(time['x'] + time['w'] * .5, time['y'] + time['h'] * .5)
    expect(hands.label).to_contain_text('Epoch 5')
    there = hands.label.text_content()
    k = run['labels'].index(there)
    assert hands.cells() == run['tracks']['cells.text'][k] != run['tracks']['cells.text'][last]
    page.mouse.move(time['x'] + time['w'] * .5, time['y'] - 120)
    expect(hands.label).to_have_text(run['labels'][last])


def test_another_rate_goes_on_from_the_moment_on_screen_and_a_weight_begins_anew_with_all_the_others(page, server):
    hands, k = Hands(page, server.url, 'train-it'), 140
    hands.press('step')
    hands.seek(k)
    before, epoch = hands.label.text_content(), int(State().run().epochs[k])
    field = hands.figure.locator('input[type=text][data-parameter=rate]')
    field.fill('2')
    field.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.changes.length === 1')
    state = State(rate=2, changes=[[epoch, 0.5]])
    run = trainer.record(state)
    page.wait_for_function(f"() => globalThis.nudge.page.players['train-it'].run?.says === {run['says']!r}")
    expect(hands.label).to_have_text(before)
    assert hands.params()['changes'] == [[epoch, 0.5]]

    weights = state.run().parameters[k]
    page.wait_for_function('() => globalThis.nudge.page.planes["train-it"].layers?.length > 0')
    hands.figure.locator('.wide [data-mark=net-edges] :is([tabindex="0"], path, line)').first.focus()
    page.keyboard.press('ArrowUp')
    page.wait_for_function('() => globalThis.nudge.page.params.weights.length === 7 && globalThis.nudge.page.gate.idle')
    start = weights_of(State(weights=hands.params()['weights']).start())
    assert np.allclose(start[1:], weights[1:], atol=1e-9)
    assert abs(start[0] - weights[0]) > 0.01
    assert hands.params()['changes'] == []
    hands.press('play')
    expect(hands.label).to_contain_text('Epoch')


def test_no_points_and_a_wild_rate_are_a_picture_and_a_sentence(page, server):
    hands = Hands(page, server.url, 'train-it', '?data=own')
    expect(hands.figure.locator('.wide [data-mark=invitation]')).to_have_text('press to put points')
    hands.figure.locator('[data-do=play]').click()
    expect(hands.verdict).to_contain_text('no points yet. Press on the picture to put some')
    hands = Hands(page, server.url, 'train-it', '?rate=1000')
    hands.press('play')
    page.evaluate("() => { const p = globalThis.nudge.page.players['train-it']; p.seek(p.last) }")
    expect(hands.verdict).to_contain_text('hardly a slope is left')
    rescue = hands.figure.locator('[data-do=rescue]')
    expect(rescue).to_have_text('Take rate 0.5 again')
    rescue.click()
    page.wait_for_function("() => globalThis.nudge.page.params.rate === 0.5")


def test_points_are_put_dragged_and_pasted_and_a_bad_cell_is_named_and_loses_nothing(page, server):
    hands = Hands(page, server.url, 'train-it')
    page.wait_for_function('() => globalThis.nudge.page.planes["train-it"].layers?.length > 0')
    hands.figure.locator('.wide [data-plane=square]').scroll_into_view_if_needed()
    square = hands.figure.locator('.wide [data-plane=square] .frame').bounding_box()
    x, y = square['x'] + square['width'] / 2, square['y'] + square['height'] / 2
    page.mouse.click(x, y)
    page.wait_for_function('() => globalThis.nudge.page.params.points.length === 5')
    assert hands.params()['data'] == 'own'
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + square['width'] / 6, y, steps=5)
    page.mouse.up()
    page.wait_for_function('() => Math.abs(globalThis.nudge.page.params.points[4][0] - .75) < .02')
    kept = hands.params()['points']
    hands.figure.locator('details.table summary').click()
    area = hands.figure.locator('textarea')
    area.fill('x,y,class\n0,1,yes\n0.5,abc,no')
    hands.figure.locator('[data-take]').click()
    expect(hands.figure.locator('[data-complaint=points]')).to_contain_text('line 3')
    assert hands.params()['points'] == kept
    area.fill('x,y,class\n0,1,yes\n0.5,0.25,no')
    hands.figure.locator('[data-take]').click()
    page.wait_for_function('() => globalThis.nudge.page.params.points.length === 2')
    hands.press('play')
    expect(hands.label).to_contain_text('of 2 on the right side')


def test_the_sheet_folds_while_it_learns(page, server):
    hands = Hands(page, server.url, 'folded')
    hands.press('step')
    run = fold.record(State())
    for k in (0, run['frames'] - 1):
        hands.seek(k)
        assert hands.mark('sheet')['bends'] == run['tracks']['sheet.bends'][k].tolist()
        assert hands.figure.locator('.wide [data-mark=answer-3]').text_content() == run['tracks']['answer-3.text'][k]
