"""One number goes two ways and both meet again: what each way brings, their sum, and what truly arrives."""
import numpy as np

from app.numbers import short
from app.scene import mark
from lessons.chain_rule.machines import KNOWN
from lessons.chain_rule.ripples import signed

OPTIONS = {}

RUNS_ON = ('w', 'nudge', 'upper', 'lower', 'join')
SPOTS = {'w': (0, .5), 'u': (.5, 1), 'v': (.5, 0), 'L': (1, .5)}
MEANING = {'w': 'model', 'u': 'hidden', 'v': 'hidden', 'L': 'loss'}
BARS = ('by way of u', 'by way of v', 'both ways')
LAYOUT = {'wide': {'size': [720, 416], 'way': [92, 56, 536, 140], 'r': 22, 'bars': [240, 262, 260, 136], 'left': 70,
                   'right': 650},
          'narrow': {'size': [340, 470], 'way': [34, 56, 272, 150], 'r': 19, 'bars': [124, 286, 116, 168], 'left': 6,
                     'right': 334}}
# The ripple: where it is, and how many of the true bars are there.
STOPS = (('w', 0), ('w', 0), ('u', 0), ('L', 1), ('w', 1), ('v', 1), ('L', 2), ('L', 3))


def draw(state, width):
    layout = LAYOUT[width]
    w, h = layout['size']
    return {'size': layout['size'], 'title': 'A nudge on two ways at once', 'controls': ['upper', 'lower', 'join', 'w', 'nudge'],
            'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[h, 0]), 'way': ground(layout),
                       'bars': dict(box=layout['bars'], x=[-1, 1], y=[3, 0])},
            'marks': {**way(state, layout), **bars(state, layout),
                      'pulse': mark('points', 'way', 'gradient', x=[0.0], y=[.5], r=layout['r'] + 4)}}


def gesture(state, handle, point, **options):
    return {}


def ground(layout):
    """Where the pulse runs: with room around the nodes for its ring."""
    (left, top, wide, tall), room = layout['way'], layout['r'] + 10
    return dict(box=[left - room, top - room, wide + 2 * room, tall + 2 * room], x=[-room / wide, 1 + room / wide],
                y=[-room / tall, 1 + room / tall])


def way(state, layout):
    """Four nodes, four arrows with their rates, and what each node holds."""
    left, top, wide, tall = layout['way']
    at = {name: np.array([left + x * wide, top + (1 - y) * tall]) for name, (x, y) in SPOTS.items()}
    made, r = {}, layout['r']
    (l_by_u, u_by_w), (l_by_v, v_by_w) = state.branches()
    for start, end, rate in (('w', 'u', u_by_w), ('u', 'L', l_by_u), ('w', 'v', v_by_w), ('v', 'L', l_by_v)):
        along = (at[end] - at[start]) / np.hypot(*(at[end] - at[start]))
        (x, y), (x1, y1) = at[start] + along * (r + 4), at[end] - along * (r + 6)
        made[f'arrow-{start}{end}'] = mark('arrow', 'paper', 'data', x=float(x), y=float(y), x1=float(x1), y1=float(y1))
        middle = (at[start] + at[end]) / 2
        made[f'rate-{start}{end}'] = mark('text', 'paper', 'gradient', x=float(middle[0]) + (-6 if start == 'w' else 6),
                                          y=float(middle[1]) + (-10 if 'u' in (start, end) else 20), text=f'× {short(rate)}',
                                          anchor='end' if start == 'w' else 'start')
    u, v, whole = state.fork()
    for meaning in ('model', 'hidden', 'loss'):
        mine = [name for name in SPOTS if MEANING[name] == meaning]
        made[f'nodes-{meaning}'] = mark('nodes', 'paper', meaning, x=[float(at[name][0]) for name in mine],
                                        y=[float(at[name][1]) for name in mine], text=mine, r=r)
    together = 'u · v' if state.join == 'multiply' else 'u + v'
    holds = {'w': short(state.w), 'u': f'u = {KNOWN[state.upper].does.format("w")} = {short(u)}',
             'v': f'v = {KNOWN[state.lower].does.format("w")} = {short(v)}', 'L': short(whole)}
    for name, text in holds.items():
        x, y = at[name]
        made[f'holds-{name}'] = mark('text', 'paper', MEANING[name], x=float(x), text=text, anchor='middle',
                                     y=float(y) + (-r - 10 if name == 'u' else r + 22))
    made['joined'] = mark('text', 'paper', 'loss', x=left + wide, y=top + tall / 2 - r - 10, anchor='middle', text=together)
    return made


