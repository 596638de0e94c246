"""Is a function smooth? Where it jumps a nudge tells nothing, where it has a kink two slopes meet, and elsewhere there is one.

Found by looking closer and closer, as one would by hand: what stays a step, however close, is a jump; where the slope
still changes at once, there is a kink.
"""
from typing import NamedTuple

import numpy as np

from core import checks

KINDS = ('smooth', 'kink', 'jump')
CELLS = 331         # that the range is cut into; no round number lies on their borders
NUDGE = 1e-7        # of the range
SEEN = 1e-3         # of the largest rise or slope: what is smaller counts as nothing


class Smoothness(NamedTuple):
    """What a function is like: at a jump `left` and `right` are its values on both sides, at a kink its slopes."""
    kind: str               # one of KINDS
    place: float = 0.0      # the first place where it is not smooth
    left: float = 0.0
    right: float = 0.0
    flat: bool = False      # whether its slope is 0 everywhere else


def smoothness(f, low, high):
    """Tell whether f, from low to high, is smooth, smooth but for kinks, or jumps.

    f: takes and returns arrays (n,). What happens more than once within a 331st of the range may be missed.
    Returns a Smoothness. Raises ValueError where f is not finite, and for an empty range.

    >>> smoothness(np.abs, -1, 1)
    Smoothness(kind='kink', place=0.0, left=-1.0, right=1.0, flat=False)
    >>> smoothness(np.round, 0.2, 1.2)
    Smoothness(kind='jump', place=0.5, left=0.0, right=1.0, flat=True)
    >>> smoothness(np.exp, -1, 1).kind
    'smooth'
    """
    if not high > low:
        raise ValueError(f'high is {high:g} and low is {low:g}, and high needs to be above low.')
    shift = (high - low) / CELLS / np.pi                        # so that breaks at round places fall within cells
    edges = np.concatenate([[low], np.linspace(low, high, CELLS + 1)[:-1] + shift, [high]])
    h = (high - low) * NUDGE

    def value(x):
        return checks.numbers('f', np.asarray(f(x), float))

    def slope(x):
        x = np.clip(x, low + h, high - h)
        return (value(x + h) - value(x - h)) / (2 * h)

    a, b = _closest(value, edges[:-1], edges[1:], h)
    steps, slopes = np.abs(value(b) - value(a)), slope(edges)
    jumps = steps > SEEN * np.ptp(value(edges))
    usual = np.abs(slopes[:-1][~jumps])
    flat = bool(len(usual) and usual.max() <= 1e-9)
    if jumps.any():
        i = int(jumps.argmax())
        return Smoothness('jump', _round(b[i]), _round(value(a[i:i + 1])[0]), _round(value(b[i:i + 1])[0]), flat)
    a, b = _closest(slope, edges[:-1], edges[1:], 1e3 * h)
    kinks = np.abs(slope(b) - slope(a)) > 10 * SEEN * max(np.abs(slopes).max(), 1e-12)
    if kinks.any():
        i = int(kinks.argmax())
        return Smoothness('kink', _round((a[i] + b[i]) / 2), _round(slope(a[i:i + 1])[0]), _round(slope(b[i:i + 1])[0]), flat)
    return Smoothness('smooth', flat=flat)


def _closest(f, a, b, width):
    """Halve each cell again and again, always keeping the half in which f changes more."""
    while (b - a).max() > width:
        middle = (a + b) / 2
        fa, fm, fb = f(a), f(middle), f(b)
        left = np.abs(fm - fa) >= np.abs(fb - fm)
        a, b = np.where(left, a, middle), np.where(left, middle, b)
    return a, b


def _round(value):
    """Without the digits that come from how close we looked."""
    return float(round(float(value), 3)) + 0.0
