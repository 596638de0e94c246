"""Forward, loss, backward, update, and again: the weights of each update, with everything that led to it."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core import checks
from core.backprop import backward, loss_of
from core.layers import parameters
from core.network import forward
from core.training import step
from lessons.backprop import nets
from lessons.short import short

UPDATES = 60
FAR = 1e9               # as large as a weight may become before we stop


class Learning(NamedTuple):
    """n updates; where the next one would lead out of reach, it is not made."""
    weights: np.ndarray     # (n + 1, P)
    slopes: np.ndarray      # (n + 1, P)
    losses: np.ndarray      # (n + 1,)
    answers: np.ndarray     # (n + 1, examples)
    rates: np.ndarray       # (n + 1,): the rate that follows
    lost: bool

    @property
    def updates(self):
        return len(self.losses) - 1


@lru_cache(maxsize=64)
def learnt(net, weights, x, target, loss, legs, most=UPDATES):
    """Train from these weights, one update for all the examples. legs: ((until update, rate), …, (None, the last))."""
    network, found, lost = nets.start(net, 0, weights), [], False
    for done in range(most + 1):
        rate = next(rate for until, rate in legs if until is None or done < until)
        try:
            slopes = backward(network, x, target, loss)
            reached = loss_of(network, x, target, loss)
            after = step(network, slopes, rate)
            checks.numbers('the weights', parameters(after))
        except ValueError:
            lost = True
            break
        found.append((parameters(network), parameters(slopes), reached, forward(network, x).output[:, 0], rate))
        if np.abs(parameters(after)).max() > FAR:
            lost = True
            break
        network = after
    return Learning(*(np.array(part) for part in zip(*found, strict=True)), lost)


def verdict(run, patterns):
    """How it ended, in a sentence."""
    first, last = run.losses[0], run.losses[-1]
    change = f'from {short(float(first))} to {short(float(last))}'
    slopes, moved = np.abs(run.slopes[-1]).max(), np.abs(run.weights[-1] - run.weights[0]).max()
    if run.lost:
        return 'The next update would throw the weights out of reach: the rate is far too large.'
    if slopes < 1e-7 and last > 0.05:
        return (f'The loss stays at {short(float(last))}: every unit is sure of itself, σ′ is next to nothing, and with it every '
                'slope. No rate of a reasonable size moves these weights.')
    if moved == 0 or abs(first - last) < 1e-6 * max(first, 1e-12):
        return f'The loss has hardly moved, {change}: the rate is too small to see anything happen.'
    if last > first:
        return f'The loss went up, {change}: the steps were too large.'
    fits = 'All four patterns pull at the same weights' if patterns == 4 else 'This one pattern is all it was shown'
    return f'After {run.updates} updates the loss went {change}. {fits}.'


def as_rows(vector):
    """Weights as a Parameter holds them."""
    return [[float(weight)] for weight in vector]


