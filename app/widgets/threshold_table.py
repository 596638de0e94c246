"""A threshold unit and its four rows: each sum stands on a line of its own, and one cut through all of them says yes or no."""
from app.numbers import short
from app.scene import mark
from app.widgets.sentences import sentence
from core.data import BITS
from lessons.perceptron.sandbox import ROWS, STEP, THRESHOLD, WEIGHT, word

OPTIONS = {}

HEADS = ('x₁', 'x₂', 'Σ', 'output', 'desired')
LAYOUT = {'wide': {'size': [720, 388], 'row': 52, 'top': 52, 'columns': (14, 42, 86, 148, 218, 260), 'strip': 396, 'room': 310,
                   'cut': 52, 'says': (334, 358, 382), 'wrap': 86, 'margin': 8},
          'narrow': {'size': [340, 646], 'row': 48, 'top': 36, 'columns': (10, 34, 70, 122, 186, 220), 'strip': 50, 'room': 284,
                     'cut': 318, 'says': (572, 594, 616, 638), 'wrap': 46, 'margin': 4}}
ROW_OF = {'w1': 2, 'w2': 1}                 # whose sum is this weight alone


def draw(state, width):
    layout, now = LAYOUT[width], state.checked()
    w, h = layout['size']
    row, box = layout['row'], [layout['strip'], layout['cut'], layout['room'], 4 * layout['row']]
    return {
        'size': layout['size'], 'title': 'A threshold unit and its table', 'controls': ['task', 'help'],
        'planes': {'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h]),
                   'cut': dict(box=box, x=[-4.3, 4.3], y=[0, 4], xlabel='Σ = w₁x₁ + w₂x₂',
                               xticks=[[v, short(v)] for v in (-4, -2, 0, 2, 4)])},
        'marks': {**ledger(state, now, layout, row, h, width), **strip(state, now, row, width),
                  'bias': mark('text', 'paper', 'model', x=layout['margin'], y=h - layout['top'] - 4 * row - 26,
                               text=f'T = {short(state.threshold)}, so the bias b = −T is {short(-state.threshold)}'),
                  **sentence('hint', says(state, now), layout, h)}}


def ledger(state, now, layout, row, h, width):
    """The rows: inputs, sum, what comes out, and what is desired, which can be turned."""
    columns, top = layout['columns'], layout['top']
    middles = [h - top - row * (i + .5) for i in range(4)]
    x1, x2, total, output, desired, verdict = columns

    def column(x, texts, **more):
        return mark('labels', 'paper', x=[x] * 4, y=middles, text=list(texts), **more)

    return {
        'printed': mark('labels', 'paper', fixed=True, x=[*columns[:5], *[x1] * 4, *[x2] * 4],
                        y=[h - top + 16.0] * 5 + middles * 2, text=[*HEADS, *(f'{bit:g}' for bit in BITS.T.ravel())],
                        inks=[''] * 5 + ['data'] * 8),
        'sums': column(total, [short(float(v)) for v in now.sums]),
        'outputs': column(output, [str(v) for v in now.says], inks=['model'] * 4),
        'desired': mark('cells', 'paper', x=[desired - 22.0] * 4, y=[y - 22.0 for y in middles], w=[44.0] * 4, h=[44.0] * 4,
                        text=[str(v) for v in now.wanted], picks=True, label='desired: press a row to turn its answer',
                        labels=[f'{ROWS[i]} should give {v}: press to turn it' for i, v in enumerate(now.wanted)]),
        'verdicts': column(verdict, anchor='start', texts=[word(*pair) for pair in zip(now.says, now.wanted, strict=True)],
                           label=spoken(now),
                           inks=['step' if right else 'loss' for right in now.right])}


def spoken(now):
    """The table for those who can't see it."""
    return '; '.join(f'{row}: sum {short(float(total))}, output {says}, desired {want}, {word(says, want)}'
                     for row, total, says, want in zip(ROWS, now.sums, now.says, now.wanted, strict=True))


def strip(state, now, row, width):
    """Where each sum should be, where it is, and the cut."""
    cut, ends = state.threshold, (-4.3, 4.3)
    heights = [3.5 - i for i in range(4)]
    low = [cut if want else ends[0] for want in now.wanted]
    high = [ends[1] if want else cut for want in now.wanted]
    fixed, widths = [0, 3], [max(0.0, b - a) for a, b in zip(low, high, strict=True)]
    return {
        'goals': mark('tiles', 'cut', 'step', x=low, y=[v - .38 for v in heights], w=widths, h=[.76] * 4,
                      label='where each sum should be'),
        'lanes': mark('lines', 'cut', fixed=True, x=[-4.3, 4.3] * 4, y=[v for v in heights for _ in 'ab'], starts=[0, 2, 4, 6]),
        'line': mark('line', 'cut', 'model', x=[cut, cut], y=[0.0, 4.0], rides='threshold', label='the threshold'),
        'sums-at': mark('points', 'cut', 'data', x=[float(now.sums[i]) for i in fixed], y=[heights[i] for i in fixed], r=8),
        'names': mark('labels', 'cut', x=[ends[0] - .1] * 4, y=heights, text=list(ROWS) if width == 'narrow' else [''] * 4,
                      anchor='end', fixed=True),
        **{f'w{i}': weight(state, i, heights) for i in (1, 2)},
        'cut-says': mark('text', 'cut', 'model', x=cut, y=4.0, dx=20, dy=5, rides='threshold', text=f'T = {short(cut)}'),
        **{f'w{i}-says': mark('text', 'cut', 'model', x=getattr(state, f't{i}'), y=heights[ROW_OF[f'w{i}']], dx=-18, dy=5,
                              anchor='end', rides=f'w{i}', text=f'w{"₁₂"[i - 1]}') for i in (1, 2)},
        'threshold': mark('handle', 'cut', 'model', x=cut, y=4.0, move='x', bounds=[-THRESHOLD, THRESHOLD], step=STEP, cue=True,
                          label='threshold T', says=f'threshold {short(cut)}', now=f'{cut:g}', min=f'{-THRESHOLD:g}',
                          max=f'{THRESHOLD:g}')}


def weight(state, i, heights):
    """The sum of the row with this input alone is the weight itself: so it can be taken hold of there."""
    value = getattr(state, f't{i}')
    return mark('handle', 'cut', 'model', x=value, y=heights[ROW_OF[f'w{i}']], move='x', bounds=[-WEIGHT, WEIGHT], step=STEP,
                label='w' + '₁₂'[i - 1], says=f'w{"₁₂"[i - 1]} {short(value)}', now=f'{value:g}', min=f'{-WEIGHT:g}',
                max=f'{WEIGHT:g}')


def says(state, now):
    """How many rows are right, and the hint that was asked for."""
    right = int(now.right.sum())
    return f'{right} of 4 rows {"is" if right == 1 else "are"} right. {state.hint()}' if right < 4 else 'All four rows are right.'


def gesture(state, handle, value, **options):
    if handle == 'desired':
        return state.toggled(value[0])
    return {{'w1': 't1', 'w2': 't2'}.get(handle, handle): round(float(value[0]), 1)}
