"""A network in two stages: the hidden unit looks first, then the output decides; its formula opens to show what h is made of."""
import re

from app.network_picture import network_marks, network_plane
from app.numbers import show as text_of
from app.scene import mark
from core.data import BITS, XOR
from core.network import forward
from lessons.xor.stages import PATTERNS, walked

OPTIONS = {}
SHEET = 'xor.css'
BOUNDS = -30.0, 30.0
NAMES = [['x₁', 'x₂'], ['h'], ['ŷ']]
LAYOUT = {'wide': {'size': [720, 292], 'net': [10, 2, 400, 288], 'table': (444, 50, 66, 44), 'loss': (444, 266)},
          'narrow': {'size': [340, 510], 'net': [2, 0, 336, 240], 'table': (16, 276, 77, 44), 'loss': (16, 494)}}
HEADS = ('x₁, x₂', 'h', 'answer', 'wanted')
BETWEEN = re.compile(r'<hr\s*/?>')


def draw(state, width):
    layout, network, now = LAYOUT[width], state.hand_network(), state.at_corner()
    w, h = layout['size']
    left, top, wide, high = layout['table']
    hidden, answers, loss = walked(state.hand_weights())
    return {
        'size': layout['size'], 'title': 'One hidden unit, in two stages', 'controls': ['corner'],
        'planes': {'net': network_plane(layout['net']),
                   'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h])},
        'marks': {
            **network_marks(network, layout['net'], width, forward=forward(network, BITS[[now]]), names=NAMES, bounds=BOUNDS),
            'heads': mark('labels', 'paper', x=[left + (i + .5) * wide for i in range(4)], y=[h - top + 14.0] * 4,
                          text=list(HEADS)),
            'cells': mark('cells', 'paper', x=[left + i * wide for _ in range(4) for i in range(4)],
                          y=[h - top - (j + 1) * high for j in range(4) for _ in range(4)], w=[wide] * 16, h=[high] * 16,
                          text=[text for j in range(4) for text in row(j, hidden, answers)],
                          inks=['data', 'hidden', 'model', 'data'] * 4),
            'rows': mark('tiles', 'paper', x=[left] * 4, y=[h - top - (j + 1) * high for j in range(4)], w=[4 * wide] * 4,
                         h=[high] * 4, picks=True, label='the four corners; press one to look at it',
                         labels=[f'look at {row(j, hidden, answers)[0]}' for j in range(4)]),
            'chosen': mark('tiles', 'paper', 'model', x=[left], y=[h - top - (now + 1) * high], w=[4 * wide], h=[high]),
            'loss': mark('text', 'paper', 'loss', x=layout['loss'][0], y=h - layout['loss'][1], lit='hand_loss',
                         text=f'loss, summed up: {text_of(loss, ".4f")}')}}


def row(j, hidden, answers):
    """What is known of corner j."""
    right = (answers[j] > 0.5) == (XOR[j, 0] > 0.5)
    return (list(PATTERNS)[j], text_of(hidden[j], '.2f'), text_of(answers[j], '.2f'), f'{XOR[j, 0]:.0f} {"✓" if right else "✗"}')


def gesture(state, handle, value, **options):
    index, number = value
    if handle == 'rows':
        return {'corner': list(PATTERNS)[index]}
    return state.hand_set(index, number)


def draws(placement):
    return True


def check(placement, state):
    """ValueError, in a sentence for the lesson's author, for words that this widget could not place."""
    if len(BETWEEN.split(placement.body_html)) != 3:
        raise ValueError('it needs an invitation, the formula closed and the formula open, with --- between them')


def html(state, placement, kept, picture):
    """The picture between its invitation and the formula, a native disclosure: pressed, h opens to what it is made of."""
    invitation, closed, opened = (part.strip() for part in BETWEEN.split(placement.body_html))
    return (f'<div class="staged" id="{placement.name}"><div class="caption">{invitation}</div>{picture}'
            f'<details class="nested"><summary><span class="shut">{closed}</span><span class="opened">{opened}</span>'
            '</summary></details></div>')
