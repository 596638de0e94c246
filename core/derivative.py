"""Nudge the input a little and watch the output: the change divided by the nudge is the derivative.

That is the whole idea, and it needs no formula for the slope. So it is also the judge in this course: wherever
a formula for a derivative is written down, a test nudges the function and compares.
"""
from typing import NamedTuple

import numpy as np

from core import checks

NUDGE = 1e-5  # small enough for a curve to look straight, large enough not to drown in round-off


def derivative(f, x, h=NUDGE):
    """The slope of f at x by nudging both ways, (f(x + h) − f(x − h)) / 2h: the central difference.

    Its error shrinks with h², that of a one-sided nudge only with h.
    f: takes and returns a number, or an array element by element. x: a number or an array; h: the nudge, not 0.
    Raises ValueError when h is 0 or when f has no finite value beside x.

    >>> round(derivative(lambda x: x**2, 3.0), 6)
    6.0
    """
    x, h = _at(x), checked_nudge(h)
    return (_value(f, x + h) - _value(f, x - h)) / (2 * h)


def forward_difference(f, x, h=NUDGE):
    """The slope of f at x by one nudge to the right, (f(x + h) − f(x)) / h: the definition, before the limit.

    A negative h nudges to the left. An h so small that x + h rounds to x gives 0, whatever f is.
    Arguments and errors as for `derivative`.

    >>> round(forward_difference(lambda x: x**2, 1.0, h=0.01), 6)
    2.01
    """
    x, h = _at(x), checked_nudge(h)
    return (_value(f, x + h) - _value(f, x)) / h


def gradient(f, point, h=NUDGE):
    """Every slope of f at once: nudge one number of the point while the others hold still, then the next.

    f: takes an array of the point's shape and returns one number. point: an array of any shape; it stays
    unchanged. The answer has the point's shape. Raises ValueError as `derivative` does.

    >>> gradient(lambda p: p[0] ** 2 + 3 * p[1], [2.0, 5.0]).round(6)
    array([4., 3.])
    """
    point, h = checks.numbers('point', point), checked_nudge(h)
    slopes = np.empty(point.shape)
    for index in np.ndindex(point.shape):
        def along(value, index=index):
            nudged = point.copy()
            nudged[index] = value
            return checks.number('f(point)', f(nudged))

        slopes[index] = derivative(along, point[index], h)
    return slopes


def tangent(f, x, h=NUDGE):
    """The line that touches f at x and runs the same way: its (slope, intercept), ready for `models.line`.

    f: takes and returns a number. x: a number. Raises ValueError as `derivative` does.

    >>> slope, intercept = tangent(lambda x: x**2, 3.0)
    >>> round(slope, 6), round(intercept, 6)
    (6.0, -9.0)
    """
    x = checks.number('x', x)
    slope = float(derivative(f, x, h))
    return slope, float(_value(f, x)) - slope * x


class NudgeErrors(NamedTuple):
    """How far nudging misses a slope, for several nudges, and why. All (n,); an error can be exactly 0."""
    h: np.ndarray
    forward: np.ndarray      # |forward difference − slope|
    central: np.ndarray      # |central difference − slope|
    bend: np.ndarray         # h/2 · |f″|: the curve bends away while it is nudged; truncation, of the forward difference
    bend_left: np.ndarray    # h²/6 · |f‴|: what nudging both ways leaves of that; truncation, of the central difference
    round_off: np.ndarray    # (|f| + |x f′|) · 2⁻⁵³ · 2/h: both values are rounded, and so is x + h; about this at most


def nudge_errors(f, slope, x, nudges):
    """How wrong the slope found by nudging is: a V on log axes, for large nudges bend and for small ones round-off.

    f, slope: take and return a number; slope is the formula that is trusted. x: a number. nudges: (n,), above 0.
    Returns NudgeErrors. Raises ValueError as `derivative` does.

    >>> errors = nudge_errors(lambda x: 3*x**2 - 4*x + 5, lambda x: 6 * x - 4, 3.0, [1e-2, 1e-14])
    >>> errors.forward.round(6), errors.bend
    (array([0.03    , 0.210855]), array([3.e-02, 3.e-14]))
    """
    x, h = checks.number('x', x), checks.row('nudges', nudges)
    checks.at_least('the smallest nudge', h.min(), np.finfo(float).tiny)
    true, height = float(_value(slope, x)), abs(float(_value(f, x)))
    forward, central = (np.array([abs(find(f, x, float(nudge)) - true) for nudge in h], dtype=float)
                        for find in (forward_difference, derivative))
    second = derivative(slope, x)
    third = (_value(slope, x + 1e-3) - 2 * true + _value(slope, x - 1e-3)) / 1e-6
    if abs(third) < 1e-7 * (1 + abs(true)):  # that is rounding: a parabola has none
        third = 0.0
    return NudgeErrors(h, forward, central, abs(second) / 2 * h, abs(third) / 6 * h**2,
                       (height + abs(x * true)) * 2.0**-52 / h)


def checked_nudge(h):
    """Return h as a number, or raise ValueError where it is no nudge at all."""
    h = checks.number('h', h)
    if h == 0:
        raise ValueError('h is 0, which is no nudge at all: 0 / 0 says nothing, and h needs to differ from 0.')
    return h


def _at(x):
    x = checks.numbers('x', x)
    return x if x.ndim else float(x)


def _value(f, x):
    with np.errstate(all='ignore'):
        value = f(x)
    try:
        fine = np.isfinite(value).all()
    except TypeError:  # None, for one, from a function that forgot to return its value
        fine = False
    if not fine:
        raise ValueError(f'f has no finite value at {np.round(x, 6)}, and a slope needs one on both sides.')
    return value
