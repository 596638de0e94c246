"""Loss against slope: hidden until it is revealed, then the whole valley with its lowest point."""
import numpy as np

from app.numbers import show as text_of

OPTIONS = {}

SLOPES, LOSSES = (0.0, 300.0), (0.0, 60_000.0)
GRID = np.linspace(*SLOPES, 101)
LAYOUT = {'wide': {'size': [720, 404], 'box': [86, 34, 614, 310]},
          'narrow': {'size': [340, 330], 'box': [58, 34, 266, 240]}}


def draw(state, width):
    layout, hidden = LAYOUT[width], not state.revealed
    low, high = SLOPES
    loss, ceiling = state.loss(), LOSSES[1]
    at = min(high, max(low, state.slope))
    best, least = state.best_slope_here(), state.best_loss_here()
    seen = state.revealed and low <= best <= high and least <= ceiling
    curve, losses = (GRID[:0], GRID[:0]) if hidden else (GRID, state.losses_along(GRID))
    tried = [(row[0], found) for row, found in zip(state.tries, state.tried_losses(), strict=True)
             if row[1] == state.intercept and low <= row[0] <= high and found <= ceiling]
    tried = np.array(tried).reshape(-1, 2)
    off = at != state.slope or loss > ceiling
    return {'size': layout['size'], 'title': 'The loss for every slope', 'controls': ['slope', 'revealed'],
            'planes': {'loss': dict(box=layout['box'], x=list(SLOPES), y=list(LOSSES), grid=True, xlabel='slope ($/ft²)',
                                    ylabel='loss', xticks=[[v, text_of(v)] for v in (0, 100, 200, 300)],
                                    yticks=[[v, text_of(v, ',')] for v in (0, 20_000, 40_000, 60_000)])},
            'marks': {
                'curve': dict(kind='line', plane='loss', x=curve, y=losses, lit='loss', **{'class': 'loss'}),
                'tried': dict(kind='points', plane='loss', x=tried[:, 0], y=tried[:, 1], r=4, **{'class': 'loss tried'}),
                'floor': dict(kind='line', plane='loss', x=[best, best] if seen else [], y=[least, ceiling / 2] if seen else [],
                              dash=True, **{'class': 'loss'}),
                'lowest': dict(kind='points', plane='loss', x=[best] if seen else [], y=[least] if seen else [], r=5, lit='best_slope_here',
                               **{'class': 'step'}),
                'words': dict(kind='text', plane='loss', x=best if seen else low, y=ceiling / 2, dy=-10,
                              anchor='middle' if seen else 'start', **{'class': 'step'},
                              text=f'lowest at {text_of(best, ",.0f")} $/ft²' if seen else ''),
                'off': dict(kind='text', plane='loss', x=high, y=ceiling, dx=-8, dy=24, anchor='end',
                            text='your line is off this picture' if off else '', **{'class': 'model'}),
                'dot': dict(kind='handle', plane='loss', x=at, y=min(loss, ceiling), move='x', bounds=list(SLOPES),
                            step=5.0, along=None if hidden else 'curve', label='slope', now=f'{state.slope:g}',
                            min=f'{low:g}', max=f'{high:g}', cue=True, **{'class': 'model'},
                            says=f'slope {text_of(state.slope, ",.0f")} $/ft², loss {text_of(loss, ",.0f")}')}}


def gesture(state, handle, value):
    return {'slope': value[0]}
