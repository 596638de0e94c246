"""The wire between a reader's page and the engine: one invisible Panel component that carries every widget of the page.

In a notebook or in somebody's Panel app the same component brings a widget along and shows it:
`widget('loss', 'see-the-squares')`.
"""
import base64
import json
from functools import cache

import param

from app import pages, parameters, widgets
from app.host import Host
from app.jobs import Pool
from app.lesson_format import read_lesson
from app.live_numbers import fill
from app.server.assets import STATIC
from app.server.bokeh_calls import TextComponent
from app.server.bundle import bundled


class Wire(TextComponent):
    """Text up, one packed message down. The host does the thinking; it knows neither Panel nor the browser."""

    html = param.String('', doc='the widgets in base64, where the page does not have them already')

    def __init__(self, lesson, only=None, pool=None, **params):
        super().__init__(**params)
        self.host = Host(lesson, self._post, only, pool or own_pool(), self.soon)

    def _cleanup(self, root=None):
        """Panel calls this when a session ends, or the component is shown no more."""
        super()._cleanup(root)
        self.host.close()

    def _post(self, packed):
        self._send_msg({'b': packed})

    def _handle_msg(self, text):
        """Panel calls this for every message from the browser. Each is one JSON text."""
        try:
            message = json.loads(text)
        except (TypeError, ValueError, RecursionError):
            message = None                               # the host says so to the reader
        self.host.receive(message)

    def module(self):
        return bundled('notebook')


@cache
def own_pool():
    """Where there is no server of ours that has one. Its one worker comes with the first press, and goes with this process."""
    return Pool()


def widget(slug, name, **values):
    """One widget of a lesson as a Panel component, for any app or notebook; `values` are the lesson's Parameters."""
    lesson = read_lesson(slug)
    state = lesson.state_class(**parameters.defaults(lesson.state_class) | values)
    shown = [widgets.render(placement, state) for placement in lesson.placements if placement.name == name]
    if not shown:
        raise KeyError(f'{slug} has no widget {name}; it has {", ".join(p.name for p in lesson.placements)}')
    data = json.dumps(pages.page_data(state)).replace('<', '\\u003c')
    sheets = 'tokens.css', 'widgets.css', *pages.sheets([placement for placement in lesson.placements if placement.name == name])
    html = f'{fill(shown[0], state)}<script type="application/json" data-page>{data}</script>'
    return Wire(
        lesson, name, html=_packed(html), sizing_mode='stretch_width',
        stylesheets=[(STATIC / sheet).read_text(encoding='utf-8') for sheet in sheets])


def _packed(html):
    """In base64: a notebook writes a component's values into a script of its own, which a `</script>` in them would end."""
    return base64.b64encode(html.encode()).decode()
