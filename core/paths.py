"""How does a weight reach the loss? Along every path that leads there, and the slopes of all paths add up.

Along one path the chain rule multiplies: the slope of the loss, then for each unit on the way its σ′ and the weight
that leads to it, and at the end the number that our weight multiplies. `paths` lists those products for one example.
Their sum is what `backward` finds without listing anything, and it has to: below three layers of 64 units there are
262,144 paths to each weight.

Code counts layers, units and inputs from 0; formulas and words count from 1, except classes, which are their labels.
"""
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

from core import checks
from core.activations import ACTIVATIONS
from core.layers import checked
from core.trace import checked_weight, trace

MOST_PATHS = 10_000


class Factor(NamedTuple):
    """One slope on a path: how it is written, what it is in words, and its value here."""
    symbol: str  # TeX
    means: str
    value: float


class Path(NamedTuple):
    """One way from the loss down to a weight."""
    units: tuple    # the (layer, unit) it passes, the last layer first
    factors: tuple  # of Factor, from the loss down
    product: float  # all factors multiplied


def count_paths(network, layer):
    """How many paths lead from the loss to a weight of this layer: one for each choice of a unit in each later layer.

    >>> from core.network import new_network
    >>> count_paths(new_network((784, 128, 64, 10), seed=0), layer=0)
    640
    """
    network = checked(network)
    return prod(network.sizes[checks.whole('layer', layer, least=0, most=len(network.layers) - 1) + 2:])


def paths(network, x, target, weight, loss='mean_squared_error'):
    """Every path from the loss down to one weight, each with its factors; the products add up to the weight's slope.

    x, target, loss: as for `trace`. weight: (layer, unit, input), or (layer, unit, 'b') for the bias.
    Returns a tuple of Path. Raises ValueError for a weight that is not there, and above MOST_PATHS paths.

    >>> from core.network import Layer, Network
    >>> two_in_a_row = Network((Layer([[3]], [0], 'linear'), Layer([[5]], [0], 'linear')))
    >>> (path,) = paths(two_in_a_row, x=[2], target=[29], weight=(0, 0, 0))
    >>> [factor.value for factor in path.factors], path.product  # 2 (30 − 29), σ′, the weight 5, σ′, the input
    ([2.0, 1.0, 5.0, 1.0, 2.0], 20.0)
    """
    seen = trace(network, x, target, loss)
    network = seen.network
    layer, unit, of = checked_weight(network, weight)
    if count_paths(network, layer) > MOST_PATHS:
        raise ValueError(f'there are {count_paths(network, layer):,} paths from the loss to that weight, and a list needs at '
                         f'most {MOST_PATHS:,}; backward adds them all up without one.')
    later = [range(size) for size in network.sizes[layer + 2:]]
    label = int(seen.by_a[-1].argmin()) if loss == 'cross_entropy' else None  # −1 / p there, and 0 at the others
    local = Factor(*_name_of_local(network, layer, of), seen.weight(layer, unit, of).local)
    found = []
    for above in product(*later):
        units = tuple(enumerate((unit, *above), start=layer))[::-1]
        factors = (*_from_loss(seen, units[0][1], label), *_down(seen, units), local)
        found.append(Path(units, factors, prod(factor.value for factor in factors)))
    return tuple(found)


def _from_loss(seen, unit, label):
    """The first two factors: from the loss to an output, and from there to the weighted sum of a unit."""
    last = len(seen.network.layers) - 1
    output = unit if label is None else label  # with softmax every sum moves the one probability that the loss looks at
    words = _words(seen.network, last, output)
    yield Factor(rf'\frac{{\partial L}}{{\partial {_tex(seen.network, last, output)}}}',
                 f'how the loss changes with {words}', float(seen.by_a[last][output]))
    if label is None:
        yield _bend(seen, last, unit)
    else:
        p = seen.a[last]
        yield Factor(rf'\frac{{\partial {_tex(seen.network, last, output)}}}{{\partial {_tex(seen.network, last, unit, "z")}}}',
                     f'how {words} changes with the logit of class {unit}', float(p[label] * ((unit == label) - p[unit])))


def _down(seen, units):
    """Two factors for each step from a unit to the one before: the weight between them, and the bend of that one."""
    network = seen.network
    for (layer, unit), (before, one) in pairwise(units):
        of = network.layers[layer].W.shape[1] - len(network.layers[before].b) + one  # what comes by a shortcut stands first
        yield Factor(_weight_tex(network, layer, unit, of),
                     f'the weight of {_words(network, before, one)} in {_words(network, layer, unit)}',
                     float(network.layers[layer].W[unit, of]))
        yield _bend(seen, before, one)


def _bend(seen, layer, unit):
    slope = ACTIVATIONS[seen.network.layers[layer].activation].slope_from_output(seen.a[layer][unit])
    return Factor(rf"\sigma'({_tex(seen.network, layer, unit, 'z')})",
                  f'how {_words(seen.network, layer, unit)} changes with its weighted sum', float(slope))


def _tex(network, layer, unit, letter=None):
    """The symbol of a unit's answer, or with letter='z' of its weighted sum. What there is only one of has no number."""
    last = len(network.layers) - 1
    if letter is None:
        letter = r'\hat{y}' if layer == last else 'h'
    layers = {'h': last, 'z': last + 1}.get(letter, 1)  # in how many layers the letter occurs
    above = f'^{{({layer + 1})}}' if layers > 1 else ''
    below = f'_{{{_number(network, layer, unit)}}}' if len(network.layers[layer].b) > 1 else ''
    return letter + above + below


def _number(network, layer, unit):
    return unit if network.layers[layer].activation == 'softmax' else unit + 1


def _words(network, layer, unit):
    if network.layers[layer].activation == 'softmax':
        return f'the probability of class {unit}'
    several = len(network.layers[layer].b) > 1
    if layer == len(network.layers) - 1:
        return f'prediction {unit + 1}' if several else 'the prediction'
    where = f' of layer {layer + 1}' if len(network.layers) > 2 else ''
    return (f'hidden value {unit + 1}' if several else 'the hidden value') + where


def _weight_tex(network, layer, unit, of):
    above = f'^{{({layer + 1})}}' if len(network.layers) > 1 else ''
    return f'w{above}_{{{_number(network, layer, unit)},{of + 1}}}'


def _name_of_local(network, layer, of):
    if of == 'b':
        return '1', 'a bias counts in full'
    inputs = network.sizes[0] if layer == 0 or (network.shortcut and layer == len(network.layers) - 1) else 0
    if of < inputs:
        return f'x_{{{of + 1}}}', f'input {of + 1}, which the weight multiplies'
    return _tex(network, layer - 1, of - inputs), f'{_words(network, layer - 1, of - inputs)}, which the weight multiplies'
