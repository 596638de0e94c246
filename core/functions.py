"""Hills to stand on: a few curves and surfaces, each with a formula for its slope.

A curve takes one number, a surface takes a point of two. All of them also take whole arrays, to be drawn:
a curve's x in any shape, a surface's point as (2, …), for example what `np.meshgrid` returns.
"""
from typing import NamedTuple

import numpy as np

from core.activations import relu, relu_slope, sigmoid, sigmoid_slope, tanh, tanh_slope


class Curve(NamedTuple):
    """A function of one number with its derivative, and how to write it.

    >>> CURVES['square'].f(3.0), CURVES['square'].slope(3.0)
    (9.0, 6.0)
    """
    name: str        # short, as it stands in an address
    tex: str
    f: callable      # x → y, the same shape
    slope: callable  # x → dy/dx, the same shape


class Surface(NamedTuple):
    """A function of a point (x, y) with its gradient, and how to write it.

    >>> SURFACES['bowl'].gradient([1.0, -2.0])
    array([ 2., -4.])
    """
    name: str
    tex: str
    f: callable         # (2, …) → height (…)
    gradient: callable  # (2, …) → (2, …), the direction of steepest ascent


def _parabola(x):
    return 3*x**2 - 4*x + 5  # in this order: another one rounds differently in the last digit


def _bowl(point):
    x, y = point
    return x**2 + y**2


def _bowl_gradient(point):
    x, y = point
    return np.array([2 * x, 2 * y])


def _long_valley(point):
    x, y = point
    return x**2 + 10 * y**2


def _long_valley_gradient(point):
    x, y = point
    return np.array([2 * x, 20 * y])


def _saddle(point):
    x, y = point
    return x**2 - y**2


def _saddle_gradient(point):
    x, y = point
    return np.array([2 * x, -2 * y])


def _ripples(point):
    x, y = point
    return (x**2 + y**2) / 10 + np.sin(2 * x) * np.sin(2 * y)


def _ripples_gradient(point):
    x, y = point
    return np.array([x / 5 + 2 * np.cos(2 * x) * np.sin(2 * y), y / 5 + 2 * np.sin(2 * x) * np.cos(2 * y)])


def _two_minima(point):
    x, y = point
    return (x**2 - 1) ** 2 + y**2 + x / 4  # the x / 4 tilts it: the left valley is the deeper one


def _two_minima_gradient(point):
    x, y = point
    return np.array([4 * x * (x**2 - 1) + 1 / 4, 2 * y])


CURVES = {curve.name: curve for curve in (
    Curve('square', 'x^2', lambda x: x**2, lambda x: 2 * x),
    Curve('parabola', '3x^2 - 4x + 5', _parabola, lambda x: 6 * x - 4),
    Curve('cubic', 'x^3 - 3x', lambda x: x**3 - 3 * x, lambda x: 3 * x**2 - 3),
    Curve('sine', r'\sin x', np.sin, np.cos),
    Curve('sigmoid', r'\frac{1}{1 + e^{-x}}', sigmoid, sigmoid_slope),
    Curve('tanh', r'\tanh x', tanh, tanh_slope),
    # At its kink relu has no derivative: the slope is 0 on the left and 1 on the right. By convention we say 0 there.
    Curve('relu', r'\max(0, x)', relu, relu_slope),
)}

SURFACES = {surface.name: surface for surface in (
    Surface('bowl', 'x^2 + y^2', _bowl, _bowl_gradient),
    Surface('long-valley', 'x^2 + 10y^2', _long_valley, _long_valley_gradient),
    Surface('saddle', 'x^2 - y^2', _saddle, _saddle_gradient),
    Surface('ripples', r'\frac{x^2 + y^2}{10} + \sin 2x \, \sin 2y', _ripples, _ripples_gradient),
    Surface('two-minima', r'(x^2 - 1)^2 + y^2 + \frac{x}{4}', _two_minima, _two_minima_gradient),
)}
