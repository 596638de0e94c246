"""How the walk through a network is played: what is not known yet is covered, and uncovered piece by piece."""
import numpy as np

from app.numbers import show as text_of
from lessons.inside_a_network.networks import SIZES
from lessons.inside_a_network.walk import SHAPES

ACROSS = 28
GRIDS = {'z1': (8, 16), 'a1': (8, 16), 'z2': (4, 16), 'a2': (4, 16), 'z3': (1, 10), 'a3': (1, 10)}       # rows, columns
STRIPS = 4                                          # rows of the picture that are taken at a time


def recorded():
    """The run: the same for every picture and every network, since it shows nothing that is not in the scene."""
    takes = ACROSS // STRIPS
    order = [('list', k + 1) for k in range(takes)]
    for name, (rows, _) in GRIDS.items():
        order += [(name, row + 1) for row in range(rows)] if name[0] == 'z' else [(name, rows)]
    frames = len(order) + 1
    tracks, marks = {'ring.class': ['unseen'] * (frames - 1) + [''], 'funnel.class': ['unseen'] * (frames - 1) + ['hidden']}, {}
    for name, size in {'list': takes, **{name: rows for name, (rows, _) in GRIDS.items()}}.items():
        known = np.zeros(frames)
        for moment, (uncovered, rows) in enumerate(order, 1):
            known[moment] = rows / size if uncovered == name else known[moment - 1]
        tracks |= cover(name, known[:, None])
        marks[f'{name}-cover'] = {'y': [0.0], 'h': [1.0]} if name == 'list' else {'x': [0.0], 'w': [float(GRIDS[name][1])]}
    return {'frames': frames, 'pace': 2.5, 'tracks': tracks, 'marks': marks,
            'labels': ['A picture, and nothing worked out yet', *(label(*what) for what in order)],
            'lit': ['', *('input' if name == 'list' else f'layer-{name[1]}' for name, _ in order)],
            'says': f'{SIZES[0]} numbers went in and {SIZES[-1]} came out, after {SHAPES.multiplications():,} multiplications.'}


def cover(name, known):
    """The cover of what is not known: a list is uncovered from the left, a layer from the top."""
    if name == 'list':
        return {'list-cover.x': known, 'list-cover.w': 1 - known}
    rows = GRIDS[name][0]
    return {f'{name}-cover.y': known * rows, f'{name}-cover.h': (1 - known) * rows}


def label(name, rows):
    """What a moment shows, in a sentence."""
    if name == 'list':
        return f'Rows {STRIPS * (rows - 1) + 1} to {STRIPS * rows} are taken: {ACROSS * STRIPS * rows} of {SIZES[0]} numbers'
    k = int(name[1])
    if name[0] == 'z':
        return f'Layer {k}: {rows * GRIDS[name][1]} of {SIZES[k]} sums, of {text_of(SIZES[k - 1], ",")} products each'
    return 'Softmax makes ten probabilities of them' if k == 3 else f'Layer {k}: ReLU stops what is below zero'
