"""A graph shows the numbers and slopes of an expression, node by node, and every edge says what nudging says."""
import math

import pytest
from hypothesis import given, settings

from core import derivative
from core.autograd import Value
from core.graph import OPERATIONS, Graph, computed, in_order
from core.scalar_network import MLP
from core.scalar_training import EXAMPLES, TARGETS, squared_error
from tests.core.expressions import expression, programs


def ab_times_a_plus_b():
    a, b = Value(-2.0, label='a'), Value(3.0, label='b')
    d, e = a * b, a + b
    d.label, e.label = 'd', 'e'
    f = d * e
    f.label = 'f'
    return Graph(f), a, b


def test_ab_times_a_plus_b_as_a_picture():
    graph, _, _ = ab_times_a_plus_b()
    assert [(node.label, node.op, node.value, node.grad, node.depth) for node in graph.nodes] == [
        ('a', '', -2, -3, 0), ('b', '', 3, -8, 0), ('d', '*', -6, 1, 1), ('e', '+', 1, -6, 1), ('f', '*', -6, 1, 2)]
    assert graph.root.label == 'f'
    assert [node.label for node in graph.leaves] == ['a', 'b']
    contributions = {(graph.node(edge.child).label, graph.node(edge.parent).label): edge.contribution for edge in graph.edges}
    assert contributions == {('a', 'd'): 3, ('a', 'e'): -6, ('b', 'd'): -2, ('b', 'e'): -6, ('d', 'f'): 1, ('e', 'f'): -6}
    assert [(edge.local, edge.upstream) for edge in graph.edges_from(0)] == [(3, 1), (1, -6)]
    assert [(edge.child, edge.slot) for edge in graph.edges_into(3)] == [(0, 0), (1, 1)]


def test_a_times_a_has_two_edges_from_one_node():
    square = Value(3.0)
    graph = Graph(square * square)
    assert [(edge.child, edge.parent, edge.slot, edge.contribution) for edge in graph.edges] == [(0, 1, 0, 3), (0, 1, 1, 3)]
    assert graph.node(0).grad == 6
    assert len(graph.backward_steps()[1].edges) == 2
    assert graph.backward_steps()[1].sums == {0: 6}


@given(programs)
def test_the_gradients_are_those_of_backward_and_no_value_is_touched(drawn):
    root, leaves, _ = expression(drawn)
    for value in in_order(root):
        value.grad = 0.125
    graph = Graph(root)
    assert {value.grad for value in in_order(root)} == {0.125}
    for value in in_order(root):
        value.grad = 0.0
    root.backward()
    for value in in_order(root):
        node = graph.node(graph.id_of(value))
        assert (node.op, node.label, node.value) == (value._op, value.label, value.data)
        assert node.grad == pytest.approx(value.grad, rel=1e-12, abs=1e-12)
    assert {node.id for node in graph.leaves} >= {graph.id_of(leaf) for leaf in leaves if leaf in in_order(root)}


@settings(max_examples=50)
@given(programs)
def test_each_local_derivative_is_what_nudging_this_operand_does_to_this_result(drawn):
    graph = Graph(expression(drawn)[0])
    for node in graph.nodes:
        inputs = graph.edges_into(node.id)
        for edge in inputs:
            def result(x, node=node, edge=edge, inputs=inputs):
                operands = [Value(x if other.slot == edge.slot else graph.node(other.child).value) for other in inputs]
                return computed(node.op, *operands).data

            assert edge.local == pytest.approx(derivative.derivative(result, graph.node(edge.child).value), rel=1e-5, abs=1e-6)


@settings(max_examples=50)
@given(programs)
def test_each_contribution_is_local_times_upstream_and_their_sum_is_the_gradient(drawn):
    graph = Graph(expression(drawn)[0])
    for edge in graph.edges:
        assert edge.upstream == graph.node(edge.parent).grad
        assert edge.contribution == edge.local * edge.upstream
    for node in graph.nodes[:-1]:
        contributions = math.fsum(edge.contribution for edge in graph.edges_from(node.id))
        assert node.grad == pytest.approx(contributions, rel=1e-12, abs=1e-12)
    assert graph.root.grad == 1


