"""The wire between one reader's page and the engine: one invisible Panel component that carries every widget of the page.

In a notebook or in somebody's Panel app the same component brings a widget along and shows it: `widget('models', 'fit-by-eye')`.
"""
import json
import re

import param
from panel.custom import JSComponent
from panel.io.state import set_curdoc

from app import pages, parameters, widgets
from app.host import Host
from app.lesson_format import read_lesson
from app.server.assets import STATIC

IMPORT = re.compile(r"^import \{([^}]*)\} from '\./([\w-]+)\.js'\s*;?$", re.M)
EXPORT = re.compile(r'^export (?=(?:async )?(?:class|function\*?|const|let) (\w+))', re.M)


def alone(name='wire', folder=STATIC):
    """The module `name` and all that it imports as one module without imports, for pages that cannot ask our server for files.

    Each file becomes a function that returns its exports, so that names inside two files cannot collide; the last one stays a module.
    """
    done = {}

    def add(name):
        source = (folder / f'{name}.js').read_text(encoding='utf-8')
        for _, other in IMPORT.findall(source):
            if other not in done:
                add(other)
        names = EXPORT.findall(source)
        source = IMPORT.sub(lambda found: f'const {{{found[1].replace(" as ", ": ")}}} = {variable(found[2])}', source)
        done[name] = names, source

    def variable(name):
        return 'module_' + name.replace('-', '_')

    add(name)
    _, last = done.pop(name)
    parts = [f'const {variable(other)} = (() => {{\n{EXPORT.sub("", source)}\nreturn {{ {", ".join(names)} }}\n}})()\n'
             for other, (names, source) in done.items()]
    return ''.join(parts) + last


class Wire(JSComponent):
    """Text up, one packed message down. The host does the thinking; it knows neither Panel nor the browser."""

    html = param.String('', doc='the widgets themselves, where the page does not have them already')

    _esm = ''
    _stylesheets = []

    def __init__(self, lesson, only=None, url=None, **params):
        super().__init__(**params)
        self._url = url
        self.host = Host(lesson, self._post, only)

    def _post(self, packed):
        self._send_msg({'b': packed})

    def _handle_msg(self, text):
        """Panel calls this for every message from the browser. Each is one JSON text."""
        try:
            message = json.loads(text)
        except (TypeError, ValueError, RecursionError):
            message = None                               # the host says so to the reader
        self.host.receive(message)

    def _comm_event(self, doc, event):
        """Relies on: every message comes by here. Panel would count itself busy and idle again, at three times the cost of a message."""
        with set_curdoc(doc):
            self._handle_msg(event.data)

    def _get_properties(self, doc):
        """Relies on: with bundle 'url' the browser imports `esm` as a module by its address, so that pages share one cached file."""
        properties = super()._get_properties(doc)
        if self._url:
            properties.update(bundle='url', esm=self._url, stylesheets=[], dev=False)
        else:
            properties.update(esm=alone())
        return properties


def widget(slug, name, **values):
    """One widget of a lesson as a Panel component that works in any Panel app or notebook; `values` are the lesson's Parameters."""
    lesson = read_lesson(slug)
    state = lesson.state_class(**parameters.defaults(lesson.state_class) | values)
    shown = [widgets.render(placement, state) for placement in lesson.placements if placement.name == name]
    if not shown:
        raise KeyError(f'{slug} has no widget {name}; it has {", ".join(p.name for p in lesson.placements)}')
    data = json.dumps(pages.page_data(state)).replace('<', '\\u003c')
    styles = [(STATIC / sheet).read_text(encoding='utf-8') for sheet in ('tokens.css', 'widgets.css')]
    return Wire(lesson, name, html=f'{"".join(shown)}<script type="application/json" data-page>{data}</script>', stylesheets=styles)
