"""Two arrows in the plane: the angle between them, the shadow of one on the other, and their dot product."""
import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.on_paper import fitting, numbers, reach, set_from, sheet, sum_of, waterfall, words

OPTIONS = {}

FAR = 5.6                                   # of the picture's middle, to each side
ARC = 1.0                                   # how far from the tails the angle is drawn
NARROW = 0.5                                # an angle, in radians, that has no room for words
CELLS = {'a-numbers': ('a_across', 'a_up'), 'b-numbers': ('b_across', 'b_up')}
LAYOUT = {'wide': {'size': [720, 474], 'arrows': [14, 14, 392, 392], 'words': 430, 'cells': ((466, 14), (466, 72)), 'wide': 70,
                   'rows': (158, 182, 214, 238, 270, 294), 'room': 31, 'bars': [430, 318, 276, 88], 'verdict': 458},
          'narrow': {'size': [340, 728], 'arrows': [8, 8, 324, 324], 'words': 8, 'cells': ((28, 346), (200, 346)), 'wide': 62,
                     'room': 40, 'rows': (428, 452, 484, 508, 540, 564), 'bars': [8, 586, 324, 84], 'verdict': 716}}
VERDICTS = {'forward': 'positive: less than a right angle', 'against': 'negative: more than a right angle',
            'right angle': 'zero: a right angle'}


def draw(state, width):
    layout = LAYOUT[width]
    terms = state.a() * state.b()
    low, high = reach(terms, 4)
    total = state.agreement()
    apart = abs(total) > (high - low) / 6           # else the two numbers would stand on each other
    sums = [[0, '0'], [total, short(total, 3)]] if apart else [[total, short(total, 3)]]
    return {
        'size': layout['size'], 'title': 'Two arrows and their dot product',
        'controls': [],
        'planes': {'paper': sheet(layout['size']),
                   'arrows': dict(box=layout['arrows'], x=[-FAR, FAR], y=[-FAR, FAR], frame=True, grid=True,
                                  xticks=[[n, ''] for n in range(-4, 5, 2)], yticks=[[n, ''] for n in range(-4, 5, 2)]),
                   'bars': dict(box=layout['bars'], x=[low, high], y=[-0.6, 2.6], grid=True,
                                xticks=sums)},
        'marks': {**shadow(state), **corner(state), **arrows(state), **lists(state, layout), **said(state, layout),
                  **waterfall('bars', terms, lits='agreement_says'), **grips(state)}}


def arrows(state):
    found = {}
    for name, (x, y), meaning in (('a', state.a(), 'data'), ('b', state.b(), 'model')):
        away = np.hypot(x, y) or 1.0
        found[f'{name}-arrow'] = mark('arrow', 'arrows', meaning, x=0.0, y=0.0, x1=float(x), y1=float(y), lit=f'arrow-{name}')
        found[f'{name}-name'] = mark('text', 'arrows', meaning, x=float(x), y=float(y), text=name, anchor='middle', rides=name,
                                     dx=24 * x / away if x or y else (0, 24)[name == 'a'],
                                     dy=6 - 24 * y / away if x or y else (-20, 6)[name == 'a'])
    return found


def lists(state, layout):
    """Both arrows as lists of two numbers, to be changed in place."""
    found = {}
    for (key, names), (x, y), meaning in zip(CELLS.items(), layout['cells'], ('data', 'model'), strict=True):
        found[f'{key}-name'] = words(x - 8, y + 31, key[0], meaning, anchor='end')
        found[key] = numbers(state, names, x, y, layout['wide'], 50, meaning, lit=f'arrow-{key[0]}', label=f'the list {key[0]}')
    return found


def shadow(state):
    """Where a lands on the line along b when it is dropped at a right angle."""
    (ax, ay), (bx, by), (fx, fy) = state.a(), state.b(), state.shadow()
    size, far = np.hypot(bx, by), 2 * FAR
    ux, uy = (bx / size, by / size) if size else (0.0, 0.0)
    seen = [] if not size else [1]

    def line(xs, ys, **more):
        return mark('line', 'arrows', x=[*map(float, xs)] if seen else [], y=[*map(float, ys)] if seen else [], **more)

    return {'along': line([-far * ux, far * ux], [-far * uy, far * uy], meaning='data', dash=True),
            'drop': line([ax, fx], [ay, fy], meaning='data', dash=True),
            'shadow': line([0, fx], [0, fy], meaning='hidden', lit='shadow')}


