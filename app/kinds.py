"""The kinds of Parameters, one class for each: how a value comes in, goes into an address, is said, and is set by hand.

Every `tidy` gives back the value as the Parameter holds it, or raises ValueError with the end of a sentence:
'… stays as it was: it is not a number.'
"""
import math
from decimal import Decimal
from html import escape

import param

from app.numbers import show
from lessons.rows import Rows

LONGEST = 60        # no number or choice that we write is longer


class Kind:
    """What most kinds share: an address holds the text itself, and a control is set to the value itself."""

    @staticmethod
    def read(parameter, text):
        return text

    @staticmethod
    def set_to(value):
        """What a browser's control is set to."""
        return value


class Number(Kind):
    """A number within bounds, rounded to a grid so fine that nobody sees it."""

    @staticmethod
    def grid(parameter):
        """How many decimals are kept: about a hundred thousandth of the range."""
        low, high = parameter.bounds
        return 4 - math.floor(math.log10(high - low))

    @classmethod
    def tidy(cls, parameter, value, crop):
        if isinstance(value, bool) or not isinstance(value, (int, float, str)) or len(str(value)) > LONGEST:
            raise ValueError('it is not a number')
        try:
            value = float(value)
        except (ValueError, OverflowError):
            raise ValueError('it is not a number') from None
        low, high = parameter.bounds
        if not math.isfinite(value):
            raise ValueError('it is not a finite number')
        if not crop and not low <= value <= high:
            raise ValueError(f'it must be between {show(low, ",.10g")} and {show(high, ",.10g")}')
        return cls.rounded(parameter, min(high, max(low, value)))

    @classmethod
    def rounded(cls, parameter, value):
        return round(value, cls.grid(parameter)) + 0.0              # + 0.0: no −0

    @staticmethod
    def written(value):
        return f'{value:.10g}'

    @staticmethod
    def says(parameter, value):
        """With as many decimals as a step has, and the unit: '200 $/ft²'."""
        decimals = max(0, -Decimal(str(parameter.step)).as_tuple().exponent) if parameter.step else 2
        if float(parameter.step or 1).is_integer():
            decimals = 0
        text = show(value, f',.{decimals}f')
        return f'{text} {parameter.doc}' if parameter.doc else text

    @classmethod
    def control(cls, parameter, name, value):
        low, high = parameter.bounds
        spoken = escape(cls.says(parameter, value))
        return (f'<label class="control {name}"><span>{escape(parameter.label)}</span>'
                f'<input type="range" data-parameter="{name}" min="{low}" max="{high}" step="any" value="{value}" '
                f'data-step="{parameter.step or (high - low) / 100}" aria-valuetext="{spoken}">'
                f'<output data-says="{name}" aria-live="off">{spoken}</output></label>')


class Integer(Number):
    """A whole number within bounds."""

    @classmethod
    def rounded(cls, parameter, value):
        return round(value)


class Boolean(Kind):
    """A switch; 0 or 1 in an address."""

    @staticmethod
    def tidy(parameter, value, crop):
        if isinstance(value, (bool, str)) and value in (True, False, '0', '1'):
            return value in (True, '1')
        raise ValueError('it is neither 0 nor 1')

    @staticmethod
    def written(value):
        return str(int(value))

    @staticmethod
    def says(parameter, value):
        return 'on' if value else 'off'

    @staticmethod
    def control(parameter, name, value):
        return (f'<label class="control switch"><input type="checkbox" data-parameter="{name}"{" checked" if value else ""}>'
                f'<span>{escape(parameter.label)}</span></label>')


class Choice(Kind):
    """One of a Selector's choices. Outside it goes by the words that the Selector gives it, or by its own."""

    @staticmethod
    def words(parameter):
        """{words: choice}, in order."""
        return dict(parameter.names) if parameter.names else {str(choice): choice for choice in parameter.objects}

    @classmethod
    def tidy(cls, parameter, value, crop):
        for words, choice in cls.words(parameter).items():
            if isinstance(value, str) and value in (words, str(choice)) or type(value) is type(choice) and value == choice:
                return choice
        raise ValueError('it is not one of the choices')

    @staticmethod
    def set_to(value):
        return str(value)

    @staticmethod
    def written(value):
        return str(value)

    @classmethod
    def says(cls, parameter, value):
        return next(words for words, choice in cls.words(parameter).items() if choice == value)

    @classmethod
    def control(cls, parameter, name, value):
        options = ''.join(
            f'<option value="{escape(str(choice))}"{" selected" if choice == value else ""}>{escape(words)}</option>'
            for words, choice in cls.words(parameter).items())
        return (f'<label class="control"><span>{escape(parameter.label)}</span>'
                f'<select data-parameter="{name}">{options}</select></label>')


class Table(Kind):
    """Rows of numbers: '1,2;3,4' in an address. It has no native control."""

    @staticmethod
    def tidy(parameter, value, crop):
        if not isinstance(value, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in value):
            raise ValueError('it is not a table of numbers')
        rows = [list(row) for row in value]
        parameter._validate(rows)
        return rows

    @staticmethod
    def read(parameter, text):
        try:
            return [[float(cell) for cell in row.split(',')] for row in text.split(';') if row]
        except ValueError:
            raise ValueError('it is not a table of numbers') from None

    @staticmethod
    def written(value):
        return ';'.join(','.join(f'{cell:.6g}' for cell in row) for row in value)

    @staticmethod
    def says(parameter, value):
        return f'{len(value)} rows'


# The first that fits: an Integer is a Number too, and Rows are a List.
KINDS = {param.Boolean: Boolean, param.Integer: Integer, param.Number: Number, param.Selector: Choice, Rows: Table}


def kind_of(parameter):
    """The kind of a Parameter; TypeError, with its name, for one that lessons can't have yet."""
    for parameter_class, kind in KINDS.items():
        if isinstance(parameter, parameter_class):
            return kind
    raise TypeError(f'{parameter.name} is a {type(parameter).__name__}, and app/kinds.py knows no such kind')
