"""A computation as a picture: each number with its gradient, each edge with local × upstream = contribution.

`graph_drawing` says where everything stands, the same marks for both widths, so that a run plays over either. `marks` says
what is written there at rest, `shown` what is written there at one moment.
"""
from app.graph_drawing import WIDE
from app.numbers import short
from app.scene import mark
from core.operations import exponent_of
from lessons.power import size_text

SIGNS = {'+': '+', '-': '−', '*': '×', '/': '÷', 'neg': '−', 'ReLU': 'relu', 'tanh': 'tanh', 'exp': 'exp'}
RULES = {'+': 'op-add', '-': 'op-sub', '*': 'op-mul', '/': 'op-div', 'neg': 'op-neg', 'ReLU': 'op-relu', 'tanh': 'op-tanh',
         'exp': 'op-exp'}


# ---- words

def sign_of(node):
    """What stands in a node: its name, and what it does."""
    exponent = exponent_of(node.op)
    if exponent is not None:
        return f'{node.label} ' + {2.0: '( )²', 3.0: '( )³'}.get(exponent, f'( )^{short(exponent)}')
    return f'{node.label} {SIGNS[node.op]}' if node.op else node.label


def rule_of(op):
    """The name by which the rule of an operation is lit up."""
    return 'op-pow' if op.startswith('**') else RULES.get(op, 'op-leaf')


def lits(graph, prefix):
    """What each node is lit up together with: its own name, and the rule of its operation."""
    return [f'{prefix}-{node.id} {rule_of(node.op)}' for node in graph.nodes]


WIDTHS = {'.': .34, ' ': .3, ',': .32, '−': .82, '×': .82, '=': .82, '+': .82, 'i': .3, 'l': .3, 't': .4, 'r': .42}


def across(text, font):
    """About how wide a text is drawn, rather more than less."""
    return sum(WIDTHS.get(letter, .64) for letter in text) * font


def fitting(make, most, font, digits=(4, 3, 2)):
    """The text that make(digits) gives with as many digits as there is room for."""
    return next((text for n in digits if across(text := make(n), font) <= most), make(digits[-1]))


def number_beside(sign, value, font):
    """A value with as many digits as there is room for beside what it is."""
    return fitting(lambda n: short(value, n), 118 - across(sign, font), font, (6, 5, 4, 3, 2))


def product(edge, most, font):
    """local × upstream = contribution; where even two digits of each have no room, the contribution alone."""
    def factor(number, n):
        text = size_text(number, n)
        return f'({text})' if ' ' in text else text

    def words(n):
        return f'{factor(edge.local, n)} × {factor(edge.upstream, n)} = {size_text(edge.contribution, n)}'
    full = fitting(words, most, font)
    return full if across(full, font) <= most else f'= {size_text(edge.contribution, 3)}'


def gathered(parts, most, font):
    """A gradient as the sum of the contributions that have come, if there are several; '' before any has."""
    def words(n):
        total = short(sum(parts), n)
        if len(parts) < 2:
            return f'grad {total}'
        return f'grad {" + ".join(short(part, n) for part in parts).replace("+ −", "− ")} = {total}'
    if not parts:
        return ''
    full = fitting(words, most, font)
    return full if across(full, font) <= most else fitting(lambda n: f'grad {short(sum(parts), n)}', most, font)


def inks(graph, editable=()):
    """The class of each box: what is given, what can be changed, what is computed, and the result."""
    def ink(node):
        if node.id == graph.root.id:
            return 'root'
        return 'own' if node.id in editable else 'computed' if node.op else 'given'
    return [ink(node) for node in graph.nodes]


# ---- marks

