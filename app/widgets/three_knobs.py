"""A machine with three knobs, d = ab + c: one is nudged, and a table says what that does to d."""
from app.numbers import show as text_of
from app.scene import mark
from app.widgets.on_a_curve import in_full, paper
from lessons.derivative.state import KNOBS, TINY

OPTIONS = {}

LAYOUT = {'wide': {'size': [720, 214], 'columns': [86, 210, 310, 430, 634], 'rows': (30, 68, 106, 144),
                   'result': [[86, 192], [634, 192]]},
          'narrow': {'size': [340, 206], 'columns': [8, 112, 172, 244, 330], 'rows': (24, 58, 92, 126),
                     'result': [[8, 164], [330, 190]]}}


def draw(state, width):
    layout = LAYOUT[width]
    height, chosen = layout['size'][1], state.knob
    before = [*KNOBS.values(), state.machine()]
    after = [*(value + TINY * (name == chosen) for name, value in KNOBS.items()), state.machine(TINY)]
    change = [TINY if name == chosen else 0 for name in KNOBS] + [after[-1] - before[-1]]
    rows = [['', *KNOBS, 'd = ab + c' if width == 'wide' else 'd'], ['before', *map(_text, before)],
            ['after', *map(_text, after)], ['change', *(text_of(part, '.2g') if part else '' for part in change)]]
    marks = {}
    for n, (row, y) in enumerate(zip(rows, layout['rows'], strict=True)):
        for name, x, text in zip(('row', *KNOBS, 'd'), layout['columns'], row, strict=True):
            turned = name in (chosen, 'd') and n > 1
            marks[f'{name}-{n}'] = mark('text', 'paper', 'gradient' if turned else None, x=x, y=height - y, text=text,
                                        anchor='start' if name == 'row' else 'end')
    ratio = f'change of d ÷ change of {chosen}', in_full(state.knob_slope())
    for key, (x, y), text, anchor in zip(('what', 'ratio'), layout['result'], ratio, ('start', 'end'), strict=True):
        marks[key] = mark('text', 'paper', 'gradient', x=x, y=height - y, anchor=anchor, text=text, lit='knob_slope')
    return {'size': layout['size'], 'title': f'The machine d = ab + c with the knob {chosen} nudged', 'controls': ['knob'],
            'planes': {'paper': paper(layout['size'])}, 'marks': marks}


def gesture(state, handle, point, **options):
    return {}


def _text(value):
    return text_of(value, '.1f' if value == round(value, 1) else '.4f')
