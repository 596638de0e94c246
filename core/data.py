"""What there is to learn from: inputs with the answers that go with them.

The arrays cannot be written to, so no lesson can spoil them for another. Everything random takes a seed.

The houses are ours, and made up in the way houses are priced: a base of 90 thousand $, 130 $ for each square foot,
and for all that a size does not say, the garden, the street, the kitchen, a normally distributed surprise of about
40 thousand $ either way. `make_houses` made them with seed 4; what it made stands here, smallest house first.

The handwritten digits are real: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine
Learning Repository, 1998, https://doi.org/10.24432/C50P49, licensed CC BY 4.0. `digits.npz` holds the 1,797 of its
test set, as scikit-learn's `load_digits` has them, 8 × 8 pixels each; nothing was changed but the packing.
"""
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core import checks
from core.pictures import enlarge


def _fixed(values):
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array


SQFT = _fixed([830, 870, 1080, 1190, 1310, 1470, 1520, 1670, 1770, 1800, 1930, 1980,
               2010, 2070, 2210, 2470, 2550, 2660, 2670, 2690, 2760, 2770, 2830, 2930])  # ft², (24,)
PRICE = _fixed([257, 130, 230, 209, 291, 196, 274, 316, 261, 363, 348, 388,
                390, 320, 345, 403, 451, 470, 409, 415, 417, 427, 448, 466])  # thousand $, (24,)

BITS = _fixed([[0, 0], [0, 1], [1, 0], [1, 1]])  # two inputs in their four patterns, (4, 2)
OR = _fixed([[0], [1], [1], [1]])                # at least one of them, (4, 1)
AND = _fixed([[0], [0], [0], [1]])               # both
XOR = _fixed([[0], [1], [1], [0]])               # one or the other, not both


def make_houses(n, seed):
    """Make up n houses: sizes in ft², all different, from 700 to 3000 in tens; prices in whole thousand $.

    n: 1 to 231. seed: a whole number or an np.random.Generator. Returns (sqft, price), both (n,), smallest first.
    Raises ValueError for any other n.

    >>> sqft, price = make_houses(24, seed=4)
    >>> sqft[:3], price[:3]
    (array([ 830.,  870., 1080.]), array([257., 130., 230.]))
    """
    sizes = np.arange(700, 3001, 10)
    n = checks.whole('n', n, least=1)
    if n > len(sizes):
        raise ValueError(f'n is {n}, and there are only {len(sizes)} different sizes; it needs to be at most that.')
    chance = checks.generator(seed)
    sqft = np.sort(chance.choice(sizes, n, replace=False)).astype(float)
    return sqft, np.round(90 + 0.130 * sqft + chance.normal(0, 40, n))


def spiral(n, seed, noise=0.05):
    """Two arms wound round each other: no line can part them, and a network with enough hidden units can.

    n: how many points, at least 2, half on each arm. noise: how far points stray; the arms reach out to about 1.
    Returns (points (n, 2), labels (n, 1)), the labels 0 and 1. Raises ValueError for a smaller n or a negative noise.

    >>> points, labels = spiral(100, seed=0)
    >>> points.shape, labels.shape, int(labels.sum())
    ((100, 2), (100, 1), 50)
    """
    chance, labels = _two_classes(n, seed)
    along = np.sqrt(chance.uniform(0.02, 1, len(labels)))  # the root: as many points on each length of arm
    angle = 2 * np.pi * 1.25 * along + np.pi * labels
    return _strayed(along * np.cos(angle), along * np.sin(angle), noise, chance), labels[:, None]


def moons(n, seed, noise=0.1):
    """Two half-circles reaching into each other, like two hands about to clasp: a bend parts them, a line does not.

    n: how many points, at least 2, half on each moon. noise: how far points stray from circles of radius 1.
    Returns (points (n, 2), labels (n, 1)), the labels 0 and 1. Raises ValueError for a smaller n or a negative noise.

    >>> points, labels = moons(100, seed=0)
    >>> points.shape, labels.shape, int(labels.sum())
    ((100, 2), (100, 1), 50)
    """
    chance, labels = _two_classes(n, seed)
    angle = chance.uniform(0, np.pi, len(labels)) + np.pi * labels
    return _strayed(np.cos(angle) + labels, np.sin(angle) + labels / 2, noise, chance), labels[:, None]


def circles(n, seed, noise=0.05):
    """A ring round a core: no line parts them, and one number that a hidden unit can find does, the distance.

    n: how many points, at least 2, half of them in the core, at a distance of 1/2; the ring is at 1. noise: how far
    points stray. Returns (points (n, 2), labels (n, 1)), the core 0 and the ring 1. Raises ValueError as `moons` does.

    >>> points, labels = circles(100, seed=0)
    >>> points.shape, labels.shape, int(labels.sum())
    ((100, 2), (100, 1), 50)
    """
    chance, labels = _two_classes(n, seed)
    angle, radius = chance.uniform(0, 2 * np.pi, len(labels)), (1 + labels) / 2
    return _strayed(radius * np.cos(angle), radius * np.sin(angle), noise, chance), labels[:, None]


class Digits(NamedTuple):
    """Handwritten digits: each a row of 784 pixels, 28 rows of 28, from 0, paper, to 1, ink; and which digit it is."""
    train_x: np.ndarray  # (1437, 784)
    train_y: np.ndarray  # (1437,), whole numbers 0 to 9
    test_x: np.ndarray   # (360, 784), a fifth of them, kept aside to see what was learnt
    test_y: np.ndarray   # (360,)


@cache
def digits():
    """The 1,797 handwritten digits, enlarged from 8 × 8 to 28 × 28 pixels, shuffled and split once and for all.

    >>> digits().train_x.shape, digits().test_x.shape, int(digits().train_y[0])
    ((1437, 784), (360, 784), 4)
    """
    with np.load(Path(__file__).with_name('digits.npz')) as file:
        x, y = enlarge(file['pictures'] / 16.0).reshape(-1, 784), file['labels'].astype(int)
    order = np.random.default_rng(0).permutation(len(y))
    train, test = order[len(y) // 5 + 1:], order[:len(y) // 5 + 1]
    found = Digits(x[train], y[train], x[test], y[test])
    for array in found:
        array.flags.writeable = False
    return found


def _two_classes(n, seed):
    n = checks.whole('n', n, least=2)
    return checks.generator(seed), (np.arange(n) >= (n + 1) // 2).astype(float)


def _strayed(x, y, noise, chance):
    return np.column_stack([x, y]) + chance.normal(0, checks.at_least('noise', noise, 0), (len(x), 2))
