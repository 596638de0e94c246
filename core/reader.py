"""Reads an expression that somebody typed: from characters to tokens, from tokens to operations and what they work on.

Whoever types something that is no expression is told, in one sentence, what is not understood and where; places count
from 1. `expressions` says what the language is.
"""
import re
from typing import NamedTuple

FUNCTIONS = 'tanh', 'relu', 'exp'
LONGEST = 120       # characters,
MOST = 24           # operations,
DEEPEST = 12        # operations on the longest way to the result,
NAMES = 8           # and different names: more is no picture any more
SAME = str.maketrans({'−': '-', '–': '-', '×': '*', '·': '*', '∙': '*', '÷': '/', '\t': ' ', '\n': ' ', '\u00a0': ' '})
TOKEN = re.compile(r'(?P<number>(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)|(?P<name>[^\W\d²³][^\W²³]*)|'
                   r'(?P<sign>\*\*|[-+*/()^²³])|(?P<blank> +)')
NAME = re.compile(r'[A-Za-z][A-Za-z0-9]{0,5}')
POWERS = {'**': None, '^': None, '²': 2.0, '³': 3.0}
BINDS = {'+': 1, '-': 1, '*': 2, '/': 2}        # which operation comes first; a minus in front 3, powers 4
EXAMPLE = '(a*b)*(a+b)'


class Token(NamedTuple):
    """A piece of the text."""
    kind: str   # 'number', 'name', 'sign' or 'end'
    text: str
    at: int     # where it begins, from 0


class Part(NamedTuple):
    """An operation, or a leaf, of what was read."""
    op: str         # '' for a leaf, or '+', '-', '*', '/', '**', 'neg', 'tanh', 'relu', 'exp'
    operands: tuple  # of whole numbers: where they stand in the list of parts
    name: str       # of a leaf that has one
    number: float   # of a leaf that is written as a number; of '**' the exponent
    places: tuple   # of (begin, end): where its sign, or its name, stands in the text


