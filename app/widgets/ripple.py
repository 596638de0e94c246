"""A nudge travels down a row of machines: every change drawn to one scale, the true one above what the rates foretell."""
import numpy as np

from app.network_picture import layout as network_layout
from app.network_picture import network_marks, network_plane
from app.numbers import short
from app.scene import mark
from core.network import forward
from lessons.chain_rule.ripples import EXAMPLE, SMALL, signed

# Which row: two machines, four of them, or the way from a weight of a small network to its loss.
OPTIONS = {'row': ('two', 'four', 'net')}
RUNS_ON = ('w', 'nudge', 'inner', 'outer', 'third', 'fourth', 'weight')

MOST = {'two': 3, 'four': 5, 'net': 6}          # stages
CONTROLS = {'two': ['inner', 'outer', 'w', 'nudge'], 'four': ['inner', 'outer', 'third', 'fourth', 'w', 'nudge'],
            'net': ['weight', 'nudge']}
TITLES = {'two': 'A nudge through two machines', 'four': 'A nudge through a row of machines',
          'net': 'A nudge of one weight, all the way to the loss'}
MEANINGS = ('model', 'hidden', 'loss')
BASE = 5                # from the middle of a line of words down to where its letters stand
THICK, THIN = (-.15, .26), (.17, .14)           # of a row: where a bar begins and how thick it is; true, foretold
# The network of the 'net', above its row: what it takes in, and the weights of its first layer in the order of its parameters.
NET = {'wide': [170, 0, 380, 220], 'narrow': [30, 0, 280, 200]}
NAMES = [['x₁', 'x₂'], ['h₁', 'h₂'], ['ŷ']]
FIRST = ('11', '12', '21', '22', '1b', '2b')
ROOM = 10                                       # around a node, for the ring of the pulse
LAYOUT = {'wide': {'width': 720, 'row': 68, 'top': 70, 'r': 20, 'x': 82, 'words': 118, 'rate': 216, 'bars': (316, 240),
                   'right': 662, 'lines': (-4, 15), 'between': (40, 40)},
          'narrow': {'width': 340, 'row': 92, 'top': 68, 'r': 18, 'x': 30, 'words': 58, 'rate': 58, 'bars': (140, 116),
                     'right': 334, 'lines': (-5, 13), 'between': (40, 58)}}


def draw(state, width, row='two'):
    stages, n, layout = state.stages(row), MOST[row], LAYOUT[width]
    above = NET[width][3] if row == 'net' else 0
    scene = {'size': [layout['width'], above + height(layout, n)], 'title': TITLES[row], 'controls': CONTROLS[row],
             'planes': planes(layout, n, above),
             'marks': {**way(stages, n, layout), **bars(stages), **texts(stages, n, layout),
                       'pulse': mark('points', 'way', 'gradient', x=[.5], y=[0.0], r=layout['r'] + 4)}}
    if row == 'net':
        scene['planes']['net'] = network_plane(NET[width])
        scene['marks'] |= the_network(state, width)
    return scene


def gesture(state, handle, value, **options):
    return {'weight': FIRST[int(value[0])]} if handle == 'net-edges' and value[0] < len(FIRST) else {}


def the_network(state, width):
    """The network that the nudge runs through, with its way: press a weight of the first layer to nudge that one."""
    drawn = network_marks(SMALL, NET[width], width, forward=forward(SMALL, EXAMPLE), names=NAMES, dials=False)
    place, chosen = network_layout(SMALL.sizes, False, tuple(NET[width]), width), FIRST.index(state.weight)
    unit, _ = state.chosen()
    on = [i in (chosen, 6 + unit) for i in range(len(place.x))]
    drawn['net-edges'] |= {'picks': True, 'label': 'the weights of the first layer, to be nudged',
                           'labels': [*(f'nudge {words}' for words in in_order(state)), *['a weight of the second layer'] * 3]}
    trail = mark('edges', 'net', 'gradient', x=place.x, y=place.y, x1=place.x1, y1=place.y1, value=np.array(on) * 7.0)
    return {'trail': trail, **drawn}


def in_order(state):
    words = {code: text for text, code in state.param.weight.names.items()}
    return [words[code] for code in FIRST]


def height(layout, n):
    return layout['top'] + layout['row'] * (n - 1) + 40


def planes(layout, n, above):
    """Words stand on the paper, y downward as on a page; on the others y counts the stages."""
    w, h, row, top = layout['width'], height(layout, n), layout['row'], above + layout['top']
    left, wide = layout['bars']
    half = layout['r'] + ROOM
    return {'paper': dict(box=[0, above, w, h], x=[0, w], y=[h, 0]),
            'way': dict(box=[layout['x'] - half, top - half, 2 * half, row * (n - 1) + 2 * half], x=[0, 1],
                        y=[n - 1 + half / row, -half / row]),
            'bars': dict(box=[left, top - row / 2, wide, row * n], x=[-1, 1], y=[n - .5, -.5])}


