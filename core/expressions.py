"""An expression as somebody types it, read into its operations: nothing else is understood, and nothing else is run.

Names, numbers, + − * / **, a minus in front, brackets, and tanh, relu and exp: that is the whole language. A name is a
number that can be changed, and the same name is the same number wherever it stands. Whoever types something else is
told, in one sentence, what is not understood and where; places count from 1.
"""
from core.autograd import Value
from core.reader import Reader, spot

FUNCTIONS = {'tanh': Value.tanh, 'relu': Value.relu, 'exp': Value.exp}
SIGNS = {'+': Value.__add__, '-': Value.__sub__, '*': Value.__mul__, '/': Value.__truediv__}


class Expression:
    """What was typed, understood. `names`: those that occur, in order; `parts`: operands before results, the whole last.

    Raises ValueError, with one sentence, for what is no expression.

    >>> f = Expression('(a*b)*(a+b)')
    >>> f.names, f.value({'a': -2, 'b': 3}).data
    (('a', 'b'), -6.0)
    """

    def __init__(self, text):
        self.text = text
        self.parts = Reader(text).parts
        self.names = tuple(part.name for part in self.parts if part.name)

    def value(self, numbers):
        """The result as a Value with its whole graph, when the names have these numbers: {name: number}.

        Raises ValueError where there is no such number, and says at which operation.
        """
        return self.values(numbers)[-1]

    def values(self, numbers):
        """The Value of every part, in their order."""
        made = []
        for part in self.parts:
            operands = [made[i] for i in part.operands]
            try:
                made.append(self._made(part, operands, numbers))
            except ValueError as reason:
                raise ValueError(f'at {spot(self.text, *part.places[0])}: {reason}') from None
        if not made[-1].label:
            made[-1].label = 'f'
        return made

    @staticmethod
    def _made(part, operands, numbers):
        if part.name:
            return Value(numbers[part.name], label=part.name)
        if not part.op:
            return Value(part.number)
        if part.op in FUNCTIONS:
            return FUNCTIONS[part.op](*operands)
        if part.op == '**':
            return operands[0] ** part.number
        if part.op == 'neg':
            return -operands[0]
        return SIGNS[part.op](*operands)
