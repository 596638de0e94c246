"""A walk downhill: where it starts, how long its steps are, and what follows from that."""
import numpy as np
import param

from core.data import PRICE, SQFT
from core.gradient_descent import step
from core.models import best_slope
from core.rates import what_a_rate_does
from lessons.gradient_descent import hills
from lessons.gradient_descent import walk as walks
from lessons.gradient_descent.hills import CHOICES, HILLS
from lessons.legs import Legs
from lessons.rate import Rate, rate_text
from lessons.rows import Rows
from lessons.short import short

STEPS = 60                  # that a walk may take
GOLDEN = 0.6180339887       # a new start is this part of the hill further on: never near one of the last


class State(Legs, param.Parameterized):
    ANEW = frozenset({'curve', 'start', 'slope'})

    # What the reader can change. These, and only these, are in the page's address.
    curve = param.Selector(default='parabola', objects=CHOICES, label='Hill')
    start = param.Number(3, bounds=(-4, 4), step=0.1, label='Start')
    slope = param.Number(250, bounds=(0, 300), step=5, label='First slope', doc='$/ft²')       # the house line's start
    rate = Rate(0.05, label='Rate')
    changes = Rows(columns=('until', 'rate'), most=40, label='Rates before')     # until that step it was another one

    # What follows. Pure functions of the above.
    def hill(self):
        return HILLS[self.curve]

    def begins(self):
        """Where the walk begins, on the part of the hill that is shown."""
        low, high = self.hill().xs
        return min(high, max(low, float(self.slope if self.curve == 'house-line' else self.start)))

    def starting_at(self, place):
        """The Parameter that lets the walk begin at this place."""
        return {'slope' if self.curve == 'house-line' else 'start': float(place)}

    def walk(self, most=STEPS):
        return walks.walk(self.curve, self.begins(), self.legs(), most)

    # The first step, in numbers.
    def begins_words(self):
        return short(self.begins(), self.hill().digits)

    def first_slope(self):
        return short(float(self.hill().slope(self.begins())))

    def first_rate(self):
        return rate_text(self.legs()[0][1])

    def lands(self):
        """Where the first step leads, were it made."""
        return short(float(step(self.begins(), self.hill().slope(self.begins()), self.legs()[0][1])), self.hill().digits)

    def says(self):
        return self.walk().says

    # What a rate does here.
    def curvature(self):
        """f″ of a parabola; None on a hill that has not everywhere the same."""
        return hills.curvature(self.hill())

    def factor(self):
        """What each step leaves of the way on a parabola: 1 − rate · f″."""
        return walks.factor(self.rate, self.curvature())

    def landmarks(self):
        """On a parabola the rate that takes one step, and the one from which on nothing arrives; else nothing."""
        return () if self.curvature() is None else walks.one_step(self.curvature())

    def bands(self):
        return walks.ruler(self.curve, self.begins())

    def rate_name(self):
        return walks.rate_name(self.curve, self.begins(), self.rate)

    def step_lengths(self):
        return np.abs(np.diff(self.walk().places))

    def best_slope(self):
        """The bottom of the house line's valley, in $/ft²."""
        return best_slope(SQFT, PRICE * 1000, hills.INTERCEPT)

    # What the reader is asked, about the lesson's own walk: 3x² − 4x + 5 from 3 with rate 0.05.
    def how_steps_change(self):
        """Whether the steps get longer or shorter."""
        lengths = np.abs(np.diff(OWN.walk().places[:20]))
        return 'shorter' if (np.diff(lengths) < 0).all() else 'longer' if (np.diff(lengths) > 0).all() else 'same'

    def first_landing(self):
        return float(OWN.walk().places[1])

    def twice_the_best(self):
        """What twice the rate does that takes a single step."""
        return what_a_rate_does(2 * OWN.landmarks()[0], OWN.curvature()).replace(' ', '-')

    # What the player's buttons set.
    def new_start(self):
        low, high = self.hill().xs
        part = ((self.begins() - low) / (high - low) + GOLDEN) % 1
        return self.starting_at(low + part * (high - low)) | {'changes': []}

    def rescue(self):
        """What leads back to a bottom when the walk does not arrive: (in words, Parameter values), or None."""
        name, first = self.walk().name, self.legs()[0][1]
        if name not in walks.ASKING:
            return None
        if self.changes and walks.rate_name(self.curve, self.begins(), first) in walks.GOOD:
            return f'Take the rate back to {rate_text(first)}', self.restarted()
        start = self.begins()
        if name == 'no bottom':
            good = walks.starts_with_a_bottom(self.curve)
            start = min(good, key=lambda place: abs(place - start), default=None)
            if start is None:
                return None
        rate = self.rate if walks.rate_name(self.curve, start, self.rate) in walks.GOOD else walks.gentler(self.curve, start)
        if rate is None:
            return None
        found = {'rate': rate, 'changes': []}
        if name != 'no bottom':
            return f'Take a rate that gets there: {rate_text(rate)}', found
        where = f'{self.hill().symbol} = {short(start, self.hill().digits)}'
        return f'Start where there is a bottom: {where}', self.starting_at(start) | found

    def rescue_words(self):
        found = self.rescue()
        return found[0] if found else ''

    def rescued(self):
        found = self.rescue()
        return found[1] if found else {}


OWN = State()
