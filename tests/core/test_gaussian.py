"""The bell has area 1, the shares that the books round, and samples that follow it."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.derivative import derivative
from core.gaussian import coverage, density, density_slope, samples, sds_for

means, sds = st.floats(-100, 100), st.floats(0.1, 50)


@given(means, sds)
def test_the_area_under_every_bell_is_1_and_its_spread_is_sd(mean, sd):
    x = np.linspace(mean - 12 * sd, mean + 12 * sd, 2001)
    weights = density(x, mean, sd) * (x[1] - x[0])
    assert weights.sum() == pytest.approx(1, abs=1e-9)
    assert weights @ x == pytest.approx(mean, abs=1e-7)
    assert weights @ (x - mean) ** 2 == pytest.approx(sd**2)


@given(means, sds, st.floats(-5, 5))
def test_nudging_the_bell_gives_its_slope(mean, sd, away):
    x = mean + away * sd
    assert density_slope(x, mean, sd) == pytest.approx(derivative(lambda x: density(x, mean, sd), x, 1e-4 * sd), abs=1e-7 / sd**2)


def test_the_bell_is_steepest_one_sd_away():
    x = np.linspace(-4, 4, 8001)
    slopes = density_slope(x)
    assert x[[slopes.argmax(), slopes.argmin()]] == pytest.approx([-1, 1], abs=1e-3)


def test_the_shares_that_books_round():
    assert [f'{coverage(k):.2%}' for k in (1, 2, 3)] == ['68.27%', '95.45%', '99.73%']
    assert f'{coverage(1.96):.2%}' == '95.00%'
    assert round(sds_for(0.95), 2) == 1.96
    assert coverage(0) == 0 and sds_for(0) == 0
    assert coverage(1e3) == 1


@given(st.floats(0.001, 6))
def test_shares_and_widths_are_each_others_inverse_and_the_area_between(width):
    assert sds_for(coverage(width)) == pytest.approx(width, rel=1e-6)
    x = np.linspace(-width, width, 4001)
    heights = density(x)
    area = (heights.sum() - heights[[0, -1]].mean()) * (x[1] - x[0])
    assert area == pytest.approx(coverage(width), abs=1e-6)


@pytest.mark.parametrize('k', [1, 2, 3])
def test_samples_fall_within_k_sds_as_often_as_they_should(k):
    n = 20_000
    drawn = samples(n, mean=5, sd=3, seed=1)
    share = np.mean(np.abs(drawn - 5) <= k * 3)
    assert share == pytest.approx(coverage(k), abs=4 * np.sqrt(coverage(k) * (1 - coverage(k)) / n))
    assert drawn.mean() == pytest.approx(5, abs=4 * 3 / np.sqrt(n))
    assert drawn.std() == pytest.approx(3, abs=4 * 3 / np.sqrt(2 * n))


def test_the_same_seed_draws_the_same_and_more_samples_go_on_where_fewer_stopped():
    assert samples(10, seed=3).tolist() == samples(100, seed=3)[:10].tolist()
    assert samples(10, seed=3).tolist() != samples(10, seed=4).tolist()
    assert samples(10, mean=2, sd=5, seed=3) == pytest.approx(2 + 5 * samples(10, seed=3))
    assert samples(0).shape == (0,)
    assert samples(3, mean=7, sd=0).tolist() == [7, 7, 7]


def test_far_out_and_with_any_width_there_is_a_number():
    assert density(1e100, 0, 1e-50) == 0
    assert density_slope([-1e100, 1e100], 0, 1e-50).tolist() == [0, 0]
    assert np.isfinite(density(0, 0, 1e-90)) and np.isfinite(density_slope(1.0, 0, 1e100))


@pytest.mark.parametrize('wrong', [
    lambda: density(0, 0, 0), lambda: density(0, 0, -1), lambda: density([], 0, 1), lambda: density_slope(np.nan),
    lambda: coverage(-1), lambda: sds_for(1), lambda: sds_for(-0.1), lambda: samples(-1), lambda: samples(3, sd=-1),
    lambda: samples(2.5), lambda: samples(3, mean=np.inf)])
def test_impossible_bells_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
