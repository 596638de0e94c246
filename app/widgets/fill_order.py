"""The cells of two layers, filled by one worker or by many at once: which cells wait for which, and how many rounds it takes."""
import numpy as np

from app.scene import mark
from app.widgets.on_paper import sheet, words
from lessons.layers.order import EXAMPLES, FIRST, SECOND, filled

OPTIONS = {}

RUNS_ON = ('workers',)
ROOM = 0.06                                         # between cells
LAYOUT = {'wide': {'size': [720, 306], 'first': [70, 46, 306, 204], 'second': [466, 46, 240, 102], 'heads': (28, 28), 'left': 70,
                   'says': (286, 286), 'right': 466},
          'narrow': {'size': [340, 470], 'first': [68, 32, 264, 176], 'second': [68, 282, 264, 88], 'heads': (18, 268), 'left': 8,
                     'says': (410, 438), 'right': 8}}
UNITS = FIRST, SECOND


def draw(state, width):
    layout = LAYOUT[width]
    count, total = state.rounds(), EXAMPLES * sum(UNITS)
    workers = {1: 'one worker', 4: 'four workers', 10: 'ten workers'}.get(state.workers, f'{total} workers')
    planes = {name: dict(box=layout[name], x=[0, EXAMPLES], y=[0, units],
                         yticks=[[units - n - 0.5, f'unit {n + 1}'] for n in range(units)])
              for name, units in zip(('first', 'second'), UNITS, strict=True)}
    marks = {}
    for k, (name, units) in enumerate(zip(('first', 'second'), UNITS, strict=True)):
        x, y = np.meshgrid(np.arange(EXAMPLES, dtype=float), np.arange(units, dtype=float))
        marks[f'{name}-cells'] = mark('tiles', name, 'data', fixed=True, **tiles(x.ravel(), y.ravel()))
        marks[f'{name}-done'] = mark('tiles', name, 'hidden', **tiles([], []))
        marks[f'{name}-now'] = mark('tiles', name, 'step', **tiles([], []))
        marks[f'{name}-head'] = words(layout[name][0], layout['heads'][k], ('layer 1: a column for each example', 'layer 2')[k])
    marks['so-far'] = words(layout['left'], layout['says'][0], f'{total} dot products, {workers}')
    marks['rounds'] = words(layout['right'], layout['says'][1], f'rounds: {count}', 'step', lit='rounds')
    return {'size': layout['size'], 'title': 'In which order the cells of two layers may be filled', 'controls': ['workers'],
            'planes': {'paper': sheet(layout['size']), **planes}, 'marks': marks}


def tiles(x, y):
    """Cells by their column and their row, counted from below."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    return dict(x=x + ROOM, y=y + ROOM, w=np.full(len(x), 1 - 2 * ROOM), h=np.full(len(x), 1 - 2 * ROOM))


def gesture(state, handle, value, **options):
    return {}


def record(state, **options):
    """Round after round; what is being filled now stands out, what is done stays."""
    found = filled(state.workers)
    frames = len(found) + 1
    run = {'frames': frames, 'pace': max(1.2, frames / 8), 'tracks': {}, 'growing': {},
           'labels': ['No cell is filled yet'] + [label(k, cells) for k, cells in enumerate(found, 1)],
           'says': f'{sum(map(len, found))} cells in {len(found)} rounds.'}
    run['tracks']['rounds.text'] = [f'rounds: {k}' for k in range(frames)]
    for layer, name in enumerate(('first', 'second')):
        mine = [[cell for cell in cells if cell[0] == layer] for cells in found]
        run['growing'] |= growing(f'{name}-done', layer, mine)
        now = [place(cells, layer) for cells in ([], *mine)]
        for field in 'xywh':
            run['tracks'][f'{name}-now.{field}'] = [part[field].tolist() for part in now]
    return run


def place(cells, layer):
    return tiles([example for _, _, example in cells], [UNITS[layer] - 1 - unit for _, unit, _ in cells])


def growing(key, layer, rounds):
    """The cells that are done, as the first so many of all in the order in which they were filled."""
    counts = np.cumsum([0, *map(len, rounds)])
    everything = place([cell for cells in rounds for cell in cells], layer)
    return {f'{key}.{field}': (everything[field], counts) for field in 'xywh'}


def label(k, cells):
    layers = sorted({cell[0] + 1 for cell in cells})
    where = ' and '.join(f'layer {layer}' for layer in layers)
    return f'Round {k}: {len(cells)} cell{"s" if len(cells) > 1 else ""} of {where}'
