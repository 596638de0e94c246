"""The picture of a computation: a node for every number, an edge from every operand to its result.

Read forward, numbers flow along the edges. Read backward, slopes do: each edge carries
    contribution = local derivative × upstream
where upstream is the gradient of the result that the edge leads to, and a node's gradient is the sum of the
contributions on all edges that leave it. A number used twice has two of them, even when both lead to one result (a·a).

A Graph is a record: it computes the gradients itself, from zero, and leaves the Values and their `grad` alone.
"""
import math
import operator
from typing import NamedTuple

from core.autograd import Value
from core.operations import exponent_of

OPERATIONS = {'+': operator.add, '-': operator.sub, '*': operator.mul, '/': operator.truediv, 'neg': operator.neg,
              'ReLU': Value.relu, 'tanh': Value.tanh, 'exp': Value.exp}


class Node(NamedTuple):
    """A number in the picture."""
    id: int       # its place in the order in which the numbers become known, from 0
    op: str       # what computed it: a key of OPERATIONS or a power such as '**2'; '' for a leaf
    label: str    # the Value's own
    value: float
    grad: float   # ∂ root / ∂ this
    depth: int    # 0 for a leaf, else one more than its deepest operand: the column to draw it in


class Edge(NamedTuple):
    """From an operand, the child, to the result that it went into, the parent. (parent, slot) names an edge."""
    child: int
    parent: int
    slot: int            # which of the parent's operands this is, from 0
    local: float         # ∂ parent / ∂ child, along this edge
    upstream: float      # ∂ root / ∂ parent
    contribution: float  # local × upstream: this edge's part of the child's gradient


class Step(NamedTuple):
    """What one step, forward or backward, adds to the picture."""
    at: int | None  # the node at work; None in the first step, which says where it all starts
    edges: tuple    # the edges that it reads (forward) or sends contributions along (backward)
    sums: dict      # id of each node it writes to: its value (forward), its gradient gathered so far (backward)
    known: tuple    # ids of the nodes whose value or gradient is final from this step on


