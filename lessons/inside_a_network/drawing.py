"""What the network is shown, and which network it is: a drawing or a test digit, and the weights that look at it."""
from functools import lru_cache

import numpy as np
import param

from core.data import digits
from core.network import forward
from core.pictures import as_digits
from core.trained import trained
from lessons.drawn import Drawn, bits_of
from lessons.inside_a_network.networks import started
from lessons.inside_a_network.training import network_for

SHOWS = {'your drawing': 'own', 'a test digit': 'test'}
WEIGHTS = {'trained': 'ours', 'random, before any training': 'start', 'trained by you': 'yours'}


class Drawing(param.Parameterized):
    """The part of the state that every widget of the page reads. `key()` names all of it, for what is kept."""
    drawing = Drawn(label='Your drawing')
    shows = param.Selector(default='test', objects=SHOWS, label='The network looks at')
    example = param.Integer(291, bounds=(0, 359), step=1, label='Test digit')
    meant = param.Selector(default=7, objects={str(n): n for n in range(10)}, label='You mean a')
    weights = param.Selector(default='ours', objects=WEIGHTS, label='Weights')

    # What follows. Pure functions of the above, and of what was trained.
    def network_key(self):
        """What tells this network from all others: ('ours',), ('start', seed) or ('yours', …)."""
        if self.weights == 'ours':
            return ('ours',)
        trained = self.trained_key() if self.weights == 'yours' else None
        return ('start', self.seed) if trained is None else ('yours', *trained)

    def picture_key(self):
        return ('own', self.drawing) if self.shows == 'own' else ('test', self.example)

    def key(self):
        """All that what the network does with this picture depends on: the key for whatever is kept of it."""
        return self.network_key(), self.picture_key()

    def network(self):
        """The network that looks. Where the reader has not trained one, it is the one that a training would begin with."""
        return network_of(self.network_key())

    def untrained(self):
        """Whether the reader asks for a network of their own and there is none yet."""
        return self.weights == 'yours' and self.trained_key() is None

    def picture(self):
        """What the network sees, (784,), from 0 to 1."""
        return picture_of(self.picture_key())

    def truth(self):
        """Which digit it is: what the reader means, or what is written beside the test digit."""
        return self.meant if self.shows == 'own' else int(digits().test_y[self.example])

    def ran(self):
        """Everything on the way from the picture to the answer: a Forward of one row."""
        return ran_of(*self.key())

    def probabilities(self):
        """What the network says, (10,)."""
        return self.ran().output[0]


def network_of(key):
    """The network of a `network_key()`."""
    if key[0] == 'ours':
        return trained()
    return network_for(key[1:]) or started(0) if key[0] == 'yours' else started(key[1])


@lru_cache(256)
def picture_of(key):
    picture = np.array(digits().test_x[key[1]] if key[0] == 'test' else as_digits(bits_of(key[1]))[1].ravel())
    picture.flags.writeable = False
    return picture


@lru_cache(64)
def ran_of(network, picture):
    return forward(network_of(network), picture_of(picture))
