"""How surprised a belief is by the truth, which way its logits should go, and what was taken for what."""
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import softmax, softmax_slope
from core.classification import (
    accuracy,
    confusion,
    mean_cross_entropy,
    one_hot,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)
from core.derivative import gradient
from core.loss import cross_entropy, cross_entropy_gradient

LOGITS = np.array([[1.2, 0.3, -0.5, 0.1, 3.8, 0.2, -0.1, 8.1, 0.4, 0.9]])


@st.composite
def beliefs(draw, size=5.0):
    n, classes = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    return chance.normal(0, size, (n, classes)), chance.integers(classes, size=n)


@given(beliefs())
def test_the_mean_surprise_is_the_mean_of_each(case):
    logits, labels = case
    each = [cross_entropy(p, label) for p, label in zip(softmax(logits), labels, strict=True)]
    assert mean_cross_entropy(softmax(logits), labels) == pytest.approx(np.mean(each), rel=1e-12)


@given(beliefs())
def test_in_one_go_it_is_the_same_as_softmax_and_then_cross_entropy(case):
    logits, labels = case
    in_two = mean_cross_entropy(softmax(logits), labels)
    assert softmax_cross_entropy(logits, labels) == pytest.approx(in_two, rel=1e-9, abs=1e-14)


@given(beliefs(size=2.0))
def test_nudging_each_logit_gives_belief_minus_truth(case):
    logits, labels = case
    slopes = softmax_cross_entropy_gradient(logits, labels)
    assert slopes == pytest.approx(gradient(lambda z: softmax_cross_entropy(z, labels), logits), abs=1e-9)
    assert slopes.shape == logits.shape
    assert slopes.sum(axis=1) == pytest.approx(np.zeros(len(logits)), abs=1e-15)


@given(beliefs(size=2.0))
def test_the_chain_rule_through_softmax_comes_to_the_same(case):
    logits, labels = case
    for row, label, slopes in zip(logits, labels, softmax_cross_entropy_gradient(logits, labels), strict=True):
        by_probability = cross_entropy_gradient(softmax(row), label)
        assert by_probability @ softmax_slope(row) / len(logits) == pytest.approx(slopes, abs=1e-13)


def test_the_printed_seven_is_a_surprise_of_00172_not_004():
    assert softmax_cross_entropy(LOGITS, [7]) == pytest.approx(0.0172, abs=5e-5)
    assert mean_cross_entropy(softmax(LOGITS), [7]) == pytest.approx(0.0172, abs=5e-5)
    slopes = softmax_cross_entropy_gradient(LOGITS, [7])[0]
    assert slopes[0] == pytest.approx(0.000991, abs=5e-7)
    assert slopes[7] == pytest.approx(-0.017055, abs=5e-7)


def test_the_printed_surprises_of_single_examples():
    assert mean_cross_entropy([[0.96, 0.04]], [0]) == pytest.approx(0.0408, abs=5e-5)
    assert mean_cross_entropy([[0.90, 0.10]], [1]) == pytest.approx(2.3026, abs=5e-5)


@pytest.mark.parametrize('classes', [1, 2, 10])
def test_somebody_who_has_no_idea_is_surprised_by_the_logarithm_of_the_classes(classes):
    assert softmax_cross_entropy(np.zeros((3, classes)), [0, 0, classes - 1]) == pytest.approx(math.log(classes))


def test_a_belief_too_wrong_for_a_probability_still_has_a_loss():
    assert softmax_cross_entropy([[0.0, 1000.0], [0.0, 0.0]], [0, 0]) == pytest.approx((1000 + math.log(2)) / 2)
    assert softmax_cross_entropy([[1e100, -1e100]], [1]) == 2e100
    assert str(softmax_cross_entropy([[1000.0, 0.0]], [0])) == str(mean_cross_entropy([[1.0, 0.0]], [0])) == '0.0'
    with pytest.raises(ValueError, match='class 0 was given probability 0 in row 1'):
        mean_cross_entropy([[1.0, 0.0], [0.0, 1.0]], [0, 0])


def test_one_hot_is_1_at_the_label_only():
    assert one_hot([2, 0, 2], 3).tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 1]]
    assert mean_cross_entropy(one_hot([2, 0], 3), [2, 0]) == 0


def test_accuracy_is_the_share_that_was_right_and_of_equals_the_first_counts():
    assert accuracy([[0.5, 0.5], [0.5, 0.5], [0.1, 0.9]], [0, 1, 1]) == pytest.approx(2 / 3)
    assert accuracy([[5.0, -3.0]], [0]) == 1
    assert accuracy(one_hot([1, 2], 3), [0, 0]) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_a_confusion_table_counts_every_example_once_in_the_row_of_the_truth(pairs):
    predicted, labels = zip(*pairs, strict=True)
    table = confusion(predicted, labels, classes=4)
    for truth in range(4):
        for answer in range(4):
            assert table[truth, answer] == pairs.count((answer, truth))
    assert np.trace(table) / len(pairs) == pytest.approx(accuracy(one_hot(predicted, 4), labels))


@pytest.mark.parametrize(('labels', 'sentence'), [
    ([0, 2], 'holds 2, and needs whole numbers from 0 to 1'), ([0, -1], 'holds -1'), ([0.5, 0], 'holds 0.5'),
    ([0], '2 rows and labels has 1'), ([], 'empty'), ([[0, 1]], 'one row'), ([0, math.nan], 'nan'), ('ab', 'number')])
def test_labels_that_are_no_classes_are_refused_with_a_sentence(labels, sentence):
    p = [[0.4, 0.6], [0.7, 0.3]]
    for function in (mean_cross_entropy, softmax_cross_entropy, softmax_cross_entropy_gradient, accuracy):
        with pytest.raises(ValueError, match=sentence):
            function(p, labels)


@pytest.mark.parametrize(('p', 'sentence'), [
    ([0.4, 0.6], 'shape'), ([[0.4, 0.9]], 'softmax'), ([[-0.5, 1.5]], 'softmax'),
    ([[0.5, 0.5], [0.1, 0.2]], 'one row sums to 0.3'), ([[math.nan, 1]], 'nan'), (np.empty((0, 2)), 'empty')])
def test_what_is_no_belief_is_refused_with_a_sentence(p, sentence):
    with pytest.raises(ValueError, match=sentence):
        mean_cross_entropy(p, [0] * len(p))


@pytest.mark.parametrize('wrong', [
    lambda: one_hot([0], 0), lambda: one_hot([3], 3), lambda: one_hot([0], 1.5), lambda: confusion([0, 1], [0], 2),
    lambda: confusion([2], [0], 2), lambda: confusion([0], [2], 2), lambda: confusion([], [], 2)])
def test_what_cannot_be_counted_is_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match=r'needs.*\.$'):
        wrong()
