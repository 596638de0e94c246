"""A scene is a picture as plain data: planes, which have ranges, and marks, which stand on them.

    {'size': [720, 420], 'title': 'Houses and a line',
     'planes': {'data': {'box': [left, top, width, height], 'x': [low, high], 'y': [low, high],
                         'xticks': [[600, '600'], …], 'xlabel': 'size (ft²)', 'frame': True, 'grid': True}},
     'marks': {'houses': {'kind': 'points', 'plane': 'data', 'x': array, 'y': array}, …}}

The key of a mark is its identity, its CSS class and its place in the drawing order. Places are numbers on the mark's
plane; sizes and radii (r, side, dx, dy) are units of the picture. Every text, numbers included, is ready to be shown.
A field that is None counts as absent. A mark that is `fixed` never changes while this scene is shown, nor do the ranges of
its plane: a page holds it only as its picture. Any mark may have `class` (its meaning, for its colour) and `lit` (what it is lit
up together with); one that only shows something may have a `label` for those who cannot see it.

    points   x[] y[] r                        squares  x[] y0[] y1[] or x[] y[] side[]; left[]
    line     x[] y[] dash                     tiles    x[] y[] w[] h[]
    lines    x[] y[] starts[] names[] at[]    cells    x[] y[] w[] h[] text[]
    area     x[] y[] base                     edges    x[] y[] x1[] y1[] value[] bend[]
    arrow    x y x1 y1                        nodes    x[] y[] text[] r
    text     x y text anchor dx dy size       labels   x[] y[] text[] anchor
    cell     x y w h text
    image    shape pixels[] palette[]         mesh     x y z shape bends[] unit yaw pitch …
    handle   x y move ('x', 'y', 'both') bounds step label says now min max; cue, hidden
    sketch   x[] y[] bounds step label says now min max; locked. A curve that the reader draws; `says` and `now` may be
             lists, with one text for each point

An edge is as thick as its value is large, and dashed where that is below 0; `bend` says how far its middle stands off the
straight line, in units of the picture. Cells and tiles stand on their lower left corners. Points, edges, nodes, cells and
labels may have `lits[]`, what each part is lit up together with, and all but edges `inks[]`, the class of each part.
Nodes that are `bare` show no texts. Labels may have `of[]`: then place k shows text number of[k].
Of lines, several in one mark, such as the contours of a map, piece number i begins at point number starts[i]; the text
names[k] stands at point number at[k]. A mesh is a surface over an even
grid: x, y and z are [low, high], `shape` is how many points it has along y and x, and its heights come as app.mesh.bent
makes them small. `yaw` and `pitch` are how it is first turned, in degrees. It may have `levels`,
the heights of its contour lines, and `names` of its x, y and z. On it: a path px[] py[], a `dot` [x, y], arrows (x y x1
y1 of each) in `inks` (a class, with '-part' for one that is thin and dashed), and the `dots` of handles by their names. All
of them are places on its `map`, a plane with the same x and y, and lie on the surface; a press or a passing mouse on the
surface is one on that map. About it: lines in space, wx[] wy[] wz[], piece number i from point wires[i], in tones[i] (as
`inks`); and `spots` on it, three numbers each: x, y, and 1 for a full one, 0 for a ring. static/mesh.js paints and turns it.

A handle may do more than be dragged:

    handle.jump = True                        a press anywhere on its plane brings it there, and goes on dragging; a finger
                                              taps, or drags sideways: up and down scrolls the page
    handle.hover = True                       a mouse that passes over its plane takes it along

The parts of a mark can be taken hold of, one by one: edges, nodes, cells, points and tiles may have

    dials = {'names': […], 'says': […], 'values': […], 'step': …, 'bounds': [low, high]}; a `label` for all of them
    picks = True; `labels[]`, and a `label`   a part, or a pixel of an image (row by row from the top), can be pressed;
                                              an image may have the names of its `rows[]` and `columns[]` instead of `labels[]`

    points.dots = {'bounds': [[low, high], [low, high]], 'step': [dx, dy]}; names, says, adds, turns, most; a `label`

Each part with a dial is a number that a reader changes: a card beside it tells its name and what it `says`, and perhaps, from
`notes`, one more line; dragged up or to the right it grows, the arrow keys up and down step it (PageUp and PageDown ten
steps, Shift a tenth), left and right go on to the next, a click or Enter or a digit opens a field to type it. `values` are
the numbers as texts to type (with a plain minus), `step` one number or one for each. The mark should have a series
`value[]`, the same as numbers, which the browser changes ahead of the engine. Parts that cannot be changed have '' as their
name; if `told` has a name for them, keys reach them and they have a card all the same, with what `notes` says, and where
`goes` leads from them (below) Enter goes there. A mark whose parts are all of that sort has dials = {'told': […]}. Dots are
points that a reader moves, by mouse, finger and arrow keys. `adds` ('Put a point') lets new ones be put on empty ground of
their plane, up to `most` (200), `turns` ('Change its class') lets each be changed by a button on its card or with Enter;
Delete, or a button, removes one. `names` and `says` are texts for each. A run that tracks 'mark.value' and 'mark.says' (texts;
'mark.notes' too) keeps the card up to date while it plays. The widget gets

    gesture(state, mark, [index, number], **options)      a number within the bounds, whether dragged, stepped or typed
    gesture(state, mark, [index, 0], **options)           of what can be picked
    gesture(state, mark, [index, x, y], **options)        of a dot that moves; −1 is a new one
    gesture(state, mark, [index, None, None], **options)  of one that is removed; 'turn' instead of the first None: it changes

A row of two numbers, each of which can be taken hold of:

    texts = [short(number) for number in state.row]
    'row': mark('cells', 'paper', x=[0, 60], y=[0, 0], w=[60, 60], h=[44, 44], text=texts, value=state.row, label='the inputs',
                dials={'names': ['x₁', 'x₂'], 'says': texts, 'values': [f'{number:.10g}' for number in state.row],
                       'step': 0.5, 'bounds': [-10, 10]})

    def gesture(state, handle, value, **options):
        index, number = value
        return {'row': [*state.row[:index], number, *state.row[index + 1:]]}

In a picture that plays, `goes[]` of cells says which of them a press leads to a moment of the run (its `goes` says to which).

An image may be a crowd: every pixel is somebody, and is painted as a tile by static/crowd.js, small and round while its value
is below 128, square from there on. Each half goes from pale to strong, in the page's inks for loss and for model; it needs no
palette.

    image.crowd = {'sorted': 'loss', 'only': 3, 'chosen': 417}      tiles that are not among members[3] are dimmed (−1: none);
                                              417 has a ring (−1: nobody)
    image.places = {'loss': […], …}           where each pixel stands, from 0, if not at its own place
    image.members = array (groups, pixels)    1 where a pixel belongs to a group
    image.tells[], notes[]                    what its value, 0 to 255, says of a pixel, beside its label; and one more line
    image.leads = 'the-trainer'               the id of what a press on the one who is chosen already leads to

An image may be a pad, on which a reader draws by mouse, finger and keys; static/pad.js comes with it. Ink is a pixel above 0.

    image.pad = {'pen': 1.2, 'ink': True, 'full': 31, 'fresh': False, 'says': …, 'rows': […], 'columns': […], 'words': […]}

`pen` is half of how wide the pen is, in pixels; `ink` whether it puts ink or takes it away; `full` the pixel that ink becomes.
On a `fresh` one what stands there is no drawing of the reader, and goes with the first stroke. `says` tells what is drawn,
`rows` and `columns` name where the keys are, and `words` what is there: paper, ink, and a pen that is down. Space puts ink or
takes it away, Enter puts the pen down or lifts it, Delete clears the sheet. The widget gets gesture(state, mark, text,
**options): the whole drawing, as lessons/drawn.py writes it.

What moves in the browser before the engine has answered is declared here too, so that the browser needs no formula:

    line.through = [handle, handle]           the line goes through both, wherever they are dragged
    line.follows = {handle: [cx[], cy[]]}     its points rise by cx for each unit the handle goes right, cy for each up
    squares.onto = line                       y1 is the height of the line
    rides = handle                            an arrow, a text or points go along with it
    handle.along = line                       it stays on that curve; if it moves up and down itself, it is left alone
    handle.seat = {'line': line, 'x': x}      it is drawn on that line, and may be grabbed anywhere along it, while its
                                              own x and y are what it proposes, on its own plane; where the line follows
                                              it and something else moves the line, they go along

A page that shows one scene is led to the next by the least that will do (`name` is the placement's):

    marks differ      widgets: {name: {mark: {field: value}}}               plane.update(marks)
    ranges too        axes: {name: {plane: {'plane': {…}, 'svg': '<g …>'}}}   plane.rescale(axes, marks)
    anything else     scenes: {name: {'scene': {…}, 'svg': '<svg …>'}}      plane.adopt(svg, scene)

    planes = changed_planes(old, new)                                       # None: anything else
    marks = changed(old | {'planes': new['planes']}, new)                   # None: anything else
    axes = svg.rescaled(new, planes)                                        # where there are such planes
"""
import base64
import json
import re
import struct

