"""The table of a network that learns: for each corner what the hidden units say, what it answers, and what is wanted."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark

FEW = 4             # examples up to which each has its row; of more, only how many are right
MOST_HIDDEN = 3     # hidden units that have columns


def table_marks(box, height, given, hidden, outputs):
    """Heads and cells. box: [left, top, width, height] in units of the picture, whose height is the second argument."""
    left, top, width, _ = box
    heads = names(given, hidden)
    columns, rows = len(heads), len(texts(given, hidden, outputs)) // max(1, len(heads))
    step, high = width / max(1, columns), 28
    x = [left + i * step for i in range(columns)]
    return {
        'heads': mark('labels', 'paper', x=[at + step / 2 for at in x], y=[height - top - 8] * columns, text=heads),
        'cells': mark('cells', 'paper', x=x * rows, y=[height - top - 20 - (j + 1) * high for j in range(rows) for _ in x],
                      w=[step] * columns * rows, h=[high] * columns * rows, text=texts(given, hidden, outputs),
                      inks=inks(given, hidden, outputs))}


def names(given, hidden):
    if len(given.x) > FEW:
        return ['wanted', 'points', 'right']
    if not len(given.x):
        return []
    units = hidden.shape[1] if hidden.shape[1] <= MOST_HIDDEN else 0
    return ['x₁, x₂', *(['h'] if units == 1 else [f'h{"₁₂₃"[i]}' for i in range(units)]), 'answer', 'wanted']


def texts(given, hidden, outputs):
    """The texts of the cells, row by row."""
    if not len(given.x):
        return []
    wanted = given.target[:, 0] > 0.5
    if len(given.x) > FEW:
        right = (outputs > 0.5) == wanted
        return [text for word, which in (('yes', wanted), ('no', ~wanted))
                for text in (word, f'{which.sum()}', f'{(right & which).sum()}')]
    units = hidden.shape[1] if hidden.shape[1] <= MOST_HIDDEN else 0
    return [text for i, (x, y) in enumerate(given.x.tolist())
            for text in (f'{place(x)}, {place(y)}', *(text_of(h, '.2f') for h in hidden[i, :units]), text_of(outputs[i], '.2f'),
                         f'{int(wanted[i])} {"✓" if (outputs[i] > 0.5) == wanted[i] else "✗"}')]


def inks(given, hidden, outputs):
    """The colour of each cell: data, hidden values, answers."""
    if not len(given.x):
        return []
    if len(given.x) > FEW:
        return ['data', 'data', 'model'] * 2
    units = hidden.shape[1] if hidden.shape[1] <= MOST_HIDDEN else 0
    return ['data', *['hidden'] * units, 'model', 'data'] * len(given.x)


def place(value):
    return text_of(value, '.0f') if float(value).is_integer() else text_of(np.round(value, 2), '.2g')
