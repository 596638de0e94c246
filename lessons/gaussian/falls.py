"""Numbers that fall by chance from the reader's bell, counted in bars: the shares in its bands come near what they should be."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import param

from core.gaussian import coverage, samples

BINS = 32                                   # of a quarter of a standard deviation, from −4 to 4
WITHIN = (1, 2, 3)                          # standard deviations


class Fallen(NamedTuple):
    """All samples in the order in which they fall, and what is counted after some of them."""
    sds: np.ndarray      # (n,) how many standard deviations from the mean each is
    seen: np.ndarray     # (moments,) how many have fallen by then
    bars: np.ndarray     # (moments, BINS) how many stand in each bar; who is further out stands in the last
    inside: np.ndarray   # (moments, 3) how many are within one, two, three standard deviations


class Falls(param.Parameterized):
    many = param.Selector(default=100, objects={'none': 0, '10': 10, '100': 100, '1,000': 1000, '10,000': 10000},
                          label='How many fall')
    seed = param.Integer(0, bounds=(0, 999), step=1, label='Seed')

    def fallen(self):
        return fallen(self.many, self.seed)

    def new_start(self):
        """Other samples from the same bell."""
        return {'seed': (self.seed + 1) % 1000}

    # What the words say, whatever the reader has chosen:
    def ten_within(self):
        """Of the first ten of the lesson's own samples, how many are within one standard deviation."""
        return int(fallen(10, 0).inside[-1, 0])

    def thousands_within(self):
        """Of ten thousand, in per cent."""
        return 100 * float(fallen(10000, 0).inside[-1, 0]) / 10000


@lru_cache(32)
def fallen(n, seed):
    found = samples(n, seed=seed)
    seen = moments(n)
    bar = np.clip(np.floor((found + 4) * BINS / 8), 0, BINS - 1).astype(int)
    away = np.abs(found)
    bars, inside, before = np.zeros((len(seen), BINS), int), np.zeros((len(seen), 3), int), 0
    for k, until in enumerate(seen):
        bars[k] = bars[k - 1] * (k > 0) + np.bincount(bar[before:until], minlength=BINS)
        inside[k] = inside[k - 1] * (k > 0) + [(away[before:until] <= sds).sum() for sds in WITHIN]
        before = until
    made = Fallen(found, seen, bars, inside)
    for part in made:
        part.flags.writeable = False
    return made


def moments(n):
    """How many have fallen at each moment: one by one at first, then ever more at once, so that many take no longer than some.

    >>> moments(3).tolist(), len(moments(100)), len(moments(10_000))
    ([0, 1, 2, 3], 69, 150)
    """
    seen, step = [0], 1.0
    while seen[-1] < n:
        seen.append(min(n, seen[-1] + int(step)))
        if seen[-1] >= 40:
            step *= 1.06
    return np.array(seen)


def expected():
    """The shares that should be there in the long run."""
    return np.array([coverage(sds) for sds in WITHIN])
