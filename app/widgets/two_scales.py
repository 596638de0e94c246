"""One line, walked down twice with the same number of steps: on raw sizes, and on sizes measured in their own spread."""
from functools import lru_cache

import numpy as np

from app.contours import contours, light, simple, thinned
from app.numbers import show as text_of
from app.numbers import ticks
from app.scene import mark
from core.curvature import condition_number, line_loss_hessian, line_steps_needed
from core.data import PRICE
from core.loss import line_loss_surface, line_losses
from core.models import least_squares
from lessons.gradient.lands import LANDS
from lessons.gradient.scales import CRAWLED, SCALES, scaled, sized, unscaled
from lessons.short import short

OPTIONS = {}

RUNS_ON = ('from_across', 'from_up', 'share')
# Each map has its window (middle, half), in what its axes say, its levels, and what its axes are called.
MAPS = {'raw': ((150.0, 50.0), 150.0, 'slope ($/ft²)', 'intercept (thousand $)',
                (2500, 10_000, 40_000, 100_000)),
        'standardised': ((85.0, 350.0), 450.0, 'slope (thousand $ per spread)', 'intercept (thousand $)',
                         (10_000, 40_000, 100_000, 180_000))}
TITLES = {'raw': 'raw: sizes in ft²', 'standardised': 'standardised sizes'}
LAYOUT = {'wide': {'size': [720, 470], 'raw': [56, 62, 284, 284], 'standardised': [430, 62, 284, 284]},
          'narrow': {'size': [340, 860], 'raw': [56, 58, 266, 266], 'standardised': [56, 488, 266, 266]}}
APART = 0.035                       # of half a window: steps that are nearer show as one
LINES = {'wide': (74, 100), 'narrow': (66, 88)}      # below the map: where what is said about it stands
INDENT = {'wide': 0, 'narrow': -40}


