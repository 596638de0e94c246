"""What the lesson on the derivative claims, recomputed."""
import re
from fractions import Fraction
from math import cos, pi, tanh

import numpy as np
import pytest

from app.kinds import kind_of
from app.widgets import nudge_error, secant, slope_at_night, tangent, three_knobs
from app.widgets.on_a_curve import gesture_at, in_full, worked
from core.functions import CURVES
from lessons.curves import WALKS
from lessons.derivative.quotients import exact_central, exact_forward
from lessons.derivative.state import NIGHT, State
from lessons.power import power_of, size_of, size_text

every_walk = pytest.mark.parametrize('name', WALKS)
AT_THE_BOTTOM = {'curve': 'parabola', 'at': 0.667, 'nudge': -6}


def texts(scene):
    return {key: mark['text'] for key, mark in scene['marks'].items() if mark['kind'] == 'text'}


def number(text):
    """The number that is written '−2.2 × 10⁻¹⁰'."""
    text = re.sub(r'(\d )?(?:× )?10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])', lambda found: f'{(found[1] or "1").strip()}e', text)
    return float(text.translate(str.maketrans('⁻⁰¹²³⁴⁵⁶⁷⁸⁹−', '-0123456789-')))


# Nudging.

def test_x_squared_at_1_gives_2_01_and_then_2_001():
    assert (State().curve, State().x()) == ('square', 1)
    assert State(nudge=-2).forward() == pytest.approx(2.01) and State(nudge=-3).forward() == pytest.approx(2.001)
    rows = texts(secant.draw(State(nudge=-3), 'wide'))
    assert [rows[f'forward-{n}'] for n in range(1, 6)] == ['3', '2.1', '2.01', '2.001', '2.00']
    assert rows['h-5'] == 'tangent' and rows['forward-6'] == ''


def test_3x2_4x_5_at_3_is_20():
    assert State(curve='parabola', at=3).fx() == 20.0


def test_the_residue_at_two_thirds_is_the_known_one_bit_for_bit():
    state = State(**AT_THE_BOTTOM)
    assert state.x() == 2 / 3 and state.h() == 1e-6 and state.slope() == 0
    assert state.forward() == 2.999378523327323e-06
    assert state.residue() == '2.999378523327323e-06'
    assert texts(nudge_error.draw(state, 'narrow'))['says'] == 'h = 10⁻⁶ says 2.999378523327323e-06'


def test_nearly_all_of_the_residue_is_truncation():
    residue = State(**AT_THE_BOTTOM).forward()
    algebra = Fraction(3) * Fraction(1e-6) + 6 * Fraction(2 / 3) - 4
    assert float(algebra) == pytest.approx(3e-6, rel=1e-9)
    assert abs(residue - 3e-6) / residue < 0.0003
    assert State().residue_truncation() == '3\xa0×\xa010⁻⁶' and State().residue_round_off() == '6\xa0×\xa010⁻¹⁰'
    assert 4500 < 3e-6 / abs(residue - 3e-6) < 5500, 'about five thousand times less'
    parts = texts(nudge_error.draw(State(**AT_THE_BOTTOM, central=True), 'wide'))
    assert parts['parts'] == 'truncation 3 × 10⁻⁶, round-off −6.2 × 10⁻¹⁰'
    assert parts['parts-both'] == 'truncation 0, round-off −2.2 × 10⁻¹⁰'


def test_nudging_both_ways_leaves_only_round_off_at_two_thirds():
    assert State(**AT_THE_BOTTOM).both_ways() == pytest.approx(-2.2e-10, rel=0.02)
    assert State().residue_both_ways() == '−2.2\xa0×\xa010⁻¹⁰'


@every_walk
@pytest.mark.parametrize('at', [-1.3, 0.8])
def test_both_ways_settles_sooner(name, at):
    state = State(curve=name, at=at, nudge=-2)
    assert abs(state.both_ways() - state.slope()) <= 0.02 * abs(state.forward() - state.slope()) + 1e-13


def test_a_number_in_full_has_a_true_minus_and_every_digit():
    assert in_full(-2.220446049250313e-10) == '−2.220446049250313e-10'
    assert float(in_full(0.1 + 0.2)) == 0.1 + 0.2


