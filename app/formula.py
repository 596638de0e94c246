"""A formula is written in TeX and set as MathML, which every browser of today draws by itself and reads aloud.

Symbols come from lessons/notation.toml: `\\loss` is an L in the colour of losses, everywhere. `\\value{slope:,.0f}` is
a number of the page's state; its place is left empty here and filled when a page is drawn (live_numbers).
"""
import difflib
import re
import tomllib
from functools import cache
from html import escape, unescape
from pathlib import Path
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element

NOTATION = tomllib.loads((Path(__file__).parents[1] / 'lessons' / 'notation.toml').read_text('utf-8'))
CLASSES = ('data', 'model', 'loss', 'gradient', 'step', 'hidden')

VALUE = re.compile(r'\\value\s*\{([^{}]*)\}')
WORD = re.compile(r'\\word\s*\{([^{}]*)\}')
UPRIGHT = re.compile(r'\\mathrm\s*\{(\w)\}')
COMMAND = re.compile(r'\\([A-Za-z]+)')
PRIMES = ('′', '″', '‴', '&#x02032;', '&#x02033;', '&#x02034;')
LIMITS = ('lim', 'max', 'min')
CHILDREN = {'mfrac': 2, 'msub': 2, 'msup': 2, 'msubsup': 3, 'munder': 2, 'mover': 2, 'munderover': 3}
PLACE = 0xE000      # private characters hold the places of live numbers while latex2mathml is at work


class FormulaError(ValueError):
    """Something in a formula that can't be set; says what, and the nearest right name."""


@cache
def mathml(tex, display=False):
    """The MathML of `tex`; with `display`, as a formula on a line of its own."""
    root = _element(tex, display)
    if not values(tex):                 # a formula with live numbers is read from its MathML, so that it is never stale
        root.set('alttext', spoken(root))
    return tostring(root, encoding='unicode', short_empty_elements=False)


def _element(tex, display):
    try:
        root = convert_to_element(_expand(tex), display='block' if display else 'inline')
        _mend(root, values(tex), tex)
    except FormulaError:
        raise
    except Exception as reason:             # latex2mathml has many of its own, and some plain IndexErrors
        raise FormulaError(f'${tex.strip()}$ can not be set: {reason or type(reason).__name__}') from reason
    return root


def values(tex):
    """What the live numbers of a formula show, in order: ['slope:,.0f']."""
    return [found.strip() for found in VALUE.findall(tex)]


def symbols(tex):
    """The names of the notation that a formula uses, in order of appearance."""
    found = COMMAND.findall(tex) + WORD.findall(tex)
    return [name for name in dict.fromkeys(found) if name in NOTATION]


def nearest(name, among):
    """' Did you mean …?' with the right name nearest to a wrong one, or the list of right names."""
    close = difflib.get_close_matches(name, among, 1)
    return f'did you mean {close[0]}?' if close else 'there is ' + ', '.join(sorted(among))


def _expand(tex):
    """TeX that latex2mathml understands: symbols in their classes, live numbers as private characters."""
    counter = iter(range(PLACE, 0xF8FF))
    tex = VALUE.sub(lambda found: '{' + chr(next(counter)) + '}', tex)
    tex = UPRIGHT.sub(r'\\text{\1}', tex)               # latex2mathml forgets that a single letter stands upright
    tex = WORD.sub(lambda found: _symbol(found[1].strip(), word=True), tex)
    return COMMAND.sub(lambda found: _symbol(found[1]) if found[1] in NOTATION else found[0], tex)


def _symbol(name, word=False):
    if name not in NOTATION:
        raise FormulaError(f'unknown symbol {name} in \\word: {nearest(name, NOTATION)}')
    symbol = NOTATION[name]
    drawn = rf'\text{{{symbol.get("word", name)}}}' if word else symbol['tex']
    return rf'\class{{{symbol["class"]} {name}}}{{{drawn}}}'


