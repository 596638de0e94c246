"""One measured figure beside its goal, and a table of them."""
import math
import os
from dataclasses import dataclass, field

HEAD = 'what', 'goal', 'measured', 'of goal', 'met', 'load', 'beside it, in the same run'


def load():
    """How busy the machine is: processes that want to run, the mean of the last minute."""
    return round(os.getloadavg()[0], 1)


def percentile(values, percent):
    """The smallest of `values` that at least `percent` % of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else math.nan


@dataclass
class Row:
    """A figure. `goal` is the most it may be, or with `least` the least; None where there is none to reach."""
    what: str
    measured: float
    unit: str = 'ms'
    goal: float | None = None
    least: bool = False
    digits: int = 1
    beside: dict = field(default_factory=dict)      # {who: what the same figure is for them}
    load: float | None = None                       # for figures of the clock

    @property
    def met(self):
        if self.goal is None:
            return None
        return bool(self.measured >= self.goal if self.least else self.measured <= self.goal)    # False for no number

    @property
    def ratio(self):
        """How much of the goal is used up: up to 1 it is met."""
        if not self.goal or not self.measured:
            return None
        return self.goal / self.measured if self.least else self.measured / self.goal

    def text(self, value):
        return value if isinstance(value, str) else f'{value:,.{self.digits}f} {self.unit}'.rstrip()

    def goal_text(self):
        return '' if self.goal is None else f'{"≥" if self.least else "≤"} {self.text(self.goal)}'

    def cells(self):
        met = {True: 'yes', False: 'NO', None: ''}[self.met]
        beside = '; '.join(f'{who} {self.text(value)}' for who, value in self.beside.items())
        return (self.what, self.goal_text(), self.text(self.measured), '' if self.ratio is None else f'{self.ratio:.2f}', met,
                '' if self.load is None else f'{self.load:.1f}', beside)

    def plain(self):
        return {'what': self.what, 'measured': self.measured, 'unit': self.unit, 'goal': self.goal, 'least': self.least,
                'ratio': self.ratio, 'met': self.met, 'beside': self.beside, 'load': self.load}


def table(rows):
    """The rows as aligned text."""
    lines = [HEAD] + [row.cells() for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD) - 1)]
    rule = tuple('─' * width for width in [*widths, len(HEAD[-1])])
    return '\n'.join('  '.join(cell.ljust(width) for cell, width in zip(line, [*widths, 0], strict=True)).rstrip()
                     for line in [lines[0], rule, *lines[1:]])
