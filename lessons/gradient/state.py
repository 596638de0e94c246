"""A landscape of two parameters: where the reader probes it, where a walk begins, and how long the steps are."""
import numpy as np
import param

from core.curvature import condition_number, line_loss_hessian, line_steps_needed
from core.data import PRICE, SQFT
from core.models import least_squares
from lessons.gradient.lands import CHOICES, LANDS, walk_in
from lessons.gradient.scales import CRAWLED, sized, walk_on
from lessons.rate import LEAST, Rate, kept, rate_text
from lessons.short import short

STEPS = 60                  # that a walk may take
NUDGE = 0.1                 # of one knob
GOLDEN = np.array([0.7548776662, 0.5698402910])     # a new start is this part of the window further on: never near the last


class State(param.Parameterized):
    # What the reader can change. Places are parts of the window: −1 is its left or lower rim, 1 the other.
    surface = param.Selector(default='houses', objects=CHOICES, label='Landscape')
    across = param.Number(-0.25, bounds=(-1, 1), step=0.05, label='Probe, sideways')
    up = param.Number(-0.55, bounds=(-1, 1), step=0.05, label='Probe, up and down')
    from_across = param.Number(-0.25, bounds=(-1, 1), step=0.05, label='Start, sideways')
    from_up = param.Number(-0.55, bounds=(-1, 1), step=0.05, label='Start, up and down')
    rate = Rate(0.05, label='Rate')
    share = param.Number(0.4, bounds=(0.05, 2.2), step=0.05, label='Both rates', doc='/ steepest curvature')

    # What follows. Pure functions of the above.
    def land(self):
        return LANDS[self.surface]

    def point(self):
        """Where the reader probes, (2,)."""
        return self.land().at((self.across, self.up))

    def start(self):
        """Where the walk begins, (2,)."""
        return self.land().at((self.from_across, self.from_up))

    def height(self):
        return self.land().height(self.point())

    def gradient(self):
        """Both partial derivatives where the reader probes, (2,): the direction of steepest ascent."""
        return np.asarray(self.land().gradient(self.point()), float)

    def nudged(self):
        """The same by hand, (2,): what the height gains for a NUDGE of one knob, divided by it."""
        here = self.height()
        return np.array([(self.land().height(self.point() + way) - here) / NUDGE for way in np.eye(2) * NUDGE])

    def nudge(self):
        return NUDGE

    def by_x_nudged(self):
        return short(self.nudged()[0])

    def by_y_nudged(self):
        return short(self.nudged()[1])

    def by_x_text(self):
        return short(self.gradient()[0])

    def by_y_text(self):
        return short(self.gradient()[1])

    def house_loss(self):
        """The loss of the line that the probe stands for, whichever landscape is shown."""
        return LANDS['houses'].height(LANDS['houses'].at((self.across, self.up)))

    def most_steps(self):
        return STEPS

    def walk(self):
        return walk_in(self.surface, tuple(self.start().tolist()), self.rate, STEPS)

    def first_across(self):
        return self._first_step(0)

    def first_up(self):
        return self._first_step(1)

    def across_then(self):
        return short(self._then()[0])

    def up_then(self):
        return short(self._then()[1])

    def _slopes_at_the_start(self):
        return np.asarray(self.land().gradient(self.start()), float)

    def _first_step(self, axis):
        """One knob of the update rule with its numbers: '112.5 − 0.05 × (−615.9)'."""
        slope = self._slopes_at_the_start()[axis]
        by = f'({short(slope)})' if slope < 0 else short(slope)
        return f'{short(self.start()[axis])} − {rate_text(self.rate)} × {by}'

    def _then(self):
        """Where the first step leads, (2,)."""
        return self.start() - self.rate * self._slopes_at_the_start()

    def new_start(self):
        """Somewhere else in the window, by its own rule: the same from every place, and never twice."""
        place = (np.array([self.from_across, self.from_up]) / 2 + .5 + GOLDEN) % 1 * 2 - 1
        return self.starting_at(place)

    def rescued(self):
        """A rate with which the walk is not lost: halved as often as it takes."""
        rate = min(self.rate / 2, 0.5)
        while rate > LEAST and walk_in(self.surface, tuple(self.start().tolist()), rate, STEPS).verdict == 'diverged':
            rate /= 2
        return {'rate': kept(max(rate, LEAST))}

    def starting_at(self, place):
        """The Parameters that let the walk begin at this place, and the probe look there."""
        across, up = map(float, place)
        return {'from_across': across, 'from_up': up, 'across': across, 'up': up}

    # The houses' own line, and its bottom.
    def best_slope(self):
        """In $/ft², by the normal equations."""
        return least_squares(SQFT, PRICE * 1000)[0]

    def best_intercept(self):
        return least_squares(SQFT, PRICE * 1000)[1]

    def best_loss(self):
        return LANDS['houses'].height((self.best_slope(), self.best_intercept() / 1000))

    def slope_at_the_bottom(self):
        """How steep it still is there: nothing but rounding."""
        return float(np.abs(LANDS['houses'].gradient((self.best_slope(), self.best_intercept() / 1000))).max())

    def houses(self):
        return len(SQFT)

    def middle_size(self):
        """The mean size, in ft²."""
        return float(SQFT.mean())

    def middle_price(self):
        """The mean price, in thousand $."""
        return float(PRICE.mean())

    def line_start(self):
        """Where the house line begins, whichever landscape is shown: slope in $/ft², intercept in thousand $."""
        return LANDS['houses'].at((self.from_across, self.from_up))

    # The same line on raw and on standardised sizes.
    def walk_on(self, scale):
        return walk_on(scale, tuple(self.line_start().tolist()), self.share)

    def raw_condition(self):
        return condition_number(line_loss_hessian(sized('raw')))

    def standard_condition(self):
        return condition_number(line_loss_hessian(sized('standardised')))

    def raw_steps_needed(self):
        """How many steps the lesson's own raw walk takes until it is within 1 % of the smallest loss."""
        return self._steps_needed('raw')

    def standard_steps_needed(self):
        return self._steps_needed('standardised')

    def _steps_needed(self, scale):
        default = type(self)()
        walk = default.walk_on(scale)
        return line_steps_needed(sized(scale), PRICE, *walk.path[0], walk.rate)

    def crawled(self):
        return CRAWLED

    # What the reader is asked.
    def how_it_crosses(self):
        """How the gradient lies to a contour line, measured at many places of the round and the long valley."""
        for land in (LANDS['bowl'], LANDS['long-valley']):
            for angle in np.linspace(0, 2 * np.pi, 40):
                at = np.array([np.cos(angle), np.sin(angle)])
                g = land.gradient(at)
                along = np.array([-g[1], g[0]]) / np.hypot(*g)         # a tiny way along it changes the height by nothing
                if abs(land.height(at + 1e-6 * along) - land.height(at)) > 1e-9:
                    return 'slanted'
        return 'right'
