"""Two layers, one behind the other: what the first gives is what the second takes; at the end stand an answer and its loss."""
from app.network_picture import network_marks, network_plane
from app.widgets.matrix_rows import HELD, INPUTS
from app.widgets.on_paper import fitting, numbers, set_from, sheet, sum_of, words
from core.network import forward

OPTIONS = {}

ORDER = (*HELD['net-edges'], 'v1', 'v2', 'c')
LAYOUT = {'wide': {'size': [720, 424], 'net': [96, 4, 540, 278], 'column': (26, 117, 208), 'inputs': (8, 66),
                   'target': (646, 66, 128), 'target-name': (646, 114), 'says': (322, 350, 378, 406), 'left': 96, 'room': 60},
          'narrow': {'size': [340, 560], 'net': [4, 76, 332, 300], 'column': None, 'inputs': (8, 56), 'target': (264, 56, 26),
                     'target-name': (264, 18), 'says': (426, 456, 486, 516), 'left': 8, 'room': 34}}


def draw(state, width):
    layout = LAYOUT[width]
    return {
        'size': layout['size'], 'title': 'Two layers in a row',
        'controls': [], 'planes': {'paper': sheet(layout['size']), 'net': network_plane(layout['net'])},
        'marks': {**neurons(state, layout, width), **ends(state, layout), **said(state, layout)}}


def neurons(state, layout, width):
    names = [['x₁', 'x₂', 'x₃'], ['h₁', 'h₂'], ['ŷ']]
    network = state.network()
    found = network_marks(network, layout['net'], width, forward=forward(network, state.x()[None, :]), names=names,
                          called=[state.param[name].label for name in ORDER], bounds=(-9, 9), step=0.5,
                          label='the weights of both layers')
    found['net-edges']['lits'] = ['unit-1'] * 3 + ['unit-2'] * 3 + ['unit-1', 'unit-2'] + ['second'] * 3
    found['net-nodes']['lits'] = ['input'] * 3 + ['unit-1', 'unit-2', 'pred']
    return found


def ends(state, layout):
    """What goes in and what should come out, to be changed."""
    left, wide = layout['inputs']
    x, width, y = layout['target']
    found = {'inputs': numbers(state, INPUTS, left, layout['column'] or 26, wide, 50, 'data', lit='input', label='the inputs'),
             'target': numbers(state, ['target'], x, y, width, 50, 'data', lit='target', label='the target'),
             'target-name': words(*layout['target-name'], 'target y', 'data')}
    return found | {'inputs-name': words(left, 18, 'input x', 'data')}


def said(state, layout):
    """From the input to the loss, in four lines."""
    answer = fitting(layout['room'], state.pred_says(), sum_of([*(state.v() * state.h()), state.c]))
    texts = ((f'z = W x + b = {state.z_says()}', 'hidden', 'net'), (f'h = ReLU(z) = {state.h_says()}', 'hidden', 'hidden'),
             (f'ŷ = {answer}', 'model', 'pred'), (f'loss = {state.loss_says()}', 'loss', 'loss'))
    return {f'line-{n}': words(layout['left'], y, text, meaning, lit=lit)
            for n, ((text, meaning, lit), y) in enumerate(zip(texts, layout['says'], strict=True))}


def gesture(state, handle, value, **options):
    return set_from({'net-edges': ORDER, 'inputs': INPUTS, 'target': ('target',)}[handle], value)
