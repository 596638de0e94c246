"""How our engine answers: the same functions as in `pytorch`, for the same questions."""
import numpy as np

from core import backprop, classification, curvature, loss, network, training
from core.activations import ACTIVATIONS, softmax_slope
from core.activations import softmax as softmax_of
from core.autograd import Value
from core.data import BITS, XOR
from core.many_networks import train_many
from core.optimizers import descend_by
from core.trace import trace as trace_of
from tests.peers.questions import STEPS, question, run


def backward(asked):
    return {'loss': backprop.loss_of(*asked), 'output': network.predict(asked.network, asked.x),
            'gradient': network.parameters(backprop.backward(*asked))}


def train(course):
    asked = question(course.case)
    run = training.train(*asked, rate=course.rate, epochs=course.epochs, batch=course.batch, seed=course.case.seed)
    return {'losses': run.losses, 'parameters': run.parameters[-1]}


def side_by_side(crowd):
    many = train_many(crowd.sizes, BITS, XOR, crowd.networks, crowd.seed, crowd.rate, crowd.epochs,
                      activation=crowd.activation, shortcut=crowd.shortcut)
    return many.parameters


def trace(asked):
    """The engine follows one example at a time: the first."""
    seen = trace_of(asked.network, asked.x[0], asked.target[0], asked.loss)
    return {'by x': seen.by_x, 'by a': np.concatenate(seen.by_a), 'by z': np.concatenate(seen.by_z)}


def expression(program):
    leaves = [Value(number) for number in program.leaves]
    answer = run(program, leaves)[-1]
    answer.backward()
    return {'answer': answer.data, 'gradient': np.array([value.grad for value in leaves], float)}


def line_loss_gradient(x, y, slope, intercept):
    return loss.line_loss_gradient(x, y, slope, intercept)


def line_loss_hessian(x, y, slope, intercept):
    return curvature.line_loss_hessian(x)


def descend(rule, x, y, slope, intercept):
    walk = descend_by(rule, lambda knobs: loss.line_loss_gradient(x, y, *knobs), [slope, intercept], rate=0.01, steps=STEPS)
    return walk.path[1:]


def softmax_cross_entropy(logits, labels):
    return {'loss': classification.softmax_cross_entropy(logits, labels),
            'gradient': classification.softmax_cross_entropy_gradient(logits, labels)}


def bend(name, z):
    return {'a': ACTIVATIONS[name].f(z), 'slope': ACTIVATIONS[name].slope(z)}


def softmax(logits):
    return {'a': softmax_of(logits), 'slope': softmax_slope(logits)}
