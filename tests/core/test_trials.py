"""What is seen of a walk, before it is judged."""
import numpy as np
import pytest

from core.functions import CURVES
from core.trials import judge, watch


def seen(slope, start, rate, steps=100):
    walk, = watch(slope, start, np.array([rate]), steps)
    return walk


def test_a_walk_stops_where_it_arrives_or_just_before_it_leaves():
    arrived, left, under_way = (seen(CURVES['parabola'].slope, 3.0, rate) for rate in (0.1, 1.0, 0.001))
    assert (arrived.outcome, left.outcome, under_way.outcome) == ('arrived', 'left', 'under way')
    assert abs(arrived.slope) <= 14e-9 and arrived.ratio == pytest.approx(0.4, rel=1e-5)
    assert left.steps == 8 and left.end == pytest.approx(2 / 3 + (3 - 2 / 3) * 5**8)  # the next, a fifth power more, is out
    assert under_way.steps == 100 and under_way.end == pytest.approx(2 / 3 + (3 - 2 / 3) * 0.994**100)


@pytest.mark.parametrize(('rate', 'turns', 'alternates', 'shrinks', 'grows'), [
    (0.001, False, False, True, False), (0.33, True, True, True, False), (1 / 3 + 1e-4, True, True, False, True)])
def test_late_steps_are_compared_with_each_other(rate, turns, alternates, shrinks, grows):
    walk = seen(CURVES['parabola'].slope, 3.0, rate)
    assert (walk.turns, walk.alternates, walk.shrinks, walk.grows) == (turns, alternates, shrinks, grows)


def test_a_curve_whose_numbers_overflow_is_left_and_not_stumbled_over():
    walk = seen(CURVES['cubic'].slope, 10.0, 1e6)
    assert (walk.outcome, walk.steps, walk.end) == ('left', 0, 10.0)
    assert judge([walk], CURVES['cubic'].slope, 10.0)[0][0] == 'diverge'
