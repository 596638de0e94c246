"""What the lesson inside a network says of the way forward, recomputed: layers, the sum of a unit, softmax and its price."""
import numpy as np
import pytest

from app import parameters, runs
from app.scene import check
from app.widgets import WIDTHS, layer_walk, one_unit, softmax_table
from app.widgets.layer_walk_run import GRIDS
from app.widgets.signed import LEVELS, PALETTE, shades
from core.data import digits
from lessons.drawn import text_of
from lessons.inside_a_network.state import State
from lessons.inside_a_network.table import BOUNDS, HUGE, LARGEST, LOGITS
from lessons.inside_a_network.walk import SHAPES, UNITS, liked

EXACT = [.000991, .000403, .000181, .000330, .013337, .000364, .000270, .982945, .000445, .000734]


def text(scene, key):
    return scene['marks'][key]['text']


def texts(scene):
    return ' '.join(mark['text'] for mark in scene['marks'].values() if mark['kind'] == 'text').replace('\u00a0', ' ')


def own(logits, **more):
    return State(logits=[list(map(float, logits))], logits_of='own', **more)


def taken(state, handle, value, module=softmax_table):
    """The state after a gesture, as the page would have it."""
    values, notice = parameters.tidy(state, module.gesture(state, handle, value))
    assert notice is None
    return State(**{name: getattr(state, name) for name in parameters.names(state)} | values)


def test_a_few_numbers_of_the_list_stand_beside_it_from_paper_to_ink():
    for state in (State(), State(example=5), State(shows='own'), State(shows='own', drawing=text_of(np.ones((28, 28))))):
        seen = [f'{number:.2g}' for number in state.picture().round(2)]
        for width, n in (('wide', 6), ('narrow', 4)):
            some = text(layer_walk.draw(state, width), 'list-some').strip('…, ').split(', ')
            assert len(some) == n and any(seen[k:k + n] == some for k in range(785 - n)), 'as they follow each other'
        assert not state.picture().any() or float(some[-1]) - float(some[0]) > 0.4 or state.picture().min() > 0


def test_each_figure_says_whose_weights_and_which_picture_it_shows():
    """Alone in a teacher's page there is nothing else that would say it."""
    for weights, word, head in (('ours', 'trained', 'its weights'), ('start', 'random', 'its random weights'),
                                ('yours', 'random', 'its random weights')):
        state = State(weights=weights)
        walk = layer_walk.draw(state, 'wide')
        assert text(walk, 'total-0').startswith(f'109,386 weights and biases, {word};')
        assert text(walk, 'list-name') == f'x: {state.shown_words()}, as a list'
        assert text(one_unit.draw(state, 'wide'), 'weights-head') == head
        assert text(layer_walk.draw(State(shows='own'), 'narrow'), 'list-name') == 'x: an empty sheet'


# ---- from logits to probabilities ----

def test_the_ten_logits_of_the_book_give_98_percent_and_not_96():
    state = State()
    assert state.ten_logits() == LOGITS == (1.2, 0.3, -0.5, 0.1, 3.8, 0.2, -0.1, 8.1, 0.4, 0.9)
    np.testing.assert_allclose(state.shares().p, EXACT, atol=5e-7)
    np.testing.assert_allclose(np.exp(LOGITS) / np.exp(LOGITS).sum(), state.shares().p)
    assert text(softmax_table.draw(state, 'wide'), 'shares') == [
        '0.0010', '0.0004', '0.0002', '0.0003', '0.0133', '0.0004', '0.0003', '0.9829', '0.0004', '0.0007']
    assert state.said_digit() == 7 and state.said_percent() == '98.3 %'
    assert state.asked_percent() == pytest.approx(98.2945, abs=1e-4)


def test_the_loss_of_a_seven_is_0_0172_and_096_and_010_cost_what_is_said():
    state = State()
    assert state.table_loss() == '0.0172' and state.shares().loss == pytest.approx(-np.log(EXACT[7]), abs=1e-6)
    assert f'{state.ninety_six_costs():.4f}' == '0.0408' and f'{state.ten_percent_costs():.2f}' == '2.30'
    assert text(softmax_table.draw(state, 'wide'), 'prices') == ['0.96 costs 0.0408', '0.10 costs 2.3026']
    assert State(right=4).table_loss() == f'{-np.log(EXACT[4]):.4f}'[:6]


