"""How long the first steps are, each beside the one before: on a parabola the same factor every time."""
import numpy as np

from app.numbers import short, ticks
from app.scene import mark
from lessons.rate import rate_text
from lessons.short import SUPERSCRIPTS

OPTIONS = {}

BARS = {'wide': 8, 'narrow': 5}
LAYOUT = {'wide': {'size': [720, 330], 'bars': [78, 66, 622, 210], 'words': 22},
          'narrow': {'size': [340, 312], 'bars': [68, 66, 256, 190], 'words': 22}}


def draw(state, width):
    layout, hill = LAYOUT[width], state.hill()
    bars = BARS[width]
    lengths = state.step_lengths()[:bars]
    top = float(lengths.max(initial=0)) * 1.15 or 1.0
    w, h = layout['size']
    said = above(state, width)
    return {
        'size': layout['size'], 'title': 'The lengths of the first steps', 'controls': ['rate'],
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'bars': dict(box=layout['bars'], x=[.4, bars + .6], y=[0, top], grid=True, xlabel='step',
                                ylabel=f'how far {hill.symbol} moves{f" ({hill.unit})" if hill.unit else ""}',
                                xticks=[[n, str(n)] for n in range(1, bars + 1)],
                                yticks=[[value, tick(value)] for value, _ in ticks(0, top)])},
        'marks': {
            'lengths': mark('tiles', 'bars', 'step', x=np.arange(1, len(lengths) + 1) - .3, y=np.zeros(len(lengths)),
                            w=np.full(len(lengths), .6), h=lengths, label=spoken(lengths)),
            'words': mark('text', 'paper', x=layout['bars'][0] if width == 'wide' else 8, y=h - layout['words'], text=said),
            **ratios(lengths)}}


def gesture(state, handle, point, **options):
    return {}


def tick(value):
    """A length beside its line: a million and more with a power of ten, for want of room."""
    if value < 1e6:
        return short(value)
    digits, power = f'{value:.1e}'.split('e+')
    return f'{digits.removesuffix(".0")}\u2009×\u200910{str(int(power)).translate(SUPERSCRIPTS)}'


def ratios(lengths):
    """Above each bar: how many times the one before it is as long."""
    marks = {}
    for i in range(1, max(BARS.values())):
        seen = i < len(lengths) and lengths[i - 1] > 0
        marks[f'ratio-{i}'] = mark('text', 'bars', 'step', x=i + 1, y=float(lengths[i]) if seen else 0.0, dy=-8, anchor='middle',
                                   text=f'×\u2009{short(float(lengths[i] / lengths[i - 1]), 2)}' if seen else '')
    return marks


def above(state, width):
    """The factor with the reader's own numbers in it, where there is one."""
    curvature, rate = state.curvature(), rate_text(state.rate)
    if curvature is None:
        return 'The factor changes with the place.' if width == 'narrow' else (
            'The curvature changes from place to place, and the factor with it.')
    left = f'1 − {rate} × {short(curvature)} = {short(state.factor(), 3)}'
    if width == 'narrow':
        return f'factor {left}'
    return f'factor 1 − rate × curvature = {left}' + (': it changes sides' if state.factor() < 0 else '')


def spoken(lengths):
    if not len(lengths):
        return 'no step is made'
    return f'the first steps are {", ".join(map(short, lengths.tolist()))} long'
