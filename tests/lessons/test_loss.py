"""What the lesson on the loss claims, recomputed."""
import numpy as np
import pytest

from app.lesson_format import read_lesson
from app.widgets import draggable_line, loss_curve, one_number, predict
from core.data import PRICE, SQFT
from core.models import least_squares
from lessons.loss.state import State


def test_the_first_line_is_a_deliberately_poor_start():
    state = State()
    assert (state.slope, state.intercept) == (200, 50_000)
    assert state.times_best() > 5


def test_the_loss_is_the_mean_of_the_squares_and_the_total_their_sum():
    state = State(slope=120, intercept=90_000)
    errors = [0.120 * x + 90 - y for x, y in zip(SQFT, PRICE, strict=True)]
    assert state.total() == pytest.approx(sum(e * e for e in errors))
    assert state.loss() == pytest.approx(sum(e * e for e in errors) / 24)
    assert state.typical_miss() == pytest.approx(state.loss() ** 0.5)


def test_the_loss_along_the_slopes_is_the_loss_of_each_line():
    slopes = np.array([0.0, 77.0, 300.0])
    assert State(intercept=20_000).losses_along(slopes) == pytest.approx(
        [State(slope=s, intercept=20_000).loss() for s in slopes])


@pytest.mark.parametrize('intercept', [-50_000, 0, 50_000, 150_000])
def test_the_lowest_point_is_least_squares_at_that_intercept(intercept):
    state = State(intercept=intercept)
    best = state.best_slope_here()
    assert best == pytest.approx(np.linalg.lstsq(SQFT[:, None], PRICE * 1000 - intercept, rcond=None)[0][0])
    for nudge in (-0.1, 0.1):
        assert State(slope=best + nudge, intercept=intercept).loss() > state.best_loss_here()


def test_no_line_beats_the_best_one():
    slope, intercept = least_squares(SQFT, PRICE)
    state = State(slope=slope * 1000, intercept=intercept * 1000)
    assert state.times_best() == pytest.approx(1)
    assert state.within_ten_percent() == 'yes' and State().within_ten_percent() == 'not yet'


def test_twice_the_miss_is_four_times_the_square():
    assert State().squares_in_the_larger_square() == 4


def test_errors_left_as_they_are_could_cancel():
    """A flat line through the mean price has errors that add up to nothing, and a large loss."""
    state = State(slope=0, intercept=PRICE.mean() * 1000)
    assert np.sum(state.predicted() - PRICE) == pytest.approx(0, abs=1e-9)
    assert state.loss() > 5 * state.best_loss()


def test_the_sum_and_the_mean_are_smallest_for_the_same_line():
    slopes = np.linspace(0, 300, 301)
    states = [State(slope=s) for s in slopes]
    assert np.argmin([s.total() for s in states]) == np.argmin([s.loss() for s in states])


def test_a_square_is_as_wide_as_it_is_high_and_as_high_as_the_error():
    for width in ('wide', 'narrow'):
        state = State()
        scene = draggable_line.draw(state, width, show='squares')
        squares = scene['marks']['squares']
        assert np.allclose(np.abs(squares['y0'] - squares['y1']), np.abs(state.predicted() - state.y))


@pytest.mark.parametrize(('slope', 'intercept'), [(200, 50_000), (130, 80_000), (500, 500_000), (-200, -200_000)])
@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_the_poured_square_has_the_area_of_all_squares_and_tells_when_the_frame_can_not_hold_it(slope, intercept, width):
    state = State(slope=slope, intercept=intercept)
    scene = draggable_line.draw(state, width, show='squares')
    tiles, plane = scene['marks']['tiles'], scene['planes']['data']
    per_price = plane['box'][3] / (plane['y'][1] - plane['y'][0])
    assert np.sum(tiles['w'] * tiles['h']) == pytest.approx(state.total() * per_price**2)
    room = scene['planes']['total']['box'][2]
    fits = (tiles['x'] + tiles['w']).max() <= room + 1e-9
    assert ('more than' in scene['marks']['words']['text']) != fits
    assert scene['marks']['square']['w'][0] ** 2 * 24 == pytest.approx(np.sum(tiles['w'] * tiles['h']))


@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_the_first_line_just_fills_the_frame_so_that_every_better_one_empties_it(width):
    scene = draggable_line.draw(State(), width, show='squares')
    tiles, room = scene['marks']['tiles'], scene['planes']['total']['box'][2]
    assert 0.95 * room <= (tiles['x'] + tiles['w']).max() <= room


def test_the_valley_is_hidden_until_it_is_revealed():
    hidden, shown = (loss_curve.draw(State(revealed=on), 'wide')['marks'] for on in (False, True))
    assert not len(hidden['curve']['x']) and not len(hidden['lowest']['x']) and not hidden['words']['text']
    assert len(shown['curve']['x']) == 101
    assert shown['lowest']['x'] == [State().best_slope_here()]


def test_only_lines_with_this_intercept_stand_on_this_valley():
    tries = [[100, 50_000], [120, 60_000]]
    assert list(loss_curve.draw(State(tries=tries), 'wide')['marks']['tried']['x']) == [100]


def test_a_sketch_is_compared_by_its_height_and_by_where_it_is_lowest():
    placement = next(p for p in read_lesson('loss').placements if p.name == 'sketch-the-valley')
    heights = [120_000.0] * 8 + [0.0]           # lowest at the right end
    said = predict.answer(State(), placement, {'value': heights, 'committed': True})
    assert 'yours is lowest at 300, the true one at 145' in said


def test_the_dot_stands_on_the_curve_at_the_readers_slope():
    state = State(slope=100, revealed=True)
    marks = loss_curve.draw(state, 'wide')['marks']
    assert (marks['dot']['x'], marks['dot']['y']) == (100, state.loss())
    assert np.interp(100, marks['curve']['x'], marks['curve']['y']) == pytest.approx(state.loss(), rel=1e-3)


def test_one_number_says_whether_it_fell():
    tries = [[200, 50_000]]
    assert 'less' in one_number.verdict(State(slope=150, tries=tries))
    assert 'more' in one_number.verdict(State(slope=250, tries=tries))
    assert one_number.verdict(State()) == 'move the slope: does it fall?'
    marks = one_number.draw(State(slope=150, tries=tries), 'wide')['marks']
    assert marks['number']['text'] == f'{State(slope=150).loss():,.0f}'
    assert not any(mark['kind'] == 'line' for mark in marks.values()), 'nothing of the curve may be seen'
