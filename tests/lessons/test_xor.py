"""XOR: what a line can do, what a lone unit does, what one hidden unit makes possible, and what a training shows."""
import re
from urllib.parse import parse_qsl

import numpy as np
import pytest

from app import parameters
from app.lesson_format import FOLDER
from app.runs import check as check_run
from app.runs import squeezed
from app.scene import check
from app.widgets import fold, gate_line, lone_unit, trainer, two_stages
from core.data import BITS, XOR
from core.layers import parameters as weights_of
from core.many_networks import name_of_code
from core.network import forward
from core.training import train_plainly
from lessons.xor import lone, stages
from lessons.xor.examples import CORNERS, TABLES, given, own
from lessons.xor.line import cut, most, ways
from lessons.xor.state import State
from lessons.xor.verdict import code

MEGABYTE = 1_000_000
TEXT = (FOLDER / 'xor' / 'lesson.md').read_text('utf-8')


# ---- a line ----

def test_a_line_does_or_and_and_nand_and_no_line_more_than_three_corners_of_xor():
    assert {table: most(table) for table in TABLES} == {'or': 4, 'and': 4, 'nand': 4, 'xor': 3}
    assert len(ways()) == 14 == State().ways_to_cut()
    assert State().tables() == 16


def test_random_lines_find_no_way_that_the_proof_has_missed():
    chance = np.random.default_rng(0)
    found = {tuple((cut(ends, TABLES['or']).distances > 0).tolist()) for ends in chance.uniform(-0.5, 1.5, (4000, 4))}
    assert found <= set(ways())
    assert max(cut(ends, XOR).right for ends in chance.uniform(-0.5, 1.5, (2000, 4))) == 3


def test_both_pairs_of_corners_are_together_equally_far_from_any_line():
    for ends in np.random.default_rng(1).uniform(-0.25, 1.25, (50, 4)):
        state = State(**dict(zip(('line_x0', 'line_y0', 'line_x1', 'line_y1'), ends.tolist(), strict=True)))
        assert np.isclose(state.yes_corners(), state.no_corners())


def test_the_best_score_of_each_table_is_kept_and_never_falls():
    state = State(gate='or')
    assert state.best() == 3
    state.param.update(line_x0=0, line_y0=0.5, line_x1=0.5, line_y1=0)
    assert state.best() == 4
    state.param.update(**state.settled())
    assert state.settled() == {}
    state.param.update(line_x0=0.5, line_y0=-0.2, line_x1=0.5, line_y1=1.2)
    assert (state.cut().right, state.best()) == (3, 4)
    state.gate = 'xor'
    assert state.best() == 2


def test_no_line_at_all_is_a_picture_and_a_sentence():
    state = State(line_x0=0.5, line_y0=0.5, line_x1=0.5, line_y1=0.5)
    scene = gate_line.draw(state, 'wide')
    check(scene)
    assert 'no line' in ' '.join(mark['text'] for mark in scene['marks'].values() if mark['kind'] == 'text')


# ---- a lone unit ----

def test_from_small_starts_it_ends_at_one_half_and_from_large_ones_rarely():
    shares = [lone.share_at_half(spread) for spread in (0.5, 1.0, 3.0, 6.0)]
    assert shares[0] == 1.0
    assert np.allclose(shares, (1.0, 0.98, 0.35, 0.08), atol=0.04), shares


@pytest.mark.parametrize('rate', [0.1, 0.5, 2])
def test_it_settles_at_one_half_at_the_usual_rates(rate):
    run = lone.lone(1, -1, 0.5, rate)
    assert lone.fate(run) == 'half'
    assert np.isclose(run.losses[-1], 1)
    assert run.losses.min() >= 1 - 1e-9


def test_at_rate_ten_it_hardly_ever_settles():
    fates = [lone.fate(lone.lone(seed, -1, 0.5, 10.0)) for seed in range(20)]
    assert fates.count('restless') >= 17
    assert set(fates) <= {'restless', 'three'}
    assert lone.fate(State(unit_rate=10).lone()) == 'restless'


def test_whatever_the_start_and_the_rate_its_loss_never_falls_below_one():
    assert min(lone.lone(seed, -1, spread, rate).losses.min() for seed in range(12) for spread in (0.5, 3.0, 6.0)
               for rate in (0.5, 10.0, 1000.0)) >= 1 - 1e-9


