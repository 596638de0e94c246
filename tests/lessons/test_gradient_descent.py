"""The walk downhill: what the lesson says about rates, steps, tops, kinks and hills without a bottom, recomputed."""
import re

import numpy as np
import pytest

from app import parameters
from app.lesson_format import read_lesson
from app.widgets import descent, rate_ruler, step_lengths
from core.derivative import derivative
from core.gradient_descent import descend
from core.loss import mean_squared_error
from core.models import line
from core.rates import RATES, try_rate
from lessons.gradient_descent import hills, walk
from lessons.gradient_descent.state import OWN, State
from lessons.models.state import State as FitALine
from lessons.rate import rate_from, rate_text, typed


def test_the_walk_is_the_engines_walk_bit_for_bit():
    walked = State().walk()
    assert (walked.places == descend(lambda x: 6 * x - 4, 3.0, 0.05, walked.steps).path).all()
    assert walked.places[:4].round(9).tolist() == [3, 2.3, 1.81, 1.467]
    assert walked.heights[0] == 20


def test_one_step_at_a_sixth():
    state = State(rate=rate_from('1/6'))
    assert state.walk().steps == 1 and state.walk().name == 'one step' and state.rate_name() == 'one step'
    assert state.walk().places[1] == pytest.approx(2 / 3, abs=1e-11) and state.factor() == 0
    assert state.landmarks() == (rate_from('1/6'), rate_from('1/3'))


def test_a_quarter_zig_zags_a_third_bounces_and_more_flies_off():
    assert State(rate=0.25).walk().places[1:4].tolist() == [-0.5, 1.25, 0.375]
    bounce = State(rate=rate_from('1/3'))
    assert bounce.walk().name == bounce.rate_name() == 'endless zig-zag'
    assert np.allclose(bounce.walk().heights, 20, atol=1e-8)
    above = State(rate=0.34)
    assert above.walk().name == above.rate_name() == 'diverge' and (np.diff(above.walk().heights) > 0).all()


@pytest.mark.parametrize('curve', hills.HILLS)
@pytest.mark.parametrize('rate', [1e-6, 1e-3, 0.3, 1.0, 20.0, 1e6])
@pytest.mark.parametrize('start', [-4, -1, 0, 1, 4])
def test_every_rate_from_everywhere_is_a_finite_walk_and_a_sentence(curve, rate, start):
    state = State(curve=curve, rate=rate, start=start, slope=75 * (start + 4) / 2)
    for most in (60, 1000):
        walked = state.walk(most)
        for seen in (walked.places, walked.heights, walked.slopes, walked.rates):
            assert len(seen) == walked.steps + 1 <= most + 1 and np.isfinite(seen).all()
        assert walked.name in RATES and walked.says.endswith('.')
    words, values = state.rescue() or ('', {})
    if words:
        helped = State(**dict(curve=curve, rate=rate, start=start, slope=state.slope) | values)
        assert helped.rate_name() in walk.GOOD, words


def test_no_bottom_is_told_apart_from_a_rate_that_is_too_large():
    falls = State(curve='cubic', start=-1.5)
    assert falls.walk().name == 'no bottom' and 'no bottom on this side' in falls.walk().says
    assert falls.rescue()[1]['start'] > -1
    assert State(curve='cubic', start=-1.5, rate=1e-4).rate_name() == 'no bottom', 'no rate helps'
    flies = State(curve='cubic', start=2, rate=1)
    assert flies.walk().name == 'diverge' and 'rate is too large' in flies.walk().says
    assert flies.rescue()[1]['rate'] < 1


def test_a_top_holds_a_walker_as_a_bottom_does():
    top = State(curve='cubic', start=-1).walk()
    assert top.steps == 1 and top.places.tolist() == [-1, -1] and 'it is a top' in top.says
    assert State(curve='cubic', start=1).walk().says.startswith('The slope is 0 here: this is a bottom')


def test_the_kink_of_relu_is_said_aloud():
    kink = State(curve='relu', start=0).walk()
    assert kink.places.tolist() == [0, 0]
    assert kink.says.startswith(
        'There is no slope at this kink, but 0 on its left and 1 on its right; as most programs do, we take 0.')
    said = descent.record(State(curve='relu', start=0))['labels'][1]
    assert 'a kink, with slope 0 on the left and 1 on the right; we take 0' in said
    for hill in hills.HILLS.values():
        kinks = [place for place in np.linspace(*hill.xs, 25) if hills.kink(hill, float(place))]
        assert kinks == ([0.0] if hill is hills.HILLS['relu'] else []), 'all others are smooth'


def test_the_same_hill_leads_to_different_valleys():
    left, right = (State(curve='sine', start=start, rate=0.5).walk() for start in (-4, 3))
    assert left.places[-1] == pytest.approx(-np.pi / 2, abs=1e-3) and right.places[-1] == pytest.approx(3 * np.pi / 2, abs=1e-3)


