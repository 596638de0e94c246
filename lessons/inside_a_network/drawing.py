"""What the network is shown, and which network it is: a drawing or a test digit, and the weights that look at it."""
from functools import lru_cache

import numpy as np
import param

from core.activations import relu, softmax
from core.classification import accuracy
from core.data import digits
from core.network import Forward, predict
from core.pictures import as_digits, centre, enlarged_from, ink_box
from core.trained import trained
from lessons.drawn import Drawn, bits_of
from lessons.inside_a_network.networks import started
from lessons.inside_a_network.training import network_for
from lessons.short import percent

SHOWS = {'a test digit': 'test', 'your drawing': 'own'}
WEIGHTS = {'trained': 'ours', 'random, before any training': 'start', 'trained by you': 'yours'}
TOOLS = {'pen': 'pen', 'eraser': 'eraser'}
UNSURE, FULL, ASIDE = 0.6, 0.95, 3      # below this share it hesitates; so much ink is no digit; pixels that the middle is off


class Drawing(param.Parameterized):
    """The part of the state that every widget of the page reads. `key()` names all of it, for what is kept."""
    drawing = Drawn(label='Your drawing')
    shows = param.Selector(default='test', objects=SHOWS, label='The network looks at')
    example = param.Integer(222, bounds=(0, 359), step=1, label='Test digit')
    meant = param.Selector(default=7, objects={str(n): n for n in range(10)}, label='You mean a')
    weights = param.Selector(default='ours', objects=WEIGHTS, label='Weights')
    tool = param.Selector(default='pen', objects=TOOLS, label='Drawing with')

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

    # And in words:
    def answer(self):
        """The digit that it holds to be likeliest."""
        return int(self.probabilities().argmax())

    def answer_share(self):
        return percent(self.probabilities().max())

    def truth_share(self):
        return percent(self.probabilities()[self.truth()])

    def shown_words(self):
        """What the network looks at, in a few words."""
        if self.shows == 'test':
            return f'test digit {self.example}, a {self.truth()}'
        return 'your drawing' if self.drawing else 'an empty sheet'

    def weights_words(self):
        """Whose weights these are, in a word: never another network's."""
        return {'ours': 'trained', 'start': 'random', 'yours': 'trained by you'}[self.network_key()[0]]

    def test_digits_right(self):
        """How many of 100 digits the shipped network gets right that it never saw."""
        return 100 * accuracy(predict(trained(), digits().test_x), digits().test_y)

    def asked_empty(self):
        """What an empty sheet is told to be: one of the ten digits, whatever the weights."""
        return 'digit' if len(ran_of(('ours',), ('own', '')).output[0]) == 10 else 'nothing'

    def verdict(self):
        """What it says, as one or two sentences."""
        shares = self.probabilities()
        first, second = np.argsort(-shares, kind='stable')[:2].tolist()
        if self.weights != 'ours' and self.network_key()[0] == 'start':
            guess = f'It guesses {first}, with {percent(shares[first])}: its weights are random.'
            return ('You have not trained a network yet. ' if self.untrained() else '') + guess
        says = f'It says {first}, with {percent(shares[first])}.'
        if self.shows == 'own' and not self.drawing:
            return f'Nothing is drawn, and it must answer all the same: {first}, with {percent(shares[first])}.'
        if self.shows == 'own' and bits_of(self.drawing).mean() >= FULL:
            return f'{says} All ink is no digit, but “none of these” is not among its ten answers.'
        if shares[first] < UNSURE:
            return f'It hesitates: {first} with {percent(shares[first])}, {second} with {percent(shares[second])}.'
        return says

    def what_became(self):
        """What was done to the picture before the network saw it, in a sentence."""
        if self.shows == 'test':
            return f'Test digit {self.example} is a {self.truth()}. The network did not see it in its training.'
        box = ink_box(bits_of(self.drawing))
        if box is None:
            return 'An empty sheet is 784 zeros.'
        off = max(abs(box.left + box.width / 2 - 14), abs(box.top + box.height / 2 - 14))
        return f'{"You drew off the middle; it" if off > ASIDE else "It"} was centred and scaled before the network looked.'


def network_of(key):
    """The network of a `network_key()`. LookupError for one that nobody has any more: no other may answer in its place."""
    if key[0] == 'ours':
        return trained()
    if key[0] == 'start':
        return started(key[1])
    if (found := network_for(key[1:])) is None:
        raise LookupError('Nobody has this network any more.')
    return found


@lru_cache(256)
def stages(key):
    """A picture before the network sees it: on the middle of a sheet of 32 × 32, in 8 × 8 shades, and (784,) as it is seen.

    A test digit comes in 8 × 8; what it was before is not known.
    """
    if key[0] == 'test':
        seen = digits().test_x[key[1]]
        return None, np.round(enlarged_from(seen.reshape(28, 28)) * 16) / 16, seen
    bits = bits_of(key[1])
    few, seen = as_digits(bits)
    return centre(bits), few, seen.ravel()


def picture_of(key):
    return stages(key)[2]


@lru_cache(64)
def ran_of(network, picture):
    """`core.network.forward` for one picture, without looking at all the weights again."""
    taken, z, a = [], [], [picture_of(picture)[None, :]]
    for layer in network_of(network).layers:
        taken.append(a[-1])
        z.append(taken[-1] @ np.asarray(layer.W).T + layer.b)
        a.append(softmax(z[-1]) if layer.activation == 'softmax' else relu(z[-1]))
    return Forward(tuple(taken), tuple(z), tuple(a[1:]))
