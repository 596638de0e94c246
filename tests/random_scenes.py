"""Scenes made by chance, with every kind of mark, for tests of what must hold of any scene."""
import numpy as np

import app.marks

WORDS = ('', 'loss 5,131', '−3', '<script>alert(1)</script>', 'a & b', '"quoted" \'twice\'', 'ŷ = w·x + b', '</svg>',
         '日本')
KINDS = [kind for kind in app.marks.KINDS if kind != 'mesh']        # a browser paints that in its own way


def random_scene(seed, state=0, zoom=0):
    """The scene number `seed`, in one of its states: planes and marks are the same in each, all else is not.

    With another `zoom`, some of the planes have other ranges, ticks and labels.
    """
    shape, chance = np.random.default_rng([seed]), np.random.default_rng([seed, state])
    width = shape.choice([720, 340])
    planes = {f'p{i}': random_plane(shape, width) for i in range(shape.integers(1, 4))}
    if zoom:
        other = np.random.default_rng([seed, 0, zoom])
        planes |= {name: random_plane(other, width) | {'box': plane['box']} for name, plane in planes.items()
                   if name == 'p0' or other.random() < .5}
    marks = {f'{kind}-{i}': (kind, shape.choice(list(planes)), shape.integers(2**32))
             for kind in KINDS for i in range(shape.integers(1, 3))}
    order = shape.permutation(list(marks))
    make = Maker(chance, [key for key in marks if key.startswith('line-')])
    return {'size': [int(width), 420], 'title': f'Scene {seed} <of> "many"', 'planes': planes,
            'marks': {str(key): make(str(key), *marks[key], planes) for key in order}}


def random_plane(shape, width):
    x, y = shape.uniform(0, width / 2), shape.uniform(0, 200)
    plane = {'box': [round(float(v), int(shape.integers(3))) for v in (x, y, *shape.uniform(50, 300, 2))]}
    for axis in 'xy':
        low, size = float(shape.normal() * 10.0 ** shape.integers(-3, 6)), float(10.0 ** shape.integers(-3, 6))
        plane[axis] = [low, low + size][::shape.choice([1, 1, 1, -1])]
        if shape.random() < .7:
            plane[axis + 'ticks'] = [[float(v), str(shape.choice(WORDS))] for v in np.linspace(*plane[axis], 3)]
            plane[axis + 'label'] = str(shape.choice(WORDS))
    return plane | {'frame': bool(shape.random() < .5), 'grid': bool(shape.random() < .5)}


