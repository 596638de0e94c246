"""Two handwritten digits, multiplied pixel by pixel; and how small the angle is to the nearest digit of each class."""
import numpy as np

from app.numbers import short
from app.numbers import show as text_of
from app.scene import mark
from app.widgets.on_paper import sheet, words
from app.widgets.unroll import PALETTE, shades
from lessons.vectors import pictures
from lessons.vectors.state import ACROSS

OPTIONS = {}

LAYOUT = {'wide': {'size': [720, 440], 'yours': [30, 40, 190, 190], 'theirs': [265, 40, 190, 190], 'terms': [500, 40, 190, 190],
                   'signs': ((242, 140), (478, 140)), 'names': 28, 'says': (266, 292), 'angles': [60, 346, 600, 26]},
          'narrow': {'size': [340, 414], 'yours': [8, 34, 94, 94], 'theirs': [123, 34, 94, 94], 'terms': [238, 34, 94, 94],
                     'signs': ((112, 86), (228, 86)), 'names': 24, 'says': (166, 190), 'angles': [28, 318, 290, 30]}}


def draw(state, width):
    layout, wide = LAYOUT[width], width == 'wide'
    images = {'yours': state.picture(), 'theirs': state.rival(), 'terms': state.rival_terms()}
    labels = {'yours': f'your {state.shows()}', 'theirs': f'the nearest {state.other}' if wide else f'nearest {state.other}',
              'terms': 'their terms' if wide else 'terms'}
    planes = {key: dict(box=layout[key], x=[0, 1], y=[0, 1]) for key in images}
    low, high = 0, 60
    planes |= {'paper': sheet(layout['size']),
               'angles': dict(box=layout['angles'], x=[low, high], y=[0, 1], xlabel='angle to your digit',
                              xticks=[[n, f'{n}°'] for n in range(low, high + 1, 10)])}
    found = {f'{key}-image': mark('image', key, shape=[ACROSS, ACROSS], pixels=shades(image), palette=PALETTE, label=labels[key])
             for key, image in images.items()}
    found |= {f'{key}-name': words(layout[key][0] + layout[key][2] / 2, layout['names'], text, anchor='middle')
              for key, text in labels.items()}
    for n, ((x, y), sign) in enumerate(zip(layout['signs'], '×=', strict=True)):
        found[f'sign-{n}'] = words(x, y, sign, anchor='middle')
    return {'size': layout['size'], 'title': 'Two digits, multiplied pixel by pixel', 'controls': ['digit', 'other'],
            'planes': planes, 'marks': {**found, **said(state, layout), **angles(state, layout)}}


def said(state, layout):
    """The sum of all those products, and the angle that follows from it."""
    mine, theirs = (float(np.linalg.norm(picture)) for picture in (state.picture(), state.rival()))
    left, total = layout['yours'][0], text_of(state.rival_dot(), '.1f')
    cosine, degrees = text_of(state.rival_dot() / mine / theirs, '.3f'), text_of(state.rival_degrees(), '.1f')
    return {'sum': words(left, layout['says'][0], f'the {ACROSS * ACROSS} terms add up to {total}', 'model', lit='rival_dot'),
            'cosine': words(left, layout['says'][1], f'{total} ÷ ({short(mine)} · {short(theirs)}) = {cosine} = cos {degrees}°',
                            'gradient', lit='rival_degrees')}


def angles(state, layout):
    """One dot for the nearest training picture of each class, its digit above; crowded names go up in steps."""
    found = pictures.nearest(state.digit)
    places = np.array([found[label][0] for label in range(10)])
    unit, size = layout['angles'][2] / 60, 12
    taken, lifts = [], {}
    for label in np.argsort(places):
        x, lift = places[label] * unit, 0
        while any(abs(x - other) < size and lift == level for other, level in taken):
            lift += 1
        taken.append((x, lift))
        lifts[int(label)] = lift
    dots = {'others': mark('points', 'angles', 'data', x=places, y=np.full(10, 0.5), r=5),
            'chosen': mark('points', 'angles', 'gradient', x=[places[state.other]], y=[0.5], r=8, lit='rival_degrees')}
    tall = layout['angles'][3]
    names = mark('labels', 'angles', x=places, y=np.array([0.5 + (20 + 16 * lifts[label]) / tall for label in range(10)]),
                 text=[str(label) for label in range(10)],
                 inks=['gradient' if label == state.other else None for label in range(10)])
    return dots | {'names': names}


def gesture(state, handle, point, **options):
    return {}
