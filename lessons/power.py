"""A Parameter for sizes that run through many powers of ten: a nudge from 1 down to 10⁻¹⁵, a lens that magnifies 10⁶ times."""
import math

import param

from lessons.short import short


class Power(param.Number):
    """Holds the power of ten, so that a slider or an axis gives each of them the same room; `size_of` gives the number."""


def size_of(power):
    """10 to this power, to two digits: what a hand can set, and exactly the decimal number that is shown.

    >>> size_of(-2), size_of(-0.43), size_of(6)
    (0.01, 0.37, 1000000.0)
    """
    return float(f'{10 ** power:.2g}')


def power_of(size):
    """The other way round, as fine as Parameters are kept.

    >>> round(power_of(0.37), 3)
    -0.432
    """
    return math.log10(size)


def size_text(size, digits=2):
    """A size as it is read: small and large ones with a power of ten, signs as they are.

    >>> [size_text(size) for size in (0.37, 0.0001, 2.5e-9, 1e-15, 250, 1e6, -0.5, 0)]
    ['0.37', '0.0001', '2.5 × 10⁻⁹', '10⁻¹⁵', '250', '1,000,000', '−0.5', '0']
    """
    text = short(size, digits)
    return text.replace('1 × ', '', 1) if text.removeprefix('−').startswith('1 × ') else text
