"""What the pictures of the derivative share: how places and slopes are written, how a curve stands in its frame."""
import numpy as np

from app.numbers import show as text_of
from app.numbers import ticks

ROOM = 0.06         # of the frame, around the curve
UNSEEN = 1 / 700    # of its height: less than half a pixel


def place_text(walk, x):
    """x as people write it: a named place by its name, others with up to four digits."""
    return walk.places.get(x) or text_of(float(x), '.4g')


def within(text):
    """A number as a factor or under a power: what is longer than a plain number gets brackets."""
    return f'({text})' if text[0] == '−' or '/' in text else text


def slope_text(slope, sign=True):
    """Two decimals, more where they would show nothing; 0 only where it is 0."""
    if abs(slope) < 1e-9:
        return '0'
    plus = '+' if sign else ''
    return text_of(slope, f'{plus}.2f' if abs(slope) >= 0.1 else f'{plus}.2g')


def in_full(value):
    """All digits that the computer keeps, as Python prints them."""
    text = repr(float(value))
    return '−' + text[1:] if text[0] == '-' else text


def worked(state):
    """The rule for the slope with the reader's numbers in it: ['2x', '2 · 1.5', '3.00']."""
    walk, x = state.walk(), place_text(state.walk(), state.x())
    slope = slope_text(state.slope(), sign=False)
    numbers = walk.worked.format(x=within(x), y=within(text_of(state.fx(), '.4g')), slope=slope)
    return list(dict.fromkeys([walk.rule, numbers, slope]))


def gesture_at(state, x):
    """Where a hand at x puts the reader: on a round number, or on a named place close by."""
    walk = state.walk()
    low, high = walk.reach
    near = next((place for place in walk.places if abs(place - x) < walk.stride / 10.1), None)
    return {'at': round(min(high, max(low, x)), 2) if near is None else near}


def drawn(f, low, high, corners=(), tall=None):
    """The curve of f as a polyline with no more points than an eye needs, and all of its corners: xs, ys.

    tall: how high the picture is, in units of y. Places and heights are multiples of powers of two,
    so that their bytes compress well.
    """
    whole = 2.0 ** np.floor(np.log2((high - low) / 8))
    for step in (whole * part / 2**n for n in range(6) for part in (1, 0.75)):
        inside = np.arange(np.ceil(low / step), high / step) * step
        xs = np.unique([low, *inside, *(x for x in corners if low < x < high), high])
        ys, between = f(xs), f((xs[1:] + xs[:-1]) / 2)
        if np.abs(between - (ys[1:] + ys[:-1]) / 2).max() <= UNSEEN * (tall or np.ptp(ys) or 1.0):
            break
    return xs, coarse(ys)


def coarse(values):
    return np.round(np.asarray(values, float) * 2**11) / 2**11


def frame(walk):
    """The ranges that hold a whole walk, with some room: ([low x, high x], [low y, high y])."""
    low, high = walk.reach
    heights = walk.curve.f(np.linspace(low, high, 121))
    return padded(low, high), padded(float(heights.min()), float(heights.max()))


def padded(low, high, least=0.0):
    room = max(ROOM * (high - low), (least - (high - low)) / 2)
    return [low - room, high + room]


def scales(ranges, box):
    """A plane with round ticks, for a curve."""
    xs, ys = ranges
    return dict(box=box, x=xs, y=ys, grid=True, xlabel='x', ylabel='f(x)', xticks=ticks(*xs), yticks=ticks(*ys, 6))


def paper(size):
    """A plane for words: its units are those of the picture, y upwards."""
    return dict(box=[0, 0, *size], x=[0, size[0]], y=[0, size[1]])
