"""Numbers as people type them: .05, −3, 1e-3, 1/6, 0,05, 1,000."""
import math
import re

FRACTION = re.compile(r'([-+]?\d{1,6})\s*/\s*(\d{1,6})')
THOUSANDS = re.compile(r'[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?')   # 1,000; any other comma is the point of people who write 0,05


def number_from(text):
    """The number that a person means; ValueError with the end of a sentence for what is none.

    >>> [number_from(text) for text in ('1/2', '.05', '−1e-3', '0,05', '-1,000')]
    [0.5, 0.05, -0.001, 0.05, -1000.0]
    """
    text = text.strip().replace('−', '-')
    fraction = FRACTION.fullmatch(text)
    text = text.replace(',', '' if THOUSANDS.fullmatch(text) else '.')
    try:
        number = int(fraction[1]) / int(fraction[2]) if fraction else float(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError('it needs a number such as .05, 1e-3 or 1/6') from None
    if not math.isfinite(number):
        raise ValueError('it needs a finite number')
    return number + 0.0                     # + 0.0: no −0
