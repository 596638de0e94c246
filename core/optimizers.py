"""Plain descent forgets every slope it has felt; these remember some of them, and take the valley at a run.

Each rule turns the slope that is felt now, and what it remembers, into a direction. The step is then against the
direction, rate times as long. Momentum sums the slopes up: what points the same way each time grows, what changes
sign cancels. RMSProp divides each slope by its usual size, so that all directions are walked equally fast. Adam is
both. The formulas are those of PyTorch's `SGD`, `RMSprop` and `Adam`, and so are the numbers by default, but for
momentum's 0.9: there PyTorch leaves the choice to you.
"""
import numpy as np

from core import checks
from core.gradient_descent import walk
from core.ground import FAR, FLAT

SMALL = 1e-8  # keeps a division by a slope's size from being one by 0


def plain(memory, gradient):
    """Straight downhill: the direction is the slope, and nothing is remembered.

    >>> plain(None, np.array([3.0, 4.0]))
    (None, array([3., 4.]))
    """
    return None, gradient


def momentum(memory, gradient, keep=0.9):
    """Roll: speed ← keep · speed + slope, and the direction is the speed.

    On an even hill the speed grows to 1 / (1 − keep) times the slope, ten times for 0.9.
    memory: the speed, None at first. gradient: an array. Returns (memory, direction).

    >>> speed, direction = momentum(np.array([1.0]), np.array([0.5]))
    >>> direction
    array([1.4])
    """
    speed = gradient if memory is None else keep * memory + gradient
    return speed, speed


def rmsprop(memory, gradient, keep=0.99):
    """Measure each slope by its usual size, the root of a running mean of its squares: steep or gentle, about as fast.

    mean square ← keep · mean square + (1 − keep) · slope², direction = slope / (√mean square + 1e-8).
    memory: the mean square, None at first. gradient: an array. Returns (memory, direction).

    >>> _, direction = rmsprop(np.array([1.0, 1e6]), np.array([1.0, 1000.0]))
    >>> direction.round(3)
    array([1., 1.])
    """
    squares = (1 - keep) * gradient**2 + (0 if memory is None else keep * memory)
    return squares, gradient / (np.sqrt(squares) + SMALL)


def adam(memory, gradient, keep=0.9, keep_squares=0.999):
    """Momentum and RMSProp in one, both corrected for having started from nothing: after t steps of a running mean
    with `keep`, only 1 − keepᵗ of it has been filled, so it is divided by that.

    memory: (t, mean slope, mean square), None at first. gradient: an array. Returns (memory, direction).

    >>> _, direction = adam(None, np.array([3.0, -0.001]))
    >>> direction.round(3)
    array([ 1., -1.])
    """
    t, mean, squares = (0, 0, 0) if memory is None else memory
    t, mean, squares = t + 1, keep * mean + (1 - keep) * gradient, keep_squares * squares + (1 - keep_squares) * gradient**2
    direction = mean / (1 - keep**t) / (np.sqrt(squares / (1 - keep_squares**t)) + SMALL)
    return (t, mean, squares), direction


RULES = {'plain': plain, 'momentum': momentum, 'rmsprop': rmsprop, 'adam': adam}


def descend_by(rule, gradient, start, rate, steps, far=FAR, flat=FLAT):
    """Walk downhill by one of RULES: as `gradient_descent.descend`, and a Descent comes back.

    rule: a name, or a function of one's own, (memory, gradient) → (memory, direction).

    >>> descend_by('momentum', lambda x: 1.0, start=0.0, rate=1.0, steps=3).path
    array([ 0.  , -1.  , -2.9 , -5.61])
    """
    steps = checks.whole('steps', steps, least=0)
    if not callable(rule):
        rule = RULES[checks.one_of('rule', rule, RULES)]
    return walk([gradient] * steps, gradient, start, rate, far, flat, rule)
