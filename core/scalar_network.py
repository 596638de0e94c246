"""A network made of single numbers: every weight is a Value, and the graph of the loss holds every product and sum.

It is slow, and nothing in it is hidden. `core.network` does the same with whole arrays, and a test holds them equal.
The names are micrograd's. Its author built two versions, and both are here: 'tanh' is the one of his lecture, tanh in
every neuron, weights and biases drawn between −1 and 1; 'relu' is the one of his repository, with relu in all layers
but the last, which only sums, and biases that begin at 0.
"""
import numpy as np

from core import checks
from core.autograd import Value

ACTIVATIONS = {'tanh': Value.tanh, 'relu': Value.relu, 'linear': lambda total: total}


class Module:
    """Anything with parameters: a neuron, a layer, a network."""

    def parameters(self):
        """All weights and biases, as a list of Values: neuron after neuron, the bias last."""
        raise NotImplementedError

    def zero_grad(self):
        """Forget the gradients. Without this the next `backward` adds to them, and each step pulls along all old ones."""
        for parameter in self.parameters():
            parameter.grad = 0.0

    def assign(self, numbers):
        """Give each parameter a new number. Raises ValueError when there are not as many."""
        numbers, parameters = checks.row('numbers', numbers), self.parameters()
        if len(numbers) != len(parameters):
            raise ValueError(f'there are {len(numbers)} numbers, and the {len(parameters)} parameters need one each.')
        for parameter, number in zip(parameters, numbers, strict=True):
            parameter.data = number


class Neuron(Module):
    """Multiply each input with its weight, add all that to the bias, bend the sum: activation(b + w₁x₁ + w₂x₂ + …).

    nin: how many inputs. activation: a key of ACTIVATIONS; with 'tanh' the bias is drawn as the weights are, else it is 0.
    seed: a whole number or an np.random.Generator. name: goes into the labels of its Values, as in w1.2.3 and b1.2.
    Raises ValueError for anything else, and when it is called with another number of inputs.

    >>> neuron = Neuron(2)
    >>> neuron.assign([-3, 1, 6.8813735870195432])
    >>> round(neuron([2, 0]).data, 6)
    0.707107
    """

    def __init__(self, nin, activation='tanh', seed=0, name=''):
        nin = checks.whole('nin', nin, least=1)
        self.activation, self.name = checks.one_of('activation', activation, list(ACTIVATIONS)), name
        chance, dot = checks.generator(seed), '.' if name else ''
        self.w = [Value(number, label=f'w{name}{dot}{i}') for i, number in enumerate(chance.uniform(-1, 1, nin), 1)]
        self.b = Value(chance.uniform(-1, 1) if activation == 'tanh' else 0.0, label=f'b{name}')

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f'x has {len(x)} numbers, and this neuron needs {len(self.w)}.')
        total = self.b
        for weight, input in zip(self.w, x, strict=True):
            total = total + weight * input
        out = ACTIVATIONS[self.activation](total)
        out.label = f'h{self.name}'
        return out

    def parameters(self):
        return [*self.w, self.b]

    def __repr__(self):
        return f'{self.activation} neuron({len(self.w)})'


class Layer(Module):
    """Neurons side by side, all looking at the same inputs.

    nin, nout: how many inputs and how many neurons. The rest as for Neuron, but that all weights are drawn before the
    biases, as in `core.network`. Called, it returns a list of Values, or the Value alone if there is one neuron.
    """

    def __init__(self, nin, nout, activation='tanh', seed=0, name=''):
        nin, nout, dot = checks.whole('nin', nin, least=1), checks.whole('nout', nout, least=1), '.' if name else ''
        self.neurons = [Neuron(nin, activation, name=f'{name}{dot}{j}') for j in range(1, nout + 1)]
        chance = checks.generator(seed)
        weights = chance.uniform(-1, 1, (nout, nin))
        biases = chance.uniform(-1, 1, nout) if activation == 'tanh' else np.zeros(nout)
        self.assign(np.column_stack([weights, biases]).ravel())

    def __call__(self, x):
        out = [neuron(x) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def parameters(self):
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self):
        return f'layer of [{", ".join(map(repr, self.neurons))}]'


class MLP(Module):
    """A multilayer perceptron: layers one after the other, each fed with what the one before gave.

    nin: how many inputs. nouts: how many neurons in each layer. activation: 'tanh' everywhere, or 'relu' in all layers
    but the last, which is then 'linear'. With 'tanh' the numbers are those of
    `core.network.new_network([nin, *nouts], seed, activation='tanh', output='tanh')`.

    >>> network = MLP(3, [4, 4, 1])
    >>> len(network.parameters()), network([2, 3, -1]).label
    (41, 'ŷ')
    """

    def __init__(self, nin, nouts, activation='tanh', seed=0):
        checks.one_of('activation', activation, ['tanh', 'relu'])
        nouts, chance = [checks.whole('nouts', nout, least=1) for nout in checks.row('nouts', nouts)], checks.generator(seed)
        bends = [activation] * (len(nouts) - 1) + [activation if activation == 'tanh' else 'linear']
        self.layers = [Layer(into, nout, bend, chance, name=f'{k}')
                       for k, (into, nout, bend) in enumerate(zip([nin, *nouts[:-1]], nouts, bends, strict=True), 1)]

    def __call__(self, x):
        x = [input if isinstance(input, Value) else Value(input, label=f'x{i}') for i, input in enumerate(x, 1)]
        for layer in self.layers[:-1]:
            x = [neuron(x) for neuron in layer.neurons]
        out = [neuron(x) for neuron in self.layers[-1].neurons]
        for i, value in enumerate(out, 1):
            value.label = f'ŷ{i}' if len(out) > 1 else 'ŷ'
        return out if len(out) > 1 else out[0]

    def parameters(self):
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def __repr__(self):
        return f'MLP of [{", ".join(map(repr, self.layers))}]'