def draw(state, width):
    layout = LAYOUT[width]
    w, h = layout['size']
    scene = {'size': layout['size'], 'title': 'The same descent on raw and on standardised sizes',
             'controls': ['share', 'from_across', 'from_up'],
             'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h])}, 'marks': {}}
    for scale in SCALES:
        left, top, side, _ = layout[scale]
        x, y = window(scale)
        _, _, across, up, _ = MAPS[scale]
        scene['planes'][scale] = dict(box=layout[scale], x=list(x), y=list(y), frame=True, xlabel=across, ylabel=up,
                                      xticks=ticks(*x, 4), yticks=ticks(*y, 4))
        walk, best = state.walk_on(scale), on_map(scale, np.array([least_squares(sized(scale), PRICE)]))
        path, steps = trail(scale, on_map(scale, walk.path))
        under, below = left + INDENT[width], [h - (top + side + line) for line in LINES[width]]
        title, said = f'{TITLES[scale]}, condition {condition(scale)}', f'{TITLES[scale]}: the map of the loss'
        scene['marks'] |= {
            f'{scale}-map': mark('lines', scale, 'loss', **map_of(scale), label=said),
            f'{scale}-best': mark('points', scale, 'model', x=best[:, 0], y=best[:, 1], r=5),
            f'{scale}-path': mark('line', scale, 'step', x=path[:, 0], y=path[:, 1]),
            f'{scale}-steps': mark('points', scale, 'step', x=steps[:, 0], y=steps[:, 1], r=3.5),
            f'{scale}-walker': mark('points', scale, 'step', x=[], y=[], r=6),
            f'{scale}-title': mark('text', 'paper', x=left, y=h - (top - 36), text=title),
            f'{scale}-loss': mark('text', 'paper', 'loss', x=under, y=below[0], text=loss_text(scale, walk, CRAWLED)),
            f'{scale}-left': mark('text', 'paper', 'step', x=under, y=below[1], text=left_text(scale, walk, CRAWLED))}
    scene['marks'] |= {f'{scale}-start': handle(state, scale) for scale in SCALES}
    return scene


def window(scale):
    (x, y), half, *_ = MAPS[scale]
    return (x - half, x + half), (y - half, y + half)


def on_map(scale, path):
    """Lines (slope, intercept) of a scale as its axes have them: raw slopes in $/ft². None is further out than some windows."""
    (x, y), half, *_ = MAPS[scale]
    points = path * [1000, 1] if scale == 'raw' else path
    far = np.abs(points - (x, y)).max(axis=1) > 20 * half
    return points[:np.argmax(far) + 1] if far.any() else points


def trail(scale, path):
    """A path for a map, and the steps on it that can be told apart."""
    half = MAPS[scale][1]
    return light(simple(path, half / 700), [2 * half] * 2), light(path[thinned(path, half * APART)], [2 * half] * 2)


def off_map(scale, point):
    return (point[0] / 1000, point[1]) if scale == 'raw' else point


@lru_cache
def map_of(scale):
    x, y = (np.linspace(*ends, 121) for ends in window(scale))
    slopes = x / 1000 if scale == 'raw' else x
    levels = MAPS[scale][-1]
    return contours(x, y, line_loss_surface(sized(scale), PRICE, slopes, y), levels, [text_of(level, ',') for level in levels])


@lru_cache
def condition(scale):
    return short(condition_number(line_loss_hessian(sized(scale))), 2)


def loss_text(scale, walk, k):
    k = min(k, len(walk.path) - 1)
    loss, = line_losses(sized(scale), PRICE, *walk.path[k:k + 1].T)
    return f'loss {short(loss)} after {k} steps'


def left_text(scale, walk, k):
    """How many more steps it takes until the loss is within 1 % of the smallest there is."""
    k = min(k, len(walk.path) - 1)
    more = line_steps_needed(sized(scale), PRICE, *walk.path[k], walk.rate)
    if more is None:
        return 'never: the rate is too large'
    return 'arrived: within 1 % of the best' if more == 0 else f'{more:,} more to come within 1 %'


def handle(state, scale):
    """The same line is the start on both maps."""
    slope, intercept = state.line_start()
    x, y = on_map(scale, np.array([scaled(scale, slope, intercept)]))[0]
    half = MAPS[scale][1]
    return mark('handle', scale, 'step', x=float(x), y=float(y), move='both', bounds=[list(ends) for ends in reach(scale)],
                step=[half / 20] * 2, jump=True, cue=scale == 'raw', label=f'start of the walk, {TITLES[scale]}',
                now=f'{slope:.6g}', min=f'{window("raw")[0][0]:g}', max=f'{window("raw")[0][1]:g}',
                says=f'slope {short(slope, 3)} $/ft², intercept {short(intercept, 3)} thousand $')


def reach(scale):
    """Where a start may be on this map: what the other map shows as well."""
    if scale == 'raw':
        return window(scale)
    corners = [scaled(scale, slope, intercept) for slope in window('raw')[0] for intercept in window('raw')[1]]
    lows, highs = np.min(corners, axis=0), np.max(corners, axis=0)
    return tuple((max(a, low), min(b, high)) for (a, b), low, high in zip(window(scale), lows, highs, strict=True))


def gesture(state, handle, point, **options):
    scale = handle.removesuffix('-start')
    line = unscaled(scale, *off_map(scale, point))
    return state.starting_at(np.clip(LANDS['houses'].place_of(line), -1, 1))


def record(state, **options):
    """Both walks side by side, one moment for each step."""
    walks = {scale: state.walk_on(scale) for scale in SCALES}
    paths = {scale: on_map(scale, walk.path) for scale, walk in walks.items()}
    n, tracks, growing = max(map(len, paths.values())), {}, {}
    for scale, path in paths.items():
        there = np.minimum(np.arange(n), len(path) - 1)
        tracks |= {f'{scale}-walker.x': path[there, :1], f'{scale}-walker.y': path[there, 1:],
                   f'{scale}-loss.text': [loss_text(scale, walks[scale], k) for k in there.tolist()],
                   f'{scale}-left.text': [left_text(scale, walks[scale], k) for k in there.tolist()]}
        apart = thinned(path, MAPS[scale][1] * APART)
        growing |= {f'{scale}-{key}.{field}': (values[:, i], counts) for i, field in enumerate('xy') for key, values, counts in (
            ('path', path, there + 1), ('steps', path[apart], np.searchsorted(apart, there + 1)))}
    return {'frames': n, 'pace': 5, 'tracks': tracks, 'growing': growing,
            'labels': [f'Step {k}' if k else 'The start' for k in range(n)],
            'says': f'Raw: {tracks["raw-left.text"][-1]}. Standardised: {tracks["standardised-left.text"][-1]}.'}
