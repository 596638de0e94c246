"""What happens in which epoch: in which order the examples come, at which rate, and whether somebody looks.

An epoch is one pass over all examples. Epoch e is the step, or the steps, from the weights after e epochs to those
after e + 1.
"""
from itertools import pairwise, repeat

import numpy as np

from core import checks


def orders(n, size, seed, first, last):
    """For each epoch from `first` up to `last` the order of the n examples, or None where one batch takes them all.

    The order in epoch e depends on the seed and on e alone, so that a run can be taken up anywhere. It is drawn for a
    block of epochs at a time, which is faster. size: examples in a batch. seed: a whole number.

    >>> [order.tolist() for order in orders(4, 1, seed=0, first=0, last=3)]
    [[2, 0, 1, 3], [3, 2, 1, 0], [1, 3, 0, 2]]
    >>> [order.tolist() for order in orders(4, 1, seed=0, first=2, last=3)]
    [[1, 3, 0, 2]]
    """
    if size >= n:
        return repeat(None, last - first)
    return _shuffled(n, seed, first, last)


def _shuffled(n, seed, first, last):
    block, shuffled = max(1, 4096 // n), None
    for epoch in range(first, last):
        if shuffled is None or epoch % block == 0:
            chance = np.random.default_rng((seed, epoch // block))
            shuffled = chance.permuted(np.tile(np.arange(n), (block, 1)), axis=1)
        yield shuffled[epoch % block]


def one_rate(rate):
    """Return a rate as a number, 0 or more and finite, or raise ValueError. It may be as large as you dare.

    >>> one_rate(-1)
    Traceback (most recent call last):
    ValueError: rate is -1, which would walk uphill; it needs to be 0 or more, and finite.
    """
    try:
        number = float(rate)
    except (TypeError, ValueError):
        raise ValueError(f'rate is {rate!r}, and needs to be a number.') from None
    if not 0 <= number < np.inf:
        raise ValueError(f'rate is {number:g}, {"which would walk uphill; it" if number < 0 else "and"} needs to be 0 or more, '
                         'and finite.')
    return number


def rates(rate):
    """Return a rate, or a list of (epoch, rate), as a tuple of (epoch, rate): from this epoch on, this rate.

    Raises ValueError for a list that does not begin with epoch 0 or that goes back.

    >>> rates(0.5), rates([(0, 0.5), (100, 0.1)])
    (((0, 0.5),), ((0, 0.5), (100, 0.1)))
    """
    if np.ndim(rate) == 0:
        return ((0, one_rate(rate)),)
    if any(np.shape(change) != (2,) for change in rate):
        raise ValueError(f'rate is {rate!r}, and a list of rates needs a pair (epoch, rate) for each.')
    changes = tuple((checks.whole('the epoch of a rate', epoch, least=0), one_rate(number)) for epoch, number in rate)
    epochs = [epoch for epoch, _ in changes]
    if epochs[:1] != [0] or any(later <= earlier for earlier, later in pairwise(epochs)):
        raise ValueError(f'the rates are given from the epochs {epochs}, and need to begin with epoch 0 and to go up.')
    return changes


def rate_at(rates, epoch):
    """The rate of the steps in this epoch.

    >>> rate_at(((0, 0.5), (100, 0.1)), 99), rate_at(((0, 0.5), (100, 0.1)), 100)
    (0.5, 0.1)
    """
    return [rate for start, rate in rates if start <= epoch][-1]


def marks(shown, first, last):
    """After which epochs a frame is recorded, in order; `first` and `last` are always among them.

    shown: None for all, a number of frames, evenly spaced, or a list of epochs. Raises ValueError for anything else.

    >>> list(marks(None, 0, 4)), marks(3, 0, 100), marks([5, 7], 0, 10)
    ([0, 1, 2, 3, 4], [0, 50, 100], [0, 5, 7, 10])
    """
    if shown is None:
        return range(first, last + 1)
    if np.ndim(shown) == 0:
        frames = min(checks.whole('shown', shown, least=1), last - first + 1)
        return sorted({first, last, *np.linspace(first, last, frames).round().astype(int).tolist()})
    wanted = [checks.whole('each of shown', epoch, least=0) for epoch in shown]
    if wanted and not first <= min(wanted) <= max(wanted) <= last:
        raise ValueError(f'shown goes from {min(wanted)} to {max(wanted)}, and needs to stay between {first} and {last}.')
    return sorted({first, last, *wanted})
