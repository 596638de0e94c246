"""Operations to be sorted by the reader: smooth, smooth but for a kink, or jumping. What is sorted shows its curve and why."""
import numpy as np

from app.numbers import ticks
from app.scene import mark
from app.widgets.sentences import sentence
from lessons.perceptron import operations
from lessons.perceptron.operations import BINS, HIGH, LOW, OPERATIONS

OPTIONS = {}

N = len(OPERATIONS)
HALF = N // 2
LAYOUT = {'wide': {'size': [720, 566], 'row': 48, 'cell': (66, 44), 'groups': ((0, HALF, 8, 40), (HALF, N, 374, 40)),
                   'name': 132, 'plot': [60, 414, 170, 110], 'says': (430, 454, 478, 502), 'wrap': 52, 'margin': 264,
                   'count': 546},
          'narrow': {'size': [340, 1010], 'row': 48, 'cell': (66, 44), 'groups': ((0, HALF, 4, 36), (HALF, N, 4, 656)),
                     'name': 132, 'plot': [40, 400, 120, 110], 'says': (554, 576, 598, 620), 'wrap': 46, 'margin': 4,
                     'count': 430}}


def draw(state, width):
    layout = LAYOUT[width]
    w, h = layout['size']
    looked, plane = state.looked(), dict(box=layout['plot'], x=[LOW, HIGH], y=[-2.6, 3.4], grid=True)
    return {
        'size': layout['size'], 'title': 'Smooth, kinked or jumping?',
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'plot': plane | dict(xticks=ticks(-2, 2, 2), yticks=ticks(-2, 2, 2))},
        'marks': {**heads(layout, h), 'names': names(state, layout, h), 'choices': choices(state, layout, h),
                  'curve': mark('lines', 'plot', 'model', **curve(looked)), **sentence('why', why(looked), layout, h),
                  'count': mark('text', 'paper', x=layout['margin'] if width == 'wide' else 176, y=h - layout['count'],
                                text=count(state))}}


def places(layout):
    """Where each operation's row stands: (left, top)."""
    return [(left, top + (i - first) * layout['row']) for first, last, left, top in layout['groups'] for i in range(first, last)]


def heads(layout, h):
    cell, _ = layout['cell']
    xs = [left + layout['name'] + cell * (j + .5) for _, _, left, _ in layout['groups'] for j in range(3)]
    ys = [h - top + 14 for _, _, _, top in layout['groups'] for _ in range(3)]
    return {'heads': mark('labels', 'paper', fixed=True, x=xs, y=ys, text=['smooth', 'kink', 'jump'] * 2)}


def names(state, layout, h):
    at = places(layout)
    return mark('labels', 'paper', fixed=True, x=[x + 2.0 for x, _ in at], y=[h - y - layout['row'] / 2 for _, y in at],
                text=[op.words for op in OPERATIONS], anchor='start')


def choices(state, layout, h):
    """Three cells for each operation. The chosen one says whether it is right; the right one has a dot once one was chosen."""
    (w, tall), at, lies = layout['cell'], places(layout), operations.places(state.bins)
    text, inks, labels = [], [], []
    for i, (op, place) in enumerate(zip(OPERATIONS, lies, strict=True)):
        truth = BINS.index(operations.found(i).kind)
        for j, name in enumerate(BINS):
            right = j == truth
            here = place == j
            text.append(('✓' if right else '✗') if here else '•' if place is not None and right else '')
            inks.append(('step' if right else 'loss') if here else 'step' if place is not None and right else '')
            labels.append(f'{op.words}: {name}' + (f', chosen, {"right" if right else "wrong"}' if here else ''))
    return mark('cells', 'paper', x=[x + layout['name'] + w * j for x, _ in at for j in range(3)],
                y=[h - y - tall - 2.0 for _, y in at for _ in range(3)], w=[float(w)] * 3 * N, h=[float(tall)] * 3 * N,
                text=text, inks=inks, labels=labels, picks=True, label='Put each operation into a bin')


def curve(index):
    """The operation that was sorted last, in pieces where it jumps."""
    if index is None:
        return dict(x=[], y=[], starts=[])
    x = np.round(np.linspace(LOW, HIGH, 177), 4)
    y = OPERATIONS[index].f(x)
    leaps = np.flatnonzero(np.abs(np.diff(y)) > 0.5) + 1 if operations.found(index).kind == 'jump' else []
    return dict(x=x, y=np.round(y, 3), starts=[0, *(int(leap) for leap in leaps)])


def why(index):
    return f'{OPERATIONS[index].words}. {operations.why(index)}' if index is not None else \
        'Choose a bin for any of them: its curve appears here, and what there is to see.'


def count(state):
    return f'{state.sorted_count()} of {N} sorted, {state.sorted_right()} right'


def gesture(state, handle, value, **options):
    return {'bins': operations.placed(state.bins, *divmod(value[0], 3))}
