"""One step downhill from a = −2, b = 3, as long as the reader likes: what f becomes if a alone moves, and if both do."""
import numpy as np

from app.numbers import short, ticks
from app.scene import mark

OPTIONS = {}
MOST = 0.4
PLANES = {'alone': (-7.4, -5.0), 'both': (-33.0, -3.0)}
WORDS = {'alone': 'f after the step, if a alone moves', 'both': 'f after the step, if a and b move'}
LAYOUT = {'wide': {'size': [720, 350], 'alone': [64, 42, 276, 252], 'both': [430, 42, 276, 252]},
          'narrow': {'size': [340, 580], 'alone': [52, 40, 272, 200], 'both': [52, 328, 272, 200]}}


def draw(state, width):
    layout, rate = LAYOUT[width], state.tune
    across, planes, marks = np.linspace(0, MOST, 33), {}, {}
    for name, (low, high) in PLANES.items():
        planes[name] = dict(box=layout[name], x=[0, MOST], y=[low, high], frame=True, xlabel='rate: how far the step goes',
                            ylabel=WORDS[name], xticks=ticks(0, MOST), yticks=ticks(low, high))
        start, slope, here = state.tuned(name, 0.0), state.tune_slope(name), state.tuned(name, rate)
        far = min(MOST, (low - start) / slope)
        marks |= {
            f'{name}-told': mark('line', name, 'gradient', dash=True, fixed=True, x=[0.0, far], y=[start, start + slope * far]),
            f'{name}-curve': mark('line', name, 'loss', fixed=name == 'both', x=across,
                                  y=np.round([state.tuned(name, at) for at in across.tolist()], 3)),
            f'{name}-dot': mark('points', name, 'loss', x=[rate], y=[here], r=6),
            f'{name}-says': mark('text', name, 'loss', x=rate, y=here, dy=-20, text=f'f = {short(here, 6)}',
                                 anchor='start' if rate < .12 else 'middle' if rate < .3 else 'end')}
    marks['alone-foretold'] = mark('text', 'alone', 'gradient', x=MOST * .045, y=PLANES['alone'][0], dy=-8, anchor='start',
                                   text='what the slope foretells')
    alone, both = (short(state.tuned(name, rate), 6) for name in PLANES)
    marks['step'] = mark('handle', 'alone', 'step', x=rate, y=state.tuned('alone', rate), move='x', bounds=[0, MOST], step=0.01,
                         along='alone-curve', cue=True, jump=True, label='how far the step goes', now=f'{rate:.4g}', min='0',
                         max='0.4', says=f'rate {short(rate)}: f = {alone} with a alone, {both} with both')
    return {'size': layout['size'], 'title': 'One step from a = −2, b = 3', 'controls': ['tune'], 'planes': planes,
            'marks': marks}



def gesture(state, handle, point):
    return {'tune': float(point[0])}
