"""What the lesson on layers claims, recomputed: rows that are neurons, the bend, what collapses, shapes, programs, rounds."""
import numpy as np
import pytest

from app import runs
from app.widgets import bent_grid, fill_order, layer_shapes, matrix_rows, relu_pairs, stacked
from core.activations import relu, tanh
from core.layers import count_parameters, parameters
from core.network import new_network, predict
from lessons.layers.order import EXAMPLES, FIRST, SECOND, filled, rounds
from lessons.layers.shapes import Shapes
from lessons.layers.state import CROSSINGS, OWN, State
from tests.played import played


def text(scene, key):
    return scene['marks'][key]['text']


# ---- a row for each neuron ----

def test_the_matrix_of_the_book_gives_4_and_7_row_by_row():
    state = State()
    assert state.W().tolist() == [[1, 0, -2], [3, 1, 4]] and state.x().tolist() == [2, 5, -1]
    assert state.z().tolist() == [4, 7]
    drawn = matrix_rows.draw(state, 'wide')
    assert text(drawn, 'z') == ['4', '7']
    assert text(drawn, 'says-1') == 'row 1: 1·2 + 0·5 + (−2)·(−1) = 4'
    assert text(drawn, 'says-2') == 'row 2: 3·2 + 1·5 + 4·(−1) = 7'


def test_a_row_a_neuron_and_a_result_have_one_name():
    marks = matrix_rows.draw(State(), 'wide')['marks']
    for n in (1, 2):
        name = f'unit-{n}'
        assert marks[f'row-{n}']['lit'] == marks[f'says-{n}']['lit'] == marks['z']['lits'][n - 1] == name
        assert marks['net-nodes']['lits'][2 + n] == name
        edges = marks['net-edges']
        weights = [value for value, lit in zip(edges['value'], edges['lits'], strict=True) if lit == name]
        assert weights == [*State().W()[n - 1], 0], 'the edges that lead to this neuron, and its bias'


@pytest.mark.parametrize('module', [matrix_rows, stacked])
def test_an_edge_is_the_weight_that_its_dial_sets(module):
    """The network's edges stand in the order of `parameters`; a row, an edge and a bias set the same Parameter."""
    state = State()
    for index in range(len(module.draw(state, 'wide')['marks']['net-edges']['value'])):
        changed = State(**module.gesture(state, 'net-edges', [index, 5.5]))
        network = changed.one_layer() if module is matrix_rows else changed.network()
        before = parameters(state.one_layer() if module is matrix_rows else state.network())
        assert np.flatnonzero(parameters(network) != before).tolist() == [index]


def test_a_neuron_that_is_pressed_is_looked_at_until_it_is_pressed_again():
    assert matrix_rows.gesture(State(), 'z', [1, 0]) == matrix_rows.gesture(State(), 'net-nodes', [4, 0]) == {'unit': 2}
    assert matrix_rows.gesture(State(unit=2), 'z', [1, 0]) == {'unit': 0}
    assert matrix_rows.gesture(State(unit=1), 'net-nodes', [0, 0]) == {'unit': 0}, 'an input is no row'


@pytest.mark.parametrize('biases', [(0, 0), (1.5, -2)])
def test_played_every_term_comes_once_and_the_sums_at_the_end_are_those_of_the_matrix(biases):
    state = State(b1=biases[0], b2=biases[1])
    run, scenes = played(matrix_rows, state)
    first, last, drawn = runs.moment(run, 0), runs.moment(run, run['frames'] - 1), scenes['wide']
    assert first['z']['text'] == ['·', '·'] and first['net-nodes']['text'][3:] == ['·', '·']
    assert last['z']['text'] == text(drawn, 'z') and last['net-nodes']['text'] == text(drawn, 'net-nodes')
    assert [last[f'says-{n}']['text'] for n in (1, 2)] == [text(drawn, f'says-{n}') for n in (1, 2)]


# ---- the bend ----

def test_the_six_pairs_of_the_book():
    state = State()
    assert state.before().tolist() == [-0.5, 1.2, -0.1, 0.8, -2.0, 0.3]
    assert state.after().tolist() == [0, 1.2, 0, 0.8, 0, 0.3] and state.stopped() == 3
    assert text(relu_pairs.draw(state, 'wide'), 'results') == ['0', '1.2', '0', '0.8', '0', '0.3']


