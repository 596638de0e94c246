"""What the operations between two numbers, or on one, are called; and what to say when one has no answer.

In a graph an operation goes by a short name: + - * / neg ReLU tanh exp, and for a power the exponent is part of the
name, as in **2. A power has one operand then, and one local derivative.
"""


def power_of(exponent):
    """The name of "to the power of": whole exponents are written without a point.

    >>> power_of(2.0), power_of(-0.5)
    ('**2', '**-0.5')
    """
    return f'**{int(exponent) if float(exponent).is_integer() else exponent}'


def exponent_of(op):
    """The exponent in the name of a power; None for any other operation.

    >>> exponent_of('**-0.5'), exponent_of('*')
    (-0.5, None)
    """
    return float(op[2:]) if op.startswith('**') else None


def trouble(op, left, right=None):
    """Say in a sentence why an operation on these numbers has no finite value or no finite slope.

    >>> trouble('/', 1.0, 0.0)
    '1 / 0 has no value; the divisor needs to differ from 0.'
    """
    exponent = exponent_of(op)
    if op == '/' and right == 0:
        return f'{left:g} / 0 has no value; the divisor needs to differ from 0.'
    if exponent is not None and left < 0 and not exponent.is_integer():
        return f'({left:g}){op} is no real number; the base needs to be 0 or more, or the exponent a whole number.'
    if exponent is not None and left == 0:
        without = 'value' if exponent < 0 else 'finite slope'
        return f'0{op} has no {without}, as one would divide by 0 to find it; the base needs to differ from 0.'
    if right is not None:
        what = f'{left:g} {op} {right:g}'
    else:
        what = f'{op} of {left:g}' if exponent is None else f'({left:g}){op}'
    return f'{what}, or its slope, is too large for a number; what goes into it needs to be of a more ordinary size.'
