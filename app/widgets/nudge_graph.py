"""d = ab + c with one leaf nudged: what every number was, and what it is then; the ratio to the last digit."""
from app import graph_picture as picture
from app.graph_drawing import drawing
from app.numbers import short
from app.scene import mark
from lessons.power import size_text

OPTIONS = {}
SHEET = 'graphs.css'
TOP = {'wide': 8, 'narrow': 8}


def draw(state, width):
    before, after, _ = state.nudged_graphs()
    drawn, wide = drawing(before, width, TOP[width]), width == 'wide'
    size = [720 if wide else 340, drawn.height + (56 if wide else 84)]
    marks = picture.marks(before, drawn, width, 'nudged')
    moved = {node.id for node, now in zip(before.nodes, after.nodes, strict=True) if node.value != now.value}
    marks['boxes'] = {key: value for key, value in marks['boxes'].items() if key != 'goes'} | {
        'inks': ['own' if node.label == state.nudged else 'computed' if node.id in moved else 'given' for node in before.nodes],
        'lits': [f'nudged-{node.label}' for node in before.nodes]}
    pairs = zip(before.nodes, after.nodes, strict=True)
    marks['grads']['text'] = [f'→ {exact(now.value)}' if node.id in moved else '' for node, now in pairs]
    marks['tags']['text'] = [f'× {short(edge.local)}' if edge.child in moved else '' for edge in before.edges]
    lines = ratio(state, wide)
    return {
        'size': size, 'title': 'd = ab + c, and one of its leaves nudged', 'controls': ['nudged', 'nudge'],
        'planes': {'graph': dict(box=[0, 0, *size], x=[0, size[0]], y=[size[1], 0])},
        'marks': marks | {
            'ratio': mark('labels', 'graph', 'gradient', x=[size[0] / 2] * len(lines), text=lines,
                          y=[drawn.height + 14 + 26.0 * i for i in range(len(lines))], label=' '.join(lines))}}


def ratio(state, wide):
    """The division, and what `backward` says."""
    before, after, h = state.nudged_graphs()
    up, down = exact(after.root.value), exact(before.root.value)
    said = f'gradient of {state.nudged} by backward: {short(before.node(before.find(state.nudged)).grad)}'
    quotient = repr(state.nudged_ratio()).replace('-', '−').replace('e−', ' × 10^−')
    if wide:
        return [f'({up} − {down}) / {size_text(h)} = {quotient}', said]
    return [f'({up} − {down}) / {size_text(h)}', f'= {quotient}', said]


def exact(number):
    """As many digits as a tiny nudge leaves a trace in, and no more than fit."""
    return f'{number:.10g}'.replace('-', '−')


def gesture(state, handle, value):
    return {}
