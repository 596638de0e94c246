"""A line through the sales, dragged by its ends or as a whole; its errors as true squares, and their total beside."""
import numpy as np

from app.numbers import show as text_of
from app.widgets.line_in_frame import ends_inside, reach
from app.widgets.tiles import poured
from core.loss import squared_errors
from core.models import line_through

OPTIONS = {'show': ('line', 'sales', 'squares')}

SIZES, PRICES = (0.0, 3200.0), (0.0, 800.0)         # the frame: ft², thousand $
ENDS = (200.0, 3000.0)                              # ft²: where the line is held while it is inside the frame
LEFTWARDS = 2200.0                                  # ft²: squares of larger houses grow to the left, to stay inside
SCALES = (1, 2, 4, 8, 16, 32)                       # the total is drawn at one over these when it would not fit
THOUSAND = 1000

LAYOUT = {
    ('line', 'wide'): {'size': [720, 424], 'data': [66, 34, 634, 330]},
    ('line', 'narrow'): {'size': [340, 330], 'data': [44, 34, 280, 240]},
    ('squares', 'wide'): {'size': [720, 424], 'data': [66, 34, 380, 300], 'total': [484, 62, 226, 226],
                          'words': [484, 44], 'sum': [484, 314], 'divided': [484, 337],
                          'mean': [484, 352, 50, 50], 'loss': [546, 372], 'average': [546, 395]},
    ('squares', 'narrow'): {'size': [340, 522], 'data': [44, 34, 280, 226], 'total': [44, 336, 170, 170],
                            'words': [44, 324], 'sum': [226, 356], 'divided': [226, 378],
                            'mean': [226, 392, 40, 40], 'loss': [226, 454], 'average': [226, 476]},
}


def draw(state, width, show='line'):
    layout = LAYOUT['squares' if show == 'squares' else 'line', width]
    scene = {'size': layout['size'], 'planes': {'data': _plane(layout['data'], width)},
             'title': 'Sizes and prices of the houses that were sold', 'marks': {}}
    points = dict(kind='points', plane='data', x=state.x, y=state.y, r=5 if width == 'wide' else 4, lit='target', **{'class': 'data'})
    if show == 'sales':
        scene['marks'] = {'points': points}
        return scene
    scene['title'] += ', and a line through them'
    scene['controls'] = ['slope', 'intercept']
    scene['planes']['sway'] = _sway(state, layout['data'])
    if show == 'squares':
        scene['marks']['squares'] = dict(kind='squares', plane='data', x=state.x, y0=state.y, y1=state.predicted(),
                                         left=state.x > LEFTWARDS, onto='model', lit='total', **{'class': 'loss'})
    scene['marks'].update(_line(state), points=points)
    scene['marks'].update(_grips(state, show == 'squares'))
    if show == 'squares':
        _add_total(state, scene, layout)
    return scene


def gesture(state, handle, value):
    """Where a dragged handle takes the line. The whole line's grip speaks slope and intercept themselves."""
    x, y = value
    if handle == 'whole':
        return {'slope': x, 'intercept': y}
    ends, _ = _ends(state)
    other = ends[('right', 'left').index(handle)]
    slope, intercept = line_through(*sorted([(x, y), other]))
    return {'slope': slope * THOUSAND, 'intercept': intercept * THOUSAND}


def _ends(state):
    return ends_inside(state.slope / THOUSAND, state.intercept / THOUSAND, SIZES, PRICES, ENDS)


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
        'edge': dict(kind='line', plane='data', x=xs if outside else xs[:0], y=np.array([edge, edge])[:2 * outside],
                     dash=True, **{'class': 'model'}),
        'model': dict(kind='line', plane='data', x=xs, y=state.at(xs), through=['left', 'right'],
                      follows={'whole': [xs / THOUSAND, np.full(2, 1 / THOUSAND)]}, lit='pred', **{'class': 'model'}),
        'outside': dict(kind='text', plane='data', x=SIZES[1] / 2, y=edge, dy=-14 if where == 'below' else 24,
                        anchor='middle', text=words if outside else '', **{'class': 'model'}),
    }


def _grips(state, with_loss):
    ends, where = _ends(state)
    on = 'model' if where == 'inside' else 'edge'
    after = f', loss {text_of(state.loss(), ",.0f")}' if with_loss else ''
    slope, intercept = state.param.slope, state.param.intercept
    bounds = [[b / THOUSAND for b in p.bounds] for p in (slope, intercept)]
    fit = f'slope {text_of(state.slope, ",.0f")} $/ft², intercept {text_of(state.intercept, ",.0f")} ${after}'
    marks = {'whole': dict(
        kind='handle', plane='sway', x=state.slope, y=state.intercept, move='both',
        bounds=[list(slope.bounds), list(intercept.bounds)], step=[slope.step, intercept.step],
        seat={'line': on, 'x': (ends[0][0] + ends[1][0]) / 2}, label='the whole line: sideways slope, up and down intercept',
        says=fit, now=f'{state.slope:g}', min=f'{slope.bounds[0]:g}', max=f'{slope.bounds[1]:g}', cue=True,
        **{'class': 'model'})}
    for key, held, other in (('left', *ends), ('right', *ends[::-1])):
        low, high = reach(held, other, PRICES, *bounds)
        price = state.at(held[0])
        marks[key] = dict(
            kind='handle', plane='data', x=held[0], y=held[1], move='y', bounds=[low, high], step=5.0, along=on,
            label=f'{key} end of the line', now=f'{held[1]:.0f}', min=f'{low:.0f}', max=f'{high:.0f}', cue=True,
            says=f'{text_of(price, ",.0f")} thousand $ at {text_of(held[0], ",.0f")} ft²{after}', **{'class': 'model'})
    return marks


def _add_total(state, scene, layout):
    """All squares poured into one, their sum, and the average square: the loss."""
    errors = squared_errors(state.predicted(), state.y)
    per_price = layout['data'][3] / (PRICES[1] - PRICES[0])                       # pixels for a thousand $
    room = layout['total'][2]
    side = float(np.sqrt(errors.sum())) * per_price
    scale = next((s for s in SCALES if side / s <= room), SCALES[-1])
    per_price /= scale
    x, y, w, h = (side * per_price for side in poured(errors))
    for name in ('total', 'mean'):
        box = layout[name]
        scene['planes'][name] = dict(box=box, x=[0, box[2]], y=[0, box[3]], frame=name == 'total')
    mean = float(np.sqrt(state.loss())) * per_price
    n = state.houses()
    words = 'all squares, poured into one' if scale == 1 else f'all squares, at 1/{scale} of their size'

    def says(place, text, **more):
        at_x, at_y = place
        height = scene['size'][1]
        return dict(kind='text', plane='paper', x=at_x, y=height - at_y, text=text, **more)

    scene['planes']['paper'] = dict(box=[0, 0, *scene['size']], x=[0, scene['size'][0]], y=[0, scene['size'][1]])
    scene['marks'].update(
        tiles=dict(kind='tiles', plane='total', x=x, y=y, w=w, h=h, lit='total', **{'class': 'loss'}),
        words=says(layout['words'], words),
        sum=says(layout['sum'], f'sum {text_of(state.total(), ",.0f")}', lit='total', **{'class': 'loss'}),
        divided=says(layout['divided'], f'÷ {n} houses ='),
        average=dict(kind='tiles', plane='mean', x=[0.0], y=[0.0], w=[mean], h=[mean], lit='loss', **{'class': 'loss'}),
        loss=says(layout['loss'], f'loss {text_of(state.loss(), ",.0f")}', lit='loss', **{'class': 'loss'}),
        mean=says(layout['average'], 'average square'))
