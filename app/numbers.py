"""Numbers as a reader sees them: thousands separated, and a true minus sign."""
import math


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
