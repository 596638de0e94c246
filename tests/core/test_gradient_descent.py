"""What the rate does to the walk, as numbers."""
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import PRICE, SQFT
from core.derivative import derivative
from core.functions import CURVES, SURFACES
from core.gradient_descent import (
    RATES,
    VERDICTS,
    descend,
    descend_in_minibatches,
    minibatches,
    shrink_factor,
    step,
    what_a_rate_does,
)
from core.loss import line_loss_gradient
from core.models import least_squares

parabola, bowl = CURVES['parabola'], SURFACES['bowl']


def bowl_losses(rate, steps):
    return [float(bowl.f(point)) for point in descend(bowl.gradient, (2.5, 2.0), rate, steps).path]


def test_a_small_rate_walks_down_the_parabola_by_ever_shorter_steps():
    path = descend(parabola.slope, 3.0, 0.05, 40).path
    assert path[:4] == pytest.approx([3, 2.3, 1.81, 1.467])
    steps = np.diff(path)
    assert steps[1:] / steps[:-1] == pytest.approx(np.full(39, shrink_factor(0.05, curvature=6)))


def test_one_sixth_lands_on_the_bottom_of_the_parabola_in_one_step():
    walk = descend(parabola.slope, 3.0, 1 / 6, 1)
    assert walk.path[-1] == pytest.approx(2 / 3)
    assert walk.verdict == 'arrived'


def test_a_quarter_zig_zags_across_the_parabola():
    assert descend(parabola.slope, 3.0, 0.25, 3).path == pytest.approx([3, -0.5, 1.25, 0.375])


@pytest.mark.parametrize(('rate', 'verdict'), [(0.33, 'arrived'), (1 / 3, 'overshooting'), (0.34, 'diverged')])
def test_above_a_third_the_parabola_throws_the_walk_out(rate, verdict):
    assert descend(parabola.slope, 3.0, rate, 2000).verdict == verdict


def test_the_bowl_from_two_and_a_half_and_two():
    assert bowl_losses(0.1, 2) == pytest.approx([10.25, 6.56, 4.1984])
    assert bowl_losses(0.5, 1) == pytest.approx([10.25, 0])
    assert bowl_losses(0.9, 2) == pytest.approx(bowl_losses(0.1, 2))
    assert bowl_losses(1.0, 5) == pytest.approx([10.25] * 6)
    assert (np.diff(bowl_losses(1.05, 10)) > 0).all()
    assert (descend(bowl.gradient, (2.5, 2.0), 0.9, 1).path[-1] < 0).all()


def test_a_few_growing_steps_are_called_overshooting_before_they_are_called_diverged():
    assert descend(bowl.gradient, (2.5, 2.0), 1.05, 10).verdict == 'overshooting'
    assert descend(bowl.gradient, (2.5, 2.0), 1.05, 1000).verdict == 'diverged'
    assert descend(bowl.gradient, (2.5, 2.0), 0.9, 10).verdict == 'on the way'


def test_tuning_a_in_ab_times_a_plus_b():
    def f(a):
        return a * 3 * (a + 3)

    def slope(a):
        return 6 * a + 9

    assert slope(-2.0) == pytest.approx(derivative(f, -2.0))
    assert [f(a) for a in descend(slope, -2.0, 0.1, 2).path] == pytest.approx([-6, -6.63, -6.7308])
    assert f(descend(slope, -2.0, 1 / 6, 1).path[-1]) == pytest.approx(-6.75)


@pytest.mark.parametrize(('rate', 'name'), [
    (0, 'stands still'), (0.01, 'crawl'), (0.05, 'smooth'), (1 / 6, 'one step'), (0.25, 'zig-zag'),
    (1 / 3, 'endless zig-zag'), (0.4, 'diverge')])
def test_every_kind_of_rate_has_its_name(rate, name):
    assert what_a_rate_does(rate, curvature=6) == name
    assert name in RATES


@given(st.floats(0.001, 3), st.floats(0.1, 10))
def test_the_name_of_a_rate_tells_what_its_walk_does(rate, curvature):
    start, after = np.abs(descend(lambda x: curvature * x, 1.0, rate, 1).path)
    name = what_a_rate_does(rate, curvature)
    closer = {'crawl': True, 'smooth': True, 'one step': True, 'zig-zag': True, 'diverge': False}
    assert name == 'endless zig-zag' or closer[name] == (after < start)


@given(st.floats(0, 1e6), st.tuples(st.floats(-9, 9), st.floats(-9, 9)), st.sampled_from(list(SURFACES)))
def test_no_rate_and_no_start_puts_nan_into_a_path(rate, start, name):
    walk = descend(SURFACES[name].gradient, start, rate, 30)
    assert np.isfinite(walk.path).all()
    assert walk.verdict in VERDICTS
    assert len(walk.path) == 31 or walk.verdict == 'diverged'
    assert walk.says.endswith('.')


@pytest.mark.parametrize('gradient', [
    lambda x: math.nan, lambda x: math.inf, lambda x: -np.exp(x * 1000), lambda x: -math.exp(float(x) * 1000)])
def test_a_gradient_without_a_value_ends_the_walk_with_a_verdict(gradient):
    walk = descend(gradient, 1.0, 0.1, 5)
    assert walk.verdict == 'diverged'
    assert walk.path.tolist() == [1.0]
    assert walk.says.startswith('Step 1 ')


