"""What a single line can do with a truth table, drawn by hand or found by a single unit; for the State of this lesson."""
import param

from lessons.rate import Rate
from lessons.rows import Rows
from lessons.xor import lone
from lessons.xor.examples import CORNERS, TABLES
from lessons.xor.line import cut, most, ways

GATES = {'OR': 'or', 'AND': 'and', 'NAND': 'nand', 'XOR': 'xor'}


class OneLine(param.Parameterized):
    """For a state with the Parameters `seed` and `which`, which tell the unit where to start."""

    gate = param.Selector(default='or', objects=GATES, label='Truth table')
    line_x0 = param.Number(-0.1, bounds=CORNERS, step=0.05, label='One end, sideways')
    line_y0 = param.Number(0.85, bounds=CORNERS, step=0.05, label='One end, up and down')
    line_x1 = param.Number(1.1, bounds=CORNERS, step=0.05, label='Other end, sideways')
    line_y1 = param.Number(0.6, bounds=CORNERS, step=0.05, label='Other end, up and down')
    tries = Rows(columns=('table', 'right'), most=4, in_link=False, label='Best scores')     # of each table, by its number
    unit_spread = param.Selector(default=0.5, objects=lone.SPREADS, label='Start weights')
    unit_rate = Rate(0.5, slider=(0.1, 100.0), label='Rate of the unit')

    # The line that is drawn by hand.
    def line_ends(self):
        return tuple(map(float, (self.line_x0, self.line_y0, self.line_x1, self.line_y1)))

    def cut(self):
        return cut(self.line_ends(), TABLES[self.gate])

    def best(self):
        """The most corners that the reader ever got right with this table."""
        return max([self.cut().right, *(int(right) for table, right in self.tries if table == self._number())])

    def yes_corners(self):
        """The distances from the line of the two corners where XOR is 1, added up."""
        return float(cut(self.line_ends(), TABLES['xor']).distances[1:3].sum())

    def no_corners(self):
        """The same of those where it is 0."""
        return float(cut(self.line_ends(), TABLES['xor']).distances[[0, 3]].sum())

    def settled(self):
        """What a finished gesture adds: the score of this line, if it is the best of its table."""
        kept = {int(table): int(right) for table, right in self.tries}
        if kept.get(self._number(), 0) >= self.cut().right:
            return {}
        return {'tries': [[table, right] for table, right in sorted({**kept, self._number(): self.cut().right}.items())]}

    def _number(self):
        return list(GATES.values()).index(self.gate)

    def tables(self):
        """How many truth tables of two inputs there are."""
        return 2 ** 4

    def ways_to_cut(self):
        """How many of them a line can do."""
        return len(ways())

    def most_of_xor(self):
        """How many corners of XOR the best of all lines gets right: what the reader is asked."""
        return most('xor')

    # The unit that is trained.
    def lone(self):
        return lone.lone(self.seed, self.which, self.unit_spread, float(self.unit_rate))

    def lone_start(self):
        """Its first moment alone, which is all that is seen before it is played."""
        return lone.lone(self.seed, self.which, self.unit_spread, float(self.unit_rate), 0)

    def at_half_from_small(self):
        """The share of starts from which it ends at 0.5 everywhere, in percent."""
        return 100 * lone.share_at_half(0.5)

    def at_half_from_large(self):
        return 100 * lone.share_at_half(3.0)

    def at_half_from_very_large(self):
        return 100 * lone.share_at_half(6.0)

    def where_a_unit_ends(self):
        """What the reader is asked: what becomes of a unit that starts small."""
        return lone.fate(lone.lone(1, -1, 0.5, 0.5))
