"""Contour lines: they lie on their level, are short on the way, and their names stand apart, inside the rim."""
import numpy as np
import pytest

from app.contours import RIM, contours, simple


def bowl(levels, names=()):
    x = np.linspace(-3, 3, 121)
    return contours(x, x, np.add.outer(x**2, x**2), levels, names)


def test_a_circle_is_a_circle_with_few_points():
    lines = bowl([4.0])
    assert lines['starts'] == [0] and lines['x'].dtype == np.float32
    assert np.hypot(lines['x'], lines['y']) == pytest.approx(np.full(len(lines['x']), 2), abs=0.01)
    assert 12 < len(lines['x']) < 80
    assert (lines['x'][0], lines['y'][0]) == (lines['x'][-1], lines['y'][-1])


def test_no_line_is_no_line():
    lines = bowl([100.0], ['100'])
    assert len(lines['x']) == 0 and lines['starts'] == lines['names'] == lines['at'] == []


def test_names_stand_on_their_own_line_inside_the_rim_and_apart():
    levels = [1, 4, 6, 8, 10]
    lines = bowl(levels, [str(level) for level in levels])
    places = np.array([[lines['x'][i], lines['y'][i]] for i in lines['at']])
    assert len(places) >= 3
    for name, (x, y) in zip(lines['names'], places, strict=True):
        assert x**2 + y**2 == pytest.approx(float(name), abs=0.1)
    assert (np.abs(places) <= 3 - 6 * np.array(RIM)).all()
    far = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert far[~np.eye(len(far), dtype=bool)].min() > 6 * 0.2


def test_a_name_stands_on_the_longest_piece_of_its_level():
    x = np.linspace(-3, 3, 121)
    wells = [(-2, -2, .5), (-2, 0, .5), (-2, 2, .5), (1, 0, 1.5)]
    away = np.min([np.hypot(*np.meshgrid(x - across, x - up)) / size for across, up, size in wells], axis=0)
    for heights, side in ((away, 1), (away[:, ::-1], -1)):                  # the large one is found last, or not
        lines = contours(x, x, heights, [1.0], ['1'])
        assert len(lines['starts']) == 4
        at, = lines['at']
        assert np.hypot(lines['x'][at] - side, lines['y'][at]) == pytest.approx(1.5, abs=0.02)


def test_what_is_left_out_lies_within_the_given_distance():
    t = np.linspace(0, 6, 400)
    wave = np.stack([t, np.sin(t)], 1)
    kept = simple(wave, 0.01)
    assert len(kept) < 60
    assert np.abs(np.interp(t, kept[:, 0], kept[:, 1]) - wave[:, 1]).max() <= 0.01 * np.sqrt(2), 'on a slope of 1'
