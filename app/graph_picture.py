"""A computation as a picture: each number with its gradient, each edge with local × upstream = contribution.

`graph_drawing` says where everything stands, the same marks for both widths, so that a run plays over either. `marks` says
what is written there at rest, `shown` what is written there at one moment.
"""
from app.graph_drawing import WIDE
from app.letters import across, fitting
from app.numbers import short
from app.scene import mark
from core.operations import exponent_of
from lessons.power import size_text
from lessons.short import added

SIGNS = {'+': '+', '-': '−', '*': '×', '/': '÷', 'neg': '−', 'ReLU': 'relu', 'tanh': 'tanh', 'exp': 'exp'}
RULES = {'+': 'op-add', '-': 'op-sub', '*': 'op-mul', '/': 'op-div', 'neg': 'op-neg', 'ReLU': 'op-relu', 'tanh': 'op-tanh',
         'exp': 'op-exp'}


# ---- words

def done(op, operands):
    """An operation on these, written out: a × b, tanh(n)."""
    exponent = exponent_of(op)
    if exponent is not None:
        power = {2.0: '²', 3.0: '³'}.get(exponent) or f'^{short(exponent)}'
        return f'{operands[0]}{power}' if operands[0].isalnum() else f'({operands[0]}){power}'
    if len(operands) == 2:
        return f'{operands[0]} {SIGNS[op]} {operands[1]}'
    return f'−{operands[0]}' if op == 'neg' else f'{SIGNS[op]}({operands[0]})'


def in_words(graph, node, font, known=True):
    """What stands in a node: its name, how it was computed, its value; if there is little room, only what it does."""
    made = expression(graph, node)
    parts = [part for part in (node.label, made) if part]
    sign = SIGNS.get(node.op, 'power') if made else node.label
    room = ROOM if made else ROOM - 12              # what can be changed is written in bold
    for shown, least in ((parts, 3), ([f'{node.label} {sign}'.strip()] if made else parts, 3), ([sign], 2)):
        text = ' = '.join(shown)
        for digits in range(6, least - 1, -1) if known else ():
            value = short(node.value, digits)
            if across(full := f'{text} = {value}' if text else value, font) <= room:
                return full
        if not known and across(text, font) <= room:
            return text
    return f'= {short(node.value, 2)}' if known else sign


def expression(graph, node, unnamed=''):
    """How a node was computed from others: 'a × b'; '' for a leaf. What has no name is its number, or `unnamed`."""
    operands = [graph.node(edge.child) for edge in graph.edges_into(node.id)]
    names = [operand.label or unnamed or short(operand.value, 3) for operand in operands]
    return done(node.op, names) if names else ''


def what(graph, node, unnamed=''):
    """A node by its name and how it was computed: 'd = a × b', or the number itself where it has neither."""
    return ' = '.join(filter(None, (node.label, expression(graph, node, unnamed)))) or short(node.value)


def note(node, parts, known=True, leaf=''):
    """What is known of a node at one moment, besides its name: its number, and its gradient so far.

    Of a leaf the number stands on the card already; where it differs from that, `leaf` is the word before it.
    """
    sign = '=' if node.op else leaf
    value = f'{sign} {short(node.value)}' if sign and known else ''
    return ', '.join(filter(None, (value, gathered(parts, 400, 16).replace('grad', 'gradient'))))


def rule_of(op):
    """The name by which the rule of an operation is lit up."""
    return 'op-pow' if op.startswith('**') else RULES.get(op, 'op-leaf')


def lits(graph, prefix):
    """What each node is lit up together with: its own name, and the rule of its operation."""
    return [f'{prefix}-{node.id} {rule_of(node.op)}' for node in graph.nodes]


ROOM = 158      # units of a box that its words may take, with a wide picture's letters; a narrow one has smaller ones


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
        return f'grad {added(short(part, n) for part in parts)} = {total}'
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
    own, full = set(dials['ids']) if dials else (), shown(graph, drawn)
    x, y, w, h = (list(series) for series in zip(*drawn.boxes, strict=True))
    _, *ends = (list(series) for series in zip(*drawn.pieces, strict=True)) if drawn.pieces else [[]] * 5
    boxes = mark('cells', 'graph', x=x, y=y, w=w, h=h, text=full['boxes.text'], inks=inks(graph, own), lits=lits(graph, prefix),
                 label=label, value=[node.value for node in graph.nodes], goes=[bool(node.op) for node in graph.nodes])
    if dials:
        boxes['dials'] = dials_of(graph, own, dials) | {'notes': full['boxes.notes']}
    return {
        'edges': mark('edges', 'graph', **dict(zip(('x', 'y', 'x1', 'y1'), ends, strict=True)), bend=drawn.bends,
                      value=full['edges.value']),
        'boxes': boxes,
        'grads': mark('labels', 'graph', 'gradient', anchor='middle' if width == 'wide' else 'end',
                      x=[x for x, _ in drawn.grads], y=[y for _, y in drawn.grads], text=full['grads.text']),
        'tags': mark('labels', 'graph', 'gradient', anchor=drawn.anchor, x=[x for x, _ in drawn.tags],
                     y=[y for _, y in drawn.tags], text=full['tags.text'],
                     lits=[f'{prefix}-{edge.parent}-{edge.slot} {prefix}-{edge.child}' for edge in graph.edges])}


def dials_of(graph, own, dials):
    return {'names': [node.label if node.id in own else '' for node in graph.nodes],
            'told': ['' if node.id in own else what(graph, node) for node in graph.nodes],
            'says': [short(node.value) for node in graph.nodes], 'values': [f'{node.value:.10g}' for node in graph.nodes],
            'step': dials['step'], 'bounds': dials['bounds']}


def shown(graph, drawn, known=None, parts=None, spoken=None):
    """What is written at one moment: of the known nodes, with the contributions that have come, and the edges that have spoken.

    The same in both widths: words that fit wide fit narrow as well. known: ids. parts: {id: contributions so far}.
    spoken: (parent, slot) of edges. None: all of them.
    """
    font, room = WIDE['font'], 146                              # what fits beside a narrow box, too
    known = {node.id for node in graph.nodes} if known is None else known
    spoken = {(edge.parent, edge.slot) for edge in graph.edges} if spoken is None else spoken
    if parts is None:
        parts = contributions(graph)
    most = max((abs(edge.contribution) for edge in graph.edges), default=1) or 1
    values = [weight(edge, most) if (edge.parent, edge.slot) in spoken else .3 for edge in graph.edges]
    return {
        'boxes.text': [in_words(graph, node, font, node.id in known) for node in graph.nodes],
        'boxes.notes': [note(node, parts.get(node.id, []), node.id in known) for node in graph.nodes],
        'grads.text': [gathered(parts.get(node.id, []), room, font) for node in graph.nodes],
        'tags.text': [product(edge, WIDE['node'] - 2, font) if (edge.parent, edge.slot) in spoken else ''
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
    return round(-share if edge.contribution < 0 else share, 2)
