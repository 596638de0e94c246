"""The work on micrograd's Value: its own network, and the lecture's with tanh."""
import numpy as np
from micrograd.engine import Value
from micrograd.nn import MLP, Layer


def tanh(value):
    """As the lecture adds it to Value."""
    t = float(np.tanh(value.data))
    out = Value(t, (value,), 'tanh')

    def _backward():
        value.grad += (1 - t * t) * out.grad
    out._backward = _backward
    return out


class TanhMLP(MLP):
    """The lecture's: tanh in every neuron."""

    def __init__(self, nin, nouts):
        super().__init__(nin, nouts)
        self.layers = [Layer(into, out, nonlin=False) for into, out in zip([nin, *nouts], nouts, strict=False)]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
            x = [tanh(value) for value in x] if isinstance(x, list) else tanh(x)
        return x


class Micrograd:
    """Trains a network of one output on all examples at once, with the sum of squared errors."""

    def __init__(self, problem):
        self.problem = problem
        self.begin()

    def begin(self):
        first, *rest = self.problem.network.layers
        make = TanhMLP if first.activation == 'tanh' else MLP
        self.network = make(first.W.shape[1], [len(layer.b) for layer in (first, *rest)])
        for theirs, layer in zip(self.network.layers, self.problem.network.layers, strict=True):
            for neuron, row, bias in zip(theirs.neurons, layer.W.tolist(), layer.b.tolist(), strict=True):
                neuron.b.data = bias
                for weight, number in zip(neuron.w, row, strict=True):
                    weight.data = number

    def after(self, epochs):
        self.begin()
        self.run(epochs)
        return np.concatenate([[weight.data for neuron in layer.neurons for weight in neuron.w]
                               + [neuron.b.data for neuron in layer.neurons] for layer in self.network.layers])

    def run(self, epochs):
        network, rate = self.network, self.problem.rate
        xs, targets = self.problem.x.tolist(), self.problem.target.ravel().tolist()
        parameters = network.parameters()
        for _ in range(epochs):
            loss = sum((network(x) - target) ** 2 for x, target in zip(xs, targets, strict=True))
            for parameter in parameters:
                parameter.grad = 0
            loss.backward()
            for parameter in parameters:
                parameter.data -= rate * parameter.grad
