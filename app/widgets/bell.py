"""The bell, to be taken hold of at its peak and at its flank; the shares of one, two, three standard deviations, and of any."""
import numpy as np

from app.numbers import short, ticks
from app.scene import mark
from app.widgets.on_a_curve import coarse
from app.widgets.on_paper import fitting, sheet, words
from core.gaussian import coverage
from lessons.gaussian.falls import WITHIN

OPTIONS, SHEET = {}, 'bell.css'

ENDS, TOP, MOST = (-6.0, 6.0), 0.72, 4.0        # of x, of the height, and of the reach in standard deviations
LAYOUT = {'wide': {'size': [720, 590], 'bell': [44, 34, 640, 228], 'rows': [44, 292, 640, 84], 'share': [72, 434, 380, 104],
                   'says': ((484, 462), (484, 488), (484, 514)), 'letter': 8.4, 'wrap': 78},
          'narrow': {'size': [340, 680], 'bell': [24, 34, 304, 190], 'rows': [24, 256, 304, 84], 'share': [60, 404, 262, 130],
                     'says': ((24, 608), (24, 632), (24, 656)), 'letter': 7.6, 'wrap': 30}}


def draw(state, width):
    layout = LAYOUT[width]
    low, high = state.ends()
    return {
        'size': layout['size'], 'title': 'A bell, and what share of it lies within so many standard deviations',
        'controls': ['mean', 'sd'],
        'planes': {'paper': sheet(layout['size']),
                   'bell': dict(box=layout['bell'], x=list(ENDS), y=[0, TOP]),
                   'ground': dict(box=ground(layout['bell']), x=list(ENDS), y=[0, 1], xticks=ticks(*ENDS, 6)),
                   'rows': dict(box=layout['rows'], x=list(ENDS), y=[3, 0]),
                   'share': dict(box=layout['share'], x=[0, MOST], y=[0, 1.06], grid=True, xlabel='σ on both sides',
                                 xticks=[[k, str(k)] for k in range(5)],
                                 yticks=[[0, '0'], [0.5, '50 %'], [1, '100 %']])},
        'marks': {
            **{f'band-{sds}': mark('area', 'bell', 'model', base=0.0, label=f'within {sds} σ', **piece(state, sds))
               for sds in reversed(WITHIN)},
            'head': words(layout['bell'][0], 18, fitting(layout['wrap'], *head(state)), 'model'),
            'curve': mark('line', 'bell', 'model', label='the bell', **outline(state)),
            'reached': mark('lines', 'bell', 'step', **uprights(state, low, high), lit='share'),
            **brackets(state, layout),
            'coverage': mark('line', 'share', 'model', **coverage_curve(), label='the share within so many σ'),
            'landmarks': mark('points', 'share', 'model', fixed=True, x=list(map(float, WITHIN)), r=5,
                              y=[coverage(sds) for sds in WITHIN]),
            'drop': mark('line', 'share', 'step', x=[state.reach] * 2, y=[0.0, coverage(state.reach)], dash=True),
            **{f'says-{k}': words(*place, text, 'step', lit='share') for k, (place, text) in enumerate(zip(layout['says'], (
                f'within {short(state.reach, 3)} σ: {state.share_says()}', state.ends_say(),
                f'outside: {100 - state.share():.2f} %'), strict=True))},
            **handles(state)}}


def light(values):
    """Places as fine as a picture needs them, which weigh little."""
    return np.float32(coarse(values))


def ground(box):
    """Where the axis of a bell is: no line at 0 then crosses the bell."""
    left, top, width, height = box
    return [left, top + height - 1, width, 1]


def head(state):
    """The bell in words, at length and in short."""
    least, most = state.param['sd'].bounds
    what, brief = (', as narrow as it gets', ' (least)') if state.sd <= least else (', as wide as it gets', ' (most)') \
        if state.sd >= most else ('', '')
    mean, sd, high = short(state.mean, 3), short(state.sd, 3), f'{short(state.peak(), 3)} high'
    return f'mean {mean}, standard deviation {sd}{what}: {high}', f'μ = {mean}, σ = {sd}{brief}: {high}'


