"""The parts of the server that are pure functions: who may connect, what may be said, what is kept, which headers."""
import logging
import re
import sys

import pytest
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError

from app.bounded import Bounded, weight_of
from app.server.headers import security_headers
from app.server.origins import allowed, public_host
from app.server.quiet import OneLine, Seldom, line, loop_trouble
from app.server.routes import Packed, pack_page
from app.server.settings import Settings
from app.server.wire_filter import refusal
from tests.helpers.wire_client import event, to_component


@pytest.mark.parametrize(('origin', 'host'), [
    ('http://localhost:5006', 'localhost:5006'), ('http://course.test', 'course.test'),
    ('http://course.test', 'course.test:80'), ('https://course.test', 'course.test'),
    ('https://course.test:443', 'course.test'), ('https://course.test', 'course.test:443'),
    ('http://COURSE.test', 'course.test'), ('http://[::1]:5006', '[::1]:5006'),
    ('https://course.test:8443', 'course.test:8443')])
def test_a_page_of_the_same_host_may_connect(origin, host):
    assert allowed(origin, host)


@pytest.mark.parametrize(('origin', 'host'), [
    ('http://evil.test', 'course.test'), ('http://course.test:81', 'course.test'),
    ('https://course.test', 'course.test:80'), ('http://course.test.evil.test', 'course.test'),
    ('http://evil.test/course.test', 'course.test'), ('http://course.test@evil.test', 'course.test'),
    ('null', 'course.test'), ('', 'course.test'), (None, 'course.test'), ('http://', ''), ('file://', ''),
    ('http://course.test', ''), ('http://course.test:abc', 'course.test:abc'), ('http://[course', '[course'),
    ('course.test', 'course.test'),
    ('http://evil@course.test', 'evil@course.test'), ('chrome-extension://course.test', 'course.test')])
def test_no_other_page_may(origin, host):
    assert not allowed(origin, host)


def test_only_what_is_made_for_frames_may_come_from_a_sandbox():
    assert allowed('null', 'course.test', framed=True)
    assert not allowed('http://evil.test', 'course.test', framed=True)


@pytest.mark.parametrize(('headers', 'trust', 'host'), [
    ({'Host': 'course.test:8443'}, False, 'course.test:8443'), ({'Host': '[::1]:5006'}, False, '[::1]:5006'),
    ({'Host': 'a.test', 'X-Forwarded-Host': 'b.test, c.test'}, True, 'b.test'),
    ({'Host': 'a.test', 'X-Forwarded-Host': 'b.test'}, False, 'a.test'),
    ({'Host': "a.test; script-src 'unsafe-inline'"}, False, ''), ({'Host': 'a b'}, False, ''), ({'Host': 'a"b'}, False, ''),
    ({}, False, ''), ({'Host': 'a' * 300}, False, '')])
def test_the_host_that_pages_and_headers_name_is_a_host(headers, trust, host):
    assert public_host(headers, trust) == host


HEADER = {'msgid': '1', 'msgtype': 'PATCH-DOC'}
OURS = to_component('p1', '{}')


@pytest.mark.parametrize('events', [[OURS], [event('document_ready', {'type': 'map'})], [OURS, OURS]])
def test_text_for_the_component_is_let_in(events):
    assert refusal(HEADER, {}, {'events': events}, ['p1']) is None


@pytest.mark.parametrize('kind', ['PULL-DOC-REQ', 'SERVER-INFO-REQ'])
def test_opening_is_let_in(kind):
    assert refusal({'msgid': '1', 'msgtype': kind}, {}, {}, ['p1']) is None


@pytest.mark.parametrize('events', [
    [], None, {}, 'x', [None], [OURS, {'kind': 'ModelChanged', 'model': {'id': 'p1'}, 'attr': 'name', 'new': 'x'}],
    [{'kind': 'RootAdded', 'model': {'id': 'p1'}}], [{'kind': 'TitleChanged', 'title': 'x'}], [{'kind': ['x']}],
    [{'kind': 'MessageSent', 'msg_type': 'other', 'msg_data': OURS['msg_data']}], [{**OURS, 'more': 1}],
    [to_component('p2', '{}')], [to_component('p1', {'type': 'map'})], [to_component('p1', None)],
    [to_component('p1', 1)], [to_component(['p1'], '{}')], [event('data_event', {'type': 'map'})],
    [event('data_event', {'type': 'object', 'name': 'Div'})],
    [event('button_click', {'type': 'map', 'entries': [['model', {'id': 'p1'}]]})], [event(None, None)],
    [event('data_event', {'type': 'map', 'entries': [['model', {'id': 'p1', 'x': 1}], ['data', '']]})],
    [event('data_event', {'type': 'map', 'entries': [['data', ''], ['model', {'id': 'p1'}]]})],
    [event('document_ready', {'type': 'map', 'entries': [['x', 1]]})],
], ids=lambda events: str(events)[:40])
def test_anything_else_is_refused_in_a_sentence(events):
    assert 5 < len(refusal(HEADER, {}, {'events': events}, ['p1'])) < 120


