"""A small network, what it is shown and what it should say; and what follows: its loss, every slope, and what an update does."""
import numpy as np
import param

from core.backprop import backward, loss_of, nudged
from core.data import BITS, XOR
from core.paths import paths
from core.training import step
from lessons.backprop import code, nets, walk
from lessons.backprop.learning import as_rows, learnt, verdict
from lessons.legs import Legs
from lessons.rate import Rate, rate_text
from lessons.rows import Rows
from lessons.short import short

PATTERNS = {'1, 1 → 0': '11', '1, 0 → 1': '10', '0, 1 → 1': '01', '0, 0 → 0': '00', 'all four': 'all', 'my own': 'own'}
LOSSES = {'their mean': 'mean_squared_error', 'their sum': 'sum_squared_error'}


class State(Legs, param.Parameterized):
    ANEW = frozenset({'net', 'weights', 'seed', 'pattern', 'x1', 'x2', 'target', 'over'})

    # What the reader can change. These, and only these, are in the page's address.
    net = param.Selector(default='xor', objects=nets.CHOICES, label='Network')
    weights = Rows(columns=('weight',), most=nets.MOST, label='Weights')        # none: those that the seed draws
    seed = param.Integer(49, bounds=(0, 999), step=1, label='Seed')
    pattern = param.Selector(default='11', objects=PATTERNS, label='Pattern')
    x1 = param.Number(1, bounds=(-10, 10), step=0.1, label='x₁')                # of 'my own numbers'
    x2 = param.Number(1, bounds=(-10, 10), step=0.1, label='x₂')
    target = param.Number(0, bounds=(-10, 10), step=0.1, label='y, the target')
    over = param.Selector(default='mean_squared_error', objects=LOSSES, label='Of four squares')
    chosen = param.Integer(0, bounds=(0, nets.MOST - 1), step=1, label='Chosen weight')
    proved = param.Boolean(False, label='Prove it')
    rate = Rate(0.5, slider=(0.01, 100.0), label='Rate')
    changes = Rows(columns=('until', 'rate'), most=40, label='Rates before')    # until that update
    z = param.Number(0.5, bounds=(-6, 6), step=0.1, label='z, the weighted sum')

    # What follows. Pure functions of the above.
    def network(self):
        return nets.start(self.net, self.seed, tuple(weight for weight, in self.weights))

    def row(self):
        """All weights and biases in one row."""
        return nets.flat(self.network())

    def examples(self):
        """What the loss looks at: x (n, 2) and target (n, 1)."""
        if self.pattern == 'own':
            return np.array([[self.x1, self.x2]], float), np.array([[self.target]], float)
        if self.pattern == 'all':
            return BITS.astype(float), XOR.astype(float)
        i = int(self.pattern, 2)
        return BITS[i:i + 1].astype(float), XOR[i:i + 1].astype(float)

    def one(self):
        """The example that is followed; of all four the last."""
        x, target = self.examples()
        return walk.seen(self.network(), x[-1], target[-1])

    def goal(self):
        return float(self.examples()[1][-1, 0])

    def loss(self):
        return loss_of(self.network(), *self.examples(), self.over)

    def slopes(self):
        """Every slope by backpropagation, (P,)."""
        return nets.flat(backward(self.network(), *self.examples(), self.over))

    def by_nudging(self):
        """Every slope by the central difference, (P,): two more runs of the network for each."""
        return nets.flat(nudged(self.network(), *self.examples(), self.over))

    def size(self):
        return len(nets.places(self.net))

    def which(self):
        """The chosen weight, as far as this network goes."""
        return min(self.chosen, self.size() - 1)

    def ways(self):
        """Every path from the loss to the chosen weight, for the example that is followed."""
        x, target = self.examples()
        return paths(self.network(), x[-1], target[-1], nets.places(self.net)[self.which()], 'sum_squared_error')

    def run(self):
        x, target = self.examples()
        return learnt(self.net, tuple(self.row().tolist()), tuple(map(tuple, x.tolist())), tuple(map(tuple, target.tolist())),
                      self.over, self.legs())

    def verdict(self):
        return verdict(self.run(), len(self.examples()[0]))

    # What hands do.
    def with_weight(self, index, number):
        """The Parameters when one weight is another."""
        row = self.row()
        row[index] = number
        return {'weights': as_rows(row), 'changes': []}

    def with_example(self, **values):
        """The Parameters when an input or the target is another."""
        x, target = self.examples()
        now = {'x1': float(x[-1, 0]), 'x2': float(x[-1, 1]), 'target': float(target[-1, 0])}
        return {'pattern': 'own', 'changes': []} | now | values

    def changed_at(self, update, values, rests=None):
        """A weight that is set while an update is shown begins from all weights of that moment; another network begins anew."""
        if update and len(values.get('weights', ())) == self.size():
            then = self.run().weights[min(update, self.run().updates)]
            values = values | {'weights': [[new if new != old else float(now)] for (new,), old, now in
                                           zip(values['weights'], self.row().tolist(), then, strict=True)]}
        values = super().changed_at(update, values)
        return values | ({'weights': []} if values.keys() & {'net', 'seed'} and 'weights' not in values else {})

    def new_start(self):
        return {'seed': (self.seed + 1) % 1000, 'weights': [], 'changes': []}

    # The program beside it.
    def program(self):
        return code.pytorch(self.net, self.network(), *self.examples(), self.over, self.rate)

    # σ′, from y alone.
    def y(self):
        return float(1 / (1 + np.exp(-self.z)))

    def y_words(self):
        return short(self.y())

    def rest(self):
        return short(1 - self.y())

    def bend(self):
        return short(self.y() * (1 - self.y()))

    # The output weight h → ŷ of the network in the words, and the hidden one before it.
    def loss_words(self):
        return short(self.loss())

    def answer_words(self):
        """What the network says of the example that is followed."""
        return short(float(self.one().a[-1][0]))

    def goal_words(self):
        return short(self.goal())

    def largest(self):
        return len(nets.places('2-3-3-1'))

    def rate_words(self):
        """The rate of the first update."""
        return rate_text(self.legs()[0][1])

    def after_one(self):
        """The loss after one update with the reader's rate."""
        return short(loss_of(step(self.network(), backward(self.network(), *self.examples(), self.over), self.legs()[0][1]),
                             *self.examples(), self.over))

    def batch_mean(self):
        """The slope of the chosen weight over all four patterns, of the mean of the squares."""
        return short(self._over_all('mean_squared_error'))

    def batch_sum(self):
        return short(self._over_all('sum_squared_error'))

    def _over_all(self, loss):
        return float(nets.flat(backward(self.network(), BITS, XOR, loss))[self.which()])

    def times(self):
        """How many times as steep the sum is as the mean, over the four."""
        sums, means = (nets.flat(backward(OWN.network(), BITS, XOR, f'{loss}_squared_error')) for loss in ('sum', 'mean'))
        return float((sums / means).mean())

    def chosen_name(self):
        return nets.names(self.net)[self.which()]

    def chosen_slope(self):
        return short(sum(way.product for way in self.ways()))

    # What the reader is asked, about the lesson's own network.
    def needs_most(self):
        """Which weight's slope has the most factors: that of an 'output' weight or that of a 'hidden' one."""
        net, x, target = OWN.network(), *OWN.examples()
        factors = {name: len(paths(net, x[-1], target[-1], weight)[0].factors)
                   for name, weight in (('output', (1, 0, 0)), ('hidden', (0, 0, 0)))}
        return max(factors, key=factors.get)

    def runs_by_nudging(self):
        """How many runs of the network nudging takes for all weights of the largest one here."""
        return 2 * len(nets.places('2-3-3-1'))

    def steepest(self):
        """The steepest that a sigmoid can be."""
        z = np.linspace(-6, 6, 241)
        y = 1 / (1 + np.exp(-z))
        return float((y * (1 - y)).max())


OWN = State()
