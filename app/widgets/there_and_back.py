"""What was kept on the way through the network, and below it what comes back to the same places, each in its frame."""
from itertools import pairwise

import numpy as np

from app.scene import mark
from app.widgets.on_paper import words
from app.widgets.signed import minus, signed
from app.widgets.unroll import PALETTE
from app.widgets.unroll import shades as grey
from lessons.inside_a_network.networks import SIZES
from lessons.short import short

GRIDS = {'p': (1, 10), 'two': (4, 16), 'one': (8, 16), 'x': (28, 28)}   # answers, second layer, first layer, picture
THERE = {'p': 'p, and the truth', 'two': f'a₂, {SIZES[2]} units', 'one': f'a₁, {SIZES[1]} units', 'x': 'x'}
BACK = {'two': '∂L/∂z₂', 'one': '∂L/∂z₁'}
LIT = {'p': 'back-3 factor-1 factor-2', 'two': 'back-2 factor-3 factor-4', 'one': 'back-1 factor-5 factor-6',
       'x': 'update-1 factor-7'}


def planes(layout):
    return {f'{way}-{name}': dict(box=box, x=[0, columns], y=[-k, 1] if name == 'p' else [rows, 0])
            for k, way in enumerate(('there', 'back')) for name, box in boxes(layout, way).items()
            for rows, columns in [GRIDS[name]]}


def boxes(layout, way):
    """Where the frames of 'there' or 'back' stand: left, top, width, height."""
    k = ('there', 'back').index(way)
    return {name: [layout['lefts'][name][k], layout['tops'][name][k], *layout['areas'][name]] for name in GRIDS}


def titles(layout, way, texts, meaning=None):
    return {f'{way}-{name}-name': words(left, top - 10, texts[name], meaning, lit='forward' if way == 'there' else LIT[name],
                                        fixed=True)
            for name, (left, top, _, _) in boxes(layout, way).items() if name in texts}


def there(seen, layout):
    """What was kept on the way there: each of it is a factor on the way back."""
    return {
        **titles(layout, 'there', THERE),
        'p': bars('there-p', seen.p, 'model', lit='forward'),
        'y': mark('tiles', 'there-p', 'data', x=[seen.truth + 0.15], y=[0.0], w=[0.7], h=[1.0]),
        'a-two': signed('there-two', seen.taken[2], GRIDS['two'], lit='forward', label='what the second layer passed on'),
        'a-one': signed('there-one', seen.taken[1], GRIDS['one'], lit='forward', label='what the first layer passed on'),
        'x': mark('image', 'there-x', shape=[28, 28], pixels=grey(seen.taken[0]), palette=PALETTE, label='the picture')}


def bars(plane, heights, meaning, **more):
    return mark('tiles', plane, meaning, x=np.arange(10) + np.float32(0.15), y=np.zeros(10, np.uint8), w=[0.7] * 10,
                h=heights.astype(np.float32), **more)


def back(state, seen, layout):
    """What has come back: p − y, then a slope for each unit’s sum, then those of one unit’s weights."""
    unit, places, told = state.slopes_unit(), boxes(layout, 'back'), sizes(state, seen)
    found = {
        **titles(layout, 'back', BACK, 'gradient'),
        'blame': bars('back-p', seen.by_z[2], 'gradient', lit=LIT['p']),
        'two': signed('back-two', seen.by_z[1], GRIDS['two'], lit=LIT['two'], label='∂L/∂z of the second layer'),
        'one': signed('back-one', seen.by_z[0], GRIDS['one'], lit=LIT['one'], picks=True,
                      labels=[f'unit {n}' for n in range(SIZES[1])],
                      label='∂L/∂z of the first layer; press a unit to see the slopes of its weights'),
        'slopes': signed('back-x', state.slopes_of_unit(), GRIDS['x'], lit=LIT['x'],
                         label='the slopes of the weights of one unit, one for each pixel'),
        'cover': mark('tiles', 'back-x', 'cover', x=[], y=[], w=[], h=[]),
        'ring': mark('tiles', 'back-one', 'ring', x=[unit % 16], y=[unit // 16], w=[1], h=[1], lit=LIT['x']),
        **{f'{name}-minus': minus(f'back-{name}', seen.by_z[k], GRIDS[name][1]) for k, name in ((1, 'two'), (0, 'one'))}}
    for name in 'px':
        left, top, wide, _ = places[name]
        edge = left + wide > layout['size'][0] - 60 and name == 'p'     # a phone's: a long number grows away from it
        found[f'back-{name}-name'] = words(left + wide if edge else left, top - 10, told[name], 'gradient', lit=LIT[name],
                                           anchor='end' if edge else 'start')
    for name in ('two', 'one'):
        for n, (k, line) in enumerate(layout['sizes']):
            left, top, _, tall = boxes(layout, ('there', 'back')[k])[name]
            found[f'size-{name}-{n}'] = words(left, top + tall + line, told[name][n])
    return found


def sizes(state, seen):
    """How large the numbers are that have come back."""
    steepest = [short(float(numbers[np.abs(numbers).argmax()]), 2) for numbers in seen.by_z]
    unit = state.slopes_unit()
    shut = f'{seen.shut(1)} shut, unit {state.unit} too' if unit != state.unit else f'{seen.shut(1)} of {SIZES[1]} shut'
    return {'p': f'p − y, steepest {steepest[2]}', 'two': (f'steepest {steepest[1]}', f'{seen.shut(2)} of {SIZES[2]} shut'),
            'one': (f'steepest {steepest[0]}', shut), 'x': f'∂L/∂W₁, unit {unit}'}


def furniture(layout, in_a_row):
    """What never changes: the names of the digits, the zero line of p − y, and arrows between what stands in a row."""
    feet = [(left + wide * (n + 0.5) / 10, top + tall + 11.0) for way in ('there', 'back') for n in range(10)
            for left, top, wide, tall in [boxes(layout, way)['p']]]
    left, top, wide, tall = boxes(layout, 'back')['p']
    found = {'digits': mark('labels', 'paper', x=[x for x, _ in feet], y=[y for _, y in feet],
                            text=[str(n) for n in range(10)] * 2, fixed=True),
             'frames': mark('tiles', 'paper', **dict(zip('xywh', zip(*(box for way in ('there', 'back') for name, box in boxes(
                 layout, way).items() if name != 'p'), strict=True), strict=True)), fixed=True),
             'zero': mark('lines', 'paper', x=[left, left + wide], y=[top + tall / 2] * 2, starts=[0], fixed=True)}
    for way, meaning in (('there', 'hidden'), ('back', 'gradient')) if in_a_row else ():
        frames = list(boxes(layout, way).values())
        for k, (one, next_one) in enumerate(pairwise(frames)):
            ends, height = (one[0] + one[2] + 8.0, next_one[0] - 8.0), frames[2][1] + frames[2][3] / 2
            x, x1 = ends if way == 'back' else ends[::-1]
            found[f'{way}-arrow-{k}'] = mark('arrow', 'paper', meaning, x=x, x1=x1, y=height, y1=height, fixed=True)
    return found
