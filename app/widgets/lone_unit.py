"""A single unit learns XOR, or tries to: its line in the square, its four answers epoch by epoch, and its loss."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from core.data import BITS, XOR
from lessons.rate import rate_text
from lessons.xor.examples import CORNERS
from lessons.xor.line import across
from lessons.xor.lone import EPOCHS, fate

OPTIONS = {}
SHEET = 'xor.css'
RUNS_ON = ('unit_spread', 'unit_rate', 'seed', 'which')
NEW = 'New start'
EVERY = 4           # epochs from moment to moment, after the first twenty
LAYOUT = {'wide': {'size': [720, 384], 'square': [52, 34, 290, 290], 'time': [432, 34, 250, 290]},
          'narrow': {'size': [340, 570], 'square': [44, 30, 280, 280], 'time': [44, 388, 276, 130]}}
NAMES = ('0, 0', '0, 1', '1, 0', '1, 1')


def draw(state, width):
    layout, run = LAYOUT[width], state.lone_start()
    ticks = [[0, '0'], [1, '1']]
    return {
        'size': layout['size'], 'title': 'A single unit learns XOR', 'controls': ['unit_spread', 'unit_rate'],
        'planes': {
            'square': dict(box=layout['square'], x=list(CORNERS), y=list(CORNERS), frame=True, xlabel='x₁', ylabel='x₂',
                           xticks=ticks, yticks=ticks),
            'time': dict(box=layout['time'], x=[0, EPOCHS], y=[0, 1], xlabel='epoch', ylabel='the four answers',
                         xticks=[[v, text_of(v, ',')] for v in (0, EPOCHS // 2, EPOCHS)],
                         yticks=[[0, '0'], [0.5, '0.5'], [1, '1']], grid=True)},
        'marks': {
            'decides': mark('line', 'square', 'model', **place(line(run.parameters[0]))),
            'class-1': corners(XOR[:, 0] > 0.5), 'class-0': corners(XOR[:, 0] < 0.5),
            **{f'answer-{i}': mark('text', 'square', 'model', x=float(x), y=float(y), anchor='middle', dy=-18 if y else 30,
                                   text=text_of(run.predictions[0, i, 0], '.2f')) for i, (x, y) in enumerate(BITS)},
            **{f'curve-{i}': mark('line', 'time', 'model' if XOR[i, 0] else 'data', x=[], y=[]) for i in range(4)},
            'now': mark('points', 'time', 'model', x=[0.0] * 4, y=run.predictions[0, :, 0], r=5),
            'said': mark('text', 'time', 'loss', x=EPOCHS, y=1.0, dy=-10, anchor='end', text=loss_text(run.losses[0]),
                         lit='loss')}}


def corners(which):
    x, y = BITS[which].T
    return mark('points', 'square', 'data', x=x, y=y, r=9)


def line(weights):
    """Where this unit answers 0.5: two points on the rim of the square, or none."""
    w1, w2, b = weights
    length = w1 * w1 + w2 * w2
    if length < 1e-12:
        return ()
    x, y = -b * w1 / length, -b * w2 / length
    return across((x, y, x - w2, y + w1), CORNERS)


def place(points):
    return {'x': np.array([x for x, _ in points]), 'y': np.array([y for _, y in points])}


def loss_text(loss):
    return f'loss {text_of(loss, ".3f")}'


def gesture(state, handle, point, **options):
    return {}


def record(state, **options):
    run = state.lone()
    at = [k for k in range(len(run.epochs)) if k < 20 or k % EVERY == 0 or k == len(run.epochs) - 1]
    lines, answers = [place(line(run.parameters[k])) for k in at], run.predictions[at, :, 0]
    so_far = np.array(at) + 1
    return {
        'frames': len(at), 'pace': 24,
        'labels': [label(run, k) for k in at],
        'tracks': {'decides.x': [found['x'] for found in lines], 'decides.y': [found['y'] for found in lines],
                   'now.x': np.repeat(np.array(at, float)[:, None], 4, axis=1), 'now.y': answers,
                   **{f'answer-{i}.text': [text_of(value, '.2f') for value in answers[:, i]] for i in range(4)},
                   'said.text': [loss_text(run.losses[k]) for k in at]},
        'growing': {f'curve-{i}.{field}': (values, so_far) for i in range(4)
                    for field, values in (('x', run.epochs.astype(float)), ('y', run.predictions[:, i, 0]))},
        'time': {'plane': 'time', 'x': np.array(at, float)}, 'says': verdict(run, state.unit_rate)}


def label(run, k):
    answers = ', '.join(text_of(value, '.2f') for value in run.predictions[k, :, 0])
    return f'{f"After epoch {k}" if k else "The start"}: answers {answers}; {loss_text(run.losses[k])}'


def verdict(run, rate):
    """How it ended, in a sentence."""
    loss = text_of(run.losses[-1], '.2f')
    return {'half': f'All four answers have gone to 0.5, a shrug, with a loss of {loss}.',
            'three': f'Three corners on the right side, the fourth wrong: loss {loss}.',
            'elsewhere': f'Thrown so far that its slopes are gone: {wrong(run)} corners wrong, loss {loss}.',
            'restless': f'At rate {rate_text(rate)} it never settles: after {EPOCHS} epochs it still jumps to and fro.',
            'lost': run.says}[fate(run)]


def wrong(run):
    return int(((run.predictions[-1, :, 0] > 0.5) != (XOR[:, 0] > 0.5)).sum())