def marks(graph, drawn, width, prefix, dials=None, label='the computation'):
    """Everything as it stands at rest. dials: what can be changed, {'ids': …, 'step': …, 'bounds': …}."""
    wide, own = width == 'wide', set(dials['ids']) if dials else ()
    x, y, w, h = (list(series) for series in zip(*drawn.boxes, strict=True))
    bottom = [top + tall for top, tall in zip(y, h, strict=True)]
    first, second = ([low - above for low in bottom] for above in ((38, 18) if wide else (23, 23)))
    right = [left + across - 10 for left, across in zip(x, w, strict=True)]
    names, looks, full = lits(graph, prefix), inks(graph, own), shown(graph, drawn)
    edge_names = [f'{prefix}-{edge.parent}-{edge.slot} {prefix}-{edge.child}' for edge in graph.edges]
    which, *ends = (list(series) for series in zip(*drawn.pieces, strict=True)) if drawn.pieces else [[]] * 5
    boxes = mark('cells', 'graph', x=x, y=y, w=w, h=h, text=[''] * len(x), inks=looks, lits=names, label=label,
                 value=[node.value for node in graph.nodes], goes=[bool(node.op) for node in graph.nodes])
    if dials:
        boxes['dials'] = dials_of(graph, own, dials)
    return {
        'edges': mark('edges', 'graph', **dict(zip(('x', 'y', 'x1', 'y1'), ends, strict=True)), value=full['edges.value'],
                      lits=[edge_names[i] for i in which]),
        'boxes': boxes,
        'names': mark('labels', 'graph', anchor='start', x=[left + 10 for left in x], y=first,
                      text=[sign_of(node) for node in graph.nodes], inks=looks, lits=names),
        'numbers': mark('labels', 'graph', anchor='end', y=first, text=full['numbers.text'], lits=names,
                        x=right if wide else [left + .46 * wide_one for left, wide_one in zip(x, w, strict=True)]),
        'grads': mark('labels', 'graph', 'gradient', anchor='end', x=right, y=second, text=full['grads.text'], lits=names),
        'tags': mark('labels', 'graph', 'gradient', anchor=drawn.anchor, x=[tag[0] for tag in drawn.tags],
                     y=[tag[1] for tag in drawn.tags], text=full['tags.text'], lits=edge_names)}


def dials_of(graph, own, dials):
    return {'names': [node.label if node.id in own else '' for node in graph.nodes],
            'says': [f'{short(node.value)}, gradient {short(node.grad)}' for node in graph.nodes],
            'values': [f'{node.value:.10g}' for node in graph.nodes], 'step': dials['step'], 'bounds': dials['bounds']}


def shown(graph, drawn, known=None, parts=None, spoken=None):
    """What is written at one moment: of the known nodes, with the contributions that have come, and the edges that have spoken.

    The same in both widths: words that fit wide fit narrow as well. known: ids. parts: {id: contributions so far}.
    spoken: (parent, slot) of edges. None: all of them.
    """
    font, room = WIDE['font'], WIDE['box'][0] - 16
    known = {node.id for node in graph.nodes} if known is None else known
    spoken = {(edge.parent, edge.slot) for edge in graph.edges} if spoken is None else spoken
    if parts is None:
        parts = contributions(graph)
    most = max((abs(edge.contribution) for edge in graph.edges), default=1) or 1
    values = [weight(edge, most) if (edge.parent, edge.slot) in spoken else .3 for edge in graph.edges]
    return {
        'numbers.text': [number_beside(sign_of(node), node.value, font) if node.id in known else '' for node in graph.nodes],
        'grads.text': [gathered(parts.get(node.id, []), room, font) for node in graph.nodes],
        'tags.text': [product(edge, WIDE['node'] - 4, font) if (edge.parent, edge.slot) in spoken else ''
                      for edge in graph.edges],
        'edges.value': [values[piece[0]] for piece in drawn.pieces]}


def contributions(graph):
    """{id: what its gradient is the sum of}: a part for each edge that is drawn, and one for all that is not."""
    found = {}
    for node in graph.nodes:
        parts = [edge.contribution for edge in graph.edges_from(node.id)]
        rest = node.grad - sum(parts)
        found[node.id] = [*parts, rest] if not parts or abs(rest) > 1e-9 * (abs(node.grad) + sum(map(abs, parts))) else parts
    return found


def weight(edge, most):
    """How thick an edge is drawn: the share of its contribution in the largest one, with its sign."""
    share = .5 + 1.6 * abs(edge.contribution) / most
    return -share if edge.contribution < 0 else share
