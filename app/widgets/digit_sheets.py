"""Many digits at once: a table of what was taken for what, and rows of pictures with what was said of each."""
import numpy as np

from app.widgets.unroll import PALETTE as GREY
from app.widgets.unroll import shades
from core.classification import confusion
from core.data import digits
from lessons.inside_a_network.training import ALL

__all__ = ['ACROSS', 'ADDED', 'COVERED', 'GREY', 'added', 'chosen', 'counts', 'gallery', 'heat', 'said_of_gallery']

ACROSS, ROWS = 6, 2                 # pictures in a row, and rows
ADDED = ACROSS * ROWS               # units whose weights are shown
FULL = 36                           # digits of one kind, about: as many in one cell have its full colour
SHADES = 12                         # of a colour
PAPER, WRONG, RIGHT = (253, 252, 248), (243, 146, 90), (110, 176, 220)
COVERED = np.zeros((256, 3), np.uint8)
for start, full in ((0, WRONG), (128, RIGHT)):
    COVERED[start:start + SHADES + 1] = np.round(np.linspace(PAPER, full, SHADES + 1))
COVERED = COVERED.ravel()


def heat(said):
    """The shades of the table: the stronger, the more there are; what is right has a colour of its own."""
    found = confusion(said, digits().test_y, 10)
    share = np.ceil(np.sqrt(np.minimum(1, found / FULL)) * SHADES)
    return (share + 128 * np.eye(10)).astype(np.uint8).ravel()


def counts(said):
    """How many stand in each cell: x[], y[] and text[], nothing where nobody does."""
    found = confusion(said, digits().test_y, 10)
    row, column = np.nonzero(found)
    return {'x': np.float32(column + 0.5), 'y': np.float32(9.5 - row), 'text': [str(n) for n in found[row, column].tolist()]}


def chosen(said, sure, cell):
    """The numbers of the unseen digits in a cell of the table, or of all mistakes, the surest first."""
    truth = digits().test_y
    which = said != truth if cell == ALL else (truth == cell // 10) & (said == cell % 10)
    found = np.flatnonzero(which)
    return found[np.argsort(-sure[found], kind='stable')]


def said_of_gallery(said, cell):
    """What the pictures are."""
    truth = digits().test_y
    if cell == ALL:
        return f'{int((said != truth).sum()):,} mistakes, the surest first'
    i, j = divmod(cell, 10)
    n = int(((truth == i) & (said == j)).sum())
    return f'{n} of the {i}s told right' if i == j else f'{n} of the {i}s told as {j}'


def gallery(which, said):
    """For each row: its pixels, what is written below each picture, and the tiles over what is empty or between: x[], w[]."""
    found = []
    for n in range(ROWS):
        here, pixels = list(which[n * ACROSS:(n + 1) * ACROSS]), np.zeros((28, ACROSS, 28), np.uint8)
        for place, k in enumerate(here):
            pixels[:, place] = shades(digits().test_x[k].reshape(28, 28))
        texts = [f'{digits().test_y[k]} → {said[k]}' for k in here] + [''] * (ACROSS - len(here))
        covers = [(k - 0.02, 0.04) for k in range(1, ACROSS)] + [(len(here), ACROSS - len(here))]
        found.append((pixels.ravel(), texts, *np.array(covers, np.float32).T))
    return found


def added(numbers):
    """Twelve units' weights, (12, 784), as they stand on one sheet, (56 · 168,)."""
    return np.asarray(numbers, np.float32).reshape(ROWS, ACROSS, 28, 28).transpose(0, 2, 1, 3).ravel()
