"""Expressions as graphs, a neuron as a graph, and a network trained on single numbers: what the reader sets, and what follows."""

import param

from lessons.autograd import code, typed
from lessons.autograd import network as net
from lessons.autograd.facts import OWN, Facts
from lessons.autograd.trains import Trains
from lessons.power import Power
from lessons.rows import Rows
from lessons.written import Written

NEURON = 'tanh(x1*w1 + x2*w2 + b)'
LEAVES = ('x1', 'w1', 'x2', 'w2', 'b')
LOOKS = {'all neurons': 'neurons', 'the whole graph': 'whole'} | {f'inside {name}': name for name in net.NEURONS}
BETWEEN = ('p', 'q', 's', 'n', 'o')         # x₁w₁, x₂w₂, their sum, with the bias, the output


class State(Facts, Trains, param.Parameterized):
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

    # The same as code.
    def programs(self):
        return {'your expression': code.program(self.made().graph, 'typed'), 'a Value': list(code.VALUE)}


NUMBERS = State.param['neuron'].default[0]
