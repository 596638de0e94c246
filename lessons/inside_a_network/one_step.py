"""From the loss back to the first weights, factor by factor, and one step downhill for this one picture."""
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import param

from core.activations import softmax
from core.backprop import unit_slopes
from core.classification import softmax_cross_entropy
from core.data import digits
from lessons.inside_a_network.drawing import network_of, ran_of
from lessons.inside_a_network.loop import numpy_lines, torch_lines
from lessons.rate import Rate, rate_text
from lessons.short import short

SURE = 0.999                    # a probability from which on hardly anything comes back


class Back(NamedTuple):
    """What comes back through the network for one picture; of the last layer ∂L/∂a is ∂L/∂p."""
    truth: int
    p: np.ndarray               # (10,)
    loss: float
    taken: tuple                # what each layer took in
    by_a: tuple                 # ∂L/∂p of the truth (None: −1/p is no number), and ∂L/∂a of the layers below, the last first
    by_z: tuple                 # ∂L/∂z of each layer, the first first

    def shut(self, layer):
        """How many units of a layer below the last let nothing back: what they passed on was 0."""
        return int((self.taken[layer] == 0).sum())

    def steepest(self, layer):
        """The largest slopes of a layer, without sign: of its weights, each delta · taken, and of its biases."""
        delta = float(np.abs(self.by_z[layer - 1]).max())
        return delta * float(np.abs(self.taken[layer - 1]).max()), delta


class Stepped(NamedTuple):
    """The same picture, and all test digits, after one step."""
    p: np.ndarray
    loss: float
    right: int                  # of the test digits, before the step
    right_after: int
    alike: int                  # how many of them are told as the digit of this picture, after the step


class OneStep(param.Parameterized):
    """For a state with a network that ran: `key`, `truth`, and the unit of the first layer that is looked at: `unit`."""
    step_rate = Rate(0.01, slider=(1e-4, 1.0), label='Rate of the one step')

    # What follows. Pure functions of the above.
    def back(self):
        return back_of(*self.key(), self.truth())

    def stepped(self):
        return stepped_of(*self.key(), self.truth(), self.step_rate)

    @property
    def step_key(self):
        """All that the walk back and the step depend on."""
        return self.key(), self.truth(), self.step_rate, self.slopes_unit()

    def slopes_unit(self):
        """The unit of the first layer whose slopes are shown: the one that is looked at, or the steepest if that is shut."""
        deltas = self.back().by_z[0]
        return self.unit if deltas[self.unit] else int(np.abs(deltas).argmax())

    def slopes_of_unit(self):
        """Its slopes, one for each pixel: its delta times the picture."""
        return self.back().by_z[0][self.slopes_unit()] * self.back().taken[0]

    def before_share(self):
        return share(self.back().p[self.truth()])

    def after_share(self):
        return share(self.stepped().p[self.truth()])

    def before_loss(self):
        return short(self.back().loss, 3)

    def after_loss(self):
        return short(self.stepped().loss, 3)

    def step_rate_says(self):
        return rate_text(self.step_rate)

    def p_minus_y(self):
        """The one slope that is below 0: of the true digit's logit."""
        return short(float(self.back().by_z[2][self.truth()]), 3)

    def loop_code(self):
        """The loop that does this with every picture, as programs."""
        return {'numpy': numpy_lines(self), 'PyTorch': torch_lines(self)}

    def step_verdict(self):
        """What the step did, in a sentence or two."""
        back, then, truth = self.back(), self.stepped(), self.truth()
        before, after, n = float(back.p[truth]), float(then.p[truth]), len(digits().test_y)
        if not np.abs(back.by_z[-1]).max():
            return ('Nothing comes back: it is so sure that p − y is 0 to the last digit, and so is every slope. No step of any '
                    'length changes anything.')
        if after < before:
            return (f'Too far: a slope holds close by, and this step went way beyond. Even this picture is worse off, and '
                    f'{then.right_after} of {n} test digits are right instead of {then.right}. Take a smaller rate.')
        if then.right - then.right_after > max(10, 0.05 * n):
            return (f'Too far: it now takes {then.alike} of {n} test digits for a {truth}, and {then.right_after} are right '
                    f'instead of {then.right}. One picture has shouted down all others. Take a smaller rate.')
        if before >= SURE:
            return (f'It was sure already. p − y is nearly 0, at most {short(1 - before, 2)}, and all slopes are products with '
                    'that: hardly anything moves, and hardly anything needs to.')
        if share(before) == share(after):
            return f'Such a small step shows nowhere: the true digit stays at {share(before)}. Take a larger rate.'
        return (f'The true digit has gained: {share(before)} before, {share(after)} now. Only this picture was asked; of {n} '
                f'test digits {then.right} were right before, and {then.right_after} are now.')


@lru_cache(64)
def back_of(network, picture, truth):
    """The walk back; `truth` is the label of the picture."""
    ran, found = ran_of(network, picture), network_of(network)
    by_a, by_z = unit_slopes(found, ran, np.array([truth]), 'cross_entropy')
    p = ran.output[0]
    first = -1 / float(p[truth]) if p[truth] > 1e-300 else None
    return Back(truth, p, softmax_cross_entropy(ran.z[-1], [truth]), tuple(part[0] for part in ran.taken),
                (first, by_a[1][0], by_a[0][0]), tuple(part[0] for part in by_z))


@lru_cache(64)
def stepped_of(network, picture, truth, rate):
    back, found = back_of(network, picture, truth), network_of(network)
    sums, right = tests_of(network)
    own = logits_after(found, back, rate, back.taken[0][None])
    others = logits_after(found, back, rate, digits().test_x, sums)
    said = others.argmax(axis=1)
    return Stepped(softmax(own)[0], softmax_cross_entropy(own, [truth]), right, int((said == digits().test_y).sum()),
                   int((said == truth).sum()))


@lru_cache(8)
def tests_of(network):
    """What enters the first layer for every test digit, before any step, and how many are told right."""
    layers = network_of(network).layers
    sums, a = None, digits().test_x
    for layer in layers:
        z = a @ layer.W.T + layer.b
        sums, a = z if sums is None else sums, np.maximum(z, 0)
    return sums, int((z.argmax(axis=1) == digits().test_y).sum())


def logits_after(network, back, rate, x, sums=None):
    """The logits of these pictures, (n, 10), after the step, without making 109,386 new weights for it.

    A step changes W to W − rate · delta takenᵀ, so W x changes by rate · delta · (taken · x), and the bias by rate · delta.
    `sums` are W x + b of the first layer, where they are known.
    """
    a = x
    for k, (layer, delta, taken) in enumerate(zip(network.layers, back.by_z, back.taken, strict=True)):
        z = sums if k == 0 and sums is not None else a @ layer.W.T + layer.b
        z = z - rate * np.outer(a @ taken + 1, delta)
        a = np.maximum(z, 0)
    return z


def share(p):
    """A probability in percent, with as many digits as it takes to see that it is neither 0 nor 1.

    >>> [share(p).replace('\\u00a0', ' ') for p in (0.412, 0.99983, 0.00004, 1 - 1e-9)]
    ['41.2 %', '99.983 %', '0.004 %', 'over 99.9999 %']
    """
    p = float(p)
    if 0.0005 <= p < 0.9995:
        return f'{100 * p:.1f}\u00a0%'
    if p > 0.5:
        digits_needed = next((n for n in range(2, 5) if 100 * (1 - p) >= 10.0**-n * 2), None)
        return 'over 99.9999\u00a0%' if digits_needed is None else f'{100 * p:.{digits_needed}f}\u00a0%'
    return f'{short(100 * p, 1)}\u00a0%'
