"""A neuron learns OR: its table, its line on the square, its weights and its loss, all of one moment of the training."""
import numpy as np

from app.numbers import short, ticks
from app.scene import mark
from app.widgets.rows_of_four import printed
from core.data import BITS
from lessons.perceptron.state import number, output_text, signed
from lessons.perceptron.unit import EPOCHS, NEAR, TARGET, near

OPTIONS = {}

RUNS_ON = ('weights', 'seed', 'rate', 'changes', 'mean')
FAR, REACH = 30.0, 4.0                      # of the picture: no line is drawn further out, and how far it goes to each side
LEVELS = (0.5, NEAR, 1 - NEAR)
AXIS = [-0.75, 1.75]
LAYOUT = {'wide': {'size': [720, 510], 'square': [52, 34, 268, 268], 'net': [30, 370, 300, 130],
                   'columns': (376, 404, 440, 504, 590, 664), 'table': 20, 'row': 34, 'time': [410, 256, 290, 200]},
          'narrow': {'size': [340, 868], 'square': [56, 30, 248, 248], 'net': [20, 346, 300, 116],
                     'columns': (12, 34, 62, 120, 204, 288), 'table': 486, 'row': 32, 'time': [60, 716, 262, 100]}}


def draw(state, width):
    layout, taught = LAYOUT[width], state.taught()
    w, h = layout['size']
    top = float(max(taught.losses.max(), 1e-3)) * 1.08
    ends = [[v, short(v)] for v in (0, 1)]
    x, y, wide, tall = layout['net']
    first = shown(taught, [0], width)
    return {
        'size': layout['size'], 'title': 'A neuron learns OR', 'controls': ['rate', 'mean', 'seed'],
        'planes': {
            'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
            'square': dict(box=layout['square'], x=AXIS, y=AXIS, frame=True, xlabel='x₁', ylabel='x₂', xticks=ends, yticks=ends),
            'net': dict(box=[x, y, wide, tall], x=[0, wide], y=[0, tall]),
            'time': dict(box=layout['time'], x=[0, along(EPOCHS)], y=[0, top], grid=True, xlabel='epochs',
                         ylabel='loss: the mean of the squares' if state.mean else 'loss: the sum of the squares',
                         xticks=[[along(e), f'{e:,}'] for e in (0, 10, 100, 1000)], yticks=ticks(0, top, 3))},
        'marks': {**square(first), **ledger(first, layout, h), **net(first, wide, tall),
                  'course': mark('line', 'time', 'loss', x=[], y=[]),
                  'losses': mark('line', 'time', 'loss', x=[], y=[]),
                  'now': mark('points', 'time', 'loss', x=[0.0], y=[float(taught.losses[0])], r=6)}}


def along(epochs):
    """Where an epoch stands on the axis, on which each mark is ten times the one before."""
    return np.log10(1.0 + np.asarray(epochs))[()] + 0.0


def square(first):
    return {
        'band': mark('lines', 'square', 'model', x=first['band.x'][0], y=first['band.y'][0], starts=[0, 2],
                     label='where the answer is 0.1 and 0.9'),
        'line': mark('lines', 'square', 'model', x=first['line.x'][0], y=first['line.y'][0], starts=[0],
                     label='where the answer is 0.5'),
        'ones': mark('points', 'square', 'data', fixed=True, x=BITS[1:, 0], y=BITS[1:, 1], r=9, label='should be 1'),
        'zeros': mark('points', 'square', 'data', fixed=True, x=BITS[:1, 0], y=BITS[:1, 1], r=9, label='should be 0'),
        'said': mark('labels', 'square', 'model', x=BITS[:, 0], y=BITS[:, 1] + 0.22, text=first['said.text'][0])}


def ledger(first, layout, h):
    *_, pred, error, square = layout['columns']
    ys = [h - layout['table'] - layout['row'] * (i + 1.2) for i in range(4)]
    head, total = h - layout['table'] - 6, h - layout['table'] - layout['row'] * 5.3

    def column(x, texts, **more):
        return mark('labels', 'paper', x=[x] * 4, y=ys, text=list(texts), **more)

    return {
        'printed': printed(list(layout['columns']), head, ys, 'answer ŷ'),
        'preds': column(pred, first['preds.text'][0], inks=['model'] * 4, label='the table: answers, errors and squares'),
        'errors': column(error, first['errors.text'][0], inks=['loss'] * 4),
        'squares': column(square, first['squares.text'][0], inks=['loss'] * 4),
        'total': mark('labels', 'paper', x=[layout['columns'][-1] + 34.0], y=[total], anchor='end', text=first['total.text'][0],
                      inks=['loss'])}


