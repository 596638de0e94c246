"""Where a walk leads is seen by looking along the curve, and flat ground is called what it is."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.functions import CURVES, SURFACES
from core.ground import GROUNDS, ground, leads_away, way_down


@pytest.mark.parametrize(('curve', 'x', 'kind'), [
    ('square', 0.0, 'bottom'), ('square', 1.0, 'slope'), ('parabola', 2 / 3, 'bottom'), ('cubic', -1.0, 'top'),
    ('cubic', 1.0, 'bottom'), ('sine', -np.pi / 2, 'bottom'), ('sine', np.pi / 2, 'top'), ('sine', 0.0, 'slope'),
    ('sigmoid', 0.0, 'slope'), ('sigmoid', -40.0, 'fading'), ('sigmoid', 40.0, 'fading'), ('sigmoid', -900.0, 'fading'),
    ('relu', -1.0, 'plain'), ('relu', 0.0, 'plain'), ('relu', -1000.0, 'plain'), ('relu', 1.0, 'slope')])
def test_flat_ground_is_called_what_it_is(curve, x, kind):
    assert ground(CURVES[curve].slope, x) == kind
    assert kind in GROUNDS


@pytest.mark.parametrize(('slope', 'kind'), [
    (lambda x: 3 * x**2, 'ledge'), (lambda x: -3 * x**2, 'ledge'), (lambda x: 4 * x**3, 'bottom'), (lambda x: 0 * x, 'plain'),
    (np.sign, 'bottom'), (lambda x: -np.sign(x), 'top'), (lambda x: np.where(x < 0, 1.0, 0.0), 'ledge'),
    (lambda x: np.where(x < 0, -1.0, 0.0), 'plain'), (lambda x: np.where(x > 0, -1.0, 0.0), 'ledge'),
    (lambda x: np.where(np.abs(x) < 1, 0.0, -np.sign(x)), 'top'), (lambda x: np.where(np.abs(x) < 1, 0.0, np.sign(x)), 'bottom')])
def test_flat_ground_at_0_of_many_kinds(slope, kind):
    assert ground(slope, 0.0) == kind


def test_many_places_are_looked_at_at_once():
    assert ground(CURVES['cubic'].slope, np.array([-1.0, 0.0, 1.0])).tolist() == ['top', 'slope', 'bottom']


@pytest.mark.parametrize(('curve', 'start', 'ends', 'x'), [
    ('square', 5.0, 'bottom', 0.0), ('parabola', -10.0, 'bottom', 2 / 3), ('cubic', 10.0, 'bottom', 1.0),
    ('cubic', -0.99, 'bottom', 1.0), ('cubic', -1.01, 'nowhere', None), ('cubic', -1.0, 'here', -1.0),
    ('sine', 1.5, 'bottom', -np.pi / 2), ('sine', 1.6, 'bottom', 3 * np.pi / 2), ('sigmoid', 3.0, 'fading', None),
    ('sigmoid', -40.0, 'here', -40.0), ('relu', 3.0, 'plain', 0.0), ('relu', -3.0, 'here', -3.0)])
def test_the_way_down_ends_where_small_steps_would(curve, start, ends, x):
    way = way_down(CURVES[curve].slope, start)
    assert way.ends == ends
    assert way.x is None if x is None else way.x == pytest.approx(x, abs=1e-12)


@settings(deadline=None)
@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(1e-3, 1e3))
def test_the_bottom_of_any_parabola_is_found_from_any_start(bottom, start, curvature):
    way = way_down(lambda x: curvature * (x - bottom), start)
    assert way.x == pytest.approx(bottom, abs=1e-5)
    assert way.ends == ('bottom' if abs(start - bottom) * curvature > 1e-9 else 'here')


def test_a_curve_that_overflows_still_has_its_bottom():
    assert way_down(lambda x: 2 * x * np.exp(x**2), 3.0).x == pytest.approx(0, abs=1e-12)
    assert way_down(lambda x: np.exp(x), 3.0).ends == 'fading'
    assert way_down(lambda x: -np.exp(x), 3.0).ends == 'nowhere'
    assert way_down(lambda x: np.ones_like(x), 0.0).ends == 'nowhere'


@pytest.mark.parametrize(('surface', 'start', 'away'), [
    ('bowl', (2.5, 2.0), False), ('long-valley', (3.0, 3.0), False), ('ripples', (3.0, 1.0), False),
    ('two-minima', (-2.0, 2.0), False),
    ('saddle', (1.0, 0.1), True), ('saddle', (1.0, 1e-8), True), ('saddle', (1.0, 0.0), False)])
def test_small_steps_tell_whether_there_is_a_bottom(surface, start, away):
    assert leads_away(SURFACES[surface].gradient, start) == away


def test_beyond_the_end_of_a_curve_there_is_nothing_to_stumble_over():
    assert ground(np.sqrt, [-2.0, 0.0, 4.0])[2] == 'slope'
    assert ground(lambda x: np.sqrt(4 - x**2) * x, 0.0) == 'bottom'


@pytest.mark.parametrize('wrong', [
    lambda: ground(np.cos, np.nan), lambda: way_down(np.cos, np.inf), lambda: way_down(np.cos, [1.0, 2.0]),
    lambda: leads_away(np.cos, []), lambda: ground(np.cos, 0.0, flat=-1), lambda: way_down(np.cos, 0.0, flat=[1, 2])])
def test_places_that_are_none_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