def test_the_machine_passes_a_nudge_of_c_straight_through():
    state = State(knob='c')
    assert (state.machine(), state.machine(1e-4)) == (4.0, 4.0001)
    assert state.knob_slope() == 0.9999999999976694
    shown = texts(three_knobs.draw(state, 'wide'))
    assert (shown['d-1'], shown['d-2'], shown['ratio']) == ('4.0', '4.0001', '0.9999999999976694')


def test_each_knob_moves_d_by_what_it_is_multiplied_with():
    assert State().knob_slopes() == {'a': -3, 'b': 2, 'c': 1}


@pytest.mark.parametrize('name', ['square', 'parabola', 'cubic', 'relu'])
@pytest.mark.parametrize(('x', 'h'), [(1.25, 0.5), (-0.75, 0.25), (2.0, 2.0**-30), (-0.125, 0.25)])
def test_the_quotients_are_what_exact_arithmetic_gives(name, x, h):
    f = {'relu': lambda t: max(Fraction(0), t)}.get(name, CURVES[name].f)
    exact = [(f(Fraction(x) + step) - f(Fraction(x))) / step for step in (Fraction(h), -Fraction(h))]
    assert exact_forward(name, x, h) == pytest.approx(float(exact[0]), rel=1e-15)
    assert exact_central(name, x, h) == pytest.approx(float(sum(exact) / 2), rel=1e-15)


@every_walk
@pytest.mark.parametrize('x', [-1.7, 0.4, 2.1])
def test_the_quotients_of_all_curves_agree_with_nudging_and_lose_nothing_when_nudges_are_tiny(name, x):
    curve = CURVES[name]
    assert exact_forward(name, x, 0.01) == pytest.approx((curve.f(x + 0.01) - curve.f(x)) / 0.01, abs=1e-12)
    assert exact_forward(name, x, 1e-14) == pytest.approx(curve.slope(x), abs=1e-13)


# The V.

def test_the_error_at_3_is_3h_until_round_off_takes_over():
    state = State(curve='parabola', at=3)
    forward, _ = state.quotients(10.0 ** -np.arange(1, 15))
    errors = np.abs(forward - state.slope())
    assert errors[:6] == pytest.approx(3 * 10.0 ** -np.arange(1, 7), rel=0.02)
    assert errors[-1] == pytest.approx(0.21, abs=0.005)
    assert 7 <= 1 + np.argmin(errors) <= 9
    assert State().smaller_and_smaller() == 'again'


def test_the_dot_stands_at_the_readers_own_nudge_and_error():
    marks = nudge_error.draw(State(nudge=-2), 'wide')['marks']
    assert (marks['h']['x'], marks['h']['y']) == (-2, pytest.approx(-2, abs=1e-6))
    assert nudge_error.gesture(State(), 'h', [-7, 0]) == {'nudge': -7}


def test_truncation_and_round_off_are_named_where_they_are_drawn():
    for width in ('wide', 'narrow'):
        shown = texts(nudge_error.draw(State(), width))
        assert shown['truncation-name'] == 'truncation' and shown['round-off-name'].startswith('round-off')
    marks = nudge_error.draw(State(), 'wide')['marks']
    assert np.diff(marks['truncation']['y']).min() > 0 > np.diff(marks['round-off']['y']).max()


@every_walk
@pytest.mark.parametrize('nudge', [0, -3, -6, -9, -12])
@pytest.mark.parametrize('at', [-0.8, 1.571])
def test_the_two_parts_are_the_whole_error(name, nudge, at):
    state = State(curve=name, at=at, nudge=nudge, central=True)
    shown = texts(nudge_error.draw(state, 'wide'))
    for key, got in (('parts', state.forward()), ('parts-both', state.both_ways())):
        parts = [number(part) for part in re.findall(r'(?:truncation|round-off) ([^,]+)', shown[key])]
        assert sum(parts) == pytest.approx(got - state.slope(), abs=0.06 * max(map(abs, parts)) + 2e-16)


def test_at_a_kink_nothing_is_called_an_error():
    marks = nudge_error.draw(State(curve='relu', at=0, central=True), 'wide')['marks']
    assert not len(marks['forward']['x']) and not len(marks['central']['x'])


# The curve, its tangent and the lens.

def test_every_curve_of_the_engine_can_be_walked_on():
    assert set(WALKS) == set(CURVES)


