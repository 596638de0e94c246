"""A house as three numbers, a weight for each, and what they add up to: one neuron at work, term by term."""
from app.numbers import ticks
from app.widgets.on_paper import numbers, reach, set_from, sheet, waterfall, words
from lessons.vectors.state import thousands

OPTIONS = {}

ROWS = (('size, in ft²', 'sqft', 'per_sqft'), ('bedrooms', 'bedrooms', 'per_bedroom'), ('age, in years', 'age', 'per_year'))
LAYOUT = {'wide': {'size': [720, 340], 'cells': (128, 88, 246, 104), 'rows': (44, 104, 164), 'tall': 50,
                   'names': [14, 31], 'terms': 466, 'heads': 26, 'sum': 255, 'bars': [492, 33, 214, 252]},
          'narrow': {'size': [340, 560], 'cells': (8, 92, 124, 108), 'rows': (34, 116, 198), 'tall': 52,
                     'names': [8, -8], 'terms': 332, 'heads': 16, 'sum': 284, 'bars': [74, 318, 252, 188]}}


def draw(state, width):
    layout, terms = LAYOUT[width], state.terms() / 1000
    low, high = reach(terms, 10)
    names = [[3, 'size'], [2, 'rooms'], [1, 'age'], [0, 'sum']] if width == 'narrow' else ()
    return {
        'size': layout['size'], 'title': 'A house, its weights, and the price they add up to', 'controls': [],
        'planes': {'paper': sheet(layout['size']),
                   'bars': dict(box=layout['bars'], x=[low, high], y=[-0.6, 3.6], grid=True, xlabel='thousand $',
                                xticks=ticks(low, high, 3), yticks=names)},
        'marks': {**term_by_term(state, layout), **waterfall('bars', terms, lits='price_says'), **heads(state, layout, width)}}


def term_by_term(state, layout):
    """Each number of the house beside its weight, both to be changed, and their product."""
    (left, wide, right, wider), found = layout['cells'], {}
    over, down = layout['names']
    for n, (top, (name, number, weight), term) in enumerate(zip(layout['rows'], ROWS, state.terms(), strict=True)):
        middle = top + layout['tall'] / 2 + 6
        found |= {
            f'name-{n}': words(over, top + down, name, lit=number),
            number: numbers(state, [number], left, top, wide, layout['tall'], 'data', lit=number, label=name),
            f'times-{n}': words((left + wide + right) / 2, middle, '×', anchor='middle'),
            weight: numbers(state, [weight], right, top, wider, layout['tall'], 'model', lit=weight, label=f'weight of {name}'),
            f'term-{n}': words(layout['terms'], middle, f'= {thousands(term)}', 'model' if term >= 0 else 'loss', anchor='end')}
    return found


def heads(state, layout, width):
    """What the columns are, and what the terms add up to."""
    left, wide, right, wider = layout['cells']
    over = {'house-head': words(left + wide / 2, layout['heads'], 'the house', 'data', anchor='middle'),
            'weights-head': words(right + wider / 2, layout['heads'], 'its weights', 'model', anchor='middle'),
            'terms-head': words(layout['terms'], layout['heads'], 'thousand $', anchor='end')} if width == 'wide' else {}
    return over | {'sum-name': words(layout['names'][0], layout['sum'], 'add them up:'),
                   'price': words(layout['terms'], layout['sum'], f'= {state.price_says()}', 'model', anchor='end',
                                  lit='price_says')}


def gesture(state, handle, value, **options):
    return set_from([handle], value)
