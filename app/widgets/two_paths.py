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
BARS = ('by way of u', 'by way of v', 'both, added', 'true')
LAYOUT = {'wide': {'size': [720, 416], 'way': [92, 56, 536, 140], 'r': 22, 'bars': [240, 262, 260, 136], 'left': 70,
                   'right': 650},
          'narrow': {'size': [340, 470], 'way': [34, 56, 272, 150], 'r': 19, 'bars': [124, 286, 116, 168], 'left': 6,
                     'right': 334}}
# The ripple: where it is, and how many of the bars are there.
STOPS = (('w', 0), ('w', 0), ('u', 0), ('L', 1), ('w', 1), ('v', 1), ('L', 3), ('L', 4))


def draw(state, width):
    layout = LAYOUT[width]
    w, h = layout['size']
    return {'size': layout['size'], 'title': 'A nudge on two ways at once', 'controls': ['upper', 'lower', 'join', 'w', 'nudge'],
            'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[h, 0]), 'way': ground(layout),
                       'bars': dict(box=layout['bars'], x=[-1, 1], y=[4, 0])},
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
    """How L moves: by way of u alone, by way of v alone (both as the rates foretell), both added, and truly."""
    h, sums = state.h(), state.path_sum()
    true = state.fork(state.w + h, state.w + h)[2] - state.fork()[2]
    return [*(float(product) * h for product in sums.products), sums.total * h, true]


def bars(state, layout):
    found, made = changes(state), {}
    _, top, _, tall = layout['bars']
    for name, n in (('foretold', 3), ('loss', 1)):
        made[f'{name}-bars'] = mark('tiles', 'bars', 'gradient' if n == 3 else 'loss', x=np.zeros(n), w=np.zeros(n),
                                    y=(np.arange(3) if n == 3 else np.array([3])) + .22, h=np.full(n, .56))
    made['level'] = mark('line', 'bars', 'data', x=[0.0, 0.0], y=[0.0, 4.0])
    for n, (words, _) in enumerate(zip(BARS, found, strict=True)):
        y, meaning = top + tall * (n + .5) / 4 + 5, 'loss' if n == 3 else 'gradient'
        made[f'bar-{n}'] = mark('text', 'paper', meaning, x=layout['left'], y=y, text=words)
        made[f'size-{n}'] = mark('text', 'paper', meaning, x=layout['right'], y=y, anchor='end', text='')
    return made


def record(state, **options):
    found = changes(state)
    largest = max(map(abs, found)) or 1.0
    lengths, shown = np.array(found) / largest, [count for _, count in STOPS]
    there = np.array([[n < count for n in range(4)] for count in shown])
    spots = np.array([SPOTS[name] for name, _ in STOPS], float)
    tracks = {'pulse.x': spots[:, :1], 'pulse.y': spots[:, 1:], 'foretold-bars.w': there[:, :3] * lengths[:3],
              'loss-bars.w': there[:, 3:] * lengths[3:]}
    for n, change in enumerate(found):
        tracks[f'size-{n}.text'] = [signed(change) if n < count else '' for count in shown]
    return {'frames': len(STOPS), 'pace': 1.1, 'tracks': tracks, 'labels': labels(state, found), 'says': verdict(found)}


def labels(state, found):
    h = signed(state.h())
    (l_by_u, u_by_w), (l_by_v, v_by_w) = [[short(rate) for rate in way] for way in state.branches()]
    return ['At rest: nothing is nudged yet', f'w is nudged by {h}; first, follow it by way of u',
            f'u moves {u_by_w} times as far',
            f'and L {l_by_u} times as far as u: {signed(found[0])}', 'The same nudge has gone the other way, too',
            f'v moves {v_by_w} times as far',
            f'and L {l_by_v} times as far as v: {signed(found[1])}; together {signed(found[2])}',
            f'In truth, with both ways open: {signed(found[3])}']


def verdict(found):
    *_, added, true = found
    if signed(added) == signed(true):
        return f'Added, the two ways make {signed(added)}, and so much arrives.'
    off = 'a smaller nudge brings the two together' if added else 'at this very place the two ways cancel'
    return f'Added, the two ways make {signed(added)}; {signed(true)} arrives: {off}.'