class Graph:
    """Everything that a Value was computed from, with the gradients that `backward()` would give.

    nodes: tuple of Node, operands before results, the root last. edges: tuple of Edge, in the order of their parents.
    The same expression always gets the same ids. Raises ValueError when root is no Value or a gradient too large.

    >>> a = Value(3, label='a')
    >>> graph = Graph(a * a)
    >>> graph.node(0).label, graph.node(0).grad, [edge.contribution for edge in graph.edges_from(0)]
    ('a', 6.0, [3.0, 3.0])
    """

    def __init__(self, root):
        values = in_order(root)
        self._ids = {value: id for id, value in enumerate(values)}
        self._draw({id: (value._op, value.label, value.data) for value, id in self._ids.items()},
                   {id: [(self._ids[operand], local)
                         for operand, local in zip(value.operands(), value.local_derivatives(), strict=True)]
                    for value, id in self._ids.items()})

    def _draw(self, facts, operands):
        """Fill in nodes and edges. facts: id → (op, label, value). operands: id → its (child, local derivative) pairs."""
        depths, grads, root = {}, dict.fromkeys(facts, 0.0), max(facts)
        for id in facts:
            depths[id] = 1 + max((depths[child] for child, _ in operands[id]), default=-1)
        grads[root] = 1.0
        for id in reversed(facts):  # every result comes before its operands, so a gradient is whole when it is passed on
            if not math.isfinite(grads[id]):
                raise ValueError(f'the gradient of {facts[id][2]:g} grew too large for a number; '
                                 'the numbers that it is a product of need to be smaller.')
            for child, local in operands[id]:
                grads[child] += local * grads[id]
        self._nodes = {id: Node(id, *facts[id], grads[id], depths[id]) for id in facts}
        self._into, self._from = {id: [] for id in facts}, {id: [] for id in facts}
        for id in facts:
            for slot, (child, local) in enumerate(operands[id]):
                edge = Edge(child, id, slot, local, grads[id], local * grads[id])
                self._into[id].append(edge)
                self._from[child].append(edge)
        self.nodes = tuple(self._nodes.values())
        self.edges = tuple(edge for id in facts for edge in self._into[id])
        self.root = self.nodes[-1]
        self.leaves = tuple(node for node in self.nodes if not node.op)

    def node(self, id):
        """The node with this id. Raises ValueError when there is none."""
        if id not in self._nodes:
            raise ValueError(f'id is {id!r}, and needs to be that of one of the {len(self.nodes)} nodes of this graph.')
        return self._nodes[id]

    def id_of(self, value):
        """The id of the node that stands for this Value. Raises ValueError when it is none of this graph's."""
        if not isinstance(value, Value) or value not in self._ids or self._ids[value] not in self._nodes:
            raise ValueError(f'{value!r} is not in this graph, and needs to be a Value that its root was computed from.')
        return self._ids[value]

    def find(self, label):
        """The id of the first node with this label. Raises ValueError when none has it."""
        for node in self.nodes:
            if node.label == label:
                return node.id
        raise ValueError(f'no node is called {label!r}; the label needs to be one of this graph.')

    def edges_into(self, id):
        """The edges from a node's operands, in their order: how it was computed."""
        return tuple(self._into[self.node(id).id])

    def edges_from(self, id):
        """The edges to the results that use a node: their contributions add up to its gradient."""
        return tuple(self._from[self.node(id).id])

    def forward_steps(self):
        """How the numbers become known: first all leaves at once, then one result a step. A tuple of Step.

        >>> [step.sums for step in Graph(Value(3) * 4 + 1).forward_steps()]
        [{0: 3.0, 1: 4.0, 3: 1.0}, {2: 12.0}, {4: 13.0}]
        """
        start = {node.id: node.value for node in self.leaves}
        return (Step(None, (), start, tuple(start)),
                *(Step(node.id, self.edges_into(node.id), {node.id: node.value}, (node.id,)) for node in self.nodes if node.op))

    def backward_steps(self):
        """How the gradients become known: first the root's, 1, then one result a step hands on what it has.

        A gradient is known once all contributions to it have come. A tuple of Step.

        >>> [(step.sums, step.known) for step in Graph(Value(3) * 4 + 1).backward_steps()]
        [({4: 1.0}, (4,)), ({2: 1.0, 3: 1.0}, (2, 3)), ({0: 4.0, 1: 3.0}, (0, 1))]
        """
        sums, waiting = dict.fromkeys(self._nodes, 0.0), {id: len(edges) for id, edges in self._from.items()}
        steps = [Step(None, (), {self.root.id: 1.0}, (self.root.id,))]
        for node in reversed(self.nodes):
            edges = self.edges_into(node.id)
            for edge in edges:
                sums[edge.child] += edge.contribution
                waiting[edge.child] -= 1
            if edges:
                touched = {edge.child: sums[edge.child] for edge in edges}
                steps.append(Step(node.id, edges, touched, tuple(id for id in touched if not waiting[id])))
        return tuple(steps)

    def with_leaves(self, numbers):
        """The same graph with other numbers at its leaves: every value and gradient anew, every id as it was.

        numbers: id of a leaf → its new number; the other leaves keep theirs. Returns a Graph.
        Raises ValueError for the id of something that is no leaf, and as Value does for what cannot be computed.

        >>> Graph(Value(3) * 4).with_leaves({0: 5}).root.value
        20.0
        """
        for id in numbers:
            if self.node(id).op:
                raise ValueError(f'node {id} is computed by {self.node(id).op}, and needs to be a leaf to be given a number.')
        values = {}
        for node in self.nodes:
            if node.op:
                values[node.id] = computed(node.op, *(values[edge.child] for edge in self._into[node.id]))
                values[node.id].label = node.label
            else:
                values[node.id] = Value(numbers.get(node.id, node.value), node.label)
        anew = Graph(values[self.root.id])
        anew._ids = self._ids
        return anew


def in_order(root):
    """List all Values that root was computed from, operands before results, the left one first, root last.

    >>> [value.data for value in in_order(Value(3) * 4 + 1)]
    [3.0, 4.0, 12.0, 1.0, 13.0]
    """
    if not isinstance(root, Value):
        raise ValueError(f'root is {root!r:.60}, and needs to be a Value.')
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        value, finished = stack.pop()
        if finished:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            stack.append((value, True))
            stack.extend((operand, False) for operand in reversed(value.operands()))
    return order


def computed(op, *operands):
    """Do the operation with this name, a key of OPERATIONS or a power such as '**2', on Values.

    >>> computed('**2', Value(3))
    Value(data=9.0, grad=0.0)
    """
    exponent = exponent_of(op)
    return OPERATIONS[op](*operands) if exponent is None else operands[0] ** exponent
