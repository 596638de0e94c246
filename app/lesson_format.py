"""A lesson is Markdown beside a state: this reads it, checks every name in it, and keeps the result.

A mistake in a lesson (a widget, an option, a value, a symbol that does not exist) is a LessonError that names the
lesson and the line, and the nearest right name.
"""
import json
import re
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qsl

import app.widgets
import lessons
from app import formula, myst, parameters, pillars
from app.formula import nearest
from app.live_numbers import expressions, value

FOLDER = Path(lessons.__file__).parent
FENCE = re.compile(r'\{([\w-]+)\}\s*(.*)')
OPTION = re.compile(r':([\w-]+):\s*(.*)')
TAKEN = {'banner', 'text', 'root', 'page-data'}     # ids of the page around a lesson
NAME = re.compile(r'[a-z][a-z0-9-]*')
SET = re.compile(r'\\(?:text|class|word|value|begin|end|operatorname|mathrm)\s*\{[^{}]*\}|\\[A-Za-z]+')


class LessonError(ValueError):
    """A mistake in a lesson, with its place: 'lessons/loss/lesson.md, line 12: …'."""


@dataclass(frozen=True)
class Placement:
    """A widget's place in a text: `:::{draggable-line} fit-the-line`, its options, and the words inside."""
    widget: str
    name: str
    options: dict
    body_html: str = ''
    line: int = 0


@dataclass(frozen=True)
class Lesson:
    slug: str
    title: str
    question: str           # the first paragraph, as plain text
    state_class: type
    blocks: tuple           # HTML texts and Placements, in reading order; the title is not among them
    symbols: tuple = ()     # the notation it uses, in order of appearance
    title_html: str = ''

    @property
    def placements(self):
        return [block for block in self.blocks if isinstance(block, Placement)]

    @property
    def texts(self):
        """Everything with words in it, as HTML: where live numbers may stand."""
        words = [block for block in self.blocks if isinstance(block, str)]
        return [self.title_html, *words, *(placement.body_html for placement in self.placements)]


@cache
def read_lesson(slug):
    """The lesson of this slug, parsed once; raises KeyError for one that is not written."""
    if slug not in lessons.WRITTEN:
        raise KeyError(slug)
    folder = slug.replace('-', '_')
    state_class = import_module(f'lessons.{folder}.state').State
    return parse(slug, (FOLDER / folder / 'lesson.md').read_text('utf-8'), state_class)


def parse(slug, text, state_class):
    """The Lesson that `text` holds."""
    return _Reader(slug, state_class).read(text)


