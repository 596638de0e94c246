"""The network with one hidden unit and shortcuts, in two stages: the hidden unit looks first, then the output decides."""
from functools import cache, lru_cache

import numpy as np

from core.data import BITS, XOR
from core.layers import with_parameters
from core.network import forward, new_network
from core.training import train

HIDDEN = (2.0, 2.0, -3.0)           # where the hidden unit of our own begins: near the detector of “both are 1”
LOSS = 0.0122                       # where its training is stopped
EPOCHS = 1600                       # of the training, with rate 0.5
PATTERNS = {'0, 0': 0, '0, 1': 1, '1, 0': 2, '1, 1': 3}


@lru_cache(32)
def training(weights):
    """The training that begins with these seven weights, every epoch of it. For ours: the one that led to them."""
    start = with_parameters(new_network((2, 1, 1), seed=0, shortcut=True), weights or (*HIDDEN, 0, 0, 0, 0))
    return train(start, BITS, XOR, 'sum_squared_error', rate=0.5, epochs=EPOCHS)


@cache
def ours():
    """The seven weights that a training from HIDDEN, and zeros for the output, has at a loss of LOSS; to two places."""
    run = training(())
    return tuple(np.round(run.parameters[int(np.argmax(run.losses <= LOSS))], 2).tolist())


def network(weights):
    """The network with these seven weights; our own where there are none."""
    return with_parameters(new_network((2, 1, 1), seed=0, shortcut=True), weights or ours())


def walked(weights):
    """(hidden values (4,), answers (4,), loss) at the four corners."""
    ran = forward(network(weights), BITS)
    return ran.a[0][:, 0], ran.output[:, 0], float(((ran.output - XOR) ** 2).sum())


def sums(weights, pattern):
    """Both weighted sums for one of the corners: (z of the hidden unit, z of the output)."""
    ran = forward(network(weights), BITS)
    return float(ran.z[0][pattern, 0]), float(ran.z[1][pattern, 0])
