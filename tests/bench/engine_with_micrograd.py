"""The engine beside micrograd, in a process where nothing else is loaded: how long Python tidies up depends on that."""
from functools import reduce
from importlib.metadata import version
from operator import add

import micrograd.engine
import numpy as np

from core.autograd import Value
from core.data import spiral
from core.graph import in_order
from core.replay import Replay
from tests.bench.engine_micrograd import Micrograd
from tests.bench.engine_race import LONG, race
from tests.bench.engine_work import OURS, SEED, lecture, main, repeated, row, same, train

PEER = 'micrograd'
SHAPES = (2, 16), (16, 16), (16, 1)


def networks():
    for bend in ('tanh', 'relu'):
        yield train(f"micrograd's MLP(3, [4, 4, 1]) with {bend}, a step", lecture(bend), {PEER: Micrograd}, {PEER: 300}, **LONG)


def graph(Value, numbers, points, targets):
    """The squared errors of a network of 2-16-16-1 with relu, about 10,000 nodes: its weights and the sum."""
    leaves = [Value(number) for number in numbers]
    wanted = iter(leaves)
    layers = [[[next(wanted) for _ in range(into + 1)] for _ in range(out)] for into, out in SHAPES]
    errors = []
    for x, target in zip(points, targets, strict=True):
        a = x
        for layer in layers:
            sums = [reduce(add, [w * one for w, one in zip(unit, a, strict=False)], unit[-1]) for unit in layer]
            a = [one.relu() for one in sums]
        errors.append((sums[0] - target) ** 2)
    return leaves, reduce(add, errors)


def graphs():
    numbers = np.random.default_rng(SEED).normal(0, 0.5, sum((into + 1) * out for into, out in SHAPES)).tolist()
    points, labels = spiral(14, seed=SEED)
    asked = numbers, points.tolist(), labels[:, 0].tolist()

    def backward(Value):
        leaves, total = graph(Value, *asked)
        total.backward()
        return [total.data, *(leaf.grad for leaf in leaves)]

    def again(replay):
        total, gradient = replay(numbers)
        return [total, *gradient]
    leaves, total = graph(Value, *asked)
    size = f'{len(in_order(total)):,} nodes'
    runners = {OURS: repeated(backward, Value), 'our replay': repeated(again, Replay(total, leaves)),
               PEER: repeated(backward, micrograd.engine.Value)}
    same('Value', {name: run(1) for name, run in runners.items()})
    spent = race(runners, **LONG)
    yield row(f'Value: build and backward, {size}', {name: spent[name] for name in (OURS, PEER)}, {PEER: 8})
    yield row(f'Value: a replay, {size}', {OURS: spent['our replay'], PEER: spent[PEER]}, {PEER: 150})


if __name__ == '__main__':
    main({'networks': networks, 'graphs': graphs}, {PEER: version('micrograd')})
