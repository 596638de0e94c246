"""The same line, judged: the loss, the best line there is, and the lines that the reader has tried."""
import numpy as np
import param

from core.loss import line_loss_surface, line_losses, mean_squared_error, squared_errors, sum_squared_error
from core.models import best_slope, least_squares, line
from lessons.models.state import State as FitALine
from lessons.rows import Rows


class State(FitALine):
    revealed = param.Boolean(False, label='Show the whole curve')
    tries = Rows(columns=('slope', 'intercept'), most=200, in_link=False, label='Lines tried')

    # The losses, in (thousand $)²: prices are counted in thousand $, so that their squares stay readable.
    def total(self):
        """The sum of the squared errors: the area of all squares together."""
        return sum_squared_error(self.predicted(), self.y)

    def typical_miss(self):
        """√loss, in thousand $: a miss of about this size is ordinary for this line."""
        return float(np.sqrt(self.loss()))

    def losses_along(self, slopes):
        """The loss at each of these slopes, with the reader's intercept; shape (len(slopes),)."""
        return line_loss_surface(self.x, self.y * 1000, slopes, [self.intercept])[0] / 1e6        # $² → (thousand $)²

    def best_slope_here(self):
        """The slope with the smallest loss while the intercept stays where it is, in $/ft²."""
        return best_slope(self.x, self.y * 1000, self.intercept)

    def best_loss_here(self):
        return float(self.losses_along([self.best_slope_here()])[0])

    def best_loss(self):
        """The loss of the best line there is, by least squares."""
        return mean_squared_error(line(self.x, *least_squares(self.x, self.y)), self.y)

    def times_best(self):
        """How many times the smallest possible loss the reader's line has."""
        return self.loss() / self.best_loss()

    def within_ten_percent(self):
        return 'yes' if self.times_best() <= 1.1 else 'not yet'

    # What the reader is asked.
    def squares_in_the_larger_square(self):
        """How many squares of a 30-thousand-$ miss fit into the square of a 60-thousand-$ miss."""
        small, large = squared_errors(np.array([30.0, 60.0]), np.zeros(2))
        return float(large / small)

    # What the reader has tried.
    def tried_losses(self):
        """The loss of every line that the reader let go of, in the order tried; shape (len(tries),)."""
        if not self.tries:
            return np.array([])
        slopes, intercepts = np.array(self.tries, float).T / 1000
        return line_losses(self.x, self.y, slopes, intercepts)

    def settled(self):
        """What a finished gesture adds: this line joins those that were tried, once."""
        row = [self.slope, self.intercept]
        if self.tries and list(self.tries[-1]) == row:
            return {}
        return {'tries': [*self.tries, row][-type(self).param['tries'].most:]}
