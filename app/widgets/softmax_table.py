"""Ten logits and what softmax makes of them, row by row; beside it what the probability of the truth costs."""
from textwrap import wrap

import numpy as np

from app.scene import mark
from app.widgets.on_paper import sheet, words
from lessons.inside_a_network.table import BOUNDS, LARGEST, SURE
from lessons.inside_a_network.texts import logit_text, loss_text, power_text, share_text
from lessons.short import percent

OPTIONS = {}
LATE, SHEET = True, 'inside.css'

COSTLY = 7.0                # the highest loss on the curve
CURVE = np.geomspace(np.exp(-COSTLY), 1, 25).round(4)       # few digits weigh little on a page
PRICES = 0.96, 0.10         # probabilities whose loss is written on the curve
BESIDE = ((0.31, 1.6), (0.17, 2.5))
HEADS = {(False, False): 'eᶻ', (True, False): 'e^(z / T)', (False, True): 'e^(z − max)', (True, True): 'e^((z − max)/T)'}
LAYOUT = {'wide': {'size': [720, 548], 'top': 36, 'row': 40, 'digit': (4, 52), 'z': (62, 78), 'e': 262, 'p': 346,
                   'bars': [358, 88], 'plot': [506, 60, 204, 330], 'says': (498, 520, 542), 'wrap': 86, 'heads': 24},
          'narrow': {'size': [340, 876], 'top': 34, 'row': 44, 'digit': (2, 44), 'z': (52, 66), 'e': 214, 'p': 278,
                     'bars': [284, 54], 'plot': [44, 548, 286, 170], 'says': (786, 806, 826, 846, 866), 'wrap': 46, 'heads': 22}}


def draw(state, width):
    layout, table = LAYOUT[width], state.shares()
    left, wide = layout['bars']
    return {
        'size': layout['size'], 'title': 'Ten logits, their probabilities, and what the truth costs',
        'controls': ['logits_of', 'temperature', 'shifted'],
        'planes': {'paper': sheet(layout['size']),
                   'bars': dict(box=[left, layout['top'], wide, 10 * layout['row']], x=[0, 1], y=[10, 0]),
                   'cost': dict(box=layout['plot'], x=[0, 1], y=[0, COSTLY], grid=True,
                                ylabel='loss = −ln p', yticks=[[v, str(v)] for v in (0, 2, 4, 6)],
                                xlabel='p of the truth', xticks=[[v, f'{v:g}'] for v in (0, 0.5, 1)])},
        'marks': {**rows(state, table, layout), **totals(state, table, layout), **cost(state, table),
                  **said(state, table, layout)}}


def rows(state, table, layout):
    """For each digit its logit, which can be changed, e to the power of that, and its share of the sum."""
    top, high, right = layout['top'], layout['row'], state.true_digit()
    tops, highs = [top + high * n + 2.0 for n in range(10)], [high - 4.0] * 10
    middles = [top + high * (n + 0.5) for n in range(10)]
    (digit, narrow), (z, wide) = layout['digit'], layout['z']
    texts = [logit_text(logit) for logit in table.z]

    def lits(name, *more):
        """The names of a column: in the row of the truth that of the number in the formula, elsewhere that of the row."""
        return [' '.join([name if n == right else f'row-{n}', *more]) for n in range(10)]

    return {
        'truth': mark('tiles', 'paper', 'data', x=[float(digit)], y=[tops[right]], w=[sum(layout['bars']) + 1.0 - digit],
                      h=[high - 4.0]),
        'digits': mark('cells', 'paper', 'data', x=[float(digit)] * 10, y=tops, w=[float(narrow)] * 10, h=highs, picks=True,
                       text=[f'{n} ✓' if n == right else str(n) for n in range(10)], lits=lits('true_digit'),
                       label='the digits; press the one that is the truth', labels=[f'the truth is {n}' for n in range(10)]),
        'logits': mark('cells', 'paper', 'hidden', x=[float(z)] * 10, y=tops, w=[float(wide)] * 10, h=highs, text=texts,
                       value=table.z, lits=lits('z_right'), label='the logits',
                       dials={'names': [f'logit of {n}' for n in range(10)], 'says': texts, 'step': 0.1, 'bounds': list(BOUNDS),
                              'values': [f'{round(logit, 3):.10g}' for logit in table.z.tolist()]}),
        'powers': mark('labels', 'paper', x=[float(layout['e'])] * 10, y=middles, anchor='end',
                       text=[power_text(x) for x in table.entering], lits=lits('exp_right', 'exp_sum'),
                       inks=['loss' if x > LARGEST else '' for x in table.entering]),
        'shares': mark('labels', 'paper', x=[float(layout['p'])] * 10, y=middles, anchor='end', inks=['model'] * 10,
                       text=[share_text(p) for p in table.p], lits=lits('p_right', 'prob')),
        'bars': mark('tiles', 'bars', 'model', x=[0.0] * 10, w=np.float32(np.maximum(table.p, 1e-3)),
                     y=np.arange(0.1875, 10, dtype=np.float32), h=[0.625] * 10,
                     label='; '.join(f'{n}: {share_text(p)}' for n, p in enumerate(table.p)))}


