"""The landscapes to walk in: the loss of every line through the houses, and a few shapes, each with a window to see it in."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.curvature import line_loss_hessian
from core.data import PRICE, SQFT
from core.functions import SURFACES
from core.gradient_descent import descend
from core.loss import line_loss_surface
from core.models import least_squares

SIZES = SQFT / 1000         # in thousand ft²: a slope is then in $/ft², while prices and intercepts are in thousand $
BEST = np.array(least_squares(SIZES, PRICE))
CURVES = line_loss_hessian(SIZES)


class Land(NamedTuple):
    """A surface over a square window. A `place` is where in the window: −1 is its left or lower rim, 1 the other."""
    words: str              # what a reader calls it
    f: callable             # (x of shape (k,), y of shape (m,)) → heights (m, k)
    gradient: callable      # (2,) → (2,)
    middle: tuple           # of the window
    half: float             # from its middle to its rim
    heights: tuple          # the lowest and the highest that are shown
    levels: tuple           # of the contour lines
    axes: tuple = ('x', 'y', 'f')
    across: str = '{}'      # how a place is said
    up: str = '{}'

    def at(self, place):
        """The point (2,) of a place."""
        return np.array(self.middle) + self.half * np.asarray(place, float)

    def place_of(self, point):
        """The place (2,) of a point; outside of −1 … 1 it is beyond the window."""
        return (np.asarray(point, float) - self.middle) / self.half

    def window(self):
        """((low, high) of x, (low, high) of y)."""
        return tuple((centre - self.half, centre + self.half) for centre in self.middle)

    def height(self, point):
        return float(self.f(np.array([point[0]]), np.array([point[1]]))[0, 0])

    def grid(self, count):
        """x (count,), y (count,) and heights (count, count) of the whole window."""
        x, y = (np.linspace(*ends, count) for ends in self.window())
        return x, y, self.f(x, y)


def _shape(words, name, half, heights, levels):
    surface = SURFACES[name]

    def f(x, y):
        return surface.f(np.array(np.meshgrid(x, y)))

    return Land(words, f, surface.gradient, (0.0, 0.0), half, heights, levels)


def house_loss(slopes, intercepts):
    """The loss, in (thousand $)², of lines with these slopes, in $/ft², and intercepts, in thousand $."""
    return line_loss_surface(SIZES, PRICE, slopes, intercepts)


def house_gradient(point):
    """How that loss changes with the slope, for each $/ft², and with the intercept, for each thousand $.

    The loss of a line is a bowl, so its slope grows evenly with the distance from the bottom.
    """
    return CURVES @ (np.asarray(point) - BEST)


LANDS = {
    'houses': Land('the house line', house_loss, house_gradient, (150.0, 50.0), 150.0, (0.0, 225_000.0),
                   (2500, 5000, 10_000, 20_000, 40_000, 80_000, 120_000, 180_000),
                   ('slope ($/ft²)', 'intercept (thousand $)', 'loss'), 'slope {} $/ft²', 'intercept {} thousand $'),
    'bowl': _shape('a bowl, x² + y²', 'bowl', 3.0, (0.0, 18.0), (0.25, 1, 2, 4, 6, 8, 10, 12, 14, 16)),
    'long-valley': _shape('a long valley, x² + 10y²', 'long-valley', 3.0, (0.0, 100.0), (1, 4, 8, 15, 25, 40, 60, 80)),
    'saddle': _shape('a saddle, x² − y²', 'saddle', 2.0, (-4.0, 4.0), (-3, -2, -1, -0.4, 0, 0.4, 1, 2, 3)),
    'ripples': _shape('ripples', 'ripples', 3.0, (-0.9, 2.2), (-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.5, 2)),
    'two-minima': _shape('two valleys', 'two-minima', 2.0, (-0.5, 13.5), (-0.2, 0, 0.2, 0.5, 1, 2, 4, 6, 8, 10)),
}
CHOICES = {land.words: name for name, land in LANDS.items()}


@lru_cache(256)
def walk_in(land, start, rate, steps):
    """The Descent in LANDS[land] from the point `start`, kept for all readers: not to be changed."""
    return descend(LANDS[land].gradient, np.array(start), rate, steps)
