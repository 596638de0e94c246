"""Two small pictures: all guesses as one arrow beside the arrow of prices, and both misses under one bell."""
import numpy as np

from app.numbers import show
from app.scene import mark
from app.widgets.mini_parts import HIGH, LOW, SLOPE, WEIGHT, held, said
from core.gaussian import density
from lessons.short import added, factor, short
from lessons.summary.state import PRICES, SIZES, few

ALONG = np.concatenate([[-5.0], np.arange(-3.6, 3.61, 0.2), [6.4]]).round(1)


def share_of_peak(error):
    return density(error) / density(0.0)


BELL = np.round(share_of_peak(ALONG), 3)


def vectors(state):
    """A house to an axis: the large one to the right, the small one up. Guesses can only lie on one ray."""
    guess, miss = state.guesses(), state.errors()
    ends = np.array([LOW, HIGH])
    terms = [f'{few(size)} · {factor(round(float(error), 3))}' for size, error in zip(state.guess_by_w(), miss, strict=True)]
    return {'title': 'Both guesses as one arrow, and both prices as another',
            'planes': {'space': dict(box=[26, 30, 306, 152], x=[-3.3, 10.4], y=[-1.6, 5.2],
                                     xticks=[[0, '0'], [4, '4'], [8, '8']], yticks=[[0, ''], [3, '3']], ylabel='small house')},
            'marks': {
                'ray': mark('line', 'space', 'model', x=ends * SIZES[0], y=ends * SIZES[1], dash=True),
                'prices': mark('arrow', 'space', 'data', x=0.0, y=0.0, x1=PRICES[0], y1=PRICES[1]),
                'guesses': mark('arrow', 'space', 'model', x=0.0, y=0.0, x1=guess[0], y1=guess[1], lit=WEIGHT),
                'miss': mark('arrow', 'space', 'loss', x=PRICES[0], y=PRICES[1], x1=guess[0], y1=guess[1], lit='loss'),
                'price-name': mark('text', 'space', 'data', x=PRICES[0], y=PRICES[1], dy=-10, anchor='middle', text='prices'),
                'axis-name': mark('text', 'space', x=10.4, y=0.0, dy=-8, anchor='end', text='large house', size='small'),
                'arrow-tip': held(state, 'space', 'arrow-tip', 'x', state.w * SIZES[0], state.w * SIZES[1], along='ray'),
                'says': said(234, f'{added(terms)} = {few(state.turned())}', 'gradient', lit=SLOPE),
                'turn': said(256, 'the bend lets nothing through' if state.w <= 0 else 'a right angle: nothing left to gain'
                             if abs(state.turned()) < 5e-4 else 'sizes · misses: the slope again')}}


def probability(state):
    """How likely such misses are, if noise is a bell one unit wide: the product of two heights, and its surprise.

    The ring covers the small house's miss, but for a w below 0: the guess then stays at 0, and the miss where it is.
    """
    both, small = state.likely(), state.w - 3
    shares = [share(one) for one in both]
    whole = float(both.prod())
    return {'title': 'Both misses under one bell',
            'planes': {'bell': dict(box=[14, 30, 316, 150], x=[-5.0, 6.4], y=[0.0, 1.08],
                                    xticks=[[n, show(n)] for n in (-3, 0, 3, 6)], xlabel='guess − price')},
            'marks': {
                'bell-curve': mark('line', 'bell', 'probability', x=ALONG, y=BELL, label='how likely each miss is, beside none'),
                'misses': mark('points', 'bell', 'loss', x=state.errors(), y=both, r=7, lit='loss'),
                'on-bell': held(state, 'bell', 'on-bell', 'x', small, share_of_peak(small), along='bell-curve'),
                'product': said(16, f'{shares[0]} · {shares[1]} = {share(whole)}', 'probability'),
                'says': said(256, f'−ln {short(whole, 3)} = {few(-np.log(whole))}, the loss', 'loss', lit='loss')}}


def share(part):
    """A probability as a percentage, to three digits."""
    return f'{short(100 * float(part), 3)} %'
