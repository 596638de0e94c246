"""The fast ways of taking a step are held to the plain one: forward, backward, w − rate · slope."""
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS, sigmoid, sigmoid_slope
from core.array_stepping import ArrayStepper
from core.backprop import checked_run, loss_of
from core.data import BITS, OR, XOR
from core.disguise import units
from core.float_stepping import FloatStepper
from core.layers import parameters, with_parameters
from core.network import forward, new_network
from core.schedule import orders
from core.side_by_side import answers, outcomes
from core.stepping import stepper
from core.stepping_together import TogetherStepper
from core.training import train_plainly

SQUARES = ('sum_squared_error', 'mean_squared_error')


@st.composite
def problems(draw, sizes=None, shortcut=None):
    """A network, some examples and a loss: (network, x, target, loss)."""
    if sizes is None:
        sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    if shortcut is None:
        shortcut = len(sizes) > 2 and draw(st.booleans())
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    n, output = draw(st.integers(1, 14)), draw(st.sampled_from([*ACTIVATIONS, 'softmax']))
    network = new_network(sizes, chance, draw(st.sampled_from(list(ACTIVATIONS))), output, shortcut)
    x = chance.uniform(-1, 1, (n, sizes[0])) / np.sqrt(n)  # not so steep that anything flies away
    if output == 'softmax':
        return network, x, chance.integers(0, sizes[-1], n), 'cross_entropy'
    return network, x, chance.uniform(-1, 1, (n, sizes[-1])), draw(st.sampled_from(SQUARES))


def trained(network, x, target, loss, rate, batch=None, epochs=4, seed=3, dtype='float64', kind=None):
    network, _, target = checked_run(network, x, target, loss)
    size = len(x) if batch is None else min(batch, len(x))
    steps = kind(network, x, target, loss, size) if kind else stepper(network, x, target, loss, batch, dtype)
    steps.load(parameters(network))
    steps.run(rate, orders(len(x), size, seed, 0, epochs))
    return steps.vectors([steps.raw()])[0]


def plainly(network, x, target, loss, rate, batch=None, epochs=4, seed=3):
    return parameters(train_plainly(network, x, target, loss, rate, epochs, batch, seed))


def apart(one, other):
    """How far two rows of weights are apart, for the length of the longer."""
    return np.linalg.norm(one - other) / max(np.linalg.norm(one), np.linalg.norm(other), 1e-300)


@settings(max_examples=150, deadline=None)
@given(problems(), st.floats(0, 0.03), st.one_of(st.none(), st.integers(1, 14)))
def test_a_fast_step_is_the_plain_step_for_every_make_of_network(problem, rate, batch):
    assert apart(trained(*problem, rate, batch), plainly(*problem, rate, batch)) < 1e-12


@settings(max_examples=80, deadline=None)
@given(problems(), st.floats(0, 0.03), st.booleans())
def test_a_step_written_out_in_pythons_own_numbers_is_the_plain_step(problem, rate, one_by_one):
    network, loss = problem[0], problem[3]
    assume(loss != 'cross_entropy' and all(layer.activation != 'threshold' for layer in network.layers))
    batch = 1 if one_by_one else None
    assert apart(trained(*problem, rate, batch, kind=FloatStepper), plainly(*problem, rate, batch)) < 1e-12


@pytest.mark.parametrize('output', ACTIVATIONS)
@pytest.mark.parametrize('hidden', ACTIVATIONS)
@pytest.mark.parametrize('shortcut', [False, True])
@pytest.mark.parametrize('sizes', [(2, 3, 1), (2, 2, 3, 1)])
def test_every_bend_goes_with_every_other_in_every_way_of_stepping(sizes, shortcut, hidden, output):
    network = new_network(sizes, 3, hidden, output, shortcut)
    problem = network, BITS - 0.3, 2 * XOR - 0.7, 'sum_squared_error'
    plain = plainly(*problem, 0.02)
    assert apart(trained(*problem, 0.02, kind=lambda *args: ArrayStepper(*args, 'float64')), plain) < 1e-13
    together = TogetherStepper(*problem, 1)
    together.load(parameters(network)[None])
    together.run(0.02, 4)
    assert apart(together.vectors()[0], plain) < 1e-13
    if 'threshold' not in (hidden, output):
        assert apart(trained(*problem, 0.02, kind=FloatStepper), plain) < 1e-13


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([-1.0, -0.0, 0.0, 0.5, 1.0, 2.0]), st.sampled_from(SQUARES))
def test_what_is_written_out_may_hold_zeros_and_ones_of_any_sign(seed, number, loss):
    chance = np.random.default_rng(seed)
    x = chance.choice([number, 1.0, 0.0, -1.0], size=(4, 2))
    problem = new_network((2, 2, 2), chance), x, chance.choice([0.0, 1.0, number], size=(4, 2)), loss
    assert apart(trained(*problem, 0.7, kind=FloatStepper), plainly(*problem, 0.7)) < 1e-12


