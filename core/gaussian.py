"""Many small surprises added up make a bell: most of them cancel, and large sums are rare. That is the Gaussian.

It has two knobs, the mean μ where the bell stands and the standard deviation σ that says how wide it is. Networks
start from it, weights small and random, and noise in data is usually taken to have this shape.
"""
import math
from statistics import NormalDist

import numpy as np

from core import checks


def density(x, mean=0.0, sd=1.0):
    """The height of the bell at x: e^(−(x − μ)² / 2σ²) / (σ √2π). The area under it is 1, so a narrow bell is high.

    x: any shape, as is the answer. mean: a number. sd: above 0. Raises ValueError for anything else.

    >>> density([0.0, 1.0, 2.0]).round(4)
    array([0.3989, 0.242 , 0.054 ])
    """
    sds_away, sd = _sds_away(x, mean, sd)
    return np.exp(-(sds_away**2) / 2) / (sd * math.sqrt(2 * math.pi))


def density_slope(x, mean=0.0, sd=1.0):
    """The derivative of the height by x, −(x − μ)/σ² times the height: steepest at μ − σ and μ + σ, where it stops bending.

    >>> density_slope([-1.0, 0.0, 1.0]).round(4) + 0.0
    array([ 0.242,  0.   , -0.242])
    """
    sds_away, sd = _sds_away(x, mean, sd)
    return -sds_away / sd * density(x, mean, sd)


def coverage(sds):
    """The share of a Gaussian within so many standard deviations of its mean: erf(sds / √2).

    sds: a number, 0 or more. Returns a number from 0 to 1. About 68 %, 95 % and 99.7 % for one, two and three.

    >>> [round(coverage(sds), 4) for sds in (1, 2, 3)]
    [0.6827, 0.9545, 0.9973]
    """
    return math.erf(checks.at_least('sds', sds, 0) / math.sqrt(2))


def sds_for(share):
    """How many standard deviations on both sides of the mean hold this share: `coverage` the other way round.

    share: from 0 to below 1. Raises ValueError for anything else: no width holds all of it.

    >>> round(sds_for(0.95), 2)
    1.96
    """
    share = checks.at_least('share', share, 0)
    if share >= 1:
        raise ValueError(f'share is {share:g}, and needs to be below 1: no width holds everything.')
    return 0.0 if share == 0 else -NormalDist().inv_cdf((1 - share) / 2)  # the far tail, where digits are kept


def samples(n, mean=0.0, sd=1.0, seed=0):
    """Draw n numbers from the Gaussian, in the order in which they fall: the first k are the same whatever n is.

    n: 0 or more. mean: a number. sd: 0 or more. seed: a whole number or an np.random.Generator. Returns (n,).

    >>> samples(3, mean=10, sd=2, seed=0).round(2)
    array([10.25,  9.74, 11.28])
    """
    mean, sd = checks.number('mean', mean), checks.at_least('sd', sd, 0)
    return checks.generator(seed).normal(mean, sd, checks.whole('n', n, least=0))


def _sds_away(x, mean, sd):
    x, mean, sd = checks.numbers('x', x), checks.number('mean', mean), checks.number('sd', sd)
    if sd < 1e-100:
        raise ValueError(f'sd is {sd:g}, and needs to be above 0: a bell without a width has no height.')
    away = np.clip((x - mean) / sd, -1e100, 1e100)
    return away, sd