def net(first, wide, tall):
    """The three numbers as a small picture: thick is large, dashed is below 0."""
    ys, x, x1 = [tall - 18, tall / 2, 18], 26.0, wide - 30.0
    return {
        'edges': mark('edges', 'net', x=[x] * 3, y=ys, x1=[x1] * 3, y1=[tall / 2] * 3, value=first['edges.value'][0],
                      label='the weights'),
        'ends': mark('nodes', 'net', 'data', fixed=True, x=[x] * 3, y=ys, text=['x₁', 'x₂', '1'], r=17),
        'unit': mark('nodes', 'net', 'hidden', fixed=True, x=[x1], y=[tall / 2], text=['σ'], r=22),
        'numbers': mark('labels', 'net', 'model', x=[x + (x1 - x) * .42] * 3,
                        y=[ys[0] - 2, ys[1] + 13, ys[2] + 2], text=first['numbers.text'][0])}


def record(state, **options):
    taught = state.taught()
    frames = len(taught.epochs)
    x = along(taught.epochs)
    return {
        'frames': frames, 'pace': 30, 'labels': labels(taught), 'steps': taught.epochs, 'says': taught.says,
        'again': len(state.legs()) > 1, 'rescue': state.rescue_words(), 'time': {'plane': 'time', 'x': x},
        'marks': {'course': {'x': x, 'y': taught.losses}},
        'tracks': shown(taught, range(frames)) | {'now.x': x[:, None], 'now.y': taught.losses[:, None]},
        'growing': {'losses.x': (x, np.arange(frames) + 1), 'losses.y': (taught.losses, np.arange(frames) + 1)}}


def shown(taught, frames, width=None):
    """Tracks for these frames: lines, texts, weights."""
    frames = np.asarray(frames)
    weights, outputs, losses = taught.weights[frames], taught.outputs[frames], taught.losses[frames]
    errors = outputs - TARGET
    fine, texts = np.abs(errors) <= NEAR, [[output_text(v) for v in row] for row in outputs.tolist()]
    lines = [edge(weights, level) for level in LEVELS]
    return {
        'line.x': lines[0][0], 'line.y': lines[0][1],
        'band.x': np.hstack([lines[1][0], lines[2][0]]), 'band.y': np.hstack([lines[1][1], lines[2][1]]),
        'said.text': texts,
        'preds.text': [[f'{text} ✓' if ok else text for text, ok in zip(row, oks, strict=True)]
                       for row, oks in zip(texts, fine.tolist(), strict=True)],
        'errors.text': [[signed(v, 3) for v in row] for row in errors.tolist()],
        'squares.text': [[f'{v:.3f}' for v in row] for row in (errors**2).tolist()],
        'total.text': [[f'loss {loss}'] for loss in map(loss_text, losses.tolist())],
        'edges.value': weights,
        'numbers.text': [[f'{name} = {number(v)}' for name, v in zip(('w₁', 'w₂', 'b'), row, strict=True)]
                         for row in weights.tolist()]}


def loss_text(loss):
    return f'{loss:.3f}' if loss >= 0.01 else short(loss, 2)


def edge(weights, level):
    """Where the unit answers `level`: the ends of that line, (k, 2) and (k, 2), around the middle of the picture."""
    w, c = weights[:, :2], np.log(level / (1 - level)) - weights[:, 2]
    length = np.maximum(np.hypot(*w.T), 1e-9)
    middle = np.array([0.5, 0.5])
    nearest = middle + ((c - w @ middle) / length / length)[:, None] * w
    way = np.stack([-w[:, 1], w[:, 0]], 1) / length[:, None] * REACH
    ends = np.clip(np.stack([nearest - way, nearest + way], 1), -FAR, FAR)
    return ends[:, :, 0], ends[:, :, 1]


def labels(taught):
    fine = near(taught.outputs).tolist()
    said = [f'Epoch {e:,}: loss {loss_text(loss)}{f", all four answers within {NEAR}" if ok else ""}'
            for e, loss, ok in zip(taught.epochs.tolist(), taught.losses.tolist(), fine, strict=True)]
    return [f'The start: loss {loss_text(float(taught.losses[0]))}', *said[1:]]


def gesture(state, handle, value, **options):
    return {}
