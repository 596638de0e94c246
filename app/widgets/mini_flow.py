"""Two small pictures of the way between w and the loss: forward with a nudge, and back with the slopes."""
from app.numbers import show
from app.scene import mark
from app.widgets.mini_parts import HIGH, LOW, SLOPE, said
from lessons.short import added, factor
from lessons.summary.state import NUDGE, few

# Where w, the large house's guess, the small one's and the loss stand; and the four ways between them.
AT = ((40.0, 120.0), (170.0, 56.0), (170.0, 184.0), (300.0, 120.0))
WAYS = ((0, 1), (0, 2), (1, 3), (2, 3))
NAMES = ('w', 'large', 'small', 'loss')
TOLD = ('guess for the large house', 'guess for the small house', 'loss')


def flow(state, node, rates, texts, notes):
    """The four numbers, w to be dragged, and on each way the rate along it."""
    guess = state.guesses()
    values = [few(number) for number in (state.w, *guess, state.loss())]
    x, y = (list(axis) for axis in zip(*AT, strict=True))
    x0, y0, x1, y1 = ([AT[way[end]][axis] for way in WAYS] for end in (0, 1) for axis in (0, 1))
    return {
        'ways': mark('edges', 'paper', 'gradient', x=x0, y=y0, x1=x1, y1=y1, value=rates),
        node: mark('nodes', 'paper', x=x, y=y, text=values, r=25, inks=['model', 'model', 'model', 'loss'], value=[state.w] * 4,
                   label='w, both guesses and the loss',
                   dials={'names': ['w', '', '', ''], 'told': ['', *TOLD], 'says': values, 'notes': notes, 'step': 0.1,
                          'values': [f'{state.w:.10g}', '0', '0', '0'], 'bounds': [LOW, HIGH]}),
        'names': mark('labels', 'paper', x=x, y=[at - 36 for at in y], text=list(NAMES)),
        'on-ways': mark('labels', 'paper', x=[105.0, 105.0, 232.0, 232.0], y=[88.0, 152.0, 88.0, 152.0], text=texts,
                        inks=['gradient'] * 4)}


def under(texts, meaning, **more):
    """Words below the four numbers."""
    return mark('labels', 'paper', x=[x for x, _ in AT], y=[y + 38 for _, y in AT], text=texts, inks=[meaning] * 4, **more)


def summed(state):
    """The products along both ways, added up: the slope."""
    products = [f'{few(a)} · {factor(round(float(b), 3))}' for a, b in zip(state.guess_by_w(), state.by_guess(), strict=True)]
    return f'{added(products)} = {few(state.slope())}'


def chain(state):
    rates = [*state.guess_by_w(), *state.by_guess()]
    guesses, loss = state.travelled()
    moved = [show(number, '+.3g') if number else '0' for number in (NUDGE, *guesses)] + [show(loss, '+.2g') if loss else '0']
    return {'title': 'How far a nudge of w travels',
            'marks': {**flow(state, 'nodes', rates, [f'× {factor(round(float(rate), 3))}' for rate in rates],
                             [f'nudged: {change}' for change in moved]),
                      'moved': under(moved, 'step'),
                      'says': said(256, summed(state), 'gradient', lit=SLOPE)}}


def back(state):
    parts, by_guess = state.parts(), state.by_guess()
    came = [few(state.slope()), *map(few, by_guess), '1']
    return {'title': 'The slopes that come back from the loss',
            'marks': {**flow(state, 'graph', [*parts, *by_guess], [f'← {few(part)}' for part in (*parts, *by_guess)],
                             [f'slope {slope}' for slope in came]),
                      'slopes': under(came, 'gradient', lits=[SLOPE, '', '', '']),
                      'says': said(256, f'{added(map(few, parts))} = {few(state.slope())}', 'gradient', lit=SLOPE)}}
