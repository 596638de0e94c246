"""One problem and one number: two houses, a neuron with a single weight, and everything that follows when it is nudged."""
from functools import cache, lru_cache

import numpy as np
import param

from core.activations import ACTIVATIONS
from core.backprop import backward
from core.gaussian import density
from core.layers import Layer, Network, count_parameters
from core.loss import mean_squared_error, mean_squared_error_gradient
from core.network import forward, new_network
from core.vectors import dot
from lessons.short import factor, short

SIZES = np.array([2.0, 1.0])        # thousand square feet, the large house first
PRICES = np.array([4.0, 3.0])       # hundred thousand $
ROWS = (0.5, -1.0)                  # the weights of two more neurons, which look at the same houses
RELU = ACTIVATIONS['relu']
NUDGE = 0.01
LARGEST = 0.45                      # a rate; no step of such a size leads out of the bounds of w


class State(param.Parameterized):
    # What the reader can change. These, and only these, are in the page's address.
    w = param.Number(1, bounds=(-1.5, 5), step=0.1, label='w')
    rate = param.Number(0.1, bounds=(0, LARGEST), step=0.01, label='Rate')

    # What follows. Pure functions of the above.
    def z(self):
        """The sums before the bend, one for each house."""
        return self.w * SIZES

    def guesses(self):
        return RELU.f(self.z())

    def errors(self):
        return self.guesses() - PRICES

    def loss(self):
        return loss_at(self.w)

    def slope(self):
        return slope_at(self.w)

    def after(self):
        return stepped(self.w, self.rate)

    def loss_after(self):
        return loss_at(self.after())

    def walk(self, steps):
        """Where w is, and where the next steps would lead."""
        places = [self.w]
        for _ in range(steps):
            places.append(stepped(places[-1], self.rate))
        return np.array(places)

    def bends(self):
        """The slope of ReLU at each sum: 1 where it lets through, 0 where it stops."""
        return RELU.slope(self.z())

    def by_guess(self):
        """How the loss changes with each guess: 2 · error / 2 for two houses, which is the error."""
        return mean_squared_error_gradient(self.guesses(), PRICES)

    def guess_by_w(self):
        """How each guess changes with w: the size of its house, where the bend lets it through."""
        return SIZES * self.bends()

    def parts(self):
        """What each house has to say about w: the product along its way. Their sum is the slope."""
        return self.guess_by_w() * self.by_guess()

    def rows(self):
        """A layer of three neurons, the first of them ours: its answers, a row for each neuron, a column for each house."""
        layer = Network((Layer(np.array([[self.w], *([weight] for weight in ROWS)]), np.zeros(1 + len(ROWS)), 'relu'),))
        return forward(layer, SIZES[:, None]).output.T

    def travelled(self):
        """What a nudge of w does to the guesses and to the loss, computed anew."""
        return RELU.f((self.w + NUDGE) * SIZES) - self.guesses(), loss_at(self.w + NUDGE) - self.loss()

    def likely(self):
        """How high the bell stands over each miss, as a share of its peak: how likely such a miss is, as noise goes."""
        return density(self.errors()) / density(0.0)

    def turned(self):
        """The dot product of the misses with the sizes that came through: for two houses it is the slope itself."""
        return dot(self.errors(), self.guess_by_w())

    # In words.
    def w_says(self):
        return few(self.w)

    def loss_says(self):
        return few(self.loss())

    def slope_says(self):
        return few(self.slope())

    def best_says(self):
        return few(best())

    def slope_factor(self):
        return factor(round(self.slope(), 3))

    def after_says(self):
        return few(self.after())

    def nudge_says(self):
        return few(NUDGE)

    def least_says(self):
        return few(loss_at(best()))

    # What the reader is asked, and told. None of it depends on what the reader does.
    def asked_step(self):
        return stepped(1.0, 0.1)

    def asked_below(self):
        """What a step does to a weight below 0."""
        return 'stays' if stepped(-1.0, 0.1) == -1.0 else 'up' if stepped(-1.0, 0.1) > -1.0 else 'down'

    def real_size(self):
        """How many weights and biases the network for the digits has."""
        return size_of_a_real_one()


@cache
def size_of_a_real_one():
    return count_parameters(new_network((784, 128, 64, 10), seed=0))


def few(value):
    """A number as the small pictures show it: to three decimals at the most."""
    return short(round(float(value), 3))


def network(w):
    return Network((Layer(np.array([[w]]), np.zeros(1), 'relu'),))


def best():
    """Where the loss is least: the misses are at right angles to the sizes there."""
    return float(dot(SIZES, PRICES) / dot(SIZES, SIZES))


@lru_cache(512)
def loss_at(w):
    return mean_squared_error(forward(network(w), SIZES[:, None]).output[:, 0], PRICES)


@lru_cache(512)
def slope_at(w):
    """One walk back. At the corner of the bend, w = 0, it takes 0, as programs do."""
    return float(backward(network(w), SIZES[:, None], PRICES[:, None]).layers[0].W[0, 0]) + 0.0


def stepped(w, rate):
    """One step downhill, kept to four decimals as w itself."""
    return round(w - rate * slope_at(w), 4) + 0.0
