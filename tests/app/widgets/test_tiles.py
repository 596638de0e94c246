"""Areas poured into one square."""
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.widgets.tiles import poured


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(lambda areas: sum(areas) > 1e-6))
def test_tiles_keep_their_areas_and_fill_the_square(areas):
    x, y, w, h = poured(areas)
    side = np.sqrt(sum(areas))
    assert np.allclose(w * h, areas, atol=1e-6 * max(1, sum(areas)))
    assert x.min() >= 0 and y.min() >= 0
    assert (x + w).max() <= side * (1 + 1e-6) and (y + h).max() <= side * (1 + 1e-6)


def test_equal_areas_become_equal_squares():
    _, _, w, h = poured(np.ones(16))
    assert np.allclose(w, 1) and np.allclose(h, 1)


def test_nothing_poured_is_nothing():
    assert all((part == 0).all() for part in poured([0.0, 0.0]))
