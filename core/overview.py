"""A large graph from further away: some nodes stay, and one edge stands for all the paths between two of them.

The local derivative of such an edge is the sum over those paths of the product along each: the chain rule once more.
"""
from core.graph import Graph


class Overview(Graph):
    """What a Graph looks like when only some of its nodes are shown: with the ids, values and gradients that they have.

    graph: the whole. keep: ids of the nodes to show; the root always stays. An edge between two kept nodes stays as
    it was; paths through nodes that have gone become one edge. It can be read and stepped as any Graph.
    Raises ValueError for the id of no node.

    >>> from core.autograd import Value
    >>> a = Value(3)
    >>> [edge.local for edge in Overview(Graph(2 * a * a + a), keep=[1]).edges]  # id 0 is the 2, id 1 is a
    [1.0, 12.0]
    """

    def __init__(self, graph, keep):
        if not isinstance(graph, Graph):
            raise ValueError(f'graph is {graph!r:.60}, and needs to be a Graph.')
        kept = {graph.node(id).id for id in keep} | {graph.root.id}
        self._whole, self._ids = graph, graph._ids
        self._draw({id: graph.node(id)[1:4] for id in sorted(kept)}, {id: _operands(graph, id, kept) for id in kept})

    def with_leaves(self, numbers):
        """The same overview of the graph with other numbers at its leaves, also at leaves that are not shown."""
        return Overview(self._whole.with_leaves(numbers), self._nodes)


def _operands(graph, id, kept):
    """The (child, local derivative) pairs of a node once all that is not kept has gone."""
    inputs = graph.edges_into(id)
    direct = [(edge.child, edge.local) for edge in inputs if edge.child in kept]
    hidden = list({edge.child for edge in inputs} - kept)
    found = set(hidden)
    for node in hidden:  # the list grows while it is read
        new = {edge.child for edge in graph.edges_into(node)} - kept - found
        found |= new
        hidden.extend(new)
    slopes, merged = {id: 1.0}, {}
    for node in [id, *sorted(found, reverse=True)]:  # results before operands: ids grow forward
        for edge in graph.edges_into(node):
            if edge.child not in kept:
                slopes[edge.child] = slopes.get(edge.child, 0.0) + edge.local * slopes[node]
            elif node != id:
                merged[edge.child] = merged.get(edge.child, 0.0) + edge.local * slopes[node]
    return direct + sorted(merged.items())
