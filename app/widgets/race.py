"""Two walks from one start, one with the full batch and one with minibatches: side by side on the map, and their losses."""
from functools import lru_cache

import numpy as np

from app.contours import contours
from app.numbers import short, ticks
from app.numbers import show as text_of
from app.scene import mark
from app.widgets import log_loss
from app.widgets.race_run import line_of, names, record
from lessons.stochastic.grounds import GROUNDS
from lessons.stochastic.race import PASSES, STEPS
from lessons.stochastic.verdict import loss_text

__all__ = ['NEW', 'OPTIONS', 'RUNS_ON', 'draw', 'gesture', 'record']

# What is raced on, and what the walks have the same number of: steps, or examples seen.
OPTIONS = {'on': ('bowl', 'houses'), 'clock': ('steps', 'work')}
SHEET = 'races.css'
NEW = 'New seed'
RUNS_ON = ('batch', 'few', 'rate', 'changes', 'seed', 'start_x', 'start_y')
LAYOUT = {
    'work': {'wide': {'size': [720, 404], 'says': [(96, 18), (400, 18)], 'time': [86, 56, 610, 296]},
             'narrow': {'size': [340, 386], 'says': [(16, 16), (16, 38)], 'time': [72, 76, 246, 258]}},
    'bowl': {
        'wide': {'size': [720, 402], 'says': [(46, 18), (430, 18)], 'map': [38, 60, 288, 288], 'time': [428, 60, 268, 288]},
        'narrow': {'size': [340, 606], 'says': [(16, 16), (16, 38)], 'map': [38, 60, 288, 288], 'time': [72, 404, 246, 150]}},
    'houses': {
        'wide': {'size': [720, 590], 'says': [(102, 18), (430, 18)], 'data': [92, 60, 258, 258], 'map': [444, 60, 258, 258],
                 'time': [92, 398, 610, 142]},
        'narrow': {'size': [340, 870], 'says': [(16, 16), (16, 38)], 'data': [64, 76, 252, 190], 'map': [64, 340, 258, 258],
                   'time': [72, 680, 252, 140]}}}
TITLES = {'bowl': 'a bowl of points', 'houses': 'the houses', 'steps': 'step for step', 'work': 'for the same work'}
GRID = 32           # to a unit of the bowl: a pixel of its map, so that many points weigh little
KEYS = {'full': ('full-batch', 6), 'few': ('minibatch', 5)}


def draw(state, width, on='bowl', clock='steps'):
    """The bowl has its map where steps are counted; for the same work there are so many that only the losses are shown."""
    ground, (x, y) = GROUNDS[on], state.start(on)
    begins = float(ground.heights(np.array([x, y])))
    layout = LAYOUT['work' if (on, clock) == ('bowl', 'work') else on][width]
    return {
        'size': layout['size'], 'planes': planes(ground, layout, on, clock, width),
        'title': f'The full batch and a minibatch on {TITLES[on]}, {TITLES[clock]}',
        'controls': ['batch' if on == 'bowl' else 'few', 'rate', 'seed'],
        'marks': {
            **(walks(on, x, y) if 'map' in layout else {}),
            **(handle(ground, x, y) if on == 'bowl' and 'map' in layout else {}),
            **log_loss.marks({name: meaning for name, (meaning, _) in KEYS.items()}, begins, ground.powers),
            **({'few-mean': mark('line', 'time', 'minibatch', x=[], y=[])} if clock == 'work' else {}),
            **readouts(ground, state.size(on), layout, begins)}}


def walks(on, x, y):
    """Both walks on the map, and those who are asked."""
    return {
        **examples(on),
        'contours': mark('lines', 'map', fixed=True, **contour_lines(on)),
        **(aim() if on == 'bowl' else lines((x, y))),
        'full-path': mark('line', 'map', 'full-batch', x=[], y=[]),
        'full-steps': mark('points', 'map', 'full-batch', x=[], y=[], r=3),
        'few-path': mark('line', 'map', 'minibatch', x=[], y=[]),
        'full': mark('points', 'map', 'full-batch', x=[x], y=[y], r=8),
        'few': mark('points', 'map', 'minibatch', x=[x], y=[y], r=6)}


