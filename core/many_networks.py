"""One random start says little: train a thousand networks from a thousand starts, and count.

Which of them learnt the task, which got stuck, and what did each hidden unit come to detect? All of them are trained
at once, network beside network in the last axis of every array, so that one call of numpy serves them all.
"""
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from core import checks
from core.backprop import checked_run
from core.layers import Network, count_parameters, parameters, with_parameters
from core.network import new_network
from core.schedule import marks, one_rate
from core.side_by_side import answers, losses
from core.stepping import FAR
from core.stepping_together import TogetherStepper

LOOK = 100      # epochs after which somebody looks which weights are still in reach
BLOCK = 64_000  # numbers of the widest layer that are worked on at a time: they stay in the processor's near memory
MIDDLES = {'sigmoid': 0.5, 'threshold': 0.5}  # a hidden unit says yes above this; all others above 0

NAMES = {
    '0001': 'AND', '1110': 'NAND', '0111': 'OR', '1000': 'NOR', '0010': 'x1 and not x2', '0100': 'x2 and not x1',
    '1011': 'x1 or not x2', '1101': 'x2 or not x1', '0110': 'XOR', '1001': 'not XOR', '0011': 'x1', '1100': 'not x1',
    '0101': 'x2', '1010': 'not x2',
}


class Film(NamedTuple):
    """What R networks answered on their way, in k frames. One that diverged stays as it was last seen in reach."""
    epochs: np.ndarray      # (k,), after how many epochs each frame was taken; the first is 0
    losses: np.ndarray      # (k, R)
    outputs: np.ndarray     # (k, R, n)
    succeeded: np.ndarray   # (k, R), as in Many
    hidden: np.ndarray      # (k, R, n, H), True where a unit of the last hidden layer is above its middle


class Many(NamedTuple):
    """What became of R networks. Every number in it is finite."""
    start: np.ndarray       # (R, P), each row in the order of `layers.parameters`
    parameters: np.ndarray  # (R, P), after the last epoch; of a network that diverged, the last ones seen in reach
    losses: np.ndarray      # (R,)
    outputs: np.ndarray     # (R, n)
    succeeded: np.ndarray   # (R,), True where every output is on its target's side of 0.5 (of 0, if targets are negative)
    diverged: np.ndarray    # (R,)
    hidden: np.ndarray      # (R, n, H), what the last hidden layer answers
    codes: np.ndarray       # (R, H), such as '0001': at which examples the unit is above its middle
    make: Network           # the make of all of them; its own weights mean nothing
    film: Film              # the way there; its last frame is what stands above

    def network(self, number):
        """Network `number`, from 0, as it was trained."""
        return with_parameters(self.make, self.parameters[number])


