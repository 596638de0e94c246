"""One machine, seen from twelve sides: small pictures that share one weight w, so that nudging it in any of them moves all.

Each is drawn once, on a sheet of 340 × 264 units; where there is room for a wide picture it is the same, a quarter larger.
"""
from app.widgets.mini_fit import algebra, loss, model
from app.widgets.mini_flow import back, chain
from app.widgets.mini_slope import calculus, derivative, descent
from app.widgets.mini_space import probability, vectors
from app.widgets.mini_table import layers, number

PICTURES = {'number': number, 'model': model, 'loss': loss, 'derivative': derivative, 'descent': descent, 'vectors': vectors,
            'layers': layers, 'chain': chain, 'back': back, 'algebra': algebra, 'probability': probability,
            'calculus': calculus}
OPTIONS = {'of': tuple(PICTURES)}
SHEET = 'minis.css'

TALL = 264
SIZES = {'wide': (720, 1.25), 'narrow': (340, 1.0)}
# What a hand's place on each handle, or a number on a dial, says of w; the others are buttons.
ASKS = {'line-end': lambda x, y: y, 'square-end': lambda x, y: y, 'bar-end': lambda x, y: x, 'on-bell': lambda x, y: x + 3,
        'at-slope': lambda x, y: x, 'at-start': lambda x, y: x, 'at-rate': lambda x, y: x, 'arrow-tip': lambda x, y: x / 2}
BUTTONS = 'take', 'step'


def draw(state, width, of='number'):
    wide, times = SIZES[width]
    left = (wide - 340 * times) / 2
    scene = PICTURES[of](state)
    tall = scene.pop('tall', TALL)
    planes = {'paper': {'box': [0, 0, 340, tall], 'x': [0, 340], 'y': [tall, 0]}} | scene.pop('planes', {})

    def placed(plane):
        x, y, w, h = plane['box']
        return plane | {'box': [left + x * times, y * times, w * times, h * times]}

    return {'size': [wide, tall * times], **scene, 'planes': {name: placed(plane) for name, plane in planes.items()}}


def gesture(state, handle, value, **options):
    if handle in BUTTONS:
        return {'w': state.after()}
    return {'w': round(float(ASKS[handle](*value) if handle in ASKS else value[1]), 2)}
