"""The work in JAX: a training step compiled as a whole. Takes part where JAX is installed."""
import itertools

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update('jax_enable_x64', True)
jax.config.update('jax_platforms', 'cpu')

BENDS = {'linear': lambda z: z, 'sigmoid': jax.nn.sigmoid, 'tanh': jnp.tanh, 'relu': jax.nn.relu, 'softmax': lambda z: z}
LOSSES = {'sum_squared_error': lambda output, target: ((output - target) ** 2).sum(),
          'mean_squared_error': lambda output, target: ((output - target) ** 2).mean(),
          'cross_entropy': lambda output, target: -jnp.take_along_axis(jax.nn.log_softmax(output), target[:, None], 1).mean()}


def forward(layers, x, bends, shortcut):
    a = x
    for k, ((W, b), bend) in enumerate(zip(layers, bends, strict=True)):
        if shortcut and k == len(bends) - 1:
            a = jnp.concatenate([x, a], axis=1)
        a = BENDS[bend](a @ W.T + b)
    return a


def step_of(problem, many=False):
    """The compiled step (layers, x, target) → layers; with `many`, of all networks in the first axis."""
    bends, shortcut = [layer.activation for layer in problem.network.layers], problem.network.shortcut

    def loss(layers, x, target):
        return LOSSES[problem.loss](forward(layers, x, bends, shortcut), target)
    gradient = jax.vmap(jax.grad(loss), in_axes=(0, None, None)) if many else jax.grad(loss)

    @jax.jit
    def step(layers, x, target):
        return jax.tree.map(lambda number, slope: number - problem.rate * slope, layers, gradient(layers, x, target))
    return step


class Jit:
    """Trains the network of a problem."""

    def __init__(self, problem):
        self.problem, self.step = problem, step_of(problem)
        self.x = problem.x.astype(problem.dtype)
        self.target = problem.target if problem.loss == 'cross_entropy' else problem.target.astype(problem.dtype)
        self.whole = jnp.asarray(self.x), jnp.asarray(self.target)
        self.begin()

    def begin(self):
        self.layers = [(jnp.asarray(layer.W, self.problem.dtype), jnp.asarray(layer.b, self.problem.dtype))
                       for layer in self.problem.network.layers]
        self.orders = itertools.cycle(self.problem.orders or ())

    def after(self, epochs):
        self.begin()
        self.run(epochs)
        return np.concatenate([np.ravel(array) for layer in self.layers for array in layer])

    def batches(self):
        if self.problem.batch is None:
            return [self.whole]
        order, size = next(self.orders), self.problem.batch
        x, target = self.x[order], self.target[order]
        return ((x[i:i + size], target[i:i + size]) for i in range(0, len(x), size))

    def run(self, epochs):
        for _ in range(epochs):
            for x, target in self.batches():
                self.layers = self.step(self.layers, x, target)
        jax.block_until_ready(self.layers)


class Vmap:
    """Many networks at once."""

    def __init__(self, problem, stacked):
        self.stacked, self.step = stacked, step_of(problem, many=True)
        self.x, self.target = jnp.asarray(problem.x), jnp.asarray(problem.target)
        self.begin()

    def begin(self):
        self.layers = [(jnp.asarray(W), jnp.asarray(b)) for W, b in zip(self.stacked[::2], self.stacked[1::2], strict=True)]

    def after(self, epochs):
        self.begin()
        self.run(epochs)
        return np.concatenate([np.reshape(array, (len(array), -1)) for layer in self.layers for array in layer], axis=1)

    def run(self, epochs):
        for _ in range(epochs):
            self.layers = self.step(self.layers, self.x, self.target)
        jax.block_until_ready(self.layers)


def predictions(network, x, dtype):
    layers = [(jnp.asarray(layer.W, dtype), jnp.asarray(layer.b, dtype)) for layer in network.layers]
    x, bends = jnp.asarray(x, dtype), [layer.activation for layer in network.layers]
    answer = jax.jit(lambda layers, x: forward(layers, x, bends, network.shortcut))

    def predict(times):
        for _ in range(times):
            a = answer(layers, x)
        return np.asarray(jax.block_until_ready(a))
    return predict


def surface(x, y, slopes, intercepts):
    losses = jax.jit(lambda slopes, intercepts: ((slopes[:, None] * x + intercepts[:, None, None] - y) ** 2).mean(axis=2))

    def run(times):
        for _ in range(times):
            a = losses(slopes, intercepts)
        return np.asarray(jax.block_until_ready(a))
    return run
