"""The paths from the loss down to one weight: every factor on them, what they multiply to, and what the paths add up to."""
from itertools import pairwise

import numpy as np

from app.letters import fitting
from app.scene import mark
from app.widgets import slope_net
from app.widgets.slope_places import geometry
from lessons.backprop import nets
from lessons.short import short

OPTIONS = {}
SHEET = 'backprop.css'

NEW = 'New weights'
THICK = 7.0             # of a path, as an edge is thick
ROOM = 78               # of a factor where three paths stand side by side on a phone
LAST = 99               # more factors than any path has: the whole of it
RUNS_ON = ('net', 'weights', 'seed', 'pattern', 'x1', 'x2', 'target', 'chosen')
LAYOUT = {'wide': {'row': 25, 'words': 70, 'columns': (430, 550, 670), 'alone': 470},
          'narrow': {'row': 23, 'words': 8, 'columns': (170, 252, 334), 'alone': 300}}


def draw(state, width):
    geo, layout = geometry(state.net, width, .72), LAYOUT[width]
    w, rows = 720 if width == 'wide' else 340, most_factors(state.net)
    high = 34 + layout['row'] * (rows + (2 if len(state.ways()) == 1 else 3))
    return {'size': [w, geo.height + high], 'title': 'The paths from the loss to one weight', 'controls': ['net', 'pattern'],
            'planes': {'net': slope_net.plane(geo, width), 'table': dict(box=[0, geo.height, w, high], x=[0, w], y=[high, 0])},
            'marks': {'trail': trail(state, geo),
                      **slope_net.marks(state, width, geo, dials=False, picks=True, blame=False, words=None),
                      'here': chosen(state, geo), **slope_net.above(geo, state.net, width), **factors(state, layout, rows)}}


def gesture(state, handle, value, **options):
    return {'chosen': int(value[0])} if handle == 'edges' else {}


def most_factors(net):
    return 2 * len(nets.NETS[net][0]) - 1


def trail(state, geo):
    """Where the paths run: on each edge that they pass, and on the way to the loss."""
    x, y, x1, y1 = np.vstack([geo.ends, [*geo.units[-1], *geo.loss]]).T
    return mark('edges', 'net', 'gradient', x=x, y=y, x1=x1, y1=y1, bend=np.append(geo.bend, 0.0),
                value=passes(state, state.ways(), LAST) * THICK)


def chosen(state, geo):
    """The chosen weight, marked where it is."""
    x, y, x1, y1 = geo.ends[state.which()]
    return mark('edges', 'net', 'gradient', x=[x], y=[y], x1=[x1], y1=[y1], value=[1.5], bend=[geo.bend[state.which()]])


def factors(state, layout, rows):
    """Every factor on every path, what they multiply to, and what stands for what."""
    ways, step, net = state.ways(), layout['row'], state.net
    alone = len(ways) == 1
    first, columns = 20 + step * (1 if alone else 2), [layout['alone']] if alone else layout['columns']
    names = row_names(state, ways)
    if not alone and layout is LAYOUT['narrow']:            # there is room for the names of things only
        names = [name.removeprefix('weight ').removesuffix(', which it multiplies') for name in names]
    ys, foot = [first + step * row for row in range(len(names))], first + step * len(names)
    heads = [''] if alone else [f'by {nets.unit_name(net, *way.units[1])}' for way in ways]
    columns = columns[:len(heads)]
    cells = [(x, y) for y in ys for x in columns]
    return {
        'weight-name': mark('text', 'table', 'model', x=layout['words'], y=20, text=title(state),
                            lit=nets.lit(net, state.which())),
        'heads': mark('labels', 'table', 'hidden', x=columns, y=[15 + step] * len(heads), text=heads, anchor='end'),
        'rows': mark('labels', 'table', x=[layout['words']] * (len(names) + 1), y=[y - 5 for y in (*ys, foot)], anchor='start',
                     text=[*names, 'the product' if alone else 'the products']),
        'cells': mark('labels', 'table', x=[x for x, _ in cells], y=[y - 5 for _, y in cells], text=factor_texts(ways, LAST),
                      anchor='end'),
        'products': mark('labels', 'table', 'gradient', x=columns, y=[foot - 5] * len(heads), anchor='end',
                         text=[way[-1] for way in products_of(ways)], lits=['chosen_slope'] * len(heads))}


