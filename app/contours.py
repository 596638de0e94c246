"""Contour lines: along each of them the height stays the same, so that a flat map shows a landscape."""
import numpy as np
from contourpy import contour_generator

RIM = 0.12, 0.06    # of the window: so near to its rim no name stands
APART = 0.22        # so far from each other names stand at least


def contours(x, y, heights, levels, names=()):
    """The `lines` of a map: x[], y[], starts[], and each name (one for a level, '' for none) at a place on its longest piece.

    x: (k,), y: (m,), heights: (m, k). Points that a straight line would pass within a fraction of a pixel are left out.
    """
    pieces, named, taken = [], [], []
    generator = contour_generator(x, y, heights)
    size = x[-1] - x[0], y[-1] - y[0]
    for level, name in zip(levels, names or [''] * len(levels), strict=True):
        found = [simple(piece, min(size) / 700) for piece in generator.lines(level)]
        found = [piece for piece in found if len(piece) > 1]
        if name and found:
            before, longest = sum(map(len, pieces)), int(np.argmax([length(piece) for piece in found]))
            spot = free_spot(found[longest], (x[0], y[0]), size, taken)
            if spot is not None:
                named.append((name, before + sum(map(len, found[:longest])) + spot))
        pieces += found
    points = light(np.concatenate([*pieces, np.empty((0, 2))]), size)
    starts = np.cumsum([0, *map(len, pieces)])[:len(pieces)].tolist()
    return {'x': points[:, 0], 'y': points[:, 1], 'starts': starts,
            'names': [name for name, _ in named], 'at': [at for _, at in named]}


def light(points, size):
    """Places on a window of this size, (n, 2), to less than a tenth of a pixel, in few bytes."""
    unit = 2.0 ** np.floor(np.log2(np.asarray(size, float) / 4000))
    return (np.round(points / unit) * unit).astype(np.float32)


def thinned(points, apart):
    """The numbers of the points that stand at least so far from the last one kept, (n, 2) → (k,)."""
    kept = [0]
    for i, point in enumerate(points):
        if np.hypot(*(point - points[kept[-1]])) >= apart:
            kept.append(i)
    return np.array(kept)


def length(piece):
    return np.hypot(*np.diff(piece, axis=0).T).sum()


def free_spot(piece, corner, size, taken):
    """The number of the point of a piece that is furthest from all names so far, inside the rim; None if none is far enough."""
    places = (piece - corner) / size
    far = np.min([np.hypot(*(places - other).T) for other in taken] or [np.full(len(places), .5)], axis=0)
    far = np.where((places > RIM).all(1) & (places < 1 - np.array(RIM)).all(1), far, 0)
    best = int(np.argmax(far))
    if far[best] < APART:
        return None
    taken.append(places[best])
    return best


def simple(piece, within):
    """The piece without the points that the rest of it passes closer than `within` (Ramer, Douglas and Peucker)."""
    keep, todo = np.zeros(len(piece), bool), [(0, len(piece) - 1)]
    keep[[0, -1]] = True
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        (x0, y0), (dx, dy) = piece[a], piece[b] - piece[a]
        inner, chord = piece[a + 1:b], np.hypot(dx, dy)
        off = np.abs((inner[:, 0] - x0) * dy - (inner[:, 1] - y0) * dx) / chord if chord else np.hypot(*(inner - piece[a]).T)
        if off.max() > within:
            middle = a + 1 + int(np.argmax(off))
            keep[middle] = True
            todo += [(a, middle), (middle, b)]
    return piece[keep]
