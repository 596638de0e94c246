"""Everything we ask of Panel and Bokeh that their documentation does not promise.

Their versions are pinned; after an update, tests/app/test_server_bokeh.py says which of these has changed.

The idea: a page is plain HTML; when it needs the engine it is given a signed ticket, a Bokeh token (there is no session
yet), and with the ticket it opens Bokeh's websocket, which builds the session. On that socket we take one kind of
message: text for our own component.
"""
import calendar
import json
import logging
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import bokeh.server.tornado
import panel as pn
import panel.io.document
from bokeh.protocol.receiver import Receiver
from bokeh.server.tornado import BokehTornado
from bokeh.server.views.session_handler import SessionHandler
from bokeh.server.views.ws import WSHandler
from bokeh.settings import settings as bokeh_settings
from bokeh.util.token import (
    check_token_signature,
    generate_jwt_token,
    generate_session_id,
    get_session_id,
    get_token_payload,
)
from panel.custom import JSComponent
from panel.io.application import Application
from panel.io.handlers import FunctionHandler
from panel.io.state import set_curdoc
from tornado.ioloop import IOLoop
from tornado.web import OutputTransform

from app.server.origins import allowed, public_host
from app.server.quiet import LEFT, Seldom, line
from app.server.wire_filter import LIMIT, refusal

log = logging.getLogger('nudge')
PATIENCE = 8                    # so many bad messages and the socket is closed: nobody fills our log


def library_files():
    """Relies on: where both packages keep their bundles; that Panel's needs Bokeh's widgets and tables beside it."""
    scripts = Path(bokeh.__file__).parent / 'server/static/js'
    files = {f'{name}.min.js': scripts / f'{name}.min.js' for name in ('bokeh', 'bokeh-widgets', 'bokeh-tables')}
    return files | {'panel.min.js': Path(pn.__file__).parent / 'dist/panel.min.js'}


# The Tornado application.

@contextmanager
def per_app_routes(routes):
    """Relies on: BokehTornado makes the routes of each app from the list `per_app_patterns`. It is put back after."""
    patterns = bokeh.server.tornado.per_app_patterns
    before = patterns[:]
    patterns[:] = routes
    try:
        yield
    finally:
        patterns[:] = before


def make_tornado(apps, live, routes, settings):
    """The Tornado application: our routes, and for each of {address: build(document)} its tickets and its websocket.

    Relies on: `extra_patterns`; handlers of `per_app_patterns` are given `application_context`; `wildcard_router.rules`,
    from which goes whatever Bokeh and Panel add by themselves (static files for each app, a favicon, an index).
    """
    pn.config.browser_info = False              # else each document carries a second, hidden component
    bokeh_settings.validate_doc = False         # it costs milliseconds for each session, and ours has one model
    # Panel collects garbage after each reader who left, half a millisecond for each who stays; Python knows when to
    panel.io.document._garbage_collect = lambda: None
    apps = {address: Application(FunctionHandler(build, trap_exceptions=True)) for address, build in apps.items()}
    with per_app_routes([(r'/ws', Socket), (r'/?', live)]):
        tornado = BokehTornado(
            apps, extra_patterns=list(routes), use_index=False,
            secret_key=settings.secret_key.encode(), sign_sessions=True, session_token_expiration=settings.token_seconds,
            check_unused_sessions_milliseconds=settings.check_ms,
            unused_session_lifetime_milliseconds=settings.linger_ms,
            websocket_max_message_size_bytes=LIMIT,
            # Tornado's own ping closes the socket of a reader who vanished without a word, so that the session can go
            keep_alive_milliseconds=0, websocket_ping_interval=20, websocket_ping_timeout=20)
    ours = {Socket, live} | {route[1] for route in routes}
    tornado.wildcard_router.rules[:] = [rule for rule in tornado.wildcard_router.rules if rule.target in ours]
    tornado.nudge, tornado.seldom = settings, Seldom()
    return tornado


def add_headers(tornado, headers):
    """`headers(request)` go with every answer, Tornado's name does not. Relies on: transforms see each first chunk."""
    class Headers(OutputTransform):
        def __init__(self, request):
            self.request = request

        def transform_first_chunk(self, status, fields, chunk, finishing):
            fields.pop('Server', None)
            fields.update(headers(self.request))
            return status, fields, chunk

    tornado.add_transform(Headers)


def sockets(tornado):
    """The open websockets. Relies on: `_clients` of the application, `_socket` of a connection."""
    return [connection._socket for connection in tornado._clients]


