"""What the network of this lesson can be taught: four truth tables, three clouds of points, and the reader's own."""
from functools import cache
from typing import NamedTuple

import numpy as np

from core.data import AND, BITS, OR, XOR, circles, moons, spiral

CLOUD = 60                          # points in each cloud
DEALT = 3                           # the seed that they were dealt with, once and for all
SUMMED = 8                          # so many examples at most are summed up in a loss; of more it is the mean
CORNERS, WIDE = (-0.25, 1.25), (-1.75, 1.75)      # windows: of a truth table, of a cloud

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
    return Examples(points - (0.5, 0.25) if name == 'moons' else points, labels, WIDE)


def own(rows):
    """The reader's rows (x, y, class) as Examples; the window is as large as it needs to be."""
    table = np.array(rows, float).reshape(-1, 3)
    x = table[:, :2]
    if all(CORNERS[0] <= value <= CORNERS[1] for value in x.ravel()):
        window = CORNERS
    else:
        far = float(np.abs(x).max())
        window = WIDE if far <= WIDE[1] else (-far * 1.1, far * 1.1)
    return Examples(x, (table[:, 2:] > 0.5).astype(float), window)
