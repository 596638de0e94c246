"""A network of a few weights learns fastest by a program without a loop in it: each sum written out, term by term.

Calling numpy costs more than ten additions, so for a perceptron or a small XOR network Python's own numbers win. What is
to be computed is the same in every step, so `program` writes it down once, as a person would on paper: what is multiplied
by 0 is left out, what is multiplied by 1 stands alone. Python then compiles that text like any other.

Sigmoid is the tanh in it, σ(z) = (1 + tanh(z / 2)) / 2 and σ′(z) = (1 − tanh²(z / 2)) / 4, which cannot overflow; the
weights of a sigmoid are kept as their halves, so that z / 2 comes out by itself.
"""
from functools import lru_cache
from math import tanh

import numpy as np

FEW = 48  # weights times examples in a step, for each layer: with more, arrays win
HALF = {'sigmoid': 0.5, 'tanh': 1.0, 'relu': 1.0, 'linear': 1.0}  # what is kept of a weight, by the bend of its unit
STEEPEST = {'sigmoid': 0.25, 'tanh': 1.0, 'relu': 1.0, 'linear': 1.0}


class FloatStepper:
    """A stepper for the smallest networks, with all examples in a step or one at a time. See `stepping`."""

    @staticmethod
    def suits(network, loss, size, n):
        weights = sum(layer.W.size + layer.b.size for layer in network.layers)
        return (size in (1, n) and weights * size <= FEW * len(network.layers) and loss != 'cross_entropy'
                and all(layer.activation in HALF for layer in network.layers))

    def __init__(self, network, x, target, loss, size):
        last = network.layers[-1].activation
        goals = 2 * target - 1 if last == 'sigmoid' else target  # what the tanh should become
        examples = tuple(map(tuple, np.hstack([x, goals]).tolist()))
        self.examples = examples if size < len(x) else ()
        make = tuple(layer.activation for layer in network.layers), network.sizes, network.shortcut
        self.descend = compiled(*make, () if self.examples else examples)
        self.share = 2.0 if loss == 'sum_squared_error' else 2.0 / (size * network.sizes[-1])
        if last == 'sigmoid':
            self.share /= 16  # a − t is half of tanh − (2t − 1), σ′ a quarter of 1 − tanh², and half of a weight is kept
        self.halves = np.concatenate([np.full(layer.W.size + layer.b.size, HALF[layer.activation])
                                      for layer in network.layers])
        self.kept = ()

    def load(self, vector):
        self.kept = tuple((np.asarray(vector, dtype=float) * self.halves).tolist())

    def raw(self):
        return self.kept

    def vectors(self, raws):
        return np.array(raws, dtype=float) / self.halves

    def length(self):
        whole = [kept / half for kept, half in zip(self.kept, self.halves.tolist(), strict=True)]
        return sum(weight * weight for weight in whole) ** 0.5  # a product becomes ∞ where a power would raise an error

    def run(self, rate, orders):
        self.kept = self.descend(orders, self.examples, rate * self.share, *self.kept)


@lru_cache(maxsize=100)
def compiled(bends, sizes, shortcut, examples):
    """The function that `program` writes."""
    names = {'tanh': tanh}
    exec(program(bends, sizes, shortcut, examples), names)
    return names['descend']


def program(bends, sizes, shortcut=False, examples=()):
    """Write descend(orders, examples, rate, w0, w1, …) → the new weights, for a network of this make.

    bends: the activation of each layer. examples: tuples of inputs and then targets, all of them in each step; without
    any, the function takes them from its own argument, one at a time, in the order that it is given for each epoch.
    The weights are named in the order of `layers.parameters`.

    >>> print(program(('tanh',), (2, 1), examples=((0.0, 1.0, 1.0), (1.0, 0.5, -1.0))))
    def descend(orders, examples, rate, w0, w1, w2):
        for _ in orders:
            a0_0_0 = tanh(w2 + w1)
            a1_0_0 = tanh(w2 + w0 + w1 * 0.5)
            d0_0_0 = rate * (1.0 - a0_0_0) * (1.0 - a0_0_0 * a0_0_0)
            d1_0_0 = rate * (-1.0 - a1_0_0) * (1.0 - a1_0_0 * a1_0_0)
            w0 += d1_0_0
            w1 += d0_0_0 + d1_0_0 * 0.5
            w2 += d0_0_0 + d1_0_0
        return w0, w1, w2
    """
    weights = _Weights(sizes, shortcut)
    inputs, outputs = sizes[0], sizes[-1]
    if examples:
        head, indent = ['    for _ in orders:'], ' ' * 8
        given = [[repr(float(number)) for number in example] for example in examples]
    else:
        given = [[f'x{i}' for i in range(inputs)] + [f't{i}' for i in range(outputs)]]
        head, indent = ['    for order in orders:',
                        '        for number in range(len(examples)) if order is None else order.tolist():',
                        f'            {", ".join(given[0])} = examples[number]'], ' ' * 12
    forward, backward, changes = [], [], {name: [] for name in weights.names}
    for number, numbers in enumerate(given):
        passed = _forward(weights, bends, number, numbers[:inputs], forward)
        _backward(weights, bends, number, passed, numbers[inputs:], backward, changes)
    steps = [f'{name} += {" + ".join(terms)}' for name, terms in changes.items() if terms]
    lines = [f'def descend(orders, examples, rate, {", ".join(weights.names)}):', *head,
             *(indent + line for line in forward + backward + steps), f'    return {", ".join(weights.names)}']
    return '\n'.join(lines)


