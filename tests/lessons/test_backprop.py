"""There and back: what the lesson shows on every edge is what nudging finds, and what its words say, recomputed."""
import ast
from itertools import pairwise

import numpy as np
import pytest

from app import parameters
from app.letters import across
from app.widgets import back_walk, prove, update_loop, weight_path
from core.backprop import loss_of
from core.data import BITS, XOR
from core.training import step
from lessons.backprop import nets, walk
from lessons.backprop.learning import UPDATES
from lessons.backprop.state import OWN, PATTERNS, State
from lessons.short import short

every_net = pytest.mark.parametrize('net', nets.NETS)
every_pattern = pytest.mark.parametrize('pattern', PATTERNS.values())


def read(text):
    """A number as it is shown, back as a number."""
    text = text.strip('=∂δ× ').replace('−', '-').replace(',', '').replace(' ', '').replace('×10', 'e')
    return float(text.translate(str.maketrans('⁻⁰¹²³⁴⁵⁶⁷⁸⁹', '-0123456789')))


@every_net
@every_pattern
def test_every_slope_is_what_nudging_finds(net, pattern):
    for seed in (1, 7, 49):
        state = State(net=net, pattern=pattern, seed=seed, x1=0.3, x2=-2, target=0.5)
        assert state.slopes() == pytest.approx(state.by_nudging(), rel=1e-5, abs=1e-8)


@every_net
def test_every_number_on_every_edge_is_what_nudging_finds_to_the_digits_shown(net):
    for seed in (2, 49):
        state = State(net=net, seed=seed)
        run, nudged = back_walk.record(state), state.by_nudging()
        shown = {}
        for texts in run['tracks']['slopes.text']:
            shown |= {i: text for i, text in enumerate(texts) if text}
        assert set(shown) == set(range(state.size())), 'each has its moment'
        for i, text in shown.items():
            assert text == '= ' + short(float(nudged[i]), 3) or read(text) == pytest.approx(nudged[i], rel=2e-3)
        for name, local, upstream, slope in run['table']['rows']:
            assert read(slope) == pytest.approx(nudged[nets.names(net).index(name)], rel=1e-3)
            assert read(local) * read(upstream) == pytest.approx(read(slope), rel=2e-3, abs=1e-9)


@every_net
def test_local_times_upstream_is_the_slope(net):
    for met in walk.meetings(net, State(net=net).one()):
        assert met.local * met.upstream == pytest.approx(met.slope)


@every_net
def test_the_walk_knows_nothing_before_its_time(net):
    state = State(net=net)
    steps = walk.moments(net, state.one(), state.goal())
    units = len(nets.units(net))
    assert len(steps) == 2 + 4 * units
    assert not steps[0].values and not steps[units].loss and steps[units + 1].loss and not steps[units + 1].arrived
    for before, after in pairwise(steps):
        assert before.values <= after.values and before.deltas <= after.deltas and after.deltas <= after.arrived
        assert set(before.weights) <= set(after.weights)
    assert sorted(steps[-1].weights) == list(range(state.size())) and steps[-1].weights[-1] in range(state.size())


def test_a_press_on_a_unit_leads_to_what_is_reckoned_there():
    run = back_walk.record(State())
    for name, moments in zip(('h: z', 'ŷ: z', 'L = '), run['goes']['doors'], strict=True):
        assert run['labels'][moments[0]].startswith(name) and len(moments) == (1 if name == 'L = ' else 4)


def test_the_batch_adds_up_what_each_pattern_leaves():
    for over, share in (('sum_squared_error', 1), ('mean_squared_error', 4)):
        state = State(pattern='all', over=over)
        each = walk.slopes_of_each('xor', state.network(), *state.examples())
        assert each.sum(axis=0) / share == pytest.approx(state.slopes())
        last = back_walk.record(state)['tracks']['slopes.text'][-1]
        assert [read(text) for text in last] == pytest.approx(state.slopes(), rel=6e-3, abs=1e-6)


