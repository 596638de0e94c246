"""The server as strangers meet it: pages, headers, tickets, websockets, and everything that should not work."""
import asyncio
import gzip
import json
import re
import signal
import time
import urllib.parse
import zlib
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from tornado.websocket import WebSocketClosedError

from app import pages
from app.server import bokeh_calls
from app.server.settings import Settings
from tests.helpers.wire_client import Threaded, connected, event, get, handshake, ticket, to_component


def run(coroutine):
    with ThreadPoolExecutor(1) as thread:                # Playwright, where it is in use, has a loop in this one
        return thread.submit(asyncio.run, asyncio.wait_for(coroutine, 30)).result()


def sessions(server):
    return json.loads(get(server.url + '/healthz')[2])['sessions']


class Log:
    """The lines that the server logs while a test looks."""

    def __init__(self, server):
        self.server, self.start = server, len(server.log())

    def lines(self, at_least=1):
        deadline = time.monotonic() + 2
        while True:
            lines = self.server.log()[self.start:].splitlines()
            if len(lines) >= at_least or time.monotonic() > deadline:
                return lines
            time.sleep(.02)


@pytest.fixture
def log(server):
    """One line for a notable thing, never a traceback, never long."""
    log = Log(server)
    yield log
    lines = log.lines(0)
    assert all(len(line) <= 320 for line in lines), max(lines, key=len)
    assert not [line for line in lines if 'Traceback' in line or 'File "' in line], lines


# ---- pages

PAGES = ['/', '/models', '/loss', '/embed/loss']


@pytest.mark.parametrize('path', PAGES)
def test_pages_are_html_compressed_and_tagged(server, path, log):
    status, headers, body = get(server.url + path, Accept_Encoding='gzip')
    assert (status, headers['Content-Encoding'], headers['Cache-Control']) == (200, 'gzip', 'no-cache')
    assert headers['Content-Type'] == 'text/html; charset=utf-8'
    assert gzip.decompress(body) == get(server.url + path)[2]
    assert get(server.url + path, If_None_Match=headers['Etag'])[0] == 304


def test_brotli_goes_to_browsers_that_take_it(server):
    plain = get(server.url + '/loss')[2]
    base = re.search(rb'/assets/\w+', plain)[0].decode()
    for path in ('/loss', f'{base}/plane.js', f'{base}/panel.min.js'):
        status, headers, body = get(server.url + path, Accept_Encoding='gzip, br')
        assert (status, headers['Content-Encoding']) == (200, 'br')
        assert brotli.decompress(body) == get(server.url + path)[2]
        assert len(body) < len(get(server.url + path, Accept_Encoding='gzip')[2])


@pytest.mark.parametrize('path', [*PAGES, '/healthz', '/nothing', '/live/loss', '/live/nothing', '/embed/nothing',
                                  '/favicon.ico', '/loss/'])
def test_headers_go_with_every_answer(server, path):
    _, headers, _ = get(server.url + path)
    assert headers['X-Content-Type-Options'] == 'nosniff'
    assert headers['Referrer-Policy']
    policy = headers['Content-Security-Policy']
    assert "default-src 'self'" in policy
    assert 'unsafe-eval' not in policy
    assert 'script-src' not in policy                    # default-src holds for scripts: ours only, none inline
    assert ("frame-ancestors 'self'" in policy) == (not path.startswith('/embed'))
    assert headers['Server'] is None
    assert headers['Set-Cookie'] is None


@pytest.mark.parametrize('path', [
    '/los', '/embed', '/embed/los', '/embed/loss/nothing', '/a/b/c/d', '/index.html', '/static/js/bokeh.js',
    '/live/loss/autoload.js', '/live/loss/metadata', '/live/loss/static/x', '/assets/x/y', '/assets/0/../main.py',
    '/%2e%2e/etc/passwd', '/static/%00', '/x%00.html', '/components/../../etc/passwd'])
