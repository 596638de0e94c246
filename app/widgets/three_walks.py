"""Plain descent, momentum and Adam from one start in the long valley of the house line, step for step."""
from functools import lru_cache

import numpy as np

from app.contours import contours
from app.numbers import short, ticks
from app.numbers import show as text_of
from app.scene import mark
from app.widgets import log_loss
from app.widgets.race_run import losses
from lessons.stochastic import valley
from lessons.stochastic.verdict import loss_text

OPTIONS = {}
SHEET = 'races.css'

RUNS_ON = ('slope', 'intercept', 'valley_rate', 'adam_rate')
CLASSES = {'plain': 'model', 'momentum': 'hidden', 'adam': 'step'}
WORDS = {'plain': 'plain', 'momentum': 'momentum', 'adam': 'Adam'}
SLOPES, INTERCEPTS = (0.0, 300.0), (-100.0, 200.0)
LEVELS = (500, 5000, 30_000)
POWERS = (-2, 6)
LAYOUT = {'wide': {'size': [720, 392], 'says': [(82, 18), (286, 18), (536, 18)], 'map': [72, 60, 264, 264],
                   'time': [440, 60, 260, 264]},
          'narrow': {'size': [340, 672], 'says': [(16, 16), (16, 38), (16, 60)], 'map': [56, 98, 264, 264],
                     'time': [86, 440, 236, 170]}}
FAR = 30                    # windows: a path is drawn no further out


def draw(state, width):
    layout, (slope, intercept) = LAYOUT[width], state.valley_start()
    w, h = layout['size']
    loss = float(state.walk_by('plain').heights[0])
    begins = loss_text(loss)
    return {
        'size': layout['size'], 'controls': ['valley_rate', 'adam_rate'],
        'title': 'Plain descent, momentum and Adam in the long valley of the house line',
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'map': dict(box=layout['map'], x=list(SLOPES), y=list(INTERCEPTS), frame=True, xticks=ticks(*SLOPES, 3),
                               yticks=ticks(*INTERCEPTS, 3), xlabel='slope ($/ft²)', ylabel='intercept (thousand $)'),
                   'time': log_loss.plane(layout['time'], 'step', [0, valley.STEPS], POWERS, width, 'loss above the lowest')},
        'marks': {
            'contours': mark('lines', 'map', fixed=True, **contour_lines()),
            'bottom': mark('points', 'map', 'data', fixed=True, x=[valley.BOTTOM[0]], y=[valley.BOTTOM[1]], r=4,
                           label='the bottom'),
            **{f'{rule}-path': mark('line', 'map', CLASSES[rule], x=[], y=[]) for rule in valley.RULES},
            **{rule: mark('points', 'map', CLASSES[rule], x=[slope], y=[intercept], r=7) for rule in valley.RULES},
            'start': mark('handle', 'map', 'model', x=slope, y=intercept, move='both', bounds=[list(SLOPES), list(INTERCEPTS)],
                          step=[5, 5], jump=True, cue=True, label='start of all three', now=f'{slope:g}', min='0', max='300',
                          says=f'slope {short(slope)} $/ft², intercept {short(intercept)} thousand $, loss {begins}'),
            **log_loss.marks(CLASSES, loss, POWERS),
            **{f'{rule}-key': mark('points', 'paper', CLASSES[rule], x=[at[0] - 10.0], y=[h - at[1] + 5.0], r=5)
               for rule, at in zip(valley.RULES, layout['says'], strict=True)},
            **{f'{rule}-says': mark('text', 'paper', CLASSES[rule], x=at[0], y=h - at[1], text=f'{WORDS[rule]}: loss {begins}')
               for rule, at in zip(valley.RULES, layout['says'], strict=True)}}}


@lru_cache
def contour_lines():
    """The map, the same for everybody."""
    x, y = np.linspace(*SLOPES, 121), np.linspace(*INTERCEPTS, 121)
    names = [text_of(level, ',') for level in LEVELS]
    return contours(x, y, valley.heights(x, y), LEVELS, names) | {'label': f'the map: lines of equal loss at {", ".join(names)}'}


def gesture(state, handle, point, **options):
    return {'slope': float(point[0]), 'intercept': float(point[1]) * 1000}


def record(state, **options):
    """All three walks, a moment for each step."""
    walks = {rule: state.walk_by(rule) for rule in valley.RULES}
    frames = max(walk.steps + walk.lost for walk in walks.values()) + 1
    moments, run, said = np.arange(frames), {'marks': {}, 'tracks': {}, 'growing': {}}, {}
    low, high = np.transpose([SLOPES, INTERCEPTS])
    for rule, walk in walks.items():
        at = np.minimum(moments, walk.steps)
        path = np.clip(walk.path, low - FAR * (high - low), high + FAR * (high - low))
        inside = np.clip(path[at], low, high)
        said[rule] = [f'{WORDS[rule]}: {text}' for text in losses(walk, moments)]
        run['tracks'] |= {f'{rule}.x': inside[:, :1], f'{rule}.y': inside[:, 1:], f'{rule}-says.text': said[rule]}
        run['growing'] |= {f'{rule}-path.{field}': (path[:, i], at + 1) for i, field in enumerate('xy')}
        log_loss.add(run, rule, np.arange(walk.steps + 1.0), walk.heights, at, POWERS)
    heads = ['The start', *(f'Step {k}' for k in range(1, frames))]
    return run | {
        'frames': frames, 'pace': 10, 'steps': np.zeros(frames, int), 'says': says(walks),
        'labels': [f'{head}. {"; ".join(words)}' for head, *words in zip(heads, *said.values(), strict=True)],
        'rescue': 'Take the rates back' if any(walk.lost for walk in walks.values()) else '',
        'time': {'plane': 'time', 'x': moments.astype(float)}}


def says(walks):
    """Who is lowest in the end, who has hardly moved, and who was thrown out."""
    lost = [WORDS[rule] for rule, walk in walks.items() if walk.lost]
    left = {rule: walk for rule, walk in walks.items() if not walk.lost}
    still = [WORDS[rule] for rule, walk in left.items() if walk.heights[-1] > walk.heights[0] / 2]
    said = [f'Thrown out by too large a rate: {" and ".join(lost)}.'] if lost else []
    if left:
        best = min(left, key=lambda rule: left[rule].heights[-1])
        lowest = loss_text(float(left[best].heights[-1]))
        said.append(f'After {left[best].steps} steps {WORDS[best]} is lowest, {lowest} above the bottom.')
    if still:
        said.append(f'No nearer, or hardly: {" and ".join(still)}.')
    return ' '.join(said)