def planes(ground, layout, on, clock, width):
    w, h = layout['size']
    (left, right), (low, high) = window(ground)
    words = {} if on == 'bowl' else {'xlabel': 'slope (thousand $ per spread)', 'ylabel': 'intercept (thousand $)'}
    found = {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
             'time': log_loss.plane(layout['time'], 'step' if clock == 'steps' else f'{ground.words} seen',
                                    [0, STEPS if clock == 'steps' else PASSES * ground.n], ground.powers, width,
                                    'loss' if on == 'bowl' else 'loss above the lowest')}
    if 'map' in layout:
        found['map'] = dict(box=layout['map'], x=[left, right], y=[low, high], frame=True, xticks=ticks(left, right, 5),
                            yticks=ticks(low, high, 5), **words)
    if 'data' in layout:
        found['data'] = dict(box=layout['data'], x=[700, 3000], y=[100, 600], frame=True, xlabel='size (ft²)',
                             ylabel='price (thousand $)', xticks=ticks(700, 3000), yticks=ticks(100, 600))
    return found


def window(ground):
    return [[centre - ground.half, centre + ground.half] for centre in ground.middle]


@lru_cache
def contour_lines(on):
    """The map, the same for everybody."""
    ground = GROUNDS[on]
    x, y = (np.linspace(*ends, 121) for ends in window(ground))
    heights = ground.heights(np.stack(np.meshgrid(x, y), axis=-1))
    levels = [text_of(level, ',') for level in ground.levels]
    return contours(x, y, heights, ground.levels, levels) | {'label': f'the map: lines of equal loss at {", ".join(levels)}'}


def examples(on):
    """What may be asked, and what is asked: the points stand on the map itself, the houses in a picture of their own."""
    plane, places = 'map' if on == 'bowl' else 'data', np.float32((GROUNDS[on].examples * GRID).round() / GRID)
    small, large = (2, 3.5) if on == 'bowl' else (4, 6)
    return {'examples': mark('points', plane, 'data', fixed=True, x=places[:, 0], y=places[:, 1], r=small,
                             label=f'the {GROUNDS[on].words}'),
            'asked': mark('points', plane, 'minibatch', x=[], y=[], r=large)}


def aim():
    """The middle of the points that are asked, and the way there."""
    return {'aim': mark('line', 'map', 'minibatch', x=[], y=[], dash=True),
            'aims-at': mark('points', 'map', 'minibatch', x=[], y=[], r=5)}


def lines(start):
    """Both walks among the houses, where a place is a line."""
    x, y = line_of(np.array([start]))
    return {'full-line': mark('line', 'data', 'full-batch', x=x, y=y[0]),
            'few-line': mark('line', 'data', 'minibatch', x=x, y=y[0])}


def handle(ground, x, y):
    loss = float(ground.heights(np.array([x, y])))
    return {'start': mark('handle', 'map', 'model', x=x, y=y, move='both', bounds=window(ground), step=[0.1, 0.1], jump=True,
                          cue=True, label='start of both walks', now=f'{loss:.6g}', min='0', max='40.5',
                          says=f'both walks start at ({short(x)}, {short(y)}), loss {loss_text(loss)}')}


def readouts(ground, size, layout, loss):
    """Who is who, and what they have come to: above the picture, where nothing runs across it."""
    h, marks = layout['size'][1], {}
    for (name, (meaning, r)), words, (x, y) in zip(KEYS.items(), names(ground, size), layout['says'], strict=True):
        marks[f'{name}-key'] = mark('points', 'paper', meaning, x=[x - 10.0], y=[h - y + 5.0], r=r)
        marks[f'{name}-says'] = mark('text', 'paper', meaning, x=x, y=h - y, text=f'{words}: loss {loss_text(loss)}')
    return marks


def gesture(state, handle, point, **options):
    return {'start_x': float(point[0]), 'start_y': float(point[1])}