def test_an_unknown_address_gets_a_page_that_helps(server, path, log):
    status, headers, body = get(server.url + path)
    assert status == 404
    assert headers['Content-Type'].startswith('text/html')
    assert b'href="/' in body
    assert b'Traceback' not in body
    assert log.lines(0) == []


def test_a_slash_too_many_is_forgiven(server):
    assert get(server.url + '/loss/?slope=150')[0] == 200


def test_other_methods_are_refused(server):
    import urllib.request
    request = urllib.request.Request(server.url + '/loss', data=b'x', method='POST')
    with pytest.raises(urllib.error.HTTPError, match='405') as caught:
        urllib.request.urlopen(request)
    caught.value.close()


BAD_QUERIES = [
    'slope=abc', 'slope=1e309', 'slope=nan', 'slope=-inf', 'slope=99999999', 'slope=%00', 'slope=1&slope=2', 'slope[]=1',
    'slope=<script>alert(1)</script>', 'slope=' + 'x' * 4000, 'slope=' + urllib.parse.quote('１２'), 'name=x', '&&&===',
    '%ff=%fe&slope=%ff', 'x' * 4000, '__class__=1', 'slope=1;intercept=2', '&'.join(f'a{i}=1' for i in range(500))]


@pytest.mark.parametrize('query', BAD_QUERIES, ids=lambda query: query[:20])
def test_bad_queries_are_answered_with_the_page(server, query, log):
    status, _, body = get(f'{server.url}/loss?' + query.replace('<', '%3C').replace('>', '%3E'))
    assert status == 200
    assert b'<script>alert' not in body
    assert len(log.lines(0)) <= 1


def test_an_endless_address_never_gives_a_server_error(server, log):
    import http.client
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=10)
    try:
        connection.request('GET', '/loss?' + 'x' * 70_000)
        assert 400 <= connection.getresponse().status < 500
    except (http.client.HTTPException, OSError):
        pass                                             # the connection was closed: also an answer
    finally:
        connection.close()
    assert get(server.url + '/healthz')[0] == 200


def test_a_page_is_kept_for_its_parameters_and_unknown_keys_do_not_count(server):
    paths = '/loss?slope=150', '/loss?x=1&slope=150', '/loss?slope=150.0'
    tags = {get(server.url + path)[1]['Etag'] for path in paths}
    assert len(tags) == 1
    assert tags != {get(server.url + '/loss?slope=151')[1]['Etag']}


def test_a_word_about_a_bad_address_is_for_that_reader_only(server):
    plain, bad = get(server.url + '/models')[2], get(server.url + '/models?slope=abc')[2]
    assert plain != bad
    assert get(server.url + '/models')[2] == plain
    with_default = get(server.url + '/models?slope=200&x=1')[2]
    assert with_default == plain


def test_reading_costs_no_session(server):
    before = sessions(server)
    for path in PAGES:
        get(server.url + path)
    ticket(server.url)
    assert sessions(server) == before


# ---- assets

def test_assets_are_hashed_compressed_and_kept_for_ever(server):
    base = re.search(rb'data-assets="([^"]+)"', get(server.url + '/loss')[2])[1].decode()
    for name in ('live.js', 'wire.js', 'gate.js', 'page.js', 'plane.js', 'bokeh.min.js', 'bokeh-widgets.min.js',
                 'bokeh-tables.min.js', 'panel.min.js'):
        status, headers, body = get(f'{server.url}{base}/{name}', Accept_Encoding='gzip')
        assert (status, headers['Content-Encoding']) == (200, 'gzip')
        assert headers['Content-Type'] == 'text/javascript; charset=utf-8'
        assert 'immutable' in headers['Cache-Control']
        assert headers['Access-Control-Allow-Origin'] == '*'
        assert gzip.decompress(body) == get(f'{server.url}{base}/{name}')[2]
    for old in ('0123456789ab', 'v1'):                    # a page from before an update still finds its scripts
        status, headers, _ = get(f'{server.url}/assets/{old}/live.js')
        assert (status, headers['Cache-Control']) == (200, 'public, max-age=300')


