"""What becomes of numbers on their way through many layers depends on how large the weights are when they start.

Each layer multiplies the size of what comes in by about the same factor. Ten factors of a half leave nothing, ten of two
are a thousand; only about 1 keeps a deep network alive.
"""
import math
from typing import NamedTuple

import numpy as np

from core import checks
from core.activations import ACTIVATIONS


def steady_sd(n, activation):
    """The standard deviation of the weights that keeps the size of what passes layers of n units: √(1/n), √(2/n) before a relu.

    A sum of n numbers is √n times as large as one of them, and a relu stops half of it.

    >>> steady_sd(100, 'tanh'), round(steady_sd(100, 'relu'), 4)
    (0.1, 0.1414)
    """
    checks.one_of('activation', activation, ACTIVATIONS)
    return math.sqrt((2 if activation == 'relu' else 1) / checks.whole('n', n, least=1))


def through_layers(x, weights, activation):
    """What every layer answers: first x itself, then activation(W · what came before) for each W, without biases.

    x: (inputs, n). weights: (layers, n, n), a row for each unit. Returns (1 + layers, inputs, n).
    Raises ValueError when a number gets too large.

    >>> through_layers([[1.0, 2.0]], [[[0.5, 0.5], [1, -1]]], 'relu')[1]
    array([[1.5, 0. ]])
    """
    x, weights = checks.rows('x', x), checks.numbers('weights', weights)
    if weights.ndim != 3 or weights.shape[1:] != (x.shape[1],) * 2:
        n = x.shape[1]
        raise ValueError(f'weights have shape {weights.shape}, and need one matrix of {n} × {n} for each layer.')
    bend, answers = ACTIVATIONS[checks.one_of('activation', activation, ACTIVATIONS)].f, [x]
    for W in weights:
        answers.append(bend(answers[-1] @ W.T))
    return np.stack(answers)


class Sizes(NamedTuple):
    """Of each layer, (layers,)."""
    size: np.ndarray     # a typical answer: the root of the mean of the squares
    differs: np.ndarray  # how much a unit's answers to different inputs still differ: their standard deviation


def sizes(answers):
    """How large the answers of each layer are, and how much they still tell one input from another.

    answers: (layers, inputs, n), as `through_layers` returns them.

    >>> sizes([[[3.0, 4.0], [3.0, 4.0]]])
    Sizes(size=array([3.53553391]), differs=array([0.]))
    """
    answers = checks.numbers('answers', answers)
    if answers.ndim != 3:
        raise ValueError(f'answers have shape {answers.shape}, and need layers, inputs and units.')
    return Sizes(np.sqrt((answers ** 2).mean(axis=(1, 2))), np.sqrt(answers.var(axis=1).mean(axis=1)))