@every_net
def test_the_paths_to_a_weight_add_up_to_its_slope(net):
    for chosen in range(len(nets.places(net))):
        state = State(net=net, chosen=chosen)
        assert sum(way.product for way in state.ways()) == pytest.approx(state.slopes()[chosen])
        run = weight_path.record(state)
        assert len(run['tracks']['cells.text'][-1]) == len(state.ways()) * len(state.ways()[0].factors)
        assert (run['tracks']['trail.value'][-1] > 0).sum() >= len(state.ways()[0].units) + 1


def test_the_hidden_product_begins_as_the_output_one_and_has_two_factors_more():
    out, hidden = State(chosen=5).ways()[0], State(chosen=0).ways()[0]
    assert [factor.value for factor in hidden.factors[:2]] == [factor.value for factor in out.factors[:2]]
    assert len(out.factors) == 3 and len(hidden.factors) == 5 and OWN.needs_most() == 'hidden'
    assert out.factors[0].value == pytest.approx(2 * (walk.answer(OWN.one()) - OWN.goal())), 'the 2 of the square'
    assert len(State(net='2-3-3-1', chosen=0).ways()) == 3, 'several paths in a deeper network'


def test_the_bend_is_free():
    state = State(z=0.5)
    assert read(state.bend()) == pytest.approx(read(state.y_words()) * read(state.rest()), rel=1e-3)
    assert OWN.steepest() == 0.25 == State(z=0).y() * (1 - State(z=0).y())


def test_the_proof_is_a_table_of_all_weights():
    for proved in (False, True):
        rows, said = prove.pieces(State(proved=proved, net='2-3-3-1'))
        assert len(rows) == 25 and len({lit for _, lit in rows}) == 25
        assert all((inner.count('<td class="right"></td>') == 0) == proved for inner, _ in rows)
    assert 'Nudging ran the network 50 times' in said[0][0] and OWN.runs_by_nudging() == 50


def test_four_phases_make_an_update():
    state = State(rate=0.5)
    run = update_loop.record(state)
    assert run['frames'] == 1 + 4 * UPDATES and run['phases'] == ['forward', 'loss', 'backward', 'update']
    assert run['lit'][1:5] == ['forward', 'loss', 'backward', 'update']
    first = state.row() - 0.5 * state.slopes()
    assert run['tracks']['edges.value'][4] == pytest.approx(first) and (run['tracks']['edges.value'][3] == state.row()).all()
    assert read(state.after_one()) == pytest.approx(state.run().losses[1], rel=1e-3)
    assert state.run().losses[1] < state.run().losses[0]


def test_sum_and_mean_differ_by_four_over_the_batch_and_not_at_all_for_one_pattern():
    assert OWN.times() == pytest.approx(4)
    for pattern in ('00', '11'):
        one, other = (State(pattern=pattern, over=over) for over in ('mean_squared_error', 'sum_squared_error'))
        assert (one.slopes() == other.slopes()).all()
    mean, total = (State(pattern='all', over=over).slopes() for over in ('mean_squared_error', 'sum_squared_error'))
    assert total == pytest.approx(4 * mean)


def test_a_rate_that_is_changed_on_the_way_keeps_what_came_before():
    state, before = State(rate=0.5), State(rate=0.5).run()
    state.param.update(**state.changed_at(10, {'rate': 2.0}))
    after = state.run()
    assert (after.weights[:11] == before.weights[:11]).all() and (after.weights[11] != before.weights[11]).any()


def test_a_weight_that_is_set_on_the_way_begins_from_the_weights_of_that_moment():
    state, then = State(), State().run().weights[10]
    values = state.changed_at(10, state.with_weight(0, 3.0))
    row = [weight for weight, in values['weights']]
    assert row[0] == 3 and row[1:] == pytest.approx(then[1:]) and values['changes'] == []
    assert state.changed_at(0, {'net': '2-2-1'})['weights'] == [], 'weights of another network do not fit'


def test_an_input_that_is_set_makes_the_example_the_readers_own():
    state = State(pattern='10')
    proposal = back_walk.gesture(state, 'given', [1, 0.5])
    values, notice = parameters.tidy(state, proposal)
    assert notice is None and values | {} == proposal and values['pattern'] == 'own'
    state.param.update(**values)
    assert state.examples()[0].tolist() == [[1, 0.5]] and state.goal() == 1


