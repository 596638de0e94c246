"""Four activations side by side with their derivatives below them, all at one z that the reader moves."""
from functools import lru_cache

import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from core.activations import ACTIVATIONS

OPTIONS = {}

NAMES = ('threshold', 'sigmoid', 'tanh', 'relu')
WORDS = {'threshold': 'threshold', 'sigmoid': 'sigmoid σ', 'tanh': 'tanh', 'relu': 'ReLU'}
REACH, SNAP = 6.0, 0.08                     # how far z goes; a hand this near to 0 means 0, where the jump and the kink are
HEIGHTS = {'threshold': [-0.2, 1.2], 'sigmoid': [-0.2, 1.2], 'tanh': [-1.4, 1.4], 'relu': [-0.9, 6.3]}
TICKS = {'threshold': (0, 1), 'sigmoid': (0, 1), 'tanh': (-1, 1), 'relu': (0, 6)}
BREAKS = {'threshold': 'a jump: no slope', 'relu': 'a kink: 0 or 1'}        # what is said of z = 0
LAYOUT = {'wide': {'size': [720, 402], 'boxes': [(40 + 176 * i, 44, 132, 132, 40 + 176 * i, 252, 132, 96) for i in range(4)],
                   'says': 392},
          'narrow': {'size': [340, 812], 'boxes': [(34, 34 + 204 * i, 130, 116, 208, 34 + 204 * i, 122, 116) for i in range(4)],
                     'says': None}}


def draw(state, width):
    layout = LAYOUT[width]
    w, h = layout['size']
    planes, marks = {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h])}, {}
    for name, box in zip(NAMES, layout['boxes'], strict=True):
        add(planes, marks, name, box, state.z, layout, width)
    return {'size': layout['size'], 'title': 'Four activations and their derivatives', 'controls': ['z'], 'planes': planes,
            'marks': marks}


def add(planes, marks, name, box, z, layout, width):
    """One activation: its curve, its derivative, and both numbers."""
    act, h = ACTIVATIONS[name], layout['size'][1]
    a, slope, broken = float(act.f(z)), float(act.slope(z)), BREAKS.get(name) if z == 0 else None
    across = dict(x=[-REACH, REACH], xticks=[[-5, '−5'], [0, '0'], [5, '5']])
    planes[name] = dict(box=list(box[:4]), y=HEIGHTS[name], yticks=[[v, text_of(v)] for v in TICKS[name]], **across)
    planes[f'{name}-slopes'] = dict(box=list(box[4:]), x=[-REACH, REACH], y=[-0.15, 1.15], yticks=[[0, '0'], [1, '1']],
                                    xticks=[[0, '0']])
    below = box[1] + box[3] + 42
    where = [(box[0] - 8, below), (box[4] - 8, layout['says'] or below)]
    told = broken or f'slope {text_of(slope, ".3f")}'
    marks |= {
        f'{name}-name': mark('text', 'paper', x=box[0] + box[2] / 2, y=h - box[1] + 14, anchor='middle', text=WORDS[name]),
        f'{name}-drawn': mark('lines', name, 'hidden', fixed=True, label=f'{WORDS[name]}: its curve', **drawn(name, 'f')),
        f'{name}-slope': mark('lines', f'{name}-slopes', 'gradient', fixed=True, label=f'the derivative of {WORDS[name]}',
                              **drawn(name, 'slope')),
        f'{name}-tangent': mark('line', name, 'gradient', **tangent(name, z, a, slope, broken)),
        f'{name}-steep': mark('points', f'{name}-slopes', 'gradient', x=[z] if not broken else [],
                              y=[slope] if not broken else [], r=5),
        f'{name}-says': mark('text', 'paper', 'hidden', x=where[0][0], y=h - where[0][1], text=f'answer {text_of(a, ".3f")}'),
        f'{name}-tells': mark('text', 'paper', 'gradient', x=where[1][0], y=h - where[1][1], text=told),
        f'{name}-at': mark('points', name, 'hidden', x=[z], y=[a], r=7)}
    if name == 'sigmoid':
        marks |= grip(z, a, told)


def grip(z, a, told):
    """What moves z: a handle on the sigmoid, and anywhere on its plane."""
    x = np.linspace(-REACH, REACH, 49)
    return {'along': mark('line', 'sigmoid', 'hidden', x=np.float32(x), y=np.float32(ACTIVATIONS['sigmoid'].f(x))),
            'z': mark('handle', 'sigmoid', 'hidden', x=z, y=a, move='x', bounds=[-REACH, REACH], step=0.1, along='along',
                      cue=True, jump=True, label='z', now=f'{z:g}', min=f'{-REACH:g}', max=f'{REACH:g}',
                      says=f'at z = {text_of(z, ".4g")} the sigmoid answers {text_of(a, ".3f")}, {told}')}


@lru_cache
def drawn(name, which):
    """A curve as it is drawn: in two pieces where it jumps, its derivative too."""
    f = getattr(ACTIVATIONS[name], which)
    jumps = name == 'threshold' and which == 'f' or name == 'relu' and which == 'slope'
    if name in BREAKS:
        x = np.array([-REACH, -1e-9, 1e-9, REACH])
    else:
        x = np.linspace(-REACH, REACH, 49)
    return dict(x=x, y=f(x), starts=[0, 2] if jumps else [0])


def tangent(name, z, a, slope, broken):
    """A piece of the tangent, as long on every curve's picture; none where there is no slope."""
    if broken:
        return dict(x=[], y=[])
    steep = slope * 2 * REACH / (HEIGHTS[name][1] - HEIGHTS[name][0])
    dx = 0.24 / np.hypot(1, steep) * 2 * REACH
    return dict(x=[z - dx, z + dx], y=[a - dx * slope, a + dx * slope])


def gesture(state, handle, point, **options):
    z = round(float(point[0]), 2)
    return {'z': 0.0 if abs(z) < SNAP else z}
