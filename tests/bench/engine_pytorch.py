"""The same work in PyTorch: `Usual` with nn.Module and torch.optim.SGD, as in PyTorch's own tutorials, and `Tuned`.

That one is by somebody who knows PyTorch well and wants it fast: no module and no optimizer, tensors made once, gradients
from torch.autograd.grad, so that nothing has to be set to zero, and the update in place. Both share in the race.
"""
import itertools

import numpy as np
import torch
from torch import nn

from tests.peers.pytorch import BENDS, LOSSES, forward

torch.set_num_threads(1)


class Tuned:
    """Trains the network of a problem (engine_work.Training)."""

    def __init__(self, problem):
        self.problem, self.dtype = problem, getattr(torch, problem.dtype)
        self.x = torch.tensor(problem.x, dtype=self.dtype)
        self.target = torch.tensor(problem.target, dtype=None if problem.loss == 'cross_entropy' else self.dtype)
        self.bends = [layer.activation for layer in problem.network.layers]
        self.begin()

    def begin(self):
        layers = self.problem.network.layers
        self.parameters = [torch.tensor(array, dtype=self.dtype, requires_grad=True)
                           for layer in layers for array in (layer.W, layer.b)]
        self.orders = itertools.cycle([torch.tensor(order) for order in self.problem.orders or ()])

    def after(self, epochs):
        """The parameters after so many epochs from the start."""
        self.begin()
        self.run(epochs)
        return np.concatenate([tensor.detach().numpy().ravel() for tensor in self.parameters])

    def batches(self):
        if self.problem.batch is None:
            return [(self.x, self.target)]
        order, size = next(self.orders), self.problem.batch
        return zip(self.x[order].split(size), self.target[order].split(size), strict=True)

    def run(self, epochs):
        parameters, numbers = self.parameters, [tensor.detach() for tensor in self.parameters]
        bends, shortcut, rate = self.bends, self.problem.network.shortcut, self.problem.rate
        loss_of = LOSSES[self.problem.loss]
        for _ in range(epochs):
            for x, target in self.batches():
                loss = loss_of(forward(parameters, x, bends, shortcut), target)
                for number, slope in zip(numbers, torch.autograd.grad(loss, parameters), strict=True):
                    number.sub_(slope, alpha=rate)


class Usual(Tuned):
    """With nn.Linear, nn.MSELoss, zero_grad, backward and optim.SGD."""

    def begin(self):
        super().begin()
        shapes = [layer.W.shape for layer in self.problem.network.layers]
        self.model = Layers(shapes, self.bends, self.problem.network.shortcut).to(self.dtype)
        with torch.no_grad():
            for place, tensor in zip(self.model.parameters(), self.parameters, strict=True):
                place.copy_(tensor)
        self.parameters = list(self.model.parameters())

    def run(self, epochs):
        model, loss_of = self.model, LOSSES[self.problem.loss]
        descent = torch.optim.SGD(model.parameters(), lr=self.problem.rate, foreach=False)      # the fastest for these sizes
        for _ in range(epochs):
            for x, target in self.batches():
                descent.zero_grad()
                loss_of(model(x), target).backward()
                descent.step()


class Layers(nn.Module):
    def __init__(self, shapes, bends, shortcut):
        super().__init__()
        self.linear = nn.ModuleList(nn.Linear(into, out) for out, into in shapes)
        self.bends, self.shortcut = [BENDS[bend] for bend in bends], shortcut

    def forward(self, x):
        a = x
        for linear, bend in zip(self.linear[:-1], self.bends, strict=False):
            a = bend(linear(a))
        if self.shortcut:
            a = torch.cat([x, a], dim=1)
        return self.bends[-1](self.linear[-1](a))


class Vmap:
    """Many networks at once by torch.func: the loss of one, its gradient, mapped over all."""

    def __init__(self, problem, stacked):
        """stacked: W, b, W, b, … with the networks in the first axis."""
        self.problem, self.stacked = problem, stacked
        self.x, self.target = (torch.tensor(array, dtype=torch.float64) for array in (problem.x, problem.target))
        bends, shortcut = [layer.activation for layer in problem.network.layers], problem.network.shortcut

        def loss_of_one(parameters, x, target):
            return LOSSES[problem.loss](forward(parameters, x, bends, shortcut), target)
        self.gradients = torch.func.vmap(torch.func.grad(loss_of_one), in_dims=(0, None, None))
        self.begin()

    def begin(self):
        self.parameters = tuple(torch.tensor(array) for array in self.stacked)

    def after(self, epochs):
        self.begin()
        self.run(epochs)
        return np.concatenate([tensor.flatten(1).numpy() for tensor in self.parameters], axis=1)

    def run(self, epochs):
        rate = self.problem.rate
        for _ in range(epochs):
            for number, slope in zip(self.parameters, self.gradients(self.parameters, self.x, self.target), strict=True):
                number.sub_(slope, alpha=rate)


class Batched(Vmap):
    """The same written out with batched matrix products, for autograd."""

    def run(self, epochs):
        count, bends, shortcut = len(self.stacked[0]), [layer.activation for layer in self.problem.network.layers], \
            self.problem.network.shortcut
        x, target = (array.expand(count, *array.shape) for array in (self.x, self.target))
        wanted = [tensor.detach().requires_grad_() for tensor in self.parameters]           # the same memory
        for _ in range(epochs):
            a = x
            for k, bend in enumerate(bends):
                if shortcut and k == len(bends) - 1:
                    a = torch.cat([x, a], dim=2)
                a = BENDS[bend](torch.baddbmm(wanted[2 * k + 1].unsqueeze(1), a, wanted[2 * k].mT))
            slopes = torch.autograd.grad(LOSSES[self.problem.loss](a, target), wanted)
            for number, slope in zip(self.parameters, slopes, strict=True):
                number.sub_(slope, alpha=self.problem.rate)


def predictions(network, x, dtype):
    """Returns predict(times) → the output, (n, out)."""
    dtype = getattr(torch, dtype)
    x = torch.tensor(x, dtype=dtype)
    layers = [(torch.tensor(W, dtype=dtype), torch.tensor(b, dtype=dtype), BENDS[bend]) for W, b, bend in network.layers]

    def predict(times):
        with torch.inference_mode():
            for _ in range(times):
                a = x
                for W, b, bend in layers:
                    a = bend(nn.functional.linear(a, W, b))
        return a.numpy()
    return predict


def surface(x, y, slopes, intercepts):
    """Returns run(times) → the mean squared error of each line, (intercepts, slopes), by broadcasting as one writes it."""
    x, y, slopes, intercepts = (torch.tensor(array, dtype=torch.float64) for array in (x, y, slopes, intercepts))

    def run(times):
        for _ in range(times):
            losses = ((slopes[:, None] * x + intercepts[:, None, None] - y) ** 2).mean(dim=2)
        return losses.numpy()
    return run


def surface_in_place(x, y, slopes, intercepts):
    """The same with one large array only: as much as broadcasting can do."""
    x, y, slopes, intercepts = (torch.tensor(array, dtype=torch.float64) for array in (x, y, slopes, intercepts))
    errors = torch.empty(len(intercepts), len(slopes), len(x), dtype=torch.float64)

    def run(times):
        for _ in range(times):
            torch.add(slopes[:, None] * x - y, intercepts[:, None, None], out=errors)
            losses = errors.square_().mean(dim=2)
        return losses.numpy()
    return run