def corner(state):
    """The angle between them: an arc, or the little square of a right angle."""
    if state.pointless():
        x, y, text, at = [], [], '', (0.0, 0.0)
    else:
        start, end = np.arctan2(*state.b()[::-1]), np.arctan2(*state.a()[::-1])
        turn = (end - start + np.pi) % (2 * np.pi) - np.pi
        if state.agrees() == 'right angle':
            one, other = (0.6 * np.array([np.cos(way), np.sin(way)]) for way in (start, start + turn))
            x, y = (np.stack([one, one + other, other]).T).tolist()
        else:
            way = start + turn * np.linspace(0, 1, 13)
            x, y = (ARC * np.cos(way)).round(3).tolist(), (ARC * np.sin(way)).round(3).tolist()
        if abs(turn) < NARROW:                  # no room between them: beside b
            middle, far = start - np.copysign(NARROW, turn) * 0.8, 1.9
        else:
            middle, far = start + turn / 2, max(1.6, 0.75 / np.sin(abs(turn) / 2))
        text, at = degrees(state), (far * np.cos(middle), far * np.sin(middle))
    return {'angle': mark('line', 'arrows', 'gradient', x=x, y=y, lit='angle'),
            'angle-name': mark('text', 'arrows', 'gradient', x=float(at[0]), y=float(at[1]), dy=5, anchor='middle', text=text,
                               lit='angle')}


def degrees(state):
    return f'{short(round(state.degrees(), 1))}°'


def said(state, layout):
    """The dot product three times: number by number, by angle, by shadow; and what its sign means."""
    if state.pointless():
        who = state.pointless()
        rest = ['Neither has a length: no angle,' if len(who) > 1 else f'{who} has no length: no angle,',
                'and the dot product is 0.', '', '']
        verdict = ''
    else:
        size, other = np.hypot(*state.a()), np.hypot(*state.b())
        rest = ['by lengths and angle:',
                f'{short(size)} · {short(other)} · cos {degrees(state)} = {short(state.agreement())}',
                'by a’s shadow and b’s length:',
                f'{short(state.shadow_length())} · {short(other)} = {short(state.agreement())}']
        verdict = VERDICTS[state.agrees()]
    by_number = fitting(layout['room'], state.agreement_says(), sum_of(state.a() * state.b()))
    texts = ['number by number:', by_number, *rest]
    lits = (None, 'agreement_says', None, 'angle', None, 'shadow')
    meanings = (None, 'model', None, 'gradient' if verdict else None, None, 'hidden')
    found = {f'says-{n}': words(layout['words'], y, text, meaning, lit=lit)
             for n, (y, text, lit, meaning) in enumerate(zip(layout['rows'], texts, lits, meanings, strict=True))}
    return found | {'verdict': words(layout['words'], layout['verdict'], verdict)}


def grips(state):
    """Both tips. What a hand proposes is rounded to a tenth."""
    found = {}
    for name, (x, y), meaning in (('b', state.b(), 'model'), ('a', state.a(), 'data')):
        low, high = state.param[f'{name}_up'].bounds
        found[name] = mark(
            'handle', 'arrows', meaning, x=float(x), y=float(y), move='both', bounds=[[low, high]] * 2, step=[1.0, 1.0], cue=True,
            label=f'tip of the arrow {name}', now=f'{state.agreement():.6g}', min='-50', max='50',
            says=f'{name} is ({short(x)}, {short(y)}), the dot product {short(state.agreement())}')
    return found


def gesture(state, handle, point, **options):
    if handle in CELLS:
        return set_from(CELLS[handle], point)
    return {f'{handle}_across': round(float(point[0]), 1), f'{handle}_up': round(float(point[1]), 1)}
