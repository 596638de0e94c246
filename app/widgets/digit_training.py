"""The whole network learns the digits: its loss, what it gets right, what it takes for what, and what its weights become."""
import numpy as np

from app.numbers import ticks
from app.scene import mark
from app.widgets.digit_sheets import ACROSS, ADDED, COVERED, GREY, counts, gallery, heat
from app.widgets.digit_training_run import ADDING, FLOOR, LINES, TOP, TRAINED, log_loss, record
from app.widgets.on_paper import sheet, words
from app.widgets.signed import signed
from lessons.inside_a_network.learning import at_start
from lessons.inside_a_network.training import ALL

__all__ = ['CONTINUES', 'JOB', 'NEW', 'OPTIONS', 'PRESSED', 'RESCUES', 'RUNS_ON', 'WORKING', 'draw', 'gesture', 'record']

OPTIONS = {}
LATE, SHEET = True, 'inside.css'
JOB = 'slow'                # one worker for all of them, which remembers what it has trained
WORKING = 'Training the network …'
NEW, PRESSED, RESCUES = 'New start', {'new': 'new_training'}, True
RUNS_ON = ('seed', 'batch', 'train_rate', 'changes', 'epochs', 'cell')
CONTINUES = ('batch', 'train_rate', 'changes', 'epochs', 'cell')
CONTROLS = ['epochs', 'batch', 'train_rate', 'weights']
LAYOUT = {
    'wide': {'size': [720, 604], 'loss': [62, 34, 280, 150], 'right': [424, 34, 280, 150], 'table': [50, 296, 280, 280],
             'table-name': (50, 250), 'said': (190, 272), 'is': (14, 290), 'gallery': (368, 250), 'rows': ([368, 264, 336, 56],
             [368, 350, 336, 56]), 'added': (368, 460), 'sheet': [368, 474, 336, 112]},
    'narrow': {'size': [340, 1088], 'loss': [62, 30, 266, 120], 'right': [62, 222, 266, 120], 'table': [36, 448, 290, 290],
               'table-name': (12, 404), 'said': (181, 426), 'is': (10, 440), 'gallery': (14, 772), 'rows': ([14, 786, 312, 52],
               [14, 866, 312, 52]), 'added': (14, 958), 'sheet': [14, 972, 312, 104]}}


def draw(state, width):
    layout, start = LAYOUT[width], at_start(state.seed)
    left, top = layout['said']
    return {
        'size': layout['size'], 'title': 'A network of 109,386 weights learns the digits', 'controls': CONTROLS,
        'planes': {'paper': sheet(layout['size']), 'loss': time(layout['loss'], state.epochs, [FLOOR, TOP], LINES, 'loss'),
                   'right': time(layout['right'], state.epochs, [0, 1], [[0, '0'], [0.5, '50 %'], [1, '100 %']], 'right'),
                   'table': dict(box=layout['table'], x=[0, 10], y=[0, 10]),
                   **{f'row-{n}': dict(box=layout['rows'][n], x=[0, ACROSS], y=[0, 1]) for n in (0, 1)},
                   'sheet': dict(box=layout['sheet'], x=[0, 6], y=[0, 2])},
        'marks': {**curves(start, state.epochs, 15 if width == 'narrow' else 19),
                  'table-name': words(*layout['table-name'], 'the 360 unseen digits', size='small'),
                  'said-name': words(left, top, 'what it says', 'model', size='small', anchor='middle'),
                  'is-name': words(*layout['is'], 'is', 'data', size='small'),
                  'columns': heads(10, lambda n: (n + 0.5, 10.35), 'model'),
                  'rows': heads(10, lambda n: (-0.5, 9.5 - n), 'data'),
                  **taken_for(start, state.cell),
                  'gallery-name': words(*layout['gallery'], 'Play shows its mistakes here', size='small'),
                  **pictures(), 'added-name': words(*layout['added'], f'{ADDING}: nothing yet', size='small'),
                  'added': signed('sheet', np.zeros(ADDED * 784), (56, 168), label='the weights that the training has added'),
                  'units': frames('sheet', ACROSS, 2)}}


