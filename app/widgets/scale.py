"""A language model from four numbers, any stack of layers that is typed, and a ruler on which each step is ten times the last."""
from math import log10
from textwrap import wrap

import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from app.widgets.on_paper import numbers, set_from, sheet, words
from lessons.inside_a_network.scale import END, counted

OPTIONS = {}
LATE = True

FOUR = ('blocks', 'model_width', 'context', 'vocabulary')
ROWS = 5                                    # layers that are written one by one; of more, those in between become one row
NAMED = {0: '1', 3: 'thousand', 6: 'million', 9: 'billion', 12: 'trillion'}
LAYOUT = {
    'wide': {'size': [720, 690], 'cells': (8, 164, 14, 30), 'parts': (112, 140, 168, 196, 230, 266, 292, 318),
             'formula': (226, 0), 'rules': (207, 241), 'ruler': [30, 388, 660, 8], 'head': 486, 'rows': (516, 25),
             'columns': (8, 180, 530, 706), 'wrap': 90, 'says': 22},
    'narrow': {'size': [340, 782], 'cells': (2, 78, 8, 30), 'parts': (104, 150, 196, 242, 288, 318, 343, 368),
               'formula': (336, 19), 'rules': (268, 298), 'ruler': [20, 446, 300, 8], 'head': 552, 'rows': (582, 26),
               'columns': (4, None, 218, 336), 'wrap': 44, 'says': 21}}


def draw(state, width):
    layout = LAYOUT[width]
    return {
        'size': layout['size'], 'title': 'How many parameters: a language model and a stack of layers', 'controls': ['sizes'],
        'planes': {'paper': sheet(layout['size']),
                   'ruler': dict(box=layout['ruler'], x=[0, log10(END)], y=[0, 1], xticks=[[n, ''] for n in NAMED])},
        'marks': {**four(state, layout), **model(state, layout), **ruler(state, layout, width),
                  **each_layer(state, layout, width)}}


def four(state, layout):
    """The four numbers that describe a language model, to be changed."""
    left, wide, gap, top = layout['cells']
    found = {}
    for k, name in enumerate(FOUR):
        x, label = left + k * (wide + gap), state.param[name].label.lower()
        found[f'{name}-name'] = words(x + wide / 2, top - 10, label, anchor='middle')
        found[name] = numbers(state, [name], x, top, wide, 46, 'model', label=f'{label} of the language model')
    return found


def model(state, layout):
    """What each part of it holds, and what one token costs: a name, what is multiplied, and what that gives."""
    left, right = layout['columns'][0], layout['columns'][-1]
    across, below = layout['formula']
    d, blocks, n, v = (text_of(getattr(state, name), ',') for name in ('model_width', 'blocks', 'context', 'vocabulary'))
    parts, (most, mean) = state.model_parts(), state.looking_back()
    rows = (('tokens', 'a vector for each token', f'{v} · {d}', parts['tokens']),
            ('places', 'a vector for each place', f'{n} · {d}', parts['places']),
            ('blocks-of', 'the blocks', f'{blocks} · (12 · {d}² + 13 · {d})', parts['blocks']),
            ('end', 'at the end', f'2 · {d}', parts['end']),
            ('model_total', f'{called(state)}: parameters', None, state.model_total()),
            ('model_multiplications', 'multiplications for one token', None, state.model_multiplications()),
            ('mean', '+ looking back, in the mean', None, mean), ('most', '+ looking back, at the most', None, most))
    found = {'rules': mark('lines', 'paper', x=[left, right] * 2, y=np.repeat(layout['rules'], 2), starts=[0, 2], fixed=True)}
    for (key, name, formula, count), y in zip(rows, layout['parts'], strict=True):
        total = key == 'model_total'
        found[f'{key}-name'] = words(left, y, name, 'model' if total else None, lit=key)
        found[f'{key}-count'] = words(right, y, text_of(round(count), ','), 'model' if total else None, anchor='end', lit=key)
        if formula:
            found[f'{key}-formula'] = words(across, y + below, formula, 'data', lit=key, anchor='end' if below else 'start')
    return found


def called(state):
    return 'GPT-3' if state.is_gpt_3() else 'your model'


