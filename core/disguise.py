"""Sigmoid is tanh in disguise, σ(z) = (1 + tanh(z / 2)) / 2, so one way of finding slopes does for both: 1 − tanh².

That is faster, cannot overflow, and leaves factors of two: a sigmoid wants z / 2, and 1 + tanh is twice its answer.
Where training is to be fast, the factors are not multiplied out in each step but built into the units in which numbers
are kept, once, before the first step. In binary numbers a factor of two is exact and rounds nothing.
"""
from typing import NamedTuple

import numpy as np


class Units(NamedTuple):
    """In which units a layer is kept, so that what a step takes from a kept weight is just delta × what was taken."""
    taken: float   # what the layer takes stands there so many times as large, the 1 for its bias as well
    weight: float  # how much of a weight is kept
    gain: float    # what its delta needs to be multiplied by when it comes back from the next layer; mostly 1


def units(network):
    """The Units of each layer.

    >>> from core.network import new_network
    >>> units(new_network((2, 4, 1), seed=0))
    [Units(taken=2.0, weight=0.25, gain=1.0), Units(taken=2.0, weight=0.25, gain=1.0)]
    """
    bends = [layer.activation for layer in network.layers]
    half = [0.5 if bend == 'sigmoid' else 1.0 for bend in bends]     # z · half goes into tanh
    slope = [0.25 if bend == 'sigmoid' else 1.0 for bend in bends]   # σ′(z) = slope · (1 − tanh²)
    taken = [1.0, *(2.0 if bend == 'sigmoid' else 1.0 for bend in bends[:-1])]
    if bends[1:2] == ['sigmoid']:
        taken[0] = 2.0  # the data may be kept in any unit: in this one, the first layer needs no gain
    gains = [half[i] * slope[i] * taken[i + 1]**3 / (taken[i] * half[i + 1])**2 for i in range(len(bends) - 1)]
    return [Units(t, h / t, gain) for t, h, gain in zip(taken, half, [*gains, 1.0], strict=True)]


def share(network, loss, k):
    """What (a − goal) · slope of the last layer is multiplied by for each unit of the rate, with k examples in a batch."""
    of_loss = {'sum_squared_error': 2.0, 'mean_squared_error': 2.0 / (k * network.sizes[-1]), 'cross_entropy': 1.0 / k}[loss]
    of_bend = 1 / 16 if network.layers[-1].activation == 'sigmoid' else 1.0  # a − t is half, σ′ a quarter, a weight a half
    return of_loss * of_bend / units(network)[-1].taken**2


def goals(network, target, loss):
    """What the last layer's own numbers should become, (n, out): −1 and 1 for a sigmoid, which is kept as its tanh."""
    if loss == 'cross_entropy':
        return np.eye(network.sizes[-1])[target]
    return 2 * target - 1 if network.layers[-1].activation == 'sigmoid' else target
