"""A network learns the examples: where it starts, what it comes to, and when somebody looks. Kept for all readers."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.layers import count_parameters, parameters, with_parameters
from core.network import new_network
from core.training import train

FRAMES = 301                        # of a run: so many moments can be seen
MOST_WEIGHTS = 107                  # of the largest network that a reader can make: two layers of 8, with shortcuts


class Make(NamedTuple):
    """All that tells one start from another."""
    hidden: int         # units in each hidden layer; 0: no hidden layer
    layers: int         # hidden layers
    shortcut: bool
    activation: str
    spread: float
    seed: int
    which: int          # −1: the seed's own; r ≥ 0: network r of its thousand
    weights: tuple      # () for what the seed draws, or the start weights themselves

    @property
    def sizes(self):
        return (2, *[self.hidden] * (self.layers if self.hidden else 0), 1)

    @property
    def jumps(self):
        """Whether the inputs also lead straight to the output; without a hidden layer they do anyway."""
        return bool(self.shortcut and self.hidden)


@lru_cache(256)
def drawn(make):
    """The network that chance draws for this make, without regard to weights that somebody set."""
    seed = make.seed if make.which < 0 else (make.seed, make.which)
    return new_network(make.sizes, seed, make.activation, shortcut=make.jumps, spread=make.spread)


def start(make):
    """The network that a run begins with. Weights that do not fit this make count for nothing."""
    network = drawn(make)
    fits = len(make.weights) == count_parameters(network)
    return with_parameters(network, make.weights) if fits else network


def shown(epochs):
    """The epochs that are shown: the first ones all, later ones further and further apart.

    >>> shown(2000)[:3], shown(2000)[-3:], len(shown(2000)) <= FRAMES
    ([0, 1, 2], [1973, 1987, 2000], True)
    """
    return sorted({round(epochs * (k / (FRAMES - 1)) ** 2) for k in range(FRAMES)})


@lru_cache(32)
def learnt(make, x, target, loss, legs, epochs):
    """The recorded run. x and target: rows of numbers, as tuples. legs: ((until, rate), …, (None, rate))."""
    rates, since = [], 0
    for until, rate in legs:
        if since < epochs and (not rates or since > rates[-1][0]):
            rates.append((since, rate))
        since = until if until is not None else since
    looks = {*shown(epochs), *(epoch for epoch, _ in rates)}
    return train(start(make), np.array(x, float), np.array(target, float), loss, rates, epochs, shown=sorted(looks))


def edited(network, index, value):
    """The weights of a network as a row, one of them changed."""
    row = parameters(network)
    row[index] = value
    return row.tolist()
