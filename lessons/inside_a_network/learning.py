"""The training itself, epoch by epoch, and what is known of the network after each. The last few are kept, to be continued."""
from collections import deque
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from core.data import digits
from core.layers import parameters
from core.schedule import orders
from core.side_by_side import answers, outcomes
from core.stepping import FAR, stepper
from lessons.inside_a_network.networks import started

TRAIN, UNSEEN = 1437, 360
UNITS = 32                  # of the first layer, of whose weights it is noted after every epoch how far they have come
EVERY = 16                  # from epoch 24 on, all weights are kept of so many epochs only: half a megabyte each
FEW = 24                    # up to so many epochs each of them is shown
GUESSING = 2.0              # a loss near ln 10 = 2.303 is that of somebody who has no idea
_kept = deque(maxlen=3)     # Walks; each takes up to some twenty-five megabytes


class Asked(NamedTuple):
    """All that a training depends on."""
    seed: int
    legs: tuple             # ((until epoch, rate, batch), …, (None, rate, batch))
    epochs: int

    def settings(self):
        """(rate, batch) of every epoch."""
        found, since = [], 0
        for until, rate, batch in self.legs:
            end = self.epochs if until is None else min(until, self.epochs)
            found += [(rate, batch)] * (end - since)
            since = max(since, end)
        return found


class Epoch(NamedTuple):
    """The network after so many epochs."""
    setting: tuple          # the (rate, batch) that led here, or None for the start
    losses: tuple           # mean cross-entropy of the digits it learns from, and of the unseen ones
    right: tuple            # the share that it gets right, of both
    said: np.ndarray        # (360,), what it says of the unseen ones
    sure: np.ndarray        # (360,), the probability of that
    added: np.ndarray       # (UNITS, 784), what the training has added to weights of the first layer
    weights: np.ndarray     # all of them, (109386,), or None where they are kept no more


class Walk(NamedTuple):
    seed: int
    epochs: list            # an Epoch for each, from the start on


class Learnt(NamedTuple):
    """A training as far as it came: where the next step would throw the weights out of reach, it ends."""
    epochs: list
    lost: bool
    weights: np.ndarray     # those after the last epoch


@cache
def lookers():
    """The digits as a training takes them, in 32 bits: training and unseen ones."""
    given = digits()
    return (given.train_x.astype(np.float32), given.train_y), (given.test_x.astype(np.float32), given.test_y)


def seen(network, vector, setting, start):
    """What is known of the network with these weights. start: the weights that it began with."""
    found = [(*outcomes(network, vector[None], x, y, 'cross_entropy'), y) for x, y in lookers()]
    said = [predictions[0].argmax(axis=1) for predictions, _, _ in found]
    return Epoch(setting, tuple(float(loss[0]) for _, loss, _ in found),
                 tuple(float((which == y).mean()) for which, (_, _, y) in zip(said, found, strict=True)),
                 said[1].astype(np.uint8), found[1][0][0].max(axis=1),
                 (vector - start)[:UNITS * 784].reshape(UNITS, 784).astype(np.float16), vector)


@lru_cache(16)
def at_start(seed):
    """The network before its first step."""
    vector = parameters(started(seed)).astype(np.float32)
    return seen(started(seed), vector, None, vector)


def known(asked):
    """(a Walk that goes as this one asks for as long as possible, how many epochs of it can be gone on from)."""
    wanted, best, most = asked.settings(), None, -1
    for walk in _kept:
        done = 0
        while walk.seed == asked.seed and done < min(len(wanted), len(walk.epochs) - 1) \
                and walk.epochs[done + 1].setting == wanted[done]:
            done += 1
        if walk.seed == asked.seed and done > most:
            best, most = walk, done
    return best, most


def begun(asked):
    """The Walk to go on with: one that is kept, a copy of the beginning of one, or a new one. And its stage is ready."""
    walk, done = known(asked)
    if walk is None:
        walk, done = Walk(asked.seed, [at_start(asked.seed)]), 0
        _kept.append(walk)
    if done == len(asked.settings()) or done == len(walk.epochs) - 1:
        return walk, done
    walk = Walk(asked.seed, walk.epochs[:done + 1])
    _kept.append(walk)
    return walk, done


def learnt(asked, told=None):
    """The training as asked, as a Learnt. told(epochs so far) is called after each; an exception that it raises ends the work,
    and what has been learnt by then is kept."""
    walk, done = begun(asked)
    settings, start = asked.settings(), walk.epochs[0].weights
    reach = FAR * max(1.0, float(np.linalg.norm(start)))
    for steps, vector, number in stepped(walk, settings, done):
        if not steps.length() <= reach:         # NaN is not <= anything, so it stops here as well
            return Learnt(walk.epochs[:number], True, weights_at(walk, settings, number - 1))
        if number > done:
            walk.epochs.append(seen(started(asked.seed), vector, settings[number - 1], start))
            thin(walk.epochs, number - 1)
            if told:
                told(walk.epochs)
    return Learnt(walk.epochs[:len(settings) + 1], False, weights_at(walk, settings, len(settings)))


def stepped(walk, settings, done, last=None):
    """Train on from the last epoch before or at `done` whose weights are known: (stepper, weights, epoch) after each."""
    x, y = lookers()[0]
    at = max(k for k in range(done + 1) if walk.epochs[k].weights is not None)
    vector, ways = walk.epochs[at].weights, {}
    for number in range(at, len(settings) if last is None else last):
        rate, batch = settings[number]
        if batch not in ways:
            ways[batch] = stepper(started(walk.seed), x, y, 'cross_entropy', batch, 'float32')
        steps = ways[batch]
        steps.load(vector)
        steps.run(rate, orders(TRAIN, batch, walk.seed, number, number + 1))
        vector = steps.vectors([steps.raw()])[0]
        yield steps, vector, number + 1


def weights_at(walk, settings, number):
    """All weights after so many epochs, trained anew from the last ones that are kept where they are not."""
    vector = walk.epochs[number].weights
    if vector is None:
        *_, (_, vector, _) = stepped(walk, settings, number, number)
    return vector


def silent(asked, weights):
    """(of the units in the second hidden layer how many answer 0 to every unseen digit, how many there are)."""
    answer = answers(started(asked.seed), weights[None], lookers()[1][0])[1][0]
    return int((answer == 0).all(axis=0).sum()), answer.shape[1]


def thin(epochs, number):
    """The weights of most later epochs are forgotten."""
    if number > FEW and number % EVERY:
        epochs[number] = epochs[number]._replace(weights=None)


def shown(epochs):
    """Which epochs are shown: all, or the first ones all and later ones further and further apart.

    >>> shown(3), shown(200)[:4], shown(200)[-2:], len(shown(200))
    ([0, 1, 2, 3], [0, 1, 2, 3], [184, 200], 25)
    """
    if epochs <= FEW:
        return list(range(epochs + 1))
    return sorted({max(k, round(epochs * (k / FEW) ** 2)) for k in range(FEW + 1)})
