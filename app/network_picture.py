"""The picture of a network: its units as nodes in columns, its weights as edges, a short edge from below for each bias.

A weight is as thick as it is large, and red and dashed where it is below 0. Edges stand in the order of `core.layers.parameters`,
biases among them, so that part number i of the mark 'net-edges' is number i of that row, whether it is drawn, played or set:

    from app.network_picture import network_marks, network_plane, network_tracks, with_weight

    BOX = [20, 40, 400, 300]                                    # left, top, width, height on the picture

    def draw(state, width):
        seen = forward(state.network(), [1, 0])                 # values in the nodes, if wanted
        return {'size': [720, 380], 'title': 'A network', 'planes': {'net': network_plane(BOX)},
                'marks': network_marks(state.network(), BOX, width, forward=seen, slopes=backward(…))}

    def gesture(state, handle, value, **options):               # a weight was dragged, stepped or typed
        return {'weights': [list(with_weight(state.network(), *value))]}

    def record(state):
        return {…, 'tracks': network_tracks(network, parameters_of_each_moment, values=…)}

`names` are the names of all units, column by column: [['x₁', 'x₂'], ['h'], ['y']]; `called` those of all parameters, in their
order, if the lesson has its own. With `dials=False` nothing can be taken hold of. `prefix` begins the names of the marks and is
the name of their plane. `row` says which of the examples of `forward` is shown.
"""
import numpy as np

from app.network_layout import MOST_NUMBERED, layout
from app.numbers import show
from app.scene import mark
from core.layers import parameters
from lessons.short import SUBSCRIPTS, SUPERSCRIPTS, short

BOUNDS = -1000.0, 1000.0
STEP = 0.1


def network_plane(box):
    """The plane of a network in this box of the picture; a number on it is a unit of the picture, y goes up."""
    return {'box': list(box), 'x': [0, box[2]], 'y': [0, box[3]]}


def network_marks(network, box, width='wide', *, forward=None, row=0, slopes=None, names=None, called=None, dials=True,
                  prefix='net', bounds=BOUNDS, step=STEP, label='the weights and biases'):
    """{mark: …} of a network in a box: its edges, its nodes, their names, and numbers where there is room for them."""
    place, weights = layout(network.sizes, bool(network.shortcut), tuple(box), width, slopes is not None), parameters(network)
    names = names or unit_names(network.sizes)
    texts = [number_text(weight) for weight in weights.tolist()]
    edges = mark('edges', prefix, 'dense' if len(weights) > 40 else None,
                 x=place.x, y=place.y, x1=place.x1, y1=place.y1, value=weights)
    if place.bend.any():
        edges['bend'] = place.bend
    if dials:
        edges |= {'label': label, 'dials': dials_of(weights, called or parameter_names(network, names), step, bounds)}
    marks = {f'{prefix}-edges': edges}
    if slopes is not None:
        by_weight = [number_text(slope) for slope in parameters(slopes).tolist()]
        if dials:
            edges['dials']['notes'] = notes(parameters(slopes))
    values = None if forward is None else unit_values(forward, row)
    marks[f'{prefix}-nodes'] = mark('nodes', prefix, x=place.nodes[:, 0], y=place.nodes[:, 1], r=place.r,
                                    text=node_texts(names, values),
                                    bare=not (names_fit(place, names) if values is None else place.roomy),
                                    inks=unit_inks(network.sizes))
    marks[f'{prefix}-names'] = names_mark(place, names, prefix, values is not None)
    if not place.headroom if values else marks[f'{prefix}-nodes']['bare']:          # then their cards have to say them
        marks[f'{prefix}-nodes'] |= {'label': 'the units', 'dials': {'told': [name for column in names for name in column]}}
    marks[f'{prefix}-numbers'] = mark('labels', prefix, 'pill' if slopes is None else None, x=place.at[:, 0], y=place.at[:, 1],
                                      of=list(place.numbered), text=texts if len(texts) <= MOST_NUMBERED else [])
    if slopes is not None:
        line = place.font * 1.1
        marks[f'{prefix}-numbers']['y'] = place.at[:, 1] + line / 2
        marks[f'{prefix}-slopes'] = mark('labels', prefix, 'gradient', x=place.at[:, 0], y=place.at[:, 1] - line / 2,
                                         of=list(place.numbered), text=by_weight if len(texts) <= MOST_NUMBERED else [])
    return marks