def test_a_hill_without_a_bottom_is_left_and_said_so():
    walk = descend(SURFACES['saddle'].gradient, (1.0, 0.1), 0.1, 1000)
    assert walk.verdict == 'diverged'
    assert 'no bottom' in walk.says


def test_a_flat_top_holds_the_walker_as_firmly_as_a_bottom():
    assert descend(SURFACES['saddle'].gradient, (0.0, 0.0), 0.1, 10).verdict == 'arrived'


def test_two_starts_end_in_two_minima():
    gradient = SURFACES['two-minima'].gradient
    ends = [descend(gradient, (x, 1.0), 0.05, 500) for x in (-1.5, 1.5)]
    assert [end.verdict for end in ends] == ['arrived', 'arrived']
    assert ends[0].path[-1, 0] < -0.9
    assert ends[1].path[-1, 0] > 0.8


def test_nothing_given_is_changed():
    start, slope = np.array([2.5, 2.0]), np.array([5.0, 4.0])
    step(start, slope, 0.1)
    descend(bowl.gradient, start, 0.1, 5)
    assert start.tolist() == [2.5, 2.0]
    assert slope.tolist() == [5.0, 4.0]


def test_minibatches_deal_out_every_example_once_and_differently_each_epoch():
    chance = np.random.default_rng(1)
    first, second = minibatches(24, 5, chance), minibatches(24, 5, chance)
    assert [len(batch) for batch in first] == [5, 5, 5, 5, 4]
    assert sorted(np.concatenate(first)) == list(range(24))
    assert np.concatenate(first).tolist() != np.concatenate(second).tolist()
    assert np.concatenate(minibatches(24, 5, 1)).tolist() == np.concatenate(first).tolist()


# Feet are far too many for one rate: sizes are measured from their mean and in their own spread.
SIZE = (SQFT - SQFT.mean()) / SQFT.std()


def houses_gradient(knobs, batch):
    return line_loss_gradient(SIZE[batch], PRICE[batch], *knobs)


def test_the_gradients_of_equal_minibatches_average_to_the_whole_gradient():
    knobs = np.array([10.0, 200.0])
    batches = [houses_gradient(knobs, batch) for batch in minibatches(24, 6, seed=2)]
    assert np.mean(batches, axis=0) == pytest.approx(line_loss_gradient(SIZE, PRICE, *knobs))


def test_one_batch_of_everything_walks_the_same_path_as_plain_descent():
    whole = descend(lambda knobs: line_loss_gradient(SIZE, PRICE, *knobs), (0.0, 0.0), 0.1, 20)
    batches = descend_in_minibatches(houses_gradient, (0.0, 0.0), 0.1, n=24, size=24, epochs=20, seed=0)
    assert batches.path == pytest.approx(whole.path)
    assert batches.verdict == whole.verdict


def test_minibatches_come_near_the_best_line_without_settling_on_it():
    best = least_squares(SIZE, PRICE)
    walk = descend_in_minibatches(houses_gradient, (0.0, 0.0), 0.02, n=24, size=6, epochs=100, seed=0)
    assert len(walk.path) == 401
    assert walk.path[-1] == pytest.approx(best, abs=10)
    assert walk.verdict != 'arrived'
    again = descend_in_minibatches(houses_gradient, (0.0, 0.0), 0.02, n=24, size=6, epochs=100, seed=0)
    assert (again.path == walk.path).all()


def test_each_epoch_is_shuffled_anew():
    seen = []

    def note(point, batch):
        seen.append(batch.tolist())
        return point

    descend_in_minibatches(note, 1.0, 0.1, n=24, size=24, epochs=2, seed=0)
    assert seen[0] != seen[1]


def test_a_walk_in_minibatches_has_arrived_only_where_all_examples_together_are_flat():
    homes = np.array([0.0, 2.0])

    def toward_mean(x, batch):
        return x - homes[batch].mean()

    assert descend_in_minibatches(toward_mean, 1.0, 0, n=2, size=1, epochs=1, seed=0).verdict == 'arrived'
    assert descend_in_minibatches(toward_mean, 0.0, 0, n=2, size=1, epochs=1, seed=0).verdict == 'on the way'


@pytest.mark.parametrize('wrong', [
    lambda: descend(bowl.gradient, (1, 1), -0.1, 5), lambda: descend(bowl.gradient, (1, 1), math.nan, 5),
    lambda: descend(bowl.gradient, (1, math.inf), 0.1, 5), lambda: descend(bowl.gradient, (1, 1), 0.1, -1),
    lambda: descend(bowl.gradient, (1, 1), 0.1, 2.5), lambda: descend(lambda p: p[:1], (1, 1), 0.1, 5),
    lambda: step([1, 2], [1], 0.1), lambda: step([1, 2], [1, math.nan], 0.1), lambda: minibatches(0, 5, 1),
    lambda: minibatches(5, 0, 1), lambda: what_a_rate_does(0.1, 0), lambda: what_a_rate_does(-0.1, 6),
    lambda: descend_in_minibatches(houses_gradient, (0, 0), 0.1, n=24, size=6, epochs=-1, seed=0)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
