"""How many of many starts learn XOR, over the rate and the spread of the start or the hidden units: worked out on demand."""
import numpy as np

from app.scene import mark
from lessons.rate import rate_text
from lessons.xor import shares
from lessons.xor.shares import EPOCHS, OVER, RATES, networks

OPTIONS = {}
SHEET = 'xor.css'
JOB = 'slow'
NEW, PRESSED = 'New seed', {'new': 'new_thousand'}
LIVE = False
WORKING = 'Training network after network …'
COLUMNS, ROWS, FOLDED = ('', *map(rate_text, RATES)), max(map(len, OVER.values())), 'The map as a table'
SECONDS = 4
WORDS = {'spread': 'start weights up to ±', 'hidden': 'hidden units'}
LAYOUT = {'wide': {'size': [720, 456], 'says': (70, 22), 'map': [70, 62, 640, 336]},
          'narrow': {'size': [340, 596], 'says': (10, 20), 'map': [52, 62, 280, 480]}}
PALEST = 10                 # shades, by tens of percent


def RUNS_ON(state):
    """What a map goes over, it does not depend on."""
    return tuple({'map_over', 'hidden', 'spread', 'layers', 'shortcut', 'activation', 'seed'} - {state.map_over})


def draw(state, width):
    layout, asked, turned = LAYOUT[width], state.shares_asked(), width == 'narrow'
    w, h = layout['size']
    values, over = OVER[asked.over], asked.over
    xs, ys = places(over, turned)
    size = np.full(len(xs), 0.9375, np.float32)         # of a cell, in numbers that weigh little
    across = [[i, rate_text(rate)] for i, rate in enumerate(RATES, 1)]
    along = [[i, f'{value:g}'] for i, value in enumerate(values, 1)]
    x, y = (along, across) if turned else (across, along)
    words = ('rate', WORDS[over])
    here = 1 + shares.place(RATES, state.rate), 1 + shares.place(values, getattr(state, over))
    return {
        'size': layout['size'], 'title': f'How many starts learn XOR, over the rate and the {over_words(over)}',
        'controls': ['map_over', 'rate', 'spread', 'hidden', 'shortcut'],
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'map': dict(box=layout['map'], x=[0.5, len(x) + 0.5], y=[0.5, len(y) + 0.5], xticks=x, yticks=y,
                               xlabel=words[turned], ylabel=words[not turned])},
        'marks': {
            'says': mark('text', 'paper', x=layout['says'][0], y=h - layout['says'][1],
                         text=f'How many of {networks(asked)} starts learn XOR, in %'),
            'shares': mark('cells', 'map', x=np.float32(xs - 0.46875), y=np.float32(ys - 0.46875), w=size, h=size,
                           text=['?'] * len(xs), inks=[''] * len(xs), picks=True, labels=labels(asked),
                           label='a cell for each rate and each ' + over_words(over) + '; press one to take its numbers'),
            'here': mark('tiles', 'map', 'gradient', x=[here[turned] - 0.5], y=[here[not turned] - 0.5], w=[1], h=[1],
                         label='your own numbers')}}


def gesture(state, handle, value):
    return state.set_to_cell(int(value[0]))


def record(state, progress=None):
    asked = state.shares_asked()
    epochs, found = shares.shares(asked, progress)
    values, flat = OVER[asked.over], found.reshape(len(epochs), -1)
    percent = np.where(flat < 1, np.minimum(99, np.floor(100 * flat + 0.5)), 100).astype(int)       # 100 % are all
    best = int(flat[-1].argmax())
    many = (percent[-1] == percent[-1, best]).sum() > 1
    rate, spread, hidden = shares.cells(asked)[best]
    at = f'rate {rate_text(rate)} and {f"a spread of {spread:g}" if asked.over == "spread" else f"{hidden} hidden units"}'
    return {
        'frames': len(epochs), 'pace': len(epochs) / SECONDS, 'starts': len(epochs) - 1,
        'labels': [f'After {epoch:,} of {EPOCHS:,} epochs' for epoch in epochs.tolist()],
        'says': f'At best {percent[-1, best]} % have learnt XOR: at {at}' + (', for one.' if many else '.'),
        'tracks': {'shares.text': [list(map(str, row)) for row in percent.tolist()],
                   'shares.inks': [[f'share-{share // PALEST}' for share in row] for row in percent.tolist()]},
        'table': {'columns': list(COLUMNS), 'counts': np.full(len(epochs), len(values)),
                  'rows': [[f'{WORDS[asked.over]} {value:g}', *(f'{share} %' for share in row)] for value, row in
                           zip(values, percent[-1].reshape(len(values), -1).tolist(), strict=True)]}}


def places(over, turned):
    """Where each cell stands: rates along x, or on a narrow page along y."""
    rows, columns = np.divmod(np.arange(len(OVER[over]) * len(RATES)), len(RATES))
    return (rows + 1, columns + 1) if turned else (columns + 1, rows + 1)


def over_words(over):
    return 'spread of the start' if over == 'spread' else 'number of hidden units'


def labels(asked):
    return [f'rate {rate_text(rate)}, ' + (f'spread {spread:g}' if asked.over == 'spread' else f'hidden units: {hidden}')
            for rate, spread, hidden in shares.cells(asked)]
