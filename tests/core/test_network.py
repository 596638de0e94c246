"""Networks are drawn as the seed says, run as the formula says, and answer a whole picture at once."""
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS, softmax
from core.data import AND, BITS, OR, XOR
from core.loss import mean_squared_error, squared_errors, sum_squared_error
from core.network import Layer, Network, forward, new_network, parameters, predict, with_parameters
from tests.core.random_networks import cases, networks

# One hidden unit that says when both bits are 1, and an output that sees the bits as well
BOTH_BITS = Network((Layer([[6.0, 6.0]], [-9.0]), Layer([[6.324, 6.324, -13.279]], [-2.942])), shortcut=True)


def by_hand(network, x):
    """What a network answers to one example, a unit at a time and a product at a time."""
    values = list(x)
    for index, (W, b, activation) in enumerate(network.layers):
        if network.shortcut and index == len(network.layers) - 1:
            values = [*x, *values]
        sums = [sum(w * value for w, value in zip(row, values, strict=True)) + bias for row, bias in zip(W, b, strict=True)]
        values = softmax(sums) if activation == 'softmax' else [ACTIVATIONS[activation].f(z) for z in sums]
    return values


@settings(deadline=None)
@given(cases())
def test_a_network_computes_what_one_does_by_hand(case):
    ran = forward(case.network, case.x)
    for answer, x in zip(ran.output, case.x, strict=True):
        assert answer == pytest.approx(by_hand(case.network, x), rel=1e-9, abs=1e-11)


@settings(deadline=None)
@given(cases())
def test_everything_on_the_way_is_kept_with_a_row_for_each_example(case):
    ran, n = forward(case.network, case.x), len(case.x)
    assert len(ran.taken) == len(ran.z) == len(ran.a) == len(case.network.layers)
    for layer, taken, z, a in zip(case.network.layers, ran.taken, ran.z, ran.a, strict=True):
        assert taken.shape == (n, layer.W.shape[1])
        assert z.shape == a.shape == (n, len(layer.b))
        assert z == pytest.approx(taken @ layer.W.T + layer.b)
    assert (ran.taken[0] == case.x).all()
    for before, after in zip(ran.a, ran.taken[1:], strict=False):
        assert (after[:, -before.shape[1]:] == before).all()
    if case.network.shortcut:
        assert (ran.taken[-1] == np.hstack([case.x, ran.a[-2]])).all()
    assert ran.output is ran.a[-1]


@settings(deadline=None)
@given(cases())
def test_predict_answers_what_forward_does_in_both_precisions(case):
    whole = forward(case.network, case.x).output
    exact, rough = predict(case.network, case.x), predict(case.network, case.x, dtype='float32')
    assert exact == pytest.approx(whole, rel=1e-11, abs=1e-12 * max(1, np.abs(whole).max()))
    assert exact.shape == rough.shape == whole.shape
    assert (exact.dtype, rough.dtype) == ('float64', 'float32')
    assert np.abs(rough - whole).max() <= 1e-5 * max(1, np.abs(whole).max()) * 4**len(case.network.layers)


@pytest.mark.parametrize('n', [1, 2, 255, 256, 257, 5461, 5462, 16_384, 16_385, 40_000])
@pytest.mark.parametrize('shortcut', [False, True])
def test_a_picture_is_answered_block_by_block_and_no_example_is_lost(n, shortcut):
    network = new_network((2, 1, 2), seed=1, activation='tanh', output='softmax', shortcut=shortcut)
    x = np.random.default_rng(n).normal(size=(n, 2))
    whole = forward(network, x).output
    for dtype, off in (('float64', 1e-14), ('float32', 1e-5)):
        assert np.abs(predict(network, x, dtype) - whole).max() < off


def test_a_belief_that_is_certain_does_not_disturb_its_neighbours():
    network = Network((Layer([[1.0], [0.0]], [0, 0], 'softmax'),))
    assert predict(network, [[0.0], [5000.0], [-5000.0]]).tolist() == [[0.5, 0.5], [1, 0], [0, 1]]


def test_blocks_of_wide_examples_are_right_as_well():
    network = new_network((784, 128, 64, 10), seed=0, activation='relu', output='softmax', start='scaled')
    x = np.random.default_rng(0).uniform(size=(600, 784))
    assert predict(network, x) == pytest.approx(forward(network, x).output, rel=1e-10)


@given(networks())
def test_one_example_may_come_alone(network):
    x = np.linspace(-1, 1, network.sizes[0])
    assert (forward(network, x).output == forward(network, [x]).output).all()
    assert predict(network, x).shape == (1, network.sizes[-1])


@given(cases())
@settings(deadline=None)
def test_nothing_that_was_given_is_changed(case):
    before, x = parameters(case.network), case.x.copy()
    forward(case.network, case.x), predict(case.network, case.x), predict(case.network, case.x, 'float32')
    assert (parameters(case.network) == before).all()
    assert (case.x == x).all()


