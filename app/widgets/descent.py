"""One step at a time down a hill: the slope, the direction, the step, the new loss; beside it the loss after each step."""
import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets import hillside
from lessons.gradient_descent.hills import kink
from lessons.rate import rate_text

OPTIONS = {}

PHASES = ('gradient', 'direction', 'apply', 'new loss')
COLUMNS = ('step', 'at', 'slope', 'move', 'to', 'loss')
FILLED = np.array([3, 4, 5, 6])         # cells of the newest row, after each phase
RUNS_ON = ('curve', 'start', 'slope', 'rate', 'changes')
LAYOUT = {'wide': {'size': [720, 404], 'hill': [78, 34, 410, 310], 'time': [536, 34, 164, 310]},
          'narrow': {'size': [340, 478], 'hill': [68, 34, 250, 220], 'time': [68, 326, 250, 100]}}
REACH = 0.2                             # of the frame: how far the tangent goes to each side


def draw(state, width):
    hill, layout, at = state.hill(), LAYOUT[width], state.begins()
    here = dict(x=at, y=float(hill.f(at)), x1=at, y1=float(hill.f(at)))
    return {
        'size': layout['size'], 'title': f'A walk down {hill.words}', 'controls': ['curve', 'rate'],
        'planes': hillside.planes(hill, state.walk().steps, layout, width),
        'marks': {
            **hillside.ground(hill),
            'tangent': mark('line', 'hill', 'gradient', x=[], y=[]),
            'drop': mark('line', 'hill', 'step', x=[], y=[], dash=True),
            'uphill': mark('arrow', 'hill', 'gradient', **here),
            'move': mark('arrow', 'hill', 'step', **here),
            'trail': mark('points', 'hill', 'model', x=[], y=[], r=4),
            'start': hillside.start(state),
            **hillside.walker(hill, at)}}


def gesture(state, handle, point, **options):
    return state.starting_at(point[0])


def record(state, **options):
    """The whole walk: the start, then four moments for each step; a step that would be lost is stopped before it is made."""
    hill, walk = state.hill(), state.walk()
    moments = np.arange(1 + 4 * walk.steps + 3 * walk.lost)
    step, phase = np.divmod(np.maximum(moments - 1, 0), 4)
    phase[0] = 3                                                        # the start: nothing is under way
    here = step + ((phase >= 2) & (step < walk.steps) & (moments > 0))
    run, x, y, out = hillside.shown(hill, walk, here)
    words = texts(hill, walk)
    run['tracks'] |= arrows(hill, walk, step, phase, x, y, out)
    run['growing'] |= {'trail.x': (walk.places, here + 1), 'trail.y': (walk.heights, here + 1)}
    return run | {
        'frames': len(moments), 'pace': 4, 'phases': list(PHASES), 'labels': labels(hill, walk, words, step, phase),
        'steps': np.where(moments > 0, step + (phase >= 2), 0), 'says': walk.says, 'again': len(state.legs()) > 1,
        'rescue': state.rescue_words(),
        'time': {'plane': 'time', 'x': np.where(moments > 0, step + (phase + 1) / 4, 0)},
        'table': {'columns': list(COLUMNS), 'rows': rows(words, walk), 'counts': np.where(moments > 0, step + 1, 0),
                  'cells': FILLED[phase]},
    }