@pytest.mark.parametrize(('header', 'metadata', 'content'), [
    ({'msgid': '1', 'msgtype': 'PUSH-DOC'}, {}, {'doc': {}}), ({'msgid': '1', 'msgtype': 'ACK'}, {}, {}),
    ({'msgid': '1'}, {}, {}),
    ({'msgid': '1', 'msgtype': ['x'] * 10_000}, {}, {}), ({**HEADER, 'num_buffers': 1}, {}, {'events': [OURS]}),
    (HEADER, {'x': 1}, {'events': [OURS]}), (HEADER, {}, {'events': [OURS], 'x': 1}), (HEADER, {}, [])])
def test_so_are_other_messages(header, metadata, content):
    assert 5 < len(refusal(header, metadata, content, ['p1'])) < 120


def test_the_cache_keeps_what_was_wanted_last_and_never_more_than_its_bytes():
    cache = Bounded(10_000, weight_of)
    for name in 'abc':
        cache.put(name, Packed({'': bytes(2500)}, 'etag'))
    assert cache.get('a')
    cache.put('d', Packed({'': bytes(2500)}, 'etag'))
    assert [name for name in 'abcd' if cache.get(name)] == ['a', 'c', 'd']
    assert cache.size <= 10_000
    cache.put('huge', Packed({'': bytes(20_000)}, 'etag'))
    assert cache.get('huge') is None and cache.get('a') is not None, 'what does not fit at all takes nobody’s place'
    before = cache.size
    cache.put('a', Packed({'': bytes(2500)}, 'ETAG'))
    assert cache.get('a').etag == 'ETAG' and cache.size == before
    cache.clear()
    assert cache.get('a') is None and cache.size == 0


def test_the_same_page_has_the_same_tag():
    assert pack_page('<p>1</p>') == pack_page('<p>1</p>') != pack_page('<p>2</p>')


def test_only_embeds_may_be_framed_by_others():
    assert "frame-ancestors 'self'" in security_headers('/loss')['Content-Security-Policy']
    assert 'frame-ancestors' not in security_headers('/embed/loss')['Content-Security-Policy']
    only = security_headers('/embed/loss', 'https://a.test')['Content-Security-Policy']
    assert only.endswith('; frame-ancestors https://a.test')


def test_a_log_line_is_one_line():
    assert line('a\nb\x1b[31m') == 'a?b?[31m'
    assert len(line('x' * 10_000)) == 300


def test_settings_come_from_the_environment():
    given = Settings.from_environment({'PORT': '80', 'TRUST_PROXY': '1', 'MAX_SESSIONS': '', 'SECRET_KEY': 'k'})
    assert (given.port, given.trust_proxy, given.max_sessions, given.secret_key) == (80, True, 1000, 'k')
    assert Settings.from_environment({}).secret_key != Settings.from_environment({}).secret_key


@pytest.mark.parametrize(('name', 'value'), [('PORT', 'x'), ('MAX_SESSIONS', '1e3'), ('TRUST_PROXY', 'maybe'),
                                             ('FRAME_ANCESTORS', "*; script-src 'unsafe-inline'"),
                                             ('PORT', '-1'), ('PORT', '65536'), ('MAX_SESSIONS', '0'),
                                             ('MAX_SESSIONS', '-5'), ('FRAME_ANCESTORS', 'https://a.test, https://b.test'),
                                             ('FRAME_ANCESTORS', 'none https://a.test'), ('FRAME_ANCESTORS', 'a?b'),
                                             ('FRAME_ANCESTORS', "'unsafe-inline'")])
def test_settings_that_make_no_sense_are_named(name, value):
    with pytest.raises(SystemExit, match=name):
        Settings.from_environment({name: value})


@pytest.mark.parametrize(('given', 'meant'), [
    ('*', '*'), ('none', "'none'"), ("'none'", "'none'"), ('Self', "'self'"), ('"self"', "'self'"),
    ("self https://moodle.example https://*.school.example:8443 https:",
     "'self' https://moodle.example https://*.school.example:8443 https:"), ('https://a.test *', '*')])
def test_who_may_frame_is_said_in_plain_words(given, meant):
    assert Settings.from_environment({'FRAME_ANCESTORS': given}).frame_ancestors == meant


def test_what_happens_again_and_again_is_said_once_a_minute_with_a_count(caplog):
    now = [0]
    seldom = Seldom(clock=lambda: now[0])
    for second in range(0, 61, 5):
        now[0] = second
        seldom.warning('a', 'it happened')
        seldom.warning('b', f'{second}')
    said = [record.getMessage() for record in caplog.records if 'happened' in record.getMessage()]
    assert said == ['it happened', 'it happened (and 11 more like it since the last line)']
    assert len(caplog.records) == 4


def test_whatever_is_logged_is_one_line_with_its_date():
    try:
        raise ValueError('a\nb')
    except ValueError:
        record = logging.LogRecord('x', logging.ERROR, '', 1, 'It %s', ('broke\n',), sys.exc_info())
    text = OneLine().format(record)
    assert re.fullmatch(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ERROR It broke\?: ValueError: a\?b', text)


def test_a_reader_who_left_is_no_trouble_and_everything_else_is_one_line(caplog):
    for left in (WebSocketClosedError(), StreamClosedError()):
        loop_trouble(None, {'message': 'Task exception was never retrieved', 'exception': left})
    assert caplog.records == []
    loop_trouble(None, {'message': 'Task exception was never retrieved', 'exception': ValueError('x\ny')})
    loop_trouble(None, {'message': 'odd'})
    assert [record.getMessage() for record in caplog.records] == ['Task exception was never retrieved: ValueError: x?y', 'odd']
