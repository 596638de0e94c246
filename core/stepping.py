"""Two ways to take the same training step, each the faster one for its size: Python's own numbers, and arrays.

Both make a stepper, which holds the weights of one network in memory that every step writes to again:

load(vector)       takes weights in the order of `layers.parameters`
run(rate, orders)  does one epoch for each of `orders`, as `schedule.orders` gives them
raw()              copies the weights out, quickly, as they are kept here
vectors(raws)      turns a list of such copies into rows in the order of `layers.parameters`, shape (k, P)
length()           √Σ w² over all weights and biases: a number only as long as all of them are

What a step means is written for people in `training.train_plainly`, and a test holds both ways equal to it.
"""
from core.array_stepping import ArrayStepper
from core.float_stepping import FloatStepper

FAR = 1e6  # weights that are so many times as long as at the start (or as 1) are out of reach: they will not come back


def stepper(network, x, target, loss, batch=None, dtype='float64'):
    """Choose the way for this network, and get it ready.

    network, x (n, in) and target: checked, as `backprop.checked_run` returns them. batch: how many examples make a step,
    None for all. dtype: 'float64' or 'float32'.

    >>> from core.data import BITS, XOR
    >>> from core.network import new_network, parameters
    >>> network = new_network((2, 4, 1), seed=0)
    >>> steps = stepper(network, BITS, XOR, 'sum_squared_error')
    >>> steps.load(parameters(network))
    >>> steps.run(0.5, [None] * 1000)
    >>> steps.vectors([steps.raw()]).shape
    (1, 17)
    """
    size = len(x) if batch is None else min(batch, len(x))
    if dtype == 'float64' and FloatStepper.suits(network, loss, size, len(x)):
        return FloatStepper(network, x, target, loss, size)
    return ArrayStepper(network, x, target, loss, size, dtype)
