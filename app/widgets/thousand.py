"""A thousand networks that train together: a tile for each, how many have learnt XOR, and what their hidden units say yes to."""
import numpy as np

from app.numbers import ticks
from app.scene import mark
from app.widgets.thousand_run import CLAIM, HALF, record
from core.data import BITS
from core.layers import count_parameters
from lessons.xor.thousand import EIGHT, NETWORKS, REST, name_of

__all__ = ['COLUMNS', 'FOLDED', 'JOB', 'NEW', 'OPTIONS', 'PRESSED', 'ROWS', 'RUNS_ON', 'WORKING', 'draw', 'gesture', 'record']

OPTIONS = {'opens': str}         # the trainer that shows a network which was pressed
SHEET = 'xor.css'
WORKING = f'{NETWORKS:,} networks are learning …'
NEW, PRESSED = 'New thousand', {'new': 'new_thousand'}
RUNS_ON = ('hidden', 'layers', 'shortcut', 'activation', 'spread', 'seed', 'rate', 'epochs')
COLUMNS, ROWS, FOLDED = ('says yes to', 'called', 'how many', 'share'), len(EIGHT) + 1, 'What they learnt, as a table'
SHAPE = [25, 40]
UNTOLD = np.full(NETWORKS, HALF // 4, np.uint8)     # alike and pale: to draw a thousand starts takes too long for a glance
LAYOUT = {
    'wide': {'size': [720, 514], 'says': (12, 24), 'field': [10, 40, 440, 275], 'key': (12, 336), 'chosen': (12, 362),
             'time': [62, 402, 380, 62], 'heading': (480, 24), 'codes': [480, 36, 230, 459], 'columns': 1, 'picture': 30,
             'name': (42, 15), 'count': (226, 34), 'bar': (42, 30, 100, 8)},
    'narrow': {'size': [340, 722], 'says': (12, 20), 'field': [10, 32, 320, 200], 'key': (12, 250), 'chosen': (12, 272),
               'time': [52, 310, 256, 70], 'heading': (12, 444), 'codes': [10, 454, 320, 260], 'columns': 2, 'picture': 28,
               'name': (38, 14), 'count': (156, 34), 'bar': (38, 30, 36, 8)}}


def JOB(state):
    """About a second for 2,000 epochs of a hundred weights each: what takes longer waits elsewhere."""
    asked = state.thousand_asked()
    return 'slow' if asked.epochs * (3 + count_parameters(asked.make())) > 2000 * 90 else True


def draw(state, width, opens=''):
    layout = LAYOUT[width]
    w, h = layout['size']
    units = state.thousand_asked().units
    return {
        'size': layout['size'], 'title': f'{NETWORKS:,} networks learn XOR',
        'controls': ['order', 'lights', 'hidden', 'shortcut', 'spread', 'rate', 'epochs'],
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'field': dict(box=layout['field'], x=[0, SHAPE[1]], y=[0, SHAPE[0]]),
                   'time': dict(box=layout['time'], x=[0, state.epochs], y=[0, 1], xticks=ticks(0, state.epochs),
                                yticks=[[0, '0'], [1, f'{NETWORKS:,}']], xlabel='epoch', ylabel='have learnt it'),
                   'codes': bars(layout)},
        'marks': {
            'networks': mark('image', 'field', shape=SHAPE, pixels=UNTOLD, picks=True, leads=opens or None,
                             label='the networks, a tile for each; press one to open it',
                             crowd={'sorted': state.order, 'only': light(state), 'chosen': state.which}),
            'says': text('model', layout['says'], h, f'{NETWORKS:,} networks, none of them trained yet'),
            **key(layout['key'], h),
            'chosen': text(None, layout['chosen'], h, chosen(state.which), size='small'),
            'course': mark('line', 'time', 'model', x=[], y=[]),
            'now': mark('points', 'time', 'model', x=[], y=[], r=6),
            'heading': text(None, layout['heading'], h, heading(units)),
            **codes(layout, h, state)}}


def gesture(state, handle, value, **options):
    return state.opened(value[0]) if handle == 'networks' else state.lit(int(value[0]))


def chosen(which):
    return f'Network {which} is above: press again to go there' if which >= 0 else ''


def heading(units):
    if units < 2:
        return 'The hidden unit says yes to' if units else 'There is no hidden unit'
    return 'A hidden unit says yes to'


def text(meaning, place, h, words, **fields):
    return mark('text', 'paper', meaning, x=place[0], y=h - place[1], text=words, **fields)


