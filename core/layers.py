"""A layer is several units that look at the same inputs, one row of weights each; a network is layers in a row.

The weighted sums of a layer are z = W x + b, and its answer is a = activation(z).
All the weights and biases of a network, its parameters, can also be written one after the other in one long row:
layer by layer, first W (row by row), then b. That is the point that gradient descent moves.
"""
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from core import checks
from core.activations import ACTIVATIONS


class Layer(NamedTuple):
    """Units side by side: row i of W holds the weights of unit i, b[i] is its bias.

    >>> Layer(W=[[1, 1]], b=[-1.5], activation='threshold').b  # 1 when both of two bits are 1
    [-1.5]
    """
    W: np.ndarray  # (out, in)
    b: np.ndarray  # (out,)
    activation: str = 'sigmoid'  # one of ACTIVATIONS, or 'softmax' in the last layer


class Network(NamedTuple):
    """Layers in a row: what one answers is what the next one takes.

    With a shortcut, the last layer sees the inputs too: it takes the inputs and then the last hidden values, so its
    W is (out, in + hidden). That is how XOR can be done with one hidden unit.
    """
    layers: tuple  # of Layer
    shortcut: bool = False

    @property
    def sizes(self):
        """How many inputs, and how many units in each layer: (2, 4, 1)."""
        return (np.shape(self.layers[0].W)[1], *(np.shape(layer.W)[0] for layer in self.layers))


def checked(network):
    """Return the network with float64 arrays, or raise ValueError with what does not fit.

    >>> checked(Network((Layer([[1, 1]], [0]), Layer([[1, 2]], [0]))))
    Traceback (most recent call last):
    ValueError: the weights of layer 1 have shape (1, 2), and it takes 1 number, so they need shape (units, 1).
    """
    if not isinstance(network, Network) or not network.layers:
        raise ValueError(f'network is {_short(network)}, and needs to be a Network with at least one Layer; '
                         'new_network makes one.')
    layers = [_checked_layer(index, layer) for index, layer in enumerate(network.layers)]
    if network.shortcut and len(layers) < 2:
        raise ValueError('the network has one layer, and a shortcut needs a hidden layer to lead past.')
    last = len(layers) - 1
    for index, (before, layer) in enumerate(pairwise(layers), start=1):
        takes = len(before.b) + (layers[0].W.shape[1] if network.shortcut and index == last else 0)
        if layer.W.shape[1] != takes:
            raise ValueError(f'the weights of layer {index} have shape {layer.W.shape}, and it takes {takes} '
                             f'number{"" if takes == 1 else "s"}, so they need shape (units, {takes}).')
        if before.activation == 'softmax':
            raise ValueError(f'layer {index - 1} has softmax as its activation, and only the last layer can have that.')
    return Network(tuple(layers), bool(network.shortcut))


def _checked_layer(index, layer):
    if not isinstance(layer, Layer):
        raise ValueError(f'layer {index} is {_short(layer)}, and needs to be a Layer(W, b, activation).')
    W = checks.numbers(f'W of layer {index}', layer.W)
    b = checks.row(f'b of layer {index}', layer.b)
    if W.ndim != 2 or len(W) != len(b):
        raise ValueError(f'layer {index} has W with shape {W.shape} and b with shape {b.shape}, and needs '
                         'W (units, inputs) and b (units,): a row of weights and a bias for each unit.')
    return Layer(W, b, checks.one_of(f'the activation of layer {index}', layer.activation, [*ACTIVATIONS, 'softmax']))


def _short(thing):
    return 'empty' if isinstance(thing, Network) else f'a {type(thing).__name__}'


def count_parameters(network):
    """How many weights and biases there are to learn.

    >>> count_parameters(Network((Layer([[0, 0]], [0]), Layer([[0, 0, 0]], [0])), shortcut=True))
    7
    """
    return sum(layer.W.size + layer.b.size for layer in checked(network).layers)


def count_multiplications(network):
    """How many multiplications of a weight with a number one example costs: one for each weight, none for a bias.

    >>> count_multiplications(Network((Layer([[0, 0]], [0]), Layer([[0, 0, 0]], [0])), shortcut=True))
    5
    """
    return sum(layer.W.size for layer in checked(network).layers)


def parameters(network):
    """Write all weights and biases in one row, shape (P,): layer by layer, W row by row, then b.

    >>> parameters(Network((Layer([[1, 2], [3, 4]], [5, 6]),)))
    array([1., 2., 3., 4., 5., 6.])
    """
    return np.concatenate([part.ravel() for layer in checked(network).layers for part in (layer.W, layer.b)])


def with_parameters(network, vector):
    """Give a network of the same make other weights and biases: the way back from `parameters`.

    vector: (P,), in the order of `parameters`. Returns a new Network; raises ValueError for another length.

    >>> with_parameters(Network((Layer([[1, 2]], [3]),)), [7, 8, 9]).layers[0]
    Layer(W=array([[7., 8.]]), b=array([9.]), activation='sigmoid')
    """
    network, vector = checked(network), checks.row('vector', vector).copy()
    if len(vector) != count_parameters(network):
        raise ValueError(f'vector has {len(vector)} numbers, and the network needs {count_parameters(network)}, '
                         'one for each weight and bias.')
    layers, taken = [], 0
    for layer in network.layers:
        end = taken + layer.W.size
        layers.append(layer._replace(W=vector[taken:end].reshape(layer.W.shape), b=vector[end:end + layer.b.size]))
        taken = end + layer.b.size
    return network._replace(layers=tuple(layers))
