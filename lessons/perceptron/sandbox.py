"""Three numbers and a table of four rows: which rows come out right, what would help, and when nothing can."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.data import AND, BITS, OR
from core.separable import conflict
from lessons.short import short

CODES = {'or': OR, 'and': AND, 'not': 1 - BITS[:, :1], 'nand': 1 - AND}
TASKS = {'OR: at least one': 'or', 'AND: both': 'and', 'NOT x₁': 'not', 'NAND: not both': 'nand', 'a table of your own': 'own'}
ROWS = tuple(f'({a:g}, {b:g})' for a, b in BITS)
WEIGHT, THRESHOLD = 2.0, 4.0                # how far from 0 each of them goes
STEP = 0.1
NAMES = ('w₁', 'w₂', 'T')
GRID = 0.5                                  # on which a hint looks for numbers that are right


class Checked(NamedTuple):
    """The four rows, each with its sum, what comes out, what is wanted, and whether that is so."""
    sums: np.ndarray        # (4,)
    says: np.ndarray        # (4,) 0 or 1
    wanted: np.ndarray      # (4,) 0 or 1
    right: np.ndarray       # (4,) bool


def wanted(task, own):
    """The desired column, (4,): of a task, or the reader's own, whose four answers are the digits of a number in base 2."""
    return np.array([own >> 3 - row & 1 for row in range(4)]) if task == 'own' else CODES[task].ravel().astype(int)


def sums(w1, w2):
    """The weighted sums of the four rows; rounded, because 0.7 + 0.1 shall reach 0.8. Also for arrays of weights."""
    return np.round(np.multiply.outer(w1, BITS[:, 0]) + np.multiply.outer(w2, BITS[:, 1]), 9)


def check(w1, w2, threshold, want):
    found = sums(w1, w2)
    says = (found >= threshold).astype(int)
    return Checked(found, says, want, says == want)


def word(says, want):
    """A row's verdict, by sign and by word."""
    return '✓ right' if says == want else '✗ should be 0' if says else '✗ should be 1'


@lru_cache
def impossible(want):
    """Why no weights and no threshold can fill this column (a tuple), in a sentence; '' where some can."""
    found = conflict(BITS, want)
    if not found:
        return ''
    yes, no = ([row for row in found if want[row] == answer] for answer in (1, 0))
    total = ' + '.join(f'{times if times > 1 else ""}{name}' for j, name in enumerate(('w₁', 'w₂'))
                       if (times := int(sum(found[row] * BITS[row, j] for row in yes))))
    n = sum(found[row] for row in yes)
    return (f'No three numbers can do this: {names(yes)} together sum to {total}, and so do {names(no)}. '
            f'The first should reach {n}T, the others stay below.')


def names(rows):
    return listed([ROWS[row] for row in rows])


def listed(texts):
    return ', '.join(texts[:-1]) + ' and ' + texts[-1] if len(texts) > 1 else ''.join(texts)


def hint(level, w1, w2, threshold, want):
    """A hint for these numbers: level 1 says where it fails, level 2 what to turn. Both follow from the rows that fail."""
    now = check(w1, w2, threshold, want)
    if now.right.all():
        return 'All four rows are right.'
    reason = impossible(tuple(want.tolist()))
    if reason:
        return reason
    return where(now, threshold) if level == 1 else what(w1, w2, threshold, want)


def where(now, threshold):
    """Each row that fails, with its sum and what it lacks."""
    low = [row for row in range(4) if not now.right[row] and now.wanted[row]]
    high = [row for row in range(4) if not now.right[row] and not now.wanted[row]]
    parts = []
    for rows, should in ((low, f'should reach {short(threshold)}'), (high, f'should stay below {short(threshold)}')):
        if rows:
            numbers = listed([short(float(now.sums[row])) for row in rows])
            parts.append(f'{names(rows)}: {"the sum" if len(rows) == 1 else "the sums"} {numbers} {should}.')
    return ' '.join(parts)


def what(w1, w2, threshold, want):
    """One number that mends it all, and between what limits; else the fewest and smallest changes that do."""
    now = (w1, w2, threshold)
    for knob in (2, 0, 1):
        limits = room(knob, now, want)
        if limits:
            return f'{NAMES[knob]} alone can mend it: {limits}.'
    found = nearest(now, want)
    turns = [f'{NAMES[i]} = {short(found[i])}' for i in range(3) if found[i] != now[i]]
    return f'{"One number alone cannot mend it. " if len(turns) > 1 else ""}Try {listed(turns)}.'


def room(knob, now, want):
    """Where one number must be while the other two stay, in words; '' if there is no such place within its reach."""
    w1, w2, threshold = now
    low, high, reach = -np.inf, np.inf, THRESHOLD if knob == 2 else WEIGHT
    for (x1, x2), answer, total in zip(BITS, want, sums(w1, w2), strict=True):
        if knob == 2:                                           # a row that should say 1 keeps T down to its sum
            low, high = (low, min(high, total)) if answer else (max(low, total), high)
        elif (x1, x2)[knob]:
            least = round(threshold - (total - now[knob]), 9)   # the weight with which this row just reaches T
            low, high = (max(low, least), high) if answer else (low, min(high, least))
        elif (total >= threshold) != answer:
            return ''
    return between(low, high, reach, knob == 2)


def between(low, high, reach, is_threshold):
    """'above 0 and at most 1', for a threshold; for a weight it is the lower limit that counts as inside. Limits out of reach
    are left out."""
    tenths = np.round(np.arange(-reach, reach + STEP / 2, STEP), 9)             # which a hand can set
    fine = (tenths > low) & (tenths <= high) if is_threshold else (tenths >= low) & (tenths < high)
    if not fine.any():
        return ''
    lower, upper = ('above', 'at most') if is_threshold else ('at least', 'below')
    limits = ((low > -reach or is_threshold and low == -reach) and f'{lower} {short(float(low))}',
              (high < reach or not is_threshold and high == reach) and f'{upper} {short(float(high))}')
    return ' and '.join(limit for limit in limits if limit)


def nearest(now, want):
    """Numbers on a grid that are right everywhere: with the fewest changes, not by a hair, and of these the smallest."""
    weights, cuts = (np.round(np.arange(-reach, reach + step / 2, step), 9)
                     for reach, step in ((WEIGHT, GRID), (THRESHOLD, STEP)))
    candidates = [np.append(values, value) for values, value in zip((weights, weights, cuts), now, strict=True)]
    w1, w2, cut = (grid.ravel() for grid in np.meshgrid(*candidates, indexing='ij'))
    totals = np.round(np.multiply.outer(w1, BITS[:, 0]) + np.multiply.outer(w2, BITS[:, 1]), 9)
    fine = ((totals >= cut[:, None]) == (np.asarray(want) == 1)).all(axis=1)
    far = np.abs(np.stack([w1, w2, cut], 1)[fine] - now)
    close = np.abs(totals - cut[:, None]).min(axis=1)[fine] < 2 * STEP
    best = np.lexsort((far.sum(1), close, (far > 0).sum(1)))[0]
    return tuple(float(values[fine][best]) for values in (w1, w2, cut))
