"""The training of the whole network, through the page: watched while it learns, stopped, continued, looked at, and used."""
import re

from playwright.sync_api import expect

from lessons.inside_a_network.learning import learnt
from lessons.inside_a_network.state import State

PLAYER = "globalThis.nudge.page.players['train-it']"
SOME = 20_000       # ms: a worker has to start
VALUES = {'batch': 1437, 'train_rate': 0.2}


def test_a_network_is_watched_stopped_continued_and_used(page, server):
    page.goto(f'{server.url}/inside-a-network?batch=1437&train_rate=0.2&epochs=200')
    figure = page.locator('#train-it')
    figure.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    expect(figure.locator('[data-player]')).to_have_attribute('data-ready', '')
    stopped = it_is_watched_and_stopped(page, figure)
    it_goes_on_from_there(page, figure, stopped)
    a_cell_shows_its_digits(page, figure, stopped + 20)
    it_looks_at_the_picture(page, figure, stopped + 20)
    another_address_is_another_training(page, figure, server)


def it_is_watched_and_stopped(page, figure):
    """While it trains its curve grows; a Stop keeps what has been learnt, and the address says how much that is."""
    figure.locator('[data-do=play]').click()
    expect(figure.locator('[data-moment]')).to_contain_text(re.compile(r'Epoch \d+ of 200, [\d.]+ % of the unseen'), timeout=SOME)
    page.wait_for_function(f'() => {PLAYER}.awaits.told?.keeps')
    assert page.evaluate('() => nudge.page.planes["train-it"].mark("loss-0").x.length') > 1
    figure.locator('[data-do=stop]').click()
    page.wait_for_function(f'() => {PLAYER}.run')
    epochs = page.evaluate('() => nudge.page.params.epochs')
    assert 0 < epochs < 200 and page.evaluate(f'() => {PLAYER}.run.time.x.at(-1)') == epochs
    right = learnt(State(epochs=epochs, **VALUES).asked()).epochs[-1].right[1]
    expect(figure.locator('[data-verdict]')).to_contain_text(f'{round(360 * right)} of 360 digits')
    return epochs


def it_goes_on_from_there(page, figure, stopped):
    figure.locator('[data-do=rescue]').click()
    page.wait_for_function(f'() => {PLAYER}.playing')
    shown = page.evaluate(f'() => [{PLAYER}.run.time.x[{PLAYER}.k], {PLAYER}.run.time.x.at(-1)]')
    assert shown[0] >= stopped and shown[1] == stopped + 20 == page.evaluate('() => nudge.page.params.epochs')


def a_cell_shows_its_digits(page, figure, epochs):
    figure.locator('[data-scrub]').press('End')
    box = figure.locator('.wide [data-mark=heat] foreignObject').bounding_box()
    page.mouse.click(box['x'] + box['width'] * .75, box['y'] + box['height'] * .75)
    expect(figure.locator('.wide [data-mark=gallery-name] text')).to_contain_text('of the 7s told right')
    expect(figure.locator('.wide [data-mark=words-1] text').first).to_have_text('7 → 7')


def it_looks_at_the_picture(page, figure, epochs):
    """The network that was trained here sees what the page shows, and the words say which one it is."""
    figure.locator('select[data-parameter=weights]').select_option('yours')
    expect(page.locator('[data-value=trained_words]')).to_have_text(f'{epochs} epochs, at rate 0.2, 1,437 digits to a step')
    state = State(weights='yours', epochs=epochs, **VALUES)
    state.learns((state.asked(), learnt(state.asked()).weights))
    expect(page.locator('[data-value=answer_share]').first).to_have_text(state.answer_share())


def another_address_is_another_training(page, figure, server):
    """Legs of a training are kept for who reloads it, not for who follows a link to other numbers in the same tab."""
    figure.locator('input[type=text][data-parameter=train_rate]').fill('0.3')
    page.keyboard.press('Enter')
    page.wait_for_function('() => nudge.page.params.changes.length === 1 && nudge.page.query === undefined '
                           '&& location.search.includes("changes=")')
    page.goto(f'{server.url}/inside-a-network?train_rate=1')
    page.wait_for_function('() => globalThis.nudge?.page')
    assert page.evaluate('[nudge.page.params.train_rate, nudge.page.params.changes]') == [1, []]
