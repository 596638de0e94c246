"""The picture of a network that has room for what comes back: the weight, local × upstream, and the slope on every edge.

What moves is the same at both widths; what has no room on a phone is there, and is not seen.
"""
import numpy as np

from app.letters import fitting
from app.network_picture import dials_of, unit_inks
from app.scene import mark
from app.widgets.slope_places import LINE, SMALL, seen
from lessons.backprop import nets
from lessons.short import factor, short

NOT_THERE = {'x': [], 'y': [], 'text': []}
GIVEN = ('x1', 'x2', 'target')          # the Parameters that the inputs and the target stand for


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
        made['edges']['dials'] = dials_of(row, names, .1, (-nets.LIMIT, nets.LIMIT))
    if picks:
        made['edges'] |= {'picks': True, 'labels': [f'{name}: {short(w)}' for name, w in zip(names, row.tolist(), strict=True)]}
    made |= arrows(geo) | nodes(state, geo, dials)
    if words is not None:                                   # '' for places that stay empty
        made |= written(geo, net, width, row, words)
    return made


def gesture(state, handle, value, **options):
    """What follows where a weight, an input or the target is set."""
    index, number = value
    return state.with_weight(index, number) if handle == 'edges' else state.with_example(**{GIVEN[index]: number})


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
    ins = np.append(x[-1], target[-1, 0])
    given = np.array([*geo.inputs, geo.target])
    made = {'given': mark('nodes', 'net', 'data', x=given[:, 0], y=given[:, 1], text=[within(v, geo.r) for v in ins.tolist()],
                          r=geo.r, lits=['inputs input', 'inputs input', 'target'], value=ins.tolist(),
                          label='the inputs and the target')}
    if dials:
        own = len(x) == 1
        made['given']['dials'] = dials_of(ins, ['x₁', 'x₂', 'y, the target'] if own else [''] * 3, .1, (-10, 10))
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
    return [nets.unit_name(net, layer, unit) for layer, unit in nets.units(net)]


def edge_lits(net):
    """What each edge is lit up by: by itself, with its layer in the program, and, at the inputs, with the w of formulas."""
    return [f'{nets.lit(net, i)} layer-{layer}{"" if layer else " weight"}' for i, (layer, _, _) in enumerate(nets.places(net))]


def unit_lits(net):
    *hidden, last = (nets.unit_lit(*unit) for unit in nets.units(net))
    return [*(f'{lit} hidden' for lit in hidden), f'{last} pred']


def inks(net):
    """Of all units but the inputs, whose numbers are given."""
    sizes, _ = nets.NETS[net]
    return unit_inks(sizes)[sizes[0]:]


def loss_words(loss, digits=4):
    """The loss above its node, which stands near the rim of a phone."""
    return fitting(lambda n: short(loss, n), 50, 14, range(digits, 0, -1))


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
