"""A short table of numbers as a Parameter."""
import param
import pytest

from lessons.rows import Rows


class State(param.Parameterized):
    points = Rows(columns=('x', 'y'), most=3)


def test_rows_of_numbers_are_kept():
    assert State(points=[[1, 2.5], (3, 4)]).points == [[1, 2.5], (3, 4)]


@pytest.mark.parametrize('rows', [[[1]], [[1, 2, 3]], [[1, float('nan')]], [[1, 'two']], [[True, 1]], [[1, 1e13]], ['ab'],
                                  [[1, 2]] * 4, 7])
def test_anything_else_is_refused(rows):
    state = State()
    with pytest.raises(ValueError):
        state.points = rows
    assert state.points == []
