"""One training step for a thousand small networks at once: each array has the networks side by side in its last axis.

What makes a step of a small network slow is calling numpy, and here one call serves a thousand networks. The sums are
those of `backprop`, written as in a textbook, with a letter for what they run over: n examples, i inputs, o outputs,
r networks. The first layer sees the same inputs in all networks, so that its sums are a single large matrix product.
A sigmoid is kept as a tanh (`disguise`).
"""
import numpy as np

from core import disguise


class TogetherStepper:
    """The weights of R networks of one make, in memory that every step writes to again.

    Layer l keeps its weights as M[l], (1 + in, out, R), the bias first, and what a step takes from them as G[l].
    taken[l] is what it takes, (n, 1 + in, R); a[l], slope[l] and delta[l] are what it makes of that, (n, out, R).
    """

    def __init__(self, make, x, target, loss, networks):
        self.layers, self.shortcut, self.units = make.layers, make.shortcut, disguise.units(make)
        self.share, self.goals = disguise.share(make, loss, len(x)), disguise.goals(make, target, loss)[:, :, None]
        x = np.column_stack([np.ones(len(x)), x])
        self.first, self.past = x * self.units[0].taken, x * self.units[-1].taken
        self.order, self.factor, shapes = [], [], []
        start = 0
        for layer, unit in zip(make.layers, self.units, strict=True):
            numbers = start + np.arange(layer.W.size + layer.b.size)
            W, b = numbers[:layer.W.size].reshape(layer.W.shape), numbers[layer.W.size:]
            self.order.append(np.vstack([b, W.T]).ravel())
            self.factor.append(np.full((numbers.size, 1), unit.weight))
            shapes.append((1 + layer.W.shape[1], len(layer.b), networks))
            start += numbers.size
        self.order, self.factor = np.concatenate(self.order), np.concatenate(self.factor)
        self.kept, self.change = np.zeros((2, start, networks))
        self.M, self.G = _split(self.kept, shapes), _split(self.change, shapes)
        self.z, self.slope, self.delta = ([np.zeros((len(x), out, networks)) for _, out, _ in shapes] for _ in range(3))
        self.taken = [None, *(np.full((len(x), 1 + out, networks), unit.taken)
                              for (_, out, _), unit in zip(shapes, self.units[1:], strict=False))]
        self.a = [z if layer is make.layers[-1] or layer.activation == 'sigmoid' else taken[:, 1:]
                  for layer, z, taken in zip(make.layers, self.z, [*self.taken[1:], None], strict=True)]
        self.spare = np.zeros_like(self.z[-1])

    def load(self, vectors):
        """Take the weights of all networks, (R, P), each row in the order of `layers.parameters`."""
        self.kept[:] = vectors.T[self.order] * self.factor

    def vectors(self):
        """Give them back, (R, P)."""
        vectors = np.empty(self.kept.T.shape)
        vectors[:, self.order] = (self.kept / self.factor).T
        return vectors

    def run(self, rate, epochs):
        with np.errstate(all='ignore'):  # whoever asked for the run looks at what came of it
            for _ in range(epochs):
                self._forward()
                self._backward(rate * self.share)
                np.subtract(self.kept, self.change, self.kept)

    def _forward(self):
        last = len(self.layers) - 1
        for index, (layer, M, z, a) in enumerate(zip(self.layers, self.M, self.z, self.a, strict=True)):
            if index == 0:
                _product(self.first, M, z)
            elif self.shortcut and index == last:
                known = self.past.shape[1]
                np.einsum('nir,ior->nor', self.taken[index][:, 1:], M[known:], out=z)
                np.add(z, _product(self.past, M[:known], self.spare), z)
            else:
                np.einsum('nir,ior->nor', self.taken[index], M, out=z)
            _BENDS[layer.activation](z, a)
            if layer.activation == 'sigmoid' and index < last:
                np.add(a, 1.0, self.taken[index + 1][:, 1:])  # 1 + tanh(z / 2) = 2 σ(z)

    def _backward(self, rate):
        last = len(self.layers) - 1
        np.subtract(self.a[last], self.goals, self.delta[last])
        np.multiply(self.delta[last], rate, self.delta[last])
        for index in range(last, -1, -1):
            delta, slope, M, G = self.delta[index], self.slope[index], self.M[index], self.G[index]
            if self.layers[index].activation != 'linear':
                _SLOPES[self.layers[index].activation](self.a[index], slope)
                np.multiply(delta, slope, delta)
            if self.units[index].gain != 1:
                np.multiply(delta, self.units[index].gain, delta)
            if index == 0:
                _product(self.first.T, delta, G)
                return
            hidden = self.a[index - 1].shape[1]
            np.einsum('nor,ior->nir', delta, M[-hidden:], out=self.delta[index - 1])
            if self.shortcut and index == last:
                np.einsum('nor,nir->ior', delta, self.taken[index][:, 1:], out=G[-hidden:])
                _product(self.past.T, delta, G[:-hidden])
            else:
                np.einsum('nor,nir->ior', delta, self.taken[index], out=G)


def _product(left, right, out):
    """left (k, m) times right (m, …), written into out (k, …)."""
    np.dot(left, right.reshape(len(right), -1), out.reshape(len(out), -1))
    return out


def _split(flat, shapes):
    """One array for each of the shapes, in the memory of `flat`."""
    parts, start = [], 0
    for into, out, networks in shapes:
        parts.append(flat[start:start + into * out].reshape(into, out, networks))
        start += into * out
    return parts


def _tanh_slope(a, slope):
    np.multiply(a, a, slope)
    np.subtract(1.0, slope, slope)


_BENDS = {'sigmoid': np.tanh, 'tanh': np.tanh, 'relu': lambda z, a: np.maximum(z, 0.0, out=a), 'linear': np.positive,
          'threshold': lambda z, a: np.greater_equal(z, 0.0, a)}
_SLOPES = {'sigmoid': _tanh_slope, 'tanh': _tanh_slope, 'relu': np.sign,  # of a, which is never negative
           'threshold': lambda a, slope: None}  # 0, and that it is from the start
