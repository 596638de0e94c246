"""Every curve and surface has the slope that nudging finds."""
import numpy as np
import pytest

from core.derivative import derivative, gradient
from core.functions import CURVES, SURFACES

PLACES = [-2.7, -1.0, -0.3, 0.4, 1.0, 2.5]


@pytest.mark.parametrize('x', PLACES)
@pytest.mark.parametrize('curve', CURVES.values(), ids=lambda curve: curve.name)
def test_nudging_a_curve_gives_its_slope(curve, x):
    assert curve.slope(x) == pytest.approx(derivative(curve.f, x), abs=1e-8)


@pytest.mark.parametrize('point', [(x, y) for x in PLACES for y in PLACES])
@pytest.mark.parametrize('surface', SURFACES.values(), ids=lambda surface: surface.name)
def test_nudging_a_surface_gives_its_gradient(surface, point):
    assert surface.gradient(point) == pytest.approx(gradient(surface.f, point), abs=1e-7)


@pytest.mark.parametrize('curve', CURVES.values(), ids=lambda curve: curve.name)
def test_a_curve_can_be_drawn_from_a_whole_array(curve):
    x = np.linspace(-3, 3, 12).reshape(3, 4)
    for function in (curve.f, curve.slope):
        assert function(x).shape == x.shape
        assert function(x)[1, 2] == pytest.approx(function(float(x[1, 2])))
        assert np.ndim(function(1.5)) == 0


@pytest.mark.parametrize('surface', SURFACES.values(), ids=lambda surface: surface.name)
def test_a_surface_can_be_drawn_from_a_grid(surface):
    grid = np.array(np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-1, 1, 3)))
    assert surface.f(grid).shape == (3, 5)
    assert surface.gradient(grid).shape == (2, 3, 5)
    assert surface.f(grid)[2, 1] == pytest.approx(surface.f(grid[:, 2, 1]))
    assert surface.gradient(grid)[:, 2, 1] == pytest.approx(surface.gradient(grid[:, 2, 1]))


def test_names_are_keys_that_can_stand_in_an_address():
    for catalogue in (CURVES, SURFACES):
        assert all(name == entry.name and name.replace('-', '').isalpha() for name, entry in catalogue.items())


def test_relu_has_a_kink_where_nudging_finds_half_and_we_say_zero():
    relu = CURVES['relu']
    assert relu.slope(0.0) == 0
    assert derivative(relu.f, 0.0) == pytest.approx(0.5)


def test_sigmoid_never_overflows_and_is_steepest_in_the_middle():
    sigmoid = CURVES['sigmoid']
    assert sigmoid.f(np.array([-1e6, 0, 1e6])) == pytest.approx([0, 0.5, 1], abs=1e-300)
    assert sigmoid.slope(0) == 0.25
    assert sigmoid.f(1.3) == pytest.approx(1 / (1 + np.exp(-1.3)))


def test_the_saddle_is_flat_in_the_middle_and_is_no_bottom():
    saddle = SURFACES['saddle']
    assert (saddle.gradient((0, 0)) == 0).all()
    assert saddle.f((0, 1)) < saddle.f((0, 0)) < saddle.f((1, 0))


def test_of_the_two_minima_the_left_one_is_deeper():
    heights = SURFACES['two-minima'].f(np.array([np.linspace(-2, 2, 401), np.zeros(401)]))
    dips = [i for i in range(1, 400) if heights[i] < heights[i - 1] and heights[i] < heights[i + 1]]
    assert len(dips) == 2
    assert heights[dips[0]] < heights[dips[1]]
