"""What may be done with one number or two, how fast the result then grows with each, and what to say where it cannot be.

An operation goes by a short name: + - * / neg ReLU tanh exp, and for a power the exponent is part of the name, as in **2.
A power has one operand then, and one local derivative.
"""

# The local derivatives of each operation: how fast its result grows with a and with b, the numbers it was computed from.
# That of a curve may be told from its result, which is at hand. Powers: `slopes_of`.
SLOPES = {
    '+': lambda a, b: (1.0, 1.0),
    '-': lambda a, b: (1.0, -1.0),
    '*': lambda a, b: (b, a),
    '/': lambda a, b: (1 / b, -a / b / b),
    'neg': lambda a, result: -1.0,
    'ReLU': lambda a, result: (result > 0) * 1.0,
    'tanh': lambda a, result: 1 - result * result,
    'exp': lambda a, result: result,
}


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


def slopes_of(op):
    """The local derivatives of an operation as in SLOPES, or of a power such as '**2', n · aⁿ⁻¹.

    >>> slopes_of('**2')(3.0, 9.0)
    6.0
    """
    n = exponent_of(op)
    if n is None:
        return SLOPES[op]

    def slope(a, power):
        by_a = n * a ** (n - 1) if n else 0 * a
        if isinstance(by_a, complex):  # a was given a number below 0 after its power was computed
            raise ArithmeticError
        return by_a
    return slope


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
