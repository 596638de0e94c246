"""Serves the course: `python -m app`. A host decides a few things by environment variables; all have a good default."""
import asyncio
import gc
import logging
import os
import secrets
import signal
import time
from dataclasses import dataclass, field

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop

from app import pages
from app.server.assets import Assets
from app.server.bokeh_calls import add_headers, fill, make_tornado, sockets
from app.server.cache import PageCache
from app.server.headers import security_headers
from app.server.quiet import line
from app.server.routes import Live, live_apps, routes
from app.server.wire import Wire

log = logging.getLogger('nudge')


@dataclass
class Settings:
    """What a host may decide."""

    port: int = 5006
    address: str = ''                   # all of them
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(32))   # replicas must share one
    trust_proxy: bool = False           # believe X-Forwarded-Host
    max_sessions: int = 1000
    frame_ancestors: str = '*'          # who may frame /embed, in the words of Content-Security-Policy
    linger_ms: int = 20_000             # a session waits so long for a reader whose connection broke
    check_ms: int = 2_000
    token_seconds: int = 300
    cache_bytes: int = 32 * 2**20

    @classmethod
    def from_environment(cls, environment=os.environ):
        """Only what is set and not empty; a value that makes no sense ends the program with a sentence."""
        given = {}
        for name, kind in (('PORT', int), ('ADDRESS', str), ('SECRET_KEY', str), ('TRUST_PROXY', truth),
                           ('MAX_SESSIONS', int), ('FRAME_ANCESTORS', str)):
            text = environment.get(name, '').strip()
            if text:
                try:
                    given[name.lower()] = kind(text)
                except ValueError:
                    raise SystemExit(f'{name}={line(text, 40)} makes no sense here.') from None
        if any(c in given.get('frame_ancestors', '') for c in ';,\r\n'):
            raise SystemExit('FRAME_ANCESTORS is a list of addresses, separated by spaces.')
        return cls(**given)


def truth(text):
    if text.lower() not in ('0', '1', 'true', 'false', 'yes', 'no'):
        raise ValueError(text)
    return text.lower() in ('1', 'true', 'yes')


def make_server(settings):
    """The Tornado application with all its addresses; it does not listen yet."""
    assets = Assets()
    pages.set_assets(assets.base)

    def make(lesson, only):
        def build(document):
            fill(document, Wire(lesson, only, url=f'{assets.base}/wire.js'))
        return build

    tornado = make_tornado(live_apps(make), Live, routes(assets, PageCache(settings.cache_bytes)), settings)
    add_headers(tornado, lambda path: security_headers(path, settings.frame_ancestors))
    return tornado


async def serve(settings):
    """Listens until it is told to stop (SIGTERM, SIGINT), then says goodbye to the open pages, which look for us again."""
    started = time.perf_counter()
    tornado = make_server(settings)
    tornado.initialize(IOLoop.current())
    # no request of ours has a body, and no honest browser needs a minute to write its headers
    http = HTTPServer(tornado, max_body_size=64 * 1024, max_header_size=32 * 1024, idle_connection_timeout=75)
    http.listen(settings.port, settings.address)
    tornado.start()
    gc.collect()
    gc.freeze()                         # what is there now stays: the collector need not look at it again
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    port = next(iter(http._sockets.values())).getsockname()[1]
    took = time.perf_counter() - started
    log.info(f'The course is at http://{settings.address or "localhost"}:{port}/ ({took:.1f} s)')
    await stop.wait()
    http.stop()
    for socket in sockets(tornado):
        socket.close(1001, 'the server is going away')
    deadline = time.monotonic() + 2
    while sockets(tornado) and time.monotonic() < deadline:
        await asyncio.sleep(.05)
    tornado.stop()
    log.info('Stopped.')


def main():
    logging.basicConfig(level=logging.WARNING, format='%(asctime)s %(levelname)s %(message)s', datefmt='%H:%M:%S')
    log.setLevel(logging.INFO)
    for name in ('tornado.access', 'bokeh', 'panel'):    # one line for a notable thing, and only one: ours
        logging.getLogger(name).setLevel(logging.CRITICAL)
    asyncio.run(serve(Settings.from_environment()))
