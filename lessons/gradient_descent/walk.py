"""A walk down a hill with a rate that may change on the way, as the lesson shows it. Pure functions, kept for all readers."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.gradient_descent import descend
from core.ground import FAR, FLAT
from core.rates import try_rate
from lessons.gradient_descent.hills import HILLS

LOST = 'diverge', 'no bottom'


class Walked(NamedTuple):
    """A walk with what is seen of it. A step is what leads from one place to the next."""
    places: np.ndarray      # (steps + 1,)
    heights: np.ndarray     # (steps + 1,)
    slopes: np.ndarray      # (steps + 1,)
    rates: np.ndarray       # (steps + 1,), the last one is that of the step that would follow
    lost: bool              # the step that would follow leads out of the world
    name: str               # what the rate does here: one of core.rates.RATES
    says: str

    @property
    def steps(self):
        return len(self.places) - 1


@lru_cache(256)
def walk(hill, start, legs, most):
    """Walk down HILLS[hill] from start, at most `most` steps. legs: ((until, rate), …, (None, rate)), the last without end.

    It ends where it has arrived, or before a step that would lead a million times further out than it began. Where the
    ground is level at the start it takes one step, so that this can be seen.
    """
    f, slope = HILLS[hill].f, HILLS[hill].slope
    path, rates, lost, reach = [start], [], False, FAR * max(1.0, abs(start)) * (1 + 1e-9)
    for until, rate in legs:
        steps = (most if until is None else min(until, most)) - len(rates)
        if steps > 0 and not lost:
            trial = try_rate(slope, path[-1], rate, max(8, steps))
            steps = min(steps, max(trial.steps, trial.name == 'stands still'))      # until it comes to rest, or is lost
            path += descend(slope, path[-1], rate, steps).path[1:].tolist()
            rates += [rate] * steps
            lost = not abs(path[-1] - rate * float(slope(path[-1])) - start) <= reach
    places = np.array(path)
    outside = np.flatnonzero(np.abs(places - start) > reach)
    if len(outside):                                        # a rate that was changed far out leads further
        places, lost = places[:outside[0]], True
    slopes = np.asarray(slope(places), float)
    flat = np.flatnonzero(np.abs(slopes) <= max(FLAT * abs(slopes[0]), 1e-12))
    if len(flat):
        places, lost = places[:max(flat[0], 1) + 1], False
    n = len(places)
    rates = np.array([*rates, legs[-1][1]])[:n]
    name, says = judged(slope, places, rates, most)
    return Walked(places, np.asarray(f(places), float), slopes[:n], rates[:n], lost, name, says)


def judged(slope, places, rates, most):
    """What the present rate does to the walk, in a word and a sentence, seen from where it was set."""
    changes = np.flatnonzero(np.diff(rates)) + 1
    since = int(changes[-1]) if len(changes) else 0
    trial = try_rate(slope, float(places[since]), float(rates[-1]), max(8, most - since))
    return trial.name, (f'From step {since + 1} on, with the new rate: ' if since else '') + trial.says
