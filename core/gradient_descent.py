"""Stand on the hill, feel the slope, take a step downhill, and do it again: that is how networks learn.

The rate sets the length of the step. Too small and the walk crawls; too large and every step jumps over the
valley and lands higher up than it began.
"""
from typing import NamedTuple

import numpy as np

from core import checks

RATES = ('stands still', 'crawl', 'smooth', 'one step', 'zig-zag', 'endless zig-zag', 'diverge')
VERDICTS = ('arrived', 'on the way', 'overshooting', 'diverged')


class Descent(NamedTuple):
    """A recorded walk. Every point in it is finite, whatever the rate."""
    path: np.ndarray  # (steps taken + 1, *shape of a point), the start first
    verdict: str      # one of VERDICTS
    says: str         # the verdict in a sentence


def step(point, gradient, rate):
    """Take one step against the gradient: point − rate · gradient.

    point, gradient: numbers or arrays of one shape; the new point has it too. Raises ValueError if they differ.

    >>> step([2.5, 2.0], gradient=[5.0, 4.0], rate=0.1)
    array([2. , 1.6])
    """
    point, gradient = checks.numbers('point', point), checks.numbers('gradient', gradient)
    if point.shape != gradient.shape:
        raise ValueError(f'the gradient has shape {gradient.shape} and the point {point.shape}, '
                         'and a gradient needs one slope for each number of the point.')
    return point - checks.number('rate', rate) * gradient


def descend(gradient, start, rate, steps, far=1e6, flat=1e-9):
    """Walk downhill for a number of steps and record every point.

    A walk that leaves is stopped before its numbers overflow: at the last point within `far` of the start (`far`
    times the size of the start, if that is above 1). A walk has arrived where no slope is steeper than `flat`.

    gradient: point → its gradient, of the same shape. start: a number or an array. rate: 0 or more.
    steps: a whole number. Returns a Descent. Raises ValueError for anything else.

    >>> walk = descend(lambda x: 6 * x - 4, start=3.0, rate=0.05, steps=3)
    >>> walk.path.round(3), walk.verdict
    (array([3.   , 2.3  , 1.81 , 1.467]), 'on the way')
    >>> descend(lambda x: 6 * x - 4, start=3.0, rate=0.5, steps=100).says
    'Step 21 would land more than 3,000,000 away: the rate is too large, or the hill has no bottom on this side.'
    """
    steps = checks.whole('steps', steps, least=0)
    return _walk([gradient] * steps, gradient, start, rate, far, flat)


def minibatches(n, size, seed):
    """Shuffle the numbers 0 … n − 1 and deal them out in batches: together, every example exactly once.

    n, size: whole numbers, at least 1; the last batch is smaller when size does not divide n.
    seed: a whole number, or an np.random.Generator to go on with. Returns a list of index arrays.

    >>> [len(batch) for batch in minibatches(24, size=10, seed=0)]
    [10, 10, 4]
    """
    n, size = checks.whole('n', n, least=1), checks.whole('size', size, least=1)
    order = np.random.default_rng(seed).permutation(n)
    return [order[i:i + size] for i in range(0, n, size)]


def descend_in_minibatches(gradient, start, rate, n, size, epochs, seed, far=1e6, flat=1e-9):
    """Walk downhill feeling the slope of a few examples at a time: cheaper steps that point roughly the right way.

    gradient: (point, batch) → the gradient on the examples numbered in `batch`. n: how many examples there are.
    size: how many in a batch. epochs: how often each example is seen. The rest is as in `descend`.

    >>> homes = np.array([1.0, 2.0, 3.0, 4.0])  # the point that is nearest to all of them is their mean
    >>> def toward_mean(x, batch):
    ...     return 2 * (x - homes[batch].mean())
    >>> descend_in_minibatches(toward_mean, 0.0, rate=0.5, n=4, size=4, epochs=1, seed=0).path
    array([0. , 2.5])
    """
    chance = np.random.default_rng(seed)
    epochs = checks.whole('epochs', epochs, least=0)
    batches = [batch for _ in range(epochs) for batch in minibatches(n, size, chance)]
    everything = np.arange(checks.whole('n', n, least=1))
    slopes = [lambda point, batch=batch: gradient(point, batch) for batch in batches]
    return _walk(slopes, lambda point: gradient(point, everything), start, rate, far, flat)


