"""The same step a hundred thousand times, on arrays: everything that can be decided beforehand is decided once.

For a network of twenty weights it is calling numpy that costs time, not calculating. So the calls of one step are
written down once, each with the arrays it works on: a tape. A step is then `for call, arrays in tape: call(*arrays)`.

Examples stand in columns, below a row of ones, so that a bias is one more weight. All weights are views into one array
P, their gradients into one array G, so that the update is a single call, P − G. And a sigmoid is kept as a tanh
(`disguise`), so that a single pair of calls gives the slopes of all layers.
"""
from functools import partial
from types import SimpleNamespace

import numpy as np

from core import disguise


class ArrayStepper:
    """A stepper for any network. Its methods are those that `stepping` lists."""

    def __init__(self, network, x, target, loss, size, dtype):
        self.network, self.loss, self.dtype = network, loss, np.dtype(dtype)
        self.units = disguise.units(network)
        self.order, factor = _layout(network, self.units)
        self.factor = factor.astype(dtype)
        self.P, self.G = np.zeros((2, len(self.order)), dtype)
        self.weights, self.gradients = _matrices(network, self.P), _matrices(network, self.G)
        self.x = (np.column_stack([np.ones(len(x)), x]) * self.units[0].taken).astype(dtype)
        self.target = disguise.goals(network, target, loss).astype(dtype)
        self.dealt_x, self.dealt_target = self.x.copy(), self.target.copy()  # the examples in today's order
        self.rooms, self.tape = {}, []
        for start in range(0, len(x), size):
            k = min(size, len(x) - start)
            if k not in self.rooms:
                self.rooms[k] = self._room(k)
            batch = slice(start, start + k)
            self.tape += self._step(self.rooms[k], self.dealt_x[batch].T, self.dealt_target[batch].T)

    def load(self, vector):
        self.P[:] = np.asarray(vector)[self.order] * self.factor

    def raw(self):
        return self.P.copy()

    def vectors(self, raws):
        vectors = np.empty((len(raws), len(self.order)), self.dtype)
        vectors[:, self.order] = np.array(raws) / self.factor
        return vectors

    def length(self):
        with np.errstate(all='ignore'):
            weights = self.P / self.factor
            return float(weights.dot(weights)) ** 0.5

    def run(self, rate, orders):
        tape = self.tape
        with np.errstate(all='ignore'):  # whoever asked for the run looks at what came of it
            for room in self.rooms.values():
                room.scale.fill(rate * room.share)
            for order in orders:
                if order is not None:
                    np.take(self.x, order, 0, self.dealt_x, 'clip')  # 'clip' spares a copy in between
                    np.take(self.target, order, 0, self.dealt_target, 'clip')
                for call, arrays in tape:
                    call(*arrays)

    def _room(self, k):
        """The arrays that k examples need, in columns; lists have one entry for each layer.

        a      what the layer answers: for a sigmoid tanh(z / 2)
        slope  the derivative of its bend, up to the factor that `disguise.units` knows
        taken  what it takes, with the row for the bias on top (the first layer takes a view of the data instead)
        back   what the next layer sends back to all that it took; delta: the part that belongs to this layer
        """
        sizes, layers = self.network.sizes, self.network.layers
        heads = [1] * (len(layers) - 1) + [0]  # the rows that the next layer takes besides this one's answers
        if self.network.shortcut:
            heads[-2] += sizes[0]
        ends = np.cumsum(np.add(heads, sizes[1:]))
        blocks = [slice(end - head - size, end) for end, head, size in zip(ends, heads, sizes[1:], strict=True)]
        own, slopes, backs = np.zeros((3, ends[-1], k), self.dtype)
        room = SimpleNamespace(a=[own[block][head:] for block, head in zip(blocks, heads, strict=True)],
                               slope=[slopes[block][head:] for block, head in zip(blocks, heads, strict=True)],
                               delta=[backs[block][head:] for block, head in zip(blocks, heads, strict=True)],
                               back=[backs[block] for block in blocks], taken=[None],
                               scale=np.zeros((sizes[-1], k), self.dtype), share=disguise.share(self.network, self.loss, k))
        for layer, unit, block in zip(layers, self.units[1:], blocks, strict=False):
            room.taken.append(np.zeros_like(own[block]) if layer.activation == 'sigmoid' else own[block])
            room.taken[-1][0] = unit.taken
        room.forward, room.backward = list(self._forward(room)), list(self._backward(room))
        for kind, block in _neighbours(layers, blocks):
            room.forward += _SLOPES[kind](own[block], slopes[block])
        return room

    def _step(self, room, x, target):
        """The calls of one step. Only those that touch the data differ from batch to batch."""
        first, past = [(self.weights[0].dot, (x, room.a[0]))], []
        if self.network.shortcut:
            ratio = np.full_like(x[1:], self.units[-1].taken / self.units[0].taken)
            past = [(np.multiply, (x[1:], ratio, room.taken[-1][1:len(x)]))]
        return [*past, *first, *room.forward, (np.subtract, (room.a[-1], target, room.delta[-1])), *room.backward,
                (room.delta[0].dot, (x.T, self.gradients[0])), (np.subtract, (self.P, self.G, self.P))]

    def _forward(self, room):
        """From the first layer's weighted sums to the last layer's answers."""
        last = len(self.weights) - 1
        for index, (layer, a) in enumerate(zip(self.network.layers, room.a, strict=True)):
            if index > 0:
                yield self.weights[index].dot, (room.taken[index], a)
            yield from _BENDS[layer.activation](a)
            if layer.activation == 'sigmoid' and index < last:
                yield np.add, (a, np.ones_like(a), room.taken[index + 1][-len(a):])  # 1 + tanh(z / 2) = 2 σ(z)

    def _backward(self, room):
        """From the last layer's error to the first layer's delta, and the gradients of all layers but the first."""
        delta, slope, layers = room.delta, room.slope, self.network.layers
        if layers[-1].activation not in _FLAT:
            yield np.multiply, (delta[-1], slope[-1], delta[-1])
        yield np.multiply, (delta[-1], room.scale, delta[-1])  # the rate and all that is constant
        for index in range(len(layers) - 2, -1, -1):
            yield self.weights[index + 1].T.dot, (delta[index + 1], room.back[index])
            if layers[index].activation not in _FLAT:
                yield np.multiply, (delta[index], slope[index], delta[index])
            if self.units[index].gain != 1:
                yield np.multiply, (delta[index], np.full_like(delta[index], self.units[index].gain), delta[index])
        for index in range(len(layers) - 1, 0, -1):
            yield delta[index].dot, (room.taken[index].T, self.gradients[index])


