"""What is printed in a table of the four patterns: its heads, the two inputs and the target of OR in each row."""
from app.scene import mark
from core.data import BITS
from lessons.perceptron.unit import TARGET


def printed(columns, head, rows, answer):
    """One mark for all that never changes. columns: where x₁, x₂, y, the answer, its error and its square stand."""
    given = [(columns[j], y, f'{value:g}') for y, bits, target in zip(rows, BITS, TARGET, strict=True)
             for j, value in enumerate((*bits, target))]
    heads = list(zip(columns, [head] * 6, ('x₁', 'x₂', 'y', answer, 'ŷ − y', 'square'), strict=True))
    x, y, text = map(list, zip(*heads, *given, strict=True))
    return mark('labels', 'paper', fixed=True, x=x, y=y, text=text,
                inks=['data'] * 3 + ['model'] + ['loss'] * 2 + ['data'] * len(given))
