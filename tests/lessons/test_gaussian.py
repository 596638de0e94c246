"""What the lesson on the bell claims, recomputed: sums, shares, heights, samples, and ten layers from a start."""
import numpy as np
import pytest

from app import runs
from app.lesson_format import FOLDER
from app.live_numbers import value
from app.scene import same
from app.widgets import bell, falling_run, falling_samples, sum_of_chances, ten_layers
from app.widgets.layer_pictures import BETWEEN, PALETTE, SHADES, histograms
from app.widgets.signed import ABOVE, ZERO
from core.backprop import backward
from core.gaussian import coverage, density, samples
from core.layers import Layer, Network
from core.network import forward
from core.starts import through_layers
from core.training import train
from lessons.gaussian.deep import Deep
from lessons.gaussian.falls import moments
from lessons.gaussian.state import State
from lessons.gaussian.sums import FACES

LOADED = dict.fromkeys(FACES[:5], 2) | {'face6': 10}
NO_FACE = dict.fromkeys(FACES, 0)


def text(scene, key):
    return scene['marks'][key]['text']


# ---- many small chances ----

def test_thirty_throws_of_the_loaded_die_are_a_bell_and_ten_fair_ones_nearly():
    assert State().loaded_shape() == 'bell'
    assert State(**LOADED).faces()[-1] / State(**LOADED).faces().sum() == 0.5, 'a six every other time'
    assert State().fair_misses() == pytest.approx(1.6, abs=0.05)
    assert State(throws=30, **LOADED).bell_misses() < 0.04 < State(throws=2, **LOADED).bell_misses()


@pytest.mark.parametrize('faces', [{}, LOADED, {'face1': 10, 'face6': 1, 'face2': 0, 'face3': 0, 'face4': 0, 'face5': 0}])
def test_the_bars_are_the_chances_and_the_bell_has_their_mean_and_spread(faces):
    state = State(throws=12, **faces)
    totals, (mean, sd) = state.totals(), state.sum_spread()
    assert totals @ np.arange(len(totals)) == pytest.approx(mean)
    assert totals @ (np.arange(len(totals)) - mean) ** 2 == pytest.approx(sd ** 2)
    drawn = sum_of_chances.draw(state, 'wide')['marks']
    assert drawn['chances']['y'].reshape(-1, 4)[:, 1] == pytest.approx(totals[12:], abs=1e-6)
    assert sd == pytest.approx(state.die_spread()[1] * np.sqrt(12))
    assert State().root_says() == '1.708 · √1 = 1.708'
    assert state.root_says().startswith(f'{state.die_spread()[1]:.4g} · √12 = ')


def test_a_die_of_ones_and_sixes_is_compared_with_the_bell_where_it_can_fall():
    assert State(face2=0, face3=0, face4=0, face5=0, throws=30).bell_misses() < 0.05


@pytest.mark.parametrize(('faces', 'says'), [(NO_FACE, 'No face can fall: pull one up.'),
                                             (NO_FACE | {'face6': 5}, 'No chance, no bell: it is always 180.')])
def test_a_die_that_leaves_nothing_to_chance_has_a_picture_and_a_sentence(faces, says):
    for width in ('wide', 'narrow'):
        drawn = sum_of_chances.draw(State(throws=30, **faces), width)
        assert text(drawn, 'near') == says and not len(drawn['marks']['bell']['x'])


def test_a_bar_is_dragged_within_its_bounds():
    assert sum_of_chances.gesture(State(), 'face3', [3, 12.0]) == {'face3': 10.0}
    assert sum_of_chances.gesture(State(), 'face3', [3, -1.0]) == {'face3': 0.0}


# ---- the bell ----

def test_the_shares_are_68_27_and_95_45_and_99_73_and_95_is_1_96():
    shares = [value(State(), f'within_{sds}:.2f') for sds in (1, 2, 3)]
    assert shares == ['68.27', '95.45', '99.73']
    assert value(State(), 'sds_of_95:.2f') == '1.96'
    assert State(reach=1.96).share_says() == '95.00 %' != State(reach=2).share_says()
    drawn = bell.draw(State(), 'wide')['marks']
    assert [drawn[f'bracket-{sds}-says']['text'] for sds in (1, 2, 3)] == [
        [f'{share} % within {sds} σ'] for sds, share in enumerate(shares, 1)]


