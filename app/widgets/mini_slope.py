"""Three small pictures along w: the loss with its slope, the steps downhill, and the slope itself."""
import numpy as np

from app.numbers import ticks
from app.scene import mark
from app.widgets.mini_parts import AFTER, HIGH, LOW, SLOPE, button, held, said
from lessons.short import factor
from lessons.summary.state import few, loss_at, slope_at

AT = np.array([LOW, *np.arange(0, HIGH + 0.01, 0.25)])
LOSSES = np.array([loss_at(float(w)) for w in AT])
EDGE = 1e-3                             # right of the corner at 0, where the slope jumps
AHEAD = 12                              # steps that are drawn beforehand


def valley():
    return dict(box=[34, 30, 296, 176], x=[LOW, HIGH], y=[-1.5, 20.5], xticks=ticks(-1, 5), yticks=ticks(0, 20, 2),
                xlabel='w', ylabel='loss')


def curve():
    return mark('line', 'valley', 'loss', x=AT, y=LOSSES, fixed=False, label='the loss at every w', lit='loss')


def on_curve(state, name):
    return held(state, 'valley', name, 'x', state.w, state.loss(), along='curve', jump=True)


def derivative(state):
    ends = np.array([LOW, HIGH])
    return {'title': 'The loss at every w, with its slope at yours', 'planes': {'valley': valley()},
            'marks': {'curve': curve(),
                      'tangent': mark('line', 'valley', 'gradient', x=ends, y=state.loss() + state.slope() * (ends - state.w),
                                      lit=SLOPE),
                      'says': mark('text', 'valley', 'gradient', x=2.2, y=18, anchor='middle', text=f'slope {few(state.slope())}',
                                   lit=SLOPE),
                      'at-slope': on_curve(state, 'at-slope')}}


def descent(state):
    """The step from here, those after it, and a button that takes the first of them."""
    walk = state.walk(AHEAD)
    heights = np.array([loss_at(float(w)) for w in walk])
    first, then = few(state.w), f'{few(state.rate)} · {factor(round(state.slope(), 3))}'
    return {'title': 'The step downhill, and those after it',
            'planes': {'valley': valley() | {'box': [34, 30, 296, 112]}},
            'marks': {'curve': curve(),
                      'trail': mark('line', 'valley', 'step', x=walk, y=heights, lit=AFTER),
                      'places': mark('points', 'valley', 'step', x=walk[1:], y=heights[1:], r=4, lit=AFTER),
                      'at-start': on_curve(state, 'at-start'),
                      'sum': said(200, f'{first} − {then} = {few(state.after())}', 'step', lit=AFTER),
                      'step': button('Take this step', 214)}}


def calculus(state):
    corner = slope_at(EDGE)
    slope = state.slope()
    told = f'{few(slope)}, ' + ('less than 0: raise w' if slope < 0 else 'above 0: lower w')
    return {'title': 'The slope of the loss at every w',
            'planes': {'rates': dict(box=[42, 30, 288, 160], x=[LOW, HIGH], y=[-15.0, 15.0], xticks=ticks(-1, 5), xlabel='w',
                                     yticks=ticks(-10, 10, 2), ylabel='slope of the loss')},
            'marks': {'slopes': mark('line', 'rates', 'gradient', x=[LOW, 0.0, EDGE, HIGH], y=[0.0, 0.0, corner, slope_at(HIGH)],
                                     label='the slope at every w', lit=SLOPE),
                      'at-rate': held(state, 'rates', 'at-rate', 'x', state.w, state.slope(), along='slopes', jump=True),
                      'says': said(256, told if abs(slope) > 5e-4 else 'flat: a step does nothing', 'gradient', lit=SLOPE)}}
