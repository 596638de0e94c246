"""A model is a guess with knobs: turn the knobs until the guesses fit what was seen.

The smallest useful model is a straight line. It has two knobs, the slope and the intercept.
Nothing here has a unit of its own: with x in ft² and y in thousand $, a slope is in thousand $ per ft².
"""
import math
import sys

from core import checks

TINY = sys.float_info.min  # the squares of smaller distances lose their digits


def line(x, slope, intercept):
    """Predict y = slope · x + intercept: start at the intercept and add the slope once for every unit of x.

    x: a number or an array of any shape; the prediction has the same shape. slope, intercept: numbers.
    Raises ValueError when any of them is not finite.

    >>> line([1000, 2000], slope=0.2, intercept=50)
    array([250., 450.])
    """
    return checks.number('slope', slope) * checks.numbers('x', x) + checks.number('intercept', intercept)


def line_through(left, right):
    """Find the (slope, intercept) of the line through two points: the slope is the rise divided by the run.

    left, right: points (x, y), in either order. Raises ValueError when they stand above each other.

    >>> line_through((0, 50), (1000, 250))
    (0.2, 50.0)
    """
    points = checks.numbers('the two points', [left, right])
    if points.shape != (2, 2):
        raise ValueError(f'the two points have shape {points.shape}, and each needs an x and a y, shape (2, 2).')
    (x0, y0), (x1, y1) = points.tolist()
    run = x1 - x0
    if run == 0:
        raise ValueError(f'both points have x = {x0:g}, so the line would be vertical and its slope rise / 0; '
                         'a line needs two different x.')
    slope = (y1 - y0) / run
    if not math.isfinite(slope):
        raise ValueError(f'both points have an x near {x0:g}, so close that the slope is too large for a number; '
                         'they need to be further apart.')
    return slope, y0 - slope * x0


def least_squares(x, y):
    """Find the (slope, intercept) of the best line: none has a smaller sum of squared errors.

    At the bottom of the loss both of its derivatives are zero. Solved for the two knobs, that says
        slope = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)²        intercept = ȳ − slope · x̄
    where x̄ and ȳ are the means. These are the normal equations.

    x, y: (n,), n ≥ 2. Raises ValueError when every x is the same, because then any slope does equally well.

    >>> least_squares([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    """
    x, y = checks.points(x, y)
    from_middle = x - x.mean()
    spread = from_middle @ from_middle
    if spread < TINY or (x == x[0]).all():  # the mean of equal numbers can be off by a rounding error
        raise ValueError(f'the data has only one x, {x[0]:g}, and a slope needs at least two different ones.')
    slope = float(from_middle @ (y - y.mean()) / spread)
    return slope, float(y.mean() - slope * x.mean())


def best_slope(x, y, intercept):
    """Find the slope with the smallest sum of squared errors while the intercept stays where it is.

        slope = Σ x (y − intercept) / Σ x²

    x, y: (n,). Raises ValueError when every x is 0, because then the slope changes nothing.

    >>> best_slope([1, 2], [3, 5], intercept=1)
    2.0
    """
    x, y = checks.points(x, y)
    left_to_explain = y - checks.number('intercept', intercept)
    spread = x @ x
    if spread < TINY:
        raise ValueError('every x is 0, so every slope predicts the same; at least one x needs to differ from 0.')
    return float(x @ left_to_explain / spread)


def standardised(x):
    """Measure x from its own middle and in its own spread: the mean becomes 0 and the standard deviation 1.

    Sizes in ft² and ages in years then speak of the same thing: how unusual they are.
    x: (n,). Returns (n,), without a unit. Raises ValueError when every x is the same.

    >>> standardised([1, 2, 3]).round(3)
    array([-1.225,  0.   ,  1.225])
    """
    middle, spread = _middle_and_spread(x)
    return (checks.row('x', x) - middle) / spread


def in_units_of(x, slope, intercept):
    """The (slope, intercept) for x itself of a line that was found on `standardised(x)`: the same line.

    >>> in_units_of([1, 2, 3], slope=0.0, intercept=5.0)
    (0.0, 5.0)
    """
    middle, spread = _middle_and_spread(x)
    per_unit = checks.number('slope', slope) / spread
    return per_unit, checks.number('intercept', intercept) - per_unit * middle


def in_standard_units(x, slope, intercept):
    """The (slope, intercept) for `standardised(x)` of a line that was found on x: `in_units_of` the other way round.

    >>> in_standard_units([1, 2, 3], slope=0.0, intercept=5.0)
    (0.0, 5.0)
    """
    middle, spread = _middle_and_spread(x)
    slope = checks.number('slope', slope)
    return slope * spread, checks.number('intercept', intercept) + slope * middle


def _middle_and_spread(x):
    x = checks.row('x', x)
    spread = float(x.std())
    if spread**2 < TINY or (x == x[0]).all():
        raise ValueError(f'every x is {x[0]:g}, so there is no spread to measure in; x needs at least two different numbers.')
    return float(x.mean()), spread
