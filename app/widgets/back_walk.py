"""Forward through a network to its loss, and back: node by node, with local × upstream on every edge."""
from typing import NamedTuple

import numpy as np

from app.letters import fitting
from app.scene import mark
from app.widgets import slope_net
from app.widgets.slope_places import SMALL, geometry
from lessons.backprop import nets, walk
from lessons.short import factor, short

OPTIONS = {}
SHEET = 'backprop.css'

RUNS_ON = ('net', 'weights', 'seed', 'pattern', 'x1', 'x2', 'target', 'over')
COLUMNS = ('weight', 'local', 'upstream', 'slope')
NEW = 'New weights'
gesture = slope_net.gesture


def draw(state, width):
    geo = geometry(state.net, width)
    return {'size': [720 if width == 'wide' else 340, geo.height], 'title': 'A network, forward to its loss and back',
            'controls': ['net', 'pattern'], 'planes': {'net': slope_net.plane(geo, width)},
            'marks': slope_net.marks(state, width, geo) | {'doors': doors(state.net, geo)}}


def doors(net, geo):
    """Over each unit and over the loss: a press leads to the next moment that is about it."""
    at, r = [*geo.units.tolist(), geo.loss], geo.r + 4
    n = len(at)
    return mark('cells', 'net', x=[x - r for x, _ in at], y=[y - r for _, y in at], w=[2 * r] * n, h=[2 * r] * n, text=[''] * n,
                goes=[True] * n, label='the units and the loss', dials={'told': [*slope_net.unit_names(net), 'L, the loss']})


def told(said, came):
    """What the cards of the units and of the loss say at one moment: what they hold, and what has come back."""
    return [', '.join(filter(None, (value and f'= {value}', delta))) for value, delta in zip(said, came, strict=True)]


def record(state, **options):
    return all_of_them(state) if state.pattern == 'all' else one_by_one(state)


def one_by_one(state):
    """One example: every unit has its moment on the way there, and three on the way back."""
    one, net = state.one(), state.net
    met, units = walk.meetings(net, one), nets.units(net)
    steps = walk.moments(net, one, state.goal())
    before = [steps[0], *steps]
    news = [step.weights[len(last.weights):] for step, last in zip(steps, before, strict=False)]
    there = [slope_net.shown(net, frozenset(step.weights), new) for step, new in zip(steps, news, strict=True)]
    tracks = on_edges(state, met, there) | {
        'values.text': [values(one, units, step.values, step.loss) for step in steps],
        'deltas.text': [deltas(one, units, step) for step in steps],
        'units.inks': [marked(net, units, step) for step in steps],
        'edges.notes': [[slope_net.note(each) if i in step.weights else '' for i, each in enumerate(met)] for step in steps],
        'blame.value': np.array([[i in step.weights for i in range(len(met))] for step in steps])
        * slope_net.blame_of(np.array([each.slope for each in met]))}
    tracks['doors.notes'] = list(map(told, tracks['values.text'], tracks['deltas.text']))
    rows = [[nets.names(net)[i], *map(in_table, met[i])] for i in steps[-1].weights]
    return {
        'frames': len(steps), 'pace': 1.2, 'steps': np.zeros(len(steps), int), 'tracks': tracks,
        'labels': [step.label for step in steps], 'lit': [step.about for step in steps], 'says': verdict(met, one),
        'goes': {'doors': [[k for k, step in enumerate(steps) if name in step.about.split()]
                           for name in (*(nets.unit_lit(*unit) for unit in units), 'loss')]},
        'table': {'columns': list(COLUMNS), 'rows': rows, 'counts': np.array([len(step.weights) for step in steps]),
                  'lits': [nets.lit(net, i) for i in steps[-1].weights]}}


def in_table(number):
    """A number of the table, which is as wide as a phone: a long one has two digits."""
    text = short(number)
    return text if len(text) < 10 else short(number, 2)


def on_edges(state, met, there):
    """What is written on each edge at each moment; a large network writes the product below one another, for want of room."""
    def each(words):
        return [[words(i) if i in now else '' for i in range(len(met))] for now in there]

    tracks = {'slopes.text': each(lambda i: '= ' + short(met[i].slope, 3))}
    if state.net == '2-3-3-1':
        return tracks | {'weights.text': each(lambda i: short(met[i].local, 3)), 'meets.text': each(
            lambda i: '× ' + factor(met[i].upstream, 2))}
    return tracks | {'meets.text': each(lambda i: slope_net.product(met[i]))}


def marked(net, units, step):
    """The inks of the units; the one at work has a thicker rim."""
    at_work = step.about.split()[0]
    return [f'{"now " if at_work == nets.unit_lit(*unit) else ""}{ink}'
            for unit, ink in zip(units, slope_net.inks(net), strict=True)]


def values(one, units, there, loss):
    room = 200 if len(one.a) < 3 else 66                    # two deep layers stand close together on a phone
    texts = [fitting(lambda n, a=float(one.a[layer][unit]): short(a, n), room, 14, (4, 3, 2, 1)) if (layer, unit) in there else ''
             for layer, unit in units]
    return [*texts, slope_net.loss_words(one.loss) if loss else '']


