"""A number that is not a number spoils every number after it, so data is looked at once, on its way in.

Each function returns what it was given in the form that is computed with, or raises ValueError with one sentence that
says what came and what is needed.
"""
import numpy as np

HUGE = 1e100   # the square of anything smaller, summed over any data we can hold, is still an ordinary number
MANY = 10**9   # nothing that is counted here, drawn or repeated, comes so often


def numbers(name, values):
    """Return `values` as a float64 array of finite numbers, at least one, of any shape.

    >>> numbers('x', [1, 2])
    array([1., 2.])
    >>> numbers('x', [1, float('nan')])
    Traceback (most recent call last):
    ValueError: x holds nan, and needs ordinary numbers, at most 1e+100 in size.
    """
    try:
        array = np.asarray(values)
        if array.dtype.kind not in 'fiubO':  # float() would read text, and keep only half of a complex number
            raise TypeError
        array = array.astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{name} holds something that is not a number, or rows of unequal length, '
                         'and needs numbers only.') from None
    if array.size == 0:
        raise ValueError(f'{name} is empty, and needs at least one number.')
    if np.vdot(array, array) <= HUGE:  # the sum of the squares, in one quick call: all is well, as nearly always
        return array
    fine = np.abs(array) <= HUGE  # False for NaN as well
    if not fine.all():
        culprit = array[~fine].flat[0] if array.ndim else array[()]
        raise ValueError(f'{name} holds {culprit:g}, and needs ordinary numbers, at most {HUGE:g} in size.')
    return array


def number(name, value):
    """Return `value` as one finite number.

    >>> number('slope', 200)
    200.0
    """
    array = numbers(name, value)
    if array.ndim:
        raise ValueError(f'{name} has shape {array.shape}, and needs to be a single number.')
    return float(array)


def row(name, values):
    """Return `values` as a one-dimensional array, shape (n,).

    >>> row('x', [[1], [2]])
    Traceback (most recent call last):
    ValueError: x has shape (2, 1), and needs to be one row of numbers, shape (n,).
    """
    array = numbers(name, values)
    if array.ndim != 1:
        raise ValueError(f'{name} has shape {array.shape}, and needs to be one row of numbers, shape (n,).')
    return array


def points(x, y):
    """Return `x` and `y`, both (n,): the two coordinates of the same n points.

    >>> points([1, 2, 3], [4, 5])
    Traceback (most recent call last):
    ValueError: x has 3 numbers and y has 2, and every point needs one of each.
    """
    x, y = row('x', x), row('y', y)
    if len(x) != len(y):
        raise ValueError(f'x has {len(x)} numbers and y has {len(y)}, and every point needs one of each.')
    return x, y


def alike(first_name, first, second_name, second):
    """Return two arrays of one shape; numpy would otherwise stretch (4,) against (4, 1) into (4, 4) in silence.

    >>> alike('predicted', [1, 2], 'target', [[1], [2]])
    Traceback (most recent call last):
    ValueError: predicted has shape (2,) and target has shape (2, 1), and each prediction needs its own target.
    """
    first, second = numbers(first_name, first), numbers(second_name, second)
    if first.shape != second.shape:
        raise ValueError(f'{first_name} has shape {first.shape} and {second_name} has shape {second.shape}, '
                         'and each prediction needs its own target.')
    return first, second


def whole(name, value, least, most=MANY):
    """Return `value` as a whole number from `least` to `most`.

    >>> whole('steps', 2.5, least=0)
    Traceback (most recent call last):
    ValueError: steps is 2.5, and needs to be a whole number of at least 0.
    >>> whole('label', 10, least=0, most=9)
    Traceback (most recent call last):
    ValueError: label is 10, and needs to be a whole number from 0 to 9.
    """
    amount = number(name, value)
    if amount != int(amount) or amount < least:
        raise ValueError(f'{name} is {amount:g}, and needs to be a whole number of at least {least}.')
    if amount > most:
        raise ValueError(f'{name} is {amount:g}, and needs to be a whole number from {least} to {most:,}.')
    return int(amount)


def at_least(name, value, least):
    """Return `value` as a number that is `least` or more.

    >>> at_least('rate', -0.1, 0)
    Traceback (most recent call last):
    ValueError: rate is -0.1, and needs to be 0 or more.
    """
    amount = number(name, value)
    if amount < least:
        raise ValueError(f'{name} is {amount:g}, and needs to be {least:g} or more.')
    return amount + 0.0  # never −0.0, which numpy takes for a negative number


def generator(seed):
    """Return an np.random.Generator that draws the same numbers for the same seed; one that was given goes on drawing.

    >>> generator(4).integers(100), generator(4).integers(100)
    (np.int64(72), np.int64(72))
    >>> generator(None)
    Traceback (most recent call last):
    ValueError: seed is None, and needs to be a whole number of at least 0, several of them, or an np.random.Generator.
    """
    try:
        if seed is None:  # numpy would draw other numbers each time
            raise TypeError
        return np.random.default_rng(seed)
    except (TypeError, ValueError):
        raise ValueError(f'seed is {" ".join(repr(seed).split()):.60}, and needs to be a whole number of at least 0, '
                         'several of them, or an np.random.Generator.') from None


def rows(name, values, width=None):
    """Return `values` as a table, shape (n, k): n examples, one in each row. One row alone, (k,), becomes (1, k).

    width: the k that is needed, where only one will do.

    >>> rows('x', [0, 1], width=2)
    array([[0., 1.]])
    >>> rows('x', [[0, 1, 1]], width=2)
    Traceback (most recent call last):
    ValueError: x has 3 numbers in each row, and needs 2.
    """
    array = numbers(name, values)
    if array.ndim not in (1, 2):
        raise ValueError(f'{name} has shape {array.shape}, and needs to be a table with one example in each row, shape (n, k).')
    array = np.atleast_2d(array)
    if width is not None and array.shape[1] != width:
        raise ValueError(f'{name} has {array.shape[1]} numbers in each row, and needs {width}.')
    return array


def one_of(name, value, choices):
    """Return `value` if it is one of `choices`.

    >>> one_of('activation', 'gelu', ['sigmoid', 'tanh', 'relu'])
    Traceback (most recent call last):
    ValueError: activation is 'gelu', and needs to be one of sigmoid, tanh, relu.
    """
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f'{name} is {value!r}, and needs to be one of {", ".join(choices)}.')
    return value
