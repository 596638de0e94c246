"""What a reader sets for the training of the whole network, and the network that came of it."""
from functools import cache
from weakref import WeakValueDictionary

import numpy as np
import param

from core.layers import Network, with_parameters
from lessons.inside_a_network.learning import TRAIN, UNSEEN, Asked, learnt
from lessons.inside_a_network.networks import started
from lessons.rate import Rate, rate_text
from lessons.rows import Rows

BATCHES = {f'{n:,}': n for n in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)} | {f'all {TRAIN:,}': TRAIN}
MORE, MOST = 20, 200        # epochs that a press on Continue adds, and how many there may be
ALL = -1
_taught = WeakValueDictionary()     # {key: Taught}: every network that some reader has trained, as long as one of them has it


class Taught:
    """A network that was trained, with what tells it from all others."""

    def __init__(self, key, weights):
        layers = with_parameters(started(key.seed), weights).layers         # in 32 bits, as it was trained, it takes half
        layers = tuple(layer._replace(W=np.float32(layer.W), b=np.float32(layer.b)) for layer in layers)
        self.key, self.network = key, Network(layers)


class Training(param.Parameterized):
    seed = param.Integer(1, bounds=(0, 999), step=1, label='Seed')
    batch = param.Selector(default=32, objects=BATCHES, label='Digits to a step')
    train_rate = Rate(0.1, slider=(0.001, 10.0), label='Rate')
    epochs = param.Integer(20, bounds=(1, MOST), step=1, label='Epochs')
    changes = Rows(columns=('until', 'rate', 'batch'), most=40, label='Before that')     # until that epoch
    cell = param.Integer(ALL, bounds=(ALL, 99), step=1, label='Answers that are shown')     # 10 × what it is + what was said

    taught = None           # a Taught; no Parameter: a run brings it, and its Parameters bring the run

    # What follows. Pure functions of the above, and of what was trained.
    def asked(self):
        """All that a training with these numbers depends on."""
        return Asked(self.seed, self.legs(), self.epochs)

    def legs(self):
        """The settings as a training meets them: ((until epoch, rate, batch), …, (None, rate, batch))."""
        fine = [(int(until), rate, int(batch)) for until, rate, batch in self.changes if rate > 0 and batch in BATCHES.values()]
        return (*sorted(fine), (None, self.train_rate, self.batch))

    def changed_at(self, step, values, rests=None):
        """Another rate or batch, chosen while epoch `step` is seen: what was learnt before stays as it was."""
        if not values.keys() & {'train_rate', 'batch'}:
            return values | ({'changes': []} if 'seed' in values else {})
        new = values.get('train_rate', self.train_rate), values.get('batch', self.batch)
        before = [list(leg) for leg in self.legs()[:-1] if leg[0] < step]
        _, *then = next(leg for leg in self.legs() if leg[0] is None or leg[0] >= step)     # in the epoch just before
        if step and tuple(then) != new:
            before.append([step, *then])
        most = type(self).param['changes'].most
        return values | {'changes': before[:most - 1] + before[most - 1:][-1:]}     # too many: the last ones become one

    # What buttons set.
    def restarted(self):
        """From the start again, with what it began with."""
        _, rate, batch = self.legs()[0]
        return {'train_rate': rate, 'batch': batch, 'changes': []}

    def new_training(self):
        return {'seed': (self.seed + 1) % 1000, 'changes': []}

    def shown_cell(self, cell):
        """The answers in one cell of the table are shown; pressed once more, all mistakes are."""
        return {'cell': ALL if cell == self.cell else cell}

    # The network that came of it.
    def learns(self, learnt):
        """A run has come; `learnt`: (the Asked that it answers, the weights that it ends with)."""
        key, weights = learnt
        self.taught = _taught.get(key) or Taught(key, weights)
        _taught[key] = self.taught

    def trained_key(self):
        """What tells the network that the reader has trained from all others, a tuple; None where there is none."""
        return self.taught.key if self.taught and self.taught.key.seed == self.seed else None

    def trained_words(self):
        """How the reader's network was trained, in a few words."""
        key = self.trained_key()
        if key is None:
            return 'not trained yet'
        _, rate, batch = key.legs[-1]
        last = 'the last ' if len(key.legs) > 1 else ''
        return f'{counted(key.epochs, "epoch")}, {last}at rate {rate_text(rate)}, {counted(batch, "digit")} to a step'

    def learnt_from(self):
        return f'{TRAIN:,}'

    def unseen(self):
        return f'{UNSEEN:,}'

    def right_after_one_epoch(self):
        """The share of the unseen digits, in %, for the lesson's own numbers."""
        return one_epoch()


@cache
def one_epoch():
    own = Training()
    return round(100 * learnt(Asked(own.seed, own.legs(), 1)).epochs[-1].right[1], 1)


def counted(number, what):
    return f'{number:,} {what}{"" if number == 1 else "s"}'


def network_for(key):
    """The network of this `trained_key()`, or None where nobody has it any more."""
    taught = _taught.get(tuple(key))
    return taught and taught.network
