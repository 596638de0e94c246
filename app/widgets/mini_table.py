"""Two small pictures made of numbers: w itself with its next step, and w as one row of a layer."""
from app.scene import mark
from app.widgets.mini_parts import SLOPE, WEIGHT, button, said
from app.widgets.on_paper import numbers
from lessons.summary.state import ROWS, SIZES, few


def number(state):
    cell = numbers(state, ['w'], 112, 8, 116, 54, 'model', label='the number', lit=WEIGHT)
    marks = {'w-name': said(42, 'w', 'model', x=92, anchor='end', size='big'), 'the-w': cell}
    for y, name, value, meaning, lit in ((88, 'loss', state.loss(), 'loss', 'loss'),
                                         (114, 'its slope', state.slope(), 'gradient', SLOPE)):
        marks |= {f'{meaning}-name': said(y, name, meaning, x=164, anchor='end', lit=lit),
                  f'{meaning}-is': said(y, few(value), meaning, x=176, anchor='start', lit=lit)}
    return {'title': 'One number, and one step', 'tall': 182, 'controls': ['rate'],
            'marks': {**marks, 'take': button(f'Take the step to {few(state.after())}', 130)}}


def layers(state):
    """Rows are neurons, columns are houses; only the first row holds w."""
    left, tops, high = 106, (84, 136, 188), 46
    cell = numbers(state, ['w'], 14, tops[0], 78, high, 'model', label='the first row: w', lit=WEIGHT)
    answers = state.rows()
    places = [(left + 34 + 100 * column, top) for top in tops for column in range(2)]
    return {'title': 'A layer: each row a neuron, each column a house',
            'marks': {
                'sizes': mark('cells', 'paper', 'data', x=[left + 34.0, left + 134.0], y=[24.0] * 2, w=[92] * 2, h=[44] * 2,
                              text=[few(size) for size in SIZES]),
                'others': mark('cells', 'paper', x=[14.0] * 2, y=[float(top) for top in tops[1:]], w=[78] * 2, h=[high] * 2,
                               text=[few(weight) for weight in ROWS]),
                'row-w': cell,
                'bend': mark('labels', 'paper', x=[left + 10.0] * 3, y=[top + high / 2 for top in tops], text=['→'] * 3),
                'answers': mark('cells', 'paper', x=[float(x) for x, _ in places], y=[float(y) for _, y in places], w=[92] * 6,
                                h=[high] * 6, text=[few(answer) for answer in answers.ravel()],
                                inks=['model'] * 2 + ['hidden'] * 4),
                'head': said(15, 'sizes', 'data', x=left + 130, size='small'),
                'rows-head': said(76, 'weights', x=53, size='small'),
                'says': said(256, 'max(0, weight · size)', x=left + 130)}}
