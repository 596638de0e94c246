"""Values hand back the slopes that nudging finds, in expressions of any length, and leave nothing behind."""
import gc
import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from core import derivative
from core.autograd import Value
from tests.core.expressions import expression, programs

OPERATIONS = {
    'a + b': lambda a, b: a + b, 'a - b': lambda a, b: a - b, 'a * b': lambda a, b: a * b, 'a / b': lambda a, b: a / b,
    '3 + b': lambda a, b: 3 + b, '3 - b': lambda a, b: 3 - b, '3 * b': lambda a, b: 3 * b, '3 / b': lambda a, b: 3 / b,
    'a + 3': lambda a, b: a + 3, 'a - 3': lambda a, b: a - 3, 'a * 3': lambda a, b: a * 3, 'a / 3': lambda a, b: a / 3,
    '-a': lambda a, b: -a, 'a ** 2': lambda a, b: a**2, 'a ** 3': lambda a, b: a**3, 'a ** -1': lambda a, b: a**-1,
    'b ** 0.5': lambda a, b: b**0.5, 'a ** 0': lambda a, b: a**0, 'a ** 1': lambda a, b: a**1,
    'b ** -2.5': lambda a, b: b**-2.5, 'relu a': lambda a, b: a.relu(), 'relu b': lambda a, b: b.relu(),
    'tanh a': lambda a, b: a.tanh(), 'exp a': lambda a, b: a.exp(),
}


def values_alive():
    return sum(type(thing) is Value for thing in gc.get_objects())


def slopes(f, point):
    """(f, its gradient) at a point, with Values."""
    leaves = [Value(x) for x in point]
    result = f(*leaves)
    result.backward()
    return result.data, [leaf.grad for leaf in leaves]


def nudged(f, point):
    return derivative.gradient(lambda p: f(*(Value(x) for x in p)).data, point)


@pytest.mark.parametrize('name', OPERATIONS)
@pytest.mark.parametrize('point', [(-1.3, 0.7), (2.4, 3.1), (-0.2, 1e-2)])
def test_nudging_the_operands_gives_the_slopes_of_every_operation(name, point):
    f = OPERATIONS[name]
    value, gradient = slopes(f, point)
    assert gradient == pytest.approx(nudged(f, point), rel=1e-5, abs=1e-8)
    if 'relu' not in name and 'tanh' not in name and 'exp' not in name:
        assert value == pytest.approx(f(*point), rel=1e-15)


def test_curves_are_those_of_the_mathematics():
    for x in (-2.0, -0.1, 0.0, 0.3, 5.0):
        assert Value(x).tanh().data == math.tanh(x)
        assert Value(x).exp().data == math.exp(x)
        assert Value(x).relu().data == max(x, 0.0)


@settings(max_examples=300)
@given(programs)
def test_nudging_the_leaves_gives_the_gradients_of_random_expressions(drawn):
    root, leaves, f = expression(drawn)
    root.backward()
    expected = derivative.gradient(f, [leaf.data for leaf in leaves], h=1e-6)
    assert [leaf.grad for leaf in leaves] == pytest.approx(expected, rel=1e-5, abs=1e-6)
    assert root.data == f([leaf.data for leaf in leaves])
    assert root.grad == 1 or root in leaves


def test_at_its_kink_relu_has_the_slope_zero_by_convention():
    assert slopes(lambda a: a.relu(), [0.0]) == (0.0, [0.0])


def test_to_the_power_of_0_is_1_everywhere_and_flat():
    assert slopes(lambda a: a**0, [0.0]) == (1.0, [0.0])
    assert slopes(lambda a: a**1, [0.0]) == (0.0, [1.0])


def test_sums_pass_the_slope_on_differences_turn_one_round_and_products_swap():
    assert slopes(lambda a, b: a + b, (5, 7))[1] == [1, 1]
    assert slopes(lambda a, b: a - b, (5, 7))[1] == [1, -1]
    assert slopes(lambda a: -a, (5,))[1] == [-1]
    assert slopes(lambda a, b: a * b, (5, 7))[1] == [7, 5]


def test_the_numbers_of_ab_plus_c_to_the_last_bit():
    a, b, h = Value(2.0), Value(-3.0), 1e-4
    before, after = a * b + Value(10.0), a * b + Value(10.0 + h)
    assert (before.data, after.data) == (4.0, 4.0001)
    assert (after.data - before.data) / h == 0.9999999999976694
    assert slopes(lambda a, b, c: a * b + c, (2, -3, 10))[1] == [-3, 2, 1]


def test_ab_times_a_plus_b_with_every_gradient_in_it():
    a, b = Value(-2.0), Value(3.0)
    d, e = a * b, a + b
    f = d * e
    f.backward()
    assert [v.data for v in (d, e, f)] == [-6, 1, -6]
    assert [v.grad for v in (f, d, e, a, b)] == [1, 1, -6, -3, -8]


