"""The picture of a scene as SVG text, so that it is on the page before any script runs, on paper, and without one.

plane.js draws the same scene element for element and digit for digit, so it takes this picture over as it stands.
Each kind of mark is one small function here and one of the same name there; a test holds the two together.
"""
import base64
import struct
import zlib
from html import escape
from math import floor, sqrt

import numpy as np

FAR = 100_000       # no coordinate is further out than this: a browser's own limits are never met
DECORATION = {'points', 'line', 'area', 'squares', 'arrow', 'edges', 'image'}       # says nothing to a screen reader
CLIPS = {'points': '-edge', 'arrow': '-edge', 'line': '', 'area': '', 'squares': '', 'edges': '', 'image': ''}
GRIPS = {'x': 'm-3 -3l-3 3l3 3m6 -6l3 3l-3 3', 'y': 'm-3 -3l3 -3l3 3m-6 6l3 3l3 -3',
         'both': 'm-4 -2l-2 2l2 2m8 -4l2 2l-2 2m-6 -6l2 -2l2 2m-4 8l2 2l2 -2'}


def svg(scene, name):
    """The picture of `scene`. `name` begins its ids, so no two pictures on a page may have the same one."""
    paper = Paper(scene)
    parts = [f'<svg{attributes(paper.frame())}>']
    for plane in scene['planes']:
        parts += clips(f'{name}-{plane}', scene['planes'][plane]['box']), axes(plane, scene['planes'][plane], paper)
    for key, mark in scene['marks'].items():
        inside = KINDS[mark['kind']](mark, paper.scales[mark['plane']], paper)
        parts.append(element('g', outside(key, mark, name), ''.join(element(*part) for part in inside)))
    return ''.join(parts) + '</svg>'


class Paper:
    """What a mark must know of the rest of its scene. Wide pictures are 720 units, narrow ones 340, with larger letters."""

    def __init__(self, scene):
        self.size, self.title, self.marks = scene['size'], scene['title'], scene['marks']
        self.scales = {name: Scale(plane) for name, plane in scene['planes'].items()}
        wide = self.size[0] >= 600
        self.text, self.hit, self.knob = (16, 27, 11) if wide else (14, 24, 10)

    def frame(self):
        width, height = map(number, self.size)
        return {'class': 'plane', 'viewBox': f'0 0 {width} {height}', 'role': 'group', 'aria-label': self.title,
                'font-size': self.text}


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
    """A tenth of a unit is fine enough. The same in plane.js, ties too, where Python's own rounding would differ."""
    return f'{floor(min(max(value, -FAR), FAR) * 10 + .5) / 10:.1f}'.removesuffix('.0')


def numbers(values):
    return [f'{value:.1f}'.removesuffix('.0') for value in (np.floor(clamp(values) * 10 + .5) / 10).tolist()]


def height_at(line, x):
    """How high a polyline stands at x; beyond its ends the last piece goes on."""
    xs, ys, i = line['x'], line['y'], 1
    while i < len(xs) - 1 and xs[i] < x:
        i += 1
    left, right, low, high = float(xs[i - 1]), float(xs[i]), float(ys[i - 1]), float(ys[i])
    return low + (high - low) * (x - left) / (right - left)


# ---- one function per kind: the elements inside its group, as (tag, attributes, text) ----

def points(mark, scale, paper):
    r = number(mark.get('r') or 4)
    return [('circle', {'cx': x, 'cy': y, 'r': r}) for x, y in zip(numbers(scale.x(mark['x'])), numbers(scale.y(mark['y'])))]


def line(mark, scale, paper):
    return [('polyline', {'points': path(scale.x(mark['x']), scale.y(mark['y'])), 'fill': 'none'})]


def area(mark, scale, paper):
    x, base = scale.x(mark['x']), scale.y(mark['base'])
    ends = [x[-1], x[0]] if len(x) else []
    return [('polygon', {'points': path([*x, *ends], [*scale.y(mark['y']), *(base for _ in ends)])})]


def squares(mark, scale, paper):
    x = scale.x(mark['x'])
    if mark.get('side') is not None:                        # a given size, standing on its lower left corner
        side = np.asarray(mark['side'], float)
        top = scale.y(mark['y']) - side
    else:                                                   # as wide as it is high: an error, squared
        a, b = scale.y(mark['y0']), scale.y(mark['y1'])
        side, top = np.abs(a - b), np.minimum(a, b)
    if mark.get('left') is not None:
        x = np.where(mark['left'], x - side, x)
    return [('rect', {'x': x, 'y': y, 'width': d, 'height': d}) for x, y, d in zip(numbers(x), numbers(top), numbers(side))]


def arrow(mark, scale, paper):
    x, y, x1, y1 = scale.x(mark['x']), scale.y(mark['y']), scale.x(mark['x1']), scale.y(mark['y1'])
    dx, dy = x1 - x, y1 - y
    length = sqrt(dx * dx + dy * dy)
    head = min(12, length)
    ux, uy = (dx / length, dy / length) if length else (0, 0)
    bx, by, half = x1 - ux * head, y1 - uy * head, head * .4
    return [('line', {'x1': x, 'y1': y, 'x2': bx, 'y2': by}),
            ('polygon', {'points': path([x1, bx - uy * half, bx + uy * half], [y1, by + ux * half, by - ux * half])})]