def test_the_hash_covers_every_file(tmp_path):
    from app.server.assets import Assets
    (tmp_path / 'fonts').mkdir()
    for name in ('a.js', 'fonts/b.woff2'):
        (tmp_path / name).write_bytes(b'1')
    first = Assets(tmp_path, {})
    assert set(first.files) == {'a.js', 'fonts/b.woff2'}
    (tmp_path / 'fonts/b.woff2').write_bytes(b'2')
    assert Assets(tmp_path, {}).version != first.version


# ---- for other sites

def test_the_plain_link_in_a_frame_leads_to_the_page_for_frames(server):
    import http.client
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=10)
    connection.request('GET', '/loss?slope=150&theme=dark', headers={'Sec-Fetch-Dest': 'iframe'})
    with connection.getresponse() as answer:
        assert (answer.status, answer.headers['Location']) == (302, '/embed/loss?slope=150&theme=dark')
        assert answer.headers['Vary'] == 'Sec-Fetch-Dest'
    connection.close()
    status, headers, _ = get(server.url + '/loss', Sec_Fetch_Dest='document')
    assert status == 200
    assert 'Sec-Fetch-Dest' in headers['Vary']
    assert get(server.url + '/embed/loss', Sec_Fetch_Dest='iframe')[0] == 200
    assert get(server.url + '/nothing', Sec_Fetch_Dest='iframe')[0] == 404


def oembed(server, url, host='course.test', **options):
    query = urllib.parse.urlencode({'url': url, **options})
    status, headers, body = get(f'{server.url}/oembed?{query}', Host=host)
    assert headers['Access-Control-Allow-Origin'] == '*'
    return json.loads(body) if status == 200 else status


def test_oembed_describes_our_own_lessons(server):
    given = oembed(server, 'https://course.test/loss?slope=150&x="', maxwidth='500', format='json')
    assert (given['type'], given['version'], given['width'], given['height']) == ('rich', '1.0', 500, 900)
    assert given['provider_url'] == 'https://course.test/'
    assert given['html'].startswith('<blockquote><a href="https://course.test/loss?slope=150&amp;x=&quot;">')
    assert '<iframe data-nudge src="https://course.test/embed/loss?slope=150&amp;x=&quot;"' in given['html']
    widget = oembed(server, 'http://course.test/embed/loss/see-the-squares', maxheight='300')
    assert '/embed/loss/see-the-squares"' in widget['html']
    assert (widget['width'], widget['height']) == (720, 300)


@pytest.mark.parametrize('url', [
    '', 'x', 'https://evil.test/loss', 'https://course.test/', 'https://course.test/nothing', 'https://course.test:1/loss',
    'https://course.test/loss/see-the-squares', 'https://course.test/embed/loss/x', 'javascript://course.test/loss',
    'https://[course.test/loss', 'https://course.test/loss?' + 'x' * 5000, '//course.test/loss'])
def test_oembed_knows_nothing_else(server, url, log):
    assert oembed(server, url) == 404
    assert log.lines(0) == []


def test_oembed_speaks_json_only(server):
    assert oembed(server, 'https://course.test/loss', format='xml') == 501


def test_a_page_says_its_whole_address_and_where_it_is_described(server):
    page = get(server.url + '/loss?slope=150', Host='course.test', X_Forwarded_Proto='https')[2].decode()
    assert '<meta property="og:url" content="https://course.test/loss?slope=150">' in page
    assert 'property="og:image" content="https://course.test/assets/' in page
    [link] = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="https://course.test([^"]+)">', page)
    given = json.loads(get(server.url + link.replace('&amp;', '&'), Host='course.test')[2])
    assert 'https://course.test/embed/loss?slope=150' in given['html']
    assert b'https' not in get(server.url + '/loss?slope=150')[2].split(b'og:url', 1)[1].split(b'>', 1)[0]
    assert b'http://127.0.0.1' in get(server.url + '/')[2]
    for host in ('x"><script>', 'a b'):
        assert b'og:url' not in get(server.url + '/loss', Host=host)[2]


