"""Many networks of one make look at the same examples, all at once: the frames of a film, or a thousand random starts.

One multiplication of a stack of matrices does for all of them what `network.forward` does for one.
"""
import numpy as np

MANY = 4_000_000  # numbers that are worked on at a time, so that memory stays small


def answers(network, vectors, x):
    """What every layer of every network answers: for each layer an array (networks, n, units).

    network: their make; its own weights do not matter. vectors: (networks, P), each in the order of
    `layers.parameters`. x: (n, in). A last layer with softmax answers with its logits, the numbers before the softmax.
    Everything is taken as checked, and a network whose numbers overflow answers with ∞ or NaN.

    >>> from core.network import Layer, Network
    >>> two = [[1, 1, -0.5], [1, 1, -1.5]]  # w₁, w₂, b
    >>> answers(Network((Layer([[0, 0]], [0], 'threshold'),)), np.array(two), np.array([[0, 1], [1, 1]]))[0][:, :, 0]
    array([[1., 1.],
           [0., 1.]])
    """
    x = x.astype(vectors.dtype, copy=False)
    taken, start, every, last = x, 0, [], len(network.layers) - 1
    with np.errstate(all='ignore'):
        for index, (layer, into, out) in enumerate(_shapes(network)):
            if network.shortcut and index == last:
                taken = np.concatenate([np.broadcast_to(x, (len(vectors), *x.shape)), taken], axis=2)
            W = vectors[:, start:start + out * into].reshape(-1, out, into)
            start += out * (into + 1)
            z = taken @ W.transpose(0, 2, 1)
            z += vectors[:, None, start - out:start]
            taken = _BENDS[layer.activation](z)
            every.append(taken)
    return every


def outcomes(network, vectors, x, target, loss):
    """The predictions of every network, (networks, n, out), and their losses, (networks,).

    target, loss: as in `backprop.loss_of`; the rest is as in `answers`. Probabilities where the last layer has softmax.

    >>> from core.data import BITS, OR
    >>> from core.network import Layer, Network
    >>> two = np.array([[1, 1, -0.5], [1, 1, -1.5]])
    >>> outcomes(Network((Layer([[0, 0]], [0], 'threshold'),)), two, BITS, OR, 'sum_squared_error')[1]
    array([0., 2.])
    """
    x = x.astype(vectors.dtype, copy=False)
    at_once = max(1, MANY // (len(x) * (max(network.sizes[1:]) + network.sizes[0])))
    parts = [_outcomes(network, vectors[i:i + at_once], x, target, loss) for i in range(0, len(vectors), at_once)]
    return np.concatenate([predictions for predictions, _ in parts]), np.concatenate([losses for _, losses in parts])


def _outcomes(network, vectors, x, target, loss):
    output = answers(network, vectors, x)[-1]
    with np.errstate(all='ignore'):
        if loss == 'cross_entropy':
            below_top = output - output.max(axis=2, keepdims=True)  # as in classification.softmax_cross_entropy
            shares = np.exp(below_top)
            sums = shares.sum(axis=2, keepdims=True)
            surprise = np.log(sums[:, :, 0]) - below_top[:, np.arange(len(x)), target]
            return shares / sums, surprise.mean(axis=1, dtype=float)
        return output, losses(output, target, loss)


def losses(predictions, target, loss):
    """The loss of every network, (networks,), from its predictions, (networks, n, out): the sum or the mean of squares.

    >>> losses(np.array([[[0.5]], [[1.0]]]), np.array([[1.0]]), 'sum_squared_error')
    array([0.25, 0.  ])
    """
    squares = (predictions.astype(float, copy=False) - target) ** 2
    return squares.sum(axis=(1, 2)) if loss == 'sum_squared_error' else squares.mean(axis=(1, 2))


def _shapes(network):
    """(layer, how much it takes, how many units it has) for each layer."""
    return [(layer, *np.shape(layer.W)[::-1]) for layer in network.layers]


def _sigmoid(z):
    z *= 0.5
    np.tanh(z, z)  # σ(z) = (1 + tanh(z / 2)) / 2, which cannot overflow
    z += 1
    z *= 0.5
    return z


_BENDS = {'linear': lambda z: z, 'sigmoid': _sigmoid, 'tanh': np.tanh, 'relu': lambda z: np.maximum(z, 0),
          'threshold': lambda z: (z >= 0).astype(z.dtype), 'softmax': lambda z: z}
