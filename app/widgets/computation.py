"""A computation, typed or given: its graph with every number and slope, stepped forward and backward, node by node."""
import textwrap

from app import graph_picture as picture
from app.graph_drawing import drawing
from app.numbers import short
from app.scene import mark
from lessons.short import in_brackets

OPTIONS = {'of': ('typed', 'neuron')}
SHEET = 'graphs.css'
RUNS_ON = ('expression', 'where', 'neuron')
ASKS = {'typed': ['expression', 'where'], 'neuron': []}
TITLES = {'typed': 'Your expression as a graph', 'neuron': 'A neuron as a graph'}
LETTERS = {'wide': 58, 'narrow': 32}        # of a formula in one line
CHARACTER = {'wide': 10.4, 'narrow': 9.2}


def draw(state, width, of='typed'):
    made, trouble = state.made(of), state.trouble() if of == 'typed' else ''
    tokens, top = formula(made, width, of)
    said = textwrap.wrap(trouble, 76 if width == 'wide' else 40)
    drawn = drawing(made.graph, width, top + 20 * len(said))
    size = [720 if width == 'wide' else 340, drawn.height]
    return {
        'size': size, 'title': TITLES[of], 'controls': ASKS[of],
        'planes': {'graph': dict(box=[0, 0, *size], x=[0, size[0]], y=[size[1], 0])},
        'marks': {
            'formula': tokens,
            'trouble': mark('labels', 'graph', 'loss', anchor='start', x=[8.0] * len(said), text=said,
                            y=[top + 20.0 * i + 10 for i in range(len(said))]),
            **picture.marks(made.graph, drawn, width, of, dials(made.graph), f'{TITLES[of]}: {spoken(made.graph)}')}}


def dials(graph):
    return {'ids': [node.id for node in graph.leaves if node.label], 'step': 0.1, 'bounds': [-1000, 1000]}


def spoken(graph):
    """A graph for those who cannot see it."""
    return '; '.join(f'{node.label or "the number"} {short(node.value)}, gradient {short(node.grad)}' for node in graph.nodes)


def formula(made, width, of):
    """The text itself, sign by sign, each lit up together with its node; and where it ends."""
    text, most, step = made.text, LETTERS[width], CHARACTER[width]
    owner = {at: id for id, places in made.places.items() for place in places for at in range(*place)}
    lines = textwrap.wrap(text, most, break_long_words=True, drop_whitespace=False) or ['']
    x, y, words, lit, at = [], [], [], [], 0
    for i, line in enumerate(lines):
        left = (360 if width == 'wide' else 170) - step * (len(line.rstrip()) - 1) / 2
        j = 0
        while j < len(line):
            id, k = owner.get(at + j), j + 1
            while k < len(line) and id is not None and owner.get(at + k) == id:
                k += 1
            if line[j:k].strip():
                x.append(left + step * (j + k - 1) / 2)
                y.append(16.0 + 24 * i)
                words.append(line[j:k].replace('-', '−').replace('*', '×' if k - j == 1 else '*'))
                lit.append('' if id is None else f'{of}-{id}')
            j = k
        at += len(line)
    return mark('labels', 'graph', 'letters', x=x, y=y, text=words, lits=lit), 24 * len(lines) + 16


def gesture(state, handle, value, of='typed'):
    index, number = value
    return state.with_leaf(of, state.made(of).graph.nodes[index], number)


def record(state, of='typed'):
    """First nothing; then the numbers, node by node; then the slopes, from the result back."""
    graph = state.made(of).graph
    walk = [moment for moments in (start(graph, of), forward(graph, of), backward(graph, of)) for moment in moments]
    tracks = {}
    drawn = drawing(graph, 'wide')
    for known, parts, edges, _, _ in walk:
        for path, values in picture.shown(graph, drawn, known, parts, edges).items():
            tracks.setdefault(path, []).append(values)
    goes = [[k for k, (_, _, _, lit, _) in enumerate(walk) if lit.split(' ')[0] == f'{of}-{node.id}'] for node in graph.nodes]
    return {
        'frames': len(walk), 'pace': 1.2, 'labels': [words for *_, words in walk], 'lit': [lit for _, _, _, lit, _ in walk],
        'tracks': tracks, 'goes': {'boxes': goes}, 'says': verdict(graph)}


def start(graph, of):
    yield set(), {}, set(), '', 'The start: only the leaves are known, and no slope. Forward comes first.'


def forward(graph, of):
    """(known ids, contributions so far, edges that have spoken, what is lit, words) for each step forward."""
    known = set()
    for step in graph.forward_steps():
        known = known | set(step.known)
        if step.at is None:
            yield known, {}, set(), '', f'Forward: the leaves. {listed(graph.node(id) for id in step.known)}.'
            continue
        node = graph.node(step.at)
        said = f'Forward: {name(node)} = {done(graph, node)} = {short(node.value)}.'
        yield known, {}, set(), f'{of}-{node.id} {picture.rule_of(node.op)}', said


def backward(graph, of):
    known, parts, spoken_edges = {node.id for node in graph.nodes}, {}, set()
    for step in graph.backward_steps():
        if step.at is None:
            parts = {graph.root.id: [1.0]}
            yield known, dict(parts), set(), f'{of}-{graph.root.id} back-start', (
                f'Backward: {name(graph.root)} grows with itself at the rate 1. All gradients begin here.')
            continue
        node = graph.node(step.at)
        for edge in step.edges:
            parts = parts | {edge.child: [*parts.get(edge.child, []), edge.contribution]}
            spoken_edges = spoken_edges | {(edge.parent, edge.slot)}
        lit = f'{of}-{node.id} {picture.rule_of(node.op)} back-step'
        yield known, parts, spoken_edges, lit, backward_words(graph, node, step, parts)


def backward_words(graph, node, step, parts):
    said = []
    for edge in step.edges:
        child = graph.node(edge.child)
        more = ' as well' if len(parts[edge.child]) > 1 else ''
        said.append(f'{name(child)} gets {short(edge.local)} × {short(edge.upstream)} = {short(edge.contribution)}{more}')
    return f'Backward, from {name(node)}: {"; ".join(said)}.'


def name(node):
    return node.label or short(node.value)


def listed(nodes):
    return ', '.join(f'{node.label} = {short(node.value)}' for node in nodes if node.label) or 'Only numbers'


def done(graph, node):
    """An operation with its numbers in it: −2 × 3."""
    first, *more = [short(graph.node(edge.child).value) for edge in graph.edges_into(node.id)]
    return picture.done(node.op, [first, *map(in_brackets, more)])


def verdict(graph):
    """What the slopes say, of the leaf that counts most."""
    named = [node for node in graph.leaves if node.label]
    if not named:
        return 'There is no name in it, so there is nothing to nudge.'
    if any(node.op == 'ReLU' and graph.node(graph.edges_into(node.id)[0].child).value == 0 for node in graph.nodes):
        return 'A relu stands at its kink, where it has no slope: one side rises, the other is level. By convention we say 0.'
    top = max(named, key=lambda node: abs(node.grad))
    if top.grad == 0:
        return f'All slopes are 0: here {name(graph.root)} is level.'
    way, root = 'rises' if top.grad > 0 else 'falls', name(graph.root)
    return f'{root} is most sensitive to {top.label}: raise it a little, and {root} {way} {short(abs(top.grad))} times as much.'
