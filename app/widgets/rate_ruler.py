"""A ruler of rates with what each of them does, computed for this hill and this start; and the walk with the reader's rate."""
import math

import numpy as np

from app.numbers import short
from app.scene import mark
from app.widgets import hillside
from core.rates import RATES
from lessons.rate import rate_text

OPTIONS = {}

LOW, HIGH = -2.5, 1.0                       # powers of ten: the ruler's ends
MOST = 1000                                 # steps
NEAR = 0.035                                # powers of ten: a hand that is so close to a landmark means it
COLUMNS = ()
RUNS_ON = ('curve', 'start', 'slope', 'rate', 'changes')
MEANING = {'stands still': 'data', 'crawl': 'data', 'smooth': 'step', 'one step': 'step', 'zig-zag': 'model',
           'endless zig-zag': 'gradient', 'diverge': 'loss', 'never rests': 'gradient', 'another valley': 'hidden',
           'no bottom': 'hidden'}
LAYOUT = {'wide': {'size': [720, 470], 'ruler': [40, 78, 640, 40], 'hill': [78, 210, 300, 200], 'time': [440, 210, 260, 200]},
          'narrow': {'size': [340, 600], 'ruler': [20, 78, 300, 40], 'hill': [68, 208, 250, 180], 'time': [68, 460, 250, 88]}}


def draw(state, width):
    hill, layout = state.hill(), LAYOUT[width]
    powers = [(power, rate_text(10.0 ** power)) for power in range(math.ceil(LOW), math.floor(HIGH) + 1)]
    w, h = layout['size']
    planes = {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
              'ruler': dict(box=layout['ruler'], x=[LOW, HIGH], y=[0, 1], xlabel='rate', xticks=[list(p) for p in powers])}
    return {
        'size': layout['size'], 'title': f'What each rate does on {hill.words}', 'controls': ['curve', 'rate'],
        'planes': planes | hillside.planes(hill, state.walk(MOST).steps, layout, width),
        'marks': {**bands(state, layout['ruler'][2], 16 if width == 'wide' else 14), **landmarks(state, width == 'wide'),
                  'said': mark('text', 'paper', 'step', x=layout['ruler'][0], y=h - 20, lit='rate',
                               text=f'rate {rate_text(state.rate)}: {state.rate_name()}'), 'rate': handle(state),
                  **hillside.ground(hill), 'start': hillside.start(state), **hillside.walker(hill, state.begins())}}


def gesture(state, handle, point, **options):
    if handle == 'start':
        return state.starting_at(point[0])
    near = [rate for rate in state.landmarks() if abs(math.log10(rate) - point[0]) < NEAR]
    return {'rate': near[0] if near else float(f'{10 ** min(HIGH, max(LOW, point[0])):.2g}')}


def bands(state, room, size):
    """Rectangles along the ruler, one mark for each kind of walk, and its name where it is widest."""
    found, marks, taken = state.bands(), {}, []
    for name in RATES:
        mine = [(max(LOW, math.log10(band.low)), min(HIGH, math.log10(band.high))) for band in found if band.name == name]
        mine = [(low, high) for low, high in mine if high > low]
        key = name.replace(' ', '-')
        marks[key] = mark('tiles', 'ruler', MEANING[name], x=[low for low, _ in mine], y=[0.0] * len(mine),
                          w=[high - low for low, high in mine], h=[1.0] * len(mine))
        low, high = max(mine, key=lambda ends: ends[1] - ends[0], default=(LOW, LOW))
        unit = room / (HIGH - LOW)
        half, middle = len(name) * size * .28 / unit, (low + high) / 2
        inside = (high - low) / 2 > half
        middle = min(HIGH - half, max(LOW + half, middle))
        free = mine and (inside or all(abs(middle - other) > half + more for other, more in taken))
        if free and not inside:
            taken.append((middle, half))
        marks[f'{key}-name'] = mark('text', 'ruler', MEANING[name], x=middle, anchor='middle', text=name if free else '',
                                    y=0.5 if inside else 1.0, dy=size * .35 if inside else -9)
    return marks


def landmarks(state, wide):
    """The rates that make a difference, computed: lines across the ruler, and above it what they are and do."""
    at = [rate for rate in state.landmarks() if LOW < math.log10(rate) < HIGH]
    named = {}
    for i in range(2):
        rate = at[i] if i < len(at) else None
        place = [math.log10(rate)] if rate else []
        named[f'landmark-{i}'] = mark('line', 'ruler', x=place * 2, y=[0.0, 1.0] * len(place))
        named[f'landmark-{i}-name'] = mark('text', 'ruler', x=place[0] if rate else LOW, y=1.0, dx=(7, -7)[i], dy=-30,
                                           anchor=('end', 'start')[i], text=named_rate(rate, i, wide) if rate else '')
    return named


def named_rate(rate, i, wide):
    """What landmark i does, and how large it is: a fraction where it is one, else two digits."""
    text = rate_text(rate)
    text = text if '/' in text else short(rate, 2)
    return f'one step: {text}' if i == 0 else f'{text}: to and fro for ever' if wide else text


def handle(state):
    """The reader's rate; held at the end of the ruler, with its true size, when it lies beyond."""
    power = math.log10(state.rate)
    at = min(HIGH, max(LOW, power))
    return mark('handle', 'ruler', 'step', x=at, y=0.0, move='x', bounds=[LOW, HIGH], step=0.05, cue=True, jump=True,
                label='rate', says=f'rate {rate_text(state.rate)}: {state.rate_name()}', now=f'{at:.4g}',
                min=f'{LOW:g}', max=f'{HIGH:g}')


def record(state, **options):
    """Whole steps, up to a thousand of them."""
    hill, walk = state.hill(), state.walk(MOST)
    here = np.arange(walk.steps + 1)
    run, *_ = hillside.shown(hill, walk, here)
    places, losses = ([short(value, hill.digits) for value in values.tolist()] for values in (walk.places, walk.heights))
    labels = [f'After {i} step{"s" if i > 1 else ""}: {hill.symbol} = {place}, loss {loss}'
              for i, place, loss in zip(here.tolist(), places, losses, strict=True)]
    labels[0] = f'The start: {hill.symbol} = {places[0]}, loss {losses[0]}'
    return run | {'frames': len(here), 'pace': max(3, walk.steps / 8), 'labels': labels, 'says': walk.says,
                  'again': len(state.legs()) > 1, 'rescue': state.rescue_words(),
                  'time': {'plane': 'time', 'x': here.astype(float)}}
