"""Numbers of any size as a reader sees them, where a format cannot be known beforehand."""

SUPERSCRIPTS = str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹')
SUBSCRIPTS = str.maketrans('0123456789', '₀₁₂₃₄₅₆₇₈₉')


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


def percent(share):
    """A share or a probability as a reader sees it, never rounded to certainty.

    >>> percent(0.982945), percent(0.99999), percent(1e-9)
    ('98.3 %', 'more than 99.9 %', 'less than 0.1 %')
    """
    if 0.9995 <= share < 1:
        return 'more than 99.9 %'
    return 'less than 0.1 %' if 0 < share < 0.0005 else f'{100 * share:.1f} %'


def factor(value, digits=4):
    """A number within a product: what is below 0 gets brackets.

    >>> factor(0.5), factor(-2)
    ('0.5', '(−2)')
    """
    return in_brackets(short(float(value), digits))


def in_brackets(text):
    """The same for a number that is a text already."""
    return f'({text})' if text.startswith('−') else text


def added(texts):
    """A sum of numbers that are texts already: what is below 0 is taken away.

    >>> added(['2', '0', '−3'])
    '2 + 0 − 3'
    """
    return ' + '.join(texts).replace(' + −', ' − ')
