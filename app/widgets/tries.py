"""Every loss that the reader has tried, by attempt: a chart to look back on, and the same as a table."""
import numpy as np

from app.numbers import show as text_of

OPTIONS = {}

TITLE = 'The loss of every line you let go of'
EMPTY = 'Nothing here yet: move a line on this page and let go of it.'
COLUMNS = ('attempt', 'loss', 'slope ($/ft²)', 'intercept ($)')


def columns(state):
    """The chart's data: attempt (n,), loss (n,), slope (n,), intercept (n,)."""
    rows = np.array(state.tries, float).reshape(-1, 2)
    return {'attempt': np.arange(1, len(rows) + 1, dtype=float), 'loss': np.asarray(state.tried_losses(), float),
            'slope': rows[:, 0], 'intercept': rows[:, 1]}


def rows(state):
    """The table's data, as text, the newest first."""
    data = columns(state)
    return [[text_of(n, '.0f'), text_of(loss, ',.0f'), text_of(slope, ',.0f'), text_of(intercept, ',.0f')]
            for n, loss, slope, intercept in zip(*data.values(), strict=True)][::-1]


def figure():
    from app.charts import lines_by_attempt
    return lines_by_attempt(TITLE)