def test_only_our_own_websocket_is_named_in_the_policy(server):
    policy = get(server.url + '/loss', Host='course.test:8443')[1]['Content-Security-Policy']
    assert "connect-src 'self' ws://course.test:8443 wss://course.test:8443;" in policy


def test_an_unexpected_error_is_a_page_and_one_line(monkeypatch, caplog):
    monkeypatch.setattr(pages, 'render_home', lambda: 1 / 0)
    with Threaded(Settings()) as server:
        status, headers, body = get(server.url + '/')
    assert status == 500
    assert headers['Content-Type'].startswith('text/html')
    for words in (b'name="viewport"', b'book.css', b'Something went wrong', b'href="/"'):
        assert words in body
    assert b'division' not in body
    [record] = [record for record in caplog.records if record.name == 'nudge']
    assert 'ZeroDivisionError' in record.getMessage()
    assert record.exc_info is None


# ---- tickets and origins

def test_a_ticket_opens_a_session_that_answers(server, log):
    async def visit():
        before = sessions(server)
        async with connected(server.url) as client:
            await client.open()
            assert sessions(server) == before + 1
            answer = await client.ask(do='restore', params={'slope': 123}, guesses={}, width='wide')
            assert answer['params']['slope'] == 123
            assert await client.ask(do='ping') == {'seq': 2}
    run(visit())
    assert log.lines(0) == []


def test_small_frames_are_sent_at_once():
    import socket
    with Threaded(Settings()) as server:
        async def visit():
            async with connected(server.url) as client:
                await client.open()
                [handler] = bokeh_calls.sockets(server.tornado)
                return handler.ws_connection.stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert run(visit())


def test_a_reader_whose_connection_broke_comes_back_to_the_same_session(server):
    async def visit():
        first = ticket(server.url)
        async with connected(server.url, token=first) as client:
            await client.open()
            await client.ask(do='set', parameter='slope', value=321)
        status, _, body = get(server.url + '/live/loss', X_Live=first)
        reply = json.loads(body)
        assert (status, reply['same']) == (200, True)
        before = sessions(server)
        async with connected(server.url, token=reply['token']) as client:
            await client.open()
            assert sessions(server) == before
    run(visit())


@pytest.mark.parametrize('token', ['x', 'a.b', 'é', '{}', 'e30.x', 'x' * 20_000, '.', ''])
def test_a_strange_ticket_in_the_header_gives_a_new_session(server, token, log):
    status, _, body = get(server.url + '/live/loss', X_Live=urllib.parse.quote(token))
    assert status == 200
    assert json.loads(body)['same'] is False
    assert log.lines(0) == []


@pytest.mark.parametrize('origin', ['', 'null', 'http://evil.test', 'https://127.0.0.1', 'http://127.0.0.1',
                                    'http://127.0.0.1:1'])
def test_only_our_own_pages_may_connect(server, origin, log):
    assert handshake(server.url, origin=origin) == 403
    assert len(log.lines(0)) <= 1


