"""Networks of single numbers are the lecture's and the repository's, and agree with the networks of arrays."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import backprop, network
from core.autograd import Value
from core.data import BITS, XOR
from core.graph import in_order
from core.scalar_network import MLP, Layer, Neuron

SIGMOID = {'sigmoid': lambda z: 1 / (1 + (-z).exp()), 'tanh': Value.tanh, 'relu': Value.relu, 'linear': lambda z: z}
bends = st.sampled_from(sorted(SIGMOID))


def on_values(net, x):
    """A network of arrays, written out in Values: (its outputs for one example, Values in the order of `parameters`)."""
    weights = [[[Value(w) for w in row] for row in layer.W] for layer in net.layers]
    biases = [[Value(b) for b in layer.b] for layer in net.layers]
    flat = [value for W, b in zip(weights, biases, strict=True) for row in (*W, b) for value in row]

    def run(x):
        a = inputs = [Value(number) for number in x]
        for k, layer in enumerate(net.layers):
            if net.shortcut and k == len(net.layers) - 1:
                a = inputs + a
            a = [SIGMOID[layer.activation](sum((w * v for w, v in zip(row, a, strict=True)), b))
                 for row, b in zip(weights[k], biases[k], strict=True)]
        return a

    return [run(row) for row in x], flat


def flat_weights(net):
    """A network of arrays in the order of MLP.parameters(): unit after unit, its bias last."""
    return np.concatenate([np.column_stack([layer.W, layer.b]).ravel() for layer in net.layers])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), st.integers(0, 10**6), bends, bends, st.integers(1, 3),
       st.booleans(), st.sampled_from(['sum_squared_error', 'mean_squared_error']))
def test_backpropagation_and_autograd_agree_to_a_billionth_on_random_networks(sizes, seed, hidden, output, n, shortcut, loss):
    shortcut = shortcut and len(sizes) > 2
    net = network.new_network(sizes, seed, hidden, output, shortcut=shortcut)
    chance = np.random.default_rng(seed)
    x, target = chance.uniform(-2, 2, (n, sizes[0])), chance.uniform(-1, 1, (n, sizes[-1]))
    outputs, flat = on_values(net, x)
    total = sum(((a - t) ** 2 for row, want in zip(outputs, target, strict=True)
                 for a, t in zip(row, want, strict=True)), Value(0))
    total = total if loss == 'sum_squared_error' else total / target.size
    total.backward()
    assert total.data == pytest.approx(backprop.loss_of(net, x, target, loss), rel=1e-9, abs=1e-12)
    slopes = network.parameters(backprop.backward(net, x, target, loss))
    assert [value.grad for value in flat] == pytest.approx(slopes, rel=1e-9, abs=1e-9)


def test_backpropagation_and_autograd_agree_on_xor_with_one_hidden_unit_and_shortcuts():
    net = network.new_network((2, 1, 1), seed=3, shortcut=True)
    outputs, flat = on_values(net, BITS)
    loss = sum((row[0] - t) ** 2 for row, t in zip(outputs, XOR[:, 0], strict=True))
    loss.backward()
    slopes = network.parameters(backprop.backward(net, BITS, XOR, 'sum_squared_error'))
    assert len(flat) == 7
    assert [value.grad for value in flat] == pytest.approx(slopes, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_the_same_seed_gives_the_same_network_in_numbers_and_in_arrays(seed, nouts):
    mlp, net = MLP(3, nouts, seed=seed), network.new_network((3, *nouts), seed, activation='tanh', output='tanh')
    assert [parameter.data for parameter in mlp.parameters()] == flat_weights(net).tolist()
    x = np.random.default_rng(seed).uniform(-1, 1, 3)
    outputs = mlp(x) if nouts[-1] > 1 else [mlp(x)]
    assert [out.data for out in outputs] == pytest.approx(network.predict(net, x)[0], rel=1e-12)
    gradient = backprop.backward(net, x, np.ones(nouts[-1]), 'sum_squared_error')
    sum((out - 1) ** 2 for out in outputs).backward()
    assert [parameter.grad for parameter in mlp.parameters()] == pytest.approx(flat_weights(gradient), rel=1e-9, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_the_repositorys_network_is_one_of_relus_with_a_linear_end(seed):
    mlp = MLP(3, [4, 4, 2], 'relu', seed=seed)
    x = np.random.default_rng(seed).uniform(-1, 1, 3)
    layers = []
    for layer, bend in zip(mlp.layers, ('relu', 'relu', 'linear'), strict=True):
        layers.append(network.Layer(np.array([[w.data for w in neuron.w] for neuron in layer.neurons]),
                                    np.array([neuron.b.data for neuron in layer.neurons]), bend))
    assert [out.data for out in mlp(x)] == pytest.approx(network.predict(network.Network(tuple(layers)), x)[0], rel=1e-12)


def test_the_lectures_network_has_41_parameters_all_drawn_between_minus_one_and_one():
    mlp = MLP(3, [4, 4, 1])
    numbers = [parameter.data for parameter in mlp.parameters()]
    assert len(numbers) == 41 == 4 * (3 + 1) + 4 * (4 + 1) + (4 + 1)
    assert len(set(numbers)) == 41
    assert all(-1 <= number <= 1 for number in numbers)
    assert -1 < mlp([2.0, 3.0, -1.0]).data < 1
    drawn = np.array([[parameter.data for parameter in MLP(3, [4, 4, 1], seed=seed).parameters()] for seed in range(200)])
    assert drawn.mean(axis=0) == pytest.approx(np.zeros(41), abs=0.2)
    assert drawn.std(axis=0) == pytest.approx(np.full(41, 1 / np.sqrt(3)), abs=0.1)


def test_the_repository_bends_with_relu_and_starts_with_biases_of_zero_where_the_lecture_uses_tanh_and_draws_them():
    lecture, repository = MLP(3, [4, 4, 1]), MLP(3, [4, 4, 1], activation='relu')
    assert [neuron.b.data for layer in repository.layers for neuron in layer.neurons] == [0] * 9
    assert all(neuron.b.data != 0 for layer in lecture.layers for neuron in layer.neurons)
    assert len(repository.parameters()) == 41
    assert [layer.neurons[0].activation for layer in repository.layers] == ['relu', 'relu', 'linear']
    assert [layer.neurons[0].activation for layer in lecture.layers] == ['tanh', 'tanh', 'tanh']
    ops = [{value._op for value in in_order(mlp([2, 3, -1]))} for mlp in (lecture, repository)]
    assert ops == [{'', '*', '+', 'tanh'}, {'', '*', '+', 'ReLU'}]


def test_the_tanh_neuron_of_the_lecture():
    neuron = Neuron(2)
    neuron.assign([-3, 1, 6.8813735870195432])
    x = [Value(2.0), Value(0.0)]
    out = neuron(x)
    out.backward()
    assert round(out.data, 6) == 0.707107
    assert [v.grad for v in (*neuron.parameters(), *x)] == pytest.approx([1, 0, 0.5, -1.5, 0.5])


def test_a_neuron_adds_its_products_to_its_bias_from_left_to_right():
    neuron = Neuron(3, 'linear', seed=5)
    x, total = (0.1, 0.7, -0.3), neuron.b.data
    for w, v in zip(neuron.w, x, strict=True):
        total += w.data * v
    assert neuron(x).data == total
    assert neuron(x)._op == '+'


def test_the_inputs_of_an_example_are_one_value_each_for_all_neurons():
    nodes = in_order(MLP(3, [4, 4, 1])([2.0, 3.0, -1.0]))
    labels = [value.label for value in nodes if not value._op]
    assert sorted(labels) == sorted({'x1', 'x2', 'x3'} | {parameter.label for parameter in MLP(3, [4, 4, 1]).parameters()})
    given = Value(2.0, label='mine')
    assert given in in_order(MLP(2, [2, 1])([given, 3]))
    assert given.label == 'mine'


def test_everything_has_a_name_that_says_where_it_is():
    mlp = MLP(2, [2, 2])
    assert [parameter.label for parameter in mlp.parameters()] == [
        'w1.1.1', 'w1.1.2', 'b1.1', 'w1.2.1', 'w1.2.2', 'b1.2', 'w2.1.1', 'w2.1.2', 'b2.1', 'w2.2.1', 'w2.2.2', 'b2.2']
    assert [out.label for out in mlp([1, 2])] == ['ŷ1', 'ŷ2']
    assert MLP(2, [1])([1, 2]).label == 'ŷ'
    assert [value.label for value in (*Neuron(2).parameters(), Neuron(2)([1, 2]))] == ['w1', 'w2', 'b', 'h']
    assert [out.label for out in Layer(1, 2)([1])] == ['h1', 'h2']
    assert repr(MLP(2, [2, 1], 'relu')) == 'MLP of [layer of [relu neuron(2), relu neuron(2)], layer of [linear neuron(2)]]'


def test_gradients_go_back_to_zero_all_together():
    mlp = MLP(3, [4, 1])
    mlp([1, 2, 3]).backward()
    assert any(parameter.grad for parameter in mlp.parameters())
    mlp.zero_grad()
    assert not any(parameter.grad for parameter in mlp.parameters())


def test_seeds_decide_and_a_generator_goes_on():
    first, again, other = (([p.data for p in MLP(3, [2, 1], seed=seed).parameters()]) for seed in (1, 1, 2))
    assert first == again != other
    chance = np.random.default_rng(1)
    one, two = MLP(3, [2, 1], seed=chance), MLP(3, [2, 1], seed=chance)
    assert [p.data for p in one.parameters()] == first != [p.data for p in two.parameters()]
    assert len({p.data for neuron in Layer(2, 3).neurons for p in neuron.parameters()}) == 9


@pytest.mark.parametrize(('wrong', 'sentence'), [
    (lambda: MLP(3, [4, 1])([1, 2]), 'x has 2 numbers, and this neuron needs 3'),
    (lambda: MLP(3, [4, 1])([1, 2, 3, 4]), 'x has 4'), (lambda: MLP(2, [1])(['a', 1]), "'a'"),
    (lambda: MLP(3, []), 'nouts is empty'), (lambda: MLP(3, [2, 0]), 'nouts is 0'), (lambda: MLP(2.5, [1]), 'nin'),
    (lambda: Neuron(0), 'nin is 0'), (lambda: Layer(2, 0), 'nout'), (lambda: Neuron(1, 'sigmoid'), 'sigmoid'),
    (lambda: MLP(3, [4, 1], 'gelu'), 'gelu'), (lambda: MLP(3, [4, 1], 'linear'), 'one of tanh, relu'),
    (lambda: MLP(2, [1], seed=None), 'seed is None'), (lambda: MLP(2, [1], seed=-1), 'seed is -1'),
    (lambda: Neuron(2, seed='a'), 'seed'), (lambda: Neuron(2).assign([1, 2]), '2 numbers, and the 3 parameters'),
    (lambda: Neuron(2).assign([1, 2, np.nan]), 'nan')])
def test_what_does_not_fit_is_said_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        wrong()
    assert 'need' in str(caught.value)
