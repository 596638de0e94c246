"""A sheet to draw a digit on; beside it what becomes of the drawing on its way, and the ten shares that a network gives."""
from textwrap import wrap

import numpy as np

from app.scene import mark
from app.widgets.on_paper import sheet, words
from app.widgets.unroll import PALETTE, SHADES, shades
from core.pictures import ink_box
from lessons.drawn import bits_of, text_of
from lessons.inside_a_network.drawing import stages
from lessons.short import percent

OPTIONS = {}
LATE, SHEET = True, 'inside.css'

SIDE, PEN = 28, 1.2                             # pixels across; half of how wide the pen is
INK = SHADES - 1
LABEL = ('Drawing pad, 28 by 28 pixels. Arrow keys move, Space puts ink or takes it away, Enter puts the pen down or lifts it, '
         'Delete clears the sheet')
WORDS = {'words': ['paper', 'ink', 'pen is down'], 'rows': [f'row {n}' for n in range(1, SIDE + 1)],
         'columns': [f'column {n}' for n in range(1, SIDE + 1)]}
TOOLS = ('pen', 'Pen'), ('eraser', 'Eraser'), ('clear', 'Clear')
STAGES = (('centred', 32, 'centred', 'the drawing in the middle of a sheet, and as high as it'),
          ('few', 8, '8 × 8', 'the same in 8 by 8 pixels'), ('seen', SIDE, '28 × 28', 'what the network sees, 28 by 28 pixels'))
LAYOUT = {'wide': {'size': [720, 492], 'pad': [4, 8, 344, 344], 'tools': (4, 372, 106, 46, 13), 'margin': 380, 'wrap': (38, 42),
                   'stages': (380, 8, 96, 26), 'became': 156, 'bars': [380, 216, 336, 142], 'says': 428},
          'narrow': {'size': [340, 784], 'pad': [20, 6, 300, 300], 'tools': (8, 318, 100, 46, 12), 'margin': 8, 'wrap': (40, 46),
                     'bars': [8, 396, 324, 90], 'says': 554, 'stages': (8, 612, 92, 24), 'became': 752}}
ROOM = {'says': 3, 'became': 2}                 # lines for what it says, and for what was done to the picture


def draw(state, width):
    layout = LAYOUT[width]
    return {
        'size': layout['size'], 'title': 'A digit is drawn, and a network says which it is',
        'controls': ['shows', 'example', 'meant', 'weights'],
        'planes': {'paper': sheet(layout['size']),
                   'pad': dict(box=layout['pad'], x=[0, SIDE], y=[SIDE, 0]), **stage_planes(layout),
                   'bars': dict(box=layout['bars'], x=[-0.5, 9.5], y=[0, 1.04])},
        'marks': {'pad': pad(state), **box(state), 'tools': tools(state, layout), **what_becomes(state, layout),
                  **shares(state, layout), **said(state, layout)}}


def pad(state):
    """The sheet itself: the reader's drawing, or, until the first stroke, the test digit."""
    own = state.shows == 'own'
    bits = bits_of(state.drawing, SIDE)
    pixels = bits.ravel() * np.uint8(INK) if own else shades(state.picture())
    ink = int(bits.sum())
    says = f'test digit {state.example}' if not own else f'{ink} pixels of ink' if ink else 'empty'
    return mark('image', 'pad', shape=[SIDE, SIDE], pixels=pixels, palette=PALETTE, label=LABEL, pad=WORDS | {
        'pen': PEN, 'ink': state.tool == 'pen', 'full': INK, 'fresh': not own, 'says': says})


def box(state):
    """A frame around the ink: what is cut out and brought to the middle."""
    found = ink_box(bits_of(state.drawing, SIDE)) if state.shows == 'own' else None
    if found is None:
        return {'box': mark('line', 'pad', 'step', x=[], y=[], dash=True)}
    top, left, high, wide = found
    right, low = left + wide, top + high
    return {'box': mark('line', 'pad', 'step', x=[left, right, right, left, left], y=[top, top, low, low, top], dash=True)}


