"""Loss against slope: hidden until it is revealed, then the whole valley with its lowest point."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark

OPTIONS = {}

SLOPES, LOSSES = (0.0, 300.0), (0.0, 60_000.0)          # $/ft², (thousand $)²
GRID = np.linspace(*SLOPES, 101)
LAYOUT = {'wide': {'size': [720, 404], 'box': [86, 34, 614, 310]},
          'narrow': {'size': [340, 330], 'box': [58, 34, 266, 240]}}


def draw(state, width):
    layout = LAYOUT[width]
    plane = dict(box=layout['box'], x=list(SLOPES), y=list(LOSSES), grid=True, xlabel='slope ($/ft²)', ylabel='loss',
                 xticks=[[v, text_of(v)] for v in (0, 100, 200, 300)],
                 yticks=[[v, text_of(v, ',')] for v in (0, 20_000, 40_000, 60_000)])
    return {'size': layout['size'], 'title': 'The loss for every slope', 'controls': ['slope', 'revealed'],
            'planes': {'loss': plane}, 'marks': {**_valley(state), **_tried(state), **_reader(state)}}


def gesture(state, handle, value):
    return {'slope': value[0]}


def _inside(slope, loss):
    return SLOPES[0] <= slope <= SLOPES[1] and loss <= LOSSES[1]


def _valley(state):
    """The curve and its lowest point; empty marks while it is hidden."""
    curve = GRID if state.revealed else GRID[:0]
    losses = state.losses_along(curve) if state.revealed else curve
    best, least, half = state.best_slope_here(), state.best_loss_here(), LOSSES[1] / 2
    seen = [0] if state.revealed and _inside(best, least) else []
    return {
        'curve': mark('line', 'loss', 'loss', x=curve, y=losses, lit='loss'),
        'floor': mark('line', 'loss', 'step', x=[best, best] if seen else [], y=[least, half] if seen else [], dash=True),
        'lowest': mark('points', 'loss', 'step', x=[best for _ in seen], y=[least for _ in seen], r=5,
                       lit='best_slope_here'),
        'words': mark('text', 'loss', 'step', x=best if seen else SLOPES[0], y=half, dy=-10, anchor='middle',
                      text=f'lowest at {text_of(best, ",.0f")} $/ft²' if seen else ''),
    }


def _tried(state):
    """The lines that the reader has let go of with this intercept: only those are on this curve."""
    there = [(row[0], loss) for row, loss in zip(state.tries, state.tried_losses(), strict=True)
             if row[1] == state.intercept and _inside(row[0], loss)]
    x, y = np.array(there, float).reshape(-1, 2).T
    return {'tried': mark('points', 'loss', 'loss', x=x, y=y, r=4)}


def _reader(state):
    """The dot at the reader's own slope, held at the rim when that lies outside."""
    slope, loss = state.slope, state.loss()
    low, high = SLOPES
    return {
        'off': mark('text', 'loss', 'model', x=high, y=LOSSES[1], dx=-8, dy=24, anchor='end',
                    text='' if _inside(slope, loss) and slope >= low else 'your line is off this picture'),
        'dot': mark('handle', 'loss', 'model', x=min(high, max(low, slope)), y=min(loss, LOSSES[1]), move='x',
                    bounds=list(SLOPES), step=5.0, along='curve' if state.revealed else None, cue=True, label='slope',
                    says=f'slope {text_of(slope, ",.0f")} $/ft², loss {text_of(loss, ",.0f")}', now=f'{slope:g}',
                    min=f'{low:g}', max=f'{high:g}'),
    }
