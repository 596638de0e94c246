"""GPT-3's size from its four numbers; the same count for models whose published sizes are known; what a token costs."""
import numpy as np
import pytest

from core.layers import Layer, Network, count_multiplications, count_parameters
from core.transformer_size import GPT3, Transformer, count_attention, count_parts, training_operations
from core.transformer_size import count_multiplications as multiplications_of
from core.transformer_size import count_parameters as parameters_of


def built(model):
    """Every matrix and every other row of numbers of such a model, as arrays that are there."""
    d = model.width
    block = [*[(d, d)] * 4, *[(d,)] * 4, (4 * d, d), (4 * d,), (d, 4 * d), (d,), *[(d,)] * 4]
    return [np.zeros(shape) for shape in [(model.vocabulary, d), (model.context, d), *block * model.blocks, (d,), (d,)]]


@pytest.mark.parametrize('model', [Transformer(1, 1, 1, 1), Transformer(2, 3, 5, 7), Transformer(3, 8, 16, 50)])
def test_the_counts_are_those_of_a_model_that_is_built(model):
    arrays = built(model)
    assert parameters_of(model) == sum(array.size for array in arrays) == sum(count_parts(model).values())
    matrices = [array for array in arrays if array.ndim == 2]
    del matrices[1]                     # a token's place is looked up, never multiplied with
    assert multiplications_of(model) == sum(matrix.size for matrix in matrices)


def test_two_layers_of_a_block_are_layers_as_this_engine_has_them():
    d, four = 6, 24
    own = Network((Layer(np.zeros((four, d)), np.zeros(four), 'relu'), Layer(np.zeros((d, four)), np.zeros(d), 'linear')))
    attention, norms = 4 * (d * d + d), 2 * 2 * d
    assert count_parts(Transformer(1, d, 1, 1))['blocks'] == count_parameters(own) + attention + norms
    assert multiplications_of(Transformer(1, d, 1, 1)) - d == count_multiplications(own) + 4 * d * d


def test_gpt_3_has_174_604_259_328_parameters():
    assert parameters_of(GPT3) == 174_604_259_328
    assert tuple(GPT3) == (96, 12_288, 2_048, 50_257)


def test_smaller_relatives_come_out_at_their_published_sizes():
    """GPT-2 is of the same make: '124M' and '1.5B'."""
    assert parameters_of(Transformer(12, 768, 1024, 50257)) == 124_439_808
    assert round(parameters_of(Transformer(48, 1600, 1024, 50257)) / 1e9, 2) == 1.56


def test_a_token_costs_175_billion_multiplications_and_not_300():
    assert round(multiplications_of(GPT3) / 1e9, 1) == 174.6
    most = count_attention(GPT3, GPT3.context)
    mean = np.mean([count_attention(GPT3, seen) for seen in range(1, GPT3.context + 1)])
    assert (round(most / 1e9, 1), round(mean / 1e9, 1)) == (4.8, 2.4)
    assert round(2 * (multiplications_of(GPT3) + mean) / 1e9, -1) == 350
    assert multiplications_of(GPT3) + most < 180e9


def test_three_hundred_billion_tokens_are_146_million_windows_and_3_14e23_operations():
    assert round(300e9 / GPT3.context / 1e6) == 146
    assert f'{training_operations(GPT3, 300e9):.2e}' == '3.14e+23'


@pytest.mark.parametrize('numbers', [(0, 2, 3, 4), (1, 2.5, 3, 4), (1, 2, -3, 4), (1, 2, 3, float('nan'))])
def test_what_is_no_model_is_refused_with_the_name_of_the_number(numbers):
    wrong = next(name for name, number in zip(Transformer._fields, numbers, strict=True) if number not in (1, 2, 3, 4))
    with pytest.raises(ValueError, match=f'^{wrong} '):
        parameters_of(Transformer(*numbers))