def arrows(hill, walk, step, phase, x, y, out):
    """What is under way: the tangent with the gradient on it, uphill; then the step, and how far it goes down or up."""
    (left, right), (low, high) = hill.xs, hill.ys
    from_x, from_y = walk.places[step], walk.heights[step]
    to_x = np.clip(from_x - walk.rates[step] * walk.slopes[step], left, right)
    inside = (from_x >= left) & (from_x <= right) & (from_y >= low) & (from_y <= high)
    inside[0] = False
    feels, moves = inside & (phase < 2), inside & ((phase == 1) | (phase == 2))
    falls = moves & (phase == 2) & (step < walk.steps)
    dx, dy = uphill(hill, walk.slopes[step])
    dx, dy = feels * dx, feels * dy
    tip, level = np.where(moves, to_x, x), np.where(moves, from_y, y)
    lands = np.where(falls, tip, x)
    return {
        'tangent.x': np.stack([x - dx, x + dx], 1), 'tangent.y': np.stack([y - dy, y + dy], 1),
        'uphill.x': x, 'uphill.y': y, 'uphill.x1': x + dx, 'uphill.y1': y + dy,
        'move.x': np.where(moves, from_x, x), 'move.y': level, 'move.x1': tip, 'move.y1': level,
        'drop.x': np.stack([lands, lands], 1), 'drop.y': np.stack([np.where(falls, from_y, y), y], 1)}


def uphill(hill, slopes):
    """A piece of the tangent, as long everywhere in the picture, that leads uphill; nothing where it is level."""
    across, up = hill.xs[1] - hill.xs[0], hill.ys[1] - hill.ys[0]
    steep = slopes * across / up
    dx = REACH / np.hypot(1, steep) * np.sign(slopes)
    return dx * across, dx * steep * up


def texts(hill, walk):
    """All numbers of the walk as they are read."""
    def read(values, digits=hill.digits):
        return [short(value, digits) for value in values.tolist()]

    moves = -walk.rates * walk.slopes
    return {'at': read(walk.places), 'loss': read(walk.heights), 'next': read(walk.places + moves),
            'slope': read(walk.slopes, 4), 'move': read(moves, 4), 'rate': [rate_text(rate) for rate in walk.rates.tolist()]}


def labels(hill, walk, words, step, phase):
    """Each moment in words."""
    name, at, slopes, moves, losses = hill.symbol, words['at'], words['slope'], words['move'], words['loss']
    said, sides = [f'The start: {name} = {at[0]}, loss {losses[0]}'], kink(hill, float(walk.places[0]))
    for i, p in zip(step[1:].tolist(), phase[1:].tolist(), strict=True):
        slope = walk.slopes[i]
        if p == 0:
            way = ', so it is level here' if slope == 0 else f'; uphill is to the {"right" if slope > 0 else "left"}'
            text = f'gradient: at {name} = {at[i]} the slope is {slopes[i]}{way}'
            if i == 0 and sides:
                left, right = map(short, sides)
                text = f'gradient: a kink, with slope {left} on the left and {right} on the right; we take {slopes[i]}'
        elif p == 1:
            way = '' if slope == 0 else f', to the {"left" if slope > 0 else "right"}'
            text = f'direction: −{words["rate"][i]} × {f"({slopes[i]})" if slope < 0 else slopes[i]} = {moves[i]}{way}'
        elif p == 2 and i == walk.steps:
            text = f'stopped: {name} would be {words["next"][i]}, out of this world'
        elif p == 2:
            text = f'apply: {name} = {at[i]} {"− " + moves[i][1:] if moves[i][0] == "−" else "+ " + moves[i]} = {at[i + 1]}'
        else:
            text = f'new loss: {verdict(walk.heights[i], walk.heights[i + 1], losses[i], losses[i + 1])}'
        said.append(f'Step {i + 1}, {text}')
    return said


def verdict(before, after, was, now):
    """The new loss beside the old one; a change that the digits do not show is said to be one."""
    if np.isclose(before, after, rtol=1e-11, atol=0):
        return f'{now}, as before'
    way = '✓ down' if after < before else '✗ up'
    return f'{now}, {way} from {was}' if was != now else f'{now}, {way} by next to nothing'


def rows(words, walk):
    """The table: a row for each step, its last cells where the step was stopped."""
    last = [*words['at'][1:], 'stopped'], [*words['loss'][1:], '']
    return [[str(i + 1), words['at'][i], words['slope'][i], words['move'][i], last[0][i], last[1][i]]
            for i in range(walk.steps + walk.lost)]