def _layout(network, units):
    """Which number of `layers.parameters` stands at each place of P, (P,), and by what it is multiplied there, (P,)."""
    order, factor, start = [], [], 0
    for layer, unit in zip(network.layers, units, strict=True):
        numbers = start + np.arange(layer.W.size + layer.b.size)
        W, b = numbers[:layer.W.size].reshape(layer.W.shape), numbers[layer.W.size:]
        order.append(np.column_stack([b, W]).ravel())
        factor.append(np.full(numbers.size, unit.weight))
        start += numbers.size
    return np.concatenate(order), np.concatenate(factor)


def _matrices(network, flat):
    """For each layer [b | W], (out, 1 + in), in the memory of `flat`."""
    matrices, start = [], 0
    for layer in network.layers:
        out, into = layer.W.shape
        matrices.append(flat[start:start + out * (1 + into)].reshape(out, 1 + into))
        start += out * (1 + into)
    return matrices


def _neighbours(layers, blocks):
    """(bend, rows) for layers next to each other whose slopes one call gives; a sigmoid is a tanh here."""
    joined = []
    for layer, block in zip(layers, blocks, strict=True):
        kind = 'tanh' if layer.activation == 'sigmoid' else layer.activation
        if joined and joined[-1][0] == kind:
            block = slice(joined.pop()[1].start, block.stop)
        joined.append((kind, block))
    return joined


def _softmax(a):
    top = np.zeros(a.shape[1], a.dtype)
    return [(np.maximum.reduce, (a, 0, None, top)), (np.subtract, (a, top, a)), (np.exp, (a, a)),
            (np.add.reduce, (a, 0, None, top)), (np.divide, (a, top, a))]


_BENDS = {  # the calls that bend the weighted sums a, in their place
    'linear': lambda a: [],
    'sigmoid': lambda a: [(np.tanh, (a, a))],
    'tanh': lambda a: [(np.tanh, (a, a))],
    'relu': lambda a: [(partial(np.maximum, out=a), (a, np.zeros_like(a)))],  # it wants its third argument by name
    'threshold': lambda a: [(np.greater_equal, (a, np.zeros_like(a), a))],
    'softmax': _softmax,
}
_SLOPES = {  # the calls that write into s the slope of the bend that answered a
    'tanh': lambda a, s: [(np.multiply, (a, a, s)), (np.subtract, (np.ones_like(a), s, s))],
    'relu': lambda a, s: [(np.sign, (a, s))],  # a is never negative
    'threshold': lambda a, s: [],  # 0, and s is that from the start
    'linear': lambda a, s: [],
    'softmax': lambda a, s: [],
}
_FLAT = ('linear', 'softmax')  # nothing to multiply by: with softmax and cross-entropy, p − y is the whole of it
