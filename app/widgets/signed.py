"""Numbers with a sign as a picture: blue above zero, orange below, the paper's colour at zero."""
import numpy as np

from app.numbers import short
from app.scene import mark

LEVELS = 12                                     # shades on either side of zero
BELOW, ZERO, ABOVE = (196, 78, 0), (253, 252, 248), (0, 98, 160)
PALETTE = np.zeros((256, 3), np.uint8)
PALETTE[:2 * LEVELS + 1] = np.round([
    np.add(ZERO, np.multiply(np.subtract(BELOW if n < 0 else ABOVE, ZERO), abs(n) / LEVELS)) for n in range(-LEVELS, LEVELS + 1)])
PALETTE = PALETTE.ravel()


def shades(numbers, most=None):
    """The pixels of these numbers: full colour at ±most, or at the largest of them."""
    numbers = np.asarray(numbers, float)
    most = np.abs(numbers).max() if most is None else most
    return (LEVELS + np.round(np.clip(numbers / (most or 1), -1, 1) * LEVELS)).astype(np.uint8).ravel()


def signed(plane, numbers, shape, most=None, **more):
    """An image of these numbers. The class `model` turns it round on dark paper, where zero is dark."""
    return mark('image', plane, 'model', shape=list(shape), pixels=shades(numbers, most), palette=PALETTE, **more)


def minus(plane, numbers, columns):
    """A dash in each cell below zero of a picture that is so many columns wide: the sign is not the colour alone."""
    down, across = np.divmod(np.flatnonzero(numbers < 0), columns)
    x, y = np.float32(across[:, None] + (1 / 3, 2 / 3)).ravel(), np.float32(np.repeat(down + 0.5, 2))
    return mark('lines', plane, x=x, y=y, starts=np.arange(0, len(x), 2, np.uint16))


def scale(plane, most, zero=True):
    """What the shades mean, on a plane from −1 to 1: a strip, the numbers at its ends and, where there is room, zero."""
    key = np.arange(-LEVELS, LEVELS + 1) / LEVELS
    low, high = short(-most, 2), short(most, 2)
    ends = ('low', -1.0, 'start', low), ('zero', 0.0, 'middle', '0' if zero else ''), ('high', 1.0, 'end', high)
    return {f'{plane}-key': signed(plane, key, (1, len(key)), label=f'from orange, {low}, to blue, {high}'),
            **{f'{plane}-{end}': mark('text', plane, x=x, y=-1.0, dy=20, anchor=side, text=text) for end, x, side, text in ends}}
