"""A walk down a hill with a rate that may change on the way, as the lesson shows it. Pure functions, kept for all readers."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.gradient_descent import descend
from core.ground import FAR, way_down
from core.rates import Band, bands, landmarks, shrink_factor, try_rate, try_rates, what_a_rate_does
from lessons.gradient_descent.hills import HILLS, curvature, kink
from lessons.rate import LEAST, MOST, kept
from lessons.short import short

GOOD = 'crawl', 'smooth', 'one step', 'zig-zag'         # what leads to the bottom, sooner or later
ASKING = 'diverge', 'endless zig-zag', 'never rests', 'no bottom'      # what a reader may want to be led back from
TRIED = np.logspace(-2.5, 1, 141)        # rates that are tried where arithmetic does not tell: all that the ruler shows
GENTLE = (3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)


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
    path, rates, reach = [start], [], FAR * max(1.0, abs(start)) * (1 + 1e-9)
    for until, rate in legs:
        since, left = len(rates), most - len(rates)
        if until is not None and until <= since or left <= 0:
            continue
        seen = left if until is None else min(left, until - since + 1)      # one more tells whether it goes on
        trial = try_rate(slope, path[-1], rate, max(8, seen))
        goes = min(left, max(trial.steps, trial.name == 'stands still'))    # until it comes to rest, or is lost
        steps = goes if until is None else min(goes, until - since)
        path += descend(slope, path[-1], rate, steps).path[1:].tolist()
        rates += [rate] * steps
        if steps == goes < left or not abs(path[-1] - start) <= reach:
            break
    places, rates = np.array(path), np.array([*rates, rate])
    inside = np.abs(places - start) <= reach                # a rate that was changed far out leads further
    n = len(places) if inside.all() else int(inside.argmin())
    places, rates = places[:n], rates[:n]
    heights, slopes = np.asarray(f(places), float), np.asarray(slope(places), float)
    for numbers in (places, heights, slopes, rates):
        numbers.flags.writeable = False
    would = places[-1] - rates[-1] * slopes[-1]
    beyond = [FAR * max(1.0, abs(far)) for far in (start, places[min(since, n - 1)])
              if not abs(would - far) <= FAR * max(1.0, abs(far)) * (1 + 1e-9)]
    says = since_then(trial, since, f'Step {n} would land more than {min(beyond):,.0f} away' if beyond else None)
    kinked = at_a_kink(HILLS[hill], places[0])
    if kinked:
        says = kinked + ('No rate takes a step from here.' if trial.name == 'stands still' else says)
    return Walked(places, heights, slopes, rates, bool(beyond), trial.name, says)


def since_then(trial, since, lost):
    """What became of the walk, in a sentence, where its last rate came after `since` steps; lost: how it was lost, if so."""
    if lost and 'would land' in trial.says:
        return lost + trial.says[trial.says.index(' away') + len(' away'):]
    if not since:
        return trial.says
    return f'Counted from step {since + 1}, where the rate was changed: {trial.says[0].lower()}{trial.says[1:]}'


def at_a_kink(hill, place):
    """What is said of a place that has no slope; '' where it has one."""
    sides = kink(hill, float(place))
    return sides and (f'There is no slope at this kink, but {short(sides[0])} on its left and {short(sides[1])} on its right; '
                      f'as most programs do, we take {short(float(hill.slope(place)))}. ') or ''


@lru_cache(256)
def ruler(hill, start):
    """What every rate does on this hill from this start: Bands. On a parabola they follow from its curvature."""
    curved = curvature(HILLS[hill])
    if curved is None:
        return bands(try_rates(HILLS[hill].slope, start, TRIED))
    if float(HILLS[hill].slope(start)) == 0:
        return (Band('stands still', LEAST, MOST),)
    smooth, one_step, diverge = landmarks(curved)
    return (Band('crawl', LEAST, smooth), Band('smooth', smooth, one_step), Band('one step', one_step, one_step),
            Band('zig-zag', one_step, diverge), Band('endless zig-zag', diverge, diverge), Band('diverge', diverge, MOST))


def rate_name(hill, start, rate):
    """What this rate does on this hill from this start, in a word."""
    curved = curvature(HILLS[hill])
    if curved is not None and float(HILLS[hill].slope(start)) != 0:
        return what_a_rate_does(rate, curved)
    return try_rate(HILLS[hill].slope, start, rate).name


@lru_cache(64)
def gentler(hill, start):
    """A round rate that leads down smoothly from here, or at least leads down; None if none of them does."""
    tried = try_rates(HILLS[hill].slope, start, np.array(GENTLE))
    smooth = [trial.rate for trial in tried if trial.name == 'smooth']
    good = [trial.rate for trial in tried if trial.name in GOOD]
    return next(iter(smooth or good[::-1]), None)


@lru_cache(64)
def starts_with_a_bottom(hill):
    """Round places on a hill from which the smallest steps lead to a bottom, for all readers."""
    low, high = HILLS[hill].xs
    places = [float(f'{place:.6g}') for place in np.arange(low, high + 1e-9, HILLS[hill].stride * 2)]
    return tuple(place for place in places if way_down(HILLS[hill].slope, place).ends == 'bottom')


def factor(rate, curved):
    """What is left of the way after each step on a parabola, to nine decimals: those that follow are the rate's own rounding."""
    return round(shrink_factor(rate, curved), 9) + 0.0


def one_step(curved):
    return kept(landmarks(curved).one_step), kept(landmarks(curved).diverge)
