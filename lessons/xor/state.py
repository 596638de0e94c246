"""From one line to a network that learns XOR: what the reader can change, and what follows from it."""
import param

from core.layers import parameters
from lessons.legs import Legs
from lessons.rate import Rate
from lessons.rows import Rows
from lessons.xor import examples, learning, lone
from lessons.xor.examples import CORNERS, TABLES
from lessons.xor.learning import MOST_WEIGHTS, Make
from lessons.xor.line import cut, most, ways

ACTIVATIONS = {'sigmoid': 'sigmoid', 'tanh': 'tanh', 'ReLU': 'relu', 'threshold': 'threshold', 'none': 'linear'}
MAKE = {'hidden', 'layers', 'shortcut', 'seed', 'which', 'spread'}      # weights that were set do not outlive a change of these
GATES = ['or', 'and', 'nand', 'xor']


class State(Legs, param.Parameterized):
    ANEW = frozenset({*MAKE, 'data', 'points', 'activation', 'weights'})

    # What the reader can change. These, and only these, are in the page's address. First one line against a truth table.
    gate = param.Selector(default='or', objects={'OR': 'or', 'AND': 'and', 'NAND': 'nand', 'XOR': 'xor'}, label='Truth table')
    line_x0 = param.Number(-0.1, bounds=CORNERS, step=0.05, label='One end of the line, sideways')
    line_y0 = param.Number(0.85, bounds=CORNERS, step=0.05, label='One end of the line, up and down')
    line_x1 = param.Number(1.1, bounds=CORNERS, step=0.05, label='Its other end, sideways')
    line_y1 = param.Number(0.6, bounds=CORNERS, step=0.05, label='Its other end, up and down')
    tries = Rows(columns=('table', 'right'), most=4, in_link=False, label='Best scores')     # of each table, by its number

    # A single unit that is trained on XOR.
    unit_spread = param.Selector(default=0.5, objects=lone.SPREADS, label='Start weights')
    unit_rate = Rate(0.5, slider=(0.1, 100.0), label='Rate of the unit')

    # The network that is trained.
    data = param.Selector(default='xor', objects=examples.CHOICES, label='Data')
    points = Rows(columns=('x', 'y', 'class'), most=200, label='Your own points')
    hidden = param.Integer(1, bounds=(0, 8), step=1, label='Hidden units')
    layers = param.Selector(default=1, objects={'one': 1, 'two': 2}, label='Hidden layers')
    shortcut = param.Boolean(True, label='Shortcuts from the inputs to the output')
    activation = param.Selector(default='sigmoid', objects=ACTIVATIONS, label='Bend of the hidden units')
    spread = param.Number(1, bounds=(0, 6), step=0.1, label='Start weights up to ±')
    seed = param.Integer(1, bounds=(0, 999), step=1, label='Seed')
    which = param.Integer(-1, bounds=(-1, 999), step=1, label='Network of the thousand')      # −1: the seed's own
    rate = Rate(0.5, slider=(0.01, 100.0), label='Rate')
    changes = Rows(columns=('until', 'rate'), most=40, label='Rates before')     # until that epoch
    epochs = param.Integer(2000, bounds=(100, 20_000), step=100, label='Epochs')
    weights = Rows(columns=('weight',), most=MOST_WEIGHTS, label='Start weights')     # none: those that the seed draws

    # What follows. Pure functions of the above. First of the line.
    def line_ends(self):
        return tuple(map(float, (self.line_x0, self.line_y0, self.line_x1, self.line_y1)))

    def cut(self):
        return cut(self.line_ends(), TABLES[self.gate])

    def best(self):
        """The most corners that the reader ever got right with this table."""
        return max([self.cut().right, *(int(right) for table, right in self.tries if table == GATES.index(self.gate))])

    def yes_corners(self):
        """The distances of the two corners of XOR that are 1, added up."""
        return float(cut(self.line_ends(), TABLES['xor']).distances[1:3].sum())

    def no_corners(self):
        return float(cut(self.line_ends(), TABLES['xor']).distances[[0, 3]].sum())

    def settled(self):
        """What a finished gesture adds: the score of this line, if it is the best of its table."""
        gate, kept = GATES.index(self.gate), {int(table): int(right) for table, right in self.tries}
        if kept.get(gate, 0) >= self.cut().right:
            return {}
        return {'tries': [[table, right] for table, right in sorted({**kept, gate: self.cut().right}.items())]}

    def ways_to_cut(self):
        """In how many ways a line can part four corners, out of 16 truth tables."""
        return len(ways())

    def most_of_xor(self):
        return most('xor')

    # Of the single unit.
    def lone(self):
        return lone.lone(self.seed, self.which, self.unit_spread, float(self.unit_rate))

    def at_half_from_small(self):
        """The share of starts that end at 0.5 everywhere, in percent."""
        return 100 * lone.share_at_half(0.5)

    def at_half_from_middling(self):
        return 100 * lone.share_at_half(1.0)

    def at_half_from_large(self):
        return 100 * lone.share_at_half(3.0)

    def at_half_from_very_large(self):
        return 100 * lone.share_at_half(6.0)

    # The network, and what it learns.
    def examples(self):
        return examples.own(self.points) if self.data == 'own' else examples.given(self.data)

    def make(self):
        return Make(self.hidden, self.layers, bool(self.shortcut), self.activation, float(self.spread), self.seed, self.which,
                    tuple(weight for weight, in self.weights))

    def start(self):
        """The network before its first step."""
        return learning.start(self.make())

    def run(self):
        """The whole training; ValueError where there is nothing to learn from."""
        given = self.examples()
        if not len(given.x):
            raise ValueError('there are no points yet. Press on the picture to put some')
        return learning.learnt(self.make(), tuple(map(tuple, given.x.tolist())), tuple(map(tuple, given.target.tolist())),
                               given.loss, self.legs(), self.epochs)

    # What a change on the way leads to.
    def changed_at(self, step, values):
        """A weight that is set while moment `step` is seen begins a new run, with all weights of that moment."""
        if step and values.get('weights') and len(values['weights']) == len(parameters(self.start())):
            values = values | {'weights': self._set_at(step, values['weights'])}
        values = super().changed_at(step, values)
        return values | ({'weights': []} if values.keys() & MAKE and 'weights' not in values else {})

    def _set_at(self, step, weights):
        """The weights after `step` epochs, but for those that `weights` has otherwise than the start."""
        before, then = parameters(self.start()).tolist(), parameters(self.run().network_at(step)).tolist()
        return [[new if new != old else now] for (new,), old, now in zip(weights, before, then, strict=True)]

    # What the player's buttons set.
    def new_start(self):
        """The next of the thousand networks of this seed."""
        return {'which': (self.which + 1) % 1000, 'weights': [], 'changes': []}
