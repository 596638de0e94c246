"""A place on a curve with the tangent there, its slope worked out, and a lens under which the curve turns straight."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from app.widgets.on_a_curve import drawn, frame, gesture_at, paper, place_text, scales, slope_text, worked
from lessons.power import size_text

OPTIONS = {}

AROUND = np.linspace(-1, 1, 33)
LAYOUT = {'wide': {'size': [720, 486], 'box': [56, 34, 400, 290], 'lens': [492, 74, 178, 178], 'above': [492, 56],
                   'below': [492, 312], 'rows': [[56, 394], [56, 419], [56, 444], [56, 474]]},
          'narrow': {'size': [340, 632], 'box': [42, 34, 284, 205.9], 'lens': [96, 424, 150, 150], 'above': [42, 410],
                     'below': [42, 622], 'rows': [[42, 308], [42, 330], [42, 352], [42, 378]]}}
VERDICTS = {
    'up': '+ : it rises, so downhill is to the left ←',
    'down': '− : it falls, so downhill is to the right →',
    'bottom': '0 : flat, and this is the bottom of a valley',
    'top': '0 : flat, but this is a top',
    'ledge': '0 : flat, and yet it goes on down on one side',
    'plain': '0 : level ground, no way is down',
    'fading': '0 : as good as level',
    'kink': 'a kink: two slopes, so no derivative here',
}


def draw(state, width):
    layout, walk = LAYOUT[width], state.walk()
    xs, ys = ranges = frame(walk)
    return {'size': layout['size'], 'title': f'{walk.words} with its tangent at one place', 'controls': ['curve', 'zoom'],
            'planes': {'paper': paper(layout['size']), 'curve': scales(ranges, layout['box']),
                       'lens': _lens_plane(state, layout, ranges)},
            'marks': {**_curve(state, xs), **_slope(state, xs, ys), **_lens(state, layout, ranges),
                      **_words(state, layout), **_dot(state)}}


def gesture(state, handle, point, **options):
    return gesture_at(state, point[0])


def _curve(state, xs):
    low, high = state.walk().reach
    x, y = drawn(state.height, low, high, state.walk().places)
    return {'curve': mark('line', 'curve', 'model', x=x, y=y, label=f'the curve of {state.walk().words}')}


def _slope(state, xs, ys):
    """The tangent with one step to the right and the rise; at a kink, both of its slopes."""
    x, fx, slope, kink = state.x(), state.fx(), state.slope(), state.at_a_kink()
    before, after = state.slopes_beside()
    room = x + 1 <= xs[1]                   # for the step to the right; where there is none, a step that ends here
    start = x if room else x - 1
    foot, top = fx + slope * (start - x), fx + slope * (start + 1 - x)
    level, side, under = (foot, start + 1, slope >= 0) if room else (top, start, slope < 0)

    def line(shown, x0, y0, x1, y1, **more):
        return mark('line', 'curve', 'gradient', x=[x0, x1] if shown else [], y=[y0, y1] if shown else [], **more)

    def along(shown, rise, x0, x1):
        return line(shown, x0, fx + rise * (x0 - x), x1, fx + rise * (x1 - x), lit='derivative')

    def name(text, x, y, **more):
        return mark('text', 'curve', 'gradient', x=x, y=min(ys[1], max(ys[0], y)), text='' if kink else text, **more)

    return {
        'tangent': along(not kink, slope, *xs),
        'left-slope': along(kink, before, xs[0], x),
        'right-slope': along(kink, after, x, xs[1]),
        'run': line(not kink, start, level, start + 1, level, dash=True),
        'rise': line(not kink, side, foot, side, top, dash=True),
        'one': name('1', start + 0.5, level, dy=18 if under else -8, anchor='middle'),
        'rises': name(slope_text(slope), side, (foot + top) / 2, dx=7 if room else -7, lit='derivative',
                      dy=5 if abs(slope) > (ys[1] - ys[0]) / 12 else -9, anchor='start' if room else 'end'),
    }


def _proportion(layout, ranges):
    """How the frame draws one step right and one step up: the lens must keep it, or slopes would look different there."""
    (x0, x1), (y0, y1), (_, _, w, h) = *ranges, layout['box']
    return (w / (x1 - x0)) / (h / (y1 - y0))


def _lens_plane(state, layout, ranges):
    tall, far = _proportion(layout, ranges), size_text(state.half_width())
    return dict(box=layout['lens'], x=[-1, 1], y=[-tall, tall], frame=True,
                xticks=[[-1, f'−{far}'], [0, 'x'], [1, f'+{far}']])


def _lens(state, layout, ranges):
    """What the lens sees, and on the curve, how little of it that is."""
    tall, w, kink, slope = _proportion(layout, ranges), state.half_width(), state.at_a_kink(), state.slope()
    around, seen = drawn(state.under_the_lens, -1, 1, [(place - state.x()) / w for place in state.walk().places], 2 * tall)
    straight = slope * AROUND
    inside = np.abs(straight) <= tall
    off = float(np.abs(state.under_the_lens(AROUND) - straight)[inside].max()) / (2 * tall) * 100
    share = f'{text_of(off, ".2g")} % of the frame' if off >= 0.1 else 'less than 0.1 %'
    words = 'a corner stays a corner' if kink else 'far off the line' if off >= 100 else f'off by {share}'
    times = f'{size_text(state.magnified())} ×'

    def row(place, text, meaning=None):
        x, y = layout[place]
        return mark('text', 'paper', meaning, x=x, y=layout['size'][1] - y, text=text)

    return {
        'looks-at': mark('tiles', 'curve', x=[state.x() - w], y=[state.fx() - w * tall], w=[2 * w], h=[2 * w * tall]),
        'seen-tangent': mark('line', 'lens', 'gradient', x=[] if kink else [-1, 1], y=[] if kink else [-slope, slope], dash=True),
        'seen': mark('line', 'lens', 'model', x=around, y=seen, label=f'the curve around x, {times}: {words}'),
        'spot': mark('points', 'lens', 'model', x=[0], y=[0], r=5),
        'times': row('above', f'under the lens, {times}'),
        'straightness': row('below', words),
    }


def _words(state, layout):
    """The computation with the reader's numbers in it, and what its sign says."""
    x, verdict = place_text(state.walk(), state.x()), VERDICTS[state.kind_of_place()]
    if state.at_a_kink():
        before, after = map(slope_text, state.slopes_beside())
        rule, numbers = f'f′(x) = {state.walk().rule}', f'slope {before} on the left, {after} on the right'
    else:
        rule, *numbers = worked(state)
        rule, numbers = f'f′(x) = {rule}', ' = '.join([f'f′({x})', *numbers])
    texts = {'where': (f'x = {x}, f(x) = {text_of(state.fx(), ".4g")}', None), 'rule': (rule, None),
             'numbers': (numbers, 'gradient'), 'verdict': (verdict, None)}
    return {key: mark('text', 'paper', meaning, x=place[0], y=layout['size'][1] - place[1], text=text,
                      lit='derivative' if key == 'numbers' else None)
            for (key, (text, meaning)), place in zip(texts.items(), layout['rows'], strict=True)}


def _dot(state):
    walk, x = state.walk(), state.x()
    low, high = walk.reach
    return {'dot': mark('handle', 'curve', 'model', x=x, y=state.fx(), move='x', bounds=[low, high], step=walk.stride,
                        along='curve', jump=True, cue=True, label='where you stand on the curve', now=f'{x:.4g}',
                        min=f'{low:g}', max=f'{high:g}', says=f'x {place_text(walk, x)}, {_spoken(state)}')}


def _spoken(state):
    if state.at_a_kink():
        return 'a kink, no derivative'
    kind = state.kind_of_place()
    return f'slope {slope_text(state.slope())}' + ('' if kind in ('up', 'down') else f', {kind}')
