"""Larger and smaller pictures of the same thing."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import digits
from core.pictures import enlarge, shrink

sizes, seeds = st.integers(1, 12), st.integers(0, 10**6)


@given(sizes, st.integers(0, 20), seeds)
def test_an_even_grey_stays_what_it_is_and_nothing_gets_darker_than_it_was(old, more, seed):
    picture = np.random.default_rng(seed).uniform(size=(old, old))
    large = enlarge(picture, old + more)
    assert large.shape == (old + more, old + more)
    assert picture.min() - 1e-12 <= large.min() and large.max() <= picture.max() + 1e-12
    assert enlarge(np.full((old, old), 0.3), old + more) == pytest.approx(np.full((old + more, old + more), 0.3))
    assert enlarge(picture, old) == pytest.approx(picture)


@given(sizes, st.integers(1, 12), seeds)
def test_shrinking_keeps_all_the_ink(old, size, seed):
    picture = np.random.default_rng(seed).uniform(size=(old, old))
    if size <= old:
        small = shrink(picture, size)
        assert small.shape == (size, size)
        assert small.mean() == pytest.approx(picture.mean())
    assert shrink(picture, old) == pytest.approx(picture)


def test_shrinking_by_a_whole_factor_is_counting_the_pixels_in_each_block():
    bitmap = np.random.default_rng(0).integers(0, 2, (32, 32))
    blocks = bitmap.reshape(8, 4, 8, 4).sum(axis=(1, 3))
    assert shrink(bitmap) * 16 == pytest.approx(blocks)  # 0 to 16, as the handwritten digits were made


@given(sizes, st.integers(1, 20), seeds)
def test_turning_a_picture_turns_the_large_and_the_small_one(old, size, seed):
    picture = np.random.default_rng(seed).uniform(size=(old, old))
    for resize in (enlarge, *([shrink] if size <= old else [])):
        for turn in (np.transpose, np.flipud, np.fliplr):
            assert resize(turn(picture), size) == pytest.approx(turn(resize(picture, size)))


def test_a_stroke_is_where_it_was():
    picture = np.zeros((8, 8))
    picture[2, 5] = 1
    large = enlarge(picture)
    assert np.unravel_index(large.argmax(), large.shape) in [(8, 18), (8, 19), (9, 18), (9, 19)]
    rows, columns = np.indices((28, 28)) + 0.5
    middle = [(large * along).sum() / large.sum() / 3.5 for along in (rows, columns)]
    assert middle == pytest.approx([2.5, 5.5], abs=0.01)


def test_a_digit_that_is_shrunk_and_enlarged_again_is_still_much_like_itself():
    pictures = digits().test_x.reshape(-1, 28, 28)
    again = enlarge(shrink(pictures))
    assert again.shape == pictures.shape
    for before, after in zip(pictures, again, strict=True):
        assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.93


def test_many_pictures_are_treated_like_each_alone():
    pictures = np.random.default_rng(1).uniform(size=(3, 6, 6))
    for resize, size in ((enlarge, 10), (shrink, 4)):
        assert resize(pictures, size)[1] == pytest.approx(resize(pictures[1], size))


@pytest.mark.parametrize('wrong', [
    lambda: enlarge(np.zeros((2, 3))), lambda: enlarge([1, 2]), lambda: enlarge([[np.nan]]), lambda: shrink(np.zeros((4, 4))),
    lambda: shrink(np.zeros((4, 4)), 0), lambda: enlarge(np.zeros((4, 4)), 2.5), lambda: enlarge(np.zeros((0, 4, 4)))])
def test_what_is_no_picture_is_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='needs'):
        wrong()
