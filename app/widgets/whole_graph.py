"""The whole graph of a loss, hundreds of numbers: a dot for each, a line for each use, and a disc as large as its gradient."""
from functools import lru_cache

import numpy as np

from app.scene import mark
from lessons.autograd.network import NEURONS, inside, made

HEIGHT = {'wide': 420, 'narrow': 600}
LARGEST = 7             # of the largest gradient


def marks(state, width, there):
    """Its marks, with nothing in them unless it is there."""
    if not there:
        return {'whole-edges': mark('lines', 'graph', x=[], y=[], starts=[]),
                'whole-grads': mark('edges', 'graph', x=[], y=[], x1=[], y1=[], value=[]),
                'whole-dots': mark('points', 'graph', 'model', x=[], y=[], r=2)}
    graph, (x, y, lines) = made().graph, places(width)
    return {'whole-edges': mark('lines', 'graph', x=lines[0], y=lines[1], starts=np.arange(0, len(lines[0]), 2)),
            'whole-grads': mark('edges', 'graph', x=x, y=y, x1=x, y1=y, value=sizes(state.everything()[1])),
            'whole-dots': mark('points', 'graph', 'model', x=x, y=y, r=2, picks=True, labels=[words for words, *_ in homes()],
                               label=f'the whole graph of the loss: {len(graph.nodes)} numbers, {len(graph.edges)} edges')}


@lru_cache(1)
def homes():
    """(in words, look, example) of each node: what it is, and where it can be seen from near."""
    graph, _, _, by_label = made()
    found = {}
    for neuron in NEURONS:
        for example in range(4):
            for id in inside(graph, by_label[neuron][example]):
                found.setdefault(id, (neuron, example + 1))
    nowhere = 'neurons', None
    return [(in_words(node, *found.get(node.id, nowhere)), *found.get(node.id, nowhere)) for node in graph.nodes]


def in_words(node, look, example):
    kind = {'+': 'a sum', '*': 'a product', '-': 'an error', '**2': 'a squared error', '': 'a target'}.get(node.op, node.op)
    what = node.label if node.label not in ('', 'y') else kind
    return what if example is None else f'{what}: open {look}' + ('' if node.label[:1] in ('w', 'b') else f', example {example}')


def gesture(index):
    """Where a press on a dot leads."""
    _, look, example = homes()[index]
    return {'look': look} | ({} if example is None else {'example': example})


def sizes(grads):
    """How thick an edge of no length is drawn, which makes a dot: it grows with the gradient's fourth root."""
    return np.sign(grads) * LARGEST * (np.abs(grads) / max(np.abs(grads).max(), 1e-300)) ** .25


def tracks(state, frames):
    return {'whole-grads.value': np.array([sizes(state.everything(k)[1]) for k in range(frames)])}


@lru_cache(2)
def places(width):
    """x and y of each node, and of both ends of each edge. Parameters stand first; then a band for each example; then the sum."""
    graph, _, parameters, by_label = made()
    shape, errors = [(node.depth, [edge.child for edge in graph.edges_into(node.id)]) for node in graph.nodes], by_label['**2']
    deep, own, band, first = max(depth for depth, _ in shape), set(parameters), {}, -1
    for k, error in enumerate(errors):
        for id in range(first + 1, error + 1):
            if id not in own and shape[id][0] <= shape[error][0]:     # what is deeper adds the squares up
                band[id] = k
        first = error
    along, across = np.zeros(len(shape)), np.zeros(len(shape))
    for i, id in enumerate(parameters):
        along[id], across[id] = 0, (i + .5) / len(parameters)
    ranks = {}
    for id, (depth, _) in enumerate(shape):
        if id not in own:
            ranks.setdefault((band.get(id, -1), depth), []).append(id)
    for (k, depth), ids in ranks.items():
        for j, id in enumerate(ids):
            along[id] = 2 + depth if k >= 0 else 3 + depth
            across[id] = (k + .12 + .76 * (j + .5) / len(ids)) / len(errors) if k >= 0 else .5
    along /= deep + 3
    x, y = (14 + 690 * along, 10 + 400 * across) if width == 'wide' else (12 + 316 * across, 12 + 576 * along)
    pairs = [(child, id) for id, (_, children) in enumerate(shape) for child in children]
    order = np.array(pairs).ravel()
    return x, y, (x[order], y[order])
