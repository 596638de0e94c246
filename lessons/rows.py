"""A Parameter for what a reader collects: a short table of numbers, one row at a time."""
import math

import param

LIMIT = 1e12        # far beyond anything a lesson shows, far below where squares overflow


class Rows(param.List):
    """A list of rows of finite numbers, one number for each of `columns`, never more than `most` rows.

    `in_link` says whether the rows travel in the page's address (points that a reader set do, a history does not).
    Raises ValueError for anything else, so that a pasted or forged value never reaches a lesson.
    """

    __slots__ = ['columns', 'in_link', 'most']

    def __init__(self, default=(), *, columns=('x', 'y'), most=200, in_link=True, **params):
        self.columns, self.most, self.in_link = tuple(columns), most, in_link
        super().__init__(default=list(default), **params)

    def _validate(self, val):
        super()._validate(val)
        names = getattr(self, 'columns', None)
        if not names or val is None:
            return
        if len(val) > self.most:
            raise ValueError(f'{len(val)} rows were given; at most {self.most} can be kept')
        for row in val:
            if not isinstance(row, (list, tuple)) or len(row) != len(names) or not all(map(_is_number, row)):
                raise ValueError(f'every row needs {len(names)} finite numbers: {", ".join(names)}')


def _is_number(value):
    return (isinstance(value, (int, float)) and not isinstance(value, bool)
            and math.isfinite(value) and abs(value) <= LIMIT)