import numpy as np

# What each kind of mark must have: series of equal length, single numbers, texts.
SERIES = {'points': 'x y', 'line': 'x y', 'lines': 'x y', 'area': 'x y', 'squares': 'x y0 y1', 'tiles': 'x y w h',
          'edges': 'x y x1 y1 value', 'nodes': 'x y text', 'labels': 'x y text', 'cells': 'x y w h text', 'sketch': 'x y',
          'arrow': '', 'text': '', 'image': '', 'cell': '', 'handle': '', 'mesh': ''}
NUMBERS = {'area': 'base', 'arrow': 'x y x1 y1', 'text': 'x y', 'cell': 'x y w h', 'handle': 'x y', 'sketch': 'step'}
TEXTS = {'text': 'text', 'cell': 'text', 'handle': 'label says now min max', 'sketch': 'label min max'}
# The kinds of marks whose parts can be taken hold of one by one
PARTS = 'edges', 'nodes', 'cells', 'labels', 'points', 'tiles', 'image'
NAME = re.compile(r'[A-Za-z][\w-]*\Z', re.ASCII)


def mark(kind, plane, meaning=None, **fields):
    """A mark as a scene holds it; `meaning` (data, model, loss, gradient, step, hidden) is the class that colours it."""
    return {'kind': kind, 'plane': plane, 'class': meaning, **fields}


