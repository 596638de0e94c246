"""A matrix times a vector, row by row, beside the network that it is: a row, a neuron and an output are one thing."""
from app.network_picture import network_marks, network_plane
from app.numbers import short
from app.scene import mark
from app.widgets.on_paper import numbers, set_from, sheet, sum_of, words
from core.network import forward
from lessons.short import factor

OPTIONS = {}

ROWS = (('w11', 'w12', 'w13'), ('w21', 'w22', 'w23'))
INPUTS, BIASES = ('x1', 'x2', 'x3'), ('b1', 'b2')
HELD = {'row-1': ROWS[0], 'row-2': ROWS[1], 'inputs': INPUTS, 'biases': BIASES, 'net-edges': (*ROWS[0], *ROWS[1], *BIASES)}
UNITS = ('unit-1', 'unit-2')
RUNS_ON = (*ROWS[0], *ROWS[1], *INPUTS, *BIASES)
LAYOUT = {'wide': {'size': [720, 356], 'W': (14, 58), 'x': (234, 58), 'b': (320, 58), 'z': 420, 'rows': (73, 131),
                   'column': (44, 102, 160), 'tall': 50, 'heads': 26, 'signs': (222, 306, 392), 'net': [462, 6, 252, 264],
                   'says': (262, 292), 'left': 14, 'room': 72},
          'narrow': {'size': [340, 560], 'W': (4, 48), 'x': (178, 48), 'b': (240, 48), 'z': 317, 'rows': (59, 117),
                     'column': (30, 88, 146), 'tall': 50, 'heads': 18, 'signs': (170, 232, 295), 'net': [24, 292, 300, 264],
                     'says': (232, 260), 'left': 4, 'room': 46}}


def draw(state, width):
    layout = LAYOUT[width]
    return {
        'size': layout['size'], 'title': 'A matrix times a vector, and the neurons that it is',
        'controls': [], 'planes': {'paper': sheet(layout['size']), 'net': network_plane(layout['net'])},
        'marks': {**looked_at(state, layout), **operands(state, layout), **sums(state, layout), **neurons(state, layout, width)}}


def looked_at(state, layout):
    """A band behind the row whose neuron or result was pressed, for those who have no mouse to hover with."""
    rows = [] if not state.unit else [layout['rows'][state.unit - 1]]
    left, right = layout['W'][0] - 4, layout['z'] + 22
    return {'looked-at': mark('tiles', 'paper', 'hidden', x=[float(left)] * len(rows), y=[top - 4.0 for top in rows],
                              w=[float(right - left)] * len(rows), h=[layout['tall'] + 8.0] * len(rows))}


def operands(state, layout):
    """W, x and b, all to be changed, and z."""
    middle = [top + layout['tall'] / 2 for top in layout['rows']]
    found = {}
    for n, (names, top) in enumerate(zip(ROWS, layout['rows'], strict=True), 1):
        found[f'row-{n}'] = numbers(state, names, layout['W'][0], top, layout['W'][1], layout['tall'], 'model', lit=f'unit-{n}',
                                    label=f'row {n} of W')
    for name, names, (left, wide), tops, meaning, more in (
            ('inputs', INPUTS, layout['x'], layout['column'], 'data', {'lit': 'input'}),
            ('biases', BIASES, layout['b'], layout['rows'], 'model', {'lits': list(UNITS)})):
        found[name] = numbers(state, names, left, tops, wide, layout['tall'], meaning, label=f'the {name}', **more)
    found['z'] = mark('cells', 'paper', 'hidden', x=[layout['z'] - 20.0] * 2, y=list(layout['rows']), w=[40.0] * 2,
                      h=[layout['tall']] * 2, text=[short(float(z), 3) for z in state.z()], lits=list(UNITS), picks=True,
                      label='the results', labels=[f'result {n}: row {n} of W and the inputs' for n in (1, 2)])
    for name, x, text, meaning in (('W', layout['W'][0] + 1.5 * layout['W'][1] + 8, 'W', 'model'),
                                   ('x', layout['x'][0] + layout['x'][1] / 2, 'x', 'data'),
                                   ('b', layout['b'][0] + layout['b'][1] / 2, 'b', 'model'), ('z', layout['z'], 'z', 'hidden')):
        found[f'{name}-head'] = words(x, layout['heads'], text, meaning, anchor='middle')
    for sign, x in zip('·+=', layout['signs'], strict=True):
        found[f'sign-{ord(sign)}'] = words(x, sum(middle) / 2 + 5, sign, anchor='middle')
    return found


