"""The square of inputs, folded by the hidden unit: h stands over it as a surface, and the output cuts it with a flat plane."""
import numpy as np
from contourpy import contour_generator

from app.contours import simple
from app.mesh import bent
from app.numbers import show as text_of
from app.scene import mark
from app.widgets.answer_map import SHAPE, answer_marks, answer_tracks
from core.activations import sigmoid
from core.data import BITS, XOR
from core.layers import parameters
from lessons.short import short
from lessons.xor.examples import CORNERS
from lessons.xor.stages import walked

OPTIONS = {}
SHEET = 'xor.css'
JOB = True
RUNS_ON = ('hand',)
CONTINUES = ()
PRESSED = {'new': 'new_hand'}
WORKING = 'Folding the sheet …'

FRAMES, PACE = 61, 10
POINTS, FINE = 25, 61       # of the surface along each side, and of the grid that the cut is drawn from
WIRES = 7                   # of the plane, in each direction
YAW, PITCH = -32.0, 28.0    # degrees
LAYOUT = {'wide': {'size': [720, 404], 'space': [0, 0, 384, 392], 'square': [446, 44, 262, 262]},
          'narrow': {'size': [340, 672], 'space': [4, 0, 332, 320], 'square': [52, 342, 272, 272]}}


def draw(state, width):
    layout, network = LAYOUT[width], state.hand_network()
    weights, ticks = parameters(network), [[0, '0'], [1, '1']]
    hidden, answers, _ = walked(state.hand_weights())
    yes = XOR[:, 0] > 0.5
    return {
        'size': layout['size'], 'title': 'The square of inputs, folded and cut',
        'planes': {'space': dict(box=layout['space'], x=[0, 1], y=[0, 1]),
                   'square': dict(box=layout['square'], x=list(CORNERS), y=list(CORNERS), frame=True, xlabel='x₁', ylabel='x₂',
                                  xticks=ticks, yticks=ticks)},
        'marks': {
            'sheet': sheet(weights, hidden),
            **answer_marks(network, weights, CORNERS),
            'class-1': corners(yes), 'class-0': corners(~yes),
            **{f'answer-{i}': mark('text', 'square', 'model', x=float(x), y=float(y), anchor='middle', dy=-16 if y else 28,
                                   text=text_of(answers[i], '.2f')) for i, (x, y) in enumerate(BITS)}}}


def corners(which):
    x, y = BITS[which].T
    return mark('points', 'square', 'data', x=x, y=y, r=8)


def sheet(weights, hidden):
    """h as a surface, the four patterns on it, the output's plane as wires, and the line where both meet."""
    return mark(
        'mesh', 'space', 'hidden', x=list(CORNERS), y=list(CORNERS), z=[0.0, 1.0], **folded(weights), **wires(weights),
        yaw=YAW, pitch=PITCH, names=['x₁', 'x₂', 'h'], spots=np.hstack([BITS, XOR]).ravel(),
        label='the square of inputs lifted to the height h, from 0 to 1: ' + ', '.join(
            f'{text_of(h, ".2f")} over {x1:.0f}, {x2:.0f}' for h, (x1, x2) in zip(hidden, BITS, strict=True)))


def folded(weights):
    """The heights of the sheet, in whole 2048ths: finer ones nobody sees."""
    x = np.linspace(*CORNERS, POINTS)
    return bent(np.round(height(weights, *np.meshgrid(x, x)) * 2048) / 2048, (0, 1))


def wires(weights):
    """The plane and the cut, as lines in space."""
    flat, cut = plane(weights), meeting(weights)
    lines = [*flat, *cut]
    points = np.round(np.concatenate([*lines, np.empty((0, 3))]) * 1024).astype(np.float32) / 1024
    return {'wx': points[:, 0], 'wy': points[:, 1], 'wz': points[:, 2],
            'wires': np.cumsum([0, *map(len, lines)])[:len(lines)].tolist(),
            'tones': ['model-part'] * len(flat) + ['model'] * len(cut)}


def height(weights, x1, x2):
    w1, w2, b = weights[:3]
    return sigmoid(np.clip(w1 * x1 + w2 * x2 + b, -1e9, 1e9))


def plane(weights):
    """Where v₁x₁ + v₂x₂ + v₃h + b₂ = 0, inside the box: wires [(k, 3), …] along both directions."""
    v1, v2, v3, b = weights[3:]
    if abs(v3) < 1e-9:
        return []
    along, found = np.linspace(*CORNERS, 401), []
    for at in np.linspace(*CORNERS, WIRES):
        for x1, x2 in ((np.full_like(along, at), along), (along, np.full_like(along, at))):
            z = -(v1 * x1 + v2 * x2 + b) / v3
            inside = np.flatnonzero((z >= 0) & (z <= 1))
            if len(inside) > 1:
                some = inside[[0, -1]]
                found.append(np.stack([x1[some], x2[some], z[some]], axis=1))
    return found


def meeting(weights):
    """The line on the sheet where the output is 0.5."""
    x = np.linspace(*CORNERS, FINE)
    x1, x2 = np.meshgrid(x, x)
    z = sum(np.clip(v * part, -1e9, 1e9) for v, part in zip(weights[3:6], (x1, x2, height(weights, x1, x2)), strict=True))
    pieces = [simple(piece, 0.002) for piece in contour_generator(x, x, z + weights[6]).lines(0)]
    return [np.column_stack([piece, height(weights, *piece.T)]) for piece in pieces]


def gesture(state, handle, point, **options):
    return {}


def record(state, progress=None, **options):
    """How the sheet came to be folded: the training that led to these weights, or goes on from the reader's."""
    run = state.hand_training()
    at = sorted({round((len(run.epochs) - 1) * (k / (FRAMES - 1)) ** 1.5) for k in range(FRAMES)})
    weights, answers = run.parameters[at], run.predictions[at, :, 0]
    lines = [wires(row) for row in weights]
    return {
        'frames': len(at), 'pace': PACE,
        'labels': [f'Epoch {text_of(k, ",")}: loss {short(float(run.losses[k]), 3)}' for k in at],
        'marks': SHAPE, 'tracks': {'sheet.bends': np.stack([folded(row)['bends'] for row in weights]),
                   **{f'sheet.{field}': [line[field] for line in lines] for field in ('wx', 'wy', 'wz', 'wires', 'tones')},
                   **answer_tracks(run.task.network, weights, CORNERS),
                   **{f'answer-{i}.text': [text_of(value, '.2f') for value in answers[:, i]] for i in range(4)}},
        'says': f'After {text_of(len(run.epochs) - 1, ",")} epochs with rate 0.5 the loss is {short(float(run.losses[-1]), 3)}.'}