class Maker:
    """Makes one mark of each kind, by chance."""

    def __init__(self, chance, lines):
        self.chance, self.carriers = chance, lines

    def __call__(self, key, kind, plane, seed, planes):
        self.fixed = np.random.default_rng(seed)            # the same in every state of the scene
        self.xr, self.yr = planes[plane]['x'], planes[plane]['y']
        mark = {'kind': kind, 'plane': str(plane)}
        if self.maybe():
            mark['class'] = str(self.chance.choice(['data', 'model', 'loss hidden']))
        if self.maybe():
            mark['lit'] = 'slope'
        if kind in ('points', 'line', 'squares') and self.maybe():
            mark['label'] = self.words()
        return mark | getattr(self, kind)()

    def maybe(self):
        return self.chance.random() < .4

    def words(self):
        return str(self.chance.choice(WORDS))

    def series(self, ends, n):
        """Mostly inside the range; now and then on its ends, on a rounding tie, or absurdly far out."""
        lo, hi = ends
        special = lo, hi, lo + (hi - lo) * self.chance.integers(40) / 80, 1e300, -1e300, 0, 3 * hi, -1e12
        chosen = self.chance.integers(0, 40, n)
        values = lo + (hi - lo) * self.chance.random(n)
        values = np.array([special[i] if i < len(special) else value for i, value in zip(chosen, values, strict=True)])
        shapes = values.tolist(), np.clip(values, -1e30, 1e30).astype('f4'), values, values
        return shapes[self.chance.integers(len(shapes))]

    def one(self, ends):
        return float(self.series(ends, 1)[0])

    def count(self):
        return int(self.chance.integers(0, 8))

    def places(self, n):
        return {'x': self.series(self.xr, n), 'y': self.series(self.yr, n)}

    def points(self):
        n = self.count()
        looks = {field: looks for field, looks in self.written(n).items() if field != 'text'}
        return self.places(n) | ({'r': float(self.chance.uniform(1, 9))} if self.maybe() else {}) | looks

    def line(self):
        n = self.count() + 2
        x = np.sort(self.fixed.uniform(*sorted(self.xr), 9))[:n]
        return {'x': x, 'y': self.series(self.yr, len(x)), 'dash': self.maybe()}

    def lines(self):
        n = self.count() + 3
        starts = [0, *np.sort(self.chance.integers(0, n, self.chance.integers(0, 3))).tolist()]
        if self.maybe():
            return {'x': [], 'y': [], 'starts': []}
        names = [self.words() for _ in range(self.chance.integers(0, 3))]
        at = self.chance.integers(0, n, len(names)).tolist()
        return self.places(n) | {'starts': starts if self.maybe() else np.array(starts), 'names': names, 'at': at}

    def area(self):
        return self.places(self.count()) | {'base': self.one(self.yr)}

    def tiles(self):
        n = self.n = self.count()
        return self.places(n) | {'w': self.series(self.xr, n), 'h': self.series(self.yr, n)}

    def squares(self):
        n = self.count()
        mark = self.places(n) | {'side': self.chance.uniform(0, 90, n)} if self.fixed.random() < .4 else {
            'x': self.series(self.xr, n), 'y0': self.series(self.yr, n), 'y1': self.series(self.yr, n)}
        return mark | ({'left': self.chance.random(n) < .5} if self.maybe() else {})

    def arrow(self):
        x, y = self.one(self.xr), self.one(self.yr)
        x1, y1 = self.one(self.xr), self.one(self.yr)
        return {'x': x, 'y': y, 'x1': x if self.maybe() else x1, 'y1': y if self.maybe() else y1}

    def edges(self):
        n = self.count()
        value = np.where(self.chance.random(n) < .2, 0, self.chance.normal(0, 4, n))
        more = {'x1': self.series(self.xr, n), 'y1': self.series(self.yr, n), 'value': value}
        bends = {'bend': self.chance.normal(0, 30, n)} if self.fixed.random() < .5 else {}
        lits = {'lits': [self.words() for _ in range(n)]} if self.maybe() else {}
        return self.places(n) | more | bends | lits | self.held(n)

    def nodes(self):
        n = self.count()
        return self.places(n) | {'r': 12, 'bare': self.maybe()} | self.written(n) | self.held(n)

    def labels(self):
        n = self.count()
        texts = {'text': [self.words() for _ in range(9)], 'of': self.chance.integers(0, 9, n)}
        return self.places(n) | self.written(n) | ({'anchor': 'start'} if self.maybe() else {}) | (
            texts if self.fixed.random() < .3 else {})

    def cells(self):
        return self.tiles() | self.written(self.n) | self.held(self.n)

    def written(self, n):
        inks = {'inks': [str(self.chance.choice(['', 'loss', 'model'])) for _ in range(n)]} if self.maybe() else {}
        lits = {'lits': [self.words() for _ in range(n)]} if self.maybe() else {}
        return {'text': [self.words() for _ in range(n)], **inks, **lits}

    def held(self, n):
        if self.fixed.random() < .5:
            return {}
        words = [self.words() for _ in range(n)]
        dials = {'names': words, 'says': words, 'values': ['1.5'] * n, 'step': .1, 'bounds': [-9, 9]}
        return {'label': 'numbers', 'dials': dials}

    def text(self):
        return {'x': self.one(self.xr), 'y': self.one(self.yr), 'text': self.words(), 'dx': self.chance.normal() * 9,
                'anchor': str(self.chance.choice(['start', 'middle', 'end'])), 'size': 'big' if self.maybe() else None}

    def image(self):
        h, w = self.fixed.integers(1, 9, 2).tolist()
        return {'shape': [h, w], 'pixels': self.chance.integers(0, 256, h * w, np.uint8),
                'palette': self.fixed.integers(0, 256, 768, np.uint8)}

    def cell(self):
        return {'x': self.one(self.xr), 'y': self.one(self.yr), 'w': self.one(self.xr), 'h': self.one(self.yr),
                'text': self.words()}

    def spoken(self):
        return {'label': self.words() or 'a handle', 'says': self.words(),
                'now': '3.5', 'min': str(-self.count()), 'max': '9'}

    def handle(self):
        move = str(self.fixed.choice(['x', 'y', 'both']))
        bounds = {'x': sorted(self.xr), 'y': sorted(self.yr), 'both': [sorted(self.xr), sorted(self.yr)]}[move]
        mark = {'x': self.one(self.xr), 'y': self.one(self.yr), 'move': move, 'bounds': bounds,
                'step': [1., .5] if move == 'both' else .5, 'cue': self.maybe(), **self.spoken()}
        seat = {'line': str(self.fixed.choice(self.carriers)), 'x': self.one(self.xr)}
        more = {'seat': seat}, {'hidden': self.maybe(), 'jump': self.maybe()}
        return mark | (*more, {'along': str(self.fixed.choice(self.carriers))}, {})[self.fixed.integers(4)]

    def sketch(self):
        n = self.count() + 1
        mark = self.places(n) | {'bounds': sorted(self.yr), 'step': 1.0, 'locked': self.maybe(), **self.spoken()}
        return mark | {'says': [self.words() for _ in range(n)], 'now': ['1'] * n} if self.maybe() else mark