def test_what_a_node_used_twice_gets_is_the_sum_of_both_ways():
    a, b = Value(-2.0), Value(3.0)
    d, e = a * b, a + b
    ways = {(operand, result): local for result in (d, e)
            for operand, local in zip(result.operands(), result.local_derivatives(), strict=True)}
    f = d * e
    f.backward()
    assert [ways[a, d] * d.grad, ways[a, e] * e.grad] == [3, -6]
    assert [ways[b, d] * d.grad, ways[b, e] * e.grad] == [-2, -6]
    assert (a.grad, b.grad) == (-3, -8)
    square = a * a
    a.grad = 0.0
    square.backward()
    assert a.grad == -4


def test_one_step_on_a_brings_f_down_as_far_as_the_slope_promises_to_first_order():
    def f(a, b=3.0):
        return slopes(lambda a, b: (a * b) * (a + b), (a, b))

    value, (slope, other) = f(-2.0)
    a = -2.0 - 0.1 * slope
    assert a == -1.7
    assert f(a)[0] == pytest.approx(-6.63)
    assert value - 0.1 * slope**2 == pytest.approx(-6.9)
    assert f(-2.0 - slope / 6) == (-6.75, [0.0, pytest.approx(-6.75)])
    assert f(a, 3.0 - 0.1 * other)[0] == pytest.approx(-13.566)


def test_the_tanh_neuron_of_the_lecture():
    x1, x2, w1, w2, b = (Value(x) for x in (2.0, 0.0, -3.0, 1.0, 6.8813735870195432))
    n = x1 * w1 + x2 * w2 + b
    o = n.tanh()
    o.backward()
    assert (round(n.data, 6), round(o.data, 6)) == (0.881374, 0.707107)
    assert [n.grad, x1.grad, w1.grad, x2.grad, w2.grad] == pytest.approx([0.5, -1.5, 1, 0.5, 0])


def test_tanh_built_from_exp_has_the_same_slopes():
    whole, parts = slopes(lambda x: x.tanh(), [0.88]), slopes(lambda x: ((2 * x).exp() - 1) / ((2 * x).exp() + 1), [0.88])
    assert parts[0] == pytest.approx(whole[0])
    assert parts[1] == pytest.approx(whole[1])


# The mathematics of micrograd's own tests: one polynomial with relus, one long chain of reassignments, and the curves.

def with_relus(x):
    z = 3 * x + 2
    return (z * z).relu() + (z.relu() + x * z) * (1 + x)


def reassigned(a, b):
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c - a
    d += 2 * d + (a + b).relu()
    d += 3 * d + (b - a).relu()
    g = (c - d) ** 2
    half = g / 2.0
    half += 10.0 / g
    return half


@pytest.mark.parametrize('x', [-4.0, -0.5, 1.5])
def test_relus_within_a_polynomial(x):
    assert slopes(with_relus, [x])[1] == pytest.approx(nudged(with_relus, [x]), rel=1e-7)


@pytest.mark.parametrize('point', [(-4.0, 2.0), (1.5, -0.5)])
def test_names_that_are_assigned_again_and_again(point):
    value, gradient = slopes(reassigned, point)
    assert gradient == pytest.approx(nudged(reassigned, point), rel=1e-6)
    if point == (-4.0, 2.0):  # by hand: c = -1, d = 6, so (c - d)² = 49
        assert value == pytest.approx(49 / 2 + 10 / 49)


@pytest.mark.parametrize('x', [-1.0, 0.123, 2.0])
def test_tanh_and_exp_alone(x):
    for curve in (Value.tanh, Value.exp):
        assert slopes(curve, [x])[1] == pytest.approx(nudged(curve, [x]), rel=1e-9)


def test_gradients_add_up_until_they_are_set_to_zero():
    w = Value(3.0)
    for count in (1, 2, 3):
        (w * w).backward()
        assert w.grad == count * 6
    w.grad = 0.0
    (w * w).backward()
    assert w.grad == 6


def test_a_second_pass_over_the_same_graph_also_hands_on_what_the_first_one_left():
    a, b, c = Value(2.0), Value(3.0), Value(5.0)
    product = a * b
    result = product * c
    result.backward()
    assert (a.grad, product.grad, c.grad) == (15, 5, 6)
    result.backward()
    assert (result.grad, product.grad, c.grad) == (1, 10, 12)
    assert a.grad == 15 + 3 * 10


