"""Arrows and lists are the same thing, and matrices are dot products in rows."""
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.activations import relu
from core.vectors import (
    angle,
    collapse,
    dot,
    dot_terms,
    length,
    matrix_product,
    matrix_times_vector,
    projection,
    row_by_row,
)

entries = st.floats(-1e3, 1e3).map(lambda value: round(value, 3))
pairs = st.integers(1, 6).flatmap(lambda n: arrays.arrays(float, (2, n), elements=entries))
W, x = [[1, 0, -2], [3, 1, 4]], [2, 5, -1]


def test_the_matrix_of_the_course_row_by_row():
    assert matrix_times_vector(W, x).tolist() == [4, 7]
    first, second = row_by_row(W, x)
    assert (first.weights.tolist(), first.terms.tolist(), first.total) == ([1, 0, -2], [2, 0, 2], 4)
    assert (second.weights.tolist(), second.terms.tolist(), second.total) == ([3, 1, 4], [6, 5, -4], 7)


def test_relu_before_and_after():
    assert relu([-0.5, 1.2, -0.1, 0.8, -2.0, 0.3]).tolist() == [0, 1.2, 0, 0.8, 0, 0.3]


@given(pairs)
def test_a_dot_product_is_the_sum_of_its_terms_either_way_round(pair):
    a, b = pair
    assert dot(a, b) == dot(b, a) == pytest.approx(math.fsum(dot_terms(a, b)), abs=1e-6)
    assert dot(a, b) == pytest.approx(np.dot(a, b), abs=1e-6)
    assert dot(a, a) == pytest.approx(length(a) ** 2)


@given(pairs)
def test_a_dot_product_is_length_times_length_times_cosine(pair):
    a, b = pair
    if length(a) and length(b):
        assert 0 <= angle(a, b) <= math.pi
        assert length(a) * length(b) * math.cos(angle(a, b)) == pytest.approx(dot(a, b), abs=1e-9 * (1 + length(a) * length(b)))


@given(pairs)
def test_a_shadow_lies_along_b_and_the_rest_at_a_right_angle(pair):
    a, b = pair
    if length(b):
        shadow = projection(a, b)
        assert dot(a - shadow, b) == pytest.approx(0, abs=1e-9 * (1 + length(a) * length(b)))
        assert length(shadow) <= length(a) * (1 + 1e-9)
        assert projection(shadow, b) == pytest.approx(shadow, abs=1e-9)
        assert abs(dot(shadow, b)) == pytest.approx(length(shadow) * length(b), abs=1e-6)


@pytest.mark.parametrize('degrees', [0, 1e-6, 30, 90, 135, 179.999999, 180])
def test_an_angle_is_found_to_the_last_digits_even_where_the_cosine_is_flat(degrees):
    turned = [math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]
    assert math.degrees(angle([3, 0], np.array(turned) * 7)) == pytest.approx(degrees, rel=1e-8, abs=1e-13)


@pytest.mark.parametrize('scale', [1e-200, 1.0, 1e99])
def test_arrows_of_any_size_have_their_length_and_direction(scale):
    a = np.array([3.0, 4.0]) * scale
    assert length(a) == pytest.approx(5 * scale)
    assert angle(a, [4.0, -3.0]) == pytest.approx(math.pi / 2)
    assert projection([1.0, 0.0], a) == pytest.approx([0.36, 0.48])
    assert length(np.ones(784)) == 28


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.integers(0, 10**6))
def test_one_matrix_does_what_two_do_after_each_other(out, middle, into, seed):
    chance = np.random.default_rng(seed)
    second, first, x = chance.normal(size=(out, middle)), chance.normal(size=(middle, into)), chance.normal(size=into)
    both = matrix_product(second, first)
    assert both.shape == (out, into)
    assert matrix_times_vector(both, x) == pytest.approx(matrix_times_vector(second, matrix_times_vector(first, x)))
    assert matrix_times_vector(first, x) == pytest.approx([row.total for row in row_by_row(first, x)])
    assert both[0, 0] == pytest.approx(dot(second[0], first[:, 0]))


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(0, 10**6))
def test_two_linear_layers_are_one_and_a_bend_saves_the_second(into, hidden, out, seed):
    chance = np.random.default_rng(seed)
    first, second = ((chance.normal(size=(n, m)), chance.normal(size=n)) for n, m in ((hidden, into), (out, hidden)))
    W, b = collapse(first, second)
    for x in chance.normal(size=(5, into)):
        assert W @ x + b == pytest.approx(second[0] @ (first[0] @ x + first[1]) + second[1])


def test_with_a_bend_in_between_no_single_layer_does_the_same():
    first, second = ([[1.0], [-1.0]], [0.0, 0.0]), ([[1.0, 1.0]], [0.0])

    def bent(x):  # |x|
        return (np.array(second[0]) @ relu(np.array(first[0]) @ [x])).item()

    assert [bent(-1.0), bent(0.0), bent(1.0)] == [1, 0, 1]  # no line goes through these
    assert collapse(first, second)[0].tolist() == [[0]]


def test_nothing_given_is_changed_or_shared():
    given_W = np.array(W, dtype=float)
    row_by_row(given_W, x)[0].weights[0] = 99
    assert given_W.tolist() == W


@pytest.mark.parametrize('wrong', [
    lambda: dot([1, 2], [1]), lambda: dot([], []), lambda: dot([[1]], [1]), lambda: dot([1, np.nan], [1, 2]),
    lambda: angle([0, 0], [1, 2]), lambda: projection([1, 2], [0, 0]), lambda: length(3), lambda: matrix_times_vector(W, [1, 2]),
    lambda: matrix_times_vector([1, 2], [1, 2]), lambda: row_by_row(W, [[1, 2, 3]]), lambda: matrix_product(W, W),
    lambda: collapse((W, [1, 2]), (W, [1, 2])), lambda: collapse((W, [1]), ([[1, 2]], [1])),
    lambda: collapse(None, (W, [1, 2])), lambda: collapse((W, [1, 2]), (W, [1, 2], 3))])
def test_what_does_not_pair_up_is_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
