"""Three small pictures of the fit: the line of guesses, the squares of its misses, and two equations that no w solves."""
import numpy as np

from app.scene import mark
from app.widgets.mini_parts import WEIGHT, held, said
from lessons.short import added, factor
from lessons.summary.state import PRICES, SIZES, few

REACH = [0.0, 2.6]


def ground(up):
    """Sizes to the right, prices up."""
    return dict(box=[34, 30, 296, 186], x=[-0.1, 2.6], y=[-2.0, 6.6], xticks=[[1, '1'], [2, '2']],
                yticks=[[n, str(n)] for n in (0, 3, 6)], xlabel='size (1,000 ft²)',
                ylabel=up)


def line_and_houses(state, handle):
    """The guesses for all sizes, the two houses, and a handle where the line is w high: at size 1."""
    z = state.w * np.array(REACH)
    return {
        'sum': mark('line', 'ground', 'model', x=REACH, y=z, dash=True),      # before the bend
        'line': mark('line', 'ground', 'model', x=REACH, y=np.maximum(z, 0), follows={handle: [[0.0, 0.0], REACH]}, lit=WEIGHT),
        'houses': mark('points', 'ground', 'data', x=SIZES, y=PRICES, r=6, fixed=True, label='two houses: size and price'),
        handle: held(state, 'ground', handle, 'y', 1.0, state.w)}


def model(state):
    told = 'guesses {} and {}'.format(*map(few, state.guesses()))
    return {'title': 'Guesses by one weight, as a line', 'planes': {'ground': ground('price (100,000 $)')},
            'marks': {**line_and_houses(state, 'line-end'),
                      'says': said(20, told, 'model', x=330, anchor='end', lit=WEIGHT)}}


def loss(state):
    squares = [few(error**2) for error in state.errors()]
    return {'title': 'The squares of both misses, and their mean', 'planes': {'ground': ground('price')},
            'marks': {'squares': mark('squares', 'ground', 'loss', x=SIZES, y0=state.guesses(), y1=PRICES, left=[True, True],
                                      onto='line', lit='loss'),
                      **line_and_houses(state, 'square-end'),
                      'says': said(20, f'({added(squares)}) / 2 = {few(state.loss())}', 'loss', x=330, anchor='end', lit='loss')}}


def algebra(state):
    """w times each size, as bars that have to reach a price."""
    marks = {}
    for name, size, price, y in zip(('large', 'small'), SIZES.tolist(), PRICES.tolist(), (3.0, 1.0), strict=True):
        got = few(size * state.w)
        does = 'it is' if got == few(price) else 'it should be'
        marks |= {
            f'{name}-bar': mark('tiles', 'bars', 'model', x=[0.0], y=[y - 0.4], w=[size * state.w], h=[0.8], lit=WEIGHT),
            f'{name}-goal': mark('line', 'bars', 'data', x=[price, price], y=[y - 0.6, y + 0.6], fixed=True),
            f'{name}-says': mark('text', 'bars', x=0.15, y=y + 0.72, text=f'{few(size)} · {factor(round(state.w, 3))} = {got}, '
                                 f'{does} {few(price)}')}
    return {'title': 'Two equations for one number',
            'planes': {'bars': dict(box=[10, 30, 320, 182], x=[-3.4, 10.3], y=[0.0, 4.4],
                                    xticks=[[n, str(n)] for n in (0, 3, 4)], xlabel='price (100,000 $)')},
            'marks': {**marks, 'bar-end': held(state, 'bars', 'bar-end', 'x', state.w, 1.0),
                      'says': said(22, verdict(state), x=90, anchor='start')}}


def verdict(state):
    right = [few(guess) == few(price) for guess, price in zip(state.w * SIZES, PRICES, strict=True)]
    if any(right):
        return f'Only the {"large" if right[0] else "small"} house is right.'
    return 'Neither house is right.'
