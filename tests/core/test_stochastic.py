"""A few examples at a time: rough steps, and the same bottom."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data import PRICE, SQFT
from core.derivative import gradient as nudged
from core.gradient_descent import descend
from core.loss import line_loss, line_loss_gradient
from core.models import least_squares
from core.stochastic import (
    bowl_gradients,
    bowl_of_points,
    descend_in_minibatches,
    examples_seen,
    line_gradients,
    minibatches,
)


def test_minibatches_deal_out_every_example_once_and_differently_each_epoch():
    chance = np.random.default_rng(1)
    first, second = minibatches(24, 5, chance), minibatches(24, 5, chance)
    assert [len(batch) for batch in first] == [5, 5, 5, 5, 4]
    assert sorted(np.concatenate(first)) == list(range(24))
    assert np.concatenate(first).tolist() != np.concatenate(second).tolist()
    assert np.concatenate(minibatches(24, 5, 1)).tolist() == np.concatenate(first).tolist()


# Feet are far too many for one rate: sizes are measured from their mean and in their own spread.
SIZE = (SQFT - SQFT.mean()) / SQFT.std()


houses_gradient = line_gradients(SIZE, PRICE)


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


@settings(deadline=None)
@given(st.integers(1, 24), st.integers(0, 10**6), st.floats(-100, 100), st.floats(0, 500))
def test_the_slope_on_a_batch_is_that_of_a_line_through_those_points_only(size, seed, slope, intercept):
    batch = minibatches(24, size, seed)[0]
    x, y, found = SIZE[batch], PRICE[batch], houses_gradient(np.array([slope, intercept]), batch)
    assert found == pytest.approx(line_loss_gradient(x, y, slope, intercept), rel=1e-9, abs=1e-9)
    assert found == pytest.approx(nudged(lambda knobs: line_loss(x, y, *knobs), (slope, intercept)), abs=1e-3)


def test_the_work_is_counted_in_examples():
    assert examples_seen(24, 24, 3).tolist() == [0, 24, 48, 72]
    assert examples_seen(24, 100, 2).tolist() == [0, 24, 48]
    assert examples_seen(24, 1, 2).tolist() == [0, 1, 2]
    for n, size, epochs in [(24, 10, 3), (7, 3, 2), (5, 5, 4), (5, 9, 2)]:
        sizes = [len(batch) for _ in range(epochs) for batch in minibatches(n, size, 0)]
        assert examples_seen(n, size, len(sizes)).tolist() == np.cumsum([0, *sizes]).tolist()


def test_points_round_the_centre_make_the_bowl_with_its_losses():
    points = bowl_of_points(64, seed=1, spread=1.5)
    everything = np.arange(64)
    for place in [(2.5, 2.0), (-1.0, 0.3), (0.0, 0.0)]:
        def height(p):
            return np.mean(((p - points) ** 2).sum(axis=1)) - np.mean((points**2).sum(axis=1))

        assert height(np.array(place)) == pytest.approx(place[0] ** 2 + place[1] ** 2, abs=1e-12)
        assert bowl_gradients(points)(np.array(place), everything) == pytest.approx(nudged(height, place), abs=1e-8)
    assert points.std() == pytest.approx(1.5, rel=0.2)
    assert (bowl_of_points(64, seed=1) != bowl_of_points(64, seed=2)).any()


@pytest.mark.parametrize('seed', range(5))
def test_the_whole_batch_and_minibatches_race_from_1025_and_both_reach_the_centre(seed):
    points = bowl_of_points(64, seed)
    race = [descend_in_minibatches(bowl_gradients(points), (2.5, 2.0), 0.1, 64, size, epochs, seed)
            for size, epochs in ((64, 60), (8, 30))]
    losses = [(walk.path**2).sum(axis=1) for walk in race]
    assert losses[0][:3] == pytest.approx([10.25, 6.56, 4.1984])
    assert losses[1][0] == 10.25
    assert losses[0][-1] < 1e-9
    assert losses[1][-1] < 0.5
    assert (np.diff(losses[0]) < 0).all()
    assert (np.diff(losses[1]) > 0).any()  # it staggers
    work = [examples_seen(64, 64, 60), examples_seen(64, 8, 240)]
    near = [seen[np.argmax(loss < 0.5)] for seen, loss in zip(work, losses, strict=True)]
    assert near[1] < near[0] / 3  # for the same work it is there long before


@pytest.mark.parametrize('wrong', [
    lambda: minibatches(0, 5, 1), lambda: minibatches(5, 0, 1), lambda: examples_seen(5, 0, 1), lambda: examples_seen(5, 1, -1),
    lambda: descend_in_minibatches(houses_gradient, (0, 0), 0.1, n=24, size=6, epochs=-1, seed=0),
    lambda: line_gradients([1, 2], [1]), lambda: bowl_of_points(0, 1), lambda: bowl_of_points(3, 1, spread=-1),
    lambda: bowl_gradients([1, 2, 3])])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