@dataclass
class _Reader:
    """One pass over one lesson."""
    slug: str
    state_class: type
    names: set = field(default_factory=set)
    symbols: dict = field(default_factory=dict)
    inside: str = ''        # the fence whose words are being read

    def read(self, text):
        self.example = self.state_class()
        tokens = self.parse(text)
        if not tokens or tokens[0].tag != 'h1':
            raise self.error(1, 'a lesson begins with its title, “# …”')
        if len(tokens) < 6 or tokens[3].type != 'paragraph_open':
            raise self.error(tokens[0].map[1] + 1, 'after the title comes a paragraph: the question of the lesson')
        if [token for token in tokens[1:] if token.type == 'heading_open' and token.tag == 'h1']:
            raise self.error(1, 'a lesson has one title; the others are “## …”')
        blocks, prose = [], []
        for token in tokens[3:]:
            if token.type == 'colon_fence' and not token.meta.get('html'):
                blocks += [myst.html(prose), token.meta['placement']]
                prose = []
            else:
                prose.append(token)
        blocks.append(myst.html(prose))
        return Lesson(
            slug=self.slug, title=plain(tokens[1], self.example), question=plain(tokens[4], self.example),
            state_class=self.state_class,
            blocks=tuple(block for block in blocks if block), symbols=tuple(self.symbols),
            title_html=myst.html([tokens[1]]))

    def error(self, line, sentence):
        return LessonError(f'lessons/{self.slug.replace("-", "_")}/lesson.md, line {line}: {sentence}')

    def parse(self, text, offset=0):
        """The tokens of a text, every name in them checked; `offset` is the line before its first."""
        tokens = myst.parse(text)
        for token in tokens:
            line = offset + (token.map[0] + 1 if token.map else 1)
            if token.type == 'inline':
                self.inline(token, line)
            elif token.type.startswith('math_block'):
                self.formula(token, line, display=True)
            elif token.type == 'colon_fence':
                self.fence(token, line)
        return tokens

    def inline(self, parent, line):
        """Formulas, live numbers, terms and links within a paragraph; counts its lines."""
        for token in parent.children:
            if token.type in ('softbreak', 'hardbreak'):
                line += 1
            elif token.type.startswith('math_inline'):
                self.formula(token, line)
            elif token.type == 'myst_role':
                self.role(token, line)
            elif token.type == 'link_open':
                self.link(token, line)

    def formula(self, token, line, display=False):
        if words := re.findall(r'[A-Za-z]{3,}', SET.sub(' ', token.content)):
            raise self.error(line, f'“{words[0]}” in a formula: a word is set as \\text{{{words[0]}}}, '
                                   'and a dollar sign that begins no formula is written \\$')
        for shown in formula.values(token.content):
            self.check_value(shown, line)
        try:
            token.meta['html'] = formula.mathml(token.content, display)
        except formula.FormulaError as reason:
            raise self.error(line, str(reason)) from None
        self.symbols |= dict.fromkeys(formula.symbols(token.content))

    def role(self, token, line):
        name, content = token.meta['name'], token.content.strip()
        if name == 'value':             # changes under the reader's hands; spoken by the handle, not all at once
            self.check_value(content, line)
            token.meta['html'] = f'<output data-value="{escape(content)}" aria-live="off"></output>'
        elif name == 'fact':            # computed just so, but never changes
            self.check_value(content, line)
            token.meta['html'] = f'<span data-value="{escape(content)}"></span>'
        elif name == 'term':
            token.meta['html'] = f'<dfn>{escape(content)}</dfn>'
        elif name == 'pillar':          # which of the three kinds of mathematics a step is
            if content not in pillars.PILLARS:
                raise self.error(line, f'unknown pillar {content}: {nearest(content, list(pillars.PILLARS))}')
            token.meta['html'] = pillars.html(content)
        else:
            raise self.error(line, f'unknown role {{{name}}}: {nearest(name, ["value", "fact", "term", "pillar"])}')

    def check_value(self, shown, line):
        expression = shown.partition(':')[0]
        right = expressions(self.state_class)
        if expression not in right:
            raise self.error(line, f'unknown value {expression}: {nearest(expression, right)}')
        try:
            value(self.example, shown)
        except (ValueError, TypeError) as reason:
            raise self.error(line, f'{shown} can not be shown: {reason}') from None

    def link(self, token, line):
        """A link to a lesson is written as its slug; to one that is not written yet, it is only words."""
        target, _, fragment = token.attrGet('href').partition('#')
        if target.startswith('?'):
            self.setting(token, target[1:], fragment, line)
            return
        if ':' in target or not target:
            return
        target = target.strip('/')
        if target not in lessons.COURSE:
            raise self.error(line, f'unknown lesson {target}: {nearest(target, lessons.COURSE)}')
        if target in lessons.WRITTEN:
            token.attrSet('href', f'/{target}' + (f'#{fragment}' if fragment else ''))
        else:
            token.attrs = {'class': 'unwritten'}

    def setting(self, token, query, fragment, line):
        """[words](?rate=1/6#the-widget) sets what it names and leads to a widget, as a link to the page would.

        All else goes to its default, but for what only the page remembers and what a state KEEPS.
        """
        asked = dict(parse_qsl(query))
        values, notice = parameters.read(self.state_class, asked)
        if notice or not asked or asked.keys() - values.keys():
            why = notice or nearest(next(iter(asked.keys() - values.keys()), query), values)
            raise self.error(line, f'the link ?{query} can not be followed: {why}')
        link, fragment_part = parameters.query(self.state_class, values), f'#{fragment}' if fragment else ''
        usual = parameters.defaults(self.state_class)
        set_here = {name: value for name, value in values.items() if value != usual[name]}
        token.attrs = {'href': f'/{self.slug}?{link}{fragment_part}', 'data-try': fragment, 'data-set': json.dumps(set_here)}

    def fence(self, token, line):
        found = FENCE.fullmatch(token.info.strip())
        if not found:
            raise self.error(line, 'a widget is placed with :::{widget} name')
        widget, name = found[1], found[2].strip()
        if token.level or self.inside:
            around = self.inside or 'a list or a quotation'
            raise self.error(line, f'{widget} stands inside {around}; it needs a place of its own')
        lines, options = token.content.split('\n'), {}
        while lines and (option := OPTION.fullmatch(lines[0].strip())):
            options[option[1]] = (option[2].strip(), line + 1 + len(options))
            lines.pop(0)
        self.inside = widget
        body = myst.html(self.parse('\n'.join(lines), offset=line + len(options)))
        self.inside = ''
        if widget == 'aside':
            token.meta['html'] = f'<aside>{f"<h3>{escape(name)}</h3>" if name else ""}{body}</aside>'
            return
        if widget == 'notation':
            token.meta['html'] = self.notation(token.content.split(), line)
            return
        self.check_placement(widget, name, options, line)
        plain_options = {option: chosen for option, (chosen, _) in options.items()}
        placement = token.meta['placement'] = Placement(widget, name, plain_options, body, line)
        try:
            getattr(app.widgets.WIDGETS[widget], 'check', lambda *_: None)(placement, self.example)
        except Exception as reason:     # also what a lesson's own method raises when it is asked for the truth
            raise self.error(line, f'{widget} {name}: {reason}') from None

    def notation(self, names, line):
        """:::{notation} with the names of symbols in it: a table of what they mean, and of what other books write."""
        for name in names:
            if name not in formula.NOTATION:
                raise self.error(line, f'unknown symbol {name}: {nearest(name, formula.NOTATION)}')
        self.symbols |= dict.fromkeys(names)
        rows = ''.join(f'<tr><th scope="row">{symbol}</th><td>{means}</td><td>{elsewhere}</td></tr>'
                       for symbol, means, elsewhere in formula.legend(names))
        return ('<div class="table"><table class="symbols"><thead><tr><th scope="col">Here</th><th scope="col">Meaning</th>'
                f'<th scope="col">Elsewhere</th></tr></thead><tbody>{rows}</tbody></table></div>')

    def check_placement(self, widget, name, options, line):
        widgets = app.widgets.WIDGETS
        if widget not in widgets:
            raise self.error(line, f'unknown widget {widget}: {nearest(widget, widgets)} (app/widgets/__init__.py)')
        if name in TAKEN:
            raise self.error(line, f'{name} is what the page itself is made of; this {widget} needs another name')
        if not NAME.fullmatch(name):
            raise self.error(line, f'a {widget} needs a name for its address: small letters, digits, hyphens')
        if name in self.names:
            raise self.error(line, f'{name} is already the name of another widget in this lesson')
        self.names.add(name)
        allowed = widgets[widget].OPTIONS
        for option, (chosen, at) in options.items():
            if option not in allowed:
                raise self.error(at, f'unknown option {option} of {widget}: {nearest(option, allowed)}')
            self.check_option(widget, option, chosen, allowed[option], at)

    def check_option(self, widget, option, chosen, allowed, line):
        if callable(allowed):
            try:
                right, why = allowed(chosen), f'{chosen} is not allowed'
            except ValueError as reason:
                right, why = False, str(reason)
        else:
            right, why = chosen in allowed, f'unknown value {chosen}: {nearest(chosen, allowed)}'
        if right is False:
            raise self.error(line, f'option {option} of {widget}: {why}')


def plain(inline, state):
    """The words of an inline token, without marks, formulas as they are spoken."""
    words = []
    for token in inline.children:
        if token.type in ('softbreak', 'hardbreak'):
            words.append(' ')
        elif token.type.startswith('math_'):
            words.append(formula.said(token.content))
        elif token.type == 'myst_role' and token.meta['name'] in ('value', 'fact'):
            words.append(value(state, token.content.strip()))
        else:
            words.append(token.content)
    return ''.join(words)
