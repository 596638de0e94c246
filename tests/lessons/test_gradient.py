"""The landscapes: the arrow is the engine's gradient, the walk its descent, the bottom that of the normal equations."""
import numpy as np
import pytest

from app.mesh import unbent
from app.runs import check as check_run
from app.runs import moment
from app.scene import changed, check
from app.widgets import surface, two_scales
from core.curvature import condition_number, hessian
from core.data import PRICE, SQFT
from core.derivative import gradient
from core.functions import SURFACES
from core.gradient_descent import descend
from core.loss import line_loss, line_loss_gradient, mean_squared_error
from core.models import least_squares, line
from lessons.gradient.lands import LANDS
from lessons.gradient.scales import CRAWLED, SCALES, scaled, sized, unscaled, walk_on
from lessons.gradient.state import STEPS, State
from lessons.short import short

PLACES = (-1.0, -0.55, 0.0, 0.3, 1.0)
EVERYWHERE = [(name, across, up) for name in LANDS for across in PLACES for up in PLACES]


# ---- the landscape and its arrow ----

def test_the_landscapes_of_the_catalogue_are_there_and_the_house_line_comes_first():
    assert list(LANDS) == ['houses', *SURFACES]
    assert State().surface == 'houses'


@pytest.mark.parametrize(('name', 'across', 'up'), EVERYWHERE)
def test_the_arrow_is_what_nudging_finds_and_its_parts_are_the_partial_derivatives(name, across, up):
    state = State(surface=name, across=across, up=up)
    nudged = gradient(state.land().height, state.point(), h=1e-4)
    assert np.allclose(state.gradient(), nudged, rtol=1e-5, atol=1e-4 * state.land().heights[1])
    marks = surface.draw(state, 'wide')['marks']
    whole, parts = marks['uphill'], (marks['across'], marks['up'])
    dx, dy = whole['x1'] - whole['x'], whole['y1'] - whole['y']
    assert np.allclose([parts[0]['x1'] - whole['x'], parts[1]['y1'] - whole['y']], [dx, dy])
    assert parts[0]['y1'] == whole['y'] and parts[1]['x1'] == whole['x']
    g = state.gradient()
    assert dx * g[1] == pytest.approx(dy * g[0], abs=1e-9 * (1 + abs(g).max() ** 2)) and dx * g[0] + dy * g[1] >= 0
    assert np.array_equal(marks['surface']['arrows'][8:], [whole['x'], whole['y'], whole['x1'], whole['y1']])


def test_a_step_along_the_arrow_rises_more_than_any_other_of_its_length():
    for name, land in LANDS.items():
        point = State(surface=name).point()
        g = np.asarray(land.gradient(point))
        tiny = 1e-4 * land.half
        best = land.height(point + tiny * g / np.hypot(*g))
        for angle in np.linspace(0, 2 * np.pi, 37):
            assert land.height(point + tiny * np.array([np.cos(angle), np.sin(angle)])) <= best + 1e-12 * abs(best)


def test_the_arrow_is_longer_where_it_is_steeper_and_never_longer_than_the_picture_allows():
    for land in LANDS.values():
        x, y, _ = land.grid(9)
        points = sorted(((a, b) for a in x for b in y), key=lambda point: np.hypot(*land.gradient(point)))
        lengths = [float(np.hypot(*surface.uphill(land, point))) for point in points]
        assert np.all(np.diff(lengths) >= -1e-9) and lengths[-1] <= 2 * land.half * surface.LONGEST + 1e-9
    assert surface.uphill(LANDS['bowl'], (0.0, 0.0)).tolist() == [0, 0]


def test_the_house_lines_height_is_the_loss_of_that_line():
    state = State(across=0.2, up=-0.4)
    slope, intercept = state.point()
    assert (slope, intercept) == pytest.approx((180, -10))
    assert state.height() == pytest.approx(mean_squared_error(line(SQFT, slope / 1000, intercept), PRICE))
    assert State(surface='bowl', across=0.2, up=-0.4).house_loss() == pytest.approx(state.height())