def shrink_factor(rate, curvature):
    """On a parabola each step multiplies the distance to the bottom by 1 − rate · curvature, curvature being f″.

    >>> shrink_factor(rate=0.05, curvature=6)
    0.7
    """
    return 1 - checks.number('rate', rate) * checks.number('curvature', curvature)


def what_a_rate_does(rate, curvature):
    """Name the walk that a rate gives on a parabola whose slope changes by `curvature` (f″) for each unit of x.

    The answer is one of RATES. With a factor 1 − rate · curvature between 0 and 1 the walk stays on its side of the
    valley (a crawl above 0.9), with a negative one it jumps across, and beyond −1 it lands further out each time.
    rate: 0 or more. curvature: above 0. Raises ValueError for anything else.

    >>> [what_a_rate_does(rate, curvature=6) for rate in (0.01, 0.05, 1/6, 0.25, 0.4)]
    ['crawl', 'smooth', 'one step', 'zig-zag', 'diverge']
    """
    factor, rate = shrink_factor(rate, curvature), _rate(rate)
    if curvature <= 0:
        raise ValueError(f'curvature is {curvature:g}, and needs to be above 0: other parabolas have no bottom.')
    if rate == 0:
        return 'stands still'
    if abs(factor) < 1e-9:
        return 'one step'
    if abs(factor + 1) < 1e-9:
        return 'endless zig-zag'
    if factor > 0:
        return 'crawl' if factor > 0.9 else 'smooth'
    return 'zig-zag' if factor > -1 else 'diverge'


def _rate(rate):
    rate = checks.number('rate', rate)
    if rate < 0:
        raise ValueError(f'rate is {rate:g}, which would walk uphill; it needs to be 0 or more.')
    return rate


def _walk(slopes, true_slope, start, rate, far, flat):
    """One step for each function in `slopes`; `true_slope` judges where the walk ended."""
    path, rate = [checks.numbers('start', start)], _rate(rate)
    reach = far * max(1.0, np.abs(path[0]).max())
    for number, slope in enumerate(slopes, 1):
        with np.errstate(over='ignore', invalid='ignore'):
            new = path[-1] - rate * _slope_at(slope, path[-1])
        if not (np.abs(new - path[0]) <= reach).all():  # NaN is not <= anything, so it stops here as well
            return Descent(np.array(path), 'diverged', f'Step {number} would land more than {reach:,.0f} away: '
                           'the rate is too large, or the hill has no bottom on this side.')
        path.append(new)
    path = np.array(path)
    if np.abs(_slope_at(true_slope, path[-1])).max() <= flat:
        return Descent(path, 'arrived', 'The ground is flat here: the slope is 0 and there is nowhere to step.')
    if len(path) > 2 and _turned_back(path):
        return Descent(path, 'overshooting', 'The last step went back across and was no shorter than the one '
                       'before: the rate is too large here.')
    return Descent(path, 'on the way', 'There is still a slope: more steps would go further down.')


def _slope_at(slope, point):
    try:
        with np.errstate(all='ignore'):
            value = np.asarray(slope(point[()]), dtype=float)
    except OverflowError:  # from a gradient written with Python's own math
        return np.full(point.shape, np.inf)
    if value.shape != point.shape:
        raise ValueError(f'the gradient has shape {value.shape} and the point {point.shape}, '
                         'and a gradient needs one slope for each number of the point.')
    return value


def _turned_back(path):
    before, last = path[-2] - path[-3], path[-1] - path[-2]
    return (before * last).sum() < 0 and (last**2).sum() >= (before**2).sum() * (1 - 1e-9)
