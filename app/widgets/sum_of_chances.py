"""A die whose faces the reader loads, and the chances of all totals when it is thrown several times: nearly a bell."""
import math

import numpy as np

from app.numbers import short, ticks
from app.scene import mark
from app.widgets.on_paper import sheet, words
from lessons.gaussian.sums import FACES

OPTIONS = {}

LAYOUT = {'wide': {'size': [720, 366], 'die': [28, 50, 270, 190], 'totals': [356, 50, 340, 190], 'heads': ((28, 24), (356, 24)),
                   'die-says': ((28, 300), (28, 326)), 'sum-says': ((356, 300), (356, 326)), 'near': (356, 352)},
          'narrow': {'size': [340, 608], 'die': [14, 44, 312, 150], 'totals': [14, 316, 312, 150], 'heads': ((14, 20), (14, 300)),
                     'die-says': ((14, 242), (14, 266)), 'sum-says': ((14, 522), (14, 546)), 'near': (14, 572)}}


def draw(state, width):
    layout, n, faces = LAYOUT[width], state.throws, state.faces()
    totals = np.float32(state.totals())
    mean, _ = state.sum_spread()
    bell = state.bell(mean)
    top = 1.15 * max(0.02, float(totals.max()), float(bell) if bell is not None and n > 1 else 0)
    heads = layout['heads']
    return {
        'size': layout['size'], 'title': 'A die, and the chances of all totals of several throws', 'controls': ['throws'],
        'planes': {'paper': sheet(layout['size']),
                   'die': dict(box=layout['die'], x=[0.5, 6.5], y=[0, 11], xticks=[[k, str(k)] for k in range(1, 7)]),
                   'totals': dict(box=layout['totals'], x=[n - 0.7, 6 * n + 0.7], y=[0, top],
                                  xticks=whole(ticks(n, 6 * n, 5)))},
        'marks': {
            'die-head': words(*heads[0], 'the die: how likely each face is'),
            'totals-head': words(*heads[1], 'one throw' if n == 1 else f'the total of {n} throws', lit='root_says'),
            'weights': mark('tiles', 'die', 'data', x=np.arange(6) + 0.66, y=np.zeros(6), w=np.full(6, 0.68), h=faces),
            'chances': mark('area', 'totals', 'data', base=0.0, **bars(totals, n),
                            label=f'the chances of the totals from {n} to {6 * n}'),
            'bell': mark('line', 'totals', 'model', **curve(state, mean), label='the bell of the same mean and spread'),
            **lines('die-says', layout, state.die_says()), **lines('sum-says', layout, state.sum_says()),
            'near': words(*layout['near'], state.near_says(), 'model'), **handles(state, faces)}}


def lines(name, layout, texts):
    return {f'{name}-{k}': words(*place, text, 'data') for k, (place, text) in enumerate(zip(layout[name], texts, strict=True))}


def whole(found):
    """Ticks that are whole numbers, which all totals are."""
    return [[value, text] for value, text in found if float(value).is_integer()]


def bars(totals, n):
    """All bars as one outline that comes down to 0 between them."""
    half = 0.5 if n > 8 else 0.4
    middle = np.arange(n, 6 * n + 1)
    x = np.stack([middle - half, middle - half, middle + half, middle + half], axis=1).ravel()
    heights = totals[n:]
    y = np.stack([np.zeros_like(heights), heights, heights, np.zeros_like(heights)], axis=1).ravel()
    return dict(x=np.float32(x), y=np.float32(y))


def curve(state, mean):
    x = np.linspace(state.throws - 0.7, 6 * state.throws + 0.7, 81)
    y = state.bell(x) if state.throws > 1 else None
    return dict(x=np.float32(x), y=np.float32(y)) if y is not None else dict(x=[], y=[])


def handles(state, faces):
    of = max(1e-9, math.fsum(faces))
    return {name: mark('handle', 'die', 'data', x=float(k), y=float(weight), move='y', bounds=[0, 10], step=1, cue=k == 6,
                       label=f'weight of face {k}', now=f'{weight:g}', min='0', max='10',
                       says=f'face {k} falls in {short(100 * weight / of, 3)} % of throws')
            for k, (name, weight) in enumerate(zip(FACES, faces, strict=True), 1)}


def gesture(state, handle, point, **options):
    return {handle: min(10.0, max(0.0, round(float(point[1]), 1)))}
