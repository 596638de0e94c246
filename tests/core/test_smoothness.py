"""Jumps, kinks and neither are told apart by looking closer."""
import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.functions import CURVES
from core.smoothness import smoothness


@pytest.mark.parametrize(('name', 'kind'), [('sigmoid', 'smooth'), ('tanh', 'smooth'), ('linear', 'smooth'), ('relu', 'kink'),
                                            ('threshold', 'jump')])
@pytest.mark.parametrize('ends', [(-2.2, 2.2), (-1, 1), (-6, 5), (-0.01, 3)])
def test_the_activations(name, kind, ends):
    found = smoothness(ACTIVATIONS[name].f, *ends)
    assert found.kind == kind and found.place == 0
    assert (found.left, found.right) == {'kink': (0, 1), 'jump': (0, 1), 'smooth': (0, 0)}[kind]
    assert found.flat == (name == 'threshold')


@pytest.mark.parametrize('factor', [1e-6, 1.0, 1e6])
@pytest.mark.parametrize('place', [-0.7, 0.0, 1 / 3])
def test_wherever_and_however_large(factor, place):
    kink, jump = (lambda x: factor * np.abs(x - place)), (lambda x: factor * (x + (x >= place)))
    assert smoothness(kink, -1, 1).kind == 'kink' and smoothness(jump, -1, 1).kind == 'jump'
    assert smoothness(kink, -1, 1).place == pytest.approx(place, abs=1e-3)
    assert smoothness(lambda x: factor * np.sin(3 * x), -1, 1).kind == 'smooth'


@pytest.mark.parametrize('name', CURVES)
def test_the_curves_of_the_course(name):
    assert smoothness(CURVES[name].f, -2, 2).kind == ('kink' if name == 'relu' else 'smooth')


def test_a_jump_with_slopes_beside_it_is_not_flat():
    assert not smoothness(lambda x: np.where(x > 1, x + 1, x), 0, 2).flat
    assert smoothness(np.floor, 0.5, 1.5).flat


def test_an_empty_range_and_what_is_not_finite_are_refused():
    with pytest.raises(ValueError, match='needs to be above'):
        smoothness(np.abs, 1, 1)
    with pytest.raises(ValueError, match='ordinary numbers'), np.errstate(all='ignore'):
        smoothness(np.log, -1, 1)
