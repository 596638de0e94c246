"""The races of the lesson on minibatches, through the page: the engine's numbers, by mouse, keys and thumb."""
from playwright.sync_api import expect

from app.widgets import race, three_walks
from lessons.stochastic.state import State
from tests.browser.harness import idle


class Hands:
    """A reader at one of the races."""

    def __init__(self, page, url, name, query=''):
        self.page, self.name = page, name
        page.goto(f'{url}/stochastic{query}')
        self.figure = page.locator(f'#{name}')
        self.figure.scroll_into_view_if_needed()
        page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
        expect(self.figure.locator('[data-player][data-ready]')).to_have_count(1)
        self.label, self.verdict = self.figure.locator('[data-moment]'), self.figure.locator('[data-verdict]')

    def press(self, what):
        self.figure.locator(f'[data-do={what}]').click()
        self.page.wait_for_function('''name => { const { players, gate } = globalThis.nudge.page
          return players[name].run && gate.idle }''', arg=self.name)

    def says(self, who):
        return self.figure.locator(f'.wide [data-mark={who}-says]')

    def go(self, k):
        scrub = self.figure.locator('[data-scrub]')
        scrub.focus()
        self.page.keyboard.press('Home' if k == 0 else 'End')
        idle(self.page)

    def type(self, parameter, text):
        field = self.figure.locator(f'input[type=text][data-parameter={parameter}]')
        field.fill(text)
        field.press('Enter')
        idle(self.page)


def test_both_start_at_10_250_and_both_reach_the_centre(page, server):
    hands = Hands(page, server.url, 'step-for-step')
    expect(hands.says('full')).to_have_text('full batch of 128: loss 10.250')
    expect(hands.says('few')).to_have_text('minibatch of 4: loss 10.250')
    run = race.record(State())
    for k, loss in enumerate(('6.5600', '4.1984'), 1):
        hands.press('step')
        expect(hands.label).to_have_text(run['labels'][k])
        expect(hands.says('full')).to_have_text(f'full batch of 128: loss {loss}')
        expect(hands.says('few')).to_have_text(run['tracks']['few-says.text'][k])
    expect(hands.figure.locator('.wide [data-mark=asked] circle')).to_have_count(4)
    hands.press('back')
    expect(hands.label).to_have_text(run['labels'][1])
    hands.go('end')
    expect(hands.verdict).to_have_text(run['says'])
    drawn = page.evaluate('''() => { const p = globalThis.nudge.page.planes['step-for-step']
      return ['full', 'few'].map(name => Math.hypot(p.mark(name).x[0], p.mark(name).y[0])) }''')
    assert drawn[0] < 1e-3 and drawn[1] < 1, 'both are in the centre'
    hands.press('new')
    again = race.record(State(seed=2))
    hands.go('end')
    expect(hands.label).to_have_text(again['labels'][-1])
    assert again['labels'][-1] != run['labels'][-1]


def test_a_rate_that_is_lowered_on_the_way_calms_the_dance_with_the_engines_numbers(page, server):
    hands = Hands(page, server.url, 'for-the-same-work')
    hands.press('step')
    page.evaluate("globalThis.nudge.page.players['for-the-same-work'].seek(128)")
    before = hands.label.text_content()
    hands.type('rate', '.005')
    page.wait_for_function("() => globalThis.nudge.page.params.changes.length === 1")
    state = State(rate=0.005, changes=[[256, 0.1]])
    run = race.record(state, clock='work')
    expect(hands.label).to_have_text(before)
    assert run['labels'][128] == before == race.record(State(), clock='work')['labels'][128]
    hands.go('end')
    expect(hands.label).to_have_text(run['labels'][-1])
    expect(hands.says('few')).to_have_text(run['tracks']['few-says.text'][-1])
    hands.press('restart')
    page.wait_for_function("() => globalThis.nudge.page.params.changes.length === 0 && globalThis.nudge.page.params.rate === .1")


def test_what_breaks_it_says_so_and_leads_back(page, server):
    hands = Hands(page, server.url, 'step-for-step')
    for words, name, on, clock in (
            ('a rate of a million', 'step-for-step', 'bowl', 'steps'), ('a millionth', 'step-for-step', 'bowl', 'steps'),
            ('a batch of all', 'for-the-same-work', 'bowl', 'work'),
            ('too large for one at a time', 'with-the-houses', 'houses', 'work')):
        before = page.evaluate('JSON.stringify(globalThis.nudge.page.params)')
        page.get_by_role('link', name=words, exact=True).click()
        page.wait_for_function('before => JSON.stringify(globalThis.nudge.page.params) !== before', arg=before)
        idle(page)
        params = page.evaluate('globalThis.nudge.page.params')
        state = State(**{key: params[key] for key in ('rate', 'batch', 'few')})
        hands.figure, hands.name = page.locator(f'#{name}'), name
        hands.press('step')
        hands.go('end')
        expect(hands.figure.locator('[data-verdict]')).to_have_text(race.record(state, on=on, clock=clock)['says'])
    rescue = hands.figure.locator('[data-do=rescue]')
    expect(rescue).to_have_text('Take the rate back to 0.1')
    rescue.click()
    page.wait_for_function('() => globalThis.nudge.page.params.rate === .1')
    expect(rescue).to_be_hidden()


def test_a_thumb_plays_the_houses_and_keys_drag_the_start_of_the_three_walks(phone, server):
    hands = Hands(phone, server.url, 'with-the-houses')
    hands.figure.locator('select[aria-label=Speed]').select_option('16')
    hands.figure.locator('[data-do=play]').tap()
    run = race.record(State(), on='houses', clock='work')
    phone.wait_for_function(f"() => globalThis.nudge.page.players['with-the-houses'].k === {run['frames'] - 1}", timeout=10_000)
    expect(hands.verdict).to_have_text(run['says'])
    hands.figure, hands.name = phone.locator('#with-a-memory'), 'with-a-memory'
    hands.figure.scroll_into_view_if_needed()
    hands.press('step')
    handle = hands.figure.locator('.narrow [data-mark=start]')
    handle.focus()
    phone.keyboard.press('ArrowRight')
    phone.wait_for_function('() => globalThis.nudge.page.params.slope > 200 && globalThis.nudge.page.gate.idle')
    state = State(slope=phone.evaluate('globalThis.nudge.page.params.slope'))
    expect(hands.figure.locator('[data-moment]')).to_have_text(three_walks.record(state)['labels'][1])
