"""A Parameter for a learning rate: any size from a millionth to a million, typed as people type it: .05, 1e-3, 1/6."""
import math
from functools import lru_cache

import param

from lessons.short import short
from lessons.typed import number_from

LEAST, MOST = 1e-6, 1e6


class Rate(param.Number):
    """A positive number whose size is not known beforehand; `slider` are the ends of its slider, which is logarithmic."""

    __slots__ = ['slider']

    def __init__(self, default=0.05, *, slider=(1e-4, 10.0), **params):
        self.slider = slider
        super().__init__(default=default, bounds=(LEAST, MOST), step=0.02, **params)


def kept(rate):
    """A rate as it is kept: to 12 digits, which is what an address holds."""
    return float(f'{rate:.12g}')


def rate_from(text):
    """The rate that a person means; ValueError with the end of a sentence for what is none.

    >>> rate_from('1/6'), rate_from('.05'), rate_from('1e-3'), rate_from('0,05'), rate_from('1,000')
    (0.166666666667, 0.05, 0.001, 0.05, 1000.0)
    """
    rate = number_from(text)
    if rate <= 0:
        raise ValueError('it needs a number above 0')
    return kept(rate)


@lru_cache(1024)
def rate_text(rate):
    """A rate as a person would write it: thirds and the like as fractions, very small ones with a power of ten.

    >>> [rate_text(rate) for rate in (0.05, 0.166666666667, 1e-6, 1e6, 0.123456)]
    ['0.05', '1/6', '10⁻⁶', '1,000,000', '0.1235']
    """
    for below in (3, 6, 7, 9, 12):
        for above in range(1, below):
            if math.gcd(above, below) == 1 and kept(above / below) == kept(rate):
                return f'{above}/{below}'
    return short(rate).removeprefix('1 × ')


def typed(rate):
    """A rate as it stands in a field where it can be typed: in full."""
    text = rate_text(rate)
    return text if '/' in text else f'{rate:.12g}'.replace('e-0', 'e-')
