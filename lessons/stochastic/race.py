"""Two walks down one ground from one start: one asks all examples before each step, the other a few. Kept for all readers."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.gradient_descent import walk
from core.stochastic import minibatches
from lessons.stochastic.grounds import GROUNDS

STEPS = 40                  # of both walks, where they are counted
PASSES = 16                 # over all examples, where the work is counted: a step of the full batch is one
FINEST = 16                 # moments to a pass, at most


class Walk(NamedTuple):
    """A walk; where it was lost, the step that would follow leads out of the world."""
    path: np.ndarray        # (steps + 1, 2)
    heights: np.ndarray     # (steps + 1,)
    lost: bool
    says: str

    @property
    def steps(self):
        return len(self.path) - 1


class Race(NamedTuple):
    """Both walks, and where they are at each moment that is shown."""
    full: Walk
    few: Walk
    batches: list           # (steps + 1) arrays: those that the minibatch walk asks before each step, and the next ones
    full_at: np.ndarray     # (frames,) steps made, or attempted by a walk that is lost
    few_at: np.ndarray      # (frames,)
    seen: np.ndarray        # (frames,) examples that the minibatch walk has seen


@lru_cache(128)
def race(on, clock, start, size, legs, seed):
    """The race on GROUNDS[on] from start, counted in 'steps' or in 'work', with minibatches of `size`.

    legs: ((until, rate), …, (None, rate)): the rates, each until that step of the minibatch walk; the full batch changes its
    own at the same moment.
    """
    ground = GROUNDS[on]
    n = ground.n
    if clock == 'steps':
        full_at = few_at = np.arange(STEPS + 1)
    else:
        few_at = np.arange(0, PASSES * n + 1, max(size, n // FINEST)) // size
        full_at = few_at * size // n
    batches, chance, needed = [], np.random.default_rng(seed), int(few_at[-1]) + 1
    while len(batches) < needed:
        batches += minibatches(n, size, chance)
    batches, everything = batches[:needed], np.arange(n)
    own = legs if clock == 'steps' else tuple((until and until * size // n, rate) for until, rate in legs)
    few = walk_down(ground, start, batches[:-1], legs)
    full = walk_down(ground, start, [everything] * int(full_at[-1]), own)
    out = ((full_at > full.steps) if full.lost else False) & ((few_at > few.steps) if few.lost else False)
    frames = int(np.argmax(out)) + 1 if np.any(out) else len(few_at)
    return Race(full, few, batches, full_at[:frames], few_at[:frames], few_at[:frames] * size)


def walk_down(ground, start, batches, legs):
    """One step for each batch, at the rate of its leg."""
    gradient, everything, path, lost = ground.gradient, np.arange(ground.n), [np.array(start, float)], False
    for until, rate in legs:
        slopes = (lambda place, batch=batch: gradient(place, batch) for batch in batches[len(path) - 1:until])
        found = walk(slopes, lambda place: gradient(place, everything), path[-1], rate)
        path += list(found.path[1:])
        lost = found.verdict == 'diverged'
        if lost:
            break
    path = np.array(path)
    return Walk(path, ground.heights(path), lost, found.says)


def smoothed(losses, half):
    """Each loss as the mean of those up to `half` steps before and after it, near the ends of as many as there are.

    >>> smoothed(np.array([9.0, 2.0, 4.0, 3.0, 2.0]), half=1)
    array([9., 5., 3., 3., 2.])
    """
    sums, i = np.concatenate([[0], np.cumsum(losses)]), np.arange(len(losses))
    width = np.minimum(np.minimum(i, i[::-1]), half)
    return (sums[i + width + 1] - sums[i - width]) / (2 * width + 1)


@lru_cache(64)
def dance(size, rate, steps=1200, seeds=4):
    """The mean loss of a minibatch walk in the bowl once it no longer comes nearer: after a quarter of so many steps."""
    ground, losses = GROUNDS['bowl'], []
    for seed in range(1, seeds + 1):
        batches, chance = [], np.random.default_rng(seed)
        while len(batches) < steps:
            batches += minibatches(ground.n, size, chance)
        losses.append(walk_down(ground, ground.start, batches[:steps], ((None, rate),)).heights[steps // 4:].mean())
    return float(np.mean(losses))