def test_all_heights_of_a_window_are_shown_and_contour_lines_lie_where_the_height_is_theirs():
    for name, land in LANDS.items():
        _, _, heights = land.grid(41)
        low, high = land.heights
        assert low <= heights.min() and heights.max() <= high
        marks = surface.land_marks(name, 'wide')
        assert np.abs(unbent(marks['surface']) - land.grid(surface.POINTS)[2]).max() <= (high - low) / 5000
        lines = marks['contours']
        for a, b in zip(lines['starts'], [*lines['starts'][1:], len(lines['x'])], strict=True):
            found = [land.height(point) for point in zip(lines['x'][a:b], lines['y'][a:b], strict=True)]
            nearest = min(land.levels, key=lambda level: abs(level - found[0]))
            assert np.allclose(found, nearest, atol=0.005 * (high - low)), name


def test_a_question_has_its_measured_answer():
    assert State().how_it_crosses() == 'right'


# ---- walks ----

def away(point, path):
    """How far a point is from a path of straight pieces."""
    a, d = path[:-1], np.diff(path, axis=0)
    t = np.clip(((point - a) * d).sum(1) / (d**2).sum(1), 0, 1)
    return float(np.hypot(*(a + t[:, None] * d - point).T).min())


@pytest.mark.parametrize('name', LANDS)
def test_the_walk_is_the_engines_and_both_pictures_show_it(name):
    state = State(surface=name)
    walk = descend(state.land().gradient, state.start(), 0.05, STEPS)
    assert np.array_equal(state.walk().path, walk.path) and state.walk().says == walk.says
    marks = surface.draw(state, 'narrow')['marks']
    drawn = np.stack([marks['path']['x'], marks['path']['y']], 1)
    inside = np.abs(state.land().place_of(walk.path)).max(axis=1) < 20
    off = [away(point, drawn) for point in walk.path[inside]]
    assert max(off) <= state.land().half / 500, 'all of the walk, but for what no eye can tell apart'
    for mine, other in (('px', 'x'), ('py', 'y')):
        assert np.array_equal(marks['surface'][mine], marks['path'][other])


def test_on_the_house_line_it_falls_into_the_valley_and_creeps_along_its_floor():
    path = State().walk().path
    lengths = np.hypot(*np.diff(path, axis=0).T)
    assert lengths[0] > 10 * lengths[10] and lengths[10:].max() < 3
    floor = LANDS['houses'].height
    assert floor(path[6]) < floor(path[0]) / 5


def test_two_valleys_keep_who_starts_in_them_and_a_saddle_keeps_nobody():
    ends = [State(surface='two-minima', from_across=side, from_up=0.4).walk().path[-1][0] for side in (-0.5, 0.5)]
    assert ends[0] < -0.9 and ends[1] > 0.8
    level = State(surface='saddle', from_across=0.9, from_up=0)
    assert np.abs(level.walk().path[-1]).max() < 0.01
    nudged = State(surface='saddle', from_across=0.9, from_up=0.01)
    assert abs(nudged.walk().path[-1][1]) > 2


@pytest.mark.parametrize('name', LANDS)
@pytest.mark.parametrize('rate', [1e-6, 1e-3, 0.05, 0.1, 1.0, 1e6])
@pytest.mark.parametrize('place', [(-1, -1), (1, 0.3), (0, 0)])
def test_every_rate_from_every_corner_is_a_picture_a_run_and_a_sentence(name, rate, place):
    state = State(surface=name, rate=rate, from_across=place[0], from_up=place[1])
    for width in ('wide', 'narrow'):
        scene = surface.draw(state, width)
        check(scene)
    run = surface.record(state)
    check_run(run, scene)
    assert run['says'].endswith('.') and run['labels'][0].startswith('The start')
    if state.walk().verdict == 'diverged':
        assert State(surface=name, from_across=place[0], from_up=place[1], **state.rescued()).walk().verdict != 'diverged'
        assert 'instead' in run['rescue']