def network_tracks(network, weights, *, values=None, slopes=None, names=None, dials=True, prefix='net'):
    """What a run shows of a network at each of its k moments, whatever box it stands in.

    weights: (k, P), in the order of `parameters`. values: (k, units), of all units column by column, if the nodes show
    them. slopes: (k, P).
    """
    few, tracks = weights.shape[1] <= MOST_NUMBERED, {f'{prefix}-edges.value': weights}
    if dials:
        tracks[f'{prefix}-edges.says'] = [[short(weight) for weight in row] for row in weights.tolist()]
    if few:
        tracks[f'{prefix}-numbers.text'] = [[number_text(weight) for weight in row] for row in weights.tolist()]
    if values is not None:
        tracks[f'{prefix}-nodes.text'] = [node_texts(names or unit_names(network.sizes), row) for row in values.tolist()]
    if slopes is not None:
        if dials:
            tracks[f'{prefix}-edges.notes'] = [notes(row) for row in slopes]
        if few:
            tracks[f'{prefix}-slopes.text'] = [[number_text(slope) for slope in row] for row in slopes.tolist()]
    return tracks


def dials_of(numbers, names, step, bounds):
    """How a mark says that these numbers, (n,), can be changed: the weights of a network, or what is put into it."""
    return {'names': list(names), 'says': [short(number) for number in numbers.tolist()],
            'values': [f'{number:.10g}' for number in numbers.tolist()], 'step': step, 'bounds': list(bounds)}


def notes(slopes):
    return [f'∂L/∂w = {short(slope)}' for slope in slopes.tolist()]


def with_weight(network, index, number):
    """All parameters of the network, (P,), after one of them was set."""
    row = parameters(network).copy()
    row[index] = number
    return row


def unit_values(forward, row=0):
    """What every unit says, inputs first, column by column."""
    return np.concatenate([forward.taken[0][row], *(a[row] for a in forward.a)]).tolist()


def number_text(value):
    """A weight or a value of any size in about five characters.

    >>> [number_text(value) for value in (0.5, -3.14159, 12.34, -250, 1e6, -0.0, 0.001, -1e-7, -2.0)]
    ['0.50', '−3.14', '12.3', '−250', '10⁶', '0', '0.001', '≈ 0', '−2']
    """
    size = abs(value)
    if size >= 9999.5:
        digits, power = f'{value:.0e}'.split('e')
        text = f'{digits}·10{str(int(power)).translate(SUPERSCRIPTS)}'.replace('-', '−')
        return text.replace('1·', '')
    if 0 < size < 0.005:
        return show(value, '.3f') if size >= 0.0005 else '≈ 0'
    return show(value, '.0f' if size >= 99.95 or value == round(value) else '.2f' if size < 9.995 else '.1f')


# ---- names ----

def unit_names(sizes):
    """x₁ x₂, h₁ … h₄, y; in several hidden layers, h¹₁ … h²₄."""
    hidden = len(sizes) - 2

    def row(letter, n):
        return [letter + (str(i + 1).translate(SUBSCRIPTS) if n > 1 else '') for i in range(n)]

    layers = ['h' + (str(k + 1).translate(SUPERSCRIPTS) if hidden > 1 else '') for k in range(hidden)]
    return [row(letter, n) for letter, n in zip(['x', *layers, 'y'], sizes, strict=True)]


def parameter_names(network, names):
    """What each parameter is called, in their order: 'weight x₁ → h', 'bias of h'."""
    found, last = [], len(network.layers) - 1
    for k, layer in enumerate(network.layers):
        sources = [*names[0], *names[k]] if network.shortcut and k == last else names[k]
        found += [f'weight {source} → {unit}' for unit in names[k + 1] for source in sources]
        found += [f'bias of {unit}' for unit in names[k + 1][:len(layer.b)]]
    return found


def unit_inks(sizes):
    """The class of each unit, column by column."""
    return [*['data'] * sizes[0], *['hidden'] * sum(sizes[1:-1]), *['model'] * sizes[-1]]


def node_texts(names, values):
    """The values, or where there are none the names."""
    return [name for column in names for name in column] if values is None else [number_text(value) for value in values]


def names_fit(place, names):
    """Whether every name fits into its node; all but its first letter are small."""
    longest = max(len(name) for column in names for name in column)
    return 2 * place.r >= place.font * (0.6 + 0.4 * (longest - 1)) + 8


def names_mark(place, names, prefix, valued):
    """The names stand beside their nodes where values are in them; of hidden units only where there is room."""
    found = []
    for k, column in enumerate(names if valued else ()):
        for name, (x, y) in zip(column, place.nodes[place.first[k]:], strict=False):
            if k in (0, len(names) - 1):
                found.append((x + (-1 if k == 0 else 1) * (place.r + place.font * .8), y, name))
            elif place.headroom:
                found.append((x, y + place.r + place.font * .75, name))
    x, y, texts = zip(*found, strict=True) if found else ((), (), ())
    return mark('labels', prefix, x=[round(float(at), 1) for at in x], y=[round(float(at), 1) for at in y], text=list(texts))
