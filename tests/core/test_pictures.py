"""Larger and smaller pictures of the same thing."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import digits
from core.pictures import as_digits, centre, enlarge, enlarged_from, ink_box, shrink

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


def stroke(rows, columns, size=28):
    picture = np.zeros((size, size))
    picture[rows, columns] = 1
    return picture


@given(st.integers(0, 15), st.integers(0, 18), st.integers(6, 12), st.integers(2, 9), seeds)
def test_wherever_it_was_drawn_it_comes_to_the_same(down, right, high, wide, seed):
    ink = np.random.default_rng(seed).integers(0, 2, (high, wide)).astype(float)
    ink[0], ink[-1], ink[:, 0], ink[:, -1] = 1, 1, 1, 1
    here, there = np.zeros((28, 28)), np.zeros((28, 28))
    here[:high, :wide] = ink
    there[down:down + high, right:right + wide] = ink
    assert centre(there) == pytest.approx(centre(here))
    assert np.array_equal(as_digits(there)[0], as_digits(here)[0])


def test_it_comes_to_the_middle_and_to_the_full_height():
    sheet = centre(stroke(slice(3, 19), slice(20, 28)))
    rows, columns = np.flatnonzero(sheet.max(axis=1)), np.flatnonzero(sheet.max(axis=0))
    assert (rows[0], rows[-1], columns[0], columns[-1]) == (0, 31, 8, 23)
    assert sheet.max() == 1


def test_a_wide_drawing_is_made_narrower_by_a_half_at_most_and_a_dash_stays_a_dash():
    assert np.flatnonzero(centre(stroke(slice(4, 20), slice(4, 20))).max(axis=0) > 0.5).size == 22       # a square
    dash = centre(stroke(slice(13, 15), slice(4, 24)))
    assert np.flatnonzero(dash.max(axis=0) > 0.5).size == 22
    assert 3 <= np.flatnonzero(dash.max(axis=1) > 0.5).size <= 5
    dot = centre(stroke(slice(3, 5), slice(3, 5)))
    assert dot.sum() == pytest.approx(64)       # enlarged four times, not sixteen


def test_an_empty_sheet_stays_empty_and_a_full_one_fills_all_that_may_be_filled():
    assert ink_box(np.zeros((28, 28))) is None
    assert not as_digits(np.zeros((28, 28)))[1].any()
    few, many = as_digits(np.ones((28, 28)))
    assert few[:, 2:6].min() == 1 and not few[:, [0, 7]].any() and many.max() == 1


def test_shades_are_sixteenths_and_what_was_as_wide_as_the_sheet_is_shrunk_like_the_data():
    few, _ = as_digits(stroke(slice(2, 26), slice(9, 13)))
    assert np.array_equal(few * 16, np.round(few * 16))
    bitmap = np.random.default_rng(0).integers(0, 2, (32, 32))
    bitmap[:, [0, -1]] = bitmap[[0, -1]] = 1
    assert centre(bitmap, across=32) == pytest.approx(bitmap)


def test_the_digits_are_sixteenths_before_they_are_enlarged():
    pictures = digits().test_x[:40].reshape(-1, 28, 28)
    small = enlarged_from(pictures)
    assert np.round(small * 16) == pytest.approx(small * 16)
    assert enlarge(small) == pytest.approx(pictures)
