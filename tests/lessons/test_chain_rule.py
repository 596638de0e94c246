"""Machines in a row: what the lesson says of rates, their products and their sums, recomputed."""
import numpy as np
import pytest

from app.widgets import chain_curves, ripple, two_paths
from core.chain_rule import MACHINES
from core.derivative import derivative
from core.layers import parameters, with_parameters
from core.trace import trace
from lessons.chain_rule import machines, ripples
from lessons.chain_rule.state import OWN, WEIGHTS, State


def test_w_h_and_the_loss_of_the_words():
    assert OWN.seen().values.tolist() == [1.5, 3, 9] and OWN.seen().rates.tolist() == [2, 6] and OWN.seen().rate == 12
    assert OWN.own_arrives() == pytest.approx(0.12)
    assert OWN.by_nudging() == pytest.approx(12)


def test_two_machines_swapped_have_another_rate():
    assert (OWN.own_rate(), OWN.swapped_rate()) == ('12', '6')


def test_every_machine_is_in_the_list_once_and_its_rule_is_its_slope():
    assert set(machines.KNOWN) == set(MACHINES)
    rules = {'2': lambda x: 2, '1/2': lambda x: .5, '1': lambda x: 1, '−1': lambda x: -1, '2{}': lambda x: 2 * x,
             'cos {}': np.cos,
             'σ({0}) (1 − σ({0}))': lambda x: 1 / (2 + np.exp(x) + np.exp(-x)), '1 − tanh² {}': lambda x: 1 - np.tanh(x)**2,
             '1 where {} > 0, else 0': lambda x: float(x > 0)}
    for made in machines.KNOWN.values():
        for x in (-2.0, -0.3, 0.7, 3.0):
            assert made.curve.slope(x) == pytest.approx(rules[made.rule](x)), made.name


