"""Live numbers: `loss:,.0f` in a text is the state's `loss`, in that format."""
from app.numbers import show


def split(expression):
    """`'loss:,.0f'` → `('loss', ',.0f')`."""
    name, _, spec = expression.partition(':')
    return name, spec


def spoken(state, expression):
    """The text of a live number: a Parameter of the state or a method without arguments, formatted."""
    name, spec = split(expression)
    value = getattr(state, name)
    return show(value() if callable(value) else value, spec)