# ---- two stages ----

def test_the_weights_of_the_lesson_look_for_both_and_answer_xor():
    hidden, answers, loss = stages.walked(stages.ours())
    assert hidden == pytest.approx([0, 0, 0, 1], abs=0.07)
    assert answers == pytest.approx([0.05, 0.94, 0.94, 0.05], abs=0.02)
    assert round(loss, 4) == 0.0122
    assert name_of_code(code(stages.network(stages.ours()), given('xor'))) == 'AND'


def test_a_start_near_the_detector_of_both_leads_to_it():
    """h at (1, 1) about 0.94, and the loss passes 0.0122 on its way down."""
    run = stages.training(())
    assert run.losses[0] == 1
    assert (np.diff(run.losses) < 0).all()
    assert run.losses[-1] < 0.0122
    assert forward(run.network(-1), BITS).a[0][:, 0] == pytest.approx([0, 0.03, 0.03, 0.94], abs=0.01)


def test_the_formula_says_the_numbers_of_the_chosen_corner():
    state = State(corner='1, 0', hand=[[weight] for weight in (1, 2, -3, 4, -5, 6, -0.5)])
    z = 1 * 1 + 2 * 0 - 3
    h = 1 / (1 + np.exp(-z))
    assert (state.inner_sum(), state.looks()) == pytest.approx((z, h))
    assert state.outer_sum() == pytest.approx(4 * 1 - 5 * 0 + 6 * h - 0.5)
    assert (state.outer_1(), state.outer_2(), state.outer_hidden(), state.outer_bias()) == ('4.00', '− 5.00', '+ 6.00', '− 0.50')


def test_a_weight_set_by_hand_stays_and_the_others_too():
    state = State()
    state.param.update(**two_stages.gesture(state, 'net-edges', [2, 1.5]))
    assert state.hand_weights() == (*stages.ours()[:2], 1.5, *stages.ours()[3:])
    assert two_stages.gesture(state, 'rows', [2, 0]) == {'corner': '1, 0'}


# ---- the training ----

def test_the_lessons_own_run_learns_xor():
    verdict = State().verdict()
    assert verdict.says == ('All four on the right side of 0.5, with a loss of 0.0136. Its hidden unit says yes where both '
                            'inputs are 1: AND.')
    assert not verdict.rescue


def test_a_start_near_two_two_minus_three_detects_both():
    near = State(weights=[[weight] for weight in (2.1, 1.9, -3, 0.3, 0.1, -0.4, 0.2)])
    assert 'AND' in near.verdict().says
    assert near.run().losses[-1] < 0.0122


def test_a_run_is_what_the_plain_engine_does():
    state = State(epochs=100)
    trained = train_plainly(state.start(), BITS, XOR, 'sum_squared_error', rate=0.5, epochs=100)
    assert weights_of(trained) == pytest.approx(state.run().parameters[-1], rel=1e-9)


def test_a_rate_that_is_changed_on_the_way_leaves_what_was_before_bit_for_bit():
    state = State()
    before = state.run()
    epoch = int(before.epochs[120])
    state.param.update(**parameters.tidy(state, state.changed_at(epoch, {'rate': 2.0}))[0])
    after = state.run()
    assert (after.parameters[:121] == before.parameters[:121]).all()
    assert (after.parameters[121:] != before.parameters[121:]).any()
    assert after.rates == ((0, 0.5), (epoch, 2.0))
    state.param.update(**state.restarted())
    assert (state.run().parameters == before.parameters).all()


def test_a_weight_that_is_set_at_a_moment_takes_over_all_the_others_of_that_moment():
    state = State()
    run, k = state.run(), 160
    values = state.changed_at(int(run.epochs[k]), trainer.gesture(state, 'net-edges', [3, 7.5]))
    state.param.update(**values)
    start = weights_of(state.start())
    assert start[3] == 7.5
    assert np.delete(start, 3) == pytest.approx(np.delete(run.parameters[k], 3), abs=0)
    assert state.run().epochs[0] == 0


