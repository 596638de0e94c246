"""The ground to walk on: the curves of the engine, and the loss of the house line for every slope."""
from typing import NamedTuple

import numpy as np

from core.data import PRICE, SQFT
from core.derivative import forward_difference
from core.functions import CURVES
from core.loss import line_losses
from lessons.curves import WALKS

INTERCEPT = 50_000          # $: where the house line stays at zero, while its slope walks


class Hill(NamedTuple):
    """A curve to walk down."""
    words: str              # what a reader calls it
    f: callable             # x → height, for arrays too
    slope: callable         # x → dy/dx
    xs: tuple               # the part that is shown, and where a walk may start
    ys: tuple
    symbol: str = 'x'
    across: str = 'x'       # what the axis is called
    unit: str = ''          # of a place
    digits: int = 4         # how many of a place are shown
    stride: float = 0.1     # what an arrow key moves


def house_loss(slope):
    """The mean squared error, in (thousand $)², of the house line with this slope in $/ft²; for arrays too."""
    slopes = np.ravel(np.asarray(slope, float)) / 1000
    losses = line_losses(SQFT, PRICE, slopes, np.full(len(slopes), INTERCEPT / 1000))
    return np.reshape(losses, np.shape(slope))[()]


SQUARES = float((SQFT**2).mean()) / 1e6
CROSS = float(((INTERCEPT / 1000 - PRICE) * SQFT).mean()) / 1e3


def house_loss_slope(slope):
    """How the loss of the house line changes with its slope, in closed form: 2 · mean of error · size, written out."""
    return 2 * (SQUARES * slope + CROSS)


def curvature(hill):
    """How fast the slope of a hill changes, f″, where that is the same everywhere and upward, as on a parabola; else None."""
    xs = np.linspace(*hill.xs, 9)
    bends = np.diff(hill.slope(xs)) / np.diff(xs)
    return float(f'{bends.mean():.12g}') if bends[0] > 0 and np.allclose(bends, bends[0], rtol=1e-9, atol=0) else None


def kink(hill, place):
    """The slopes on the left and on the right where they differ, felt by a nudge to each side; None where the hill is smooth."""
    left, right = (round(float(forward_difference(hill.f, place, h)), 4) + 0.0 for h in (-1e-6, 1e-6))
    return (left, right) if abs(left - right) > 0.01 * (1 + abs(left)) else None


def _hill(name, xs, ys):
    """A curve of the engine, called as on every other page."""
    return Hill(WALKS[name].words, CURVES[name].f, CURVES[name].slope, xs, ys)


HILLS = {
    'parabola': _hill('parabola', (-3.0, 4.0), (0.0, 45.0)),
    'house-line': Hill('the loss of the house line', house_loss, house_loss_slope, (0.0, 300.0), (0.0, 120_000.0),
                       'm', 'm, slope of the line ($/ft²)', '$/ft²', stride=5.0),
    'square': _hill('square', (-3.0, 3.0), (0.0, 9.5)),
    'cubic': _hill('cubic', (-2.5, 2.5), (-9.0, 9.0)),
    'sine': _hill('sine', (-6.0, 6.0), (-1.3, 1.3)),
    'sigmoid': _hill('sigmoid', (-4.0, 4.0), (0.0, 1.0)),
    'relu': _hill('relu', (-3.0, 3.0), (-0.5, 3.0)),
}
CHOICES = {hill.words: name for name, hill in HILLS.items()}
