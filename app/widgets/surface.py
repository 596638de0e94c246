"""A landscape and its map: a point on both, the arrow uphill with its two parts, and a walk downhill."""
from functools import lru_cache

import numpy as np

from app.contours import contours, light, simple, thinned
from app.mesh import bent
from app.numbers import show as text_of
from app.numbers import ticks
from app.scene import mark
from lessons.gradient.lands import LANDS
from lessons.rate import rate_text
from lessons.short import short

OPTIONS = {}

RUNS_ON = ('surface', 'from_across', 'from_up', 'rate')
POINTS, FINE = 33, 121              # of the surface along each side, and of the grid that contour lines are drawn from
YAW, PITCH = -38.0, 36.0            # degrees
LONGEST, TAPER = 0.24, 0.2          # of the window, the arrow where it is steepest; how fast it shortens where it is less
APART = 0.035                       # of half the window: steps that are nearer show as one
LAYOUT = {'wide': {'size': [720, 462], 'surface': [0, 2, 380, 372], 'map': [436, 42, 268, 268],
                   'rows': [(8, 400), (8, 426), (8, 452)]},
          'narrow': {'size': [340, 732], 'surface': [5, 0, 330, 318], 'map': [58, 356, 264, 264],
                     'rows': [(4, 682), (4, 704), (4, 726)]}}


def draw(state, width):
    layout, land = LAYOUT[width], state.land()
    w, h = layout['size']
    x, y = land.window()
    box, marks = layout['map'], land_marks(state.surface, width)
    path, steps = trail(land, shown(land, state.walk().path))
    rows = readings(land, state.point(), width)
    return {
        'size': layout['size'], 'title': f'{land.words}: the landscape and its map', 'controls': ['surface', 'rate'],
        'planes': {'space': dict(box=layout['surface'], x=[0, 1], y=[0, 1]), 'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'map': dict(box=box, x=list(x), y=list(y), frame=True, xlabel=land.axes[0], ylabel=land.axes[1],
                               xticks=ticks(*x, 3), yticks=ticks(*y, 3))},
        'marks': {
            'surface': marks['surface'] | dict(px=path[:, 0], py=path[:, 1], **arrows_on(land, state.point())),
            'contours': marks['contours'],
            'path': mark('line', 'map', 'step', x=path[:, 0], y=path[:, 1]),
            'steps': mark('points', 'map', 'step', x=steps[:, 0], y=steps[:, 1], r=3.5),
            **arrows(land, state.point()),
            'walker': mark('points', 'map', 'step', x=[], y=[], r=6),
            'felt': arrow(state.start(), (0.0, 0.0)),
            **handles(state, land),
            **{f'row-{i}': mark('text', 'paper', meaning, x=at[0], y=h - at[1], text=words)
               for i, (at, (meaning, words)) in enumerate(zip(layout['rows'], rows, strict=True))}}}


@lru_cache
def land_marks(name, width):
    """What does not change with the reader's hands: the surface and its contour lines, made once for all."""
    land = LANDS[name]
    x, y, heights = land.grid(POINTS)
    names = [text_of(level, ',.10g') for level in land.levels]
    grid = dict(x=[x[0], x[-1]], y=[y[0], y[-1]], z=list(land.heights), **bent(heights, land.heights))
    return {
        'surface': mark('mesh', 'space', 'data', map='map', **grid, levels=list(land.levels), yaw=YAW, pitch=PITCH,
                        names=list(land.axes), dots=['probe', 'start'],
                        label=f'{land.words}, as a landscape: {said(land, heights)}'),
        'contours': mark('lines', 'map', **contours(*land.grid(FINE), land.levels, names),
                         label=f'the map: lines of equal height at {", ".join(names)}')}


def said(land, heights):
    """The surface in words, for those who don't see it."""
    x, y, _ = land.grid(heights.shape[0])
    j, i = np.unravel_index(np.argmin(heights), heights.shape)
    return (f'heights from {text_of(heights.min(), ",.4g")} to {text_of(heights.max(), ",.6g")}, lowest near '
            f'{place(land, (x[i], y[j]))}')


def place(land, point):
    """A point in words: 'slope 131 $/ft², intercept 80 thousand $', or '(1.2, −0.4)'."""
    x, y = (short(value, 3) for value in point)
    return f'({x}, {y})' if land.across == '{}' else f'{land.across.format(x)}, {land.up.format(y)}'


def readings(land, point, width):
    """Three lines under the picture: the height, and both parts of the gradient."""
    (x, y), (by_x, by_y), houses = (short(value, 3) for value in point), land.gradient(point), land.across != '{}'
    there = place(land, point) if width == 'wide' else f'({x}, {y})'
    height, one, other = ('loss', 'slope', 'intercept') if houses else ('f', 'x', 'y')
    units = (' for each $/ft²', ' for each thousand $') if houses else ('', '')
    return [('loss' if houses else None, f'{height} = {short(land.height(point))} at {there}'),
            ('gradient', f'→ ∂{height}/∂{one} = {short(by_x)}{units[0]}'),
            ('gradient', f'↑ ∂{height}/∂{other} = {short(by_y)}{units[1]}')]