def edges(mark, scale, paper):
    value = np.asarray(mark['value'], float)
    ends = zip(*(numbers(v) for v in (scale.x(mark['x']), scale.y(mark['y']), scale.x(mark['x1']), scale.y(mark['y1']),
                                      np.minimum(9, np.abs(value) * 1.2 + .4))), value)
    return [('line', {'x1': a, 'y1': b, 'x2': c, 'y2': d, 'stroke-width': w, 'class': 'plus' if v >= 0 else 'minus'})
            for a, b, c, d, w, v in ends]


def nodes(mark, scale, paper):
    r, drop, parts = number(mark.get('r') or 14), paper.text * .35, []
    for x, y, text in zip(scale.x(mark['x']), scale.y(mark['y']), mark['text']):
        parts += ('circle', {'cx': x, 'cy': y, 'r': r}), ('text', {'x': x, 'y': y + drop, 'text-anchor': 'middle'}, text)
    return parts


def text(mark, scale, paper):
    x, y = scale.x(mark['x']) + (mark.get('dx') or 0), scale.y(mark['y']) + (mark.get('dy') or 0)
    return [('text', {'x': x, 'y': y, 'text-anchor': mark.get('anchor')}, mark['text'])]


def image(mark, scale, paper):
    left, top, width, height = scale.box
    data = base64.b64encode(png(np.reshape(mark['pixels'], mark['shape']), np.asarray(mark['palette']))).decode()
    return [('image', {'x': left, 'y': top, 'width': width, 'height': height, 'preserveAspectRatio': 'none',
                       'href': 'data:image/png;base64,' + data})]


def cell(mark, scale, paper):
    a, b = scale.x(mark['x']), scale.x(mark['x'] + mark['w'])
    c, d = scale.y(mark['y']), scale.y(mark['y'] + mark['h'])
    return [('rect', {'x': min(a, b), 'y': min(c, d), 'width': abs(a - b), 'height': abs(c - d)}),
            ('text', {'x': (a + b) / 2, 'y': (c + d) / 2 + paper.text * .35, 'text-anchor': 'middle'}, mark['text'])]


def handle(mark, scale, paper):
    if mark.get('hidden'):
        return []
    parts, x, y = [], scale.x(mark['x']), scale.y(mark['y'])
    if mark.get('seat'):                                    # sits on a line, which can be grabbed anywhere
        seat = paper.marks[mark['seat']['line']]
        ground = paper.scales[seat['plane']]
        x, y = ground.x(mark['seat']['x']), ground.y(height_at(seat, mark['seat']['x']))
        parts.append(('polyline', {'class': 'hit', 'points': path(ground.x(seat['x']), ground.y(seat['y'])), 'fill': 'none',
                                   'stroke-width': paper.hit * 1.5, 'pointer-events': 'stroke'}))
    return [*parts, ('circle', {'class': 'hit', 'cx': x, 'cy': y, 'r': paper.hit, 'fill': 'none', 'pointer-events': 'all'}),
            ('circle', {'class': 'knob', 'cx': x, 'cy': y, 'r': paper.knob}),
            ('path', {'class': 'grip', 'd': f'M{number(x)} {number(y)}{GRIPS[mark["move"]]}', 'fill': 'none'})]


def sketch(mark, scale, paper):
    left, top, width, height = scale.box
    x, y = scale.x(mark['x']), scale.y(mark['y'])
    return [('rect', {'class': 'hit', 'x': left, 'y': top, 'width': width, 'height': height, 'fill': 'none',
                      'pointer-events': 'all'}),
            ('polyline', {'points': path(x, y), 'fill': 'none'}),
            *(('circle', {'class': 'anchor', 'cx': a, 'cy': b, 'r': '4'}) for a, b in zip(numbers(x), numbers(y)))]


KINDS = {'points': points, 'line': line, 'area': area, 'squares': squares, 'arrow': arrow, 'edges': edges, 'nodes': nodes,
         'text': text, 'image': image, 'cell': cell, 'handle': handle, 'sketch': sketch}


