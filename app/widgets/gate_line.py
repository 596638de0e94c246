"""One line through the four corners of a truth table, dragged by its ends: how many corners it gets right, and the best."""
from app.numbers import show as text_of
from app.scene import mark
from core.data import BITS
from lessons.xor.examples import CORNERS, TABLES
from lessons.xor.line import across, half, most

OPTIONS = {}
SHEET = 'xor.css'

LAYOUT = {'wide': {'size': [720, 396], 'square': [52, 30, 310, 310], 'score': (404, 92), 'rows': (404, 126, 27)},
          'narrow': {'size': [340, 604], 'square': [44, 30, 284, 284], 'score': (44, 406), 'rows': (44, 434, 25)}}
NAMES = {'or': 'OR', 'and': 'AND', 'nand': 'NAND', 'xor': 'XOR'}
ENDS = {'from': ('line_x0', 'line_y0'), 'to': ('line_x1', 'line_y1')}


def draw(state, width):
    layout, cut, ends = LAYOUT[width], state.cut(), state.line_ends()
    w, h = layout['size']
    wanted = TABLES[state.gate][:, 0] > 0.5
    way_x, way_y = half(ends, cut.yes, CORNERS)
    line = across(ends, CORNERS)
    ticks = [[0, '0'], [1, '1']]
    return {
        'size': layout['size'], 'title': f'A line through the corners of {NAMES[state.gate]}',
        'controls': ['gate', 'line_y0', 'line_y1'],
        'planes': {'square': dict(box=layout['square'], x=list(CORNERS), y=list(CORNERS), frame=True, xlabel='x₁', ylabel='x₂',
                                  xticks=ticks, yticks=ticks),
                   'paper': dict(box=[0, 0, w, h], x=[0, w], y=[0, h])},
        'marks': {
            'yes-side': mark('area', 'square', 'model', x=way_x, y=way_y, base=way_y[0] if way_y else 0.0),
            'cut': mark('line', 'square', 'model', x=[x for x, _ in line], y=[y for _, y in line], through=list(ENDS)),
            'class-1': corners(wanted, 9), 'class-0': corners(~wanted, 9),
            **{f'said-{i}': said(i, bool(wanted[i]), cut) for i in range(4)},
            **score(state, cut, layout, h),
            **{key: end(state, key) for key in ENDS}}}


def corners(which, r):
    x, y = BITS[which].T
    return mark('points', 'square', 'data', x=x, y=y, r=r)


def said(i, wanted, cut):
    """What the table wants beside each corner, and whether the line agrees."""
    (x, y), right = BITS[i], cut.says[i] == ('yes' if wanted else 'no')
    return mark('text', 'square', 'data' if right else 'loss', x=float(x), y=float(y), anchor='middle', dy=-18 if y else 30,
                text=f'{"yes" if wanted else "no"} {"✓" if right else "✗"}')


def score(state, cut, layout, h):
    """The reader's score, the best so far, and what may be said about it."""
    (x, y), (left, top, step) = layout['score'], layout['rows']
    rows = [f'on the side where {NAMES[state.gate]} wants them', f'your best for {NAMES[state.gate]}: {state.best()} of 4',
            *remark(state, cut)]
    rows += [''] * (7 - len(rows))
    return {'right': mark('text', 'paper', 'model', x=x, y=h - y, size='big', text=f'{cut.right} of 4', lit='right'),
            **{f'row-{i}': mark('text', 'paper', x=left, y=h - top - i * step, text=text) for i, text in enumerate(rows)}}


def remark(state, cut):
    if cut.yes == (0.0, 0.0):
        return ['', 'Both ends are at one place:', 'that is no line. Pull them apart.']
    if state.best() == 4:
        return ['', f'A line can do {NAMES[state.gate]}.']
    if most(state.gate) == 4 or state.best() < most(state.gate):
        return []
    total, total_no = text_of(state.yes_corners(), '.2f'), text_of(state.no_corners(), '.2f')
    return ['', 'Distances from your line, added up:', f'yes corners {total}, no corners {total_no}.',
            'They are equal for every line, so', 'they can’t be on different sides.']


def end(state, key):
    """An end of the line, which goes anywhere."""
    x, y = (float(getattr(state, name)) for name in ENDS[key])
    says = f'({text_of(x, ".2f")}, {text_of(y, ".2f")}): {state.cut().right} of 4 right'
    return mark('handle', 'square', 'model', x=x, y=y, move='both', bounds=[list(CORNERS)] * 2, step=[0.05, 0.05], cue=True,
                label=f'{"one" if key == "from" else "the other"} end of the line', says=says, now=f'{y:.2f}',
                min=f'{CORNERS[0]:g}', max=f'{CORNERS[1]:g}')


def gesture(state, handle, point, **options):
    return dict(zip(ENDS[handle], map(float, point), strict=True))
