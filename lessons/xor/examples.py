"""What the network of this lesson can be taught: four truth tables, three clouds of points, and the reader's own."""
from functools import cache
from typing import NamedTuple

import numpy as np

from core.data import AND, BITS, OR, XOR, circles, moons, spiral

CLOUD = 60                          # points in each cloud
DEALT = 3                           # the seed that they were dealt with, once and for all
SUMMED = 8                          # so many examples at most are summed up in a loss; of more it is the mean
CORNERS = (-0.25, 1.25)             # the window of a truth table
WINDOWS = (CORNERS, (-1.25, 1.25), (-1.75, 1.75))

# In the order in which a reader finds them.
CHOICES = {'XOR': 'xor', 'OR': 'or', 'AND': 'and', 'NAND': 'nand', 'circles': 'circles', 'moons': 'moons', 'spiral': 'spiral',
           'your own points': 'own'}
TABLES = {'xor': XOR, 'or': OR, 'and': AND, 'nand': 1 - AND}


class Examples(NamedTuple):
    """Inputs with their targets, and the square window in which they are shown."""
    x: np.ndarray       # (n, 2)
    target: np.ndarray  # (n, 1), 0 or 1
    window: tuple       # (low, high), of both inputs

    @property
    def loss(self):
        """Which loss they are judged by: one of core.backprop.LOSSES."""
        return 'sum_squared_error' if len(self.x) <= SUMMED else 'mean_squared_error'

    @property
    def rows(self):
        """The same as rows (x, y, class)."""
        return np.hstack([self.x, self.target]).tolist()


@cache
def given(name):
    """The examples of this name, the same for all readers."""
    if name in TABLES:
        return Examples(BITS, TABLES[name], CORNERS)
    points, labels = {'circles': circles, 'moons': moons, 'spiral': spiral}[name](CLOUD, seed=DEALT)
    points = np.round(points - (0.5, 0.25) if name == 'moons' else points, 3)
    return Examples(points, labels, window(points))


def own(rows):
    """The reader's rows (x, y, class) as Examples."""
    table = np.array(rows, float).reshape(-1, 3)
    return Examples(table[:, :2], (table[:, 2:] > 0.5).astype(float), window(table[:, :2]))


def window(points):
    """The smallest of the usual windows that holds these points; where they are too far out for all, one of their own."""
    fits = [(low, high) for low, high in WINDOWS if (points >= low).all() and (points <= high).all()]
    far = float(np.abs(points).max(initial=0)) * 1.1
    return fits[0] if fits else (-far, far)