@every_walk
@pytest.mark.parametrize('at', [-1.3, -0.4, 0.7, 1.9])
def test_the_computation_that_is_written_out_gives_the_slope(name, at):
    state = State(curve=name, at=at)
    _, *numbers, slope = worked(state)
    if numbers:
        python = numbers[0].replace('−', '-').replace('·', '*').replace('²', '**2').replace('cos ', 'cos')
        python = re.sub(r'cos(-?[\d.]+)', r'cos(\1)', python)
        assert eval(python, {'cos': cos, 'tanh': tanh}) == pytest.approx(state.slope(), abs=2e-3)
    assert float(slope.replace('−', '-')) == pytest.approx(state.slope(), rel=0.05, abs=0.005)


@every_walk
@pytest.mark.parametrize('at', [-1.5, 0.25, 1.25])
def test_under_the_lens_every_smooth_curve_turns_straight(name, at):
    u, off = np.linspace(-1, 1, 41), []
    for zoom in (0, 2, 4, 6):
        state = State(curve=name, at=at, zoom=zoom)
        off.append(np.abs(state.under_the_lens(u) - state.slope() * u).max())
    assert off[0] >= off[1] - 1e-9 and off[1] >= off[2] - 1e-9 and off[2] < 1e-3 and off[3] < 1e-5


def test_a_kink_stays_a_kink_under_any_lens():
    u = np.linspace(-1, 1, 41)
    for zoom in (0, 3, 6):
        state = State(curve='relu', at=0, zoom=zoom)
        assert state.under_the_lens(u) == pytest.approx(np.maximum(u, 0))
        shown = tangent.draw(state, 'wide')
        assert texts(shown)['straightness'] == 'a corner stays a corner'
        left, right = (shown['marks'][f'{side}-slope'] for side in ('left', 'right'))
        assert not len(shown['marks']['tangent']['x']) and left['y'] == [0, 0] and right['y'] == right['x']
        assert texts(shown)['numbers'] == 'slope 0 on the left, +1.00 on the right'


def test_a_slope_looks_the_same_in_the_frame_and_under_the_lens():
    for width in ('wide', 'narrow'):
        planes = tangent.draw(State(), width)['planes']
        frame, lens = ({axis: plane['box'][2 + (axis == 'y')] / np.ptp(plane[axis]) for axis in 'xy'}
                       for plane in (planes['curve'], planes['lens']))
        assert frame['x'] / frame['y'] == pytest.approx(lens['x'] / lens['y'])


@pytest.mark.parametrize(('name', 'at', 'kind'), [
    ('square', 1, 'up'), ('square', -1, 'down'), ('square', 0, 'bottom'), ('cubic', -1, 'top'), ('cubic', 1, 'bottom'),
    ('sine', 1.571, 'top'), ('sine', -1.571, 'bottom'), ('relu', -1, 'plain'), ('relu', 0, 'kink'), ('relu', 1, 'up'),
    ('sigmoid', -6, 'up'), ('parabola', 0.667, 'bottom')])
def test_the_sign_says_which_way_is_down_and_0_may_be_a_top(name, at, kind):
    state = State(curve=name, at=at)
    assert state.kind_of_place() == kind
    assert texts(tangent.draw(state, 'narrow'))['verdict'][0] == {'up': '+', 'down': '−', 'kink': 'a'}.get(kind, '0')


@every_walk
def test_places_with_a_name_are_flat_or_a_kink_and_can_be_reached_and_left(name):
    walk = WALKS[name]
    for place in walk.places:
        state = State(curve=name, at=round(place, 3))
        assert state.x() == place
        assert abs(state.slope()) < 1e-9 or name in ('sigmoid', 'tanh') or state.at_a_kink()
        assert gesture_at(state, place + walk.stride / 11) == {'at': place}
        for step in (walk.stride, walk.stride / 10):
            assert gesture_at(state, place + step)['at'] != place
            assert gesture_at(state, place - step)['at'] != place


def test_two_thirds_and_half_of_pi_are_written_as_people_write_them():
    assert texts(tangent.draw(State(**AT_THE_BOTTOM), 'wide'))['numbers'] == 'f′(2/3) = 6 · (2/3) − 4 = 0'
    assert State(curve='sine', at=1.571).x() == pi / 2
    assert texts(tangent.draw(State(curve='sine', at=1.571), 'wide'))['where'] == 'x = π/2, f(x) = 1'


