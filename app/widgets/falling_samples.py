"""Samples fall one by one from the reader's bell into bars; and the shares in its bands, the more have fallen the nearer."""
import math

import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.bell import ground
from app.widgets.falling_run import AT, BANDS, EDGES, NONE, heights_of, record, share_texts, top_of
from app.widgets.on_paper import sheet, words
from lessons.gaussian.falls import BINS, WITHIN, expected

__all__ = ['NEW', 'OPTIONS', 'RUNS_ON', 'SHEET', 'draw', 'gesture', 'record']

OPTIONS, SHEET = {}, 'bell.css'
NEW = 'New samples'
RUNS_ON = ('many', 'seed')                  # what falls is counted in standard deviations; the axis says what that is
LOW, HIGH = 0.5, 1.05                       # of the shares that are shown
LAYOUT = {'wide': {'size': [720, 500], 'board': [44, 44, 632, 224], 'time': [70, 360, 300, 88], 'head': (44, 24),
                   'says': ((430, 384), (430, 412), (430, 440)), 'targets': (6, 'start')},
          'narrow': {'size': [340, 572], 'board': [14, 44, 312, 200], 'time': [54, 322, 240, 110], 'head': (14, 20),
                     'says': ((14, 508), (14, 532), (14, 556)), 'targets': (6, 'start')}}


def draw(state, width):
    layout = LAYOUT[width]
    most = max(1.0, math.log10(max(10, state.many)))
    powers = [[k, f'{10 ** k:,}'] for k in range(int(most) + 1)]
    none = np.zeros(BINS, int)
    return {
        'size': layout['size'], 'title': 'Samples fall from a bell and are counted', 'controls': ['many', 'seed'],
        'planes': {'paper': sheet(layout['size']),
                   'board': dict(box=layout['board'], x=[-4, 4], y=[0, 1]),
                   'ground': dict(box=ground(layout['board']), x=[-4, 4], y=[0, 1],
                                  xticks=[[k, short(state.mean + k * state.sd, 3)] for k in range(-3, 4)]),
                   'time': dict(box=layout['time'], x=[0, most], y=[LOW, HIGH], grid=True, xlabel='samples', xticks=powers,
                                yticks=[[0.5, '50 %'], [1, '100 %']])},
        'marks': {
            'head': words(*layout['head'], f'{state.many:,} samples are waiting' if state.many else NONE),
            **{f'bars-{band}': bars(EDGES[band == BANDS], band) for band in (1, 2, 3, 4)},
            'bell': mark('line', 'board', 'model', x=np.float32(AT), y=heights_of(state.many, top_of(state.many, none)),
                         label='what the bell foretells'),
            **{f'falls-{k}': mark('points', 'board', 'step', x=[], y=[], r=7) for k in (0, 1)},   # by turns: a new one falls
            **targets(layout, most),
            **{f'share-{sds}': mark('line', 'time', 'data', x=[], y=[]) for sds in WITHIN},
            'now': mark('points', 'time', 'step', x=[], y=[], r=5),
            **{f'says-{sds}': words(*place, text, 'data', lit=f'within_{sds}')
               for sds, place, text in zip(WITHIN, layout['says'], share_texts(0, [0] * 3), strict=True)}}}


def bars(edges, band):
    """The empty bars of a band, a quarter of a standard deviation wide."""
    zeros = np.zeros(len(edges))
    return mark('tiles', 'board', 'model' if band < 4 else 'loss', x=edges + 0.01, y=zeros, w=zeros + 0.23, h=zeros,
                label=f'samples within {band} σ' if band < 4 else 'samples beyond 3 σ')


def targets(layout, most):
    """The shares of the bell itself, and what each is."""
    found, down = {}, {1: 5, 2: 14, 3: 0}
    for sds, share in zip(WITHIN, expected().tolist(), strict=True):
        found[f'target-{sds}'] = mark('line', 'time', 'model', x=[0.0, most], y=[share] * 2, dash=True)
        found[f'target-{sds}-name'] = mark('text', 'time', 'model', x=most, y=share, dx=layout['targets'][0], dy=down[sds],
                                           text=f'{sds} σ', lit=f'within_{sds}')
    return found


def gesture(state, handle, point, **options):
    return {}