def session_count(tornado):
    """Sessions alive or being built. Relies on: `_sessions` and `_pending_sessions` of each application context."""
    return sum(len(context._sessions) + len(context._pending_sessions) for context in tornado.applications.values())


# Tickets.

class AppHandler(SessionHandler):
    """A request for one application. Relies on: `application_context` is that of the address."""


def make_token(tornado, session=None):
    """A signed ticket for one websocket. Relies on: a token is all that the websocket needs to build its session."""
    session = session or generate_session_id(secret_key=tornado.secret_key, signed=True)
    return generate_jwt_token(
        session, secret_key=tornado.secret_key, signed=True, expiration=tornado.session_token_expiration)


def token_problem(tornado, token):
    """Why `token` opens nothing, or None. The signature is checked before anything in it is believed."""
    try:
        if not check_token_signature(token, secret_key=tornado.secret_key, signed=True):
            return 'forged ticket'
        expiry = get_token_payload(token)['session_expiry']
    except Exception:           # a header can be anything at all
        return 'no ticket'
    return 'expired ticket' if calendar.timegm(time.gmtime()) >= expiry else None


def known_session(tornado, context, token):
    """The id of the session that `token`, expired or not, was made for, if it still lives. Relies on: `_sessions`."""
    try:
        if token and check_token_signature(token, secret_key=tornado.secret_key, signed=True):
            session = get_session_id(token)
            return session if session in context._sessions else None
    except Exception:
        pass
    return None


# The websocket.

def full_words(settings):
    return f'{settings.max_sessions:,} readers are here, more have to wait (MAX_SESSIONS)'


class Socket(WSHandler):
    """Bokeh's websocket, for us: same origin only, never more sessions than promised, one kind of message, quiet.

    Relies on: the methods overridden here; `request_expiration` of a session; `connection` and `receiver` are set by
    `_async_open`; a subprotocol header of two words, 'bokeh' and the token.
    """

    refusals = 0

    async def prepare(self):
        await super().prepare()
        if problem := self.problem():
            status, kind, words = problem
            self.application.seldom.warning(kind, f'websocket refused: {words}')
            self.set_status(status)
            self.finish()

    def problem(self):
        """(status, kind, words for the log) why this request opens no websocket, or None."""
        request, settings = self.request, self.application.nudge
        origin, host = request.headers.get('Origin', ''), public_host(request.headers, settings.trust_proxy)
        if not allowed(origin, host, framed=request.path.startswith('/live/embed/')):
            return 403, 'origin', (f'the page comes from {origin[:80] or "(nowhere)"}, the request went to '
                                   f'{host[:80] or "(nowhere)"}; does your proxy pass the Host header? See README, Host it')
        if request.headers.get('Upgrade', '').lower() != 'websocket':
            return 400, 'upgrade', 'it came without Upgrade; does your proxy pass Upgrade and Connection? See README, Host it'
        words = [word.strip() for word in request.headers.get('Sec-WebSocket-Protocol', '').split(',')]
        problem = 'no ticket' if len(words) != 2 else token_problem(self.application, words[1])
        if problem:
            return 403, 'ticket', f'{problem}; do several servers share the readers, each with a SECRET_KEY of its own?'
        return (503, 'full', full_words(settings)) if self.full(words[1]) else None

    def full(self, token):
        """Is there no room for a session that is not there yet?"""
        tornado = self.application
        return (session_count(tornado) >= tornado.nudge.max_sessions
                and not known_session(tornado, self.application_context, token))

    def check_origin(self, origin):
        return True             # `problem` has looked at it, also where there is none

    def get_compression_options(self):
        return None             # our messages are small; and what is not inflated can't explode

    def open(self, *args, **kwargs):
        self.set_nodelay(True)  # a message is several small frames, and Nagle would hold them for 40 ms
        return super().open(*args, **kwargs)

    async def _async_open(self, token):
        if self.full(token):    # a rush of handshakes may have come between
            self.close(1013, 'full')
            return
        try:
            await super()._async_open(token)
        except LEFT:
            return
        except Exception as error:
            log.error(line(f'session not built: {type(error).__name__}: {error}'))
            self.close(1011, 'the session could not be built')
            return
        self.receiver = LimitedReceiver(self.receiver._protocol)

    async def on_message(self, fragment):
        if self.ws_connection is None or self.ws_connection.is_closing():
            return              # it was on its way when we said goodbye
        if self.connection is None:
            self.close(1008, 'too early')
            return
        try:
            message = await self.receiver.consume(fragment)
            if message is not None:
                await self.reply(message)
        except LEFT:
            return
        except Exception as error:
            log.warning(line(f'websocket closed: {error if isinstance(error, Malformed) else type(error).__name__}'))
            self.close(1008, 'not a message of ours')

    async def reply(self, message):
        """Relies on: the roots of the session's document are what a browser may speak to."""
        ids = [root.id for root in self.connection.session.document.roots]
        reason = refusal(message.header, message.metadata, message.content, ids)
        answer = self.refuse(message, reason) if reason else await self.answer(message)
        if answer.msgtype != 'OK':      # nobody waits for an OK, and it is three more frames for each message
            await self.send_message(answer)

    def refuse(self, message, reason):
        self.refusals += 1
        log.warning(line(f'message refused: {reason}'))
        if self.refusals >= PATIENCE:
            self.close(1008, 'too many bad messages')
        return self.connection.error(message, f'Refused: {reason}')

    async def answer(self, message):
        """Relies on: `_handlers` of ProtocolHandler, by message type; `error` adds the traceback that is current."""
        try:
            return await self.handler._handlers[message.msgtype](message, self.connection)
        except Exception as error:
            log.error(line(f'message not handled: {type(error).__name__}: {error}'))
        return self.connection.error(message, 'This could not be handled')     # here no traceback is current

    async def send_message(self, message):
        if self.ws_connection is not None and not self.ws_connection.is_closing():
            await super().send_message(message)

    def on_close(self):
        session = self.connection.session if self.connection else None
        super().on_close()
        if session and self.close_code == 1001:         # the reader has left the page: nobody will come back to this
            session.request_expiration()

    def on_pong(self, data):
        pass                    # Bokeh would read a number from its own ping

    def log_exception(self, kind, error, traceback):
        if isinstance(error, LEFT):
            return
        log.error(line(f'{self.request.path}: {kind.__name__}: {error}'))