def ruler(state, layout, width):
    """One weight, this network and the language model above it; the reader's stack below."""
    left, top, wide, high = layout['ruler']
    own, model, stack = state.own_total(), state.model_total(), state.stack_total()
    at_own, at_model, at_stack = (left + wide * log10(count) / log10(END) for count in (own, model, stack))
    if width == 'wide':
        names = 'one weight', f'this network: {text_of(own, ",")}', f'{called(state)}: {counted(model)}'
    else:
        names = '1 weight', 'this network', called(state)
    middle = top + high / 2
    return {'up': mark('line', 'paper', 'data', x=[at_model] * 2, y=[middle, top - 34]),
            'down': mark('line', 'paper', 'model', x=[at_stack] * 2, y=[middle, top + 52], lit='stack_total'),
            'names': mark('labels', 'paper', x=[left + wide * n / log10(END) for n in NAMED], y=[top + 24] * len(NAMED),
                          text=list(NAMED.values()), fixed=True),
            'on-ruler': mark('points', 'paper', 'data', x=[left, at_own, at_model], y=[middle] * 3, r=6),
            'stack': mark('points', 'paper', 'model', x=[at_stack], y=[middle], r=8, lit='stack_total'),
            'first': words(left - 14, top - 12, names[0], 'data'),
            'second': words(at_own, top - 12, names[1], 'data', anchor='middle'),
            'third': words(at_model, top - 40, names[2], 'data', anchor=side(model), lit='model_total'),
            'stack-name': words(at_stack, top + 68, f'your stack: {counted(stack)}', 'model', anchor=side(stack),
                                lit='stack_total')}


def side(count):
    """Which way a text grows from its place on the ruler, so that it stays on the paper."""
    return 'start' if count < 10**3 else 'end' if count > 10**10 else 'middle'


def each_layer(state, layout, width):
    """The reader's stack, layer by layer: what it takes and gives, the shapes of W and b, the numbers, the products."""
    shapes, top = state.stack(), layout['head']
    first, pitch = layout['rows']
    found = row('head', layout, top, ('layer', 'W, and b', 'parameters', 'multiplications'))
    rows = lines(shapes, width)
    for k in range(ROWS):
        found |= row(f'row-{k}', layout, first + k * pitch, rows[k] if k < len(rows) else ('', '', '', ''))
    last = first + len(rows) * pitch + 6
    rule = last - pitch + 7
    found['sum-rule'] = mark('lines', 'paper', x=[layout['columns'][0], layout['columns'][-1]], y=[rule, rule], starts=[0])
    totals = number(shapes.total(), width), number(shapes.multiplications(), width)
    found |= row('sum', layout, last, ('in all', '', *totals), 'model', 'stack_total')
    says = [*wrap(comparison(state), layout['wrap']), ''][:2]
    return found | {f'says-{n}': words(layout['columns'][0], last + 32 + n * layout['says'], text)
                    for n, text in enumerate(says)}


def row(key, layout, y, texts, meaning=None, lit=None):
    return {f'{key}-{n}': words(x, y, text, meaning, anchor='end' if n > 1 else 'start', lit=lit)
            for n, (x, text) in enumerate(zip(layout['columns'], texts, strict=True)) if x is not None}


def lines(shapes, width):
    """Four texts for each layer; of more layers than there are rows, those in between are added up."""
    each = [(takes, gives) for gives, takes in shapes.layers]
    head, tail = (each, []) if len(each) <= ROWS else (each[:2], each[-2:])
    found = [one(*layer, width) for layer in head]
    if tail:
        between = each[2:-2]
        found.append((f'… {len(between):,} more', '', number(sum(n * m + m for n, m in between), width),
                      number(sum(n * m for n, m in between), width)))
    return found + [one(*layer, width) for layer in tail]


def one(takes, gives, width):
    width = 'narrow' if takes * gives >= 1e9 else width
    return (f'{takes:,} → {gives:,}', f'{gives:,} × {takes:,}, and {gives:,}', number(takes * gives + gives, width),
            number(takes * gives, width))


def number(count, width):
    """In full, or in words where there is little room."""
    return counted(count) if width == 'narrow' and count >= 1e9 else text_of(count, ',')


def comparison(state):
    """How the two compare, in a sentence."""
    times = state.times_the_stack()
    larger, smaller = (called(state), 'your stack') if times >= 1 else ('your stack', called(state))
    ratio = max(times, 1 / times)
    if ratio < 1.05:
        return f'{called(state)[0].upper()}{called(state)[1:]} and your stack are of one size.'
    return f'{larger[0].upper()}{larger[1:]} has {counted(ratio)} times as many as {smaller}.'


def gesture(state, handle, value, **options):
    return set_from([handle], value)
