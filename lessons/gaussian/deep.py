"""Ten layers with weights drawn from a bell of the reader's width: what comes out of each of them."""
from functools import lru_cache

import numpy as np
import param

from core.starts import sizes, steady_sd, through_layers
from lessons.short import short

LAYERS, INPUTS = 10, 50
BENDS = {'tanh': 'tanh', 'ReLU': 'relu', 'sigmoid': 'sigmoid'}


class Deep(param.Parameterized):
    weight_sd = param.Number(0.02, bounds=(0, 5), step=0.001, label='Standard deviation of the weights')
    bend = param.Selector(default='tanh', objects=BENDS, label='Activation')
    units = param.Selector(default=100, objects={'25': 25, '100': 100, '225': 225}, label='Units in each layer')
    alike = param.Boolean(False, label='All weights equal')

    def answers(self):
        """(1 + LAYERS, INPUTS, units): the inputs, and what each layer makes of them."""
        return answers(self.bend, self.units, self.weight_sd, self.alike)

    def sizes(self):
        return sizes(self.answers())

    def steady(self):
        return steady_sd(self.units, self.bend)

    def has_steady(self):
        """Whether the root is the width to choose: not for equal weights, nor for a sigmoid, whose slope is a quarter at most."""
        return not self.alike and self.bend != 'sigmoid'

    def steady_says(self):
        """'√(1/100) = 0.1'."""
        return f'√({2 if self.bend == "relu" else 1}/{self.units}) = {short(self.steady(), 3)}'

    def last_size(self):
        return unbroken(self.sizes().size[-1])

    def last_differs(self):
        return unbroken(self.sizes().differs[-1])

    def fate(self):
        """What becomes of the numbers, in a word: none, alike, forgotten, saturated, vanish, explode or steady."""
        size, differs = (float(row[-1]) for row in self.sizes())
        if not self.weight_sd:
            return 'none'
        if self.alike:
            return 'alike'
        if self.bend == 'sigmoid' and differs < 0.02:
            return 'forgotten'
        if self.bend == 'tanh' and self.stuck() > 0.5:
            return 'saturated'
        return 'vanish' if size < 0.05 else 'explode' if size > 20 else 'steady'

    def stuck(self):
        """The share of the last layer's answers that are within a hundredth of where a tanh can go no further."""
        return float((np.abs(self.answers()[-1]) > 0.99).mean())

    def verdict(self):
        """What that means, in a sentence or two."""
        size, differs = self.last_size(), self.last_differs()
        return {
            'none': f'All weights are 0: every unit says {"½" if self.bend == "sigmoid" else "0"}, whatever comes in.',
            'alike': f'All {self.units} units of a layer say the same. One would do.',
            'forgotten': f'The answers are ½ or near it for every input. What still differs is {differs}.',
            'saturated': f'{100 * self.stuck():.0f} % of the last answers are stuck near −1 or 1, where a tanh hardly slopes.',
            'vanish': f'It vanishes: after ten layers a typical answer is {size}.',
            'explode': f'It explodes: after ten layers a typical answer is {size}.',
            'steady': f'It stays alive: after ten layers a typical answer is {size}.'}[self.fate()]

    # What the words say, whatever the reader has chosen:
    def small_tanh(self):
        return Deep(weight_sd=0.02).last_size()

    def steady_tanh(self):
        return Deep(weight_sd=0.1).last_size()

    def small_relu(self):
        return Deep(weight_sd=0.1, bend='relu').last_size()

    def steady_relu(self):
        return Deep(weight_sd=0.141, bend='relu').last_size()

    def large_relu(self):
        return Deep(weight_sd=1, bend='relu').last_size()

    def forgotten_sigmoid(self):
        return Deep(weight_sd=0.1, bend='sigmoid').last_differs()

    def asked_small(self):
        """What ten layers leave with weights of 0.02."""
        return {'vanish': 'nothing', 'steady': 'same', 'explode': 'much'}[Deep(weight_sd=0.02).fate()]


def unbroken(number):
    """To two digits, on one line: 8.9 × 10⁻⁸."""
    return short(float(number), 2).replace(' ', '\u00a0')


@lru_cache(8)
def drawn(units):
    """The inputs, and weights of standard deviation 1, always the same ones."""
    chance = np.random.default_rng(0)
    found = chance.normal(size=(INPUTS, units)), chance.normal(size=(LAYERS, units, units))
    for array in found:
        array.flags.writeable = False
    return found


@lru_cache(16)
def answers(bend, units, sd, alike):
    x, weights = drawn(units)
    found = through_layers(x, sd * (np.ones_like(weights) if alike else weights), bend)
    found.flags.writeable = False
    return found
