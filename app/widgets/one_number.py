"""Only the present loss can be seen, and only the slope can be moved: which way is down?"""
import numpy as np

from app.numbers import show as text_of

OPTIONS = {}

SLOPES = (0.0, 300.0)
LAYOUT = {'wide': {'size': [720, 236], 'track': [60, 176, 600, 2], 'middle': 360, 'rows': (34, 92, 130)},
          'narrow': {'size': [340, 236], 'track': [30, 176, 280, 2], 'middle': 170, 'rows': (30, 88, 124)}}


def draw(state, width):
    layout = LAYOUT[width]
    w, h = layout['size']
    low, high = SLOPES
    at = min(high, max(low, state.slope))
    loss = text_of(state.loss(), ',.0f')
    before = [row[0] for row in state.tries if row[1] == state.intercept and low <= row[0] <= high]

    def says(row, text, **more):
        return dict(kind='text', plane='paper', x=layout['middle'], y=h - layout['rows'][row], text=text,
                    anchor='middle', **more)

    return {'size': layout['size'], 'title': 'One number: the loss of your line',
            'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                       'track': dict(box=layout['track'], x=list(SLOPES), y=[0, 1], frame=True, xlabel='slope ($/ft²)',
                                     xticks=[[v, text_of(v)] for v in (0, 100, 200, 300)])},
            'marks': {
                'name': says(0, 'the loss of your line'),
                'loss': says(1, loss, size='big', lit='loss', **{'class': 'loss'}),
                'verdict': says(2, verdict(state)),
                'tried': dict(kind='points', plane='track', x=np.array(before), y=np.full(len(before), 0.5), r=3,
                              **{'class': 'model'}),
                'slope': dict(kind='handle', plane='track', x=at, y=0.5, move='x', bounds=list(SLOPES), step=5.0,
                              label='slope', says=f'slope {text_of(state.slope, ",.0f")} $/ft², loss {loss}',
                              now=f'{state.slope:g}', min=f'{low:g}', max=f'{high:g}', cue=True,
                              **{'class': 'model'})}}


def gesture(state, handle, value):
    return {'slope': value[0]}


def verdict(state):
    """Is this loss smaller or larger than that of the last other line that the reader let go of?"""
    others = [(row, loss) for row, loss in zip(state.tries, state.tried_losses(), strict=True)
              if list(row) != [state.slope, state.intercept]]
    if not others:
        return 'move the slope: does it fall?'
    change = state.loss() - others[-1][1]
    if round(change) == 0:
        return 'as large as on your last try'
    return f'{text_of(abs(change), ",.0f")} {"more" if change > 0 else "less"} than on your last try {"↑" if change > 0 else "↓"}'
