"""The network with one hidden unit and its seven weights, one corner at a time; for the State of this lesson."""
import numpy as np
import param

from core.data import BITS
from core.layers import parameters
from lessons.rows import Rows
from lessons.xor import stages


def signed(value, spec='.2f'):
    """A number that is added to another: '+ 5.90', '− 13.04'."""
    return f'{"−" if value < 0 else "+"} {abs(value):{spec}}'


class ByHand(param.Parameterized):
    """Which corner is looked at, and the weights where they are not our own."""

    corner = param.Selector(default='1, 1', objects=list(stages.PATTERNS)[::-1], label='Inputs')
    hand = Rows(columns=('weight',), most=7, label='Weights by hand')

    def hand_weights(self):
        """The seven weights; rows that are not seven count for nothing."""
        rows = tuple(weight for weight, in self.hand)
        return rows if len(rows) == 7 else stages.ours()

    def hand_training(self):
        """The training that led to our weights, or that goes on from the reader's."""
        return stages.training(self.hand_weights() if len(self.hand) == 7 else ())

    def new_hand(self):
        """Small weights drawn by chance; which, depends on those before."""
        chance = np.random.default_rng([round(abs(weight) * 100) for weight in self.hand_weights()])
        return {'hand': [[weight] for weight in np.round(chance.uniform(-1, 1, 7), 2).tolist()]}

    def hand_network(self):
        return stages.network(self.hand_weights())

    def at_corner(self):
        """The number of the corner, in the order of core.data.BITS."""
        return stages.PATTERNS[self.corner]

    # The numbers of the formula.
    def corner_x1(self):
        return int(BITS[self.at_corner(), 0])

    def corner_x2(self):
        return int(BITS[self.at_corner(), 1])

    def inner_1(self):
        return f'{self.hand_weights()[0]:.2f}'.replace('-', '−')

    def inner_2(self):
        return signed(self.hand_weights()[1])

    def inner_bias(self):
        return signed(self.hand_weights()[2])

    def outer_1(self):
        return f'{self.hand_weights()[3]:.2f}'.replace('-', '−')

    def outer_2(self):
        return signed(self.hand_weights()[4])

    def outer_hidden(self):
        return signed(self.hand_weights()[5])

    def outer_bias(self):
        return signed(self.hand_weights()[6])

    def inner_sum(self):
        return stages.sums(self.hand_weights(), self.at_corner())[0]

    def outer_sum(self):
        return stages.sums(self.hand_weights(), self.at_corner())[1]

    def looks(self):
        """What the hidden unit says at this corner."""
        return float(stages.walked(self.hand_weights())[0][self.at_corner()])

    def answers(self):
        """What the network says at this corner."""
        return float(stages.walked(self.hand_weights())[1][self.at_corner()])

    def hand_loss(self):
        return stages.walked(self.hand_weights())[2]

    def hand_set(self, index, value):
        """One of the seven weights set by hand."""
        row = parameters(self.hand_network()).tolist()
        return {'hand': [[value if i == index else weight] for i, weight in enumerate(row)]}
