"""Handwritten digits as lists of 784 numbers, and which of them point nearly the same way."""
from functools import lru_cache

import numpy as np

from core.data import digits as load

STRANGE = 10                    # the example that is a 9, and lies nearest to another digit
EXAMPLES = {str(digit): digit for digit in range(10)} | {'a strange 9': STRANGE}


@lru_cache(1)
def digits():
    return load()


def unit(x):
    """Pictures as arrows of length 1: a dot product of two of those is the cosine of their angle."""
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


@lru_cache(1)
def cosines():
    """Of the angle between each test picture and each training picture: (360, 1437)."""
    return unit(digits().test_x) @ unit(digits().train_x).T


@lru_cache(1)
def right():
    """Whether the training picture at the smallest angle shows the same digit, for each test picture."""
    found = digits()
    return found.train_y[cosines().argmax(axis=1)] == found.test_y


@lru_cache(1)
def examples():
    """Which test pictures the lesson shows: for each digit the one that is most like all others of its kind; and a strange 9."""
    found, arrows = digits(), unit(digits().test_x)
    chosen = []
    for digit in range(10):
        mine = np.flatnonzero(found.test_y == digit)
        likeness = arrows[mine] @ arrows[mine].mean(axis=0)
        chosen.append(int(mine[np.where(right()[mine], likeness, -1).argmax()]))
    strange = np.flatnonzero((found.test_y == 9) & ~right())
    return (*chosen, int(strange[0]))


def example(which):
    """The picture of this example: (784,), 0 black … 1 white."""
    return digits().test_x[examples()[which]]


@lru_cache(16)
def nearest(which):
    """For each digit the training picture at the smallest angle to this example: {digit: (degrees, picture)}."""
    found, mine = digits(), cosines()[examples()[which]]
    best = {}
    for digit in range(10):
        theirs = np.flatnonzero(found.train_y == digit)
        winner = theirs[mine[theirs].argmax()]
        best[digit] = float(np.degrees(np.arccos(min(1.0, mine[winner])))), found.train_x[winner]
    return best
