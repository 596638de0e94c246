"""Forward, loss, backward, update, and again: the network, its four phases, and the loss after each update."""
import numpy as np

from app.numbers import ticks
from app.scene import mark
from app.widgets import slope_net
from app.widgets.slope_places import SMALL, geometry
from core.network import forward
from lessons.backprop import nets
from lessons.backprop.learning import UPDATES
from lessons.rate import rate_text
from lessons.short import factor, in_brackets, short

OPTIONS = {}
SHEET = 'backprop.css'

PHASES = ('forward', 'loss', 'backward', 'update')
RUNS_ON = ('net', 'weights', 'seed', 'pattern', 'x1', 'x2', 'target', 'over', 'rate', 'changes')
COLUMNS = ('round', 'loss', 'steepest', 'weight', 'becomes')
FILLED = np.array([1, 2, 4, 5])         # cells of the newest row, after each phase
NEW = 'New weights'
gesture = slope_net.gesture
LAYOUT = {'wide': {'time': [96, 30, 380, 140], 'says': (520, 44), 'high': 226},
          'narrow': {'time': [62, 96, 258, 120], 'says': (18, 14), 'high': 268}}


def draw(state, width):
    lines = 'ws' if state.net in SMALL else ''       # a larger network says it on its cards
    geo, layout, run = geometry(state.net, width, lines=lines), LAYOUT[width], state.run()
    w, (left, top, wide, high) = 720 if width == 'wide' else 340, layout['time']
    most = max(1e-9, float(min(run.losses.max(), 4 * run.losses[0] + 1e-9))) * 1.05
    axis = dict(box=[left, geo.height + top, wide, high], x=[0, UPDATES], y=[0, most], grid=True, xlabel='round', ylabel='loss',
                xticks=ticks(0, UPDATES, 4), yticks=[[value, short(value, 3)] for value, _ in ticks(0, most, 3)])
    return {'size': [w, geo.height + layout['high']], 'title': 'A network learns, in four phases',
            'controls': ['pattern', *(['over'] if state.pattern == 'all' else []), 'rate'],
            'planes': {'net': slope_net.plane(geo, width), 'time': axis,
                       'below': dict(box=[0, geo.height, w, layout['high']], x=[0, w], y=[layout['high'], 0])},
            'marks': {**slope_net.marks(state, width, geo, words=lines), **curve(run), **patterns(layout)}}


def curve(run):
    return {'course': mark('line', 'time', 'loss', x=[], y=[], dash=True), 'losses': mark('line', 'time', 'loss', x=[], y=[]),
            'now': mark('points', 'time', 'loss', x=[0.0], y=[float(run.losses[0])], r=6)}


def patterns(layout):
    """What is answered to each pattern: as many lines as there may be."""
    x, y = layout['says']
    return {'patterns': mark('labels', 'below', 'model', x=[x] * 4, y=[y - 5 + 20 * k for k in range(4)], text=[''] * 4,
                             lits=['forward'] * 4, anchor='start')}


def record(state, **options):
    """The start, then four moments for each update. What is the same at several moments is one text."""
    run = state.run()
    moments = np.arange(1 + 4 * run.updates)
    update, phase = np.divmod(np.maximum(moments - 1, 0), 4)
    phase[0], begun = -1, moments > 0
    here = update + (phase == 3)                            # the weights that are shown
    losses, steps = np.minimum(run.losses, 5 * run.losses[0] + 1), np.arange(len(run.losses), dtype=float)
    blame = np.array([slope_net.blame_of(slopes) for slopes in run.slopes])
    return {
        'frames': len(moments), 'pace': 4, 'phases': list(PHASES), 'labels': labels(state, run, update, phase),
        'lit': [PHASES[p] if p >= 0 else '' for p in phase], 'steps': np.where(begun, update + (phase == 3), 0),
        'says': state.verdict(), 'again': len(state.legs()) > 1, 'marks': {'course': {'x': steps, 'y': losses}},
        'tracks': written(state, run, update.tolist(), phase.tolist(), here.tolist()) | {
            'edges.value': run.weights[here], 'blame.value': blame[update] * (phase == 2)[:, None],
            'now.x': here[:, None].astype(float), 'now.y': losses[here][:, None]},
        'growing': {'losses.x': (steps, here + 1), 'losses.y': (losses, here + 1)},
        'time': {'plane': 'time', 'x': np.where(begun, update + (phase + 1) / 4, 0.0)},
        'table': {'columns': list(COLUMNS), 'rows': table_rows(state.net, run), 'counts': np.where(begun, update + 1, 0),
                  'cells': np.where(begun, FILLED[phase], 5)}}