@settings(max_examples=50)
@given(programs)
def test_nudging_a_leaf_of_the_graph_moves_the_root_as_its_gradient_says(drawn):
    graph = Graph(expression(drawn)[0])
    for leaf in graph.leaves:
        def root(x, leaf=leaf):
            return graph.with_leaves({leaf.id: x}).root.value

        assert leaf.grad == pytest.approx(derivative.derivative(root, leaf.value, h=1e-6), rel=1e-4, abs=1e-5)


@given(programs)
def test_operands_come_before_results_and_one_column_further_left(drawn):
    graph = Graph(expression(drawn)[0])
    assert [node.id for node in graph.nodes] == list(range(len(graph.nodes)))
    for node in graph.nodes:
        operands = [graph.node(edge.child) for edge in graph.edges_into(node.id)]
        assert all(operand.id < node.id for operand in operands)
        assert node.depth == (1 + max(operand.depth for operand in operands) if operands else 0)
        assert bool(node.op) == bool(operands)
    assert [(edge.parent, edge.slot) for edge in graph.edges] == sorted({(edge.parent, edge.slot) for edge in graph.edges})


@given(programs)
def test_the_same_expression_gets_the_same_ids(drawn):
    root, _, _ = expression(drawn)
    graph, again = Graph(root), Graph(expression(drawn)[0])
    assert again.nodes == graph.nodes
    assert again.edges == graph.edges


@given(programs)
def test_forward_every_result_becomes_known_once_after_its_operands(drawn):
    graph = Graph(expression(drawn)[0])
    first, *steps = graph.forward_steps()
    assert (first.at, first.edges, first.known) == (None, (), tuple(node.id for node in graph.leaves))
    known = dict(first.sums)
    for step in steps:
        assert step.known == (step.at,) and step.at not in known
        assert step.edges == graph.edges_into(step.at)
        assert all(edge.child in known for edge in step.edges)
        known |= step.sums
    assert known == {node.id: node.value for node in graph.nodes}


@given(programs)
def test_backward_a_gradient_is_handed_on_once_it_is_whole(drawn):
    graph = Graph(expression(drawn)[0])
    first, *steps = graph.backward_steps()
    assert first == (None, (), {graph.root.id: 1.0}, (graph.root.id,))
    sums, known, used = dict(first.sums), {graph.root.id}, []
    for step in steps:
        assert step.at in known
        assert step.edges == graph.edges_into(step.at)
        for edge in step.edges:
            sums[edge.child] = sums.get(edge.child, 0.0) + edge.contribution
            assert edge.child not in known
        assert step.sums == {edge.child: sums[edge.child] for edge in step.edges}
        assert known.isdisjoint(step.known)
        known |= set(step.known)
        used += step.edges
    assert known == {node.id for node in graph.nodes}
    assert sums == {node.id: node.grad for node in graph.nodes}
    assert sorted(used) == sorted(graph.edges)
    assert len(steps) == sum(bool(node.op) for node in graph.nodes)


def test_both_contributions_of_a_node_used_twice_come_one_after_the_other():
    graph, _, _ = ab_times_a_plus_b()
    assert [step.sums for step in graph.backward_steps()] == [{4: 1}, {2: 1, 3: -6}, {0: -6, 1: -6}, {0: -3, 1: -8}]
    assert [step.known for step in graph.backward_steps()] == [(4,), (2, 3), (), (0, 1)]


@given(programs)
def test_other_leaves_give_the_graph_that_would_have_been_computed_from_them(drawn):
    root, leaves, _ = expression(drawn)
    graph = Graph(root)
    moved = {graph.id_of(leaf): leaf.data / 2 + 0.1 for leaf in leaves if leaf in graph._ids}
    anew = graph.with_leaves(moved)
    other = Graph(expression(([leaf.data / 2 + 0.1 for leaf in leaves], drawn[1]))[0])
    assert anew.nodes == other.nodes
    assert anew.edges == other.edges
    assert graph.nodes == Graph(root).nodes
    for leaf in leaves:
        if leaf in graph._ids:
            assert anew.id_of(leaf) == graph.id_of(leaf)
    assert anew.with_leaves({graph.id_of(leaf): leaf.data for leaf in leaves if leaf in graph._ids}).nodes == graph.nodes


