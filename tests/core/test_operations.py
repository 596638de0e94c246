"""Operations have names that can be read back, and say why they have no answer."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.operations import exponent_of, power_of, trouble


@given(st.floats(-1e6, 1e6))
def test_the_name_of_a_power_says_its_exponent_to_the_last_bit(exponent):
    assert exponent_of(power_of(exponent)) == exponent


def test_whole_exponents_are_written_without_a_point():
    assert [power_of(n) for n in (2, 2.0, -1.0, 0.5)] == ['**2', '**2', '**-1', '**0.5']


@pytest.mark.parametrize('op', ['+', '-', '*', '/', 'neg', 'ReLU', 'tanh', 'exp'])
def test_only_powers_have_exponents(op):
    assert exponent_of(op) is None


@pytest.mark.parametrize(('trouble', 'words'), [
    (trouble('/', 3.0, 0.0), '3 / 0 has no value'), (trouble('**-1', 0.0), '0**-1 has no value'),
    (trouble('**0.5', 0.0), '0**0.5 has no finite slope'), (trouble('**0.5', -2.0), '(-2)**0.5 is no real number'),
    (trouble('**-1.5', -2.0), 'no real number'), (trouble('**3', -1e200), '(-1e+200)**3, or its slope, is too large'),
    (trouble('*', 1e200, 1e200), '1e+200 * 1e+200, or its slope, is too large'), (trouble('exp', 999), 'exp of 999')])
def test_the_sentence_names_the_numbers_and_what_is_needed(trouble, words):
    assert words in trouble
    assert 'needs to' in trouble
    assert trouble.endswith('.')
