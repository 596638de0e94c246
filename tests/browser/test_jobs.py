"""A run that takes its time, in a real browser: that it works, how far it is, how to stop it, and what is shown meanwhile."""
import re

import pytest
from playwright.sync_api import expect

from tests.serving import Server

PLAYER = "globalThis.nudge.page.players['walk']"
IDLE = '() => globalThis.nudge?.page.gate.idle'


@pytest.fixture(scope='module')
def walks(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp('walks') / 'log', 'tests.helpers.course_with_walks', WORKERS=1)
    yield running
    running.stop()
    assert 'Traceback' not in running.log()


class Bar:
    """A reader at a walk that takes its time."""

    def __init__(self, page, server, query):
        self.page = page
        page.goto(f'{server.url}/walks?{query}')
        self.figure = page.locator('#walk')
        page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
        expect(self.figure.locator('[data-player][data-ready]')).to_have_count(1)
        find = self.figure.locator
        self.label, self.verdict, self.heard = find('[data-moment]'), find('[data-verdict]'), find('[data-heard]')
        self.stop, self.progress, self.play = find('[data-do=stop]'), find('progress'), find('[data-do=play]')

    def set(self, name, value):
        self.page.evaluate('([parameter, value]) => nudge.page.send({ do: "set", parameter, value, done: true })', [name, value])

    def places(self):
        """Where everything in the bar stands."""
        return self.figure.evaluate("""figure => [...figure.querySelectorAll('.player > *, .scrub > *, .keys > *')]
          .filter(el => !el.closest('.awaits'))
          .map(el => { const { x, y, width, height } = el.getBoundingClientRect(); return [x, y, width, height] })""")

    def frames(self):
        return self.page.evaluate(f'{PLAYER}.run?.frames ?? null')


def test_between_the_press_and_the_run_the_bar_shows_how_far_it_is(page, walks):
    bar = Bar(page, walks, 'lasts=4&steps=41')
    before = bar.places()
    expect(bar.stop).to_be_hidden()
    bar.play.click()
    expect(bar.label).to_have_text(re.compile(r'^41 steps … [1-9]\d %$'))
    expect(bar.stop).to_be_visible()
    expect(bar.heard).to_have_text('Walking …')
    assert .05 < bar.progress.evaluate('bar => bar.value') < 1
    assert bar.places() == before, 'nothing moves'
    box = bar.stop.bounding_box()
    assert box['width'] >= 44 and box['height'] >= 44
    assert bar.label.get_attribute('aria-live') == 'off', 'the percents are not read out'
    again = bar.heard.evaluate("""el => new Promise(done => { let n = 0; new MutationObserver(list => { n += list.length })
      .observe(el, { childList: true, characterData: true, subtree: true }); setTimeout(() => done(n), 600) })""")
    assert again == 0, 'it is heard once'
    expect(bar.play.locator('b')).to_have_text('Pause')
    expect(bar.stop).to_be_hidden()
    expect(bar.heard).to_be_empty()
    assert bar.places()[1:] == before[1:] and bar.frames() == 42
    expect(bar.play.locator('b')).to_have_text('Play', timeout=10_000)
    expect(bar.label).to_have_text('step 41')
    assert bar.label.get_attribute('aria-live') == 'polite'


def test_what_comes_at_once_shows_no_progress(page, walks):
    Bar(page, walks, 'steps=3').play.click()
    page.wait_for_function(f'() => {PLAYER}.run')       # the worker is warm
    bar = Bar(page, walks, 'steps=42')
    page.evaluate("""() => { globalThis.seen = 0; const box = document.querySelector('#walk .awaits')
      new MutationObserver(() => { globalThis.seen += 1 }).observe(box, { attributes: true }) }""")
    bar.play.click()
    page.wait_for_function(f'() => {PLAYER}.k > 20')
    assert page.evaluate('globalThis.seen') == 0


def test_it_is_stopped_by_a_key_and_the_next_press_finds_a_free_worker(page, walks):
    bar = Bar(page, walks, 'does=hang')
    bar.play.focus()
    page.keyboard.press('Enter')
    expect(bar.label).to_have_text('Walking …')
    expect(bar.stop).to_be_visible()
    assert not bar.progress.evaluate('bar => bar.hasAttribute("value")'), 'nobody knows how far it is'
    for _ in range(8):
        page.keyboard.press('Tab')
        if bar.stop.evaluate('stop => stop.matches(":focus")'):
            break
    page.keyboard.press('Enter')
    expect(bar.stop).to_be_hidden()
    expect(bar.play).to_be_focused()
    expect(bar.label).to_have_text('Press Play to run it with these numbers.')
    bar.set('does', 'walk')
    page.keyboard.press('Enter')
    page.wait_for_function(f'() => {PLAYER}.k > 3', timeout=10_000)