@settings(max_examples=80, deadline=None)
@given(problems(), st.floats(0, 0.03), st.integers(1, 4))
def test_a_step_for_many_networks_is_the_plain_step_for_each(problem, rate, count):
    make, x, target, loss = problem
    assume(loss != 'cross_entropy')
    chance = np.random.default_rng(0)
    starts = chance.uniform(-1, 1, (count, len(parameters(make))))
    steps = TogetherStepper(make, x, target, loss, count)
    steps.load(starts)
    assert (steps.vectors() == starts).all()
    steps.run(rate, 4)
    for vector, start in zip(steps.vectors(), starts, strict=True):
        try:
            plain = plainly(with_parameters(make, start), x, target, loss, rate)
        except ValueError:                      # deep and linear: thrown out of reach, where the plain steps refuse to go
            assume(False)
        assert apart(vector, plain) < 1e-12


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(1, 4))
def test_networks_side_by_side_answer_what_each_answers_alone(problem, count):
    make, x, target, loss = problem
    vectors = np.random.default_rng(1).uniform(-2, 2, (count, len(parameters(make))))
    predictions, losses = outcomes(make, vectors, x, target, loss)
    every = answers(make, vectors, x)
    for number, vector in enumerate(vectors):
        network = with_parameters(make, vector)
        ran = forward(network, x)
        assert predictions[number] == pytest.approx(ran.output, abs=1e-13)
        assert losses[number] == pytest.approx(loss_of(network, x, target, loss), rel=1e-12, abs=1e-13)
        for layer in range(len(make.layers) - 1):
            assert every[layer][number] == pytest.approx(ran.a[layer], abs=1e-13)


def test_the_smallest_networks_get_pythons_own_numbers_and_all_others_arrays():
    def kind(sizes, batch=None, n=4, loss='sum_squared_error', dtype='float64', **make):
        x, target = np.zeros((n, sizes[0])), np.zeros(n, dtype=int) if loss == 'cross_entropy' else np.zeros((n, sizes[-1]))
        return type(stepper(new_network(sizes, 0, **make), x, target, loss, batch, dtype))

    assert {kind((2, 1)), kind((2, 1, 1), shortcut=True), kind((2, 4, 1)), kind((2, 4, 1), activation='relu', output='linear'),
            kind((3, 4, 4, 1), batch=1, n=500), kind((2, 2))} == {FloatStepper}
    assert {kind((2, 1), n=500), kind((2, 1), batch=2), kind((2, 8, 8, 1)), kind((2, 1), dtype='float32'),
            kind((2, 1), output='threshold'), kind((2, 2), loss='cross_entropy', output='softmax'),
            kind((8, 20, 1), batch=1)} == {ArrayStepper}


@pytest.mark.parametrize('batch', [None, 1, 3])
@pytest.mark.parametrize(('sizes', 'shortcut', 'dtype'), [
    ((2, 1), False, 'float64'), ((2, 1, 1), True, 'float64'), ((2, 4, 1), False, 'float64'), ((2, 3, 3, 1), True, 'float32')])
def test_a_step_taken_up_again_from_its_weights_goes_on_to_the_same_bits(sizes, shortcut, dtype, batch):
    network = new_network(sizes, 5, shortcut=shortcut)
    once, twice, other = (stepper(network, BITS, XOR, 'mean_squared_error', batch, dtype) for _ in range(3))
    size = batch or 4
    once.load(parameters(network))
    once.run(0.7, orders(4, size, 1, 0, 9))
    twice.load(parameters(network))
    twice.run(0.7, orders(4, size, 1, 0, 4))
    half_way = twice.vectors([twice.raw()])
    other.load(np.full(half_way.size, 3.0))
    other.run(5.0, orders(4, size, 2, 0, 3))  # whatever it did before
    other.load(half_way[0])
    other.run(0.7, orders(4, size, 1, 4, 9))
    ends = once.vectors([once.raw(), once.raw()])
    assert ends.dtype == dtype
    assert (ends[0] == ends[1]).all() and (ends[0] == other.vectors([other.raw()])[0]).all()
    assert once.length() == pytest.approx(np.linalg.norm(ends[0]))


