"""The training loop of micrograd's lecture: compute the loss, hand the slopes back, step downhill, and again.

Twenty steps bring a network of 41 numbers from chance to four right answers. Forget to set the gradients back to 0
in between, and each step is pulled by the slopes of all places where the network has been before. Most networks rush
down all the faster, as a ball does that nothing brakes; but one in five, instead of one in a hundred, flies so far out
that its tanhs are flat there, and keeps an answer or two wrong.
"""
from functools import reduce
from operator import add
from typing import NamedTuple

import numpy as np

from core import checks
from core.autograd import Value
from core.replay import Replay

EXAMPLES = ((2.0, 3.0, -1.0), (3.0, -1.0, 0.5), (0.5, 1.0, 1.0), (1.0, 1.0, -1.0))  # the lecture's four,
TARGETS = (1.0, -1.0, -1.0, 1.0)                                                    # and what they should give
VERDICTS = ('finished', 'diverged')


def squared_error(network, xs, ys):
    """The loss of the lecture, Σ (prediction − target)²: a Value, with the whole graph behind it.

    xs: examples, each a row of inputs. ys: their targets. The network has one output.
    Raises ValueError when it has more, or when there are not as many targets as examples.

    >>> from core.scalar_network import MLP
    >>> loss = squared_error(MLP(3, [4, 4, 1]), EXAMPLES, TARGETS)
    >>> loss.backward()
    """
    xs, ys = checks.rows('xs', xs).tolist(), checks.row('ys', ys).tolist()
    if len(xs) != len(ys):
        raise ValueError(f'there are {len(xs)} examples and {len(ys)} targets, and each example needs its own.')
    errors = []
    for x, y in zip(xs, ys, strict=True):
        predicted = network(x)
        if not isinstance(predicted, Value):
            raise ValueError(f'the network has {len(predicted)} outputs, and this loss needs it to have one.')
        errors.append((predicted - Value(y, label='y')) ** 2)
    loss = reduce(add, errors)
    loss.label = 'L'
    return loss


class Training(NamedTuple):
    """What a network went through: all that is recorded is finite."""
    losses: np.ndarray      # (k,), the first before any step; k = steps + 1 unless it diverged
    parameters: np.ndarray  # (k, parameters), for `assign`
    verdict: str            # one of VERDICTS
    says: str               # the verdict in a sentence


def train(network, xs, ys, rate, steps, zero_grad=True):
    """Compute the loss, hand the gradients back, step downhill, and again. The network stays as it was.

    It does what the lecture does, with a Replay of the loss instead of a new graph in every step:
        network.zero_grad();  loss.backward();  parameter.data −= rate · parameter.grad
    zero_grad: whether gradients are set to 0 before each step; when not, the old ones go on pulling. rate: 0 or more.
    Returns a Training. Raises ValueError when the start itself has no finite loss, and as `squared_error` does.

    >>> from core.scalar_network import MLP
    >>> train(MLP(3, [4, 4, 1]), EXAMPLES, TARGETS, rate=0.1, steps=20).losses[-1] < 0.1
    np.True_
    """
    parameters = network.parameters()
    replay = Replay(squared_error(network, xs, ys), parameters)
    return downhill(replay, [parameter.data for parameter in parameters], rate, steps, zero_grad)


def downhill(replay, numbers, rate, steps, zero_grad=True):
    """The same with a Replay that is there already: from these numbers at its leaves, so many steps down its slopes.

    >>> from core.autograd import Value
    >>> x = Value(3)
    >>> downhill(Replay(x * x, [x]), [3.0], rate=0.25, steps=2).losses
    array([9.    , 2.25  , 0.5625])
    """
    rate, steps = checks.at_least('rate', rate, 0), checks.whole('steps', steps, least=0)
    numbers = checks.row('numbers', numbers)
    loss, gradient = replay(numbers)
    pull, losses, path = gradient, [loss], [numbers]
    for step in range(1, steps + 1):
        with np.errstate(all='ignore'):  # a step beyond all numbers is refused by the replay, in words
            numbers = numbers - rate * pull
        try:
            loss, gradient = replay(numbers)
        except ValueError as trouble:
            return Training(np.array(losses), np.array(path), 'diverged', f'Step {step} went wrong: {trouble}')
        with np.errstate(all='ignore'):
            pull = gradient if zero_grad else pull + gradient
        losses.append(loss)
        path.append(numbers)
    return Training(np.array(losses), np.array(path), 'finished', f'All {steps} steps were taken.')
