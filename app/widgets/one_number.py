"""Only the present loss can be seen, and only the slope can be moved: which way is down?"""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark

OPTIONS = {}

SLOPES = (0.0, 300.0)                                   # $/ft²
LAYOUT = {'wide': {'size': [720, 236], 'track': [60, 176, 600, 2], 'middle': 360, 'rows': (34, 92, 130)},
          'narrow': {'size': [340, 236], 'track': [30, 176, 280, 2], 'middle': 170, 'rows': (30, 88, 124)}}


def draw(state, width):
    layout, (low, high) = LAYOUT[width], SLOPES
    w, h = layout['size']
    loss = text_of(state.loss(), ',.0f')
    before = np.array([slope for slope, intercept in state.tries if intercept == state.intercept and low <= slope <= high])

    def row(n, text, meaning=None, **more):
        return mark('text', 'paper', meaning, x=layout['middle'], y=h - layout['rows'][n], text=text, anchor='middle', **more)

    return {'size': layout['size'], 'title': 'One number: the loss of your line',
            'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                       'track': dict(box=layout['track'], x=list(SLOPES), y=[0, 1], frame=True, xlabel='slope ($/ft²)',
                                     xticks=[[v, text_of(v)] for v in (0, 100, 200, 300)])},
            'marks': {
                'name': row(0, 'the loss of your line'),
                'number': row(1, loss, 'loss', size='big', lit='loss'),
                'verdict': row(2, verdict(state)),
                'tried': mark('points', 'track', 'model', x=before, y=np.full(len(before), 0.5), r=5),
                'slope': mark('handle', 'track', 'model', x=min(high, max(low, state.slope)), y=0.5, move='x',
                              bounds=list(SLOPES), step=5.0, cue=True, label='slope', now=f'{state.slope:g}',
                              says=f'slope {text_of(state.slope, ",.0f")} $/ft², loss {loss}', min=f'{low:g}', max=f'{high:g}'),
            }}


def gesture(state, handle, point, **options):
    return {'slope': point[0]}


def verdict(state):
    """Is this loss smaller or larger than that of the last other line that the reader let go of?"""
    if not SLOPES[0] <= state.slope <= SLOPES[1]:
        return f'your slope, {text_of(state.slope, ",.0f")} $/ft², is off this track'
    here = [state.slope, state.intercept]
    others = [loss for row, loss in zip(state.tries, state.tried_losses(), strict=True) if list(row) != here]
    if not others:
        return 'move the slope: does it fall?'
    change = state.loss() - others[-1]
    if round(change) == 0:
        return 'as large as on your last try'
    word, arrow = ('more', '↑') if change > 0 else ('less', '↓')
    return f'{text_of(abs(change), ",.0f")} {word} than on your last try {arrow}'