def test_what_is_refused_again_and_again_is_logged_once_with_the_cure(serve):
    server = serve()
    log = Log(server)
    for n in range(5):
        assert handshake(server.url, origin='https://course.test') == 403
        assert handshake(server.url, token=f'x{n}') == 403
        assert handshake(server.url, Upgrade='', Connection='close') == 400
    lines = log.lines(3)
    assert len(lines) == 3, lines
    assert 'https://course.test' in lines[0]
    assert 'pass the Host header? See README, Host it' in lines[0]
    assert 'SECRET_KEY' in lines[1]
    assert 'pass Upgrade and Connection? See README, Host it' in lines[2]
    assert all(re.match(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d WARNING ', line) for line in lines)


def test_x_forwarded_host_is_not_believed_by_default(server):
    assert handshake(server.url, origin='http://course.test', X_Forwarded_Host='course.test') == 403


def test_any_host_name_works_without_configuration(server):
    async def visit():
        async with connected(server.url, origin='https://course.test', headers={'Host': 'course.test'}) as client:
            await client.open()
    run(visit())


def test_behind_a_trusted_proxy_its_host_counts(serve):
    server = serve(TRUST_PROXY='1')

    async def visit():
        proxied = {'X-Forwarded-Host': 'course.test'}
        async with connected(server.url, origin='https://course.test', headers=proxied) as client:
            await client.open()
    run(visit())
    assert handshake(server.url, origin='https://evil.test', X_Forwarded_Host='course.test') == 403


def test_a_sandboxed_frame_may_open_an_embed_and_nothing_else(server):
    async def visit():
        async with connected(server.url, '/live/embed/loss', origin='null') as client:
            await client.open()
    run(visit())
    assert get(server.url + '/live/embed/loss', Origin='null')[1]['Access-Control-Allow-Origin'] == 'null'
    assert get(server.url + '/live/loss', Origin='null')[1]['Access-Control-Allow-Origin'] is None
    assert get(server.url + '/live/embed/loss', Origin='http://evil.test')[1]['Access-Control-Allow-Origin'] is None


def test_the_preflight_of_a_sandboxed_frame_is_answered(server):
    import urllib.request
    request = urllib.request.Request(server.url + '/live/embed/loss', method='OPTIONS', headers={
        'Origin': 'null', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-live'})
    with urllib.request.urlopen(request) as answer:
        assert (answer.status, answer.headers['Access-Control-Allow-Headers']) == (204, 'x-live')


@pytest.mark.parametrize('token', ['x', 'a.b', 'x' * 10_000, 'e30', 'e30.e30'])
def test_a_forged_ticket_opens_nothing(server, token, log):
    assert handshake(server.url, token=token) == 403
    assert len(log.lines(0)) <= 1


def test_a_ticket_whose_contents_were_changed_opens_nothing(server):
    payload, signature = ticket(server.url).split('.')
    other = ticket(server.url).split('.')[0]
    assert handshake(server.url, token=f'{other}.{signature}') == 403
    assert handshake(server.url, token=f'{payload}.{signature[:-2]}xx') == 403
    assert handshake(server.url, token=payload) == 403


def test_a_ticket_of_another_server_opens_nothing_unless_they_share_a_secret(serve, server):
    other, twin = serve(SECRET_KEY='one and the same'), serve(SECRET_KEY='one and the same')
    assert handshake(server.url, token=ticket(other.url)) == 403

    async def visit():
        async with connected(twin.url, token=ticket(other.url)) as client:
            await client.open()
    run(visit())


def test_an_expired_ticket_opens_nothing():
    with Threaded(Settings(token_seconds=1)) as server:
        token = ticket(server.url)
        time.sleep(2.1)
        assert handshake(server.url, token=token) == 403


def test_a_full_server_says_so_and_has_room_again(serve):
    server = serve(MAX_SESSIONS='1')
    log = Log(server)

    async def visit():
        waiting = ticket(server.url)
        async with connected(server.url) as client:
            await client.open()
            status, headers, body = get(server.url + '/live/loss')
            assert (status, json.loads(body)['error']) == (503, 'full')
            assert int(headers['Retry-After']) > 0
            assert handshake(server.url, token=waiting) == 503
            assert get(server.url + '/loss')[0] == 200           # reading goes on
            assert get(server.url + '/live/loss')[0] == 503
    run(visit())
    [line] = log.lines()
    assert '1 readers are here' in line


def test_sessions_of_readers_who_left_are_given_up():
    with Threaded(Settings(linger_ms=200, check_ms=100)) as server:
        async def visit():
            async with connected(server.url) as client:
                await client.open()
                await client.ask(do='restore', params={}, guesses={}, width='wide')
        for _ in range(5):
            run(visit())
        deadline = time.monotonic() + 5
        while sessions(server) and time.monotonic() < deadline:
            time.sleep(.05)
        assert sessions(server) == 0


def test_the_session_of_a_reader_who_left_the_page_goes_at_once():
    with Threaded(Settings(linger_ms=60_000, check_ms=100)) as server:
        async def visit(code):
            async with connected(server.url) as client:
                await client.open()
                client.socket.close(code)
            await asyncio.sleep(1)
            return sessions(server)
        assert run(visit(1001)) == 0
        assert run(visit(1000)) == 1                 # any other end may be a cut


def test_nothing_of_a_session_stays_in_memory():
    import gc
    import weakref

    from app.host import Host
    hosts = weakref.WeakSet()

    class Noted(Host):
        def __init__(self, *args):
            super().__init__(*args)
            hosts.add(self)

    async def visits(n):
        for _ in range(n):
            async with connected(server.url) as client:
                await client.open()
                await client.ask(do='restore', params={}, guesses={}, width='wide')

    with pytest.MonkeyPatch.context() as patch, Threaded(Settings(linger_ms=100, check_ms=50)) as server:
        patch.setattr('app.server.wire.Host', Noted)
        run(visits(6))
        deadline = time.monotonic() + 10
        while sessions(server) and time.monotonic() < deadline:
            time.sleep(.05)
        gc.collect()
        assert len(hosts) <= 1, f'{len(hosts)} of 6 hosts are still there'     # the last one may still be in some frame


# ---- messages

def reply_to(server, *frames, path='/live/loss', **message):
    """The server's reply to one message of a session that is open: (kind, text), or the code with which it closed."""
    async def visit():
        async with connected(server.url, path) as client:
            await client.open()
            if frames:
                for frame in frames:
                    await client.socket.write_message(frame, binary=isinstance(frame, bytes))
            else:
                content = message['content']
                await client.send(message['kind'], content(client) if callable(content) else content)
            got = await client.read()
            if got is None:
                return client.socket.close_code
            alive = await client.ask(do='ping')
            assert alive['seq'] == 1                     # a message that is refused does no harm to the session
            return got[0]['msgtype'], got[1]
    return run(visit())


@pytest.mark.parametrize(('kind', 'content'), [
    ('PUSH-DOC', {'doc': {}}), ('PATCH-DOC', []), ('PATCH-DOC', {}), ('OK', {}), ('ERROR', {'text': 'x'}),
    ('PATCH-DOC', lambda c: {'events': [{'kind': 'ModelChanged', 'model': {'id': c.model}, 'attr': 'esm', 'new': ''}]}),
    ('PATCH-DOC', {'events': [{'kind': 'TitleChanged', 'title': 'x'}]}),
    ('PATCH-DOC', {'events': [{'kind': 'RootAdded', 'model': {}}]}),
    ('PATCH-DOC', {'events': [to_component('p0', '{}')]}),
    ('PATCH-DOC', lambda c: {'events': [to_component(c.model, {'type': 'bytes', 'data': 'H4sI'})]}),
    ('PATCH-DOC', lambda c: {'events': [event('click', {'type': 'map', 'entries': [['model', {'id': c.model}]]})]}),
], ids=lambda value: value if isinstance(value, str) else '')
def test_messages_that_are_not_ours_are_refused(server, kind, content, log):
    got, reply = reply_to(server, kind=kind, content=content)
    assert got == 'ERROR'
    assert reply['text'].startswith('Refused: ')
    assert reply['traceback'] is None
    assert len(log.lines()) == 1


PATCH = '{"msgid": "1", "msgtype": "PATCH-DOC"}'
WITH_BUFFER = '{"msgid": "1", "msgtype": "PATCH-DOC", "num_buffers": 1}'


@pytest.mark.parametrize('frames', [
    ['x'], ['[]'], ['{}', '{}', '{}'], ['null'], [b'x'], ['{"msgid": "1", "msgtype": "NOTHING"}', '{}', '{}'],
    ['[' * 100_000], [PATCH, '{}', '[' * 100_000], [PATCH, '{}', b'{}'],
    [WITH_BUFFER, '{}', '{"events": []}', '{"id": "1"}', gzip.compress(bytes(2**20))],
    ['{"msgid": "1", "msgtype": "PATCH-DOC", "num_buffers": -1}'],
    [PATCH, '{"a": "' + 'x' * 200_000 + '"}', '"' + 'x' * 100_000 + '"'],
], ids=lambda frames: str(frames)[:30])
def test_frames_that_make_no_message_end_the_connection(server, frames, log):
    assert reply_to(server, *frames) == 1008
    assert len(log.lines()) == 1


def test_a_message_of_more_than_256_kb_ends_the_connection(server, log):
    assert reply_to(server, 'x' * 300_000) == 1009
    assert get(server.url + '/healthz')[0] == 200
    assert len(log.lines(0)) <= 1


def test_nothing_is_inflated(server):
    async def visit():
        async with connected(server.url, compression_options={}) as client:      # the offer to compress is not taken
            assert client.socket.protocol._decompressor is None
            await client.open()
            bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = bomb.compress(bytes(2**22)) + bomb.flush(zlib.Z_SYNC_FLUSH)
            await client.socket.protocol._write_frame(True, 0x1, data, flags=0x40)   # a compressed frame all the same
            with pytest.raises(WebSocketClosedError):
                for _ in range(50):
                    await asyncio.sleep(.02)
                    await client.socket.write_message('x')
    run(visit())
    assert get(server.url + '/healthz')[0] == 200


def test_whoever_goes_on_with_bad_messages_is_shown_out(server):
    log = Log(server)

    async def visit():
        async with connected(server.url) as client:
            await client.open()
            for _ in range(40):
                await client.send('PUSH-DOC', {'doc': {}})
            replies = 0
            while await client.read():
                replies += 1
            assert replies < 10
            assert client.socket.close_code == 1008
    run(visit())
    assert len(log.lines()) <= 10


STRANGE = [
    '', 'x', 'null', '[]', '1', '{}', '"\\ud800"', '[' * 100_000, '{"a": "' + 'x' * 200_000 + '"}',
    '{"do": null}', '{"do": "nothing", "seq": 1}', '{"do": "move", "seq": 1}', '{"seq": 1e999, "do": "ping"}',
    '{"do": "set", "parameter": "slope", "value": NaN, "seq": 1}',
    '{"do": "set", "parameter": "slope", "value": Infinity}',
    '{"do": "set", "parameter": "slope", "value": ' + '9' * 5000 + '}',
    '{"do": "set", "parameter": "\\ud800", "value": "\\u0000"}',
    '{"do": "move", "widget": "see-the-squares", "handle": "left", "value": [NaN, 1e999], "seq": 1}',
    '{"do": "restore", "params": {"slope": NaN, "__class__": 1}, "guesses": [[]], "width": 7}',
    '{"do": "restore", "params": {"slope": "' + 'x' * 100_000 + '"}}',
]


@pytest.mark.parametrize('text', STRANGE, ids=lambda text: text[:40])
def test_every_text_to_the_component_gets_an_answer(server, text, log):
    async def visit():
        async with connected(server.url) as client:
            await client.open()
            await client.say(text)
            answer = await client.answer()
            assert 'Traceback' not in json.dumps(answer)
            again = await client.ask(do='restore', params={'slope': 150}, guesses={}, width='wide')
            assert again['params']['slope'] == 150
    run(visit())
    assert len(log.lines(0)) <= 1


def test_readers_who_leave_while_they_are_answered_leave_no_trace_in_the_log(serve):
    """The line is dead (no goodbye) while the server still has a dozen answers to write."""
    import socket
    import struct
    server = serve()
    log = Log(server)

    async def visit(n):
        token = ticket(server.url)
        async with connected(server.url, token=token) as client:
            await client.open()
            for seq in range(12):
                await client.say(json.dumps({'do': 'restore', 'params': {'slope': 100 + seq}, 'guesses': {}, 'width': 'wide'}))
            await asyncio.sleep(.01 * n)
            raw = client.socket.protocol.stream.socket
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            client.socket.protocol.stream.close()
    for n in range(8):
        run(visit(n))
    time.sleep(.5)
    assert get(server.url + '/healthz')[0] == 200
    server.stop()
    assert [line for line in log.lines(0) if 'Stopped.' not in line] == []


# ---- starting and stopping

def test_it_stops_in_time_and_says_goodbye(serve):
    server = serve()

    async def visit():
        async with connected(server.url) as client:
            await client.open()
            server.process.send_signal(signal.SIGTERM)
            assert await client.read() is None
            return client.socket.close_code
    assert run(visit()) == 1001
    start = time.monotonic()
    assert server.process.wait(5) == 0
    assert time.monotonic() - start < 5
    assert 'Traceback' not in server.log()


def command(*words, **environment):
    """`python -m app` with these words, until it ends."""
    import os
    import subprocess
    import sys
    environment = os.environ | {name: str(value) for name, value in environment.items()}
    return subprocess.run([sys.executable, '-m', 'app', *words], env=environment, capture_output=True, text=True,
                          timeout=60, check=False)


def test_a_setting_that_makes_no_sense_ends_it_with_a_sentence():
    ended = command(PORT='http')
    assert (ended.returncode, ended.stderr.strip()) == (1, 'PORT=http makes no sense here.')


@pytest.mark.parametrize('address', ['127.0.0.1', '192.0.2.1', 'x' * 300])
def test_where_it_cannot_listen_it_ends_with_a_sentence(server, address):
    ended = command(PORT=server.port, ADDRESS=address)
    assert ended.returncode == 1
    assert re.fullmatch(rf'Cannot listen on port {server.port} of {address[:70]}.*\.\n', ended.stderr), ended.stderr


@pytest.mark.parametrize('address', ['127.0.0.1', '', '0.0.0.0', 'localhost'])
def test_the_health_check_knows_where_to_ask(serve, address):
    server = serve(ADDRESS=address)
    elsewhere = {'http_proxy': 'http://127.0.0.1:9', 'ADDRESS': address}
    well = command('--health', PORT=server.port, **elsewhere)
    assert (well.returncode, well.stderr) == (0, '')
    server.stop()
    ill = command('--health', PORT=server.port, **elsewhere)
    assert (ill.returncode, ill.stderr) == (1, '')


def test_the_health_check_is_light():
    """It runs every half minute, and must not load Panel for that."""
    import subprocess
    import sys
    loaded = subprocess.run([sys.executable, '-c', 'import sys, app.server.health; print(*sys.modules)'],
                            capture_output=True, text=True, check=True).stdout.split()
    assert not {'panel', 'bokeh', 'numpy'} & set(loaded)


# ---- the event loop

def test_nothing_holds_the_event_loop_for_more_than_10_ms(monkeypatch):
    """CPU time of each thing that runs on the server's loop, while a reader reads, opens, drags and comes back."""
    import threading
    from asyncio.events import Handle
    run_one, took = Handle._run, []

    def timed(handle):
        start = time.thread_time()
        run_one(handle)
        if threading.current_thread() is server.thread:
            took.append((1000 * (time.thread_time() - start), str(handle)))

    async def visit(n):
        async with connected(server.url) as client:
            await client.open()
            await client.ask(do='restore', params={}, guesses={}, width='wide')
            for slope in range(10):
                await client.ask(do='set', parameter='slope', value=100 + n + slope, done=True)
            await asyncio.to_thread(get, f'{server.url}/loss?slope={n}')
            await asyncio.to_thread(get, f'{server.url}/assets/v1/panel.min.js', Accept_Encoding='gzip')

    render, rendered_by = pages.render_lesson, set()

    def noted(*args, **kwargs):
        rendered_by.add(threading.current_thread())
        return render(*args, **kwargs)

    monkeypatch.setattr(pages, 'render_lesson', noted)
    with Threaded(Settings()) as server:
        run(visit(0))                                    # the first visit fills caches, once in the server's life
        monkeypatch.setattr(Handle, '_run', timed)
        for n in range(1, 6):
            run(visit(n))
        monkeypatch.undo()
    assert rendered_by
    assert server.thread not in rendered_by
    worst = sorted(took)[-5:]
    assert worst[0][0] < 10, worst                       # four may be the machine's own hiccups
