"""Lists of three numbers as arrows in space, to be walked round; and their dot product, which needs no drawing."""
import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets.on_paper import fitting, numbers, set_from, sheet, sum_of, words

OPTIONS = {}

U, V = ('u1', 'u2', 'u3'), ('v1', 'v2', 'v3')
FAR, FLOOR, PITCH = 6.0, (-6, -3, 0, 3, 6), np.radians(20)
LAYOUT = {'wide': {'size': [720, 424], 'space': [10, 10, 352, 308], 'walk': [46, 366, 280, 2], 'cells': (424, 84),
                   'rows': (44, 108), 'products': 204, 'sum': 247, 'angle': 290, 'length': 332},
          'narrow': {'size': [340, 700], 'space': [8, 4, 324, 283], 'walk': [30, 322, 280, 2], 'cells': (40, 90),
                     'rows': (394, 460), 'products': 548, 'sum': 588, 'angle': 628, 'length': 668}}


def draw(state, width):
    layout = LAYOUT[width]
    return {
        'size': layout['size'], 'title': 'Two arrows in space', 'controls': ['turn'],
        'planes': {'paper': sheet(layout['size']),
                   'space': dict(box=layout['space'], x=[-8.8, 8.8], y=[-7.7, 7.7]),
                   'walk': dict(box=layout['walk'], x=[-180, 180], y=[0, 1], frame=True,
                                xticks=[[-180, '−180°'], [0, '0°'], [180, '180°']])},
        'marks': {**space(state), **lists(state, layout), 'turn': handle(state)}}


def seen(state, places):
    """Where places in space, (n, 3), are seen from where the reader stands: (n, 2)."""
    turn = np.radians(state.turn)
    x, y, z = np.asarray(places, float).T
    across, away = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    return np.stack([across, z * np.cos(PITCH) + away * np.sin(PITCH)], axis=1).round(3)


def space(state):
    """The floor, the three axes, and each arrow with its way along them."""
    ends = [place for n in FLOOR for place in ((n, -FAR, 0), (n, FAR, 0), (-FAR, n, 0), (FAR, n, 0))]
    axes = [(-FAR, 0, 0), (FAR, 0, 0), (0, -FAR, 0), (0, FAR, 0), (0, 0, -FAR), (0, 0, FAR)]
    names = 1.13 * FAR * np.eye(3)
    found = {'floor': strokes(seen(state, ends)), 'axes': strokes(seen(state, axes))}
    for n, (x, y) in enumerate(seen(state, names), 1):
        found[f'axis-{n}'] = mark('text', 'space', x=x, y=y, dy=5, anchor='middle', text=('1st', '2nd', '3rd')[n - 1])
    for name, arrow, meaning in (('u', state.u(), 'model'), ('v', state.v(), 'data')):
        way = seen(state, [(0, 0, 0), (arrow[0], 0, 0), (arrow[0], arrow[1], 0), arrow])
        found[f'{name}-way'] = mark('line', 'space', meaning, x=way[:, 0], y=way[:, 1], dash=True)
        (x, y), away = way[-1], np.hypot(*way[-1]) or 1.0
        found[f'{name}-arrow'] = mark('arrow', 'space', meaning, x=0.0, y=0.0, x1=x, y1=y, lit=f'list-{name}')
        found[f'{name}-tip'] = mark('text', 'space', meaning, x=x, y=y, dx=16 * x / away, dy=5 - 16 * y / away, anchor='middle',
                                    text=name)
    return found


def strokes(ends):
    """Lines from each first to each second place."""
    return mark('lines', 'space', x=ends[:, 0], y=ends[:, 1], starts=np.arange(0, len(ends), 2))


def lists(state, layout):
    """Both lists, to be changed in place; below them their products, one for each place, and their sum."""
    (left, wide), found = layout['cells'], {}
    for name, names, meaning, top in (('u', U, 'model', layout['rows'][0]), ('v', V, 'data', layout['rows'][1])):
        found[f'{name}-name'] = words(left - 14, top + 31, name, meaning, anchor='end')
        found[f'list-{name}'] = numbers(state, names, left, top, wide, 50, meaning, lit=f'list-{name}', label=f'the list {name}')
    for n, term in enumerate(state.u() * state.v()):
        found[f'product-{n}'] = words(left + n * (wide + 8) + wide / 2, layout['products'], short(term), 'model', anchor='middle')
    angle = state.uv_angle()
    found['products'] = words(left - 14, layout['products'], '×', anchor='end')
    total = sum_of(state.u() * state.v())
    found['dot'] = words(left, layout['sum'], fitting(31, f'u · v = {total}', total), 'model', lit='uv')
    found['angle'] = words(left, layout['angle'], 'no angle: one of them has no length' if angle == '–' else f'angle {angle}',
                           'gradient')
    squares = f'({state.u_squares()})', short(float(state.u() @ state.u()))
    lengths = [f'|u| = √{inside} = {state.u_length()}' for inside in squares]
    found['length'] = words(left, layout['length'], fitting(35, *lengths), lit='u_length')
    return found


def handle(state):
    return mark('handle', 'walk', x=state.turn, y=0.5, move='x', bounds=[-180, 180], step=10.0, cue=True, jump=True,
                label='where you stand', now=f'{state.turn:g}', min='-180', max='180', says=f'turned by {short(state.turn)}°')


def gesture(state, handle, value, **options):
    if handle == 'turn':
        return {'turn': round(value[0])}
    return set_from({'list-u': U, 'list-v': V}[handle], value)
