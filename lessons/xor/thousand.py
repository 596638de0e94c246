"""A thousand networks from a thousand starts, all taught XOR at once; and what their hidden units say yes to.

Network r of them starts as new_network(sizes, (seed, r), …) does, so that it can be opened and trained on its own.
"""
from collections import OrderedDict
from typing import NamedTuple

import numpy as np

from core.data import BITS, XOR
from core.many_networks import name_of_code, train_many
from core.network import new_network

NETWORKS = 1000
MOMENTS = 101
LOSS = 'sum_squared_error'
# What one hidden unit says of 00, 01, 10, 11, if XOR is to come out of it: just one of the four is on its own side.
EIGHT = ('0001', '1110', '0111', '1000', '0010', '0100', '1011', '1101')
REST = 'rest'               # every other code, of a unit that has not decided, or that needs the others
KEPT = 4                    # results; each is some megabytes
_kept = OrderedDict()


class Asked(NamedTuple):
    """All that a thousand networks depend on."""
    sizes: tuple
    jumps: bool         # whether the inputs also lead straight to the output
    activation: str
    spread: float
    seed: int
    rate: float
    epochs: int

    def make(self):
        """A network of this make; its weights mean nothing."""
        return new_network(self.sizes, 0, self.activation, shortcut=self.jumps)

    @property
    def units(self):
        """Hidden units whose codes are counted: those of the last hidden layer."""
        return self.sizes[-2] if len(self.sizes) > 2 else 0


def thousand(asked, progress=None, networks=NETWORKS, moments=MOMENTS):
    """The core.many_networks.Many of this question, with a film of so many moments; the last few are kept."""
    key = asked, networks, moments
    if key not in _kept:
        _kept[key] = train_many(
            asked.sizes, BITS, XOR, networks, asked.seed, asked.rate, asked.epochs, LOSS, asked.activation,
            shortcut=asked.jumps, spread=asked.spread, progress=progress, shown=moments)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def kinds(hidden):
    """Which of EIGHT each unit is, or 8 for the rest: hidden (…, 4, H), True where it says yes → (…, H)."""
    number = np.tensordot(hidden, [8, 4, 2, 1], axes=([-2], [0]))
    table = np.full(16, len(EIGHT))
    table[[int(code, 2) for code in EIGHT]] = range(len(EIGHT))
    return table[number]


def counts(film):
    """How many units of networks that have succeeded are of each kind, (moments, 9)."""
    found = kinds(film.hidden)                                      # (moments, networks, units)
    return np.stack([((found == kind) & film.succeeded[:, :, None]).sum(axis=(1, 2)) for kind in range(len(EIGHT) + 1)], 1)


def members(many):
    """(9, networks): whether it has learnt XOR and a hidden unit of it is of this kind, at the end."""
    found = kinds(many.film.hidden[-1])
    return np.array([(found == kind).any(axis=1) & many.succeeded for kind in range(len(EIGHT) + 1)])


def orders(many):
    """Three ways to lay out the tiles: for each the numbers of the networks, from the first place to the last."""
    by_loss = np.lexsort((np.arange(len(many.losses)), many.losses, ~many.succeeded))
    found = np.sort(kinds(many.film.hidden[-1]), axis=1)
    by_code = np.lexsort((many.losses, *found.T[::-1], ~many.succeeded))
    return {'drawn': np.arange(len(many.losses)), 'loss': by_loss, 'code': by_code}


def name_of(kind):
    """What a unit of this kind computes, as it stands in a sentence."""
    if kind == len(EIGHT):
        return 'none of these'
    return name_of_code(EIGHT[kind]).replace('x1', 'x₁').replace('x2', 'x₂')
