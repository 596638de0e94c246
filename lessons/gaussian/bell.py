"""The reader's bell: where it stands, how wide it is, how high at a place, and the share within some standard deviations."""
import math

import param

from core.gaussian import coverage, density, sds_for
from lessons.short import short


class Bell(param.Parameterized):
    mean = param.Number(0, bounds=(-3, 3), step=0.1, label='Mean μ')
    sd = param.Number(1, bounds=(0.6, 2.5), step=0.1, label='Standard deviation σ')
    reach = param.Number(1.5, bounds=(0, 4), step=0.01, label='Standard deviations on both sides')

    def height(self, x):
        return density(x, self.mean, self.sd)

    def peak(self):
        return float(self.height(self.mean))

    def ends(self, sds=None):
        """From where to where so many standard deviations lead, those of the reader if none are given."""
        away = (self.reach if sds is None else sds) * self.sd
        return self.mean - away, self.mean + away

    def share(self):
        """The share of the bell within the reader's reach, in per cent."""
        return 100 * coverage(self.reach)

    def within_1(self):
        return 100 * coverage(1)

    def within_2(self):
        return 100 * coverage(2)

    def within_3(self):
        return 100 * coverage(3)

    def sds_of_95(self):
        return sds_for(0.95)

    def ends_say(self):
        """'between −1.5 and 1.5'."""
        low, high = self.ends()
        return f'between {short(low, 3)} and {short(high, 3)}'

    def share_says(self):
        return f'{self.share():.2f} %'

    def at(self):
        return self.ends()[1]

    def height_there(self):
        return float(self.height(self.at()))

    def height_says(self):
        """To four digits however low it is: '0.1295', '5.353 × 10⁻⁵'."""
        return short(self.height_there())

    def surprise_bend(self):
        """What the place costs in −ln of the height, compared to the peak: half the square of the reach, as it comes out."""
        return -math.log(self.height_there() / self.peak())
