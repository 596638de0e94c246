"""A place on a curve, a nudge, and what follows: slopes by formula and by nudging, and how far the two are apart."""
import numpy as np
import param

from core.derivative import derivative, forward_difference
from core.functions import CURVES, SURFACES
from core.ground import ground
from lessons.curves import CHOICES, WALKS, snapped
from lessons.derivative.quotients import exact_central, exact_forward
from lessons.power import Power, size_of, size_text

KNOBS = {'a': 2.0, 'b': -3.0, 'c': 10.0}        # of the machine d = ab + c
TINY = 1e-4                                     # the nudge that its knobs get
NIGHT = (-1.6, 1.6)                             # from where to where one walks at night
FLAT = 1e-9


def unbroken(text):
    """A number that stays on one line."""
    return text.replace(' ', '\u00a0')


class State(param.Parameterized):
    # What the reader can change. These, and only these, are in the page's address.
    curve = param.Selector(default='square', objects=CHOICES, label='Function')
    at = param.Number(1, bounds=(-6, 6), step=0.2, label='Where you stand')
    zoom = Power(0, bounds=(0, 6), step=1, label='Lens', doc='×')
    nudge = Power(0, bounds=(-15, 0), step=1, label='The nudge h')
    central = param.Boolean(False, label='Nudge both ways')
    knob = param.Selector(default='c', objects={f'the knob {name}': name for name in 'cab'}, label='Nudge')
    place = param.Number(0.6, bounds=NIGHT, step=0.05, label='Where you stand at night')
    light = param.Boolean(False, label='Light')

    # Where the reader stands. A place with a name, such as 2/3, is meant to its last digit.
    def walk(self):
        return WALKS[self.curve]

    def x(self):
        low, high = self.walk().reach
        return snapped(self.walk().places, min(high, max(low, self.at)), within=0.001)

    def height(self, x):
        return self.walk().curve.f(x)

    def fx(self):
        return float(self.height(self.x()))

    def slope(self):
        return float(self.walk().curve.slope(self.x()))

    def at_a_kink(self):
        """Whether the slopes on the two sides differ, so that there is no derivative here."""
        left, right = self.slopes_beside()
        return abs(right - left) > 0.1

    def slopes_beside(self, away=1e-6):
        """The slopes a little to the left and a little to the right."""
        return [float(self.walk().curve.slope(self.x() + side * away)) for side in (-1, 1)]

    def kind_of_place(self):
        """'up' or 'down' (to the right), 'kink', or the kind of flat ground: 'bottom', 'top', 'ledge', 'plain'."""
        if self.at_a_kink():
            return 'kink'
        return ('up' if self.slope() > 0 else 'down') if abs(self.slope()) > FLAT else ground(self.walk().curve.slope, self.x())

    # Under the lens.
    def magnified(self):
        return size_of(self.zoom)

    def half_width(self):
        """How far the lens sees to either side."""
        return (1 if self.walk().stride < 0.5 else 2) / self.magnified()

    def under_the_lens(self, u):
        """The curve in lens widths: how high it is u half-widths to the right of x, in half-widths."""
        return (self.height(self.x() + u * self.half_width()) - self.fx()) / self.half_width()

    # Nudging.
    def h(self):
        return size_of(self.nudge)

    def h_text(self):
        return size_text(self.h())

    def lifted_here(self):
        """The height of the curve at x + h."""
        return float(self.height(self.x() + self.h()))

    def forward(self):
        return float(forward_difference(self.height, self.x(), self.h()))

    def both_ways(self):
        return float(derivative(self.height, self.x(), self.h()))

    def quotients(self, h):
        """The forward and the central difference for each of these nudges, as the computer gets them; two arrays (n,)."""
        x, f = self.x(), self.height
        right, left = f(x + h), f(x - h)
        return (right - f(x)) / h, (right - left) / (2 * h)

    def truncation(self, h):
        """What each would be off by if nothing were rounded: the forward and the central difference."""
        return (exact_forward(self.curve, self.x(), h) - self.slope(), exact_central(self.curve, self.x(), h) - self.slope())

    # What the text says of x² at 1 and of 3x² − 4x + 5 at 2/3, whatever the reader has chosen.
    def one_percent(self):
        return forward_difference(CURVES['square'].f, 1.0, 0.01)

    def one_permille(self):
        return forward_difference(CURVES['square'].f, 1.0, 0.001)

    def lifted(self):
        """How much x² rises from x = 1 to x = 1.01."""
        return CURVES['square'].f(1.01) - CURVES['square'].f(1.0)

    def under_a_thousandfold_lens(self):
        """Does x² at 1, magnified a thousand times, look 'straight' or still 'bent'?"""
        seen = State(curve='square', at=1, zoom=3)
        u = np.linspace(-1, 1, 41)
        return 'straight' if np.abs(seen.under_the_lens(u) - seen.slope() * u).max() < 0.01 else 'bent'

    def residue(self):
        """What the computer says, digit for digit, about the slope at the bottom with a nudge of a millionth."""
        return repr(forward_difference(CURVES['parabola'].f, 2 / 3, 1e-6))

    def residue_truncation(self):
        return unbroken(size_text(float(exact_forward('parabola', 2 / 3, 1e-6))))

    def residue_round_off(self):
        return unbroken(size_text(abs(forward_difference(CURVES['parabola'].f, 2 / 3, 1e-6) - 3e-6), 1))

    def residue_both_ways(self):
        return unbroken(size_text(derivative(CURVES['parabola'].f, 2 / 3, 1e-6)))

    def millionth(self):
        return size_text(1e-6)

    def smaller_and_smaller(self):
        """With ever smaller nudges, does the error go down 'always', stay the 'same', or fall and grow 'again'?"""
        f, true = CURVES['parabola'].f, CURVES['parabola'].slope(3.0)
        large, middle, small = (abs(forward_difference(f, 3.0, h) - true) for h in (1e-2, 1e-8, 1e-14))
        return 'again' if small > middle < large else 'always' if small < middle else 'same'

    # The machine with three knobs.
    def machine(self, nudge=0.0):
        """d = ab + c, with the chosen knob turned by `nudge`."""
        a, b, c = (value + nudge * (name == self.knob) for name, value in KNOBS.items())
        return a * b + c

    def knob_slope(self):
        return (self.machine(TINY) - self.machine()) / TINY

    def knob_slopes(self):
        """What each of the knobs does to d, without the round-off."""
        return {name: round(State(knob=name).knob_slope()) for name in KNOBS}

    # At night: a slice of the surface with two valleys, and the ground under the reader's feet.
    def night(self, x):
        return SURFACES['two-minima'].f(np.array([x, np.zeros_like(x)]))

    def night_slope(self, x):
        return SURFACES['two-minima'].gradient(np.array([x, np.zeros_like(x)]))[0]

    def flat_places(self):
        """Where the night's ground is level: the roots of 4x³ − 4x + 1/4, from left to right."""
        return sorted(float(root) for root in np.roots([4, 0, -4, 0.25]).real)
