"""What pictures made of words and numbers share: a sheet to write on, numbers to take hold of, and bars with a sign."""
import numpy as np

from app.kinds import kind_of
from app.numbers import short
from app.numbers import show as text_of
from app.scene import mark
from lessons.short import added


def sheet(size):
    """A plane for words and tables: its units are those of the picture, counted from the upper left corner."""
    return dict(box=[0, 0, *size], x=[0, size[0]], y=[size[1], 0])


def words(x, y, text, meaning=None, **more):
    """A text whose foot stands y units below the top of the sheet."""
    return mark('text', 'paper', meaning, x=x, y=y, text=text, **more)


def fitting(room, *texts):
    """The first of these texts that has no more characters than there is room for; else the last."""
    return next((text for text in texts if len(text) <= room), texts[-1])


def sum_of(terms, digits=4):
    """'2 + 0 − 3 = −1': a sum as it is written, and what it comes to."""
    return f'{added(short(float(term), digits) for term in terms)} = {short(float(sum(terms)))}'


def numbers(state, names, x, y, w, h, meaning=None, **more):
    """Cells that hold these Parameters, side by side from x on (or below each other, where y is a list), to be changed in place.

    The Parameters of one mark share their bounds. `set_from` is what a gesture on it proposes.
    """
    parameters, values = [state.param[name] for name in names], [getattr(state, name) for name in names]
    n, across = len(names), np.ndim(y) == 0
    return mark(
        'cells', 'paper', meaning, x=[float(x + i * (w + 8) * across) for i in range(n)],
        y=[float(y)] * n if across else [float(top) for top in y], w=[w] * n, h=[h] * n,
        text=[text_of(value, ',.10g') for value in values], value=np.array(values, float),
        dials={'names': [parameter.label for parameter in parameters], 'values': [f'{value:.10g}' for value in values],
               'says': [kind_of(parameter).says(parameter, value) if parameter.doc else text_of(value, ',.10g')
                        for parameter, value in zip(parameters, values, strict=True)],
               'step': [float(parameter.step) for parameter in parameters], 'bounds': list(map(float, parameters[0].bounds))},
        **more)


def set_from(names, value):
    """The Parameters after a gesture [index, number] on the cells that hold `names`."""
    index, number = value
    return {names[int(index)]: number}


def waterfall(plane, terms, total='model', lits=None):
    """Terms of a sum as bars, one below the other: each begins where the one before it ended, the last is their sum.

    They stand on the whole numbers from len(terms) down to 0 of their plane; what is negative has its own class, minus.
    """
    terms = np.asarray(terms, float)
    ends = np.concatenate([[0.0], np.cumsum(terms)])
    rows = len(terms) - np.arange(len(terms), dtype=float)
    marks = {}
    for name, chosen, meaning in (('plus', terms >= 0, 'model'), ('minus', terms < 0, 'loss')):
        marks[name] = mark('tiles', plane, meaning, x=ends[:-1][chosen], y=rows[chosen] - 0.3, w=terms[chosen],
                           h=np.full(chosen.sum(), 0.6))
    x, y = np.repeat(ends[1:], 2), np.stack([rows - 0.3, rows - 0.7], axis=1).ravel()
    marks['carried'] = mark('lines', plane, x=x, y=y, starts=np.arange(0, len(x), 2))
    marks['sum'] = mark('tiles', plane, total, x=[0.0], y=[-0.3], w=[float(ends[-1])], h=[0.6], lit=lits)
    return marks


def reach(terms, least=1.0):
    """The range that holds all bars of a waterfall, and zero, with a little room."""
    ends = np.concatenate([[0.0], np.cumsum(np.asarray(terms, float))])
    low, high = float(ends.min()), float(ends.max())
    room = 0.06 * max(high - low, least)
    return [low - room, max(high, low + least) + room]
