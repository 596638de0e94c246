"""Two points on a curve and the line through both: the nudge shrinks, and the line becomes the tangent."""
from math import ceil, log10

import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from app.widgets import nudge_axis
from app.widgets.on_a_curve import drawn, padded, paper, scales, slope_text
from lessons.power import size_of, size_text

OPTIONS = {}

HALF = 1.2                  # how far the picture goes to both sides of x
NEAREST = 0.02              # nearer than this the second point can't be told from the first, and the axis takes over
ROWS = 5
LAYOUT = {'wide': {'size': [720, 470], 'box': [56, 34, 336, 300], 'track': [56, 414, 608, 2],
                   'columns': [472, 488, 592], 'top': 58, 'line': 27},
          'narrow': {'size': [340, 560], 'box': [48, 34, 278, 214], 'track': [36, 508, 262, 2],
                     'columns': [74, 92, 208], 'top': 316, 'line': 24}}


def draw(state, width):
    layout, walk, x = LAYOUT[width], state.walk(), state.x()
    xs, heights = drawn(state.height, x - HALF, x + HALF, walk.places)
    ranges = [x - HALF, x + HALF], padded(float(heights.min()), float(heights.max()), least=0.5)
    track = dict(box=layout['track'], x=list(nudge_axis.POWERS), y=[0, 1], frame=True, xlabel='the nudge h',
                 xticks=nudge_axis.marks_of_ten())
    return {'size': layout['size'], 'title': f'{walk.words}, with a line through two of its points',
            'controls': ['central', 'curve'],
            'planes': {'paper': paper(layout['size']), 'near': scales(ranges, layout['box']), 'track': track},
            'marks': {'curve': mark('line', 'near', 'model', x=xs, y=heights, label=f'the curve of {walk.words}'),
                      **_lines(state, ranges), **_table(state, layout), **_hands(state, ranges)}}


def gesture(state, handle, point, **options):
    """The second point speaks of its own place, the axis of powers of ten."""
    if handle == 'axis':
        return {'nudge': point[0]}
    return {'nudge': log10(max(point[0] - state.x(), size_of(-15)))}


def _lines(state, ranges):
    """The tangent, dashed, and the line through both points with its run and its rise."""
    (left, right), _ = ranges
    x, fx, h, slope, kink = state.x(), state.fx(), state.h(), state.slope(), state.at_a_kink()
    start = x - h if state.central else x
    foot, top = float(state.height(start)), float(state.height(x + h))
    steep = (top - foot) / (x + h - start) if h >= 1e-3 else (state.both_ways() if state.central else state.forward())
    far = np.array([left, right])
    name = h >= 0.3
    return {
        'tangent': mark('line', 'near', 'gradient', x=[] if kink else far, y=[] if kink else fx + slope * (far - x), dash=True,
                        lit='derivative'),
        'secant': mark('line', 'near', 'gradient', x=far, y=foot + steep * (far - start), lit='forward'),
        'run': mark('line', 'near', 'gradient', x=[start, x + h], y=[foot, foot], dash=True, lit='nudge'),
        'rise': mark('line', 'near', 'gradient', x=[x + h, x + h], y=[foot, top], dash=True),
        'run-name': mark('text', 'near', 'gradient', x=(start + x + h) / 2, y=foot, dy=18 if top >= foot else -8, anchor='middle',
                         text=('2h' if state.central else 'h') if name else ''),
        'behind': mark('points', 'near', 'gradient', x=[start] if state.central else [], y=[foot] if state.central else [], r=6),
        'here': mark('points', 'near', 'model', x=[x], y=[fx], r=6),
    }


def _table(state, layout):
    """The last powers of ten down to the reader's own nudge, and what each gives: the heading, rows, the reader's row."""
    tens = [size_of(power) for power in range(0, ceil(state.nudge) - 1, -1)]
    sizes = [*(size for size in tens if size > state.h()), state.h()][-ROWS:]
    forward, central = state.quotients(np.array(sizes))
    forward[-1], central[-1] = state.forward(), state.both_ways()
    texts = [[size_text(h), _digits(right), _digits(both) if state.central else '']
             for h, right, both in zip(sizes, forward, central, strict=True)]
    true = ['tangent', 'none here' if state.at_a_kink() else slope_text(state.slope(), sign=False), '']
    cells = [['h', 'ratio', 'both ways' if state.central else ''], *texts, true, *[['', '', '']] * (ROWS - len(texts))]
    made, height = {}, layout['size'][1]
    for n, row in enumerate(cells):
        own, last = n == len(texts), n == len(texts) + 1
        for name, place, text in zip(('h', 'forward', 'both'), layout['columns'], row, strict=True):
            made[f'{name}-{n}'] = mark(
                'text', 'paper', 'gradient' if own else None, x=place, y=height - layout['top'] - n * layout['line'],
                anchor='end' if name == 'h' else 'start', text=text, size=None if own or last or not n else 'small',
                lit={'h': 'nudge', 'forward': 'forward', 'both': 'both_ways'}[name] if own else None)
    return made


def _digits(value):
    digits = '.8g' if abs(value) >= 1e-2 else '.6g'
    return text_of(float(value), digits) if abs(value) >= 1e-4 else size_text(float(value), 3)


def _hands(state, ranges):
    x, h = state.x(), state.h()
    says = f'ratio {_digits(state.both_ways() if state.central else state.forward())}'
    _, (low, high) = ranges
    nearest = x + min(h, NEAREST)
    return {
        'beyond': mark('handle', 'near', 'gradient', x=x + h, y=min(high, max(low, float(state.height(x + h)))), move='x',
                       bounds=[nearest, x + 1], step=0.05, along='curve', cue=True, label='the second point',
                       says=f'h {size_text(h)}, {says}', now=f'{x + h:.6g}', min=f'{nearest:.6g}', max=f'{x + 1:.6g}'),
        'axis': nudge_axis.handle(state, 'track', 0.5, says),
    }
