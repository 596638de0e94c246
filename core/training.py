"""Run forward, see how wrong it is, walk back for the slopes, take a step downhill; again, thousands of times.

That is all there is to training, and `train_plainly` says it in so many words. `train` takes the same steps much faster
(`stepping`) and records them: a `Run`, which can be continued from any of its frames with another rate.
"""
from collections import deque
from itertools import islice
from time import monotonic

import numpy as np

from core import checks
from core.backprop import backward, checked_run
from core.layers import count_parameters, parameters, with_parameters
from core.many_networks import train_many
from core.run import VERDICTS, Run, Task, stable_rate
from core.schedule import marks, one_rate, orders, rate_at, rates
from core.side_by_side import outcomes
from core.stepping import FAR, stepper

__all__ = ['VERDICTS', 'Run', 'continue_run', 'step', 'train', 'train_many', 'train_plainly']

LOOK = 1000    # epochs after which at the latest somebody looks whether the weights are still in reach,
WORK = 2e6     # or fewer: weights times examples
PAUSE = 0.05   # seconds between two reports of progress
LARGE = 1e12   # as far as numbers may be from 0 in float32, which ends at 3e38
LARGEST = 5e7  # numbers in the record of a run: 400 MB


def step(network, gradient, rate):
    """Move every weight and bias against its own slope: w − rate · ∂L/∂w.

    network, and gradient in its shape, as `backprop.backward` returns it. Returns a new Network.

    >>> from core.network import Layer, Network
    >>> step(Network((Layer([[1, 2]], [3]),)), Network((Layer([[10, 0]], [-10]),)), rate=0.1).layers[0]
    Layer(W=array([[0., 2.]]), b=array([4.]), activation='sigmoid')
    """
    weights, slopes = parameters(network), parameters(gradient)
    if len(weights) != len(slopes):
        raise ValueError(f'the network has {len(weights)} weights and the gradient {len(slopes)} slopes, '
                         'and every weight needs its own.')
    return with_parameters(network, weights - one_rate(rate) * slopes)


def train_plainly(network, x, target, loss='mean_squared_error', rate=0.1, epochs=100, batch=None, seed=0):
    """Train a network as one would say it, and return the trained one. `train` gives the same, and the way there.

    Arguments as for `train`, but rate is one number.

    >>> from core.backprop import loss_of
    >>> from core.data import BITS, OR
    >>> from core.network import new_network
    >>> trained = train_plainly(new_network((2, 1), seed=0), BITS, OR, 'sum_squared_error', rate=1, epochs=200)
    >>> round(loss_of(trained, BITS, OR, 'sum_squared_error'), 3)
    0.015
    """
    x, target = np.asarray(x, dtype=float), np.asarray(target)
    size = len(x) if batch is None else batch
    for order in orders(len(x), size, seed, 0, epochs):
        order = np.arange(len(x)) if order is None else order
        for start in range(0, len(x), size):
            few = order[start:start + size]
            network = step(network, backward(network, x[few], target[few], loss), rate)
    return network


def train(network, x, target, loss='mean_squared_error', rate=0.1, epochs=100, batch=None, seed=0, shown=None,
          dtype='float64', progress=None):
    """Train a network by gradient descent and record after which epoch it was how good, with which weights.

    x, target, loss: as for `backprop.loss_of`. epochs: how often each example is seen.
    rate: 0 or more, or a list of (epoch, rate): from this epoch on, this rate.
    batch: examples to a step: None for all, 1 for one at a time. Smaller batches than all are dealt anew in each epoch,
    in an order that depends on the seed and the epoch alone.
    shown: which epochs to record: None for all, a number of frames, or a list; the first and the last are always there.
    dtype: 'float64', or 'float32', which is faster for large networks and keeps 7 digits.
    progress: called now and then with the share that is done; an exception that it raises ends the work.

    A run whose weights fly out of reach (a million times as long as at the start, or no numbers at all) keeps what came
    before, and says in which epoch that was. Returns a Run. Raises ValueError for anything else.

    >>> from core.data import BITS, XOR
    >>> from core.network import new_network
    >>> run = train(new_network((2, 4, 1), seed=1), BITS, XOR, rate=5, epochs=1000, shown=[500])
    >>> run.epochs, run.predictions[-1].round().ravel()
    (array([   0,  500, 1000]), array([0., 1., 1., 0.]))
    """
    network, _, target = checked_run(network, x, target, loss)
    x, target = checks.rows('x', x).copy(), target.copy()
    x.flags.writeable = target.flags.writeable = False
    checks.one_of('dtype', dtype, ('float64', 'float32'))
    if dtype == 'float32' and max(np.abs(part).max() for part in (x, target, parameters(network))) > LARGE:
        raise ValueError(f'x, target or a weight is larger than {LARGE:g}, and float32 numbers need to stay below that.')
    batch = len(x) if batch is None else min(checks.whole('batch', batch, least=1), len(x))
    task = Task(network, x, target, loss, batch, checks.whole('seed', seed, least=0), dtype)
    epochs = checks.whole('epochs', epochs, least=0)
    return _follow(task, None, parameters(network), 0, epochs, rates(rate), shown, progress)


