"""Every number remembers what it was computed from, and so the slopes can be handed back from the result to the start.

A `Value` is a number. Add two of them and the sum is a Value that knows its two operands. How fast it grows with each of
them, its local derivatives, `operations` says. The chain rule does the rest. `backward()` starts at the result,
whose slope by itself is 1, and walks back; every Value on the way has a gradient by then, multiplies it with its local
derivatives, and adds the products to the gradients of its operands. *Adds*, because a number that is used twice acts in
two ways, and what it does in all is the sum.

The names are those of Andrej Karpathy's micrograd, so what works here works in his lectures. What differs: nothing
calls itself, so an expression may be as long as it likes; a Value never points at what was computed from it, so what
is dropped is freed at once; and a result that no number can hold raises ValueError instead of becoming inf or nan.
"""
import math

from core import checks
from core.operations import SLOPES, power_of, slopes_of, trouble

_new, _INFINITE = object.__new__, math.inf


class Value:
    """A number with a memory: `data`, its `grad`ient once `backward()` has run from a result, and a `label` to draw.

    data: a finite number, at most 1e100 in size. Assigning to it changes this number alone: what was computed from it
    stays until it is computed again, while slopes are taken at the numbers that stand there when `backward()` runs.
    Operands may be Values or plain numbers, which become leaves of their own; an exponent is a plain number.
    Raises ValueError for what is not a number, and for a result that none can hold.

    >>> a, b = Value(-2.0, label='a'), Value(3.0, label='b')
    >>> f = (a * b) * (a + b)
    >>> f.backward()
    >>> f.data, a.grad, b.grad
    (-6.0, -3.0, -8.0)
    """
    __slots__ = ('_data', '_left', '_op', '_right', '_waiting', 'grad', 'label')
    __array_ufunc__ = None  # np.float64(2) * value shall ask the Value, not make an array of it

    def __init__(self, data, label=''):
        self._data = _number(data)
        self.grad = 0.0
        self.label = label
        self._op = ''
        self._left = self._right = None
        self._waiting = 0

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        self._data = _number(data)

    def __add__(self, other):
        if type(other) is not Value:
            other = _value(other)
        return _result(self._data + other._data, '+', self, other)

    def __sub__(self, other):
        if type(other) is not Value:
            other = _value(other)
        return _result(self._data - other._data, '-', self, other)

    def __mul__(self, other):
        if type(other) is not Value:
            other = _value(other)
        return _result(self._data * other._data, '*', self, other)

    def __truediv__(self, other):
        other = _value(other)
        a, b = self._data, other._data
        if b == 0:
            raise ValueError(trouble('/', a, b))
        return _result(a / b, '/', self, other)

    def __pow__(self, exponent):
        if isinstance(exponent, Value):
            raise ValueError('the exponent is a Value, and needs to be a plain number.')
        a, n = self._data, _number(exponent)
        op = power_of(n)
        try:
            power = a**n
        except (ZeroDivisionError, OverflowError):
            raise ValueError(trouble(op, a)) from None
        if isinstance(power, complex):
            raise ValueError(trouble(op, a))
        return _result(power, op, self)

    def __neg__(self):
        return _result(-self._data, 'neg', self)

    def relu(self):
        """max(0, x). At its kink relu has no derivative; by convention we say 0 there."""
        return _result(self._data if self._data > 0 else 0.0, 'ReLU', self)

    def tanh(self):
        """The S-curve from −1 to 1. Its slope is 1 − tanh², free once the tanh is known."""
        return _result(math.tanh(self._data), 'tanh', self)

    def exp(self):
        """e to this power, which is its own slope."""
        try:
            e = math.exp(self._data)
        except OverflowError:
            raise ValueError(trouble('exp', self._data)) from None
        return _result(e, 'exp', self)

    def __radd__(self, other):
        return _value(other) + self

    def __rsub__(self, other):
        return _value(other) - self

    def __rmul__(self, other):
        return _value(other) * self

    def __rtruediv__(self, other):
        return _value(other) / self

    def __rpow__(self, base):
        raise ValueError(f'{base!r} ** Value has a Value as its exponent, which needs to be a plain number.')

    def backward(self):
        """Give every Value that this one was computed from its gradient: how fast this one grows with it.

        This one's own gradient becomes 1. All the others are *added to*, as in micrograd: before another pass over the
        same Values their gradients need to be set to 0, and intermediate results are best computed afresh.
        Raises ValueError where there is no slope, as in 0**0.5, and when a gradient grows too large for a number.
        """
        found = [self]
        try:
            for value in found:  # the list grows while it is read: first count how often each Value was used …
                operand = value._left
                if operand is not None:
                    if not operand._waiting:
                        found.append(operand)
                    operand._waiting += 1
                    operand = value._right
                    if operand is not None:
                        if not operand._waiting:
                            found.append(operand)
                        operand._waiting += 1
            self.grad = 1.0
            ready = [self]
            for value in ready:  # … and then let nobody pass anything on who still waits for a contribution
                grad, left, right = value.grad, value._left, value._right
                if not -_INFINITE < grad < _INFINITE:
                    raise ValueError(f'the gradient of {value._data:g} grew too large for a number; '
                                     'the numbers that it is a product of need to be smaller.')
                if left is None:
                    continue
                op = value._op
                if op == '*':  # what there is most of is written out, for speed
                    left.grad += right._data * grad
                    right.grad += left._data * grad
                elif op == '+':
                    left.grad += grad
                    right.grad += grad
                elif right is None:
                    left.grad += slopes_of(op)(left._data, value._data) * grad
                else:
                    by_left, by_right = SLOPES[op](left._data, right._data)
                    left.grad += by_left * grad
                    right.grad += by_right * grad
                left._waiting -= 1
                if not left._waiting:
                    ready.append(left)
                if right is not None:
                    right._waiting -= 1
                    if not right._waiting:
                        ready.append(right)
        except ArithmeticError:
            raise ValueError(trouble(value._op, *_numbers(value))) from None
        finally:
            for value in found:  # so that the next call does not find half-counted Values
                value._waiting = 0

    def _backward(self):
        """One node's part of `backward`, as the lecture calls it by hand: local derivative × own gradient, added."""
        for operand, local in zip(self.operands(), self.local_derivatives(), strict=True):
            operand.grad += local * self.grad

    def operands(self):
        """The Values that this one was computed from: none for a leaf, else one or two.

        >>> [operand.data for operand in (Value(2) * 5).operands()]
        [2.0, 5.0]
        """
        return tuple(operand for operand in (self._left, self._right) if operand is not None)

    def local_derivatives(self):
        """How fast this number grows with each of its operands. Raises ValueError where one of them is at no such place.

        >>> (Value(2) * 5).local_derivatives()
        (5.0, 2.0)
        """
        if self._left is None:
            return ()
        try:
            if self._right is None:
                return (slopes_of(self._op)(self._left._data, self._data),)
            return SLOPES[self._op](self._left._data, self._right._data)
        except ArithmeticError:
            raise ValueError(trouble(self._op, *_numbers(self))) from None

    @property
    def _prev(self):  # micrograd's name, which the lecture's drawing of a graph asks for
        return set(self.operands())

    def __repr__(self):
        return f'Value(data={self._data}, grad={self.grad})'


def _result(data, op, left, right=None):
    """The Value that an operation gives. Around __init__, which would check again what is checked here more cheaply."""
    if not -_INFINITE < data < _INFINITE:
        raise ValueError(trouble(op, left._data, right and right._data))
    result = _new(Value)
    result._data = data
    result.grad = 0.0
    result.label = ''
    result._op = op
    result._left = left
    result._right = right
    result._waiting = 0
    return result


def _numbers(value):
    return [operand._data for operand in value.operands()]


def _value(other):
    return other if isinstance(other, Value) else Value(other)


def _number(data):
    if (type(data) is float or type(data) is int) and -checks.HUGE <= data <= checks.HUGE:
        return float(data)
    if isinstance(data, int) and abs(data) > checks.HUGE:  # float() cannot even look at 10**400
        raise ValueError(f'a Value was given a whole number beyond {checks.HUGE:g}, and needs one that is smaller in size.')
    if isinstance(data, (str, bytes, Value)):  # to float(), text that looks like a number is one
        raise ValueError(f'a Value was given {data!r:.60}, and needs a plain number.')
    return checks.number('a Value', data)
