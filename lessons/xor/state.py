"""From one line to a network that learns XOR: what the reader can change, and what follows from it."""
import param

from core.layers import parameters
from lessons.legs import Legs
from lessons.points import Points
from lessons.rate import Rate
from lessons.rows import Rows
from lessons.xor import examples, learning
from lessons.xor.by_hand import ByHand
from lessons.xor.learning import MOST_WEIGHTS, Make
from lessons.xor.many import Thousand
from lessons.xor.one_line import OneLine
from lessons.xor.verdict import verdict

BENDS = {'sigmoid': 'sigmoid', 'tanh': 'tanh', 'ReLU': 'relu', 'threshold': 'threshold', 'no bend': 'linear'}
MAKE = {'hidden', 'layers', 'shortcut', 'seed', 'which', 'spread'}      # weights that were set do not outlive a change of these


class State(Legs, OneLine, ByHand, Thousand):
    ANEW = frozenset({*MAKE, 'data', 'points', 'activation', 'weights'})

    # What the reader can change. These, and only these, are in the page's address. Here: the network that is trained.
    data = param.Selector(default='xor', objects=examples.CHOICES, label='Data')
    points = Points(label='Your own points')
    pen = param.Selector(default=1, objects={'yes': 1, 'no': 0}, label='A new point wants')
    hidden = param.Integer(1, bounds=(0, 8), step=1, label='Hidden units')
    layers = param.Selector(default=1, objects={'one': 1, 'two': 2}, label='Hidden layers')
    shortcut = param.Boolean(True, label='Shortcut connections')
    activation = param.Selector(default='sigmoid', objects=BENDS, label='Activation')
    spread = param.Number(1, bounds=(0, 6), step=0.1, label='Start weights, up to ±')
    seed = param.Integer(1, bounds=(0, 999), step=1, label='Seed')
    which = param.Integer(-1, bounds=(-1, 999), step=1, label='Network of the thousand')      # −1: the seed's own
    rate = Rate(0.5, slider=(0.01, 100.0), label='Rate')
    changes = Rows(columns=('until', 'rate'), most=40, label='Rates before')     # until that epoch
    epochs = param.Integer(2000, bounds=(100, 20_000), step=100, label='Epochs')
    weights = Rows(columns=('weight',), most=MOST_WEIGHTS, label='Start weights')     # none: those that the seed draws

    # What follows. Pure functions of the above.
    def examples(self):
        return examples.own(self.points) if self.data == 'own' else examples.given(self.data)

    def make(self):
        return Make(self.hidden, self.layers, bool(self.shortcut), self.activation, float(self.spread), self.seed, self.which,
                    tuple(weight for weight, in self.weights))

    def start(self):
        """The network before its first step."""
        return learning.start(self.make())

    def start_words(self):
        """Where the training begins, in a few words."""
        if self.weights and len(self.weights) == len(parameters(self.start())):
            return 'start with weights of your own'
        return f'random start {self.which} of seed {self.seed}' if self.which >= 0 else f'random start of seed {self.seed}'

    def run(self):
        """The whole training; ValueError where there is nothing to learn from."""
        given = self.examples()
        if not len(given.x):
            raise ValueError('there are no points yet. Press on the picture to put some.')
        return learning.learnt(self.make(), tuple(map(tuple, given.x.tolist())), tuple(map(tuple, given.target.tolist())),
                               given.loss, self.legs(), self.epochs)

    def verdict(self):
        """How that training ended, and what may be done about it."""
        return verdict(self.run(), self.examples(), self.make(), self.rate, self.data in examples.TABLES)

    # What a change on the way leads to.
    def changed_at(self, step, values, rests=None):
        """A weight that is set while moment `step` is seen begins a new run, with all weights of that moment: `rests`."""
        if step and values.get('weights') and len(values['weights']) == len(parameters(self.start())):
            values = values | {'weights': self._set_at(step, values['weights'], rests)}
        if 'points' in values:
            values = {'data': 'own'} | values
        values = super().changed_at(step, values)
        return values | ({'weights': []} if values.keys() & MAKE and 'weights' not in values else {})

    def _set_at(self, step, weights, rests):
        """The weights after `step` epochs, but for those that `weights` has otherwise than the start."""
        before = parameters(self.start()).tolist()
        then = (parameters(self.run().network_at(step)) if rests is None else rests).tolist()
        return [[new if new != old else now] for (new,), old, now in zip(weights, before, then, strict=True)]

    def weight_set(self, index, value):
        """One of the start weights set by hand."""
        return {'weights': [[weight] for weight in learning.edited(self.start(), index, value)]}

    def point_moved(self, index, x=None, y=None):
        """Point number `index` is there now, or, for −1, a new one; without a place it goes; with 'turn' it changes class.

        From here on the points are the reader's own.
        """
        rows = self.examples().rows
        if index < 0:
            rows.append([round(x, 3), round(y, 3), float(self.pen)])
        elif x is None:
            del rows[index]
        elif x == 'turn':
            rows[index][2] = 1 - rows[index][2]
        else:
            rows[index][:2] = [round(x, 3), round(y, 3)]
        return {'data': 'own', 'points': rows}

    # What the player's buttons set.
    def new_start(self):
        """The next of the thousand networks of this seed."""
        return {'which': (self.which + 1) % 1000, 'weights': [], 'changes': []}

    def rescued(self):
        return dict(self.verdict().sets)
