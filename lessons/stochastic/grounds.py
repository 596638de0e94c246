"""The grounds of the race: two losses that are means over examples, so that some of the examples make a rough gradient.

Both are the same round bowl. Places are counted from their own zero; a height is the loss above the lowest there is, which
here is the squared distance from the bottom: what is left at the bottom itself, no step can take away.
"""
from typing import NamedTuple

import numpy as np

from core.data import PRICE, SQFT
from core.loss import mean_squared_error
from core.models import in_standard_units, least_squares, line, standardised
from core.stochastic import bowl_gradients, bowl_of_points, line_gradients

SPREAD = 1.5                # of the points, in each direction
DEALT = 11                  # the seed that they were dealt with, once and for all
FIRST_LINE = 200, 50_000    # $/ft², $: the poor line that the course begins with


class Ground(NamedTuple):
    """A loss over two parameters, made of examples."""
    words: str              # what is asked: 'points', 'houses'
    gradient: callable      # (place (2,), batch) → (2,), on those examples
    examples: np.ndarray    # (n, 2)
    n: int                  # how many examples there are
    sizes: tuple            # of the minibatches that deal them out evenly
    bottom: np.ndarray      # (2,)
    lowest: float           # the loss there
    start: np.ndarray       # (2,)
    half: float             # from the middle of the window to its rim
    middle: tuple           # of the window
    levels: tuple           # of the contour lines
    powers: tuple           # of ten: the lowest and the highest loss that are shown

    def heights(self, places):
        """The loss above the lowest, for places (…, 2)."""
        return ((places - self.bottom) ** 2).sum(axis=-1)


POINTS = bowl_of_points(128, seed=DEALT, spread=SPREAD)
SIZES = standardised(SQFT)              # of the houses, in standard deviations from their mean
HOUSES = np.stack([SQFT, PRICE], axis=1)
BEST = np.array(least_squares(SIZES, PRICE))

GROUNDS = {
    'bowl': Ground('points', bowl_gradients(POINTS), POINTS, len(POINTS), (1, 2, 4, 8, 16, 32, 64, 128), np.zeros(2),
                   float((POINTS**2).sum(axis=1).mean()), np.array([2.5, 2.0]), 4.5, (0.0, 0.0), (1, 4, 16), (-6, 2)),
    'houses': Ground('houses', line_gradients(SIZES, PRICE), HOUSES, len(SQFT), (1, 2, 3, 4, 6, 8, 12, 24), BEST,
                     mean_squared_error(line(SIZES, *BEST), PRICE),
                     np.array(in_standard_units(SQFT, FIRST_LINE[0] / 1000, FIRST_LINE[1] / 1000)), 130.0, (90.0, 350.0),
                     (2000, 10_000), (-1, 5)),
}
