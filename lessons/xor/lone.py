"""A single unit tries to learn XOR: what becomes of it, from one start and from many. Kept for all readers."""
from functools import lru_cache

import numpy as np

from core.data import BITS, XOR
from core.network import new_network
from core.training import train, train_many

EPOCHS = 600
LATE = 60           # epochs at the end in which it should have come to rest
NEAR = 0.1          # so near to 0.5 is at 0.5
STARTS = 400        # for a share
SPREADS = {'small (around ±0.5)': 0.5, 'middling (around ±1)': 1.0, 'large (around ±3)': 3.0, 'very large (around ±6)': 6.0}


@lru_cache(64)
def lone(seed, which, spread, rate, epochs=EPOCHS):
    """The whole training of one unit, from weights drawn from a normal distribution."""
    start = new_network((2, 1), (seed, max(which, 0)), spread=spread, start='normal')
    return train(start, BITS, XOR, 'sum_squared_error', rate, epochs)


def fate(run):
    """What became of it: 'half' (all outputs at 0.5), 'three' (one corner all wrong), 'restless', 'lost' or 'elsewhere'."""
    if run.verdict == 'diverged':
        return 'lost'
    late = run.predictions[-LATE:, :, 0]
    if np.ptp(late, axis=0).max() > NEAR:
        return 'restless'
    if (np.abs(late[-1] - 0.5) < NEAR).all():
        return 'half'
    return 'three' if ((late[-1] > 0.5) == (XOR[:, 0] > 0.5)).sum() == 3 else 'elsewhere'


@lru_cache(16)
def share_at_half(spread):
    """The share of random starts from which all four outputs end near 0.5."""
    outputs = train_many((2, 1), BITS, XOR, STARTS, seed=1, rate=0.5, epochs=2000, start='normal', spread=spread).outputs
    return float((np.abs(outputs - 0.5) < NEAR).all(axis=1).mean())