class Malformed(Exception):
    """Frames of the websocket that make no message."""


class LimitedReceiver(Receiver):
    """Relies on: three texts (header, metadata, content) are given to `consume` one by one; buffers would follow."""

    def __init__(self, protocol):
        super().__init__(protocol)
        self.size = self.count = 0

    async def consume(self, fragment):
        self.size, self.count = self.size + len(fragment), self.count + 1
        if self.size > LIMIT:
            raise Malformed(f'a message of more than {LIMIT:,} bytes')
        if not isinstance(fragment, str):
            raise Malformed('binary data')
        if self.count == 1:
            header = json.loads(fragment)
            if not isinstance(header, dict) or header.get('num_buffers'):
                raise Malformed('a message with buffers, or none')
        message = await super().consume(fragment)
        if message is not None:
            self.size = self.count = 0
        return message


# Documents.

class TextComponent(JSComponent):
    """A component that is told texts, and tells bytes. `url`: the address of its module, where a page can ask for it."""

    _esm = ''
    _stylesheets = []

    def __init__(self, url=None, **params):
        super().__init__(**params)
        self._url = url

    _where = None                   # the document and the loop in which messages are handled

    def _comm_event(self, doc, event):
        """Relies on: each message comes by here. Panel would count itself busy and idle again, four times the cost."""
        self._where = doc, IOLoop.current(instance=False)
        with set_curdoc(doc):
            self._handle_msg(event.data)

    def soon(self, call, *arguments):
        """From any thread: makes this call as if a message had come, with the document locked; none for a reader who left.

        Relies on: a document of a server has a session, which runs what it is given under its lock; one in a notebook has
        none, and needs none.
        """
        doc, loop = self._where

        def make():
            with set_curdoc(doc):
                call(*arguments)

        async def locked():
            session = doc.session_context.session if doc.session_context else None
            if session is None:
                make()
            elif not session.destroyed:
                await session.with_document_locked(make)

        if loop is None:                        # somebody's app that handles messages in threads of its own
            make()
            return
        with suppress(RuntimeError):            # the loop has been closed
            loop.add_callback(locked)

    def _get_properties(self, doc):
        """Relies on: with the bundle 'url', `esm` is not a module's text but its address."""
        properties = super()._get_properties(doc)
        if self._url:
            return {**properties, 'bundle': 'url', 'esm': self._url, 'stylesheets': [], 'dev': False}
        return {**properties, 'esm': self.module()}


def fill(document, component):
    """Puts one component into the document of a session, and nothing else.

    Relies on: `server_doc`; frozen, the models are not walked again and again while they are added.
    """
    with document.models.freeze():
        component.server_doc(document, location=False)
