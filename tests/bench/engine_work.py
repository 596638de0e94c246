"""What the engine and its peers are asked to do in a race, how we do it, and when a race counts.

Before a race all who take part do the same from the same start, and what they end with has to be the same numbers.
"""
import json
import sys
from typing import NamedTuple

import numpy as np

from core import schedule, training
from core.data import BITS, OR, XOR, digits, spiral
from core.network import Network, new_network, parameters
from core.scalar_training import EXAMPLES, TARGETS
from tests.bench.engine_race import in_words, medians, race

OURS, SEED = 'ours', 1
SHUFFLES = 4                # epochs after which the peers use the same orders again
SAME = 1e-9                 # relative: rounding differs with the order of a sum
SAME_IN_FLOAT32 = 1e-3


class Training(NamedTuple):
    """A network to train, and how. Peers get all of it as it stands."""
    network: Network
    x: np.ndarray
    target: np.ndarray
    loss: str
    rate: float
    batch: int | None = None
    orders: tuple | None = None         # of the examples, for each epoch: those that our engine takes
    dtype: str = 'float64'

    def in_batches(self, size, dtype='float64'):
        orders = tuple(schedule.orders(len(self.x), size, SEED, 0, SHUFFLES))
        return self._replace(batch=size, orders=orders, dtype=dtype)


class Ours:
    """Trains the network of a problem. A run starts anew each time, with all that belongs to it: checks, first and last frame."""

    def __init__(self, problem):
        self.problem = problem

    def after(self, epochs):
        network, x, target, loss, rate, batch, _, dtype = self.problem
        done = training.train(network, x, target, loss, rate, epochs, batch=batch, seed=SEED, shown=[epochs], dtype=dtype)
        assert done.verdict == 'finished', done.says
        return done.parameters[-1]

    run = after


def xor(sizes, shortcut=False):
    return Training(new_network(sizes, SEED, shortcut=shortcut), BITS, XOR, 'sum_squared_error', 0.5)


def perceptron():
    return Training(new_network((2, 1), SEED), BITS, OR, 'sum_squared_error', 0.5)


def spiral_in_batches():
    points, labels = spiral(500, seed=SEED)
    return Training(new_network((2, 8, 8, 1), SEED, 'tanh', 'sigmoid'), points, labels, 'mean_squared_error', 0.1).in_batches(10)


def lecture(bend):
    """micrograd's MLP(3, [4, 4, 1]): with tanh, as in the lecture, or with relu, as in the repository."""
    end, rate = {'tanh': ('tanh', 0.1), 'relu': ('linear', 0.002)}[bend]
    network = new_network((3, 4, 4, 1), SEED, bend, end)
    return Training(network, np.array(EXAMPLES), np.array(TARGETS)[:, None], 'sum_squared_error', rate)


def digits_in_batches(size, dtype):
    data, network = digits(), new_network((784, 128, 64, 10), SEED, 'relu', 'softmax', start='scaled')
    return Training(network, data.train_x, data.train_y, 'cross_entropy', 0.05).in_batches(size, dtype)


def train(what, problem, peers, goals, steps=1, **turns):
    """Race a training problem. peers: name → what makes the peer. steps: in an epoch, where the time of one is asked for."""
    runners = {OURS: Ours(problem)} | {name: make(problem) for name, make in peers.items()}
    same(what, {name: runner.after(problem.orders and SHUFFLES or 20) for name, runner in runners.items()},
         SAME if problem.dtype == 'float64' else SAME_IN_FLOAT32, start=parameters(problem.network))
    spent = race({name: runner.run for name, runner in runners.items()}, **turns)
    return row(what, {name: [one / steps for one in rounds] for name, rounds in spent.items()}, goals)


def repeated(do, *arguments):
    """Returns run(times), which does it so many times and returns what came out the last time."""
    def run(times):
        for _ in range(times):
            result = do(*arguments)
        return result
    return run


def same(what, answers, tolerance=SAME, start=None):
    """All answers are those of the first, our own; and where they are trained from a start, they have left it."""
    first = np.asarray(answers[OURS])
    scale = np.abs(first).max()
    for name, answer in answers.items():
        apart = np.abs(np.asarray(answer) - first).max() / scale
        if np.shape(answer) != first.shape or not apart <= tolerance:
            sys.exit(f'{what}: {name} ends {apart:.1e} away from ours, so there is nothing to compare.')
    if start is not None and np.abs(first - start).max() < 1e-3 * scale:
        sys.exit(f'{what}: nothing was learnt, so there is nothing to compare.')


def row(what, spent, goals):
    """spent: name → seconds in each round. goals: peer → how many times its time ours is to be worth, at least.

    A peer that may be written in several ways goes by its fastest: the goal is for the name up to the comma.
    """
    cpu = medians(spent)

    def best(peer):
        return min(seconds for name, seconds in cpu.items() if name.split(',')[0] == peer)
    return {'what': what, 'goals': goals, 'ratios': {peer: best(peer) / cpu[OURS] for peer in goals}, 'cpu': cpu, 'rounds': spent}


def main(parts, versions):
    """`python -m tests.bench.engine_with_… FILE` does all parts; with names behind it only those."""
    rows = []
    for name in sys.argv[2:] or parts:
        for made in parts[name]():
            print(f'  {made["what"]}:', ', '.join(f'{who} {in_words(cpu)}' for who, cpu in made['cpu'].items()), flush=True)
            rows.append(made)
    with open(sys.argv[1], 'w') as file:
        json.dump({'rows': rows, 'versions': {'python': sys.version, 'numpy': np.__version__} | versions}, file)
