"""The losses of several walks, on an axis where each line is a tenth of the one above: far down they can still be told apart."""
import numpy as np

from app.numbers import short, ticks
from app.scene import mark


def plane(box, xlabel, ends, powers, width, ylabel='loss'):
    """The plane of the losses. ends: of what runs along it; powers: of ten, the lowest and the highest loss."""
    shown = range(powers[0], powers[1] + 1, 1 if width == 'wide' else 2)
    return dict(box=box, x=list(ends), y=list(powers), grid=True, xlabel=xlabel, ylabel=ylabel, xticks=ticks(*ends, 4),
                yticks=[[power, short(10.0**power).removeprefix('1 × ')] for power in shown])


def height(losses, powers):
    """Where these losses stand on it; what is far beyond its rims is just outside of them."""
    low, high = powers
    return np.clip(np.log10(np.maximum(losses, 1e-300)), low - 1, high + 1)


def marks(names, start, powers):
    """For each walk its whole course, faint, what has been walked of it, and where it is: {name: class of meaning}.

    start: the loss that all of them begin with, so that there is something to see before anybody has walked.
    """
    begin = np.clip(height([start], powers), *powers)
    found = {f'{name}-course': mark('line', 'time', meaning, x=[], y=[]) for name, meaning in names.items()}
    found |= {f'{name}-losses': mark('line', 'time', meaning, x=[], y=[]) for name, meaning in names.items()}
    return found | {f'{name}-now': mark('points', 'time', meaning, x=[0.0], y=begin, r=5) for name, meaning in names.items()}


def add(run, name, along, losses, at, powers):
    """Puts a walk into a run: its losses at `along`; at moment k it has made at[k] steps."""
    y, low, high = height(losses, powers), *powers
    run['marks'] |= {f'{name}-course': {'x': along, 'y': y}}
    run['tracks'] |= {f'{name}-now.x': along[at][:, None], f'{name}-now.y': np.clip(y[at], low, high)[:, None]}
    run['growing'] |= {f'{name}-losses.x': (along, at + 1), f'{name}-losses.y': (y, at + 1)}
