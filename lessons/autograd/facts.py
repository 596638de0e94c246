"""What the lesson on autograd says of its own examples: the first f, the four rules, d nudged, a step of f, the neuron."""
from functools import lru_cache

from core.autograd import Value
from core.derivative import forward_difference
from lessons.autograd import typed
from lessons.power import size_of, size_text
from lessons.short import added, short

OWN = '(a*b)*(a+b)'
ASKED = 'a = 1, b = 2'                       # of the first question
START = {'a': 2.0, 'b': -3.0, 'c': 10.0}     # of d = ab + c
LONGEST = 28                                 # letters of a sum, so that it stands in one line on a phone


class Facts:
    """For a state with the Parameters `rules`, `nudged`, `nudge` and `tune`, which says what it `made`."""

    def slope_of_a(self):
        """What the first question asks: with other numbers than the picture below it, which would give it away."""
        graph = typed.computation(OWN, ASKED).graph
        return graph.node(graph.find('a')).grad

    def first(self):
        """The first leaf with a name, or the result where there is none."""
        graph = self.made().graph
        return next((node for node in graph.leaves if node.label), graph.root)

    def first_leaf(self):
        return self.first().label

    def first_sum(self):
        """Its gradient, as the sum of what came."""
        graph, node = self.made().graph, self.first()
        parts = [short(edge.contribution) for edge in graph.edges_from(node.id)]
        if len(parts) < 2:
            return short(node.grad)
        whole = f'{added(parts)} = {short(node.grad)}'
        return whole if len(whole) <= LONGEST else f'{len(parts)} parts: {short(node.grad)}'

    def neuron_out(self):
        return short(type(self)().made('neuron').graph.root.value)

    def neuron_slopes(self):
        graph = type(self)().made('neuron').graph
        return ', '.join(f'{name} {short(graph.node(graph.find(name)).grad)}' for name in ('x1', 'w1', 'x2', 'w2'))

    # The rules of single operations.
    def rule_numbers(self):
        """a, b and the slope that comes back from above."""
        return tuple(map(float, (self.rules or type(self).rules)[0]))

    def rule(self, i):
        """a + b, a − b, a × b or tanh a, as a Value."""
        a, b, _ = self.rule_numbers()
        a, b = Value(a), Value(b)
        return (a + b, a - b, a * b, a.tanh())[i]

    # d = ab + c, and one of its leaves nudged.
    def nudged_graphs(self):
        """The graph before, the graph after, and the nudge."""
        h = size_of(self.nudge)
        before = typed.computed('a*b + c', tuple(START.items()), ('p', 'd')).graph
        then = START | {self.nudged: START[self.nudged] + h}
        return before, typed.computed('a*b + c', tuple(then.items()), ('p', 'd')).graph, h

    def nudged_ratio(self):
        before, after, h = self.nudged_graphs()
        return (after.root.value - before.root.value) / h

    def residue_of_d(self):
        """The ratio of the lesson's own nudge, to the last digit."""
        return repr(type(self)().nudged_ratio())

    def nudged_d(self):
        return short(type(self)().nudged_graphs()[1].root.value, 8)

    def residue(self):
        """What a nudge of a millionth finds at the bottom of 3x² − 4x + 5, where the slope is 0."""
        return size_text(forward_difference(bottomed, 2 / 3, 1e-6), 4)

    def truncation(self):
        """The part of it that is the bend of the curve: h · f″/2."""
        return size_text(3e-6, 4)

    def rounding(self):
        return size_text(abs(float(forward_difference(bottomed, 2 / 3, 1e-6)) - 3e-6), 1)

    # A step of f = (ab)(a + b) downhill.
    def tuned(self, which, rate):
        """f after a step of this length, along the slope of a alone, or of both."""
        return tuned(which == 'both', rate)

    def tune_slope(self, which):
        """How fast f falls at first as the step grows: minus the sum of the squared slopes of what moves."""
        a, b = slopes()
        return -(a * a + (b * b if which == 'both' else 0.0))

    def tenth_a(self):
        """Where a step of 0.1 leads a."""
        return short(-2 - 0.1 * slopes()[0], 6)

    def tenth_alone(self):
        return short(tuned(False, 0.1), 6)

    def tenth_both(self):
        return short(tuned(True, 0.1), 6)

    def tenth_foretold(self):
        return short(tuned(False, 0.0) + 0.1 * self.tune_slope('alone'), 6)

    def lowest(self):
        """The lowest that a alone can reach: at λ = 1/6."""
        return short(tuned(False, 1 / 6), 6)


@lru_cache
def slopes():
    graph = typed.computation(OWN, 'a = -2, b = 3').graph
    return tuple(graph.node(graph.find(name)).grad for name in 'ab')


@lru_cache(1024)
def tuned(both, rate):
    """f = (ab)(a + b) once a, and perhaps b, took one step downhill from −2 and 3."""
    a, b = slopes()
    return typed.computed(OWN, (('a', -2 - rate * a), ('b', 3 - rate * b * both))).graph.root.value


def bottomed(x):
    return 3*x**2 - 4*x + 5
