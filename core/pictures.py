"""A picture is a table of numbers too, and making it larger or smaller is a weighted mean of neighbours: a matrix.

Rows and columns are treated alike, so one matrix does both: it works on the columns, and transposed on the rows.
"""
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
    at = np.clip((np.arange(size) + 0.5) * old / size - 0.5, 0, old - 1)  # where the new middles fall among the old
    return _both_ways(np.maximum(0, 1 - np.abs(at[:, None] - np.arange(old))), pictures)


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
    left, width = np.arange(size)[:, None] * old / size, old / size
    pixel = np.arange(old)
    covered = np.clip(np.minimum(left + width, pixel + 1) - np.maximum(left, pixel), 0, None)
    return _both_ways(covered / width, pictures)


def _both_ways(weights, pictures):
    return weights @ pictures @ weights.T


def _pictures(pictures):
    pictures = checks.numbers('pictures', pictures)
    if pictures.ndim not in (2, 3) or pictures.shape[-1] != pictures.shape[-2]:
        raise ValueError(f'pictures has shape {pictures.shape}, and needs to be square pictures, (n, k, k), or one, (k, k).')
    return pictures, pictures.shape[-1]
