"""Six numbers before and after a ReLU: what is positive comes through, the rest is stopped."""
import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.on_paper import numbers, set_from, sheet, words

OPTIONS = {}

NAMES = ('r1', 'r2', 'r3', 'r4', 'r5', 'r6')
LAYOUT = {'wide': {'size': [720, 346], 'cells': (92, 88, 96), 'top': 14, 'bars': [86, 84, 576, 190], 'after': 312,
                   'names': ((78, 45), (78, 312)), 'anchor': 'end'},
          'narrow': {'size': [340, 352], 'cells': (6, 50, 55), 'top': 30, 'bars': [3, 98, 330, 170], 'after': 330,
                     'names': ((6, 18), (6, 304)), 'anchor': 'start'}}


def draw(state, width):
    layout = LAYOUT[width]
    left, wide, pitch = layout['cells']
    columns = np.arange(6, dtype=float)
    lits, middles = [f'pair-{n}' for n in range(6)], [left + pitch * n + wide / 2 for n in range(6)]
    cells = numbers(state, NAMES, left, layout['top'], wide, 50, 'data', label='the numbers before', lits=lits)
    cells['x'] = [float(left + pitch * n) for n in range(6)]
    marks = {f'{when}-name': words(x, y, when, meaning, anchor=layout['anchor']) for (x, y), when, meaning in zip(
        layout['names'], ('before', 'after'), ('data', 'hidden'), strict=True)}
    return {
        'size': layout['size'], 'title': 'Six numbers before and after a ReLU',
        'controls': [], 'planes': {'paper': sheet(layout['size']),
                   'bars': dict(box=layout['bars'], x=[0, 6], y=[-3.1, 3.1], yticks=[[n, ''] for n in (-3, 3)])},
        'marks': {
            'before': mark('tiles', 'bars', 'data', x=columns + 0.18, y=np.zeros(6), w=np.full(6, 0.3), h=state.before()),
            'after': mark('tiles', 'bars', 'hidden', x=columns + 0.52, y=np.zeros(6), w=np.full(6, 0.3), h=state.after()),
            'cells': cells,
            'results': mark('labels', 'paper', 'hidden', x=middles, y=[layout['after'] - 6] * 6, lits=lits,
                            text=[short(number) for number in state.after()]),
            **marks}}


def gesture(state, handle, value, **options):
    return set_from(NAMES, value)