def written(state, run, update, phase, here):
    """All texts of the network: what is known in a phase, and nothing else."""
    net, (x, target), n = state.net, state.examples(), run.weights.shape[1]
    nothing = [''] * n
    says = [[short(weight) for weight in row] for row in run.weights.tolist()]
    slopes = [[short(slope) for slope in row] for row in run.slopes.tolist()]
    values = [[short(value, 3) for value in row] for row in activations(state, run)]
    losses = [slope_net.loss_words(loss, 3) for loss in run.losses.tolist()]
    rates = [rate_text(rate) for rate in run.rates.tolist()]
    moves = [[moved(move) for move in row] for row in (-run.rates[:, None] * run.slopes).tolist()]
    felt = [[f'slope {slope}' for slope in row] for row in slopes]
    went = [[f'moved by −{rate} × {in_brackets(slope)} = {move}' for slope, move in zip(row, moving, strict=True)]
            for rate, row, moving in zip(rates, slopes, moves, strict=True)]
    found = {
        'edges.says': [says[k] for k in here],
        'edges.notes': [felt[k] if p == 2 else went[k] if p == 3 else nothing for k, p in zip(update, phase, strict=True)],
        'values.text': [[*values[k], losses[k] if p else ''] if p >= 0 else [''] * (len(values[0]) + 1)
                        for k, p in zip(update, phase, strict=True)],
        'patterns.text': [[answered(x, target, run, i, k, p) for i in range(4)] for k, p in zip(here, phase, strict=True)]}
    if net not in SMALL:
        return found
    weights = [[short(weight, 3) for weight in row] for row in run.weights.tolist()]
    shown = [[f'∂ {short(slope, 3)}' for slope in row] for row in run.slopes.tolist()]
    return found | {'weights.text': [weights[k] for k in here],
                    'slopes.text': [shown[k] if p == 2 else moves[k] if p == 3 else nothing
                                    for k, p in zip(update, phase, strict=True)]}


def activations(state, run):
    """What every unit says to the example that is followed, after each update."""
    last = state.examples()[0][-1]
    return [np.concatenate([a[0] for a in forward(nets.start(state.net, 0, row), last).a]).tolist() for row in run.weights]


def moved(value):
    """A step of a weight, with its sign."""
    text = short(value, 3)
    return text if text[0] == '−' or text == '0' else '+' + text


def answered(x, target, run, k, at, phase):
    if k >= len(x) or phase < 0:
        return ''
    given = ', '.join(short(float(v), 3) for v in x[k])
    return f'{given} → {short(float(target[k, 0]), 3)}: ŷ {short(float(run.answers[min(at, run.updates)][k]), 3)}'


def labels(state, run, update, phase):
    """Each moment in words."""
    names, n, said = nets.names(state.net), len(state.examples()[0]), ['The start: press forward']
    word = '' if n == 1 else 'the mean of four squares, ' if state.over == 'mean_squared_error' else 'the sum of four squares, '
    for k, p in zip(update[1:].tolist(), phase[1:].tolist(), strict=True):
        i = int(np.abs(run.slopes[k]).argmax())
        slope, rate = float(run.slopes[k, i]), float(run.rates[k])
        texts = (f'forward: ŷ = {", ".join(short(float(a)) for a in run.answers[k])}',
                 f'loss: {word}{short(float(run.losses[k]))}',
                 f'backward: {len(names)} slopes; the steepest is that of {names[i]}, {short(slope)}',
                 f'update: {names[i]} moves by −{rate_text(rate)} × {factor(slope, 3)} = {moved(-rate * slope)}')
        said.append(f'Round {k + 1}, {texts[p]}')
    return said


def table_rows(net, run):
    names = nets.names(net)
    found = []
    for k in range(run.updates):
        i = int(np.abs(run.slopes[k]).argmax())
        found.append([str(k + 1), short(float(run.losses[k])), short(float(run.slopes[k, i])), names[i].replace(' ', '\u00a0'),
                      short(float(run.weights[k + 1, i]))])
    return found
