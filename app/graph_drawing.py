"""Where the nodes and edges of a computation stand in a picture.

Wide, results stand in rows below what they were computed from. Narrow, they stand one below the other, in the order in
which they become known, with the edges at their left.
"""
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from core.graph_layout import layout

WIDE = dict(size=720, node=172, lane=14, box=(150, 56), line=20, gap=18, top=6, font=16)
NARROW = dict(size=340, first=5, lane=11, line=19, row=46, gap=7, font=14)


class Drawing(NamedTuple):
    """Where a graph stands, in units of the picture, y downward. Series are in the order of graph.nodes and graph.edges."""
    height: float
    boxes: tuple    # (x, y, w, h) of each node
    tags: tuple     # (x, y, most) of each edge: the middle of its words, and how wide they may be
    pieces: tuple   # (edge, x, y, x1, y1): the straight pieces of all edges
    anchor: str     # of the tags


def drawing(graph, width, top=0):
    """Where everything stands, below `top`; worked out once for all graphs of one shape."""
    return of_shape(tuple((node.id, tuple(edge.child for edge in graph.edges_into(node.id))) for node in graph.nodes), width, top)


@lru_cache(256)
def of_shape(shape, width, top):
    """Each edge has as many pieces in both widths, so that what plays over one plays over the other."""
    both = {'wide': in_rows(Plain(shape), top), 'narrow': in_a_list(Plain(shape), top)}
    counts = {name: Counter(piece[0] for piece in drawn.pieces) for name, drawn in both.items()}
    drawn, padded = both[width], []
    for edge in sorted(counts[width]):
        own = [piece for piece in drawn.pieces if piece[0] == edge]
        end = (edge, *own[-1][3:], *own[-1][3:])
        padded += own + [end] * (max(count[edge] for count in counts.values()) - len(own))
    return drawn._replace(pieces=tuple(padded))


class Plain:
    """What `layout` asks of a graph, for one that has no numbers."""

    class Node(NamedTuple):
        id: int
        depth: int

    class Edge(NamedTuple):
        child: int
        parent: int
        slot: int

    def __init__(self, shape):
        self.into, self.outof, depths = {}, {id: [] for id, _ in shape}, {}
        for id, children in shape:
            depths[id] = 1 + max((depths[child] for child in children), default=-1)
            self.into[id] = [self.Edge(child, id, slot) for slot, child in enumerate(children)]
            for edge in self.into[id]:
                self.outof[edge.child].append(edge)
        self.nodes = [self.Node(id, depths[id]) for id, _ in shape]
        self.root = self.nodes[-1]
        self.edges = [edge for node in self.nodes for edge in self.into[node.id]]

    def node(self, id):
        return next(node for node in self.nodes if node.id == id)

    def edges_into(self, id):
        return self.into[id]

    def edges_from(self, id):
        return self.outof[id]


# ---- wide: rows

def in_rows(graph, top):
    w, (box_w, box_h), line = WIDE, WIDE['box'], WIDE['line']
    rows = layout(graph, w['size'] - 8, w['node'], w['lane'])
    boxes, below, lanes, y = {}, {}, [], top + w['top']
    for k, row in enumerate(rows):
        words = max(len(graph.edges_into(spot.id)) for spot in row if not spot.lane)
        y += w['gap'] + words * line if k else 0
        for spot in row:
            if not spot.lane:
                boxes[spot.id] = (spot.x + 4 - box_w / 2, y, box_w, box_h)
        lanes.append({spot.id: spot.x + 4 for spot in row})
        below[k] = (y, y + box_h)
        y += box_h
    row_of = {spot.id: k for k, row in enumerate(rows) for spot in row if not spot.lane}
    tags, pieces = [], []
    for n, edge in enumerate(graph.edges):
        path = way(edge, row_of, lanes, below, boxes)
        pieces += [(n, *a, *b) for a, b in pairwise(path)]
        x, y, *_ = boxes[edge.parent]
        slots = len(graph.edges_into(edge.parent))
        tags.append((x + box_w / 2, y - 9 - line * (slots - 1 - edge.slot) - 1, w['node'] - 4))
    return Drawing(y_end(boxes) + 8, tuple(boxes[node.id] for node in graph.nodes), tuple(tags), tuple(pieces), 'middle')


def way(edge, row_of, lanes, below, boxes):
    """The corners of an edge: out of the child's lower side, through its lanes, into the parent's upper side."""
    first, last = row_of[edge.child], row_of[edge.parent]
    x, y, w, h = boxes[edge.child]
    path = [(x + w / 2, y + h)]
    for k in range(first + 1, last):
        path += [(lanes[k][edge.child], below[k][0]), (lanes[k][edge.child], below[k][1])]
    x, y, w, _ = boxes[edge.parent]
    return [*path, (x + w * (.3 + .4 * edge.slot), y)]


def y_end(boxes):
    return max(y + h for _, y, _, h in boxes.values())


# ---- narrow: a list

def in_a_list(graph, top):
    n, line = NARROW, NARROW['line']
    last = {node.id: max((edge.parent for edge in graph.edges_from(node.id)), default=node.id) for node in graph.nodes}
    free, lane_of = [], {}                          # which id each lane is taken until
    for node in graph.nodes:
        if last[node.id] == node.id:
            continue
        at = next((i for i, until in enumerate(free) if until <= node.id), len(free))
        free[at:at + 1] = [last[node.id]]
        lane_of[node.id] = at
    step = min(n['lane'], 80 / max(1, len(free)))
    left = n['first'] + step * len(free) + 12
    boxes, tags, y = {}, {}, top + 4
    for node in graph.nodes:
        words = len(graph.edges_into(node.id))
        boxes[node.id] = (left, y, n['size'] - left - 4, n['row'] + line * words)
        for edge in graph.edges_into(node.id):
            tags[edge] = (left + 10, y + line * (edge.slot + .5) + 5, n['size'] - left - 24)
        y += n['row'] + line * words + n['gap']
    pieces = []
    for i, edge in enumerate(graph.edges):
        x = left - 12 - step * lane_of[edge.child]
        (_, high, _, tall), into = boxes[edge.child], tags[edge][1]
        out = high + tall - n['row'] / 2
        pieces += [(i, left, out, x, out + 9), (i, x, out + 9, x, into - 9), (i, x, into - 9, left, into)]
    return Drawing(y + 2, tuple(boxes[node.id] for node in graph.nodes), tuple(tags[edge] for edge in graph.edges),
                   tuple(pieces), 'start')
