"""The kinds of Parameters, one class for each: how a value comes in, goes into an address, is said, and is set by hand.

Every `tidy` gives back the value as the Parameter holds it, or raises ValueError with the end of a sentence:
'… stays as it was: it is not a number.'
"""
import math
from decimal import Decimal
from html import escape

import param

from app.numbers import show
from lessons.drawn import Drawn, bits_of, text_of
from lessons.points import LONGEST as LONGEST_TABLE
from lessons.points import Points, points_from, table_of
from lessons.power import Power, size_of, size_text
from lessons.rate import LEAST, MOST, Rate, kept, rate_from, rate_text, typed
from lessons.rows import Rows
from lessons.written import Written

LONGEST = 60        # no number or choice that we write is longer
LONGEST_TEXT = 1000 # nor any text that a lesson reads; a field takes no more, so that all of it fits through the wire
POWER = param.Number(bounds=(-6, 6))     # of ten


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
        """How many decimals are kept: about a hundred thousandth of the range, and whole numbers always."""
        low, high = parameter.bounds
        return max(0, 4 - math.floor(math.log10(high - low)))

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
        return (f'<label class="control"><span>{escape(parameter.label)}</span>'
                f'<input type="range" data-parameter="{name}" min="{low}" max="{high}" step="any" value="{value}" '
                f'data-step="{parameter.step or (high - low) / 100}" aria-valuetext="{spoken}">'
                f'<output data-says="{name}" aria-live="off">{spoken}</output></label>')


class PowerOfTen(Number):
    """A power of ten, so that a slider gives each of them the same room; a reader is told the number itself."""

    @staticmethod
    def says(parameter, value):
        return f'{size_text(size_of(value))} {parameter.doc or ""}'.rstrip()


class Integer(Number):
    """A whole number within bounds."""

    @classmethod
    def rounded(cls, parameter, value):
        return round(value)


class LearningRate(Number):
    """A rate of any size. It is typed, or set by a slider that sends {'log': its power of ten}; the slider rounds."""

    @staticmethod
    def grid(parameter):
        return 9

    @classmethod
    def tidy(cls, parameter, value, crop):
        if isinstance(value, dict):
            power = Number.tidy(POWER, value.get('log'), crop=True)
            value = float(f'{10 ** power:.3g}')
        if isinstance(value, str) and len(value) <= LONGEST:
            value = rate_from(value)
        if not crop and isinstance(value, float) and math.isfinite(value) and not LEAST <= value <= MOST:
            raise ValueError('it must be between a millionth and a million')
        return super().tidy(parameter, value, crop)

    @classmethod
    def rounded(cls, parameter, value):
        return kept(value)

    @staticmethod
    def written(value):
        return f'{value:.12g}'

    @staticmethod
    def says(parameter, value):
        return rate_text(value)

    @staticmethod
    def set_to(value):
        return {'text': typed(value), 'range': math.log10(value)}

    @classmethod
    def control(cls, parameter, name, value):
        low, high = (math.log10(end) for end in parameter.slider)
        label, spoken, states = escape(parameter.label), escape(cls.says(parameter, value)), cls.set_to(value)
        return (f'<div class="control typed"><span>{label}</span>'
                f'<input type="text" data-parameter="{name}" value="{states["text"]}" aria-label="{label}: type a number, or '
                f'a fraction such as 1/6" autocomplete="off" spellcheck="false" maxlength="{LONGEST}">'
                f'<input type="range" data-parameter="{name}" data-as="log" min="{low:g}" max="{high:g}" step="any" '
                f'value="{states["range"]}" data-step="{parameter.step}" aria-label="{label}" aria-valuetext="{spoken}"></div>')


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
        return ';'.join(','.join(f'{cell:.12g}' for cell in row) for row in value)

    @staticmethod
    def says(parameter, value):
        return f'{len(value)} rows'


class Pasted(Table):
    """Points that may be pasted as a table. One that can't be read stays in its field, with what is wrong in which line."""
    KEPT, LONG = 'stay as they were', True

    @classmethod
    def tidy(cls, parameter, value, crop):
        if isinstance(value, str):
            value = points_from(value, parameter.most, parameter.furthest)
        return super().tidy(parameter, value, crop)

    @staticmethod
    def set_to(value):
        return table_of(value)

    @staticmethod
    def says(parameter, value):
        return f'{len(value)} point{"" if len(value) == 1 else "s"}'

    @classmethod
    def control(cls, parameter, name, value):
        return (f'<details class="control table"><summary><span>{escape(parameter.label)}: paste a table '
                f'(<span data-says="{name}">{cls.says(parameter, value)}</span>)</span></summary>'
                f'<label><span>A point on each line: x, y and the class, 0 or 1. At most {parameter.most}.</span>'
                f'<textarea rows="6" data-parameter="{name}" data-keeps spellcheck="false" autocomplete="off" '
                f'autocapitalize="off" maxlength="{LONGEST_TABLE + 1}">{escape(table_of(value))}</textarea></label>'
                f'<p data-complaint="{name}" role="status"></p>'
                f'<button type="button" data-take>Take these points</button></details>')


class Text(Kind):
    """A short text that means something. What can't be read stays in its field, with a sentence beside it."""
    LONG = True                         # it may be longer than a number

    @staticmethod
    def tidy(parameter, value, crop):
        if not isinstance(value, str):
            raise ValueError('it is not a text')
        try:
            parameter.reads(value)
        except ValueError as reason:
            raise ValueError(str(reason).removesuffix('.')) from None
        return ' '.join(value.split())

    @staticmethod
    def written(value):
        return value

    @staticmethod
    def says(parameter, value):
        return value or 'nothing'

    @staticmethod
    def control(parameter, name, value):
        label = escape(parameter.label)
        return (f'<div class="control words"><label><span>{label}</span><input type="text" data-parameter="{name}" data-keeps '
                f'value="{escape(value)}" placeholder="{escape(parameter.example)}" autocomplete="off" autocapitalize="off" '
                f'spellcheck="false" maxlength="{LONGEST_TEXT}"></label>'
                f'<p data-complaint="{name}" role="status"></p></div>')


class Drawing(Kind):
    """A drawing of ink and paper, as a text of a few signs. It has no native control: it is drawn."""
    LONG = True

    @staticmethod
    def tidy(parameter, value, crop):
        if not isinstance(value, str):
            raise ValueError('it is not a drawing')
        return text_of(bits_of(value, parameter.side))          # one text for each drawing

    @staticmethod
    def written(value):
        return value

    @staticmethod
    def says(parameter, value):
        ink = int(bits_of(value, parameter.side).sum())
        return f'{ink} pixels of ink' if ink else 'nothing'


# The first that fits: a Rate and an Integer are Numbers too, Points are Rows, and Rows are a List.
KINDS = {param.Boolean: Boolean, Rate: LearningRate, Power: PowerOfTen, param.Integer: Integer, param.Number: Number,
         param.Selector: Choice, Points: Pasted, Rows: Table, Written: Text, Drawn: Drawing}


def kind_of(parameter):
    """The kind of a Parameter; TypeError, with its name, for one that lessons can't have yet."""
    for parameter_class, kind in KINDS.items():
        if isinstance(parameter, parameter_class):
            return kind
    raise TypeError(f'{parameter.name} is a {type(parameter).__name__}, and app/kinds.py knows no such kind')
