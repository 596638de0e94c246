"""The work by scikit-learn's MLPClassifier: plain gradient descent, no momentum, no weight decay, batches in a given order."""
import itertools

import numpy as np
from sklearn.neural_network import MLPClassifier


class Classifier:
    """Trains the network of a problem; partial_fit is one epoch."""

    def __init__(self, problem):
        self.problem = problem
        self.x = problem.x.astype(problem.dtype)
        self.begin()

    def begin(self):
        network = self.problem.network
        self.model = MLPClassifier([len(layer.b) for layer in network.layers[:-1]], activation=network.layers[0].activation,
                                   solver='sgd', alpha=0, batch_size=self.problem.batch, learning_rate_init=self.problem.rate,
                                   momentum=0, nesterovs_momentum=False, shuffle=False)
        some = slice(self.problem.batch)
        self.model.partial_fit(self.x[some], self.problem.target[some], classes=np.arange(len(network.layers[-1].b)))
        for W, b, layer in zip(self.model.coefs_, self.model.intercepts_, network.layers, strict=True):
            W[...], b[...] = layer.W.T, layer.b
        self.orders = itertools.cycle(self.problem.orders)

    def after(self, epochs):
        self.begin()
        self.run(epochs)
        return np.concatenate([array.ravel() for W, b in zip(self.model.coefs_, self.model.intercepts_, strict=True)
                               for array in (W.T, b)])

    def run(self, epochs):
        for _ in range(epochs):
            order = next(self.orders)
            self.model.partial_fit(self.x[order], self.problem.target[order])
