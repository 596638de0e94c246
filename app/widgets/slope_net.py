"""The picture of a network that has room for what comes back: the weight, local × upstream, and the slope on every edge.

Edges stand in the order of the parameters, biases among them as short edges from below. Everything is in units of the
picture, y downward. What moves is the same at both widths; what has no room on a phone is there, and is not seen.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from app.graph_picture import fitting
from app.scene import mark
from lessons.backprop import nets
from lessons.short import factor, short

R = {'wide': 22, 'narrow': 18}
STUB = 34               # how long the edge of a bias is
COLUMNS = {('wide', 3): (86, 306, 540), ('wide', 4): (78, 226, 384, 548), ('narrow', 3): (44, 134, 236),
           ('narrow', 4): (38, 104, 172, 240)}
LOSS = {'wide': 668, 'narrow': 314}
BETWEEN = {'xor': 110, '2-2-1': 75, '2-3-1': 75, '2-3-3-1': 66}         # half of the way from one input to the other
APART = {'xor': 0, '2-2-1': 150, '2-3-1': 146, '2-3-3-1': 140}         # from one hidden unit to the next
SEEN = {('xor', 'wide'): 'wms', ('2-2-1', 'wide'): 'wms', ('2-3-1', 'wide'): 'ms', ('2-3-3-1', 'wide'): 'wms',
        ('xor', 'narrow'): 'ms', ('2-2-1', 'narrow'): '', ('2-3-1', 'narrow'): '', ('2-3-3-1', 'narrow'): ''}
NOT_THERE = {'x': [], 'y': [], 'text': []}
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


def plane(geo, width, top=0.0, more=0.0):
    """The paper: y downward, the network begins `top` below the upper rim."""
    w = 720 if width == 'wide' else 340
    return dict(box=[0, top, w, geo.height + more], x=[0, w], y=[geo.height + more, 0])


def marks(state, width, geo, *, dials=True, picks=False, blame=True, words='wms'):
    """The network at rest: weights and inputs, and places for all that is reckoned."""
    net, row = state.net, state.row()
    (x, y, x1, y1), n = geo.ends.T, len(geo.ends)
    names, lits = list(nets.names(net)), edge_lits(net)
    made = {}
    if blame:
        made['blame'] = mark('edges', 'net', 'gradient', x=x, y=y, x1=x1, y1=y1, value=np.zeros(n), bend=geo.bend)
    made['edges'] = mark('edges', 'net', x=x, y=y, x1=x1, y1=y1, value=row, bend=geo.bend, lits=lits,
                         label='the weights and biases')
    if dials:
        made['edges']['dials'] = {'names': names, 'says': [short(w) for w in row.tolist()],
                                  'values': [f'{w:.10g}' for w in row.tolist()], 'step': .1, 'bounds': [-nets.LIMIT, nets.LIMIT]}
    if picks:
        made['edges'] |= {'picks': True, 'labels': [f'{name}: {short(w)}' for name, w in zip(names, row.tolist(), strict=True)]}
    made |= arrows(geo) | nodes(state, geo, dials)
    if words is not None:                                   # '' for places that stay empty
        made |= written(geo, net, width, row, words)
    return made


def within(value, r):
    """A number as it stands in a unit, with as many digits as there is room for."""
    return fitting(lambda n: short(value, n), 2 * r - 1, 16 if r > 20 else 14, (3, 2, 1))


def arrows(geo):
    (x, y), (tx, ty), last, r = geo.loss, geo.target, geo.units[-1], geo.r
    return {'to-loss': mark('arrow', 'net', 'data', x=float(last[0]) + r + 3, y=y, x1=x - r - 4, y1=y),
            'from-target': mark('arrow', 'net', 'data', x=tx, y=ty - r - 3, x1=x, y1=y + r + 4)}


def nodes(state, geo, dials):
    """Inputs and target hold their numbers, units and the loss their names; what these hold stands above them."""
    net, (x, target) = state.net, state.examples()
    ins = [float(number) for number in x[-1]] + [float(target[-1, 0])]
    given = np.array([*geo.inputs, geo.target])
    own = len(x) == 1
    made = {'given': mark('nodes', 'net', 'data', x=given[:, 0], y=given[:, 1], text=[within(v, geo.r) for v in ins], r=geo.r,
                          lits=['inputs input', 'inputs input', 'target'], value=ins, label='the inputs and the target')}
    if dials:
        texts = [f'{v:.10g}' for v in ins]
        made['given']['dials'] = {'names': ['x₁', 'x₂', 'y, the target'] if own else [''] * 3, 'says': [short(v) for v in ins],
                                  'values': texts, 'step': .1, 'bounds': [-10, 10]}
    made['units'] = mark('nodes', 'net', x=geo.units[:, 0], y=geo.units[:, 1], text=unit_names(net), r=geo.r, inks=inks(net),
                         lits=unit_lits(net))
    made['loss'] = mark('nodes', 'net', 'loss', x=[geo.loss[0]], y=[geo.loss[1]], text=['L'], r=geo.r, lits=['loss'])
    side = geo.r + 12
    named = [(geo.inputs[0][0] - side, geo.inputs[0][1]), (geo.inputs[1][0] - side, geo.inputs[1][1]),
             (geo.target[0], geo.target[1] + geo.r + 13)]
    made['names'] = mark('labels', 'net', 'data', x=[a for a, _ in named], y=[b for _, b in named], text=['x₁', 'x₂', 'y'])
    return made


def written(geo, net, width, row, lines):
    """Beside each edge its weight, what meets there, and the slope; above each unit what it says, and what comes back to it."""
    there, line, made = seen(net, width, lines), LINE[width], {}
    for name, letter, meaning in (('weights', 'w', 'model'), ('meets', 'm', 'gradient'), ('slopes', 's', 'gradient')):
        at = there.index(letter) if letter in there else -1
        y = geo.labels[:, 1] + ((at - (len(there) - 1) / 2) * line if at >= 0 else 0)
        texts = [short(w, 3) for w in row.tolist()] if name == 'weights' else [''] * len(row)
        lits = {'lits': [nets.lit(net, i) for i in range(len(row))]} if name == 'slopes' else {}
        there_or_not = {'x': geo.labels[:, 0], 'y': y, 'text': texts} | lits if at >= 0 else NOT_THERE
        made[name] = mark('labels', 'net', meaning, **there_or_not)
    return made | above(geo, net, width)


def above(geo, net, width):
    """What each unit and the loss say, and above it what comes back."""
    line, spots = LINE[width], [*geo.units.tolist(), geo.loss]
    x = [a for a, _ in spots]
    lits = [*unit_lits(net), 'loss']
    return {'values': mark('labels', 'net', x=x, y=[b - geo.r - 12 for _, b in spots], text=[''] * len(x),
                           inks=[*inks(net), 'loss'], lits=lits),
            'deltas': mark('labels', 'net', 'gradient', x=x, y=[b - geo.r - 12 - line for _, b in spots], text=[''] * len(x))}


def unit_names(net):
    return [nets.unit_name(net, layer, unit) for layer, unit in units_of(net)]


def edge_lits(net):
    """What each edge is lit up by: by itself, with its layer in the program, and, at the inputs, with the w of formulas."""
    return [f'{nets.lit(net, i)} layer-{layer}{"" if layer else " weight"}' for i, (layer, _, _) in enumerate(nets.places(net))]


def unit_lits(net):
    *hidden, last = units_of(net)
    return [*(f'u-{layer}-{unit} hidden' for layer, unit in hidden), f'u-{last[0]}-{last[1]} pred']


def units_of(net):
    return [(layer, unit) for layer, size in enumerate(nets.NETS[net][0][1:]) for unit in range(size)]


def inks(net):
    return ['hidden'] * (len(units_of(net)) - 1) + ['model']


def writes(net, letter):
    """Whether a line is written anywhere in the pictures of this network."""
    return letter in SEEN[net, 'wide'] + SEEN[net, 'narrow']


def shown(net, known, weights=()):
    """Of which edges the words are there: of all that are known, or, where there is no room, of those at work."""
    return known if net in SMALL else frozenset(weights)


def product(met, digits=3):
    """What meets at a weight, in words: '0.401 × (−0.29)'."""
    return f'{short(met.local, digits)} × {factor(met.upstream, digits)}'


def plus(value, digits=3):
    """A number that is added: '+ 0.02', '− 0.02'."""
    text = short(float(value), digits)
    return f'− {text[1:]}' if text[0] == '−' else f'+ {text}'


def note(met):
    return f'slope {product(met, 4)} = {short(met.slope)}'


def blame_of(slopes):
    """How thick the slopes are drawn, beside the largest of them."""
    most = np.abs(slopes).max()
    return slopes / most * 6 if most else slopes
