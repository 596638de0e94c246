"""Everything we ask of Panel and Bokeh that their documentation does not promise. Versions are pinned; tests/app/test_server_bokeh.py
says which of these a new version has broken.

The idea: a page is plain HTML; when it needs the engine it is given a signed token (no session yet), and with the token it opens
Bokeh's websocket, which builds the session. On that socket we accept one kind of message: text for our own component.
"""
import calendar
import json
import logging
import time
from contextlib import contextmanager
from pathlib import Path

import bokeh.server.tornado
import panel
from bokeh.document import Document
from bokeh.protocol.receiver import Receiver
from bokeh.server.tornado import BokehTornado
from bokeh.server.views.ws import WSHandler
from bokeh.settings import settings as bokeh_settings
from bokeh.util.token import check_token_signature, generate_jwt_token, generate_session_id, get_session_id, get_token_payload
from panel.io.application import Application
from panel.io.handlers import FunctionHandler
from tornado.web import OutputTransform

from app.server.origins import allowed
from app.server.quiet import line
from app.server.wire_filter import LIMIT, refusal

log = logging.getLogger('nudge')
REFUSALS = 8                    # so many bad messages and the socket is closed: nobody fills our log


def library_files():
    """Relies on: where the two packages keep their bundles, and that Panel's needs Bokeh's widgets and tables beside it."""
    scripts = Path(bokeh.__file__).parent / 'server/static/js'
    files = {f'{name}.min.js': scripts / f'{name}.min.js' for name in ('bokeh', 'bokeh-widgets', 'bokeh-tables')}
    return files | {'panel.min.js': Path(panel.__file__).parent / 'dist/panel.min.js'}


# ---- the Tornado application

@contextmanager
def per_app_routes(routes):
    """Relies on: BokehTornado builds the routes of each app from the module's list `per_app_patterns`. It is put back afterwards."""
    patterns = bokeh.server.tornado.per_app_patterns
    before = patterns[:]
    patterns[:] = routes
    try:
        yield
    finally:
        patterns[:] = before


def make_tornado(apps, live, routes, settings):
    """The Tornado application: our routes, and for each app in {address: build(document)} its token and its websocket.

    Relies on: `extra_patterns`; that handlers of `per_app_patterns` are given `application_context`; `wildcard_router.rules`,
    from which whatever Bokeh and Panel add by themselves (static files of each app, favicon, an index) is removed.
    """
    panel.config.browser_info = False           # else each document carries a second, hidden component
    bokeh_settings.validate_doc = False         # a third of the cost of a session; ours has one model
    apps = {address: Application(FunctionHandler(build, trap_exceptions=True)) for address, build in apps.items()}
    with per_app_routes([(r'/ws', Socket), (r'/?', live)]):
        tornado = BokehTornado(
            apps, extra_patterns=list(routes), secret_key=settings.secret_key.encode(), sign_sessions=True, use_index=False,
            keep_alive_milliseconds=0, check_unused_sessions_milliseconds=settings.check_ms,
            unused_session_lifetime_milliseconds=settings.linger_ms, websocket_max_message_size_bytes=LIMIT,
            session_token_expiration=settings.token_seconds,
            # Tornado's own ping closes sockets whose reader has vanished without a word, so that their sessions can go
            websocket_ping_interval=20, websocket_ping_timeout=20)
    ours = {Socket, live} | {route[1] for route in routes}
    tornado.wildcard_router.rules[:] = [rule for rule in tornado.wildcard_router.rules if rule.target in ours]
    tornado.nudge = settings
    return tornado


def add_headers(tornado, headers):
    """`headers(path)` go with every answer, and Tornado's name goes from it. Relies on: output transforms see every first chunk."""
    class Headers(OutputTransform):
        def __init__(self, request):
            self.path = request.path

        def transform_first_chunk(self, status, fields, chunk, finishing):
            fields.pop('Server', None)
            fields.update(headers(self.path))
            return status, fields, chunk

    tornado.add_transform(Headers)


def sockets(tornado):
    """The open websockets. Relies on: `_clients` of the application, `_socket` of a connection."""
    return [connection._socket for connection in tornado._clients]


def session_count(tornado):
    """Sessions alive or being built. Relies on: `_sessions` and `_pending_sessions` of each application context."""
    return sum(len(context._sessions) + len(context._pending_sessions) for context in tornado.applications.values())


# ---- tokens

def known_session(tornado, context, token):
    """The id of the session that `token` was made for, if it is ours and still in memory. Relies on: `_sessions`."""
    try:
        if token and check_token_signature(token, secret_key=tornado.secret_key, signed=True):
            session = get_session_id(token)
            return session if session in context._sessions else None
    except Exception:                                    # noqa: BLE001  a header is anything at all
        pass
    return None


def make_token(tornado, session=None):
    """A signed ticket for one websocket. Relies on: a token is all that the websocket needs to build its session."""
    session = session or generate_session_id(secret_key=tornado.secret_key, signed=True)
    return generate_jwt_token(session, secret_key=tornado.secret_key, signed=True, expiration=tornado.session_token_expiration)


def token_problem(tornado, token):
    """Why `token` opens nothing, or None. The signature is checked before anything in it is believed."""
    try:
        if not check_token_signature(token, secret_key=tornado.secret_key, signed=True):
            return 'forged token'
        expiry = get_token_payload(token)['session_expiry']
    except Exception:                                    # noqa: BLE001
        return 'no token'
    return 'expired token' if calendar.timegm(time.gmtime()) >= expiry else None


