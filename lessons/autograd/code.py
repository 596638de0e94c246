"""A readable Value in thirty lines, and a graph as the program that it is: each line with what it is lit up together with."""

# The lesson's own Value. A test runs it and holds it equal to the engine's, bit for bit.
VALUE = (
    ('import math', ''),
    ('', ''),
    ('class Value:', ''),
    ('    def __init__(self, data, operands=(), slopes=()):', 'op-leaf'),
    ('        self.data, self.grad = data, 0.0', 'op-leaf'),
    ('        self.operands, self.slopes = operands, slopes', ''),
    ('', ''),
    ('    def __add__(self, other):        # passes on', 'op-add'),
    ('        return Value(self.data + other.data, (self, other), (1, 1))', 'op-add'),
    ('', ''),
    ('    def __sub__(self, other):        # negates the second', 'op-sub'),
    ('        return Value(self.data - other.data, (self, other), (1, -1))', 'op-sub'),
    ('', ''),
    ('    def __mul__(self, other):        # swaps', 'op-mul'),
    ('        product = self.data * other.data', 'op-mul'),
    ('        return Value(product, (self, other), (other.data, self.data))', 'op-mul'),
    ('', ''),
    ('    def tanh(self):                  # 1 minus its square', 'op-tanh'),
    ('        t = math.tanh(self.data)', 'op-tanh'),
    ('        return Value(t, (self,), (1 - t * t,))', 'op-tanh'),
    ('', ''),
    ('    def backward(self):', 'back-start'),
    ('        order = []', ''),
    ('        def visit(value):', ''),
    ('            for operand in value.operands:', ''),
    ('                if operand not in order:', ''),
    ('                    visit(operand)', ''),
    ('            order.append(value)', ''),
    ('        visit(self)', ''),
    ('        self.grad = 1.0', 'back-start'),
    ('        for value in reversed(order):', 'back-step'),
    ('            for operand, slope in zip(value.operands, value.slopes):', 'back-step'),
    ('                operand.grad += slope * value.grad', 'back-step'),
)
SIGNS = {'+': '{} + {}', '-': '{} - {}', '*': '{} * {}', '/': '{} / {}', 'neg': '-{}', 'ReLU': '{}.relu()', 'tanh': '{}.tanh()',
         'exp': '{}.exp()'}


def program(graph, prefix):
    """A graph as lines of Python, (text, lit): leaves, results, and what `backward` has put into each."""
    names = {node.id: node.label or typed(node.value) for node in graph.nodes}
    lines = []
    for node in graph.nodes:
        if not node.label:
            continue
        if node.op:
            form = SIGNS.get(node.op, '{} ' + node.op[:2] + ' ' + node.op[2:])
            made = form.format(*(names[edge.child] for edge in graph.edges_into(node.id)))
        else:
            made = f'Value({typed(node.value)})'
        lines.append((node, f'{node.label} = {made}'))
    wide = max((len(text) for _, text in lines), default=0)
    said = [f'{text.ljust(wide)}  # {typed(node.value, 4)}, grad {typed(node.grad, 4)}' for node, text in lines]
    return [*((text, f'{prefix}-{node.id}') for text, (node, _) in zip(said, lines, strict=True)),
            (f'{graph.root.label}.backward()', 'back-start')]


def typed(number, digits=12):
    """A number as Python reads it."""
    return f'{number + 0.0:.{digits}g}'
