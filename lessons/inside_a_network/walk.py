"""One picture on its way through the layers, and the one unit that the reader looks at, term by term."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import param

from core.classification import one_hot
from core.data import digits
from core.network import Network, forward
from lessons.inside_a_network.drawing import network_of, ran_of
from lessons.inside_a_network.networks import SIZES
from lessons.layers.shapes import Shapes
from lessons.short import factor, percent, short

LAYERS = {'first': 1, 'second': 2, 'third': 3}
UNITS, WEIGHTS = ('unit', 'unit2', 'unit3'), ('weight', 'weight2', 'weight3')       # which are looked at, layer by layer
LARGEST = 5                     # of the terms of a sum, those that are written one by one
SHAPES = Shapes(SIZES[0], tuple(zip(SIZES[1:], SIZES, strict=False)))


class Sum(NamedTuple):
    """The weighted sum of one unit."""
    weights: np.ndarray
    taken: np.ndarray           # what it multiplies
    products: np.ndarray
    largest: tuple              # the numbers of the largest products, the largest first
    bias: float
    z: float
    a: float

    @property
    def rest(self):
        """All other products together."""
        return float(self.products.sum() - self.products[list(self.largest)].sum())

    def terms(self):
        """What is added up: the largest products, the rest, the bias."""
        return [*self.products[list(self.largest)].tolist(), self.rest, self.bias]


class Walk(param.Parameterized):
    """For a state with a network that ran: `key`, `ran`."""
    layer = param.Selector(default=1, objects=LAYERS, label='Layer')
    unit = param.Integer(19, bounds=(0, SIZES[1] - 1), step=1, label='Unit of layer 1')
    unit2 = param.Integer(14, bounds=(0, SIZES[2] - 1), step=1, label='Unit of layer 2')
    unit3 = param.Integer(7, bounds=(0, SIZES[3] - 1), step=1, label='Unit of layer 3')
    weight = param.Integer(106, bounds=(0, SIZES[0] - 1), step=1, label='Weight number')
    weight2 = param.Integer(19, bounds=(0, SIZES[1] - 1), step=1, label='Weight number')
    weight3 = param.Integer(14, bounds=(0, SIZES[2] - 1), step=1, label='Weight number')

    # What follows. Pure functions of the above.
    def looked_at(self):
        """The names of the Parameters of what is looked at: the unit and its weight."""
        return UNITS[self.layer - 1], WEIGHTS[self.layer - 1]

    def chosen_unit(self):
        return getattr(self, UNITS[self.layer - 1])

    def chosen_weight(self):
        return getattr(self, WEIGHTS[self.layer - 1])

    def sum(self):
        return sum_of(*self.key(), self.layer - 1, self.chosen_unit())

    # The same in words.
    def unit_name(self):
        """'unit 17 of layer 1', 'the unit for 7'."""
        return f'the unit for {self.chosen_unit()}' if self.layer == 3 else f'unit {self.chosen_unit()} of layer {self.layer}'

    def unit_says(self):
        """What the chosen unit makes of this picture."""
        seen, name = self.sum(), self.unit_name()
        if self.layer == 3:
            return f'{name[0].upper()}{name[1:]}: its logit is {short(seen.z, 3)}, its share {percent(seen.a)}.'
        return f'{name[0].upper()}{name[1:]}: {self.unit_end()}'

    def unit_end(self):
        """What becomes of its sum."""
        seen = self.sum()
        if self.layer == 3:
            return f'Softmax makes {percent(seen.a)} of it.'
        return f'ReLU lets {short(seen.z, 3)} through.' if seen.z > 0 else f'ReLU stops {short(seen.z, 3)}.'

    def weight_says(self):
        """One term of the sum."""
        seen, n = self.sum(), self.chosen_weight()
        return (f'{place(self.layer, n)}: {factor(seen.weights[n], 3)} · {short(float(seen.taken[n]), 3)} = '
                f'{short(float(seen.products[n]), 3)}')

    def silent(self):
        """How many of the 128 sums of the first layer ReLU stops."""
        return int((self.ran().z[0] <= 0).sum())

    def unit_likes(self):
        """Which of the test digits it answers the most and the least to, in the mean over each kind."""
        means = liked(self.network_key())[self.layer - 1][self.chosen_unit()]
        most, least = int(means.argmax()), int(means.argmin())
        if means[most] < 0.005:
            return f'At all {len(digits().test_y)} test digits it stays silent.'
        return (f'Of the {len(digits().test_y)} test digits it answers most to a {most}, {means[most]:.2f} in the mean, and '
                f'least to a {least}, {means[least]:.2f}.')

    # What is always so.
    def pixels(self):
        return SIZES[0]

    def parameters_in_all(self):
        return SHAPES.total()

    def multiplications_in_all(self):
        return SHAPES.multiplications()

    def first_share(self):
        """How much of all there is to learn stands in the first layer."""
        return 100 * SHAPES.counts()[0] / SHAPES.total()


def place(layer, n, brief=False):
    """Where the number stands that weight n of this layer multiplies."""
    if layer > 1:
        return f'unit {n}' if brief else f'unit {n} of layer {layer - 1}'
    row, column = n // 28 + 1, n % 28 + 1
    return f'row {row}, col {column}' if brief else f'row {row}, column {column}'


@lru_cache(16)
def liked(network):
    """For each layer of the network of this key, the mean answer of its units to each digit, (units, 10)."""
    found, taken = [], digits().test_x
    kinds = one_hot(digits().test_y, 10)
    for layer in network_of(network).layers:
        taken = forward(Network((layer,)), taken).output
        found.append(taken.T @ kinds / kinds.sum(axis=0))
    return found


@lru_cache(64)
def sum_of(network, picture, layer, unit):
    """The sum of a unit for a `network_key()` and a `picture_key()`; layers are counted from 0."""
    ran, part = ran_of(network, picture), network_of(network).layers[layer]
    weights, taken = part.W[unit].copy(), ran.taken[layer][0]       # a view of W would keep the whole network
    products = weights * taken
    largest = np.argsort(-np.abs(products), kind='stable')[:LARGEST]
    return Sum(weights, taken, products, tuple(largest.tolist()), float(part.b[unit]), float(ran.z[layer][0, unit]),
               float(ran.a[layer][0, unit]))
