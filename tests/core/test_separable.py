"""One cut or none: what is said to be impossible is proved, and what is not can be done."""
import itertools

import numpy as np
import pytest

from core.data import BITS, spiral
from core.separable import conflict

TABLES = list(itertools.product((0, 1), repeat=4))


def perceptron_finds(x, labels, rounds=2000):
    """Rosenblatt's rule, which ends wherever a cut exists: whether it has ended."""
    rows, wanted = np.hstack([x, np.ones((len(x), 1))]), 2 * np.asarray(labels) - 1
    w = np.zeros(rows.shape[1])
    for _ in range(rounds):
        wrong = [(row, y) for row, y in zip(rows, wanted, strict=True) if y * (row @ w) <= 0]
        if not wrong:
            return True
        w = w + wrong[0][1] * wrong[0][0]
    return False


def test_of_sixteen_tables_only_xor_and_its_opposite_are_impossible():
    assert [table for table in TABLES if conflict(BITS, table)] == [(0, 1, 1, 0), (1, 0, 0, 1)]


@pytest.mark.parametrize('seed', range(60))
def test_it_agrees_with_a_rule_that_looks_for_a_cut(seed):
    chance = np.random.default_rng(seed)
    x, labels = chance.integers(-3, 4, (7, 2)).astype(float), chance.integers(0, 2, 7)
    assert (conflict(x, labels) is None) == perceptron_finds(x, labels)


@pytest.mark.parametrize('seed', range(20))
def test_a_conflict_is_a_proof(seed):
    """The named points of both classes, counted as often as it says, are as many and have the same sum."""
    x, labels = spiral(12, seed)
    found = conflict(x, labels.ravel())
    if found is None:
        assert perceptron_finds(x, labels.ravel(), 200_000)
        return
    assert len(found) <= 4 and all(times > 0 for times in found.values())
    sums = [sum(float(times) / max(found.values()) * np.append(x[row], 1) for row, times in found.items()
                if labels[row, 0] == answer) for answer in (0, 1)]
    assert np.allclose(*sums)


def test_two_equal_points_of_both_classes_are_a_conflict_and_one_class_never_is():
    assert conflict([[1, 2], [1, 2], [0, 0]], [0, 1, 1]) == {0: 1, 1: 1}
    assert conflict([[1, 2], [1, 2], [0, 0]], [1, 1, 1]) is None
    assert conflict([[0], [1], [2]], [0, 1, 0]) == {0: 1, 1: 2, 2: 1}


def test_other_labels_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match='a 0 or a 1 for each of the 2 points'):
        conflict([[0, 0], [1, 1]], [0, 2])
