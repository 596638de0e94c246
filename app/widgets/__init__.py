"""The widgets: each one module of pure functions, named once in WIDGETS, and how any of them becomes HTML.

A plane widget has `draw(state, width, **options) → scene` and `gesture(state, handle, value) → Parameters`.
A chart has `figure()`, `columns(state)` and `rows(state)`. The question `predict` has a form of its own.
"""
from html import escape

from app import charts, controls
from app.scene import written
from app.svg import svg
from app.widgets import draggable_line, loss_curve, one_number, predict, tries

WIDGETS = {
    'draggable-line': draggable_line,
    'loss-curve': loss_curve,
    'one-number': one_number,
    'predict': predict,
    'tries': tries,
}

WIDTHS = ('wide', 'narrow')


def scene_of(placement, state, width, guesses):
    """The scene of one placement, or None for those that are no plane."""
    module = WIDGETS[placement.widget]
    if module is predict:
        if not predict.draws(placement):
            return None
        return predict.draw(state, width, guesses.get(placement.name), **placement.options)
    return module.draw(state, width, **placement.options) if hasattr(module, 'draw') else None


def picture(name, scene, width):
    """A scene's SVG; ids in it are unique to this placement and width."""
    return svg(scene, f'{name}-{width}')


def render(placement, state, guesses=None):
    """A placement as HTML, drawn for both widths, ready for page.js to adopt."""
    guesses = guesses or {}
    module = WIDGETS[placement.widget]
    if module is predict:
        inner = _figure(placement, state, guesses) if predict.draws(placement) else ''
        return predict.html(state, placement, guesses.get(placement.name), inner)
    if hasattr(module, 'figure'):
        return charts.html(placement.name, module, state)
    return _figure(placement, state, guesses, f' id="{escape(placement.name)}"', placement.body_html)


def _figure(placement, state, guesses, identity='', caption=''):
    name = escape(placement.name)
    scenes = {width: scene_of(placement, state, width, guesses) for width in WIDTHS}
    pictures = ''.join(f'<div class="{width}">{picture(name, scene, width)}</div>' for width, scene in scenes.items())
    data = f'<script type="application/octet-stream" data-scenes>{written(scenes)}</script>'
    inputs = ''.join(controls.control(state, parameter) for parameter in scenes['wide'].get('controls', ()))
    inputs = f'<div class="controls">{inputs}</div>' if inputs else ''
    words = f'<figcaption>{caption}</figcaption>' if caption else ''
    return (f'<figure class="widget {placement.widget}"{identity} data-widget="{name}">{words}'
            f'<div class="picture">{pictures}</div>{inputs}{data}</figure>')
