"""Markdown in MyST's syntax, which editors and GitHub know: fences of colons, $formulas$, and {roles}`…`.

Formulas, roles and fences are not drawn here: whoever checks them puts their HTML into `token.meta['html']`.
"""
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

UNITS = re.compile(r'(?:(?<=\d)|(?<=thousand)|^) (?=[%$]|ft|thousand)')      # a number and its unit stay on one line
CHECKED = ('math_inline', 'math_inline_double', 'math_block', 'math_block_label', 'myst_role', 'colon_fence')


def _ready(tokens, index, options, env):
    return tokens[index].meta['html']


def _heading(tokens, index, options, env):
    """Headings can be linked to: their id is their words."""
    words = re.sub(r'[^a-z0-9]+', '-', tokens[index + 1].content.lower()).strip('-')
    return f'<{tokens[index].tag} id="section-{words}">'


def _parser():
    parser = MarkdownIt('commonmark', {'typographer': True, 'html': False})
    parser.enable(['table', 'replacements', 'smartquotes'])
    parser.use(colon_fence_plugin).use(myst_role_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_blank_lines=False)
    parser.renderer.rules |= dict.fromkeys(CHECKED, _ready) | {
        'heading_open': _heading,
        'table_open': lambda *_: '<div class="table"><table>\n',
        'table_close': lambda *_: '</table></div>\n',
    }
    return parser


MARKDOWN = _parser()


def parse(text):
    """The tokens of a text."""
    tokens = MARKDOWN.parse(text)
    for token in tokens:
        if token.attrs.pop('style', '') == 'text-align:right':
            token.attrs['class'] = 'right'                  # a table's numbers, aligned by the style sheet
        for child in token.children or ():
            if child.type == 'text':
                child.content = UNITS.sub('\u00a0', child.content)
    return tokens


def html(tokens):
    return MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}).strip()