def test_written_with_two_places_they_add_up_to_099_though_the_shares_add_up_to_1():
    assert State().given_two_places() == pytest.approx(0.99) and State().shares().p.sum() == pytest.approx(1)


def test_96_percent_would_need_a_logit_of_7_224_and_then_the_four_has_0_031():
    state = taken(State(), 'p', [0.96, 0])
    assert state.ten_logits()[7] == 7.224 and state.shares().p[7] == pytest.approx(0.96, abs=1e-5)
    assert state.shares().p[4] == pytest.approx(0.0313, abs=5e-5)


@pytest.mark.parametrize(('p', 'then'), [(-1e11, 0.001), (0.0, 0.001), (1.0, 0.999), (1e308, 0.999)])
def test_no_hand_makes_a_probability_of_0_or_1(p, then):
    assert taken(State(), 'p', [p, 0]).shares().p[7] == pytest.approx(then, rel=0.01)


def test_a_lead_of_4_3_is_74_times_as_likely():
    assert State().lead() == pytest.approx(np.exp(8.1 - 3.8)) and f'{State().lead():.0f}' == '74'


def test_the_formula_shows_the_numbers_of_the_row_of_the_truth():
    state = State()
    assert (state.z_right(), state.exp_right(), state.exp_sum(), state.p_right()) == ('8.1', '3,294.47', '3,351.63', '0.9829')
    marks = softmax_table.draw(State(right=4), 'wide')['marks']
    for key, name in (('digits', 'true_digit'), ('logits', 'z_right'), ('powers', 'exp_right'), ('shares', 'p_right')):
        first = [lit.split()[0] for lit in marks[key]['lits']]
        assert [n for n, lit in enumerate(first) if lit == name] == [4], 'the name that the formula has, in this row alone'
    assert all('exp_sum' in lit.split() for lit in marks['powers']['lits']) and marks['e-sum']['lit'] == 'exp_sum'


def test_a_temperature_divides_the_logits_and_the_largest_taken_away_changes_nothing():
    hot, cold = State(temperature=1), State(temperature=-1)
    assert hot.heat() == 10 and cold.heat() == 0.1
    np.testing.assert_allclose(hot.shares().p, np.exp(np.array(LOGITS) / 10) / np.exp(np.array(LOGITS) / 10).sum())
    assert hot.shares().p.max() < 0.2 and cold.shares().p.max() > 0.999999
    for state in (State(), hot, State(logits_of='huge')):
        less = State(shifted=True, temperature=state.temperature, logits_of=state.logits_of)
        np.testing.assert_array_equal(less.shares().p, state.shares().p)
        assert less.shares().entering.max() == 0 and less.exp_sum() != state.exp_sum()
        for table in (state.shares(), less.shares()):
            np.testing.assert_allclose(np.exp(table.entering - table.sum), table.p, err_msg='a share of the sum')
            assert table.loss == pytest.approx(-np.log(table.p[7]))


def test_logits_of_a_thousand_have_a_picture_and_a_sentence():
    state = State(logits_of='huge')
    np.testing.assert_allclose(state.ten_logits(), np.array(LOGITS) + 1000)
    np.testing.assert_allclose(state.shares().p, State().shares().p)
    drawn = softmax_table.draw(state, 'wide')
    assert 'No computer holds 6.49 × 10⁴³⁷' in texts(drawn) and 'takes the largest logit away first' in texts(drawn)
    assert text(drawn, 'powers')[7] == '6.49 × 10⁴³⁷' and LARGEST < 1008.1
    assert 'No computer' not in texts(softmax_table.draw(State(logits_of='huge', shifted=True), 'wide'))


