"""How PyTorch answers: everything by its autograd, nothing by a formula for a slope. numpy in, numpy out, float64."""
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F

from tests.peers.questions import STEPS, batches, question, run

BENDS = {'linear': lambda z: z, 'sigmoid': torch.sigmoid, 'tanh': torch.tanh, 'relu': torch.relu,
         'softmax': lambda z: z}                # PyTorch's cross_entropy takes what enters softmax
LOSSES = {'sum_squared_error': partial(F.mse_loss, reduction='sum'), 'mean_squared_error': F.mse_loss,
          'cross_entropy': F.cross_entropy}


def leaf(array):
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


def weights(network):
    """Its W, b, W, b, … as tensors that want gradients."""
    return [leaf(array) for layer in network.layers for array in (layer.W, layer.b)]


def forward(parameters, x, bends, shortcut=False):
    """The output for parameters W, b, W, b, …, softmax left out."""
    a = x
    for k, bend in enumerate(bends):
        if shortcut and k == len(bends) - 1:
            a = torch.cat([x, a], dim=1)
        a = BENDS[bend](F.linear(a, parameters[2 * k], parameters[2 * k + 1]))
    return a


def loss_and_output(parameters, network, x, target, loss):
    output = forward(parameters, x, [layer.activation for layer in network.layers], network.shortcut)
    return LOSSES[loss](output, target), torch.softmax(output, 1) if loss == 'cross_entropy' else output


def flat(tensors):
    return np.concatenate([tensor.detach().numpy().ravel() for tensor in tensors])


def backward(asked):
    """The loss, the output (n, out) and the gradient, flat: W, b, W, b, …"""
    parameters = weights(asked.network)
    x, target = torch.tensor(asked.x), torch.tensor(asked.target)
    loss, output = loss_and_output(parameters, asked.network, x, target, asked.loss)
    return {'loss': loss.item(), 'output': output.detach().numpy(), 'gradient': flat(torch.autograd.grad(loss, parameters))}


def train(course):
    """The loss over all examples before the first epoch and after each, and the parameters in the end, flat."""
    return follow(question(course.case), course.rate, batches(course))


def follow(asked, rate, epochs):
    """The same for any question. epochs: for each its batches, lists of the numbers of examples."""
    parameters = weights(asked.network)
    x, target = torch.tensor(asked.x), torch.tensor(asked.target)
    descent = torch.optim.SGD(parameters, lr=rate)

    def loss(chosen):
        return loss_and_output(parameters, asked.network, x[chosen], target[chosen], asked.loss)[0]
    everything = slice(None)
    losses = [loss(everything).item()]
    for epoch in epochs:
        for batch in epoch:
            descent.zero_grad()
            loss(batch).backward()
            descent.step()
        losses.append(loss(everything).item())
    return {'losses': np.array(losses), 'parameters': flat(parameters)}


def side_by_side(crowd):
    """One after the other: the parameters of each in the end."""
    everything = [[[0, 1, 2, 3]]] * crowd.epochs
    return np.array([follow(asked, crowd.rate, everything)['parameters'] for asked in crowd.starts()])


def trace(asked):
    """Every ∂L/∂a and ∂L/∂z of the first example, flat and layer after layer, and ∂L/∂x."""
    network, parameters = asked.network, weights(asked.network)
    x = leaf(asked.x[:1])
    answers, sums = [x], []
    for k, layer in enumerate(network.layers):
        taken = torch.cat([x, answers[-1]], dim=1) if network.shortcut and k == len(network.layers) - 1 else answers[-1]
        sums.append(F.linear(taken, parameters[2 * k], parameters[2 * k + 1]))
        answers.append(torch.softmax(sums[-1], 1) if layer.activation == 'softmax' else BENDS[layer.activation](sums[-1]))
    target, of_softmax = torch.tensor(asked.target[:1]), asked.loss == 'cross_entropy'
    loss = F.nll_loss(torch.log(answers[-1]), target) if of_softmax else LOSSES[asked.loss](answers[-1], target)
    slopes = torch.autograd.grad(loss, [*answers, *sums])
    return {'by x': slopes[0][0].numpy(), 'by a': flat(slopes[1:len(answers)]), 'by z': flat(slopes[len(answers):])}


def expression(program):
    """The answer of a program and its gradient by each leaf."""
    leaves = [leaf(number) for number in program.leaves]
    answer = run(program, leaves)[-1]
    slopes = torch.autograd.grad(answer, leaves, allow_unused=True)
    return {'answer': answer.item(), 'gradient': np.array([0.0 if slope is None else slope.item() for slope in slopes])}


def line_loss_gradient(x, y, slope, intercept):
    knobs = leaf([slope, intercept])
    loss = ((knobs[0] * torch.tensor(x) + knobs[1] - torch.tensor(y)) ** 2).mean()
    return torch.autograd.grad(loss, knobs)[0].numpy()


def line_loss_hessian(x, y, slope, intercept):
    def loss(knobs):
        return ((knobs[0] * torch.tensor(x) + knobs[1] - torch.tensor(y)) ** 2).mean()
    return torch.autograd.functional.hessian(loss, torch.tensor([slope, intercept], dtype=torch.float64)).numpy()


DESCENTS = {'plain': torch.optim.SGD, 'momentum': partial(torch.optim.SGD, momentum=0.9), 'rmsprop': torch.optim.RMSprop,
            'adam': torch.optim.Adam}


def descend(rule, x, y, slope, intercept):
    """The knobs of a line after each of some steps down its loss."""
    knobs = leaf([slope, intercept])
    descent, path = DESCENTS[rule]([knobs], lr=0.01), []
    for _ in range(STEPS):
        descent.zero_grad()
        ((knobs[0] * torch.tensor(x) + knobs[1] - torch.tensor(y)) ** 2).mean().backward()
        descent.step()
        path.append(knobs.detach().numpy().copy())
    return np.array(path)


def softmax_cross_entropy(logits, labels):
    """The mean surprise and its gradient by the logits."""
    logits = leaf(logits)
    loss = F.cross_entropy(logits, torch.tensor(labels))
    return {'loss': loss.item(), 'gradient': torch.autograd.grad(loss, logits)[0].numpy()}


def bend(name, z):
    """An activation and its slope, element by element."""
    z = leaf(z)
    a = BENDS[name](z)
    return {'a': a.detach().numpy(), 'slope': torch.autograd.grad(a.sum(), z)[0].numpy()}


def softmax(logits):
    """(classes,) → the probabilities, and the derivative of each by each logit."""
    logits = torch.tensor(logits)
    return {'a': torch.softmax(logits, 0).numpy(), 'slope': torch.func.jacrev(lambda z: torch.softmax(z, 0))(logits).numpy()}
