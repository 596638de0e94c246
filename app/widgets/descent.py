"""One step at a time down a hill: the slope, the direction, the step, the new loss; beside it the loss after each step."""
import numpy as np

from app.numbers import short, ticks
from app.numbers import show as text_of
from app.scene import mark
from lessons.rate import rate_text

OPTIONS = {}

PHASES = ('gradient', 'direction', 'apply', 'new loss')
COLUMNS = ('step', 'at', 'slope', 'move', 'to', 'loss')
RUNS_ON = ('curve', 'start', 'slope', 'rate', 'changes')
FILLED = np.array([3, 4, 5, 6])         # cells of the newest row, after each phase
LAYOUT = {'wide': {'size': [720, 404], 'hill': [78, 34, 410, 310], 'time': [536, 34, 164, 310]},
          'narrow': {'size': [340, 478], 'hill': [68, 34, 256, 220], 'time': [68, 326, 256, 100]}}
REACH = 0.2                             # of the frame: how far the tangent goes to each side


def draw(state, width):
    hill, walk, layout = state.hill(), state.walk(), LAYOUT[width]
    xs, start = np.linspace(*hill.xs, 141), state.begins()
    yticks = ticks(*hill.ys)
    low, high = state.param[next(iter(state.starting_at(0)))].bounds
    low, high = max(low, hill.xs[0]), min(high, hill.xs[1])
    most = max(8, walk.steps)
    return {
        'size': layout['size'], 'title': f'A walk down {hill.words}', 'controls': ['curve', 'rate'],
        'planes': {
            'hill': dict(box=layout['hill'], x=list(hill.xs), y=list(hill.ys), grid=True, xlabel=hill.across, ylabel='loss',
                         xticks=ticks(*hill.xs), yticks=yticks),
            'time': dict(box=layout['time'], x=[0, most], y=list(hill.ys), grid=True, xlabel='step', ylabel='loss',
                         xticks=ticks(0, most, 3), yticks=[[value, ''] for value, _ in yticks] if width == 'wide' else yticks[::2])},
        'marks': {
            'curve': mark('line', 'hill', 'loss', x=xs, y=hill.f(xs), label=f'the hill: {hill.words}'),
            'hops': mark('line', 'hill', 'model', x=[], y=[]),
            'tangent': mark('line', 'hill', 'gradient', x=[], y=[]),
            'drop': mark('line', 'hill', 'step', x=[], y=[], dash=True),
            'uphill': mark('arrow', 'hill', 'gradient', x=start, y=hill.f(start), x1=start, y1=hill.f(start)),
            'move': mark('arrow', 'hill', 'step', x=start, y=hill.f(start), x1=start, y1=hill.f(start)),
            'trail': mark('points', 'hill', 'model', x=[], y=[], r=4),
            'start': mark('handle', 'hill', 'model', x=start, y=float(hill.f(start)), move='x', bounds=[low, high],
                          step=hill.stride, along='curve', cue=True, label='start', now=f'{start:g}',
                          says=f'the walk starts at {short(start, hill.digits)}, loss {short(float(hill.f(start)), hill.digits)}',
                          min=f'{low:g}', max=f'{high:g}'),
            'ball': mark('points', 'hill', 'model', x=[], y=[], r=8),
            'away': mark('text', 'hill', 'model', x=start, y=hill.ys[1], dy=30, text=''),
            'course': mark('line', 'time', 'loss', x=[], y=[], dash=True),
            'losses': mark('line', 'time', 'loss', x=[], y=[]),
            'now': mark('points', 'time', 'model', x=[], y=[], r=6),
        }}


def gesture(state, handle, point, **options):
    return state.starting_at(point[0])


