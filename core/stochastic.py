"""Feel the slope of a few examples instead of all: a rough direction for a small part of the work.

Each step of plain descent visits every example before it moves. A minibatch visits a few, moves, and visits the next
few. Its slope is off by chance, now this way, now that, and right on average: the walk staggers, and comes down.
"""
import numpy as np

from core import checks
from core.gradient_descent import walk
from core.ground import FAR, FLAT


def minibatches(n, size, seed):
    """Shuffle the numbers 0 … n − 1 and deal them out in batches: together, every example exactly once.

    n, size: whole numbers, at least 1; the last batch is smaller when size does not divide n.
    seed: a whole number, or an np.random.Generator to go on with. Returns a list of index arrays.

    >>> [len(batch) for batch in minibatches(24, size=10, seed=0)]
    [10, 10, 4]
    """
    n, size = checks.whole('n', n, least=1), checks.whole('size', size, least=1)
    order = checks.generator(seed).permutation(n)
    return [order[i:i + size] for i in range(0, n, size)]


def descend_in_minibatches(gradient, start, rate, n, size, epochs, seed, far=FAR, flat=FLAT, rule=None):
    """Walk downhill feeling the slope of a few examples at a time: cheaper steps that point roughly the right way.

    gradient: (point, batch) → the gradient on the examples numbered in `batch`. n: how many examples there are.
    size: how many in a batch. epochs: how often each example is seen. rule: as in `optimizers`.
    The rest is as in `gradient_descent.descend`.

    >>> homes = np.array([1.0, 2.0, 3.0, 4.0])  # the point that is nearest to all of them is their mean
    >>> def toward_mean(x, batch):
    ...     return 2 * (x - homes[batch].mean())
    >>> descend_in_minibatches(toward_mean, 0.0, rate=0.5, n=4, size=4, epochs=1, seed=0).path
    array([0. , 2.5])
    """
    chance = checks.generator(seed)
    epochs = checks.whole('epochs', epochs, least=0)
    batches = [batch for _ in range(epochs) for batch in minibatches(n, size, chance)]
    everything = np.arange(checks.whole('n', n, least=1))
    slopes = [lambda point, batch=batch: gradient(point, batch) for batch in batches]
    return walk(slopes, lambda point: gradient(point, everything), start, rate, far, flat, rule)


def examples_seen(n, size, steps):
    """The work done before each point of a walk, counted in examples visited: shape (steps + 1,), 0 first.

    n, size: as in `minibatches`, whose last batch may be smaller. steps: how many steps the walk took.

    >>> examples_seen(n=24, size=10, steps=4)
    array([ 0, 10, 20, 24, 34])
    """
    n, steps = checks.whole('n', n, least=1), checks.whole('steps', steps, least=0)
    size = min(checks.whole('size', size, least=1), n)
    batches = -(-n // size)
    whole_epochs, more = np.divmod(np.arange(steps + 1), batches)
    return whole_epochs * n + more * size


def line_gradients(x, y):
    """The slopes of a line's mean squared error on some of the points (x, y): what `descend_in_minibatches` asks for.

    Over a batch of m points they are 2/m Σ error · x and 2/m Σ error; averaged over equal batches, those of the whole.
    x, y: (n,). Returns a function ((slope, intercept), batch) → (2,). Raises ValueError when x and y do not pair up.

    >>> line_gradients([0, 1, 5], [1, 3, 0])(np.array([2.0, 0.0]), np.array([0, 1]))
    array([-1., -2.])
    """
    x, y = checks.points(x, y)

    def gradient(knobs, batch):
        slope, intercept = knobs
        some_x = x[batch]
        errors = slope * some_x + intercept - y[batch]
        return np.array([errors @ some_x, errors.sum()]) * (2 / len(some_x))

    return gradient


def bowl_of_points(n, seed, spread=1.0):
    """Points around (0, 0), which is exactly their mean: they make the bowl x² + y² out of examples.

    The mean squared distance of (x, y) from all of them is x² + y² and a constant, their own spread, which no step can
    change: `bowl_gradients` is the slope of that. A minibatch of them has its own mean, a little off.

    n: at least 1. spread: their standard deviation in each direction, before their mean is taken away. Returns (n, 2).

    >>> points = bowl_of_points(100, seed=0)
    >>> points.shape, float(np.abs(points.mean(axis=0)).max()) < 1e-15
    ((100, 2), True)
    """
    spread = checks.at_least('spread', spread, 0)
    points = checks.generator(seed).normal(0, spread, (checks.whole('n', n, least=1), 2))
    return points - points.mean(axis=0)


def bowl_gradients(points):
    """The slope of the mean squared distance from some of the points, 2 (place − their mean).

    points: (n, 2). Returns a function (place, batch) → (2,), as `descend_in_minibatches` asks for.

    >>> bowl_gradients([[1, 0], [-1, 0]])(np.array([2.5, 2.0]), np.array([0]))
    array([3., 4.])
    """
    points = checks.rows('points', points, width=2)
    return lambda place, batch: 2 * (place - points[batch].mean(axis=0))
