"""A picture on its way through a network: a list, and layer by layer the sums and what becomes of them, to the probabilities."""
from textwrap import wrap

import numpy as np

from app import pillars
from app.scene import mark
from app.widgets.layer_walk_run import ACROSS, GRIDS, recorded
from app.widgets.on_paper import sheet, words
from app.widgets.signed import minus, signed
from app.widgets.unroll import PALETTE
from app.widgets.unroll import shades as grey
from lessons.inside_a_network.networks import SIZES
from lessons.inside_a_network.walk import SHAPES, UNITS
from lessons.short import SUBSCRIPTS, short

OPTIONS = {}
LATE, SHEET = True, 'inside.css'

LAYOUT = {'wide': {'size': [720, 572], 'picture': [8, 8, 112, 112], 'list': [150, 46, 562, 34], 'list-tag': (712, 32),
                   'list-says': ((150, 32), (150, 104)), 'list-some': (712, 104, 6), 'z': (256, 192), 'a': (520, 192),
                   'tops': (178, 332, 438), 'tall': (112, 56, 32), 'says': (12, 36, 60), 'left': 8, 'tag': 226,
                   'softmax-tag': (712, 512), 'total': (530,), 'unit': (560,)},
          'narrow': {'size': [340, 836], 'picture': [8, 8, 112, 112], 'list': [8, 140, 324, 30], 'list-tag': (136, 106),
                     'list-says': ((136, 30), (136, 54)), 'list-some': (136, 80, 4), 'z': (8, 144), 'a': (188, 144),
                     'tops': (286, 510, 678), 'tall': (112, 56, 32), 'says': (-80, -58, -36), 'left': 8, 'tag': 332,
                     'softmax-tag': (332, 642), 'total': (756, 778), 'unit': (806, 828)}}


def RUNS_ON(state):
    """On nothing: what is played uncovers what is there."""
    return ()


def draw(state, width):
    layout, ran = LAYOUT[width], state.ran()
    boxes = {name: grid_box(name, layout) for name in GRIDS}
    planes = {'paper': sheet(layout['size']), 'picture': dict(box=layout['picture'], x=[0, 1], y=[1, 0]),
              'list': dict(box=layout['list'], x=[0, 1], y=[1, 0]),
              **{name: dict(box=box, x=[0, GRIDS[name][1]], y=[GRIDS[name][0], 0], frame=True) for name, box in boxes.items()}}
    pixels = grey(state.picture())
    values = {f'{kind}{k}': numbers[0] for kind, found in (('z', ran.z), ('a', ran.a)) for k, numbers in enumerate(found, 1)}
    return {
        'size': layout['size'], 'title': 'One picture on its way through three layers',
        'controls': ['layer', state.looked_at()[0]],
        'planes': planes,
        'marks': {
            'funnel': funnel(state, layout, boxes),
            'picture': mark('image', 'picture', shape=[ACROSS] * 2, pixels=pixels, palette=PALETTE, label='what goes in'),
            'list': mark('image', 'list', shape=[1, ACROSS**2], pixels=pixels, palette=PALETTE, label='the same as one long row'),
            **{name: grid(name, numbers) for name, numbers in values.items()},
            **{f'{name}-minus': minus(name, values[name], GRIDS[name][1]) for name in ('z1', 'z2', 'z3')},
            **{f'{name}-cover': mark('tiles', name, 'cover', x=[], y=[], w=[], h=[]) for name in ('list', *GRIDS)},
            **told(state, layout, boxes, width), 'list-some': some(state, layout, width), 'ring': ring(state, boxes)}}


def grid_box(name, layout):
    (left, wide), k = layout[name[0]], int(name[1]) - 1
    return [left, layout['tops'][k], wide, layout['tall'][k]]


def grid(name, numbers):
    """The numbers of a layer as a picture; each can be pressed."""
    k = int(name[1])
    what = 'sums' if name[0] == 'z' else 'probabilities' if k == 3 else 'sums after ReLU'
    return signed(name, numbers, GRIDS[name], most=1 if name == 'a3' else None, picks=True, lit=f'layer-{k}',
                  label=f'the {len(numbers)} {what} of layer {k}; press one to look at its unit',
                  labels=[f'digit {n}' if k == 3 else f'unit {n}' for n in range(len(numbers))])


def cell(name, unit, boxes):
    """Where a unit's number stands: left, top, width and height in units of the picture."""
    (rows, columns), (left, top, wide, tall) = GRIDS[name], boxes[name]
    row, column = divmod(unit, columns)
    return left + column * wide / columns, top + row * tall / rows, wide / columns, tall / rows


