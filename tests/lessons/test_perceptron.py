"""One neuron: what the lesson says about tables, squares, slopes and its training, recomputed."""
import itertools

import numpy as np
import pytest

from app import parameters
from app.lesson_format import read_lesson
from app.runs import check as check_run
from app.runs import locked
from app.scene import check as check_scene
from app.widgets import bends, four_squares, learn_or, neuron, scene_of, sorter, threshold_table
from core.activations import sigmoid
from core.backprop import backward
from core.data import BITS, OR
from core.layers import parameters as flat
from core.loss import squared_errors
from core.training import step
from lessons.perceptron import operations, sandbox, unit
from lessons.perceptron.state import State, output_text, signed

TABLES = [sandbox.wanted('own', own) for own in range(16)]
SETTINGS = [(1.0, 1.0, 1.5), (0.0, 0.0, 0.0), (-0.3, 0.7, -1.2), (2.0, -2.0, 4.0), (-2.0, -2.0, -4.0), (0.7, 0.1, 0.8)]


def placement(widget):
    return next(p for p in read_lesson('perceptron').placements if p.widget == widget)


# The threshold unit.

def test_the_weights_1_1_and_1_and_a_half_say_and():
    now = State(task='and').checked()
    assert now.sums.tolist() == [0, 1, 1, 2] and now.says.tolist() == [0, 0, 0, 1] and now.right.all()
    assert State().rings_when() == 'and'


@pytest.mark.parametrize(('task', 'column'), [('or', [0, 1, 1, 1]), ('and', [0, 0, 0, 1]), ('not', [1, 1, 0, 0]),
                                              ('nand', [1, 1, 1, 0])])
def test_the_tables(task, column):
    assert sandbox.wanted(task, 0).tolist() == column


def test_what_a_reader_types_in_tenths_is_not_lost_in_binary():
    assert 0.7 + 0.1 < 0.8
    assert sandbox.check(0.7, 0.1, 0.8, sandbox.wanted('and', 0)).right.all()


def test_only_the_two_tables_that_no_cut_makes_are_said_to_be_impossible_and_the_sentence_adds_up():
    impossible = [own for own, want in enumerate(TABLES) if sandbox.impossible(tuple(want.tolist()))]
    assert impossible == [0b0110, 0b1001]
    said = State(task='own', own=6, help=1).hint()
    assert said.startswith('No three numbers can do this: (0, 1) and (1, 0) together sum to w₁ + w₂, and so do')
    assert '2T' in said and State(task='own', own=6).hint() == 'All four never are, whatever the three numbers: a hint says why.'
    weights, cuts = np.arange(-2, 2.1, 0.25), np.arange(-4, 4.1, 0.125)
    for own in impossible:
        assert not any(sandbox.check(a, b, c, TABLES[own]).right.all() for a, b, c in itertools.product(weights, weights, cuts))


@pytest.mark.parametrize('own', [own for own in range(16) if own not in (6, 9)])
@pytest.mark.parametrize('now', SETTINGS)
def test_a_hint_of_the_second_level_truly_mends_the_table(own, now):
    want = TABLES[own]
    if sandbox.check(*now, want).right.all():
        assert sandbox.hint(1, *now, want) == sandbox.hint(2, *now, want) == 'All four rows are right.'
        return
    found = sandbox.nearest(now, want)
    assert sandbox.check(*found, want).right.all()
    said = sandbox.hint(2, *now, want)
    alone = [knob for knob in (2, 0, 1) if sandbox.room(knob, now, want)]
    if alone:
        assert said.startswith(f'{sandbox.NAMES[alone[0]]} alone can mend it: ')
        tried = [{**dict(enumerate(now)), alone[0]: value} for value in np.round(np.arange(-4, 4.05, 0.1), 1)]
        assert any(sandbox.check(*values.values(), want).right.all() for values in tried)
    else:
        assert said.startswith(('One number alone cannot mend it. Try ', 'Try '))


@pytest.mark.parametrize('now', SETTINGS)
def test_a_hint_changes_as_few_numbers_as_it_can_and_not_by_a_hair(now):
    grids = [np.round(np.arange(-reach, reach + 0.01, step), 9) for reach, step in ((2, 0.5), (2, 0.5), (4, 0.1))]
    for want in TABLES:
        if sandbox.impossible(tuple(want.tolist())) or sandbox.check(*now, want).right.all():
            continue
        found = sandbox.nearest(now, want)
        for few in (1, 2):
            for knobs in itertools.combinations(range(3), few):
                tried = itertools.product(*(grids[i] if i in knobs else [now[i]] for i in range(3)))
                if any(sandbox.check(*numbers, want).right.all() for numbers in tried):
                    assert sum(a != b for a, b in zip(found, now, strict=True)) <= few, (want, knobs)