class Reader:
    """Reads one text from left to right. Each method reads what it is called and returns where that stands in `parts`."""

    def __init__(self, text):
        self.text = checked(text)
        self.tokens, self.here, self.open = tokens(self.text), 0, []
        self.parts, self.leaves, self.depths = [], {}, []
        self.sum(0)
        if self.now.text == ')':
            raise ValueError(f'the bracket at place {self.now.at + 1} closes nothing.')
        if self.now.kind != 'end':
            before = self.tokens[self.here - 1]
            raise ValueError(f'between “{before.text}” and {self.spot()} an operation is missing, such as *.')

    @property
    def now(self):
        return self.tokens[self.here]

    def spot(self, token=None):
        token = token or self.now
        return spot(self.text, token.at, token.at + len(token.text))

    def take(self):
        self.here += 1
        return self.tokens[self.here - 1]

    def sum(self, least):
        """Operations that bind more tightly than `least`, from left to right."""
        left = self.signed()
        while BINDS.get(self.now.text, 0) > least:
            sign = self.take()
            left = self.add(sign.text, (left, self.sum(BINDS[sign.text])), sign)
        return left

    def signed(self):
        if self.now.text not in ('-', '+'):
            return self.power()
        sign = self.take()
        if sign.text == '-' and self.now.kind == 'number' and self.tokens[self.here + 1].text not in POWERS:
            number = self.take()
            return self.leaf(Token('number', self.text[sign.at:number.at + len(number.text)], sign.at), -self.number(number))
        inner = self.power()
        return inner if sign.text == '+' else self.add('neg', (inner,), sign)

    def power(self):
        base = self.atom()
        while self.now.text in POWERS:
            sign = self.take()
            base = self.add('**', (base,), sign, POWERS[sign.text] or self.exponent())
        return base

    def exponent(self):
        minus = self.now.text == '-' and self.take()
        if self.now.kind != 'number':
            raise ValueError(f'after the power {self.at_the_place()} a plain number is needed, such as 2 or -0.5.')
        exponent = self.number(self.take())
        if self.now.text in ('**', '^'):
            raise ValueError(f'a power of a power, at place {self.now.at + 1}, needs brackets: (a**2)**3.')
        return -exponent if minus else exponent

    def at_the_place(self):
        return 'at the end' if self.now.kind == 'end' else f'at {self.spot()}'

    def atom(self):
        token = self.now
        if token.kind == 'number':
            return self.leaf(self.take(), self.number(token))
        if token.kind == 'name':
            return self.function() if self.tokens[self.here + 1].text == '(' or token.text in FUNCTIONS else self.named()
        if token.text == '(':
            return self.bracket()
        if token.kind == 'end' and self.here and self.tokens[self.here - 1].text != '(':
            before = self.text[:token.at].rstrip()[-20:]
            raise ValueError(f'after “{before}” something is missing: a name, a number or a bracket.')
        if token.kind == 'end':
            raise ValueError('the bracket at the end needs something in it, and to be closed.')
        if token.text == ')' and self.here and self.tokens[self.here - 1].text == '(':
            raise ValueError(f'the brackets at place {token.at} are empty, and need something in them.')
        raise ValueError(f'at {self.spot()} a name, a number or a bracket is needed.')

    def bracket(self):
        self.open.append(self.take().at)
        if len(self.open) > DEEPEST:
            raise ValueError(f'the brackets are more than {DEEPEST} deep at place {self.open[-1] + 1}; a picture needs fewer.')
        inside = self.sum(0)
        if self.now.text != ')':
            if self.now.kind == 'end':
                raise ValueError(f'the bracket at place {self.open[-1] + 1} is never closed.')
            raise ValueError(f'at {self.spot()} an operation or a closing bracket is missing.')
        self.take()
        self.open.pop()
        return inside

    def function(self):
        token = self.take()
        if token.text not in FUNCTIONS:
            raise ValueError(f'there is no function {self.spot(token)}, only tanh, relu '
                             'and exp; to multiply, write *.')
        if self.now.text != '(':
            raise ValueError(f'{self.spot(token)} needs brackets: {token.text}(…).')
        return self.add(token.text, (self.bracket(),), token)

    def named(self):
        token = self.take()
        if token.text in self.leaves:
            index = self.leaves[token.text]
            part = self.parts[index]
            self.parts[index] = part._replace(places=(*part.places, (token.at, token.at + len(token.text))))
            return index
        if len(self.leaves) == NAMES:
            raise ValueError(f'{self.spot(token)} is one name too many; there may be {NAMES}.')
        self.leaves[token.text] = self.leaf(token, 0.0, token.text)
        return self.leaves[token.text]

    def number(self, token):
        number = float(token.text)
        if not number <= 1e12:
            raise ValueError(f'{self.spot(token)} is too large a number; a billion will do.')
        return number

    def leaf(self, token, number, name=''):
        return self.put(Part('', (), name, number, ((token.at, token.at + len(token.text)),)))

    def add(self, op, operands, sign, number=0.0):
        return self.put(Part(op, operands, '', number, ((sign.at, sign.at + len(sign.text)),)))

    def put(self, part):
        self.parts.append(part)
        self.depths.append(1 + max((self.depths[i] for i in part.operands), default=-1))
        operations, place = sum(bool(one.op) for one in self.parts), part.places[0][0] + 1
        if operations > MOST:
            raise ValueError(f'there are more than {MOST} operations from place {place} on; a picture needs fewer.')
        if self.depths[-1] > DEEPEST:
            raise ValueError(f'the operations are more than {DEEPEST} deep at place {place}; a picture needs fewer.')
        return len(self.parts) - 1


def checked(text):
    """The text with plain signs, or ValueError for one that is empty or far too long."""
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f'there is nothing to read; write something like {EXAMPLE}.')
    if len(text) > LONGEST:
        raise ValueError(f'it has {len(text):,} characters, and may have {LONGEST}.')
    return text.translate(SAME)


def tokens(text):
    """The pieces of a text, with an 'end' behind them."""
    found, at = [], 0
    while at < len(text):
        piece = TOKEN.match(text, at)
        if not piece:
            raise ValueError(f'{spot(text, at, at + 1)} is not understood; there are + - * / **, brackets, names and numbers.')
        if piece['name'] and not NAME.fullmatch(piece[0]):
            raise ValueError(f'{spot(text, at, piece.end())} is no name that can be used here: a name is a letter from a to z '
                             'and a few more letters or digits, such as a or w1.')
        if piece.lastgroup != 'blank':
            kind = next(kind for kind in ('number', 'name', 'sign') if piece[kind])
            found.append(Token(kind, piece[0], at))
        at = piece.end()
    return [*found, Token('end', '', len(text)), Token('end', '', len(text))]


def spot(text, begin, end):
    """A piece of a text and where it stands, for a sentence."""
    words = text[begin:end]
    return f'“{words if len(words) <= 14 else words[:12] + "…"}” (place {begin + 1})'
