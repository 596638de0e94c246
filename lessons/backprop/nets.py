"""The networks of the lesson: what they are made of, how they begin, and what each of their numbers is called."""
from functools import lru_cache

import numpy as np

from core.layers import parameters, with_parameters
from core.network import new_network
from lessons.short import SUBSCRIPTS

NETS = {'xor': ((2, 1, 1), True), '2-2-1': ((2, 2, 1), False), '2-3-1': ((2, 3, 1), False), '2-3-3-1': ((2, 3, 3, 1), False)}
CHOICES = {'XOR: 2-1-1': 'xor', '2-2-1': '2-2-1', '2-3-1': '2-3-1', '2-3-3-1': '2-3-3-1'}
MOST = 25               # weights and biases, of the largest
SPREAD = 2.0            # from where to where they are drawn
LIMIT = 1e6             # and as far as a hand may set one


def start(net, seed, own=()):
    """The network before its first step: drawn by chance, to one decimal, to be reckoned along; or the reader's own."""
    drawn = _drawn(net, seed)
    return with_parameters(drawn, own) if len(own) == len(parameters(drawn)) else drawn


@lru_cache
def _drawn(net, seed):
    sizes, shortcut = NETS[net]
    made = new_network(sizes, seed, shortcut=shortcut, spread=SPREAD)
    return with_parameters(made, parameters(made).round(1) + 0.0)


@lru_cache
def places(net):
    """Where each number of the row of all parameters stands: (layer, unit, input), or 'b' for the input of a bias."""
    found = []
    for layer, (W, b, _) in enumerate(_drawn(net, 0).layers):
        found += [(layer, unit, of) for unit in range(len(b)) for of in range(W.shape[1])]
        found += [(layer, unit, 'b') for unit in range(len(b))]
    return tuple(found)


@lru_cache
def units(net):
    """Every unit that computes something, from the inputs on: (layer, unit)."""
    return tuple((layer, unit) for layer, size in enumerate(NETS[net][0][1:]) for unit in range(size))


def unit_name(net, layer, unit):
    """What a unit is called: h₁, in the second hidden layer k₁, and at the end ŷ."""
    sizes, _ = NETS[net]
    if layer == len(sizes) - 2:
        return 'ŷ'
    return 'hk'[layer] + (str(unit + 1).translate(SUBSCRIPTS) if sizes[layer + 1] > 1 else '')


def taken_name(net, layer, of):
    """What a unit of this layer takes in as its input number `of`."""
    sizes, shortcut = NETS[net]
    if layer == 0 or shortcut and layer == len(sizes) - 2 and of < sizes[0]:
        return 'x' + str(of + 1).translate(SUBSCRIPTS)
    return unit_name(net, layer - 1, of - (sizes[0] if shortcut and layer == len(sizes) - 2 else 0))


@lru_cache
def names(net):
    """What each weight and bias is called: 'x₁ → h', 'bias of h'."""
    return tuple(f'bias of {unit_name(net, layer, unit)}' if of == 'b' else
                 f'{taken_name(net, layer, of)} → {unit_name(net, layer, unit)}' for layer, unit, of in places(net))


def lit(net, index):
    """The name by which a weight is lit up wherever it stands: 'w-0-0-1'."""
    return 'w-{}-{}-{}'.format(*places(net)[index])


def unit_lit(layer, unit):
    """The name by which a unit is lit up: 'u-0-1'."""
    return f'u-{layer}-{unit}'


def flat(network):
    return np.asarray(parameters(network), float)
