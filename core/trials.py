"""What became of a walk downhill, in a word and in a sentence: the walks behind `rates.try_rates`, and their judge.

The judge sees more than the walker: it has looked along the curve (`ground.way_down`) and knows where the smallest
steps would lead. So it can tell a rate that is too large from a curve that has no bottom.
"""
from typing import NamedTuple

import numpy as np

from core.derivative import derivative
from core.ground import FAR, FLAT, ground, way_down


class Walk(NamedTuple):
    """What can be seen of a walk."""
    rate: float
    outcome: str      # 'left', 'arrived' or 'under way'
    steps: int        # until then
    end: float
    before: float     # where it stood one step earlier
    slope: float      # at the end
    ratio: float      # the last change of the slope, 1 − rate · f″ near a bottom: negative if it jumped across
    turns: bool       # lately it went back
    alternates: bool  # lately it went back with every step
    shrinks: bool     # its late steps are shorter than those before them
    repeats: bool     # they are as long as those
    grows: bool       # each of its late steps was longer than the last
    reach: float      # how far away is gone


def watch(slope, start, rates, steps):
    """Walk down from `start` with all rates at once, (m,), and note what can be seen of each: m Walks.

    >>> walk, = watch(lambda x: 2 * x, 1.0, np.array([0.25]), steps=100)
    >>> walk.outcome, walk.steps, walk.ratio
    ('arrived', 30, 0.5)
    """
    at, slopes = np.empty((2, steps + 1, len(rates)))
    x = np.full(len(rates), start)
    with np.errstate(all='ignore'):
        for number in range(steps + 1):
            at[number], slopes[number] = x, slope(x)
            x = x - rates * slopes[number]
        reach = FAR * max(1.0, abs(start))
        gone = _first(~(np.abs(at - start) <= reach * (1 + 1e-9)))  # NaN is not <= anything
        flat = _first(np.abs(slopes) <= max(FLAT * abs(slopes[0, 0]), 1e-12))
        left, arrived = gone < flat, flat < gone
        stop = np.where(left, gone - 1, np.where(arrived, flat, steps))
        each = np.arange(len(rates))
        last = np.where(arrived, np.maximum(flat - 1, 1), steps)  # where it has arrived, the slope is mostly rounding
        ratio = slopes[last, each] / slopes[last - 1, each]
        lengths, half, quarter = np.abs(slopes[:-1]), steps // 2, steps // 4
        back = slopes[-quarter:] * slopes[-quarter - 1:-1] < 0
        late, before = (lengths[part].max(axis=0) for part in (slice(-quarter, None), slice(-2 * quarter, -quarter)))
        shrinks, repeats = late < before * (1 - 1e-9), np.abs(late - before) <= 1e-9 * before
        grows = (lengths[-half:] > lengths[-half - 1:-1] * (1 + 1e-12)).all(axis=0)
    outcomes = np.where(left, 'left', np.where(arrived, 'arrived', 'under way'))
    columns = (rates, outcomes, stop, at[stop, each], at[np.maximum(stop - 1, 0), each], slopes[stop, each], ratio,
               back.any(axis=0), back.all(axis=0), shrinks, repeats, grows)
    return [Walk(*seen, reach) for seen in zip(*(column.tolist() for column in columns), strict=True)]


def _first(marks):
    """The first row in which each column is marked; one more than there are where it never is."""
    return np.where(marks.any(axis=0), marks.argmax(axis=0), len(marks))


def judge(walks, slope, start):
    """A (name, sentence) for each of the walks, which all began at `start` on the curve with this slope.

    >>> (name, says), = judge(watch(lambda x: 2 * x, 1.0, np.array([0.5]), steps=8), lambda x: 2 * x, 1.0)
    >>> name, says
    ('one step', 'One step lands on the bottom at 0.')
    """
    way = way_down(slope, start)
    if way.ends == 'here':
        kind = ground(slope, start)
        return [_stuck(walk, kind) for walk in walks]
    if way.ends in ('fading', 'nowhere'):
        return [_bottomless(walk, way) for walk in walks]
    return [_judge(walk, way, start, slope) for walk in walks]


def _stuck(walk, kind):
    return 'stands still', {
        'bottom': 'The slope is 0 here: this is a bottom, and there is nowhere to step.',
        'top': 'The slope is 0 here, so no rate takes a step, and yet this is no bottom: it is a top.',
        'ledge': 'The slope is 0 here, so no rate takes a step, and yet this is no bottom: the curve falls on one side.',
        'plain': 'The ground is level here: the slope is 0, nothing lower is near, and there is nowhere to step.',
        'fading': f'The slope here is {_said(walk.slope)}, too small for a step to show. This is no bottom: '
                  'the curve only flattens out.'}[kind]


