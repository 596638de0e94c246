"""How each kind of mark is drawn: one small function per kind, from the mark's numbers to SVG elements.

static/marks.js has a function of the same name for each, and both must agree to the digit: the server's picture is then
taken over in the browser as it stands. A test holds the two together.
"""
import base64
import struct
import zlib
from itertools import pairwise
from math import floor, sqrt

import numpy as np

from app.contours import simple
from app.mesh import View

FAR = 100_000       # no coordinate is further out than this: a browser's own limits are never met
GRIPS = {'x': 'm-3 -3l-3 3l3 3m6 -6l3 3l-3 3', 'y': 'm-3 -3l3 -3l3 3m-6 6l3 3l3 -3',
         'both': 'm-4 -2l-2 2l2 2m8 -4l2 2l-2 2m-6 -6l2 -2l2 2m-4 8l2 2l2 -2'}


class Paper:
    """What a mark must know of the rest of its scene. A wide picture is 720 units across, a narrow one 340."""

    def __init__(self, scene):
        self.marks = scene['marks']
        self.scales = {name: Scale(plane) for name, plane in scene['planes'].items()}
        self.text, self.hit, self.knob = (16, 27, 11) if scene['size'][0] >= 600 else (14, 24, 10)


class Scale:
    """From a plane's numbers to units of the picture."""

    def __init__(self, plane):
        self.box, (self.x0, self.x1), (self.y0, self.y1) = plane['box'], plane['x'], plane['y']

    def x(self, value):
        left, _, width, _ = self.box
        with np.errstate(over='ignore'):
            return clamp(left + (np.asarray(value, float) - self.x0) / (self.x1 - self.x0) * width)

    def y(self, value):
        _, top, _, height = self.box
        with np.errstate(over='ignore'):
            return clamp(top + height - (np.asarray(value, float) - self.y0) / (self.y1 - self.y0) * height)


def clamp(value):
    return np.minimum(np.maximum(value, -FAR), FAR)


def number(value):
    """A tenth of a unit is fine enough. Ties go up, as in JavaScript; Python's own rounding would differ."""
    return f'{floor(min(max(value, -FAR), FAR) * 10 + .5) / 10:.1f}'.removesuffix('.0')


def numbers(values):
    return [f'{value:.1f}'.removesuffix('.0') for value in (np.floor(clamp(values) * 10 + .5) / 10).tolist()]


def path(xs, ys):
    return ' '.join(f'{x},{y}' for x, y in zip(numbers(xs), numbers(ys), strict=True))


def height_at(line, x):
    """How high a polyline stands at x; beyond its ends the last piece goes on."""
    xs, ys, i = line['x'], line['y'], 1
    while i < len(xs) - 1 and xs[i] < x:
        i += 1
    left, right, low, high = float(xs[i - 1]), float(xs[i]), float(ys[i - 1]), float(ys[i])
    return low + (high - low) * (x - left) / (right - left)


# ---- the elements inside a mark's group, as (tag, attributes, words); a number is rounded, '' and None mean: none ----

def points(mark, scale, paper):
    n, r = len(mark['x']), mark.get('r') or 4
    places = numbers(scale.x(mark['x'])), numbers(scale.y(mark['y'])), of_each(mark, 'inks', n), of_each(mark, 'lits', n)
    return [('circle', {'cx': x, 'cy': y, 'r': r, 'class': ink, 'data-lit': lit}) for x, y, ink, lit in zip(*places, strict=True)]


def line(mark, scale, paper):
    return [('polyline', {'points': path(scale.x(mark['x']), scale.y(mark['y'])), 'fill': 'none'})]


def lines(mark, scale, paper):
    """All pieces as one path, and the names that stand on them."""
    tenths = np.floor(np.stack([scale.x(mark['x']), scale.y(mark['y'])], 1) * 10 + .5)
    ends = [*map(int, mark['starts']), len(tenths)]
    drawn = [('path', {'d': ''.join(trail(tenths[a:b]) for a, b in pairwise(ends) if b > a), 'fill': 'none'})]
    for words, i in zip(mark.get('names') or (), mark.get('at') or (), strict=True):
        drawn.append(('text', middle(scale.x(mark['x'][i]), scale.y(mark['y'][i]), paper), words))
    return drawn


def trail(tenths):
    """A piece of a path: where it begins, and from each point to the next, which takes few digits."""
    first, *steps = (f'{number(x / 10)} {number(y / 10)}' for x, y in np.diff(tenths, axis=0, prepend=0 * tenths[:1]).tolist())
    return f'M{first}' + (f'l{" ".join(steps)}' if steps else '')


