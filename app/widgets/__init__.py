"""The widgets: each one module of pure functions, named once in WIDGETS, and how any of them becomes HTML.

`OPTIONS` says what a placement may choose: {option: the allowed words, or a function that raises ValueError}; `SHEET`, if
there is one, names a style sheet that its pages need beside the common ones.
A picture has `draw(state, width, **options) → scene` and `gesture(state, handle, point, **options) → Parameters`. One
that plays has `record(state, **options) → run` too (app/runs.py says what that is).
With `LATE = True` its numbers come with the session: the page holds only its picture, which is lighter.
A chart has `figure()`, `columns(state)` and `rows(state)`. A widget that keeps what the reader writes into it has
`edit(state, placement, kept, mark, value) → kept` and `restored(state, placement, kept)`, and gets it back as `kept`.
A widget that is words and follows the state has `pieces(state, **options)` (app/widgets/listing.py).
A widget that is more than a picture has `html(state, placement, kept, picture)`; `draws(placement)` says whether it
has a picture at all, and `check(placement, state)` raises ValueError for a placement that makes no sense.
"""
from html import escape

from app import charts, player
from app.kinds import kind_of
from app.scene import beside_its_picture, written
from app.svg import svg
from app.widgets import (
    back_through,
    back_walk,
    bell,
    bends,
    bent_grid,
    chain_curves,
    computation,
    descent,
    digit_pad,
    digit_training,
    draggable_line,
    falling_samples,
    fill_order,
    fold,
    four_squares,
    gate_line,
    house_terms,
    in_space,
    layer_shapes,
    layer_walk,
    learn_or,
    listing,
    local_rules,
    lone_unit,
    loss_curve,
    matrix_rows,
    mini,
    nearest_angle,
    neuron,
    nudge_error,
    nudge_graph,
    one_number,
    one_unit,
    predict,
    prove,
    race,
    rate_ruler,
    relu_pairs,
    ripple,
    scalar_training,
    scale,
    secant,
    share_map,
    sigma_slope,
    slope_at_night,
    softmax_table,
    sorter,
    stacked,
    step_lengths,
    sum_of_chances,
    surface,
    tangent,
    ten_layers,
    thousand,
    three_knobs,
    three_walks,
    threshold_table,
    trainer,
    tries,
    tune,
    two_arrows,
    two_paths,
    two_scales,
    two_stages,
    unroll,
    update_loop,
    weight_path,
)

WIDGETS = {
    'back-through': back_through,
    'back-walk': back_walk,
    'bell': bell,
    'bends': bends,
    'bent-grid': bent_grid,
    'chain-curves': chain_curves,
    'computation': computation,
    'descent': descent,
    'digit-pad': digit_pad,
    'digit-training': digit_training,
    'draggable-line': draggable_line,
    'falling-samples': falling_samples,
    'fill-order': fill_order,
    'fold': fold,
    'four-squares': four_squares,
    'gate-line': gate_line,
    'house-terms': house_terms,
    'in-space': in_space,
    'layer-shapes': layer_shapes,
    'layer-walk': layer_walk,
    'learn-or': learn_or,
    'listing': listing,
    'local-rules': local_rules,
    'lone-unit': lone_unit,
    'loss-curve': loss_curve,
    'matrix-rows': matrix_rows,
    'mini': mini,
    'nearest-angle': nearest_angle,
    'neuron': neuron,
    'nudge-error': nudge_error,
    'nudge-graph': nudge_graph,
    'one-number': one_number,
    'one-unit': one_unit,
    'predict': predict,
    'prove': prove,
    'race': race,
    'rate-ruler': rate_ruler,
    'relu-pairs': relu_pairs,
    'ripple': ripple,
    'scalar-training': scalar_training,
    'scale': scale,
    'secant': secant,
    'share-map': share_map,
    'sigma-slope': sigma_slope,
    'slope-at-night': slope_at_night,
    'softmax-table': softmax_table,
    'sorter': sorter,
    'stacked': stacked,
    'step-lengths': step_lengths,
    'sum-of-chances': sum_of_chances,
    'surface': surface,
    'tangent': tangent,
    'ten-layers': ten_layers,
    'thousand': thousand,
    'three-knobs': three_knobs,
    'three-walks': three_walks,
    'threshold-table': threshold_table,
    'trainer': trainer,
    'tries': tries,
    'tune': tune,
    'two-arrows': two_arrows,
    'two-paths': two_paths,
    'two-scales': two_scales,
    'two-stages': two_stages,
    'unroll': unroll,
    'update-loop': update_loop,
    'weight-path': weight_path,
}

WIDTHS = ('wide', 'narrow')


def scene_of(placement, state, width, guesses):
    """The scene of one placement, or None for those that have no picture."""
    module = WIDGETS[placement.widget]
    if not hasattr(module, 'draw') or (hasattr(module, 'draws') and not module.draws(placement)):
        return None
    kept = {'kept': guesses.get(placement.name)} if hasattr(module, 'edit') else {}
    return module.draw(state, width, **placement.options, **kept)


def picture(name, scene, width):
    """A scene's SVG; ids in it are unique to this placement and width."""
    return svg(scene, f'{name}-{width}')


def inputs(state, scene):
    """The native controls that a scene asks for, as HTML; where all is changed in the picture it asks for none: []."""
    names = scene.get('controls')
    if names is None:
        return ''
    made = ''.join(kind_of(state.param[name]).control(state.param[name], name, getattr(state, name)) for name in names)
    return made + '<button type="button" class="quiet" data-restart>Start again</button>'


def render(placement, state, guesses=None):
    """A placement as HTML, drawn for both widths, ready for page.js to adopt."""
    guesses, module = guesses or {}, WIDGETS[placement.widget]
    if hasattr(module, 'html'):
        inner = _figure(placement, state, guesses) if module.draws(placement) else ''
        return module.html(state, placement, guesses.get(placement.name), inner)
    if hasattr(module, 'figure'):
        return charts.html(placement.name, module, state)
    return _figure(placement, state, guesses, f' id="{escape(placement.name)}"', placement.body_html)


def _figure(placement, state, guesses, identity='', caption=''):
    name, module = escape(placement.name), WIDGETS[placement.widget]
    scenes = {width: scene_of(placement, state, width, guesses) for width in WIDTHS}
    lean = {width: beside_its_picture(scene) for width, scene in scenes.items()}
    pictures = ''.join(f'<div class="{width}">{picture(name, scene, width)}</div>' for width, scene in scenes.items())
    words = f'<figcaption>{caption}</figcaption>' if caption else ''
    table = module.table(state, **placement.options) if hasattr(module, 'table') else None
    table = charts.as_table(scenes['wide']['title'], *table) if table else ''
    bar = player.bar(scenes['wide']['title'], module, state) if hasattr(module, 'record') else ''
    ledger = player.trace(scenes['wide']['title'], module) if bar else ''
    return (f'<figure class="widget {placement.widget}"{identity} data-widget="{name}">{words}'
            f'<div class="picture">{pictures}</div>{bar}'
            f'<div class="controls">{inputs(state, scenes["wide"])}</div>{ledger}{table}'
            + ('' if getattr(module, 'LATE', False) else
               f'<script type="application/octet-stream" data-scenes>{written(lean)}</script>') + '</figure>')