def test_backward_by_hand_node_after_node_is_the_same():
    def make():
        leaves = Value(2.0), Value(-1.5)
        product = leaves[0] * leaves[1]
        total = product + leaves[0]
        return (total.tanh(), total, product), leaves

    (result, *_), leaves = make()
    result.backward()
    steps, by_hand = make()
    steps[0].grad = 1.0
    for node in steps:
        node._backward()
    assert [leaf.grad for leaf in by_hand] == [leaf.grad for leaf in leaves]
    leaves[0]._backward()  # a leaf has nobody to hand anything to


def test_backward_from_the_middle_leaves_the_rest_alone():
    a = Value(2.0)
    b = a * 3
    c = b * 5
    b.backward()
    assert (a.grad, b.grad, c.grad) == (3, 1, 0)


def test_assigning_data_changes_a_leaf_and_not_what_was_computed_before():
    w = Value(2.0)
    before = w * w
    w.data -= 0.5
    assert (before.data, (w * w).data) == (4, 2.25)
    before.backward()
    assert w.grad == 3  # the slope at the number that stands there now


@pytest.mark.parametrize(('f', 'slopes_there'), [  # what micrograd says: operands as they are, results as they were
    (lambda a, b: a * b, (7, 5)), (lambda a, b: a + b, (1, 1)), (lambda a, b: a - b, (1, -1)), (lambda a, b: a**3, (75, 0)),
    (lambda a, b: -a, (-1, 0)), (lambda a, b: a.exp(), (math.exp(2), 0)), (lambda a, b: a.tanh(), (1 - math.tanh(2)**2, 0)),
    (lambda a, b: (a - 3).relu(), (0, 0)), (lambda a, b: (a * b) * (a + b), (7 * 5 + 6, 5 * 5 + 6))])
def test_slopes_are_taken_at_the_numbers_that_stand_there_when_they_are_handed_back(f, slopes_there):
    a, b = Value(2.0), Value(3.0)
    result = f(a, b)
    a.data, b.data = 5, 7
    result.backward()
    assert (a.grad, b.grad) == pytest.approx(slopes_there)


@pytest.mark.parametrize(('f', 'number', 'sentence'), [
    (lambda a: 1 / a, 0, '1 / 0 has no value'), (lambda a: a**-1, 0, r'0\*\*-1 has no value'),
    (lambda a: a**0.5, 0, r'0\*\*0.5 has no finite slope'), (lambda a: a**0.5, -1, r'\(-1\)\*\*0.5 is no real number')])
def test_a_number_that_was_changed_to_one_without_a_slope_is_refused_and_may_be_changed_again(f, number, sentence):
    a = Value(4.0)
    result = f(a)
    a.data = number
    for hand_back in (result.backward, result._backward, result.local_derivatives):
        with pytest.raises(ValueError, match=sentence):
            hand_back()
    a.data = 4
    result.backward()
    assert a.grad == pytest.approx(derivative.derivative(lambda x: f(Value(x)).data, 4.0))


def test_a_lecture_can_draw_it():
    a, b = Value(2.0, label='a'), Value(-3.0, label='b')
    e = a * b
    e.label = 'e'
    assert (e._prev, e._op, e.label) == ({a, b}, '*', 'e')
    assert (a._prev, a._op, (a * a)._prev) == (set(), '', {a})
    names = [v._op for v in (a + b, a - b, a / b, -a, a**2, a**2.0, a**-0.5, a.relu(), a.tanh(), a.exp())]
    assert names == ['+', '-', '/', 'neg', '**2', '**2', '**-0.5', 'ReLU', 'tanh', 'exp']
    assert repr(a) == 'Value(data=2.0, grad=0.0)'
    assert len({a, Value(2.0)}) == 2


def test_numbers_stand_on_either_side_and_may_come_from_numpy():
    a = Value(4.0)
    assert [v.data for v in (a + 1, 1 + a, a - 1, 1 - a, a * 2, 2 * a, a / 2, 2 / a)] == [5, 5, 3, -3, 8, 8, 2, 0.5]
    two = np.float64(2)
    for result in (two * a, a * two, two - a, np.int64(2) / a, a + np.float32(2), a**two, Value(two), two + a):
        assert type(result) is Value
        assert type(result.data) is float
    a.data = np.float64(3)
    assert type(a.data) is float
    assert sum([a, a, 1]).data == 7
    assert Value(True).data == 1


