"""The wire as a component of its own, in somebody's app or notebook."""
import base64

import pytest

from app.server.wire import widget


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