@pytest.mark.parametrize('now', SETTINGS)
@pytest.mark.parametrize('knob', range(3))
def test_the_room_of_a_number_is_where_the_table_comes_right_and_nowhere_else(now, knob):
    for want in TABLES:
        words = sandbox.room(knob, now, want)
        reach, right = sandbox.THRESHOLD if knob == 2 else sandbox.WEIGHT, []
        for value in np.round(np.arange(-reach, reach + 0.01, 0.1), 1):
            numbers = [value if i == knob else number for i, number in enumerate(now)]
            right.append(bool(sandbox.check(*numbers, want).right.all()))
            assert not words or right[-1] == inside(words, value), (words, value)
        assert words or all(right) or not any(right)


def inside(words, value):
    """Whether a number is where a hint says."""
    rules = {'above': np.greater, 'at most': np.less_equal, 'at least': np.greater_equal, 'below': np.less}
    return all(rules[part.rpartition(' ')[0]](value, float(part.rpartition(' ')[2].replace('−', '-')))
               for part in words.split(' and '))


def test_a_first_hint_names_the_rows_that_fail_with_their_sums():
    assert State(help=1).hint() == '(0, 1) and (1, 0): the sums 1 and 1 should reach 1.5.'
    assert State(help=2).hint() == 'T alone can mend it: above 0 and at most 1.'
    assert State(task='own', own=0, help=1).hint() == '(1, 1): the sum 2 should stay below 1.5.'


def test_a_press_on_a_desired_answer_makes_the_table_the_readers_own():
    state = State(task='and')
    assert threshold_table.gesture(state, 'desired', [1, 0]) == {'task': 'own', 'own': 0b0101}
    assert State(**threshold_table.gesture(State(task='own', own=5), 'desired', [1, 0])).wanted().tolist() == [0, 0, 0, 1]


def test_each_row_has_its_verdict_by_sign_and_by_word():
    marks = threshold_table.draw(State(), 'wide')['marks']
    assert marks['verdicts']['text'] == ['✓ right', '✗ should be 1', '✗ should be 1', '✓ right']
    assert marks['bias']['text'] == 'T = 1.5, so the bias b = −T is −1.5'


# The neuron.

@pytest.mark.parametrize('weights', [[], [[0.8, 0.42, -0.81]], [[1000, -1000, 0]], [[1e12, 1e12, -1e12]], [[0, 0, 0]]])
@pytest.mark.parametrize(('x1', 'x2'), [(1, 0), (-3, 3), (0.5, 0.25)])
def test_the_numbers_in_the_formula_are_those_of_the_neuron(weights, x1, x2):
    state = State(weights=weights, x1=x1, x2=x2)
    w1, w2, b = state.start()
    assert state.sum() == w1 * x1 + w2 * x2 + b and state.output() == sigmoid(state.sum())
    for width in ('wide', 'narrow'):
        scene = neuron.draw(state, width)
        check_scene(scene)
        assert scene['marks']['weights']['value'] == [w1, w2, b]
        assert scene['marks']['answer']['text'] == [output_text(state.output())]
        assert [lit.split()[0] for lit in scene['marks']['in-numbers']['lits'] if lit] == [
            'net', 'w1', 'x1', 'w2', 'x2', 'b', 'pred', 'act', 'net']


def test_an_output_that_is_not_quite_0_or_1_is_not_said_to_be():
    assert [output_text(value) for value in (0.0, 1e-9, 0.0006, 0.9996, 1.0)] == ['0.000', '< 0.001', '0.001', '> 0.999', '1.000']
    assert signed(-0.0004, 3) == '0.000' and signed(0.3, 2) == '+0.30' and signed(-0.6, 2) == '−0.60'


def test_a_weight_set_by_hand_changes_that_weight_alone():
    state = State(weights=[[1, 2, 3]])
    assert neuron.gesture(state, 'weights', [1, -7.5]) == {'weights': [[1, -7.5, 3]]}
    assert neuron.gesture(state, 'inputs', [0, 2.0]) == {'x1': 2.0}


# The activations and the operations.

def test_the_sigmoids_slope_is_its_answer_times_the_rest_and_a_quarter_at_most():
    assert State().steepest() == 0.25
    for z in np.linspace(-6, 6, 25):
        a = sigmoid(z)
        assert State(z=z).slope_words() == f'{a:.3f} · (1 − {a:.3f}) = {a * (1 - a):.3f}'


def test_the_jump_and_the_kink_are_said_at_0_and_a_hand_near_0_means_0():
    marks = bends.draw(State(z=0), 'wide')['marks']
    assert marks['threshold-tells']['text'] == 'a jump: no slope'
    assert marks['relu-tells']['text'] == 'a kink: 0 or 1'
    assert not len(marks['relu-tangent']['x']) and len(marks['tanh-tangent']['x']) == 2
    assert bends.gesture(State(), 'z', (0.06, 0.5)) == {'z': 0.0} and bends.gesture(State(), 'z', (0.11, 0.5)) == {'z': 0.11}


