"""What a network is made of: layers that fit together, and all their numbers in one row."""
import math

import numpy as np
import pytest
from hypothesis import given

from core.layers import Layer, Network, checked, count_multiplications, count_parameters, parameters, with_parameters
from core.network import new_network
from tests.core.random_networks import networks

ONE = Layer([[1, 2]], [3])


@given(networks())
def test_the_row_of_parameters_and_the_network_are_two_ways_to_write_the_same(network):
    row = parameters(network)
    assert row.shape == (count_parameters(network),)
    again = with_parameters(network, row)
    assert (parameters(again) == row).all()
    for layer, twin in zip(network.layers, again.layers, strict=True):
        assert (layer.W == twin.W).all() and (layer.b == twin.b).all() and layer.activation == twin.activation
    assert again.shortcut is network.shortcut
    assert again.sizes == network.sizes


def test_the_order_is_layer_by_layer_the_weights_row_by_row_and_then_the_biases():
    network = Network((Layer([[1, 2], [3, 4]], [5, 6]), Layer([[7, 8]], [9], 'tanh')))
    assert parameters(network).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    other = with_parameters(network, np.arange(9) * 10)
    assert other.layers[0].W.tolist() == [[0, 10], [20, 30]]
    assert other.layers[1].b.tolist() == [80]
    assert other.layers[1].activation == 'tanh'


def test_nothing_is_shared_with_what_was_given():
    network, vector = new_network((2, 3, 1), seed=0), np.zeros(13)
    made, row = with_parameters(network, vector), parameters(network)
    vector[:] = row[:] = 7
    assert not parameters(made).any()
    assert (parameters(network) != 7).all()


def test_the_digit_network_has_109386_parameters_and_as_many_multiplications_as_weights():
    network = new_network((784, 128, 64, 10), seed=0, activation='relu', output='softmax')
    assert [layer.W.shape for layer in network.layers] == [(128, 784), (64, 128), (10, 64)]
    assert [layer.W.size + layer.b.size for layer in network.layers] == [100_480, 8_256, 650]
    assert count_parameters(network) == 109_386
    assert count_multiplications(network) == 109_184


def test_xor_with_a_shortcut_has_seven_parameters_two_of_them_biases():
    network = new_network((2, 1, 1), seed=0, shortcut=True)
    assert count_parameters(network) == 7
    assert count_multiplications(network) == 5
    assert network.layers[1].W.shape == (1, 3)


def test_what_is_known_of_gpt_3_adds_up():
    layers, width, context, words, tokens = 96, 12_288, 2_048, 50_257, 300e9
    in_layers = layers * (12 * width**2 + 13 * width)  # attention and the two-layer network, with biases and norms
    parameters = in_layers + (words + context) * width + 2 * width
    assert parameters == 174_604_259_328
    assert 2 * layers * context * width == pytest.approx(4.8e9, rel=0.01)  # attention at the end of the context
    assert layers * context * width == pytest.approx(2.4e9, rel=0.01)  # and on average
    assert 2 * parameters == pytest.approx(350e9, rel=0.01)  # a multiplication and an addition for each
    assert parameters + 2 * layers * context * width == pytest.approx(179.4e9, rel=0.001)  # and not 300 billion
    assert tokens / context == pytest.approx(146e6, rel=0.01)
    assert 6 * parameters * tokens == pytest.approx(3.14e23, rel=0.005)


@pytest.mark.parametrize(('network', 'sentence'), [
    (None, 'network is a NoneType, and needs to be a Network'), ([ONE], 'a list'), (Network(()), 'empty'),
    (Network(([[1]],)), 'layer 0 is a list'),
    (Network((Layer([1, 2], [3]),)), r'W with shape \(2,\)'), (Network((Layer([[1, 2]], [3, 4]),)), r'b with shape \(2,\)'),
    (Network((Layer([[1, 2]], 3),)), 'b of layer 0'), (Network((Layer([[1, math.nan]], [3]),)), 'W of layer 0 holds nan'),
    (Network((Layer([[1, 2]], [math.inf]),)), 'b of layer 0 holds inf'), (Network((Layer(np.empty((0, 2)), []),)), 'empty'),
    (Network((Layer([[1, 2]], [3], 'gelu'),)), "activation of layer 0 is 'gelu', and needs to be one of linear, sigmoid"),
    (Network((ONE, ONE)), r'layer 1 have shape \(1, 2\), and it takes 1 number, so they need shape \(units, 1\)'),
    (Network((ONE, ONE), shortcut=True), r'takes 3 numbers'),
    (Network((ONE, ONE, Layer([[1]], [0]))), 'layer 1 have shape'),
    (Network((ONE,), shortcut=True), 'needs a hidden layer'),
    (Network((ONE._replace(activation='softmax'), Layer([[1]], [0]))), 'only the last layer')])
def test_layers_that_do_not_fit_are_refused_with_a_sentence(network, sentence):
    for function in (checked, count_parameters, count_multiplications, parameters, lambda network: with_parameters(network, [1])):
        with pytest.raises(ValueError, match=sentence):
            function(network)


@pytest.mark.parametrize(('vector', 'sentence'), [
    (np.zeros(12), 'vector has 12 numbers, and the network needs 13'), (np.zeros(14), '14 numbers'),
    (np.zeros((1, 13)), 'one row'), (np.full(13, math.nan), 'nan'), ([], 'empty')])
def test_a_row_that_is_not_that_of_the_network_is_refused_with_a_sentence(vector, sentence):
    with pytest.raises(ValueError, match=sentence):
        with_parameters(new_network((2, 3, 1), seed=0), vector)


def test_a_network_written_by_hand_as_lists_becomes_arrays():
    network = checked(Network((ONE,)))
    assert network.layers[0].W.dtype == network.layers[0].b.dtype == float
    assert network.sizes == Network((ONE,)).sizes == (2, 1)