def _mend(root, shown, tex):
    """What latex2mathml leaves to be desired: live numbers, unknown commands, upright letters, hats."""
    for element in root.iter():
        text = element.text = unescape(element.text or '')
        if len(element) != CHILDREN.get(element.tag, len(element)):
            raise FormulaError(f'${tex.strip()}$ is not finished')
        if text.startswith('\\'):
            raise FormulaError(f'unknown symbol {text} in ${tex.strip()}$: {nearest(text[1:], NOTATION)}')
        if text == '&':
            raise FormulaError(f'a lone & in ${tex.strip()}$: lines are aligned in \\begin{{align*}}')
        if len(text) == 1 and 0 <= ord(text) - PLACE < len(shown):
            element.tag, element.text = 'mn', ''
            element.set('data-value', shown[ord(text) - PLACE])
        elif element.tag == 'mi' and len(text) == 1:
            _upright(element, text)
        elif element.tag in ('mo', 'mi') and len(text) > 1 and text.isascii() and text.isalpha():
            element.tag = 'mo'                          # lim, max, log: names, spaced as in print
            element.attrib = {'lspace': '0', 'rspace': '0.1667em'}
        elif element.tag == 'mo' and text == '^':
            element.text = 'ˆ'                          # the accent, not the keyboard's caret
            element.set('stretchy', 'false')
        elif element.tag == 'mrow' and element.get('class'):
            _meaning(element, tex)
        elif element.tag == 'msup' and (element[1].text or '') in PRIMES:
            element.tag, element[1].tag = 'mrow', 'mo'  # a prime is raised by its own drawing, not once more
            element[1].attrib = {'lspace': '0', 'rspace': '0', 'class': 'prime'}
        elif element.tag == 'msub' and root.get('display') == 'block' and element[0].text in LIMITS:
            element.tag = 'munder'
        elif element.tag == 'msqrt':                    # a strut: or its sign hangs below the line, over a small letter
            element.insert(0, element.makeelement('mspace', {'width': '0', 'height': '0.85em', 'depth': '0.1em'}))
        elif element.tag == 'mtd' and element.get('columnalign'):
            element.set('class', element.attrib.pop('columnalign'))
    for parent in root.iter():
        for name, after in zip(parent, list(parent)[1:], strict=False):
            if name.get('rspace') and after.text == '(':
                name.set('rspace', '0')
    del root.attrib['xmlns']                            # in HTML a formula needs none


def _upright(element, letter):
    if not letter.isalnum():
        if letter not in '∞%$':
            element.tag = 'mo'
    elif 'Α' <= letter <= 'Ω' and not element.get('mathvariant'):
        element.set('mathvariant', 'normal')            # capital Greek stands upright, as in print


def _meaning(element, tex):
    """`\\class{model slope}{…}`: the first word is a colour of our own, the second the symbol's name."""
    colour, _, name = element.get('class').partition(' ')
    if colour not in CLASSES:
        raise FormulaError(f'unknown class {colour} in ${tex.strip()}$: {nearest(colour, CLASSES)}')
    element.set('class', colour)
    if name:
        element.set('data-symbol', name)


def said(tex):
    """A formula without live numbers in words, for a page's description."""
    return spoken(_element(tex, False))


def spoken(element):
    """A formula in one line of words and signs: 'loss = (1)/(n) ∑_i (prediction_i − target_i)^(2)'."""
    name = element.get('data-symbol')
    if name:
        return NOTATION[name].get('word', name)
    parts = [spoken(child) for child in element]
    match element.tag:
        case 'mfrac':
            return f'({parts[0]})/({parts[1]})'
        case 'msub' | 'munder':
            return f'{parts[0]}_{_group(parts[1])}'
        case 'msup':
            return f'{parts[0]}^{_group(parts[1])}'
        case 'msubsup' | 'munderover':
            return f'{parts[0]}_{_group(parts[1])}^{_group(parts[2])}'
        case 'msqrt':
            return f'√({" ".join(filter(None, parts))})'
        case 'mtr':
            return ' '.join(parts) + ';'
    if not parts:
        return (element.text or '').strip()
    return re.sub(r'(?<=[(\[]) | (?=[)\],;′″])', '', ' '.join(part for part in parts if part))


def _group(text):
    return text if len(text) == 1 else f'({text})'


def legend(names):
    """The symbols of these names as HTML rows: symbol, meaning, what other books write."""
    return [(mathml('\\' + name), escape(NOTATION[name]['means']), escape(NOTATION[name].get('elsewhere', '')))
            for name in names]
