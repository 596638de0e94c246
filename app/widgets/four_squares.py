"""Four predictions, their errors and the squares of the errors; all squares poured into one, whose area is the loss."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from app.widgets.rows_of_four import printed
from app.widgets.sentences import sentence
from app.widgets.tiles import poured
from core.data import BITS
from lessons.perceptron.state import signed
from lessons.perceptron.unit import TARGET

OPTIONS = {}

NAMES = ('p00', 'p01', 'p10', 'p11')
LAYOUT = {'wide': {'size': [720, 400], 'row': 52, 'top': 54, 'columns': (16, 44, 82), 'strip': [128, 54, 220, 208],
                   'after': (396, 462), 'total': 288, 'square': [510, 54, 200, 200], 'says': (334, 358, 382), 'wrap': 84},
          'narrow': {'size': [340, 484], 'row': 50, 'top': 46, 'columns': (8, 28, 56), 'strip': [92, 46, 132, 200],
                     'after': (262, 316), 'total': 272, 'square': [8, 308, 140, 140],
                     'margin': 162, 'says': tuple(range(322, 470, 21)), 'wrap': 24}}
UNIT = 'an error of 1'


def draw(state, width):
    layout, squares = LAYOUT[width], state.squares()
    w, h = layout['size']
    return {
        'size': layout['size'], 'title': 'Errors and their squares',
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'strip': dict(box=layout['strip'], x=[0, 1], y=[0, 4], xticks=[[0, '0'], [0.5, '0.5'], [1, '1']]),
                   'square': dict(box=layout['square'], x=[0, 2], y=[0, 2])},
        'marks': {**ledger(state, squares, layout, h), **strip(state),
                  'one': mark('tiles', 'square', 'data', fixed=True, x=[0.0], y=[0.0], w=[1.0], h=[1.0]),
                  'poured': mark('tiles', 'square', 'loss', **areas(squares), label='the squares, poured into one'),
                  'poured-says': mark('text', 'square', 'loss', x=0.0, y=max(1.0, float(np.sqrt(squares.sum()))), dy=-8,
                                      text=f'{text_of(state.total(), ".2f")} in all', lit='total'),
                  'one-says': mark('text', 'square', size='small', x=0.0, y=0.0, dy=20, text=f'grey: {UNIT}'),
                  **sentence('unit', says(state), layout, h)}}


def ledger(state, squares, layout, h):
    middles = [h - layout['top'] - layout['row'] * (i + .5) for i in range(4)]
    x1, x2, target = layout['columns']
    error, square = layout['after']

    def column(x, texts, **more):
        return mark('labels', 'paper', x=[x] * 4, y=middles, text=list(texts), **more)

    head, total, strip = h - layout['top'] + 14.0, h - layout['total'], layout['strip']
    return {
        'printed': printed([x1, x2, target, strip[0] + strip[2] / 2, error, square], head, middles, 'prediction ŷ'),
        'errors': column(error, [signed(v, 2) for v in state.errors()], inks=['loss'] * 4),
        'squares': column(square, [text_of(v, '.2f') for v in squares], inks=['loss'] * 4, label='; '.join(
            f'({a:g}, {b:g}): error {signed(e, 2)}, square {text_of(v, ".2f")}'
            for (a, b), e, v in zip(BITS, state.errors(), squares, strict=True))),
        'totals': mark('labels', 'paper', x=[target, error, square], y=[total] * 3, inks=['', 'loss', 'loss'],
                       text=['sum', signed(state.errors().sum(), 2), text_of(state.total(), '.2f')], lits=['', '', 'total'])}


def strip(state):
    """Each prediction on a line from 0 to 1, and how far it is from its target."""
    heights, predictions = [3.5 - i for i in range(4)], state.predictions()
    missing = mark('lines', 'strip', 'loss', x=np.stack([TARGET, predictions], 1).ravel(),
                   y=np.repeat(heights, 2), starts=[0, 2, 4, 6])
    return {
        'lanes': mark('lines', 'strip', fixed=True, x=[0.0, 1.0] * 4, y=np.repeat(heights, 2), starts=[0, 2, 4, 6]),
        'missing': missing,
        'targets-at': mark('points', 'strip', 'data', fixed=True, x=TARGET, y=heights, r=7, label='the targets'),
        'one-unit': mark('points', 'strip', 'hidden', x=[state.fourth()], y=[heights[3]], r=15),
        **{name: mark('handle', 'strip', 'model', x=float(p), y=y, move='x', bounds=[0.01, 0.99], step=0.05, cue=name == 'p00',
                      label=f'prediction for ({a:g}, {b:g})', now=f'{p:g}', min='0.01', max='0.99',
                      says=f'prediction {text_of(p, ".2f")}, target {t:g}, square {text_of((p - t)**2, ".2f")}')
           for name, p, y, (a, b), t in zip(NAMES, predictions, heights, BITS, TARGET, strict=True)}}


def areas(squares):
    x, y, w, h = poured(squares)
    return dict(x=x, y=y, w=w, h=h)


def says(state):
    """What a single unit could print, in the row that three others have settled."""
    said = text_of(state.fourth(), '.3f')
    gap = abs(state.fourth() - state.p11)
    fits = 'That is yours, so one unit can say all four.' if gap < 0.0005 else \
        'Yours reads the same to one decimal.' if text_of(state.fourth(), '.1f') == text_of(state.p11, '.1f') else \
        'Yours is another, so no single unit says all four.'
    return f'The ring: a unit that gives the first three has no choice left, it gives {said} for (1, 1). {fits}'


def gesture(state, handle, point, **options):
    return {handle: min(0.99, max(0.01, round(float(point[0]), 2)))}