def test_operations_are_what_they_are_found_to_be():
    kinds = {op.words: operations.found(i).kind for i, op in enumerate(operations.OPERATIONS)}
    assert [list(kinds.values()).count(kind) for kind in operations.BINS] == [5, 4, 5]
    assert kinds['ReLU(x)'] == kinds['sort(x, 1)'] == 'kink' and kinds['argmax(x, 1)'] == kinds['if x > 1 …'] == 'jump'
    relu = next(i for i, op in enumerate(operations.OPERATIONS) if op.words == 'ReLU(x)')
    assert operations.why(relu).startswith('At x = 0 the slope changes at once, from 0 to 1.')


def test_sorting_puts_takes_out_and_judges():
    state = State()
    for press, place in ((3 * 7 + 1, 1), (3 * 7 + 2, 2), (3 * 7 + 2, None)):      # ReLU: kink, jump, out again
        state.param.update(**sorter.gesture(state, 'choices', [press, 0]))
        assert operations.places(state.bins)[7] == place and state.looked() == (7 if place else None)
        cell = sorter.draw(state, 'narrow')['marks']['choices']['text'][3 * 7:3 * 7 + 3]
        assert cell == {1: ['', '✓', ''], 2: ['', '•', '✗'], None: ['', '', '']}[place]
    state = State(bins=[[i, operations.BINS.index(operations.found(i).kind)] for i in range(14)])
    assert state.sorted_count() == state.sorted_right() == 14 and state.looked() == 13
    odd = State(bins=[[99, 0], [2.5, 1], [3, 7], [4, 1.5], [-1, 0]])
    assert odd.sorted_count() == 0 and check_scene(sorter.draw(odd, 'wide')) is None
    assert 'bins' not in parameters.query(State, parameters.defaults(State()) | {'bins': state.bins}), 'no link takes it away'


# The squares.

def test_the_four_squares_sum_to_086_and_no_single_unit_says_just_that():
    state = State()
    assert np.round(state.squares(), 2).tolist() == [0.09, 0.36, 0.25, 0.16]
    assert round(state.total(), 12) == 0.86 and round(state.own_total(), 12) == 0.86
    assert round(state.own_fourth(), 3) == 0.609
    w = np.linalg.solve([[0, 0, 1], [0, 1, 1], [1, 0, 1]], np.log(np.array([0.3, 0.4, 0.5]) / (1 - np.array([0.3, 0.4, 0.5]))))
    assert unit.answers(*w) == pytest.approx([0.3, 0.4, 0.5, state.own_fourth()])
    printed = unit.answers(0.80, 0.42, -0.81)
    assert [f'{p:.1f}' for p in printed] == ['0.3', '0.4', '0.5', '0.6'] and round(state.unit_total(), 3) == 0.862


def test_errors_can_cancel_while_every_answer_is_wrong():
    state = State(p00=0.9, p01=0.7, p10=0.7, p11=0.7)
    assert abs(state.errors().sum()) < 1e-12 and state.total() > 1
    assert '0.00' in four_squares.draw(state, 'wide')['marks']['totals']['text'][1]


def test_the_ring_says_whether_one_unit_could_say_all_four():
    said = {p11: four_squares.says(State(p11=p11)).split('. ')[-1] for p11 in (0.6, 0.3)}
    assert 'one decimal' in said[0.6] and 'no single unit' in said[0.3]
    assert 'so one unit can say all four' in four_squares.says(State(p00=0.5, p01=0.5, p10=0.5, p11=0.5))


# The training.

@pytest.mark.parametrize(('rate', 'epochs'), [(0.1, 1743), (0.5, 348), (1.0, 174), (2.0, 86)])
def test_how_long_the_snapshot_takes_to_learn_or(rate, epochs):
    assert round(State().snapshot_loss(), 3) == 1.921
    assert np.round(unit.answers(*unit.SNAPSHOT), 2).tolist() == [0.37, 0.31, 0.21, 0.17]
    assert np.round(squared_errors(unit.answers(*unit.SNAPSHOT), unit.TARGET), 3).tolist() == [0.139, 0.475, 0.619, 0.688]
    network = unit.network(*unit.SNAPSHOT)
    for _ in range(epochs - 1):
        network = step(network, backward(network, BITS, OR, 'sum_squared_error'), rate)
    assert not unit.near(unit.answers(*flat(network)))
    network = step(network, backward(network, BITS, OR, 'sum_squared_error'), rate)
    assert unit.near(unit.answers(*flat(network)))
    assert State(rate=rate).taught().done == epochs
    assert f'after {epochs:,} epochs' in State(rate=rate).taught().says


