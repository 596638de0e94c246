"""A network learns to tell points apart: its answers all over the square, its weights, its loss and its table, at each moment."""
from math import sqrt

import numpy as np

from app.network_picture import network_marks, network_plane
from app.numbers import show as text_of
from app.numbers import ticks
from app.scene import mark
from app.widgets.answer_map import answer_marks
from app.widgets.trainer_run import record, unit_names
from app.widgets.trainer_table import place, table_marks
from core.layers import parameters
from core.network import forward
from lessons.xor.examples import CORNERS

__all__ = ['JOB', 'NEW', 'OPTIONS', 'RUNS_ON', 'WORKING', 'draw', 'gesture', 'record']

OPTIONS = {}
SHEET = 'xor.css'
JOB = True
WORKING = 'Training the network …'
NEW = 'New start'
RUNS_ON = ('data', 'points', 'hidden', 'layers', 'shortcut', 'activation', 'spread', 'seed', 'which', 'rate', 'changes', 'epochs',
           'weights')
CONTINUES = ('rate', 'changes', 'epochs')       # what else changes begins another walk
BOUNDS = -1e6, 1e6          # of a weight that is set by hand
CONTROLS = ['data', 'pen', 'hidden', 'layers', 'activation', 'shortcut', 'rate', 'epochs', 'spread', 'points']
LAYOUT = {'wide': {'size': [720, 600], 'square': [50, 32, 286, 286], 'net': [372, 0, 344, 330], 'time': [56, 412, 290, 132],
                   'start': (544, 360), 'table': [398, 398, 306, 146]},
          'narrow': {'size': [340, 950], 'square': [44, 30, 284, 284], 'net': [2, 362, 336, 240], 'time': [56, 650, 256, 110],
                     'start': (170, 614), 'table': [16, 814, 312, 132]}}


def draw(state, width):
    layout, given, network = LAYOUT[width], state.examples(), state.start()
    w, h = layout['size']
    now = judged(network, given)
    return {
        'size': layout['size'], 'title': 'A network learns to tell points apart', 'controls': CONTROLS,
        'planes': {'square': square(layout['square'], given.window), 'time': time(layout['time'], given, state.epochs),
                   'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'net': network_plane(layout['net'])},
        'marks': {
            **answer_marks(network, parameters(network), given.window),
            'examples': examples(given),
            'invitation': mark('text', 'square', x=sum(given.window) / 2, y=sum(given.window) / 2, anchor='middle',
                               text='' if len(given.x) else 'press to put points'),
            **network_marks(network, layout['net'], width, names=unit_names(network), bounds=BOUNDS),
            'start': mark('text', 'paper', x=layout['start'][0], y=h - layout['start'][1], anchor='middle', size='small',
                          text=state.start_words()),
            'whole-curve': mark('line', 'time', 'loss', x=[], y=[]), 'curve': mark('line', 'time', 'loss', x=[], y=[]),
            'loss-now': mark('points', 'time', 'loss', x=[0.0] * bool(len(given.x)), y=[now[0]][:len(given.x)], r=6),
            **table_marks(layout['table'], h, given, now[1], now[2])}}


def judged(network, given):
    """(loss, what the last hidden layer says (n, H), the answers (n,)) before any step."""
    if not len(given.x):
        return 0.0, np.zeros((0, 0)), np.zeros(0)
    ran = forward(network, given.x)
    squares = (ran.output - given.target) ** 2
    loss = squares.sum() if given.loss == 'sum_squared_error' else squares.mean()
    hidden = ran.a[-2] if len(ran.a) > 1 else np.zeros((len(given.x), 0))
    return float(loss), hidden, ran.output[:, 0]


def square(box, window):
    low, high = window
    ends = [[0, '0'], [1, '1']] if window == CORNERS else ticks(low, high)
    return dict(box=box, x=[low, high], y=[low, high], frame=True, xlabel='x₁', ylabel='x₂', xticks=ends,
                yticks=[[at, words if len(words) < 5 else ''] for at, words in ends])


def time(box, given, epochs):
    """The loss; early epochs get more room, because that is where things happen."""
    n = max(1, len(given.x))
    summed = given.loss == 'sum_squared_error'
    top = n / 2 if summed else 0.5
    words = f'loss: the {"sum" if summed else "mean"} of {n} square{"s" if n > 1 else ""}' if len(given.x) else 'loss'
    marks = sorted({0, *(round(epochs * share) for share in (0.05, 0.25, 0.5, 1))})
    return dict(box=box, x=[0, 1], y=[0, top], xlabel='epoch, the early ones wider', ylabel=words,
                xticks=[[sqrt(epoch / epochs), text_of(epoch, ',')] for epoch in marks],
                yticks=[[0, '0'], [top / 2, text_of(top / 2, '.3g')], [top, text_of(top, '.3g')]])


def examples(given):
    """The points, which a reader can put, drag, turn and take away: those that want a yes are full, the others are rings."""
    low, high = given.window
    inks = ['class-1' if wanted else 'class-0' for wanted in given.target[:, 0] > 0.5]
    says = [f'x₁ {place(x)}, x₂ {place(y)}, wants {"yes" if ink == "class-1" else "no"}'
            for (x, y), ink in zip(given.x.tolist(), inks, strict=True)]
    return mark('points', 'square', 'data', x=given.x[:, 0], y=given.x[:, 1], r=8 if len(given.x) < 20 else 5, inks=inks,
                label='the points that the network is taught', dots={
                    'bounds': [[low, high]] * 2, 'step': [(high - low) / 30] * 2, 'adds': 'Put a point',
                    'turns': 'Swap yes and no', 'says': says, 'most': 200})


def gesture(state, handle, value, **options):
    if handle == 'examples':
        return state.point_moved(*value)
    return state.weight_set(*value)
