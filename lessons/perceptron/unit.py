"""One sigmoid unit with two inputs: where it starts, what it answers, and its training on OR. Kept for all readers."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.activations import sigmoid
from core.data import BITS, OR
from core.layers import Layer, Network, parameters
from core.loss import sum_squared_error
from core.network import new_network
from core.training import continue_run, train
from lessons.perceptron.sandbox import ROWS, listed
from lessons.rate import rate_text

SNAPSHOT = (-0.786, -0.276, -0.520)         # w₁, w₂, b: the unit that the lesson begins with
PRINTED = (0.3, 0.4, 0.5, 0.6)              # predictions as a book prints them, to one decimal
EPOCHS = 2000
NEAR = 0.1                                  # of its target: an output that counts as learnt
SOLID = 40                                  # epochs that are all shown; later ones ever more rarely
SPREAD = 2.0                                # how far from 0 a new start goes
TARGET = OR.ravel()
FLAT = 0.005                                # a slope of the sigmoid, at a wrong answer, that hardly moves anything
HARDLY = 0.02                               # of the loss: a training that has won no more has hardly begun


def network(w1, w2, b):
    return Network((Layer(np.array([[w1, w2]]), np.array([b]), 'sigmoid'),))


def start(seed, weights):
    """(w₁, w₂, b): set by hand, or the snapshot where the seed is 0, or drawn."""
    if weights:
        return tuple(map(float, weights[0]))
    if seed == 0:
        return SNAPSHOT
    return tuple(np.round(parameters(new_network((2, 1), seed, spread=SPREAD)), 3).tolist())


def answers(w1, w2, b):
    """What the unit says to the four patterns, (4,)."""
    return sigmoid(BITS @ np.array([w1, w2]) + b)


def fourth(p00, p01, p10):
    """What a unit must say to (1, 1) if it says these three to the others: three numbers settle all there is to settle."""
    z00, z01, z10 = (float(np.log(p / (1 - p))) for p in (p00, p01, p10))
    return float(sigmoid(z01 + z10 - z00))


class Taught(NamedTuple):
    """A training, at the epochs that are shown."""
    epochs: np.ndarray      # (k,)
    weights: np.ndarray     # (k, 3): w₁, w₂, b
    outputs: np.ndarray     # (k, 4)
    losses: np.ndarray      # (k,) sum or mean, as it was asked for
    done: int | None        # after how many epochs all outputs were near their targets for the first time
    says: str


@lru_cache(128)
def teach(begin, legs, mean):
    """Train the unit on OR. legs: ((until, rate), …, (None, rate)): the rates, each until that epoch."""
    loss = 'mean_squared_error' if mean else 'sum_squared_error'
    changes, since = [], 0
    for until, rate in legs:
        if until is None or until > since:
            changes.append((since, rate))
            since = until
        if since is None or since >= EPOCHS:
            break
    late = np.round(np.geomspace(SOLID, EPOCHS, 141)).astype(int).tolist()
    shown = sorted({*range(SOLID), *late, *(epoch for epoch, _ in changes)})
    run = train(network(*begin), BITS, OR, loss, changes, EPOCHS, shown=shown)
    outputs = run.predictions[:, :, 0]
    done = first_near(run, outputs)
    says = 'The weights were thrown out of reach: the rate is too large.' if run.verdict == 'diverged' else \
        verdict(outputs, run.losses, done, mean, legs)
    for part in (run.epochs, run.parameters, outputs, run.losses):
        part.flags.writeable = False
    return Taught(run.epochs, run.parameters, outputs, run.losses, done, says)


def near(outputs):
    return np.abs(outputs - TARGET).max(axis=-1) <= NEAR


def first_near(run, outputs):
    """The first epoch after which all outputs were near: between two that are shown, every one is looked at."""
    fine = near(outputs)
    if not fine.any():
        return None
    first = int(fine.argmax())
    if first == 0:
        return 0
    before = int(run.epochs[first - 1])
    rate = [rate for epoch, rate in run.rates if epoch <= before][-1]
    between = continue_run(run, before, rate, int(run.epochs[first]) - before)
    return int(between.epochs[first - 1:][near(between.predictions[first - 1:, :, 0])][0])


def verdict(outputs, losses, done, mean, legs):
    """How a training ended, in a sentence or two."""
    last, rate = outputs[-1], legs[-1][1]
    stuck = np.flatnonzero(((last > 0.5) != (TARGET > 0.5)) & (last * (1 - last) < FLAT))
    same = f' It is the run of the sum with the rate {rate_text(rate / 4)}.' if mean and len(legs) == 1 else ''
    if done is not None and near(outputs[-1]):
        return (f'Learnt: all four outputs are within {NEAR} of their targets after '
                f'{done:,} {"epoch" if done == 1 else "epochs"}.{same}')
    if len(stuck):
        said = listed([ROWS[row] for row in stuck]) + (' is' if len(stuck) == 1 else ' are')
        return (f'Stuck: {said} answered wrongly, and with weights this large σ is so flat there that its slope, almost 0, '
                f'moves nothing.{same}')
    if losses[0] - losses[-1] < HARDLY * losses[0]:
        return f'It has hardly moved: with steps this small, {EPOCHS:,} epochs are not enough.{same}'
    return f'Still on its way: after {EPOCHS:,} epochs not all outputs are within {NEAR} of their targets.{same}'


def unit_total(w1, w2, b):
    """The sum of the squared errors of this unit on OR."""
    return sum_squared_error(answers(w1, w2, b), TARGET)
