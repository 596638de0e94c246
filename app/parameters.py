"""Parameters on their way in and out: from an address, from a gesture, back into an address.

A value that comes from outside is never trusted and never lost in silence: it is cropped where that is meant, refused
with a sentence where it is not, and rounded to a grid so fine that nobody sees it, so that the address holds exactly
what the page shows.
"""
import math
from urllib.parse import quote, urlencode

import param

from lessons.rows import Rows

LONGEST = 2000      # characters of a query that mail programs, chats and course sites let through
LONGEST_VALUE = 60  # no number or choice that we write is longer


def names(state):
    """The Parameters of a state or state class, in the order they were written."""
    return [name for name in state.param if name != 'name']


def grid(parameter):
    """The number of decimals that a Number is rounded to: about a hundred thousandth of its range."""
    low, high = parameter.bounds
    return 4 - math.floor(math.log10(high - low))


def _number(parameter, value):
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError('it is not a number')
    value = float(value)                                    # ValueError for words
    if not math.isfinite(value):
        raise ValueError('it is not a finite number')
    return value


def _tidy(parameter, value, crop):
    """`value` as `parameter` holds it; raises ValueError when it can't."""
    if isinstance(parameter, Rows):
        rows = [list(row) for row in value]
        parameter._validate(rows)
        return rows
    if isinstance(parameter, param.Boolean):
        if value not in (True, False, '0', '1'):
            raise ValueError('it is neither 0 nor 1')
        return value in (True, '1')
    if isinstance(parameter, param.Selector):
        for choice in parameter.objects:
            if value == choice or value == str(choice):
                return choice
        raise ValueError('it is not one of the choices')
    value = _number(parameter, value)
    low, high = parameter.bounds
    if not crop and not low <= value <= high:
        raise ValueError('it is out of bounds')
    value = min(high, max(low, value))
    if isinstance(parameter, param.Integer):
        return round(value)
    return round(value, grid(parameter)) + 0.0              # + 0.0: no −0


def _from_text(parameter, text):
    if isinstance(parameter, Rows):
        return [[float(cell) for cell in row.split(',')] for row in text.split(';') if row]
    if len(text) > LONGEST_VALUE:
        raise ValueError('it is too long')
    return text


def _to_text(parameter, value):
    if isinstance(parameter, Rows):
        return ';'.join(','.join(f'{cell:.6g}' for cell in row) for row in value)
    if isinstance(parameter, param.Boolean):
        return str(int(value))
    return f'{value:.10g}' if isinstance(value, (int, float)) else str(value)


def defaults(state):
    return {name: state.param[name].default for name in names(state)}


def read(state_class, query):
    """The Parameters in a page's address: `(values, notice)`; what can't be used keeps its default, and is named."""
    values, refused = defaults(state_class), []
    for name in names(state_class):
        if name not in query:
            continue
        parameter = state_class.param[name]
        try:
            values[name] = _tidy(parameter, _from_text(parameter, query[name]), crop=False)
        except (ValueError, TypeError):
            refused.append(parameter.label.lower())
    if not refused:
        return values, None
    return values, f'The link’s value for {" and ".join(refused)} could not be used; the page starts from its own.'


def tidy(state, proposal):
    """What a gesture or a message proposes, made fit for `state`: `(values, notice)`. Numbers are cropped and rounded."""
    values, notice = {}, None
    for name, value in proposal.items():
        if name not in names(state):
            notice = 'This page has nothing of that name; nothing was changed.'
            continue
        try:
            values[name] = _tidy(state.param[name], value, crop=True)
        except (ValueError, TypeError) as reason:
            notice = f'{state.param[name].label} stays as it was: {reason}.'
    return values, notice


def _written(state_class, values):
    changed = {}
    for name in names(state_class):
        parameter, value = state_class.param[name], values[name]
        if value != parameter.default and getattr(parameter, 'in_link', True):
            changed[name] = _to_text(parameter, value)
    return changed


def query(state_class, values):
    """The shortest query string that brings these values back; what makes it longer than 2 kB is left out."""
    kept = {}
    for name, text in sorted(_written(state_class, values).items(), key=lambda item: len(item[1])):
        if len(urlencode({**kept, name: text}, safe=',;', quote_via=quote)) <= LONGEST:
            kept[name] = text
    return urlencode({name: kept[name] for name in names(state_class) if name in kept}, safe=',;', quote_via=quote)


def key(state_class, values):
    """One text for one page: the same for every address that shows the same numbers."""
    return urlencode(_written(state_class, values))


def large(state_class):
    """The Parameters that a page keeps in its memory, because an address may not hold them."""
    return [name for name in names(state_class) if isinstance(state_class.param[name], Rows)]
