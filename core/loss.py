"""A loss is one number that says how wrong a model is: 0 is perfect, and smaller is better.

Each loss stands beside its gradient: how much the loss rises for each unit that a prediction rises.
With prices in thousand $, squared errors are in (thousand $)².
"""
import numpy as np

from core import checks
from core.models import line


def squared_errors(predicted, target):
    """Square each error, (predicted − target)²: never negative, and twice the error counts four times.

    predicted, target: the same shape, which is also the answer's. Raises ValueError when the shapes differ.

    >>> squared_errors([3, 5], [1, 6])
    array([4., 1.])
    """
    predicted, target = checks.alike('predicted', predicted, 'target', target)
    return (predicted - target) ** 2


def squared_errors_gradient(predicted, target):
    """How fast each square grows with its own prediction: 2 (predicted − target), in the same shape.

    >>> squared_errors_gradient([3, 5], [1, 6])
    array([ 4., -2.])
    """
    predicted, target = checks.alike('predicted', predicted, 'target', target)
    return 2 * (predicted - target)


def sum_squared_error(predicted, target):
    """Add the squares up, Σ (predicted − target)²: it grows with every example there is.

    predicted, target: the same shape. Raises ValueError when the shapes differ.

    >>> sum_squared_error([3, 5], [1, 6])
    5.0
    """
    return float(squared_errors(predicted, target).sum())


def sum_squared_error_gradient(predicted, target):
    """The derivative by each prediction, 2 (predicted − target): each sits in one square of the sum only.

    >>> sum_squared_error_gradient([3, 5], [1, 6])
    array([ 4., -2.])
    """
    return squared_errors_gradient(predicted, target)


def mean_squared_error(predicted, target):
    """The average square, Σ (predicted − target)² / n: the same size of number for 24 houses or 24,000.

    predicted, target: the same shape, n numbers in all. Raises ValueError when the shapes differ.

    >>> mean_squared_error([3, 5], [1, 6])
    2.5
    """
    return float(squared_errors(predicted, target).mean())


def mean_squared_error_gradient(predicted, target):
    """The derivative by each prediction, 2 (predicted − target) / n, in their shape.

    >>> mean_squared_error_gradient([3, 5], [1, 6])
    array([ 2., -1.])
    """
    return squared_errors_gradient(predicted, target) / np.size(predicted)


def cross_entropy(probabilities, label):
    """How surprised we are by the truth, −ln p(label): 0 when we were certain of it, more the less we believed it.

    probabilities: (classes,), each between 0 and 1, together 1 (give or take what printing to two places loses).
    label: the number of the true class, from 0. The logarithm is the natural one.
    Raises ValueError for anything else, and for p(label) = 0, where the surprise has no end.

    >>> round(cross_entropy([0.02, 0.96, 0.02], label=1), 4)
    0.0408
    """
    probabilities, label = _belief(probabilities, label)
    return max(0.0, float(-np.log(probabilities[label])))  # −ln 1 would print as −0.0


def cross_entropy_gradient(probabilities, label):
    """The derivative by each probability: −1 / p at the true label, 0 at the others; shape (classes,).

    >>> cross_entropy_gradient([0.25, 0.5, 0.25], label=1)
    array([ 0., -2.,  0.])
    """
    probabilities, label = _belief(probabilities, label)
    slope = np.zeros(len(probabilities))
    slope[label] = -1 / probabilities[label]
    return slope


def _belief(probabilities, label):
    probabilities = checks.row('probabilities', probabilities)
    label = checks.whole('label', label, least=0, most=len(probabilities) - 1)
    if probabilities.min() < 0 or probabilities.max() > 1 or abs(probabilities.sum() - 1) > 0.05:
        raise ValueError(f'probabilities go from {probabilities.min():g} to {probabilities.max():g} and sum to '
                         f'{probabilities.sum():g}, and need to be between 0 and 1 and sum to 1; softmax does that.')
    if probabilities[label] < 1e-300:
        raise ValueError(f'class {label} was given probability 0 and is the truth, so −ln 0 is infinite; '
                         'a probability needs to stay above 0.')
    return probabilities, label


def line_loss(x, y, slope, intercept):
    """The mean squared error of one line on the points (x, y), both (n,).

    >>> line_loss([0, 1], [1, 3], slope=2, intercept=0)
    1.0
    """
    x, y = checks.points(x, y)
    return mean_squared_error(line(x, slope, intercept), y)


def line_loss_gradient(x, y, slope, intercept):
    """The derivatives of that loss by the slope, 2/n Σ error · x, and by the intercept, 2/n Σ error: shape (2,).

    >>> line_loss_gradient([0, 1], [1, 3], slope=2, intercept=0)
    array([-1., -2.])
    """
    x, y = checks.points(x, y)
    by_prediction = mean_squared_error_gradient(line(x, slope, intercept), y)
    return np.array([by_prediction @ x, by_prediction.sum()])


def line_losses(x, y, slopes, intercepts):
    """The mean squared error of each of several lines: y ≈ slopes[i]·x + intercepts[i].

    x, y: (n,). slopes, intercepts: (m,). Returns (m,), in squared units of y. Raises ValueError for other shapes.

    >>> line_losses([0, 1], [0, 1], [1, 0], [0, 0])
    array([0. , 0.5])
    """
    x, y = checks.points(x, y)
    slopes, intercepts = checks.row('slopes', slopes), checks.row('intercepts', intercepts)
    if len(slopes) != len(intercepts):
        raise ValueError(f'there are {len(slopes)} slopes and {len(intercepts)} intercepts, and every line needs one of each.')
    with np.errstate(over='ignore'):
        return _small_enough(np.mean((np.outer(slopes, x) + intercepts[:, None] - y) ** 2, axis=1))


def line_loss_surface(x, y, slopes, intercepts):
    """The mean squared error of every line on a grid of knobs, without visiting the points again for each one.

    As a function of its two knobs the loss of a line is a quadratic bowl:
        loss = floor + spread · (slope − best)² + (intercept + slope · x̄ − ȳ)²
    spread is the variance of x, best the least-squares slope, floor the loss of the best line: all at least 0.

    x, y: (n,). slopes, intercepts: (s,) and (i,), or a number for one. The answer is (i, s): a row for each
    intercept, a column for each slope, as contour plots expect. Raises ValueError when anything is not finite.

    >>> line_loss_surface([0, 1], [1, 3], slopes=[0, 1, 2], intercepts=[0, 1])
    array([[5. , 2.5, 1. ],
           [2. , 0.5, 0. ]])
    """
    x, y = checks.points(x, y)
    slopes = checks.row('slopes', np.atleast_1d(slopes))
    intercepts = checks.row('intercepts', np.atleast_1d(intercepts))
    n = len(x)
    middle_x, middle_y = x.sum() / n, y.sum() / n
    dx, dy = x - middle_x, y - middle_y
    with np.errstate(over='ignore', invalid='ignore'):
        spread = dx.dot(dx) / n
        best = dx.dot(dy) / n / spread if spread > 0 else 0.0  # one x only: no slope is better than another
        left_over = dy - best * dx
        along_slopes = left_over.dot(left_over) / n + spread * (slopes - best) ** 2
        surface = np.add.outer(intercepts, slopes * middle_x - middle_y)
        surface *= surface  # in place: to ask for another large array takes longer than to fill it
        surface += along_slopes
    return _small_enough(surface)


def _small_enough(losses):
    if not np.isfinite(losses.max()):  # NaN counts as the largest of all
        raise ValueError('some of these lines are so far off that the square of the error is too large for a number; '
                         'slopes and intercepts need to be smaller.')
    return losses
