"""The difference quotients as algebra gives them, before a computer rounds: what nudging itself gets wrong.

Subtracting two nearly equal numbers loses digits, so each quotient is rearranged until nothing nearly equal is left to
subtract. What a plain computation says beyond this is round-off; what this says beyond the slope is truncation.
"""
import numpy as np

from core.activations import relu


def _sine(x, h):
    return np.cos(x + h / 2) * np.sinc(h / 2 / np.pi)          # sin a − sin b = 2 cos((a + b)/2) sin((a − b)/2)


def _sigmoid(x, h):
    return np.sinh(h / 2) / (2 * h * np.cosh((x + h) / 2) * np.cosh(x / 2))


def _tanh(x, h):
    return np.sinh(h) / (h * np.cosh(x + h) * np.cosh(x))


def _relu(x, h):
    same_side = (x >= 0) == (x + h >= 0)
    return np.where(same_side, float(x >= 0), (relu(x + h) - relu(x)) / h)


QUOTIENTS = {
    'square': lambda x, h: 2 * x + h,
    'parabola': lambda x, h: 6 * x - 4 + 3 * h,
    'cubic': lambda x, h: 3 * x**2 - 3 + (3 * x + h) * h,
    'sine': _sine,
    'sigmoid': _sigmoid,
    'tanh': _tanh,
    'relu': _relu,
}


def exact_forward(name, x, h):
    """(f(x + h) − f(x)) / h of the curve with this name, as if computers did not round; h: a number or an array.

    >>> exact_forward('parabola', 2.0, 0.1)
    8.3
    """
    return QUOTIENTS[name](x, h)


def exact_central(name, x, h):
    """(f(x + h) − f(x − h)) / 2h: the mean of a nudge to the right and one to the left."""
    return (QUOTIENTS[name](x, h) + QUOTIENTS[name](x, -h)) / 2