def chain(length):
    x = total = Value(0.5)
    for _ in range(length // 2):
        total = total * 1.0 + x
    return x, total


def test_a_chain_of_200_000_nodes_needs_no_recursion_forward_backward_printed_or_freed():
    before, limit = values_alive(), sys.getrecursionlimit()
    x, total = chain(200_000)
    assert values_alive() - before > 200_000
    total.backward()
    assert (total.data, x.grad) == (50_000.5, 100_001)
    assert repr(total) == 'Value(data=50000.5, grad=1.0)'
    assert sys.getrecursionlimit() == limit
    del total
    assert values_alive() - before == 1


def test_what_is_dropped_is_freed_by_reference_counting_alone():
    gc.collect()
    before = values_alive()
    gc.disable()
    try:
        a, b = Value(0.3), Value(0.4)
        root = with_relus(a) + reassigned(a, b) + (a * a).tanh().exp() / (b - a)
        root.backward()
        assert values_alive() - before > 40
        del root
        assert values_alive() - before == 2
    finally:
        gc.enable()


def test_only_results_know_their_operands():
    a = Value(1.0)
    result = a * 2
    assert not any(referrer is a for referrer in gc.get_referrers(result))
    assert a in gc.get_referents(result)


@pytest.mark.parametrize(('wrong', 'sentence'), [
    (lambda: Value(0) ** -1, r'0\*\*-1 has no value, .*base needs to differ from 0'),
    (lambda: (Value(0) ** 0.5).backward(), r'0\*\*0.5 has no finite slope.*needs to differ from 0'),
    (lambda: Value(-8) ** 0.5, r'\(-8\)\*\*0.5 is no real number.*needs to be'),
    (lambda: Value(1) / 0, r'1 / 0 has no value; the divisor needs to differ from 0'),
    (lambda: 1 / Value(0), 'the divisor needs'),
    (lambda: Value(1) / (Value(2) - 2), 'the divisor needs'),
    (lambda: Value(1) / 1e-320, 'too large'),
    (lambda: (Value(0) / 1e-320).backward(), 'the gradient of 0 grew too large'),
    (lambda: (Value(1) / 1e-100 / 1e-100 / Value(1e-60)).backward(), 'the gradient of 1e-60 grew too large'),
    (lambda: (1 / (Value(1e-100) * 1e-100)).backward(), 'the gradient of 1e-200 grew too large'),
    (lambda: (Value(1e-99) ** -3.1).backward(), r'\*\*-3.1, or its slope, is too large'),
    (lambda: Value(1000).exp(), 'exp of 1000, or its slope, is too large for a number; .* needs'),
    (lambda: Value(1e100) ** 4, r'\(1e\+100\)\*\*4.*too large'),
    (lambda: Value(1e-99) ** -3.12, 'slope, is too large'),
    (lambda: Value(1e100) * 1e100 * 1e100 * 1e100, r'1e\+300 \* 1e\+100.*too large'),
    (lambda: sum(Value(1e100) * 1e100 * 1e100 * 1.7e8 for _ in range(2)), r'\+ 1.7e\+308.*too large'),
    (lambda: Value('3'), "given '3', and needs a plain number"),
    (lambda: Value(None), 'needs'), (lambda: Value(math.nan), 'holds nan, and needs'), (lambda: Value(math.inf), 'needs'),
    (lambda: Value(10**400), 'whole number beyond'), (lambda: Value(-1e101), 'needs'), (lambda: Value(1j), 'needs'),
    (lambda: Value([1, 2]), 'single number'), (lambda: Value(Value(1)), 'plain number'),
    (lambda: Value(1) + 'a', "'a'"), (lambda: [1] - Value(1), 'single number'), (lambda: Value(1) * None, 'needs'),
    (lambda: Value(1) * np.ones(3), 'single number'), (lambda: np.ones(3) * Value(1), 'single number'),
    (lambda: 2 ** Value(1), r'2 \*\* Value'), (lambda: Value(2) ** Value(1), 'exponent is a Value'),
    (lambda: Value(2) ** 'two', 'plain number'), (lambda: setattr(Value(1), 'data', math.nan), 'holds nan'),
    (lambda: setattr(Value(1), 'data', '1'), 'plain number')])
def test_what_cannot_be_computed_is_said_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        wrong()
    assert str(caught.value).endswith('.')
    assert '\n' not in str(caught.value)


def test_a_gradient_beyond_all_numbers_is_refused_and_leaves_no_half_counted_values():
    x = Value(0.0)
    start = x * 2
    over = start + 0
    for _ in range(4):
        over = over * 1e100  # 0 each time, but the slope is 1e400 in the end
    with pytest.raises(ValueError, match=r'the gradient of 0 grew too large for a number; .* need'):
        over.backward()
    x.grad = start.grad = 0.0
    (start * 3 + start).backward()
    assert (start.grad, x.grad) == (4, 8)


def test_a_gradient_that_is_no_number_is_refused():
    x = Value(0.0)
    over = (x * 1e100 - x * 1e100) * 1e100 * 1e100 * 1e100  # for x, 1e400 − 1e400
    with pytest.raises(ValueError, match='too large for a number'):
        over.backward()
