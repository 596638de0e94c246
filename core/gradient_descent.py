"""Stand on the hill, feel the slope, take a step downhill, and do it again: that is how networks learn.

The rate sets the length of the step. Too small and the walk crawls; too large and every step jumps over the
valley and lands higher up than it began. `rates` says which rate does what.
"""
from typing import NamedTuple

import numpy as np

from core import checks
from core.ground import FAR, FLAT, leads_away

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


def descend(gradient, start, rate, steps, far=FAR, flat=FLAT):
    """Walk downhill for a number of steps and record every point.

    A walk that leaves is stopped before its numbers overflow: at the last point within `far` of the start (`far`
    times the size of the start, if that is above 1). A walk has arrived where no slope is steeper than `flat`.

    gradient: point → its gradient, of the same shape. start: a number or an array. rate: 0 or more.
    steps: a whole number. Returns a Descent. Raises ValueError for anything else.

    >>> walk = descend(lambda x: 6 * x - 4, start=3.0, rate=0.05, steps=3)
    >>> walk.path.round(3), walk.verdict
    (array([3.   , 2.3  , 1.81 , 1.467]), 'on the way')
    >>> descend(lambda x: 6 * x - 4, start=3.0, rate=0.5, steps=100).says
    'Step 21 would land more than 3,000,000 away: the rate is too large, smaller steps would not lead away.'
    """
    steps = checks.whole('steps', steps, least=0)
    return walk([gradient] * steps, gradient, start, rate, far, flat)


def walk(gradients, whole_gradient, start, rate, far=FAR, flat=FLAT, rule=None):
    """Take one step for each function in `gradients`: what `descend` does, where each step may feel another slope.

    whole_gradient: judges where the walk ended, and whether there was a bottom to be found. rule: how a step follows
    from the slopes so far, (memory, gradient) → (memory, direction), as in `optimizers`; without one it is the slope.

    >>> walk([lambda x: x, lambda x: x - 1], lambda x: x - 0.5, start=2.0, rate=0.5).path
    array([2., 1., 1.])
    """
    path, memory, rate = [checks.numbers('start', start)], None, checks.at_least('rate', rate, 0)
    far, flat = checks.at_least('far', far, 0), checks.at_least('flat', flat, 0)
    reach = far * max(1.0, np.abs(path[0]).max())
    for number, gradient in enumerate(gradients, 1):
        direction = _slope_at(gradient, path[-1])
        if not np.isfinite(direction).all():
            return Descent(np.array(path), 'diverged', f'Step {number} cannot be taken: the slope has no finite value here.')
        with np.errstate(all='ignore'):
            if rule is not None:
                memory, direction = rule(memory, direction)
            new = path[-1] - rate * direction
        if not (np.abs(new - path[0]) <= reach * (1 + 1e-9)).all():
            return Descent(np.array(path), 'diverged', f'Step {number} would land more than {reach:,.0f} away: '
                           + ('there is no bottom on this side, the smallest steps lead away as well.'
                              if leads_away(lambda point: _slope_at(whole_gradient, point), path[0], reach) else
                              'the rate is too large, smaller steps would not lead away.'))
        path.append(new)
    path = np.array(path)
    if np.abs(_slope_at(whole_gradient, path[-1])).max() <= flat:
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
