"""A long valley is slow, and how slow can be said without walking it."""
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.curvature import (
    best_rate,
    condition_number,
    curvatures,
    hessian,
    largest_stable_rate,
    line_loss_hessian,
    line_steps_needed,
    steps_needed,
)
from core.data import PRICE, SQFT
from core.functions import SURFACES
from core.gradient_descent import descend
from core.loss import line_loss, line_loss_gradient
from core.models import least_squares, standardised

SIZE = standardised(SQFT)


def random_bowl(seed, size=3):
    chance = np.random.default_rng(seed)
    root = chance.normal(size=(size, size))
    return root @ root.T + 0.1 * np.eye(size), chance.normal(size=size)


@pytest.mark.parametrize('x', [SIZE, SQFT / 1000, np.array([0.0]), np.array([-2.0, 5.0, 1.0])])
def test_nudging_the_slopes_of_a_lines_loss_gives_its_hessian_everywhere(x):
    for knobs in [(0.0, 0.0), (3.0, -2.0)]:
        nudged = hessian(lambda k: line_loss_gradient(x, np.cos(x), *k), knobs)
        assert line_loss_hessian(x) == pytest.approx(nudged, abs=1e-6)
        assert (nudged == nudged.T).all()


@pytest.mark.parametrize(('name', 'point', 'table'), [
    ('bowl', (1, 2), [[2, 0], [0, 2]]), ('long-valley', (1, 2), [[2, 0], [0, 20]]), ('saddle', (0, 0), [[2, 0], [0, -2]]),
    ('two-minima', (0, 1), [[-4, 0], [0, 2]]), ('ripples', (0, 0), [[0.2, 4], [4, 0.2]])])
def test_surfaces_curve_as_they_should(name, point, table):
    assert hessian(SURFACES[name].gradient, point) == pytest.approx(np.array(table), abs=1e-8)


def test_the_houses_make_a_valley_about_ten_million_times_longer_than_wide_and_standardised_a_round_one():
    assert condition_number(line_loss_hessian(SQFT)) == pytest.approx(4.7e7, rel=0.01)
    assert line_loss_hessian(SIZE) == pytest.approx(2 * np.eye(2), abs=1e-12)
    assert condition_number(line_loss_hessian(SIZE)) == pytest.approx(1)
    assert largest_stable_rate(line_loss_hessian(SIZE)) == pytest.approx(1)


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_axes_and_curvatures_put_the_hessian_together_again(seed):
    table, _ = random_bowl(seed)
    values, axes = curvatures(table)
    assert (axes * values) @ axes.T == pytest.approx(table)
    assert (np.diff(values) >= 0).all()
    assert condition_number(table) == pytest.approx(np.linalg.cond(table))


@pytest.mark.parametrize('seed', range(5))
def test_just_below_the_largest_stable_rate_a_walk_arrives_and_just_above_it_is_thrown_out(seed):
    table, away = random_bowl(seed)
    rate = largest_stable_rate(table)
    verdicts = [descend(lambda p: table @ p, away, rate * factor, 20_000 if factor < 1 else 5000).verdict
                for factor in (0.9, 1.02)]
    assert verdicts == ['arrived', 'diverged']


@pytest.mark.parametrize('seed', range(10))
def test_no_rate_is_faster_in_the_end_than_the_best_rate(seed):
    table, _ = random_bowl(seed)
    best, kappa, (values, _) = best_rate(table), condition_number(table), curvatures(table)
    slowest = [np.abs(1 - factor * best * values).max() for factor in (0.99, 1, 1.01)]
    assert slowest[1] == min(slowest) == pytest.approx((kappa - 1) / (kappa + 1))


@settings(deadline=None)
@given(st.integers(0, 10**6), st.floats(0.05, 1.2), st.floats(1e-6, 3))
def test_the_steps_needed_are_those_that_a_walk_takes(seed, factor, goal):
    table, away = random_bowl(seed)
    rate = factor * largest_stable_rate(table)
    needed = steps_needed(table, away, rate, goal)
    if factor > 1:
        assert needed is None
        return
    assume(factor < 0.99)
    path = descend(lambda p: table @ p, away, rate, needed).path
    heights = (path @ table * path).sum(axis=1) / 2
    assert heights[-1] <= goal * (1 + 1e-9)
    assert needed == 0 or heights[-2] > goal * (1 - 1e-9)


