"""Lessons become pages: HTML with the words, the formulas and each widget's first picture, readable without scripts."""
import difflib
import json
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import param
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import app.widgets
import lessons
from app import formula, parameters
from app.lesson_format import Placement, read_lesson
from app.live_numbers import fill
from lessons.power import Power
from lessons.rows import Rows


def templates(folder):
    """The templates of a folder as they are now: files that change under a running server wait for the next one."""
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    for name in environment.list_templates():
        environment.get_template(name)
    return environment


TEMPLATES = templates(Path(__file__).parent / 'templates')
FONT = 'fonts/nudge-math.woff2'
NOTHING = MappingProxyType({})
PARTS = 'controls', 'captions', 'predict', 'prose', 'credit'    # what ?hide= leaves out, as theme.js and book.css know it

_assets = '/assets/now'


def set_assets(prefix):
    """Where the static files are: '/assets/' and a hash of their contents. The server says it once, at its start."""
    global _assets
    _assets = prefix.rstrip('/')


def render_lesson(lesson, values=NOTHING, notice=None, embed=False, only=None):
    """A lesson's page for these Parameters. As an `embed` it has no chrome, and with `only`, one widget of it."""
    state = lesson.state_class(**values)
    shown = [block for block in lesson.blocks if only is None or getattr(block, 'name', None) == only]
    if only is not None and not shown:
        raise KeyError(only)
    link = parameters.query(lesson.state_class, parameters.defaults(lesson.state_class) | dict(values))
    place = lessons.COURSE.index(lesson.slug)
    return TEMPLATES.get_template('embed.html' if embed else 'lesson.html').render(
        **_common(), lesson=lesson, notice=notice, only=only, link=f'?{link}' if link else '',
        body=Markup(fill('\n'.join(_html(block, state) for block in shown), state)),
        title_html=Markup(fill(lesson.title_html, state)),
        live=f'/live/embed/{lesson.slug}' + (f'/{only}' if only else '') if embed else f'/live/{lesson.slug}',
        data=_json(page_data(state)), symbols=formula.legend(lesson.symbols), number=place + 1,
        knobs=_knobs(state), parts=PARTS, sheets=sheets(lesson.placements),
        previous=_neighbour(lesson.slug, -1), next=_neighbour(lesson.slug, 1))


def page_data(state):
    """What the browser must know of a page's state: the values, their defaults, which are large, and which links leave alone."""
    names = parameters.names(state)
    return {'params': {name: getattr(state, name) for name in names}, 'defaults': parameters.defaults(state),
            'large': parameters.large(state), 'stays': parameters.staying(state)}


def render_home():
    """The course's front door."""
    written = _written()
    return TEMPLATES.get_template('home.html').render(
        **_common(), written=written, parts=list(_parts(written)), picture=_frontispiece(written), live='', data='')


def render_missing(path):
    """The page for an address that is none: what is near it, and where everything begins."""
    embed = path.startswith('/embed/')
    slug, _, widget = path.strip('/').removeprefix('embed/').partition('/')
    near = next(iter(difflib.get_close_matches(slug.lower(), lessons.COURSE, 1, .6)), None)
    found = read_lesson(near) if near in lessons.WRITTEN else None
    return TEMPLATES.get_template('missing.html').render(
        **_common(), path=path[:120], embed=embed, near=found, planned=near if near and not found else None, widget=widget[:60],
        widgets=[placement.name for placement in found.placements] if found and widget else [],
        written=_written(), live='', data='')


def _written():
    """The lessons that can be read, in the course's order."""
    return [read_lesson(slug) for slug in lessons.COURSE if slug in lessons.WRITTEN]


def _parts(written):
    """Each part of the course that has something to read: its name and its lessons."""
    starts = [*map(lessons.COURSE.index, lessons.PARTS), len(lessons.COURSE)]
    for name, (first, end) in zip(lessons.PARTS.values(), pairwise(starts), strict=True):
        if mine := [lesson for lesson in written if lesson.slug in lessons.COURSE[first:end]]:
            yield name, mine


def _common():
    return {'assets': _assets, 'font': FONT, 'course': lessons.COURSE}


def _html(block, state):
    return app.widgets.render(block, state) if isinstance(block, Placement) else block


def sheets(placements):
    """The style sheets that only these widgets need, beside what every page has."""
    found = (getattr(app.widgets.WIDGETS[placement.widget], 'SHEET', None) for placement in placements)
    return list(dict.fromkeys(filter(None, found)))


def _knobs(state):
    """The Parameters that an address can hold, each with its range in words."""
    for name in parameters.names(state):
        parameter = state.param[name]
        if getattr(parameter, 'in_link', True):
            yield name, f'{parameter.label}: {_range(parameter)}'


def _range(parameter):
    if isinstance(parameter, param.Boolean):
        return '0 or 1'
    if isinstance(parameter, param.Selector):
        return ', '.join(map(str, parameter.objects))
    if isinstance(parameter, param.String):
        return 'a text, encoded as in any address'
    if isinstance(parameter, Rows):
        return f'rows of {", ".join(parameter.columns)}, with ; between them'
    low, high = (f'{end:.10g}' for end in parameter.bounds)     # as they are typed into an address, with a plain minus
    return f'{low} to {high} {"as a power of ten" if isinstance(parameter, Power) else parameter.doc or ""}'.strip()


def _frontispiece(written):
    """The course's first picture with squares, or else its first, to look at: nothing in it can be taken hold of."""
    scenes = [scene for lesson in written for placement in lesson.placements
              if (scene := app.widgets.scene_of(placement, lesson.state_class(), 'narrow', {}))]
    kinds = [{mark['kind'] for mark in scene['marks'].values()} for scene in scenes]
    if not scenes:
        return ''
    scene = next((scene for scene, kind in zip(scenes, kinds, strict=True) if 'squares' in kind), scenes[0])
    still = {key: mark for key, mark in scene['marks'].items() if mark['kind'] not in ('handle', 'sketch')}
    return Markup(app.widgets.picture('home', scene | {'marks': still}, 'narrow'))


def _neighbour(slug, step):
    """The written lesson before or after this one, in the course's order."""
    order = _written()
    place = [lesson.slug for lesson in order].index(slug) + step
    return order[place] if 0 <= place < len(order) else None


def _json(value):
    """JSON that can stand inside a <script> element."""
    return Markup(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(',', ':')).replace('<', '\\u003c'))
