"""A run is a training that was recorded, frame by frame: it can be played, stopped, and looked at from all sides."""
from typing import NamedTuple

import numpy as np

from core.backprop import backward
from core.curvature import hessian, largest_stable_rate
from core.layers import Network, count_parameters, parameters, with_parameters

VERDICTS = ('finished', 'diverged')
FEW = 100          # weights up to which the curvature of the loss is found by nudging
HARDLY = 1e6       # a rate that would still be stable here says that there is no curvature worth the name


class Task(NamedTuple):
    """What is to be learnt, checked, and how the examples come."""
    network: Network    # the start
    x: np.ndarray       # (n, in)
    target: np.ndarray  # (n, out), or labels (n,)
    loss: str
    batch: int          # examples to a step, at most n
    seed: int
    dtype: str


class Run(NamedTuple):
    """A recorded training. Every number in it is finite, whatever the rate."""
    epochs: np.ndarray       # (k,), after how many epochs each frame was taken; the first is 0
    losses: np.ndarray       # (k,), over all examples
    parameters: np.ndarray   # (k, P), each row in the order of `layers.parameters`
    predictions: np.ndarray  # (k, n, out)
    verdict: str             # one of VERDICTS
    says: str                # the verdict in a sentence
    rates: tuple             # ((epoch, rate), …): from this epoch on, this rate
    task: Task

    def network(self, index):
        """The network of frame `index`; −1 is the last."""
        return with_parameters(self.task.network, self.parameters[index])

    def network_at(self, epoch):
        """The network after `epoch` epochs. Raises ValueError where that was not recorded."""
        return self.network(self.frame(epoch))

    def frame(self, epoch):
        """Which frame was taken after `epoch` epochs. Raises ValueError where none was."""
        found = np.flatnonzero(self.epochs == epoch)
        if not len(found):
            raise ValueError(f'epoch is {epoch}, and needs to be one of the {len(self.epochs):,} recorded ones, '
                             f'from {self.epochs[0]:,} to {self.epochs[-1]:,}.')
        return int(found[0])

    @property
    def stable_rate(self):
        """The largest rate that is stable where the run ended (where it began, if it diverged), or None."""
        return stable_rate(self.task, self.network(0 if self.verdict == 'diverged' else -1))


def stable_rate(task, network):
    """The largest rate whose steps do not throw this network out of its valley: 2 / the largest curvature of the loss.

    The curvature is found by nudging the gradient, and holds for the ground right here: a network that is thrown out
    may find flatter ground elsewhere. Only for a single linear layer is it the same everywhere.
    None where it cannot be said: with batches, which have a valley each; with more than 100 weights; and where the loss
    hardly curves upward in any direction.
    """
    if task.batch < len(task.x) or count_parameters(network) > FEW:
        return None

    def gradient(vector):
        return parameters(backward(with_parameters(network, vector), task.x, task.target, task.loss))

    try:
        rate = largest_stable_rate(hessian(gradient, parameters(network)))
    except ValueError:  # no direction curves upward, or there are no slopes to be had here
        return None
    return float(rate) if rate < HARDLY else None