@pytest.mark.parametrize(('mean', 'sd'), [(0, 1), (-3, 0.6), (3, 2.5), (1.3, 0.9)])
def test_the_curve_is_set_by_its_peak_and_its_flank_and_has_the_area_1(mean, sd):
    state = State(mean=mean, sd=sd)
    assert bell.gesture(State(), 'peak', [mean, 0]) == {'mean': mean}
    assert bell.gesture(State(mean=mean), 'flank', [mean + sd, 0])['sd'] == pytest.approx(sd)
    marks = bell.draw(state, 'wide')['marks']
    assert (marks['peak']['x'], marks['peak']['y']) == (mean, pytest.approx(density(mean, mean, sd)))
    assert marks['flank']['y'] == pytest.approx(density(mean + sd, mean, sd))
    x = np.linspace(mean - 9 * sd, mean + 9 * sd, 4001)
    assert np.trapezoid(state.height(x), x) == pytest.approx(1)
    for width in ('wide', 'narrow'):
        drawn = bell.draw(state, width)
        for sds in (1, 2, 3):
            ends = drawn['marks'][f'bracket-{sds}']['x']
            assert ends == [np.clip(mean - sds * sd, -6, 6), np.clip(mean + sds * sd, -6, 6)]


@pytest.mark.parametrize(('sd', 'says'), [(0.6, 'as narrow as it gets: 0.665 high'), (2.5, 'as wide as it gets: 0.16 high')])
def test_the_narrowest_and_the_widest_bell_have_a_sentence(sd, says):
    assert text(bell.draw(State(sd=sd), 'wide'), 'head') == f'mean 0, standard deviation {sd}, {says}'


def test_the_height_and_the_surprise_have_the_readers_numbers():
    state = State(mean=1, sd=2, reach=1.5)
    assert state.height_there() == pytest.approx(np.exp(-1.5 ** 2 / 2) / (2 * np.sqrt(2 * np.pi)))
    assert (State().height_says(), State(sd=2.5, reach=4).height_says()) == ('0.1295', '5.353 × 10⁻⁵')
    assert state.surprise_bend() == pytest.approx(1.5 ** 2 / 2)
    assert text(bell.draw(state, 'wide'), 'says-1') == 'between −2 and 4'


def test_a_third_of_all_cases_is_further_off_than_one_standard_deviation():
    assert 1 - coverage(1) == pytest.approx(1 / 3, abs=0.02)


# ---- samples ----

@pytest.mark.parametrize('many', [0, 10, 100, 1000, 10_000])
@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_samples_fall_one_by_one_and_are_all_counted(many, width):
    state = State(many=many, mean=1, sd=2)
    run, scene = falling_samples.record(state), falling_samples.draw(state, width)
    runs.check(run, scene)
    seen = moments(many)
    assert seen[-1] == many and (np.diff(seen[:41]) == 1).all() and run['frames'] == len(seen) <= 150
    found = samples(many, seed=0)
    assert state.fallen().bars[-1].sum() == many
    assert state.fallen().inside[-1].tolist() == [int((np.abs(found) <= sds).sum()) for sds in (1, 2, 3)]
    for k in {min(7, len(seen) - 1), len(seen) - 1}:
        shown, inside = runs.moment(run, k), (np.abs(found[:seen[k]]) <= 1).sum()
        said = f'{100 * inside / seen[k]:.2f} %' if seen[k] else '–'
        assert shown['says-1']['text'] == f'1 σ: {said} (foretold 68.27 %)'
        heights = np.concatenate([shown[f'bars-{band}']['h'] for band in (1, 2, 3, 4)])
        assert heights.max(initial=0) < 1 and (heights.sum() > 0) == bool(seen[k])
    if many == 10:
        assert run['labels'][1] == f'Sample 1 falls {abs(found[0]):.3g} σ above the mean'
        assert same(run, falling_samples.record(State(many=10))), 'whatever bell it is'
        assert scene['planes']['ground']['xticks'][4] == [1, '3'], 'which the axis says'


def test_each_sample_falls_onto_the_bar_that_grows_by_it():
    state = State(many=100)
    run, bars = falling_samples.record(state), state.fallen().bars
    for k in range(1, 41):
        (at, high), = ((shown['x'][0], shown['y'][0]) for n in (0, 1) if len((shown := runs.moment(run, k)[f'falls-{n}'])['x']))
        grown = int(np.flatnonzero(bars[k] - bars[k - 1])[0])
        assert at == falling_run.EDGES[grown] + 0.125
        assert high == pytest.approx(bars[k, grown] / falling_run.top_of(k, bars[k]))


def test_no_samples_have_a_picture_and_a_sentence():
    assert text(falling_samples.draw(State(many=0), 'wide'), 'head').startswith('No samples')
    assert falling_samples.record(State(many=0))['says'] == 'Nothing has fallen, so there is nothing to say. Choose some samples.'


def test_the_more_samples_the_nearer_and_a_hundred_times_as_many_come_ten_times_nearer():
    assert State().ten_within() == 8 and State().thousands_within() == pytest.approx(68.23)
    off = {n: np.sqrt(np.mean([(np.mean(np.abs(samples(n, seed=seed)) <= 1) - coverage(1)) ** 2 for seed in range(60)]))
           for n in (100, 10_000)}
    assert off[100] / off[10_000] == pytest.approx(10, rel=0.35)
    assert State(seed=999).new_start() == {'seed': 0}