def totals(state, table, layout):
    """What the columns are called, and what they add up to."""
    foot, top = layout['top'] + 10 * layout['row'] + 22, layout['heads']
    (digit, narrow), (z, wide) = layout['digit'], layout['z']
    return {
        'digit-head': words(digit + narrow / 2, top, 'digit', 'data', anchor='middle'),
        'z-head': words(z + wide / 2, top, 'logit z', 'hidden', anchor='middle', lit='net'),
        'e-head': words(layout['e'], top, HEADS[state.heat() != 1, bool(state.shifted)], anchor='end'),
        'p-head': words(layout['p'], top, 'p', 'model', anchor='end', lit='prob'),
        'sum-name': words(z + wide, foot, 'sum', anchor='end'),
        'e-sum': words(layout['e'], foot, power_text(table.sum), 'loss' if table.sum > LARGEST else None, anchor='end',
                       lit='exp_sum'),
        'p-sum': words(layout['p'], foot, share_text(1.0), 'model', anchor='end')}


def cost(state, table):
    """The curve −ln p, two prices on it, and the truth of the table, which can be dragged along."""
    right = state.true_digit()
    p, at = table.p[right], float(np.clip(table.p[right], *SURE))
    prices = [float(-np.log(price)) for price in PRICES]
    return {
        'curve': mark('line', 'cost', 'loss', x=list(CURVE), label='the loss: −ln p',
                      y=[float(-np.log(p).round(2)) for p in CURVE]),
        'priced': mark('points', 'cost', 'data', fixed=True, x=list(PRICES), y=prices, r=4),
        'prices': mark('labels', 'cost', 'data', fixed=True, x=[x for x, _ in BESIDE], y=[y for _, y in BESIDE], anchor='start',
                       text=[f'{price:.2f} costs {loss_text(loss)}' for price, loss in zip(PRICES, prices, strict=True)]),
        'paid': mark('text', 'cost', 'loss', x=1.0, y=COSTLY, dy=22, anchor='end', lit='table_loss',
                     text=f'{"↑ " if table.loss > COSTLY else ""}loss {loss_text(table.loss)}'),
        'p': mark('handle', 'cost', 'model', x=at, y=min(COSTLY, -np.log(at)), move='x', bounds=list(SURE), step=0.01,
                  along='curve', cue=True, label=f'the probability of {right}', now=f'{at:.4g}',
                  min=str(SURE[0]), max=str(SURE[1]),
                  says=f'p of {right} is {share_text(p)}, loss {loss_text(table.loss)}')}


def said(state, table, layout):
    """What a reader of this table would say, and what is done to the numbers on the way."""
    first, right, heat = np.flatnonzero(table.p >= table.p.max() * (1 - 1e-12)), state.true_digit(), state.heat()
    sure = len(first) == 1
    says = [f'It says {first[0]}, with {percent(table.p.max())}.' if sure else
            f'{len(first)} digits are equally likely: it cannot choose.',
            f'The truth is {right}{"" if sure and first[0] == right else f" and got {percent(table.p[right])}"}.',
            f'The loss is {loss_text(table.loss)}.']
    if table.entering.max() > LARGEST:
        says.append(f'No computer holds {power_text(table.entering.max())}: its numbers end near 1.8 × 10³⁰⁸. '
                    'So it takes the largest logit away first. Tick that: p stays.')
    elif state.shifted:
        says.append('The largest is taken away from each: all powers shrink alike, and p stays.')
    elif heat != 1:
        says.append(f'Each logit is divided by T = {heat:g} first, so the shares move {"together" if heat > 1 else "apart"}.')
    lines = [*wrap(' '.join(says).replace(' × ', '\u00a0×\u00a0'), layout['wrap']), *[''] * 5]
    return {f'says-{k}': words(layout['digit'][0], y, lines[k]) for k, y in enumerate(layout['says'])}


def gesture(state, handle, value, **options):
    if handle == 'digits':
        return state.truth_set(value[0])
    return state.probability_set(float(value[0])) if handle == 'p' else state.logit_set(*value)
