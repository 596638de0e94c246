"""Several browser modules as one: for pages that can't ask our server for files, and so that a phone asks once, not twelve times.

We write modules as the browser reads them; there is no build step, and each is still served under its own name.
"""
import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / 'static'
IMPORT = re.compile(r"^import (?:\{([^}]*)\}|\* as (\w+)) from '\./([\w-]+)\.js'\s*;?$", re.M)
# As we write them: a comment on lines of its own, after two spaces, or alone in braces; indents, empty lines
COMMENT = re.compile(r'^\s*//.*\n|\s{2,}// .*$|(?<=\{) /\* [^*\n]* \*/ (?=\})|^[ ]+|^\n', re.M)
STYLE_COMMENT = re.compile(r'/\*.*?\*/\n?|^\s+', re.M | re.S)
SEVERAL = re.compile(r'^export (?:const|let) \w+ = (?:[\w.\'"-]+|\([^()]*\)), \w+ = .*', re.M)    # only the first would be found
EXPORT = re.compile(r'^export (?=(?:async )?(?:class|function\*?|const|let) (\w+))', re.M)


def bare(style):
    """A style sheet without comments and indents."""
    return STYLE_COMMENT.sub('', style)


def bundled(name, folder=STATIC):
    """The module `name` and all that it imports as one module without imports; ValueError for an import it can't read.

    Each file becomes a function that returns its exports, so that names in two files can't collide; the last one
    stays a module. Comments and indents stay behind: they are for people, and a fifth of what a phone would load.
    """
    done = {}

    def add(name):
        source = (folder / f'{name}.js').read_text(encoding='utf-8')
        for _, _, other in IMPORT.findall(source):
            if other not in done:
                add(other)
        names = EXPORT.findall(source)
        source = IMPORT.sub(take, source)
        if several := SEVERAL.search(source):
            raise ValueError(f'{name}.js: “{several[0]}” exports several names; give each a line of its own')
        if left := re.search(r'^(import|export (?:default|\{|\*)).*', source, re.M):
            raise ValueError(f'{name}.js: a bundle can not hold “{left[0]}”; write import {{ … }} or import * as … on one line')
        done[name] = names, source

    def take(found):
        names, everything, other = found.groups()
        return f'const {everything or "{" + names.replace(" as ", ": ") + "}"} = {variable(other)}'

    def variable(name):
        return 'module_' + name.replace('-', '_')

    add(name)
    _, last = done.pop(name)
    parts = [f'const {variable(other)} = (() => {{\n{EXPORT.sub("", source)}\nreturn {{ {", ".join(names)} }}\n}})()\n'
             for other, (names, source) in done.items()]
    return COMMENT.sub('', ''.join(parts) + last)