def ring(state, boxes):
    """Around the sum of the chosen unit, and around what becomes of it."""
    cells = [cell(f'{kind}{state.layer}', state.chosen_unit(), boxes) for kind in 'za']
    places = {field: [round(each[n], 2) for each in cells] for n, field in enumerate('xywh')}
    return mark('tiles', 'paper', **places, lit='unit_says')


def funnel(state, layout, boxes):
    """From all that the chosen unit takes in to its sum."""
    left, top, wide, tall = boxes[f'a{state.layer - 1}'] if state.layer > 1 else layout['list']
    x, y, w, _ = cell(f'z{state.layer}', state.chosen_unit(), boxes)
    return mark('area', 'paper', 'hidden', x=[float(left), x + w / 2, float(left + wide)], base=float(top + tall),
                y=[float(top + tall), y, float(top + tall)], lit='unit_says')


def told(state, layout, boxes, width):
    """What each layer is, in words and numbers."""
    left, found, wide = layout['left'], list_says(state, layout, width), width == 'wide'
    for k, (gives, takes) in enumerate(SHAPES.layers, 1):
        top, n, lit = layout['tops'][k - 1], str(k).translate(SUBSCRIPTS), f'layer-{k}'
        weights = gives * takes
        lines = f'layer {k}', f'W{n} is {gives} × {takes}, b{n} has {gives}', f'{weights:,} + {gives} = {weights + gives:,}'
        foots = [top + dy for dy in layout['says']]
        before, bend = 'x' if k == 1 else f'a{str(k - 1).translate(SUBSCRIPTS)}', 'softmax' if k == 3 else 'ReLU'
        found |= {f'layer{k}-{i}': words(left, y, line, lit=lit) for i, (y, line) in enumerate(zip(foots, lines, strict=True))}
        found |= {
            f'layer{k}-tag': pillars.tag('paper', 'algebra', layout['tag'], foots[0], anchor='end'),
            f'z{k}-name': words(boxes[f'z{k}'][0], top - 8, f'z{n} = W{n}{before} + b{n}', 'hidden', lit=lit),
            f'a{k}-name': words(boxes[f'a{k}'][0], top - 8, f'{"p" if k == 3 else "a" + n} = {bend}(z{n})', 'hidden', lit=lit)}
    found['softmax-tag'] = pillars.tag('paper', 'probability', *layout['softmax-tag'], anchor='end')
    for name in ('z3', 'a3'):
        found[f'{name}-digits'] = mark('labels', name, x=np.arange(0.5, 10, dtype=np.float32), y=np.full(10, 1.375, np.float32),
                                       text=list('0123456789'))
    total = (f'{SHAPES.total():,} weights and biases, {state.weights_words()}',
             f'multiplications for one picture: {SHAPES.multiplications():,}')
    lines = ('; '.join(total),) if wide else total
    found |= {f'total-{i}': words(left, y, line, lit='parameters_in_all') for i, (y, line) in enumerate(
        zip(layout['total'], lines, strict=True))}
    says = [*wrap(state.unit_says(), 90 if wide else 44), '']
    return found | {f'unit-{i}': words(left, y, says[i], 'hidden', lit='unit_says') for i, y in enumerate(layout['unit'])}


def some(state, layout, width):
    """A few of the numbers themselves, from where the list grows fastest: from paper to ink."""
    (x, y, n), numbers = layout['list-some'], state.picture()
    start = min(max(0, int(np.diff(numbers).argmax()) + 1 - n // 2), len(numbers) - n)
    texts = [short(round(float(number), 2), 2) for number in numbers[start:start + n]]
    return words(x, y, f'…, {", ".join(texts)}, …', 'data', lit='input', anchor='end' if width == 'wide' else 'start')


def list_says(state, layout, width):
    """What stands beside the list of all pixels: what it is a picture of, and how many there are."""
    (x, y), (x2, y2), wide = *layout['list-says'], width == 'wide'
    count = f'{SIZES[0]} numbers, row after row' if wide else f'as a list of {SIZES[0]} numbers'
    return {'list-name': words(x, y, f'x: {state.shown_words()}{", as a list" * wide}', 'data', lit='input'),
            'list-count': words(x2, y2, count, lit='input'),
            'list-tag': pillars.tag('paper', 'algebra', *layout['list-tag'], anchor='end' if wide else 'start')}


def gesture(state, handle, value, **options):
    layer = int(handle[1])
    return {'layer': layer, UNITS[layer - 1]: int(value[0])}


def record(state, **options):
    return recorded()