def test_what_rests_of_a_moment_is_what_the_run_would_have_to_be_trained_for_again():
    state = State()
    run, k, asked = state.run(), 160, trainer.gesture(State(), 'net-edges', [3, 7.5])
    rests = trainer.record(state)['rests'][k]
    assert state.changed_at(int(run.epochs[k]), asked, rests) == state.changed_at(int(run.epochs[k]), asked)
    taken = state.changed_at(int(run.epochs[k]), asked, rests + 1)['weights']
    assert taken[0] == [run.parameters[k][0] + 1], 'nothing is trained for it'


def test_weights_that_were_set_do_not_outlive_another_make_and_a_new_start_is_the_next_of_the_thousand():
    state = State(weights=[[1.0]] * 7)
    assert state.changed_at(0, {'hidden': 3}) == {'hidden': 3, 'changes': [], 'weights': []}
    assert state.new_start() == {'which': 0, 'weights': [], 'changes': []}
    assert np.array_equal(weights_of(State(weights=[[1.0]] * 5).start()), weights_of(State().start()))


@pytest.mark.parametrize('changed', [
    {}, {'hidden': 4, 'shortcut': False}, {'hidden': 8, 'layers': 2}, {'hidden': 0}, {'epochs': 20_000}, {'epochs': 100},
    {'data': 'spiral', 'hidden': 8, 'layers': 2, 'activation': 'tanh', 'rate': 2}, {'data': 'circles', 'hidden': 8, 'rate': 1e3},
    {'data': 'own', 'points': [[0, 0, 1]]}, {'rate': 1e6, 'activation': 'linear'}])
def test_a_run_fits_its_pictures_and_weighs_less_than_a_megabyte(changed):
    state = State(**changed)
    run = trainer.record(state)
    for width in ('wide', 'narrow'):
        check_run(run, trainer.draw(state, width))
    assert 280 <= run['frames'] <= 301 and run['pace'] >= 50 or state.epochs == 100
    assert len(squeezed(run).data) < MEGABYTE
    assert run['steps'][0] == 0 and run['steps'][-1] <= state.epochs


@pytest.mark.parametrize('link', re.findall(r'\(\?([^)#]*)#train-it', TEXT.partition('## Does it')[0]))
def test_whatever_the_text_says_to_try_is_learnt(link):
    values, notice = parameters.read(State, dict(parse_qsl(link)))
    assert notice is None
    assert State(**values).verdict().says.startswith('All')


def test_every_table_of_a_run_is_that_of_its_own_moment():
    state, k = State(), 180
    run, network = trainer.record(state), state.run().network(k)
    ran = forward(network, BITS)
    cells = np.array(run['tracks']['cells.text'][k]).reshape(4, 4)
    assert cells[:, 0].tolist() == ['0, 0', '0, 1', '1, 0', '1, 1']
    assert cells[:, 1].tolist() == [f'{h:.2f}' for h in ran.a[0][:, 0]]
    assert cells[:, 2].tolist() == [f'{y:.2f}' for y in ran.output[:, 0]]
    assert [cell[0] for cell in cells[:, 3]] == ['0', '1', '1', '0']


def test_the_early_epochs_are_all_seen():
    assert State().run().epochs[:5].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(('changed', 'says', 'rescued'), [
    ({'rate': 1e3}, 'hardly a slope is left', {'rate': 0.5}),
    ({'activation': 'threshold'}, 'slope 0 everywhere', {'activation': 'sigmoid'}),
    ({'activation': 'linear', 'hidden': 8}, 'one straight line', {'activation': 'sigmoid'}),
    ({'hidden': 0}, 'one straight line', {'hidden': 1}),
    ({'spread': 0, 'hidden': 4}, 'began at 0', {'spread': 1}),
    ({'which': 31}, 'stuck', {'which': 32}),
    ({'data': 'own', 'points': [[0, 0, 1], [1, 1, 1]]}, 'one class', {}),
    ({'data': 'own', 'points': [[0.5, 0.5, 1], [0.5, 0.5, 0]]}, 'share a place', {}),
    ({'data': 'own', 'points': [[0, 0, 1], [0, 0, 1]]}, 'one class', {})])
