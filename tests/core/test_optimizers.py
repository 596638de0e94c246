"""Rules that remember, beside plain descent."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.curvature import largest_stable_rate, line_loss_hessian
from core.data import PRICE, SQFT
from core.functions import SURFACES
from core.gradient_descent import VERDICTS, descend
from core.loss import line_loss, line_loss_gradient
from core.models import least_squares, standardised
from core.optimizers import RULES, adam, descend_by, momentum, rmsprop
from core.stochastic import bowl_gradients, bowl_of_points, descend_in_minibatches

valley = SURFACES['long-valley']


@settings(deadline=None)
@given(st.sampled_from(list(SURFACES)), st.floats(0, 2), st.tuples(st.floats(-3, 3), st.floats(-3, 3)))
def test_plain_is_descent_itself(name, rate, start):
    gradient = SURFACES[name].gradient
    ours, theirs = descend_by('plain', gradient, start, rate, 20), descend(gradient, start, rate, 20)
    assert (ours.path == theirs.path).all()
    assert ours[1:] == theirs[1:]


@settings(deadline=None)
@given(st.sampled_from(list(RULES)), st.sampled_from(list(SURFACES)), st.floats(0, 1e6),
       st.tuples(st.floats(-9, 9), st.floats(-9, 9)))
def test_no_rule_and_no_rate_puts_nan_into_a_path(rule, name, rate, start):
    walk = descend_by(rule, SURFACES[name].gradient, start, rate, 40)
    assert np.isfinite(walk.path).all()
    assert walk.verdict in VERDICTS


def test_without_memory_momentum_is_plain_and_with_it_an_even_hill_is_run_down_ten_times_as_fast():
    slopes = np.array([2.0, -1.0])
    assert momentum(np.array([5.0, 5.0]), slopes, keep=0)[1].tolist() == slopes.tolist()
    path = descend_by('momentum', lambda x: 1.0, 0.0, 0.01, 200).path
    assert np.diff(path)[[0, -1]] == pytest.approx([-0.01, -0.1])


def test_momentum_written_out():
    path = descend_by('momentum', valley.gradient, (3.0, 1.0), 0.02, 3).path
    place, speed = np.array([3.0, 1.0]), np.zeros(2)
    for point in path[1:]:
        speed = 0.9 * speed + valley.gradient(place)
        place = place - 0.02 * speed
        assert point == pytest.approx(place, rel=1e-14)


@pytest.mark.parametrize('scale', [1e-3, 1.0, 1e4])
def test_the_first_step_of_adam_is_as_long_as_the_rate_however_steep(scale):
    path = descend_by('adam', lambda p: scale * valley.gradient(p), (3.0, -1.0), 0.1, 1).path
    assert np.diff(path, axis=0)[0] == pytest.approx([-0.1, 0.1], rel=1e-5)
    far = descend_by('rmsprop', lambda p: scale * valley.gradient(p), (3.0, -1.0), 0.1, 1).path
    assert np.diff(far, axis=0)[0] == pytest.approx([-1, 1], rel=1e-3)  # a tenth of it in the mean: ten times as long


def test_adam_corrects_the_start_of_its_means():
    memory = None
    for _ in range(5):
        memory, direction = adam(memory, np.array([0.3]))
        assert direction == pytest.approx([1], rel=1e-6)
    assert memory[0] == 5
    assert memory[1] == pytest.approx([0.3 * (1 - 0.9**5)])


def test_nothing_given_is_changed():
    gradient, memory = np.array([1.0, 2.0]), np.array([0.5, 0.5])
    for rule in (momentum, rmsprop):
        rule(memory, gradient)
    adam((1, memory, memory), gradient)
    assert gradient.tolist() == [1, 2]
    assert memory.tolist() == [0.5, 0.5]


def test_in_a_long_valley_momentum_and_adam_beat_plain_descent():
    height = {rule: valley.f(descend_by(rule, valley.gradient, (8.0, 0.5), rate, 200).path[-1])
              for rule, rate in (('plain', 0.02), ('momentum', 0.02), ('adam', 0.5))}
    assert max(height['momentum'], height['adam']) < height['plain'] / 100


def test_momentum_shortens_the_valley_of_the_houses_but_measuring_sizes_well_does_it_away():
    raw = SQFT / 1000
    rate = 0.5 * largest_stable_rate(line_loss_hessian(raw))
    best = line_loss(raw, PRICE, *least_squares(raw, PRICE))

    def excess(rule):
        path = descend_by(rule, lambda knobs: line_loss_gradient(raw, PRICE, *knobs), (0.0, 0.0), rate, 300).path
        return line_loss(raw, PRICE, *path[-1]) - best

    assert excess('momentum') < excess('plain') / 1000
    size = standardised(SQFT)
    path = descend(lambda knobs: line_loss_gradient(size, PRICE, *knobs), (0.0, 0.0), 0.5, 300).path
    assert line_loss(size, PRICE, *path[-1]) - best < 1e-9


@pytest.mark.parametrize('rule', RULES)
def test_every_rule_takes_minibatches_too(rule):
    points = bowl_of_points(64, seed=0)
    walk = descend_in_minibatches(bowl_gradients(points), (2.5, 2.0), 0.02, 64, 8, 30, seed=0, rule=RULES[rule])
    assert len(walk.path) == 241
    assert (walk.path[-1] ** 2).sum() < 0.5


@pytest.mark.parametrize('wrong', [
    lambda: descend_by('nadam', valley.gradient, (1, 1), 0.1, 5), lambda: descend_by('adam', valley.gradient, (1, 1), -0.1, 5),
    lambda: descend_by(None, valley.gradient, (1, 1), 0.1, 5), lambda: descend_by('adam', valley.gradient, (1, 1), 0.1, 0.5)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
