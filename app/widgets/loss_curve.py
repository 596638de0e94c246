"""Loss against slope: hidden until it is revealed, then the whole valley with its lowest point."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark

OPTIONS = {}

SLOPES, LOSSES = (0.0, 300.0), (0.0, 120_000.0)         # $/ft², (thousand $)²
GRID = np.linspace(*SLOPES, 101)
LAYOUT = {'wide': {'size': [720, 404], 'box': [86, 34, 614, 310]},
          'narrow': {'size': [340, 330], 'box': [68, 34, 256, 240]}}


def draw(state, width):
    layout = LAYOUT[width]
    plane = dict(box=layout['box'], x=list(SLOPES), y=list(LOSSES), grid=True, xlabel='slope ($/ft²)', ylabel='loss',
                 xticks=[[v, text_of(v)] for v in (0, 100, 200, 300)],
                 yticks=[[v, text_of(v, ',')] for v in (0, 40_000, 80_000, 120_000)])
    return {'size': layout['size'], 'title': 'The loss for every slope', 'controls': ['slope', 'revealed'],
            'planes': {'loss': plane}, 'marks': {**_valley(state), **_tried(state), **_reader(state)}}


def gesture(state, handle, point, **options):
    return {'slope': point[0]}


def _inside(slope, loss):
    return SLOPES[0] <= slope <= SLOPES[1] and loss <= LOSSES[1]


def _valley(state):
    """The curve and its lowest point; empty marks while it is hidden."""
    curve = GRID if state.revealed else GRID[:0]
    losses = state.losses_along(curve) if state.revealed else curve
    best, least, half = state.best_slope_here(), state.best_loss_here(), LOSSES[1] / 2
    seen = [0] if state.revealed and _inside(best, least) else []
    words, at, anchor = f'lowest at {text_of(best, ",.0f")} $/ft²', best, 'middle'
    if not seen:                            # said at the far side, where the curve is not
        words = words + ', outside' if state.revealed else ''
        at, anchor = (SLOPES[1], 'end') if best < sum(SLOPES) / 2 else (SLOPES[0], 'start')
    said = f'a valley: the loss is lowest, {text_of(least, ",.0f")}, at {text_of(best, ",.0f")} $/ft² and rises on both sides'
    return {
        'curve': mark('line', 'loss', 'loss', x=curve, y=losses, lit='loss', label=said if state.revealed else None),
        'floor': mark('line', 'loss', 'step', x=[best, best] if seen else [], y=[least, half] if seen else [], dash=True),
        'lowest': mark('points', 'loss', 'step', x=[best for _ in seen], y=[least for _ in seen], r=5),
        'words': mark('text', 'loss', 'step', x=at, y=half, dy=-10, anchor=anchor, text=words),
    }


def _tried(state):
    """The lines that the reader has let go of with this intercept: only those are on this curve."""
    there = [(row[0], loss) for row, loss in zip(state.tries, state.tried_losses(), strict=True)
             if row[1] == state.intercept and _inside(row[0], loss)]
    x, y = np.array(there, float).reshape(-1, 2).T
    return {'tried': mark('points', 'loss', 'loss', x=x, y=y, r=5)}


def _reader(state):
    """The dot at the reader's own slope; held at the rim, with a word and an arrow, when its place lies outside."""
    slope, loss = state.slope, state.loss()
    (low, high), ceiling = SLOPES, LOSSES[1]
    at = min(high, max(low, slope))
    arrow = '→' if slope > high else '←' if slope < low else '↑' if loss > ceiling else ''
    words = {'': '', '↑': f'↑ loss {text_of(loss, ",.0f")}'}.get(arrow, f'{arrow} slope {text_of(slope, ",.0f")} $/ft²')
    side = 'start' if at < low + (high - low) / 3 else 'end' if at > high - (high - low) / 3 else 'middle'
    return {
        'off': mark('text', 'loss', 'model', x=at, y=min(loss, ceiling), dx={'start': 30, 'end': -30}.get(side, 0),
                    dy=48, anchor=side, text=words),
        'dot': mark('handle', 'loss', 'model', x=at, y=min(loss, ceiling), move='x', bounds=list(SLOPES), step=5.0,
                    along='curve' if state.revealed else None, cue=True, label='slope', now=f'{slope:g}',
                    says=f'slope {text_of(slope, ",.0f")} $/ft², loss {text_of(loss, ",.0f")}',
                    min=f'{low:g}', max=f'{high:g}'),
    }
