"""A nudge on its way: through machines in a row, and from a weight of a small network to its loss."""
from typing import NamedTuple

import numpy as np

from core.chain_rule import nudge_through, through
from core.layers import Layer, Network, parameters, with_parameters
from core.paths import paths
from core.trace import trace
from lessons.chain_rule.machines import KNOWN, written
from lessons.power import size_text
from lessons.short import short

LETTERS = {2: ['w', 'L'], 3: ['w', 'h', 'L'], 4: ['w', 'h₁', 'h₂', 'L'], 5: ['w', 'h₁', 'h₂', 'h₃', 'L']}
NUMBED = 1e-3           # a rate that leaves less than this of a change

# The network that the ripple runs through: one example, and weights at which every part of it is awake.
SMALL = Network((Layer([[1.0, -0.5], [-1.5, 1.0]], [0.2, 0.8]), Layer([[2.0, -1.5]], [0.1])))
EXAMPLE, TARGET = (1.0, 0.5), (0.0,)


class Stage(NamedTuple):
    """One place on the way: what it is called, what it holds before and after, what came before it."""
    name: str
    meaning: str        # model, hidden or loss
    value: float
    nudged: float
    predicted: float    # the nudge times all rates up to here
    does: str           # what leads here, in letters; '' at the start
    rate: float         # its rate

    @property
    def change(self):
        return self.nudged - self.value


def along(machines, x, nudge):
    """The stages of a nudge through machines, by their names."""
    made = [KNOWN[name] for name in machines]
    curves, letters = [one.curve for one in made], LETTERS[len(made) + 1]
    ripple, rates = nudge_through(curves, x, nudge), [1.0, *through(curves, x).rates]
    does = ['', *(one.does.format(letter) for one, letter in zip(made, letters, strict=False))]
    meanings = ['model', *['hidden'] * (len(made) - 1), 'loss']
    return [Stage(*stage) for stage in zip(letters, meanings, ripple.values.tolist(), ripple.nudged.tolist(),
                                           ripple.predicted.tolist(), does, map(float, rates), strict=True)]


def in_letters(machines, inside='w'):
    """The whole row in one formula: '(2w)²'."""
    for name in machines:
        inside = written(KNOWN[name], inside)
    return inside


def place(weight):
    """Where a weight of the first layer stands in the row of all parameters: two weights for each of two units, then biases."""
    unit, of = weight
    return 4 + unit if of == 'b' else 2 * unit + of


def through_network(weight, nudge):
    """The stages of a nudge of one weight of the first layer: its sum, its unit, the next sum, the prediction, the loss."""
    unit, of = weight
    row = parameters(SMALL)
    row[place(weight)] += nudge
    before, after = (trace(net, EXAMPLE, TARGET) for net in (SMALL, with_parameters(SMALL, row)))
    path, = paths(SMALL, EXAMPLE, TARGET, (0, unit, of))
    rates = [1.0, *(factor.value for factor in reversed(path.factors))]
    k = '₁₂'[unit]
    names = [('b' if of == 'b' else 'w'), f'z{k}', f'h{k}', 'z', 'ŷ', 'L']
    does = ['', '+ b' if of == 'b' else f'· x{"₁₂"[of]}', 'σ', f'· v{k}', 'σ', '(ŷ − y)²']
    values = [[float(net_row[place(weight)]), float(seen.z[0][unit]), float(seen.a[0][unit]), float(seen.z[1][0]),
               float(seen.a[1][0]), seen.loss] for net_row, seen in ((parameters(SMALL), before), (row, after))]
    meanings = ['model', 'hidden', 'hidden', 'hidden', 'model', 'loss']
    foretold = (nudge * np.cumprod(rates)).tolist()
    return [Stage(*stage) for stage in zip(names, meanings, *values, foretold, does, rates, strict=True)]


def verdict(stages, again):
    """How well the rates foretold what arrived, and why where they did not; `again`: the same with a tenth of the nudge."""
    last = stages[-1]
    if last.predicted == 0:
        stop = next(stage for stage in stages[1:] if stage.rate == 0)
        before = stages[stages.index(stop) - 1].name
        if last.change == 0:
            return f'Nothing arrives: from {before} to {stop.name} the rate is 0 here, and all that comes is multiplied by it.'
        return (f'The rate from {before} to {stop.name} is 0 just here, so nothing is foretold; yet the nudge leaves this place, '
                f'and {last.name} moves by {signed(last.change)}.')
    said = f'Foretold {signed(last.predicted)}, true {signed(last.change)}'
    numb = min(stages[1:], key=lambda stage: abs(stage.rate))
    if abs(numb.rate) < NUMBED:
        return f'{said}: hardly anything comes through to {numb.name}, where the rate is {size_text(numb.rate)}.'
    if signed(last.predicted) == signed(last.change):
        return f'{said}: the product of the rates is right in every digit shown.'
    tenth = off(again[-1])
    if off(last) > 0.5:
        said += ': the nudge leaves the place where these rates hold'
    return f'{said}. That is off by {percent(off(last))}; with a tenth of the nudge it would be {percent(tenth)}.'


def off(stage):
    """How far the prediction is from the truth, as a part of the truth; 9.99 where there is none."""
    return min(9.99, abs(stage.change - stage.predicted) / abs(stage.change)) if stage.change else 9.99


def percent(part):
    return f'{short(100 * part, 2)} %' if part < 9.99 else 'everything'


def signed(value, digits=4):
    """A change, with its sign."""
    text = short(value, digits)
    return text if text == '0' or text[0] == '−' else '+' + text