def _bottomless(walk, way):
    if walk.rate == 0:
        return _no_step()
    if walk.outcome == 'left':
        return 'no bottom', (f'Step {walk.steps + 1} would land more than {_said(walk.reach)} away. The rate is not to blame: '
                             'there is no bottom on this side, and the smallest steps lead down for ever as well.')
    if walk.outcome == 'arrived':
        return 'no bottom', (f'After {_steps(walk)} it stands at {_said(walk.end)}, where the slope is too small for a step '
                             'to show. That is no bottom: the curve only flattens out.')
    return 'no bottom', (f'After {_steps(walk)} it is at {_said(walk.end)} and goes on down: there is no bottom on this side, '
                         + ('the curve only flattens out.' if way.ends == 'fading' else 'however long it walks.'))


def _judge(walk, way, start, slope):
    """Name a walk that would come to a bottom if its steps were small."""
    goal = f'the bottom at {_said(way.x)}' if way.ends == 'bottom' else f'the level ground beyond {_said(way.x)}'
    if walk.rate == 0:
        return _no_step()
    if walk.outcome == 'left':
        return 'diverge', (f'Step {walk.steps + 1} would land more than {_said(walk.reach)} away: the rate is too large. '
                           f'Smaller ones lead to {goal}.')
    if walk.outcome == 'arrived':
        return _judge_arrival(walk, way, goal, slope)
    if not walk.turns:
        return _judge_stride(walk, way, goal, start, slope)
    holds = _holds(way.x, walk.rate, slope)
    if walk.alternates and walk.grows and not holds:
        return 'diverge', f'It jumps across {goal} and each step is longer than the one before: the rate is too large.'
    if walk.alternates and walk.shrinks and holds:
        if (walk.end - way.x) * (walk.before - way.x) > 0:
            return _elsewhere(walk, goal)
        return 'zig-zag', (f'It jumps to and fro across {goal}, in ever shorter steps: '
                           f'after {_steps(walk)} it is at {_said(walk.end)}.')
    if walk.alternates and (walk.repeats or not holds):
        return 'endless zig-zag', f'It jumps to and fro for ever: the rate is too large. Smaller ones lead to {goal}.'
    if holds:
        return 'zig-zag', (f'It jumps to and fro: after {_steps(walk)} it is at {_said(walk.end)} and has not settled yet. '
                           f'Smaller ones lead straight to {goal}.')
    return _restless(goal)


def _judge_stride(walk, way, goal, start, slope):
    """Name a walk that is still going one way: slowly to its bottom, or over one valley after another."""
    if not min(start, way.x) <= walk.end <= max(start, way.x):
        now = way_down(slope, walk.end)
        if now.x is None or not _holds(now.x, walk.rate, slope):
            return _restless(goal)
        if abs(now.x - way.x) > 0.01 * (1 + abs(way.x)):
            return _elsewhere(walk, goal)
    if way.ends == 'bottom' and walk.ratio <= 0.9:  # each step leaves at most nine tenths of the slope
        return 'smooth', f'After {_steps(walk)} it is at {_said(walk.end)}, on its way to {goal}, and now nearer with every step.'
    return 'crawl', f'After {_steps(walk)} it is only at {_said(walk.end)}, on its way to {goal}: such short steps take long.'


def _judge_arrival(walk, way, goal, slope):
    away = walk.end - way.x
    if way.ends == 'plain':
        same = away * (way.x - walk.before) >= 0
    else:
        same = abs(away) <= 0.01 * (1 + abs(way.x))
    if not same:
        kind = ground(slope, walk.end, flat=max(FLAT, 2 * abs(walk.slope)))
        if kind in ('top', 'ledge', 'fading'):
            what = {'top': 'exactly on a top', 'ledge': 'on a ledge', 'fading': 'where the curve has all but flattened out'}[kind]
            return 'stands still', (f'Step {walk.steps} lands {what}, at {_said(walk.end)}: there is no slope to be felt, and it '
                                    f'stands still. Smaller steps lead to {goal}.')
        return _elsewhere(walk, goal)
    if walk.steps == 1:
        return 'one step', f'One step lands on {goal}.'
    if way.ends == 'bottom' and walk.ratio < 0:
        return 'zig-zag', f'It jumps to and fro across {goal} and comes to rest after {_steps(walk)}.'
    if way.ends == 'bottom' and walk.ratio > 0.9:
        return 'crawl', f'It comes to rest at {goal}, but only after {_steps(walk)}.'
    return 'smooth', f'It comes to rest at {goal} after {_steps(walk)}.'


def _holds(bottom, rate, slope):
    """Whether a walk that comes near this bottom with this rate comes nearer still; otherwise it is thrown out."""
    return rate * derivative(slope, bottom) < 2


def _elsewhere(walk, goal):
    return 'another valley', (f'Its steps are so long that it ends in another valley, at {_said(walk.end)}. '
                              f'Smaller ones lead to {goal}.')


def _restless(goal):
    return 'never rests', ('It strays from place to place and never comes to rest: the rate is too large. '
                           f'Smaller ones lead to {goal}.')


def _no_step():
    return 'stands still', 'A rate of 0 takes no step.'


def _steps(walk):
    return '1 step' if walk.steps == 1 else f'{walk.steps} steps'


def _said(number):
    text = f'{number:,.0f}' if abs(number) >= 1e4 else f'{number:.4g}'
    return text.replace('-', '−')