# ---- ten layers ----

@pytest.mark.parametrize(('bend', 'sd', 'fate'), [
    ('tanh', 0.02, 'vanish'), ('tanh', 0.1, 'steady'), ('tanh', 1, 'saturated'), ('relu', 0.1, 'vanish'),
    ('relu', 0.141, 'steady'), ('relu', 1, 'explode'), ('sigmoid', 0.1, 'forgotten'), ('tanh', 0, 'none')])
def test_what_becomes_of_numbers_in_ten_layers(bend, sd, fate):
    assert Deep(bend=bend, weight_sd=sd).fate() == fate


@pytest.mark.parametrize(('bend', 'units', 'root'), [
    ('tanh', 25, 0.2), ('tanh', 100, 0.1), ('relu', 100, 0.1414), ('relu', 225, 0.0943)])
def test_the_steady_width_is_the_root_of_one_or_two_over_n_and_a_hand_near_it_means_it(bend, units, root):
    state = Deep(bend=bend, units=units)
    assert state.steady() == pytest.approx(root, abs=1e-4)
    near = ten_layers.gesture(State(bend=bend, units=units), 'width', [np.log10(root) + 0.008, 0.5])
    assert near['weight_sd'] == state.steady()
    assert Deep(bend=bend, units=units, weight_sd=round(state.steady(), 4)).fate() == 'steady'


@pytest.mark.parametrize('step', [0.1, 0.01, -0.1, -0.01])
def test_no_key_is_caught_on_the_ruler(step):
    where, seen, state = 0.5 if step < 0 else -2.6 if step == 0.1 else -2.5, [], State(bend='relu')
    for _ in range(400):
        state = State(bend='relu', **ten_layers.gesture(state, 'width', [np.clip(where + step, -2.6, np.log10(5)), 0.5]))
        where = ten_layers.place(state.weight_sd)
        seen.append(where)
    assert seen[-1] == (np.log10(5) if step > 0 else -2.6 if step == -0.1 else -2.5)


@pytest.mark.parametrize(('x', 'sd'), [(-1e11, 0), (-2.5, 0.00316), (0, 1), (1e11, 5)])
def test_a_hand_beyond_the_ruler_means_its_end(x, sd):
    assert ten_layers.gesture(State(), 'width', [x, 0.5]) == {'weight_sd': sd}


def test_a_layer_of_a_hundred_makes_0_02_a_fifth():
    found = Deep(weight_sd=0.02).sizes().size
    assert found[1:] / found[:-1] == pytest.approx(0.2, abs=0.03)
    assert State().asked_small() == 'nothing'


def test_the_two_inputs_look_alike_to_a_sigmoid_and_units_alike_where_weights_are():
    pixels = ten_layers.draw(State(bend='sigmoid', weight_sd=0.1), 'wide')['marks']['units']
    rows = np.reshape(pixels['pixels'], pixels['shape'])
    last = slice(-11, -1)
    assert (rows[:10, last] == rows[12:, last]).all() and not (rows[:10, 1:11] == rows[12:, 1:11]).all()
    alike = np.reshape(ten_layers.draw(State(alike=True, weight_sd=0.01), 'wide')['marks']['units']['pixels'], pixels['shape'])
    assert np.ptp(alike[:10, 1:11]) == 0
    assert PALETTE[3 * BETWEEN:3 * BETWEEN + 3].tolist() == list(ZERO)
    assert PALETTE[3 * SHADES] == 236 and PALETTE[6 * SHADES:6 * SHADES + 3].tolist() == list(ABOVE)


def test_a_histogram_counts_every_answer_and_shows_those_that_a_relu_lets_through():
    found = Deep(bend='relu', weight_sd=0.1414).answers()
    y = histograms('relu', found, [10])['y'][1:-1:2]
    counts = np.histogram(found[10].clip(0, 4), 24, (0, 4))[0]
    assert y[0] == 1 and counts[0] > 2 * counts[1:].max(), 'half of them are stopped, and that bar is cut'
    assert y[1:] == pytest.approx(counts[1:] / counts[1:].max(), abs=1e-3)
    found = Deep(weight_sd=0.1).answers()
    counts = np.histogram(found[3], 24, (-1, 1))[0]
    assert histograms('tanh', found, [3])['y'][1:-1:2] == pytest.approx(counts / counts.max(), abs=2e-3)


