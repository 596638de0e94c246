"""Two curves and the one they make together, each with its tangent: the slope of the whole is the product of both."""
from functools import lru_cache

import numpy as np

from app.numbers import short, ticks
from app.scene import mark
from app.widgets.on_a_curve import drawn, padded
from core.chain_rule import compose
from lessons.chain_rule.machines import KNOWN
from lessons.chain_rule.ripples import in_letters
from lessons.power import size_text

OPTIONS = {}

REACH = (-4.0, 4.0)
CORNERS = (-3.0, 0.0)       # where one of the machines may have its kink, whatever goes before it
PANELS = ('inner', 'outer', 'whole')
LIT = {'inner': 'inner_rate', 'outer': 'outer_rate', 'whole': 'rate'}
MEANING = {'inner': 'hidden', 'outer': 'loss', 'whole': 'loss'}
LAYOUT = {'wide': {'size': [720, 396], 'boxes': [[52, 56, 168, 190], [296, 56, 168, 190], [540, 56, 168, 190]],
                   'titles': 22, 'row': 318, 'line': 25, 'columns': (52, 400)},
          'narrow': {'size': [340, 888], 'boxes': [[56, 56, 268, 150], [56, 306, 268, 150], [56, 556, 268, 150]],
                     'titles': 22, 'row': 762, 'line': 23, 'columns': (10, 204)}}


def draw(state, width):
    layout, panels = LAYOUT[width], the_panels(state)
    w, h = layout['size']
    marks, planes = {}, {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[h, 0])}
    for name, box in zip(PANELS, layout['boxes'], strict=True):
        panel = panels[name]
        planes[name] = dict(box=box, x=panel['xs'], y=panel['ys'], xticks=ticks(*panel['xs']),
                            yticks=ticks(*panel['ys']), xlabel=panel['from'], ylabel=panel['to'])
        marks |= curve(name, panel)
        marks[f'{name}-title'] = mark('text', 'paper', MEANING[name], x=box[0] - 34, y=box[1] - 56 + layout['titles'],
                                      text=panel['title'])
        marks[f'{name}-slope'] = mark('text', 'paper', 'gradient', x=box[0] + box[2], y=box[1] - 10, anchor='end',
                                      text=f'slope {short(panel["slope"], 3)}', lit=LIT[name])
    return {'size': layout['size'], 'title': 'Two curves, and both of them in a row', 'planes': planes,
            'controls': ['inner', 'outer', 'nudge'], 'marks': marks | numbers(state, layout) | handle(state, panels['inner'])}


def gesture(state, handle, point, **options):
    return {'w': round(point[0], 2)}


def the_panels(state):
    """What each picture shows: its curve, where the reader stands on it, and how steep it is there."""
    seen, (inner, outer) = state.seen(), state.row('two')
    places = {'inner': (state.w, seen.values[1], seen.rates[0]), 'outer': (seen.values[1], seen.values[2], seen.rates[1]),
              'whole': (state.w, seen.values[2], seen.rate)}
    return {name: dict(zip(('at', 'height', 'slope'), map(float, places[name]), strict=True)) | fields
            for name, fields in the_curves(inner, outer).items()}


@lru_cache(maxsize=128)
def the_curves(inner, outer):
    """What stays as it is while the dot is dragged: {panel: its curve, its ranges and its words}."""
    h, outside = KNOWN[inner], KNOWN[outer]
    return {'inner': panel(h.curve.f, list(REACH), 'w', 'h', f'h = {h.does.format("w")}'),
            'outer': panel(outside.curve.f, frame(h.curve.f), 'h', 'L', f'L = {outside.does.format("h")}'),
            'whole': panel(compose([h.curve, outside.curve]).f, list(REACH), 'w', 'L', f'L = {in_letters([inner, outer])}')}


def panel(f, xs, start, to, title):
    x, y = drawn(f, *xs, corners=CORNERS)
    return {'x': x, 'y': y, 'xs': xs, 'ys': padded(float(y.min()), float(y.max()), least=.5), 'from': start, 'to': to,
            'title': title}


def frame(f):
    heights = f(np.linspace(*REACH, 49))
    return padded(float(heights.min()), float(heights.max()), least=.5)


def curve(name, panel):
    """The curve, the tangent, and the dot where both meet."""
    far = np.array(panel['xs'])
    return {
        f'{name}-curve': mark('line', name, MEANING[name], x=panel['x'], y=panel['y'], label=f'the curve of {panel["title"]}'),
        f'{name}-tangent': mark('line', name, 'gradient', x=far, dash=True,
                                y=panel['height'] + panel['slope'] * (far - panel['at'])),
        f'{name}-dot': mark('points', name, MEANING[name], x=[panel['at']], y=[panel['height']], r=6)}


def numbers(state, layout):
    """The worked example: both rates, their product, and the judge. Where there is no room a rule has a line of its own."""
    seen, nudged = state.seen(), state.by_nudging()
    inner, outer = KNOWN[state.inner], KNOWN[state.outer]
    rows = [*rate('inner', inner.rule, 'w', state.w, seen.rates[0], layout), *rate('outer', outer.rule, 'h', seen.values[1],
                                                                                 seen.rates[1], layout),
            ('outer′ × inner′', short(seen.rate, 7), 'gradient', 'rate'),
            (f'nudged both ways by {size_text(state.h())}', short(nudged, 7), 'model', None)]
    made = {}
    for n, (words, value, meaning, lit) in enumerate(rows):
        for column, (x, text) in enumerate(zip(layout['columns'], (words, value), strict=True)):
            made[f'cell-{n}-{column}'] = mark('text', 'paper', meaning, x=x, y=layout['row'] + n * layout['line'], text=text,
                                                lit=lit)
    return made


def rate(name, rule, letter, at, slope, layout):
    """A machine's rule and what it gives at this place: in one line, or in two."""
    rule, place, value = f'{name}′ = {rule.format(letter)}', f'at {letter} = {short(float(at))}', short(float(slope))
    lit = f'{name}_rate'
    if layout is LAYOUT['narrow']:
        return [(rule, '', None, lit), (place, value, None, lit)]
    return [(f'{rule} {place}', value, None, lit)]


def handle(state, panel):
    low, high = REACH
    return {'at': mark('handle', 'inner', 'model', x=state.w, y=panel['height'], move='x', bounds=[low, high], step=.1, cue=True,
                       along='inner-curve', jump=True, label='w, what goes in', now=f'{state.w:g}', min='-4', max='4',
                       says=f'w {short(state.w)}: rates {short(float(state.seen().rates[0]))} and '
                            f'{short(float(state.seen().rates[1]))}, product {short(state.seen().rate)}')}
