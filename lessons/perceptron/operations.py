"""Operations that programs are made of, each as a function of one number x; which are smooth is found by looking closer."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.activations import relu, sigmoid, tanh, threshold
from core.smoothness import KINDS, smoothness
from lessons.short import short

BINS = KINDS                            # smooth, kink, jump: the bins of the sorter, too
LOW, HIGH = -2.2, 2.2


class Operation(NamedTuple):
    words: str              # as the sorter shows it
    f: callable             # x (n,) → (n,)
    note: str = ''          # what else there is to say, once it is sorted


OPERATIONS = (
    Operation('x + 1', lambda x: x + 1),
    Operation('|x|', np.abs, 'Nudging works on both sides, and at the kink one slope has to be chosen.'),
    Operation('round(x)', np.round),
    Operation('sigmoid(x)', sigmoid),
    Operation('max(x, 1)', lambda x: np.maximum(x, 1)),
    Operation('x > 1', lambda x: (x > 1).astype(float)),
    Operation('x · x', lambda x: x * x),
    Operation('ReLU(x)', relu, 'Some texts call it smooth. It is not, and most programs take the slope 0 at the kink.'),
    Operation('threshold(x)', threshold),
    Operation('exp(x)', np.exp),
    Operation('sort(x, 1)', lambda x: np.sort(np.stack([x, np.ones_like(x)]), axis=0)[0],
              'Drawn is what comes first. The values only kink; the places in the order, as argsort has them, jump.'),
    Operation('argmax(x, 1)', lambda x: np.argmax(np.stack([x, np.ones_like(x)]), axis=0).astype(float)),
    Operation('tanh(x)', tanh),
    Operation('if x > 1 …', lambda x: np.where(x > 1, x + 1, x),
              'This one says x + 1 if x > 1, else x. An if whose branches meet has only a kink: ReLU is one.'),
)


@lru_cache
def found(index):
    """What operation number `index` is like, as core.smoothness finds it."""
    return smoothness(OPERATIONS[index].f, LOW, HIGH)


def why(index):
    """What is there to see, in a sentence or two."""
    at, note = found(index), OPERATIONS[index].note
    if at.kind == 'smooth':
        said = 'However closely we look there is one slope everywhere.'
    elif at.kind == 'kink':
        said = f'At x = {short(at.place)} the slope changes at once, from {short(at.left)} to {short(at.right)}.'
    else:
        flat = ', and everywhere else the slope is 0' if at.flat else ''
        said = f'At x = {short(at.place)} the value leaps from {short(at.left)} to {short(at.right)}{flat}.'
    return f'{said} {note}'.strip()


def places(rows):
    """Where each operation lies: a bin's number, or None. rows: (operation, bin), in the order in which they were sorted."""
    lies = {operation: int(place) for operation, place in rows if place in (0, 1, 2)}
    return [lies.get(index) for index in range(len(OPERATIONS))]


def placed(rows, index, place):
    """The rows with this operation put into a bin as the last of all; or taken out of it, if it lies there."""
    others = [[operation, bin] for operation, bin in rows if operation != index]
    return others if places(rows)[index] == place else [*others, [index, place]]