def test_the_run_on_the_screen_stays_until_the_newest_is_there(page, walks):
    bar = Bar(page, walks, 'steps=43&lasts=0')
    bar.figure.locator('[data-do=step]').click()
    expect(bar.label).to_have_text('step 1')
    assert bar.frames() == 44
    bar.set('lasts', 1.2)
    bar.set('steps', 60)
    bar.set('steps', 61)
    expect(bar.figure).to_have_class(re.compile('behind'))
    expect(bar.stop).to_be_visible()
    assert bar.frames() == 44
    bar.play.click()
    expect(bar.play.locator('b')).to_have_text('Pause')
    expect(bar.figure).not_to_have_class(re.compile('behind'))
    assert bar.frames() == 62
    expect(bar.label).to_have_text('step 61', timeout=10_000)
    bar.set('steps', 70)
    expect(bar.figure).to_have_class(re.compile('behind'))
    bar.set('steps', 61)
    expect(bar.figure).not_to_have_class(re.compile('behind'), timeout=1000)
    assert bar.frames() == 62


def test_far_from_the_screen_no_run_follows_and_on_the_way_back_the_right_one_comes(page, walks):
    bar = Bar(page, walks, 'steps=44')
    bar.play.click()
    page.wait_for_function(f'() => {PLAYER}.k > 3')
    page.evaluate('scrollTo(0, document.body.scrollHeight)')
    page.wait_for_function(f'() => {PLAYER}.rests')
    assert not page.evaluate(f'{PLAYER}.playing')
    page.evaluate("""() => { globalThis.came = []; const page = globalThis.nudge.page, take = page.players.walk.take
      page.players.walk.take = function (run) { globalThis.came.push(run); take.call(this, run) } }""")
    bar.set('steps', 71)
    page.wait_for_timeout(800)
    assert page.evaluate('globalThis.came.length') == 0 and bar.frames() == 45
    page.evaluate('scrollTo(0, 0)')
    page.wait_for_function(f'() => {PLAYER}.run.frames === 72')
    page.evaluate('scrollTo(0, document.body.scrollHeight)')
    page.wait_for_function(f'() => {PLAYER}.rests')
    page.evaluate('scrollTo(0, 0)')
    page.wait_for_function(f'() => !{PLAYER}.rests')
    page.wait_for_function(IDLE)
    page.wait_for_timeout(100)
    assert page.evaluate('globalThis.came.length') == 1, 'what the page has need not come again'


def test_who_reads_on_while_it_is_recorded_finds_it_there(page, walks):
    bar = Bar(page, walks, 'steps=45&lasts=1.5')
    bar.play.click()
    page.evaluate('scrollTo(0, document.body.scrollHeight)')
    page.wait_for_function(f'() => {PLAYER}.run?.frames === 46', timeout=10_000)
    assert not page.evaluate(f'{PLAYER}.playing')
    page.evaluate('scrollTo(0, 0)')
    expect(bar.label).to_have_text('step 45', timeout=10_000)


@pytest.mark.parametrize(('does', 'sentence'), [
    ('die', 'Something broke off'), ('refuse', 'That can’t be played: there is no ground.')])
def test_what_goes_wrong_is_said_in_the_bar_and_may_be_pressed_again(page, walks, does, sentence):
    bar = Bar(page, walks, f'does={does}')
    bar.play.click()
    expect(bar.verdict).to_contain_text(sentence, timeout=10_000)
    expect(bar.stop).to_be_hidden()
    bar.set('does', 'walk')
    page.wait_for_function(IDLE)
    bar.play.click()
    page.wait_for_function(f'() => {PLAYER}.k > 3', timeout=10_000)


def test_a_press_before_the_connection_is_there_is_not_lost(page, walks):
    page.goto(f'{walks.url}/walks?steps=46')
    page.locator('#walk [data-player][data-ready]').wait_for()
    page.locator('#walk [data-do=play]').click()
    expect(page.locator('#walk [data-moment]')).to_have_text('step 46', timeout=15_000)


def test_a_thumb_finds_it_all_on_a_phone(phone, walks):
    bar = Bar(phone, walks, 'lasts=3&steps=47')
    before = bar.places()
    bar.play.tap()
    expect(bar.stop).to_be_visible()
    assert bar.places() == before
    box, width = bar.stop.bounding_box(), phone.evaluate('innerWidth')
    assert box['height'] >= 44 and box['x'] + box['width'] <= width
    bar.stop.tap()
    expect(bar.label).to_have_text('Press Play to run it with these numbers.')


def test_a_press_before_the_player_has_come_is_taken_up_when_it_is_there(page, walks):
    held = []
    page.route('**/player.js*', lambda route: held.append(route))
    page.goto(f'{walks.url}/walks?steps=12')
    figure = page.locator('#walk')
    figure.locator('[data-do=play]').click()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    assert figure.locator('[data-player][data-ready]').count() == 0
    for route in held:
        route.continue_()
    expect(figure.locator('[data-verdict]')).not_to_be_empty(timeout=10_000)