def tools(state, layout):
    left, top, wide, high, gap = layout['tools']
    chosen = [state.tool == tool for tool, _ in TOOLS]
    return mark('cells', 'paper', x=[left + n * (wide + gap) for n in range(3)], y=[float(top)] * 3, w=[float(wide)] * 3,
                h=[float(high)] * 3, text=[name for _, name in TOOLS], inks=['model' if here else '' for here in chosen],
                labels=[name + (', chosen' if here else '') for here, (_, name) in zip(chosen, TOOLS, strict=True)], picks=True,
                label='What to draw with')


def stage_planes(layout):
    left, top, side, gap = layout['stages']
    return {name: dict(box=[left + n * (side + gap), top, side, side], x=[0, 1], y=[0, 1]) for n, (name, *_) in enumerate(STAGES)}


def what_becomes(state, layout):
    """The drawing on the middle of a sheet, in 8 × 8 shades, and enlarged to what the network sees.

    A test digit comes in 8 × 8: of what it was before there is no picture, and none is shown.
    """
    left, top, side, gap = layout['stages']
    pictures, found = stages(state.picture_key()), {}
    for n, ((name, across, title, label), picture) in enumerate(zip(STAGES, pictures, strict=True)):
        x, kept = left + n * (side + gap), picture is not None
        pixels = shades(np.ravel(picture)) if kept else np.zeros(across * across, np.uint8)
        found[name] = mark('image', name, shape=[across, across], pixels=pixels, palette=PALETTE,
                           label=label if kept else 'what it was before is not kept')
        found[f'{name}-name'] = words(x + side / 2, top + side + 20, title if kept else '', 'data', anchor='middle')
        if n:
            found[f'to-{name}'] = mark('arrow', 'paper', 'data', x=x - gap + 3, y=top + side / 2, x1=x - 3, y1=top + side / 2)
    gone = pictures[0] is None
    return found | {
        'gone': mark('tiles', STAGES[0][0], 'gone', x=[-0.02] * gone, y=[-0.02] * gone, w=[1.04] * gone, h=[1.04] * gone),
        'comes': words(left + side / 2, top + side / 2 + 5, 'comes as' if gone else '', 'data', anchor='middle')}


def shares(state, layout):
    """A bar for each digit. The likeliest says its share; the true digit has a frame of its own."""
    p, truth = state.probabilities(), state.truth()
    columns, best = np.arange(10.0), int(p.argmax())
    left, top, wide, high = layout['bars']

    def middle(n):
        return left + wide * (n + 0.5) / 10

    return {
        'shares': mark('tiles', 'bars', 'model', x=columns - 0.36, y=np.zeros(10), w=np.full(10, 0.72), h=np.round(p, 4),
                       lits=[f'digit-{n}' for n in range(10)], label='the shares of the ten digits'),
        'ground': mark('line', 'bars', 'data', x=[-0.5, 9.5], y=[0, 0]),
        'digits': mark('labels', 'paper', x=[middle(n) for n in range(10)], y=[float(top + high + 16)] * 10,
                       text=[str(n) for n in range(10)], inks=['step' if n == truth else '' for n in range(10)],
                       lits=[f'digit-{n}' for n in range(10)]),
        'best': words(min(max(middle(best), left + 60), left + wide - 60), top + high * (1 - p[best] / 1.04) - 8,
                      percent(p[best]), 'model', anchor='middle'),
        'meant': words(middle(truth), top + high + 40, 'meant', 'step', anchor='middle')}


def said(state, layout):
    """The verdict below the shares; below the pictures what was done to the drawing."""
    found = {}
    for key, text, wide in zip(ROOM, (state.verdict(), state.what_became()), layout['wrap'], strict=True):
        lines = [*wrap(text, wide), *[''] * ROOM[key]][:ROOM[key]]
        found |= {f'{key}-{n}': words(layout['margin'], layout[key] + 22 * n, line) for n, line in enumerate(lines)}
    return found


def gesture(state, handle, value, **options):
    if handle == 'pad':
        return {'drawing': value, 'shows': 'own'}
    tool = TOOLS[int(value[0])][0]
    return {'drawing': text_of(np.zeros((SIDE, SIDE))), 'shows': 'own', 'tool': 'pen'} if tool == 'clear' else {'tool': tool}
