"""A walk at night: all that can be felt is how the ground tilts underfoot. With the light on, the country is seen."""
import numpy as np

from app.scene import mark
from app.widgets.on_a_curve import paper, slope_text
from core.ground import ground
from lessons.derivative.state import NIGHT

OPTIONS = {}

HEIGHTS, ROOM = (-0.5, 3.1), 0.1
FOOT = 0.2              # how far the feet reach to both sides
LAYOUT = {'wide': {'size': [720, 386], 'box': [60, 16, 600, 240], 'middle': 360, 'rows': (292, 340, 374)},
          'narrow': {'size': [340, 324], 'box': [8, 16, 324, 200], 'middle': 170, 'rows': (246, 292, 320)}}
SEEN = {'bottom': 'flat: the bottom of a valley', 'top': 'flat: but this is a top'}


def draw(state, width):
    layout, (w, h) = LAYOUT[width], LAYOUT[width]['size']
    x, slope = state.place, float(state.night_slope(state.place))
    ys = np.array([-1.0, 1.0]) * FOOT * slope
    level = float(state.night(x)) if state.light else sum(HEIGHTS) / 2
    seen = np.linspace(*NIGHT, 129 if state.light else 0)
    words, feels = slope_text(slope), verdict(slope, state)

    def row(n, text, meaning=None, **more):
        return mark('text', 'paper', meaning, x=layout['middle'], y=h - layout['rows'][n], text=text, anchor='middle', **more)

    return {'size': layout['size'], 'title': 'A walk at night',
            'controls': ['light'],
            'planes': {'paper': paper([w, h]),
                       'night': dict(box=layout['box'], x=[NIGHT[0] - ROOM, NIGHT[1] + ROOM], y=list(HEIGHTS), frame=True)},
            'marks': {
                'dark': mark('tiles', 'night', x=[NIGHT[0] - ROOM], y=[HEIGHTS[0]], h=[HEIGHTS[1] - HEIGHTS[0]],
                             w=[(NIGHT[1] - NIGHT[0] + 2 * ROOM) * (not state.light)]),
                'country': mark('line', 'night', 'model', x=seen, y=state.night(seen),
                                label='two valleys with a top between them; the left one is deeper' if state.light else None),
                'underfoot': mark('line', 'night', 'gradient', x=[x - FOOT, x + FOOT], y=level + ys, lit='night'),
                'name': row(0, 'the slope under your feet'),
                'number': row(1, words, 'gradient', size='big', lit='night'),
                'verdict': row(2, feels),
                'place': mark('handle', 'night', 'model', x=x, y=level, move='x', bounds=list(NIGHT), step=0.05, jump=True,
                              along='country' if state.light else None, cue=True, label='where you stand', now=f'{x:g}',
                              says=f'slope {words}, {feels}', min=f'{NIGHT[0]:g}', max=f'{NIGHT[1]:g}'),
            }}


def gesture(state, handle, point, **options):
    """Feet find flat ground: close to it they stand on it."""
    flats = [flat for flat in state.flat_places() if abs(flat - point[0]) < 0.0049]
    return {'place': flats[0] if flats else round(point[0], 2)}


def verdict(slope, state):
    """What feet can tell, and with the light on, what eyes can."""
    if abs(slope) < 1e-3:
        kind = ground(state.night_slope, state.place, flat=1e-3)
        return SEEN.get(kind, 'flat') if state.light else 'flat. Is this the bottom?'
    return 'it rises to the right: downhill is left ←' if slope > 0 else 'it rises to the left: downhill is right →'