@lru_cache
def steepest(name):
    """The steepest slope in the window."""
    land = LANDS[name]
    x, y, _ = land.grid(25)
    return max(float(np.hypot(*land.gradient((a, b)))) for a in x for b in y)


def uphill(land, point):
    """The arrow from here, (dx, dy): along the gradient, and longer where it is steeper, though not in proportion."""
    g = np.asarray(land.gradient(point), float)
    steep = float(np.hypot(*g))
    name = next(name for name, other in LANDS.items() if other is land)
    return g / steep * 2 * land.half * LONGEST * min(1.0, steep / steepest(name)) ** TAPER if steep else g


def arrows(land, point):
    """Uphill, and its two parts, on the map."""
    (x, y), (dx, dy) = map(float, point), map(float, uphill(land, point))
    there = dict(x=x, y=y, rides='probe')
    return {'across': mark('arrow', 'map', 'gradient part', **there, x1=x + dx, y1=y),
            'up': mark('arrow', 'map', 'gradient part', **there, x1=x, y1=y + dy),
            'uphill': mark('arrow', 'map', 'gradient', **there, x1=x + dx, y1=y + dy, label='uphill')}


def arrows_on(land, point):
    """The same on the surface."""
    return {'arrows': arrow_ends(point, uphill(land, point)), 'inks': ['gradient-part', 'gradient-part', 'gradient']}


def arrow(point, way):
    """A bold one on the map, without parts and without a word."""
    (x, y), (dx, dy) = map(float, point), map(float, way)
    return mark('arrow', 'map', 'gradient', x=x, y=y, x1=x + dx, y1=y + dy)


def arrow_ends(point, way):
    (x, y), (dx, dy) = point, way
    return np.array([x, y, x + dx, y, x, y, x, y + dy, x, y, x + dx, y + dy], float)


def shown(land, path):
    """The part of a path that a picture can hold: nothing further out than a few windows."""
    far = np.abs(land.place_of(path)).max(axis=1) > 20
    return path[:np.argmax(far) + 1] if far.any() else path


def trail(land, path):
    """A path for a picture, and the steps on it that can be told apart."""
    size = [2 * land.half] * 2
    return light(simple(path, land.half / 700), size), light(path[thinned(path, land.half * APART)], size)


def handles(state, land):
    """The probe, which follows a passing mouse, and the start of the walk, which comes where the map is pressed."""
    window = [list(ends) for ends in land.window()]
    low, high = (text_of(value, '.6g').replace('−', '-') for value in land.heights)

    def handle(label, point, **more):
        height = land.height(point)
        return mark('handle', 'map', **more, x=float(point[0]), y=float(point[1]), move='both', bounds=window,
                    step=[land.half / 20] * 2, label=label, now=f'{height:.6g}', min=low, max=high,
                    says=f'{place(land, point)}: {land.axes[2]} {short(height)}')

    by_x, by_y = np.asarray(land.gradient(state.point()), float)
    probe = handle('probe', state.point(), meaning='gradient', hover=True)
    return {'probe': probe | {'says': f'{probe["says"]}; slopes {short(by_x, 4)} and {short(by_y, 4)}'},
            'start': handle('start of the walk', state.start(), meaning='step', jump=True, cue=True)}


def gesture(state, handle, point, **options):
    across, up = map(float, state.land().place_of(point))
    return state.starting_at((across, up)) if handle == 'start' else {'across': across, 'up': up}


def record(state, **options):
    """The walk, one moment for each step: the walker on both pictures, its trail, and on the map the arrow it feels."""
    land, walk = state.land(), state.walk()
    path = shown(land, walk.path)
    n, heights = len(path), [land.height(point) for point in path]
    counts, apart = np.arange(1, n + 1), thinned(path, land.half * APART)
    inside = np.abs(land.place_of(path)).max(axis=1) <= 1
    ways = np.array([uphill(land, point) if here else (0.0, 0.0) for point, here in zip(path, inside, strict=True)])
    ends = path + ways
    return {
        'frames': n, 'pace': 6, 'labels': [label(land, k, path[k], heights[k]) for k in range(n)],
        'tracks': {
            'walker.x': path[:, :1], 'walker.y': path[:, 1:], 'surface.dot': path,
            'felt.x': path[:, 0], 'felt.y': path[:, 1], 'felt.x1': ends[:, 0], 'felt.y1': ends[:, 1]},
        'growing': {f'{mark}.{field}': (values[:, i], so_far) for mark, names, values, so_far in (
            ('path', 'x y', path, counts), ('surface', 'px py', path, counts),
            ('steps', 'x y', path[apart], np.searchsorted(apart, counts))) for i, field in enumerate(names.split())},
        'says': says(state, walk, n), **rescue(state, walk)}


def rescue(state, walk):
    """What the player offers after a walk that was lost."""
    return {'rescue': f'Take rate {rate_text(state.rescued()["rate"])} instead'} if walk.verdict == 'diverged' else {}


def label(land, k, point, height):
    name = land.axes[2]
    return f'{"The start" if k == 0 else f"Step {k}"}: {name} {short(height)} at {place(land, point)}'


def says(state, walk, n):
    """How the walk ended, with the rate that it had."""
    return f'After {n - 1} steps with rate {rate_text(state.rate)}: {walk.says}'