def deltas(one, units, step):
    """What has come back to each unit: first to its answer, then, through its bend, to its sum."""
    texts, digits = [], 3 if len(one.a) < 3 else 2          # a deep network has little room between its layers
    for layer, i in units:
        delta, arrived = float(one.by_z[layer][i]), float(one.by_a[layer][i])
        texts.append(f'δ\u2009{short(delta, digits)}' if (layer, i) in step.deltas else
                     f'∂\u2009{short(arrived, digits)}' if (layer, i) in step.arrived else '')
    return [*texts, '∂ 1' if step.arrived else '']


def verdict(met, one):
    """What there is to see at the end."""
    slopes = np.abs([each.slope for each in met])
    if slopes.max() < 1e-9:
        if one.loss < 1e-9:
            return 'The answer is right, and so nothing comes back: every slope is 0.'
        return ('The answer is wrong, and yet nothing comes back: a unit is so sure of itself that its σ′ is 0, and so is '
                'everything that is multiplied by it.')
    return f'{len(met)} slopes from one walk there and one walk back. Against the slope is downhill.'


def all_of_them(state):
    """All four: each goes there and comes back, and what it leaves at every weight is added up."""
    net, (x, target) = state.net, state.examples()
    each = [walk.seen(state.network(), row, goal) for row, goal in zip(x, target, strict=True)]
    left = [walk.meetings(net, one) for one in each]
    share = 1 / len(x) if state.over == 'mean_squared_error' else 1
    sums = np.cumsum([[met.slope for met in mine] for mine in left], axis=0)
    frames = [Turn('All four patterns wait, and nothing is computed yet', 'inputs', -1, False, 0 * sums[0])]
    for k, (row, goal, one) in enumerate(zip(x, target, each, strict=True)):
        name, before = f'{row[0]:.0f}, {row[1]:.0f}', sums[k - 1] if k else 0 * sums[0]
        frames += [Turn(f'{name} goes forward: ŷ = {short(walk.answer(one))} where {goal[0]:.0f} is right, '
                        f'so its square is {short(one.loss)}', 'forward loss', k, False, before),
                   Turn(f'{name} comes back: what it leaves at each weight is added to what is there', 'backward', k, True,
                        sums[k])]
    word = 'The mean: all sums divided by 4' if share < 1 else 'The sum of all four'
    frames.append(Turn(f'{word}. The loss is {short(state.loss())}', 'loss backward', 3, False, sums[-1] * share))
    last = np.arange(len(frames)) == len(frames) - 1
    rows = [[name, '', '', short(float(total))] for name, total in zip(nets.names(net), frames[-1].total, strict=True)]
    return {'frames': len(frames), 'pace': .7, 'steps': np.zeros(len(frames), int),
            'tracks': batch_tracks(state, frames, each, left),
            'goes': {'doors': [list(range(1, len(frames)))] * (len(nets.units(net)) + 1)},
            'labels': [turn.label for turn in frames], 'lit': [turn.about for turn in frames],
            'says': batch_verdict(frames[-1].total),
            'table': {'columns': list(COLUMNS), 'rows': rows, 'counts': np.where(last, len(rows), 0),
                      'lits': [nets.lit(net, i) for i in range(len(rows))]}}


def batch_verdict(total):
    if not np.abs(total).max():
        return 'Nothing has come back from any of the four: units that are sure of themselves multiply it by 0.'
    return 'Four walks there and back, one slope for each weight: each pattern pulls, and the weights follow all four.'


class Turn(NamedTuple):
    """A moment of the batch."""
    label: str
    about: str
    pattern: int        # which of the four is under way; −1: none
    back: bool          # whether it comes back
    total: np.ndarray   # (P,): the slopes so far


def batch_tracks(state, frames, each, left):
    net, (x, target), units = state.net, state.examples(), nets.units(state.net)
    n, places, small = len(left[0]), frozenset(units), net in SMALL

    def slopes(turn, final):
        if not small or not (turn.back or final):
            return [''] * n
        return ['= ' + short(float(total), 3) for total in turn.total] if final else [
            slope_net.plus(met.slope) for met in left[turn.pattern]]

    all_known = walk.moments(net, each[0], float(target[0, 0]))[-1]
    ends = [k == len(frames) - 1 for k in range(len(frames))]
    says = [[''] * (len(units) + 1) if turn.pattern < 0 else values(each[turn.pattern], units, places, True) for turn in frames]
    comes = [deltas(each[turn.pattern], units, all_known) if turn.back else [''] * (len(units) + 1) for turn in frames]
    return {
        'given.text': [[short(float(v), 3) for v in (*x[turn.pattern], target[turn.pattern, 0])] for turn in frames],
        'values.text': says, 'deltas.text': comes, 'doors.notes': list(map(told, says, comes)),
        'meets.text': [[slope_net.product(met) for met in left[turn.pattern]] if turn.back and small else [''] * n
                       for turn in frames],
        'slopes.text': [slopes(turn, final) for turn, final in zip(frames, ends, strict=True)],
        'edges.notes': [[f'slope so far {short(float(total))}' for total in turn.total] for turn in frames],
        'blame.value': np.array([slope_net.blame_of(turn.total) for turn in frames])}
