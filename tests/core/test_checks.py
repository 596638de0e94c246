"""Whatever is wrong with the data is said in one sentence, before anything is computed with it."""
import numpy as np
import pytest

from core import checks


@pytest.mark.parametrize('bad', [np.nan, np.inf, -np.inf, 1e101, 10**400, 'ten', None, {}, [[1], [2, 3]]])
def test_what_is_not_an_ordinary_number_is_refused_by_name(bad):
    with pytest.raises(ValueError, match=r'^the price .*needs.*\.$'):
        checks.numbers('the price', bad)


@pytest.mark.parametrize('empty', [[], np.empty((0, 3))])
def test_empty_data_is_refused(empty):
    with pytest.raises(ValueError, match='x is empty'):
        checks.numbers('x', empty)


def test_the_first_bad_number_is_named():
    with pytest.raises(ValueError, match='holds inf'):
        checks.numbers('x', [1.0, np.inf, np.nan])


def test_a_single_number_is_not_a_row_and_a_row_not_a_single_number():
    with pytest.raises(ValueError, match=r'shape \(\)'):
        checks.row('x', 3)
    with pytest.raises(ValueError, match='single number'):
        checks.number('x', [3])


def test_a_row_is_never_stretched_against_a_column():
    with pytest.raises(ValueError, match='each prediction needs its own target'):
        checks.alike('predicted', np.ones(4), 'target', np.ones((4, 1)))


@pytest.mark.parametrize('bad', [-1, 0.5, np.nan, np.inf, 'two'])
def test_a_count_is_a_whole_number(bad):
    with pytest.raises(ValueError, match='n '):
        checks.whole('n', bad, least=0)
    assert checks.whole('n', 3.0, least=0) == 3


def test_numbers_are_fine_up_to_the_limit_and_not_beyond():
    assert checks.number('x', checks.HUGE) == checks.HUGE
    assert checks.numbers('x', [1e60, -checks.HUGE]).tolist() == [1e60, -checks.HUGE]
    with pytest.raises(ValueError, match=r'holds -1e\+101'):
        checks.numbers('x', [1e60, -1e101])
