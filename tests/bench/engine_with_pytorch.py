"""The engine beside PyTorch eager, PyTorch's vmap, scikit-learn on the digits, and JAX where it is installed."""
import importlib.util
from importlib.metadata import version

import numpy as np

from core.data import BITS, SQFT, XOR
from core.loss import line_loss_surface
from core.many_networks import train_many
from core.network import new_network, predict, with_parameters
from tests.bench import engine_pytorch as pytorch
from tests.bench.engine_race import LONG, medians, race
from tests.bench.engine_sklearn import Classifier
from tests.bench.engine_work import (
    OURS,
    SEED,
    digits_in_batches,
    lecture,
    main,
    perceptron,
    repeated,
    row,
    same,
    spiral_in_batches,
    train,
    xor,
)

EAGER, VMAP, BROADCAST = 'PyTorch eager', 'PyTorch vmap', 'PyTorch broadcast'
STEPS = {EAGER: pytorch.Usual, 'PyTorch, tuned by hand': pytorch.Tuned}  # the goals are for PyTorch as everybody writes it
NETWORKS, EPOCHS, LIMIT = 1000, 2000, 0.15
jax = None
if importlib.util.find_spec('jax'):
    from tests.bench import engine_jax as jax
    STEPS['JAX'] = jax.Jit


def steps():
    yield train('OR perceptron, a step', perceptron(), STEPS, {EAGER: 100})
    yield train('XOR 2-1-1 with shortcuts, a step', xor((2, 1, 1), shortcut=True), STEPS, {EAGER: 40})
    yield train('XOR 2-4-1, a step', xor((2, 4, 1)), STEPS, {EAGER: 20})
    yield train('XOR 2-8-8-1, a step', xor((2, 8, 8, 1)), STEPS, {EAGER: 20})
    yield train('spiral of 500 points, 2-8-8-1, batch 10, an epoch', spiral_in_batches(), STEPS, {EAGER: 25})
    for bend in ('tanh', 'relu'):
        yield train(f"micrograd's MLP(3, [4, 4, 1]) with {bend}, a step", lecture(bend), STEPS, {EAGER: 25})


def digits():
    for dtype in ('float64', 'float32'):
        for size, goal in ((32, 1.6), (128, 1.3)):
            problem = digits_in_batches(size, dtype)
            yield train(f'digits 784-128-64-10, batch {size}, {dtype}, a step', problem, STEPS | {'scikit-learn': Classifier},
                        {EAGER: goal}, steps=-(-len(problem.x) // size), **LONG)


def pictures():
    network = new_network((2, 8, 8, 1), SEED, 'tanh', 'sigmoid')
    side = np.linspace(-1, 1, 100)
    grid = np.column_stack([axis.ravel() for axis in np.meshgrid(side, side)])
    ours = {dtype: repeated(predict, network, grid, dtype) for dtype in ('float64', 'float32')}
    for dtype, run in ours.items():
        what = f'decision boundary 100×100, 2-8-8-1, {dtype}'
        runners = {OURS: run, EAGER: pytorch.predictions(network, grid, dtype)}
        if jax:
            runners['JAX'] = jax.predictions(network, grid, dtype)
        same(what, {name: run(1) for name, run in runners.items()}, 1e-9 if dtype == 'float64' else 1e-5)
        yield row(what, race(runners), {EAGER: 3})
    yield row('decision boundary 100×100, our float32', race({OURS: ours['float32'], 'our float64': ours['float64']}),
              {'our float64': 3})


def surface():
    what, chance = 'line loss surface 200×200, 50 points', np.random.default_rng(SEED)
    x = chance.uniform(SQFT.min(), SQFT.max(), 50)
    asked = x, 0.13 * x + 90 + chance.normal(0, 40, 50), np.linspace(-0.2, 0.5, 200), np.linspace(-200, 400, 200)
    runners = {OURS: repeated(line_loss_surface, *asked), BROADCAST: pytorch.surface(*asked),
               'PyTorch in place': pytorch.surface_in_place(*asked)}
    if jax:
        runners['JAX'] = jax.surface(*asked)
    same(what, {name: run(1) for name, run in runners.items()})
    yield row(what, race(runners), {BROADCAST: 500})


def many():
    for name, sizes, shortcut, goal in (('2-1-1 with shortcuts', (2, 1, 1), True, 10), ('2-4-1', (2, 4, 1), False, 8),
                                        ('2-8-8-1', (2, 8, 8, 1), False, 4)):
        def ours(epochs, sizes=sizes, shortcut=shortcut):
            return train_many(sizes, BITS, XOR, NETWORKS, SEED, rate=0.5, epochs=epochs, shortcut=shortcut)
        start, problem = ours(1).start, xor(sizes, shortcut)
        stacked = stack(problem.network, start)
        peers = {VMAP: pytorch.Vmap(problem, stacked), 'PyTorch batched by hand': pytorch.Batched(problem, stacked)}
        if jax:
            peers['JAX'] = jax.Vmap(problem, stacked)
        what = f'{NETWORKS:,} XOR networks {name}'
        same(what, {OURS: ours(20).parameters} | {name: peer.after(20) for name, peer in peers.items()}, start=start)
        # Ours does all epochs of a run in each turn, with the start and the report, and the peers some epochs and no more.
        spent = race({OURS: ours} | {name: peer.run for name, peer in peers.items()}, rounds=5, times={OURS: EPOCHS})
        yield row(f'{what}, an epoch', spent, {VMAP: goal})
        if shortcut:
            whole = {OURS: [one * EPOCHS for one in spent[OURS]]}
            yield {'what': f'{NETWORKS:,} XOR networks 2-1-1 × {EPOCHS:,} epochs, all of it', 'limit': LIMIT,
                   'cpu': medians(whole), 'rounds': whole}


def stack(network, vectors):
    """W, b, W, b, … with the networks in the first axis."""
    layers = [with_parameters(network, vector).layers for vector in vectors]
    return [np.stack([getattr(one[k], name) for one in layers]) for k in range(len(network.layers)) for name in ('W', 'b')]


if __name__ == '__main__':
    main({'steps': steps, 'digits': digits, 'pictures': pictures, 'surface': surface, 'many': many},
         {name: version(name) for name in ('torch', 'scikit-learn', *(['jax'] if jax else []))})