@every_net
@pytest.mark.parametrize('values', [dict(rate=1e3), dict(rate=1e6, pattern='all'), dict(weights=[[1e6]] * 25),
                                    dict(x1=10, x2=-10, pattern='own'), dict(weights=[[-1e12]] * 7, rate=1e6)])
def test_no_number_is_too_large_for_a_picture_and_a_sentence(net, values):
    state = State(net=net, **values)
    for module in (back_walk, weight_path, update_loop):
        run = module.record(state)
        assert run['says'].endswith('.') and all(np.isfinite(track).all() for track in run['tracks'].values()
                                                 if isinstance(track, np.ndarray))


def test_certain_units_do_not_learn_and_it_is_said():
    state = State(weights=[[1e6], [1e6], [-1e6], [1e6], [1e6], [1e6], [1e6]])
    assert not state.slopes().any() and state.loss() == 1
    assert 'nothing comes back' in back_walk.record(state)['says'] and 'σ′ is next to nothing' in state.verdict()
    assert 'exactly 0' in prove.pieces(State(weights=state.weights, proved=True))[1][0][0]
    assert 'sure of itself' in State(rate=1e3).verdict() or State(rate=1e3).run().losses[-1] < 1e-3


def test_an_input_of_nothing_leaves_its_weights_alone():
    slopes = dict(zip(nets.names('xor'), State(pattern='00').slopes(), strict=True))
    assert all((slope == 0) == name.startswith('x') for name, slope in slopes.items())


@every_net
def test_the_program_holds_the_numbers_of_the_page(net):
    state = State(net=net)
    lines = [text for text, _ in state.program()]
    ast.parse('\n'.join(lines))
    found = [ast.literal_eval(line[line.index('tensor(') + 7:].rstrip(')')) for line in lines if 'copy_' in line]
    assert np.concatenate([np.ravel(numbers) for numbers in found]).tolist() == state.row().tolist()
    assert {'forward', 'loss', 'backward', 'update'} <= {lit.split(' ')[0] for _, lit in state.program()}
    assert max(map(len, lines)) < 80 or net == '2-3-3-1'


def test_one_update_is_the_engines():
    state = State(pattern='all', rate=2.0)
    after = step(state.network(), nets.start('xor', 0, tuple(state.slopes())), 2.0)
    assert loss_of(after, BITS, XOR, 'mean_squared_error') == pytest.approx(state.run().losses[1])


@pytest.mark.parametrize('seed', [0, 8, 49])
def test_the_factors_of_three_paths_stand_side_by_side_on_a_phone(seed):
    state = State(net='2-3-3-1', seed=seed, pattern='own', x1=-9.87, x2=0.123, target=-9.5)
    marks = weight_path.draw(state, 'narrow')['marks']
    for name in ('cells', 'products'):
        assert all(across(text, 14) <= 80 for text in marks[name]['text']), marks[name]['text']
    table = back_walk.record(state)['table']['rows']
    assert all(len(cell) <= 12 for _, *row in table for cell in row), 'it is as wide as a phone'


@pytest.mark.parametrize(('width', 'room'), [('wide', 44), ('narrow', 36)])
def test_an_input_fits_into_its_unit(width, room):
    state = State(pattern='own', x1=-9.87, x2=0.123, target=-9.5)
    shown = back_walk.draw(state, width)['marks']['given']['text']
    assert shown == ['−9.9', '0.12', '−9.5']
    assert all(across(text, 16 if width == 'wide' else 14) <= room for text in shown)


@pytest.mark.parametrize('net', nets.NETS)
def test_what_stands_above_the_loss_stays_on_a_phone(net):
    for state in (State(net=net, rate=0.5), State(net=net, rate=5.0, pattern='all')):
        for widget in (back_walk, update_loop, weight_path):
            said = {row[-1] for row in widget.record(state)['tracks']['values.text']}
            assert all(across(text, 14) <= 52 for text in said if '×' not in text), said
