"""An overview shows less of a graph, and nothing else than what is there."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import derivative
from core.autograd import Value
from core.graph import Graph
from core.overview import Overview
from core.scalar_network import MLP
from core.scalar_training import EXAMPLES, TARGETS, squared_error
from tests.core.expressions import expression, programs

subsets = st.sets(st.integers(0, 40))


def kept_of(graph, drawn):
    return {id for id in drawn if id < len(graph.nodes)}


@given(programs, subsets)
def test_what_is_kept_has_the_id_value_and_gradient_that_it_had(drawn, subset):
    graph = Graph(expression(drawn)[0])
    keep = kept_of(graph, subset)
    overview = Overview(graph, keep)
    assert [node.id for node in overview.nodes] == sorted(keep | {graph.root.id})
    for node in overview.nodes:
        whole = graph.node(node.id)
        assert node._replace(grad=0, depth=0) == whole._replace(grad=0, depth=0)
        assert node.grad == pytest.approx(whole.grad, rel=1e-9, abs=1e-12)
    for edge in overview.edges:
        assert edge.contribution == edge.local * edge.upstream


@given(programs)
def test_keeping_everything_hides_nothing(drawn):
    graph = Graph(expression(drawn)[0])
    overview = Overview(graph, [node.id for node in graph.nodes])
    assert overview.nodes == graph.nodes
    assert overview.edges == graph.edges


@settings(max_examples=50)
@given(programs)
def test_keeping_only_leaves_makes_each_edge_the_gradient_that_nudging_finds(drawn):
    graph = Graph(expression(drawn)[0])
    overview = Overview(graph, [leaf.id for leaf in graph.leaves])
    for leaf in graph.leaves:
        def root(x, leaf=leaf):
            return overview.with_leaves({leaf.id: x}).root.value

        slope = sum(edge.local for edge in overview.edges_from(leaf.id))
        assert slope == pytest.approx(derivative.derivative(root, leaf.value, h=1e-6), rel=1e-4, abs=1e-5)


def test_all_paths_between_two_kept_nodes_are_one_edge_and_direct_ones_stay():
    a = Value(3.0, label='a')
    square = a * a                     # two direct edges
    root = (square + 2 * square) * a   # two paths from the square, one of them through two hidden nodes, and a direct edge
    graph = Graph(root)
    overview = Overview(graph, [graph.id_of(a), graph.id_of(square)])
    assert [(edge.child, edge.parent, edge.slot, edge.local) for edge in overview.edges] == [
        (0, 1, 0, 3), (0, 1, 1, 3), (0, graph.root.id, 0, 27), (1, graph.root.id, 1, 9)]
    assert overview.node(0).grad == graph.node(0).grad == 9 * 9


def test_the_network_of_the_lecture_can_be_seen_as_nine_neurons_for_each_example():
    graph = Graph(squared_error(MLP(3, [4, 4, 1], seed=2), EXAMPLES, TARGETS))
    neurons = [node.id for node in graph.nodes if node.label.startswith(('h', 'ŷ'))]
    overview = Overview(graph, neurons)
    assert len(overview.nodes) == 4 * 9 + 1
    assert len(overview.edges) == 4 * (16 + 4 + 1)
    assert {node.depth for node in overview.nodes} == {0, 1, 2, 3}
    first, *steps = overview.backward_steps()
    assert first.known == (graph.root.id,)
    assert len(steps) == 4 * 5 + 1


def test_other_leaves_move_the_overview_even_where_they_are_hidden():
    a, b = Value(3.0), Value(5.0)
    product = a * b
    graph = Graph(product * product + a)
    overview = Overview(graph, [graph.id_of(product)])
    moved = overview.with_leaves({graph.id_of(b): 1.0})
    assert [node.id for node in moved.nodes] == [node.id for node in overview.nodes]
    assert (overview.root.value, moved.root.value) == (228, 12)
    assert moved.node(graph.id_of(product)).grad == 6
    assert moved.with_leaves({graph.id_of(b): 5.0}).nodes == overview.nodes


def test_what_is_hidden_or_missing_is_said_in_a_sentence():
    a = Value(3.0)
    graph = Graph(a * 2)
    with pytest.raises(ValueError, match='and needs to be a Graph'):
        Overview(a * 2, [0])
    with pytest.raises(ValueError, match='id is 9, and needs'):
        Overview(graph, [9])
    with pytest.raises(ValueError, match='not in this graph, and needs'):
        Overview(graph, []).id_of(a)
    with pytest.raises(ValueError, match='id is 0, and needs'):
        Overview(graph, []).node(0)
