"""MLP(3, [4, 4, 1]) in twenty steps: its neurons, the inside of one of them, or the whole graph of its loss, and the loss."""
import numpy as np

from app import graph_picture as picture
from app.graph_drawing import drawing
from app.letters import fitting
from app.numbers import short
from app.scene import mark
from app.widgets import whole_graph
from core.scalar_training import TARGETS
from lessons.autograd.network import NEURONS, STEPS
from lessons.power import size_text

OPTIONS = {}
SHEET = 'graphs.css'
NEW, PRESSED = 'New seed', {'new': 'new_seed'}
RUNS_ON = ('seed', 'weights', 'rate', 'zero_grad', 'look', 'example')
POWERS = -4, 2
LEVELS = (('x1', 'x2', 'x3'), NEURONS[:4], NEURONS[4:8], ('ŷ',), ('e',), ('L',))
HEADS = 'inputs', 'layer 1', 'layer 2', 'answer', '(ŷ − y)²', 'loss'
BOX = {'wide': (88, 68), 'narrow': (78, 68)}
TIME = 112              # units: how high the picture of the losses is
ORDER = [name for level in LEVELS for name in level]


def draw(state, width):
    wide, looks = width == 'wide', {'neurons': 'net', 'whole': 'whole'}.get(state.look, 'one')
    graph = state.part()
    drawn = drawing(graph, width) if looks == 'one' else None
    high = drawn.height if drawn else whole_graph.HEIGHT[width] if looks == 'whole' else net_height(width)
    size = [720 if wide else 340, high + TIME + 84 + (0 if wide else 96)]
    start = float(np.log10(max(state.trained().losses[0], 1e-300)))
    answers = [(510.0, high + 52 + 24.0 * i) if wide else (24.0, size[1] - 82 + 22.0 * i) for i in range(4)]
    return {
        'size': size, 'title': 'A network of single numbers, and its training',
        'controls': ['look', 'example', 'seed', 'rate', 'zero_grad'],
        'planes': {
            'graph': dict(box=[0, 0, *size], x=[0, size[0]], y=[size[1], 0]),
            'time': dict(box=[76, high + 34, 400 if wide else 246, TIME], x=[0, STEPS], y=list(POWERS), grid=True, xlabel='step',
                         ylabel='loss', xticks=[[k, str(k)] for k in (0, 5, 10, 15, 20)],
                         yticks=[[p, short(10.0 ** p).removeprefix('1 × ')] for p in (-4, -2, 0, 2)])},
        'marks': {
            **net_marks(graph if looks == 'net' else None, width),
            **one_marks(graph if looks == 'one' else None, drawn, width),
            **whole_graph.marks(state, width, looks == 'whole'),
            'course': mark('line', 'time', 'loss', x=[], y=[]),
            'losses': mark('line', 'time', 'loss', x=[], y=[]),
            'now': mark('points', 'time', 'loss', x=[0.0], y=[min(max(start, POWERS[0]), POWERS[1])], r=5),
            'answers': mark('labels', 'graph', anchor='start', x=[x for x, _ in answers], y=[y for _, y in answers],
                            text=answer_words(state.answers(0)))}}


def answer_words(answers):
    return [f'{i}: {short(answer, 3)}, should be {short(target)}' for i, (answer, target) in
            enumerate(zip(answers, TARGETS, strict=True), 1)]


# ---- the neurons, as boxes

def net_height(width):
    return 4 * 82 + 34 if width == 'wide' else 6 * 92 + 10


def net_places(width):
    """(x, y) of the upper left corner of each box, in the order of LEVELS."""
    found = []
    for k, names in enumerate(LEVELS):
        for i in range(len(names)):
            off = i - (len(names) - 1) / 2
            found.append((6 + k * 124, round(153 + off * 82)) if width == 'wide' else (round(131 + off * 83.5), 8 + k * 92))
    return found


