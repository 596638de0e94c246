"""One example followed to its loss and back: every number is named, and all paths to a weight add up to its slope."""
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings

from core.backprop import backward, loss_of
from core.derivative import gradient
from core.layers import Layer, Network, parameters
from core.network import forward, new_network
from core.paths import MOST_PATHS, count_paths, paths
from core.trace import trace
from tests.core.random_networks import cases

SMALL = settings(deadline=None, max_examples=100)
XOR_WITH_A_SHORTCUT = new_network((2, 1, 1), seed=4, shortcut=True)
BAD_WEIGHTS = pytest.mark.parametrize(('weight', 'sentence'), [
    ((2, 0, 0), 'layer is 2, and needs to be a whole number from 0 to 1'), ((-1, 0, 0), 'layer is -1'),
    ((0, 1, 0), 'unit is 1'), ((0, 0, 2), 'input is 2, and needs to be a whole number from 0 to 1'), ((1, 0, 3), 'input is 3'),
    ((0, 0, 'c'), 'input'), ((0, 0, 0.5), 'input is 0.5')])


def alone(case):
    """The first example of a case, in the shape that trace takes; where the truth got next to no probability, −1/p has no end."""
    example = case.network, case.x[0], case.target[0], case.loss
    assume(case.loss != 'cross_entropy' or loss_of(*example) < 200)
    return example


def weights_of(network):
    for layer, (W, b, _) in enumerate(network.layers):
        for unit in range(len(b)):
            yield from ((layer, unit, of) for of in [*range(W.shape[1]), 'b'])


@SMALL
@given(cases(most_examples=1, most_layers=4, most_units=3))
def test_the_sum_over_all_paths_is_the_slope_for_every_weight_of_any_network(case):
    slopes = backward(*alone(case))
    scale = max(1, np.abs(parameters(slopes)).max())
    for layer, unit, of in weights_of(case.network):
        found = paths(case.network, case.x[0], case.target[0], (layer, unit, of), case.loss)
        slope = slopes.layers[layer].b[unit] if of == 'b' else slopes.layers[layer].W[unit, of]
        assert sum(path.product for path in found) == pytest.approx(slope, rel=1e-9, abs=1e-12 * scale)
        assert len(found) == count_paths(case.network, layer)


@SMALL
@given(cases(most_examples=1, most_layers=4, most_units=3))
def test_each_path_multiplies_its_factors_and_adds_two_for_each_layer(case):
    last = len(case.network.layers) - 1
    for layer, unit, of in weights_of(case.network):
        found = paths(case.network, case.x[0], case.target[0], (layer, unit, of), case.loss)
        assert len({path.units for path in found}) == len(found)
        for path in found:
            assert path.product == math.prod(factor.value for factor in path.factors)
            assert len(path.factors) == 3 + 2 * (last - layer)  # each layer further adds a weight and a bend
            assert [at for at, _ in path.units] == list(range(last, layer - 1, -1))
            assert path.units[-1] == (layer, unit)
            assert all(type(factor.value) is float for factor in path.factors)


@SMALL
@given(cases(most_examples=1))
def test_a_trace_holds_what_forward_and_backward_found(case):
    seen, ran = trace(*alone(case)), forward(case.network, case.x)
    assert seen.loss == loss_of(*alone(case))
    for kept, whole in ((seen.taken, ran.taken), (seen.z, ran.z), (seen.a, ran.a)):
        assert all((one == many[0]).all() for one, many in zip(kept, whole, strict=True))
    assert (parameters(seen.gradient) == parameters(backward(*alone(case)))).all()


@SMALL
@given(cases(most_examples=1, most_units=3))
def test_every_slope_of_a_trace_is_what_nudging_finds(case):
    """A nudged bias moves z by as much; a nudged a is a nudged bias of a linear unit put in its place."""
    network, x, target, loss = alone(case)
    seen = trace(network, x, target, loss)
    scale = max(1, seen.loss, np.abs(parameters(seen.gradient)).max())
    for index, layer in enumerate(network.layers):
        def with_layer(new, index=index):
            return network._replace(layers=(*network.layers[:index], new, *network.layers[index + 1:]))

        by_bias = gradient(lambda b, layer=layer: loss_of(with_layer(layer._replace(b=b)), x, target, loss), layer.b)
        assert np.abs(seen.by_z[index] - by_bias).max() <= 1e-6 * scale
        if layer.activation != 'softmax':
            def held(a, layer=layer):
                return loss_of(with_layer(Layer(0 * layer.W, a, 'linear')), x, target, loss)

            assert np.abs(seen.by_a[index] - gradient(held, seen.a[index])).max() <= 1e-6 * scale
    assert np.abs(seen.by_x - gradient(lambda x: loss_of(network, x, target, loss), x)).max() <= 1e-6 * scale


