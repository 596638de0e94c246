"""Live numbers: {value}`loss:,.0f` in a text is what the state's Parameter or method `loss` says, in the format `,.0f`.

A lesson is parsed once, for all readers, with every such place empty; `fill` writes the numbers of one state into it.
"""
import inspect
import re
from html import escape, unescape

from app.numbers import show

PLACES = re.compile(r'(data-value="([^"]*)"[^>]*>)(?=</)')


def fill(html, state):
    """`html` with every live number in its place."""
    return PLACES.sub(lambda found: found[1] + escape(value(state, unescape(found[2]))), html)


def value(state, shown):
    """The text of one live number, for example of 'loss:,.0f'."""
    expression, _, spec = shown.partition(':')
    got = getattr(state, expression)
    return show(got() if callable(got) else got, spec)


def expressions(state_class):
    """What a live number may show: the Parameters of a state, and its methods that need no argument."""
    found = [name for name in state_class.param if name != 'name']
    for owner in state_class.__mro__:
        if not owner.__module__.startswith('param'):
            found += [name for name, member in vars(owner).items() if not name.startswith('_')
                      and inspect.isfunction(member) and len(inspect.signature(member).parameters) == 1]
    return sorted(set(found) - {'settled'})


def used(texts):
    """What the live numbers in these texts show, each once."""
    return list(dict.fromkeys(unescape(shown) for text in texts for _, shown in PLACES.findall(text)))