def way(stages, n, layout):
    """The nodes and the arrows between them; those of what is left out hide behind the last node."""
    x, r, made = layout['x'], layout['r'], {}
    ys = [layout['top'] + layout['row'] * k for k in range(n)]
    for k in range(1, n):
        start, end = (ys[k - 1] + r + 3, ys[k] - r - 3) if k < len(stages) else [ys[len(stages) - 1]] * 2
        made[f'arrow-{k}'] = mark('arrow', 'paper', 'data', x=x, y=start, x1=x, y1=end)
    for meaning in MEANINGS:
        at = [k for k, stage in enumerate(stages) if stage.meaning == meaning]
        made[f'nodes-{meaning}'] = mark('nodes', 'paper', meaning, x=[x] * len(at), y=[ys[k] for k in at],
                                        text=[stages[k].name for k in at], r=r)
    return made


def bars(stages):
    """What the rates foretell is known before anything moves; what is true comes with the ripple."""
    made = {'level': mark('line', 'bars', 'data', x=[0.0, 0.0], y=[-.4, len(stages) - .6])}
    for name in (*MEANINGS, 'foretold'):
        made[f'{name}-bars'] = mark('tiles', 'bars', 'gradient' if name == 'foretold' else name,
                                    **boxes(stages, name, len(stages) if name == 'foretold' else -1))
    return made


def boxes(stages, name, upto):
    """The bars of one meaning, or those that are foretold: x, y, w, h of each; those after stage `upto` have no length."""
    largest = max(max(abs(stage.change), abs(stage.predicted)) for stage in stages) or 1.0
    start, thick = THIN if name == 'foretold' else THICK
    mine = [(k, stage) for k, stage in enumerate(stages) if name in ('foretold', stage.meaning)]
    length = [(stage.predicted if name == 'foretold' else stage.change) / largest * (k <= upto) for k, stage in mine]
    n = len(mine)
    return {'x': np.zeros(n), 'y': np.array([k + start for k, _ in mine]), 'w': np.array(length), 'h': np.full(n, thick)}


def texts(stages, n, layout):
    """What each machine does, its rate, and what each stage holds; the true changes come with the ripple."""
    ys, words, right = [layout['top'] + layout['row'] * k for k in range(n)], layout['words'], layout['right']
    inks = [stage.meaning for stage in stages] + [''] * (n - len(stages))
    first, second = layout['lines']
    does, rate = (between - layout['row'] for between in layout['between'])
    places = {'value': (words, first, 'start', inks), 'after': (words, second, 'start', inks),
              'change': (right, first, 'end', inks), 'foretold': (right, second, 'end', ['gradient'] * n),
              'does': (words, does, 'start', [''] * n),
              'rate': (layout['rate'], rate, 'start', ['gradient'] * n)}
    made = {}
    for name, (x, dy, anchor, colours) in places.items():
        there = range(1, n) if name in ('does', 'rate') else range(n)
        at_rest = name not in ('after', 'change')
        made[name] = mark('labels', 'paper', x=[x] * len(there), y=[ys[k] + dy - BASE for k in there], anchor=anchor,
                          inks=[colours[k] for k in there],
                          text=[said(stages, k, name) if at_rest and k < len(stages) else '' for k in there])
    middle = layout['bars'][0] + layout['bars'][1] / 2
    return made | {'head-what': mark('labels', 'paper', fixed=True, x=[middle], y=[14], text=['changes, all on one scale']),
                   'heads': mark('labels', 'paper', fixed=True, x=[right, right], y=[14, 34], text=['true', 'foretold'],
                                 inks=['', 'gradient'], anchor='end')}


def said(stages, k, name):
    stage = stages[k]
    return {'does': lambda: stage.does, 'rate': lambda: f'× {short(stage.rate)}', 'value': lambda: short(stage.value),
            'after': lambda: f'→ {after(stage)}', 'change': lambda: signed(stage.change),
            'foretold': lambda: signed(stage.predicted)}[name]()


def after(stage):
    """The new value, with as many digits as it takes to see that it is another one."""
    return next((text for digits in range(4, 9) if (text := short(stage.nudged, digits)) != short(stage.value, digits)),
                short(stage.nudged))


def record(state, row='two', **options):
    """The start, and then a moment for each stage that the ripple has reached."""
    stages = state.stages(row)
    n, reached = len(stages), range(-1, len(stages))
    tracks = {'pulse.y': np.maximum(np.arange(-1.0, n), 0)[:, None]}
    for name in MEANINGS:
        tracks[f'{name}-bars.w'] = np.array([boxes(stages, name, k)['w'] for k in reached])
    more = [''] * (MOST[row] - n)
    for name in ('after', 'change'):
        tracks[f'{name}.text'] = [[said(stages, k, name) if k <= at else '' for k in range(n)] + more for at in reached]
    labels = ['Nothing is nudged yet: this is what the rates foretell', *(label(stages, k) for k in range(n))]
    return {'frames': n + 1, 'pace': 1.1, 'labels': labels, 'says': state.verdict(row), 'tracks': tracks}


def label(stages, k):
    """A moment in words."""
    stage, before = stages[k], stages[k - 1]
    if k == 0:
        return f'{stage.name} is nudged by {signed(stage.change)}, from {short(stage.value)} to {after(stage)}'
    rate = f'({short(stage.rate)})' if stage.rate < 0 else short(stage.rate)
    return (f'{stage.name} moves by {signed(stage.change)}; foretold {signed(before.predicted)} × {rate} = '
            f'{signed(stage.predicted)}')
