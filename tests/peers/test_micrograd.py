"""What runs on micrograd runs on our Value and gives the same: its own tests, its networks, and any expression."""
import random
import sys
import tarfile
from pathlib import Path

import micrograd.engine
import micrograd.nn
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.autograd import Value
from core.data import moons
from tests.peers.agreement import agree
from tests.peers.questions import NOT_IN_MICROGRAD, program, run

seeds = st.integers(0, 10**9)
many = settings(max_examples=300, deadline=None)
VALUES = {'ours': Value, 'micrograd': micrograd.engine.Value}
MADE_OF_SEVERAL = '-', 'c-a', '/', 'c/a'
SOURCE = next(Path(sys.prefix).glob('micrograd-*.tar.gz'))          # tests/peers/install.py puts it there


def side_by_side(do):
    """What `do` returns for our Value, and for theirs."""
    ours, theirs = (do(Value) for Value in VALUES.values())
    agree(ours, theirs)
    return ours


@many
@given(seeds, st.integers(1, 60))
def test_any_expression_and_all_gradients_in_it(seed, length):
    """Not only of the leaves: every intermediate result has the same value and gradient."""
    asked = program(seed, length, leave_out=NOT_IN_MICROGRAD)

    def do(Value):
        results = run(asked, [Value(leaf) for leaf in asked.leaves])
        results[-1].backward()
        return {'values': [value.data for value in results], 'gradients': [value.grad for value in results]}
    side_by_side(do)


@given(seeds)
def test_gradients_add_up_over_passes_in_the_same_way(seed):
    """Over expressions computed afresh, and over the same Values again, where what was there counts once more.

    micrograd makes a − b out of a + (−1 · b) and a / b out of a · b⁻¹. We need no such nodes between, so the last of these
    is left out for them: what a second pass finds in there depends on how many there are.
    """
    def afresh(Value):
        leaves = [Value(leaf) for leaf in every.leaves]
        for _ in range(3):
            run(every, leaves)[-1].backward()
        return [leaf.grad for leaf in leaves]

    def again(Value):
        leaves = [Value(leaf) for leaf in some.leaves]
        result = run(some, leaves)[-1]
        result.backward()
        result.backward()
        return [leaf.grad for leaf in leaves]

    every, some = (program(seed, 10, leave_out=(*NOT_IN_MICROGRAD, *names)) for names in ((), MADE_OF_SEVERAL))
    side_by_side(afresh)
    side_by_side(again)


@pytest.mark.parametrize('do', [
    lambda Value: Value(3).relu().data, lambda Value: Value(0).relu().data, lambda Value: Value(-3).relu().data,
    lambda Value: Value(2.0).grad, lambda Value: Value(3).data, lambda Value: (2 ** 3 * Value(2)).data,
    lambda Value: len((Value(1) + 2)._prev), lambda Value: len(Value(1)._prev),
    lambda Value: sum([Value(1), Value(2)]).data, lambda Value: (Value(2) ** 0).data])
def test_small_matters(do):
    side_by_side(do)


@pytest.mark.parametrize('write', [lambda a: a + a, lambda a: a * a, lambda a: a - a, lambda a: a / a, lambda a: a * a * a + a,
                                   lambda a: a.relu() * a.relu(), lambda a: (a + 0) ** 2 + a])
def test_a_number_used_twice(write):
    def do(Value):
        a = Value(1.5)
        write(a).backward()
        return a.grad
    side_by_side(do)


def test_what_is_printed_and_drawn():
    """The lecture's drawing asks for _prev, _op, data and grad, and prints Values."""
    for make in VALUES.values():
        a, b = make(2.0), make(-3.0)
        for result, op in ((a + b, '+'), (a * b, '*'), (a ** 2, '**2'), (a.relu(), 'ReLU'), (a, '')):
            assert result._op == op
            assert result._prev == ({a, b} if op in ('+', '*') else {a} if op else set())
        (a * b).backward()
        assert repr(a) == 'Value(data=2.0, grad=-3.0)'


@pytest.fixture
def pointed_at_ours(monkeypatch):
    """`from micrograd.engine import Value` gives ours, and micrograd's networks are made of it."""
    monkeypatch.setattr(micrograd.engine, 'Value', Value)
    monkeypatch.setattr(micrograd.nn, 'Value', Value)


def published_tests():
    with tarfile.open(SOURCE) as source:
        name = next(name for name in source.getnames() if name.endswith('test/test_engine.py'))
        code = compile(source.extractfile(name).read(), name, 'exec')
    space = {}
    exec(code, space)
    return space


@pytest.mark.parametrize('name', sorted(name for name in published_tests() if name.startswith('test_')))
def test_micrograds_own_tests_pass(name, pointed_at_ours):
    space = published_tests()
    assert space['Value'] is Value
    space[name]()


def test_there_are_tests_of_micrograds_own():
    assert sum(name.startswith('test_') for name in published_tests()) >= 2


def learn(Value):
    """Train micrograd's own network on moons, as its demo does; the weights after each epoch."""
    random.seed(7)
    network, (points, labels) = micrograd.nn.MLP(2, [6, 6, 1]), moons(12, seed=1)
    path = []
    for _ in range(8):
        outputs = [network([Value(float(x)) for x in point]) for point in points]
        margins = [(1 + -float(2 * label - 1) * output).relu() for label, output in zip(labels[:, 0], outputs, strict=True)]
        loss = sum(margins) * (1 / len(margins)) + 1e-4 * sum(p * p for p in network.parameters())
        network.zero_grad()
        loss.backward()
        for p in network.parameters():
            p.data -= 0.2 * p.grad
        path.append([loss.data, *(p.data for p in network.parameters())])
    return path


def test_micrograds_networks_learn_the_same_on_our_values(monkeypatch):
    theirs = learn(micrograd.engine.Value)
    monkeypatch.setattr(micrograd.nn, 'Value', Value)
    ours = learn(Value)
    agree(ours, theirs)
    assert ours[-1][0] < ours[0][0]
