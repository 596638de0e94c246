"""The engine says what PyTorch says, on networks, data and expressions that hypothesis makes up."""
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.derivative import derivative
from tests.peers import ours, pytorch
from tests.peers.agreement import agree
from tests.peers.questions import BENDS, INPUTS, RULES, SQUARES, Case, Course, Crowd, logits, points, program, question

seeds = st.integers(0, 10**9)
many = settings(max_examples=300, deadline=None)


@st.composite
def cases(draw):
    output, loss = draw(st.one_of(st.tuples(st.sampled_from(BENDS), st.sampled_from(SQUARES)),
                                  st.just(('softmax', 'cross_entropy'))))
    sizes = draw(st.lists(st.integers(1, 9), min_size=2, max_size=5))
    shortcut = len(sizes) > 2 and draw(st.booleans())
    return Case(tuple(sizes), draw(st.sampled_from(BENDS)), output, loss, shortcut, draw(st.integers(1, 12)), draw(seeds))


@many
@given(cases())
def test_loss_output_and_every_gradient_of_any_network(case):
    asked = question(case)
    agree(ours.backward(asked), pytorch.backward(asked), case.name)


@many
@given(cases())
def test_every_slope_on_the_way_of_one_example(case):
    asked = question(case)
    agree(ours.trace(asked), pytorch.trace(asked), case.name)


@settings(max_examples=150, deadline=None)
@given(cases(), st.floats(0, 0.05), st.integers(1, 6), st.integers(1, 13))
def test_training_any_network_in_any_batches(case, rate, epochs, batch):
    course = Course(case, rate, epochs, batch if batch < 13 else None)
    said = ours.train(course)
    assume(len(said['losses']) == epochs + 1 and np.abs(said['parameters']).max() < 100)      # not one that flies away
    agree(said, pytorch.train(course), course.name)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=3), st.sampled_from(BENDS), st.booleans(), seeds)
def test_many_networks_trained_side_by_side(hidden, activation, shortcut, seed):
    crowd = Crowd((2, *hidden, 1), activation, shortcut, seed)
    agree(ours.side_by_side(crowd), pytorch.side_by_side(crowd), crowd.name)


@many
@given(seeds, st.integers(1, 60))
def test_every_gradient_of_any_expression(seed, length):
    asked = program(seed, length)
    agree(ours.expression(asked), pytorch.expression(asked), str(asked))


@many
@given(seeds)
def test_the_loss_of_a_line(seed):
    asked = points(seed)
    agree(ours.line_loss_gradient(*asked), pytorch.line_loss_gradient(*asked))
    agree(ours.line_loss_hessian(*asked), pytorch.line_loss_hessian(*asked))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(RULES), seeds)
def test_momentum_rmsprop_and_adam_take_pytorchs_steps(rule, seed):
    asked = points(seed)
    agree(ours.descend(rule, *asked), pytorch.descend(rule, *asked), rule)


@many
@given(seeds)
def test_softmax_with_cross_entropy_even_for_huge_logits(seed):
    asked = logits(seed)
    agree(ours.softmax_cross_entropy(*asked), pytorch.softmax_cross_entropy(*asked))


@many
@given(seeds)
def test_softmax_and_its_slopes(seed):
    row = logits(seed)[0][0]
    agree(ours.softmax(row), pytorch.softmax(row))


@pytest.mark.parametrize('name', BENDS)
def test_activations_and_their_slopes(name):
    z = np.concatenate([INPUTS, np.linspace(-40, 40, 2001), [-0.0, 1e-300, 1e100, -1e100]])
    agree(ours.bend(name, z), pytorch.bend(name, z), name)


# The comparison itself.

@pytest.mark.parametrize('fault', [lambda g: -g, lambda g: 2 * g, lambda g: g[::-1], lambda g: g + 1e-8, lambda g: g * np.nan,
                                   lambda g: g[:-1], lambda g: g * (1 + 1e-8)])
def test_a_wrong_gradient_would_be_noticed(fault):
    asked = question(Case((2, 3, 1), 'tanh', 'sigmoid', 'mean_squared_error', False, 4, 1))
    theirs = pytorch.backward(asked)
    agree(theirs, theirs)
    with pytest.raises(AssertionError, match=r'gradient (is|has shape)'):
        agree(theirs | {'gradient': fault(theirs['gradient'])}, theirs)


def test_nudging_is_on_their_side():
    """The third judge, so that no slip in how the question is put to both can hide."""
    asked = question(Case((2, 3, 2), 'tanh', 'linear', 'sum_squared_error', False, 4, 1))
    W = asked.network.layers[0].W

    def loss_for(number):
        changed = W.copy()
        changed[0, 1] = number
        first = asked.network.layers[0]._replace(W=changed)
        network = asked.network._replace(layers=(first, *asked.network.layers[1:]))
        return pytorch.backward(asked._replace(network=network))['loss']
    assert pytorch.backward(asked)['gradient'][1] == pytest.approx(derivative(loss_for, W[0, 1]), rel=1e-7)
