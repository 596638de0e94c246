"""A line through the sales, dragged by its ends or as a whole; its errors as true squares, and their total beside."""
import numpy as np

from app.numbers import show as text_of
from app.scene import mark
from app.widgets.line_in_frame import ends_inside, reach
from app.widgets.tiles import poured
from core.loss import squared_errors
from core.models import line_through

OPTIONS = {'show': ('line', 'sales', 'squares')}

SIZES, PRICES = (0.0, 3200.0), (0.0, 800.0)         # the frame: ft², thousand $
ENDS = (200.0, 3000.0)                              # ft²: where the line is held while it is inside the frame
LEFTWARDS = 2200.0                                  # ft²: squares of larger houses grow to the left, to stay inside
THOUSAND = 1000

LAYOUT = {
    ('line', 'wide'): {'size': [720, 424], 'data': [66, 34, 634, 330]},
    ('line', 'narrow'): {'size': [340, 330], 'data': [44, 34, 280, 240]},
    ('squares', 'wide'): {'size': [720, 424], 'data': [66, 34, 380, 300], 'total': [484, 62, 226, 226],
                          'words': [484, 44], 'sum': [484, 314], 'divided': [484, 337],
                          'mean': [484, 352, 50, 50], 'loss': [546, 372], 'average': [546, 395]},
    ('squares', 'narrow'): {'size': [340, 514], 'data': [44, 34, 280, 220], 'total': [44, 330, 166, 166],
                            'words': [44, 318], 'sum': [220, 350], 'divided': [220, 371],
                            'mean': [220, 386, 38, 38], 'loss': [220, 446], 'average': [220, 467]},
}


def draw(state, width, show='line'):
    layout = LAYOUT['squares' if show == 'squares' else 'line', width]
    scene = {'size': layout['size'], 'planes': {'data': _plane(layout['data'], width)},
             'title': 'Sizes and prices of the houses that were sold', 'marks': {}}
    points = mark('points', 'data', 'data', x=state.x, y=state.y, r=5 if width == 'wide' else 4, lit='target', label=_said(state))
    if show == 'sales':
        scene['marks'] = {'points': points}
        return scene
    scene['title'] += ', and a line through them'
    scene['controls'] = ['slope', 'intercept']
    scene['planes']['sway'] = _sway(state, layout['data'])
    if show == 'squares':
        scene['marks']['squares'] = mark('squares', 'data', 'loss', x=state.x, y0=state.y, y1=state.predicted(),
                                         left=state.x > LEFTWARDS, onto='model', lit='total')
    scene['marks'].update(_line(state), points=points)
    scene['marks'].update(_grips(state, show == 'squares'))
    if show == 'squares':
        _add_total(state, scene, layout)
    return scene


def table(state, show='line'):
    """The sales as a table, where the picture shows nothing else: heads and rows of texts."""
    if show != 'sales':
        return None
    rows = [[text_of(size, ',.0f'), text_of(price, ',.0f')] for size, price in zip(state.x, state.y, strict=True)]
    return ('size (ft²)', 'price (thousand $)'), rows


def gesture(state, handle, point, **options):
    """Where a dragged handle takes the line. The whole line's grip speaks slope and intercept themselves."""
    x, y = point
    if handle == 'whole':
        return {'slope': x, 'intercept': y}
    ends, _ = _ends(state)
    other = ends[('right', 'left').index(handle)]
    slope, intercept = line_through(*sorted([(x, y), other]))
    return {'slope': slope * THOUSAND, 'intercept': intercept * THOUSAND}


def _ends(state):
    return ends_inside(state.slope / THOUSAND, state.intercept / THOUSAND, SIZES, PRICES, ENDS)


def _said(state):
    """The dots in words, for those who don't see them."""
    return (f'{len(state.x)} houses, from {text_of(min(state.x), ",.0f")} to {text_of(max(state.x), ",.0f")} ft² and from '
            f'{text_of(min(state.y), ",.0f")} to {text_of(max(state.y), ",.0f")} thousand $; larger ones cost more')


def _plane(box, width):
    sizes = (0, 1000, 2000, 3000)
    prices = range(0, 801, 200)
    return dict(box=box, x=list(SIZES), y=list(PRICES), grid=True, xlabel='size (ft²)', ylabel='price (thousand $)',
                xticks=[[v, text_of(v, ',')] for v in sizes], yticks=[[v, text_of(v, ',')] for v in prices])


