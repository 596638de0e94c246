"""What the engine and its peers are asked: random networks, training runs and expressions, each made from a seed alone.

Weights and data are drawn here and not by the engine (but for a Crowd), so a change in how it starts a network changes no
question.
"""
import itertools
from typing import NamedTuple

import numpy as np

from core import schedule
from core.data import BITS, XOR
from core.network import Layer, Network, new_network

BENDS = ('linear', 'sigmoid', 'tanh', 'relu')
SQUARES = ('sum_squared_error', 'mean_squared_error')


class Case(NamedTuple):
    """A network with data in a few words. What is drawn by chance comes from the seed."""
    sizes: tuple
    activation: str
    output: str
    loss: str
    shortcut: bool
    examples: int
    seed: int

    @property
    def name(self):
        shape = '-'.join(map(str, self.sizes)) + ('+shortcut' if self.shortcut else '')
        return f'{shape} {self.activation} {self.output} {self.loss}'


class Question(NamedTuple):
    network: Network
    x: np.ndarray       # (n, in)
    target: np.ndarray  # (n, out), or the labels (n,)
    loss: str


def question(case):
    chance = np.random.default_rng(case.seed)
    takes = list(case.sizes[:-1])
    if case.shortcut:
        takes[-1] += case.sizes[0]
    bends = [case.activation] * (len(takes) - 1) + [case.output]
    network = Network(tuple(Layer(chance.normal(size=(out, into)), chance.normal(size=out), bend)
                            for into, out, bend in zip(takes, case.sizes[1:], bends, strict=True)), case.shortcut)
    x = chance.normal(size=(case.examples, case.sizes[0]))
    if case.seed % 3 == 0:
        x = (x > 0).astype(float)           # true zeros: a relu without a bias would sit on its kink
    if case.loss == 'cross_entropy':
        return Question(network, x, chance.integers(case.sizes[-1], size=case.examples), case.loss)
    return Question(network, x, chance.normal(size=(case.examples, case.sizes[-1])), case.loss)


def every_kind():
    """One case for each activation, output, loss, with and without a shortcut; depth and widths by chance."""
    ends = [*itertools.product(BENDS, SQUARES), ('softmax', 'cross_entropy')]
    for seed, (activation, (output, loss), shortcut) in enumerate(itertools.product(BENDS, ends, (False, True))):
        chance = np.random.default_rng(1000 + seed)
        depth = int(chance.integers(1, 3)) if shortcut else int(chance.integers(0, 3))
        sizes = (int(chance.integers(1, 4)), *map(int, chance.integers(1, 5, size=depth)), int(chance.integers(1, 4)))
        yield Case(sizes, activation, output, loss, shortcut, int(chance.integers(1, 6)), seed)


class Course(NamedTuple):
    """A training run: so many epochs at this rate, all examples at once (batch None) or so many at a time."""
    case: Case
    rate: float
    epochs: int
    batch: int | None

    @property
    def name(self):
        return f'{self.case.name}, batch {self.batch or "all"}'


COURSES = tuple(Course(Case(*case), rate, epochs, batch) for case, rate, epochs, batch in (
    (((2, 1), 'sigmoid', 'sigmoid', 'sum_squared_error', False, 4, 0), 0.5, 40, None),
    (((2, 1, 1), 'sigmoid', 'sigmoid', 'sum_squared_error', True, 4, 3), 0.5, 40, None),
    (((2, 1, 1), 'sigmoid', 'sigmoid', 'sum_squared_error', True, 4, 6), 0.5, 10, 1),
    (((2, 4, 1), 'sigmoid', 'sigmoid', 'sum_squared_error', False, 4, 9), 0.5, 40, None),
    (((2, 4, 1), 'tanh', 'linear', 'mean_squared_error', False, 7, 4), 0.1, 10, 3),
    (((2, 8, 8, 1), 'tanh', 'sigmoid', 'mean_squared_error', False, 20, 5), 0.3, 10, 10),
    (((3, 4, 4, 1), 'tanh', 'tanh', 'sum_squared_error', False, 4, 7), 0.1, 20, None),
    (((3, 4, 4, 1), 'relu', 'linear', 'sum_squared_error', False, 4, 8), 0.01, 20, None),
    (((4, 5, 3), 'relu', 'softmax', 'cross_entropy', False, 9, 10), 0.2, 10, 4),
    (((3, 2, 3, 2), 'sigmoid', 'softmax', 'cross_entropy', True, 5, 11), 0.3, 15, None),
    (((2, 3), 'linear', 'linear', 'mean_squared_error', False, 6, 13), 0.1, 30, 1),
))


class Crowd(NamedTuple):
    """A few networks on XOR, trained side by side; network r starts as `new_network` draws it from (seed, r)."""
    sizes: tuple
    activation: str
    shortcut: bool
    seed: int
    networks: int = 3
    rate: float = 0.3
    epochs: int = 10

    @property
    def name(self):
        return f'{"-".join(map(str, self.sizes))}{"+shortcut" if self.shortcut else ""} {self.activation}'

    def starts(self):
        networks = [new_network(self.sizes, (self.seed, number), self.activation, shortcut=self.shortcut)
                    for number in range(self.networks)]
        return [Question(network, BITS, XOR, 'sum_squared_error') for network in networks]


