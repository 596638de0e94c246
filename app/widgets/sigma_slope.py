"""The slope of a sigmoid, read off without its formula: what y says of it is all there is to know."""
import numpy as np

from app.numbers import short, ticks
from app.scene import mark
from app.widgets.on_a_curve import coarse
from core.activations import sigmoid

OPTIONS = {}

ENDS = (-6.0, 6.0)
LAYOUT = {'wide': {'size': [720, 330], 'curve': [62, 40, 370, 232], 'bow': [520, 40, 180, 232]},
          'narrow': {'size': [340, 520], 'curve': [50, 40, 274, 176], 'bow': [50, 310, 274, 150]}}


def draw(state, width):
    layout, y, slope = LAYOUT[width], state.y(), state.y() * (1 - state.y())
    z, heights = np.linspace(*ENDS, 33), np.linspace(0, 1, 25)
    far = np.array([state.z - 2.2, state.z + 2.2])
    return {
        'size': layout['size'], 'title': 'The slope of a sigmoid is y (1 − y)',
        'planes': {'curve': dict(box=layout['curve'], x=list(ENDS), y=[-.1, 1.1], grid=True, xlabel='z, the weighted sum',
                                 ylabel='y = σ(z)', xticks=ticks(*ENDS), yticks=[[0, '0'], [.5, '0.5'], [1, '1']]),
                   'bow': dict(box=layout['bow'], x=[0, 1], y=[0, .3], grid=True, xlabel='y', ylabel='y (1 − y)',
                               xticks=[[0, '0'], [.5, '0.5'], [1, '1']], yticks=[[0, '0'], [.25, '0.25']])},
        'marks': {
            'sigmoid': mark('line', 'curve', 'hidden', x=z, y=coarse(sigmoid(z)), label='the sigmoid'),
            'tangent': mark('line', 'curve', 'gradient', x=far, y=y + slope * (far - state.z), dash=True),
            'level': mark('line', 'curve', 'data', x=[state.z, ENDS[1]], y=[y, y], dash=True),
            'slope': mark('text', 'curve', 'gradient', x=-5.8, y=.93, text=f'slope {short(slope)}', lit='bend'),
            'parabola': mark('line', 'bow', 'gradient', fixed=True, x=heights, y=heights * (1 - heights), label='y times 1 − y'),
            'stem': mark('line', 'bow', 'data', x=[y, y], y=[0.0, slope], dash=True),
            'same': mark('points', 'bow', 'gradient', x=[y], y=[slope], r=7),
            'height': mark('text', 'bow', 'gradient', x=.5, y=.27, anchor='middle', text=short(slope), lit='bend'),
            'z': mark('handle', 'curve', 'hidden', x=state.z, y=y, move='x', bounds=list(ENDS), step=.1, along='sigmoid',
                      cue=True, jump=True, label='z, the weighted sum',
                      says=f'z {short(state.z)}: y {short(y)}, slope {short(slope)}', now=f'{state.z:g}', min='-6', max='6')}}


def gesture(state, handle, point, **options):
    return {'z': round(point[0], 2)}