def test_the_mean_with_four_times_the_rate_is_the_same_run():
    one, other = State(rate=1.0).taught(), State(rate=4.0, mean=True).taught()
    assert np.allclose(one.weights, other.weights, rtol=1e-9) and np.allclose(one.losses, 4 * other.losses)
    assert other.done == 174 and 'the run of the sum with the rate 1.' in other.says
    assert State().with_the_mean() == State(rate=1.0, mean=True).taught().done == State(rate=0.25).taught().done == 697


@pytest.mark.parametrize(('settings', 'words'), [
    ({'rate': 1e3}, 'Stuck: (0, 0) is answered wrongly'), ({'rate': 1e6}, 'Stuck: '), ({'rate': 1e-6}, 'hardly moved'),
    ({'rate': 0.01}, 'Still on its way'), ({'weights': [[5.5, 5.5, -99]]}, 'Stuck: (0, 1), (1, 0) and (1, 1) are'),
    ({'weights': [[1e12, -1e12, 1e12]]}, 'Stuck: '), ({'rate': 1e6, 'weights': [[1e12, 1e12, 1e12]], 'mean': True}, 'Stuck: ')])
def test_a_rate_or_weights_beyond_reason_are_a_picture_and_a_sentence(settings, words):
    state = State(**settings)
    assert words in state.taught().says and 'nan' not in state.taught().says
    for width in ('wide', 'narrow'):
        scene = learn_or.draw(state, width)
        check_scene(scene)
        check_run(learn_or.record(state), scene)
    helped = State(**settings | state.rescued())
    assert helped.taught().done == (697 if state.mean else 174) and state.rescue_words() and not helped.rescue_words()


def test_a_run_is_recorded_in_a_breath_and_shows_the_engines_numbers():
    state = State()
    run = locked(learn_or.record(state))
    assert run['frames'] == len(run['labels']) and run['steps'][:30].tolist() == list(range(30)), 'a step is an epoch at first'
    assert run['steps'][0] == 0 and run['steps'][-1] == 2000
    assert run['tracks']['preds.text'][0] == ['0.373', '0.311', '0.213', '0.171']
    assert run['tracks']['squares.text'][0] == ['0.139', '0.475', '0.619', '0.688']
    assert run['tracks']['total.text'][0] == ['loss 1.921']
    assert all(text.endswith('✓') for text in run['tracks']['preds.text'][-1])


def test_the_line_stands_where_the_unit_is_undecided():
    weights = np.array([[3.0, -2.0, 0.5], [-0.786, -0.276, -0.52], [0.0, 5.0, -1.0]])
    for level in learn_or.LEVELS:
        x, y = learn_or.edge(weights, level)
        for w, xs, ys in zip(weights, x, y, strict=True):
            assert sigmoid(w[0] * xs + w[1] * ys + w[2]) == pytest.approx([level] * 2)


def test_a_rate_changed_on_the_way_goes_on_from_there():
    plain, changed = State(rate=1.0).taught(), State(rate=0.1, changes=[[40, 1.0]]).taught()
    assert (changed.weights[:41] == plain.weights[:41]).all() and not np.allclose(changed.weights[50], plain.weights[50])
    assert State(rate=1.0).changed_at(40, {'rate': 0.1}) == {'rate': 0.1, 'changes': [[40, 1.0]]}
    assert State(rate=1.0, changes=[[9, 2.0]]).changed_at(0, {'weights': [[1, 1, 1]]})['changes'] == []


def test_a_new_start_is_another_one_and_the_seed_brings_it_back():
    state = State(weights=[[1, 2, 3]])
    first = state.new_start()
    assert first == {'seed': 1, 'weights': [], 'changes': []}
    assert State(**first).start() == State(seed=1).start() != State(seed=2).start() != unit.SNAPSHOT
    assert State(seed=0).start() == unit.SNAPSHOT
    assert parameters.query(State, {**parameters.defaults(State()), **first}) == 'seed=1'


def test_every_start_of_the_first_hundred_learns_or_with_the_lessons_rate():
    assert all(State(seed=seed).taught().done for seed in range(100))


def test_a_picture_of_each_widget_is_drawn_for_every_table():
    for own in range(16):
        for level in (0, 1, 2):
            state = State(task='own', own=own, help=level)
            for width in ('wide', 'narrow'):
                scene = scene_of(placement('threshold-table'), state, width, {})
                check_scene(scene)
                texts = [mark['text'] for key, mark in scene['marks'].items() if key.startswith('hint')]
                assert max(map(len, texts)) <= {'wide': 92, 'narrow': 50}[width], texts


def test_a_weight_beyond_reason_is_written_short_beside_its_edge():
    says = neuron.draw(State(weights=[[1e6, -1e6, 99.5]]), 'narrow')['marks']['weight-says']['text']
    assert says == ['w₁ = 10⁶', 'w₂ = −10⁶', 'b = 99.5']
