"""A network that was trained beforehand, so that a page can begin with one that knows digits. `make_trained` made it."""
from functools import cache
from pathlib import Path

import numpy as np

from core.layers import Layer, Network

FILE = Path(__file__).with_name('trained.npz')


@cache
def trained():
    """784 → 128 → 64 → 10, as `data.digits` has its pictures: relu, relu, softmax. It has never seen a test picture.

    >>> trained().sizes
    (784, 128, 64, 10)
    """
    with np.load(FILE) as file:
        rows = [(file[f'W{k}'].astype(float), file[f'b{k}'].astype(float)) for k in (1, 2, 3)]
    for part in (array for row in rows for array in row):
        part.flags.writeable = False
    return Network(tuple(Layer(W, b, bend) for (W, b), bend in zip(rows, ('relu', 'relu', 'softmax'), strict=True)))
