"""Lines go where they are told, and no line beats the best one."""
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.data import PRICE, SQFT
from core.loss import line_loss
from core.models import (
    best_slope,
    in_standard_units,
    in_units_of,
    least_squares,
    line,
    line_through,
    standardised,
)

numbers = st.floats(-1000, 1000).map(lambda value: round(value, 3))
clouds = st.lists(st.tuples(numbers, numbers), min_size=2, max_size=30).map(np.array)


def test_a_line_starts_at_its_intercept_and_climbs_by_its_slope():
    assert line(0, slope=200, intercept=50_000) == 50_000
    assert line(1, slope=200, intercept=50_000) == 50_200
    assert line(np.ones((2, 3)), 1, 2).shape == (2, 3)


@given(numbers, numbers, numbers, numbers)
def test_the_line_through_two_points_passes_through_both(x0, y0, x1, y1):
    assume(x0 != x1)
    slope, intercept = line_through((x0, y0), (x1, y1))
    size = 1 + abs(slope) * max(abs(x0), abs(x1))
    assert line(x0, slope, intercept) == pytest.approx(y0, abs=1e-9 * size)
    assert line(x1, slope, intercept) == pytest.approx(y1, abs=1e-9 * size)


def test_the_order_of_the_two_points_does_not_matter():
    assert line_through((1, 2), (3, 8)) == line_through((3, 8), (1, 2)) == (3, -1)


def test_a_vertical_line_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match=r'both points have x = 1500, so the line would be vertical.*needs two'):
        line_through((1500, 100), (1500, 300))
    with pytest.raises(ValueError, match='vertical'):
        line_through((1, 1), (1, 1))


@pytest.mark.parametrize('left', [(1,), (1, 2, 3), (np.nan, 1), 'ab', 1])
def test_points_that_are_none_are_refused(left):
    with pytest.raises(ValueError, match='two points'):
        line_through(left, (5, 6))


@given(clouds, numbers, numbers)
def test_no_line_has_a_smaller_loss_than_least_squares(cloud, slope, intercept):
    x, y = cloud.T
    assume(np.ptp(x) > 0.01)
    best = line_loss(x, y, *least_squares(x, y))
    assert best <= line_loss(x, y, slope, intercept) * (1 + 1e-9) + 1e-6


def test_numpy_fits_the_same_line():
    assert least_squares(SQFT, PRICE) == pytest.approx(np.polyfit(SQFT, PRICE, 1), rel=1e-9)


@given(clouds, numbers)
def test_the_best_line_ignores_where_the_axis_begins(cloud, shift):
    x, y = cloud.T
    assume(np.ptp(x) > 1)
    slope, intercept = least_squares(x, y)
    moved_slope, moved_intercept = least_squares(x + shift, y)
    assert moved_slope == pytest.approx(slope, abs=1e-6)
    assert moved_intercept == pytest.approx(intercept - slope * shift, abs=1e-2)


@given(clouds, numbers, numbers)
def test_no_slope_is_better_than_the_best_slope_at_that_intercept(cloud, intercept, slope):
    x, y = cloud.T
    assume(np.abs(x).max() > 0.01)
    best = line_loss(x, y, best_slope(x, y, intercept), intercept)
    assert best <= line_loss(x, y, slope, intercept) * (1 + 1e-9) + 1e-6


def test_at_the_best_intercept_both_ways_find_the_same_slope():
    slope, intercept = least_squares(SQFT, PRICE)
    assert best_slope(SQFT, PRICE, intercept) == pytest.approx(slope, rel=1e-12)


@pytest.mark.parametrize(('x', 'y', 'sentence'), [
    ([5], [1], 'at least two different'), ([0.1] * 3, [1, 2, 3], 'only one x, 0.1'), ([], [], 'empty'),
    ([1, 2], [1], 'every point'), ([[1], [2]], [[1], [2]], 'one row'), ([1, np.nan], [1, 2], 'nan')])
def test_data_without_a_best_line_is_refused_with_a_sentence(x, y, sentence):
    with pytest.raises(ValueError, match=sentence):
        least_squares(x, y)


@pytest.mark.parametrize('nothing', [0, 1e-160])
def test_a_slope_that_changes_nothing_has_no_best_value(nothing):
    with pytest.raises(ValueError, match='every x is 0'):
        best_slope([0, nothing], [1, 2], 0)
    with pytest.raises(ValueError, match='only one x'):
        least_squares([0, nothing], [1, 2])


def test_the_largest_data_still_has_a_finite_best_line():
    knobs = *least_squares([0, 1e-150], [-1e100, 1e100]), *least_squares([-1e100, 1e100], [1e100, -1e100])
    assert np.isfinite(knobs).all()


def test_slopes_that_no_number_can_hold_are_refused():
    with pytest.raises(ValueError, match='too large'):
        line_through((0, 0), (5e-324, 1))
    with pytest.raises(ValueError, match='slope holds inf'):
        line([1], np.inf, 0)


@given(clouds)
def test_standardised_numbers_have_mean_0_and_spread_1_and_keep_their_order(cloud):
    x = cloud[:, 0]
    assume(np.ptp(x) > 0.01)
    found = standardised(x)
    assert found.mean() == pytest.approx(0, abs=1e-9)
    assert found.std() == pytest.approx(1)
    assert (np.argsort(found, kind='stable') == np.argsort(x, kind='stable')).all()


@given(numbers, numbers)
def test_a_line_found_in_standard_units_is_the_same_line_in_square_feet(slope, intercept):
    knobs = in_units_of(SQFT, slope, intercept)
    assert line(SQFT, *knobs) == pytest.approx(line(standardised(SQFT), slope, intercept), abs=1e-9)
    assert in_standard_units(SQFT, *knobs) == pytest.approx((slope, intercept), abs=1e-9)


def test_the_best_line_is_the_same_in_either_units():
    assert in_units_of(SQFT, *least_squares(standardised(SQFT), PRICE)) == pytest.approx(least_squares(SQFT, PRICE))


@pytest.mark.parametrize('find', [standardised, lambda x: in_units_of(x, 1, 1), lambda x: in_standard_units(x, 1, 1)])
@pytest.mark.parametrize('x', [[0.1] * 3, [5], [], [[1, 2]], [1, np.inf], [0, 1e-160]])
def test_what_has_no_spread_is_refused_with_a_sentence(find, x):
    with pytest.raises(ValueError, match='needs'):
        find(x)
