"""Every bend is what its formula says, its slope is what nudging finds, and no number is too large for it."""
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import activations
from core.activations import (
    ACTIVATIONS,
    linear,
    relu,
    relu_slope,
    sigmoid,
    sigmoid_slope,
    softmax,
    softmax_slope,
    tanh,
    threshold,
    threshold_slope,
)
from core.data import BITS
from core.derivative import derivative, gradient

ALL = pytest.mark.parametrize('activation', ACTIVATIONS.values(), ids=lambda activation: activation.name)
AWAY_FROM_THE_KINK = np.concatenate([np.linspace(-8, -0.01, 60), np.linspace(0.01, 8, 60)])
ANY = st.floats(-1e100, 1e100)


@ALL
def test_nudging_gives_the_slope(activation):
    z = AWAY_FROM_THE_KINK.reshape(5, 24)
    assert activation.slope(z) == pytest.approx(derivative(activation.f, z), abs=1e-9)


@ALL
def test_the_slope_is_known_from_the_output(activation):
    z = np.append(AWAY_FROM_THE_KINK, 0)
    assert activation.slope_from_output(activation.f(z)) == pytest.approx(activation.slope(z), abs=1e-14)


@ALL
def test_its_functions_stand_under_its_name(activation):
    assert activation.f is getattr(activations, activation.name)
    assert activation.slope is getattr(activations, f'{activation.name}_slope')
    assert ACTIVATIONS[activation.name] is activation


@ALL
@pytest.mark.parametrize('shape', [(), (1,), (3,), (2, 3), (2, 1, 4)])
def test_the_answer_has_the_shape_of_the_question_which_stays_as_it_was(activation, shape):
    z = np.random.default_rng(0).normal(size=shape)
    before = z.copy()
    for f in (activation.f, activation.slope):
        answer = f(z)
        assert np.shape(answer) == shape
        assert not np.shares_memory(answer, z)
    assert np.shape(activation.slope_from_output(z)) == shape
    assert (z == before).all()


@ALL
@given(ANY)
def test_no_number_is_too_large(activation, z):
    assert np.isfinite([activation.f(z), activation.slope(z), activation.slope_from_output(activation.f(z))]).all()


@ALL
@pytest.mark.parametrize('bad', [math.nan, math.inf, [1, -math.inf], 'ten', []])
def test_what_is_no_number_is_refused_with_a_sentence(activation, bad):
    for f in (activation.f, activation.slope):
        with pytest.raises(ValueError, match=r'^z .*needs.*\.$'):
            f(bad)


@given(st.floats(-700, 700))
def test_sigmoid_is_one_over_one_plus_e_to_the_minus_z(z):
    assert sigmoid(z) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-15)


@given(ANY, ANY)
def test_sigmoid_stays_between_0_and_1_and_never_falls(first, second):
    low, high = sorted([first, second])
    assert 0 <= sigmoid(low) <= sigmoid(high) <= 1


@given(st.floats(-30, 30))
def test_sigmoid_is_the_same_seen_from_the_other_side(z):
    assert sigmoid(-z) == pytest.approx(1 - sigmoid(z), abs=1e-15)


def test_the_slope_of_sigmoid_is_never_more_than_a_quarter():
    z = np.linspace(-10, 10, 2001)
    assert sigmoid_slope(z).max() == sigmoid_slope(0.0) == 0.25


@given(st.floats(-20, 20))
def test_tanh_stays_between_minus_1_and_1_and_is_a_stretched_sigmoid(z):
    assert -1 <= tanh(z) <= 1
    assert tanh(z) == pytest.approx(2 * sigmoid(2 * z) - 1, abs=1e-14)


def test_relu_of_the_printed_vector():
    assert relu([-0.5, 1.2, -0.1, 0.8, -2.0, 0.3]).tolist() == [0, 1.2, 0, 0.8, 0, 0.3]


