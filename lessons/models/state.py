"""A line through house prices: two numbers that a reader can change, and what follows from them."""
import numpy as np
import param

from core.data import PRICE, SQFT
from core.loss import mean_squared_error
from core.models import least_squares, line

ASKED = 2000        # ft²: the house that somebody is about to sell


class State(param.Parameterized):
    # What the reader can change. These, and only these, are in the page's address.
    slope = param.Number(200, bounds=(-200, 500), step=5, label='Slope', doc='$/ft²')
    intercept = param.Number(50_000, bounds=(-200_000, 500_000), step=5000, label='Intercept', doc='$')

    # The sales. Sizes in ft², prices in thousand $.
    x, y = SQFT, PRICE

    # What follows. Pure functions of the above.
    def at(self, size):
        """The line's price, in thousand $, for a house of `size` ft²."""
        return line(size, self.slope, self.intercept) / 1000

    def predicted(self):
        """The line's price of every house that was sold, in thousand $; shape (n,)."""
        return self.at(self.x)

    def houses(self):
        return len(self.x)

    def smallest(self):
        """The size of the smallest house that was sold, in ft²."""
        return float(self.x.min())

    def largest(self):
        return float(self.x.max())

    def loss(self):
        return mean_squared_error(self.predicted(), self.y)

    def asked_size(self):
        return ASKED

    def asked_price(self):
        """What the reader's own line says about the house that is for sale, in thousand $."""
        return float(self.at(ASKED))

    def best_asked_price(self):
        """What the best line there is says about it, in thousand $."""
        slope, intercept = least_squares(self.x, self.y)
        return float(line(ASKED, slope, intercept))

    def price_of_nothing(self):
        """The line's price of a house of 0 ft², in $: its intercept."""
        return float(self.at(0)) * 1000

    def raising_the_intercept(self):
        """What 20,000 $ more of intercept do to the line: 'same' everywhere, or more on the 'left' or the 'right'."""
        lift = line(self.x, self.slope, self.intercept + 20_000) - line(self.x, self.slope, self.intercept)
        small, large = lift[np.argmin(self.x)], lift[np.argmax(self.x)]
        return 'same' if np.isclose(small, large) else 'left' if small > large else 'right'