def test_the_run_ends_as_the_picture_shows_the_whole_walk():
    state = State()
    scene, run = surface.draw(state, 'wide'), surface.record(state)
    assert run['frames'] == STEPS + 1
    last = moment(run, STEPS)
    assert np.array_equal(np.stack([last['path']['x'], last['path']['y']], 1), state.walk().path)
    assert np.allclose(last['steps']['x'], scene['marks']['steps']['x'], atol=0.1)
    assert np.array_equal(last['surface']['dot'], state.walk().path[-1])
    first = moment(run, 0)
    assert len(first['path']['x']) == 1 and first['felt']['x1'] == pytest.approx(scene['marks']['uphill']['x1'])


def test_a_walk_leaves_the_probe_its_arrows_so_that_they_say_what_stands_below_the_map():
    state = State()
    scene, run = surface.draw(state, 'wide'), surface.record(state)
    moved = {name.split('.')[0] for name in (*run['tracks'], *run['growing'])}
    assert not moved & {'uphill', 'across', 'up', 'row-0', 'row-1', 'row-2'} and 'surface.arrows' not in run['tracks']
    felt = scene['marks']['felt']
    assert (felt['x'], felt['y']) == (felt['x1'], felt['y1']), 'nothing is felt before the walk'


def test_a_passing_mouse_moves_the_probe_alone_and_a_press_brings_the_start_and_the_probe():
    state = State()
    assert surface.gesture(state, 'probe', (150.0, 50.0)) == {'across': 0, 'up': 0}
    assert surface.gesture(state, 'start', (300.0, -100.0)) == {'from_across': 1, 'from_up': -1, 'across': 1, 'up': -1}
    scene = surface.draw(state, 'wide')['marks']
    assert scene['probe']['hover'] and scene['start']['jump']
    moved = changed(surface.draw(state, 'wide'), surface.draw(State(across=0.5), 'wide'))
    assert not {'contours', 'path'} & moved.keys() and 'heights' not in moved['surface']


def test_new_starts_never_repeat_and_stay_inside():
    state, seen = State(), set()
    for _ in range(200):
        values = state.new_start()
        seen.add((round(values['from_across'], 6), round(values['from_up'], 6)))
        assert all(-1 <= value <= 1 for value in values.values())
        state = State(**values)
    assert len(seen) == 200


# ---- the bottom ----

def test_the_normal_equations_give_the_bottom_where_both_derivatives_are_zero():
    state = State()
    best = least_squares(SQFT, PRICE * 1000)
    assert (state.best_slope(), state.best_intercept()) == best
    dx, dy = SQFT - SQFT.mean(), PRICE - PRICE.mean()
    assert best[0] == pytest.approx((dx * dy).sum() / (dx**2).sum() * 1000)
    assert best[1] == pytest.approx((PRICE.mean() - best[0] / 1000 * SQFT.mean()) * 1000)
    assert state.slope_at_the_bottom() < 1e-9
    for slope, intercept in ((1, 0), (-1, 0), (0, 500), (0, -500)):
        assert line_loss(SQFT, PRICE, (best[0] + slope) / 1000, (best[1] + intercept) / 1000) > state.best_loss()


# ---- raw and standardised ----

def test_raw_sizes_make_a_valley_tens_of_millions_long_and_standardised_ones_a_round_bowl():
    state = State()
    assert 1e7 < state.raw_condition() < 1e8
    assert state.standard_condition() == pytest.approx(1)
    nudged = hessian(lambda p: gradient(lambda q: line_loss(sized('raw'), PRICE, *q), p), [0.1, 50.0])
    assert condition_number(nudged) == pytest.approx(state.raw_condition(), rel=0.05)
    assert two_scales.condition('raw') == '4.7 × 10⁷' and two_scales.condition('standardised') == '1'


