"""A die that the reader loads, thrown many times and added up: what each total's chance is, and how near a bell that comes."""
import math
from functools import lru_cache

import numpy as np
import param

from core.chances import chance, mean_and_sd, sum_of
from core.gaussian import density
from lessons.short import short

FACES = tuple(f'face{k}' for k in range(1, 7))
MOST = 30                                   # throws


class Sums(param.Parameterized):
    face1, face2, face3, face4, face5, face6 = (
        param.Number(5, bounds=(0, 10), step=1, label=f'Weight of face {k}') for k in range(1, 7))
    throws = param.Integer(1, bounds=(1, MOST), step=1, label='Throws added up')

    def faces(self):
        """How heavy each face is, (6,)."""
        return np.array([getattr(self, name) for name in FACES], float)

    def falls(self):
        """Whether the die can fall at all: not if no face has any weight."""
        return bool(self.faces().any())

    def totals(self):
        """The chance of each total from 0 on; nothing where the die has no face."""
        return total_of(tuple(self.faces()), self.throws) if self.falls() else np.zeros(6 * self.throws + 1)

    def die_spread(self):
        """The mean and the standard deviation of one throw."""
        return mean_and_sd([0, *self.faces()]) if self.falls() else (0.0, 0.0)

    def sum_spread(self):
        """Those of the sum: n times and √n times as large."""
        mean, sd = self.die_spread()
        return self.throws * mean, self.throws ** 0.5 * sd

    def apart(self):
        """How far apart the totals are that can come about: a die of ones and sixes leaves four out between two of them."""
        shown = np.flatnonzero(self.faces())
        return max(1, math.gcd(*np.diff(shown).tolist())) if len(shown) > 1 else 1

    def bell(self, x):
        """The bell with the mean and the spread of the sum, as high as the chances should be; None where nothing varies."""
        mean, sd = self.sum_spread()
        return self.apart() * density(x, mean, sd) if sd > 1e-6 else None

    def bell_misses(self):
        """How far the chances are off the bell at most, as a share of its peak; None where there is no bell."""
        totals = self.totals()
        can = np.flatnonzero(self.faces())
        possible = np.arange(self.throws * (can[0] + 1), len(totals), self.apart()) if len(can) else []
        bell = self.bell(possible) if len(possible) else None
        if bell is None:
            return None
        return float(np.abs(totals[possible] - bell).max() / self.bell(self.sum_spread()[0]))

    def die_says(self):
        """The mean and the spread of one throw, on a line each."""
        mean, sd = self.die_spread()
        if not self.falls():
            return '', ''
        return f'mean {short(mean)}', f'spread {short(sd)}'

    def sum_says(self):
        """Those of the sum, and how they grow."""
        if self.throws == 1 or not self.falls():
            return 'Now add up more throws.' if self.falls() else '', ''
        mean, total = self.die_spread()[0], self.sum_spread()[0]
        return f'mean {short(mean)} · {self.throws} = {short(total, 3)}', f'spread {self.root_says()}'

    def root_says(self):
        """The root law with the reader's numbers: '1.708 · √10 = 5.4'."""
        sd, spread = self.die_spread()[1], self.sum_spread()[1]
        return f'{short(sd)} · √{self.throws} = {short(spread, 3 if self.throws > 1 else 4)}'

    def near_says(self):
        """How near the bell it is, in a short sentence."""
        if not self.falls():
            return 'No face can fall: pull one up.'
        missed = self.bell_misses()
        if missed is None:
            return f'No chance, no bell: it is always {int(self.sum_spread()[0] + 0.5)}.'
        return '' if self.throws == 1 else f'off the bell by {short(100 * missed, 2)} % of its height'

    # The lesson's own dice, whatever the reader has made of theirs:
    def fair_misses(self):
        """How far ten fair dice are off the bell, in per cent of its peak."""
        return 100 * Sums(throws=10).bell_misses()

    def loaded_shape(self):
        """What thirty throws of a die look like that shows a six every other time: a bell, if it is off by less than a tenth."""
        loaded = Sums(**dict.fromkeys(FACES[:5], 2), face6=10, throws=MOST)
        return 'bell' if loaded.bell_misses() < 0.1 else 'die'


@lru_cache(64)
def total_of(faces, throws):
    found = sum_of(chance([0, *faces]), throws)
    found.flags.writeable = False
    return found
