"""A network starts with weights drawn by chance and turns inputs into predictions, layer after layer.

`new_network` draws one, `forward` runs it and keeps every number on the way, `predict` keeps the answer only and is
fast on whole pictures. What a network is made of stands in `layers`.
"""
from typing import NamedTuple

import numpy as np

from core import checks
from core.activations import ACTIVATIONS, softmax
from core.layers import (
    Layer,
    Network,
    checked,
    count_multiplications,
    count_parameters,
    parameters,
    with_parameters,
)

__all__ = ['STARTS', 'Forward', 'Layer', 'Network', 'checked', 'count_multiplications', 'count_parameters', 'forward',
           'new_network', 'parameters', 'predict', 'with_parameters']

STARTS = ('uniform', 'normal', 'scaled')
BLOCK = 2**17  # bytes that `predict` has in hand for one layer: little enough for the processor's own memory


def new_network(sizes, seed, activation='sigmoid', output='sigmoid', shortcut=False, spread=1.0, start='uniform'):
    """Draw a network by chance: every unit begins somewhere else, or all would learn the same.

    sizes: how many inputs, then how many units in each layer, such as (2, 4, 1).
    seed: a whole number, several of them, or an np.random.Generator to go on with.
    activation: of the hidden layers, one of ACTIVATIONS. output: of the last layer, one of them or 'softmax'.
    shortcut: whether the last layer sees the inputs too. spread: how far from 0 it all begins, at least 0.
    start: 'uniform' draws all weights and biases between −spread and spread, 'normal' from a normal distribution with
    that standard deviation, both in the order of `parameters`. 'scaled' draws the weights from a normal distribution
    with spread · √(1 / in), or √(2 / in) before a relu, so that sums of many inputs are no larger than those of few;
    its biases are 0. Raises ValueError for anything else.

    >>> network = new_network((2, 1), seed=0)
    >>> network.layers[0].W.round(3), network.layers[0].b.round(3)
    (array([[ 0.274, -0.46 ]]), array([-0.918]))
    """
    sizes = _checked_sizes(sizes)
    checks.one_of('activation', activation, ACTIVATIONS)
    checks.one_of('output', output, [*ACTIVATIONS, 'softmax'])
    checks.one_of('start', start, STARTS)
    spread, chance = checks.at_least('spread', spread, 0), checks.generator(seed)
    takes = list(sizes[:-1])
    if shortcut:
        takes[-1] += sizes[0]
    bends = [activation] * (len(takes) - 1) + [output]
    empty = checked(Network(tuple(Layer(np.zeros((out, into)), np.zeros(out), bend)
                                  for out, into, bend in zip(sizes[1:], takes, bends, strict=True)), shortcut))
    if start == 'uniform':
        return with_parameters(empty, chance.uniform(-spread, spread, count_parameters(empty)))
    if start == 'normal':
        return with_parameters(empty, chance.normal(0, spread, count_parameters(empty)))
    return empty._replace(layers=tuple(_scaled(layer, spread, chance) for layer in empty.layers))


def _scaled(layer, spread, chance):
    share = (2 if layer.activation == 'relu' else 1) / layer.W.shape[1]
    return layer._replace(W=chance.normal(0, spread * np.sqrt(share), layer.W.shape))


def _checked_sizes(sizes):
    sizes = tuple(checks.whole('each of sizes', size, least=1) for size in checks.row('sizes', sizes))
    if len(sizes) < 2:
        raise ValueError(f'sizes is {sizes}, and needs the number of inputs and then of units in each layer, such as (2, 4, 1).')
    return sizes


class Forward(NamedTuple):
    """Everything that was computed on the way, one entry for each layer, one row for each example."""
    taken: tuple  # what the layer took in, (n, in)
    z: tuple      # its weighted sums, (n, out)
    a: tuple      # its answers, (n, out)

    @property
    def output(self):
        """What the last layer answered, (n, out)."""
        return self.a[-1]


