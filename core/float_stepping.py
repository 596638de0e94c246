"""For three weights, or seven, Python's own numbers beat any array: calling numpy costs more than ten additions.

Two networks are that small: the perceptron with two inputs, and the 2-1-1 network with a shortcut that learns XOR.
Both keep a sigmoid as the tanh it is made of: σ(z) = (1 + tanh(z / 2)) / 2 and σ′(z) = (1 − tanh²(z / 2)) / 4, which
cannot overflow. Each weight is kept as its half, so that z / 2 comes out by itself.
A step feels the slope at weights that stand still, c and v, and moves the new ones, b and w.
"""
from math import tanh

import numpy as np

FEW = 12  # with more examples to a step, arrays win


class _FloatStepper:
    """What both share. The methods are those of `stepping.Stepper`."""

    def __init__(self, network, x, target, loss, size):
        self.examples = [(*inputs, 2 * wanted - 1)  # −1 and 1, what a tanh should become, for 0 and 1
                         for inputs, (wanted,) in zip(x.tolist(), target.tolist(), strict=True)]
        self.size, self.mean, self.halves = size, loss == 'mean_squared_error', ()

    def load(self, vector):
        self.halves = tuple((np.asarray(vector, dtype=float) / 2).tolist())

    def raw(self):
        return self.halves

    def vectors(self, raws):
        return 2 * np.array(raws, dtype=float)

    def length(self):
        return 2 * sum(half * half for half in self.halves) ** 0.5

    def run(self, rate, orders):
        epochs = self._epochs(rate / 8, orders)
        self.halves = self.descend(*self.halves, epochs)

    def _epochs(self, rate, orders):
        """For each epoch its batches, each with the rate that its loss gives it."""
        whole = self._batches(self.examples, rate)
        for order in orders:
            yield whole if order is None else self._batches([self.examples[number] for number in order.tolist()], rate)

    def _batches(self, examples, rate):
        batches = [examples[start:start + self.size] for start in range(0, len(examples), self.size)]
        return [(batch, rate / len(batch) if self.mean else rate) for batch in batches]


class PerceptronStepper(_FloatStepper):
    """One sigmoid unit with two inputs: w₁, w₂, b."""

    @staticmethod
    def suits(network, loss, size):
        return (size <= FEW and network.sizes == (2, 1) and network.layers[0].activation == 'sigmoid'
                and loss != 'cross_entropy')

    @staticmethod
    def descend(w1, w2, b, epochs):
        for batches in epochs:
            for batch, rate in batches:
                v1, v2, c = w1, w2, b
                for x1, x2, wanted in batch:
                    a = tanh(c + v1 * x1 + v2 * x2)
                    down = rate * (wanted - a) * (1.0 - a * a)
                    w1 += down * x1
                    w2 += down * x2
                    b += down
        return w1, w2, b


class ShortcutStepper(_FloatStepper):
    """The 2-1-1 network whose output sees the inputs too: w₃, w₄, b of the hidden unit, then w₀, w₁, w₂, b."""

    @staticmethod
    def suits(network, loss, size):
        return (size <= FEW and network.sizes == (2, 1, 1) and network.shortcut and loss != 'cross_entropy'
                and all(layer.activation == 'sigmoid' for layer in network.layers))

    @staticmethod
    def descend(w3, w4, b1, w0, w1, w2, b2, epochs):
        for batches in epochs:
            for batch, rate in batches:
                v3, v4, c1, v0, v1, v2, c2 = w3, w4, b1, w0, w1, w2, b2
                for x1, x2, wanted in batch:
                    hidden = tanh(c1 + v3 * x1 + v4 * x2)
                    h = 0.5 + 0.5 * hidden
                    a = tanh(c2 + v0 * x1 + v1 * x2 + v2 * h)
                    down = rate * (wanted - a) * (1.0 - a * a)
                    w0 += down * x1
                    w1 += down * x2
                    w2 += down * h
                    b2 += down
                    down *= 0.5 * v2 * (1.0 - hidden * hidden)
                    w3 += down * x1
                    w4 += down * x2
                    b1 += down
        return w3, w4, b1, w0, w1, w2, b2


FLOAT_STEPPERS = (PerceptronStepper, ShortcutStepper)
