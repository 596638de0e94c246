"""One straight line against the four corners: on which side each of them lies, and what the best of all lines can do."""
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from core.data import BITS
from lessons.xor.examples import TABLES

ON = 1e-9           # nearer to the line than this is on it


class Cut(NamedTuple):
    """What a line does to the corners of the square, in the order of core.data.BITS."""
    distances: np.ndarray   # (4,), from the line; positive on the side that says yes
    says: tuple             # of each corner 'yes', 'no' or 'on the line'
    right: int              # how many of them are as the table wants them
    yes: tuple              # the unit vector that points to the side that says yes; (0, 0) for no line at all


def cut(ends, target):
    """The line through two points (x0, y0, x1, y1); the side says yes that gets more corners right."""
    x0, y0, x1, y1 = ends
    normal = np.array([y0 - y1, x1 - x0])
    length = float(np.hypot(*normal))
    normal = normal / length if length > ON else np.zeros(2)
    distances, wanted = (BITS - (x0, y0)) @ normal, np.ravel(target) > 0.5
    turned = count(-distances, wanted) > count(distances, wanted)
    if turned:
        distances, normal = -distances, -normal
    says = tuple('on the line' if abs(d) <= ON else 'yes' if d > 0 else 'no' for d in distances)
    return Cut(distances, says, count(distances, wanted), tuple(normal.tolist()))


def count(distances, wanted):
    """How many corners lie on the side where they should be; on the line is on no side."""
    return int((np.where(wanted, distances, -distances) > ON).sum())


@cache
def ways():
    """Every way in which a line can part the corners: each a tuple of four truth values.

    Turn a line round: which corners it can have on one side changes only where it is parallel to a pair of them. So one
    direction between each two of those is enough, and for each direction one line between each two neighbours across it.
    """
    steps = [BITS[j] - BITS[i] for i, j in combinations(range(4), 2)]
    turns = np.unique(np.round([np.arctan2(y, x) % np.pi for x, y in steps], 12))
    found = set()
    for angle in (turns + np.append(turns[1:], turns[0] + np.pi)) / 2:
        across = BITS @ (-np.sin(angle), np.cos(angle))
        for level in [across.min() - 1, *((np.sort(across)[1:] + np.sort(across)[:-1]) / 2), across.max() + 1]:
            above = across > level
            found |= {tuple(above.tolist()), tuple((~above).tolist())}
    return tuple(sorted(found))


@cache
def most(table):
    """How many corners of this truth table the best of all lines gets right.

    >>> {table: most(table) for table in ('or', 'and', 'nand', 'xor')}
    {'or': 4, 'and': 4, 'nand': 4, 'xor': 3}
    """
    wanted = np.ravel(TABLES[table]) > 0.5
    return max(int((np.array(way) == wanted).sum()) for way in ways())


def half(ends, yes, window):
    """The part of a square window on the side that says yes, as a closed way round it: x[], y[]."""
    low, high = window
    corners, at = [(low, low), (high, low), (high, high), (low, high)], np.array(ends[:2])
    sides, way = [float((np.array(corner) - at) @ yes) for corner in corners], []
    for (here, there), (a, b) in zip(zip(corners, corners[1:] + corners[:1], strict=True),
                                     zip(sides, sides[1:] + sides[:1], strict=True), strict=True):
        if a > 0:
            way.append(here)
        if (a > 0) != (b > 0):
            share = a / (a - b)
            way.append(tuple(p + share * (q - p) for p, q in zip(here, there, strict=True)))
    way = way + way[:1]
    return [x for x, _ in way], [y for _, y in way]


def across(ends, window):
    """Where the line enters and leaves a square window: ((x, y), (x, y)), or () if it stays outside or is none."""
    (x0, y0, x1, y1), (low, high) = ends, window
    dx, dy, first, last = x1 - x0, y1 - y0, -np.inf, np.inf
    if np.hypot(dx, dy) <= ON:
        return ()
    for at, step in ((x0, dx), (y0, dy)):
        if abs(step) <= ON:
            if not low <= at <= high:
                return ()
            continue
        near, far = sorted(((low - at) / step, (high - at) / step))
        first, last = max(first, near), min(last, far)
    return ((x0 + first * dx, y0 + first * dy), (x0 + last * dx, y0 + last * dy)) if first < last else ()
