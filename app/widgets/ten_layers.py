"""Ten layers that start from a bell whose width the reader drags: what comes out of each, how large it is, what it forgets."""
import math
from textwrap import wrap

import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.bell import ground, light
from app.widgets.layer_pictures import PALETTE, histograms, pixels_of, squares_shape
from app.widgets.on_paper import sheet, words
from lessons.gaussian.deep import LAYERS

OPTIONS, SHEET = {}, 'bell.css'

ZERO, LEAST, MOST = -2.6, -2.5, math.log10(5)   # powers of ten: where 0 stands on the ruler, a step before its ends
STEP, NEAR = 0.1, 0.009                     # of a key; a hand so near to the steady width means it, though not a tenth of a step
LOW, HIGH = -8.0, 8.0                       # powers of ten: of the sizes that are shown
POWERS = {-8: '10⁻⁸', -4: '10⁻⁴', 0: '1', 4: '10⁴', 8: '10⁸'}
LAYOUT = {'wide': {'size': [720, 654], 'ruler': [60, 66, 600, 30], 'says': (146, 170), 'wrap': 74, 'rows': [[78, 190, 610, 90]],
                   'squares': [78, 342, 610, 111], 'sizes': [78, 496, 610, 110],
                   'names': ((78, 330), (78, 484), (330, 484))},
          'narrow': {'size': [340, 746], 'ruler': [26, 70, 290, 30], 'says': (148, 170, 192), 'wrap': 42,
                     'rows': [[10, 210, 320, 70], [10, 316, 320, 70]], 'squares': [10, 446, 320, 58],
                     'sizes': [58, 566, 268, 130], 'names': ((10, 434), (10, 532), (10, 554))}}


def draw(state, width):
    layout, answers, sizes = LAYOUT[width], state.answers(), state.sizes()
    per, layers = LAYERS // len(layout['rows']), np.arange(1.0, LAYERS + 1)
    rows = {f'row-{k}': dict(box=box, x=[per * k + 0.5, per * (k + 1) + 0.5], y=[0, 1.05],
                             xticks=[[n, str(n)] for n in range(per * k + 1, per * (k + 1) + 1)],)
            for k, box in enumerate(layout['rows'])}
    lines = wrap(state.verdict(), layout['wrap'])
    lines += [''] * (len(layout['says']) - len(lines))
    fate = {'steady': 'step'}.get(state.fate(), 'loss')
    return {
        'size': layout['size'], 'title': 'What comes out of ten layers, for weights from a bell of this width',
        'controls': ['bend', 'units', 'alike'],
        'planes': {'paper': sheet(layout['size']),
                   'ruler': dict(box=layout['ruler'], x=[ZERO - 0.1, MOST], y=[0, 1]),
                   'marks': dict(box=ground(layout['ruler']), x=[ZERO - 0.1, MOST], y=[0, 1],
                                 xticks=[[ZERO, '0'], *([math.log10(sd), short(sd)] for sd in (0.01, 0.1, 1.0, 5.0))]),
                   **rows, 'squares': dict(box=layout['squares'], x=[0, LAYERS], y=[0, 1]),
                   'sizes': dict(box=layout['sizes'], x=[0.5, LAYERS + 0.5], y=[LOW, HIGH], grid=True,
                                 xticks=[[n, str(n)] for n in range(1, LAYERS + 1)], xlabel='layer',
                                 yticks=[[k, text] for k, text in POWERS.items()])},
        'marks': {
            **ruler(state, layout),
            **{f'histogram-{k}': mark('area', f'row-{k}', 'hidden', base=0.0, label='how often each answer comes, layer by layer',
                                      **histograms(state.bend, answers, range(per * k + 1, per * (k + 1) + 1)))
               for k in range(len(rows))},
            'squares-name': words(*layout['names'][0], 'what the units say to one input, and to another' if width == 'wide' else
                                  'what the units say to two inputs'),
            'units': mark('image', 'squares', 'model', shape=squares_shape(state.units), palette=PALETTE,
                          pixels=pixels_of(state.bend, answers), label='the answers of each unit to two inputs, layer by layer'),
            'sizes-name': words(*layout['names'][1], 'how large a typical answer is', 'hidden', lit='last_size'),
            'differs-name': words(*layout['names'][2], 'dashed: how much it differs between inputs', 'data', lit='last_differs'),
            'differs': mark('line', 'sizes', 'data', x=layers, y=logs(sizes.differs[1:]), dash=True,
                            label='how much the answers to different inputs differ'),
            'size': mark('line', 'sizes', 'hidden', x=layers, y=logs(sizes.size[1:]), label='how large a typical answer is'),
            'sized': mark('points', 'sizes', 'hidden', **within(layers, logs(sizes.size[1:])), r=5),
            **{f'verdict-{k}': words(layout['ruler'][0], y, line, fate) for k, (y, line) in enumerate(
                zip(layout['says'], lines, strict=True))},
            'width': handle(state)}}


def logs(values):
    """Powers of ten. A line of them leaves the picture where they are larger or smaller than it shows."""
    return light(np.log10(np.maximum(values, 1e-30)))


def within(x, y):
    """The points that are in the picture."""
    seen = (y >= LOW) & (y <= HIGH)
    return dict(x=x[seen], y=y[seen])


def ruler(state, layout):
    """Where the widths stand, and the one that keeps the numbers steady, if there is one."""
    at = [math.log10(state.steady())] if state.has_steady() else []
    return {
        'says': words(layout['ruler'][0], 24, f'standard deviation of the weights: {short(state.weight_sd, 3)}', 'model',
                      lit='weight_sd'),
        'steady': mark('line', 'ruler', 'step', x=at * 2, y=[0.0, 1.0] * len(at), lit='steady'),
        'steady-says': mark('text', 'ruler', 'step', x=math.log10(state.steady()), y=1.0, dy=-8, anchor='middle', lit='steady',
                            text=state.steady_says() if state.has_steady() else '')}


def handle(state):
    return mark('handle', 'ruler', 'model', x=place(state.weight_sd), y=0.5, move='x', bounds=[ZERO, MOST], step=STEP, jump=True,
                cue=True, label='standard deviation of the weights', now=f'{state.weight_sd:g}', min='0', max='5',
                says=f'{short(state.weight_sd, 3)}: {state.verdict()}')


def place(sd):
    return max(LEAST, math.log10(sd)) if sd else ZERO


def gesture(state, handle, point, **options):
    """What is left of the smallest width is 0; what is close to the steady width is that."""
    x = float(point[0])
    if x < (ZERO + LEAST) / 2:
        return {'weight_sd': 0.0}
    if state.has_steady() and abs(x - math.log10(state.steady())) < NEAR:
        return {'weight_sd': state.steady()}
    return {'weight_sd': float(f'{10 ** min(MOST, max(LEAST, x)):.3g}')}
