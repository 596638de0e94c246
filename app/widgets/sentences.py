"""A sentence in a picture: broken into lines, each a mark, so that their number never changes."""
from textwrap import wrap

from app.scene import mark


def sentence(name, text, layout, height, meaning=None):
    """Text marks name-0, name-1, … at the heights `layout['says']`, with at most layout['wrap'] characters in each."""
    lines = wrap(text, layout['wrap'])
    most = len(layout['says'])
    if len(lines) > most:
        lines = [*lines[:most - 1], ' '.join(lines[most - 1:])]
    lines += [''] * (most - len(lines))
    left = layout.get('margin', 4 if layout['size'][0] < 600 else 20)
    return {f'{name}-{i}': mark('text', 'paper', meaning, x=left, y=height - below, text=line)
            for i, (below, line) in enumerate(zip(layout['says'], lines, strict=True))}