def time(box, epochs, y, lines, name):
    label = 'loss, a tenth at each line' if name == 'loss' else 'told right'
    return dict(box=box, x=[0, epochs], y=y, xticks=ticks(0, epochs), yticks=lines, grid=True, xlabel='epoch', ylabel=label)


def curves(start, epochs, pitch):
    """Both curves of the loss and of what is right; before anything has run, the point that they start at."""
    found = {}
    losses = [log_loss(loss) for loss in start.losses]
    for plane, ink, values, y in (('loss', 'loss', losses, TOP), ('right', 'model', start.right, 0)):
        for k, name in enumerate(TRAINED):
            found |= {f'whole-{plane}-{k}': mark('line', plane, ink, x=[], y=[], dash=bool(k)),
                      f'{plane}-{k}': mark('line', plane, ink, x=[], y=[], dash=bool(k)),
                      f'{plane}-now-{k}': mark('points', plane, ink, x=[0.0], y=[values[k]], r=5),
                      f'{plane}-name-{k}': mark('text', plane, ink, x=epochs, y=y, dx=-4, anchor='end', text=name, size='small',
                                                dy=12 + k * pitch if y else (k - 1) * pitch - 8)}
    return found


def heads(n, place, meaning):
    at = np.array([place(k) for k in range(n)])
    return mark('labels', 'table', meaning, x=at[:, 0], y=at[:, 1], text=[str(k) for k in range(n)], fixed=True)


def taken_for(start, cell):
    """What was taken for what: a row for each digit, a column for each answer, and how often."""
    row, column = np.divmod(np.arange(100), 10)
    chosen = [] if cell == ALL else [cell]
    return {'heat': mark('image', 'table', 'model', shape=[10, 10], pixels=heat(start.said), palette=COVERED, picks=True,
                         label='what it takes for what; press one to see these digits',
                         labels=[f'{a(i)} told right' if i == j else f'{a(i)} told as {a(j)}' for i, j in np.ndindex(10, 10)]),
            'grid': frames('table', 10, 10), 'answers': mark('labels', 'table', **counts(start.said)),
            'chosen': mark('tiles', 'table', x=column[chosen] + 0.0, y=9.0 - row[chosen], w=np.ones(len(chosen)),
                           h=np.ones(len(chosen)))}


def a(digit):
    return f'an {digit}' if digit == 8 else f'a {digit}'


def pictures():
    """Room for two rows of digits with what was said of each; what holds none is covered."""
    found = {}
    for n in (0, 1):
        pixels, texts, x, w = gallery([], [])[n]
        found |= {f'digits-{n}': mark('image', f'row-{n}', shape=[28, 28 * ACROSS], pixels=pixels, palette=GREY),
                  f'cover-{n}': mark('tiles', f'row-{n}', 'cover', x=x, y=[0.0] * ACROSS, w=w, h=[1.0] * ACROSS),
                  f'frames-{n}': frames(f'row-{n}', ACROSS, 1),
                  f'words-{n}': mark('labels', f'row-{n}', x=np.arange(ACROSS) + 0.5, y=[-0.22] * ACROSS, text=texts)}
    return found


def frames(plane, across, high):
    """A frame for each picture or number, whether there is one or not."""
    ways = [(k, k, 0, high) for k in range(across + 1)] + [(0, across, k, k) for k in range(high + 1)]
    x, x1, y, y1 = np.array(ways, float).T
    return mark('lines', plane, 'frames', fixed=True, x=np.ravel([x, x1], 'F'), y=np.ravel([y, y1], 'F'),
                starts=list(range(0, 2 * len(ways), 2)))


def gesture(state, handle, value, **options):
    return state.shown_cell(int(value[0]))
