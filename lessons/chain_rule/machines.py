"""The machines as a reader meets them: what they are called, what they do to a letter, and the rule for their rate."""
from typing import NamedTuple

from core.chain_rule import MACHINES


class Made(NamedTuple):
    """A machine in words; {} is where what goes in is written."""
    name: str       # as in core.chain_rule.MACHINES, or 'none'
    words: str      # in a list of choices
    does: str
    rule: str       # its rate, at what went in

    @property
    def curve(self):
        return MACHINES[self.name]


KNOWN = {made.name: made for made in (
    Made('double', 'double it', '2{}', '2'),
    Made('half', 'halve it', '{}/2', '1/2'),
    Made('add-three', 'add 3', '{} + 3', '1'),
    Made('negate', 'change its sign', '−{}', '−1'),
    Made('square', 'square it', '{}²', '2{}'),
    Made('sine', 'sine', 'sin {}', 'cos {}'),
    Made('sigmoid', 'sigmoid', 'σ({})', 'σ({0}) (1 − σ({0}))'),
    Made('tanh', 'tanh', 'tanh {}', '1 − tanh² {}'),
    Made('relu', 'ReLU', 'max(0, {})', '1 where {} > 0, else 0'),
)}

CHOICES = {made.words: made.name for made in KNOWN.values()}
OR_NONE = CHOICES | {'leave it out': 'none'}


def written(made, inside):
    """What the machine does to a text, in brackets where they are needed: 'sin (2w)', '(w + 3)²'.

    >>> written(KNOWN['square'], '2w'), written(KNOWN['sigmoid'], '2w'), written(KNOWN['square'], 'w')
    ('(2w)²', 'σ(2w)', 'w²')
    """
    bare = len(inside) == 1 or made.name in ('sigmoid', 'relu', 'add-three')
    return made.does.format(inside if bare else f'({inside})')