@given(networks(), st.floats(-30, 30))
def test_a_sigmoid_of_any_number_is_the_same_in_predict(network, z):
    last = network.layers[-1]
    flat = with_parameters(network, np.zeros(len(parameters(network))))
    flat = flat._replace(layers=(*flat.layers[:-1], last._replace(W=0 * last.W, b=0 * last.b + z)))
    x = np.zeros(network.sizes[0])
    assert predict(flat, x) == pytest.approx(forward(flat, x).output, abs=1e-15)


# what a seed draws

@given(st.lists(st.integers(1, 5), min_size=3, max_size=5), st.integers(0, 2**64), st.booleans())
def test_the_weights_are_drawn_in_the_order_of_the_parameters(sizes, seed, shortcut):
    for start, draw in (('uniform', lambda chance, shape: chance.uniform(-2, 2, shape)),
                        ('normal', lambda chance, shape: chance.normal(0, 2, shape))):
        network, chance = new_network(sizes, seed, shortcut=shortcut, spread=2, start=start), np.random.default_rng(seed)
        for layer in network.layers:
            for part in (layer.W, layer.b):
                assert (part == draw(chance, part.shape)).all()


@given(st.lists(st.integers(1, 5), min_size=3, max_size=5), st.booleans())
def test_the_shapes_are_those_of_the_sizes(sizes, shortcut):
    network = new_network(sizes, seed=0, activation='tanh', output='linear', shortcut=shortcut)
    assert network.sizes == tuple(sizes)
    takes = [*sizes[:-2], sizes[-2] + shortcut * sizes[0]]
    assert [layer.W.shape for layer in network.layers] == list(zip(sizes[1:], takes, strict=True))
    assert [layer.activation for layer in network.layers] == ['tanh'] * (len(sizes) - 2) + ['linear']


def test_the_same_seed_is_the_same_network_and_another_seed_another():
    first, again, other = (parameters(new_network((2, 4, 1), seed)) for seed in (5, 5, 6))
    assert (first == again).all()
    assert (first != other).all()
    pair = parameters(new_network((2, 4, 1), (5, 1)))
    assert (pair == parameters(new_network((2, 4, 1), np.random.default_rng((5, 1))))).all()
    assert (pair != first).all()


def test_a_uniform_start_stays_within_its_spread_and_fills_it():
    row = parameters(new_network((100, 100), seed=0, spread=0.5))
    assert 0.49 < np.abs(row).max() <= 0.5
    assert row.std() == pytest.approx(0.5 / math.sqrt(3), rel=0.02)
    assert parameters(new_network((100, 100), seed=0, spread=0.5, start='normal')).std() == pytest.approx(0.5, rel=0.02)
    assert not parameters(new_network((3, 3), seed=0, spread=0)).any()


@pytest.mark.parametrize(('activation', 'share'), [('relu', 2), ('tanh', 1), ('sigmoid', 1), ('linear', 1)])
def test_a_scaled_start_looks_at_how_much_comes_in(activation, share):
    hidden, output = new_network((400, 300, 200), seed=0, activation=activation, output='linear', start='scaled').layers
    assert hidden.W.std() == pytest.approx(math.sqrt(share / 400), rel=0.02)
    assert output.W.std() == pytest.approx(math.sqrt(1 / 300), rel=0.02)
    assert not hidden.b.any() and not output.b.any()
    wider = new_network((400, 300, 200), seed=0, activation=activation, output='linear', start='scaled', spread=2.0)
    assert parameters(wider) == pytest.approx(2 * parameters(Network((hidden, output))))


def test_a_scaled_start_counts_what_comes_by_a_shortcut():
    network = new_network((300, 100, 200), seed=0, shortcut=True, start='scaled')
    assert network.layers[1].W.std() == pytest.approx(math.sqrt(1 / 400), rel=0.02)


# numbers that the course prints

def test_a_hidden_unit_for_both_bits_and_a_shortcut_make_xor():
    ran = forward(BOTH_BITS, BITS)
    assert ran.a[0].round().ravel().tolist() == [0, 0, 0, 1]
    assert ran.output.ravel() == pytest.approx([0.05, 0.94, 0.94, 0.05], abs=0.0005)
    assert squared_errors([[0.05], [0.94], [0.94], [0.05]], XOR).sum() == pytest.approx(0.0122)
    assert sum_squared_error(ran.output, XOR) == pytest.approx(0.0122, abs=5e-5)


def test_two_perceptrons_of_the_early_tables():
    early = Network((Layer([[0.80, 0.42]], [-0.81]),))
    assert predict(early, BITS).ravel().round(1).tolist() == [0.3, 0.4, 0.5, 0.6]
    assert sum_squared_error(predict(early, BITS), OR) == pytest.approx(0.862, abs=5e-4)
    started = Network((Layer([[-0.786, -0.276]], [-0.520]),))
    assert predict(started, BITS).ravel().round(2).tolist() == [0.37, 0.31, 0.21, 0.17]
    assert sum_squared_error(predict(started, BITS), OR) == pytest.approx(1.921, abs=5e-4)


