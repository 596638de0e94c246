"""Backpropagation: one walk back from the loss gives the slope for every weight, however many there are.

Nudging finds each slope with two more runs of the network. The chain rule does all of them in one go. Going backward,
each unit needs only its delta, ∂L/∂z: how much the loss rises for each unit that its weighted sum rises.

    delta of the last layer    ∂L/∂a · σ′(z)
    delta of one before        (Wᵀ · delta of the next) · σ′(z)
    ∂L/∂W = delta · what the layer took in,    ∂L/∂b = delta
"""
import numpy as np

from core import checks, derivative
from core.activations import ACTIVATIONS
from core.classification import checked_labels, softmax_cross_entropy, softmax_cross_entropy_gradient
from core.layers import checked, parameters, with_parameters
from core.loss import (
    mean_squared_error,
    mean_squared_error_gradient,
    sum_squared_error,
    sum_squared_error_gradient,
)
from core.network import forward

LOSSES = ('sum_squared_error', 'mean_squared_error', 'cross_entropy')
_SQUARES = {'sum_squared_error': (sum_squared_error, sum_squared_error_gradient),
            'mean_squared_error': (mean_squared_error, mean_squared_error_gradient)}


def loss_of(network, x, target, loss='mean_squared_error'):
    """Run the network and say in one number how wrong it is.

    x: (n, in). target: (n, out) for the squares, which the mean divides by all n · out of them.
    loss: one of LOSSES. 'cross_entropy' goes with softmax, and softmax with it: then target holds the labels, (n,),
    and the loss is the mean surprise. One example may come as (in,) with (out,), or with its label.
    Raises ValueError for anything else, and when a number gets too large.

    >>> from core.data import AND, BITS
    >>> from core.network import Layer, Network
    >>> loss_of(Network((Layer([[1, 1]], [-1], 'threshold'),)), BITS, AND, 'sum_squared_error')
    2.0
    """
    network, ran, target = checked_run(network, x, target, loss)
    if loss == 'cross_entropy':
        return softmax_cross_entropy(ran.z[-1], target)
    return _SQUARES[loss][0](ran.output, target)


def backward(network, x, target, loss='mean_squared_error'):
    """The derivative of the loss by every weight and bias, in the shape of the network itself.

    Arguments and errors as for `loss_of`. Returns a Network whose W and b hold slopes; the one given stays as it is.

    >>> from core.network import Layer, Network
    >>> slopes = backward(Network((Layer([[0, 0]], [0]),)), x=[[1, 2]], target=[[1]])
    >>> slopes.layers[0].W, slopes.layers[0].b  # 2 (½ − 1) · ¼ = −¼, times each input
    (array([[-0.25, -0.5 ]]), array([-0.25]))
    """
    network, ran, target = checked_run(network, x, target, loss)
    with np.errstate(over='ignore', invalid='ignore'):
        _, deltas = unit_slopes(network, ran, target, loss)
        layers = [layer._replace(W=delta.T @ taken, b=delta.sum(axis=0))
                  for layer, delta, taken in zip(network.layers, deltas, ran.taken, strict=True)]
    for index, layer in enumerate(layers):
        checks.numbers(f'∂L/∂W of layer {index}', layer.W)
        checks.numbers(f'∂L/∂b of layer {index}', layer.b)
    return network._replace(layers=tuple(layers))


def unit_slopes(network, ran, target, loss):
    """The walk back itself: ∂L/∂a and ∂L/∂z of every unit, two lists with an array (n, units) for each layer.

    The network and the target are checked, and `ran` is what `forward` made of them. Softmax and cross-entropy are
    one step by which z becomes a loss, with the slope (p − y) / n, so the last ∂L/∂a is None there.
    """
    last = len(network.layers) - 1
    by_a, by_z = [None] * (last + 1), [None] * (last + 1)
    if loss == 'cross_entropy':
        by_z[last] = softmax_cross_entropy_gradient(ran.z[last], target)
    else:
        by_a[last] = _SQUARES[loss][1](ran.output, target)
        by_z[last] = by_a[last] * ACTIVATIONS[network.layers[last].activation].slope_from_output(ran.output)
    for index in reversed(range(last)):
        layer, after = network.layers[index], network.layers[index + 1]
        hidden = after.W[:, -len(layer.b):]  # what comes in by a shortcut stands before them
        by_a[index] = by_z[index + 1] @ hidden
        by_z[index] = by_a[index] * ACTIVATIONS[layer.activation].slope_from_output(ran.a[index])
    return by_a, by_z


def nudged(network, x, target, loss='mean_squared_error', h=derivative.NUDGE):
    """Prove it: the same slopes by nudging one weight after the other and running the network twice for each.

    Arguments, errors and answer as for `backward`; h is the nudge. Thousands of times the work, and no formula.

    >>> from core.network import Layer, Network
    >>> network = Network((Layer([[0, 0]], [0]),))
    >>> nudged(network, x=[[1, 2]], target=[[1]]).layers[0].W.round(6)
    array([[-0.25, -0.5 ]])
    """
    return with_parameters(network, derivative.gradient(
        lambda numbers: loss_of(with_parameters(network, numbers), x, target, loss), parameters(network), h))


def checked_run(network, x, target, loss):
    """Return the network, what `forward` makes of x, and the target, all of them checked and fit for one another."""
    network = checked(network)
    checks.one_of('loss', loss, LOSSES)
    ends_in = network.layers[-1].activation
    if loss == 'cross_entropy' and ends_in != 'softmax':
        raise ValueError(f"loss is 'cross_entropy' and the network ends in {ends_in}, and it needs to end in softmax, "
                         'which makes the probabilities.')
    if loss != 'cross_entropy' and ends_in == 'softmax':
        raise ValueError(f"loss is {loss!r} and the network ends in softmax, which needs 'cross_entropy': "
                         'squares hardly notice a probability that is wrong and certain.')
    ran = forward(network, x)
    n, out = ran.output.shape
    if loss == 'cross_entropy':
        labels = checked_labels(np.atleast_1d(checks.numbers('target', target)), out, 'target')
        if len(labels) != n:
            raise ValueError(f'target has {len(labels)} labels and x has {n} examples, and each needs its own.')
        return network, ran, labels
    given = checks.numbers('target', target)
    if given.shape != (n, out) and (np.ndim(x) != 1 or given.shape != (out,)):
        raise ValueError(f'target has shape {given.shape} and the predictions have {(n, out)}, examples by outputs, '
                         'and each prediction needs its own target.')
    return network, ran, given.reshape(n, out)
