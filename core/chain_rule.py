"""Machines in a row: what one puts out the next takes in, and a nudge at the start arrives multiplied by every rate.

Each machine has its local rate, the slope of its curve at what it takes in: how much its output moves for each unit
that its input moves. The chain rule says no more than this: the rate of the whole row is the product of the local
rates. Where a quantity is used twice, the nudge travels on two paths, and what arrives is the sum of both.
"""
import re
from typing import NamedTuple

import numpy as np

from core import checks
from core.functions import CURVES, Curve

MACHINES = {machine.name: machine for machine in (
    Curve('double', '2x', lambda x: 2 * x, lambda x: 2 + 0 * x),
    Curve('add-three', 'x + 3', lambda x: x + 3, lambda x: 1 + 0 * x),
    Curve('negate', '-x', lambda x: -x, lambda x: -1 + 0 * x),
    Curve('half', r'\frac{x}{2}', lambda x: x / 2, lambda x: 0.5 + 0 * x),
    *(CURVES[name] for name in ('square', 'sine', 'sigmoid', 'tanh', 'relu')),
)}


class Through(NamedTuple):
    """A number on its way through k machines."""
    values: np.ndarray  # (k + 1,), what goes in first, then what comes out of each
    rates: np.ndarray   # (k,), the local rate of each machine, at what it took in
    rate: float         # their product: how much the end moves for each unit that the start moves


class Ripple(NamedTuple):
    """A nudge on its way through k machines, in true size."""
    values: np.ndarray     # (k + 1,), without the nudge
    nudged: np.ndarray     # (k + 1,), with it
    changes: np.ndarray    # (k + 1,), the difference: the nudge itself first
    predicted: np.ndarray  # (k + 1,), the nudge times the local rates up to there: exact only for ever so small nudges


class PathSum(NamedTuple):
    """What arrives over several paths."""
    products: np.ndarray  # one for each path
    total: float


def through(machines, x):
    """Send x through the machines, first to last, and note every value, every local rate and their product.

    machines: Curves, at least one. x: a number. Returns a Through. Raises ValueError where a value grows beyond numbers.

    >>> through([MACHINES['double'], MACHINES['square']], 3.0)
    Through(values=array([ 3.,  6., 36.]), rates=array([ 2., 12.]), rate=24.0)
    """
    values, rates = [checks.number('x', x)], []
    for machine in _row(machines):
        with np.errstate(all='ignore'):
            rate, value = machine.slope(values[-1]), machine.f(values[-1])
        values.append(checks.number(f'what comes out of {machine.name}', value))
        rates.append(checks.number(f'the rate of {machine.name}', rate))
    with np.errstate(over='ignore'):
        rate = checks.number('the rate of the whole row', np.prod(rates))
    return Through(np.array(values), np.array(rates), rate)


def nudge_through(machines, x, nudge):
    """Send x and x + nudge through the machines: the ripple after each, in true size, and what the rates predict.

    machines, x: as in `through`. nudge: a number. Returns a Ripple.

    >>> ripple = nudge_through([MACHINES['double'], MACHINES['square']], 3.0, nudge=0.01)
    >>> ripple.changes.round(6), ripple.predicted.round(6)
    (array([0.01  , 0.02  , 0.2404]), array([0.01, 0.02, 0.24]))
    """
    nudge = checks.number('nudge', nudge)
    plain = through(machines, x)
    nudged = through(machines, checks.number('x', x) + nudge).values
    return Ripple(plain.values, nudged, nudged - plain.values, nudge * np.cumprod([1.0, *plain.rates]))


def compose(machines):
    """The whole row as one Curve, whose slope is the product of the local rates: outer′(inner(x)) · inner′(x).

    machines: Curves, first to last, at least one. x may be an array. What it is called is their names, last first.

    >>> whole = compose([MACHINES['double'], MACHINES['square']])
    >>> whole.name, whole.tex, whole.f(3.0), whole.slope(3.0)
    ('square-double', '\\\\left(2x\\\\right)^2', 36.0, 24.0)
    """
    machines = _row(machines)

    def f(x):
        for machine in machines:
            x = machine.f(x)
        return x

    def slope(x):
        rate = 1.0
        for machine in machines:
            rate, x = rate * machine.slope(x), machine.f(x)
        return rate

    tex = machines[0].tex
    for machine in machines[1:]:
        inner = tex if tex == 'x' else rf'\left({tex}\right)'
        tex = re.sub(r'(?<![A-Za-z])x(?![A-Za-z])', lambda _, inner=inner: inner, machine.tex)  # the x of max stays
    return Curve('-'.join(machine.name for machine in reversed(machines)), tex, f, slope)


def sum_over_paths(paths):
    """Multiply the local rates along each path and add the paths up: the rate of a quantity that is used more than once.

    paths: the local rates of each path, a row of numbers for each; they may differ in length. Returns a PathSum.
    Raises ValueError when there are none, and where a product grows too large.

    >>> sum_over_paths([[1.0, 3.0], [-6.0, 1.0]])  # a in (ab)(a + b) at a = −2, b = 3: through ab, and through a + b
    PathSum(products=array([ 3., -6.]), total=-3.0)
    """
    with np.errstate(over='ignore'):
        products = [checks.number('the product along a path', np.prod(checks.row('a path', path))) for path in paths]
    if not products:
        raise ValueError('there are no paths, and a sum over paths needs at least one.')
    return PathSum(np.array(products), float(sum(products)))


def _row(machines):
    machines = machines if isinstance(machines, (list, tuple)) else [machines]
    if not machines:
        raise ValueError('there are no machines, and a row needs at least one.')
    for machine in machines:
        if not isinstance(machine, Curve):
            raise ValueError(f'{machine!r:.60} is among the machines, and each needs to be a Curve, such as MACHINES has.')
    return machines