def test_three_weights_force_the_fourth_prediction_of_the_early_table():
    def logit(p):
        return math.log(p / (1 - p))

    bias = logit(0.3)
    forced = Network((Layer([[logit(0.5) - bias, logit(0.4) - bias]], [bias]),))
    assert predict(forced, BITS).ravel() == pytest.approx([0.3, 0.4, 0.5, 0.609], abs=5e-4)


def test_the_sum_over_the_four_patterns_is_four_times_the_mean():
    answers = predict(new_network((2, 2, 1), seed=3), BITS)
    assert sum_squared_error(answers, XOR) == pytest.approx(4 * mean_squared_error(answers, XOR))


def test_a_unit_that_is_a_threshold_draws_and():
    unit = Network((Layer([[1, 1]], [-1.5], 'threshold'),))
    assert (forward(unit, BITS).z[0].ravel() + 1.5).tolist() == [0, 1, 1, 2]
    assert (predict(unit, BITS) == AND).all() and (predict(unit, BITS, 'float32') == AND).all()


# what is refused

@pytest.mark.parametrize(('wish', 'sentence'), [
    (dict(sizes=(2,)), r'sizes is \(2,\), and needs the number of inputs and then of units'), (dict(sizes=()), 'empty'),
    (dict(sizes=(2, 0, 1)), 'each of sizes is 0'), (dict(sizes=(2, -1)), 'each of sizes is -1'), (dict(sizes=(2, 1.5)), 'is 1.5'),
    (dict(sizes=3), 'sizes has shape'), (dict(sizes='2-4-1'), 'sizes holds'), (dict(sizes=(2, math.nan)), 'nan'),
    (dict(sizes=(2, 1), shortcut=True), 'a shortcut needs a hidden layer'),
    (dict(sizes=(2, 1), shortcut=True, start='scaled'), 'a shortcut needs a hidden layer'),
    (dict(activation='gelu'), "activation is 'gelu', and needs to be one of linear, sigmoid, tanh, relu, threshold"),
    (dict(activation='softmax'), "activation is 'softmax'"), (dict(output='argmax'), 'threshold, softmax'),
    (dict(output=None), 'output is None'), (dict(start='zeros'), 'uniform, normal, scaled'),
    (dict(spread=-1), 'spread is -1'), (dict(spread=math.nan), 'nan'),
    (dict(seed=None), 'seed is None, and needs to be a whole number'), (dict(seed=-1), 'seed is -1'),
    (dict(seed=1.5), 'seed is 1.5'), (dict(seed='x'), "seed is 'x'")])
def test_networks_that_cannot_be_drawn_are_refused_with_a_sentence(wish, sentence):
    with pytest.raises(ValueError, match=sentence):
        new_network(**{'sizes': (2, 3, 1), 'seed': 0, **wish})


@pytest.mark.parametrize(('x', 'sentence'), [
    ([[1, 2, 3]], 'x has 3 numbers in each row, and needs 2'), ([1], 'x has 1 numbers in each row'), ([], 'empty'),
    (np.empty((0, 2)), 'empty'), ([[1, math.nan]], 'nan'), ([[1, math.inf]], 'inf'), ('ab', 'number'), (3, 'table'),
    (np.ones((2, 2, 2)), 'table'), ([[1, 2], [3]], 'unequal')])
@pytest.mark.parametrize('run', [forward, predict])
def test_inputs_that_do_not_fit_are_refused_with_a_sentence(run, x, sentence):
    with pytest.raises(ValueError, match=sentence):
        run(new_network((2, 3, 1), seed=0), x)


def test_an_unknown_precision_is_refused():
    with pytest.raises(ValueError, match="dtype is 'float16', and needs to be one of float64, float32"):
        predict(new_network((2, 1), seed=0), BITS, dtype='float16')


@pytest.mark.parametrize('run', [forward, predict])
def test_numbers_that_grow_too_large_on_the_way_are_refused_and_never_become_nan(run):
    huge = Layer([[1e90, -1e90], [1e90, 1e90]], [0, 0], 'linear')
    with pytest.raises(ValueError, match=r'need(s ordinary numbers|.* to be smaller)'):
        run(Network((huge, huge, huge, huge)), [[1e90, 1e90]])
    with pytest.raises(ValueError, match='need'):
        run(Network((huge, huge, huge, huge._replace(activation='threshold'))), [[1e90, 1e90]])


def test_float32_says_when_a_number_is_too_large_for_it():
    network = Network((Layer([[1e30]], [0], 'linear'),))
    assert predict(network, [[1e30]]) == pytest.approx(1e60)
    with pytest.raises(ValueError, match='too large for float32'):
        predict(network, [[1e30]], 'float32')
    assert predict(network, [[1e-20]], 'float32') == pytest.approx(1e10)


def test_far_out_a_sigmoid_is_sure_in_both_precisions():
    network = Network((Layer([[1e50]], [0]),))
    for run in (lambda x: forward(network, x).output, lambda x: predict(network, x)):
        assert run([[1.0], [-1.0]]).ravel() == pytest.approx([1, 0], abs=1e-300)
