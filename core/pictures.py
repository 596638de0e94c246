"""A picture is a table of numbers too, and making it larger, smaller or moving it is a weighted mean of neighbours: a matrix.

Rows and columns are treated alike, so one matrix does both: it works on the columns, and transposed on the rows. Where what
is drawn is brought to the middle, each has its own.
"""
from typing import NamedTuple

import numpy as np

from core import checks


def enlarge(pictures, size=28):
    """Draw small pictures large: each new pixel is a mean of the four old ones round it, the nearer the more.

    pictures: (n, k, k), or one, (k, k). size: how many pixels wide they become. This is bilinear interpolation between
    the middles of the pixels; beyond the outermost middles the edge goes on as it is. Returns (n, size, size), or one.

    >>> enlarge([[0, 1], [0, 1]], size=4)[0]
    array([0.  , 0.25, 0.75, 1.  ])
    """
    pictures, old = _pictures(pictures)
    size = checks.whole('size', size, least=1)
    return _both_ways(_between(old, size), pictures)


def enlarged_from(pictures, size=8):
    """What pictures were before `enlarge`: as many numbers as they then had say all that is in them.

    pictures: (n, k, k), or one, (k, k), made by `enlarge` from pictures that were `size` pixels wide. Returns those.

    >>> enlarged_from(enlarge([[0, 1], [0, 1]], size=4), size=2).round(9) + 0
    array([[0., 1.],
           [0., 1.]])
    """
    pictures, large = _pictures(pictures)
    return _both_ways(np.linalg.pinv(_between(checks.whole('size', size, least=1), large)), pictures)


def shrink(pictures, size=8):
    """Draw large pictures small: each new pixel is the mean of the area that it covers, parts of old pixels counted in part.

    pictures: (n, k, k), or one, (k, k). size: how many pixels wide they become, at most k. The handwritten digits of
    `data.digits` were made like this, from 32 pixels to 8. Returns (n, size, size), or one. The mean stays the same.

    >>> shrink([[0, 0, 1], [0, 0, 1], [0, 0, 1]], size=2)[0].round(3)
    array([0.   , 0.667])
    """
    pictures, old = _pictures(pictures)
    size = checks.whole('size', size, least=1)
    if size > old:
        raise ValueError(f'size is {size} and the pictures are {old} wide; to shrink them it needs to be at most that.')
    weights = _covered(np.arange(size + 1) * old / size, old)
    return _both_ways(weights, pictures)


class Box(NamedTuple):
    """What the ink of a picture fills: from this row and column on, so many of them."""
    top: int
    left: int
    height: int
    width: int


def ink_box(picture):
    """The smallest Box that holds all of the ink, everything above 0; None where there is none. picture: (k, k).

    >>> ink_box([[0, 0, 0], [0, 1, 1], [0, 0, 0]])
    Box(top=1, left=1, height=1, width=2)
    """
    picture, _ = _pictures(picture)
    rows, columns = np.flatnonzero(picture.max(axis=1) > 0), np.flatnonzero(picture.max(axis=0) > 0)
    if not len(rows):
        return None
    return Box(int(rows[0]), int(columns[0]), int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1))


def centre(picture, size=32, across=22, most=4):
    """Bring what is drawn to the middle of a sheet and to its full height, as the handwritten digits were brought.

    picture: (k, k), 0 for paper and 1 for ink. size: how wide and high the sheet is. What is wider than `across` when it
    is as high as the sheet is made narrower, by a half at most; what is wider still stays lower than the sheet. Nothing is
    enlarged more than `most` times, or a dot would become a wall. Each new pixel is the mean of the area that it covers.
    Returns (size, size); an empty sheet stays empty.

    >>> centre([[1, 0, 0], [1, 0, 0], [0, 0, 0]], size=4, across=2)
    array([[0., 1., 1., 0.],
           [0., 1., 1., 0.],
           [0., 1., 1., 0.],
           [0., 1., 1., 0.]])
    """
    picture, _ = _pictures(picture)
    size, box = checks.whole('size', size, least=1), ink_box(picture)
    if box is None:
        return np.zeros((size, size))
    high = min(size / box.height, 2 * across / box.width, most)
    wide = min(high, across / box.width)
    ink, ways = picture[box.top:box.top + box.height, box.left:box.left + box.width], []
    for length, scale in ((box.height, high), (box.width, wide)):
        edges = (np.arange(size + 1) - size / 2) / scale + length / 2  # of the new pixels, among the old ones of the box
        ways.append(_covered(np.clip(edges, 0, length), length, 1 / scale))
    rows, columns = ways
    return rows @ ink @ columns.T


def as_digits(picture, size=28, small=8, shades=16):
    """Make of a drawing what the handwritten digits are: centred, shrunk to 8 × 8 in 17 shades, and enlarged again.

    picture: (k, k), 0 for paper and 1 for ink. Returns (small, small), whole shades from 0 to 1, and (size, size).

    >>> few, many = as_digits(np.eye(28))
    >>> few[0, :4], many.shape
    (array([0.    , 0.1875, 0.    , 0.    ]), (28, 28))
    """
    few = np.round(shrink(centre(picture), small) * shades) / shades
    return few, enlarge(few, size)


def _between(old, size):
    """Which mean of the old pixels each new one is."""
    at = np.clip((np.arange(size) + 0.5) * old / size - 0.5, 0, old - 1)  # where the new middles fall among the old
    return np.maximum(0, 1 - np.abs(at[:, None] - np.arange(old)))


def _covered(edges, old, width=None):
    """How much of each old pixel lies between neighbouring edges, as a share of the width that a new one has."""
    pixel = np.arange(old)
    covered = np.clip(np.minimum(edges[1:, None], pixel + 1) - np.maximum(edges[:-1, None], pixel), 0, None)
    return covered / (width or edges[1] - edges[0])


def _both_ways(weights, pictures):
    return weights @ pictures @ weights.T


def _pictures(pictures):
    pictures = checks.numbers('pictures', pictures)
    if pictures.ndim not in (2, 3) or pictures.shape[-1] != pictures.shape[-2]:
        raise ValueError(f'pictures has shape {pictures.shape}, and needs to be square pictures, (n, k, k), or one, (k, k).')
    return pictures, pictures.shape[-1]
