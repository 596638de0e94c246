"""A nudge arrives multiplied by every local rate that it meets."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.chain_rule import MACHINES, compose, nudge_through, sum_over_paths, through
from core.derivative import derivative
from core.functions import CURVES, Curve

rows = st.lists(st.sampled_from(list(MACHINES)), min_size=1, max_size=4).map(lambda names: [MACHINES[name] for name in names])
places = st.floats(-3, 3).map(lambda x: round(x, 2) + 0.003)  # beside the kink of relu


@pytest.mark.parametrize('x', [-2.7, -0.3, 0.4, 2.5])
@pytest.mark.parametrize('machine', MACHINES.values(), ids=lambda machine: machine.name)
def test_nudging_a_machine_gives_its_local_rate(machine, x):
    assert machine.slope(x) == pytest.approx(derivative(machine.f, x), abs=1e-8)
    grid = np.linspace(-1, 1, 4).reshape(2, 2)
    assert machine.f(grid).shape == machine.slope(grid).shape == (2, 2)


@settings(deadline=None)
@given(rows, places)
def test_the_rate_of_a_row_is_the_product_of_its_local_rates_and_what_nudging_finds(machines, x):
    found, whole = through(machines, x), compose(machines)
    assert found.values[-1] == whole.f(x)
    assert found.rate == pytest.approx(whole.slope(x))
    assert len(found.values) == len(found.rates) + 1 == len(machines) + 1
    if all(abs(value) > 0.001 for value, machine in zip(found.values, machines, strict=False) if machine.name == 'relu'):
        scale = 1 + abs(found.values[-1]) + abs(found.rate)
        assert found.rate == pytest.approx(derivative(whole.f, x, 1e-6), abs=1e-4 * scale)


@settings(deadline=None)
@given(rows, places)
def test_every_stage_passes_on_what_the_one_before_put_out(machines, x):
    values = through(machines, x).values
    for before, after, machine in zip(values[:-1], values[1:], machines, strict=True):
        assert after == machine.f(before)


@settings(deadline=None)
@given(rows, places)
def test_a_ripple_shows_true_sizes_and_its_prediction_is_better_the_smaller_the_nudge(machines, x):
    ripple = nudge_through(machines, x, 1e-6)
    assert ripple.changes[0] == pytest.approx(1e-6)
    assert (ripple.changes == ripple.nudged - ripple.values).all()
    assert ripple.predicted[-1] == pytest.approx(1e-6 * through(machines, x).rate)
    if 'relu' not in [machine.name for machine in machines]:
        size = 1 + np.abs(ripple.values).max() + np.abs(through(machines, x).rates).max()
        assert ripple.changes == pytest.approx(ripple.predicted, abs=1e-8 * size**3)


def test_w_to_h_to_loss_with_its_numbers():
    """One weight, one hidden value, one loss: h = 2w, L = h², at w = 3."""
    row = [MACHINES['double'], MACHINES['square']]
    assert through(row, 3.0).rates.tolist() == [2, 12]
    assert through(row, 3.0).rate == 24
    errors = [abs(nudge_through(row, 3.0, h).changes[-1] / h - 24) for h in (0.1, 0.01, 0.001)]
    assert errors == pytest.approx([0.4, 0.04, 0.004], rel=1e-3)


def test_a_row_the_other_way_round_is_another_function():
    there, back = compose([MACHINES['double'], MACHINES['square']]), compose([MACHINES['square'], MACHINES['double']])
    assert (there.f(3.0), back.f(3.0)) == (36, 18)
    assert back.tex == r'2\left(x^2\right)'


def test_the_x_of_max_and_of_exp_is_no_variable():
    assert compose([MACHINES['add-three'], MACHINES['relu']]).tex == r'\max(0, \left(x + 3\right))'
    assert compose([MACHINES['relu'], MACHINES['square']]).tex == r'\left(\max(0, x)\right)^2'
    assert compose([CURVES['parabola']]).tex == CURVES['parabola'].tex
    three = compose([MACHINES['double'], MACHINES['sine'], MACHINES['square']])
    assert three.tex == r'\left(\sin \left(2x\right)\right)^2'
    assert three.name == 'square-sine-double'


def test_where_a_number_is_used_twice_both_paths_are_added():
    """f = (ab)(a + b) at a = −2, b = 3: the contributions −6 and 3 to a, −6 and −2 to b."""
    a, b = -2.0, 3.0
    d, e = a * b, a + b
    to_a, to_b = sum_over_paths([[d, 1], [e, b]]), sum_over_paths([[d, 1], [e, a]])
    assert (to_a.products.tolist(), to_a.total) == ([-6, 3], -3)
    assert (to_b.products.tolist(), to_b.total) == ([-6, -2], -8)
    assert to_a.total == pytest.approx(derivative(lambda a: (a * b) * (a + b), a))
    assert to_b.total == pytest.approx(derivative(lambda b: (a * b) * (a + b), b))


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-3, 3), min_size=1, max_size=4), min_size=1, max_size=5))
def test_the_order_of_paths_and_of_rates_on_a_path_does_not_matter(paths):
    total = sum_over_paths(paths).total
    assert sum_over_paths([path[::-1] for path in paths[::-1]]).total == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize('wrong', [
    lambda: through([], 1.0), lambda: compose([]), lambda: through([MACHINES['double']], np.nan),
    lambda: through([MACHINES['square']] * 12, 3.0), lambda: nudge_through([MACHINES['double']], 1.0, np.inf),
    lambda: through([Curve('log', r'\log x', np.log, lambda x: 1 / x)], -1.0), lambda: sum_over_paths([]),
    lambda: sum_over_paths([[]]), lambda: sum_over_paths([[1, np.nan]]), lambda: sum_over_paths([[1e100] * 4]),
    lambda: through(['double'], 1.0), lambda: compose(None), lambda: compose('double'),
    lambda: through([MACHINES['square'], MACHINES['sine'], *[MACHINES['double']] * 160] * 2 + [MACHINES['half']], 1e49)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
