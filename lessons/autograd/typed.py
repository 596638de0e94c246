"""An expression that the reader types, the numbers of its names, and the graph that follows. Kept for all readers."""
import re
from functools import lru_cache
from typing import NamedTuple

from core.expressions import Expression
from core.graph import Graph
from lessons.typed import number_from

GIVEN = (-2.0, 3.0, 10.0, 1.0, 0.5, 2.0, -1.0, 4.0)     # what a name is that the reader has given no number
SPARE = 'degmnpqrstuvwyzkljihcbxoaf'                    # names for what stands between the leaves and the result
ENTRY = re.compile(r'\s*([A-Za-z]\w*)\s*[=:]\s*([-+−]?[\d./]+(?:e[-+−]?\d+)?)\s*')
MOST = 1000.0                                           # as far as a number may go


class Computation(NamedTuple):
    """A graph, and where each of its nodes comes from."""
    graph: Graph
    places: dict    # node id → where its sign, or its name, stands in the text: ((begin, end), …)
    text: str


@lru_cache(256)
def read(text):
    """The Expression that a text is; ValueError, with a sentence, for one that is none."""
    return Expression(text)


@lru_cache(256)
def numbers_from(text):
    """{name: number} from 'a = -2, b = 3'; ValueError, with a sentence, for anything else.

    >>> numbers_from('a = -2, b = 1/4')
    {'a': -2.0, 'b': 0.25}
    """
    found = {}
    for entry in re.split('[,;]', text[:400]) if text.strip() else ():
        pair = ENTRY.fullmatch(entry)
        if not pair:
            raise ValueError(f'“{entry.strip()[:20]}” is not understood; numbers are written as in a = -2, b = 3.')
        try:
            found[pair[1]] = number_from(pair[2])
        except ValueError as reason:
            raise ValueError(f'{pair[1]} is given “{pair[2][:20]}”: {reason}.') from None
        if abs(found[pair[1]]) > MOST:
            raise ValueError(f'{pair[1]} is given {pair[2][:20]}, and may be {MOST:,.0f} at most in size.')
    if len(text) > 400:
        raise ValueError(f'it has {len(text):,} characters, and may have 400.')
    return found


def written(numbers):
    """The same the other way round.

    >>> written({'a': -2.0, 'b': 0.25})
    'a = -2, b = 0.25'
    """
    return ', '.join(f'{name} = {number:.12g}' for name, number in numbers.items())


def all_numbers(text, where):
    """A number for every name of an expression: the reader's, or one of GIVEN."""
    own = numbers_from(where)
    return {name: own.get(name, GIVEN[i]) for i, name in enumerate(read(text).names)}


@lru_cache(256)
def computation(text, where):
    """The Computation of an expression with these numbers; ValueError, with a sentence, where it has no value or no slope."""
    return computed(text, tuple(all_numbers(text, where).items()))


@lru_cache(256)
def computed(text, numbers, names=()):
    """The same for numbers that are given: ((name, number), …). names: of the results between, and of the last."""
    expression = read(text)
    values = expression.values(dict(numbers))
    taken = set(expression.names)
    spare = iter([*names, *(letter for letter in SPARE if letter not in taken and letter != 'f')])
    last = 'f' if 'f' not in taken and not names else None
    for part, value in zip(expression.parts, values, strict=True):
        if part.op:
            value.label = last if last and value is values[-1] else next(spare)
    graph = Graph(values[-1])
    return Computation(graph, {graph.id_of(value): part.places for part, value in zip(expression.parts, values, strict=True)},
                       expression.text)
