"""Layers as shapes: what each takes and gives, how many weights and biases it has, and what happens where they don't fit."""
from textwrap import wrap

import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from app.widgets.on_paper import fitting, numbers, set_from, sheet, words

OPTIONS = {}

LAYOUT = {'wide': {'size': [720, 440], 'rows': (34, 94, 154), 'cells': (110, 222, 86), 'names': 8, 'sums': 706, 'total': 240,
                   'says': (282, 306), 'wrap': 80, 'plot': [8, 326, 704, 92]},
          'narrow': {'size': [340, 640], 'rows': (30, 138, 246), 'cells': (8, 122, 86), 'names': 8, 'sums': 332, 'total': 354,
                     'says': (398, 420, 442, 464), 'wrap': 42, 'plot': [8, 490, 324, 128]}}


def draw(state, width):
    layout, shapes = LAYOUT[width], state.shapes()
    tall = np.sqrt(max(shapes.given, *(n for shape in shapes.layers for n in shape)))
    return {
        'size': layout['size'], 'title': 'The shapes of three layers in a row, and their parameters', 'controls': ['picture'],
        'planes': {'paper': sheet(layout['size']),
                   'plot': dict(box=layout['plot'], x=[-0.12, 3.12], y=[-0.05 * tall, tall * 1.3])},
        'marks': {**each_layer(state, shapes, layout, width), **pipeline(shapes), **said(shapes, layout)}}


def each_layer(state, shapes, layout, width):
    """A row for each layer: the shape of its weights, to be changed, and how many numbers that makes."""
    gives_at, takes_at, wide = layout['cells']
    found = {}
    if width == 'wide':
        found['gives-head'] = words(gives_at + wide / 2, 22, 'units', 'model', anchor='middle')
        found['takes-head'] = words(takes_at + wide / 2, 22, 'weights each', 'model', anchor='middle')
    for k, (top, (gives, takes)) in enumerate(zip(layout['rows'], shapes.layers, strict=True), 1):
        wrong = shapes.arriving()[k - 1] != takes
        middle = top + 31
        found |= {
            f'name-{k}': words(layout['names'], middle if width == 'wide' else top - 8, f'layer {k}', lit=f'layer-{k}'),
            f'gives{k}': numbers(state, [f'gives{k}'], gives_at, top, wide, 50, 'model', lit=f'layer-{k}',
                                 label=f'units of layer {k}'),
            f'times-{k}': words((gives_at + wide + takes_at) / 2, middle, '×', anchor='middle'),
            f'takes{k}': numbers(state, [f'takes{k}'], takes_at, top, wide, 50, 'loss' if wrong else 'model', lit=f'layer-{k}',
                                 label=f'weights of each unit of layer {k}'),
            f'count-{k}': words(layout['sums'], middle if width == 'wide' else top + 74, counted(gives, takes, width),
                                lit=f'layer-{k}', anchor='end')}
    return found


def counted(gives, takes, width):
    """'100,352 weights + 128 biases = 100,480'; without words where there is little room."""
    weights, biases, both = (text_of(number, ',') for number in (gives * takes, gives, gives * takes + gives))
    brief = f'{biases} · {text_of(takes, ",")} + {biases} = {both}'
    told = f'{weights} weights + {biases} bias{"" if gives == 1 else "es"} = {both}'
    return fitting(0 if width == 'narrow' else 42, told, brief)


def pipeline(shapes):
    """How many numbers there are on the way, as bars, and between them what makes the one of the other. Areas are roots."""
    ends = [shapes.given, *(gives for gives, _ in shapes.layers)]
    found = {}
    for k, (gives, takes) in enumerate(shapes.layers, 1):
        found[f'matrix-{k}'] = mark('area', 'plot', 'model', x=[k - 0.92, k - 0.08], y=[takes**0.5, gives**0.5], base=0.0,
                                    lit=f'layer-{k}')
    taken = [*(takes for _, takes in shapes.layers), ends[-1]]
    tallest = max(*ends, *taken)**0.5
    for name, meaning, fits in (('fits', 'data', True), ('misfits', 'loss', False)):
        mine = [k for k, n in enumerate(ends) if (n == taken[k]) == fits]
        found[name] = mark('tiles', 'plot', meaning, x=[k - 0.06 for k in mine], y=[0.0] * len(mine), w=[0.12] * len(mine),
                           h=[ends[k]**0.5 for k in mine])
    found['numbers'] = mark('labels', 'plot', x=[float(k) for k in range(len(ends))], text=[text_of(n, ',') for n in ends],
                            y=[max(n, m)**0.5 + 0.16 * tallest for n, m in zip(ends, taken, strict=True)],
                            inks=['data' if n == m else 'loss' for n, m in zip(ends, taken, strict=True)])
    return found


def said(shapes, layout):
    """The sum of all, or in a sentence what does not fit."""
    fits, left = shapes.misfit() is None, layout['names']
    lines = wrap(' '.join(shapes.sentence()), layout['wrap'])
    lines += [''] * (len(layout['says']) - len(lines))
    return {'total-name': words(left, layout['total'], 'to be learnt in all'),
            'total': words(layout['sums'], layout['total'], f'{text_of(shapes.total(), ",")} numbers', anchor='end',
                           lit='parameters_in_all'),
            **{f'says-{n}': words(left, y, line, None if fits else 'loss') for n, (y, line) in enumerate(
                zip(layout['says'], lines, strict=True))}}


def gesture(state, handle, value, **options):
    return set_from([handle], value)