@SMALL
@given(cases(most_examples=1))
def test_at_each_weight_what_it_multiplies_meets_what_comes_back(case):
    seen = trace(*alone(case))
    for layer, unit, of in weights_of(case.network):
        W, b, _ = case.network.layers[layer]
        met = seen.weight(layer, unit, of)
        assert met.value == (b[unit] if of == 'b' else W[unit, of])
        assert met.local == (1 if of == 'b' else seen.taken[layer][of])
        assert met.upstream == seen.by_z[layer][unit]
        assert met.gradient == pytest.approx(met.local * met.upstream, rel=1e-12, abs=1e-300)


def test_with_softmax_the_slope_by_the_true_probability_is_minus_one_over_it():
    network = new_network((2, 3), seed=0, output='softmax')
    seen = trace(network, [1, 2], 2, 'cross_entropy')
    assert seen.by_a[0] == pytest.approx([0, 0, -1 / seen.a[0][2]])
    assert seen.by_z[0] == pytest.approx(seen.a[0] - [0, 0, 1])


def test_the_path_to_a_hidden_weight_of_xor_has_the_five_factors_of_the_text():
    (path,) = paths(XOR_WITH_A_SHORTCUT, [1, 0], [1], (0, 0, 0), 'sum_squared_error')
    ran = forward(XOR_WITH_A_SHORTCUT, [1, 0])
    y, h, w2 = ran.output.item(), ran.a[0].item(), XOR_WITH_A_SHORTCUT.layers[1].W[0, 2]
    assert [factor.value for factor in path.factors] == pytest.approx([2 * (y - 1), y * (1 - y), w2, h * (1 - h), 1])
    assert [factor.symbol for factor in path.factors] == [
        r'\frac{\partial L}{\partial \hat{y}}', r"\sigma'(z^{(2)})", 'w^{(2)}_{1,3}', r"\sigma'(z^{(1)})", 'x_{1}']
    assert path.factors[2].means == 'the weight of the hidden value in the prediction'


def test_the_path_to_an_output_weight_of_xor_ends_at_the_input_or_at_the_hidden_value():
    for of, symbol, words in ((0, 'x_{1}', 'input 1, which'), (1, 'x_{2}', 'input 2, which'),
                              (2, 'h', 'the hidden value, which'), ('b', '1', 'a bias')):
        (path,) = paths(XOR_WITH_A_SHORTCUT, [1, 0], [1], (1, 0, of))
        assert len(path.factors) == 3
        assert path.factors[-1].symbol == symbol
        assert path.factors[-1].means.startswith(words)


def test_the_first_layer_of_the_digit_network_is_640_paths_of_seven_factors_away():
    network = new_network((784, 128, 64, 10), seed=0, activation='relu', output='softmax', start='scaled')
    x = np.random.default_rng(0).uniform(size=784)
    found = paths(network, x, 7, (0, 5, 300), 'cross_entropy')
    assert len(found) == count_paths(network, 0) == 640
    assert {len(path.factors) for path in found} == {7}
    slope = backward(network, x, 7, 'cross_entropy').layers[0].W[5, 300]
    assert math.fsum(path.product for path in found) == pytest.approx(slope, rel=1e-9)
    assert found[0].factors[0].symbol == r'\frac{\partial L}{\partial \hat{y}_{7}}'  # classes are called by their labels
    assert found[0].factors[0].means == 'how the loss changes with the probability of class 7'
    assert found[0].factors[1].symbol == r'\frac{\partial \hat{y}_{7}}{\partial z^{(3)}_{0}}'


