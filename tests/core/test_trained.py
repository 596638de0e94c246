"""The network that comes with the course: how good it is on what it never saw, and where it was made of what."""
import numpy as np
import pytest

from core.classification import accuracy
from core.data import digits
from core.make_trained import bent, smoothed
from core.network import new_network, predict
from core.pictures import as_digits, enlarge, enlarged_from
from core.strokes import WAYS, by_hand, drawn
from core.trained import FILE, trained

# Another hand: rough strokes that stand nowhere in WAYS, on a square of 1, y downwards
OTHERS = {
    0: [[(.5, 0), (.2, .1), (.05, .4), (.1, .75), (.4, 1), (.75, .9), (.95, .5), (.8, .12), (.55, .02)]],
    1: [[(.45, 0), (.5, .5), (.48, 1)]],
    2: [[(.1, .2), (.35, 0), (.75, .08), (.78, .4), (.3, .8), (.05, 1), (.9, 1)]],
    3: [[(.1, .12), (.4, 0), (.75, .08), (.8, .3), (.55, .47), (.35, .48), (.7, .52), (.9, .75), (.7, .97), (.3, 1), (.05, .88)]],
    4: [[(.1, .05), (.1, .3), (.15, .5), (.5, .52), (.85, .48)], [(.85, 0), (.82, .5), (.85, 1)]],
    5: [[(.2, .05), (.15, .48), (.55, .4), (.85, .6), (.7, .92), (.1, .98)], [(.2, .03), (.8, 0)]],
    6: [[(.5, 0), (.25, .3), (.1, .7), (.3, .98), (.65, .95), (.75, .72), (.5, .55), (.15, .7)]],
    7: [[(.05, .02), (.5, 0), (.95, .02), (.7, .4), (.5, .7), (.4, 1)]],
    8: [[(.75, .12), (.45, 0), (.15, .15), (.25, .38), (.65, .58), (.88, .8), (.6, 1), (.25, .97), (.1, .75), (.4, .5),
         (.75, .28), (.75, .1)]],
    9: [[(.8, .15), (.5, 0), (.15, .12), (.1, .38), (.4, .5), (.7, .4), (.82, .1), (.8, .5), (.75, 1)]],
}


def says(pictures):
    return predict(trained(), np.reshape([as_digits(picture)[1] for picture in pictures], (-1, 784))).argmax(axis=1)


def test_it_tells_at_least_96_of_100_test_digits_that_it_never_saw():
    assert accuracy(predict(trained(), digits().test_x), digits().test_y) >= 0.96


def test_it_is_small_enough_to_come_with_a_page():
    assert FILE.stat().st_size <= 250_000
    assert trained().sizes == (784, 128, 64, 10)
    assert [layer.activation for layer in trained().layers] == ['relu', 'relu', 'softmax']


@pytest.mark.parametrize('high', [12, 17, 23])
@pytest.mark.parametrize('pen', [1.0, 1.3])
@pytest.mark.parametrize(('right', 'down'), [(0, 0), (1, 1), (0.5, 0.2)])
def test_it_knows_the_digits_of_another_hand_wherever_and_however_large_they_stand(high, pen, right, down):
    wide, digits_of = high * 0.65, []
    corner = pen + np.array([right * (28 - 2 * pen - wide), down * (28 - 2 * pen - high)])
    for strokes in OTHERS.values():
        digits_of.append(drawn([np.array(stroke) * [wide, high] + corner for stroke in strokes], pen))
    assert (says(digits_of) == list(OTHERS)).sum() >= 9


@pytest.mark.parametrize('slant', [-0.2, 0.3])
def test_it_knows_them_slanted(slant):
    slanted = [drawn([np.array(stroke) @ [[11, 0], [-slant * 18, 18]] + [9, 4] for stroke in strokes], 1.2)
               for strokes in OTHERS.values()]
    assert (says(slanted) == list(OTHERS)).sum() >= 9


def test_it_knows_nearly_all_drawings_of_its_own_pen():
    chance = np.random.default_rng(2026)
    ways = [(digit, way) for digit in range(10) for way in WAYS[digit] for _ in range(4)]
    assert (says([by_hand(way, chance) for _, way in ways]) == [digit for digit, _ in ways]).mean() > 0.95


def test_without_its_noise_a_network_answers_as_before():
    network = new_network((784, 6, 10), 0, 'relu', output='softmax', start='scaled')
    pictures = digits().test_x[:50]
    assert predict(smoothed(network), pictures) == pytest.approx(predict(network, pictures), abs=1e-9)
    assert np.abs(smoothed(network).layers[0].W).sum() < 0.5 * np.abs(network.layers[0].W).sum()


def test_a_bent_picture_is_ink_and_paper_and_still_about_as_dark():
    picture = enlarge(enlarged_from(digits().train_x[0].reshape(28, 28)), 56)
    others = [bent(picture, np.random.default_rng(seed)) for seed in range(20)]
    assert set(np.unique(others)) == {0.0, 1.0}
    assert 0.5 < np.mean(others) / picture.mean() < 1.5