def continue_run(run, epoch, rate, epochs, shown=None, progress=None):
    """Go back to a recorded epoch and train on from there with another rate.

    What comes out is, to the last bit, what `train` would give with run.rates up to here and then this rate.
    epoch: one of run.epochs. rate: a number. epochs: how many more. shown: as in `train`, among the new epochs.
    Returns a Run with the old frames up to `epoch` and then the new ones. Raises ValueError for anything else.

    >>> from core.data import BITS, XOR
    >>> from core.network import new_network
    >>> run = train(new_network((2, 4, 1), seed=1), BITS, XOR, rate=0.1, epochs=50)
    >>> on = continue_run(run, epoch=20, rate=5, epochs=100)
    >>> len(on.epochs), on.rates
    (121, ((0, 0.1), (20, 5.0)))
    """
    frame, epochs = run.frame(epoch), checks.whole('epochs', epochs, least=0)
    changes = (*(change for change in run.rates if change[0] < epoch), (int(epoch), one_rate(rate)))
    before = [part[:frame] for part in run[:4]]
    return _follow(run.task, before, run.parameters[frame], int(epoch), epochs, changes, shown, progress)


def _follow(task, before, vector, first, epochs, changes, shown, progress):
    """Train from `vector`, the weights after `first` epochs, and put the new frames behind the four arrays `before`."""
    last, shown = first + epochs, marks(shown, first, first + epochs)
    _check_size(task, len(shown))
    steps = stepper(task.network, task.x, task.target, task.loss, task.batch, task.dtype)
    steps.load(vector)
    reach = FAR * max(1.0, float(np.linalg.norm(parameters(task.network))))
    look = int(max(1, min(LOOK, WORK // (len(vector) * len(task.x)))))
    turns = deque(sorted({*shown, *(epoch for epoch, _ in changes if first < epoch < last)} - {first}))
    deal, wanted, told = orders(len(task.x), task.batch, task.seed, first, last), set(shown), monotonic()
    now, raw, bad = first, steps.raw(), None
    frames = [(now, raw)]
    while now < last:
        stop = min(turns[0], now - now % look + look)
        steps.run(rate_at(changes, now), islice(deal, stop - now))
        if not steps.length() <= reach:  # NaN is not <= anything, so it stops here as well
            bad, raw = _first_bad(task, steps, raw, now, rate_at(changes, now), reach)
            if bad - 1 > frames[-1][0]:
                frames.append((bad - 1, raw))  # as far as it can be shown
            break
        now, raw = stop, steps.raw()
        if now == turns[0]:
            turns.popleft()
        if now in wanted:
            frames.append((now, raw))
        if progress is not None and (now == last or monotonic() > told + PAUSE):
            progress((now - first) / epochs)
            told = monotonic()
    return _recorded(task, before, frames, steps, changes, bad)


def _first_bad(task, steps, raw, now, rate, reach):
    """Walk once more from the last good weights, epoch by epoch: (the epoch that is too much, the weights before it)."""
    steps.load(steps.vectors([raw])[0])
    for order in orders(len(task.x), task.batch, task.seed, now, now + LOOK):
        now += 1
        steps.run(rate, [order])
        if not steps.length() <= reach:
            break
        raw = steps.raw()
    return now, raw


def _recorded(task, before, frames, steps, changes, bad):
    """The Run of these frames. A loss too large for a number counts as divergence as well."""
    epochs, vectors = np.array([epoch for epoch, _ in frames]), steps.vectors([raw for _, raw in frames])
    predictions, losses = outcomes(task.network, vectors, task.x, task.target, task.loss)
    fine = np.isfinite(losses) & np.isfinite(predictions).all(axis=(1, 2)) & np.isfinite(vectors).all(axis=1)
    if not fine[0]:
        raise ValueError(f'the first loss is too large for {task.dtype}, and x and the weights need to be smaller.')
    parts = [epochs, losses, vectors, predictions]
    if not fine.all():
        bad, parts = int(epochs[fine.argmin()]), [part[:fine.argmin()] for part in parts]
    if before is not None:
        parts = [np.concatenate(pair) for pair in zip(before, parts, strict=True)]
    return Run(*parts, VERDICTS[bad is not None], _says(task, parts, changes, bad), changes, task)


def _says(task, parts, changes, bad):
    epochs, losses = parts[:2]
    if bad is None:
        return f'After {epochs[-1]:,} epochs the loss has gone from {losses[0]:.4g} to {losses[-1]:.4g}.'
    stable = stable_rate(task, task.network)
    hint = '' if stable is None else f' Where this run began, steps are stable up to a rate of about {stable:.2g}.'
    return f'Epoch {bad:,} throws the weights out of reach: the rate {rate_at(changes, bad - 1):g} is too large.{hint}'


def _check_size(task, frames):
    numbers = frames * (count_parameters(task.network) + len(task.x) * task.network.sizes[-1])
    if numbers > LARGEST:
        raise ValueError(f'the record would hold {numbers:.2g} numbers in {frames:,} frames, and needs to stay below '
                         f'{LARGEST:.0e}: shown needs to name fewer epochs.')
