"""Flat ground is not always a bottom: a top is flat as well, and so is a curve that only flattens out.

A walker feels the slope under the foot and nothing else. To say where a walk leads, these functions look further
than a walker can: along the curve, as far as it takes. They are given the slope of a curve, for whole arrays, and
find whatever is wider than 0.005 within 20 of where they look from, and wider than a twentieth of its distance beyond.
"""
from typing import NamedTuple

import numpy as np

from core import checks

GROUNDS = ('slope', 'bottom', 'top', 'ledge', 'plain', 'fading')
FLAT = 1e-9   # a slope no steeper than this moves nobody
FAR = 1e6     # whoever goes further than this has left
AHEAD = np.concatenate([np.arange(1, 4001) * 0.005, np.geomspace(20, FAR, 300)[1:]])
BESIDE = np.geomspace(1e-4, FAR, 700)


class WayDown(NamedTuple):
    """Where a walk of ever so small steps leads."""
    ends: str         # 'here' (flat already), 'bottom', 'plain', 'fading' (ever flatter, never flat) or 'nowhere'
    x: float | None   # the bottom, or where the plain begins; None where there is neither


def ground(slope, x, flat=FLAT):
    """Say what kind of ground there is at x: one of GROUNDS.

    'slope' is no flat ground at all. A 'bottom' rises on both sides, a 'top' falls on both, a 'ledge' falls on one
    side only. A 'plain' is level for a stretch with nothing lower beside it; 'fading' ground belongs to a curve that
    comes ever nearer to level and never is, so that only rounding, or the eye, makes it flat.

    slope: x → dy/dx, for arrays. x: a number, or (m,) for m answers in an array. Raises ValueError for other x.

    >>> [ground(lambda x: 3 * x**2 - 3, x) for x in (-1.0, 0.0, 1.0)]
    ['top', 'slope', 'bottom']
    """
    x, flat = checks.numbers('x', x), checks.at_least('flat', flat, 0)
    places = x.ravel()
    here, left, right = (_signs(_at(slope, places + away), flat) for away in (0, -BESIDE[0], BESIDE[0]))
    kinds = [_flat_ground(slope, *case, flat) if at == 0 else 'slope'
             for at, *case in zip(here, places, left, right, strict=True)]
    return np.array(kinds).reshape(x.shape) if x.ndim else kinds[0]


def way_down(slope, start, flat=FLAT):
    """Follow the curve downhill from `start`, as a walk of ever so small steps would, and say where that ends.

    slope: x → dy/dx, for arrays. start: a number. Returns a WayDown. Raises ValueError when start is none.

    >>> way_down(lambda x: 6 * x - 4, start=3.0)
    WayDown(ends='bottom', x=0.666666666666667)
    >>> way_down(lambda x: 3 * x**2 - 3, start=-2.0)
    WayDown(ends='nowhere', x=None)
    """
    start, flat = checks.number('start', start), checks.at_least('flat', flat, 0)
    here = float(_at(slope, np.array([start]))[0])
    if abs(here) <= flat:
        return WayDown('here', start)
    ahead = -np.sign(here)

    def falls(x):
        fall = -ahead * _at(slope, x)
        return np.where(np.isfinite(fall), fall, np.inf)

    places = np.concatenate([[start], start + ahead * AHEAD * max(1.0, abs(start) / 20)])
    fall = falls(places)
    rises = np.flatnonzero(fall < 0)
    if len(rises):
        _, bottom = _halve(lambda x: falls(x) > 0, places[rises[0] - 1], places[rises[0]])
        return WayDown('bottom', round(bottom, 15) + 0.0)
    if fall[-1] > flat:
        return WayDown('nowhere', None)
    edge = np.flatnonzero(fall > flat)[-1]
    last, level = _halve(lambda x: falls(x) > flat, places[edge], places[edge + 1])
    if falls(last) <= 10 * flat:
        return WayDown('fading', None)
    return WayDown('plain', round(level, 15) + 0.0)  # never −0.0


def leads_away(gradient, start, far=FAR):
    """Whether a walk of small steps, however steep or gentle the ground, ends further away than `far`: no bottom is there.

    In any number of dimensions. Steps go straight downhill and are short, a fiftieth of the way gone so far or of 1.
    gradient: point → its gradient, of the same shape. start: a number or an array.

    >>> leads_away(lambda p: np.array([2 * p[0], -2 * p[1]]), [1.0, 0.1])  # down the side of a saddle
    True
    >>> leads_away(lambda p: 2 * p, [1.0, 0.1])
    False
    """
    start = checks.numbers('start', start)
    point = start
    for _ in range(2000):
        with np.errstate(all='ignore'):
            slope = np.asarray(gradient(point), dtype=float)
        steepest = np.abs(slope).max()
        if not FLAT < steepest < np.inf:
            return False
        gone = np.abs(point - start).max()
        if gone > far:
            return True
        point = point - max(1.0, gone) / 50 / steepest * slope
    return False


def _flat_ground(slope, x, left, right, flat):
    """What `ground` says of one flat place: left and right are the signs of the slope close by."""
    fading = False
    if not left * right:
        (left, fades_left), (right, fades_right) = (_first_slope(slope, x, side, flat) for side in (-1, 1))
        fading = (left == 0 or right == 0) and (fades_left or fades_right)
    if fading:
        return 'fading'
    if left * right:
        return {(-1, 1): 'bottom', (1, -1): 'top'}.get((left, right), 'ledge')
    return 'ledge' if left > 0 or right < 0 else 'plain'


def _first_slope(slope, x, side, flat):
    """The sign of the first slope to be met on one side of a flat place, and whether it comes in gradually."""
    places = x + side * np.concatenate([[0.0], BESIDE])
    signs = _signs(_at(slope, places), flat)
    steep = np.flatnonzero(signs)
    if not len(steep):
        return 0, False
    _, first = _halve(lambda place: _signs(_at(slope, place), flat) == 0, places[steep[0] - 1], places[steep[0]])
    return signs[steep[0]], abs(_at(slope, first)) <= 10 * flat


def _signs(slopes, flat):
    return np.where(np.abs(slopes) > flat, np.sign(slopes), 0).astype(int)  # 0 as well where there is no slope, NaN


def _halve(holds, inside, outside):
    """Halve the way between two places until they are neighbours: the last where `holds`, the first where not."""
    for _ in range(60):
        middle = (inside + outside) / 2
        if middle in (inside, outside):
            break
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return float(inside), float(outside)


def _at(slope, x):
    with np.errstate(all='ignore'):
        return np.broadcast_to(slope(x), np.shape(x))
