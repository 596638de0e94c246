"""A unit adds up what comes in and then bends the sum: without the bend, a stack of layers is no more than one layer.

Each activation stands beside its slope: how much the answer a rises for each unit that the weighted sum z rises.
All but `softmax` look at one number at a time, so z may have any shape and the answer has the same.
"""
from typing import NamedTuple

import numpy as np

from core import checks


def sigmoid(z):
    """Squeeze any number into 0 to 1, so that it can be read as a probability: 1 / (1 + e⁻ᶻ).

    z: any shape. Raises ValueError when z is not finite.

    >>> sigmoid([-2, 0, 2]).round(3)
    array([0.119, 0.5  , 0.881])
    """
    return 1 / (1 + np.exp(np.minimum(-checks.numbers('z', z), 700)))  # e⁷¹⁰ would be too large for a number


def sigmoid_slope(z):
    """The derivative σ(z) (1 − σ(z)): 1/4 at z = 0, where it is steepest, and almost 0 far out on both sides.

    >>> sigmoid_slope([-2, 0, 2]).round(3)
    array([0.105, 0.25 , 0.105])
    """
    a = sigmoid(z)
    return a * (1 - a)


def tanh(z):
    """Squeeze any number into −1 to 1, with 0 in the middle: (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ), which is 2σ(2z) − 1.

    z: any shape. Raises ValueError when z is not finite.

    >>> tanh([-1, 0, 1]).round(3)
    array([-0.762,  0.   ,  0.762])
    """
    return np.tanh(checks.numbers('z', z))


def tanh_slope(z):
    """The derivative 1 − tanh²(z): 1 at z = 0 and almost 0 far out on both sides.

    >>> tanh_slope([-1, 0, 1]).round(3)
    array([0.42, 1.  , 0.42])
    """
    return 1 - tanh(z) ** 2


def relu(z):
    """Let what is positive through and stop the rest, max(0, z): the rectified linear unit.

    z: any shape. Raises ValueError when z is not finite.

    >>> relu([-0.5, 1.2, -0.1, 0.8, -2.0, 0.3])
    array([0. , 1.2, 0. , 0.8, 0. , 0.3])
    """
    return np.maximum(0.0, checks.numbers('z', z))


def relu_slope(z):
    """The derivative: 1 where z is positive, 0 where it is negative, and 0 at the kink itself, by agreement.

    At z = 0 relu is not smooth: the slope is 0 on its left and 1 on its right, and there is no derivative in between.

    >>> relu_slope([-2, 0, 3])
    array([0., 0., 1.])
    """
    return (checks.numbers('z', z) > 0).astype(float)[()]


def threshold(z):
    """Say yes or no: 1 where z ≥ 0 and 0 below. The first artificial neurons, of 1943, did this.

    z: any shape. Raises ValueError when z is not finite.

    >>> threshold([-0.1, 0, 2])
    array([0., 1., 1.])
    """
    return (checks.numbers('z', z) >= 0).astype(float)[()]


def threshold_slope(z):
    """The derivative is 0 on both sides of the step, so nudging says nothing and nothing can be learnt from it.

    At the step itself there is no derivative; by agreement we say 0 there too.

    >>> threshold_slope([-0.1, 0, 2])
    array([0., 0., 0.])
    """
    return np.zeros_like(checks.numbers('z', z))[()]


def linear(z):
    """Leave the weighted sum as it is: for an answer that may be any number, such as a price.

    z: any shape. Raises ValueError when z is not finite.

    >>> linear([-2, 3])
    array([-2.,  3.])
    """
    return checks.numbers('z', z).copy()[()]


def linear_slope(z):
    """The derivative of z by z: 1 everywhere.

    >>> linear_slope([-2, 3])
    array([1., 1.])
    """
    return np.ones_like(checks.numbers('z', z))[()]


def softmax(logits):
    """Turn one number for each class into probabilities: the larger number gets the larger share, together 1.

        pᵢ = e^zᵢ / Σⱼ e^zⱼ

    Only differences between the numbers count, so the largest is taken away first and nothing can overflow.
    logits: (…, classes), any finite numbers. Raises ValueError for a single number, which leaves nothing to share.

    >>> softmax([1.0, 2.0, 3.0]).round(3)
    array([0.09 , 0.245, 0.665])
    """
    logits = checks.numbers('logits', logits)
    if logits.ndim == 0:
        raise ValueError('logits is a single number, and softmax needs one for each class, shape (…, classes).')
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def softmax_slope(logits):
    """Every derivative ∂pᵢ/∂zⱼ in one table, diag(p) − p pᵀ: one probability can only rise if the others fall.

    logits: (classes,). Returns (classes, classes): row i says how pᵢ changes with each of the logits.

    >>> softmax_slope([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(checks.row('logits', logits))
    return np.diag(p) - np.outer(p, p)


class Activation(NamedTuple):
    """A bend with its derivative, and how to write it.

    Training needs the slope after it has computed a = f(z); `slope_from_output` gets it from a, almost for nothing.

    >>> ACTIVATIONS['sigmoid'].slope(0.0), ACTIVATIONS['sigmoid'].slope_from_output(0.5)
    (np.float64(0.25), 0.25)
    """
    name: str
    tex: str
    f: callable                  # z → a, the same shape
    slope: callable              # z → da/dz, the same shape
    slope_from_output: callable  # a → the same da/dz; not checked, for those who just computed a


ACTIVATIONS = {activation.name: activation for activation in (
    Activation('linear', 'z', linear, linear_slope, np.ones_like),
    Activation('sigmoid', r'\frac{1}{1 + e^{-z}}', sigmoid, sigmoid_slope, lambda a: a * (1 - a)),
    Activation('tanh', r'\tanh z', tanh, tanh_slope, lambda a: 1 - a**2),
    Activation('relu', r'\max(0, z)', relu, relu_slope, lambda a: np.where(np.greater(a, 0), 1.0, 0.0)[()]),
    Activation('threshold', r'[z \ge 0]', threshold, threshold_slope, np.zeros_like),
)}