def area(mark, scale, paper):
    x, base = scale.x(mark['x']), scale.y(mark['base'])
    ends = [x[-1], x[0]] if len(x) else []
    return [('polygon', {'points': path([*x, *ends], [*scale.y(mark['y']), *(base for _ in ends)])})]


def tiles(mark, scale, paper):
    """Rectangles by their lower left corners."""
    return [('rect', box) for box in boxes(*corners(mark, scale))]


def corners(mark, scale):
    x, x1 = scale.x(mark['x']), scale.x(np.asarray(mark['x'], float) + np.asarray(mark['w'], float))
    y, y1 = scale.y(mark['y']), scale.y(np.asarray(mark['y'], float) + np.asarray(mark['h'], float))
    return x, x1, y, y1


def boxes(x, x1, y, y1):
    ends = np.minimum(x, x1), np.minimum(y, y1), np.abs(x1 - x), np.abs(y1 - y)
    return [{'x': a, 'y': b, 'width': c, 'height': d} for a, b, c, d in zip(*map(numbers, ends), strict=True)]


def squares(mark, scale, paper):
    """Either of a given size, standing on their lower left corners, or as wide as they are high: an error, squared."""
    x = scale.x(mark['x'])
    if mark.get('side') is not None:
        side = np.asarray(mark['side'], float)
        top = scale.y(mark['y']) - side
    else:
        a, b = scale.y(mark['y0']), scale.y(mark['y1'])
        side, top = np.abs(a - b), np.minimum(a, b)
    if mark.get('left') is not None:
        x = np.where(mark['left'], x - side, x)
    return [('rect', {'x': x, 'y': y, 'width': d, 'height': d})
            for x, y, d in zip(numbers(x), numbers(top), numbers(side), strict=True)]


def arrow(mark, scale, paper):
    x, y, x1, y1 = scale.x(mark['x']), scale.y(mark['y']), scale.x(mark['x1']), scale.y(mark['y1'])
    dx, dy = x1 - x, y1 - y
    length = sqrt(dx * dx + dy * dy)
    head = min(12, length)
    ux, uy = (dx / length, dy / length) if length else (0, 0)
    bx, by, half = x1 - ux * head, y1 - uy * head, head * .4
    tip = path([x1, bx - uy * half, bx + uy * half], [y1, by + ux * half, by - ux * half])
    return [('line', {'x1': x, 'y1': y, 'x2': bx, 'y2': by}), ('polygon', {'points': tip})]


def edges(mark, scale, paper):
    value = np.asarray(mark['value'], float)
    x, y, x1, y1 = scale.x(mark['x']), scale.y(mark['y']), scale.x(mark['x1']), scale.y(mark['y1'])
    looks = [{'stroke-width': width, 'class': sign(v), 'data-lit': lit} for width, v, lit in zip(
        numbers(np.minimum(9, np.abs(value) * 1.2 + .4)), value, of_each(mark, 'lits', len(value)), strict=True)]
    if mark.get('bend') is None:
        return [('line', {'x1': a, 'y1': b, 'x2': c, 'y2': d} | look)
                for a, b, c, d, look in zip(*map(numbers, (x, y, x1, y1)), looks, strict=True)]
    dx, dy, bend = x1 - x, y1 - y, np.asarray(mark['bend'], float)
    length = np.maximum(np.sqrt(dx * dx + dy * dy), 1e-9)
    cx, cy = (x + x1) / 2 + 2 * bend * dy / length, (y + y1) / 2 - 2 * bend * dx / length
    return [('path', {'d': f'M{a} {b}Q{e} {f} {c} {d}', 'fill': 'none'} | look)
            for a, b, c, d, e, f, look in zip(*map(numbers, (x, y, x1, y1, cx, cy)), looks, strict=True)]


def of_each(mark, field, n):
    """A series that a mark may have, or as many times nothing."""
    return [None] * n if mark.get(field) is None else mark[field]


def sign(value):
    return 'plus' if value >= 0 else 'minus'


def nodes(mark, scale, paper):
    r, n, parts = mark.get('r') or 14, len(mark['x']), []
    places = scale.x(mark['x']), scale.y(mark['y']), mark['text'], of_each(mark, 'inks', n), of_each(mark, 'lits', n)
    for x, y, words, ink, lit in zip(*places, strict=True):
        look = {'class': ink, 'data-lit': lit}
        words = '' if mark.get('bare') else words
        parts += ('circle', {'cx': x, 'cy': y, 'r': r} | look), ('text', middle(x, y, paper) | look, words)
    return parts