def net_marks(graph, width):
    (w, h), wide = BOX[width], width == 'wide'
    names, nodes, places = (ORDER, in_order(graph), net_places(width)) if graph else ([], [], [])
    at = {node.id: place for node, place in zip(nodes, places, strict=True)}
    edges = graph.edges if graph else ()
    out, into = ((w, h // 2), (0, h // 2)) if wide else ((w // 2, h), (w // 2, 0))
    ends = {'x': [at[edge.child][0] + out[0] for edge in edges], 'y': [at[edge.child][1] + out[1] for edge in edges],
            'x1': [at[edge.parent][0] + into[0] for edge in edges], 'y1': [at[edge.parent][1] + into[1] for edge in edges]}
    lit, heads = [f'net-{name}' for name in names], HEADS if names and wide else ()
    series = {'names': (None, 14, ['(ŷ−y)²' if name == 'e' else name for name in names]),
              'grads': ('gradient', 54, [few(node.grad) for node in nodes])}
    return {
        'net-edges': mark('edges', 'graph', **ends, value=net_values(edges)),
        'net': mark('cells', 'graph', x=[x for x, _ in places], y=[y for _, y in places], w=[w] * len(places),
                    h=[h] * len(places), text=[few(node.value) for node in nodes], lits=lit, picks=True,
                    inks=['own' if name in NEURONS else 'given' for name in names], label='the neurons: press one to open it',
                    labels=[f'open {name}' if name in NEURONS else name for name in names]),
        **{f'net-{what}': mark('labels', 'graph', meaning, x=[x + w // 2 for x, _ in places], y=[y + dy for _, y in places],
                               text=text) for what, (meaning, dy, text) in series.items()},
        'net-heads': mark('labels', 'graph', x=[6 + k * 124.0 + w / 2 for k in range(len(heads))], y=[12.0] * len(heads),
                          text=list(heads))}


def in_order(graph):
    """The nodes of the overview of all neurons, in the order of LEVELS."""
    known = {node.label: node for node in graph.nodes if node.label}
    error = next(node for node in graph.nodes if node.op == '**2')
    return [error if name == 'e' else known[name] for name in ORDER]


def few(number):
    """A number in as many digits as a box has room for."""
    return fitting(lambda n: size_text(number, n), 86, 16, (3, 2, 1))


def net_values(edges):
    most = max((abs(edge.local) for edge in edges), default=1) or 1
    return [round((.25 + 3 * abs(edge.local) / most) * (-1 if edge.local < 0 else 1), 2) for edge in edges]


# ---- the inside of one neuron

def one_marks(graph, drawn, width):
    if graph is None:
        return {name: mark(kind, 'graph', **{field: [] for field in fields.split()}) for name, kind, fields in EMPTY}
    weights = [node.id for node in graph.leaves if node.label[:1] in ('w', 'b')]
    dials = {'ids': weights, 'step': 0.1, 'bounds': [-10, 10]}
    marks = picture.marks(graph, drawn, width, 'one', dials, 'the inside of a neuron')
    del marks['boxes']['goes']
    words = marks['boxes']['dials']
    words |= {'names': [name and f'{name} at the start' for name in words['names']], 'notes': notes(graph),
              'told': [told and picture.what(graph, node, '…') for told, node in zip(words['told'], graph.nodes, strict=True)]}
    return marks


EMPTY = (('edges', 'edges', 'x y x1 y1 value'), ('boxes', 'cells', 'x y w h text'), ('grads', 'labels', 'x y text'),
         ('tags', 'labels', 'x y text'))


def gesture(state, handle, value):
    index, number = value
    if handle == 'whole-dots':
        return whole_graph.gesture(index)
    if handle == 'net':
        return {'look': ORDER[index]} if ORDER[index] in NEURONS else {}
    return state.with_weight(state.part().nodes[index].label, number)


# ---- the twenty steps

def record(state):
    training = state.trained()
    frames = len(training.losses)
    heights = np.clip(np.log10(np.maximum(training.losses, 1e-300)), POWERS[0] - .2, POWERS[1] + .2)
    along, counts = np.arange(float(frames)), np.arange(1, frames + 1)
    tracks = {'now.x': along[:, None], 'now.y': np.clip(heights, *POWERS)[:, None],
              'answers.text': [answer_words(state.answers(k)) for k in range(frames)]}
    if state.look == 'whole':
        tracks |= whole_graph.tracks(state, frames)
    else:
        graphs = [state.part(k) for k in range(frames)]
        tracks |= net_tracks(graphs) if state.look == 'neurons' else one_tracks(graphs)
    labels = [f'Step {k}: loss {short(loss, 3)}' for k, loss in enumerate(training.losses.tolist())]
    return {'frames': frames, 'pace': 2, 'labels': ['The start: ' + labels[0].split(': ')[1], *labels[1:]], 'tracks': tracks,
            'marks': {'course': {'x': along, 'y': heights}},
            'growing': {'losses.x': (along, counts), 'losses.y': (heights, counts)},
            'time': {'plane': 'time', 'x': along}, 'says': state.training_verdict()}


def net_tracks(graphs):
    return {'net.text': [[few(node.value) for node in in_order(graph)] for graph in graphs],
            'net-grads.text': [[few(node.grad) for node in in_order(graph)] for graph in graphs],
            'net-edges.value': np.array([net_values(graph.edges) for graph in graphs])}


def notes(graph):
    """What the cards say of the nodes after some steps: a weight that is set is the one at the start."""
    parts = picture.contributions(graph)
    return [picture.note(node, parts[node.id], leaf='now') for node in graph.nodes]


def one_tracks(graphs):
    drawn, tracks = drawing(graphs[0], 'wide'), {}
    for graph in graphs:
        for path, values in (picture.shown(graph, drawn) | {'boxes.notes': notes(graph)}).items():
            tracks.setdefault(path, []).append(values)
    return tracks
