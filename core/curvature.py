"""How steeply the slope itself changes decides how fast a walk can be: a valley as long as it is narrow takes for ever.

A bowl curves differently in different directions. The rate must suit the steepest, or the walk is thrown out; the
flattest then has to wait. The ratio of the two, the condition number, says how long. The table of all second
derivatives is called the Hessian; near any bottom a loss looks like a bowl, and its Hessian tells everything.
"""
import numpy as np

from core import checks
from core.derivative import NUDGE, checked_nudge
from core.loss import line_loss
from core.models import least_squares

ALIKE = 1e-13  # a curvature that is smaller than this, beside the largest, is rounding


def hessian(gradient, point, h=NUDGE):
    """Every second derivative by nudging: how each slope changes for each number of the point, shape (k, k).

    gradient: a point (k,) → its gradient (k,). h: the nudge. Raises ValueError for points of another shape.

    >>> hessian(lambda p: np.array([2 * p[0] + p[1], p[0]]), [1.0, 5.0]).round(6)
    array([[2., 1.],
           [1., 0.]])
    """
    point, h = checks.row('point', point), checked_nudge(h)

    def slopes(place):
        found = checks.row('gradient(point)', gradient(place))
        if len(found) != len(point):
            raise ValueError(f'the gradient has {len(found)} numbers and the point {len(point)}, and each needs its own slope.')
        return found

    table = np.array([(slopes(point + nudge) - slopes(point - nudge)) / (2 * h) for nudge in h * np.eye(len(point))])
    return (table + table.T) / 2  # the two orders differ only by rounding


def line_loss_hessian(x):
    """The curvature of a line's mean squared error over (slope, intercept), the same everywhere, whatever the y:

        2 · mean x²   2 · mean x
        2 · mean x    2

    x: (n,). Returns (2, 2). With x far from 0 the two knobs do nearly the same thing, and the valley is long.

    >>> line_loss_hessian([1, 3])
    array([[10.,  4.],
           [ 4.,  2.]])
    """
    x = checks.row('x', x)
    return 2 * np.array([[np.mean(x**2), x.mean()], [x.mean(), 1.0]])


def curvatures(hessian):
    """The curvatures of a bowl along its own axes, flattest first, (k,), and those axes as the columns of (k, k).

    hessian: (k, k), symmetric. Raises ValueError for any other.

    >>> curvatures([[2, 0], [0, 20]])[0]
    array([ 2., 20.])
    """
    table = checks.rows('the Hessian', hessian)
    if table.shape[0] != table.shape[1] or not np.allclose(table, table.T, rtol=1e-6, atol=1e-9 * np.abs(table).max()):
        raise ValueError(f'the Hessian has shape {table.shape}, and needs to be square and the same across its diagonal.')
    values, axes = np.linalg.eigh(table)
    return values, axes


def condition_number(hessian):
    """How many times steeper the steepest direction curves than the flattest: 1 is round, and large is a long valley.

    hessian: (k, k). Raises ValueError where it is no bowl: where some direction is flat, or falls.

    >>> condition_number([[2, 0], [0, 20]])
    10.0
    """
    flattest, steepest = _range(hessian)
    if flattest <= ALIKE * steepest:
        raise ValueError(f'the curvatures go from {flattest:g} to {steepest:g}, and a bowl needs all of them above 0.')
    return steepest / flattest


def largest_stable_rate(hessian):
    """The rate above which a walk is thrown out along the steepest direction: 2 / its curvature.

    hessian: (k, k). Raises ValueError where no direction curves upward.

    >>> largest_stable_rate([[2, 0], [0, 20]])
    0.1
    """
    return 2 / _steepest(hessian)


def best_rate(hessian):
    """The rate that is fastest in the end, 2 / (flattest + steepest curvature): both directions then wait equally long.

    With condition number κ each step then leaves (κ − 1) / (κ + 1) of the way. hessian: (k, k), a bowl.

    >>> best_rate([[2, 0], [0, 20]]) == 2 / 22
    True
    """
    condition_number(hessian)
    return 2 / sum(_range(hessian))


def steps_needed(hessian, away, rate, goal):
    """How many steps of plain descent bring the height in a bowl down to `goal` above its bottom, for good.

    Nothing is walked: along each axis a step multiplies the distance by 1 − rate · curvature, and the height is half
    the sum of curvature · distance². So a thousand million steps are counted as quickly as ten.

    hessian: (k, k), no direction falling. away: (k,), from the bottom to where the walk stands. rate: 0 or more.
    goal: above 0. Returns a whole number, or None if it never happens. Raises ValueError for anything else.

    >>> steps_needed([[2, 0], [0, 2]], away=[2.5, 2.0], rate=0.1, goal=4.5)  # heights 10.25, 6.56, 4.1984
    2
    >>> steps_needed([[2, 0], [0, 2]], away=[2.5, 2.0], rate=1.0, goal=4.5) is None
    True
    """
    values, axes = curvatures(hessian)
    rate, goal = checks.at_least('rate', rate, 0), checks.number('goal', goal)
    if goal <= 0:
        raise ValueError(f'goal is {goal:g}, and needs to be above 0: the bottom itself is only ever approached.')
    if values[0] < -ALIKE * abs(values).max():
        raise ValueError(f'one direction curves by {values[0]:g}, and a bowl needs all of them to be 0 or more.')
    away = checks.row('away', away)
    if len(away) != len(values):
        raise ValueError(f'away has {len(away)} numbers and the Hessian {len(values)} rows, and each needs the other.')
    values = np.maximum(values, 0)
    heights = values * (axes.T @ away) ** 2 / 2
    shrink = np.abs(1 - rate * values)
    with np.errstate(divide='ignore'):  # a factor of 0 arrives in one step: its logarithm is −∞, as it should be
        fall = 2 * np.where(rate * values < 1, np.log1p(-np.minimum(rate * values, 1)), np.log(shrink))
    fall[heights == 0] = 0.0  # where there is no height none is lost, and none is gained at any rate

    def height(steps):
        with np.errstate(over='ignore'):
            return heights.sum() if steps == 0 else float(heights @ np.exp(steps * fall))

    if height(0) <= goal and (fall <= 0).all():
        return 0
    stays = heights[fall >= 0].sum()
    if (heights[fall > 0] > 0).any() or stays > goal:
        return None
    few, enough = 0, 1
    while height(enough) > goal:
        few, enough = enough, 2 * enough
        if enough > 2**200:
            return None
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if height(middle) <= goal else (middle, enough)
    return enough


def line_steps_needed(x, y, slope, intercept, rate, share=0.01):
    """How many steps bring a line's mean squared error to within `share` of the smallest there is.

    x, y: (n,). slope, intercept: where the walk stands. share: 0.01 is 1 % above the loss of the best line.
    Returns a whole number, or None if it never happens. Raises ValueError for points on a line: their least loss is 0.

    >>> x, y = [1.0, 2.0, 3.0], [1.0, 3.0, 2.0]
    >>> line_steps_needed(x, y, slope=0.0, intercept=0.0, rate=0.1)
    52
    """
    best = np.array(least_squares(x, y))
    here = np.array([checks.number('slope', slope), checks.number('intercept', intercept)])
    goal = checks.at_least('share', share, 0) * line_loss(x, y, *best)
    return steps_needed(line_loss_hessian(x), here - best, rate, goal)


def _range(hessian):
    values, _ = curvatures(hessian)
    return float(values[0]), float(values[-1])


def _steepest(hessian):
    steepest = _range(hessian)[1]
    if steepest <= 0:
        raise ValueError(f'the steepest direction curves by {steepest:g}, and needs to curve upward.')
    return steepest