def labels(mark, scale, paper):
    n, anchor, words = len(mark['x']), mark.get('anchor') or 'middle', mark['text']
    texts = words if mark.get('of') is None else [words[int(i)] for i in mark['of']]
    places = scale.x(mark['x']), scale.y(mark['y']), texts, of_each(mark, 'inks', n), of_each(mark, 'lits', n)
    return [('text', {'x': x, 'y': y + paper.text * .35, 'text-anchor': anchor, 'class': ink, 'data-lit': lit}, words)
            for x, y, words, ink, lit in zip(*places, strict=True)]


def cells(mark, scale, paper):
    """Rectangles by their lower left corners, each with a text in its middle."""
    n, parts, (x, x1, y, y1) = len(mark['x']), [], corners(mark, scale)
    places = boxes(x, x1, y, y1), (x + x1) / 2, (y + y1) / 2, mark['text'], of_each(mark, 'inks', n), of_each(mark, 'lits', n)
    for box, cx, cy, words, ink, lit in zip(*places, strict=True):
        look = {'class': ink, 'data-lit': lit}
        parts += ('rect', box | look), ('text', middle(cx, cy, paper) | look, words)
    return parts


def text(mark, scale, paper):
    x, y = scale.x(mark['x']) + (mark.get('dx') or 0), scale.y(mark['y']) + (mark.get('dy') or 0)
    return [('text', {'x': x, 'y': y, 'text-anchor': mark.get('anchor')}, mark['text'])]


def cell(mark, scale, paper):
    a, b = scale.x(mark['x']), scale.x(mark['x'] + mark['w'])
    c, d = scale.y(mark['y']), scale.y(mark['y'] + mark['h'])
    return [('rect', {'x': min(a, b), 'y': min(c, d), 'width': abs(a - b), 'height': abs(c - d)}),
            ('text', middle((a + b) / 2, (c + d) / 2, paper), mark['text'])]


def middle(x, y, paper):
    return {'x': x, 'y': y + paper.text * .35, 'text-anchor': 'middle'}


def handle(mark, scale, paper):
    if mark.get('hidden'):
        return []
    parts, x, y, r = [], scale.x(mark['x']), scale.y(mark['y']), paper.hit
    if mark.get('seat'):                                    # the line that it sits on can be grabbed anywhere
        seat = paper.marks[mark['seat']['line']]
        ground = paper.scales[seat['plane']]
        x, y = ground.x(mark['seat']['x']), ground.y(height_at(seat, mark['seat']['x']))
        parts = [('polyline', {'class': 'hit', 'points': path(ground.x(seat['x']), ground.y(seat['y'])), 'fill': 'none',
                               'stroke-width': r * 1.5, 'pointer-events': 'stroke'})]
    return [*parts, ('circle', {'class': 'hit', 'cx': x, 'cy': y, 'r': r, 'fill': 'none', 'pointer-events': 'all'}),
            ('circle', {'class': 'knob', 'cx': x, 'cy': y, 'r': paper.knob}),
            ('path', {'class': 'grip', 'd': f'M{number(x)} {number(y)}{GRIPS[mark["move"]]}', 'fill': 'none'})]


def sketch(mark, scale, paper):
    x, y, width, height = scale.box
    xs, ys = scale.x(mark['x']), scale.y(mark['y'])
    return [('rect', {'class': 'hit', 'x': x, 'y': y, 'width': width, 'height': height, 'fill': 'none',
                      'pointer-events': 'all'}),
            ('polyline', {'points': path(xs, ys), 'fill': 'none'}),
            *(('circle', {'class': 'anchor', 'cx': cx, 'cy': cy, 'r': 4}) for cx, cy in zip(xs, ys, strict=True))]


def image(mark, scale, paper):
    """A PNG at first; when its pixels change, the browser paints them on a canvas instead."""
    x, y, width, height = scale.box
    if mark.get('crowd'):
        return crowd(mark, scale)
    data = base64.b64encode(png(np.reshape(mark['pixels'], mark['shape']), np.asarray(mark['palette']))).decode()
    return [('image', {'x': x, 'y': y, 'width': width, 'height': height, 'preserveAspectRatio': 'none',
                       'href': 'data:image/png;base64,' + data})]


