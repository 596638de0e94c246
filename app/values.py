"""Live numbers: `loss:,.0f` in a text is the state's `loss`, in that format."""
import re
from html import unescape

from app.numbers import show

PLACE = re.compile(r'data-value="([^"]*)"')


def spoken(state, expression):
    """The text of a live number: a Parameter of the state or a method without arguments, formatted."""
    name, _, spec = expression.partition(':')
    value = getattr(state, name)
    return show(value() if callable(value) else value, spec)


def used(lesson):
    """The expressions of all live numbers in a lesson's words, each once."""
    words = [block if isinstance(block, str) else block.body_html for block in lesson.blocks]
    return list(dict.fromkeys(unescape(found) for text in words for found in PLACE.findall(text)))
