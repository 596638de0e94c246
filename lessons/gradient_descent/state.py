"""A walk downhill: where it starts, how long its steps are, and what follows from that."""
import numpy as np
import param

from lessons.gradient_descent.hills import CHOICES, HILLS
from lessons.gradient_descent.walk import LOST, walk
from lessons.rate import Rate
from lessons.rows import Rows

STEPS = 60                  # that a walk may take
GOLDEN = 0.6180339887       # a new start is this part of the hill further on: never near one of the last


class State(param.Parameterized):
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

    def legs(self):
        """The rates as the walk meets them: ((until step, rate), …, (None, the last))."""
        return (*sorted((int(until), rate) for until, rate in self.changes if rate > 0), (None, self.rate))

    def walk(self, most=STEPS):
        return walk(self.curve, self.begins(), self.legs(), most)

    # What the reader is asked.
    def how_steps_change(self):
        """Whether the steps of the lesson's own walk get longer or shorter."""
        lengths = abs(np.diff(walk('parabola', 3.0, ((None, 0.05),), STEPS).places))
        return 'shorter' if (np.diff(lengths) < 0).all() else 'longer' if (np.diff(lengths) > 0).all() else 'same'

    # What the player's buttons set.
    def changed_at(self, step, values):
        """The reader changes the rate before this step: what was walked before that stays as it was."""
        if 'rate' not in values:
            return values | ({'changes': []} if values.keys() & {'curve', 'start', 'slope'} else {})
        before = [[until, rate] for until, rate in self.legs()[:-1] if until < step]
        then = next(rate for until, rate in self.legs() if until is None or until >= step)      # on the step just before
        if step and then != values['rate']:
            before.append([step, then])
        return values | {'changes': before[-type(self).param['changes'].most:]}

    def restarted(self):
        """From the start again, with the rate that it began with."""
        return {'rate': self.legs()[0][1], 'changes': []}

    def new_start(self):
        low, high = self.hill().xs
        part = ((self.begins() - low) / (high - low) + GOLDEN) % 1
        return self.starting_at(low + part * (high - low)) | {'changes': []}

    def lost(self):
        return self.walk().name in LOST