def changed(old, new):
    """What to tell a browser that shows `old`: {mark: {field: value}}, or None where it needs the whole `new` scene."""
    def frame(scene):
        return {key: value for key, value in scene.items() if key != 'marks'}

    def outline(scene):
        return [(key, mark['kind'], mark['plane']) for key, mark in scene['marks'].items()]

    if outline(old) != outline(new) or not same(frame(old), frame(new)):
        return None
    news = {key: difference(old['marks'][key], mark) for key, mark in new['marks'].items()}
    return {key: fields for key, fields in news.items() if fields}


def changed_planes(old, new):
    """{name: plane} of those whose ranges, ticks or labels differ, in the same boxes; None where the boxes do, too."""
    def boxes(scene):
        return [(name, list(plane['box'])) for name, plane in scene['planes'].items()]

    if boxes(old) != boxes(new):
        return None
    return {name: plane for name, plane in new['planes'].items() if not same(old['planes'][name], plane)}


def difference(old, new):
    """The fields of `new` that are not as in `old`; a field that is gone becomes None."""
    fields = {field: value for field, value in new.items() if not same(old.get(field), value)}
    return fields | {field: None for field in old if field not in new and old[field] is not None}


def same(a, b):
    """Equality that looks into arrays, lists and dicts."""
    if a is b:
        return True
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return a is not None and b is not None and np.array_equal(a, b)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def pack(value):
    """One binary message: u32 length of the JSON, the JSON, then the arrays, each of them padded to 8 bytes.

    An array stands in the JSON as {"$": [dtype, offset, shape]}, with the dtype u1, f4 or f8.
    """
    head, arrays = parts(value)
    head += b' ' * (-(len(head) + 4) % 8)
    return struct.pack('<I', len(head)) + head + arrays


