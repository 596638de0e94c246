"""Whatever is wrong with the data is said in one sentence, before anything is computed with it."""
import numpy as np
import pytest

from core import checks, data, gaussian, stochastic


@pytest.mark.parametrize('bad', [
    np.nan, np.inf, -np.inf, 1e101, 10**400, 'ten', '3', ['1', '2'], b'3', None, {}, {1, 2}, [[1], [2, 3]], 1j,
    np.array([1 + 1j, 2]), (number for number in (1, 2)), np.datetime64('2020-01-01'), [1, None]])
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


@pytest.mark.parametrize('bad', [-1, 0.5, np.nan, np.inf, 'two', 10**15, 1e100])
def test_a_count_is_a_whole_number(bad):
    with pytest.raises(ValueError, match='n '):
        checks.whole('n', bad, least=0)
    assert checks.whole('n', 3.0, least=0) == 3


def test_numbers_are_fine_up_to_the_limit_and_not_beyond():
    assert checks.number('x', checks.HUGE) == checks.HUGE
    assert checks.numbers('x', [1e60, -checks.HUGE]).tolist() == [1e60, -checks.HUGE]
    with pytest.raises(ValueError, match=r'holds -1e\+101'):
        checks.numbers('x', [1e60, -1e101])


def test_a_choice_among_so_many_is_a_whole_number_up_to_the_last():
    assert [checks.whole('label', label, least=0, most=2) for label in (0, 2)] == [0, 2]
    with pytest.raises(ValueError, match='label is 3, and needs to be a whole number from 0 to 2'):
        checks.whole('label', 3, least=0, most=2)


def test_no_size_is_minus_0_which_numpy_takes_for_negative():
    assert np.signbit(checks.at_least('spread', -0.0, 0)) == np.False_


@pytest.mark.parametrize('seed', [0, 5, (5, 3), [1, 2], np.int64(7), 2**70])
def test_a_seed_always_draws_the_same(seed):
    first, again = checks.generator(seed), checks.generator(seed)
    assert first.random() == again.random()
    assert checks.generator(first) is first


@pytest.mark.parametrize('bad', [None, -1, 1.5, 2.0, 'x', 1j, [1.5], {}, np.nan, (number for number in (1, 2)), np.ones((2, 2))])
def test_what_is_no_seed_is_refused(bad):
    with pytest.raises(ValueError, match=r'^seed is .*, and needs to be a whole number of at least 0'):
        checks.generator(bad)


def test_everything_that_draws_needs_a_seed_and_says_so():
    for draw in (lambda seed: data.make_houses(3, seed), lambda seed: data.spiral(4, seed), lambda seed: data.moons(4, seed),
                 lambda seed: data.circles(4, seed), lambda seed: gaussian.samples(3, seed=seed),
                 lambda seed: stochastic.minibatches(4, 2, seed), lambda seed: stochastic.bowl_of_points(4, seed),
                 lambda seed: stochastic.descend_in_minibatches(lambda x, batch: x, 1.0, 0.1, 4, 2, 1, seed)):
        draw(0)
        with pytest.raises(ValueError, match='seed is None, and needs'):
            draw(None)