def test_a_step_on_a_leaf_of_the_picture_brings_f_to_minus_6_63():
    graph, a, _ = ab_times_a_plus_b()
    id = graph.id_of(a)
    stepped = graph.with_leaves({id: graph.node(id).value - 0.1 * graph.node(id).grad})
    assert (stepped.node(id).value, round(stepped.root.value, 10)) == (-1.7, -6.63)
    assert [node.label for node in stepped.nodes] == ['a', 'b', 'd', 'e', 'f']


def test_the_network_of_the_lecture_is_a_graph_of_360_nodes_with_its_parameters_by_name():
    network = MLP(3, [4, 4, 1], seed=1)
    loss = squared_error(network, EXAMPLES, TARGETS)
    graph = Graph(loss)
    loss.backward()
    assert len(graph.nodes) == 360 == 41 + 4 * (3 + 28 + 36 + 9 + 1 + 2) + 3
    for parameter in network.parameters():
        assert graph.find(parameter.label) == graph.id_of(parameter)
        assert graph.node(graph.id_of(parameter)).grad == pytest.approx(parameter.grad, rel=1e-12)
    assert len([node for node in graph.nodes if node.label == 'h2.3']) == 4
    assert len(graph.edges_from(graph.find('w1.1.1'))) == 4


def test_every_operation_can_be_done_by_name():
    results = {op: computed(op, *[Value(2.0), Value(4.0)][:2 if op in ('+', '-', '*', '/') else 1]).data for op in OPERATIONS}
    assert results == {'+': 6, '-': -2, '*': 8, '/': 0.5, 'neg': -2, 'ReLU': 2, 'tanh': math.tanh(2), 'exp': math.exp(2)}
    assert computed('**-2', Value(2.0)).data == 0.25
    for op in OPERATIONS:
        operands = [Value(2.0), Value(4.0)][:2 if op in ('+', '-', '*', '/') else 1]
        assert computed(op, *operands)._op == op


def test_long_graphs_need_no_recursion():
    x = total = Value(0.5)
    for _ in range(3000):
        total = total * 1.0 + x
    graph = Graph(total)
    assert len(graph.nodes) == 9001
    assert graph.node(graph.id_of(x)).grad == 3001
    assert len(graph.backward_steps()) == 6001
    assert graph.with_leaves({graph.id_of(x): 1.0}).root.value == 3001


def test_a_single_number_is_a_graph_too():
    graph = Graph(Value(3.0))
    assert (graph.root.grad, graph.edges, len(graph.nodes)) == (1, (), 1)
    assert len(graph.forward_steps()) == len(graph.backward_steps()) == 1
    assert graph.with_leaves({0: 5}).root.value == 5


def overflowing():
    x = Value(0.0)
    for _ in range(4):
        x = x * 1e100
    return x


@pytest.mark.parametrize(('wrong', 'sentence'), [
    (lambda: Graph(3.0), 'root is 3.0'), (lambda: in_order(None), 'root is None'),
    (lambda: Graph(overflowing()), 'the gradient of 0 grew too large'),
    (lambda: Graph(Value(1)).node(1), 'id is 1'), (lambda: Graph(Value(1)).edges_into(-1), 'id is -1'),
    (lambda: Graph(Value(1)).edges_from('a'), "id is 'a'"), (lambda: Graph(Value(1)).find('a'), "called 'a'"),
    (lambda: Graph(Value(1)).id_of(Value(1)), 'not in this graph'), (lambda: Graph(Value(1)).id_of([1]), 'not in this graph'),
    (lambda: Graph(Value(1) + 2).with_leaves({2: 1}), r'node 2 is computed by \+'),
    (lambda: Graph(Value(1) + 2).with_leaves({7: 1}), 'id is 7'),
    (lambda: Graph(Value(1) + 2).with_leaves({0: math.nan}), 'nan'),
    (lambda: Graph(1 / Value(1)).with_leaves({1: 0}), '1 / 0 has no value'),
    (lambda: computed('+', Value(1e100), Value([])), 'empty')])
def test_what_is_not_there_is_said_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        wrong()
    assert 'need' in str(caught.value)