def sums(state, layout):
    return {f'says-{n}': words(layout['left'], y, row_text(state, n - 1, room=layout['room']), 'hidden', lit=f'unit-{n}')
            for n, y in enumerate(layout['says'], 1)}


def row_text(state, n, terms=4, total=True, room=46):
    """'row 1: 1·2 + 0·5 + (−2)·(−1) = 4', or as much of it as has been worked out; the terms alone where that is too long."""
    pairs, bias = list(zip(state.W()[n].tolist(), state.x().tolist(), strict=True)), float(state.b()[n])
    long = ' + '.join([f'{factor(weight)}·{factor(number)}' for weight, number in pairs] + [factor(bias)] * bool(bias))
    products = [weight * number for weight, number in pairs] + [bias] * bool(bias)
    whole, comes_to = f'row {n + 1}: ', f' = {short(float(state.z()[n]))}'
    if len(whole + long + comes_to) <= room:
        shown = ' + '.join(long.split(' + ')[:terms])
    else:
        shown = sum_of(products[:terms], 3).partition(' = ')[0]
    return whole + shown + comes_to * total


def neurons(state, layout, width):
    """The same as a network: each unit is a row of W."""
    names = [['x₁', 'x₂', 'x₃'], ['z₁', 'z₂']]
    called = [state.param[name].label for name in HELD['net-edges']]
    network = state.one_layer()
    found = network_marks(network, layout['net'], width, forward=forward(network, state.x()[None, :]), names=names, called=called,
                          bounds=(-9, 9), step=0.5, label='the weights of both neurons')
    found['net-edges']['lits'] = ['unit-1'] * 3 + ['unit-2'] * 3 + list(UNITS)
    found['net-nodes'] |= {'lits': ['input'] * 3 + list(UNITS), 'picks': True, 'label': 'the inputs and the neurons',
                           'labels': ['input 1', 'input 2', 'input 3', 'neuron 1: row 1 of W', 'neuron 2: row 2 of W']}
    place = found['net-nodes']['x'][2 + state.unit], found['net-nodes']['y'][2 + state.unit]
    found['ring'] = mark('points', 'net', 'hidden', x=[place[0]] if state.unit else [], y=[place[1]] if state.unit else [],
                         r=found['net-nodes']['r'] + 6)
    return found


def gesture(state, handle, value, **options):
    """A number was set; or a result or a neuron was pressed, which turns the look at it on and off."""
    if handle in ('z', 'net-nodes'):
        unit = value[0] + 1 if handle == 'z' else max(0, value[0] - 2)
        return {'unit': 0 if unit == state.unit else unit}
    return set_from(HELD[handle], value)


def record(state, **options):
    """One row after the other, one term after the other."""
    steps = [(0, 0, False)]
    for n in range(2):
        count = 3 + bool(state.b()[n])
        steps += [(n, terms, False) for terms in range(1, count + 1)] + [(n, count, True)]
    rows, z, inside, lit, labels = ([], []), [], [], [], []
    nodes = neurons(state, LAYOUT['wide'], 'wide')['net-nodes']['text']
    done = [False, False]
    for n, terms, total in steps:
        done[n] |= total
        for k in range(2):
            whole = done[k] and k != n
            rows[k].append(row_text(state, k) if whole or k == n and total else
                           row_text(state, k, terms, False) if k == n and terms else f'row {k + 1}:')
        z.append([short(float(state.z()[k]), 3) if done[k] else '·' for k in range(2)])
        inside.append(nodes[:3] + [nodes[3 + k] if done[k] else '·' for k in range(2)])
        lit.append(f'unit-{n + 1}' if terms else '')
        said = f'Row {n + 1}: {"its sum is " + short(float(state.z()[n])) if total else f"term {terms}"}'
        labels.append(said if terms else 'Nothing has been worked out yet')
    return {'frames': len(steps), 'pace': 1.6, 'labels': labels, 'lit': lit,
            'tracks': {'says-1.text': rows[0], 'says-2.text': rows[1], 'z.text': z, 'net-nodes.text': inside},
            'says': 'Two rows, two sums. Neither needed the other.'}
