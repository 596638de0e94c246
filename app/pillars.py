"""The three kinds of mathematics that hold a network up, each with one sign and one colour wherever it is named.

In a text {pillar}`algebra` sets the tag, in a scene `tag` and `tags` do. The sign tells them apart without the colour.
"""
from app.scene import mark

PILLARS = {'algebra': '×', 'probability': '%', 'calculus': '∂'}


def words(pillar):
    """'∂ calculus': how a tag reads."""
    return f'{PILLARS[pillar]} {pillar}'


def html(pillar):
    """The tag in a text; the sign is for the eye."""
    return f'<span class="pillar {pillar}"><i aria-hidden="true">{PILLARS[pillar]}</i>{pillar}</span>'


def tag(plane, pillar, x, y, **fields):
    """A mark: the tag at a place of its plane. `fields` are a text's: anchor, dx, dy, lit …"""
    return mark('text', plane, pillar, x=x, y=y, text=words(pillar), **fields)


def tags(plane, pillars, x, y, **fields):
    """Several tags as one mark, each in its own colour. `fields` are those of labels: anchor, lits …"""
    return mark('labels', plane, x=x, y=y, text=[words(pillar) for pillar in pillars], inks=list(pillars), **fields)
