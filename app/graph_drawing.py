"""Where the nodes and edges of a computation stand in a picture.

Wide, results stand in rows below what they were computed from. Narrow, they stand one below the other, in the order in
which they become known, with the edges as arcs at their left.
"""
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from core.graph_layout import layout

WIDE = dict(size=720, node=174, lane=14, box=(166, 34), grad=22, line=20, gap=14, top=6, font=16)
NARROW = dict(size=340, left=52, box=(150, 40), line=19, gap=8)


class Drawing(NamedTuple):
    """Where a graph stands, in units of the picture, y downward. Series are in the order of graph.nodes and graph.edges."""
    height: float
    boxes: tuple    # (x, y, w, h) of each node
    grads: tuple    # (x, y) of the words of its gradient
    tags: tuple     # (x, y) of the words of each edge
    pieces: tuple   # (edge, x, y, x1, y1): the straight pieces of all edges
    bends: tuple    # how far each piece stands off the straight line; None: all are straight
    anchor: str     # of the words


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
    bends = drawn.bends and tuple(drawn.bends[piece[0]] if piece in drawn.pieces else 0 for piece in padded)
    return drawn._replace(pieces=tuple(padded), bends=bends)


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
    (box_w, box_h), line, gap = WIDE['box'], WIDE['line'], WIDE['gap']
    rows = layout(graph, WIDE['size'] - 8, WIDE['node'], WIDE['lane'])
    spans = [(spot.x, (WIDE['lane'] if spot.lane else WIDE['node']) / 2) for row in rows for spot in row]
    left, right = min(x - half for x, half in spans), max(x + half for x, half in spans)
    aside = WIDE['size'] / 2 - (left + right) / 2                  # all of it stands in the middle
    boxes, below, lanes, row_of, y = {}, {}, [], {}, top + WIDE['top']
    for k, row in enumerate(rows):
        words = max(len(graph.edges_into(spot.id)) for spot in row if not spot.lane)
        y += gap + words * line if k else 0
        for spot in row:
            if not spot.lane:
                boxes[spot.id], row_of[spot.id] = (round(spot.x + aside - box_w / 2), y, box_w, box_h), k
        lanes.append({spot.id: round(spot.x + aside) for spot in row})
        below[k] = (y, y + box_h + WIDE['grad'])
        y += box_h + WIDE['grad']
    tags, pieces = [], []
    for n, edge in enumerate(graph.edges):
        pieces += [(n, *a, *b) for a, b in pairwise(way(edge, row_of, lanes, below, boxes))]
        x, high, *_ = boxes[edge.parent]
        slots = len(graph.edges_into(edge.parent))
        tags.append((x + box_w // 2, high - 10 - line * (slots - 1 - edge.slot)))
    at = [boxes[node.id] for node in graph.nodes]
    grads = tuple((x + box_w // 2, high + box_h + 13) for x, high, *_ in at)
    return Drawing(y + 4, tuple(at), grads, tuple(tags), tuple(pieces), None, 'middle')


def way(edge, row_of, lanes, below, boxes):
    """The corners of an edge: out of the child's lower side, through its lanes, into the parent's upper side."""
    first, last = row_of[edge.child], row_of[edge.parent]
    x, y, w, h = boxes[edge.child]
    path = [(x + w // 2, y + h)]
    for k in range(first + 1, last):
        path += [(lanes[k][edge.child], below[k][0]), (lanes[k][edge.child], below[k][1])]
    x, y, w, _ = boxes[edge.parent]
    return [*path, (round(x + w * (.3 + .4 * edge.slot)), y)]


# ---- narrow: a list

def in_a_list(graph, top):
    line, left, (box_w, box_h) = NARROW['line'], NARROW['left'], NARROW['box']
    boxes, tags, y = {}, {}, top + 4
    for node in graph.nodes:
        for edge in graph.edges_into(node.id):
            tags[edge] = (left + 10, y + line * edge.slot + 9)
        y += line * len(graph.edges_into(node.id))
        boxes[node.id] = (left, y, box_w, box_h)
        y += box_h + NARROW['gap']
    pieces, bends = [], []
    for i, edge in enumerate(graph.edges):
        out, into = boxes[edge.child][1] + box_h // 2, tags[edge][1]
        pieces.append((i, left, out, left + 4, into))
        bends.append(-min(left - 8, 12 + (into - out) // 8))        # to the left, and wider the further away it ends
    at = [boxes[node.id] for node in graph.nodes]
    grads = tuple((NARROW['size'] - 4, high + box_h // 2) for _, high, *_ in at)
    return Drawing(y + 2, tuple(at), grads, tuple(tags[edge] for edge in graph.edges), tuple(pieces), tuple(bends), 'start')