def written(value):
    """The same as text for a page: the JSON, which says the same things often and compresses well, then the arrays."""
    head, arrays = parts(value)
    return head.decode().replace('<', '\\u003c') + '\n' + base64.b64encode(arrays).decode()


def beside_its_picture(scene):
    """The scene as a page needs it that has its picture: of a `fixed` mark nothing but that it is there."""
    def lean(mark):
        series = {field: [] for field in (*SERIES[mark['kind']].split(), *(['starts'] if mark['kind'] == 'lines' else []))}
        said = {field: mark[field] for field in ('kind', 'plane', 'class', 'fixed')} | series if mark.get('fixed') else mark
        return {field: value for field, value in said.items() if value is not None}

    return scene | {'marks': {key: lean(mark) for key, mark in scene['marks'].items()}}


def parts(value):
    """The JSON of a value and the bytes of its arrays; equal arrays are there once."""
    chunks, places, size = [], {}, 0

    def plain(item):
        nonlocal size
        if isinstance(item, np.generic):
            return item.item()
        if not isinstance(item, np.ndarray):
            raise TypeError(f'a message cannot carry {type(item).__name__}')
        code = 'u1' if item.dtype in (np.uint8, bool) else 'f4' if item.dtype in (np.float32, np.float16) else 'f8'
        data = np.ascontiguousarray(item, '<' + code).tobytes()
        if data not in places:
            places[data] = size
            size += -(-len(data) // 8) * 8
            chunks.append(data.ljust(size - places[data], b'\0'))
        return {'$': [code, places[data], list(item.shape)]}

    head = json.dumps(value, default=plain, separators=(',', ':'), allow_nan=False).encode()
    return head, b''.join(chunks)


def unpack(data):
    """The value that was packed, as the browser sees it (whole numbers in arrays have become floats)."""
    length, = struct.unpack_from('<I', data)

    def array(item):
        if '$' not in item:
            return item
        code, start, shape = item['$']
        return np.frombuffer(data, '<' + code, int(np.prod(shape)), 4 + length + start).reshape(shape)

    return json.loads(data[4:4 + length], object_hook=array)


def check(scene):
    """ValueError, with a sentence that names the culprit, for a scene that could not be drawn."""
    require(list(map(finite, scene.get('size', ()))) == [True, True], 'a scene needs a size of two numbers')
    require(isinstance(scene.get('title'), str) and scene['title'], 'a scene needs a title')
    for name, plane in scene['planes'].items():
        check_plane(name, plane)
    for key, mark in scene['marks'].items():
        require(NAME.match(key), f'mark {key!r} needs a name of letters, digits, _ and -')
        require(mark.get('kind') in SERIES, f'mark {key!r} is of no known kind: {mark.get("kind")!r}')
        require(mark.get('plane') in scene['planes'], f'mark {key!r} stands on no plane: {mark.get("plane")!r}')
        check_fields(key, mark)
        check_motion(key, mark, scene['marks'])
        if mark['kind'] == 'lines':
            check_pieces(key, mark)
        if mark['kind'] == 'mesh':
            check_mesh(key, mark, scene)
        if mark['kind'] in ('handle', 'sketch'):
            check_reach(key, mark)
        check_parts(key, mark)


def check_plane(name, plane):
    require(NAME.match(name), f'plane {name!r} needs a name of letters, digits, _ and -')
    box = plane['box']
    require(len(box) == 4 and all(map(finite, box)) and min(box[2:]) > 0, f'plane {name!r} needs a box with some area')
    for axis in 'xy':
        lo, hi = plane[axis]
        require(finite(hi - lo) and hi != lo, f'plane {name!r} needs a range of two numbers on {axis}')
        ticks = plane.get(axis + 'ticks') or ()
        require(all(finite(value) and isinstance(words, str) for value, words in ticks),
                f'plane {name!r} needs {axis}ticks of [number, text]')


def check_fields(key, mark):
    kind = mark['kind']
    series = 'x y side' if kind == 'squares' and mark.get('side') is not None else SERIES[kind]
    if kind == 'labels' and mark.get('of') is not None:
        series = 'x y of'
    lengths = {field: len(mark[field]) if present(mark, field, key) else 0 for field in series.split()}
    if series == 'x y of':
        require(present(mark, 'text', key) and all(0 <= i < len(mark['text']) for i in mark['of']),
                f'mark {key!r} needs a text for each entry of `of`')
    require(len(set(lengths.values())) <= 1, f'mark {key!r} needs series of equal length, not {lengths}')
    for field in NUMBERS.get(kind, '').split():
        require(present(mark, field, key) and np.ndim(mark[field]) == 0, f'mark {key!r} needs one number as {field}')
    for field in TEXTS.get(kind, '').split():
        require(isinstance(mark.get(field), str), f'mark {key!r} needs a text as {field}')
    for field, value in mark.items():
        require(finite(value), f'mark {key!r} has a number in {field} that is not finite')
    if kind == 'image':
        require(np.asarray(mark['pixels']).dtype == np.uint8 and np.size(mark['pixels']) == np.prod(mark['shape']),
                f'image {key!r} needs uint8 pixels that fill its shape')
        for field, n in zip(('rows', 'columns'), mark['shape'], strict=True):
            require(mark.get(field) is None or len(mark[field]) == n, f'image {key!r} needs a name for each of its {field}')
        if mark.get('crowd') is not None:
            check_crowd(key, mark)
        elif mark.get('pad') is not None:
            check_pad(key, mark)
        else:
            require(np.size(mark['palette']) == 768, f'image {key!r} needs a palette of 256 colours')


def check_pad(key, mark):
    """Its rows, its columns and what may be there have names, and its pen leaves a trace."""
    pad, lengths = mark['pad'], [*map(int, mark['shape']), 3]
    require(np.size(mark['palette']) == 768 and isinstance(mark.get('label'), str) and isinstance(pad.get('says'), str),
            f'pad {key!r} needs a palette of 256 colours, and texts as label and says')
    require([len(pad.get(field) or ()) for field in ('rows', 'columns', 'words')] == lengths,
            f'pad {key!r} needs a text for each row and column, and 3 words')
    require(pad.get('pen', 0) >= 0.75 and 0 < pad.get('full', 0) < 256, f'pad {key!r} needs a pen and its ink')


def check_crowd(key, mark):
    """Its tiles are sorted in a way that has a name, each has a place of its own, and whoever is named is there."""
    n, crowd = np.size(mark['pixels']), mark['crowd']
    require(isinstance(crowd.get('sorted'), str) and all(-1 <= crowd.get(field, -2) < n for field in ('only', 'chosen')),
            f'crowd {key!r} needs sorted, a text, and only and chosen, −1 or one of its {n} pixels')
    for name, places in (mark.get('places') or {}).items():
        require(np.array_equal(np.sort(places), np.arange(n)), f'crowd {key!r} needs a place of its own for each in {name}')
    if mark.get('members') is not None:
        require(np.shape(mark['members'])[1:] == (n,), f'crowd {key!r} needs members for each of its {n} pixels')
    require(mark.get('tells') is None or len(mark['tells']) == 256, f'crowd {key!r} needs 256 texts that it tells')


def check_pieces(key, mark):
    """Each piece begins at a point that is there, after the piece before it; so does each name stand at one."""
    starts, at, names, n = mark.get('starts'), mark.get('at') or [], mark.get('names') or [], len(mark['x'])
    require(starts is not None and np.all(np.diff([*starts, n]) >= 0) and list(starts[:1]) == [0] * (n > 0),
            f'lines {key!r} need starts that ascend from 0 and stay within their points')
    require(len(at) == len(names) and all(0 <= i < n for i in at) and all(isinstance(name, str) for name in names),
            f'lines {key!r} need texts as names, and a point for each of them')


def check_mesh(key, mark, scene):
    """A whole grid, places in pairs, and names of marks and planes that are there."""
    for axis in 'xyz':
        require(np.shape(mark.get(axis)) == (2,) and mark[axis][0] < mark[axis][1], f'mesh {key!r} needs a range as {axis}')
    require(len(mark.get('shape') or ()) == 2 and min(mark['shape']) > 1 and np.size(mark.get('bends')) == np.prod(mark['shape'])
            and present(mark, 'unit', key), f'mesh {key!r} needs a height for each point of its shape')
    require(np.all(np.diff(present_or(mark, 'levels')) > 0), f'mesh {key!r} needs ascending levels')
    require(all(np.ndim(mark.get(field)) == 0 and present(mark, field, key) for field in ('yaw', 'pitch')),
            f'mesh {key!r} needs one number each as yaw and pitch')
    require(isinstance(mark.get('label'), str), f'mesh {key!r} needs a text as label')
    require(len(present_or(mark, 'px')) == len(present_or(mark, 'py')), f'mesh {key!r} needs a path of as many x as y')
    require(np.size(present_or(mark, 'arrows')) == 4 * len(present_or(mark, 'inks')),
            f'mesh {key!r} needs four numbers for each arrow')
    points = [len(present_or(mark, field)) for field in ('wx', 'wy', 'wz')]
    wires = present_or(mark, 'wires')
    require(len(set(points)) == 1 and np.all(np.diff([*wires, points[0]]) >= 0) and list(wires[:1]) == [0] * (points[0] > 0)
            and len(wires) == len(present_or(mark, 'tones')), f'mesh {key!r} needs wires that ascend from 0, each with its tone')
    require(len(present_or(mark, 'spots')) % 3 == 0, f'mesh {key!r} needs three numbers for each of its spots')
    require(mark.get('map') is None or mark['map'] in scene['planes'], f'mesh {key!r} has no such map: {mark.get("map")!r}')
    for handle in present_or(mark, 'dots'):
        require(scene['marks'].get(handle, {}).get('kind') == 'handle', f'mesh {key!r} shows {handle!r}, which is no handle')


def check_motion(key, mark, marks):
    """What moves with another mark must name one that is there, and a line that carries others runs left to right."""
    for name in (*(mark.get('through') or ()), *(mark.get('follows') or ())):
        require(marks.get(name, {}).get('kind') == 'handle', f'mark {key!r} moves with {name!r}, which is no handle')
    if mark.get('rides') is not None:
        require(marks.get(mark['rides'], {}).get('kind') == 'handle', f'mark {key!r} rides {mark["rides"]!r}, which is no handle')
    for cx, cy in (mark.get('follows') or {}).values():
        require(len(cx) == len(cy) == len(mark['x']), f'mark {key!r} needs a factor for each of its points')
    for name in filter(None, (mark.get('onto'), mark.get('along'), (mark.get('seat') or {}).get('line'))):
        line = marks.get(name, {})
        require(line.get('kind') == 'line', f'mark {key!r} stands on {name!r}, which is no line')
        require(len(line['x']) > 1 and np.all(np.diff(line['x']) > 0),
                f'line {name!r} carries {key!r}, so its x must ascend')


def check_reach(key, mark):
    """A handle needs bounds and a step for each direction it moves in, and numbers that a screen reader understands."""
    both = mark.get('move') == 'both'
    require(mark['kind'] == 'sketch' or mark.get('move') in ('x', 'y', 'both'), f'handle {key!r} moves x, y or both')
    bounds, step = np.asarray(mark.get('bounds')), np.asarray(mark.get('step'))
    require(bounds.shape == ((2, 2) if both else (2,)) and np.all(bounds[..., 0] <= bounds[..., 1]),
            f'handle {key!r} needs bounds, low and high, for each direction')
    require(step.shape == bounds.shape[:-1] and np.all(step > 0), f'handle {key!r} needs a step for each direction')
    for words in (*np.atleast_1d(mark.get('now')), mark['min'], mark['max']):
        require(re.fullmatch(r'-?[\d.]+(e[+-]?\d+)?', str(words)),
                f'handle {key!r} needs plain numbers as now, min and max, not {words!r}')
    require(present(mark, 'says', key), '')
    require(not (mark.get('seat') and (mark.get('jump') or mark.get('hover'))),
            f'handle {key!r} has its seat on another plane and can\u2019t come to where its own is pressed')


def check_parts(key, mark):
    """Series that a mark may have have an entry for each part; whoever can be taken hold of has a name, a number and bounds."""
    kind, dials = mark['kind'], mark.get('dials')
    n = int(np.prod(mark['shape'])) if kind == 'image' else np.size(mark.get('x'))
    for field in ('bend', 'inks', 'lits', 'value', 'labels'):
        if mark.get(field) is not None and kind in PARTS:
            require(len(mark[field]) == n, f'mark {key!r} needs {n} entries of {field}, not {len(mark[field])}')
    dots = mark.get('dots') if kind == 'points' else None
    if dots is not None:
        bounds, step = np.asarray(dots.get('bounds')), np.asarray(dots.get('step'))
        require(bounds.shape == (2, 2) and np.all(bounds[:, 0] <= bounds[:, 1]) and step.shape == (2,) and np.all(step > 0),
                f'the dots of {key!r} need bounds, low and high, and a step, for each direction')
        require(all(dots.get(field) is None or len(dots[field]) == n for field in ('names', 'says')),
                f'the dots of {key!r} need {n} texts as names and says')
    if mark.get('picks') or dials is not None or dots is not None:
        require(kind in PARTS, f'{kind} {key!r} has no parts to take hold of')
        require(isinstance(mark.get('label'), str) and mark['label'], f'mark {key!r} needs a label that says what its parts are')
    told = dials is not None and set(dials) == {'told'}
    for field in ('told',) if told else ('names', 'says', 'values') if dials is not None else ():
        require(len(dials.get(field) or ()) == n and all(isinstance(words, str) for words in dials[field] or ()),
                f'the dials of {key!r} need {n} texts as {field}')
    if dials is not None and not told:
        require(all(re.fullmatch(r'-?[\d.]+(e[+-]?\d+)?', words) for words in dials['values']),
                f'the dials of {key!r} need plain numbers as values, not {dials["values"]}')
        low, high = dials.get('bounds') or (1, 0)
        require(finite([low, high]) and low <= high, f'the dials of {key!r} need bounds, low and high')
        require(np.size(dials.get('step')) in (1, n) and np.all(np.asarray(dials['step']) > 0),
                f'the dials of {key!r} need a step above 0, or {n} of them')


def finite(value):
    """Whether there is no nan and no infinity in it, however deep; texts and None have none."""
    if value is None or isinstance(value, (str, bool)):
        return True
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, np.ndarray):
        return value.dtype.kind in 'biuU' or bool(np.isfinite(value).all())
    if isinstance(value, (list, tuple)):
        return all(map(finite, value))
    return bool(np.isfinite(value))


def present_or(mark, field):
    """The series, or an empty one."""
    return () if mark.get(field) is None else mark[field]


def present(mark, field, key):
    require(mark.get(field) is not None, f'mark {key!r} has no {field}')
    return True


def require(condition, sentence):
    if not condition:
        raise ValueError(sentence)
