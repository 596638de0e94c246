"""What the rate does to the walk, as numbers."""
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.derivative import derivative
from core.functions import CURVES, SURFACES
from core.gradient_descent import VERDICTS, descend, step, walk
from core.rates import shrink_factor

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


@settings(deadline=None)
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
    assert walk.says.startswith('Step 1 cannot be taken')


@pytest.mark.parametrize(('slope', 'start', 'rate', 'because'), [
    (SURFACES['saddle'].gradient, (1.0, 0.1), 0.1, 'no bottom on this side'),
    (SURFACES['saddle'].gradient, (1.0, 0.1), 50, 'no bottom on this side'),
    (SURFACES['saddle'].gradient, (1.0, 0.0), 50, 'rate is too large'),  # along the ridge there is one
    (SURFACES['bowl'].gradient, (1.0, 0.1), 1.05, 'rate is too large'),
    (SURFACES['ripples'].gradient, (3.0, -3.0), 1e6, 'rate is too large'),
    (SURFACES['two-minima'].gradient, (-2.0, 2.0), 0.5, 'rate is too large'),
    (CURVES['cubic'].slope, -1.1, 0.01, 'no bottom on this side'),
    (CURVES['cubic'].slope, 2.0, 0.5, 'rate is too large'),  # it jumps over the top and leaves where there is no bottom
])
def test_the_rate_is_only_blamed_for_leaving_where_small_steps_would_stay(slope, start, rate, because):
    walk = descend(slope, start, rate, 1000)
    assert walk.verdict == 'diverged'
    assert because in walk.says


def test_a_flat_top_holds_the_walker_as_firmly_as_a_bottom():
    assert descend(SURFACES['saddle'].gradient, (0.0, 0.0), 0.1, 10).verdict == 'arrived'


def test_two_starts_end_in_two_minima():
    gradient = SURFACES['two-minima'].gradient
    ends = [descend(gradient, (x, 1.0), 0.05, 500) for x in (-1.5, 1.5)]
    assert [end.verdict for end in ends] == ['arrived', 'arrived']
    assert ends[0].path[-1, 0] < -0.9
    assert ends[1].path[-1, 0] > 0.8


def test_a_walk_may_feel_another_slope_at_each_step_and_remember():
    def heavy(memory, gradient):
        memory = gradient + (0 if memory is None else memory)
        return memory, memory

    one, two = (lambda x: 1.0), (lambda x: 2.0)
    assert walk([one, two], one, 10.0, 1.0).path.tolist() == [10, 9, 7]
    assert walk([one, two], one, 10.0, 1.0, rule=heavy).path.tolist() == [10, 9, 6]
    assert walk([], one, 10.0, 1.0).path.tolist() == [10]


def test_nothing_given_is_changed():
    start, slope = np.array([2.5, 2.0]), np.array([5.0, 4.0])
    step(start, slope, 0.1)
    descend(bowl.gradient, start, 0.1, 5)
    assert start.tolist() == [2.5, 2.0]
    assert slope.tolist() == [5.0, 4.0]


@pytest.mark.parametrize('wrong', [
    lambda: descend(bowl.gradient, (1, 1), -0.1, 5), lambda: descend(bowl.gradient, (1, 1), math.nan, 5),
    lambda: descend(bowl.gradient, (1, math.inf), 0.1, 5), lambda: descend(bowl.gradient, (1, 1), 0.1, -1),
    lambda: descend(bowl.gradient, (1, 1), 0.1, 2.5), lambda: descend(lambda p: p[:1], (1, 1), 0.1, 5),
    lambda: step([1, 2], [1], 0.1), lambda: step([1, 2], [1, math.nan], 0.1)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
