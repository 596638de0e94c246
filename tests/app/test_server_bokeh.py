"""What app/server/bokeh_calls.py, static/live.js and static/libraries.js take for granted about Panel and Bokeh.

When one of these fails after an update of either, the name of the test says what has changed there.
"""
import asyncio
import inspect
import re
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import bokeh.server.tornado
import panel as pn
import panel.io.document
import pytest
from bokeh.document import Document
from bokeh.protocol import Protocol
from bokeh.server.protocol_handler import ProtocolHandler
from bokeh.server.session import ServerSession
from tornado.ioloop import IOLoop

from app.lesson_format import read_lesson
from app.server import bokeh_calls
from app.server.bundle import STATIC, bare, bundled
from app.server.main import Settings, make_server
from app.server.routes import Live
from app.server.wire import Wire


@pytest.fixture(scope='module')
def tornado():
    return make_server(Settings())


def bokeh_script(name='bokeh.js'):
    return (Path(bokeh.__file__).parent / 'server/static/js' / name).read_text()


def panel_script():
    return (Path(pn.__file__).parent / 'dist/panel.js').read_text()


def test_these_are_the_versions_that_were_looked_into():
    assert (version('panel'), version('bokeh'), version('tornado')) == ('1.9.4', '3.9.2', '6.6.1')


def test_the_bundles_are_where_they_were():
    for name, path in bokeh_calls.library_files().items():
        assert path.is_file(), name


def test_every_route_is_ours(tornado):
    modules = {rule.target.__module__ for rule in tornado.wildcard_router.rules}
    assert all(module.startswith('app.server.') for module in modules), modules
    assert {rule.target for rule in tornado.wildcard_router.rules} >= {Live, bokeh_calls.Socket}


def test_other_apps_of_this_process_keep_their_routes(tornado):
    names = {handler.__name__ for _, handler in bokeh.server.tornado.per_app_patterns}
    assert 'DocHandler' in names
    assert 'Live' not in names


def test_each_app_has_a_websocket_and_a_ticket(tornado):
    paths = {rule.matcher.regex.pattern for rule in tornado.wildcard_router.rules}
    assert {'/live/loss/ws$', '/live/loss/?$', '/live/embed/models/ws$'} <= paths


def test_sessions_are_signed_and_may_be_counted(tornado):
    assert tornado.sign_sessions
    assert bokeh_calls.session_count(tornado) == 0
    context = tornado.applications['/live/loss']
    token = bokeh_calls.make_token(tornado)
    assert bokeh_calls.token_problem(tornado, token) is None
    assert bokeh_calls.known_session(tornado, context, token) is None
    context._sessions[bokeh_calls.get_session_id(token)] = object()
    assert bokeh_calls.known_session(tornado, context, token) == bokeh_calls.get_session_id(token)
    assert bokeh_calls.session_count(tornado) == 1
    context._sessions.clear()


def test_the_socket_overrides_what_there_is():
    names = ['prepare', 'open', '_async_open', 'on_message', 'send_message', 'check_origin', 'get_compression_options',
             'on_pong']
    assert [name for name in names if not hasattr(bokeh_calls.WSHandler, name)] == []


def test_panel_collects_garbage_by_this_name(tornado):
    code = inspect.getsource(panel.io.document._destroy_document)
    assert "state.schedule_task('gc.collect', _garbage_collect, at=at)" in code
    assert panel.io.document._garbage_collect.__module__ == bokeh_calls.__name__


def test_messages_have_handlers_by_name():
    assert {'PULL-DOC-REQ', 'PATCH-DOC', 'SERVER-INFO-REQ'} <= set(ProtocolHandler()._handlers)
    assert hasattr(bokeh_calls.LimitedReceiver(Protocol()), '_current_consumer')


def test_a_document_holds_the_wire_and_nothing_else():
    document = Document()
    bokeh_calls.fill(document, Wire(read_lesson('loss'), url='/assets/x/wire.js'))
    [root] = document.roots
    assert (root.bundle, root.esm, root.stylesheets, root.css_bundle) == ('url', '/assets/x/wire.js', [], None)
    assert len(document.to_json(deferred=False)['roots']) == 1


def test_a_call_from_another_thread_is_made_in_the_loop_with_the_document_locked():
    """What `soon` takes for granted: a session has a lock and `with_document_locked`, and a document its session."""
    async def see():
        wire, document, seen = Wire(read_lesson('models')), Document(), []
        session = ServerSession('id', document)
        document._session_context = lambda: SimpleNamespace(session=session)
        wire._where = document, IOLoop.current()

        def note(*what):
            seen.append((session._pending_writes is not None, pn.state.curdoc is document, *what))
        await asyncio.to_thread(wire.soon, note, 7)
        await asyncio.sleep(.05)
        session._destroyed = True
        await asyncio.to_thread(wire.soon, seen.append, 'too late')
        await asyncio.sleep(.05)
        return seen

    assert asyncio.run(see()) == [(True, True, 7)]


