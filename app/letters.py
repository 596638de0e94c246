"""How wide words are drawn, so that numbers in a picture have as many digits as there is room for."""


class Widths(dict):
    """How wide letters are, in units of their size; digits and all that is not named are .64."""

    def __missing__(self, letter):
        return .64


WIDTHS = Widths(dict.fromkeys('⁻⁰¹²³⁴⁵⁶⁷⁸⁹', .42) | dict.fromkeys('−×=+', .82) | {
    '.': .34, ' ': .3, ',': .32, '(': .42, ')': .42, 'i': .3, 'l': .3, 't': .4, 'r': .42})


def across(text, font):
    """About how wide a text is drawn, rather more than less."""
    return sum(map(WIDTHS.__getitem__, text)) * font


def fitting(make, most, font, digits=(4, 3, 2)):
    """The text that make(digits) gives with as many digits as there is room for."""
    return next((text for n in digits if across(text := make(n), font) <= most), make(digits[-1]))
