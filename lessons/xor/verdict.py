"""How a training ended, in a sentence or two, and what a reader may try when it did not end well."""
from typing import NamedTuple

import numpy as np

from core.many_networks import MIDDLES, name_of_code
from core.network import forward
from lessons.rate import rate_text
from lessons.short import short

GOOD_RATE = 0.5     # what the lesson begins with
FALLING = 0.02      # of the loss, over the last quarter of the epochs: it is still under way
DETECTS = {'AND': 'both inputs are 1', 'NAND': 'not both inputs are 1', 'OR': 'at least one input is 1',
           'NOR': 'both inputs are 0', 'XOR': 'the inputs differ', 'not XOR': 'the inputs are equal', 'x1': 'x₁ is 1',
           'not x1': 'x₁ is 0', 'x2': 'x₂ is 1', 'not x2': 'x₂ is 0', 'x1 and not x2': 'only x₁ is 1',
           'x2 and not x1': 'only x₂ is 1',
           'x1 or not x2': 'it is not true that only x₂ is 1', 'x2 or not x1': 'it is not true that only x₁ is 1'}


class Verdict(NamedTuple):
    """A sentence; and, where the reader may want it, a way out: its words and the Parameters that it sets."""
    says: str
    rescue: str = ''
    sets: tuple = ()


def verdict(run, given, make, rate, is_table):
    """What became of a run on these examples."""
    outputs, target = run.predictions[-1, :, 0], given.target[:, 0]
    n, right, loss = len(target), int(((outputs > 0.5) == (target > 0.5)).sum()), short(float(run.losses[-1]), 3)
    calmer = Verdict('', f'Take rate {rate_text(GOOD_RATE)} again', (('rate', GOOD_RATE), ('changes', [])))
    if run.verdict == 'diverged':
        slower = (('rate', rate / 10), ('changes', []))
        return Verdict(run.says, *(calmer[1:] if rate > GOOD_RATE else (f'Take rate {rate_text(rate / 10)}', slower)))
    if right == n:
        return Verdict(f'{everything(target)}, with a loss of {loss}.{what_it_found(run, given, make) if is_table else ""}')
    says = f'{right} of {n} on the right side of 0.5, loss {loss}.'
    if quarrels(given):
        return Verdict(f'{says} Points of both classes share a place, and no function can say both yes and no there.')
    if not make.hidden:
        return Verdict(f'{says} Without a hidden unit there is one straight line, and this needs more.', 'Add a hidden unit',
                       (('hidden', 1), ('shortcut', True), ('weights', []), ('changes', [])))
    if make.activation == 'linear':
        return Verdict(f'{says} Hidden units that bend nothing add nothing: it is still one straight line.', 'Let them bend',
                       (('activation', 'sigmoid'), ('changes', [])))
    if make.activation == 'threshold':
        return Verdict(f'{says} A threshold has slope 0 everywhere, so nothing before it could learn.', 'Take sigmoid units',
                       (('activation', 'sigmoid'), ('changes', [])))
    if not make.spread and not make.weights:
        return Verdict(f'{says} All weights began at 0, so no hidden unit ever differs from another.', 'Begin within ±1',
                       (('spread', 1), ('weights', []), ('changes', [])))
    if rate > 20 * GOOD_RATE:
        return calmer._replace(says=f'{says} At rate {rate_text(rate)} the first steps throw the weights so far out that hardly '
                                    'a slope is left to follow.')
    late = float(run.losses[np.searchsorted(run.epochs, run.epochs[-1] * 0.75)])
    if late - run.losses[-1] > FALLING * late:
        return Verdict(f'{says} The loss is still falling: give it more epochs, or a larger rate.')
    return Verdict(f'{says} It has come to rest, and no small step makes it better: stuck.', 'Try the next start',
                   (('which', (make.which + 1) % 1000), ('weights', []), ('changes', [])))


def everything(target):
    """All is right: what there was to be right about."""
    if (target == target[0]).all():
        word = 'yes' if target[0] > 0.5 else 'no'
        return f'All points are of one class, so it only had to say {word} everywhere. It does'
    return 'All four on the right side of 0.5' if len(target) == 4 else f'All {len(target)} on the right side of 0.5'


def what_it_found(run, given, make):
    """What a single hidden unit has come to tell apart in a truth table."""
    if make.hidden != 1 or make.layers != 1:
        return ''
    name = name_of_code(code(run.network(-1), given))
    if name == 'undecided':
        return ' Its hidden unit is on one side of its middle everywhere.'
    return f' Its hidden unit says yes where {DETECTS[name]}: {name.replace("x1", "x₁").replace("x2", "x₂")}.'


def code(network, given):
    """At which of the four corners the first hidden unit is above its middle: '0001'."""
    middle = MIDDLES.get(network.layers[0].activation, 0.0)
    return ''.join('1' if value > middle else '0' for value in forward(network, given.x).a[0][:, 0])


def quarrels(given):
    """Whether two points share a place and differ in class."""
    rows = np.hstack([given.x, given.target])
    return len(np.unique(rows, axis=0)) > len(np.unique(given.x, axis=0))