def test_step_lengths_shrink_by_the_factor_and_by_one_minus_rate_times_curvature():
    for curve, rate in (('parabola', 0.05), ('house-line', 0.02), ('square', 0.3), ('parabola', 0.25)):
        state = State(curve=curve, rate=rate)
        lengths = state.step_lengths()[:15]
        assert np.allclose(lengths[1:] / lengths[:-1], abs(state.factor()), rtol=1e-6)
    assert State().factor() == 0.7 and State().curvature() == 6
    assert State(curve='sine').curvature() is None


def test_curvature_is_that_of_the_loss_as_nudged():
    slope = hills.HILLS['house-line'].slope
    assert State(curve='house-line').curvature() == pytest.approx(derivative(slope, 100.0, 1e-3), rel=1e-6)


def test_the_house_line_is_the_one_of_the_lessons_before():
    for slope in (0, 144.8, 250):
        fitted = FitALine(slope=slope, intercept=hills.INTERCEPT)
        assert hills.house_loss(slope) == pytest.approx(mean_squared_error(fitted.predicted(), fitted.y))
        nudged = derivative(hills.house_loss, float(slope), 1e-3)
        assert hills.house_loss_slope(slope) == pytest.approx(nudged, rel=1e-5, abs=1e-4)
    assert FitALine(slope=1).predicted()[0] == line(FitALine.x[0], 1, 50_000) / 1000
    arrived = State(curve='house-line').walk().places[-1]
    assert arrived == pytest.approx(State().best_slope(), abs=1e-6)


def test_the_ruler_of_a_parabola_is_computed_from_its_curvature_and_agrees_with_walks():
    found = {band.name: (band.low, band.high) for band in State().bands()}
    assert found['smooth'] == pytest.approx((1 / 60, 1 / 6)) and found['zig-zag'] == pytest.approx((1 / 6, 1 / 3))
    for rate in (0.01, 0.1, 0.2, 0.5):
        name, = (name for name, (low, high) in found.items() if low < rate < high)
        assert State(rate=rate).rate_name() == name == walk.try_rate(OWN.hill().slope, 3.0, rate).name


def test_the_ruler_of_another_hill_is_walked():
    names = [band.name for band in State(curve='cubic', start=2).bands()]
    assert names[0] == 'crawl' and names[-1] == 'diverge' and 'smooth' in names
    assert [band.name for band in State(curve='sigmoid').bands()] == ['no bottom']
    assert [band.name for band in State(curve='cubic', start=-1.5).bands()] == ['no bottom']


def test_a_rate_that_changes_goes_on_from_where_the_walk_is():
    state = State(rate=0.25, changes=[[2, 0.05], [4, 0.1]])
    walked, slope = state.walk(), state.hill().slope
    at, places = 3.0, [3.0]
    for rate in (0.05, 0.05, 0.1, 0.1, 0.25, 0.25):
        at = at - rate * slope(at)
        places.append(at)
    assert walked.places[:7].tolist() == places and walked.rates[:6].tolist() == [0.05, 0.05, 0.1, 0.1, 0.25, 0.25]
    assert 'Counted from step 5' in walked.says


def test_a_walk_that_has_arrived_does_not_wait_for_a_later_rate_and_all_legs_share_the_steps():
    arrived = State(rate=0.3, changes=[[30, rate_from('1/6')]]).walk()
    assert arrived.steps == 1 and arrived.name == 'one step'
    assert State(rate=0.001, changes=[[40, 0.002]]).walk().steps == 60


def test_a_step_that_leads_up_is_said_to():
    assert descent.record(State(rate=0.4))['labels'][4] == 'Step 1, new loss: 35.68, ✗ up from 20'


def test_a_slider_sets_rates_of_three_digits():
    values, notice = parameters.tidy(State(), {'rate': {'log': -1.234}})
    assert notice is None and values == {'rate': 0.0583}
    for nonsense in ({}, {'log': 'x'}, {'log': float('nan')}, {'log': None}, []):
        values, notice = parameters.tidy(State(), {'rate': nonsense})
        assert values == {} and notice.startswith('Rate stays as it was')
    assert parameters.tidy(State(), {'rate': {'log': 900}})[0] == {'rate': 1e6}


def test_changes_forget_what_came_after_them_and_do_not_pile_up():
    state = State(rate=0.25, changes=[[2, 0.05], [4, 0.1]])
    assert state.changed_at(3, {'rate': 0.3}) == {'rate': 0.3, 'changes': [[2, 0.05], [3, 0.1]]}
    assert state.changed_at(1, {'rate': 0.05}) == {'rate': 0.05, 'changes': []}
    assert state.changed_at(0, {'rate': 0.3}) == {'rate': 0.3, 'changes': []}
    assert state.changed_at(7, {'start': 1}) == {'start': 1, 'changes': []}, 'another walk'
    assert state.restarted() == {'rate': 0.05, 'changes': []}
    for k in range(1, 60):
        state.param.update(**state.changed_at(k, {'rate': 0.1 + k / 1000}))
    assert len(state.changes) == State.param['changes'].most
    assert state.changes[0] == [1, 0.05], 'where it began is never forgotten'


