"""Losses are what their names say, and every gradient is judged by nudging."""
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import PRICE, SQFT
from core.derivative import gradient
from core.loss import (
    cross_entropy,
    cross_entropy_gradient,
    line_loss,
    line_loss_gradient,
    line_loss_surface,
    line_losses,
    mean_squared_error,
    mean_squared_error_gradient,
    squared_errors,
    squared_errors_gradient,
    sum_squared_error,
    sum_squared_error_gradient,
)
from core.models import best_slope, least_squares

chance = np.random.default_rng(0)
BELIEF = np.array([0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize('shape', [(), (1,), (24,), (4, 1), (2, 3)])
@pytest.mark.parametrize(('loss', 'analytic'), [
    (sum_squared_error, sum_squared_error_gradient), (mean_squared_error, mean_squared_error_gradient)])
def test_nudging_each_prediction_gives_the_gradient_of_the_loss(loss, analytic, shape):
    predicted, target = chance.normal(size=(2, *shape))
    nudged = gradient(lambda p: loss(p, target), predicted)
    assert analytic(predicted, target) == pytest.approx(nudged, abs=1e-8)
    assert np.shape(analytic(predicted, target)) == shape


def test_nudging_one_prediction_moves_only_its_own_square():
    predicted, target = chance.normal(size=(2, 5))
    for i in range(5):
        nudged = gradient(lambda p, i=i: squared_errors(p, target)[i], predicted)
        assert nudged == pytest.approx(np.eye(5)[i] * squared_errors_gradient(predicted, target), abs=1e-8)


@pytest.mark.parametrize('label', range(4))
def test_nudging_each_probability_gives_the_gradient_of_cross_entropy(label):
    nudged = gradient(lambda p: cross_entropy(p, label), BELIEF)
    assert cross_entropy_gradient(BELIEF, label) == pytest.approx(nudged, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize('knobs', [(0.2, 50), (-0.2, 500), (0, 0)])
def test_nudging_slope_and_intercept_gives_the_gradient_of_a_lines_loss(knobs):
    nudged = gradient(lambda k: line_loss(SQFT, PRICE, *k), knobs)
    assert line_loss_gradient(SQFT, PRICE, *knobs) == pytest.approx(nudged, rel=1e-6)


def test_the_gradient_of_the_best_line_is_zero():
    assert line_loss_gradient(SQFT, PRICE, *least_squares(SQFT, PRICE)) == pytest.approx([0, 0], abs=1e-8)


def test_the_sum_of_the_early_training_table_is_086():
    predicted, target = [0.3, 0.4, 0.5, 0.6], [0, 1, 1, 1]
    assert squared_errors(predicted, target) == pytest.approx([0.09, 0.36, 0.25, 0.16])
    assert sum_squared_error(predicted, target) == pytest.approx(0.86)
    assert mean_squared_error(predicted, target) == pytest.approx(0.86 / 4)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=20).map(np.array))
def test_a_loss_is_never_negative_and_zero_only_for_perfect_predictions(pairs):
    predicted, target = pairs.T
    assert sum_squared_error(predicted, target) >= 0
    assert sum_squared_error(target, target) == 0
    assert sum_squared_error(predicted, target) == pytest.approx(len(pairs) * mean_squared_error(predicted, target))
    assert (squared_errors(predicted, target) == squared_errors(target, predicted)).all()


def test_cross_entropy_of_the_printed_beliefs():
    assert round(cross_entropy([0.96, 0.04], 0), 4) == 0.0408
    assert round(cross_entropy([0.90, 0.10], 1), 4) == 2.3026
    assert str(cross_entropy([0.0, 1.0], 1)) == '0.0'
    to_two_places = [0, 0, 0, 0, .01, 0, 0, .98, 0, 0]  # they sum to .99
    assert cross_entropy(to_two_places, 7) == pytest.approx(-np.log(.98))


@pytest.mark.parametrize(('probabilities', 'label', 'sentence'), [
    ([8.1, 0.2], 0, 'softmax'), ([-0.5, 1.5], 0, 'softmax'), ([0.2, 0.3], 0, 'softmax'), ([1, 0], 1, 'infinite'),
    ([0.5, 0.5], 2, 'label is 2, .* from 0 to 1'), ([0.5, 0.5], -1, 'label'), ([0.5, 0.5], 0.5, 'whole'),
    ([[0.5, 0.5]], 0, 'one row'), ([], 0, 'empty'), ([np.nan, 1], 1, 'nan')])
def test_what_is_no_belief_is_refused_with_a_sentence(probabilities, label, sentence):
    for function in (cross_entropy, cross_entropy_gradient):
        with pytest.raises(ValueError, match=sentence):
            function(probabilities, label)


@pytest.mark.parametrize('function', [
    squared_errors, squared_errors_gradient, sum_squared_error, sum_squared_error_gradient,
    mean_squared_error, mean_squared_error_gradient])
@pytest.mark.parametrize(('predicted', 'target'), [
    ([1, 2], [1]), (np.ones(4), np.ones((4, 1))), ([], []), ([1, np.inf], [1, 2]), ([1], [np.nan]), (1e101, 0)])
def test_squared_errors_of_what_does_not_pair_up_are_refused(function, predicted, target):
    with pytest.raises(ValueError, match='needs'):
        function(predicted, target)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=5), st.lists(st.floats(-500, 500), min_size=1, max_size=5))
