"""The data is what its description says it is."""
from pathlib import Path

import numpy as np
import pytest

from core import data
from core.models import least_squares
from core.pictures import enlarge


def test_the_generator_makes_the_houses_that_stand_in_the_file():
    sqft, price = data.make_houses(24, seed=4)
    assert sqft.tolist() == data.SQFT.tolist()
    assert price.tolist() == data.PRICE.tolist()


def test_there_are_24_houses_of_different_sizes_smallest_first():
    assert data.SQFT.shape == data.PRICE.shape == (24,)
    assert (np.diff(data.SQFT) > 0).all()


def test_houses_are_plausible():
    assert data.SQFT.min() >= 700
    assert data.SQFT.max() <= 3000
    assert data.PRICE.min() >= 100
    assert data.PRICE.max() <= 620
    assert (data.SQFT % 10 == 0).all()
    assert (data.PRICE % 1 == 0).all()


def test_the_best_line_comes_near_the_rule_that_made_the_houses():
    slope, intercept = least_squares(data.SQFT, data.PRICE)
    assert slope == pytest.approx(0.130, abs=0.015)
    assert intercept == pytest.approx(90, abs=25)


def test_a_thousand_surprises_spread_by_40_thousand_dollars():
    houses = [data.make_houses(231, seed) for seed in range(20)]
    surprises = np.concatenate([price - (90 + 0.130 * sqft) for sqft, price in houses])
    assert surprises.mean() == pytest.approx(0, abs=2)
    assert surprises.std() == pytest.approx(40, abs=1.5)


@pytest.mark.parametrize('array', [data.SQFT, data.PRICE, data.BITS, data.OR, data.AND, data.XOR])
def test_no_lesson_can_spoil_the_data_for_another(array):
    with pytest.raises(ValueError, match='read-only'):
        array[0] = 1


def test_the_truth_tables_are_true():
    assert data.BITS.shape == (4, 2)
    bits = data.BITS.astype(bool)
    answers = (data.OR, bits.any(axis=1)), (data.AND, bits.all(axis=1)), (data.XOR, bits[:, 0] ^ bits[:, 1])
    for table, answer in answers:
        assert table.shape == (4, 1)
        assert table[:, 0].tolist() == answer.tolist()
    assert len({tuple(pattern) for pattern in data.BITS}) == 4


@pytest.mark.parametrize('make', [data.spiral, data.moons, data.circles])
@pytest.mark.parametrize('n', [2, 7, 100])
def test_the_same_seed_makes_the_same_points_half_of_each_class(make, n):
    points, labels = make(n, seed=3)
    assert points.shape == (n, 2)
    assert labels.shape == (n, 1)
    assert abs((labels == 0).sum() - (labels == 1).sum()) <= 1
    assert (make(n, seed=3)[0] == points).all()
    assert (make(n, seed=4)[0] != points).any()
    assert (make(n, seed=np.random.default_rng(3))[0] == points).all()


def test_without_noise_moons_lie_on_their_circles_and_arms_never_touch():
    points, labels = data.moons(200, seed=0, noise=0)
    centres = np.column_stack([labels[:, 0], labels[:, 0] / 2])
    assert np.hypot(*(points - centres).T) == pytest.approx(np.ones(200))
    points, labels = data.spiral(400, seed=0, noise=0)
    first, second = points[labels[:, 0] == 0], points[labels[:, 0] == 1]
    assert np.hypot(*(first[:, None] - second[None]).transpose(2, 0, 1)).min() > 0.1


@pytest.mark.parametrize('make', [data.spiral, data.moons, data.circles])
def test_no_line_parts_the_classes(make):
    points, labels = make(200, seed=1)
    for angle in np.linspace(0, np.pi, 180, endpoint=False):
        order = np.argsort(points @ [np.cos(angle), np.sin(angle)])
        ones = np.cumsum(labels[order, 0])
        right = np.abs(2 * ones - np.arange(1, 201)).max() + 100  # best cut along this direction, either way round
        assert right < 195


def test_without_noise_the_ring_lies_round_the_core():
    points, labels = data.circles(200, seed=0, noise=0)
    assert np.hypot(*points.T) == pytest.approx((1 + labels[:, 0]) / 2)
    assert np.abs(points.mean(axis=0)).max() < 0.2  # all the way round


def test_there_are_1797_digits_a_fifth_of_them_kept_aside_and_none_in_both():
    train_x, train_y, test_x, test_y = data.digits()
    assert (train_x.shape, test_x.shape) == ((1437, 784), (360, 784))
    assert (train_y.shape, test_y.shape) == ((1437,), (360,))
    assert (train_x.min(), train_x.max()) == (0, 1)
    counts = np.bincount([*train_y, *test_y])
    assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as the data set's own page says
    assert np.bincount(test_y).min() >= 25
    assert len({picture.tobytes() for picture in np.vstack([train_x, test_x])}) == 1797


def test_digits_are_the_stored_pictures_enlarged_and_the_same_each_time():
    with np.load(Path(data.__file__).with_name('digits.npz')) as file:
        stored, labels = file['pictures'], file['labels']
    pictures = {picture.tobytes(): label for picture, label in zip(enlarge(stored / 16.0), labels, strict=True)}
    train_x, train_y, *_ = data.digits()
    assert all(pictures[x.tobytes()] == y for x, y in zip(train_x, train_y, strict=True))
    assert data.digits() is data.digits()
    with pytest.raises(ValueError, match='read-only'):
        train_x[0] = 1


def test_a_digit_looks_like_others_of_its_kind():
    """The nearest of ten mean pictures names nine in ten of those that were kept aside."""
    train_x, train_y, test_x, test_y = data.digits()
    means = np.array([train_x[train_y == digit].mean(axis=0) for digit in range(10)])
    nearest = ((test_x[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == test_y).mean() > 0.85


def test_the_file_of_digits_is_small():
    assert Path(data.__file__).with_name('digits.npz').stat().st_size < 60_000


@pytest.mark.parametrize('wrong', [
    lambda: data.make_houses(0, seed=1), lambda: data.make_houses(232, seed=1), lambda: data.spiral(1, seed=1),
    lambda: data.moons(2.5, seed=1), lambda: data.moons(10, seed=1, noise=-1), lambda: data.spiral(10, 1, np.nan),
    lambda: data.circles(1, 1)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match=r'needs'):
        wrong()
