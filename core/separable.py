"""Can one cut part two classes? Either it can, or some points of both classes have one and the same mixture, and none can."""
from fractions import Fraction
from itertools import combinations
from math import lcm

from core import checks


def conflict(x, labels):
    """Points of both classes that no weighted sum and threshold can tell apart; None where one can.

    A unit says 1 where w · x reaches its threshold θ and 0 where it stays below. Suppose that, counted so many times
    each, the points of class 1 add up to what the points of class 0 add up to, and are as many. Then their weighted sums
    add up to the same number, whatever w is; yet the first should reach θ and the others stay below. Where no such
    points exist, some w and θ are right everywhere (Gordan's theorem). d + 2 points, or fewer, always suffice.

    x: (n, d). labels: (n,), 0 and 1. Returns {row of x: how many times it counts}, or None. Works with fractions: what
    it says is proved, not rounded. Raises ValueError for other labels. Tries all choices of d + 2 points: for small n.

    >>> corners = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> conflict(corners, [0, 1, 1, 1]) is None
    True
    >>> conflict(corners, [0, 1, 1, 0])
    {0: 1, 1: 1, 2: 1, 3: 1}
    """
    x, labels = checks.rows('x', x), checks.row('labels', labels)
    if len(labels) != len(x) or not set(labels.tolist()) <= {0.0, 1.0}:
        raise ValueError(f'labels needs a 0 or a 1 for each of the {len(x)} points.')
    signed = [[(1 if label else -1) * Fraction(value) for value in (*point, 1)]
              for point, label in zip(x.tolist(), labels.tolist(), strict=True)]
    for size in range(2, len(signed[0]) + 2):
        for rows in combinations(range(len(signed)), size):
            shares = _balance([signed[row] for row in rows])
            if shares and all(share > 0 for share in shares):
                whole = lcm(*(share.denominator for share in shares))
                return {row: int(share * whole) for row, share in zip(rows, shares, strict=True)}
    return None


def _balance(vectors):
    """The only shares, the last of them 1, with which these vectors add up to nothing; None if there are none or others."""
    table, lead = [list(column) for column in zip(*vectors, strict=True)], 0
    for j in range(len(vectors) - 1):
        pivot = next((i for i in range(lead, len(table)) if table[i][j]), None)
        if pivot is None:
            return None                             # fewer of them do the same
        table[lead], table[pivot] = table[pivot], table[lead]
        table[lead] = [value / table[lead][j] for value in table[lead]]
        for i in range(len(table)):
            if i != lead:
                table[i] = [a - table[i][j] * b for a, b in zip(table[i], table[lead], strict=True)]
        lead += 1
    if any(row[-1] for row in table[lead:]):
        return None
    return [-row[-1] for row in table[:lead]] + [Fraction(1)]
