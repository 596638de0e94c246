"""Where the nodes of a graph stand, so that all of it can be read: in rows, every result below what it was computed from.

Each node stands as near to what uses it as it can (the longest path from the result decides its row), and no row is
wider than the paper: what does not fit moves up. An edge that crosses rows gets a lane of its own in each of them, so
that it runs through nothing. Rows are ordered by medians, to and fro, until fewer edges cross; then each node moves as
near to its neighbours as its row allows.
"""
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 8


class Spot(NamedTuple):
    """A place in a row: that of a node, or a lane in which the edges of a node from further up pass by."""
    id: int         # the node
    lane: bool
    x: float = 0.0  # its middle


def layout(graph, width, node, lane):
    """The rows of a graph from the top, a tuple of tuples of Spot, from left to right, x between 0 and width.

    node, lane: how much room each of them takes across; a row holds as many as fit, and at least one node.
    Raises ValueError where more edges pass by than the paper is wide.

    >>> from core.expressions import Expression
    >>> f = Expression('(a*b)*(a+b)')
    >>> from core.graph import Graph
    >>> rows = layout(Graph(f.value({'a': -2, 'b': 3})), width=6, node=2, lane=.5)
    >>> [[(spot.id, spot.x) for spot in row] for row in rows]
    [[(0, 2.0), (1, 4.0)], [(2, 2.0), (3, 4.0)], [(4, 3.0)]]
    """
    rows = ordered(graph, filled(graph, width, node, lane))
    return placed(graph, rows, width, {False: node, True: lane})


def filled(graph, width, node, lane):
    """The rows as sets of spots, the result's last: from the result up, those first that have most above them."""
    waiting = {one.id: len({edge.parent for edge in graph.edges_from(one.id)}) for one in graph.nodes}
    ready, pending, rows = [graph.root.id], set(), []
    while ready:
        ready.sort(key=lambda id: (-graph.node(id).depth, id))
        row = []
        for id in ready:                            # whoever is placed needs no lane any more
            taken = node * (len(row) + 1) + lane * len(pending - {*row, id})
            if not row or taken <= width:
                row.append(id)
        passing = pending - set(row)
        if len(row) * node + lane * len(passing) > width:
            raise ValueError(f'{len(passing)} edges pass by each other, and the paper needs to be wider for so many.')
        rows.append([Spot(id, False) for id in row] + [Spot(id, True) for id in sorted(passing)])
        ready = [id for id in ready if id not in row]
        pending = passing
        for id in row:
            for child in {edge.child for edge in graph.edges_into(id)}:
                pending.add(child)
                waiting[child] -= 1
                if not waiting[child]:
                    ready.append(child)
    return rows[::-1]


def links(graph, rows):
    """The pieces of edges between each row and the next: a list of (place above, place below) for each pair of rows."""
    found = []
    for above, below in pairwise(rows):
        at = {spot.id: i for i, spot in enumerate(above)}
        found.append([(at[child], j) for j, spot in enumerate(below)
                      for child in ([spot.id] if spot.lane else [edge.child for edge in graph.edges_into(spot.id)])])
    return found


def crossings(pieces):
    """How many pairs of pieces between two rows cross."""
    return sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(pieces) for c, d in pieces[:i])


def ordered(graph, rows):
    """The rows in the order, of those that the sweeps come by, in which the fewest edges cross."""
    first = {one.id: i for i, one in enumerate(graph.nodes)}
    rows = [sorted(row, key=lambda spot: first[spot.id]) for row in rows]
    best, least = rows, sum(map(crossings, links(graph, rows)))
    for sweep in range(SWEEPS):
        rows = [list(row) for row in rows]
        down = sweep % 2 == 0
        for k in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            pieces = links(graph, rows[k - 1:k + 1])[0] if down else links(graph, rows[k:k + 2])[0]
            here, there = (1, 0) if down else (0, 1)
            medians = {i: median([piece[there] for piece in pieces if piece[here] == i], i) for i in range(len(rows[k]))}
            rows[k] = [spot for _, spot in sorted(enumerate(rows[k]), key=lambda item: (medians[item[0]], item[0]))]
        count = sum(map(crossings, links(graph, rows)))
        if count < least:
            best, least = rows, count
    return best


def median(places, otherwise):
    """The middle one of some places; between the two in the middle, as is usual, their mean."""
    places = sorted(places)
    half = len(places) // 2
    if not places:
        return otherwise
    return places[half] if len(places) % 2 else (places[half - 1] + places[half]) / 2


def placed(graph, rows, width, room):
    """The rows with an x for each spot: as near to those above and below as the order and the room allow."""
    rows = [[spot._replace(x=x) for spot, x in zip(row, spread([width / 2] * len(row), row, width, room), strict=True)]
            for row in rows]
    for sweep in range(2 * SWEEPS):
        for k in range(len(rows)) if sweep % 2 else range(len(rows) - 1, -1, -1):
            wishes = [[] for _ in rows[k]]
            if k:
                for i, j in links(graph, rows[k - 1:k + 1])[0]:
                    wishes[j].append(rows[k - 1][i].x)
            if k + 1 < len(rows):
                for i, j in links(graph, rows[k:k + 2])[0]:
                    wishes[i].append(rows[k + 1][j].x)
            wanted = [sum(wish) / len(wish) if wish else spot.x for wish, spot in zip(wishes, rows[k], strict=True)]
            xs = spread(wanted, rows[k], width, room)
            rows[k] = [spot._replace(x=x) for spot, x in zip(rows[k], xs, strict=True)]
    return tuple(map(tuple, rows))


def spread(wanted, row, width, room):
    """Places as near as can be to those that are wanted (least squares), in order, none in the room of another.

    >>> spread([5, 5], [Spot(0, False), Spot(1, False)], 10, {False: 2})
    [4.0, 6.0]
    """
    sizes, offsets, at = [room[spot.lane] for spot in row], [], 0.0
    for size in sizes:
        offsets.append(at + size / 2)
        at += size
    blocks = []                                     # [mean, how many]: neighbours that touch move together
    for wish, offset in zip(wanted, offsets, strict=True):
        blocks.append([wish - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, n) = blocks[-2:]
            blocks[-2:] = [[(a * m + b * n) / (m + n), m + n]]
    shifts = [min(max(mean, 0.0), width - at) for mean, count in blocks for _ in range(count)]
    return [float(shift + offset) for shift, offset in zip(shifts, offsets, strict=True)]