def changes(state):
    """How L moves by way of u alone, by way of v alone and by both: as the rates foretell (the two added), and truly."""
    h, sums, (*_, before) = state.h(), state.path_sum(), state.fork()
    after = state.w + h
    true = [state.fork(x, y)[2] - before for x, y in ((after, state.w), (state.w, after), (after, after))]
    return [*(float(product) * h for product in sums.products), float(sums.total) * h], true


def lengths(state):
    """Of all bars, in two rows: to one scale, the largest 1."""
    found = np.array(changes(state))
    return found / (np.abs(found).max() or 1.0)


def bars(state, layout):
    """What is foretold stands there from the start, pale; what is true comes above it."""
    foretold, _ = lengths(state)
    _, top, _, tall = layout['bars']
    made, inks, right = {}, ['', '', 'loss'], layout['right']
    for name, meaning, wide, start, thick in (('true', 'hidden', np.zeros(2), .18, .36), ('loss', 'loss', np.zeros(1), 2.18, .36),
                                              ('foretold', 'gradient', foretold, .58, .2)):
        n = len(wide)
        made[f'{name}-bars'] = mark('tiles', 'bars', meaning, x=np.zeros(n), w=wide, y=np.arange(n) + start, h=np.full(n, thick))
    made['level'] = mark('line', 'bars', 'data', x=[0.0, 0.0], y=[0.0, 3.0])
    ys = [top + tall * (n + .5) / 3 for n in range(3)]
    made['ways'] = mark('labels', 'paper', x=[layout['left']] * 3, y=ys, text=list(BARS), anchor='start')
    made['change'] = mark('labels', 'paper', x=[right] * 3, y=[y - 10 for y in ys], text=[''] * 3, anchor='end', inks=inks)
    made['foretold'] = mark('labels', 'paper', x=[right] * 3, y=[y + 9 for y in ys], anchor='end', inks=['gradient'] * 3,
                            text=[signed(change) for change in changes(state)[0]])
    made['heads'] = mark('labels', 'paper', fixed=True, x=[right, right], y=[top - 34, top - 14], text=['true', 'foretold'],
                         inks=['', 'gradient'], anchor='end')
    return made


def record(state, **options):
    foretold, true = changes(state)
    shown = [count for _, count in STOPS]
    grown = np.array([[n < count for n in range(3)] for count in shown]) * lengths(state)[1]
    spots = np.array([SPOTS[name] for name, _ in STOPS], float)
    tracks = {'pulse.x': spots[:, :1], 'pulse.y': spots[:, 1:], 'true-bars.w': grown[:, :2], 'loss-bars.w': grown[:, 2:],
              'change.text': [[signed(change) if n < count else '' for n, change in enumerate(true)] for count in shown]}
    return {'frames': len(STOPS), 'pace': 1.1, 'tracks': tracks, 'labels': labels(state, foretold, true),
            'says': verdict(foretold[-1], true[-1])}


def labels(state, foretold, true):
    (l_by_u, u_by_w), (l_by_v, v_by_w) = [[short(rate) for rate in way] for way in state.branches()]
    return ['Nothing is nudged yet: this is what the rates foretell',
            f'w is nudged by {signed(state.h())}; first, follow it by way of u', f'u moves {u_by_w} times as far',
            f'and L {l_by_u} times as far as u: foretold {signed(foretold[0])}, true {signed(true[0])}',
            'The same nudge goes the other way, too', f'v moves {v_by_w} times as far',
            f'and L {l_by_v} times as far as v: foretold {signed(foretold[1])}, true {signed(true[1])}',
            f'With both ways open: foretold {signed(foretold[2])}, true {signed(true[2])}']


def verdict(added, true):
    if signed(added) == signed(true):
        return f'Added, the two ways make {signed(added)}, and so much arrives.'
    off = 'a smaller nudge brings the two together' if added else 'at this very place the two ways cancel'
    return f'Added, the two ways make {signed(added)}; {signed(true)} arrives: {off}.'