def outline(state):
    """The whole curve, finest where the bell is."""
    x = np.unique(np.clip(np.concatenate([ENDS, state.mean + state.sd * np.linspace(-4.4, 4.4, 51)]), *ENDS))
    return dict(x=light(x), y=light(state.height(x)))


def piece(state, sds):
    """The bell within so many standard deviations, as far as the picture goes."""
    low, high = (float(np.clip(end, *ENDS)) for end in state.ends(sds))
    x = np.linspace(low, high, 9 + 8 * sds)
    return dict(x=light(x), y=light(state.height(x)))


def uprights(state, low, high):
    """Where the reader's own share ends, on both sides."""
    x = [end for end in (low, high) if ENDS[0] <= end <= ENDS[1]]
    return dict(x=np.repeat(x, 2), y=[value for end in x for value in (0.0, float(state.height(end)))],
                starts=list(range(0, 2 * len(x), 2)))


def brackets(state, layout):
    """A line for each band, and its share on it or beside it, wherever there is room."""
    found, unit = {}, layout['bell'][2] / (ENDS[1] - ENDS[0])
    for k, sds in enumerate(WITHIN):
        low, high = (float(np.clip(end, *ENDS)) for end in state.ends(sds))
        share = f'{100 * coverage(sds):.2f} %'
        texts = f'{share} within {sds} σ', f'{sds} σ: {share}', share
        text, x, anchor = beside(low, high, texts, layout['letter'] / unit, 8 / unit)
        found[f'bracket-{sds}'] = mark('line', 'rows', 'model', x=[low, high], y=[k + 0.5] * 2, lit=f'within_{sds}')
        found[f'bracket-{sds}-says'] = mark('labels', 'rows', 'model pill', x=[x], y=[k + 0.5], text=[text], anchor=anchor,
                                            lit=f'within_{sds}')
    return found


def beside(low, high, texts, letter, gap):
    """The longest of these texts that fits on a line, to its right or to its left; where it then stands, and its anchor."""
    for text in texts:
        long = len(text) * letter
        if long + 4 * gap < high - low:
            return text, (low + high) / 2, 'middle'
        if high + gap + long < ENDS[1]:
            return text, high + gap, 'start'
        if low - gap - long > ENDS[0]:
            return text, low - gap, 'end'
    return texts[-1], (low + high) / 2, 'middle'


def coverage_curve():
    x = np.linspace(0, MOST, 41)
    return dict(x=light(x), y=light([coverage(sds) for sds in x]))


def handles(state):
    mean, sd = state.param['mean'].bounds, state.param['sd'].bounds
    at = state.mean + state.sd
    return {
        'peak': mark('handle', 'bell', 'model', x=state.mean, y=state.peak(), move='x', bounds=list(mean), step=0.1, cue=True,
                     label='the peak: the mean', now=f'{state.mean:g}', min=f'{mean[0]:g}', max=f'{mean[1]:g}',
                     says=f'mean {short(state.mean, 3)}'),
        'flank': mark('handle', 'bell', 'model', x=at, y=float(state.height(at)), move='x',
                      bounds=[state.mean + end for end in sd], step=0.1, cue=True, label='the flank: one standard deviation away',
                      now=f'{state.sd:g}', min=f'{sd[0]:g}', max=f'{sd[1]:g}', says=f'standard deviation {short(state.sd, 3)}'),
        'reach': mark('handle', 'share', 'step', x=state.reach, y=coverage(state.reach), move='x', bounds=[0, MOST], step=0.1,
                      along='coverage', jump=True, label='standard deviations on both sides', now=f'{state.reach:g}', min='0',
                      max=f'{MOST:g}', says=f'within {short(state.reach, 3)} standard deviations lie {state.share_says()}')}


def gesture(state, handle, point, **options):
    x = float(point[0])
    return {'peak': {'mean': round(x, 2)}, 'flank': {'sd': round(x - state.mean, 2)}, 'reach': {'reach': round(x, 2)}}[handle]
