"""A grid on its way through two layers: straight as long as nothing bends it, and then one layer could have done the same."""
import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.on_paper import sheet, words
from lessons.layers.state import CROSSINGS, listed

OPTIONS = {}

FAR = 4.4                                       # of each panel's middle, to its sides
REACH, LINES = 2.0, np.linspace(-2, 2, 9)
FINE = np.linspace(-REACH, REACH, 25)           # where a line is looked at that tanh bends
COLUMNS = {'p1': ('p11', 'p21'), 'p2': ('p12', 'p22'), 'q1': ('q11', 'q21'), 'q2': ('q12', 'q22')}
LAYOUT = {'wide': {'size': [720, 488], 'first': [8, 36, 340, 340], 'second': [372, 36, 340, 340], 'heads': (24, 24),
                   'left': 8, 'says': (408, 434, 466)},
          'narrow': {'size': [340, 832], 'first': [8, 30, 324, 324], 'second': [8, 398, 324, 324], 'heads': (18, 386), 'left': 8,
                     'says': (756, 782, 814)}}


def draw(state, width):
    layout = LAYOUT[width]
    panel = dict(x=[-FAR, FAR], y=[-FAR, FAR], frame=True)
    planes = {name: dict(panel, box=layout[name], xticks=[[0, '']], yticks=[[0, '']]) for name in ('first', 'second')}
    return {
        'size': layout['size'], 'title': 'A grid after the first layer, and after the second',
        'controls': ['bend', *matrix_names()],
        'planes': {'paper': sheet(layout['size']), **planes},
        'marks': {**grid(state, 'first', state.after_first), **grid(state, 'second', state.after_second), **single(state),
                  **said(state, layout), **grips(state)}}


def matrix_names():
    return [f'{name}{row}{column}' for name in 'pq' for row in (1, 2) for column in (1, 2)]


def grid(state, plane, where):
    """The lines of the grid, upright and level ones, where the layers put them."""
    found = {}
    for name, meaning, level in (('level', 'data', True), ('upright', 'model', False)):
        xs, ys, starts = [], [], []
        for height in LINES:
            along = stops(state, height, level)
            line = np.stack([along, np.full(len(along), height)], axis=1)
            points = where(line if level else line[:, ::-1]).round(3)
            starts.append(sum(map(len, xs)))
            xs.append(points[:, 0])
            ys.append(points[:, 1])
        found[f'{plane}-{name}'] = mark('lines', plane, meaning, x=np.concatenate(xs), y=np.concatenate(ys), starts=starts)
    return found


def stops(state, height, level):
    """Where along a line of the grid a point is needed: at its ends, and wherever it may turn."""
    if state.bend == 'tanh':
        return FINE
    found = [-REACH, REACH]
    if state.bend == 'ReLU':
        for one, other in state.first():            # a unit's sum is 0 where the line crosses its kink
            along, still = (one, other) if level else (other, one)
            if along and abs(turn := -still * height / along) < REACH:
                found.append(turn)
    return np.sort(found)


def single(state):
    """The one layer that comes nearest: dots where it puts the crossings, and how far each is off."""
    true, tried = state.after_second(CROSSINGS).round(3), state.single(CROSSINGS).round(3)
    off = np.stack([true, tried], axis=1).reshape(-1, 2)
    return {'off': mark('lines', 'second', 'loss', x=off[:, 0], y=off[:, 1], starts=np.arange(0, len(off), 2)),
            'single': mark('points', 'second', 'step', x=tried[:, 0], y=tried[:, 1], r=4, lit='misses',
                           label='where one layer alone puts the crossings')}


def written(matrix):
    return f'[{", ".join(map(listed, matrix))}]'


def said(state, layout):
    """Both matrices and their product in numbers, and what one layer can do."""
    first, second, product = map(written, (state.first(), state.second(), state.product()))
    (one, other), (a, b, c), left = layout['heads'], layout['says'], layout['left']
    if state.misses():
        told = f'The best single layer misses by {short(state.misses(), 3)}.', 'loss'
    elif state.bend == 'none':
        told = 'One layer with this matrix does the same.', 'step'
    else:
        told = 'Nothing is bent here: one layer does the same.', 'step'
    beside = layout['first'][0] == layout['second'][0]
    between = {'none': 'first', 'ReLU': 'first, then ReLU', 'tanh': 'first, then tanh'}[state.bend]
    return {'first-head': words(layout['first'][0], one, f'after the {between}'),
            'second-head': words(layout['second'][0], other, 'after the second'),
            'matrices': words(left, a, f'{second} · {first} = {product}' if beside else f'{second} · {first}', 'model',
                              lit='collapse_says'),
            'product': words(left, b, 'green: one layer instead of two' if beside else f'= {product}',
                             'step' if beside else 'model', lit='collapse_says'),
            'told': words(left, c, *told, lit='misses')}


def grips(state):
    """The tips of the arrows that each matrix makes of (1, 0) and (0, 1): its columns."""
    found = {}
    for plane, name, matrix in (('first', 'p', state.first()), ('second', 'q', state.second())):
        for column, (x, y) in enumerate(matrix.T, 1):
            found[f'{name}{column}-arrow'] = mark('arrow', plane, x=0.0, y=0.0, x1=float(x), y1=float(y))
    for plane, name, matrix in (('first', 'p', state.first()), ('second', 'q', state.second())):
        for column, (x, y) in enumerate(matrix.T, 1):
            which = f'column {column} of the {plane} matrix'
            found[f'{name}{column}'] = mark(
                'handle', plane, x=float(x), y=float(y), move='both', bounds=[[-2, 2]] * 2, step=[0.5, 0.5], cue=column == 1,
                label=which, now=f'{x:.4g}', min='-2', max='2', says=f'{which} is {listed([x, y])}')
    return found


def gesture(state, handle, point, **options):
    across, up = COLUMNS[handle]
    return {across: round(float(point[0]), 1), up: round(float(point[1]), 1)}
