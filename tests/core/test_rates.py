"""What the rate does to the walk, by arithmetic and by trying."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.functions import CURVES
from core.gradient_descent import descend
from core.rates import (
    RATES,
    bands,
    landmarks,
    largest_safe_rate,
    shrink_factor,
    try_rate,
    try_rates,
    what_a_rate_does,
)

RULER = np.geomspace(1e-6, 1e6, 200)


@pytest.mark.parametrize(('rate', 'name'), [
    (0, 'stands still'), (0.01, 'crawl'), (0.05, 'smooth'), (1 / 6, 'one step'), (0.25, 'zig-zag'),
    (1 / 3, 'endless zig-zag'), (0.4, 'diverge')])
def test_every_kind_of_rate_has_its_name(rate, name):
    assert what_a_rate_does(rate, curvature=6) == name
    assert name in RATES


@settings(deadline=None)
@given(st.floats(0.001, 3), st.floats(0.1, 10))
def test_the_name_of_a_rate_tells_what_its_walk_does(rate, curvature):
    start, after = np.abs(descend(lambda x: curvature * x, 1.0, rate, 1).path)
    name = what_a_rate_does(rate, curvature)
    closer = {'crawl': True, 'smooth': True, 'one step': True, 'zig-zag': True, 'diverge': False}
    assert name == 'endless zig-zag' or closer[name] == (after < start)


@pytest.mark.parametrize('curvature', [0.5, 6, 40.0])
def test_the_landmarks_stand_where_the_names_change(curvature):
    at = landmarks(curvature)
    either_side = [(rate * 0.999, rate, rate * 1.001) for rate in at]
    names = [[what_a_rate_does(rate, curvature) for rate in rates] for rates in either_side]
    assert names == [['crawl', names[0][1], 'smooth'], ['smooth', 'one step', 'zig-zag'],
                     ['zig-zag', 'endless zig-zag', 'diverge']]


@settings(deadline=None)
@given(st.floats(0.1, 10), st.floats(-3, 3), st.floats(-10, 10),
       st.lists(st.floats(1e-6, 1e6) | st.floats(1e-3, 3), min_size=1, max_size=20), st.sampled_from([8, 20, 60, 200, 1000]))
def test_on_a_parabola_trying_a_rate_gives_the_name_that_its_curvature_does(curvature, bottom, start, rates, steps):
    factors = np.array([shrink_factor(rate, curvature) for rate in rates])
    clear = np.abs(factors[:, None] - [1, 0.9, 0, -1]).min(axis=1) > 1e-5  # so near a border rounding decides
    if abs(start - bottom) < 1e-3 or not clear.all():
        return
    trials = try_rates(lambda x: curvature * (x - bottom), start, rates, steps)
    assert [trial.name for trial in trials] == [what_a_rate_does(rate, curvature) for rate in rates]


@pytest.mark.parametrize(('rate', 'name'), [
    (0, 'stands still'), (0.01, 'crawl'), (0.05, 'smooth'), (1 / 6, 'one step'), (0.25, 'zig-zag'),
    (1 / 3, 'endless zig-zag'), (0.4, 'diverge')])
def test_the_parabola_of_the_course_from_3(rate, name):
    trial = try_rate(CURVES['parabola'].slope, 3.0, rate)
    assert trial.name == name
    if name in ('one step', 'smooth'):
        assert trial.end == pytest.approx(2 / 3)


@pytest.mark.parametrize(('curve', 'start', 'rate', 'name', 'words'), [
    ('cubic', -2.0, 1e-6, 'no bottom', 'no bottom on this side'),
    ('cubic', -2.0, 0.1, 'no bottom', 'The rate is not to blame'),
    ('cubic', -2.0, 1e6, 'no bottom', 'The rate is not to blame'),
    ('cubic', -1.0, 0.1, 'stands still', 'it is a top'),
    ('cubic', 1.0, 0.1, 'stands still', 'a bottom'),
    ('cubic', 2.0, 1 / 3, 'stands still', 'Step 1 lands exactly on a top, at −1'),
    ('cubic', 2.0, 0.05, 'smooth', 'the bottom at 1'),
    ('cubic', 2.0, 0.5, 'diverge', 'the rate is too large. Smaller ones lead to the bottom at 1.'),
    ('cubic', -0.9, 0.4, 'endless zig-zag', 'for ever'),
    ('cubic', -0.9, 0.47, 'never rests', 'strays'),
    ('sine', 0.0, 0.01, 'crawl', 'on its way to the bottom at −1.571'),
    ('sine', 0.0, 1.0, 'smooth', 'the bottom at −1.571'),
    ('sine', 0.0, 1.99, 'zig-zag', 'ever shorter steps'),
    ('sine', 0.0, 2.05, 'endless zig-zag', 'Smaller ones lead to the bottom at −1.571'),
    ('sine', 0.0, 6.5, 'never rests', 'too large'),
    ('sine', 0.0, 1e6, 'diverge', 'too large'),
    ('sine', 1.6, 1.95, 'zig-zag', 'the bottom at 4.712'),
    ('sigmoid', 0.0, 1e-6, 'no bottom', 'only flattens out'),
    ('sigmoid', 0.0, 100, 'no bottom', 'too small for a step to show. That is no bottom'),
    ('sigmoid', 0.0, 1e6, 'no bottom', 'After 1 step it stands at −250,000'),
    ('sigmoid', -30.0, 0.1, 'stands still', 'This is no bottom: the curve only flattens out'),
    ('sigmoid', 1000.0, 1e6, 'stands still', 'This is no bottom: the curve only flattens out'),
    ('relu', -1.0, 1e6, 'stands still', 'The ground is level here'),
    ('relu', 0.0, 1e6, 'stands still', 'The ground is level here'),
    ('relu', 2.0, 0.5, 'smooth', 'after 4 steps'),
    ('relu', 2.0, 1e6, 'one step', 'level ground beyond 0'),
    ('relu', 2.0, 1e-6, 'crawl', 'level ground beyond 0')])
def test_what_becomes_of_a_rate_is_said_with_its_reason(curve, start, rate, name, words):
    trial = try_rate(CURVES[curve].slope, start, rate)
    assert (trial.name, words in trial.says) == (name, True), trial.says


def test_long_steps_can_end_in_another_valley():
    def slope(x):
        return 4 * x * (x**2 - 1)  # bottoms at −1 and 1

    slow = try_rate(slope, 6.41, 0.00625)
    assert (slow.name, slow.end < -0.8) == ('another valley', True)  # one long step, and then a crawl
    for start, rate, steps in [(1.6391, 0.14289, 9), (1.7168, 0.23665, 8), (1.7779, 0.12638, 9)]:
        assert 'has not settled yet' in try_rate(slope, start, rate, steps).says
        assert try_rate(slope, start, rate).steps < 200  # it does, later
    small, long, longer = try_rate(slope, 2.0, 0.03), try_rate(slope, 2.0, 0.13), try_rate(slope, 1.43, 0.2495)
    assert [trial.name for trial in (small, long, longer)] == ['smooth', 'another valley', 'another valley']
    assert [small.end, long.end] == pytest.approx([1, -1])
    assert longer.end == pytest.approx(-1, abs=0.02)  # not at rest yet, but never to come back
    assert all('Smaller ones lead to the bottom at 1.' in trial.says for trial in (long, longer))


@pytest.mark.parametrize('start', [-1e6, -40, -10.0, -5, -1, -0.5, 0, 1e-9, 0.5, 1, 2 / 3, 5, 10, 40, 1e6])
@pytest.mark.parametrize('curve', CURVES.values(), ids=lambda curve: curve.name)
def test_every_rate_from_every_start_gets_a_name_and_a_sentence_and_stands_at_a_number(curve, start):
    for trial in try_rates(curve.slope, start, RULER):
        assert trial.name in RATES
        assert trial.says.endswith('.')
        assert 'nan' not in trial.says and 'inf' not in trial.says
        assert np.isfinite(trial.end)
        assert 0 <= trial.steps <= 200


@settings(deadline=None)
@given(st.sampled_from(list(CURVES)), st.floats(-10, 10), st.floats(1e-3, 10))
def test_a_trial_says_of_a_walk_what_the_walk_does(name, start, rate):
    slope = CURVES[name].slope
    trial, walk = try_rate(slope, start, rate), descend(slope, [start], rate, 200)  # in arrays both round alike
    if abs(slope(start)) <= 1e-9:  # so little that it counts as level
        assert trial.name == 'stands still'
        return
    if trial.name in ('diverge', 'no bottom') and walk.verdict == 'diverged':
        assert trial.end == walk.path[-1, 0]
        assert trial.steps == len(walk.path) - 1
        assert ('no bottom' in walk.says) == (trial.name == 'no bottom')
    else:
        assert walk.verdict != 'diverged'
        assert trial.end == walk.path[trial.steps, 0]
    if trial.name in ('one step', 'smooth'):
        assert abs(slope(walk.path[-1, 0])) < 1e-6


@pytest.mark.parametrize('steps', [8, 12, 20, 60, 200])
@pytest.mark.parametrize(('curve', 'start', 'rate', 'name'), [
    ('cubic', 3.0, 0.1, 'smooth'), ('cubic', 3.0, 0.12, 'smooth'), ('cubic', 3.0, 0.15, 'smooth'),
    ('cubic', 0.5, 0.3, 'zig-zag'), ('sine', 0.0, 0.5, 'smooth'), ('sine', 0.0, 1.5, 'zig-zag'),
    ('cubic', -2.0, 0.01, 'no bottom'), ('relu', 2.0, 3.0, 'one step')])
def test_a_name_does_not_depend_on_how_long_one_watches(curve, start, rate, name, steps):
    trial = try_rate(CURVES[curve].slope, start, rate, steps)
    assert trial.name == name, trial.says


@settings(deadline=None)
@given(st.floats(-0.9, 1.9), st.floats(0.01, 0.32), st.integers(8, 300))
def test_of_a_walk_that_will_arrive_nobody_says_that_it_never_does(start, rate, steps):
    trial = try_rate(CURVES['cubic'].slope, start, rate, steps)
    assert trial.name in ('stands still', 'crawl', 'smooth', 'one step', 'zig-zag'), trial.says


def test_no_name_depends_on_the_other_rates():
    slope = CURVES['sine'].slope
    assert [try_rate(slope, 2.0, rate) for rate in RULER[::9]] == list(try_rates(slope, 2.0, RULER[::9]))


def test_a_ruler_shows_its_kinds_in_bands():
    ruler = bands(try_rates(CURVES['parabola'].slope, 3.0, RULER))
    assert [band.name for band in ruler] == ['crawl', 'smooth', 'zig-zag', 'diverge']
    assert ruler[0].low == RULER[0] and ruler[-1].high == RULER[-1]
    assert [band.high for band in ruler[:-1]] == [band.low for band in ruler[1:]]
    at = landmarks(6)
    assert [band.low for band in ruler[1:]] == pytest.approx([at.smooth, at.one_step, at.diverge], rel=0.08)
    assert bands(try_rates(CURVES['parabola'].slope, 3.0, [0.1])) == (('smooth', 0.1, 0.1),)


@pytest.mark.parametrize(('curve', 'start', 'largest'), [
    ('parabola', 3.0, 1 / 3), ('cubic', 3.0, 1 / 6), ('cubic', 2.0, 1 / 3), ('sine', 0.0, 2.0), ('square', 1.0, 1.0)])
def test_the_largest_safe_rate_is_found_by_trying(curve, start, largest):
    assert largest_safe_rate(CURVES[curve].slope, start, RULER) == pytest.approx(largest, rel=3e-4)


def test_where_no_rate_is_safe_or_every_rate_is_there_is_no_largest():
    assert largest_safe_rate(CURVES['cubic'].slope, -2.0, RULER) is None
    assert largest_safe_rate(CURVES['parabola'].slope, 3.0, [0.01, 0.1]) is None
    with pytest.raises(ValueError, match=r'rates are 0\.1, 0\.01, and need to rise'):
        largest_safe_rate(CURVES['parabola'].slope, 3.0, [0.1, 0.01])


@pytest.mark.parametrize('wrong', [
    lambda: what_a_rate_does(0.1, 0), lambda: what_a_rate_does(-0.1, 6), lambda: landmarks(-1), lambda: landmarks(np.nan),
    lambda: try_rate(np.cos, 0.0, -1), lambda: try_rate(np.cos, np.inf, 1), lambda: try_rates(np.cos, 0.0, []),
    lambda: try_rates(np.cos, 0.0, [0.1, np.nan]), lambda: try_rates(np.cos, 0.0, [0.1], steps=3),
    lambda: bands([]), lambda: largest_safe_rate(np.cos, 1.0, [0.1], rounds=0)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
