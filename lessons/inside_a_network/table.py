"""Ten logits become ten probabilities, and the one of the truth becomes a loss."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import param

from core.activations import softmax
from core.classification import softmax_cross_entropy
from lessons.inside_a_network.texts import entering_text, loss_text, power_text, share_text
from lessons.power import Power, size_of
from lessons.rows import Rows
from lessons.short import percent

LOGITS = (1.2, 0.3, -0.5, 0.1, 3.8, 0.2, -0.1, 8.1, 0.4, 0.9)
HUGE = tuple(round(logit + 1000, 1) for logit in LOGITS)        # only differences count, so these mean the same
BOUNDS = -10_000.0, 10_000.0                                    # of a logit that a reader sets
SURE = 0.001, 0.999                                             # of a probability that a reader sets: 0 and 1 have no logit
LARGEST = float(np.log(np.finfo(float).max))                    # e to the power of more is no number for a computer
SOURCES = {'ten to begin with': 'given', 'of the picture above': 'picture', 'the ten, each 1,000 larger': 'huge',
           'your own': 'own'}


class Logits(Rows):
    """None, or one row of ten."""

    def _validate(self, val):
        super()._validate(val)
        if any(not BOUNDS[0] <= logit <= BOUNDS[1] for row in val for logit in row):
            raise ValueError('a logit needs to be between −10,000 and 10,000')


class Shares(NamedTuple):
    """`entering`: what e is raised to, (10,). `sum`: the logarithm of what those ten powers add up to."""
    z: np.ndarray
    entering: np.ndarray
    sum: float
    p: np.ndarray
    loss: float


class Table(param.Parameterized):
    """For a state with a network that ran: `ran`, `truth`, and the Parameter `shows`."""
    logits = Logits([], columns=tuple(f'z{n}' for n in range(10)), most=1, label='Your own logits')
    logits_of = param.Selector(default='given', objects=SOURCES, label='Logits')
    temperature = Power(0, bounds=(-1, 1), step=0.05, label='Temperature')
    right = param.Selector(default=7, objects={str(n): n for n in range(10)}, label='The truth')
    shifted = param.Boolean(False, label='Take the largest logit away first')

    # What follows. Pure functions of the above.
    def ten_logits(self):
        """The logits of the table, (10,)."""
        if self.logits_of == 'picture':
            return tuple(self.ran().z[-1][0].tolist())
        return HUGE if self.logits_of == 'huge' else tuple(self.logits[0]) if self.logits_of == 'own' and self.logits else LOGITS

    def heat(self):
        """The temperature itself, not its power of ten."""
        return size_of(self.temperature)

    def true_digit(self):
        """The digit whose probability counts."""
        return self.truth() if self.logits_of == 'picture' else self.right

    def shares(self):
        return shares(self.ten_logits(), self.heat(), self.true_digit(), bool(self.shifted))

    # What a hand on the table proposes: from then on the logits are the reader's own.
    def logit_set(self, index, logit):
        logits = [*self.ten_logits()]
        logits[index] = float(np.clip(round(logit, 3), *BOUNDS))
        return {'logits': [logits], 'logits_of': 'own', 'right': self.true_digit()}

    def truth_set(self, digit):
        """Another digit is the true one. Of a drawing that is what the reader means; of a test digit nobody can choose it."""
        if self.logits_of != 'picture':
            return {'right': digit}
        return {'meant': digit} if self.shows == 'own' else {**self.logit_set(0, self.ten_logits()[0]), 'right': digit}

    def probability_set(self, p):
        """The logit of the truth that gives it this probability, the others staying as they are. Nobody can be quite sure."""
        p = float(np.clip(p, *SURE))
        z, n = np.array(self.ten_logits()) / self.heat(), self.true_digit()
        if abs(p - softmax(z)[n]) < 1e-9:
            return {}
        others = np.delete(z, n)
        top = others.max()
        return self.logit_set(n, self.heat() * (np.log(p / (1 - p)) + top + np.log(np.exp(others - top).sum())))

    # The same in words, for the formula and the text around it.
    def z_right(self):
        return entering_text(self.shares().z[self.true_digit()], self.heat(), self.shares().z.max() if self.shifted else 0.0)

    def exp_right(self):
        return power_text(self.shares().entering[self.true_digit()])

    def exp_sum(self):
        return power_text(self.shares().sum)

    def p_right(self):
        return share_text(self.shares().p[self.true_digit()])

    def table_loss(self):
        return loss_text(self.shares().loss)

    def said_digit(self):
        """The likeliest."""
        return int(self.shares().p.argmax())

    def said_percent(self):
        return percent(self.shares().p.max())

    # What is always so.
    def ten_percent_costs(self):
        return float(-np.log(0.10))

    def ninety_six_costs(self):
        return float(-np.log(0.96))

    def given_two_places(self):
        """What the ten probabilities add up to where each is written with two places."""
        return float(GIVEN.p.round(2).sum())

    def logit_for_96(self):
        """What the largest of the ten logits would have to be for a probability of 0.96."""
        return Table().probability_set(0.96)['logits'][0][7]

    def lead(self):
        """How many times as likely the first of the ten is as the second."""
        first, second = sorted(GIVEN.p)[:-3:-1]
        return float(first / second)

    def asked_percent(self):
        """The question before the table: how sure is softmax of the largest of the ten?"""
        return 100 * float(GIVEN.p.max())


@lru_cache(256)
def shares(logits, heat, right, shifted):
    """The whole table: nothing overflows, whatever the logits are."""
    z = np.array(logits)
    entering = (z - z.max() * shifted) / heat
    top = entering.max()
    return Shares(z, entering, float(top + np.log(np.exp(entering - top).sum())), softmax(z / heat),
                  softmax_cross_entropy([z / heat], [right]))


GIVEN = shares(LOGITS, 1.0, 7, False)
