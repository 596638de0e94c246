"""Training the whole network on the handwritten digits."""
import param

from lessons.rate import Rate
from lessons.rows import Rows


class Training(param.Parameterized):
    seed = param.Integer(1, bounds=(0, 999), step=1, label='Seed')
    batch = param.Integer(32, bounds=(1, 1437), step=1, label='Batch')
    train_rate = Rate(0.1, slider=(0.001, 10.0), label='Rate')
    epochs = param.Integer(20, bounds=(1, 200), step=1, label='Epochs')
    changes = Rows(columns=('until', 'rate'), most=40, label='Rates before')

    def trained_key(self):
        """What tells the network that the reader has trained from all others, a tuple; None where there is none."""


def network_for(key):
    """The network of this `trained_key()`, or None where it is kept no more."""