CROWDS = tuple(Crowd(sizes, bend, shortcut, seed) for seed, (bend, (sizes, shortcut)) in enumerate(itertools.product(
    BENDS, (((2, 1, 1), True), ((2, 4, 1), False), ((2, 3, 2, 1), True)))))


def batches(course):
    """For each epoch the batches of examples, as our engine deals them: lists of their numbers."""
    n = course.case.examples
    size = min(course.batch or n, n)
    for order in schedule.orders(n, size, course.case.seed, 0, course.epochs):
        order = list(range(n)) if order is None else order.tolist()
        yield [order[start:start + size] for start in range(0, n, size)]


# Expressions of single numbers.

class Program(NamedTuple):
    """An expression: some leaves, then steps that each take results so far, by their number. The last one is the answer."""
    leaves: tuple   # numbers
    steps: tuple    # (operation, number of the operand, second operand or constant)


# name: (takes a second operand that is a result, a constant, or nothing; how it is written)
OPERATIONS = {
    '+': ('result', lambda a, b: a + b), '-': ('result', lambda a, b: a - b),
    '*': ('result', lambda a, b: a * b), '/': ('result', lambda a, b: a / b),
    'a+c': ('constant', lambda a, c: a + c), 'c+a': ('constant', lambda a, c: c + a),
    'a-c': ('constant', lambda a, c: a - c), 'c-a': ('constant', lambda a, c: c - a),
    'a*c': ('constant', lambda a, c: a * c), 'c*a': ('constant', lambda a, c: c * a),
    'a/c': ('constant', lambda a, c: a / c), 'c/a': ('constant', lambda a, c: c / a),
    '**': ('power', lambda a, c: a ** c), '-a': (None, lambda a, _: -a),
    'relu': (None, lambda a, _: a.relu()), 'tanh': (None, lambda a, _: a.tanh()), 'exp': (None, lambda a, _: a.exp()),
}
NOT_IN_MICROGRAD = ('tanh', 'exp')


def run(program, leaves):
    """The results of all steps, leaves first, for leaves of any kind that can be reckoned with."""
    results = list(leaves)
    for name, first, second in program.steps:
        kind, operation = OPERATIONS[name]
        results.append(operation(results[first], results[second] if kind == 'result' else second))
    return results


class _Number(float):
    """A float that knows what a Value knows, to see where an expression goes while it is being made up."""
    def relu(self):
        return max(0.0, self)

    def tanh(self):
        return np.tanh(self)

    def exp(self):
        return np.exp(self)


def program(seed, length=25, leave_out=()):
    """Make up an expression whose numbers stay of ordinary size, so that no answer drowns in rounding."""
    chance = np.random.default_rng(seed)
    leaves = tuple(map(float, chance.normal(0, 2, size=int(chance.integers(1, 5)))))
    names = [name for name in OPERATIONS if name not in leave_out]
    steps, results = [], [_Number(leaf) for leaf in leaves]
    while len(steps) < length:
        name = str(chance.choice(names))
        kind, operation = OPERATIONS[name]
        late = int(max(0, len(results) - 1 - chance.exponential(3)))        # mostly recent results, so that it gets deep
        second = {'result': int(chance.integers(len(results))), 'constant': float(chance.choice([-3, -0.5, 0.25, 2])),
                  'power': float(chance.choice([-2, -1, 0.5, 2, 3])), None: None}[kind]
        step = name, late, second
        base, other = results[late], results[second] if kind == 'result' else second
        if (name == '/' and abs(other) < 0.2) or (name in ('c/a', '**') and abs(base) < 0.2) or (
                name == '**' and base < 0 and other == 0.5) or (name == 'exp' and base > 3):
            continue
        result = _Number(operation(base, other))
        if 1e-3 < abs(result) < 50 or (name == 'relu' and result == 0):
            steps.append(step)
            results.append(result)
    unused = set(range(len(results) - 1)) - {n for _, a, b in steps for n in (a, b) if isinstance(n, int)}
    last = len(results) - 1
    for number in sorted(unused):                                           # the answer depends on every one of them
        steps.append(('+', last, number))
        last = len(results) + len(steps) - length - 1
    return Program(leaves, tuple(steps))


PROGRAMS = range(30)            # seeds


# Smaller matters.

def points(seed):
    """Points with a line beside them: x, y, slope, intercept."""
    chance = np.random.default_rng(seed)
    return *chance.normal(0, 3, size=(2, int(chance.integers(1, 30)))), *map(float, chance.normal(0, 2, size=2))


def logits(seed):
    """What enters softmax, some of it very large, and labels."""
    chance = np.random.default_rng(seed)
    n, classes = int(chance.integers(1, 6)), int(chance.integers(2, 8))
    return chance.normal(0, [1, 30, 400][seed % 3], size=(n, classes)), chance.integers(classes, size=n)


INPUTS = np.array([-800, -30, -5, -1.5, -0.3, 0, 1e-9, 0.2, 1, 4, 30, 800])     # of activations
SMALL = range(12)               # seeds
RULES = ('plain', 'momentum', 'rmsprop', 'adam')
STEPS = 12                      # that each of these rules takes down the loss of a line
