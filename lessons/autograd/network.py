"""The network of the lecture, MLP(3, [4, 4, 1]): the graph of its whole loss, its training, and what becomes of many starts."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.graph import Graph
from core.network import new_network
from core.overview import Overview
from core.replay import Replay
from core.scalar_network import MLP
from core.scalar_training import EXAMPLES, TARGETS, squared_error, train

SIZES = [4, 4, 1]
STEPS = 20
STUCK = 1.0             # a sum of squares: with less, every answer has the right sign
MANY = 1000             # starts that are counted
NEURONS = (*(f'h{layer}.{unit}' for layer in (1, 2) for unit in range(1, 5)), 'ŷ')


class Made(NamedTuple):
    """The loss of one network, as a graph."""
    graph: Graph
    replay: Replay
    parameters: tuple   # ids of the 41, in order
    by_label: dict      # label → ids, one for each example; a parameter has one


@lru_cache(64)
def made(seed, weights=()):
    """The graph of the loss over all four examples. weights: the 41 numbers, if not those that the seed draws."""
    network = MLP(3, SIZES, seed=seed)
    if weights:
        network.assign(weights)
    loss = squared_error(network, EXAMPLES, TARGETS)
    graph, by_label = Graph(loss), {}
    for node in graph.nodes:
        by_label.setdefault(node.label or node.op, []).append(node.id)
    return Made(graph, Replay(loss, network.parameters()), tuple(graph.id_of(value) for value in network.parameters()), by_label)


@lru_cache(128)
def trained(seed, weights, rate, zero_grad):
    """The Training of the lecture: 20 steps."""
    network = MLP(3, SIZES, seed=seed)
    if weights:
        network.assign(weights)
    return train(network, EXAMPLES, TARGETS, rate, STEPS, zero_grad)


def numbers(seed, weights=()):
    """The 41 numbers that the network starts with."""
    graph, _, ids, _ = made(seed, weights)
    return [graph.node(id).value for id in ids]


def shown_neurons(graph, by_label, example):
    """Ids of the inputs, the neurons, the squared error and the loss, of one example."""
    return [by_label[name][example] for name in ('x1', 'x2', 'x3', *NEURONS, '**2')] + [graph.root.id]


class Inside:
    """What one neuron is made of, for one example: a piece of the whole graph, with the values and gradients of the whole.

    It can be drawn as any Graph. What its nodes do elsewhere, in other neurons and for other examples, is not in its edges.
    """

    def __init__(self, graph, out):
        found, entering = [out], [edge.child for edge in graph.edges_into(out)]
        while entering:
            id = entering.pop()
            found.append(id)
            if graph.node(id).op and not graph.node(id).label:     # sums and products; what has a name is from elsewhere
                entering += [edge.child for edge in graph.edges_into(id)]
        ids = set(found)
        self._made = {id for id in ids if id == out or graph.node(id).op and not graph.node(id).label}
        self.nodes = tuple(graph.node(id) for id in sorted(ids))
        self.root, self._nodes = graph.node(out), {node.id: node for node in self.nodes}
        self.edges = tuple(edge for node in self.nodes for edge in (graph.edges_into(node.id) if node.id in self._made else ()))
        self.leaves = tuple(node for node in self.nodes if node.id not in self._made)

    def node(self, id):
        return self._nodes[id]

    def edges_into(self, id):
        return tuple(edge for edge in self.edges if edge.parent == id)

    def edges_from(self, id):
        return tuple(edge for edge in self.edges if edge.child == id)


@lru_cache(256)
def part_of(seed, weights, look, example):
    """What a look shows: the overview of all neurons, or the inside of one."""
    graph, _, _, by_label = made(seed, weights)
    if look == 'neurons':
        return Overview(graph, shown_neurons(graph, by_label, example))
    return Inside(graph, by_label[look][example])


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
