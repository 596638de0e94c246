"""Where everything stands in the picture of a network on which each edge says what comes back to it.

Edges stand in the order of the parameters, biases among them as short edges from below. Everything is in units of the
picture, y downward. app/network_layout.py places the networks of other pages by rule; here each edge has up to three lines
of words and the loss stands beside the network, and so each of the four networks is set by hand.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lessons.backprop import nets

R = {'wide': 22, 'narrow': 18}
STUB = 34               # how long the edge of a bias is
COLUMNS = {('wide', 3): (86, 306, 540), ('wide', 4): (78, 226, 384, 548), ('narrow', 3): (44, 134, 236),
           ('narrow', 4): (38, 104, 172, 240)}
LOSS = {'wide': 668, 'narrow': 310}
BETWEEN = {'xor': 110, '2-2-1': 75, '2-3-1': 75, '2-3-3-1': 66}         # half of the way from one input to the other
APART = {'xor': 0, '2-2-1': 150, '2-3-1': 146, '2-3-3-1': 140}         # from one hidden unit to the next
SEEN = {('xor', 'wide'): 'wms', ('2-2-1', 'wide'): 'wms', ('2-3-1', 'wide'): 'ms', ('2-3-3-1', 'wide'): 'wms',
        ('xor', 'narrow'): 'ms', ('2-2-1', 'narrow'): '', ('2-3-1', 'narrow'): '', ('2-3-3-1', 'narrow'): ''}
SMALL = ('xor', '2-2-1')        # they have room for all words at once; the others for those of the unit that is at work
LINE = {'wide': 18, 'narrow': 16}
ROUND = {'wide': 60, 'narrow': 40}      # how far a shortcut stands off the straight line


class Geometry(NamedTuple):
    """Where everything is."""
    height: float
    r: float
    inputs: np.ndarray      # (2, 2)
    units: np.ndarray       # (units, 2), in the order of the layers
    loss: tuple
    target: tuple
    ends: np.ndarray        # (P, 4): from where to where each edge goes
    bend: np.ndarray        # (P,)
    labels: np.ndarray      # (P, 2): the middle of what is written beside each edge


@lru_cache
def geometry(net, width, close=1.0, lines='wms'):
    """The geometry of a network; `close` below 1 draws everything nearer together, where nothing is written on edges.

    lines: what is written there: the weight, what meets at it, the slope.
    """
    (sizes, shortcut), r = nets.NETS[net], R[width]
    columns, apart = COLUMNS[width, len(sizes)], APART[net] * close
    most = max(BETWEEN[net] * close, (max(sizes[1:-1]) - 1) * apart / 2)
    top = (58 if width == 'wide' else 54) if close == 1 else 36
    middle = top + most + r - (8 if net != 'xor' else -30 * close)
    height = middle + most + r + STUB + (44 if net == 'xor' else 24)
    inputs = np.array([[columns[0], middle - BETWEEN[net] * close], [columns[0], middle + BETWEEN[net] * close]])
    units = np.array([[x, middle + (i - (size - 1) / 2) * apart] for x, size in zip(columns[1:], sizes[1:], strict=True)
                      for i in range(size)])
    loss = (LOSS[width], middle)
    target = (LOSS[width], middle + (100 if close == 1 else 84))
    ends, bend, at = [], [], []
    for layer, unit, of in nets.places(net):
        x1, y1 = units[sum(sizes[1:layer + 1]) + unit]
        if of == 'b':
            ends.append((x1, y1 + r + STUB, x1, y1 + r))
            bend.append(0.0)
        else:
            past = shortcut and layer == len(sizes) - 2
            start = inputs[of] if layer == 0 or past and of < sizes[0] else units[sum(sizes[1:layer]) + of - (2 if past else 0)]
            ends.append(rim((*start, x1, y1), r))
            bend.append((1 if of == 0 else -1) * ROUND[width] * close if past and of < 2 else 0.0)
        at.append(beside(net, width, (layer, unit, of), ends[-1], bend[-1], len(seen(net, width, lines))))
    return Geometry(height, r, inputs, units, loss, target, near(ends), near(bend), near(at))


def near(places):
    """Places to a quarter of a unit: nobody sees more, and their bytes compress well."""
    return np.float32(np.round(np.array(places) * 4) / 4)


def rim(ends, r):
    """An edge from rim to rim, not from middle to middle."""
    x, y, x1, y1 = ends
    along = np.array([x1 - x, y1 - y]) / np.hypot(x1 - x, y1 - y) * r
    return x + along[0], y + along[1], x1 - along[0], y1 - along[1]


def seen(net, width, lines):
    """Of these lines, those that have room."""
    return [line for line in SEEN[net, width] if line in lines]


def beside(net, width, place, ends, bend, lines):
    """Where the words of an edge have their middle."""
    (layer, _, of), (x, y, x1, y1) = place, ends
    high = LINE[width] * lines / 2
    if net == 'xor' and width == 'narrow' and (layer == 1 and not bend if of != 'b' else layer == 0):
        return (x + 50, y + 11) if of == 'b' else ((x + x1) / 2, y + 29)       # below each other, under the unit and its edge
    if of == 'b':
        return x + (56 if width == 'wide' else 36), y - 8 if lines < 3 else y - 4
    part = .5 if net in SMALL or layer == len(nets.NETS[net][0]) - 2 else .36
    if net == 'xor' and width == 'narrow' and layer == 0:
        part = .34
    if net == '2-3-3-1' and layer == 0:
        part = .42
    if net == '2-2-1' and layer == 0:
        part = .5 if y == y1 else .22 if width == 'wide' else .3
    mx, my = x + (x1 - x) * part, y + (y1 - y) * part
    if bend:
        return mx + 4, my - np.sign(bend) * (abs(bend) + high + 12)
    if net in ('xor', '2-2-1') and (net == 'xor' or layer or y == y1):
        up = -1 if y1 > y or y == y1 and (layer or place[1] == 0) else 1
        right = 0 if y == y1 else 24 if width == 'wide' or net != 'xor' else 14
        return mx + right, my + up * (high + (9 if y == y1 else 2)) * (1 if y == y1 else .8)
    return mx, my
