"""A picture becomes a list before the reader's eyes: row after row is taken off it and put at the end of one long row."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from app.widgets.on_paper import sheet, words
from lessons.vectors.state import ACROSS

OPTIONS = {}

RUNS_ON = ('digit', 'row', 'column')
CONTINUES = ('digit',)                              # where another pixel is pointed at, the whole picture comes back
LINES, EACH = 4, 7                                  # a row of the picture, written in four lines of seven numbers
SHADES = 32                                         # of grey: no eye tells more apart, and they weigh less
PALETTE = np.repeat(np.where(np.arange(256) < SHADES, np.arange(256) * 255 // (SHADES - 1), 0), 3).astype(np.uint8)
LAYOUT = {'wide': {'size': [720, 452], 'picture': [30, 14, 294, 294], 'list': [30, 378, 660, 34], 'numbers': 360,
                   'lines': (82, 110, 138, 166), 'head': [360, 44], 'says': (214, 242), 'title': 364},
          'narrow': {'size': [340, 640], 'picture': [30, 8, 280, 280], 'list': [14, 558, 312, 34], 'numbers': 14,
                     'lines': (344, 370, 396, 422), 'head': [14, 318], 'says': (460, 486), 'title': 540}}


def draw(state, width):
    layout = LAYOUT[width]
    left, high = layout['head']
    ends = (1, 196, 392, 588, 784) if width == 'wide' else (1, 392, 784)
    pixels = shades(state.picture())
    return {
        'size': layout['size'], 'title': f'A handwritten {state.shows()} and the same as a list of {ACROSS * ACROSS} numbers',
        'controls': ['digit', 'row', 'column'],
        'planes': {'paper': sheet(layout['size']),
                   'picture': dict(box=layout['picture'], x=[0, ACROSS], y=[0, ACROSS]),
                   'list': dict(box=layout['list'], x=[0.5, ACROSS * ACROSS + 0.5], y=[0, 1],
                                xticks=[[n, str(n)] for n in ends])},
        'marks': {
            'pixels': mark('image', 'picture', shape=[ACROSS, ACROSS], pixels=pixels, palette=PALETTE,
                           label=f'a handwritten {state.shows()}, {ACROSS} by {ACROSS} pixels'),
            'strip': mark('image', 'list', shape=[1, ACROSS * ACROSS], pixels=pixels, palette=PALETTE,
                          label='the same pixels in one long row'),
            'taken': mark('tiles', 'picture', x=[], y=[], w=[], h=[]),
            'empty': mark('tiles', 'list', x=[], y=[], w=[], h=[]),
            **links(state.row), 'head': words(left, high, head(state.row)),
            **{f'line-{n}': words(layout['numbers'], y, text, 'data')
               for n, (y, text) in enumerate(zip(layout['lines'], row_texts(state.picture(), state.row), strict=True))},
            'place': words(left, layout['says'][0], state.place_says(), lit='place_says'),
            'value': words(left, layout['says'][1], f'number {state.place()} of the list is {brightness(state.brightness())}',
                           'model', lit='place_says'),
            'list-name': words(layout['list'][0], layout['title'], 'the list, from its first number to its last'),
            **pointer(state), 'pixel': handle(state)}}


def shades(numbers):
    return np.round(np.asarray(numbers) * (SHADES - 1)).astype(np.uint8)


def brightness(number):
    return text_of(float(number), '.2f')


def head(row):
    return f'row {row}, numbers {ACROSS * (row - 1) + 1} to {ACROSS * row} of the list:'


def row_texts(picture, row):
    """The numbers of one row in four lines."""
    numbers = [brightness(number) for number in picture[ACROSS * (row - 1):ACROSS * row]]
    return [' '.join(numbers[EACH * n:EACH * (n + 1)]) for n in range(LINES)]


def links(row):
    """The row in the picture, and its place in the list."""
    first = ACROSS * (row - 1)
    return {'row': mark('tiles', 'picture', 'model', x=[0.0], y=[float(ACROSS - row)], w=[float(ACROSS)], h=[1.0]),
            'part': mark('tiles', 'list', 'model', x=[first + 0.5], y=[-0.12], w=[float(ACROSS)], h=[1.24])}


def pointer(state):
    """Where the reader's pixel has gone."""
    return {'here': mark('line', 'list', 'model', x=[state.place()] * 2, y=[-0.3, 1.3], lit='place_says')}


def handle(state):
    return mark('handle', 'picture', 'model', x=state.column - 0.5, y=ACROSS - state.row + 0.5, move='both', jump=True, cue=True,
                bounds=[[0.5, ACROSS - 0.5]] * 2, step=[1.0, 1.0], label='a pixel of the picture', now=str(state.place()),
                min='1', max=str(ACROSS * ACROSS),
                says=f'row {state.row}, column {state.column}: number {state.place()} of the list '
                     f'is {brightness(state.brightness())}')


def gesture(state, handle, point, **options):
    return {'column': int(np.clip(np.floor(point[0]), 0, ACROSS - 1)) + 1,
            'row': ACROSS - int(np.clip(np.floor(point[1]), 0, ACROSS - 1))}


def record(state, **options):
    """Row after row: what has been taken is gone from the picture, what has not come yet is missing in the list."""
    frames, picture = ACROSS + 1, state.picture()
    taken = np.arange(frames, dtype=float)
    rows = [max(1, k) for k in range(frames)]
    texts = [row_texts(picture, row) for row in rows]
    tracks = {
        'row.y': (ACROSS - np.array(rows, float))[:, None], 'part.x': (ACROSS * (np.array(rows, float) - 1) + 0.5)[:, None],
        'row.h': np.minimum(taken, 1)[:, None], 'part.h': 1.24 * np.minimum(taken, 1)[:, None],
        'taken.y': (ACROSS - taken)[:, None], 'taken.h': taken[:, None],
        'empty.x': (ACROSS * taken + 0.5)[:, None], 'empty.w': (ACROSS * (ACROSS - taken))[:, None],
        'head.text': ['nothing has been taken yet' if not k else head(k) for k in range(frames)],
        **{f'line-{n}.text': ['' if not k else texts[k][n] for k in range(frames)] for n in range(LINES)}}
    labels = ['The picture, before it is unrolled'] + [
        f'Row {k} is taken: the list has {ACROSS * k} numbers' for k in range(1, frames)]
    return {'frames': frames, 'pace': 4, 'labels': labels, 'tracks': tracks,
            'marks': {'taken': {'x': [0.0], 'w': [float(ACROSS)]}, 'empty': {'y': [0.0], 'h': [1.0]}, 'here': {'x': [], 'y': []},
                      'place': {'text': ''}, 'value': {'text': ''}},
            'says': f'All {ACROSS} rows have been taken: one list of {ACROSS} · {ACROSS} = {ACROSS * ACROSS} numbers.'}
