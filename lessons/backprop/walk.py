"""One example on its way to the loss, and the slopes on their way back: moment by moment, each with its numbers."""
from typing import NamedTuple

import numpy as np

from core.trace import trace
from lessons.backprop import nets
from lessons.short import factor, short


class Moment(NamedTuple):
    """What is known by now, and what has just been reckoned."""
    label: str
    about: str              # the names of what is reckoned here, as things are lit up
    values: frozenset       # the units whose answer is known, as (layer, unit)
    loss: bool              # whether the loss is
    arrived: frozenset      # the units whose ∂L/∂a is known
    deltas: frozenset       # the units whose ∂L/∂z is
    weights: tuple          # the weights whose slope is, in the order in which they were reckoned


class Meeting(NamedTuple):
    """What meets at a weight: the number it multiplies, and what comes back to its unit."""
    local: float
    upstream: float
    slope: float


def seen(network, x, target):
    """The trace of one example: everything that happens to it."""
    return trace(network, x, target, 'sum_squared_error')        # of one number sum and mean are the same


def meetings(net, trace_of_one):
    """For each weight and bias, in their row: local × upstream = slope."""
    met = [trace_of_one.weight(*place) for place in nets.places(net)]
    return [Meeting(one.local, one.upstream, one.gradient) for one in met]


def moments(net, one, target):
    """The start, a moment for each unit, the loss; then three for each unit on the way back."""
    state = {'values': frozenset(), 'loss': False, 'arrived': frozenset(), 'deltas': frozenset(), 'weights': ()}
    found = [Moment('The inputs are there, and nothing is computed yet', 'inputs', **state)]

    def then(label, about, **news):
        state.update(news)
        found.append(Moment(label, about, **state))

    for unit in nets.units(net):
        then(forward_words(net, one, *unit), f'{nets.unit_lit(*unit)} forward', values=state['values'] | {unit})
    then(f'L = (ŷ − y)² = ({short(answer(one))} − {factor(target)})² = {short(one.loss)}', 'loss', loss=True)
    for unit in reversed(nets.units(net)):
        name = f'{nets.unit_lit(*unit)} backward'
        then(arriving_words(net, one, *unit, target), name, arrived=state['arrived'] | {unit})
        then(bending_words(net, one, *unit), name, deltas=state['deltas'] | {unit})
        mine = tuple(i for i, place in enumerate(nets.places(net)) if place[:2] == unit)
        then(weights_words(net, one, *unit), ' '.join([name, *(nets.lit(net, i) for i in mine)]), weights=state['weights'] + mine)
    return found


def answer(one):
    return float(one.a[-1][0])


def forward_words(net, one, layer, unit):
    W, b, _ = one.network.layers[layer]
    terms = ' + '.join(f'{factor(w)} · {factor(x, 3)}' for w, x in zip(W[unit], one.taken[layer], strict=True))
    name = nets.unit_name(net, layer, unit)
    z, a = float(one.z[layer][unit]), float(one.a[layer][unit])
    return f'{name}: z = {terms} + {factor(b[unit])} = {short(z)}, and {name} = σ(z) = {short(a)}'


def arriving_words(net, one, layer, unit, target):
    """Where ∂L/∂a comes from: for the output from the loss, else through each weight that leads on from here."""
    name, total = nets.unit_name(net, layer, unit), short(float(one.by_a[layer][unit]))
    if layer == len(one.z) - 1:
        return f'∂L/∂{name} = 2 (ŷ − y) = 2 ({short(answer(one))} − {factor(target)}) = {total}'
    after = one.network.layers[layer + 1].W
    weights = after[:, after.shape[1] - len(one.a[layer]) + unit]
    terms = ' + '.join(f'{factor(w)} · {factor(d, 3)}' for w, d in zip(weights, one.by_z[layer + 1], strict=True))
    return f'∂L/∂{name}, back through the weight{"s" if len(weights) > 1 else ""} after it: {terms} = {total}'


def bending_words(net, one, layer, unit):
    name, a = nets.unit_name(net, layer, unit), float(one.a[layer][unit])
    return (f'times σ′ = {name} (1 − {name}) = {short(a)} · {short(1 - a)} = {short(a * (1 - a))}: '
            f'upstream of {name} is {short(float(one.by_z[layer][unit]))}')


def weights_words(net, one, layer, unit):
    name, delta = nets.unit_name(net, layer, unit), short(float(one.by_z[layer][unit]))
    numb = abs(float(one.by_z[layer][unit])) < 1e-4
    tail = ' Hardly anything is left of it: a unit that is sure of itself does not listen.' if numb else ''
    return f'Each weight into {name}: what it multiplies × {delta}.{tail}'


def slopes_of_each(net, network, x, target):
    """The slope of every weight for each example alone: (n, P)."""
    return np.array([[met.slope for met in meetings(net, seen(network, row, goal))] for row, goal in zip(x, target, strict=True)])