@pytest.mark.parametrize('logits', [[BOUNDS[0]] * 9 + [BOUNDS[1]], [BOUNDS[1]] + [BOUNDS[0]] * 9, [0] * 10, [1e-9] * 10, HUGE])
@pytest.mark.parametrize('heat', [-1, 0, 1])
def test_no_logits_break_the_picture(logits, heat):
    for right in (0, 9):
        for width in WIDTHS:
            drawn = softmax_table.draw(own(logits, temperature=heat, right=right), width)
            check(drawn)
            assert 'nan' not in repr(drawn) and drawn['marks']['says-0']['text']
            assert ' '.join(text(drawn, f'says-{k}') for k in range(len(softmax_table.LAYOUT[width]['says']))).strip()[-1] == '.'


def test_where_all_are_equal_it_cannot_choose():
    assert '10 digits are equally likely' in texts(softmax_table.draw(own([3] * 10), 'wide'))
    assert own([3] * 10).table_loss() == f'{np.log(10):.4f}'


def test_a_probability_of_nothing_costs_a_number_all_the_same():
    state = own([0] * 9 + [1000], right=0)
    assert state.table_loss() == '1,000' and '↑ loss 1,000' in texts(softmax_table.draw(state, 'wide'))


def test_a_logit_that_is_set_is_kept_with_the_nine_others_and_the_truth():
    state = taken(State(right=3), 'logits', [2, 5.25])
    assert state.ten_logits() == (*LOGITS[:2], 5.25, *LOGITS[3:]) and state.logits_of == 'own' and state.right == 3
    query = parameters.query(State, {name: getattr(state, name) for name in parameters.names(state)})
    values, notice = parameters.read(State, dict(part.split('=') for part in query.split('&')))
    assert notice is None and State(**values).ten_logits() == state.ten_logits()


def test_a_link_with_logits_beyond_the_bounds_is_told_so():
    values, notice = parameters.read(State, {'logits': ','.join(['1e9'] * 10)})
    assert values['logits'] == [] and 'a logit needs to be between' in notice


def test_the_table_takes_the_logits_of_the_picture_with_its_truth():
    state = State(logits_of='picture')
    np.testing.assert_allclose(state.shares().p, state.probabilities())
    assert state.true_digit() == state.truth()
    assert state.true_digit() != 3
    other = taken(state, 'digits', [3, 0])
    assert other.right == 3 and other.logits_of == 'own', 'what is written beside a test digit nobody can change'
    np.testing.assert_allclose(other.ten_logits(), state.ten_logits(), atol=6e-4)
    other = next(n for n, digit in enumerate(digits().test_y) if digit == 3)
    set_by_hand = taken(State(logits_of='picture', example=other), 'logits', [0, 1.5])
    assert set_by_hand.right == set_by_hand.true_digit() == 3, 'the logits become the reader’s own, the truth stays'
    assert taken(State(logits_of='picture', shows='own'), 'digits', [3, 0]).meant == 3
    assert taken(State(), 'digits', [3, 0]).right == 3


# ---- through the layers ----

def test_what_there_is_to_learn_and_to_multiply_is_what_the_lesson_says():
    assert SHAPES.counts() == [100_480, 8_256, 650]
    state = State()
    assert state.parameters_in_all() == 109_386 == sum(layer.W.size + layer.b.size for layer in state.network().layers)
    assert state.multiplications_in_all() == 109_184 == 784 * 128 + 128 * 64 + 64 * 10
    said = texts(layer_walk.draw(state, 'narrow'))
    for number in ('100,352 + 128 = 100,480', '8,192 + 64 = 8,256', '640 + 10 = 650', '109,386', '109,184', '128 × 784'):
        assert number in said
    assert f'{state.first_share():.0f}' == '92'


def test_every_layer_is_its_matrix_times_what_came_before_plus_its_biases():
    state = State()
    given = state.picture()
    for layer, z, a in zip(state.network().layers, state.ran().z, state.ran().a, strict=True):
        np.testing.assert_allclose(z[0], layer.W @ given + layer.b)
        given = np.exp(z[0]) / np.exp(z[0]).sum() if layer.activation == 'softmax' else np.maximum(z[0], 0)
        np.testing.assert_allclose(a[0], given)