def test_the_second_point_is_where_the_hand_puts_it():
    assert size_of(secant.gesture(State(), 'beyond', [1.37, 0])['nudge']) == 0.37
    assert secant.gesture(State(), 'axis', [-4, 0]) == {'nudge': -4}
    marks = secant.draw(State(nudge=power_of(0.5)), 'wide')['marks']
    assert (marks['beyond']['x'], marks['beyond']['y']) == (1.5, 2.25)
    assert (marks['secant']['y'][1] - marks['secant']['y'][0]) / np.ptp(marks['secant']['x']) == pytest.approx(2.5)


# The night.

def test_at_night_nothing_but_the_slope_is_seen():
    scenes = [slope_at_night.draw(State(place=place), 'wide') for place in (-1.5, 0.6)]
    heights = {scene['marks']['place']['y'] for scene in scenes}
    assert len(heights) == 1, 'the height would tell where the valleys are'
    assert not any(len(scene['marks']['country']['x']) for scene in scenes)
    assert texts(scenes[1])['number'] == '−1.29'
    assert len(slope_at_night.draw(State(light=True), 'wide')['marks']['country']['x']) > 100


def test_flat_ground_at_night_may_be_a_top_and_only_light_tells():
    state = State()
    flats = state.flat_places()
    said = []
    for flat in flats:
        place = slope_at_night.gesture(state, 'place', [flat + 0.003, 0])['place']
        assert texts(slope_at_night.draw(State(place=place), 'wide'))['verdict'] == 'flat. Is this the bottom?'
        said.append(texts(slope_at_night.draw(State(place=place, light=True), 'wide'))['verdict'])
    assert said == ['flat: the bottom of a valley', 'flat: but this is a top', 'flat: the bottom of a valley']
    assert state.night(flats[0]) < state.night(flats[2]), 'the left valley is deeper'


@pytest.mark.parametrize('place', [-1.6, -1.2, -0.5, 0.3, 0.6, 1.2])
def test_the_way_that_is_called_downhill_leads_down(place):
    state = State(place=place)
    side = -0.05 if 'downhill is left' in texts(slope_at_night.draw(state, 'wide'))['verdict'] else 0.05
    assert state.night(place + side) < state.night(place)


def test_downhill_from_the_first_place_leads_to_the_valley_that_is_not_the_deepest():
    state = State()
    assert state.night_slope(state.place) < 0 and state.place < state.flat_places()[2]


# Sizes.

@pytest.mark.parametrize('power', range(-15, 7))
def test_whole_powers_are_exact(power):
    assert size_of(power) == float(f'1e{power}')
    assert power_of(size_of(power)) == pytest.approx(power, abs=1e-9)


def test_a_slider_of_powers_says_the_number():
    parameter = State.param['nudge']
    assert kind_of(parameter).says(parameter, -3) == '0.001' and kind_of(parameter).says(parameter, -9.3) == '5 × 10⁻¹⁰'
    assert kind_of(State.param['zoom']).says(State.param['zoom'], 6) == '1,000,000 ×'
    assert size_text(-6.2e-10) == '−6.2 × 10⁻¹⁰'


def test_the_lens_says_the_same_on_every_screen():
    for curve, at in (('square', 1), ('parabola', 3), ('cubic', -1), ('tanh', 0.5)):
        said = {tangent.draw(State(curve=curve, at=at), width)['marks']['straightness']['text'] for width in ('wide', 'narrow')}
        assert len(said) == 1, said


def test_the_triangle_of_the_slope_stays_in_the_frame():
    marks = tangent.draw(State(curve='parabola', at=3), 'narrow')['marks']
    assert marks['rises']['x'] == 2 and marks['rises']['anchor'] == 'end'
    assert list(marks['rise']['x']) == [2, 2] and list(marks['rise']['y']) == [6, 20] and list(marks['run']['y']) == [20, 20]


def test_the_whole_country_of_the_night_is_in_its_frame():
    heights = State().night(np.linspace(*NIGHT, 99))
    low, high = slope_at_night.HEIGHTS
    assert low < heights.min() and heights.max() < high
