"""Where the parts of a network are on its picture: units in columns, edges between them, numbers where they hide nothing."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

FONT = {'wide': 16, 'narrow': 14}
LETTER = 0.57               # of the font's size: how wide a digit is
WIDEST = 5.2                # digits of a number beside an edge, as a rule
LARGEST = {'wide': 27, 'narrow': 24}
LANE = 13                   # between edges that pass the hidden units side by side
STUB = 20                   # how long the edge of a bias is
MOST_NUMBERED = 30          # edges
THICK = 5                   # half of the thickest edge
GAP = 3                     # between a text and whatever else there is


class Layout(NamedTuple):
    """Where the parts of a network are, in units of the picture, y up. Edges are in the order of the parameters."""
    r: float
    font: int
    nodes: np.ndarray       # (units, 2), column by column
    first: tuple            # the number of the first node of each column
    x: np.ndarray           # (P,): where each edge begins …
    y: np.ndarray
    x1: np.ndarray          # … and ends
    y1: np.ndarray
    bend: np.ndarray
    at: np.ndarray          # (n, 2): where the numbers of some edges are
    numbered: tuple         # which edges these are
    roomy: bool             # whether a number fits into a node
    headroom: bool          # whether a name fits above one


@lru_cache(maxsize=256)
def layout(sizes, shortcut, box, width='wide', two_lines=False):
    """Where everything is, for networks of these sizes in a box: 1 to 4 hidden layers of up to 8 units, and more.

    Units become smaller until no edge runs through one that it has nothing to do with, and where a shortcut passes hidden
    units there is made room above and below them.
    """
    font, room, arch = FONT[width], box[3] / max(sizes), 0.0
    r = min(LARGEST[width], room * .5 - 4, max(room - STUB, room * .3), box[2] / (len(sizes) * 3))
    for _ in range(6):
        place, trails = arranged(sizes, shortcut, box, font, r, arch, two_lines)
        beyond = max(-trails[..., 1].min(), trails[..., 1].max() - box[3]) + (THICK if place.bend.any() else 0)
        near = nearest(place, trails) - 1.5
        if beyond <= 0 and near >= r:
            break
        arch, r = arch + max(beyond + 1, 0), min(r, max(near, 4), (box[3] - 2 * arch) / max(sizes) * .5 - 4)
    return light(numbered(place, trails, box, two_lines))


def light(place):
    """The layout to eighths of a unit, which weigh little on a page."""
    def eighths(numbers):
        return np.round(8 * numbers).astype(np.float32) / 8

    return place._replace(**{field: eighths(getattr(place, field)) for field in ('nodes', 'x', 'y', 'x1', 'y1', 'bend', 'at')})


def arranged(sizes, shortcut, box, font, r, arch, two_lines):
    """A layout without numbers, for units of radius r and with so much room above and below, and points along its edges."""
    _, _, across, high = box
    room, columns = (high - 2 * arch) / max(sizes), len(sizes)
    headroom = room >= 2 * r + STUB + font * .9
    stub, side = min(STUB, max(room - 2 * r - 2, 6)), r + font * 1.7
    below, above = stub + (font * (2 if two_lines else 1) if headroom else 0), font * 1.5 if headroom else 0
    middle, free, nodes, first = (high + below - above) / 2, high - 2 * arch - 2 * r - below - above, [], []
    for x, n in zip(np.linspace(side, across - side, columns), sizes, strict=True):
        first.append(len(nodes))
        gap = min(free / max(n - 1, 1), max(1.1 * (across - 2 * side) / (columns - 1), 2 * r + STUB + 2 * font))
        nodes += [(x, middle + ((n - 1) / 2 - i) * gap) for i in range(n)]
    nodes, texts = np.array(nodes), font * headroom
    clear = r + 8, texts, stub + (2.6 if two_lines else 1.2) * texts            # of units from a shortcut; above, below
    edges = np.array(list(edges_of(sizes, shortcut, nodes, first, r + stub, r, clear)), float).T
    trails = trails_of(*edges)
    named, size = [(x, y + r + font * .75) for x, y in nodes[first[1]:first[-1]]], np.array([font * .7, font * .55])
    headroom = bool(headroom and all(clear_of(spot, size, [], trails, nodes, r) > 0 for spot in named))
    return Layout(r, font, nodes, tuple(first), *edges, np.zeros((0, 2)), (), 2 * r >= font * 2.9, headroom), trails


def nearest(place, trails):
    """How near an edge comes to the middle of a unit at which it neither begins nor ends; biases aside."""
    away = np.hypot(*np.moveaxis(trails[:, :, None] - place.nodes, 3, 0))           # (25, P, units)
    own = np.minimum(away[0], away[-1]) < 1e-6
    own[place.x == place.x1] = True
    return np.where(own, np.inf, away.min(axis=0)).min()


def trails_of(x, y, x1, y1, bend):
    """Points along each edge, (25, P, 2)."""
    along, dx, dy = np.linspace(0, 1, 25)[:, None], x1 - x, y1 - y
    length = np.maximum(np.hypot(dx, dy), 1e-9)
    off = 4 * along * (1 - along) * bend                    # y goes up here, so what is bent to its right goes to its left
    return np.stack([x + along * dx - off * dy / length, y + along * dy + off * dx / length], 2)


def edges_of(sizes, shortcut, nodes, first, below, r, clear):
    """(x, y, x1, y1, bend) of every parameter, in their order."""
    last = len(sizes) - 2
    for k, units in enumerate(sizes[1:]):
        before, here = [first[k] + j for j in range(sizes[k])], [first[k + 1] + i for i in range(units)]
        past = range(sizes[0]) if shortcut and k == last else ()
        for i in here:
            for j in past:
                yield (*nodes[j], *nodes[i], bend_of(j, i, sizes, nodes, first, clear))
            for j in before:
                yield (*nodes[j], *nodes[i], 0)
        for x, y in nodes[here]:
            yield x, y - below, x, y - r, 0


def bend_of(source, target, sizes, nodes, first, clear):
    """How far the middle of a shortcut must stand off the straight line to pass all hidden units: above them, or below."""
    (x0, y0), (x1, y1) = nodes[source], nodes[target]
    up = source < sizes[0] / 2
    away, name, stub = clear
    away += (source if up else sizes[0] - 1 - source) * LANE + (name if up else stub)
    needed = 0.0
    for k in range(1, len(sizes) - 1):
        column = nodes[first[k]:first[k] + sizes[k]]
        t = (column[0, 0] - x0) / (x1 - x0)
        straight = y0 + t * (y1 - y0)
        missing = column[:, 1].max() + away - straight if up else straight - (column[:, 1].min() - away)
        needed = max(needed, missing / (4 * t * (1 - t)))
    return needed if up else -needed


# ---- numbers beside edges: where none of them hides anything ----

def numbered(place, trails, box, two_lines):
    """The layout with places for the numbers of its edges: of all, or of all but the biases, or of none."""
    if len(place.x) > MOST_NUMBERED:
        return place
    nodes, r, font = place.nodes, place.r, place.font
    half = np.array([font * LETTER * WIDEST / 2, font * (1.15 if two_lines else .62)]) + GAP
    name = np.array([font * .7, font * .55])
    taken = [(x, y + r + font * .75) for x, y in nodes[place.first[1]:place.first[-1]]] if place.headroom else []
    stubs, choices = place.x == place.x1, []
    for i, (x, y, y1) in enumerate(zip(place.x, place.y, place.y1, strict=True)):
        heights = (y + y1) / 2, y, y - half[1] / 2, y - half[1]
        spots = trails[3:22, i] if not stubs[i] else np.array(
            [[x + side * (half[0] + 2), height] for height in heights for side in (1, -1)] + [[x, y - half[1]]])
        fits = ((spots - half >= 0) & (spots + half <= box[2:])).all(1)
        fits &= np.array([all((np.abs(spot - other) >= half + name).any() for other in taken) for spot in spots])
        clear = [clear_of(spot, half, i, trails, nodes, r) if fit else 0 for spot, fit in zip(spots, fits, strict=True)]
        choices.append([spots[k] for k in np.argsort(clear)[::-1] if clear[k] > 0])
    for wanted in (range(len(choices)), np.flatnonzero(~stubs).tolist()):
        order, placed = sorted(wanted, key=lambda i: len(choices[i])), {}
        if settle(order, choices, placed, 2 * half, [4000]):
            return place._replace(at=np.array([placed[i] for i in wanted]), numbered=tuple(wanted))
    return place


def clear_of(spot, half, own, trails, nodes, r):
    """How far a text at this spot is from the nearest edge that is not its own, and from the nearest node."""
    to_nodes = np.hypot(*np.maximum(np.abs(nodes - spot) - half, 0).T).min() - r
    others = np.delete(trails, own, axis=1)
    outside = np.abs(others - spot) - half
    to_edges = np.where((outside < 0).all(2), outside.max(2), np.hypot(*np.moveaxis(np.maximum(outside, 0), 2, 0))).min()
    return min(to_nodes, to_edges)


def settle(order, choices, placed, size, patience):
    """Places one text after the other so that no two overlap, and takes back where that fails; False where it can't be done."""
    if len(placed) == len(order):
        return True
    i = order[len(placed)]
    for spot in choices[i]:
        patience[0] -= 1
        if patience[0] < 0:
            return False
        if all((np.abs(spot - other) >= size - GAP).any() for other in placed.values()):
            placed[i] = spot
            if settle(order, choices, placed, size, patience):
                return True
            del placed[i]
    return False