@pytest.mark.parametrize('scale', SCALES)
def test_both_scales_speak_of_the_same_line(scale):
    assert unscaled(scale, *scaled(scale, 131.0, 80.0)) == pytest.approx((131, 80))
    slope, intercept = scaled(scale, 131.0, 80.0)
    assert np.allclose(line(sized(scale), slope, intercept), line(SQFT, 0.131, 80))
    assert walk_on(scale, (45.0, -40.0), 0.4).path[0] == pytest.approx(scaled(scale, 45.0, -40.0))


def test_with_the_same_steps_one_arrives_and_the_other_has_hundreds_of_millions_to_go():
    state = State()
    marks = two_scales.draw(state, 'wide')['marks']
    assert marks['standardised-left']['text'] == 'arrived: within 1 % of the best'
    still = int(marks['raw-left']['text'].split()[0].replace(',', ''))
    assert still > 1e8 and 1e8 < state.raw_steps_needed() < 1e9 and state.standard_steps_needed() < 20
    losses = [line_loss(sized('raw'), PRICE, *point) for point in state.walk_on('raw').path]
    fallen = (losses[0] - losses[10]) / (losses[0] - losses[-1])
    assert fallen > 0.99, 'into the valley within ten of the forty steps'


def test_steps_still_needed_are_as_many_as_it_takes():
    state, x = State(share=0.1), sized('standardised')
    walk = state.walk_on('standardised')
    n = int(two_scales.left_text('standardised', walk, 0).split()[0])
    far = descend(lambda p: line_loss_gradient(x, PRICE, *p), walk.path[0], walk.rate, n)
    losses = [line_loss(x, PRICE, *point) for point in far.path]
    goal = 1.01 * state.best_loss()
    assert losses[n] <= goal < losses[n - 1]


@pytest.mark.parametrize('share', [0.05, 0.4, 1.0, 1.5, 2.0, 2.2])
def test_every_share_is_a_picture_and_a_run(share):
    for place in ((-1, -1), (0.3, 0.7), (1, 1)):
        state = State(share=share, from_across=place[0], from_up=place[1])
        scene = two_scales.draw(state, 'narrow')
        check(scene)
        run = two_scales.record(state)
        check_run(run, scene)
        assert 1 < run['frames'] <= CRAWLED + 1
    if share == 1.0:
        assert two_scales.left_text('standardised', state.walk_on('standardised'), 1).startswith('arrived'), 'in one step'
    if share > 2:
        assert 'too large' in run['says']


@pytest.mark.parametrize('scale', SCALES)
def test_a_start_on_either_map_is_the_same_line(scale):
    state = State()
    x, y = two_scales.on_map(scale, np.array([scaled(scale, 210.0, -10.0)]))[0]
    moved = state.starting_at((0.4, -0.4))
    assert two_scales.gesture(state, f'{scale}-start', (x, y)) == pytest.approx(moved)


@pytest.mark.parametrize('name', LANDS)
def test_a_nudge_by_hand_comes_out_near_the_partial_derivatives_and_the_first_step_is_that_of_the_walk(name):
    state = State(surface=name)
    assert state.nudged() == pytest.approx(state.gradient(), rel=0.05, abs=0.3)
    said = zip((state.first_across(), state.first_up()), (state.across_then(), state.up_then()), strict=True)
    for (text, then), (before, after) in zip(said, state.walk().path[:2].T, strict=True):
        assert text.startswith(f'{short(before)} − 0.05 × ') and then == short(after)


def test_what_stands_below_the_maps_of_two_scales_is_short_enough_to_stand_side_by_side():
    for share in (0.05, 0.4, 2.2):
        state = State(share=share)
        for scale, most in zip(SCALES, (37, 31), strict=True):
            assert len(two_scales.left_text(scale, state.walk_on(scale), 0)) <= most