@pytest.mark.parametrize('rate', [1e3, 1e150, 1e300])
@pytest.mark.parametrize('network', [
    new_network((2, 1), 0), new_network((2, 1, 1), 0, shortcut=True), new_network((2, 1), 0, output='linear'),
    new_network((2, 4, 4, 1), 0, 'relu', 'linear'), new_network((2, 4, 1), 0, 'tanh', 'relu')])
def test_a_step_too_far_makes_no_noise_and_the_length_tells(network, rate):
    for kind in (stepper(network, BITS, XOR, 'sum_squared_error'), stepper(network, BITS, XOR, 'sum_squared_error', 1),
                 stepper(network, BITS, XOR, 'sum_squared_error', dtype='float32')):
        kind.load(parameters(network))
        kind.run(rate, orders(4, 4, 0, 0, 30))
        assert kind.length() > 10 or np.isnan(kind.length())


def test_after_weights_that_were_no_numbers_a_stepper_is_as_good_as_new():
    for network in (new_network((2, 3, 1), 0, 'relu', 'linear'), new_network((2, 3, 1), 0), new_network((2, 1), 0)):
        spoilt, fresh = (stepper(network, BITS, XOR, 'sum_squared_error') for _ in range(2))
        spoilt.load(np.full(len(parameters(network)), np.nan))
        spoilt.run(0.1, [None])
        for steps in (spoilt, fresh):
            steps.load(parameters(network))
            steps.run(0.1, [None] * 3)
        assert (spoilt.vectors([spoilt.raw()]) == fresh.vectors([fresh.raw()])).all()


def test_nothing_given_to_a_stepper_is_changed():
    network, x, target = new_network((2, 3, 1), 0), BITS.copy(), XOR.copy()
    for batch in (None, 1):
        steps, vector = stepper(network, x, target, 'sum_squared_error', batch), parameters(network)
        steps.load(vector)
        steps.run(1.0, orders(4, batch or 4, 0, 0, 5))
        raw = steps.raw()
        kept = np.array(raw)
        steps.run(1.0, orders(4, batch or 4, 0, 0, 5))
        assert (np.array(raw) == kept).all() and (np.array(steps.raw()) != kept).any()
        assert (vector == parameters(new_network((2, 3, 1), 0))).all() and (parameters(network) == vector).all()
        assert (x == BITS).all() and (target == XOR).all()


@given(st.floats(-50, 50))
def test_sigmoid_is_tanh_in_disguise(z):
    hidden = np.tanh(z / 2)
    assert (1 + hidden) / 2 == pytest.approx(sigmoid(z), abs=1e-15)
    assert (1 - hidden**2) / 4 == pytest.approx(sigmoid_slope(z), abs=1e-15)


def test_only_a_sigmoid_in_the_wrong_company_needs_a_gain():
    def gains(*bends):
        layers = new_network((2,) * (len(bends) + 1), 0).layers
        make = new_network((2, 1), 0)._replace(layers=tuple(
            layer._replace(activation=bend) for layer, bend in zip(layers, bends, strict=True)))
        return [unit.gain for unit in units(make)]

    assert gains(*['sigmoid'] * 4) == gains(*['tanh'] * 4) == [1.0] * 4
    assert gains('tanh', 'sigmoid') == gains('sigmoid', 'tanh') == gains('relu', 'linear') == [1.0, 1.0]
    assert gains('tanh', 'tanh', 'sigmoid') == [1.0, 4.0, 1.0]


def test_a_perceptron_learns_or_in_either_way_to_the_same_numbers():
    network = new_network((2, 1), 3)
    floats = trained(network, BITS, OR, 'sum_squared_error', 1.0, epochs=500)
    arrays = trained(network, BITS, OR, 'sum_squared_error', 1.0, epochs=500,
                     kind=lambda *args: ArrayStepper(*args, 'float64'))
    assert apart(floats, arrays) < 1e-12