def test_the_closed_form_agrees_with_visiting_every_house(slopes, intercepts):
    surface = line_loss_surface(SQFT, PRICE, slopes, intercepts)
    assert surface.shape == (len(intercepts), len(slopes))
    visited = [[line_loss(SQFT, PRICE, slope, intercept) for slope in slopes] for intercept in intercepts]
    assert surface == pytest.approx(np.array(visited), rel=1e-9)


def test_the_lowest_point_of_the_curve_is_the_best_slope_at_that_intercept():
    slopes = np.linspace(-0.2, 0.5, 7001)
    curve = line_loss_surface(SQFT, PRICE, slopes, 50)[0]
    assert slopes[curve.argmin()] == pytest.approx(best_slope(SQFT, PRICE, 50), abs=0.0001)


def test_the_surface_touches_zero_for_points_on_a_line_and_never_goes_below():
    x = np.array([1e6, 1e6 + 1, 1e6 + 2])
    assert line_loss_surface(x, 3 * x, 3, 0).item() == 0
    assert (line_loss_surface(x, 3 * x, np.linspace(2.999999, 3.000001, 99), 0) >= 0).all()


def test_the_surface_of_points_above_each_other_still_stands():
    assert line_loss_surface([2, 2], [1, 3], [0, 1], [0]).tolist() == [[5, 1]]
    assert line_loss_surface([2], [1], 1, 0).tolist() == [[1]]


def test_a_surface_that_no_number_can_hold_is_refused():
    with pytest.raises(ValueError, match='too large'):
        line_loss_surface([0, 1e90], [0, 1], [1e90], [0])
    with pytest.raises(ValueError, match='too large'):
        line_losses([1e100], [0.0], [1e100], [0.0])
    with pytest.raises(ValueError, match='slopes holds nan'):
        line_loss_surface([0, 1], [0, 1], [np.nan], [0])


def test_a_whole_loss_curve_takes_less_than_a_tenth_of_a_millisecond():
    slopes = np.linspace(-0.2, 0.5, 101)
    times = []
    for _ in range(200):
        begun = time.perf_counter()
        line_loss_surface(SQFT, PRICE, slopes, 50.0)
        times.append(time.perf_counter() - begun)
    assert min(times) < 1e-4


def test_the_losses_of_several_lines_are_those_of_each():
    x, y = np.array([1.0, 2.0, 4.0]), np.array([0.5, 3.0, 1.0])
    slopes, intercepts = np.array([0.0, 1.0, -2.0]), np.array([1.0, 0.0, 5.0])
    assert line_losses(x, y, slopes, intercepts) == pytest.approx(
        [mean_squared_error(slope * x + intercept, y) for slope, intercept in zip(slopes, intercepts, strict=True)])
    with pytest.raises(ValueError, match='2 slopes and 1 intercepts'):
        line_losses(x, y, [1, 2], [3])