def test_factors_are_named_by_layer_and_unit_where_there_are_several():
    network = new_network((2, 2, 2, 2), seed=0)
    path = paths(network, [1, 0], [1, 0], (0, 1, 'b'))[-1]
    assert path.units == ((2, 1), (1, 1), (0, 1))
    assert [factor.symbol for factor in path.factors] == [
        r'\frac{\partial L}{\partial \hat{y}_{2}}', r"\sigma'(z^{(3)}_{2})", 'w^{(3)}_{2,2}', r"\sigma'(z^{(2)}_{2})",
        'w^{(2)}_{2,2}', r"\sigma'(z^{(1)}_{2})", '1']
    assert [factor.means for factor in path.factors] == [
        'how the loss changes with prediction 2', 'how prediction 2 changes with its weighted sum',
        'the weight of hidden value 2 of layer 2 in prediction 2', 'how hidden value 2 of layer 2 changes with its weighted sum',
        'the weight of hidden value 2 of layer 1 in hidden value 2 of layer 2',
        'how hidden value 2 of layer 1 changes with its weighted sum', 'a bias counts in full']
    (single,) = paths(new_network((2, 1), seed=0), [1, 0], [1], (0, 0, 1))
    assert [factor.symbol for factor in single.factors] == [r'\frac{\partial L}{\partial \hat{y}}', r"\sigma'(z)", 'x_{2}']
    assert paths(network, [1, 0], [1, 0], (2, 0, 1))[0].factors[-1].symbol == 'h^{(2)}_{2}'


def test_below_three_layers_of_64_there_are_too_many_paths_to_list_and_one_walk_back_does_it():
    network = new_network((2, 2, 64, 64, 64, 1), seed=0, activation='tanh')
    assert count_paths(network, 0) == 64**3 == 262_144 > MOST_PATHS
    with pytest.raises(ValueError, match='262,144 paths'):
        paths(network, [1, 0], [1], (0, 0, 0))
    assert len(paths(network, [1, 0], [1], (2, 0, 0))) == count_paths(network, 2) == 64


@BAD_WEIGHTS
def test_a_weight_that_is_not_there_is_refused_with_a_sentence(weight, sentence):
    with pytest.raises(ValueError, match=sentence):
        paths(XOR_WITH_A_SHORTCUT, [1, 0], [1], weight)
    with pytest.raises(ValueError, match=sentence):
        trace(XOR_WITH_A_SHORTCUT, [1, 0], [1]).weight(*weight)


@pytest.mark.parametrize('weight', [(0, 0), 3, None, (0, 0, 0, 0)])
def test_what_is_no_address_of_a_weight_is_refused_with_a_sentence(weight):
    with pytest.raises(ValueError, match=r"needs to be \(layer, unit, input\) or \(layer, unit, 'b'\)"):
        paths(XOR_WITH_A_SHORTCUT, [1, 0], [1], weight)


@pytest.mark.parametrize(('x', 'target', 'loss', 'sentence'), [
    ([[1, 0]], [1], 'mean_squared_error', 'one row'), ([1, 0, 0], [1], 'mean_squared_error', 'x has 3'),
    ([1, math.nan], [1], 'mean_squared_error', 'nan'), ([1, 0], [1, 0], 'mean_squared_error', r'target has shape \(2,\)'),
    ([1, 0], 1, 'cross_entropy', 'end in softmax'), ([1, 0], [1], 'squares', "loss is 'squares'")])
def test_what_cannot_be_traced_is_refused_with_a_sentence(x, target, loss, sentence):
    for function in (trace, lambda *given: paths(*given[:3], (0, 0, 0), loss)):
        with pytest.raises(ValueError, match=sentence):
            function(XOR_WITH_A_SHORTCUT, x, target, loss)


def test_a_slope_that_has_no_number_is_refused_with_a_sentence():
    network = Network((Layer([[1000.0], [0.0]], [0, 0], 'softmax'),))
    with pytest.raises(ValueError, match='class 1 was given probability 0'):
        trace(network, [1.0], 1, 'cross_entropy')
    with pytest.raises(ValueError, match='∂L/∂x holds'):
        trace(Network((Layer([[1e90]], [0], 'linear'),)), [1.0], [0.0])


def test_counting_paths_needs_a_layer_that_is_there():
    with pytest.raises(ValueError, match='layer is 2'):
        count_paths(XOR_WITH_A_SHORTCUT, 2)
