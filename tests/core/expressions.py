"""Random expressions for the tests of autograd, graph, overview and replay."""
from hypothesis import assume
from hypothesis import strategies as st

from core.autograd import Value
from core.graph import in_order

# All of them keep numbers of ordinary size, however often they follow one another, so that nudging stays exact.
MOVES = {
    'add': lambda a, b: a + b,
    'subtract': lambda a, b: a - b,
    'multiply': lambda a, b: a.tanh() * b,
    'divide': lambda a, b: a / (b.tanh() + 2),
    'negate': lambda a, b: -a,
    'twice': lambda a, b: 0.5 * a * a.tanh() - a / 3,
    'square': lambda a, b: a.tanh() * a.tanh(),
    'same twice': lambda a, b: _squared(a.tanh()),
    'power': lambda a, b: (a.tanh() + 2) ** -1.5,
    'cube': lambda a, b: a.tanh() ** 3,
    'exp': lambda a, b: (1 - a.tanh()).exp(),
    'relu': lambda a, b: (a - 0.3).relu(),
    'upside down': lambda a, b: 2 / (b * b + 1),
}
numbers = st.floats(-2, 2).map(lambda x: round(x, 3))
programs = st.tuples(
    st.lists(numbers, min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=10))


def _squared(a):
    return a * a


def build(program, leaves):
    """Run a program on these Values: each move takes two numbers that are there already and puts one more on the pile."""
    pile = list(leaves)
    for move, i, j in program:
        pile.append(MOVES[move](pile[-1 - i % len(pile)], pile[-1 - j % len(pile)]))
    return pile[-1]


def expression(drawn):
    """(root, leaves, f): the expression on Values, and as a function of the leaves' numbers, smooth around them."""
    start, program = drawn
    leaves = [Value(number, label=f'x{i}') for i, number in enumerate(start)]
    root = build(program, leaves)
    for value in in_order(root):  # at its kink a relu has no slope that nudging could find
        assume(value._op != 'ReLU' or abs(value.operands()[0].data) > 1e-3)
    return root, leaves, lambda point: build(program, [Value(number) for number in point]).data