def test_what_breaks_it_is_a_picture_and_a_sentence_and_mostly_a_way_out(changed, says, rescued):
    state = State(**changed)
    check(trainer.draw(state, 'narrow'))
    run = trainer.record(state)
    assert says in run['says']
    assert rescued.items() <= state.rescued().items()
    assert bool(run['rescue']) == bool(rescued)
    state.param.update(**parameters.tidy(state, state.rescued())[0])
    assert state.verdict().rescue != run['rescue'] or not rescued or 'next start' in run['rescue']


def test_without_points_there_is_a_picture_and_a_sentence_instead_of_a_run():
    state = State(data='own')
    for width in ('wide', 'narrow'):
        check(trainer.draw(state, width))
    with pytest.raises(ValueError, match='no points yet'):
        trainer.record(state)


def test_a_point_that_is_moved_makes_the_points_the_readers_own():
    state = State()
    state.param.update(**state.point_moved(3, 0.9, 0.8))
    assert state.data == 'own' and len(state.points) == 4
    state.param.update(**state.point_moved(-1, 0.5, 0.5))
    assert state.points[-1] == [0.5, 0.5, 1.0]
    state.param.update(**state.point_moved(1, 'turn', None))
    assert state.points[1] == [0.0, 1.0, 0.0]
    state.param.update(**state.point_moved(0))
    assert len(state.points) == 4
    assert state.examples().loss == 'sum_squared_error'


def test_points_that_are_pasted_are_the_ones_that_are_shown():
    assert State().changed_at(0, {'points': [[0, 1, 1]]}) == {'data': 'own', 'points': [[0, 1, 1]], 'changes': []}


def test_the_truth_tables_are_true():
    assert {name: table[:, 0].tolist() for name, table in TABLES.items()} == {
        'xor': [0, 1, 1, 0], 'or': [0, 1, 1, 1], 'and': [0, 0, 0, 1], 'nand': [1, 1, 1, 0]}


def test_clouds_fit_their_window_and_keep_it_when_they_become_the_readers_own():
    for name in ('circles', 'moons', 'spiral'):
        low, high = given(name).window
        assert low < given(name).x.min() and given(name).x.max() < high
        assert given(name).loss == 'mean_squared_error'
        assert own(given(name).rows).window == given(name).window
    assert own([]).window == own(given('xor').rows).window == CORNERS
    assert own([[500, 0, 1]]).window == pytest.approx((-550, 550))


# ---- the sheet ----

def test_the_cut_lies_on_the_sheet_and_on_the_plane():
    for weights in (stages.ours(), (1, -2, 0.5, 2, 1, -3, 0.2)):
        v1, v2, v3, b = weights[3:]
        for piece in fold.meeting(np.array(weights)):
            x1, x2, h = piece.T
            assert h == pytest.approx(1 / (1 + np.exp(-(weights[0] * x1 + weights[1] * x2 + weights[2]))))
            assert v1 * x1 + v2 * x2 + v3 * h + b == pytest.approx(0, abs=0.05)
        for wire in fold.plane(np.array(weights)):
            x1, x2, h = wire.T
            assert v1 * x1 + v2 * x2 + v3 * h + b == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize('hand', [[], [[0.0]] * 7, [[30.0]] * 7, [[-1e6]] * 7])
def test_the_sheet_can_be_folded_from_any_weights(hand):
    state = State(hand=hand)
    run = fold.record(state)
    for width in ('wide', 'narrow'):
        check_run(run, fold.draw(state, width))
    assert len(squeezed(run).data) < MEGABYTE


@pytest.mark.parametrize('rate', [0.5, 10.0, 1e3, 1e6])
@pytest.mark.parametrize('spread', [0.5, 6.0])
def test_a_lone_units_run_fits_its_picture(rate, spread):
    state = State(unit_rate=rate, unit_spread=spread)
    run = lone_unit.record(state)
    check_run(run, lone_unit.draw(state, 'narrow'))
    assert run['says']


def test_the_first_moment_of_the_lone_unit_is_that_of_its_training():
    for state in (State(), State(seed=7, unit_spread=6.0, unit_rate=10.0)):
        begins, run = state.lone_start(), state.lone()
        assert len(begins.epochs) == 1
        assert (begins.parameters[0] == run.parameters[0]).all() and begins.losses[0] == run.losses[0]