def test_a_sum_below_zero_is_orange_with_a_dash_and_nothing_after_relu():
    state = State()
    marks = layer_walk.draw(state, 'wide')['marks']
    for k in (1, 2):
        z, a = state.ran().z[k - 1][0], state.ran().a[k - 1][0]
        below = marks[f'z{k}']['pixels'] < LEVELS
        assert (z[below] < 0).all() and np.abs(z[~below & (z < 0)]).max(initial=0) < np.abs(z).max() / LEVELS
        assert len(marks[f'z{k}-minus']['starts']) == (z < 0).sum() == (a == 0).sum()
        dash, (rows, columns) = marks[f'z{k}-minus'], GRIDS[f'z{k}']
        cells = np.floor(dash['y']) * columns + np.floor(dash['x'])
        assert cells.tolist() == np.repeat(np.flatnonzero(z < 0), 2).tolist() and max(dash['y']) < rows, 'each where its sum is'
        assert (marks[f'a{k}']['pixels'] >= LEVELS).all() and (z[marks[f'a{k}']['pixels'] > LEVELS] > 0).all()
    assert state.silent() == (state.ran().z[0] <= 0).sum()


@pytest.mark.parametrize('name', GRIDS)
def test_a_number_that_is_pressed_is_looked_at_in_both_pictures_of_its_layer(name):
    rows, columns = GRIDS[name]
    layer, last = int(name[1]), rows * columns - 1
    assert last == {1: 127, 2: 63, 3: 9}[layer]
    state = taken(State(), name, [last, 0], layer_walk)
    assert (state.layer, state.chosen_unit()) == (layer, last)
    drawn = layer_walk.draw(state, 'wide')
    for plane, n in ((f'z{layer}', 0), (f'a{layer}', 1)):
        (x, y, w, h), ring = drawn['planes'][plane]['box'], drawn['marks']['ring']
        corner = ring['x'][n] + ring['w'][n], ring['y'][n] + ring['h'][n]
        assert corner == pytest.approx((x + w, y + h), abs=.02), 'the last one stands in the corner'


def test_each_layer_keeps_the_unit_and_the_weight_that_were_looked_at():
    state = State(unit=100)
    for layer, shape in ((2, (64, 128)), (3, (10, 64)), (1, (128, 784))):
        state.layer = layer
        assert all(name in layer_walk.draw(state, 'wide')['controls'] + one_unit.draw(state, 'wide')['controls']
                   for name in state.looked_at())
        bounds = [state.param[name].bounds[1] + 1 for name in state.looked_at()]
        assert tuple(bounds) == shape, 'as many units and weights as there are'
        assert state.sum().products[state.chosen_weight()] or layer == 1, 'a term that counts'
    assert state.chosen_unit() == 100
    assert State(layer=3, unit3=9).unit_name() == 'the unit for 9'


def test_played_all_is_covered_and_then_uncovered_layer_by_layer():
    state = State()
    run = layer_walk.record(state)
    for width in WIDTHS:
        drawn = layer_walk.draw(state, width)
        runs.check(run, drawn)
        assert run['frames'] <= 25
        covers = [key for key in drawn['marks'] if key.endswith('-cover')]
        first, last = (runs.moment(run, k) for k in (0, run['frames'] - 1))
        for key in covers:
            plane = drawn['planes'][key.removesuffix('-cover')]
            assert first[key]['w'] == [plane['x'][1]] and first[key]['h'] == [plane['y'][0]], 'all of it'
            assert min(last[key]['w'][0], last[key]['h'][0]) == 0
        assert first['ring']['class'] == 'unseen' and last['ring']['class'] == ''
    shown = np.array([[runs.moment(run, k)[f'{name}-cover']['h'][0] for name in GRIDS] for k in range(run['frames'])])
    order = [np.flatnonzero(column == 0)[0] for column in shown.T]
    assert order == sorted(order) and 'z1' in GRIDS and list(GRIDS) == ['z1', 'a1', 'z2', 'a2', 'z3', 'a3']
    assert '109,184 multiplications' in run['says']


def test_what_is_played_is_the_same_for_every_picture_so_a_pen_need_not_wait_for_it():
    assert runs.key(layer_walk, State(), {}) == runs.key(layer_walk, State(example=3, weights='start', unit=3), {})


# ---- one unit ----