def test_the_output_of_the_first_layer_is_the_input_of_the_second_and_ends_in_a_loss():
    state = State()
    assert state.h().tolist() == [4, 7] and state.pred() == 2 * 4 - 7 == 1 and state.loss() == (1 - 3) ** 2
    chance = np.random.default_rng(5)
    names = [*stacked.ORDER, *matrix_rows.INPUTS]
    for values in chance.uniform(-9, 9, (20, len(names))).round(1):
        state = State(**dict(zip(names, map(float, values), strict=True)))
        assert state.pred() == pytest.approx(float(predict(state.network(), state.x()[None, :])[0, 0]))


def test_a_bias_of_minus_9_silences_a_hidden_neuron():
    """What the invitation asks for."""
    assert State(b1=-9).h()[0] == State(b2=-9).h()[1] == 0


# ---- what collapses ----

def grids():
    chance = np.random.default_rng(7)
    names = [name for rows in bent_grid.MATRICES.values() for row in rows for name in row]
    return [dict(zip(names, map(float, values), strict=True)) for values in chance.uniform(-2, 2, (20, 8)).round(1)]


def test_without_a_bend_one_layer_with_the_product_hits_every_crossing():
    for numbers in [{}, *grids()]:
        state = State(**numbers)
        W, b = state.one_instead()
        assert pytest.approx(state.second() @ state.first()) == W and not b.any()
        assert state.single(CROSSINGS) == pytest.approx(state.after_second(CROSSINGS)) and state.misses() == 0
        assert text(bent_grid.draw(state, 'wide'), 'told') == 'One layer with the product does the same.'


@pytest.mark.parametrize(('bend', 'f'), [('ReLU', relu), ('tanh', tanh)])
def test_with_a_bend_the_dots_are_the_best_single_layer_and_still_miss(bend, f):
    for numbers in [{}, *grids()]:
        state = State(bend=bend, **numbers)
        true = f(CROSSINGS @ state.first().T) @ state.second().T
        assert state.after_second(CROSSINGS) == pytest.approx(true)
        best = ((state.single(CROSSINGS) - true) ** 2).sum()
        W, b = state.one_instead()
        for nudge in np.random.default_rng(1).normal(0, .01, (20, 6)):
            tried = CROSSINGS @ (W + nudge[:4].reshape(2, 2)).T + b + nudge[4:]
            assert ((tried - true) ** 2).sum() >= best - 1e-9, 'no other layer comes nearer'
    assert State(bend=bend).misses() > 0.2


def test_a_straight_line_of_the_grid_has_a_corner_wherever_relu_gives_it_one():
    state = State(bend='ReLU')
    marks = bent_grid.draw(state, 'wide')['marks']
    for level, name in ((True, 'first-level'), (False, 'first-upright')):
        ends = [*marks[name]['starts'], len(marks[name]['x'])]
        for height, start, end in zip(bent_grid.LINES, ends[:-1], ends[1:], strict=True):
            fine = np.linspace(-2, 2, 401)
            line = np.stack([fine, np.full(401, height)], axis=1)
            true = state.after_first(line if level else line[:, ::-1])
            along = bent_grid.stops(state, height, level)
            drawn = [np.interp(fine, along, marks[name][axis][start:end]) for axis in 'xy']
            assert np.abs(np.stack(drawn, axis=1) - true).max() < 2e-3


def test_what_is_asked():
    state = State()
    assert state.asked_outputs() == '2' and state.asked_parameters() == 109_386 and state.asked_collapse() == 'same'


# ---- shapes ----

def test_the_counts_of_the_book_are_those_of_a_network_of_that_make():
    shapes = State().shapes()
    assert State().first_matrix() == '128 × 784' and (State().picture, State().gives1) == (784, 128)
    assert shapes.counts() == [100_480, 8_256, 650] and shapes.total() == 109_386 and shapes.multiplications() == 109_184
    assert count_parameters(new_network((784, 128, 64, 10), seed=0)) == shapes.total()
    drawn = layer_shapes.draw(State(), 'wide')
    assert text(drawn, 'count-1') == '100,352 weights + 128 biases = 100,480' and text(drawn, 'total') == '109,386 numbers'
    assert shapes.counts()[0] / shapes.total() > 0.9, 'nine tenths of them stand in the first layer'


