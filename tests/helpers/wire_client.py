"""Speaks to the server as a browser does, and as no browser would: HTTP, tickets, Bokeh's messages on a websocket."""
import asyncio
import http.client
import json
import struct
import threading
import urllib.error
import urllib.request
from contextlib import asynccontextmanager, suppress

from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.websocket import websocket_connect


def get(url, **headers):
    """(status, headers, body) of a GET, errors included. Header names with _ for -."""
    request = urllib.request.Request(url, headers={name.replace('_', '-'): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def ticket(url, path='/live/loss', **headers):
    return json.loads(get(url + path, **headers)[2])['token']


def unpack_head(packed):
    """The JSON of a packed answer, without its arrays."""
    return json.loads(packed[4:4 + struct.unpack('<I', packed[:4])[0]])


class Client:
    """One websocket."""

    def __init__(self, socket):
        self.socket, self.model, self.seq = socket, None, 0

    async def send(self, kind, content, metadata=None, **header):
        for part in ({'msgid': 'm1', 'msgtype': kind, **header}, metadata or {}, content):
            await self.socket.write_message(part if isinstance(part, str) else json.dumps(part))

    async def read(self, seconds=5):
        """(header, content, buffers) of the next message, or None when the socket was closed."""
        async def frame():
            return await asyncio.wait_for(self.socket.read_message(), seconds)

        header = await frame()
        if header is None:
            return None
        header = json.loads(header)
        await frame()
        content, buffers = json.loads(await frame()), []
        for _ in range(header.get('num_buffers', 0)):
            await frame()
            buffers.append(await frame())
        return header, content, buffers

    async def open(self):
        """What Bokeh's script does first: wait for the ACK, pull the document, say that the page is ready."""
        assert (await self.read())[0]['msgtype'] == 'ACK'
        await self.send('PULL-DOC-REQ', {})
        header, content, _ = await self.read()
        assert header['msgtype'] == 'PULL-DOC-REPLY', content
        self.model = content['doc']['roots'][0]['id']
        await self.send('PATCH-DOC', {'events': [event('document_ready', {'type': 'map'})]})
        return self

    async def say(self, text):
        """Text for the component."""
        await self.send('PATCH-DOC', {'events': [to_component(self.model, text)]})

    async def ask(self, **message):
        """A request of page.js, and the head of its answer."""
        self.seq += 1
        await self.say(json.dumps({'seq': self.seq, **message}))
        return await self.answer()

    async def answer(self):
        header, _content, buffers = await self.read()
        assert header['msgtype'] == 'PATCH-DOC', header
        return unpack_head(buffers[0])


def event(name, values):
    data = {'type': 'event', 'name': name, 'values': values}
    return {'kind': 'MessageSent', 'msg_type': 'bokeh_event', 'msg_data': data}


def to_component(model, data):
    return event('data_event', {'type': 'map', 'entries': [['model', {'id': model}], ['data', data]]})


def handshake(url, path='/live/loss', token=None, origin=None, **headers):
    """The status with which the server answers the request for a websocket: 101 when it opens."""
    token = ticket(url, path) if token is None else token
    fields = {'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Version': '13',
              'Sec-WebSocket-Key': 'bnVkZ2UgbnVkZ2UgbnVkZw==', 'Sec-WebSocket-Protocol': f'bokeh, {token}',
              'Origin': url if origin is None else origin}
    fields |= {name.replace('_', '-'): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(url.removeprefix('http://'), timeout=10)
    try:
        connection.request('GET', path + '/ws', headers={name: value for name, value in fields.items() if value})
        with connection.getresponse() as answer:
            return answer.status
    finally:
        connection.close()


@asynccontextmanager
async def connected(url, path='/live/loss', token=None, origin=None, headers=None, **options):
    """A websocket from a page of `origin` (our own by default; '' for none)."""
    fields = dict(headers or {})
    origin = url if origin is None else origin
    if origin:
        fields['Origin'] = origin
    token = ticket(url, path) if token is None else token
    request = HTTPRequest(url.replace('http', 'ws') + path + '/ws', headers=fields, request_timeout=10)
    socket = await websocket_connect(request, subprotocols=['bokeh', token], **options)
    stream = socket.protocol.stream
    stream.set_nodelay(True)                             # as browsers do
    try:
        yield Client(socket)
    finally:
        socket.close()
        with suppress(asyncio.TimeoutError):             # until the server has said goodbye too
            while socket.protocol is not None and await asyncio.wait_for(socket.read_message(), 2) is not None:
                pass
        stream.close()


class Threaded:
    """The server in a thread of this process, for settings that no environment variable has."""

    def __init__(self, settings):
        self.settings, self.ready = settings, threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.run()), daemon=True)

    async def run(self):
        from tornado.ioloop import IOLoop

        from app.server.main import make_server
        self.loop, self.stop = asyncio.get_running_loop(), asyncio.Event()
        self.tornado = make_server(self.settings)
        self.tornado.initialize(IOLoop.current())
        http = HTTPServer(self.tornado)
        http.listen(0, '127.0.0.1')
        self.url = f'http://127.0.0.1:{next(iter(http._sockets.values())).getsockname()[1]}'
        self.tornado.start()
        self.ready.set()
        await self.stop.wait()
        http.stop()
        self.tornado.stop()
        self.tornado.nudge_pool.close()
        await http.close_all_connections()

    def __enter__(self):
        self.thread.start()
        assert self.ready.wait(20)
        return self

    def __exit__(self, *error):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(10)