@pytest.mark.parametrize(('layer', 'unit'), [(1, 0), (1, 115), (1, 127), (2, 17), (3, 7)])
def test_the_terms_of_a_unit_add_up_to_its_sum(layer, unit):
    state = State(layer=layer, **{UNITS[layer - 1]: unit})
    seen, part = state.sum(), state.network().layers[layer - 1]
    assert sum(seen.terms()) == pytest.approx(seen.z) and seen.z == pytest.approx(float(state.ran().z[layer - 1][0, unit]))
    assert seen.bias == part.b[unit] and np.array_equal(seen.weights, part.W[unit])
    sizes = np.abs(seen.products)
    np.testing.assert_array_equal(sizes[list(seen.largest)], np.sort(sizes)[:-6:-1])
    for width in WIDTHS:
        check(one_unit.draw(state, width))
    *_, rest, bias, total = text(one_unit.draw(state, 'wide'), 'names')
    assert rest.startswith(f'the other {len(seen.weights) - 5}: ') and bias.startswith('bias: ')
    assert total.startswith('logit z = ' if layer == 3 else 'sum z = ')


def test_the_page_opens_on_a_unit_that_answers_and_on_a_term_that_counts():
    state = State()
    assert state.sum().a > 1 and state.sum().products[state.chosen_weight()] > 0
    assert 'ReLU lets' in state.unit_says() and 'answers most to a' in state.unit_likes()


def test_a_pixel_that_is_pressed_has_its_term_written():
    state = taken(State(), 'products', [28 * 5 + 8, 0], one_unit)
    weight, number = state.network().layers[0].W[State().unit, 148], state.picture()[148]
    assert state.weight_says().startswith('row 6, column 9: ')
    assert float(state.weight_says().split(' = ')[1].replace('−', '-')) == pytest.approx(weight * number, rel=0.01)
    assert State(layer=2, weight2=5).weight_says().startswith('unit 5 of layer 1: ')
    marks = one_unit.draw(state, 'wide')['marks']
    assert all((marks[f'{name}-at']['x'], marks[f'{name}-at']['y']) == ([8.0], [5.0]) for name in one_unit.PICTURES), 'and a ring'


def test_which_digit_a_unit_answers_to_is_counted_on_the_test_digits():
    state = State(layer=3, unit3=4)
    assert [int(row.argmax()) for row in liked(state.network_key())[2]] == list(range(10)), 'the last units, to their digits'
    data, layer = digits(), state.network().layers[0]
    mean = np.maximum(0, data.test_x[data.test_y == 3] @ layer.W[115] + layer.b[115]).mean()
    assert liked(state.network_key())[0][115, 3] == pytest.approx(mean)


def test_without_ink_every_product_is_nothing_and_the_bias_is_all():
    state = State(shows='own')
    assert not state.picture().any()
    assert not state.sum().products.any() and state.sum().z == pytest.approx(state.sum().bias)


@pytest.mark.parametrize('drawing', ['', text_of(np.ones((28, 28))), text_of(np.pad([[1]], ((0, 27), (27, 0))))])
@pytest.mark.parametrize('weights', ['ours', 'start', 'yours'])
def test_nothing_everything_and_a_dot_in_the_corner_have_pictures_and_sentences(drawing, weights):
    for layer in (1, 2, 3):
        state = State(shows='own', drawing=drawing, weights=weights, logits_of='picture', layer=layer)
        for width in WIDTHS:
            for module in (layer_walk, one_unit, softmax_table):
                check(module.draw(state, width))
        assert state.unit_says() and state.unit_likes() and state.weight_says() and 0 < state.shares().p.max() <= 1


def test_the_shades_of_signed_numbers_are_even_on_both_sides_of_zero():
    found = shades([-2, -1, 0, 1, 2]).astype(int) - LEVELS
    assert found.tolist() == [-LEVELS, -LEVELS / 2, 0, LEVELS / 2, LEVELS] and shades([0, 0]).tolist() == [LEVELS, LEVELS]
    low, zero, high = PALETTE.reshape(256, 3)[[0, LEVELS, 2 * LEVELS]].astype(int)
    assert low[0] > low[2] + 100 and high[2] > high[0] + 100 and zero.min() > 240