def record(state, **options):
    """The whole walk: the start, then four moments for each step; a step that would be lost is stopped before it is made."""
    hill, walk = state.hill(), state.walk()
    n, x, y, slopes, rates = walk.steps, walk.places, walk.heights, walk.slopes, walk.rates
    moves = -rates * slopes
    frames = 1 + 4 * n + 3 * walk.lost
    at = np.maximum(np.arange(frames) - 1, 0)
    step, phase = at // 4, at % 4
    phase[0] = 3                                                        # the start: nothing is under way
    landed = (phase >= 2) & (step < n)                                  # on the step that it is in
    landed[0] = False
    here = step + landed
    words = texts(hill, walk, moves)
    left, right, low, high = *hill.xs, *hill.ys
    ball_x, ball_y = np.clip(x[here], left, right), np.clip(y[here], low, high)
    out = (x[here] != ball_x) | (y[here] != ball_y)
    dx, dy = uphill(hill, slopes[here])
    feels = (phase < 2) & ~out                                          # the ground under the feet
    ends = x[step] + moves[step]
    walks = ((phase == 1) | (phase == 2)) & (at + 1 == np.arange(frames)) & ~((x[step] < left) | (x[step] > right))
    from_y = np.clip(y[step], low, high)
    to = np.where(walks, np.clip(ends, left, right), ball_x)
    drops = walks & landed
    return {
        'frames': frames, 'pace': 4, 'phases': list(PHASES), 'labels': labels(hill, walk, words, step, phase),
        'steps': step + (phase >= 2) - (np.arange(frames) == 0), 'says': walk.says, 'again': len(state.legs()) > 1,
        'marks': {'course': {'x': np.arange(n + 1.), 'y': np.clip(y, low - 1, 2 * high - low)}},
        'tracks': {
            'ball.x': ball_x[:, None], 'ball.y': ball_y[:, None],
            'tangent.x': np.stack([ball_x - feels * np.abs(dx), ball_x + feels * np.abs(dx)], 1),
            'tangent.y': np.stack([ball_y - feels * np.sign(dx) * dy, ball_y + feels * np.sign(dx) * dy], 1),
            'uphill.x': ball_x, 'uphill.y': ball_y, 'uphill.x1': ball_x + feels * dx, 'uphill.y1': ball_y + feels * dy,
            'move.x': np.where(walks, x[step], ball_x), 'move.y': np.where(walks, from_y, ball_y),
            'move.x1': to, 'move.y1': np.where(walks, from_y, ball_y),
            'drop.x': np.stack([to, to], 1), 'drop.y': np.stack([np.where(drops, from_y, ball_y), ball_y], 1),
            'away.x': ball_x, 'away.y': ball_y, 'away.text': away(hill, words, here, x[here], y[here], out),
            'away.anchor': np.where(ball_x > (left + right) / 2, 'end', 'start').tolist(),
            'now.x': here[:, None].astype(float), 'now.y': ball_y[:, None]},
        'growing': {'trail.x': (x, here + 1), 'trail.y': (y, here + 1), 'hops.x': (x, here + 1), 'hops.y': (y, here + 1),
                    'losses.x': (np.arange(n + 1.), here + 1), 'losses.y': (np.clip(y, low - 1, 2 * high - low), here + 1)},
        'time': {'plane': 'time', 'x': np.where(np.arange(frames) == 0, 0, step + (phase + 1) / 4)},
        'table': {'columns': list(COLUMNS), 'rows': rows(words, n, walk.lost),
                  'counts': np.where(np.arange(frames) == 0, 0, step + 1), 'cells': FILLED[phase]},
    }


def uphill(hill, slopes):
    """A piece of the tangent, as long everywhere in the picture, that leads uphill; nothing where it is level."""
    across, up = hill.xs[1] - hill.xs[0], hill.ys[1] - hill.ys[0]
    steep = slopes * across / up
    dx = REACH / np.hypot(1, steep) * np.sign(slopes)
    return dx * across, np.abs(dx * steep) * up


def away(hill, words, here, x, y, out):
    """What stands beside the ball where it is held at the rim: its true place."""
    arrows = np.where(x < hill.xs[0], '←', np.where(x > hill.xs[1], '→', np.where(y > hill.ys[1], '↑', '↓'))).tolist()
    return [f'{arrow} {hill.symbol} = {words["at"][i]}' if off else ''
            for arrow, i, off in zip(arrows, here.tolist(), out.tolist(), strict=True)]


def texts(hill, walk, moves):
    """All numbers of the walk as they are read."""
    return {'at': [short(v, hill.digits) for v in walk.places.tolist()],
            'loss': [short(v, hill.digits) for v in walk.heights.tolist()],
            'slope': [short(v, 4) for v in walk.slopes.tolist()],
            'move': [short(v, 4) for v in moves.tolist()],
            'next': [short(v, hill.digits) for v in (walk.places + moves).tolist()],
            'rate': [rate_text(rate) for rate in walk.rates.tolist()]}


def labels(hill, walk, words, step, phase):
    """Each moment in words."""
    said, name = [f'The start: {hill.symbol} = {words["at"][0]}, loss {words["loss"][0]}'], hill.symbol
    for i, p in zip(step[1:].tolist(), phase[1:].tolist(), strict=True):
        slope = walk.slopes[i]
        if p == 0:
            way = ', so it is level here' if slope == 0 else f', so uphill is to the {"right" if slope > 0 else "left"}'
            text = f'gradient: at {name} = {words["at"][i]} the slope is {words["slope"][i]}{way}'
        elif p == 1:
            way = '' if slope == 0 else f', to the {"left" if slope > 0 else "right"}'
            text = f'direction: −{words["rate"][i]} × {braced(words["slope"][i])} = {words["move"][i]}{way}'
        elif p == 2 and i == walk.steps:
            text = f'stopped: {name} would be {words["next"][i]}, out of this world'
        elif p == 2:
            move = words['move'][i]
            text = f'apply: {name} = {words["at"][i]} {"− " + move[1:] if move[0] == "−" else "+ " + move} = {words["at"][i + 1]}'
        else:
            text = f'new loss: {verdict(walk.heights[i], walk.heights[i + 1], words["loss"][i], words["loss"][i + 1])}'
        said.append(f'Step {i + 1}, {text}')
    return said


def braced(text):
    return f'({text})' if text[0] == '−' else text


def verdict(before, after, was, now):
    """The new loss beside the old one; a change that the digits do not show is said to be one."""
    if np.isclose(before, after, rtol=1e-12, atol=0):
        return f'{now}, as before'
    change = '✓ down from' if after < before else '✗ up from'
    return f'{now}, {change} {was}' if was != now else f'{now}, {change.split(" ")[0]} {change.split(" ")[1]} by next to nothing'


def rows(words, n, lost):
    done = [[str(i + 1), words['at'][i], words['slope'][i], words['move'][i], words['at'][i + 1], words['loss'][i + 1]]
            for i in range(n)]
    return done + [[str(n + 1), words['at'][n], words['slope'][n], words['move'][n], 'stopped', '']] * lost