class _Weights:
    """The names of the weights: W[layer][unit][what it takes], b[layer][unit]."""

    def __init__(self, sizes, shortcut):
        self.names, self.W, self.b = [], [], []
        takes = list(sizes[:-1])
        if shortcut:
            takes[-1] += sizes[0]
        for into, out in zip(takes, sizes[1:], strict=True):
            new = [f'w{len(self.names) + number}' for number in range((into + 1) * out)]
            self.names += new
            self.W.append([new[unit * into:(unit + 1) * into] for unit in range(out)])
            self.b.append(new[into * out:])


def _forward(weights, bends, number, inputs, lines):
    """The lines that run example `number` through the network. Returns, for each layer, (what it takes, its answers)."""
    passed, taken, last = [], inputs, len(bends) - 1
    for index, (W, b, bend) in enumerate(zip(weights.W, weights.b, bends, strict=True)):
        if len(W[0]) > len(taken):
            taken = [*inputs, *taken]  # the shortcut
        answers, handed_on = [], []
        for unit, (row, bias) in enumerate(zip(W, b, strict=True)):
            a, z = f'a{number}_{index}_{unit}', ' + '.join([bias, *_products(row, taken)])
            lines.append(f'{a} = {z}' if bend in ('linear', 'relu') else f'{a} = tanh({z})')
            if bend == 'relu':
                lines.append(f'{a} = 0.0 if {a} < 0.0 else {a}')
            answers.append(a)
            handed_on.append(a)
            if bend == 'sigmoid' and index < last:
                handed_on[-1] = f'h{number}_{index}_{unit}'
                lines.append(f'{handed_on[-1]} = 0.5 + 0.5 * {a}')
        passed.append((taken, answers))
        taken = handed_on
    return passed


def _backward(weights, bends, number, passed, goals, lines, changes):
    """The lines that walk back from the goals, and for each weight the terms by which it changes."""
    downs = []
    for index in range(len(bends) - 1, -1, -1):
        taken, answers = passed[index]
        bend, below, downs = bends[index], downs, []
        for unit, a in enumerate(answers):
            down = f'd{number}_{index}_{unit}'
            if index == len(bends) - 1:
                comes, factor = f'rate * ({goals[unit]} - {a})', 1.0
            else:
                column = [row[-len(answers) + unit] for row in weights.W[index + 1]]
                comes = ' + '.join(_products(column, below))
                comes = f'({comes})' if len(column) > 1 else comes
                factor = HALF[bend] * STEEPEST[bend] / HALF[bends[index + 1]]**2
            lines.append(f'{down} = {comes}{_slope(bend, a, factor)}')
            downs.append(down)
            for weight, term in zip(weights.W[index][unit], taken, strict=True):
                changes[weight] += _products([down], [term])
            changes[weights.b[index][unit]].append(down)


def _products(left, right):
    """Each of `left` times its own of `right`, as text: without those that are 0, and as short as can be."""
    return [one if other == '1.0' else f'{one} * {other}'
            for one, other in zip(left, right, strict=True) if other not in ('0.0', '-0.0')]


def _slope(bend, a, factor):
    """The slope of the bend that answered `a`, as a factor behind other text."""
    if bend == 'relu':
        return f' * ({factor} if {a} > 0.0 else 0.0)'
    if bend == 'linear':
        return '' if factor == 1 else f' * {factor}'
    return f' * (1.0 - {a} * {a})' if factor == 1 else f' * ({factor} - {factor} * {a} * {a})'