def forward(network, x):
    """Run the network from its inputs to its output and keep every number: z = W · taken + b, a = activation(z).

    x: (n, in), or (in,) for one example. Returns a Forward with n rows in each array.
    Raises ValueError when the width of x is not that of the network, and when a number is or gets too large.

    >>> both = Network((Layer([[1, 1]], [-1.5], 'threshold'),))
    >>> forward(both, [[0, 1], [1, 1]]).z[0].ravel(), forward(both, [[0, 1], [1, 1]]).output.ravel()
    (array([-0.5,  0.5]), array([0., 1.]))
    """
    network = checked(network)
    x = checks.rows('x', x, width=network.sizes[0])
    taken, z, a = [], [], [x]
    for index, layer in enumerate(network.layers):
        past = network.shortcut and index == len(network.layers) - 1
        taken.append(np.hstack([x, a[-1]]) if past else a[-1])
        z.append(checks.numbers(f'what enters layer {index}', taken[-1] @ layer.W.T + layer.b))
        a.append(softmax(z[-1]) if layer.activation == 'softmax' else ACTIVATIONS[layer.activation].f(z[-1]))
    return Forward(tuple(taken), tuple(z), tuple(a[1:]))


def predict(network, x, dtype='float64'):
    """What the network answers and nothing that was computed on the way: `forward(network, x).output`, but for rounding.

    x: (n, in), or (in,) for one example. Returns (n, out).
    dtype: 'float64', or 'float32' for pictures: about 7 digits, and several times as fast.
    Raises ValueError as `forward` does.

    >>> predict(Network((Layer([[1, 1]], [-1.5], 'threshold'),)), [[0, 1], [1, 1]])
    array([[0.],
           [1.]])
    """
    network = checked(network)
    x = checks.rows('x', x, width=network.sizes[0])
    checks.one_of('dtype', dtype, ('float64', 'float32'))
    answers = np.empty((network.sizes[-1], len(x)), dtype)
    with np.errstate(over='ignore', invalid='ignore'):
        _fill(answers, network, x)
    if not np.isfinite(answers).all():
        raise ValueError(f'what enters a layer is too large for {dtype} numbers, and inputs and weights need to be smaller.')
    return answers.T


def _fill(answers, network, x):
    """Answer block by block, an example in each column, so that what is hidden stays in the processor's own memory.

    Each layer takes one number more, always 1, whose weights are the biases; so one product does it all. A layer's
    answers are written where the next one takes them: below the inputs if that has a shortcut, above the 1.
    """
    dtype, n = answers.dtype, len(x)
    weights = [np.concatenate([layer.W, layer.b[:, None]], axis=1, dtype=dtype) for layer in network.layers]
    bends = [_IN_PLACE[layer.activation] for layer in network.layers]
    most = max(BLOCK // max(W[0].nbytes for W in weights), 256)
    width = -(-n // -(-n // most))  # n in as few blocks as will do
    taken = [np.ones((W.shape[1], width), dtype) for W in weights]
    given = [after[-1 - len(W):-1] for W, after in zip(weights, taken[1:], strict=False)]
    given.append(np.empty((len(weights[-1]), width), dtype))
    for start in [*range(0, n - width, width), n - width]:  # all blocks are equally wide, so the last may overlap
        taken[0][:-1] = x[start:start + width].T
        if network.shortcut:
            taken[-1][:x.shape[1]] = taken[0][:-1]
        for W, into, a, bend in zip(weights, taken, given, bends, strict=True):
            bend(np.dot(W, into, a))
        answers[:, start:start + width] = given[-1]


def _sigmoid_in_place(z):
    z *= 0.5
    np.tanh(z, z)  # σ(z) = (1 + tanh(z / 2)) / 2: faster than with an exponential, and cannot overflow
    z += 1
    z *= 0.5


def _softmax_in_place(z):
    z -= z.max(axis=0)
    np.exp(z, z)
    z /= z.sum(axis=0)


_IN_PLACE = {  # z → a in the same memory
    'linear': lambda z: None,
    'sigmoid': _sigmoid_in_place,
    'tanh': lambda z: np.tanh(z, z),
    'relu': lambda z: np.maximum(z, np.zeros_like(z), out=z),  # four times as fast as with a single 0
    'threshold': lambda z: np.heaviside(z, 1, z),
    'softmax': _softmax_in_place,
}
