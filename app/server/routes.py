"""The addresses: the course, its lessons, the same for other people's pages, and the tickets to the engine."""
import asyncio
import hashlib
import json
import logging
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

from tornado.web import HTTPError

from app import pages, parameters
from app.lesson_format import read_lesson
from app.server import bokeh_calls
from app.server.assets import Asset
from app.server.passing_on import OEmbed, origin_of, with_whole_addresses
from app.server.quiet import Quiet
from app.server.squeezed import ENCODINGS, chosen, squeeze
from lessons import WRITTEN

log = logging.getLogger('nudge')
FRAMES = ('iframe', 'frame', 'embed', 'object')
Packed = namedtuple('Packed', 'bodies etag')      # bodies: {encoding: bytes}


def pack_page(html):
    """A page as it is kept and sent: compressed, with its tag."""
    data = html.encode()
    bodies = {encoding: squeeze(data, encoding) for encoding in ('', *ENCODINGS)}
    return Packed(bodies, f'W/"{hashlib.sha256(data).hexdigest()[:16]}"')


class Page(Quiet):
    """Whatever is HTML: made once for its Parameters, then kept."""

    RENDERING = ThreadPoolExecutor(1, 'render')          # drawing a new page takes longer than the event loop may wait

    def initialize(self, cache):
        self.cache = cache

    async def send(self, key, render):
        page = self.cache.get(key) if key else None
        if page is None:
            page = await asyncio.get_running_loop().run_in_executor(self.RENDERING, lambda: pack_page(render()))
            if key:
                self.cache.put(key, page)
        self.set_header('Content-Type', 'text/html; charset=utf-8')
        self.set_header('Cache-Control', 'no-cache')
        self.set_header('Vary', 'Accept-Encoding, Sec-Fetch-Dest')
        self.set_header('Etag', page.etag)
        if page.etag in self.request.headers.get('If-None-Match', ''):
            self.set_status(304)
            return self.finish()
        encoding = chosen(self.request)
        if encoding:
            self.set_header('Content-Encoding', encoding)
        return self.finish(page.bodies[encoding])

    def error_page(self, status):
        return pages.render_missing(self.request.path[:200]) if status == 404 else super().error_page(status)


class Home(Page):
    """GET /"""

    def get(self):
        origin = origin_of(self.request, self.application.nudge.trust_proxy)
        return self.send(('home', origin), lambda: with_whole_addresses(pages.render_home(), origin, '/'))


class LessonPage(Page):
    """GET /<slug>, /embed/<slug> and /embed/<slug>/<widget>, with Parameters in the query"""

    def initialize(self, cache, embed):
        super().initialize(cache)
        self.embed = embed

    def get(self, slug, only=None):
        if slug not in WRITTEN:
            raise HTTPError(404)
        lesson = read_lesson(slug)
        if only is not None and only not in widget_names(lesson):
            raise HTTPError(404)
        if not self.embed and self.request.headers.get('Sec-Fetch-Dest') in FRAMES:
            return self.to_embed()
        query = {name: values[-1].decode(errors='replace') for name, values in self.request.query_arguments.items()}
        values, notice = parameters.read(lesson.state_class, query)
        # A page with a word about bad input is not kept: there are endlessly many of them
        origin = '' if self.embed else origin_of(self.request, self.application.nudge.trust_proxy)
        key = None if notice else (slug, only, self.embed, origin, parameters.key(lesson.state_class, values))

        def render():
            page = pages.render_lesson(lesson, values, notice, embed=self.embed, only=only)
            link = parameters.query(lesson.state_class, parameters.defaults(lesson.state_class) | dict(values))
            return with_whole_addresses(page, origin, f'/{slug}' + (f'?{link}' if link else ''))

        return self.send(key, render)

    def to_embed(self):
        """Somebody frames the plain link: the page made for frames is meant."""
        self.set_header('Vary', 'Sec-Fetch-Dest')
        self.set_header('Cache-Control', 'no-cache')
        self.redirect(f'/embed{self.request.path}' + (f'?{self.request.query}' if self.request.query else ''))


class WithSlash(Quiet):
    """GET /<slug>/ is /<slug>"""

    def get(self, path):
        self.redirect(f'/{path}' + (f'?{self.request.query}' if self.request.query else ''), permanent=True)


class Missing(Page):
    """Everything else: a page that helps."""

    def get(self, path=''):
        raise HTTPError(404)


class Health(Quiet):
    """GET /healthz"""

    def get(self):
        self.set_header('Cache-Control', 'no-store')
        self.finish({'status': 'ok', 'sessions': bokeh_calls.session_count(self.application)})


class Icon(Quiet):
    """GET /favicon.ico"""

    def get(self):
        self.set_header('Cache-Control', 'public, max-age=86400')
        self.set_status(204)


class Live(Quiet, bokeh_calls.AppHandler):
    """GET /live/<slug>: a ticket for the websocket. It builds no session, so it costs next to nothing.

    With the header X-Live (the ticket before) a reader whose connection broke is led back to the same session, if it
    is still there.
    """

    SUPPORTED_METHODS = ('GET', 'HEAD', 'OPTIONS')

    def set_default_headers(self):
        self.set_header('Cache-Control', 'no-store')
        if self.request.headers.get('Origin') == 'null' and self.request.path.startswith('/live/embed/'):
            self.set_header('Access-Control-Allow-Origin', 'null')               # a widget in a sandboxed frame
            self.set_header('Access-Control-Allow-Headers', 'x-live')

    def options(self):
        self.set_status(204)

    def get(self):
        tornado, settings = self.application, self.application.nudge
        session = bokeh_calls.known_session(tornado, self.application_context, self.request.headers.get('X-Live'))
        if session is None and bokeh_calls.session_count(tornado) >= settings.max_sessions:
            tornado.seldom.warning('full', bokeh_calls.full_words(settings))
            self.set_status(503)
            self.set_header('Retry-After', '5')
            return self.finish({'error': 'full', 'retry_after': 5})
        return self.finish({'token': bokeh_calls.make_token(tornado, session), 'same': session is not None,
                            'version': tornado.nudge_version})

    def write_error(self, status, **kwargs):
        self.set_header('Content-Type', 'application/json')
        self.finish(json.dumps({'error': self._reason}))


def widget_names(lesson):
    return [placement.name for placement in lesson.placements]


def routes(assets, cache):
    """All patterns but /live, which Bokeh's application makes from `live_apps`."""
    page, slug = {'cache': cache}, r'([a-z0-9-]+)'
    return [
        (r'/', Home, page),
        (r'/healthz', Health),
        (r'/oembed', OEmbed),
        (r'/favicon\.ico', Icon),
        (r'/assets/(\w+)/([\w./-]+)', Asset, {'assets': assets}),
        (rf'/embed/{slug}', LessonPage, page | {'embed': True}),
        (rf'/embed/{slug}/{slug}', LessonPage, page | {'embed': True}),
        (rf'/{slug}', LessonPage, page | {'embed': False}),
        (r'/([a-z0-9-]+(?:/[a-z0-9-]+){0,2})/', WithSlash),
        (r'/(.*)', Missing, page),
    ]


def live_apps(make):
    """{address: build(document)} for each lesson, embedded or not, and each of its widgets, by `make(lesson, only)`."""
    apps = {}
    for slug in WRITTEN:
        lesson = read_lesson(slug)
        apps[f'/live/{slug}'] = make(lesson, None)
        apps[f'/live/embed/{slug}'] = make(lesson, None)
        for name in widget_names(lesson):
            apps[f'/live/embed/{slug}/{name}'] = make(lesson, name)
    return apps
