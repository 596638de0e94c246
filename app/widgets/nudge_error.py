"""How far a slope found by nudging is off, for every size of the nudge: too large is wrong, and too small is wrong."""
from functools import lru_cache

import numpy as np

from app.scene import mark
from app.widgets import nudge_axis
from app.widgets.on_a_curve import coarse, in_full, paper, place_text, slope_text
from core.derivative import nudge_errors
from core.functions import CURVES
from lessons.power import size_text

OPTIONS = {}

POWERS = np.linspace(-15, 0, 31)                # two nudges in each power of ten
SIZES = 10.0 ** POWERS
LAST_DIGIT = 1e-17
NONE, FLOOR, CEILING = -17.0, -16.0, 1.0        # powers of ten of the error: where 0 is drawn, the smallest, the largest
LAYOUT = {'wide': {'size': [720, 524], 'box': [76, 66, 620, 300], 'left': 76, 'place': 22, 'says': 444, 'parts': 468,
                   'says-both': 494, 'parts-both': 518},
          'narrow': {'size': [340, 452], 'box': [46, 66, 280, 236], 'left': 8, 'place': 22, 'says': 372, 'parts': 394,
                     'says-both': 420, 'parts-both': 442}}


def draw(state, width):
    layout, walk = LAYOUT[width], state.walk()
    errors = [[NONE, '0'], *([power, nudge_axis.ten_to(power)] for power in range(-12, 1, 4))]
    plane = dict(box=layout['box'], x=[-15.4, 0.4], y=[NONE - 0.4, CEILING + 0.2], grid=True, xlabel='the nudge h',
                 ylabel='off by', xticks=nudge_axis.marks_of_ten(), yticks=errors)
    return {'size': layout['size'], 'title': f'The error of nudging for {walk.words}',
            'controls': ['curve', 'central'], 'planes': {'paper': paper(layout['size']), 'error': plane},
            'marks': {**_arms(state, width == 'wide'), **_words(state, layout), **_reader(state)}}


def gesture(state, handle, point, **options):
    return {'nudge': point[0]}


def log(sizes):
    """Powers of ten, held inside the picture; what is 0 has none and gets a place of its own at the foot."""
    with np.errstate(divide='ignore'):
        return np.where(np.equal(sizes, 0), NONE, coarse(np.clip(np.log10(np.abs(sizes)), FLOOR, CEILING)))


@lru_cache(maxsize=64)
def _errors(name, x):
    """The engine's errors for all nudges that are drawn: they change with the place, and not with the reader's own h."""
    return nudge_errors(CURVES[name].f, CURVES[name].slope, x, SIZES)


def _arms(state, wide):
    """The errors as they are, beneath them the two causes, and, unseen, the path that a dragged nudge takes."""
    errors, shown = _errors(state.curve, state.x()), not state.at_a_kink()

    def dots(found, meant, **more):
        return mark('points', 'error', 'loss', x=POWERS if meant else [], y=log(found) if meant else [], r=3.2, **more)

    def cause(key, sizes, words, at, anchor):
        drawn = np.flatnonzero((sizes > 10 ** FLOOR) & (sizes < 10 ** CEILING) & shown)
        x, y = (POWERS[drawn[[0, -1]]], log(sizes[drawn[[0, -1]]])) if len(drawn) > 4 else ([], [])
        place = float(np.clip(at, x[0], x[-1])) if len(x) else 0.0
        return {key: mark('line', 'error', 'data', x=x, y=y, dash=True),
                f'{key}-name': mark('text', 'error', 'data', x=place, y=float(np.interp(place, x, y)) if len(x) else 0.0,
                                    dx=-12 if anchor == 'end' else 12, dy=-2, anchor=anchor, text=words if len(x) else '')}

    return {
        'path': mark('line', 'error', x=POWERS[::2], y=log(errors.central if state.central else errors.forward)[::2]),
        **cause('round-off', errors.round_off, 'round-off, at most' if wide else 'round-off', -12 if wide else -13.2, 'start'),
        **cause('truncation', errors.bend, 'truncation', -3.2 if wide else -2, 'end'),
        **cause('truncation-both', errors.bend_left if state.central else errors.bend_left * 0, '', -2, 'end'),
        'central': dots(errors.central, shown and state.central),
        'forward': dots(errors.forward, shown, label='the error falls with the nudge, and then grows again'),
    }


def _parts(got, true, truncation):
    """The parts of an error: what algebra explains, and the rest, which is rounding, as is the last digit of the former."""
    truncation = truncation if abs(truncation) > LAST_DIGIT else 0.0
    return f'truncation {size_text(truncation)}, round-off {size_text(got - true - truncation)}'


def _words(state, layout):
    walk, true, h, kink = state.walk(), state.slope(), size_text(state.h()), state.at_a_kink()
    forward, both = state.forward(), state.both_ways()
    by_size, by_size_both = (float(part) for part in state.truncation(state.h()))
    where = 'no slope at this kink' if kink else f'slope {slope_text(true, sign=False)}'
    texts = {
        'place': (f'{walk.words} at x = {place_text(walk, state.x())}, {where}', None),
        'says': (f'{"● " if state.central else ""}h = {h} says {in_full(forward)}', None),
        'parts': ('no answer is right here, so none is off' if kink else _parts(forward, true, by_size), 'loss'),
        'says-both': (f'○ both ways: {in_full(both)}' if state.central else '', None),
        'parts-both': (_parts(both, true, by_size_both) if state.central and not kink else '', 'loss'),
    }
    return {key: mark('text', 'paper', meaning, x=layout['left'], y=layout['size'][1] - layout[key], text=text)
            for key, (text, meaning) in texts.items()}


def _reader(state):
    """The reader's own h, at its own error."""
    got, kink = state.both_ways() if state.central else state.forward(), state.at_a_kink()
    error = got - state.slope()
    y = NONE if kink else float(log(error))
    return {'plumb': mark('line', 'error', 'gradient', x=[state.nudge] * 2, y=[NONE - 0.4, y], dash=True),
            'h': nudge_axis.handle(state, 'error', y, 'no derivative here' if kink else f'off by {size_text(error)}',
                                   along=None if kink else 'path')}
