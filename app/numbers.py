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


SUPERSCRIPTS = str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹')


def short(value, digits=4):
    """A number of any size, to so many digits: thousands separated, very large and very small ones with a power of ten.

    >>> short(2 / 3), short(-1234567.8), short(20.0), short(-2.5e13), short(4.2e-9)
    ('0.6667', '−1,234,568', '20', '−2.5 × 10¹³', '4.2 × 10⁻⁹')
    """
    size = abs(value)
    if size < 1e-300:
        return '0'
    if 1e-4 <= size < 1e7:
        text = f'{value:,.0f}' if size >= 10 ** (digits - 1) else f'{value:.{digits}g}'
    else:
        text, power = f'{value:.{digits - 1}e}'.split('e')
        text = f'{text.rstrip("0").rstrip(".")} × 10{str(int(power)).translate(SUPERSCRIPTS)}'
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
