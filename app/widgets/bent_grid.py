"""A grid on its way through two layers: straight as long as nothing bends it, and then one layer could have done the same."""
import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.on_paper import numbers, set_from, sheet, words
from lessons.layers.state import CROSSINGS, listed

OPTIONS = {}

FAR = 4.4                                       # of each panel's middle, to its sides
REACH, LINES = 2.0, np.linspace(-2, 2, 9)
FINE = np.linspace(-REACH, REACH, 25)           # where a line is looked at that tanh bends
COLUMNS = {'p1': ('p11', 'p21'), 'p2': ('p12', 'p22'), 'q1': ('q11', 'q21'), 'q2': ('q12', 'q22')}
MATRICES = {'second': (('q11', 'q12'), ('q21', 'q22')), 'first': (('p11', 'p12'), ('p21', 'p22'))}
INKS = 'data', 'model'                         # of what was level, and of what was upright
ROWS = {f'{key}-{n}': names for key, rows in MATRICES.items() for n, names in enumerate(rows, 1)}
LAYOUT = {'wide': {'size': [720, 566], 'first': [8, 36, 340, 340], 'second': [372, 36, 340, 340], 'heads': (24, 24),
                   'matrices': ((8, 420), (190, 420)), 'product': (372, 420), 'signs': (169, 351), 'cell': (64, 48),
                   'told': (8, 556)},
          'narrow': {'size': [340, 1044], 'first': [8, 30, 324, 324], 'second': [8, 392, 324, 324], 'heads': (18, 380),
                     'matrices': ((8, 754), (180, 754)), 'product': (180, 902), 'signs': (166, 166), 'cell': (68, 48),
                     'told': (8, 1034)}}


def draw(state, width):
    layout = LAYOUT[width]
    panel = dict(x=[-FAR, FAR], y=[-FAR, FAR], frame=True)
    planes = {name: dict(panel, box=layout[name], xticks=[[0, '']], yticks=[[0, '']]) for name in ('first', 'second')}
    return {
        'size': layout['size'], 'title': 'A grid after the first layer, and after the second',
        'controls': ['bend'],
        'planes': {'paper': sheet(layout['size']), **planes},
        'marks': {**grid(state, 'first', state.after_first), **grid(state, 'second', state.after_second), **single(state),
                  **matrices(state, layout), **said(state, layout), **grips(state)}}


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
    off = np.stack([true, tried], axis=1).reshape(-1, 2) if state.misses() else np.zeros((0, 2))
    return {'off': mark('lines', 'second', 'loss', x=off[:, 0], y=off[:, 1], starts=np.arange(0, len(off), 2)),
            'single': mark('points', 'second', 'step', x=tried[:, 0], y=tried[:, 1], r=4, lit='misses',
                           label='where one layer alone puts the crossings')}


def matrices(state, layout):
    """Both matrices, the second first as in the formula, to be changed in place; and their product."""
    found, (wide, tall) = {}, layout['cell']
    for (key, rows), (x, y) in zip(MATRICES.items(), layout['matrices'], strict=True):
        for n, names in enumerate(rows, 1):
            found[f'{key}-{n}'] = numbers(state, names, x, y + (n - 1) * (tall + 6), wide, tall, 'model', lit=f'{key}-matrix',
                                          label=f'row {n} of the {key} matrix')
        found[f'{key}-name'] = words(x + wide + 4, y - 10, f'{key} layer', 'model', anchor='middle')
    (x, y), (dot, equals) = layout['product'], layout['signs']
    cells = [(x + (wide + 8) * column + wide / 2, y + (tall + 6) * row + tall / 2) for row in (0, 1) for column in (0, 1)]
    ink = None if state.misses() else 'step'        # green only where it is what one layer needs
    found['product'] = mark('labels', 'paper', ink, x=[a for a, _ in cells], y=[b for _, b in cells],
                            lits=['collapse_says'] * 4,
                            text=[short(round(number, 6), 3) for number in state.product().ravel().tolist()])
    middle = y + tall + 8
    return found | {'product-name': words(x + wide + 4, y - 10, 'product', ink, anchor='middle'),
                    'dot': words(dot, layout['matrices'][0][1] + tall + 8, '·', anchor='middle'),
                    'equals': words(equals, middle, '=', anchor='middle')}


def said(state, layout):
    """What each panel shows, and what one layer can do."""
    (one, other), between = layout['heads'], {'none': '', 'ReLU': ', then ReLU', 'tanh': ', then tanh'}[state.bend]
    if state.misses():
        told = f'The best single layer misses by {short(state.misses(), 3)}.', 'loss'
    elif state.bend == 'none':
        told = 'One layer with the product does the same.', 'step'
    else:
        told = 'Nothing is bent here: one layer does it.', 'step'
    return {'first-head': words(layout['first'][0], one, f'after the first layer{between}'),
            'second-head': words(layout['second'][0], other, 'after the second; green: one layer instead'),
            'told': words(*layout['told'], *told, lit='misses')}


def grips(state):
    """The tips of the arrows that each matrix makes of (1, 0) and (0, 1): its columns."""
    found = {}
    for plane, name, matrix in (('first', 'p', state.first()), ('second', 'q', state.second())):
        for column, (x, y) in enumerate(matrix.T, 1):
            found[f'{name}{column}-arrow'] = mark('arrow', plane, INKS[column - 1], x=0.0, y=0.0, x1=float(x), y1=float(y))
    for plane, name, matrix in (('first', 'p', state.first()), ('second', 'q', state.second())):
        for column, (x, y) in enumerate(matrix.T, 1):
            which = f'column {column} of the {plane} matrix'
            found[f'{name}{column}'] = mark(
                'handle', plane, INKS[column - 1], x=float(x), y=float(y), move='both', bounds=[[-2, 2]] * 2,
                step=[0.5, 0.5], cue=column == 1, label=which, now=f'{x:.4g}', min='-2', max='2',
                says=f'{which} is {listed([x, y])}')
    return found


def gesture(state, handle, point, **options):
    if handle in ROWS:
        return set_from(ROWS[handle], point)
    across, up = COLUMNS[handle]
    return {across: round(float(point[0]) * 20) / 20, up: round(float(point[1]) * 20) / 20}