def outside(key, mark, name):
    """The attributes of a mark's group: what it is to CSS, to plane.js and to a screen reader."""
    kind, both = mark['kind'], {}
    words = [kind, key, mark.get('class')]
    clip = f'url(#{name}-{mark["plane"]}{CLIPS[kind]})' if kind in CLIPS else None
    if kind == 'line' and mark.get('dash'):
        words.append('dash')
    if kind == 'text':
        words.append(mark.get('size'))
    if kind == 'sketch' and mark.get('locked'):
        words.append('locked')
        both['aria-readonly'] = 'true'
    if kind == 'handle':
        words += f'move-{mark["move"]}', 'fresh' if mark.get('cue') else None
    if kind in ('handle', 'sketch') and not mark.get('hidden'):
        both |= {'tabindex': '0', 'role': 'slider', 'aria-label': mark['label'], 'aria-valuetext': first(mark['says']),
                 'aria-valuenow': first(mark['now']), 'aria-valuemin': mark['min'], 'aria-valuemax': mark['max'],
                 'aria-orientation': 'horizontal' if mark.get('move') in ('x', 'both') else 'vertical'}
    elif kind in DECORATION:
        both |= {'role': 'img', 'aria-label': mark['label']} if mark.get('label') else {'aria-hidden': 'true'}
    return {'class': ' '.join(filter(None, words)), 'data-mark': key, 'data-lit': mark.get('lit'), 'clip-path': clip, **both}


def first(value):
    """A sketch may say something for each of its anchors; the first is chosen until the reader chooses another."""
    return value if isinstance(value, str) else value[0]


# ---- axes: only here, since a browser gets new ones as text from the server ----

def axes(name, plane, paper):
    """Few ticks with direct labels. They need 48 units below a wide plane (42 narrow) and 26 above it, with an axis label."""
    scale, size = paper.scales[name], paper.text
    left, top, width, height = plane['box']
    right, bottom = left + width, top + height
    xticks, yticks = plane.get('xticks') or (), plane.get('yticks') or ()
    across, down = f'h{number(width)}', f'v{number(height)}'
    drawn = []

    def stroke(kind, x, y, move):
        drawn.append(element('path', {'class': kind, 'd': f'M{number(x)} {number(y)}{move}'}))

    def label(kind, x, y, anchor, words):
        return element('text', {'class': kind, 'x': x, 'y': y, 'text-anchor': anchor}, words)

    if plane.get('grid'):
        for value, _ in xticks:
            stroke('grid', scale.x(value), top, down)
        for value, _ in yticks:
            stroke('grid', left, scale.y(value), across)
    if xticks:
        stroke('spine', left, bottom, across)
    if yticks:
        stroke('spine', left, top, down)
    if xticks and (plane['x'][0] < 0) != (plane['x'][1] < 0) and 0 not in plane['x']:
        stroke('zero', scale.x(0), top, down)
    if yticks and (plane['y'][0] < 0) != (plane['y'][1] < 0) and 0 not in plane['y']:
        stroke('zero', left, scale.y(0), across)
    if plane.get('frame'):
        drawn.append(element('rect', {'class': 'frame', **rectangle(plane['box']), 'fill': 'none'}))
    for value, words in xticks:
        stroke('tick', scale.x(value), bottom, 'v5')
        drawn.append(label('number', scale.x(value), bottom + 6 + size, 'middle', words))
    for value, words in yticks:
        stroke('tick', left, scale.y(value), 'h-5')
        drawn.append(label('number', left - 9, scale.y(value) + size * .35, 'end', words))
    inside = element('g', {'class': 'ticks', 'aria-hidden': 'true'}, ''.join(drawn))
    if plane.get('xlabel'):
        inside += label('label', (left + right) / 2, bottom + 12 + 2 * size, 'middle', plane['xlabel'])
    if plane.get('ylabel'):
        inside += label('label', left, top - 10, 'start', plane['ylabel'])
    return element('g', {'class': 'axis', 'data-plane': name}, inside)


def clips(name, box):
    """Two clip paths for each plane: its box, and one with an edge, so that a point on the rim is drawn whole."""
    left, top, width, height = box
    edged = left - 8, top - 8, width + 16, height + 16
    return ''.join(element('clipPath', {'id': name + edge}, element('rect', rectangle(area)))
                   for edge, area in (('', box), ('-edge', edged)))


def rectangle(box):
    return dict(zip(('x', 'y', 'width', 'height'), box))


# ---- text ----

UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xd800, 0xe000), 0xfffe, 0xffff], '\ufffd')


def element(tag, attrs, words=''):
    """One element. `words` is text, except in a group, where it is what has been drawn already."""
    inner = words if tag in ('g', 'clipPath') else plain(words)
    return f'<{tag}{attributes(attrs)}>{inner}</{tag}>' if inner or tag == 'text' else f'<{tag}{attributes(attrs)}/>'


def attributes(attrs):
    return ''.join(f' {key}="{plain(value) if isinstance(value, str) else number(value)}"'
                   for key, value in attrs.items() if value is not None)


def plain(words):
    return escape(words).translate(UNPRINTABLE) if words else ''


def path(xs, ys):
    return ' '.join(f'{x},{y}' for x, y in zip(numbers(np.asarray(xs, float)), numbers(np.asarray(ys, float))))


def png(pixels, palette):
    """A picture of bytes that are indices into a palette, as a PNG file."""
    height, width = pixels.shape

    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))

    rows = b''.join(b'\0' + row.tobytes() for row in pixels)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>2I5B', width, height, 8, 3, 0, 0, 0))
            + chunk(b'PLTE', palette.tobytes()) + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b''))