def test_panel_says_when_a_component_is_shown_no_more(tornado):
    wire, closed = Wire(read_lesson('models')), []
    wire.host.close = lambda: closed.append(1)
    document = Document()
    bokeh_calls.fill(document, wire)
    for callback in document.session_destroyed_callbacks:
        if getattr(callback, '__self__', None) is wire:
            callback(SimpleNamespace(_document=document))
    assert closed


def test_bokeh_makes_its_socket_before_it_first_waits():
    script = bokeh_script()
    start = script.index('async function add_document_from_session(')
    body = script[start:script.index('function', start + 20)]
    assert body.index('_get_session(') == body.index('await') + len('await ')
    start = script.index('async connect() {')
    assert 'await' not in script[start:script.index('new WebSocket(', start)]


def test_bokeh_remembers_sessions_by_address():
    assert '_sessions.has(websocket_url)' in bokeh_script()


def test_bokeh_offers_what_live_js_calls():
    script = bokeh_script()
    for name in ('documents', 'logger', 'index'):
        assert f'__esExport("{name}",' in script
    assert 'document.views_manager = views;' in script
    assert 'find_one_by_id(' in script


def test_panel_starts_a_component_as_libraries_js_does():
    script = panel_script()
    for words in ('const view = Bokeh.index.find_one_by_id(id)',
                  'view: view, model: view.model_proxy, data: view.model.data, el: view.container',
                  'view.container.replaceChildren(out)', 'view.after_rendered()', 'export default {render}'):
        assert words in script


def test_the_module_that_stands_alone_imports_nothing():
    text = bundled('notebook')
    assert not [line for line in text.splitlines() if line.startswith('import ')]
    assert [line for line in text.splitlines() if line.startswith('export ')] == ['export function render({ model }) {']
    for name in ('gate', 'plane', 'page', 'player', 'mesh'):
        assert f'const module_{name} = ' in text
        first = next(line for line in (STATIC / f'{name}.js').read_text().splitlines() if line.startswith('export '))
        assert first.removeprefix('export ') in text


def test_comments_and_indents_stay_behind_and_nothing_else(tmp_path):
    (tmp_path / 'a.js').write_text("// a.js does it\nexport function f(x) {   // for all x\n  // twice\n\n"
                                   "  try { g() } catch { /* then not */ }\n  return '//' + x / 2 // 3\n}\n")
    assert bundled('a', tmp_path) == "export function f(x) {\ntry { g() } catch {}\nreturn '//' + x / 2 // 3\n}\n"
    for path in STATIC.glob('*.js'):        # what begins a comment never stands inside a text
        for line in path.read_text('utf-8').splitlines():
            before, mark, _ = re.sub(r'\s{2,}// ', '\0', line).partition('\0')
            assert not mark or all(before.count(quote) % 2 == 0 for quote in '\'"`'), line


def test_an_import_that_a_bundle_can_not_read_is_named(tmp_path):
    (tmp_path / 'a.js').write_text("import b from './b.js'\n")
    with pytest.raises(ValueError, match=r"a\.js: a bundle can not hold “import b from '\./b\.js'”"):
        bundled('a', tmp_path)


def test_two_names_exported_on_one_line_are_refused(tmp_path):
    (tmp_path / 'a.js').write_text('export const one = 1, two = 2\n')
    with pytest.raises(ValueError, match=r'a\.js: “export const one = 1, two = 2” exports several names'):
        bundled('a', tmp_path)


def test_a_style_sheet_leaves_its_comments_and_indents_behind():
    assert bare('/* The\n   ink */\na,\n  b { color: red; }\n\n@media print {\n  a { top: 0 }\n}\n') == (
        'a,\nb { color: red; }\n@media print {\na { top: 0 }\n}\n')


def test_the_same_name_in_two_files_is_no_trouble(tmp_path):
    (tmp_path / 'a.js').write_text("import { b } from './b.js'\nimport { c as d } from './c.js'\n"
                                   'const x = 1\nexport const all = b + d + x\n')
    (tmp_path / 'b.js').write_text("import { c } from './c.js'\nconst x = 2\nexport const b = c + x\n")
    (tmp_path / 'c.js').write_text('const x = 3\nexport const c = x\n')
    text = bundled('a', tmp_path)
    assert text.index('module_c = ') < text.index('module_b = ') < text.index('export const all')
    assert 'const { c: d } = module_c' in text
    assert text.count('module_c = (') == 1
