"""The curves of the engine as a reader meets them: what they are called, how far one walks on them, and named places."""
from math import pi
from typing import NamedTuple

from core.functions import CURVES


class Walk(NamedTuple):
    """A curve to walk on.

    The rule for its slope is written twice: in letters, and with places for the reader's own numbers. In the latter
    {x} is where one stands, {y} the height there.
    """
    name: str       # as in core.functions.CURVES
    words: str
    reach: tuple    # from where to where one walks: (low, high)
    rule: str
    worked: str
    places: dict    # {x: how people write it}: where slopes are 0 and where they jump

    @property
    def curve(self):
        return CURVES[self.name]

    @property
    def stride(self):
        """A step that is seen, and a round number: a thirtieth of the way or less."""
        return 0.5 if self.reach[1] - self.reach[0] > 8 else 0.2


WALKS = {walk.name: walk for walk in (
    Walk('square', 'x²', (-3, 3), '2x', '2 · {x}', {0.0: '0'}),
    Walk('parabola', '3x² − 4x + 5', (-2, 3), '6x − 4', '6 · {x} − 4', {2 / 3: '2/3'}),
    Walk('cubic', 'x³ − 3x', (-2.2, 2.2), '3x² − 3', '3 · {x}² − 3', {-1.0: '−1', 1.0: '1'}),
    Walk('sine', 'sin x', (-6, 6), 'cos x', 'cos {x}', {k * pi / 2: text for k, text in (
        (-3, '−3π/2'), (-1, '−π/2'), (1, 'π/2'), (3, '3π/2'))}),
    Walk('sigmoid', 'sigmoid σ(x)', (-6, 6), 'σ(x) · (1 − σ(x))', '{y} · (1 − {y})', {0.0: '0'}),
    Walk('tanh', 'tanh x', (-6, 6), '1 − tanh² x', '1 − {y}²', {0.0: '0'}),
    Walk('relu', 'ReLU, max(0, x)', (-3, 3), '0 left of the kink, 1 right of it', '{slope}', {0.0: '0'}),
)}

CHOICES = {walk.words: walk.name for walk in WALKS.values()}      # for a Selector


def snapped(places, x, within):
    """x, or the named place that it is so near to that this must be what the hand meant.

    >>> snapped({2 / 3: '2/3'}, 0.667, within=0.001) == 2 / 3
    True
    """
    return next((place for place in places if abs(place - x) < within), x)