@pytest.mark.parametrize(('numbers', 'layer', 'words'), [
    ({'picture': 3072}, 0, 'The input has 3,072 numbers, each row of layer 1 has 784 weights: 2,288 of them have no weight.'),
    ({'takes2': 100}, 1, 'Layer 1 gives 128 numbers, each row of layer 2 has 100 weights: 28 of them have no weight.'),
    ({'gives2': 63}, 2, 'Layer 2 gives 63 numbers, each row of layer 3 has 64 weights: 1 weight has no number.'),
    ({'picture': 64, 'takes2': 1}, 0,
     'The input has 64 numbers, each row of layer 1 has 784 weights: 720 weights have no number.')])
def test_shapes_that_do_not_fit_are_told_in_a_sentence(numbers, layer, words):
    state = State(**numbers)
    assert state.shapes().misfit() == layer
    for width in ('wide', 'narrow'):
        drawn = layer_shapes.draw(state, width)
        said = ' '.join(text(drawn, key) for key in drawn['marks'] if key.startswith('says-')).strip()
        assert said == words
        assert drawn['marks'][f'takes{layer + 1}']['class'] == 'loss' and len(drawn['marks']['misfits']['x']) >= 1


def test_numpy_refuses_exactly_what_the_sentence_refuses():
    chance = np.random.default_rng(2)
    for _ in range(30):
        given, *sizes = (int(size) for size in chance.integers(1, 4, 7))
        shapes = Shapes(given, tuple(zip(sizes[::2], sizes[1::2], strict=True)))
        x = np.zeros(given)
        try:
            for gives, takes in shapes.layers:
                x = np.zeros((gives, takes)) @ x
            fits = True
        except ValueError:
            fits = False
        assert (shapes.misfit() is None) == fits


# ---- the same as a program ----

@pytest.mark.parametrize('numbers', [{}, {'w11': 0.25, 'b1': -2.5, 'x3': 7, 'v1': -0.5, 'c': 3, 'target': -1.5}])
def test_the_numpy_program_runs_and_comes_to_what_its_comments_say(numbers):
    state, found = State(**numbers), {}
    exec('\n'.join(line for line, _ in state.code()['numpy']), found)
    assert found['z'] == pytest.approx(state.z()) and found['h'] == pytest.approx(state.h())
    assert found['y'] == pytest.approx(state.pred()) and found['loss'] == pytest.approx(state.loss())
    for line, _ in state.code()['numpy']:
        code, mark, said = line.partition('# ')
        if mark:
            assert np.asarray(eval(said)) == pytest.approx(np.asarray(found[code.split(' = ')[0]]))


def test_a_line_of_the_program_and_what_it_says_have_one_name():
    marks = matrix_rows.draw(State(), 'wide')['marks']
    names = {mark.get('lit') for mark in marks.values()} | {lit for mark in marks.values() for lit in mark.get('lits') or ()}
    names |= {mark.get('lit') for mark in stacked.draw(State(), 'wide')['marks'].values()} | {'second', 'bias', 'hidden'}
    for lines in State().code().values():
        assert {lit for _, lit in lines if lit} <= names


# ---- who waits for whom ----

@pytest.mark.parametrize('workers', [1, 2, 4, 5, 7, 10, 23, 25, 36])
def test_no_cell_is_filled_twice_or_before_what_it_needs(workers):
    done = set()
    for cells in filled(workers):
        assert 0 < len(cells) <= workers
        for layer, _, example in cells:
            assert layer == 0 or all((0, unit, example) in done for unit in range(FIRST))
        assert not done & set(cells)
        done |= set(cells)
    assert len(done) == EXAMPLES * (FIRST + SECOND)


def test_one_worker_takes_36_rounds_and_a_worker_for_each_cell_two():
    assert (rounds(1), rounds(4), rounds(10), rounds(36)) == (36, 9, 4, 2)
    assert {layer for layer, _, _ in filled(10)[2]} == {0, 1}, 'ten workers begin the second layer before the first is done'
    assert OWN.rounds_of_one() == 36 and OWN.rounds_of_all() == 2 and OWN.thousand_dots() == 128_000


@pytest.mark.parametrize('workers', [1, 4, 10, 36])
def test_played_all_cells_are_filled_at_the_end(workers):
    state = State(workers=workers)
    run, _ = played(fill_order, state)
    last = runs.moment(run, run['frames'] - 1)
    assert len(last['first-done']['x']) == EXAMPLES * FIRST and len(last['second-done']['x']) == EXAMPLES * SECOND
    assert last['rounds']['text'] == f'rounds: {rounds(workers)}'
