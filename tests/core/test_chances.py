"""Sums of chances: exact, as wide as √n says, and nearer to a bell the more are added."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chances import chance, mean_and_sd, sum_of
from core.gaussian import density

DIE = [0, 1, 1, 1, 1, 1, 1]
dice = st.lists(st.floats(0, 10), min_size=2, max_size=7).filter(lambda weights: sum(weights) > 0.1)


def test_two_dice_come_to_seven_in_six_of_thirty_six_ways():
    assert sum_of(DIE, 2)[2:] * 36 == pytest.approx([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1])
    assert sum_of(DIE, 2)[:2].tolist() == [0, 0]
    assert mean_and_sd(DIE) == pytest.approx((3.5, np.sqrt(35 / 12)))


@given(dice, st.integers(1, 30))
def test_the_mean_of_a_sum_grows_with_n_and_its_spread_with_the_root_of_n(weights, n):
    (mean, sd), (of_sum, spread) = mean_and_sd(weights), mean_and_sd(sum_of(weights, n))
    assert sum_of(weights, n).sum() == pytest.approx(1)
    assert of_sum == pytest.approx(n * mean, abs=1e-9)
    assert spread == pytest.approx(sd * np.sqrt(n), abs=1e-6)


def gap(weights, n):
    """How far the largest difference from the bell is, as a share of its peak."""
    found, (mean, sd) = sum_of(weights, n), mean_and_sd(sum_of(weights, n))
    return np.abs(found - density(np.arange(len(found)), mean, sd)).max() / density(mean, mean, sd)


@pytest.mark.parametrize('weights', [DIE, [0, 10, 0, 0, 1, 0, 4], [0, 1, 0, 0, 0, 0, 1, 1]])
def test_the_more_are_added_the_nearer_the_bell(weights):
    assert gap(weights, 1) > gap(weights, 10) > gap(weights, 100)
    assert gap(weights, 200) < 0.06
    assert gap(DIE, 10) < 0.02


@pytest.mark.parametrize('wrong', [lambda: chance([0, 0]), lambda: chance([1, -1]), lambda: chance([]),
                                   lambda: sum_of([1, 1], 0), lambda: sum_of([1, 1], 1.5), lambda: mean_and_sd([np.nan])])
def test_what_is_no_chance_is_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='need'):
        wrong()
