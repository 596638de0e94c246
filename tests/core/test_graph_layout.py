"""The rows of a graph: results below their operands, nothing on top of anything, and few crossings."""
from itertools import pairwise

import pytest
from hypothesis import given, settings

from core.autograd import Value
from core.expressions import Expression
from core.graph import Graph
from core.graph_layout import crossings, layout, links
from tests.core.expressions import expression, programs

NODE, LANE = 2.0, 0.25


def rows_of(text, width=8.0):
    read = Expression(text)
    return layout(Graph(read.value(dict.fromkeys(read.names, 0.5))), width, NODE, LANE)


def laid_out(drawn):
    """A graph, its rows, and in which of them each node stands."""
    graph = Graph(expression(drawn)[0])
    rows = layout(graph, 10, NODE, LANE)
    return graph, rows, {spot.id: k for k, row in enumerate(rows) for spot in row if not spot.lane}


@settings(max_examples=50)
@given(programs)
def test_nothing_overlaps_and_every_operand_stands_above_what_uses_it(drawn):
    graph, rows, row_of = laid_out(drawn)
    assert sorted(row_of) == [node.id for node in graph.nodes]
    assert all(row_of[edge.child] < row_of[edge.parent] for edge in graph.edges)
    for row in rows:
        edges = [(spot.x - room / 2, spot.x + room / 2) for spot in row for room in [LANE if spot.lane else NODE]]
        assert edges[0][0] >= -1e-9
        assert edges[-1][1] <= 10 + 1e-9
        assert all(right <= left + 1e-9 for (_, right), (left, _) in pairwise(edges))


@settings(max_examples=50)
@given(programs)
def test_an_edge_has_a_lane_in_every_row_that_it_passes(drawn):
    graph, rows, row_of = laid_out(drawn)
    lanes = {(spot.id, k) for k, row in enumerate(rows) for spot in row if spot.lane}
    assert lanes == {(edge.child, k) for edge in graph.edges for k in range(row_of[edge.child] + 1, row_of[edge.parent])}


def test_the_expression_of_the_article_is_a_diamond_without_a_crossing_but_one():
    rows = rows_of('(a*b)*(a+b)')
    assert [[spot.id for spot in row] for row in rows] == [[0, 1], [2, 3], [4]]
    assert len(links(Graph(Expression('(a*b)*(a+b)').value({'a': 1, 'b': 1})), rows)[0]) == 4


def test_an_operand_stands_near_to_what_uses_it_first():
    rows = rows_of('a*b + c')
    assert [len(row) for row in rows] == [2, 2, 1]      # c is in the second row, beside the product


def test_a_row_is_never_wider_than_the_paper():
    wide = rows_of('(a*b + c*d) * (e*f + g*h)', width=8)
    assert max(len([spot for spot in row if not spot.lane]) for row in wide) <= 4


def test_medians_undo_a_twist():
    graph = Graph(Expression('(a*b) + (c*d)').value(dict.fromkeys('abcd', 1.0)))
    assert sum(map(crossings, links(graph, layout(graph, 20, NODE, LANE)))) == 0


def test_it_needs_room_for_all_that_passes_by():
    with pytest.raises(ValueError, match='wider'):
        rows_of('((((a+b)*c+d)*e+f)*g+h)*(a+b+c+d+e+f+g+h)', width=2.2)


def test_the_same_expression_is_always_laid_out_the_same():
    assert rows_of('(a*b)*(a+b)+tanh(b)**2') == rows_of('(a*b)*(a+b)+tanh(b)**2')
    assert layout(Graph(Value(2)), 8, NODE, LANE)[0][0].x == 4
