"""Networks of any make, with examples and targets that go with them, drawn for tests that hold for all of them."""
from typing import NamedTuple

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.network import STARTS, Network, forward, new_network

SQUARES = ['sum_squared_error', 'mean_squared_error']
KINKED = ['relu', 'threshold']


class Case(NamedTuple):
    network: Network
    x: np.ndarray       # (n, in)
    target: np.ndarray  # (n, out), or labels (n,)
    loss: str


@st.composite
def networks(draw, most_layers=4, most_units=4):
    units = st.integers(1, most_units)
    shortcut = draw(st.booleans())
    sizes = draw(st.lists(units, min_size=3 if shortcut else 2, max_size=most_layers + 1))
    return new_network(sizes, seed=draw(st.integers(0, 2**32)), activation=draw(st.sampled_from(list(ACTIVATIONS))),
                       output=draw(st.sampled_from([*ACTIVATIONS, 'softmax'])), shortcut=shortcut,
                       spread=draw(st.sampled_from([0.5, 1.0, 2.0])), start=draw(st.sampled_from(STARTS)))


@st.composite
def cases(draw, most_examples=4, **limits):
    """A network with data, none of it so near to a kink or a step that a nudge would cross it."""
    network = draw(networks(**limits))
    n, chance = draw(st.integers(1, most_examples)), np.random.default_rng(draw(st.integers(0, 2**32)))
    x = chance.normal(size=(n, network.sizes[0]))
    ran = forward(network, x)
    for layer, z in zip(network.layers, ran.z, strict=True):
        assume(layer.activation not in KINKED or np.abs(z).min() > 1e-3)
    if network.layers[-1].activation == 'softmax':
        return Case(network, x, chance.integers(network.sizes[-1], size=n), 'cross_entropy')
    return Case(network, x, chance.normal(size=ran.output.shape), draw(st.sampled_from(SQUARES)))