@pytest.mark.parametrize('sd', [0, 0.003, 5])
@pytest.mark.parametrize('bend', ['tanh', 'relu', 'sigmoid'])
def test_the_ends_of_the_ruler_have_a_picture_and_a_sentence(sd, bend):
    state = State(weight_sd=sd, bend=bend, units=225)
    for width in ('wide', 'narrow'):
        drawn = ten_layers.draw(state, width)
        assert text(drawn, 'verdict-0') and np.isfinite(drawn['marks']['size']['y']).all()
    assert ten_layers.gesture(state, 'width', [-2.9, 0.5]) == {'weight_sd': 0.0}


def test_sizes_beyond_the_picture_leave_it_and_do_not_level_off():
    for state, beyond in ((State(weight_sd=5, bend='relu', units=225), 8), (State(weight_sd=0.003), -8)):
        marks, sizes = ten_layers.draw(state, 'wide')['marks'], state.sizes().size[1:]
        assert marks['size']['y'] == pytest.approx(np.log10(sizes), abs=1e-3)
        assert abs(marks['size']['y'][-1]) > abs(beyond) >= np.abs(marks['sized']['y']).max()
        assert len(marks['sized']['x']) == len(marks['sized']['y']) == (np.abs(np.log10(sizes)) <= 8).sum()


def test_no_root_is_recommended_to_a_sigmoid_where_it_forgets():
    state = State(bend='sigmoid', weight_sd=State(bend='sigmoid').steady())
    assert state.fate() == 'forgotten'
    for without in (state, State(alike=True)):
        marks = ten_layers.draw(without, 'narrow')['marks']
        assert not len(marks['steady']['x']) and not marks['steady-says']['text']
    assert text(ten_layers.draw(State(), 'narrow'), 'steady-says') == '√(1/100) = 0.1'


@pytest.mark.parametrize(('bend', 'sd'), [('tanh', 0.02), ('tanh', 0.1), ('relu', 0.1414)])
def test_weights_from_a_flat_stretch_do_as_well_as_those_from_a_bell(bend, sd):
    def left(draw):
        chance = np.random.default_rng(1)
        runs = [through_layers(chance.normal(size=(50, 100)), draw(chance), bend)[-1] for _ in range(10)]
        return np.sqrt(np.mean(np.square(runs)))

    flat = left(lambda chance: chance.uniform(-1, 1, (10, 100, 100)) * np.sqrt(3) * sd)
    assert flat / left(lambda chance: chance.normal(0, sd, (10, 100, 100))) == pytest.approx(1, abs=0.2)


def test_units_that_start_alike_get_the_same_slope_and_stay_alike():
    chance = np.random.default_rng(0)
    network = Network((Layer(np.full((4, 3), 0.3), np.zeros(4), 'tanh'), Layer(np.full((1, 4), 0.3), np.zeros(1), 'sigmoid')))
    x, target = chance.normal(size=(20, 3)), chance.integers(0, 2, (20, 1)).astype(float)
    slopes = backward(network, x, target)
    assert np.ptp(slopes.layers[0].W, axis=0).max() < 1e-12 < np.abs(slopes.layers[0].W).max()
    learnt = train(network, x, target, rate=0.5, epochs=50).network(-1)
    assert np.ptp(learnt.layers[0].W, axis=0).max() < 1e-12
    assert np.ptp(forward(learnt, x).a[0], axis=1).max() < 1e-12


def test_slopes_on_their_way_back_vanish_and_explode_as_well():
    chance = np.random.default_rng(0)
    x, target = chance.normal(size=(5, 30)), np.ones((5, 1))
    weights = [chance.normal(size=(30, 30)) for _ in range(10)] + [chance.normal(size=(1, 30))]

    def reaches(sd):
        """How large the slopes of the second layer are, compared to those of the last hidden one."""
        layers = [Layer(sd * W, np.zeros(len(W)), 'relu') for W in weights[:-1]]
        slopes = backward(Network((*layers, Layer(sd * weights[-1], np.zeros(1), 'linear'))), x, target).layers
        first, last = (np.abs(slopes[k].b).mean() for k in (1, 9))
        return first / last

    assert reaches(0.02) < 1e-6 and reaches(2) > 1e6 and 0.05 < reaches(np.sqrt(2 / 30)) < 20


def test_the_table_of_the_lesson_says_what_its_links_show():
    words = (FOLDER / 'gaussian' / 'lesson.md').read_text('utf-8')
    for bend, sd, fact in (('tanh', 0.02, 'small_tanh'), ('tanh', 0.1, 'steady_tanh'), ('relu', 0.1, 'small_relu'),
                           ('relu', 0.141, 'steady_relu'), ('relu', 1, 'large_relu')):
        link = f'?weight_sd={sd:g}' + ('&bend=relu' if bend == 'relu' else '')
        assert f'[{sd:g}]({link}#ten-layers-deep) | {{fact}}`{fact}`' in words
        assert value(State(), fact) == State(bend=bend, weight_sd=sd).last_size()
    assert '0.02 · √100 = 0.2' in words and State().units == 100