@pytest.mark.parametrize('rate', [0.02, 0.3, 0.5, 0.8])
def test_the_steps_still_needed_by_a_line_bring_its_loss_within_a_hundredth_of_the_best(rate):
    needed = line_steps_needed(SIZE, PRICE, 0.0, 0.0, rate)
    path = descend(lambda knobs: line_loss_gradient(SIZE, PRICE, *knobs), (0.0, 0.0), rate, needed).path
    goal = 1.01 * line_loss(SIZE, PRICE, *least_squares(SIZE, PRICE))
    assert line_loss(SIZE, PRICE, *path[-1]) <= goal
    assert line_loss(SIZE, PRICE, *path[-2]) > goal


def test_on_raw_houses_a_walk_falls_to_the_valley_floor_at_once_and_then_needs_millions_of_steps():
    rate = 0.9 * largest_stable_rate(line_loss_hessian(SQFT))
    path = descend(lambda knobs: line_loss_gradient(SQFT, PRICE, *knobs), (0.3, 0.0), rate, 200).path
    losses = [line_loss(SQFT, PRICE, *knobs) for knobs in path]
    best = line_loss(SQFT, PRICE, *least_squares(SQFT, PRICE))
    assert losses[0] > 40 * best and losses[30] < 2.5 * best
    assert losses[200] == pytest.approx(losses[100], rel=1e-3)  # and there it crawls
    assert 1e7 < line_steps_needed(SQFT, PRICE, *path[-1], rate) < 1e9
    assert line_steps_needed(SQFT, PRICE, *path[-1], rate) > 1e6 * line_steps_needed(SIZE, PRICE, 0.0, 0.0, 0.3)


def test_who_never_arrives_is_told_so():
    bowl = 2 * np.eye(2)
    assert steps_needed(bowl, [1, 1], 0, 0.1) is None
    assert steps_needed(bowl, [1, 1], 1, 0.1) is None
    assert steps_needed(bowl, [1, 1], 1, 3) == 0
    assert steps_needed(bowl, [1, 1], 0.5, 1e-300) == 1
    assert steps_needed(bowl, [0, 0], 0.1, 1e-9) == 0
    assert steps_needed([[2, 0], [0, 20]], [0.01, 0], 0.15, 1.0) == 0  # thrown out only from where it does not stand
    assert steps_needed([[0.002, 0], [0, 20]], [1, 0], 0.15, 1e-9) == math.ceil(math.log(1e-6) / (2 * math.log1p(-0.0003)))
    assert steps_needed([[2, 0], [0, 0]], [1, 1000], 0.5, 0.1) == 1  # along a level floor there is nothing to gain
    assert steps_needed([[2, 0], [0, 1e-9]], [0, 1e6], 1e-6, 1e-12) > 1e16


@pytest.mark.parametrize('wrong', [
    lambda: condition_number([[2, 0], [0, 0]]), lambda: condition_number([[2, 0], [0, -2]]), lambda: condition_number([[1, 2]]),
    lambda: curvatures([[1, 2], [3, 4]]), lambda: largest_stable_rate([[-1]]), lambda: best_rate([[2, 0], [0, -2]]),
    lambda: line_loss_hessian([]), lambda: hessian(lambda p: p, 3.0), lambda: hessian(lambda p: p, [1.0], h=0),
    lambda: steps_needed([[2]], [1], 0.1, 0), lambda: steps_needed([[2]], [1], -0.1, 1),
    lambda: steps_needed([[-2]], [1], 0.1, 1),
    lambda: steps_needed([[2]], [1, 2], 0.1, 1), lambda: line_steps_needed([0, 1, 2], [1, 3, 5], 0, 0, 0.1),
    lambda: condition_number(line_loss_hessian([5, 5, 5])), lambda: hessian(lambda p: [1.0], [1.0, 2.0]),
    lambda: hessian(lambda p: np.where(p < 1, np.nan, p), [1.0]), lambda: line_steps_needed([0, 1, 2], [1, 3, 4], None, 0, 0.1),
    lambda: line_steps_needed([0, 1, 2], [1, 3, 4], [0, 1], 0, 0.1)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='need'):
        wrong()
