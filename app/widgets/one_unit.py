"""One unit at work: its weights as a picture, times what comes in, and the sum of the products term by term."""
from textwrap import wrap

import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.on_paper import reach, sheet, waterfall, words
from app.widgets.signed import PALETTE as SIGNED
from app.widgets.signed import scale, shades, signed
from app.widgets.unroll import PALETTE as GREY
from app.widgets.unroll import shades as grey
from lessons.inside_a_network.walk import place
from lessons.short import factor

OPTIONS = {}
LATE, SHEET = True, 'inside.css'

SHAPES = {1: (28, 28), 2: (8, 16), 3: (4, 16)}      # how what a layer takes in is laid out: rows, columns
PICTURES = 'weights', 'taken', 'products'
LAYOUT = {'wide': {'size': [720, 606], 'lefts': (8, 262, 516), 'side': 196, 'top': 34, 'key': 14, 'terms': [392, 318, 320, 228],
                   'named': 382, 'one': (8, 304), 'end': (8, 570), 'likes': (596,)},
          'narrow': {'size': [340, 578], 'lefts': (2, 118, 234), 'side': 104, 'top': 30, 'key': 12, 'terms': [200, 232, 134, 250],
                     'named': 192, 'one': (2, 212), 'end': (2, 512), 'likes': (536, 556, 576)}}
ROOM = 0.45                                         # above the first bar and below the last, in rows


def draw(state, width):
    layout, seen = LAYOUT[width], state.sum()
    rows, columns = SHAPES[state.layer]
    terms, side, top = seen.terms(), layout['side'], layout['top']
    planes = {name: dict(box=[left, top, side, side], x=[0, columns], y=[rows, 0])
              for name, left in zip(PICTURES, layout['lefts'], strict=True)}
    keys = {f'{name}-scale': dict(box=[layout['lefts'][n], top + side + 10, side, layout['key']], x=[-1, 1], y=[-1, 1])
            for name, n in (('weights', 0), ('products', 2))}
    return {
        'size': layout['size'], 'title': 'One unit, term by term', 'controls': ['layer', *state.looked_at()],
        'planes': {'paper': sheet(layout['size']), **planes, **keys,
                   'terms': dict(box=layout['terms'], x=reach(terms, 0.01), y=[-ROOM, len(terms) + ROOM])},
        'marks': {**pictures(state, seen, layout, width), **sums(state, seen, terms, layout, width)}}


def pictures(state, seen, layout, width):
    """The weights, what they meet, and the products: each can be pressed to see that one term."""
    shape, n, wide = SHAPES[state.layer], state.chosen_weight(), width == 'wide'
    row, column = divmod(n, shape[1])
    whose = {'trained': 'its weights', 'random': 'its random weights', 'trained by you': 'your weights'}[state.weights_words()]
    heads = (whose, 'what comes in', 'the products') if wide else (whose.removeprefix('its '), 'comes in', 'products')
    looked = {'picks': True, 'lit': 'weight_says'} | called(state.layer)
    taken = dict(pixels=grey(seen.taken), palette=GREY) if state.layer == 1 else dict(pixels=shades(seen.taken), palette=SIGNED)
    found = {
        'weights': signed('weights', seen.weights, shape, **looked, label='the weights; press one to look at its term'),
        'taken': mark('image', 'taken', 'model' if state.layer > 1 else None, shape=list(shape), **taken, **looked,
                      label='what comes in; press a number to look at its term'),
        'products': signed('products', seen.products, shape, **looked, label='the products; press one to look at it'),
        **scale('weights-scale', float(np.abs(seen.weights).max()), wide),
        **scale('products-scale', float(np.abs(seen.products).max()), wide)}
    for name, left, head in zip(PICTURES, layout['lefts'], heads, strict=True):
        found[f'{name}-head'] = words(left + layout['side'] / 2, layout['top'] - 12, head, anchor='middle', lit='unit_says')
        found[f'{name}-at'] = mark('tiles', name, 'at', x=[float(column)], y=[float(row)], w=[1.0], h=[1.0], lit='weight_says')
    for sign, name, left in zip('·=', ('times', 'equals'), layout['lefts'][1:], strict=True):
        gap = left - layout['lefts'][0] - layout['side'] if sign == '·' else left - layout['lefts'][1] - layout['side']
        found[name] = words(left - gap / 2, layout['top'] + layout['side'] / 2 + 5, sign, anchor='middle')
    return found


def called(layer):
    """What the pixels of its pictures are called, for who goes from one to the next with keys."""
    rows, columns = SHAPES[layer]
    if layer == 1:
        return {'rows': [f'row {n}' for n in range(1, rows + 1)], 'columns': [f'column {n}' for n in range(1, columns + 1)]}
    return {'labels': [place(layer, n) for n in range(rows * columns)]}


def sums(state, seen, terms, layout, width):
    """The sum: its largest terms one by one, all others together, the bias, and what they come to."""
    names = [*(term(state, seen, n, width) for n in seen.largest), others(seen, width), f'bias: {short(seen.bias, 3)}',
             f'{"logit" if state.layer == 3 else "sum"} z = {short(seen.z, 3)}']
    _, top, _, high = layout['terms']
    middles = top + high * (np.arange(len(names)) + ROOM) / (len(terms) + 2 * ROOM)
    return {
        **light(waterfall('terms', terms, 'hidden', lits='unit_z')),
        'names': mark('labels', 'paper', x=[float(layout['named'])] * len(names), y=middles.round(1), text=names, anchor='end',
                      inks=[''] * len(terms) + ['hidden'], lits=[''] * len(terms) + ['unit_z']),
        'one': words(*layout['one'], state.weight_says(), 'model', lit='weight_says'),
        'end': words(*layout['end'], state.unit_says() if width == 'wide' else state.unit_end(), 'hidden', lit='unit_says'),
        **{f'likes-{k}': words(layout['end'][0], y, line) for k, (y, line) in enumerate(
            zip(layout['likes'], [*wrap(state.unit_likes(), 90 if width == 'wide' else 45), '', ''], strict=False))}}


def light(marks):
    """The same with numbers that weigh little on a page, to a thousandth or so."""
    return {key: fields | {at: np.float32(np.round(np.multiply(fields[at], 1024)) / 1024) for at in 'xywh' if at in fields}
            for key, fields in marks.items()}


def term(state, seen, n, width):
    """'row 12, column 9: 0.21 · 0.94 = 0.197', or what fits beside a phone's bars."""
    if width == 'narrow':
        return f'{place(state.layer, n, brief=True)}: {short(float(seen.products[n]), 3)}'
    return (f'{place(state.layer, n)}: {factor(seen.weights[n], 3)} · {short(float(seen.taken[n]), 3)} = '
            f'{short(float(seen.products[n]), 3)}')


def others(seen, width):
    count = len(seen.products) - len(seen.largest)
    return f'{"the other" if width == "wide" else "other"} {count}: {short(seen.rest, 3)}'


def gesture(state, handle, value, **options):
    return {state.looked_at()[1]: int(value[0])}
