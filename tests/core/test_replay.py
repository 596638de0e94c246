"""A replay gives the numbers that Values would give, and refuses what they would refuse."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import derivative
from core.autograd import Value
from core.graph import OPERATIONS, Graph, in_order
from core.operations import SLOPES
from core.replay import FORWARD, Replay
from core.scalar_network import MLP
from core.scalar_training import EXAMPLES, TARGETS, squared_error
from tests.core.expressions import build, expression, programs


def used(root, leaves):
    return [leaf for leaf in leaves if leaf in in_order(root)]


@settings(max_examples=300)
@given(programs, st.floats(-2, 2))
def test_other_numbers_give_what_values_would_give(drawn, shift):
    root, leaves, _ = expression(drawn)
    replay = Replay(root, used(root, leaves))
    numbers = [leaf.data * 0.7 + shift for leaf in leaves]
    others = [Value(number) for number in numbers]
    other = build(drawn[1], others)
    other.backward()
    played = replay([number for number, leaf in zip(numbers, leaves, strict=True) if leaf in used(root, leaves)])
    assert played.value == pytest.approx(other.data, rel=1e-12, abs=1e-12)
    gradient = [leaf.grad for leaf in used(other, others)]
    assert played.gradient == pytest.approx(np.array(gradient), rel=1e-12, abs=1e-12)


@given(programs)
def test_every_node_has_the_place_that_the_graph_gives_it(drawn):
    root, leaves, _ = expression(drawn)
    graph = Graph(root)
    values, grads = Replay(root, used(root, leaves)).everything([leaf.data for leaf in used(root, leaves)])
    assert values == pytest.approx(np.array([node.value for node in graph.nodes]), rel=1e-12, abs=1e-12)
    assert grads == pytest.approx(np.array([node.grad for node in graph.nodes]), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize('f', [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b, lambda a, b: -a, lambda a, b: a.exp(),
    lambda a, b: a.relu() + b, lambda a, b: b.relu(), lambda a, b: a.tanh(), lambda a, b: a * a, lambda a, b: a - a,
    lambda a, b: a / a,
    lambda a, b: a**2, lambda a, b: b**-1.5, lambda a, b: a**0, lambda a, b: a**1, lambda a, b: (a * 0) ** 0, lambda a, b: a**3])
@pytest.mark.parametrize('point', [(-1.3, 0.7), (2.4, 3.1)])
def test_nudging_judges_every_operation_here_as_well(f, point):
    a, b = Value(1.0), Value(2.0)
    replay = Replay(f(a, b) + 0 * a + 0 * b, [a, b])
    expected = derivative.gradient(lambda p: replay(p).value, point)
    assert replay(point).gradient == pytest.approx(expected, rel=1e-7, abs=1e-9)
    assert replay(point).value == pytest.approx(f(Value(point[0]), Value(point[1])).data, rel=1e-14)


def test_there_is_a_rule_for_every_operation():
    assert FORWARD.keys() == SLOPES.keys() == OPERATIONS.keys()


def test_the_kink_of_relu_has_the_slope_zero_here_as_well():
    a = Value(1.0)
    assert Replay(a.relu(), [a])([0.0]) == (0.0, [0.0])


def test_leaves_that_are_not_named_keep_their_numbers():
    a, b = Value(2.0), Value(3.0)
    replay = Replay(a * b + 1, [b])
    assert replay([5.0]) == (11.0, [2.0])
    assert Replay(a * b, [])([]).value == 6
    assert Replay(a, [a])([4.0]) == (4.0, [1.0])


def test_a_replay_can_be_played_again_and_changes_nothing():
    a, b = Value(-2.0), Value(3.0)
    f = (a * b) * (a + b)
    f.backward()
    replay, numbers = Replay(f, [b, a]), np.array([3.0, -1.7])
    first = replay(numbers)
    replay([10.0, 10.0])
    again = replay(numbers)
    assert (first.value, *first.gradient) == (again.value, *again.gradient)
    assert first.value == pytest.approx(-6.63)
    assert numbers.tolist() == [3.0, -1.7]
    assert (a.data, b.data, f.data, a.grad, b.grad) == (-2, 3, -6, -3, -8)
    first.gradient[:] = 0
    assert replay(numbers).gradient == pytest.approx(again.gradient)


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.sampled_from(['tanh', 'relu']))
def test_a_whole_network_recorded_once_serves_every_other_start(seed, activation):
    recorded, other = MLP(3, [4, 4, 1], activation, seed=0), MLP(3, [4, 4, 1], activation, seed=seed)
    replay = Replay(squared_error(recorded, EXAMPLES, TARGETS), recorded.parameters())
    loss = squared_error(other, EXAMPLES, TARGETS)
    loss.backward()
    played = replay([parameter.data for parameter in other.parameters()])
    assert played.value == pytest.approx(loss.data, rel=1e-12)
    assert played.gradient == pytest.approx(np.array([parameter.grad for parameter in other.parameters()]), rel=1e-12, abs=1e-12)


def test_long_and_thin_graphs_need_no_recursion():
    x = total = Value(0.5)
    for _ in range(2000):
        total = total * 1.0 + x
    assert Replay(total, [x])([1.0]) == (2001, [2001])


a, b = Value(2.0), Value(3.0)


@pytest.mark.parametrize(('f', 'number', 'sentence'), [
    (lambda x: 1 / x, 0, '1 / 0 has no value; the divisor'), (lambda x: x**-1, 0, r'0\*\*-1 has no value'),
    (lambda x: x**0.5, 0, r'0\*\*0.5 has no finite slope'), (lambda x: x**0.5, -2, r'\(-2\)\*\*0.5 is no real number'),
    (lambda x: (2 * x).exp(), 400, 'exp of 800, or its slope'), (lambda x: (x * x) * (x * x), 1e99, 'too large'),
    (lambda x: 1 / (2 / x), 0, '2 / 0 has no value'), (lambda x: (1 / x) ** -1, 0, '1 / 0'),
    (lambda x: (x.exp()).tanh(), 1000, 'exp of 1000'),
    (lambda x: x * 1e100 * 1e100 * 1e100 * 1e100, 0, 'the gradient of 0 grew too large')])
def test_what_values_refuse_is_refused_in_the_same_words(f, number, sentence):
    x = Value(1e-300 if 'gradient' in sentence else 1.0)
    replay = Replay(f(x), [x])
    with pytest.raises(ValueError, match=sentence) as played:
        replay([number])
    with pytest.raises(ValueError) as built:
        f(Value(number)).backward()
    assert str(played.value) == str(built.value)


@pytest.mark.parametrize(('wrong', 'sentence'), [
    (lambda: Replay(3.0, []), 'root is 3.0'), (lambda: Replay(a + b, [3.0]), '3.0 is among the leaves'),
    (lambda: Replay(a + b, [Value(2.0)]), 'root was computed from'),
    (lambda: (lambda total: Replay(total + 1, [total]))(a + b), 'not computed itself'),
    (lambda: Replay(a + b, [a, a]), '1 of the 2 leaves are different'),
    (lambda: Replay(a + b, [a, b])([1.0]), 'there are 1 numbers'), (lambda: Replay(a + b, [a])([]), 'there are 0 numbers'),
    (lambda: Replay(a + b, [a])([np.nan]), 'holds nan'), (lambda: Replay(a + b, [a])([[1.0]]), 'one row'),
    (lambda: Replay(a + b, [])([1.0]), 'there are 1 numbers, and the 0 leaves')])
def test_what_does_not_fit_is_said_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        wrong()
    assert 'need' in str(caught.value)