# ---- the websocket

class Socket(WSHandler):
    """Bokeh's websocket, for us: same origin only, never more sessions than promised, one kind of message, quiet.

    Relies on: the names open, _async_open, _receive, _handle, _internal_error, _protocol_error, select_subprotocol of WSHandler;
    a subprotocol header of two words, 'bokeh' and the token.
    """

    refusals = 0

    async def prepare(self):
        await super().prepare()
        problem = self.problem()
        if problem:
            log.warning(line(f'websocket refused: {problem[1]}'))
            self.set_status(problem[0])
            self.finish()

    def problem(self):
        """(status, reason) why this request opens no websocket, or None."""
        request, settings = self.request, self.application.nudge
        origin = request.headers.get('Origin', '')
        host = settings.trust_proxy and request.headers.get('X-Forwarded-Host') or request.headers.get('Host', '')
        if not allowed(origin, host.split(',')[0].strip(), framed=request.path.startswith('/live/embed/')):
            return 403, f'origin {origin[:80] or "(none)"} is not {host[:80]}'
        words = [word.strip() for word in request.headers.get('Sec-WebSocket-Protocol', '').split(',')]
        problem = 'no token' if len(words) != 2 else token_problem(self.application, words[1])
        if problem:
            return 403, problem
        if self.full(words[1]):
            return 503, f'{settings.max_sessions} sessions are open'
        return None

    def full(self, token):
        limit = self.application.nudge.max_sessions
        return session_count(self.application) >= limit and not known_session(self.application, self.application_context, token)

    def check_origin(self, origin):
        return True                                      # `problem` has done it, and also where there is no Origin header

    def get_compression_options(self):
        return None                                      # our messages are small; without inflation nothing can explode

    def open(self, *args, **kwargs):
        self.set_nodelay(True)                           # a message is several small frames: Nagle would hold them for 40 ms
        return super().open(*args, **kwargs)

    async def _async_open(self, token):
        if self.full(token):                             # a rush of handshakes may have come between
            self.close(1013, 'full')
            return
        try:
            await super()._async_open(token)
        except Exception as error:                       # noqa: BLE001
            log.error(line(f'session not built: {type(error).__name__}: {error}'))
            self.close(1011, 'the session could not be built')
            return
        self.receiver = LimitedReceiver(self.receiver._protocol)

    async def on_message(self, fragment):
        if self.ws_connection is None or self.ws_connection.is_closing():
            return                                       # what was on its way when we said goodbye
        if self.connection is None:
            self.close(1008, 'too early')
            return
        try:
            message = await self.receiver.consume(fragment)
            if message is not None:
                reason = refusal(message.header, message.metadata, message.content, self.wire_ids())
                reply = self.refuse(message, reason) if reason else await self.answer(message)
                if reply.msgtype != 'OK':                # nobody waits for it, and it would be three more frames for each message
                    await self.send_message(reply)
        except Exception as error:                       # noqa: BLE001  not even the outline of a message
            log.warning(line(f'websocket closed: {error if isinstance(error, Malformed) else type(error).__name__}'))
            self.close(1008, 'not a message of ours')

    def wire_ids(self):
        """Ids of the models that may be spoken to. Relies on: `document.roots` of the session."""
        return [root.id for root in self.connection.session.document.roots]

    def refuse(self, message, reason):
        self.refusals += 1
        log.warning(line(f'message refused: {reason}'))
        if self.refusals >= REFUSALS:
            self.close(1008, 'too many bad messages')
        return self.connection.error(message, f'Refused: {reason}')

    async def answer(self, message):
        """Relies on: `_handlers` of ProtocolHandler, by message type."""
        try:
            return await self.handler._handlers[message.msgtype](message, self.connection)
        except Exception as error:                       # noqa: BLE001
            log.error(line(f'message not handled: {type(error).__name__}: {error}'))
        return self.connection.error(message, 'This could not be handled')       # outside of except: no traceback goes along

    async def send_message(self, message):
        if self.ws_connection is not None:               # closed in the meantime: nothing to say, nothing to log
            await super().send_message(message)

    def on_pong(self, data):
        pass

    def log_exception(self, kind, error, traceback):
        log.error(line(f'{self.request.path}: {kind.__name__}: {error}'))


class Malformed(Exception):
    """The frames of the websocket make no message."""


class LimitedReceiver(Receiver):
    """Relies on: three text fragments (header, metadata, content) are handed to `consume` one by one; buffers would follow."""

    def __init__(self, protocol):
        super().__init__(protocol)
        self.size, self.count = 0, 0

    async def consume(self, fragment):
        self.size, self.count = self.size + len(fragment), self.count + 1
        if self.size > LIMIT:
            raise Malformed(f'a message of more than {LIMIT:,} bytes')
        if not isinstance(fragment, str):
            raise Malformed('binary data')
        if self.count == 1 and not isinstance(header := json.loads(fragment), dict) or self.count == 1 and header.get('num_buffers'):
            raise Malformed('a message with buffers')
        message = await super().consume(fragment)
        if message is not None:
            self.size = self.count = 0
        return message


# ---- documents

def fill(document: Document, component):
    """Puts one Panel component into the document of a session, and nothing else.

    Relies on: `server_doc`; that freezing the models while they are added saves walking the graph again and again.
    """
    with document.models.freeze():
        component.server_doc(document, location=False)
