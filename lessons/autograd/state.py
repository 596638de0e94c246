"""Expressions as graphs, a neuron as a graph, and a network trained on single numbers: what the reader sets, and what follows."""
from functools import lru_cache

import param

from core.autograd import Value
from core.derivative import forward_difference
from core.scalar_training import TARGETS
from lessons.autograd import code, typed
from lessons.autograd import network as net
from lessons.power import Power, size_of, size_text
from lessons.rows import Rows
from lessons.short import short
from lessons.written import Written

NEURON = 'tanh(x1*w1 + x2*w2 + b)'
LEAVES = ('x1', 'w1', 'x2', 'w2', 'b')
OWN = '(a*b)*(a+b)'
START = {'a': 2.0, 'b': -3.0, 'c': 10.0}     # of d = ab + c
LOOKS = {'all neurons': 'neurons', 'the whole graph': 'whole'} | {f'inside {name}': name for name in net.NEURONS}
BETWEEN = ('p', 'q', 's', 'n', 'o')         # x₁w₁, x₂w₂, their sum, with the bias, the output


class State(param.Parameterized):
    TOGETHER = ('expression', 'where')      # what is refused together

    # What the reader can change. These, and only these, are in the page's address.
    expression = Written(OWN, reads=typed.read, example='a*b + 1', label='Expression')
    where = Written('a = -2, b = 3', reads=typed.numbers_from, example='a = 1, b = 4', label='Where')
    neuron = Rows([[2.0, -3.0, 0.0, 1.0, 6.8813735870195432]], columns=LEAVES, most=1, label='The neuron’s numbers')

    rules = Rows([[2.0, -3.0, 0.5]], columns=('a', 'b', 'upstream'), most=1, label='The numbers of the rules')
    nudged = param.Selector(default='c', objects=['c', 'b', 'a'], label='Nudge')
    nudge = Power(-4, bounds=(-12, 0), step=1, label='by')
    tune = param.Number(0.1, bounds=(0, 0.4), step=0.01, label='Rate of the step')

    look = param.Selector(default='neurons', objects=LOOKS, label='Look at')
    example = param.Selector(default=2, objects=[1, 2, 3, 4], label='Example')
    seed = param.Integer(0, bounds=(0, 999), step=1, label='Seed of the start')
    rate = param.Number(0.1, bounds=(0.01, 1), step=0.01, label='Rate')
    zero_grad = param.Boolean(True, label='zero_grad before each step')
    weights = Rows(columns=[f'w{i}' for i in range(1, 42)], most=1, label='The 41 numbers at the start')

    # What follows. Pure functions of the above.
    def made(self, of='typed'):
        """The computation of the typed expression, or of the neuron. Where it has no value, that of the lesson stands in."""
        if of == 'neuron':
            row = (self.neuron or [NUMBERS])[0]
            return typed.computed(NEURON, tuple(zip(LEAVES, map(float, row), strict=True)), BETWEEN)
        try:
            return typed.computation(self.expression, self.where)
        except ValueError:
            return typed.computation(type(self).expression, type(self).where)

    def trouble(self):
        """Why the typed expression has no value with these numbers; '' where it has one. Only a link can bring that about."""
        return self.refuses({})

    def refuses(self, values):
        """Why the expression and the numbers cannot be as they would be then; '' where they can."""
        text, where = values.get('expression', self.expression), values.get('where', self.where)
        try:
            typed.computation(text, where)
        except ValueError as reason:
            return f'{text[:40]} can’t be computed with these numbers: {reason}'
        return ''

    def with_leaf(self, of, node, number):
        """The Parameters once this leaf has another number."""
        if of == 'neuron':
            row = list((self.neuron or [NUMBERS])[0])
            row[LEAVES.index(node.label)] = number
            return {'neuron': [row]}
        numbers = typed.all_numbers(self.expression, self.where) if not self.trouble() else {}
        return {'where': typed.written(typed.numbers_from(self.where) | numbers | {node.label: number})}

    def slope_of_a(self):
        """What the first question asks, of the lesson's own f."""
        return slopes()[0]

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
        return f'{" + ".join(parts)} = {short(node.grad)}'.replace('+ −', '− ')

    def neuron_out(self):
        return short(NEURON_OWN.root.value)

    def neuron_slopes(self):
        return ', '.join(f'{name} {short(NEURON_OWN.node(NEURON_OWN.find(name)).grad)}' for name in ('x1', 'w1', 'x2', 'w2'))

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
        return repr(State().nudged_ratio())

    def nudged_d(self):
        return short(State().nudged_graphs()[1].root.value, 8)

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

    # The network of 41 numbers.
    def start(self):
        """The 41 numbers that it starts with: the reader's, or those that the seed draws."""
        return tuple(map(float, self.weights[0])) if self.weights else net.drawn(self.seed)

    def trained(self):
        return net.trained(self.start(), self.rate, self.zero_grad)

    def after(self, step):
        """The 41 numbers after so many steps."""
        return tuple(self.trained().parameters[step].tolist()) if step else self.start()

    def part(self, step=0):
        """What is looked at, after so many steps: all neurons, or the inside of one; of the whole there is no part."""
        return net.part_of(self.after(step), 'neurons' if self.look == 'whole' else self.look, self.example - 1)

    def everything(self, step=0):
        """The value and the gradient of every node after so many steps."""
        return net.everything(self.after(step))

    def answers(self, step):
        """What the network answers to the four examples after so many steps."""
        values = self.everything(step)[0]
        return [float(values[id]) for id in net.made().by_label['ŷ']]

    def with_weight(self, label, number):
        """The Parameters once this parameter starts with another number."""
        labels, numbers = [net.made().graph.node(id).label for id in net.made().parameters], list(self.start())
        numbers[labels.index(label)] = number
        return {'weights': [numbers]}

    def changed_at(self, step, values):
        """Another seed draws all 41 numbers anew."""
        return values | ({'weights': []} if 'seed' in values else {})

    def new_seed(self):
        return {'seed': (self.seed + 1) % 1000, 'weights': []}

    def nodes(self):
        return len(net.made().graph.nodes)

    def edges(self):
        return len(net.made().graph.edges)

    def parameter_count(self):
        return len(net.made().parameters)

    def training_verdict(self):
        run = self.trained()
        wrong = sum(answer * target <= 0 for answer, target in zip(self.answers(len(run.losses) - 1), TARGETS, strict=True))
        last = short(float(run.losses[-1]), 3)
        said = f'{run.says} ' if run.verdict == 'diverged' else ''
        if wrong:
            return f'{said}{wrong} of 4 answers {"is" if wrong == 1 else "are"} on the wrong side: loss {last}.'
        return f'{said}All 4 answers have the right sign: loss {last}.'

    def forgetting(self):
        """What becomes of a thousand starts without zero_grad."""
        if self.stuck_without() < 2 * self.stuck_with():
            return 'same'
        return 'split' if net.median_loss(False) < net.median_loss(True) else 'worse'

    def stuck_with(self):
        """Of a thousand starts, how many percent are stuck after 20 steps with zero_grad …"""
        return net.stuck_share(True)

    def stuck_without(self):
        """… and without."""
        return net.stuck_share(False)

    def median_with(self):
        return short(net.median_loss(True), 2)

    def median_without(self):
        return short(net.median_loss(False), 2)

    # The same as code.
    def programs(self):
        return {'your expression': code.program(self.made().graph, 'typed'), 'a Value': list(code.VALUE)}


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


NUMBERS = State.param['neuron'].default[0]
NEURON_OWN = State().made('neuron').graph
