"""Parameters on their way in and out: from an address, from a gesture, back into an address.

A value that comes from outside is never trusted and never lost in silence: it is cropped where that is meant, refused
with a sentence where it is not, and rounded, so that the address holds exactly what the page shows.
"""
import difflib
from urllib.parse import quote, urlencode

from app.kinds import LONGEST, Table, kind_of
from lessons.rows import Rows

LONGEST_QUERY = 2000    # characters that mail programs, chats and course sites let through
EMBEDDING = {'theme', 'background', 'height', 'hide'}      # what an address says about the frame, and not about the numbers


def names(state):
    """The Parameters of a state or state class, in the order they were written."""
    return [name for name in state.param if name != 'name']


def defaults(state):
    return {name: state.param[name].default for name in names(state)}


def read(state_class, query):
    """The Parameters in a page's address: `(values, notice)`; what can't be used keeps its default, and is named.

    A state's IMPLIES, {name: (other, value)}, says what an address means too that sets `name` and says nothing of `other`: who
    sends a drawing wants it looked at.
    """
    values, refused = defaults(state_class), []
    for name in names(state_class):
        if name not in query:
            continue
        parameter, text = state_class.param[name], query[name]
        kind = kind_of(parameter)
        try:
            if len(text) > LONGEST and not getattr(kind, 'LONG', kind is Table):
                raise ValueError('it is too long')
            values[name] = kind.tidy(parameter, kind.read(parameter, text), crop=False)
        except ValueError as reason:
            refused.append(f'{parameter.label.lower()} could not be used ({reason})')
    for other, value in implied(state_class, values):
        if other not in query:
            values[other] = value
    if refused:
        return values, f'The link’s value for {" and ".join(refused)}; the page starts from its own.'
    return values, _misspelt(state_class, query)


def implied(state_class, values):
    """What these values imply, as a state's IMPLIES has it: only what is set implies something."""
    return [meant for name, meant in getattr(state_class, 'IMPLIES', {}).items()
            if values[name] != state_class.param[name].default]


def _misspelt(state_class, query):
    """A word about a key that is nearly a Parameter's name: foreign keys are ignored, but a slip should not be."""
    known = names(state_class)
    for key in list(query)[:20]:
        near = difflib.get_close_matches(key[:LONGEST].lower(), known, 1, 0.8)
        if key not in known and key not in EMBEDDING and near:
            return f'The link sets something that is nearly, but not quite, called {near[0]}; the page starts from its own.'
    return None


def tidy(state, proposal):
    """What a gesture or a message proposes, made fit for `state`: `(values, notice)`. Numbers are cropped and rounded.

    A state may have `refuses(values)`, which says in a sentence why it cannot take those of its TOGETHER as they would be, or ''.
    """
    values, notice = {}, None
    for name, value in proposal.items():
        if name not in names(state):
            notice = 'This page has nothing of that name.'
            continue
        parameter = state.param[name]
        try:
            values[name] = kind_of(parameter).tidy(parameter, value, crop=True)
        except ValueError as reason:
            notice = f'{parameter.label} {getattr(kind_of(parameter), "KEPT", "stays as it was")}: {reason}.'
    if values and (reason := getattr(state, 'refuses', lambda values: '')(values)):        # what cannot be together
        return {name: value for name, value in values.items() if name not in state.TOGETHER}, reason
    return values, notice


def query(state_class, values):
    """The shortest query string that brings these values back; what makes it longer than 2 kB is left out."""
    said = {other for other, _ in implied(state_class, values)}        # what would be taken for something else
    kept, texts = {}, {name: kind_of(state_class.param[name]).written(values[name]) for name in names(state_class)
                       if (values[name] != state_class.param[name].default or name in said)
                       and getattr(state_class.param[name], 'in_link', True)}
    for name, text in sorted(texts.items(), key=lambda item: len(item[1])):
        if len(_encoded({**kept, name: text})) <= LONGEST_QUERY:
            kept[name] = text
    return _encoded({name: kept[name] for name in names(state_class) if name in kept})


def _encoded(texts):
    return urlencode(texts, safe=',;', quote_via=quote)


def key(state_class, values):
    """One text for one page: the same for every address that shows the same numbers, and for no other."""
    changed = [name for name in names(state_class) if values[name] != state_class.param[name].default]
    return '&'.join(f'{name}={values[name]!r}' for name in changed)         # exact, where an address may round


def staying(state_class):
    """What a link in the words leaves alone unless it sets it: what only the page remembers, and a state's KEEPS.

    KEEPS names what cost the reader some work, such as a drawing.
    """
    kept = getattr(state_class, 'KEEPS', ())
    return [name for name in names(state_class) if name in kept or not getattr(state_class.param[name], 'in_link', True)]


def large(state_class):
    """The Parameters that a page keeps in its memory, because an address may not hold them."""
    return [name for name in names(state_class) if isinstance(state_class.param[name], Rows)]
