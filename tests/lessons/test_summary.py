"""What the summary says of its two houses, recomputed; and that its twelve pictures are one machine."""
import numpy as np
import pytest

from app.lesson_format import read_lesson
from app.widgets import mini
from core.derivative import derivative
from lessons.summary.state import LARGEST, PRICES, SIZES, State, best, loss_at, slope_at, stepped

KNOBS = {'line-end': 'model', 'square-end': 'loss', 'at-slope': 'derivative', 'at-start': 'descent', 'arrow-tip': 'vectors',
         'bar-end': 'algebra', 'on-bell': 'probability', 'at-rate': 'calculus'}
DIALS = {'the-w': 'number', 'row-w': 'layers', 'nodes': 'chain', 'graph': 'back'}


def texts(state, of):
    found = []
    for drawn in mini.draw(state, 'narrow', of=of)['marks'].values():
        words = drawn.get('text', '')
        found += [words] if isinstance(words, str) else list(words)
    return ' | '.join(found)


def test_the_numbers_of_the_first_paragraph_and_the_first_question():
    state = State()
    assert state.guesses().tolist() == [2, 1] and state.errors().tolist() == [-2, -2]
    assert (state.loss(), state.slope(), state.asked_step()) == (4, -6, 1.6)


@pytest.mark.parametrize('w', [-1.2, -0.01, 0.3, 1, 2.2, 4.9])
def test_a_dot_product_the_chains_the_walk_back_and_nudging_say_the_same_slope(w):
    state = State(w=w)
    by_nudging = derivative(lambda at: loss_at(float(at)), w, 1e-6)
    for slope in (state.slope(), state.turned(), state.parts().sum()):
        assert slope == pytest.approx(by_nudging, abs=1e-6)


def test_at_the_best_weight_both_houses_pull_equally_hard_against_each_other():
    state = State(w=best())
    assert state.best_says() == '2.2' and state.least_says() == '0.4'
    assert state.parts() == pytest.approx([0.8, -0.8])
    assert 'a right angle' in texts(state, 'vectors') and loss_at(best()) < min(loss_at(best() - 0.01), loss_at(best() + 0.01))


def test_no_weight_makes_both_squares_vanish():
    assert set(PRICES / SIZES) == {2.0, 3.0}
    assert all(np.any(State(w=float(w)).errors()) for w in PRICES / SIZES)
    assert 'Only the small house is right.' in texts(State(w=3), 'algebra')


def test_how_likely_the_misses_are_is_the_loss():
    for w in (-1.0, 1.0, 2.2, 5.0):
        state = State(w=w)
        assert -np.log(state.likely().prod()) == pytest.approx(state.loss())


@pytest.mark.parametrize('w', [-1.5, 0.4, 5])
def test_both_misses_stand_on_the_bell_as_the_percentages_say(w):
    state = State(w=w)
    misses = mini.draw(state, 'narrow', of='probability')['marks']['misses']
    assert misses['x'].tolist() == state.errors().tolist() and misses['y'].tolist() == state.likely().tolist()


def test_the_rates_that_the_page_tries():
    assert stepped(1.0, 0.2) == best()
    assert State(rate=0.4).walk(6).tolist() == pytest.approx([1, 3.4, 1, 3.4, 1, 3.4, 1])
    wide = State(rate=0.45).walk(6)
    off = np.abs(wide[:5] - best())
    assert np.all(np.diff(off) > 0) and wide[4] < 0 and wide[4] == wide[5] == wide[6]
    assert State().asked_below() == 'stays' and slope_at(-1.0) == 0 and loss_at(-1.0) > loss_at(1.0)


def test_no_step_leads_out_of_reach():
    low, high = State.param.w.bounds
    for w in np.linspace(low, high, 131):
        assert low <= stepped(round(float(w), 4), LARGEST) <= high


def test_a_nudge_that_changes_nothing_is_0_without_a_sign():
    assert mini.draw(State(w=-1), 'narrow', of='chain')['marks']['moved']['text'] == ['+0.01', '0', '0', '0']
    assert mini.draw(State(), 'narrow', of='chain')['marks']['moved']['text'] == ['+0.01', '+0.02', '+0.01', '−0.06']


@pytest.mark.parametrize('w', [-1.0, 1.0, 4.0])
def test_the_tangent_touches_the_loss_where_w_is_and_is_as_steep(w):
    tangent = mini.draw(State(w=w), 'narrow', of='derivative')['marks']['tangent']
    x, y = np.array(tangent['x']), np.array(tangent['y'])
    assert np.interp(w, x, y) == pytest.approx(loss_at(w)) and np.diff(y) / np.diff(x) == pytest.approx(slope_at(w))


def test_on_each_way_stands_its_rate_and_on_the_way_back_what_it_brings():
    forth, back = (mini.draw(State(), 'narrow', of=of)['marks'] for of in ('chain', 'back'))
    assert forth['on-ways']['text'] == ['× 2', '× 1', '× (−2)', '× (−2)'] and list(forth['ways']['value']) == [2, 1, -2, -2]
    assert back['on-ways']['text'] == ['← −4', '← −2', '← −2', '← −2'] and list(back['ways']['value']) == [-4, -2, -2, -2]
    assert back['slopes']['text'] == ['−6', '−2', '−2', '1'] and State().slope() == -6


@pytest.mark.parametrize('knob', [*KNOBS, *DIALS])
def test_every_picture_sets_the_one_number_and_shows_it(knob):
    of = KNOBS.get(knob) or DIALS[knob]
    for w in (-0.9, 0.4, 3.1):
        state = State(w=w)
        marks = mini.draw(state, 'narrow', of=of)['marks']
        value = [0, w] if knob in DIALS else [marks[knob]['x'], marks[knob]['y']]
        assert mini.gesture(State(), knob, value)['w'] == pytest.approx(w)
        assert texts(state, of) != texts(State(), of)


def test_both_buttons_take_the_step():
    assert mini.gesture(State(), 'take', [0, 0]) == mini.gesture(State(), 'step', [0, 0]) == {'w': 1.6}


def test_each_of_the_eight_links_back_to_its_lesson_and_the_pillars_to_theirs():
    lesson = read_lesson('summary')
    links = [word.partition('href="')[2].partition('"')[0] for placement in lesson.placements
             if placement.name != 'the-number' and placement.widget == 'mini' for word in [placement.body_html]]
    assert links[:8] == [f'/{slug}' for slug in ('models', 'loss', 'derivative', 'gradient-descent', 'vectors', 'layers',
                                                 'chain-rule', 'backprop')]
    assert links[8:] == ['/vectors', '/gaussian', '/derivative']
    words = ' '.join(block for block in lesson.blocks if isinstance(block, str))
    for pillar, leads in {'algebra': 'layers', 'probability': 'gaussian', 'calculus': 'derivative'}.items():
        after = words.partition(f'class="pillar {pillar}"')[2].partition('class="pillar')[0]
        assert f'href="/{leads}"' in after


def test_a_real_network_has_as_many_weights_as_the_page_says():
    assert State().real_size() == 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10
