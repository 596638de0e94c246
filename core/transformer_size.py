"""How large a language model is, reckoned from the four numbers that describe it; nothing has to be built for that.

A transformer of this kind reads a text as tokens, pieces of words. Each token becomes a vector, `width` numbers long; so
does its place. Then come blocks, all of one make: attention, with four square matrices of that width, and two layers, of
4 · width units and of width units. At the end the table of the tokens is used once more, to say which of them comes next.
"""
from typing import NamedTuple

from core import checks


class Transformer(NamedTuple):
    """The four numbers; what is left out, such as the number of attention heads, changes none of the counts."""
    blocks: int
    width: int
    context: int     # how many tokens it reads at the most
    vocabulary: int  # how many different tokens there are


GPT3 = Transformer(blocks=96, width=12288, context=2048, vocabulary=50257)


def count_parts(model):
    """The weights and biases, part by part, as {name: count}.

    Each block has 12 · width² weights: 4 · width² for attention, 2 · 4 · width² for its two layers. It has 13 · width
    numbers more: biases (4 + 4 + 1 times width), and twice a scale and a shift, by which a vector is brought to one size.

    >>> count_parts(Transformer(blocks=1, width=2, context=3, vocabulary=5))
    {'tokens': 10, 'places': 6, 'blocks': 74, 'end': 4}
    """
    blocks, width, context, vocabulary = checked(model)
    return {'tokens': vocabulary * width, 'places': context * width, 'blocks': blocks * (12 * width**2 + 13 * width),
            'end': 2 * width}


def count_parameters(model):
    """All weights and biases together.

    >>> f'{count_parameters(GPT3):,}'
    '174,604,259,328'
    """
    return sum(count_parts(model).values())


def count_multiplications(model):
    """What one token costs, without attention's own products: one multiplication for each weight of a matrix.

    Looking up a token and its place costs none; the table of the tokens is multiplied with at the end.

    >>> f'{count_multiplications(GPT3):,}'
    '174,563,733,504'
    """
    blocks, width, _, vocabulary = checked(model)
    return blocks * 12 * width**2 + vocabulary * width


def count_attention(model, seen):
    """The multiplications that a token adds by looking at `seen` tokens, itself among them.

    In each block it is compared with every one of them, which takes a dot product of `width` numbers, and then takes so
    much of each, which takes as many again.

    >>> f'{count_attention(GPT3, seen=2048):,}'
    '4,831,838,208'
    """
    blocks, width, _, _ = checked(model)
    return 2 * blocks * width * seen


def training_operations(model, tokens):
    """Multiplications and additions of a training on so many tokens, by the usual rule: six for each weight and token.

    Forward a weight is multiplied and added, which makes two; backward it takes twice as many, for the slopes of what came
    in and for its own.

    >>> f'{training_operations(GPT3, 300e9):.2e}'
    '3.14e+23'
    """
    return 6 * count_parameters(model) * tokens


def checked(model):
    return [checks.whole(name, number, least=1) for name, number in zip(Transformer._fields, model, strict=True)]