def crowd(mark, scale):
    """A dot for each, as static/crowd.js paints them: round in the lower half of 256 values, square in the upper."""
    (rows, columns), (x, y, width, height), parts = mark['shape'], scale.box, []
    w, h = width / columns, height / rows
    pixels = np.asarray(mark['pixels'])
    for value in np.unique(pixels).tolist():
        rows_of = (ends_of(row == value) for row in np.reshape(pixels, (rows, columns)))
        ways = (f'M{number(x + (first + .5) * w)} {number(y + (down + .5) * h)}h{number((last - first) * w + .1)}'
                for down, runs in enumerate(rows_of) for first, last in runs)
        parts.append(('path', {'class': 'model' if value >= 128 else 'loss', 'd': ''.join(ways), 'fill': 'none',
                               'stroke-width': min(w, h) * (.92 if value >= 128 else .68), 'stroke-dasharray': f'0 {number(w)}',
                               'stroke-linecap': 'square' if value >= 128 else 'round',
                               'stroke-opacity': .28 + .72 * (value % 128) / 127}))
    return parts


def ends_of(row):
    """The first and the last place of each unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row, [0]]).astype(int)))
    return zip(edges[::2].tolist(), (edges[1::2] - 1).tolist(), strict=True)


def mesh(mark, scale, paper):
    """Profiles of the surface, each hiding what is behind it. A browser paints the whole surface in their place."""
    view, (x, y) = View(mark, scale.box), (mark['x'], mark['y'])
    floor_x, floor_y = view([x[0], x[-1], x[-1], x[0]], [y[0], y[0], y[-1], y[-1]], 0.0)
    parts = [('polygon', {'class': 'floor', 'points': path(floor_x, floor_y)})]
    for along, cut in view.profiles():
        sx, sy = view(along, cut)
        (first, last), (low, lower) = view(along[[0, -1]], cut[[0, -1]], 0.0)
        along = [[first, low], *fine(sx, sy), [last, lower]]
        parts.append(('polyline', {'points': path(*np.round(along).T)}))
    if len(px := np.asarray(mark['px'] if mark.get('px') is not None else (), float)):
        parts.append(('polyline', {'class': 'way', 'points': path(*view(px, np.asarray(mark['py'], float))), 'fill': 'none'}))
    (low, high), wires = mark['z'], list(mark.get('wires') or ())
    for start, end, tone in zip(wires, [*wires[1:], None], mark.get('tones') or (), strict=False):
        wire_x, wire_y, z = (np.asarray(mark[axis], float)[start:end] for axis in ('wx', 'wy', 'wz'))
        way = path(*fine(*view(wire_x, wire_y, (z - low) / (high - low))).T)
        parts.append(('polyline', {'class': f'wire {tone}', 'points': way, 'fill': 'none'}))
    for spot_x, spot_y, full in np.reshape(mark.get('spots', ()), (-1, 3)).tolist():
        sx, sy = view(spot_x, spot_y)
        parts.append(('circle', {'class': 'full data' if full else 'data', 'cx': float(sx), 'cy': float(sy), 'r': 5}))
    for key in mark.get('dots') or ():
        at = paper.marks[key]
        sx, sy = view(at['x'], at['y'])
        parts.append(('circle', {'class': at.get('class') or 'model', 'cx': float(sx), 'cy': float(sy), 'r': 5}))
    return parts


def fine(x, y):
    """A way on the picture, (n, 2), in whole units, without the points that a straight line would pass close by."""
    return np.round(simple(np.column_stack([x, y]), 0.8))


def png(pixels, palette):
    """A picture of bytes, each an index into a palette of 256 colours, as a PNG file: it has the colours that are used."""
    height, width = pixels.shape
    used = np.flatnonzero(np.bincount(pixels.ravel(), minlength=256))
    palette, place = np.unique(np.reshape(palette, (-1, 3))[used], axis=0, return_inverse=True)
    moved = np.zeros(256, np.uint8)
    moved[used] = place.ravel()
    palette, pixels = palette.astype(np.uint8), moved[pixels]

    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))

    rows = b''.join(b'\0' + row.tobytes() for row in pixels)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>2I5B', width, height, 8, 3, 0, 0, 0))
            + chunk(b'PLTE', palette.tobytes()) + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b''))


KINDS = {'points': points, 'line': line, 'lines': lines, 'area': area, 'squares': squares, 'tiles': tiles, 'arrow': arrow,
         'edges': edges, 'nodes': nodes, 'labels': labels, 'cells': cells, 'text': text, 'cell': cell, 'handle': handle,
         'sketch': sketch, 'image': image, 'mesh': mesh}
