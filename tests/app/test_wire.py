"""The wire as a component of its own, in somebody's app or notebook."""
import asyncio
import base64
import json
import os
import zlib
from types import SimpleNamespace

import pytest
from bokeh.document import Document

from app.scene import unpack
from app.server.wire import Wire, own_pool, widget
from app.widgets import WIDGETS
from tests.helpers import slow_walk


def test_a_widget_comes_with_its_picture_and_its_numbers():
    component = widget('loss', 'see-the-squares', slope=150)
    html = base64.b64decode(component.html).decode()
    assert html.count('<svg') == 2
    assert '"slope": 150' in html


def test_nothing_in_a_component_can_end_the_script_that_a_notebook_writes_it_into():
    component = widget('loss', 'sketch-the-valley')
    values = [component.html, component.module(), *component.stylesheets]
    assert all(values)
    assert not any('</script' in value.lower() for value in values)


def test_a_widget_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(KeyError, match='see-the-squares'):
        widget('loss', 'see-the-square')


def test_in_a_notebook_a_long_run_is_recorded_in_a_process_of_its_own(monkeypatch):
    monkeypatch.setitem(WIDGETS, 'slow-walk', slow_walk)
    component, told = Wire(slow_walk.LESSON), []
    component.host.post = lambda packed: told.append(unpack(packed))

    async def press():
        for message in ({'do': 'restore', 'params': {'steps': 77}, 'guesses': {}}, {'do': 'run', 'widget': 'walk'}):
            component._comm_event(Document(), SimpleNamespace(data=json.dumps({'seq': len(told), **message})))
        assert 'walk' in told[-1]['pending']
        while 'runs' not in told[-1]:
            await asyncio.sleep(.01)

    try:
        asyncio.run(asyncio.wait_for(press(), 30))
        run = unpack(zlib.decompress(bytes(told[-1]['runs']['walk']['squeezed'])))
        assert run['frames'] == 78 and int(run['says']) != os.getpid()
    finally:
        own_pool().close()
        own_pool.cache_clear()
