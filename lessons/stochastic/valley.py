"""The long valley of the house line, sizes as they were sold: plain descent beside rules that remember what they felt."""
from functools import lru_cache

import numpy as np

from core.data import PRICE, SQFT
from core.loss import line_loss, line_loss_gradient, line_loss_surface
from core.models import least_squares
from core.optimizers import descend_by
from lessons.stochastic.race import Walk

THOUSANDS = SQFT / 1000                 # ft²: a slope is then in $/ft², while prices and intercepts are in thousand $
BOTTOM = least_squares(THOUSANDS, PRICE)
LOWEST = line_loss(THOUSANDS, PRICE, *BOTTOM)
RULES = ('plain', 'momentum', 'adam')
STEPS = 100


def heights(slopes, intercepts):
    """The loss above the lowest of every line of the grid: shape (len(intercepts), len(slopes))."""
    return line_loss_surface(THOUSANDS, PRICE, slopes, intercepts) - LOWEST


@lru_cache(256)
def walk_by(rule, start, rate):
    """STEPS steps from start = (slope in $/ft², intercept in thousand $) by this rule."""
    walk = descend_by(rule, lambda knobs: line_loss_gradient(THOUSANDS, PRICE, *knobs), np.array(start), rate, STEPS)
    losses = np.array([line_loss(THOUSANDS, PRICE, *point) for point in walk.path]) - LOWEST
    return Walk(walk.path, np.maximum(losses, 0), walk.verdict == 'diverged', walk.says)
