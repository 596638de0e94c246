"""A computation that is always the same need not be written down every time: record it once, replay it with new numbers.

Every step of a training loop builds the same graph with other numbers at its leaves. Operations that stand at the same
depth need not wait for each other, so those of one kind are done together, as one operation on whole arrays. For a graph
of ten thousand nodes that is more than twenty times as fast as making the Values anew. On graphs that are long and thin,
a chain for example, there is nothing to do together, and Values are faster.
"""
from typing import NamedTuple

import numpy as np

from core import checks
from core.autograd import Value
from core.graph import computed, in_order
from core.operations import exponent_of, slopes_of

# Operation → its result from arrays of operands. What it hands back follows from operations.SLOPES, which take arrays too.
FORWARD = {
    '+': np.add, '-': np.subtract, '*': np.multiply, '/': np.divide, 'neg': np.negative,
    'ReLU': lambda a, out: np.maximum(a, 0.0, out=out), 'tanh': np.tanh, 'exp': np.exp,
}


class Replayed(NamedTuple):
    """What one replay gives."""
    value: float          # of the root
    gradient: np.ndarray  # ∂ root / ∂ each of the leaves, in their order, (leaves,)


class Batch(NamedTuple):
    """Operations of one kind at one depth: they can be done together."""
    op: str
    place: slice      # where their results go
    operands: tuple   # one or two index arrays: where each one's operands are
    forward: callable
    slopes: callable  # as in operations.SLOPES


class Replay:
    """A recorded computation, run again with new numbers at some of its leaves; the other leaves keep theirs.

    root: the Value that was computed. leaves: those of its leaves that will get new numbers.
    Raises ValueError for anything else, and, when it is called, where Values would.

    >>> a, b = Value(-2), Value(3)
    >>> replay = Replay((a * b) * (a + b), leaves=[a, b])
    >>> replay([-1.7, 3])
    Replayed(value=-6.63, gradient=array([-1.2 , -7.31]))
    """

    def __init__(self, root, leaves):
        values = in_order(root)
        ids, leaves = {value: id for id, value in enumerate(values)}, list(leaves)
        for leaf in leaves:
            if not isinstance(leaf, Value) or leaf not in ids or leaf.operands():
                raise ValueError(f'{leaf!r:.60} is among the leaves, and needs to be a Value that root was computed from '
                                 'and that was not computed itself.')
        if len(set(leaves)) < len(leaves):
            raise ValueError(f'{len(set(leaves))} of the {len(leaves)} leaves are different, and each needs to come once.')
        inputs = [[ids[operand] for operand in value.operands()] for value in values]
        depth = []
        for operands in inputs:
            depth.append(1 + max((depth[id] for id in operands), default=-1))
        order = sorted(range(len(values)), key=lambda id: (depth[id], values[id]._op))
        self._place = np.empty(len(values), dtype=np.intp)  # id → place
        self._place[order] = np.arange(len(values))
        self._numbers = np.array([values[id].data for id in order])  # by place: first the leaves, then batch after batch
        self._leaves = self._place[[ids[leaf] for leaf in leaves]]
        self._root = self._place[-1]
        self._batches, start = [], sum(not operands for operands in inputs)
        while start < len(values):
            op, end = values[order[start]]._op, start
            while end < len(values) and (values[order[end]]._op, depth[order[end]]) == (op, depth[order[start]]):
                end += 1
            operands = zip(*(self._place[inputs[id]] for id in order[start:end]), strict=True)
            self._batches.append(Batch(op, slice(start, end), tuple(np.array(places) for places in operands),
                                       _forward(op), slopes_of(op)))
            start = end

    def __call__(self, numbers):
        """Run it. numbers: (leaves,), one for each. Returns a Replayed."""
        values, grads = self._run(numbers)
        return Replayed(float(values[self._root]), grads[self._leaves])

    def everything(self, numbers):
        """Run it. Returns the value and the gradient of every node, both (nodes,), in the order of Graph's ids."""
        values, grads = self._run(numbers)
        return values[self._place], grads[self._place]

    def _run(self, numbers):
        numbers = checks.row('numbers', numbers) if np.size(numbers) else np.empty(0)
        if len(numbers) != len(self._leaves):
            raise ValueError(f'there are {len(numbers)} numbers, and the {len(self._leaves)} leaves need one each.')
        values, grads, gathered = self._numbers.copy(), np.zeros(len(self._numbers)), []
        values[self._leaves] = numbers
        grads[self._root] = 1.0
        with np.errstate(all='ignore'):  # what went wrong is said below, in words
            for batch in self._batches:
                operands = [values[places] for places in batch.operands]
                batch.forward(*operands, values[batch.place])
                gathered.append(operands)
            for batch, operands in zip(reversed(self._batches), reversed(gathered), strict=True):
                slopes = batch.slopes(*operands) if len(operands) == 2 else (batch.slopes(*operands, values[batch.place]),)
                for places, slope in zip(batch.operands, slopes, strict=True):
                    # add.at adds twice where a place comes twice, which grads[places] += does not
                    np.add.at(grads, places, slope * grads[batch.place])
        if not (np.isfinite(values).all() and np.isfinite(grads).all()):
            self._complain(values)
        return values, grads

    def _complain(self, values):
        """Do it all again with Values, which say where it goes wrong."""
        values = [Value(number) for number in values[:self._batches[0].place.start]]
        for batch in self._batches:
            for places in zip(*batch.operands, strict=True):
                values.append(computed(batch.op, *(values[place] for place in places)))
        values[self._root].backward()
        raise ValueError('a number or a gradient grew too large; the numbers at the leaves need to be smaller.')


def _forward(op):
    exponent = exponent_of(op)
    return FORWARD[op] if exponent is None else lambda a, out: np.power(a, exponent, out)