def train_many(sizes, x, target, networks, seed, rate, epochs, loss='sum_squared_error', activation='sigmoid',
               output='sigmoid', shortcut=False, spread=1.0, start='uniform', progress=None, shown=1):
    """Train many random starts with all examples in each step, and report what became of each.

    Network r starts as new_network(sizes, (seed, r), …), so that it can be opened and trained again on its own.
    sizes, activation, output, shortcut, spread, start: as for `new_network`, with one output and no softmax. start may
    also be the weights to start from, (networks, P), each row in the order of `layers.parameters`.
    x: (n, in). target: (n, 1). networks: how many. rate: 0 or more. loss: 'sum_squared_error' or 'mean_squared_error'.
    progress: called now and then with the share that is done; an exception that it raises ends the work.
    shown: how many frames of the film, evenly spaced, or a list of epochs; the first and the last are always taken.
    Returns a Many. Raises ValueError for anything else.

    >>> from core.data import BITS, XOR
    >>> many = train_many((2, 1, 1), BITS, XOR, networks=100, seed=1, rate=0.5, epochs=2000, shortcut=True)
    >>> int(many.succeeded.sum()), name_of_code(many.codes[0, 0])
    (96, 'AND')
    """
    networks, epochs = checks.whole('networks', networks, least=1), checks.whole('epochs', epochs, least=0)
    seed, rate = checks.whole('seed', seed, least=0), one_rate(rate)
    given = not isinstance(start, str)
    make = new_network(sizes, (seed, 0), activation, output, shortcut, spread, 'uniform' if given else start)
    checks.one_of('loss', loss, ('sum_squared_error', 'mean_squared_error'))
    make, _, target = checked_run(make, x, target, loss)
    if make.sizes[-1] != 1:
        raise ValueError(f'sizes is {make.sizes}, and the last layer needs to have one unit, whose side of 0.5 is judged.')
    x = checks.rows('x', x)
    starts = _given(start, networks, count_parameters(make)) if given else _starts(make, networks, seed, spread, start)
    look = marks(shown, 0, epochs)
    size, blocks = max(1, BLOCK // (len(x) * max(make.sizes[1:]))), []
    for first in range(0, networks, size):
        last = min(first + size, networks)

        def tell(share, first=first, last=last):
            if progress is not None:
                progress((first + share * (last - first)) / networks)

        blocks.append(_train(make, starts[first:last], x, target, loss, rate, look, tell))
    return _report(make, starts, look, *zip(*blocks, strict=True))


def name_of_code(code):
    """What a unit computes that is above its middle at just these of the patterns 00, 01, 10, 11 (`data.BITS`).

    A unit that never changes sides, '0000' or '1111', has decided nothing. Raises ValueError for other codes.

    >>> name_of_code('0001'), name_of_code('0010'), name_of_code('0000')
    ('AND', 'x1 and not x2', 'undecided')
    """
    if not isinstance(code, str) or len(code) != 4 or set(code) - {'0', '1'}:
        raise ValueError(f"code is {code!r}, and needs to be four of 0 and 1, one for each pattern of two bits, such as '0001'.")
    return NAMES.get(str(code), 'undecided')


def _given(start, networks, P):
    starts = checks.rows('start', start, width=P).copy()
    if len(starts) != networks:
        raise ValueError(f'start has {len(starts)} rows and networks is {networks}, and each network needs a row of its own.')
    return starts


def _starts(make, networks, seed, spread, start):
    """(networks, P): what `new_network` draws with seed (seed, r), for each r."""
    P = count_parameters(make)
    hidden, output = make.layers[0].activation, make.layers[-1].activation

    def one(number):
        if start == 'scaled':
            return parameters(new_network(make.sizes, (seed, number), hidden, output, make.shortcut, spread, start))
        chance = np.random.default_rng((seed, number))  # the rest of new_network takes longer than drawing
        return chance.uniform(-spread, spread, P) if start == 'uniform' else chance.normal(0, spread, P)

    return np.array([one(number) for number in range(networks)])


def _train(make, starts, x, target, loss, rate, look, tell):
    """(the trained weights, who diverged, what the last hidden layer answers, the frames of the film) for one block."""
    steps = TogetherStepper(make, x, target, loss, len(starts))
    steps.load(starts)
    kept, diverged = starts.copy(), np.zeros(len(starts), dtype=bool)
    reach = FAR * np.maximum(1.0, np.linalg.norm(starts, axis=1))
    frame, hidden = _frame(make, kept, x, target, loss, diverged)
    frames, shown, last = [frame], set(look), look[-1]
    for epoch, after in pairwise(sorted({*look, *range(0, last, LOOK)})):
        steps.run(rate, after - epoch)
        vectors = steps.vectors()
        with np.errstate(all='ignore'):
            diverged |= ~(np.linalg.norm(vectors, axis=1) <= reach)  # NaN is not <= anything
        kept[~diverged] = vectors[~diverged]
        if after in shown:
            frame, hidden = _frame(make, kept, x, target, loss, diverged)
            frames.append(frame)
        tell(after / last)
    return kept, diverged, hidden, frames


def _frame(make, vectors, x, target, loss, diverged):
    """((losses, outputs, who has succeeded, which hidden units are above their middle), what those answer)."""
    *before, predictions = answers(make, vectors, x)
    outputs, middle = predictions[:, :, 0], 0.0 if target.min() < 0 else 0.5
    succeeded = ((outputs > middle) == (target[:, 0] > middle)).all(axis=1) & ~diverged
    hidden = before[-1] if before else np.zeros((*outputs.shape, 0))
    above = hidden > (MIDDLES.get(make.layers[-2].activation, 0.0) if before else 0.0)
    return (losses(predictions, target, loss), outputs, succeeded, above), hidden


def _report(make, starts, look, trained, diverged, hidden, frames):
    """All blocks together: each of the last four is a tuple with an entry for each block."""
    film = Film(np.array(look), *(np.stack([np.concatenate([block[k][part] for block in frames]) for k in range(len(look))])
                                  for part in range(4)))
    bits = np.ascontiguousarray(np.where(film.hidden[-1], '1', '0').transpose(0, 2, 1))  # (R, H, n)
    codes = bits.view(f'<U{bits.shape[2]}')[:, :, 0] if bits.size else np.zeros(bits.shape[:2], dtype='<U1')
    return Many(starts, np.concatenate(trained), film.losses[-1], film.outputs[-1], film.succeeded[-1],
                np.concatenate(diverged), np.concatenate(hidden), codes, make, film)
