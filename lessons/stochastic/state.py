"""A race: a full batch and a minibatch from one start, with one rate; and what follows from it."""
import numpy as np
import param

from core.data import SQFT
from lessons.legs import Legs
from lessons.rate import Rate, rate_text
from lessons.rows import Rows
from lessons.short import short
from lessons.stochastic import valley
from lessons.stochastic.grounds import GROUNDS, POINTS
from lessons.stochastic.race import dance, race
from lessons.stochastic.verdict import loss_text, verdict

RATE = 0.1
GOLDEN = np.array([0.7548776662, 0.5698402910])     # a new start is this part of the window further on: never near the last


def sizes(on):
    """The words for each size of a minibatch."""
    *some, everything = GROUNDS[on].sizes
    return {str(size): size for size in some} | {f'all {everything}': everything}


def digits(loss):
    """To two digits: a mean of a few walks knows no more."""
    return f'{loss:#.2g}'


class State(Legs, param.Parameterized):
    ANEW = frozenset({'batch', 'few', 'seed', 'start_x', 'start_y'})

    # What the reader can change. These, and only these, are in the page's address.
    batch = param.Selector(default=4, objects=sizes('bowl'), label='Points in a minibatch')
    few = param.Selector(default=4, objects=sizes('houses'), label='Houses in a minibatch')
    rate = Rate(RATE, slider=(1e-3, 3.0), label='Rate')
    changes = Rows(columns=('until', 'rate'), most=40, label='Rates before')     # until that step of the minibatch
    seed = param.Integer(1, bounds=(0, 999), step=1, label='Seed')
    start_x = param.Number(2.5, bounds=(-4.5, 4.5), step=0.1, label='Start, sideways')
    start_y = param.Number(2, bounds=(-4.5, 4.5), step=0.1, label='Start, up and down')
    slope = param.Number(200, bounds=(0, 300), step=5, label='First slope', doc='$/ft²')
    intercept = param.Number(50_000, bounds=(-100_000, 200_000), step=5000, label='First intercept', doc='$')
    valley_rate = Rate(0.05, slider=(1e-3, 1.0), label='Rate of plain and momentum')
    adam_rate = Rate(10, slider=(0.1, 1000.0), label='Rate of Adam')

    # What follows. Pure functions of the above.
    def size(self, on):
        return self.batch if on == 'bowl' else self.few

    def start(self, on):
        return (float(self.start_x), float(self.start_y)) if on == 'bowl' else tuple(GROUNDS[on].start.tolist())

    def race(self, on, clock):
        return race(on, clock, self.start(on), self.size(on), self.legs(), self.seed)

    def verdict(self, on, clock):
        """(How that race ended, in words; whether the reader may want to be led back.)"""
        return verdict(self.race(on, clock), on, self.size(on), self.rate)

    def valley_start(self):
        return float(self.slope), self.intercept / 1000

    def walk_by(self, rule):
        """The walk of one of core.optimizers.RULES down the long valley."""
        return valley.walk_by(rule, self.valley_start(), self.adam_rate if rule == 'adam' else self.valley_rate)

    # In numbers.
    def points(self):
        return len(POINTS)

    def houses(self):
        return len(SQFT)

    def lowest(self):
        """The mean squared distance from the very centre to all points."""
        return GROUNDS['bowl'].lowest

    def first_rate(self):
        return rate_text(self.legs()[0][1])

    def begins(self):
        x, y = self.start('bowl')
        return f'({short(x)}, {short(y)})'

    def begins_loss(self):
        return loss_text(self._race().full.heights[0])

    def full_gradient(self):
        """Twice the way to the middle of all points."""
        x, y = GROUNDS['bowl'].gradient(np.array(self.start('bowl')), np.arange(len(POINTS)))
        return f'({short(x)}, {short(y)})'

    def few_gradient(self):
        """The same on the first few: rough."""
        x, y = GROUNDS['bowl'].gradient(np.array(self.start('bowl')), self._race().batches[0])
        return f'({short(x, 3)}, {short(y, 3)})'

    def steps_for_one(self):
        """How many steps the minibatch makes while the full batch makes one."""
        return len(POINTS) // self.batch

    # The lesson's own: what a smaller rate or a larger batch does.
    def own_dance(self):
        return digits(dance(4, RATE))

    def dance_at_half_the_rate(self):
        return digits(dance(4, RATE / 2))

    def dance_of_32(self):
        return digits(dance(32, RATE))

    def dance_of_64(self):
        return digits(dance(64, RATE))

    def after_one_pass(self):
        """The loss of the full batch after its first step."""
        return loss_text(OWN.race('bowl', 'work').full.heights[1])

    def few_after_one_pass(self):
        """The loss of the minibatch when it has seen as many examples."""
        return loss_text(OWN.race('bowl', 'work').few.heights[OWN.steps_for_one()])

    # What the reader is asked, about the lesson's own race.
    def where_it_ends(self):
        """Where the minibatch walk is at the end, measured by the largest and the last of its distances."""
        found = OWN.race('bowl', 'steps')
        late = np.sqrt(found.few.heights[-10:])
        if late.max() > np.sqrt(found.few.heights[0]) / 2:
            return 'lost'
        return 'near' if late.mean() > 3 * np.sqrt(found.full.heights[-1]) else 'there'

    def steps_while_one(self):
        return OWN.steps_for_one()

    def if_it_goes_on(self):
        """Whether the minibatch walk comes nearer once it is near: the third quarter of its work beside the last."""
        heights = OWN.race('bowl', 'work').few.heights
        quarter = len(heights) // 4
        third, last = heights[2 * quarter:3 * quarter].mean(), heights[3 * quarter:].mean()
        return 'rests' if last < third / 4 else 'leaves' if last > third * 4 else 'dances'

    def _race(self):
        return self.race('bowl', 'steps')

    # What the player's buttons set.
    def new_start(self):
        """Another seed: other minibatches, and elsewhere in the long valley."""
        low, room = np.array([0.0, -100_000.0]), np.array([300.0, 300_000.0])
        slope, intercept = low + ((np.array([self.slope, self.intercept]) - low) / room + GOLDEN) % 1 * room
        return {'seed': (self.seed + 1) % 1000, 'slope': float(slope), 'intercept': float(intercept), 'changes': []}

    def rescued(self):
        """The rates that the lesson began with."""
        return {name: self.param[name].default for name in ('rate', 'changes', 'valley_rate', 'adam_rate')}


OWN = State()