def _sway(state, box):
    """The plane of the grip for the whole line: sideways is slope, up and down is intercept on the picture's scale."""
    x, y, w, h = box
    low, high = state.param.slope.bounds
    return dict(box=[x - w / 2, y, 2 * w, h], x=[low, high], y=[p * THOUSAND for p in PRICES])


def _line(state):
    xs = np.array(SIZES)
    _, where = _ends(state)
    edge = PRICES[where == 'above']
    outside = where != 'inside'
    words = f'the line is {where} the picture'
    return {
        'edge': mark('line', 'data', 'model', x=xs if outside else xs[:0], y=np.array([edge, edge])[:2 * outside],
                     dash=True),
        'model': mark('line', 'data', 'model', x=xs, y=state.at(xs), through=['left', 'right'],
                      follows={'whole': [xs / THOUSAND, np.full(2, 1 / THOUSAND)]}, lit='pred'),
        'outside': mark('text', 'data', 'model', x=SIZES[1] / 2, y=edge, dy=-14 if where == 'below' else 24,
                        anchor='middle', text=words if outside else ''),
    }


def _grips(state, with_loss):
    """Both ends, and the line as a whole; each says what it does to the line, and to the loss where that is the subject."""
    ends, where = _ends(state)
    on = 'model' if where == 'inside' else 'edge'
    after = f', loss {text_of(state.loss(), ",.0f")}' if with_loss else ''
    slope, intercept = state.param.slope, state.param.intercept
    whole = mark(
        'handle', 'sway', 'model', x=state.slope, y=state.intercept, move='both', cue=True,
        bounds=[list(slope.bounds), list(intercept.bounds)], step=[slope.step, intercept.step],
        seat={'line': on, 'x': (ends[0][0] + ends[1][0]) / 2}, label='the whole line: sideways slope, up and down intercept',
        says=f'slope {text_of(state.slope, ",.0f")} $/ft², intercept {text_of(state.intercept, ",.0f")} ${after}',
        now=f'{state.slope:g}', min=f'{slope.bounds[0]:g}', max=f'{slope.bounds[1]:g}')
    bounds = [[bound / THOUSAND for bound in parameter.bounds] for parameter in (slope, intercept)]
    grips = {}
    for key, held, other in (('left', *ends), ('right', *ends[::-1])):
        low, high = reach(held, other, PRICES, *bounds)
        grips[key] = mark(
            'handle', 'data', 'model', x=held[0], y=held[1], move='y', bounds=[low, high], step=5.0, along=on, cue=True,
            label=f'{key} end of the line', now=f'{held[1]:.0f}', min=f'{low:.0f}', max=f'{high:.0f}',
            says=f'{text_of(state.at(held[0]), ",.0f")} thousand $ at {text_of(held[0], ",.0f")} ft²{after}')
    return {'left': grips['left'], 'whole': whole, 'right': grips['right']}      # the order of the Tab key


def _add_total(state, scene, layout):
    """All squares poured into one, their sum, and the average square, whose area is the loss."""
    errors = squared_errors(state.predicted(), state.y)
    unit = layout['data'][3] / (PRICES[1] - PRICES[0])                       # of the picture, for a thousand $
    side = float(np.sqrt(errors.sum())) * unit
    x, y, w, h = (part * unit for part in poured(errors))
    mean = float(np.sqrt(state.loss())) * unit
    fits = side <= layout['total'][2]       # what does not fit is cut at the frame: a larger loss never looks smaller
    width, height = scene['size']
    scene['planes']['paper'] = dict(box=[0, 0, width, height], x=[0, width], y=[0, height])
    for name in ('total', 'mean'):
        box = layout[name]
        scene['planes'][name] = dict(box=box, x=[0, box[2]], y=[0, box[3]], frame=name == 'total')

    def words(place, text, meaning=None, lit=None):
        return mark('text', 'paper', meaning, x=layout[place][0], y=height - layout[place][1], text=text, lit=lit)

    scene['marks'].update(
        tiles=mark('tiles', 'total', 'loss', x=x, y=y, w=w, h=h, lit='total'),
        words=words('words', 'all squares, poured into one' if fits else 'more than this frame can hold'),
        sum=words('sum', f'sum {text_of(state.total(), ",.0f")}', 'loss', 'total'),
        divided=words('divided', f'÷ {state.houses()} houses ='),
        square=mark('tiles', 'mean', 'loss', x=[0.0], y=[0.0], w=[mean], h=[mean], lit='loss'),
        average=words('loss', f'loss {text_of(state.loss(), ",.0f")}', 'loss', 'loss'),
        meaning=words('average', 'average square' if width > 600 else 'mean square'))
