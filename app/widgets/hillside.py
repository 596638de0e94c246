"""What every picture of a walk down a hill has in common: the hill, the walker on it, and the loss after each step beside it."""
import numpy as np

from app.numbers import short, ticks
from app.scene import mark

MIDDLE = 0.5            # of the frame: a ball below it has its words above


def planes(hill, steps, boxes, width):
    """The hill, and the loss against the steps at the same height beside it or below it."""
    yticks, most = ticks(*hill.ys), max(8, steps)
    beside = [[value, ''] for value, _ in yticks] if width == 'wide' else yticks[::2]
    across = {'xlabel': hill.across, 'xticks': ticks(*hill.xs)}
    return {'hill': dict(box=boxes['hill'], x=list(hill.xs), y=list(hill.ys), grid=True, ylabel='loss', yticks=yticks, **across),
            'time': dict(box=boxes['time'], x=[0, most], y=list(hill.ys), grid=True, xlabel='step', ylabel='loss',
                         xticks=ticks(0, most, 3), yticks=beside)}


def ground(hill):
    """The marks that lie under everything else: the hill, and the way so far."""
    xs = np.linspace(*hill.xs, 61)
    return {'curve': mark('line', 'hill', 'loss', x=xs, y=hill.f(xs), label=f'the hill: {hill.words}'),
            'hops': mark('line', 'hill', 'model', x=[], y=[])}


def walker(hill, at):
    """The marks that lie over everything else: until a run fills them, only the loss where the walk begins, at `at`."""
    begin = np.clip([float(hill.f(at))], *hill.ys)
    return {'ball': mark('points', 'hill', 'model', x=[], y=[], r=8),
            'away': mark('text', 'hill', 'model', x=hill.xs[0], y=hill.ys[1], text=''),
            'course': mark('line', 'time', 'loss', x=[], y=[], dash=True),
            'losses': mark('line', 'time', 'loss', x=[], y=[]),
            'now': mark('points', 'time', 'model', x=[0.0], y=begin, r=6)}


def start(state):
    """The handle that says where the walk begins."""
    hill, at = state.hill(), state.begins()
    low, high = state.param[next(iter(state.starting_at(0)))].bounds
    low, high, loss = max(low, hill.xs[0]), min(high, hill.xs[1]), float(hill.f(at))
    return mark('handle', 'hill', 'model', x=at, y=loss, move='x', bounds=[low, high], step=hill.stride, along='curve', cue=True,
                label='start', says=f'the walk starts at {short(at, hill.digits)}, loss {short(loss, hill.digits)}',
                now=f'{at:g}', min=f'{low:g}', max=f'{high:g}')


def shown(hill, walk, here):
    """The part of a run that every picture has: where the walker is after here[k] steps at moment k. (run, x, y, out)

    x and y are kept inside the frame; where the walker is outside, `out` says so, and its true place stands beside it.
    """
    (left, right), (low, high) = hill.xs, hill.ys
    x, y = np.clip(walk.places[here], left, right), np.clip(walk.heights[here], low, high)
    out = (x != walk.places[here]) | (y != walk.heights[here])
    steps, losses = np.arange(len(walk.places), dtype=float), np.clip(walk.heights, 2 * low - high, 2 * high - low)
    return {
        'marks': {'course': {'x': steps, 'y': losses}},
        'tracks': {
            'ball.x': x[:, None], 'ball.y': y[:, None], 'now.x': here[:, None].astype(float), 'now.y': y[:, None],
            'away.x': x, 'away.y': y, 'away.text': away(hill, walk, here, out),
            'away.dy': np.where(y > low + (high - low) * MIDDLE, 30.0, -16.0),
            'away.dx': np.where(x > (left + right) / 2, -14.0, 14.0),
            'away.anchor': np.where(x > (left + right) / 2, 'end', 'start').tolist()},
        'growing': {'hops.x': (walk.places, here + 1), 'hops.y': (walk.heights, here + 1),
                    'losses.x': (steps, here + 1), 'losses.y': (losses, here + 1)},
    }, x, y, out


def away(hill, walk, here, out):
    """What stands beside the ball where it is held at the rim: its true place."""
    texts = []
    for i, off in zip(here.tolist(), out.tolist(), strict=True):
        place = float(walk.places[i])
        arrow = '←' if place < hill.xs[0] else '→' if place > hill.xs[1] else '↑' if walk.heights[i] > hill.ys[1] else '↓'
        texts.append(f'{arrow} {hill.symbol} = {short(place, hill.digits)}' if off else '')
    return texts
