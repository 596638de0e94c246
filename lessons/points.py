"""A Parameter for points of two classes that a reader puts, drags or pastes as a table, and how such a table is read."""
import re

from lessons.rows import Rows
from lessons.typed import number_from

COLUMNS = 'x', 'y', 'class'
LONGEST = 40_000            # characters of a pasted table
YES = '1', 'yes', 'y', 'true', '+', '+1'
NO = '0', 'no', 'n', 'false', '-', '-1'


class Points(Rows):
    """Rows of x, y and class, 0 or 1. What is pasted is read by `points_from`; `furthest` is how far from 0 x and y may be."""

    __slots__ = ['furthest']

    def __init__(self, default=(), *, furthest=1000.0, most=200, **params):
        self.furthest = furthest
        super().__init__(default=default, columns=COLUMNS, most=most, **params)

    def _validate(self, val):
        super()._validate(val)
        for x, y, label in val or ():
            if label not in (0, 1):
                raise ValueError('the class of a point is 0 or 1')
            if max(abs(x), abs(y)) > self.furthest:
                raise ValueError(f'a point is further from 0 than {self.furthest:,.0f}')


def points_from(text, most=200, furthest=1000.0):
    """The rows of a pasted table: a point on each line, x, y and class with a tab, a comma, a semicolon or spaces between them.

    A first line without numbers is a heading. A class is 0 or 1, no or yes, false or true, − or +. Raises ValueError with
    the end of a sentence, which names the line and the cell, for a table that cannot be read.

    >>> points_from('x,y,class\\n0,1,yes\\n0.5,−2,0')
    [[0.0, 1.0, 1.0], [0.5, -2.0, 0.0]]
    """
    if len(text) > LONGEST:
        raise ValueError(f'there are {len(text):,} characters in it, and {LONGEST:,} at most can be read')
    lines = [(number, cells(line)) for number, line in enumerate(text.replace('−', '-').splitlines(), start=1) if line.strip()]
    if lines and is_heading(lines[0][1]):
        del lines[0]
    if not lines:
        raise ValueError('there are no points in it')
    rows = [row_from(number, row, furthest) for number, row in lines]
    if len(rows) > most:
        raise ValueError(f'it has {len(rows):,} points, and there is room for {most}')
    return rows


def cells(line):
    """The cells of a line: what stands between tabs if there are any, else semicolons, else commas, else spaces.

    >>> cells('0,5; 1; yes'), cells('0.5,1,yes'), cells(' 0.5  1 yes')
    (['0,5', '1', 'yes'], ['0.5', '1', 'yes'], ['0.5', '1', 'yes'])
    """
    for between in '\t', ';', ',':
        if between in line:
            return [cell.strip().strip('"\'') for cell in line.strip(' \r\n').split(between)]
    return re.split(r'\s+', line.strip())


def is_heading(row):
    return not any(re.search(r'\d', cell) for cell in row)


def row_from(number, row, furthest):
    if len(row) != len(COLUMNS):
        has = 'one cell' if len(row) == 1 else f'{len(row)} cells'
        raise ValueError(f'line {number} has {has} and needs three: x, y and the class')
    found = []
    for place, cell in enumerate(row[:2], start=1):
        try:
            value = number_from(cell)
        except ValueError:
            what = f'“{cell[:20]}”, is no number' if cell else 'is empty'
            raise ValueError(f'in line {number}, cell {place}{"," if cell else ""} {what}') from None
        if abs(value) > furthest:
            raise ValueError(f'in line {number}, cell {place}, “{cell[:20]}”, is further from 0 than {furthest:,.0f}')
        found.append(value)
    word = row[2].lower().removesuffix('.0')
    if word not in YES + NO:
        what = f'“{row[2][:20]}”, is no class' if word else 'is empty'
        raise ValueError(f'in line {number}, cell 3{"," if word else ""} {what}: it needs 0 or 1, no or yes')
    return [*found, float(word in YES)]


def table_of(rows):
    """The same rows as a table to copy.

    >>> table_of([[0.5, -2, 1.0]])
    'x,y,class\\n0.5,-2,1'
    """
    return '\n'.join([','.join(COLUMNS), *(f'{x:.6g},{y:.6g},{label:.0f}' for x, y, label in rows)])
