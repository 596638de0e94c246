"""One neuron: set by hand, asked how wrong it is, and trained; what its threshold would do, and what is smooth."""
import numpy as np
import param

from core.activations import ACTIVATIONS
from core.loss import squared_errors, sum_squared_error
from lessons.legs import Legs
from lessons.perceptron import operations, sandbox, unit
from lessons.perceptron.operations import OPERATIONS
from lessons.rate import Rate, rate_text
from lessons.rows import Rows
from lessons.short import in_brackets, short

HELP = {'none': 0, 'where it fails': 1, 'what to turn': 2}
WEIGHTS = Rows(columns=('w1', 'w2', 'b'), most=1, label='Weights and bias set by hand')
GOOD = 1.0                              # a rate that learns


class State(Legs, param.Parameterized):
    ANEW = frozenset({'weights', 'seed', 'mean'})

    # What the reader can change. These are in the page's address, but for what the reader has sorted.
    task = param.Selector(default='or', objects=sandbox.TASKS, label='Table')
    t1 = param.Number(1, bounds=(-sandbox.WEIGHT, sandbox.WEIGHT), step=sandbox.STEP, label='Threshold unit, w₁')
    t2 = param.Number(1, bounds=(-sandbox.WEIGHT, sandbox.WEIGHT), step=sandbox.STEP, label='Threshold unit, w₂')
    threshold = param.Number(1.5, bounds=(-sandbox.THRESHOLD, sandbox.THRESHOLD), step=sandbox.STEP, label='Threshold unit, T')
    own = param.Integer(2, bounds=(0, 15), step=1, label='Your own table, as a number in base 2')
    help = param.Selector(default=0, objects=HELP, label='Hint')
    x1 = param.Number(1, bounds=(-3, 3), step=0.1, label='Neuron, x₁')
    x2 = param.Number(0, bounds=(-3, 3), step=0.1, label='Neuron, x₂')
    weights = WEIGHTS
    seed = param.Integer(0, bounds=(0, 999), step=1, label='Seed')
    z = param.Number(1, bounds=(-6, 6), step=0.1, label='Sum z')
    p00 = param.Number(unit.PRINTED[0], bounds=(0.01, 0.99), step=0.05, label='Prediction for (0, 0)')
    p01 = param.Number(unit.PRINTED[1], bounds=(0.01, 0.99), step=0.05, label='Prediction for (0, 1)')
    p10 = param.Number(unit.PRINTED[2], bounds=(0.01, 0.99), step=0.05, label='Prediction for (1, 0)')
    p11 = param.Number(unit.PRINTED[3], bounds=(0.01, 0.99), step=0.05, label='Prediction for (1, 1)')
    rate = Rate(GOOD, slider=(0.01, 100.0), label='Rate')
    changes = Rows(columns=('until', 'rate'), most=40, label='Rates before')     # until that epoch it was another one
    mean = param.Boolean(False, label='Loss is the mean, not the sum')
    bins = Rows(columns=('operation', 'bin'), most=len(OPERATIONS), in_link=False, label='Operations sorted')

    # The threshold unit and its table.
    def wanted(self):
        return sandbox.wanted(self.task, self.own)

    def checked(self):
        return sandbox.check(self.t1, self.t2, self.threshold, self.wanted())

    def hint(self):
        """A hint of the level that is asked for; where no numbers can help, that is said without being asked."""
        if self.help:
            return sandbox.hint(self.help, self.t1, self.t2, self.threshold, self.wanted())
        impossible = sandbox.impossible(tuple(self.wanted().tolist()))
        return 'All four never are, whatever the three numbers: a hint says why.' if impossible else ''

    def toggled(self, row):
        """The reader's own table: the desired column as it stands, with one answer turned."""
        want = self.wanted()
        want[row] = 1 - want[row]
        return {'task': 'own', 'own': int(want @ [8, 4, 2, 1])}

    # The neuron.
    def start(self):
        return unit.start(self.seed, self.weights)

    def w1(self):
        return self.start()[0]

    def w2(self):
        return self.start()[1]

    def b(self):
        return self.start()[2]

    def sum(self):
        w1, w2, b = self.start()
        return w1 * self.x1 + w2 * self.x2 + b

    def output(self):
        return float(ACTIVATIONS['sigmoid'].f(self.sum()))

    def sum_words(self):
        """The weighted sum with the reader's own numbers."""
        w1, w2, b = map(number, self.start())
        x1, x2 = number(self.x1), number(self.x2)
        return f'{w1} · {in_brackets(x1)} + {in_brackets(w2)} · {in_brackets(x2)} + {in_brackets(b)} = {number(self.sum())}'

    def output_words(self):
        return output_text(self.output())

    # The activations.
    def slope_words(self):
        """σ′ = σ (1 − σ) at the reader's z."""
        a = float(ACTIVATIONS['sigmoid'].f(self.z))
        return f'{a:.3f} · (1 − {a:.3f}) = {a * (1 - a):.3f}'

    def steepest(self):
        return float(ACTIVATIONS['sigmoid'].slope(np.linspace(-6, 6, 1201)).max())

    def flattest_turn(self):
        """What is left of the sigmoid's slope at z = 6."""
        return short(float(ACTIVATIONS['sigmoid'].slope(6.0)), 2)

    # The table of errors and squares.
    def predictions(self):
        return np.array([self.p00, self.p01, self.p10, self.p11])

    def errors(self):
        return self.predictions() - unit.TARGET

    def squares(self):
        return squared_errors(self.predictions(), unit.TARGET)

    def total(self):
        return sum_squared_error(self.predictions(), unit.TARGET)

    def fourth(self):
        """What a single unit would have to say to (1, 1), if it said the other three."""
        return unit.fourth(self.p00, self.p01, self.p10)

    # Training.
    def taught(self):
        return unit.teach(self.start(), self.legs(), self.mean)

    def snapshot(self):
        return sandbox.listed(list(map(number, unit.SNAPSHOT)))

    def snapshot_loss(self):
        return unit.unit_total(*unit.SNAPSHOT)

    def updates(self):
        """{rate: after how many updates the snapshot has learnt OR}."""
        return {rate: unit.teach(unit.SNAPSHOT, ((None, rate),), False).done for rate in (0.1, 0.5, 1.0, 2.0)}

    def at_a_tenth(self):
        return self.updates()[0.1]

    def at_a_half(self):
        return self.updates()[0.5]

    def at_one(self):
        return self.updates()[1.0]

    def at_two(self):
        return self.updates()[2.0]

    def with_the_mean(self):
        """The same with the mean and the rate 1."""
        return unit.teach(unit.SNAPSHOT, ((None, 1.0),), True).done

    # What the page says about its own numbers, whatever the reader has set.
    def own_fourth(self):
        return unit.fourth(*unit.PRINTED[:3])

    def own_total(self):
        return sum_squared_error(np.array(unit.PRINTED), unit.TARGET)

    def unit_total(self):
        """Of the unit that a book's table is printed from."""
        return unit.unit_total(0.80, 0.42, -0.81)

    # The sorter.
    def looked(self):
        """The operation that was sorted last, if any."""
        return next((int(index) for index, _ in self.bins[::-1] if index in range(len(OPERATIONS))), None)

    def sorted_count(self):
        return sum(place is not None for place in operations.places(self.bins))

    def sorted_right(self):
        return sum(place is not None and operations.BINS[place] == operations.found(index).kind
                   for index, place in enumerate(operations.places(self.bins)))

    # What the reader is asked.
    def rings_when(self):
        """The table of the unit that the sandbox begins with, by its name."""
        says = sandbox.check(1.0, 1.0, 1.5, sandbox.wanted('or', 0)).says
        return next(name for name in ('or', 'and', 'nand') if (sandbox.wanted(name, 0) == says).all())

    def how_many_tenfold(self):
        """How many times as many updates a tenth of the rate takes, as a word."""
        times = self.updates()[0.1] / self.updates()[1.0]
        return 'ten' if 9.5 < times < 10.5 else 'hundred' if times > 50 else 'same'

    # What the player's buttons set.
    def new_start(self):
        return {'seed': (self.seed + 1) % 1000, 'weights': [], 'changes': []}

    def rescue_words(self):
        return '' if self.taught().done is not None else f'Take the rate {rate_text(GOOD)} from a small start'

    def rescued(self):
        return {'rate': GOOD, 'changes': [], 'weights': [], 'seed': 0}


def number(value):
    """A number of the neuron: three decimals where it is small, fewer digits where it is huge."""
    return f'{value:.4g}'.replace('-', '−') if abs(value) < 1000 else short(value)


def output_text(value):
    """An output of σ, to three decimals; one that is not quite 0 or 1 is not said to be."""
    return '< 0.001' if 0 < value < 0.0005 else '> 0.999' if 0.9995 <= value < 1 else f'{value:.3f}'


def signed(value, decimals):
    """An error always has its sign; what is none to so many decimals has none."""
    text = f'{value:+.{decimals}f}'.replace('-', '−')
    return text if any(digit in text for digit in '123456789') else text[1:]
