"""Nudging finds slopes, and its own errors are known to the last digit."""
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.derivative import derivative, forward_difference, gradient, nudge_errors, tangent
from core.functions import CURVES
from core.models import line

parabola = CURVES['parabola'].f


def test_the_forward_difference_at_the_bottom_is_known_to_the_last_bit():
    assert parabola(3.0) == 20.0
    assert parabola(2 / 3) == pytest.approx(3.6667, abs=1e-4)
    assert forward_difference(parabola, 2 / 3, 1e-6) == 2.999378523327323e-06


def test_that_residue_is_truncation_and_the_central_difference_has_almost_none():
    assert forward_difference(parabola, 2 / 3, 1e-6) == pytest.approx(3e-6, rel=3e-4)
    assert derivative(parabola, 2 / 3, 1e-6) == pytest.approx(-2.2e-10, abs=0.05e-10)


def test_nudging_c_in_ab_plus_c_gives_almost_one():
    a, b = 2.0, -3.0

    def d(c):
        return a * b + c

    assert (d(10.0), d(10.0 + 1e-4)) == (4.0, 4.0001)
    assert forward_difference(d, 10.0, 1e-4) == 0.9999999999976694


def test_the_error_of_the_forward_difference_is_a_v_on_log_axes():
    def error(h):
        return abs(forward_difference(parabola, 3.0, h) - 14)

    assert [error(h) for h in (1e-1, 1e-3, 1e-5)] == pytest.approx([3e-1, 3e-3, 3e-5], rel=1e-3)
    assert min((10.0**-k for k in range(1, 15)), key=error) == pytest.approx(1e-8)
    assert error(1e-14) == pytest.approx(0.21, abs=0.005)


NUDGES = 10.0 ** np.arange(-14, 0.01, 0.25)


def test_the_two_arms_of_the_v_are_bend_and_round_off():
    curve = CURVES['parabola']
    errors = nudge_errors(curve.f, curve.slope, 3.0, NUDGES)
    large, small = errors.h > 1e-6, errors.h < 1e-10
    assert errors.forward[large] == pytest.approx(errors.bend[large], rel=0.01)
    assert errors.bend == pytest.approx(3 * NUDGES)
    assert (errors.bend_left == 0).all()  # both ways, a parabola misses nothing but rounding
    assert errors.forward[small].max() > 100 * errors.bend[small].max()
    assert errors.forward[0] == pytest.approx(0.21, abs=0.005)
    assert 1e-9 < errors.h[errors.forward.argmin()] < 1e-7


@pytest.mark.parametrize('curve', [CURVES[name] for name in ('square', 'cubic', 'sine', 'sigmoid')], ids=lambda curve: curve.name)
@pytest.mark.parametrize('x', [-2.0, 0.3, 1.7])
def test_bend_and_round_off_together_explain_every_error(curve, x):
    errors = nudge_errors(curve.f, curve.slope, x, NUDGES[NUDGES < 0.1])
    assert (errors.forward <= 1.2 * errors.bend + 2 * errors.bend_left + 5 * errors.round_off).all()
    assert (errors.central <= 1.2 * errors.bend_left + 5 * errors.round_off + 1e-15).all()
    if curve.name != 'square':
        middle = (errors.h > 5e-3) & (errors.bend_left > 0)
        assert errors.central[middle] == pytest.approx(errors.bend_left[middle], rel=0.01)


def test_the_errors_are_those_of_the_differences_to_the_last_bit():
    errors = nudge_errors(parabola, CURVES['parabola'].slope, 2 / 3, [1e-6, 1e-3])
    assert errors.forward[0] == 2.999378523327323e-06 - CURVES['parabola'].slope(2 / 3)
    assert errors.central[1] == abs(derivative(parabola, 2 / 3, 1e-3) - CURVES['parabola'].slope(2 / 3))
    # almost all of the famous residue is bend: round-off had little to add
    assert abs(errors.forward[0] - errors.bend[0]) / errors.forward[0] == pytest.approx(2e-4, rel=0.1)


@pytest.mark.parametrize('nudges', [[0.0], [-1e-3], [], [np.nan], 0.1])
def test_nudges_on_log_axes_are_above_0(nudges):
    with pytest.raises(ValueError, match='needs'):
        nudge_errors(np.sin, np.cos, 1.0, nudges)


def test_the_voice_example_of_the_course_holds():
    assert forward_difference(lambda x: x**2, 1, 0.01) == pytest.approx(2.01)
    assert forward_difference(lambda x: x**2, 1, 0.001) == pytest.approx(2.001)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-3, 3), st.floats(-5, 5))
def test_the_central_difference_is_exact_for_every_parabola(a, b, c, x):
    assert derivative(lambda t: a * t**2 + b * t + c, x, 0.5) == pytest.approx(2 * a * x + b, abs=1e-11)


def test_whole_arrays_are_nudged_at_once():
    x = np.linspace(-3, 3, 50).reshape(5, 10)
    assert derivative(np.sin, x) == pytest.approx(np.cos(x), abs=1e-9)
    assert forward_difference(np.sin, x).shape == x.shape


@pytest.mark.parametrize('shape', [(1,), (3,), (4, 1), (2, 3)])
def test_a_gradient_has_the_shape_of_its_point_and_leaves_it_alone(shape):
    point = np.random.default_rng(0).normal(size=shape)
    before = point.copy()
    assert gradient(lambda p: (p**3).sum(), point) == pytest.approx(3 * before**2, abs=1e-8)
    assert (point == before).all()


def test_a_gradient_does_not_trust_f_to_leave_its_argument_alone():
    def careless(p):
        p *= 2
        return p.sum()

    assert gradient(careless, [1.0, 2.0]) == pytest.approx([2, 2])


@pytest.mark.parametrize('x', [-2.0, 0.5, 3.0])
@pytest.mark.parametrize('curve', CURVES.values(), ids=lambda curve: curve.name)
def test_a_tangent_touches_the_curve_and_leaves_it_only_slowly(curve, x):
    knobs = tangent(curve.f, x)
    assert line(x, *knobs) == pytest.approx(curve.f(x))
    for away in (0.01, -0.01):
        assert line(x + away, *knobs) == pytest.approx(curve.f(x + away), abs=10 * away**2)


@pytest.mark.parametrize('find', [derivative, forward_difference, gradient, tangent])
def test_no_nudge_and_no_value_are_refused_with_a_sentence(find):
    with pytest.raises(ValueError, match='h is 0'):
        find(parabola, 1.0, 0)
    with pytest.raises(ValueError, match='h holds nan'):
        find(parabola, 1.0, math.nan)
    with pytest.raises(ValueError, match='holds inf'):
        find(parabola, math.inf)
    with pytest.raises(ValueError, match='needs'):
        find(lambda x: np.divide(1, np.subtract(x, 1.0)) * math.nan, 1.0)


def test_a_function_that_has_no_value_on_one_side_is_refused():
    with pytest.raises(ValueError, match='no finite value'):
        derivative(np.log, 0.0)
    with pytest.raises(ValueError, match='single number'):
        gradient(lambda p: p, [1.0, 2.0])
    with pytest.raises(ValueError, match='single number'):
        tangent(np.sin, [1.0, 2.0])
    with pytest.raises(ValueError, match='no finite value'):
        derivative(lambda x: None, 1.0)