def test_at_the_kink_itself_the_slope_is_0_by_agreement():
    assert relu_slope(0.0) == ACTIVATIONS['relu'].slope_from_output(0.0) == 0
    assert relu_slope(1e-300) == ACTIVATIONS['relu'].slope_from_output(1e-300) == 1


def test_a_threshold_says_yes_at_0_and_gives_no_slope_to_learn_from():
    assert threshold([-1e-300, 0, 1e-300]).tolist() == [0, 1, 1]
    assert not threshold_slope(np.linspace(-1, 1, 11)).any()


@pytest.mark.parametrize(('weights', 'bias', 'answers'), [
    ((1, 1), -1.5, [0, 0, 0, 1]), ((1, 1), -0.5, [0, 1, 1, 1]), ((-1, -1), 1.5, [1, 1, 1, 0]), ((-1, 0), 0.5, [1, 1, 0, 0])],
    ids=['AND', 'OR', 'NAND', 'NOT x1'])
def test_one_unit_with_a_threshold_computes(weights, bias, answers):
    assert threshold(BITS @ weights + bias).tolist() == answers


def test_linear_gives_a_copy():
    z = np.array([1.0, 2.0])
    answer = linear(z)
    answer[0] = 9
    assert z[0] == 1


LOGITS = [1.2, 0.3, -0.5, 0.1, 3.8, 0.2, -0.1, 8.1, 0.4, 0.9]


def test_softmax_of_the_printed_logits_is_98_percent_not_96():
    assert softmax(LOGITS).round(6).tolist() == [
        0.000991, 0.000403, 0.000181, 0.000330, 0.013337, 0.000364, 0.000270, 0.982945, 0.000445, 0.000734]
    assert softmax(LOGITS).round(2).tolist() == [0, 0, 0, 0, 0.01, 0, 0, 0.98, 0, 0]
    assert softmax(LOGITS).sum() == pytest.approx(1, abs=1e-15)


def test_96_percent_would_need_a_smaller_logit_and_a_likelier_4():
    logits = np.array(LOGITS)
    logits[7] = 7.224
    assert softmax(logits)[7] == pytest.approx(0.96, abs=5e-6)
    assert softmax(logits)[4] == pytest.approx(0.031, abs=5e-4)


@given(st.lists(ANY, min_size=1, max_size=6))
def test_softmax_shares_out_exactly_one_whatever_comes_in(logits):
    p = softmax(logits)
    assert p.sum() == pytest.approx(1)
    assert p.min() >= 0
    assert p[np.argmax(logits)] == p.max()


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=6), st.floats(-50, 50))
def test_softmax_looks_at_differences_only(logits, more):
    assert softmax(np.array(logits) + more) == pytest.approx(softmax(logits), abs=1e-13)


def test_softmax_takes_each_row_by_itself():
    logits = np.random.default_rng(0).normal(size=(2, 3, 4))
    together = softmax(logits)
    for index in np.ndindex(2, 3):
        assert together[index] == pytest.approx(softmax(logits[index]), rel=1e-15)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=5))
def test_nudging_each_logit_gives_the_slopes_of_softmax(logits):
    slopes = softmax_slope(logits)
    for i in range(len(logits)):
        assert slopes[i] == pytest.approx(gradient(lambda z, i=i: softmax(z)[i], logits), abs=1e-9)
    assert slopes.sum(axis=0) == pytest.approx(np.zeros(len(logits)), abs=1e-15)


@pytest.mark.parametrize(('bad', 'sentence'), [
    (3.0, 'one for each class'), ([], 'empty'), ([math.nan, 1], 'nan'), ('abc', 'number')])
def test_softmax_of_what_cannot_be_shared_is_refused(bad, sentence):
    with pytest.raises(ValueError, match=sentence):
        softmax(bad)
    with pytest.raises(ValueError, match='needs'):
        softmax_slope([[1.0, 2.0]])
