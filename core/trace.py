"""Follow one example through a network to its loss, and the slopes all the way back.

Nothing new is computed here: it is what `forward` and `backward` do, for a single example and with nothing thrown away,
so that every number can be pointed at. At each weight two of them meet, what it multiplies and what comes back.
"""
from typing import NamedTuple

import numpy as np

from core import checks
from core.backprop import backward, checked_run, loss_of, unit_slopes
from core.layers import Network
from core.loss import cross_entropy_gradient


class WeightTrace(NamedTuple):
    """One weight: its slope is what it multiplies times what comes back to its unit, local · upstream."""
    value: float     # the weight itself
    local: float     # the number that it multiplies; 1 for a bias
    upstream: float  # ∂L/∂z of the unit that it belongs to
    gradient: float  # ∂L/∂weight


class Trace(NamedTuple):
    """Everything about one example on its way through a network and back; tuples have an entry for each layer."""
    network: Network
    loss: float
    taken: tuple     # what the layer took in, (in,)
    z: tuple         # its weighted sums, (out,)
    a: tuple         # its answers, (out,)
    by_a: tuple      # ∂L/∂a, (out,)
    by_z: tuple      # ∂L/∂z, (out,): the deltas
    by_x: np.ndarray     # ∂L/∂x, (in,): which way each input would raise the loss
    gradient: Network    # ∂L/∂W and ∂L/∂b, in the shape of the network

    def weight(self, layer, unit, of):
        """The numbers that meet at one weight: that of a unit for its input number `of`, or its bias, of='b'."""
        layer, unit, of = checked_weight(self.network, (layer, unit, of))
        W, b, _ = self.network.layers[layer]
        slopes = self.gradient.layers[layer]
        if of == 'b':
            return WeightTrace(float(b[unit]), 1.0, float(self.by_z[layer][unit]), float(slopes.b[unit]))
        return WeightTrace(float(W[unit, of]), float(self.taken[layer][of]), float(self.by_z[layer][unit]),
                           float(slopes.W[unit, of]))


def trace(network, x, target, loss='mean_squared_error'):
    """Follow one example through the network and its slopes all the way back.

    x: (in,). target: (out,), or the label with 'cross_entropy'. Returns a Trace. Raises ValueError as `loss_of` does,
    and where the true class got probability 0, because the slope of its surprise, −1 / p, has no value there.

    >>> from core.network import Layer, Network
    >>> seen = trace(Network((Layer([[0, 0]], [0]),)), x=[1, 2], target=[1])
    >>> seen.by_a[0], seen.by_z[0], seen.weight(layer=0, unit=0, of=1)
    (array([-1.]), array([-0.25]), WeightTrace(value=0.0, local=2.0, upstream=-0.25, gradient=-0.5))
    """
    x = checks.row('x', x)
    network, ran, target = checked_run(network, x, target, loss)
    with np.errstate(over='ignore', invalid='ignore'):
        by_a, by_z = unit_slopes(network, ran, target, loss)
        by_x = by_z[0] @ network.layers[0].W
        if network.shortcut:
            by_x = by_x + by_z[-1] @ network.layers[-1].W[:, :len(x)]
    if loss == 'cross_entropy':
        by_a[-1] = cross_entropy_gradient(ran.output[0], target[0])[None]
    for name, slopes in (('a', by_a), ('z', by_z), ('x', [by_x])):
        for slope in slopes:
            checks.numbers(f'∂L/∂{name}', slope)
    single = target if loss == 'cross_entropy' else target[0]
    return Trace(network, loss_of(network, x, single, loss), *(tuple(part[0] for part in parts) for parts in (*ran, by_a, by_z)),
                 by_x[0], backward(network, x, single, loss))


def checked_weight(network, weight):
    """Return (layer, unit, input or 'b') as whole numbers that are there, or raise ValueError."""
    try:
        layer, unit, of = weight
    except (TypeError, ValueError):
        raise ValueError(f"weight is {weight!r}, and needs to be (layer, unit, input) or (layer, unit, 'b').") from None
    layer = checks.whole('layer', layer, least=0, most=len(network.layers) - 1)
    units, inputs = network.layers[layer].W.shape
    unit = checks.whole('unit', unit, least=0, most=units - 1)
    return layer, unit, 'b' if isinstance(of, str) and of == 'b' else checks.whole('input', of, least=0, most=inputs - 1)
