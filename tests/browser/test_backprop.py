"""There and back through the page: every number on every edge is what nudging finds, whatever the reader changes."""
from playwright.sync_api import expect

from lessons.backprop import nets
from lessons.backprop.state import State
from lessons.short import short


def wake(page, url, name, query=''):
    page.goto(f'{url}/backprop{query}')
    figure = page.locator(f'#{name}')
    figure.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    if figure.locator('[data-player]').count():
        expect(figure.locator('[data-player][data-ready]')).to_have_count(1)
    return figure


def answered(page):
    page.wait_for_function('() => { const { gate, planes } = globalThis.nudge.page; '
                           'return gate.idle && !Object.values(planes).some(({ motion }) => motion.unfinished || motion.frame) }')


def walked(page, name):
    """What has stood on each edge at any moment of the walk, as the page draws it: {edge: slope}."""
    page.evaluate('name => globalThis.nudge.page.players[name].press("step")', name)
    page.wait_for_function('name => globalThis.nudge.page.players[name].run && globalThis.nudge.page.gate.idle', arg=name)
    seen = page.evaluate('''name => { const player = globalThis.nudge.page.players[name], seen = {}
      for (let k = 0; k <= player.last; k++) {
        player.seek(k)
        const texts = document.querySelectorAll(`#${name} .wide [data-mark=slopes] text`)
        texts.forEach((t, i) => { if (t.textContent) seen[i] = t.textContent })
      }
      return seen }''', name)
    return {int(i): text for i, text in seen.items()}


def state_of(page):
    params = page.evaluate('globalThis.nudge.page.params')
    names = ('net', 'weights', 'seed', 'pattern', 'x1', 'x2', 'target', 'over', 'rate', 'changes')
    return State(**{name: params[name] for name in names})


def test_every_number_on_every_edge_is_what_nudging_finds(page, server):
    wake(page, server.url, 'there-and-back')
    for values in ({}, {'net': '2-2-1', 'seed': 3}, {'net': '2-3-1', 'pattern': '01'}, {'net': '2-3-3-1', 'seed': 8},
                   {'net': 'xor', 'pattern': 'own', 'x1': 0.4, 'x2': -2.5, 'target': 0.9}):
        page.evaluate('values => { const { page } = globalThis.nudge; page.go({ ...page.params, ...values }) }', values)
        answered(page)
        state, seen = state_of(page), walked(page, 'there-and-back')
        assert all(getattr(state, name) == value for name, value in values.items())
        assert seen == {i: '= ' + short(float(slope), 3) for i, slope in enumerate(state.by_nudging())}, values
    page.locator('#there-and-back tbody tr').nth(0).hover()                 # the output's first weight, which came first
    glows = page.locator('#there-and-back .wide [data-mark=edges] [data-glows]')
    expect(glows).to_have_attribute('data-lit', f'{nets.lit("xor", 3)} layer-1')
    page.locator('#there-and-back .wide [data-mark=edges] [data-part="5"]').focus()
    expect(page.locator('#there-and-back tbody tr[data-glows]')).to_contain_text('h → ŷ')


def test_a_weight_is_dragged_and_typed_and_the_walk_follows(page, server):
    figure = wake(page, server.url, 'there-and-back')
    edge = figure.locator('.wide [data-mark=edges] [data-part="5"]')        # h → ŷ
    expect(edge).to_have_count(1)
    box = edge.bounding_box()
    x, y = box['x'] + box['width'] * .2, box['y'] + box['height'] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 60, steps=8)
    page.mouse.up()
    page.wait_for_function('() => globalThis.nudge.page.params.weights.length === 7')
    answered(page)
    state = state_of(page)
    assert state.row()[5] > -1.9 and state.row()[0] == -0.5
    assert walked(page, 'there-and-back')[5] == '= ' + short(float(state.by_nudging()[5]), 3)
    edge.focus()
    page.keyboard.press('Enter')
    page.keyboard.type('1000000')
    page.keyboard.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.weights[5]?.[0] === 1e6')
    answered(page)
    assert set(walked(page, 'there-and-back').values()) <= {'= 0'}, 'a unit that is certain'
    expect(figure.locator('[data-verdict]')).to_contain_text('nothing comes back')


def test_prove_it_and_the_table_lights_the_network(page, server):
    figure = wake(page, server.url, 'every-slope-twice')
    figure.locator('label', has_text='Prove it').click()
    page.wait_for_function('() => globalThis.nudge.page.params.proved && globalThis.nudge.page.gate.idle')
    rows = [row.locator('td').all_text_contents() for row in figure.locator('tbody tr').all()]
    assert len(rows) == 7 and all(backprop == nudged for _, backprop, nudged, _ in rows)
    expect(figure.locator('.said')).to_contain_text('Nudging ran the network 14 times')
    figure.locator('tbody tr').nth(5).hover()
    lit = nets.lit('xor', 5)
    expect(page.locator(f'.wide [data-mark=edges] [data-lit^="{lit} "][data-glows]').first).to_have_count(1)


def test_four_phases_and_the_program_with_them(page, server):
    figure = wake(page, server.url, 'four-phases')
    shining = page.locator('#in-pytorch [data-shines]')
    lines = {'forward': 'torch.sigmoid', 'loss': 'mse_loss', 'backward': 'loss.backward()', 'update': 'optimizer.step()'}
    for phase, line in lines.items():
        figure.locator('[data-do=step]').click()
        expect(figure.locator('[data-moment]')).to_contain_text(f'Round 1, {phase}')
        expect(shining.last).to_contain_text(line)
    state = State()
    assert figure.locator('.wide [data-mark=weights] text').all_text_contents() == [
        short(float(weight), 3) for weight in state.run().weights[1]]
    rate = figure.locator('input[type=text][data-parameter=rate]')
    rate.fill('1e3')
    rate.press('Enter')
    page.wait_for_function('() => globalThis.nudge.page.params.changes.length === 1 && globalThis.nudge.page.gate.idle')
    figure.locator('[data-scrub]').focus()
    page.keyboard.press('End')
    expect(figure.locator('[data-verdict]')).to_have_text(state_of(page).verdict())


def test_a_thumb_chooses_a_weight_sees_its_factors_and_scrolls_nothing_sideways(phone, server):
    figure = wake(phone, server.url, 'one-weight')
    wider = phone.evaluate('''() => [...document.querySelectorAll('.trace, .table, pre, math')].filter(e =>
        e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 60))''')
    assert wider == []
    edge = figure.locator('.narrow [data-mark=edges] [data-part="1"]')
    expect(edge).to_have_count(1)
    box = edge.bounding_box()
    phone.touchscreen.tap(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2)
    phone.wait_for_function('() => globalThis.nudge.page.params.chosen === 1 && globalThis.nudge.page.gate.idle')
    expect(figure.locator('.narrow [data-mark=products] text')).to_have_text(short(float(State().by_nudging()[1])))
