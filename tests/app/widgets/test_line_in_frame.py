"""A line stays in hand wherever it runs."""
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.widgets.line_in_frame import ends_inside, reach

FRAME = (0.0, 3200.0), (0.0, 800.0)
AT = (200.0, 3000.0)
slopes, intercepts = st.floats(-0.2, 0.5), st.floats(-200, 500)


@given(slopes, intercepts)
def test_both_grips_are_always_in_the_frame_and_apart(slope, intercept):
    (left, right), where = ends_inside(slope, intercept, *FRAME, AT)
    for x, y in (left, right):
        assert FRAME[0][0] <= x <= FRAME[0][1] and FRAME[1][0] <= y <= FRAME[1][1]
    assert right[0] - left[0] >= 399
    assert where in ('inside', 'above', 'below')


@given(slopes, intercepts)
def test_the_grips_of_a_visible_line_are_on_it(slope, intercept):
    grips, where = ends_inside(slope, intercept, *FRAME, AT)
    if where == 'inside':
        for x, y in grips:
            assert np.isclose(y, slope * x + intercept, atol=1e-6)


def test_a_line_that_lies_below_lends_its_grips_to_the_lower_edge():
    assert ends_inside(-0.2, -200, *FRAME, AT) == ([(200, 0), (3000, 0)], 'below')
    assert ends_inside(0.5, 900, *FRAME, AT) == ([(200, 800), (3000, 800)], 'above')


@given(slopes, intercepts, st.floats(0, 1))
def test_within_its_reach_a_grip_keeps_slope_and_intercept_within_bounds(slope, intercept, part):
    (left, right), where = ends_inside(slope, intercept, *FRAME, AT)
    for held, other in ((left, right), (right, left)):
        low, high = reach(held, other, FRAME[1], (-0.2, 0.5), (-200, 500))
        assert FRAME[1][0] <= low <= held[1] <= high <= FRAME[1][1]
        if where != 'inside':
            continue
        y = low + part * (high - low)
        new_slope = (y - other[1]) / (held[0] - other[0])
        assert -0.2 - 1e-9 <= new_slope <= 0.5 + 1e-9
        assert -200 - 1e-6 <= other[1] - new_slope * other[0] <= 500 + 1e-6
