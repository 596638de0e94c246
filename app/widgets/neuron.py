"""One neuron as a picture: what comes in, what each weight makes of it, the sum, the bend, the answer; every number editable.

Below it the formula: a part that is pointed at puts its own number in.
"""
import numpy as np

from app.network_picture import number_text
from app.scene import mark
from app.widgets.sentences import sentence
from lessons.perceptron.state import number, output_text
from lessons.short import in_brackets

OPTIONS = {}

MOST = 1000.0                               # how far from 0 a weight may be set by hand
INPUTS, WEIGHTS = ('x₁', 'x₂'), ('w₁', 'w₂', 'b')
LAYOUT = {'wide': {'size': [720, 410], 'rows': (58, 150, 242), 'x': (76, 344, 504, 648), 'r': 29,
                   'tokens': (44, 82, 132, 180, 212, 246, 296, 344, 376, 410, 460), 'second': (44, 82, 112, 128, 166, 206),
                   'lines': (310,) * 11 + (346,) * 6, 'says': (380, 404), 'wrap': 86, 'margin': 34},
          'narrow': {'size': [340, 494], 'rows': (52, 138, 224), 'x': (36, 174, 242, 310), 'r': 24,
                     'tokens': (30, 62, 104, 146, 172, 62, 104, 146, 172, 62, 104), 'second': (30, 62, 84, 98, 130, 164),
                     'lines': (300,) * 5 + (326,) * 4 + (352,) * 2 + (386,) * 6, 'says': (420, 442, 464, 486), 'wrap': 44}}
SYMBOLS = ('z', '=', 'w₁', '·', 'x₁', '+', 'w₂', '·', 'x₂', '+', 'b')
PARTS = {'w1': 'w1 weight', 'w2': 'w2 weight', 'b': 'b bias', 'x1': 'x1 input', 'x2': 'x2 input'}    # with the words' symbols
LITS = ('net', '', 'w1 net weight', '', 'x1 net input', '', 'w2 net weight', '', 'x2 net input', '', 'b net bias')
SECOND = ('ŷ', '=', 'σ', '(', 'z', ')')
SECOND_LITS = ('pred', '', 'act', '', 'net pred act', '')


def draw(state, width):
    layout, weights = LAYOUT[width], state.start()
    (w, h), (left, middle, bend, out) = layout['size'], layout['x']
    ys = [h - y for y in layout['rows']]
    z, y = number(state.sum()), output_text(state.output())
    return {
        'size': layout['size'], 'title': 'One neuron',
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h])},
        'marks': {
            'to-bend': mark('arrow', 'paper', 'data', x=middle, y=ys[1], x1=bend - layout['r'] - 2, y1=ys[1]),
            'to-answer': mark('arrow', 'paper', 'data', x=bend, y=ys[1], x1=out - layout['r'] - 2, y1=ys[1]),
            'weights': edges(weights, left, middle, ys, layout['r']),
            'inputs': inputs(state, left, ys, layout['r']),
            'always': mark('nodes', 'paper', 'data', fixed=True, x=[left], y=[ys[2]], text=['1'], r=layout['r'] * .7),
            'parts': mark('nodes', 'paper', 'hidden', x=[middle, bend], y=[ys[1]] * 2, text=['Σ', 'σ'], lits=['net', 'act'],
                          r=layout['r']),
            'answer': mark('nodes', 'paper', 'model', x=[out], y=[ys[1]], text=[y], lits=['pred'], r=layout['r'] + 3),
            'names': names(layout, left, ys),
            'weight-says': mark('labels', 'paper', 'model', **beside(weights, left, middle, ys, width), lits=['w1', 'w2', 'b']),
            'values': mark('labels', 'paper', x=[(middle + bend) / 2, out], y=[ys[1] + layout['r'] + up for up in (12, 16)],
                           text=[f'z = {z}', 'ŷ'], inks=['hidden', 'model'], lits=['net', 'pred']),
            **formula(state, layout, h, weights, z, y),
            **sentence('numbers', f'z = {state.sum_words()}, and ŷ = σ({z}) = {y}', layout, h)}}


def edges(weights, left, middle, ys, r):
    """From rim to rim, so that whoever points at a node means the node."""
    ways = [np.hypot(middle - left, ys[1] - y) for y in ys]
    dx, dy = [r * (middle - left) / way for way in ways], [r * (ys[1] - y) / way for y, way in zip(ys, ways, strict=True)]
    says = [number(value) for value in weights]
    return mark('edges', 'paper', x=[left + d for d in dx], y=[y + d for y, d in zip(ys, dy, strict=True)],
                x1=[middle - d for d in dx], y1=[ys[1] - d for d in dy], value=list(weights),
                lits=[PARTS[name] for name in ('w1', 'w2', 'b')], label='the weights and the bias',
                dials={'names': list(WEIGHTS), 'says': says, 'values': [f'{value:.10g}' for value in weights], 'step': 0.1,
                       'bounds': [-MOST, MOST]})


def inputs(state, left, ys, r):
    values = [state.x1, state.x2]
    says = [number(value) for value in values]
    return mark('nodes', 'paper', 'data', x=[left] * 2, y=ys[:2], text=says, value=values, lits=[PARTS['x1'], PARTS['x2']], r=r,
                label='the inputs', dials={'names': list(INPUTS), 'says': says, 'values': [f'{value:.10g}' for value in values],
                                           'step': 0.1, 'bounds': [-3, 3]})


def names(layout, left, ys):
    r = layout['r']
    return mark('labels', 'paper', 'data', fixed=True, x=[left] * 3, y=[y + r + 12 for y in ys[:2]] + [ys[2] + r * .7 + 11],
                text=['x₁', 'x₂', 'always'])


def beside(weights, left, middle, ys, width):
    """Where the numbers of the weights stand: over their edges, the bias below its own."""
    part, off = (0.5, 24) if width == 'wide' else (0.52, 19)
    xs = [left + (middle - left) * part] * 3
    heights = [y + (ys[1] - y) * part for y in ys]
    heights = [heights[0] + off, heights[1] + 15, heights[2] - off]
    return dict(x=xs, y=heights, text=[f'{name} = {number(value) if abs(value) < 1e4 else number_text(value)}'
                                      for name, value in zip(WEIGHTS, weights, strict=True)])


def formula(state, layout, h, weights, z, y):
    """Both lines of the formula in symbols, and in the same places the numbers, which a style sheet shows one by one."""
    w1, w2, b, x1, x2 = map(number, (*weights, state.x1, state.x2))
    numbers = [z, '', w1, '', in_brackets(x1), '', in_brackets(w2), '', in_brackets(x2), '', in_brackets(b), y, '', '', '', z, '']
    inks = ['hidden', '', 'model', '', 'data', '', 'model', '', 'data', '', 'model', 'model', '', 'hidden', '', 'hidden', '']
    place = dict(x=[*layout['tokens'], *layout['second']], y=[h - line for line in layout['lines']],
                 lits=[*LITS, *SECOND_LITS], inks=inks)
    return {'symbols': mark('labels', 'paper', fixed=True, text=[*SYMBOLS, *SECOND], **place),
            'in-numbers': mark('labels', 'paper', text=numbers, **place)}


def gesture(state, handle, value, **options):
    index, number = value
    if handle == 'inputs':
        return {('x1', 'x2')[index]: number}
    weights = list(state.start())
    weights[index] = number
    return {'weights': [weights]}
