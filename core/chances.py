"""Add up many chances, whatever each of them looks like: the sum is nearly a bell, since most ways lead to the middle.

A chance is a list of probabilities, of 0, 1, 2, …; what it may come to, and how often.
"""
import math

import numpy as np

from core import checks


def chance(weights):
    """The probabilities that are in the proportion of these weights.

    weights: (n,), 0 or more, not all 0. Raises ValueError for anything else.

    >>> chance([1, 1, 2])
    array([0.25, 0.25, 0.5 ])
    """
    weights = checks.row('weights', weights)
    if weights.min() < 0 or not weights.any():
        raise ValueError('weights need to be 0 or more, and one of them more: something has to happen.')
    return weights / weights.sum()


def sum_of(probabilities, n):
    """The probabilities of the sum of n such chances that know nothing of each other: 0, 1, 2, … up to n times the most.

    probabilities: (k,). n: 1 or more. Returns (n (k − 1) + 1,).

    >>> sum_of([0.5, 0.5], 3)
    array([0.125, 0.375, 0.375, 0.125])
    """
    once = chance(probabilities)
    total = once
    for _ in range(checks.whole('n', n, least=1) - 1):
        total = np.convolve(total, once)    # every way to come to a number: its probabilities times each other, added up
    return total


def mean_and_sd(probabilities):
    """The mean of a chance, and its standard deviation: the root of the mean of the squared distances from there.

    Of n such chances added up the mean is n times as large, the standard deviation √n times: surprises cancel in part.

    >>> mean_and_sd([0.5, 0.5])
    (0.5, 0.5)
    """
    probabilities = chance(probabilities)
    values = np.arange(len(probabilities))
    mean = float(values @ probabilities)
    return mean, math.sqrt(float((values - mean) ** 2 @ probabilities))
