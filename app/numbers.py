"""Numbers as a reader sees them: thousands separated, and a true minus sign."""
import math

from lessons.short import short

__all__ = ['short', 'show', 'ticks']


def show(value, spec=''):
    """`value` in Python's format `spec`, with − for minus; raises ValueError for NaN and infinity, which no page shows.

    >>> show(-1234.5, ',.0f')
    '−1,234'
    """
    if isinstance(value, str):
        return value
    value = float(value) if not isinstance(value, int) else value
    if not math.isfinite(value):
        raise ValueError(f'{value} is not a number that can be shown')
    text = format(value, spec)
    if text.startswith('-') and not any(digit in text for digit in '123456789'):
        text = text[1:]                 # −0 is 0
    return text.replace('-', '−')


def ticks(low, high, most=4):
    """Round numbers between low and high with their texts, at most `most` steps apart: [[0.0, '0'], [100.0, '100'], …].

    Steps are 1, 2 or 5 times a power of ten.

    >>> ticks(-2, 3)
    [[-2.0, '−2'], [0.0, '0'], [2.0, '2']]
    """
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return [[round(n * step, 12), show(round(n * step, 12), f',.{places}f')] for n in range(first, last + 1)]
