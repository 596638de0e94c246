"""Ten layers keep, lose or blow up what passes them, as the size of their first weights says."""
import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.network import forward, new_network
from core.starts import sizes, steady_sd, through_layers

N, LAYERS = 100, 10


def drawn(seed=0, n=N):
    chance = np.random.default_rng(seed)
    return chance.normal(size=(50, n)), chance.normal(size=(LAYERS, n, n))


def last(activation, sd, seed=0):
    x, weights = drawn(seed)
    found = sizes(through_layers(x, sd * weights, activation))
    return found.size[-1], found.differs[-1]


@pytest.mark.parametrize('activation', ['linear', 'relu', 'tanh', 'sigmoid'])
def test_layers_without_biases_are_the_networks(activation):
    network = new_network([12] * 4, 5, activation, output=activation, start='scaled', spread=0.7)
    x = np.random.default_rng(1).normal(size=(6, 12))
    ours = through_layers(x, np.stack([layer.W for layer in network.layers]), activation)
    assert np.allclose(ours[1:], np.stack(forward(network, x).a))


@pytest.mark.parametrize('activation', ['linear', 'relu'])
def test_the_steady_scale_keeps_the_size_on_average_and_half_of_it_halves_each_layer(activation):
    sd = steady_sd(N, activation)
    steady = [last(activation, sd, seed)[0] for seed in range(40)]
    assert np.sqrt(np.mean(np.square(steady))) == pytest.approx(1, abs=0.15)
    assert last(activation, sd / 2)[0] == pytest.approx(last(activation, sd)[0] / 1024)


def test_tanh_squeezes_a_little_even_then_and_saturates_far_above():
    assert 0.15 < last('tanh', steady_sd(N, 'tanh'))[0] < 0.3
    assert last('tanh', 0.01)[0] < 1e-9
    assert last('tanh', 1)[0] > 0.95


def test_sigmoid_answers_keep_their_size_but_forget_what_came_in():
    size, differs = last('sigmoid', steady_sd(N, 'sigmoid'))
    assert 0.45 < size < 0.6 and differs < 1e-5


def test_weights_that_are_all_equal_make_units_that_are_all_equal():
    x, _ = drawn()
    answers = through_layers(x, np.full((LAYERS, N, N), 0.02), 'tanh')
    assert np.ptp(answers[1:], axis=2).max() < 1e-12 < np.ptp(answers[1:], axis=1).max()


@pytest.mark.parametrize('activation', list(ACTIVATIONS))
def test_no_weights_and_huge_ones_have_a_size(activation):
    assert np.isfinite(last(activation, 0)).all() and np.isfinite(last(activation, 100)).all()


@pytest.mark.parametrize('wrong', [
    lambda: steady_sd(0, 'tanh'), lambda: steady_sd(10, 'gelu'), lambda: through_layers([[1, 2]], np.ones((2, 3, 3)), 'tanh'),
    lambda: through_layers([[1, 2]], np.ones((2, 2)), 'tanh'), lambda: sizes([[1.0]]),
    lambda: through_layers([[1.0]], np.full((3, 1, 1), 1e60), 'relu')])
def test_what_fits_nowhere_is_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='need'):
        wrong()
