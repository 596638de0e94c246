"""What the lesson on models claims, recomputed."""
import numpy as np
import pytest

from app.widgets import draggable_line
from core.data import PRICE, SQFT
from lessons.models.state import State


def test_the_line_answers_for_every_size():
    state = State(slope=130, intercept=80_000)
    assert state.asked_price() == pytest.approx(130 * 2000 / 1000 + 80)
    assert state.predicted() == pytest.approx(130 * SQFT / 1000 + 80)
    assert state.price_of_nothing() == 80_000


def test_the_best_answer_is_that_of_least_squares():
    slope, intercept = np.polyfit(SQFT, PRICE, 1)
    assert State().best_asked_price() == pytest.approx(slope * 2000 + intercept)


def test_more_intercept_lifts_all_houses_alike_and_more_slope_lifts_large_ones_most():
    assert State().raising_the_intercept() == 'same'
    lift = State(slope=210).predicted() - State(slope=200).predicted()
    assert np.all(np.diff(lift) > 0)


def test_an_end_that_is_dragged_turns_the_line_about_the_other_end():
    state = State()
    ends = draggable_line.draw(state, 'wide')['marks']
    moved = draggable_line.gesture(state, 'right', (ends['right']['x'], 300.0))
    after = State(**moved)
    assert after.at(ends['right']['x']) == pytest.approx(300)
    assert after.at(ends['left']['x']) == pytest.approx(state.at(ends['left']['x']))


def test_the_whole_line_moves_by_slope_and_by_intercept():
    assert draggable_line.gesture(State(), 'whole', (120, 30_000)) == {'slope': 120, 'intercept': 30_000}


def test_the_browser_moves_the_line_just_as_the_engine_will():
    """What is declared for the time before the answer agrees with the answer."""
    state = State()
    line = draggable_line.draw(state, 'wide')['marks']['model']
    by_slope, by_intercept = line['follows']['whole']
    local = line['y'] + by_slope * (170 - state.slope) + by_intercept * (90_000 - state.intercept)
    assert local == pytest.approx(draggable_line.draw(State(slope=170, intercept=90_000), 'wide')['marks']['model']['y'])


@pytest.mark.parametrize(('slope', 'intercept', 'where'), [(-200, -200_000, 'below'), (500, 500_000, None), (0, 500_000, None)])
def test_a_line_far_off_can_be_fetched_back(slope, intercept, where):
    marks = draggable_line.draw(State(slope=slope, intercept=intercept), 'narrow')['marks']
    assert (where or '') in marks['outside']['text']
    for key in ('left', 'right'):
        assert 0 <= marks[key]['y'] <= 800
