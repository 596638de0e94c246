"""A code twin: the computation of this page as a program, with the reader's numbers in it.

    :::{listing} the-same-in-numpy
    :of: code
    The words above it.
    :::

The state's method `code` returns lines, (text, lit) each: a line of Python without its newline, and the names of what it is
lit up together with ('' for none; several with a space between them). For programs side by side it returns
{'numpy': lines, 'PyTorch': lines}. The lines follow the state: only those that differ are written anew, so that a hand
on a linked number sees its line change and glow.

It is the first of the widgets that are words: `pieces(state, **options)` is what follows the state, and the HTML of its
figure has a [data-pieces] for each of them, in that order. Any widget can do the same, with rows of a table for example.
"""
import re
from html import escape

OPTIONS = {'of': str.isidentifier}

TOKEN = re.compile(r"""(?P<comment>\#.*)|(?P<string>'[^']*'|"[^"]*")|(?P<word>[A-Za-z_]\w*)|"""
                   r'(?P<number>\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?)')
KEYWORDS = {'and', 'as', 'class', 'def', 'else', 'False', 'for', 'from', 'if', 'import', 'in', 'is', 'lambda', 'None', 'not',
            'or', 'raise', 'return', 'self', 'True', 'while', 'with', 'yield', 'elif', 'pass'}


def check(placement, state):
    """ValueError, in a sentence for the lesson's author, for a program that can't be shown."""
    if not callable(getattr(state, placement.options.get('of', ''), None)):
        raise ValueError(f'a listing needs :of:, a method of the state; there is none called {placement.options.get("of")}')
    pieces(state, **placement.options)


def draws(placement):
    return False


def programs(state, of):
    """{title: lines}; a single program has no title."""
    found = getattr(state, of)()
    return found if isinstance(found, dict) else {'': found}


def pieces(state, of):
    """What follows the state: for each program, the [HTML, lit] of each line."""
    return [[[coloured(text), lit] for text, lit in lines] for lines in programs(state, of).values()]


def html(state, placement, kept, picture):
    titles, name = list(programs(state, **placement.options)), escape(placement.name)
    shown = ''.join(program(title, lines) for title, lines in zip(titles, pieces(state, **placement.options), strict=True))
    words = f'<figcaption>{placement.body_html}</figcaption>' if placement.body_html else ''
    return (f'<figure class="listing" id="{name}" data-pieced="{name}" data-listing="{name}">{words}'
            f'<div class="programs">{shown}</div></figure>')


def program(title, lines):
    """One program: what it is called, a button to copy it, its lines."""
    said = escape(f'the program in {title}' if title else 'the program')
    head = f'<b>{escape(title)}</b>' if title else ''
    code = ''.join(line(*parts) for parts in lines)
    return (f'<div class="program"><p class="head">{head}<button type="button" class="quiet" data-copy aria-label="Copy {said}">'
            f'Copy</button></p><pre tabindex="0" role="region" aria-label="{said[0].upper()}{said[1:]}"><code data-pieces>{code}'
            '</code></pre></div>')


def line(shown, lit):
    """A line, and what it is lit up together with; the arrow keys reach each of those."""
    linked = f' data-lit="{escape(lit)}" tabindex="-1"' if lit else ''
    return f'<span{linked}>{shown}</span>'


def coloured(text):
    """A line of Python as HTML: comments, strings, keywords, numbers and what is called have classes of their own.

    So has what stands before the line, and it may be broken after each opening bracket: on a phone long lines are.
    """
    at = len(text) - len(text.lstrip())
    parts = [f'<i class="in{at}">{text[:at]}</i>'] if at else []
    for found in TOKEN.finditer(text):
        kind, word = found.lastgroup, found[0]
        if kind == 'word':
            called = text[found.end():found.end() + 1] == '('
            kind = 'keyword' if word in KEYWORDS else 'function' if called else None
        parts.append(escape(text[at:found.start()], quote=False))
        shown = escape(word, quote=False)
        parts.append(f'<i class="{kind[0]}">{shown}</i>' if kind else shown)
        at = found.end()
    return (''.join(parts) + escape(text[at:], quote=False)).replace('(', '(<wbr>')
