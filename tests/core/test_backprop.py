"""One walk back finds the slope for every weight of any network, and nudging, the judge, agrees."""
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.backprop import LOSSES, backward, loss_of, nudged
from core.data import BITS, OR, XOR
from core.layers import Layer, Network, checked, parameters, with_parameters
from core.loss import mean_squared_error, sum_squared_error
from core.network import forward, new_network, predict
from tests.core.random_networks import SQUARES, cases, networks

SMALL = settings(deadline=None, max_examples=150)


def make_of(network):
    """What stays when the numbers change."""
    return [(layer.W.shape, layer.b.shape, layer.activation) for layer in network.layers], network.shortcut


@SMALL
@given(cases(most_layers=4, most_units=3))
def test_nudging_every_weight_of_any_network_gives_what_backward_says(case):
    slopes, judge = parameters(backward(*case)), parameters(nudged(*case))
    assert np.abs(slopes - judge).max() <= 1e-6 * max(1, np.abs(judge).max(), loss_of(*case))


@SMALL
@given(cases())
def test_slopes_have_the_shape_of_the_network_and_leave_it_alone(case):
    row, x, target = parameters(case.network), case.x.copy(), case.target.copy()
    assert make_of(backward(*case)) == make_of(case.network)
    assert (parameters(case.network) == row).all() and (case.x == x).all() and (case.target == target).all()


@settings(deadline=None, max_examples=20)
@given(cases(most_units=2, most_layers=2))
def test_nudged_has_the_shape_of_the_network_as_well(case):
    assert make_of(nudged(*case)) == make_of(case.network)


@SMALL
@given(cases(most_examples=6))
def test_the_slopes_of_all_examples_are_those_of_each_added_up_or_averaged(case):
    share = 1 if case.loss == 'sum_squared_error' else len(case.x)
    each = sum(parameters(backward(case.network, x[None], target[None], case.loss))
               for x, target in zip(case.x, case.target, strict=True))
    assert parameters(backward(*case)) == pytest.approx(each / share, rel=1e-9, abs=1e-12 * max(1, np.abs(each).max()))


@SMALL
@given(cases(most_examples=1))
def test_one_example_may_come_alone_with_its_target(case):
    alone = (case.network, case.x[0], case.target[0], case.loss)
    assert loss_of(*alone) == loss_of(*case)
    assert (parameters(backward(*alone)) == parameters(backward(*case))).all()


@SMALL
@given(cases().filter(lambda case: case.loss in SQUARES))
def test_the_mean_divides_by_every_number_that_was_predicted(case):
    network, x, target, _ = case
    summed, mean = (parameters(backward(network, x, target, loss)) for loss in SQUARES)
    assert summed == pytest.approx(target.size * mean, rel=1e-9, abs=1e-12 * max(1, np.abs(summed).max()))
    answers = forward(network, x).output
    assert loss_of(network, x, target, 'sum_squared_error') == sum_squared_error(answers, target)
    assert loss_of(network, x, target, 'mean_squared_error') == mean_squared_error(answers, target)


@pytest.mark.parametrize('activation', ['sigmoid', 'tanh', 'relu', 'linear'])
def test_a_deep_network_is_walked_all_the_way(activation):
    network = new_network((3, 4, 4, 4, 4, 4, 2), seed=1, activation=activation, output='softmax')
    x, labels = np.random.default_rng(2).normal(size=(6, 3)), [0, 1, 1, 0, 0, 1]
    slopes = backward(network, x, labels, 'cross_entropy')
    assert parameters(slopes) == pytest.approx(parameters(nudged(network, x, labels, 'cross_entropy')), abs=1e-8)
    assert all(np.abs(layer.W).max() > 0 for layer in slopes.layers)


def test_the_digit_network_learns_in_the_direction_of_its_slopes():
    network = new_network((784, 128, 64, 10), seed=0, activation='relu', output='softmax', start='scaled')
    chance = np.random.default_rng(0)
    x, labels = chance.uniform(size=(20, 784)), chance.integers(10, size=20)
    slopes, row = parameters(backward(network, x, labels, 'cross_entropy')), parameters(network)
    direction = chance.normal(size=len(row))
    direction /= np.linalg.norm(direction)
    up, down = (loss_of(with_parameters(network, row + h * direction), x, labels, 'cross_entropy') for h in (1e-5, -1e-5))
    assert slopes @ direction == pytest.approx((up - down) / 2e-5, rel=1e-3, abs=1e-8)


def test_the_slope_of_an_output_weight_is_twice_the_error_times_the_bend_times_the_input():
    network = new_network((2, 1, 1), seed=4, shortcut=True)
    ran = forward(network, [1, 0])
    y, h, w2 = ran.output.item(), ran.a[0].item(), network.layers[1].W[0, 2]
    slopes = backward(network, [1, 0], [1], 'sum_squared_error')
    delta = 2 * (y - 1) * y * (1 - y)
    assert slopes.layers[1].W[0] == pytest.approx([delta * 1, delta * 0, delta * h])
    assert slopes.layers[1].b == pytest.approx([delta])
    assert slopes.layers[0].W[0] == pytest.approx([delta * w2 * h * (1 - h) * 1, 0])


def test_a_perceptron_s_wiggles_agree_with_its_gradient_on_the_first_table():
    network = Network((Layer([[-0.786, -0.276]], [-0.520]),))
    assert loss_of(network, BITS, OR, 'sum_squared_error') == pytest.approx(1.921, abs=5e-4)
    assert parameters(backward(network, BITS, OR)) == pytest.approx(parameters(nudged(network, BITS, OR)), abs=1e-9)
    assert (parameters(backward(network, BITS, OR)) < 0).all()  # every weight should grow