def title(state):
    return f'∂L/∂w for {nets.names(state.net)[state.which()]}'


def row_names(state, ways):
    """What the factors are; on several paths they have the same names, each for its own unit."""
    net, several = state.net, len(ways) > 1
    layer, _, of = nets.places(net)[state.which()]
    units = ways[0].units

    def called(unit):
        name = nets.unit_name(net, *unit)
        return f'each {name[0]}' if several and unit[0] not in (units[0][0], layer) else name

    rows = ['2 (ŷ − y)', f"σ′ of {called(units[0])}"]
    for above, below in pairwise(units):
        rows += [f'weight {called(below)} → {called(above)}', f'σ′ of {called(below)}']
    return [*rows, 'a bias counts in full' if of == 'b' else f'{nets.taken_name(net, layer, of)}, which it multiplies']


def factor_texts(ways, k):
    """The first k factors of each path, row by row."""
    return [beside(ways, path.factors[row].value, 4, '× ' if row else '') if k > row else ''
            for row in range(len(ways[0].factors)) for path in ways]


def beside(ways, value, digits, sign=''):
    """A number of a path; beside those of other paths with as many digits as there is room for."""
    if len(ways) == 1:
        return sign + short(value, digits)
    return fitting(lambda n: sign + short(value, n), ROOM, 14, range(digits, 0, -1))


def products_of(ways):
    """For each path what it has come to, after no factor, one, two …"""
    digits = 4 if len(ways) == 1 else 3
    return [['', *(beside(ways, value, digits) for value in np.cumprod([factor.value for factor in path.factors]).tolist())]
            for path in ways]


def record(state, **options):
    """The paths from the loss down, a factor at each moment; at last what the paths add up to."""
    ways, net = state.ways(), state.net
    names, n = row_names(state, ways), len(ways[0].factors)
    frames = n + 2
    tracks, products = {'cells.text': [factor_texts(ways, k) for k in range(frames)]}, products_of(ways)
    tracks['products.text'] = [[way[min(k, n)] for way in products] for k in range(frames)]
    passed = [passes(state, ways, k) for k in range(frames)]
    tracks['trail.value'] = np.array(passed) * THICK
    tracks['values.text'] = [held(state)] * frames
    slope = short(sum(path.product for path in ways))
    labels = ['At the loss', *(f'{"times " if k else ""}{name}: {" and ".join(way[k + 1] for way in products)}'
                               for k, name in enumerate(names))]
    tail = f'{len(ways)} paths, added: {slope}' if len(ways) > 1 else f'One path: {slope}'
    return {'frames': frames, 'pace': 1, 'steps': np.zeros(frames, int), 'tracks': tracks, 'labels': [*labels, tail],
            'says': verdict(state, ways, slope), 'lit': [*['loss'] * 2, *['backward'] * (n - 1), nets.lit(net, state.which())]}


def passes(state, ways, k):
    """Which edges the paths have passed after k factors; the last one is that to the loss."""
    net, found = state.net, np.zeros(len(nets.places(state.net)) + 1)
    found[-1] = k > 0
    places = nets.places(net)
    sizes, shortcut = nets.NETS[net]
    for path in ways:
        for step, (above, below) in enumerate(pairwise(path.units)):
            of = below[1] + (sizes[0] if shortcut and above[0] == len(sizes) - 2 else 0)
            if k > 2 + 2 * step:
                found[places.index((*above, of))] = 1
    if k >= len(ways[0].factors):
        found[state.which()] = 1
    return found


def held(state):
    one = state.one()
    return [*(short(float(one.a[layer][unit])) for layer, unit in nets.units(state.net)), slope_net.loss_words(one.loss)]


def verdict(state, ways, slope):
    factors = [factor for path in ways for factor in path.factors]
    if float(sum(path.product for path in ways)) == 0:
        return 'A factor is 0, and so is the product: to nudge this weight changes nothing.'
    if state.pattern == 'all':
        word = 'averages' if state.over == 'mean_squared_error' else 'adds up'
        return f'{slope}, for 1, 1 alone; the batch {word} four such numbers to {short(float(state.slopes()[state.which()]))}.'
    return f'{len(factors)} factors; backpropagation finds {short(float(state.slopes()[state.which()]))}.'
