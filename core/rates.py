"""One number decides whether a walk downhill crawls, arrives, jumps to and fro, or flies off: the rate.

On a parabola arithmetic tells which. On any other curve it depends on where the walk starts, so each rate is tried:
the walk is walked, all rates at once. A walk that leaves is only blamed on the rate if a smaller one would arrive.
"""
from typing import NamedTuple

import numpy as np

from core import checks
from core.trials import judge, watch

RATES = ('stands still', 'crawl', 'smooth', 'one step', 'zig-zag', 'endless zig-zag', 'diverge',
         'never rests', 'another valley', 'no bottom')  # the last three do not happen on a parabola


class Landmarks(NamedTuple):
    """The rates at which a walk on a parabola changes its kind."""
    smooth: float     # from here on each step leaves at most nine tenths of the way
    one_step: float   # this one lands on the bottom
    diverge: float    # at this one the walk jumps to and fro for ever, above it it flies off


class Trial(NamedTuple):
    """What became of the walk with one rate."""
    rate: float
    name: str    # one of RATES
    says: str    # the same in a sentence
    steps: int   # how many it took, to arrive, to leave, or all that it was given
    end: float   # where it stood then; a walk that leaves is stopped one step before


class Band(NamedTuple):
    """Neighbouring rates that give walks of one kind."""
    name: str
    low: float
    high: float


def shrink_factor(rate, curvature):
    """On a parabola each step multiplies the distance to the bottom by 1 − rate · curvature, curvature being f″.

    >>> shrink_factor(rate=0.05, curvature=6)
    0.7
    """
    return 1 - checks.number('rate', rate) * checks.number('curvature', curvature)


def landmarks(curvature):
    """The rates at which the walk on a parabola of this curvature (f″, above 0) changes its kind.

    >>> landmarks(curvature=4)
    Landmarks(smooth=0.025, one_step=0.25, diverge=0.5)
    """
    curvature = _curvature(curvature)
    return Landmarks(0.1 / curvature, 1 / curvature, 2 / curvature)


def what_a_rate_does(rate, curvature):
    """Name the walk that a rate gives on a parabola whose slope changes by `curvature` (f″) for each unit of x.

    The answer is one of the first seven of RATES. With a factor 1 − rate · curvature between 0 and 1 the walk stays on
    its side of the valley (a crawl above 0.9), with a negative one it jumps across, and beyond −1 it lands further out
    each time. rate: 0 or more. curvature: above 0. Raises ValueError for anything else.

    >>> [what_a_rate_does(rate, curvature=6) for rate in (0.01, 0.05, 1/6, 0.25, 0.4)]
    ['crawl', 'smooth', 'one step', 'zig-zag', 'diverge']
    """
    factor = shrink_factor(checks.at_least('rate', rate, 0), _curvature(curvature))
    if rate == 0:
        return 'stands still'
    if abs(factor) < 1e-9:
        return 'one step'
    if abs(factor + 1) < 1e-9:
        return 'endless zig-zag'
    if factor > 0:
        return 'crawl' if factor > 0.9 else 'smooth'
    return 'zig-zag' if factor > -1 else 'diverge'


def try_rate(slope, start, rate, steps=200):
    """Walk down a curve from `start` with one rate and say what became of it: a Trial. As `try_rates` does.

    >>> try_rate(lambda x: 3 * x**2 - 3, start=2.0, rate=0.5).says
    'Step 5 would land more than 2,000,000 away: the rate is too large. Smaller ones lead to the bottom at 1.'
    >>> try_rate(lambda x: 3 * x**2 - 3, start=-2.0, rate=0.01).name
    'no bottom'
    """
    return try_rates(slope, start, [rate], steps)[0]


def try_rates(slope, start, rates, steps=200):
    """Walk down a curve from `start` with each of the rates, all at once, and say what became of each walk.

    A walk has arrived when its slope is a thousand-millionth of that at the start, and has left a million away (a
    million times the size of the start, where that is above 1). On a parabola the names are those of
    `what_a_rate_does`. Elsewhere 'crawl' has not arrived or comes no more than a tenth nearer with each of its last
    steps, 'another valley' is not the one that small steps lead to, 'endless zig-zag' jumps across and back for ever, 'never
    rests' strays for ever, and 'no bottom' means that the smallest steps lead down for ever as well.

    slope: x → dy/dx, for arrays. start: a number. rates: (m,), 0 or more. steps: a whole number, at least 8.
    Returns m Trials. Raises ValueError for anything else.

    >>> [trial.name for trial in try_rates(np.cos, start=0.0, rates=[0.01, 0.5, 1.5, 2.5, 4.0])]
    ['crawl', 'smooth', 'zig-zag', 'endless zig-zag', 'never rests']
    """
    start, rates = checks.number('start', start), checks.row('rates', rates)
    checks.at_least('the smallest rate', rates.min(), 0)
    walks = watch(slope, start, rates, checks.whole('steps', steps, least=8))
    return tuple(Trial(walk.rate, *verdict, walk.steps, walk.end)
                 for walk, verdict in zip(walks, judge(walks, slope, start), strict=True))


def bands(trials):
    """Put neighbouring trials of one name together: what a ruler of rates shows. Each band reaches half-way, by ratio.

    trials: from `try_rates`, rates above 0 and rising. Returns a tuple of Bands, from the smallest rate to the largest.

    >>> [band.name for band in bands(try_rates(lambda x: 2 * x, 1.0, [0.01, 0.1, 0.2, 0.7, 0.8, 1.5]))]
    ['crawl', 'smooth', 'zig-zag', 'diverge']
    """
    if not len(trials):
        raise ValueError('there are no trials, and a band needs at least one.')
    found = []
    for before, trial in zip((None, *trials[:-1]), trials, strict=True):
        if before is None or trial.name != before.name:
            edge = trial.rate if before is None else float(np.sqrt(before.rate * trial.rate))
            if found:
                found[-1] = found[-1]._replace(high=edge)
            found.append(Band(trial.name, edge, edge))
    found[-1] = found[-1]._replace(high=trials[-1].rate)
    return tuple(found)


def largest_safe_rate(slope, start, rates, steps=200, rounds=3):
    """The rate up to which every one of `rates`, and of others tried between, still leads down to the same bottom.

    rates: (m,), rising. rounds: how often the gap is searched anew, at least 1. Returns a number, or None if the first
    leads nowhere or the last is still safe. Raises ValueError for anything else.

    >>> round(largest_safe_rate(lambda x: 6 * x - 4, start=3.0, rates=[0.01, 0.1, 1.0]), 3)
    0.333
    """
    rates = checks.row('rates', rates)
    if (np.diff(rates) <= 0).any():
        raise ValueError(f'rates are {", ".join(f"{rate:g}" for rate in rates[:8])}, and need to rise from each to the next.')
    for _ in range(checks.whole('rounds', rounds, least=1)):
        safe = [trial.name in ('crawl', 'smooth', 'one step', 'zig-zag') for trial in try_rates(slope, start, rates, steps)]
        if all(safe) or not safe[0]:
            return None
        first = safe.index(False)
        low, high = float(rates[first - 1]), float(rates[first])
        rates = np.linspace(low, high, 34)
    return low


def _curvature(curvature):
    curvature = checks.number('curvature', curvature)
    if curvature <= 0:
        raise ValueError(f'curvature is {curvature:g}, and needs to be above 0: other parabolas have no bottom.')
    return curvature
