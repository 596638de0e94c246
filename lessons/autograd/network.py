"""The network of the lecture, MLP(3, [4, 4, 1]): the graph of its whole loss, its training, and what becomes of many starts."""
import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.graph import Edge, Graph
from core.network import new_network
from core.operations import slopes_of
from core.replay import Replay
from core.scalar_network import MLP
from core.scalar_training import EXAMPLES, TARGETS, downhill, squared_error

SIZES = [4, 4, 1]
STEPS = 20
STUCK = 1.0             # a sum of squares: with less, every answer has the right sign
MANY = 1000             # starts that are counted
NEURONS = (*(f'h{layer}.{unit}' for layer in (1, 2) for unit in range(1, 5)), 'ŷ')


class Made(NamedTuple):
    """The loss of such a network as a graph, the same for all; its own numbers are those of seed 0."""
    graph: Graph
    replay: Replay
    parameters: tuple   # ids of the 41, in order
    by_label: dict      # label → ids, one for each example; a parameter has one


@lru_cache(1)
def made():
    """The graph of the loss over all four examples, recorded once."""
    network = MLP(3, SIZES)
    loss = squared_error(network, EXAMPLES, TARGETS)
    graph, by_label = Graph(loss), {}
    for node in graph.nodes:
        by_label.setdefault(node.label or node.op, []).append(node.id)
    return Made(graph, Replay(loss, network.parameters()), tuple(graph.id_of(value) for value in network.parameters()), by_label)


@lru_cache(256)
def drawn(seed):
    """The 41 numbers that a seed draws."""
    return tuple(parameter.data for parameter in MLP(3, SIZES, seed=seed).parameters())


@lru_cache(128)
def trained(numbers, rate, zero_grad):
    """The Training of the lecture: 20 steps from these 41 numbers."""
    return downhill(made().replay, numbers, rate, STEPS, zero_grad)


@lru_cache(64)
def everything(numbers):
    """The value and the gradient of every node when the 41 parameters are these."""
    return made().replay.everything(numbers)


class Piece:
    """Some nodes of the whole graph, with the values and gradients that they have there, and the edges between them.

    Where an edge stands for a path through nodes that are not shown, its local derivative is the product along the path, as in
    core.overview. It can be drawn as any Graph. What its nodes do elsewhere is not in its edges.
    """

    def __init__(self, numbers, plan):
        (values, grads), graph = everything(numbers), made().graph
        self.nodes = tuple(graph.node(id)._replace(value=float(values[id]), grad=float(grads[id])) for id in plan.ids)
        self._nodes, edges = {node.id: node for node in self.nodes}, []
        for child, parent, slot, path in plan.edges:
            local = math.prod(local_of(graph, values, step) for step in path)
            edges.append(Edge(child, parent, slot, local, float(grads[parent]), local * float(grads[parent])))
        self.edges, self.root = tuple(edges), self.nodes[-1]
        parents = {edge.parent for edge in edges}
        self.leaves = tuple(node for node in self.nodes if node.id not in parents)

    def node(self, id):
        return self._nodes[id]

    def edges_into(self, id):
        return tuple(edge for edge in self.edges if edge.parent == id)

    def edges_from(self, id):
        return tuple(edge for edge in self.edges if edge.child == id)


class Plan(NamedTuple):
    """What a Piece shows: ids, the last one its result; (child, parent, slot, the edges of the whole graph between them)."""
    ids: tuple
    edges: tuple


def local_of(graph, values, edge):
    """The local derivative of one edge of the whole graph at other values."""
    op, operands = graph.node(edge.parent).op, [values[one.child] for one in graph.edges_into(edge.parent)]
    if len(operands) == 2:
        return float(slopes_of(op)(*operands)[edge.slot])
    return float(slopes_of(op)(operands[0], values[edge.parent]))


@lru_cache(64)
def plan(look, example):
    """All neurons with the loss of one example, or the inside of one neuron, down to the numbers that enter it."""
    graph, _, _, by_label = made()
    if look == 'neurons':
        ids = [by_label[name][example] for name in ('x1', 'x2', 'x3', *NEURONS, '**2')] + [graph.root.id]
    else:
        ids = inside(graph, by_label[look][example])
    shown, edges = set(ids), []
    for parent in ids if look == 'neurons' else [id for id in ids if id == max(ids) or not graph.node(id).label]:
        edges += [(child, parent, slot, path) for slot, (child, path) in enumerate(paths(graph, parent, shown))]
    return Plan(tuple(sorted(ids)), tuple(edges))


def inside(graph, out):
    """Ids of all that one neuron is made of: sums and products; what has a name came from elsewhere and ends there."""
    found, entering = [], [out]
    while entering:
        id = entering.pop()
        found.append(id)
        if id == out or not graph.node(id).label:
            entering += [edge.child for edge in graph.edges_into(id)]
    return sorted(set(found))


def paths(graph, parent, shown):
    """(child, edges) of every path from a node down to the nearest that are shown."""
    stack, found = [(parent, ())], []
    while stack:
        id, path = stack.pop()
        for edge in graph.edges_into(id):
            if edge.child in shown:
                found.append((edge.child, (*path, edge)))
            else:
                stack.append((edge.child, (*path, edge)))
    return sorted(found, key=lambda item: item[0])


@lru_cache(256)
def part_of(numbers, look, example):
    return Piece(numbers, plan(look, example))


@lru_cache(4)
def last_losses(zero_grad, rate=0.1):
    """The loss of each of many starts after 20 steps, all trained at once; a test holds them to `train`."""
    layers = [new_network([3, *SIZES], seed, activation='tanh', output='tanh').layers for seed in range(MANY)]
    W = [np.stack([layer[k].W for layer in layers]) for k in range(3)]
    b = [np.stack([layer[k].b for layer in layers]) for k in range(3)]
    pull = [0.0] * 6
    for step in range(STEPS + 1):
        taken, answers = np.broadcast_to(np.array(EXAMPLES), (MANY, 4, 3)), []
        for k in range(3):
            answers.append(np.tanh((answers[-1] if k else taken) @ W[k].transpose(0, 2, 1) + b[k][:, None]))
        error = answers[-1][:, :, 0] - np.array(TARGETS)
        if step == STEPS:
            return (error ** 2).sum(axis=1)
        by = 2 * error[:, :, None]
        for k in (2, 1, 0):
            by = by * (1 - answers[k] ** 2)
            slopes = by.transpose(0, 2, 1) @ (answers[k - 1] if k else taken), by.sum(axis=1)
            by = by @ W[k]
            for i, slope in zip((2 * k, 2 * k + 1), slopes, strict=True):
                pull[i] = slope if zero_grad else pull[i] + slope
        for k in range(3):
            W[k], b[k] = W[k] - rate * pull[2 * k], b[k] - rate * pull[2 * k + 1]
    return None


def stuck_share(zero_grad):
    """How many of the starts, in percent, still have an answer on the wrong side after 20 steps."""
    return 100 * float(np.mean(last_losses(zero_grad) >= STUCK))


def median_loss(zero_grad):
    return float(np.median(last_losses(zero_grad)))