@pytest.mark.parametrize('inner', machines.KNOWN)
@pytest.mark.parametrize('outer', machines.KNOWN)
def test_outer_rate_times_inner_rate_is_what_nudging_finds(inner, outer):
    for w in (-3.3, -0.4, 0.6, 2.1):
        state = State(inner=inner, outer=outer, w=w, nudge=-5)
        assert state.seen().rate == pytest.approx(state.seen().rates[0] * state.seen().rates[1])
        assert state.by_nudging() == pytest.approx(state.seen().rate, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize('row', ['two', 'four', 'net'])
def test_a_smaller_nudge_is_foretold_better(row):
    off = [ripples.off(State(nudge=power).stages(row)[-1]) for power in (-1, -2, -3)]
    assert off[0] > 9 * off[1] > 81 * off[2] > 0


def test_the_bars_are_to_scale():
    state = State()
    true = {stage.name: stage.change for stage in state.stages('two')}
    assert true == pytest.approx({'w': 0.1, 'h': 0.2, 'L': 1.24})
    run = ripple.record(state)
    lengths = [run['tracks'][f'{name}-bars.w'][-1][0] for name in ('model', 'hidden', 'loss')]
    assert lengths == pytest.approx([0.1 / 1.24, 0.2 / 1.24, 1])
    marks = ripple.draw(state, 'wide')['marks']
    assert list(marks['foretold-bars']['w']) == pytest.approx([0.1 / 1.24, 0.2 / 1.24, 1.2 / 1.24])


@pytest.mark.parametrize('weight', WEIGHTS.values())
def test_the_ripple_of_a_weight_is_that_of_the_whole_network(weight):
    state = State(weight=weight, nudge=-2)
    stages, row = state.stages('net'), parameters(ripples.SMALL)
    row[ripples.place(state.chosen())] += 0.01
    after = trace(with_parameters(ripples.SMALL, row), ripples.EXAMPLE, ripples.TARGET)
    before = trace(ripples.SMALL, ripples.EXAMPLE, ripples.TARGET)
    assert stages[-1].change == pytest.approx(after.loss - before.loss)
    slope = before.weight(0, *state.chosen()).gradient
    assert stages[-1].predicted == pytest.approx(0.01 * slope)
    assert float(state.net_rate().replace('−', '-')) == pytest.approx(slope, rel=1e-3)
    assert [stage.rate for stage in stages if stage.does == 'σ'] == pytest.approx(
        [a * (1 - a) for a in (before.a[0][state.chosen()[0]], before.a[1][0])]), 'a quarter at most'


def test_a_press_on_a_weight_of_the_first_layer_nudges_that_one():
    for i, weight in enumerate(ripple.FIRST):
        assert ripple.gesture(State(), 'net-edges', [i, 0], row='net') == {'weight': weight}
        assert ripples.place(State(weight=weight).chosen()) == i
    assert ripple.gesture(State(), 'net-edges', [8, 0], row='net') == {}


def test_two_ways_add_up():
    assert OWN.path_sum().products.tolist() == [4.5, 9] and OWN.path_sum().total == 13.5 and OWN.two_ways_or_one() == 'sum'
    for join in ('multiply', 'add'):
        for upper in machines.KNOWN:
            for lower in machines.KNOWN:
                state = State(upper=upper, lower=lower, join=join, w=0.7)
                true = derivative(lambda x, state=state: state.fork(x, x)[2], 0.7, 1e-5)
                assert state.path_sum().total == pytest.approx(true, rel=1e-6, abs=1e-8)
    (by_u, by_v, both), true = two_paths.changes(State(nudge=-4))
    assert both == pytest.approx(by_u + by_v) and true == pytest.approx([by_u, by_v, both], rel=1e-3)


def test_what_is_foretold_stands_there_before_anything_moves():
    for row in ('two', 'four', 'net'):
        marks, run = ripple.draw(State(), 'wide', row=row)['marks'], ripple.record(State(), row=row)
        assert marks['foretold-bars']['w'][-1] and marks['foretold']['text'][-1] and not marks['loss-bars']['w'][0]
        assert not any(name.startswith('foretold') for name in run['tracks']), 'it does not change'
    marks, run = two_paths.draw(State(), 'wide')['marks'], two_paths.record(State())
    assert marks['foretold']['text'] == ['+0.45', '+0.9', '+1.35'] and marks['change']['text'] == [''] * 3
    assert run['tracks']['change.text'][-1] == ['+0.45', '+0.93', '+1.442'], 'alone, alone, and both at once'
    assert run['tracks']['loss-bars.w'][-1].tolist() == [1.0], 'the largest of all'


@pytest.mark.parametrize('outer', machines.KNOWN)
def test_a_rule_keeps_off_its_value(outer):
    for width, layout in chain_curves.LAYOUT.items():
        left, right = layout['columns']
        marks = chain_curves.draw(State(outer=outer, w=-3.27, nudge=-6), width)['marks']
        for name, there in marks.items():
            if name.startswith('cell-') and name.endswith('-0') and marks[f'{name[:-1]}1']['text']:
                value = marks[f'{name[:-1]}1']['text']
                ends = left + 8 * len(there['text']), right + 8 * len(value)
                assert ends[0] <= right and ends[1] <= layout['size'][0], (there['text'], value)


def test_of_a_machine_left_out_nothing_is_seen():
    marks = ripple.draw(State(third='none', fourth='none'), 'wide', row='four')['marks']
    assert {marks[f'arrow-{k}']['y'] for k in (3, 4)} == {marks['nodes-loss']['y'][0]}


def test_ten_sigmoids_leave_a_millionth():
    assert OWN.ten_sigmoids() == 'millionth' and OWN.left_of_ten() == '9.5 × 10⁻⁷'


@pytest.mark.parametrize(('values', 'says'), [
    (dict(nudge=0, inner='double', outer='sine'), 'leaves the place where these rates hold'),
    (dict(w=0, inner='double', outer='relu'), 'is 0 just here, so nothing is foretold'),
    (dict(w=-1, inner='double', outer='relu', nudge=-2), 'Nothing arrives: from h to L the rate is 0'),
    (dict(w=4, inner='square', outer='sigmoid'), 'hardly anything comes through to L'),
    (dict(inner='double', outer='half'), 'right in every digit shown')])
def test_what_breaks_it_is_said(values, says):
    assert says in State(**values).verdict('two')


def test_a_nudge_can_grow_a_thousandfold_and_vanish_in_four_machines():
    grown = State(w=4, inner='square', outer='square', third='double', fourth='double', nudge=-3)
    assert grown.stages('four')[-1].change > 1000 * grown.h()
    assert State(w=-1, inner='relu').stages('four')[-1].change == 0


def test_machines_left_out_shorten_the_row():
    assert [stage.name for stage in State(third='none').stages('four')] == ['w', 'h₁', 'h₂', 'L']
    assert [stage.name for stage in State(third='none', fourth='none').stages('four')] == ['w', 'h', 'L']


def test_the_dot_on_the_curve_is_w():
    assert chain_curves.gesture(State(), 'at', (0.734, 9)) == {'w': 0.73}
    assert machines.written(machines.KNOWN['square'], machines.written(machines.KNOWN['double'], 'w')) == '(2w)²'
