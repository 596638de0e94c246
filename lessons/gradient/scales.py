"""The same line walked down twice: on the sizes as they were sold, in ft², and on sizes measured in their own spread."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.curvature import largest_stable_rate, line_loss_hessian
from core.data import PRICE, SQFT
from core.gradient_descent import descend
from core.loss import line_loss_gradient
from core.models import in_standard_units, in_units_of, standardised

CRAWLED = 40                # steps that both take
SCALES = ('raw', 'standardised')


class Walk(NamedTuple):
    """A walk in slope and intercept as the inputs of that scale need them; prices are in thousand $."""
    path: np.ndarray        # (steps + 1, 2)
    rate: float
    says: str


def sized(scale):
    """The sizes of the houses, in ft² or in standard deviations from their mean; shape (n,)."""
    return SQFT if scale == 'raw' else standardised(SQFT)


def scaled(scale, slope, intercept):
    """A line of `slope` $/ft² and `intercept` thousand $ as this scale has it."""
    return (slope / 1000, intercept) if scale == 'raw' else in_standard_units(SQFT, slope / 1000, intercept)


def unscaled(scale, slope, intercept):
    """The other way round: $/ft² and thousand $."""
    slope, intercept = (slope, intercept) if scale == 'raw' else in_units_of(SQFT, slope, intercept)
    return slope * 1000, intercept


@lru_cache(256)
def walk_on(scale, start, share):
    """CRAWLED steps from `start` = (slope in $/ft², intercept in thousand $), kept for all readers.

    The rate is `share` of 1 / the steepest curvature: with 1 the steepest direction arrives in one step, from 2 on every
    step lands higher up.
    """
    x = sized(scale)
    rate = share * largest_stable_rate(line_loss_hessian(x)) / 2
    walk = descend(lambda p: line_loss_gradient(x, PRICE, *p), np.array(scaled(scale, *start)), rate, CRAWLED)
    return Walk(walk.path, rate, walk.says)