def test_a_rate_that_was_changed_often_costs_no_more_than_the_walk(monkeypatch):
    looked = []
    monkeypatch.setattr(walk, 'try_rate', lambda slope, at, rate, steps: looked.append(steps) or try_rate(slope, at, rate, steps))
    legs = (*((20 * i, 0.001 * (1 + i % 2)) for i in range(1, 40)), (None, 0.001))
    assert walk.walk('parabola', 2.96875, legs, 1000).steps == 1000
    assert sum(looked) < 1500


def test_what_readers_are_asked_is_true():
    assert State().first_landing() == pytest.approx(2.3)
    assert State().how_steps_change() == 'shorter'
    assert State().twice_the_best() == 'endless-zig-zag'


@pytest.mark.parametrize(('text', 'rate'), [('1/6', 0.166666666667), ('.05', 0.05), ('1e-3', 0.001), (' 2 / 3', 0.666666666667),
                                            ('1,000', 1000.0), ('1,000.5', 1000.5),
                                            ('0,05', 0.05), ('1,5', 1.5), (',125', 0.125)])
def test_a_rate_is_typed_as_people_write_it(text, rate):
    assert rate_from(text) == rate and rate_from(typed(rate)) == rate


@pytest.mark.parametrize('text', ['', 'fast', '1/0', '-1', '0', 'nan', 'inf', '1//6', '1e999', '−.1'])
def test_what_is_no_rate_is_refused_with_a_word(text):
    with pytest.raises(ValueError, match='it needs'):
        rate_from(text)


def test_a_rate_is_read_back_as_a_fraction_where_it_is_one():
    said = [rate_text(rate_from(text)) for text in ('1/3', '1/6', '0.5', '1e-6', '1e6')]
    assert said == ['1/3', '1/6', '0.5', '10⁻⁶', '1,000,000']


def test_every_link_in_the_words_leads_to_a_widget_of_this_lesson():
    lesson = read_lesson('gradient-descent')
    led = re.findall(r'data-try="([^"]*)"', ''.join(lesson.texts))
    assert len(led) > 6 and set(led) <= {placement.name for placement in lesson.placements}


@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_a_label_stays_in_the_picture_and_off_its_neighbour(width):
    room = 7.7 if width == 'narrow' else 8.4                     # of a letter
    for curve, rate in (('parabola', 0.05), ('house-line', 0.05), ('house-line', 0.5), ('house-line', 0.1234), ('sine', 4.5)):
        state = State(curve=curve, rate=rate)
        bars = step_lengths.draw(state, width)
        plane, marks = bars['planes']['bars'], bars['marks']
        assert all(len(text) * room <= plane['box'][0] for _, text in plane['yticks'])
        assert marks['words']['x'] + len(marks['words']['text']) * room <= bars['size'][0]
        unit = plane['box'][2] / (plane['x'][1] - plane['x'][0])
        assert all(len(marks[f'ratio-{i}']['text']) * room <= unit * 1.25 for i in range(1, 8))
        ruler = rate_ruler.draw(state, width)
        one, two = (ruler['marks'][f'landmark-{i}-name'] for i in range(2))
        assert (one['anchor'], two['anchor']) == ('end', 'start'), 'they stand back to back'
    assert one['text'] == '' and rate_ruler.draw(State(), width)['marks']['landmark-0-name']['text'] == 'one step: 1/6'


def test_a_loss_that_only_rounding_moves_is_as_before():
    assert descent.record(State(rate=rate_from('1/3')))['labels'][-1].endswith('new loss: 20, as before')


@pytest.mark.parametrize('changes', [[], [[8, 0.05]], [[3, 0.05]], [[12, 0.35]]])
@pytest.mark.parametrize('rate', [0.4, 0.5, 20.0])
def test_a_walk_that_is_lost_is_stopped_at_the_step_that_its_sentence_names(changes, rate):
    state = State(rate=rate, changes=changes)
    walked = state.walk()
    last = descent.record(state)['labels'][-1]
    assert walked.lost and last.startswith(f'Step {walked.steps + 1}, stopped: ')
    assert walked.says.startswith(f'Step {walked.steps + 1} would land more than ') and 'the rate is too large' in walked.says
    reach = float(re.search(r'than ([\d,]+) away', walked.says)[1].replace(',', ''))
    assert abs(walked.places[-1]) < reach < abs(walked.places[-1] - walked.rates[-1] * walked.slopes[-1]) + 10


def test_a_small_rate_is_read_back_as_it_was_typed():
    assert typed(rate_from('1e-6')) == '1e-6'