def test_equal_units_stay_equal_which_is_why_networks_start_by_chance():
    twins = Network((Layer([[0.5, 0.5]] * 2, [0.1] * 2), Layer([[0.3, 0.3]], [0.2])))
    slopes = backward(twins, BITS, XOR).layers
    assert (slopes[0].W[0] == slopes[0].W[1]).all()
    assert slopes[1].W[0, 0] == slopes[1].W[0, 1]


def test_below_a_threshold_nothing_is_learnt():
    network = new_network((2, 3, 1), seed=0, activation='threshold')
    slopes = backward(network, BITS, XOR).layers
    assert not slopes[0].W.any() and not slopes[0].b.any()
    assert slopes[1].W.any()


def test_a_dead_relu_has_no_slope():
    network = Network((Layer([[1, 1], [1, 1]], [-5, 5], 'relu'), Layer([[1, 1]], [0])))
    slopes = backward(network, BITS, XOR).layers[0]
    assert not slopes.W[0].any() and slopes.b[0] == 0
    assert slopes.W[1].all()


def test_cross_entropy_goes_on_where_a_probability_would_be_0():
    network = Network((Layer([[1000.0], [0.0]], [0, 0], 'softmax'),))
    assert loss_of(network, [[1.0]], [1], 'cross_entropy') == 1000
    assert backward(network, [[1.0]], [1], 'cross_entropy').layers[0].W.ravel().tolist() == [1, -1]


def test_the_default_is_the_mean_and_the_nudge_may_be_chosen():
    network = new_network((2, 2, 1), seed=0)
    assert loss_of(network, BITS, XOR) == loss_of(network, BITS, XOR, 'mean_squared_error') == mean_squared_error(
        forward(network, BITS).output, XOR)
    true = parameters(backward(network, BITS, XOR))
    off = [np.abs(parameters(nudged(network, BITS, XOR, h=h)) - true).max() for h in (1e-1, 1e-2, 1e-3)]
    assert off[0] / off[1] == pytest.approx(100, rel=0.1)  # the central difference: a tenth of h, a hundredth of the error
    assert off[1] / off[2] == pytest.approx(100, rel=0.1)


@pytest.mark.parametrize(('change', 'sentence'), [
    (dict(x=[[0, 1, 1]]), 'x has 3 numbers in each row, and needs 2'), (dict(x=[]), 'x is empty'),
    (dict(x=[[0, math.nan]]), 'x holds nan'),
    (dict(target=XOR.ravel()), r'target has shape \(4,\) and the predictions have \(4, 1\)'),
    (dict(target=XOR[:3]), r'target has shape \(3, 1\)'), (dict(target=np.zeros((4, 2))), r'target has shape \(4, 2\)'),
    (dict(target=[1]), r'target has shape \(1,\)'), (dict(target=[]), 'target is empty'),
    (dict(target=XOR * math.nan), 'target holds nan'),
    (dict(loss='squares'), "loss is 'squares', and needs to be one of sum_squared_error, mean_squared_error, cross_entropy"),
    (dict(loss=None), 'loss is None'), (dict(loss='cross_entropy'), 'ends in sigmoid, and it needs to end in softmax'),
    (dict(network=None), 'needs to be a Network')])
def test_what_does_not_fit_is_refused_with_a_sentence(change, sentence):
    given = {'network': new_network((2, 3, 1), seed=0), 'x': BITS, 'target': XOR, 'loss': 'mean_squared_error', **change}
    for function in (loss_of, backward, nudged):
        with pytest.raises(ValueError, match=sentence):
            function(**given)


@pytest.mark.parametrize(('target', 'loss', 'sentence'), [
    (XOR @ [[1, 1]], 'mean_squared_error', "ends in softmax, which needs 'cross_entropy'"),
    (XOR @ [[1, 1]], 'sum_squared_error', 'softmax'),
    ([0, 1, 2, 0], 'cross_entropy', 'target holds 2, and needs whole numbers from 0 to 1'),
    ([0, 1], 'cross_entropy', '2 labels and x has 4'),
    (XOR, 'cross_entropy', 'one row'), ([0.5] * 4, 'cross_entropy', 'whole'), ([], 'cross_entropy', 'empty')])
def test_labels_and_squares_are_not_mixed_up(target, loss, sentence):
    network = new_network((2, 3, 2), seed=0, output='softmax')
    for function in (loss_of, backward, nudged):
        with pytest.raises(ValueError, match=sentence):
            function(network, BITS, target, loss)


def test_slopes_too_large_for_a_number_are_refused_and_never_become_nan():
    network = Network((Layer([[1e-60]], [0], 'linear'), Layer([[1e80]], [0], 'linear'), Layer([[1e60]], [0], 'linear')))
    with pytest.raises(ValueError, match=r'∂L/∂W of layer 0 holds'):
        backward(network, [[1e-30]], [[0.0]])
    steep = Layer([[1e90]], [0], 'linear')
    with pytest.raises(ValueError, match=r'∂L/∂b of layer 0 holds'):
        backward(Network((steep, steep)), [[0.0]], [[1e50]])
    with pytest.raises(ValueError, match=r'∂L/∂W of layer 0 holds'):
        backward(Network((steep,) * 5), [[0.0]], [[1e50]])


@given(networks(most_layers=3), st.sampled_from(LOSSES))
def test_a_network_and_a_loss_either_go_together_or_are_refused(network, loss):
    goes = (loss == 'cross_entropy') == (checked(network).layers[-1].activation == 'softmax')
    x = np.zeros((1, network.sizes[0]))
    target = [0] if loss == 'cross_entropy' else predict(network, x)
    if goes:
        assert make_of(backward(network, x, target, loss)) == make_of(network)
    else:
        with pytest.raises(ValueError, match='softmax'):
            backward(network, x, target, loss)
