"""A row of machines, what goes in and how far it is nudged; and what follows: rates, their product, and what arrives."""
import numpy as np
import param

from core.chain_rule import compose, sum_over_paths, through
from core.derivative import derivative
from lessons.chain_rule import ripples
from lessons.chain_rule.machines import CHOICES, KNOWN, OR_NONE
from lessons.power import Power, size_of, size_text
from lessons.short import factor, short

JOINS = {'multiply them': 'multiply', 'add them': 'add'}
WEIGHTS = {'w₁₁, from x₁ to h₁': '11', 'w₁₂, from x₂ to h₁': '12', 'b₁, the bias of h₁': '1b',
           'w₂₁, from x₁ to h₂': '21', 'w₂₂, from x₂ to h₂': '22', 'b₂, the bias of h₂': '2b'}


class State(param.Parameterized):
    # What the reader can change. These, and only these, are in the page's address.
    w = param.Number(1.5, bounds=(-4, 4), step=0.1, label='w, what goes in')
    nudge = Power(-1, bounds=(-6, 0), step=0.2, label='The nudge')
    inner = param.Selector(default='double', objects=CHOICES, label='Machine 1')
    outer = param.Selector(default='square', objects=CHOICES, label='Machine 2')
    third = param.Selector(default='negate', objects=OR_NONE, label='Machine 3')
    fourth = param.Selector(default='half', objects=OR_NONE, label='Machine 4')
    upper = param.Selector(default='double', objects=CHOICES, label='u is made by')
    lower = param.Selector(default='square', objects=CHOICES, label='v is made by')
    join = param.Selector(default='multiply', objects=JOINS, label='Put u and v together')
    weight = param.Selector(default='11', objects=WEIGHTS, label='Nudge')

    # What follows. Pure functions of the above.
    def h(self):
        return size_of(self.nudge)

    def row(self, which):
        """The names of the machines, those left out left out."""
        more = [name for name in (self.third, self.fourth) if name != 'none'] if which == 'four' else []
        return [self.inner, self.outer, *more]

    def stages(self, which):
        """The nudge on its way: through 'two' machines, 'four' of them, or the 'net'."""
        if which == 'net':
            return ripples.through_network(self.chosen(), self.h())
        return ripples.along(self.row(which), self.w, self.h())

    def verdict(self, which):
        return ripples.verdict(self.stages(which), self.clone(nudge=self.nudge - 1).stages(which))

    def clone(self, **values):
        return State(**{name: getattr(self, name) for name in self.param if name != 'name'} | values)

    def chosen(self):
        """The weight of the network as (unit, input or 'b')."""
        unit, of = self.weight
        return int(unit) - 1, of if of == 'b' else int(of) - 1

    # Two machines, in numbers.
    def seen(self):
        return through([KNOWN[name].curve for name in self.row('two')], self.w)

    def middle(self):
        """What the first machine puts out."""
        return short(float(self.seen().values[1]))

    def w_words(self):
        return short(self.w)

    def ends(self):
        return short(float(self.seen().values[2]))

    def inner_rate(self):
        return factor(self.seen().rates[0])

    def outer_rate(self):
        return factor(self.seen().rates[1])

    def rate(self):
        return short(self.seen().rate)

    def whole(self):
        """Both machines as one curve."""
        return compose([KNOWN[name].curve for name in self.row('two')])

    def by_nudging(self):
        return float(derivative(self.whole().f, self.w, self.h()))

    # Two ways from w to L.
    def fork(self, x=None, y=None):
        """u, v and L; with x and y, u is made of x and v of y."""
        u = float(KNOWN[self.upper].curve.f(self.w if x is None else x))
        v = float(KNOWN[self.lower].curve.f(self.w if y is None else y))
        return u, v, u * v if self.join == 'multiply' else u + v

    def branches(self):
        """The rates along both ways: [[L by u, u by w], [L by v, v by w]]."""
        u, v, _ = self.fork()
        to = (v, u) if self.join == 'multiply' else (1.0, 1.0)
        made = KNOWN[self.upper], KNOWN[self.lower]
        return [[rate, float(one.curve.slope(self.w))] for rate, one in zip(to, made, strict=True)]

    def path_sum(self):
        return sum_over_paths(self.branches())

    def upper_way(self):
        return factor(self.path_sum().products[0])

    def lower_way(self):
        return factor(self.path_sum().products[1])

    def both_ways(self):
        return short(self.path_sum().total)

    def fork_by_nudging(self):
        return short(float(derivative(lambda x: self.fork(x, x)[2], self.w, 1e-5)), 5)

    # The ripple through the network, in numbers.
    def net_rate(self):
        return short(self.stages('net')[-1].predicted / self.h())

    # What the reader is asked, about the lesson's own row: 2w, then its square, at 1.5.
    def own_arrives(self):
        """How far L moves, by its rates, when w moves by 0.01."""
        return float(0.01 * OWN.seen().rate)

    def own_rate(self):
        return short(OWN.seen().rate)

    def swapped_rate(self):
        """The lesson's own two machines in the other order."""
        return short(State(inner=OWN.outer, outer=OWN.inner).seen().rate)

    def ten_sigmoids(self):
        """What is left of a nudge after ten sigmoids, each at its steepest, where the rate is 1/4."""
        left = through([KNOWN['sigmoid'].curve], 0.0).rate ** 10
        return 'tenth' if left > 1e-2 else 'thousandth' if left > 1e-5 else 'millionth'

    def left_of_ten(self):
        return size_text(through([KNOWN['sigmoid'].curve], 0.0).rate ** 10)

    def two_ways_or_one(self):
        """What a nudge on two ways comes to in u · v: the 'sum', the 'product' or the 'larger' of what each brings."""
        products, total = OWN.path_sum()
        true = derivative(lambda x: OWN.fork(x, x)[2], OWN.w, 1e-5)
        found = {'sum': total, 'product': float(np.prod(products)), 'larger': float(max(products))}
        return min(found, key=lambda name: abs(found[name] - true))


OWN = State()