def light(state):
    """The number of the code that is lit up; −1 where all are."""
    return -1 if state.lights == 'all' else (*EIGHT, REST).index(state.lights)


def key(place, h):
    """What a tile looks like, and what that means."""
    x, y = place[0], h - place[1]
    return {'key-not': mark('points', 'paper', 'loss', fixed=True, x=[x + 6.0], y=[y + 5.0], r=5),
            'key-learnt': mark('tiles', 'paper', 'model', fixed=True, x=[x + 92.0], y=[y - 1.0], w=[11], h=[11]),
            'key-words': mark('labels', 'paper', fixed=True, x=[x + 18.0, x + 110.0], y=[y + 5.0] * 2, anchor='start',
                              text=['not yet', 'every output on the right side'], inks=['loss', 'model'])}


def rows_of(layout):
    return -(-ROWS // layout['columns'])


def corners(layout):
    """The upper left corner of each code's place, and how large it is."""
    (x, y, width, height), across = layout['codes'], layout['columns']
    w, h = width / across, height / rows_of(layout)
    return [(x + kind % across * w, y + kind // across * h) for kind in range(ROWS)], w, h


def bars(layout):
    """Their plane: the unit of x is a bar in full, that of y the place of one code."""
    return dict(box=layout['codes'], x=[0, layout['codes'][2] / layout['bar'][2]], y=[0, rows_of(layout)])


def codes(layout, h, state):
    places, w, tall = corners(layout)
    across, full, only = layout['columns'], layout['bar'][2], light(state)
    xs, ys = np.array(places).T
    down = np.array([kind // across for kind in range(ROWS)])

    def at(place):
        return xs + place[0], h - ys - place[1]

    chosen = [only] if only >= 0 else []
    (name_x, name_y), (count_x, count_y) = at(layout['name']), at(layout['count'])
    return {
        'cards': mark('tiles', 'paper', x=np.float32(xs), y=np.float32(h - ys - tall), w=np.full(ROWS, w, np.float32),
                      h=np.full(ROWS, tall, np.float32), picks=True,
                      label='what a hidden unit can learn; press one to light its networks up', labels=said()),
        'lit-card': mark('tiles', 'paper', 'hidden', x=xs[chosen], y=(h - ys - tall)[chosen] + 1, w=[w - 2] * len(chosen),
                         h=[tall - 2] * len(chosen)),
        **pictures(layout, xs, ys, h),
        'names': mark('labels', 'paper', x=name_x, y=name_y, text=[called(kind) for kind in range(ROWS)], anchor='start',
                      fixed=True),
        'counts': mark('labels', 'paper', 'hidden', x=np.float32(count_x), y=np.float32(count_y), text=[''] * ROWS, anchor='end'),
        'bars': mark('tiles', 'codes', 'hidden', x=np.float32((xs - layout['codes'][0] + layout['bar'][0]) / full),
                     y=np.float32(rows_of(layout) - down - (layout['bar'][1] + layout['bar'][3]) / tall),
                     w=np.zeros(ROWS, np.float32), h=np.full(ROWS, layout['bar'][3] / tall, np.float32))}


def pictures(layout, xs, ys, h):
    """Each code as a truth picture: a square for each of the four inputs where it stands, full where the unit says yes."""
    side, top, found = layout['picture'] / 2, 6, {'yes': [], 'no': []}
    for kind, code in enumerate((*EIGHT, '0000')):
        for (x1, x2), answer in zip(BITS, code, strict=True):
            found['yes' if answer == '1' else 'no'].append(
                (xs[kind] + 4 + x1 * side, h - ys[kind] - top - layout['picture'] + x2 * side))
    return {name: mark('tiles', 'paper', 'hidden', fixed=True, x=np.array(places)[:, 0], y=np.array(places)[:, 1],
                       w=np.full(len(places), side - 2), h=np.full(len(places), side - 2))
            for name, places in found.items()}


def called(kind):
    return f'{name_of(kind)}: “both”' if kind == CLAIM else name_of(kind)


def said():
    """Each code, as those hear it who do not see its picture."""
    return [f'{called(kind)}: {yes(kind)}' for kind in range(ROWS)]


def yes(kind):
    """What a unit of this kind says yes to, in words."""
    if kind == len(EIGHT):
        return 'undecided, or one that needs the others'
    code, pairs = EIGHT[kind], [f'({a}, {b})' for a, b in BITS.astype(int).tolist()]
    if code.count('1') == 1:
        return f'yes to {pairs[code.index("1")]} alone'
    return f'yes to all but {pairs[code.index("0")]}'
