"""From the loss of one picture back to the first weights: seven factors, the slopes that they leave, and what one step does."""
from textwrap import wrap

from app import pillars
from app.scene import mark
from app.widgets.back_through_run import N1, N2, C, X, played
from app.widgets.on_paper import sheet, words
from app.widgets.there_and_back import back, furniture, planes, sizes, there
from core.data import digits
from lessons.short import short

OPTIONS = {}
LATE, SHEET = True, 'inside.css'

RUNS_ON = ('step_key',)
FACTORS = (('∂L/∂p', '−1/p', f'{C}', 'calculus'), ('∂p/∂z₃', '', f'{C} × {C}', 'calculus'),
           ('∂z₃/∂a₂', 'W₃', f'{C} × {N2}', 'algebra'), ('∂a₂/∂z₂', 'ReLU′', f'{N2}', 'calculus'),
           ('∂z₂/∂a₁', 'W₂', f'{N2} × {N1}', 'algebra'), ('∂a₁/∂z₁', 'ReLU′', f'{N1}', 'calculus'),
           ('∂z₁/∂W₁', 'x', f'{X}', 'algebra'))
LITS = [f'factor-{k}' for k in range(1, 8)]
UPDATES = ('W₃', 'b₃', 'W₂', 'b₂', 'W₁', 'b₁')
UPDATE_LITS = [f'update-{layer} update' for layer in (3, 3, 2, 2, 1, 1)]
LAYOUT = {
    'wide': {'size': [720, 716], 'chips': [(4 + 102 * k, 8) for k in range(7)], 'chip': (92, 36),
             'lefts': {'p': (8, 8), 'two': (218, 218), 'one': (398, 398), 'x': (584, 584)},
             'tops': {'p': (136, 302), 'two': (160, 326), 'one': (134, 300), 'x': (134, 300)},
             'areas': {'p': (170, 100), 'two': (144, 52), 'one': (144, 104), 'x': (104, 104)}, 'sizes': ((1, 20), (1, 40)),
             'head': (470, 492), 'updates': [(8 + 119 * k, 504) for k in range(6)], 'update': (110, 34), 'loss': 586,
             'names': (8, 14), 'bars': ((150, 604), (150, 634)), 'bar': 290, 'values': 712, 'wrap': 84,
             'says': (678, 700, 722, 722, 722)},
    'narrow': {'size': [340, 1112], 'chips': [(2 + 86 * (k % 4), 8 + 88 * (k // 4)) for k in range(7)], 'chip': (78, 34),
               'lefts': dict.fromkeys(('p', 'two', 'one', 'x'), (4, 182)),
               'tops': {'p': (214, 214), 'two': (334, 334), 'one': (438, 438), 'x': (592, 592)},
               'areas': {'p': (148, 70), 'two': (144, 48), 'one': (144, 96), 'x': (104, 104)}, 'sizes': ((1, 20), (0, 20)),
               'head': (728, 748), 'updates': [(2 + 114 * (k % 3), 760 + 62 * (k // 3)) for k in range(6)], 'update': (108, 32),
               'loss': 902, 'names': (4, -8), 'bars': ((4, 936), (4, 978)), 'bar': 332, 'values': 336, 'wrap': 46,
               'says': (1022, 1043, 1064, 1085, 1106)}}


def draw(state, width):
    layout, seen = LAYOUT[width], state.back()
    return {
        'size': layout['size'], 'title': 'Back through the network, and one step', 'controls': ['step_rate'],
        'planes': {'paper': sheet(layout['size']), **planes(layout)},
        'marks': {**factors(layout, width), **furniture(layout, width == 'wide'), **there(seen, layout),
                  **back(state, seen, layout), **step(state, seen, layout), **said(state, layout)}}


def factors(layout, width):
    """The seven, in the order in which they are met; a press leads to the moment of each."""
    (wide, tall), places = layout['chip'], layout['chips']
    x, y = zip(*places, strict=True)
    middles = [left + wide / 2 for left in x]
    between = [(left - 5.0, top + tall / 2) for left, top in places if left > min(x)]
    return {
        'factors': mark('cells', 'paper', 'gradient', x=list(x), y=list(y), w=[wide] * 7, h=[tall] * 7, goes=[True] * 7,
                        text=[name for name, *_ in FACTORS], lits=LITS, inks=['known'] * 7),
        'shapes': mark('labels', 'paper', x=middles, y=[top + tall + 14.0 for top in y], lits=LITS, fixed=True,
                       text=[f'{what}, {shape}' if what and width == 'wide' else shape for _, what, shape, _ in FACTORS]),
        'times': mark('labels', 'paper', x=[x for x, _ in between], y=[y for _, y in between], text=['·'] * len(between),
                      fixed=True),
        'pillars': pillars.tags('paper', [pillar for *_, pillar in FACTORS], middles, [top + tall + 36.0 for top in y],
                                fixed=True)}


def step(state, seen, layout):
    """The six updates, and what they did to this picture and to the test digits, before and after."""
    (wide, tall), places, left = layout['update'], layout['updates'], layout['names'][0]
    x, y = zip(*places, strict=True)
    then, n = state.stepped(), len(digits().test_y)
    changes = [short(state.step_rate * slope, 2) for layer in (3, 2, 1) for slope in seen.steepest(layer)]
    found = {
        'updates': mark('cells', 'paper', 'step', x=list(x), y=list(y), w=[wide] * 6, h=[tall] * 6, text=list(UPDATES),
                        goes=[True] * 6, lits=UPDATE_LITS, inks=['known'] * 6),
        'changes': mark('labels', 'paper', 'step', x=[left + wide / 2 for left in x], y=[top + tall + 14.0 for top in y],
                        text=changes, lits=UPDATE_LITS),
        'loss': words(left, layout['loss'], f'L = −ln p: {state.before_loss()} → {state.after_loss()}', 'loss', lit='loss')}
    rows = (('own', f'this {seen.truth}', seen.p[seen.truth], then.p[seen.truth],
             f'{state.before_share()} → {state.after_share()}'),
            ('tests', f'{n} test digits', then.right / n, then.right_after / n, f'{then.right} → {then.right_after} right'))
    for (key, name, was, now, value), (start, top) in zip(rows, layout['bars'], strict=True):
        foot = top + layout['names'][1]
        found |= {
            f'{key}-name': words(left, foot, name, lit=key),
            f'{key}-was': mark('tiles', 'paper', 'data', x=[start], y=[top], w=[float(was) * layout['bar']], h=[7], lit=key),
            f'{key}-now': mark('tiles', 'paper', 'step', x=[start], y=[top + 9], w=[float(now) * layout['bar']], h=[7], lit=key),
            f'{key}-value': words(layout['values'], foot, value, 'step', anchor='end', lit=key)}
    return found


def said(state, layout):
    """What the step is, and what it did, in sentences."""
    left, right = layout['names'][0], layout['values']
    texts = {'head': [f'All six at once, minus {state.step_rate_says()} · slope.', 'The largest change in each:'],
             'says': wrap(state.step_verdict(), layout['wrap']) + [''] * 5}
    found = {f'{key}-{k}': words(left, foot, texts[key][k]) for key in texts for k, foot in enumerate(layout[key])}
    return found | {'step-tag': pillars.tag('paper', 'calculus', right, layout['head'][1], anchor='end', fixed=True),
                    'loss-tag': pillars.tag('paper', 'probability', right, layout['loss'], anchor='end', fixed=True)}


def gesture(state, handle, value, **options):
    return {'layer': 1, 'unit': int(value[0])}


def record(state, **options):
    return played(state, sizes(state, state.back()))
