"""Which of several classes is it? A network answers with a probability for each, and its loss is how surprised it was.

Labels are the numbers of the true classes, from 0. Logits are what enters softmax: any numbers, the larger the likelier.
Logarithms are natural ones. The loss of a single example is `loss.cross_entropy`.
"""
import numpy as np

from core import checks
from core.activations import softmax


def one_hot(labels, classes):
    """Write each label as the probabilities of somebody who knows: 1 at the true class and 0 at the others.

    labels: (n,), whole numbers from 0 to classes − 1. Returns (n, classes). Raises ValueError for other labels.

    >>> one_hot([2, 0], classes=3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    classes = checks.whole('classes', classes, least=1)
    return np.eye(classes)[checked_labels(labels, classes)]


def mean_cross_entropy(probabilities, labels):
    """The mean surprise, Σ −ln p(label) / n: 0 for somebody who knows, ln(classes) for somebody who has no idea.

    probabilities: (n, classes), each row between 0 and 1 and together 1 (give or take printing to two places).
    labels: (n,). Raises ValueError for anything else, and for p(label) = 0, where the surprise has no end.

    >>> round(mean_cross_entropy([[0.96, 0.04], [0.90, 0.10]], labels=[0, 1]), 4)
    1.1717
    """
    probabilities, labels = _beliefs(probabilities, labels)
    of_truth = probabilities[np.arange(len(labels)), labels]
    if of_truth.min() < 1e-300:
        raise ValueError(f'class {labels[of_truth.argmin()]} was given probability 0 in row {of_truth.argmin()} and is the '
                         'truth, so −ln 0 is infinite; softmax_cross_entropy takes logits and has no such trouble.')
    return max(0.0, float(-np.log(of_truth).mean()))  # −ln 1 would print as −0.0


def softmax_cross_entropy(logits, labels):
    """The mean surprise of softmax(logits), computed without ever dividing one huge number by another.

        −ln pₗ = ln Σⱼ e^zⱼ − zₗ,  with the largest z taken away first

    So it stays a number where p(label) is too small for one. logits: (n, classes). labels: (n,).

    >>> round(softmax_cross_entropy([[1.2, 0.3, -0.5, 0.1, 3.8, 0.2, -0.1, 8.1, 0.4, 0.9]], labels=[7]), 4)
    0.0172
    >>> softmax_cross_entropy([[0.0, 1000.0]], labels=[0])
    1000.0
    """
    logits, labels = _logits(logits, labels)
    below_top = logits - logits.max(axis=1, keepdims=True)
    surprise = np.log(np.exp(below_top).sum(axis=1)) - below_top[np.arange(len(labels)), labels]
    return float(surprise.mean())


def softmax_cross_entropy_gradient(logits, labels):
    """The derivative by each logit, (p − y) / n: what was believed minus what is true, y being 1 at the label.

    Two complicated slopes, −1 / p of the surprise and p (1 − p) of softmax, cancel to this. Shape (n, classes).

    >>> softmax_cross_entropy_gradient([[0.0, 0.0]], labels=[1])
    array([[ 0.5, -0.5]])
    """
    logits, labels = _logits(logits, labels)
    return (softmax(logits) - one_hot(labels, logits.shape[1])) / len(labels)


def accuracy(probabilities, labels):
    """The share of examples whose likeliest class is the true one: between 0 and 1. Of equals, the first counts.

    probabilities: (n, classes); logits will do as well. labels: (n,).

    >>> accuracy([[0.8, 0.2], [0.4, 0.6], [0.7, 0.3], [0.1, 0.9]], labels=[0, 1, 1, 1])
    0.75
    """
    beliefs, labels = _logits(probabilities, labels, 'probabilities')
    return float((beliefs.argmax(axis=1) == labels).mean())


def confusion(predicted, labels, classes):
    """Count which class was taken for which: row = the true class, column = the predicted one.

    On the diagonal stands what was right. predicted, labels: (n,), both class numbers. Returns (classes, classes).

    >>> confusion(predicted=[0, 1, 1], labels=[0, 0, 1], classes=2)
    array([[1, 1],
           [0, 1]])
    """
    classes = checks.whole('classes', classes, least=1)
    predicted, labels = checked_labels(predicted, classes, 'predicted'), checked_labels(labels, classes)
    if len(predicted) != len(labels):
        raise ValueError(f'predicted has {len(predicted)} numbers and labels has {len(labels)}, '
                         'and every example needs one of each.')
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


def checked_labels(labels, classes, name='labels'):
    """Return labels as whole numbers, (n,), or raise ValueError with the first that is no class.

    >>> checked_labels([0, 3], classes=3)
    Traceback (most recent call last):
    ValueError: labels holds 3, and needs whole numbers from 0 to 2: one of the 3 classes for each example.
    """
    labels = checks.row(name, labels)
    wrong = (labels != np.floor(labels)) | (labels < 0) | (labels >= classes)
    if wrong.any():
        raise ValueError(f'{name} holds {labels[wrong][0]:g}, and needs whole numbers from 0 to {classes - 1}: '
                         f'one of the {classes} classes for each example.')
    return labels.astype(int)


def _logits(logits, labels, name='logits'):
    logits = checks.numbers(name, logits)
    if logits.ndim != 2:
        raise ValueError(f'{name} has shape {logits.shape}, and needs a row for each example and a column for each class, '
                         'shape (n, classes).')
    labels = checked_labels(labels, logits.shape[1])
    if len(labels) != len(logits):
        raise ValueError(f'{name} has {len(logits)} rows and labels has {len(labels)} numbers, '
                         'and every example needs one of each.')
    return logits, labels


def _beliefs(probabilities, labels):
    beliefs, labels = _logits(probabilities, labels, 'probabilities')
    sums = beliefs.sum(axis=1)
    if beliefs.min() < 0 or beliefs.max() > 1 or np.abs(sums - 1).max() > 0.05:
        worst = sums[np.abs(sums - 1).argmax()]
        raise ValueError(f'probabilities go from {beliefs.min():g} to {beliefs.max():g} and one row sums to {worst:g}, '
                         'and they need to be between 0 and 1 and to sum to 1; softmax does that.')
    return beliefs, labels
