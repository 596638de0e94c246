"""A list of numbers is an arrow: multiply two lists number by number, add up, and you know how far they agree.

That sum, the dot product, is all that a neuron does before it bends: inputs times weights. A matrix is a stack of
rows, one neuron each, and a matrix times a vector is a dot product for every row. Three numbers or 784, it is the same.
"""
from typing import NamedTuple

import numpy as np

from core import checks


class Row(NamedTuple):
    """One row of a matrix at work on a vector: one neuron."""
    weights: np.ndarray  # (in,)
    terms: np.ndarray    # (in,), each weight times its input
    total: float         # their sum


def dot_terms(a, b):
    """The products that a dot product adds up, aᵢ · bᵢ: shape (n,), as that of a and of b.

    Raises ValueError when the two have different lengths.

    >>> dot_terms([1, 0, -2], [2, 5, -1])
    array([2., 0., 2.])
    """
    a, b = _two_vectors(a, b)
    return a * b


def dot(a, b):
    """Multiply number by number and add up, Σ aᵢ bᵢ: large when both point the same way, 0 at a right angle.

    a, b: (n,). Raises ValueError when they have different lengths.

    >>> dot([1, 0, -2], [2, 5, -1])
    4.0
    """
    return float(dot_terms(a, b).sum())


def length(a):
    """How long the arrow is, √Σ aᵢ²: Pythagoras, in any number of dimensions.

    a: (n,).

    >>> length([3, 4])
    5.0
    """
    a = checks.row('a', a)
    largest = np.abs(a).max()
    return 0.0 if largest == 0 else float(largest * np.sqrt(np.sum((a / largest) ** 2)))  # so that tiny squares count


def angle(a, b):
    """The angle between two arrows in radians, 0 to π: the dot product is length · length · cos of it.

    a, b: (n,). Raises ValueError when one of them has length 0, because it points nowhere.

    >>> round(angle([1, 0], [0, 2]) / np.pi, 6)
    0.5
    """
    a, b = (_direction(name, vector) for name, vector in zip('ab', _two_vectors(a, b), strict=True))
    return float(2 * np.arctan2(length(a - b), length(a + b)))  # the arc cosine would lose half of the digits near 0


def projection(a, b):
    """The shadow of a on the line along b, b · (a·b) / (b·b): how much of a goes b's way. Shape (n,).

    What is left, a − projection, is at a right angle to b. Raises ValueError when b has length 0.

    >>> projection([3, 4], [2, 0])
    array([3., 0.])
    """
    a, b = _two_vectors(a, b)
    along = _direction('b', b)
    return dot(a, along) * along


def row_by_row(W, x):
    """A matrix times a vector with everything written down: a Row for each row of W, weights, terms and their total.

    W: (out, in), a table. x: (in,). Returns a tuple of `out` Rows. Raises ValueError when a row and x do not pair up.

    >>> [row.total for row in row_by_row([[1, 0, -2], [3, 1, 4]], [2, 5, -1])]
    [4.0, 7.0]
    """
    W, x = _table_and_vector(W, x)
    return tuple(Row(weights, weights * x, float((weights * x).sum())) for weights in W.copy())


def matrix_times_vector(W, x):
    """One dot product for each row of W, Σⱼ Wᵢⱼ xⱼ: what a layer of neurons does with its inputs. Shape (out,).

    W: (out, in). x: (in,). Raises ValueError when a row and x do not pair up.

    >>> matrix_times_vector([[1, 0, -2], [3, 1, 4]], [2, 5, -1])
    array([4., 7.])
    """
    W, x = _table_and_vector(W, x)
    return W @ x


def matrix_product(second, first):
    """The one matrix that does what two do after each other: (second · first) x = second · (first · x).

    second: (out, middle). first: (middle, in). Its entry (i, j) is row i of second dot column j of first: (out, in).
    Raises ValueError when the second does not take as many numbers as the first gives.

    >>> matrix_product([[0, 1], [1, 0]], [[1, 2, 3], [4, 5, 6]])
    array([[4., 5., 6.],
           [1., 2., 3.]])
    """
    second, first = _table('the second matrix', second), _table('the first matrix', first)
    if second.shape[1] != len(first):
        raise ValueError(f'the first matrix gives {len(first)} numbers and the second takes {second.shape[1]}, '
                         'and it needs to take them all.')
    return second @ first


def collapse(first, second):
    """Two linear layers are one: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂). Only a bend in between saves the second.

    first, second: (W, b) each, W (out, in) and b (out,). Returns (W, b) of the one layer.
    Raises ValueError when the second does not take what the first gives.

    >>> W, b = collapse(([[1, 2], [0, 1]], [1, 0]), ([[3, 1]], [5]))
    >>> W, b
    (array([[3., 7.]]), array([8.]))
    """
    (W1, b1), (W2, b2) = (_layer(name, layer) for name, layer in (('the first', first), ('the second', second)))
    return matrix_product(W2, W1), W2 @ b1 + b2


def _layer(name, layer):
    if not isinstance(layer, (tuple, list)) or len(layer) != 2:
        raise ValueError(f'{name} layer is {layer!r:.60}, and needs to be a pair (W, b).')
    W, b = _table(f'W of {name} layer', layer[0]), checks.row(f'b of {name} layer', layer[1])
    if len(b) != len(W):
        raise ValueError(f'b of {name} layer has {len(b)} numbers and W has {len(W)} rows, and each row needs its own.')
    return W, b


def _two_vectors(a, b):
    a, b = checks.row('a', a), checks.row('b', b)
    if len(a) != len(b):
        raise ValueError(f'a has {len(a)} numbers and b has {len(b)}, and each needs a partner.')
    return a, b


def _direction(name, vector):
    size = length(vector)
    if size == 0:
        raise ValueError(f'{name} has length 0, which points nowhere, and an angle or a shadow needs a direction.')
    return vector / size


def _table(name, W):
    W = checks.numbers(name, W)
    if W.ndim != 2:
        raise ValueError(f'{name} has shape {W.shape}, and needs to be a table, shape (out, in).')
    return W


def _table_and_vector(W, x):
    W, x = _table('W', W), checks.row('x', x)
    if W.shape[1] != len(x):
        raise ValueError(f'x has {len(x)} numbers and each row of W has {W.shape[1]}, and each weight needs its own input.')
    return W, x
