"""Serves the course: `python -m app`."""
import asyncio
import gc
import logging
import signal
import time

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from app import pages, runs
from app.bounded import Bounded, weight_of
from app.jobs import Pool
from app.server.assets import Assets
from app.server.bokeh_calls import add_headers, fill, make_tornado, sockets
from app.server.headers import security_headers
from app.server.origins import public_host
from app.server.quiet import OneLine, line, loop_trouble
from app.server.routes import Live, live_apps, routes
from app.server.settings import Settings
from app.server.wire import Wire

log = logging.getLogger('nudge')


def make_server(settings):
    """The Tornado application with all its addresses; it does not listen yet."""
    assets = Assets()
    pages.set_assets(assets.base)

    def make(lesson, only):
        def build(document):
            fill(document, Wire(lesson, only, pool, url=f'{assets.base}/wire.js'))
        return build

    pool, runs.KEPT.limit = Pool(settings.workers), settings.runs_mb * 2**20
    tornado = make_tornado(live_apps(make), Live, routes(assets, Bounded(settings.cache_bytes, weight_of)), settings)
    tornado.nudge_version, tornado.nudge_pool = assets.version, pool
    add_headers(tornado, lambda request: security_headers(
        request.path, settings.frame_ancestors, public_host(request.headers, settings.trust_proxy)))
    return tornado


def listening(settings):
    """The sockets on which we listen; where that can't be, the program ends with a sentence."""
    try:
        return bind_sockets(settings.port, settings.address)
    except (OSError, UnicodeError) as error:
        where = f'port {settings.port}' + (f' of {line(settings.address, 80)}' if settings.address else '')
        why = getattr(error, 'strerror', None) or error
        raise SystemExit(f'Cannot listen on {where}: {line(why, 80)}. PORT and ADDRESS say where.') from None


async def serve(settings):
    """Listens until it is told to stop (SIGTERM, SIGINT), then says goodbye to the open pages, which look for us again."""
    started = time.perf_counter()
    listeners = listening(settings)
    asyncio.get_running_loop().set_exception_handler(loop_trouble)
    tornado = make_server(settings)
    tornado.initialize(IOLoop.current())
    # no request of ours has a body, and no honest browser needs a minute to write its headers
    http = HTTPServer(tornado, max_body_size=64 * 1024, max_header_size=32 * 1024, idle_connection_timeout=75)
    http.add_sockets(listeners)
    tornado.start()
    gc.collect()
    gc.freeze()                         # what is there now stays: the collector need not look at it again
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    port = listeners[0].getsockname()[1]
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
    tornado.nudge_pool.close()
    log.info('Stopped.')


def main():
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    log.setLevel(logging.INFO)
    for name in ('tornado.access', 'bokeh', 'panel'):    # one line for a notable thing, and only one: ours
        logging.getLogger(name).setLevel(logging.CRITICAL)
    asyncio.run(serve(Settings.from_environment()))
