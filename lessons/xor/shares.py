"""How many of many starts succeed: over the rate and the spread of the start, or over the rate and the hidden units."""
from collections import OrderedDict
from typing import NamedTuple

import numpy as np

from core.data import BITS, XOR
from core.many_networks import train_many
from lessons.xor.thousand import LOSS

NETWORKS = 200              # in each cell; half as many where there are two hidden layers, which take twice as long
EPOCHS = 2000
MOMENTS = 21
RATES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
OVER = {'spread': (0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 6.0), 'hidden': (0, 1, 2, 3, 4, 6, 8)}
KEPT = 8
_kept = OrderedDict()


class Asked(NamedTuple):
    """All that a map depends on; what it goes over, it does not depend on."""
    over: str           # one of OVER
    hidden: int         # 0 where the map goes over it
    spread: float       # 0 where the map goes over it
    layers: int
    shortcut: bool
    activation: str
    seed: int


def networks(asked):
    return NETWORKS // asked.layers


def cells(asked):
    """(rate, spread, hidden units) of each cell, row by row from the lowest."""
    return [(rate, value, asked.hidden) if asked.over == 'spread' else (rate, asked.spread, value)
            for value in OVER[asked.over] for rate in RATES]


def shares(asked, progress=None):
    """(epochs (moments,), the share that has succeeded in each cell, (moments, rows, rates)). Cell by cell, and kept.

    progress(share, words) is told before each cell; an exception that it raises ends the work.
    """
    if asked not in _kept:
        found, places = [], cells(asked)
        for number, (rate, spread, hidden) in enumerate(places):
            if progress is not None:
                progress(number / len(places), f'{number} of {len(places)} cells')
            film = train_many(
                (2, *[hidden] * (asked.layers if hidden else 0), 1), BITS, XOR, networks(asked), asked.seed, rate, EPOCHS, LOSS,
                asked.activation, shortcut=bool(asked.shortcut and hidden), spread=spread, shown=MOMENTS).film
            found.append(film.succeeded.mean(axis=1))
        _kept[asked] = film.epochs, np.stack(found, 1).reshape(len(film.epochs), len(OVER[asked.over]), len(RATES))
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(asked)
    return _kept[asked]


def place(values, value):
    """Where a value stands on an axis that has these at 0, 1, 2, …, evenly; beyond its ends at the end.

    >>> place((0.1, 1.0, 10.0), 1.0), place((0.1, 1.0, 10.0), 10.0**0.5), place((0, 1, 2), 5)
    (1.0, 1.5, 2.0)
    """
    if value <= 0 or min(values) <= 0:
        return float(np.interp(value, values, range(len(values))))
    return float(np.interp(np.log(value), np.log(values), range(len(values))))
