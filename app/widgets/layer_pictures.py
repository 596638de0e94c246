"""The answers of ten layers as pictures: how often each value comes, and the units' own answers as small squares."""
import numpy as np

from app.widgets.bell import light
from app.widgets.signed import ABOVE, BELOW, ZERO

BINS, PAD, SHADES = 24, 0.08, 32            # bars of a histogram; the gap between two layers; shades on each side of 0
RANGES = {'tanh': (-1.0, 1.0), 'relu': (0.0, 4.0), 'sigmoid': (0.0, 1.0)}
LITTLE = 0.06                               # a bar with this share of all is as high as the picture, whatever the others hold
GAP, BETWEEN = 2, 2 * SHADES + 1            # pixels between two squares, and the shade that they have
SIDES = {25: 5, 100: 10, 225: 10}           # of the square in which the first units of a layer stand


def histograms(bend, answers, layers):
    """One outline for several layers, each about its own number: x and y. What is beyond the range stands in the last bar."""
    low, high = RANGES[bend]
    edges = np.linspace(-0.5 + PAD, 0.5 - PAD, BINS + 1)
    xs, ys = [], []
    for k in layers:
        bar = ((answers[k].ravel() - low) * (BINS / (high - low))).clip(0, BINS - 1).astype(int)
        heights = scaled(np.bincount(bar, minlength=BINS), bend)
        xs.append(k + np.concatenate([edges[:1], np.repeat(edges, 2)[1:-1], edges[-1:]]))
        ys.append(np.concatenate([[0.0], np.repeat(heights, 2), [0.0]]))
    return dict(x=light(np.concatenate(xs)), y=light(np.concatenate(ys)))


def scaled(counts, bend):
    """As shares of the highest bar; of relu the first bar, where all stand that are stopped, is cut where it is the highest."""
    others = counts[1:] if bend == 'relu' else counts
    return np.minimum(1, counts / max(others.max(), LITTLE * counts.sum()))


def squares_shape(units):
    side = SIDES[units]
    return [2 * side + GAP, 10 * (side + GAP)]


def pixels_of(bend, answers):
    """Two rows of squares, for two inputs: a pixel for each unit, orange below 0 and blue above, the stronger the further."""
    low, high = RANGES[bend]
    side = SIDES[answers.shape[2]]
    middle, reach = ((low + high) / 2, (high - low) / 2) if bend == 'sigmoid' else (0.0, 1.0)
    found = np.full((2 * side + GAP, 10 * (side + GAP)), BETWEEN, np.uint8)
    level = np.clip((answers[1:, :2, :side * side] - middle) / reach, -1, 1)
    shades = np.uint8(np.rint(SHADES + SHADES * level)).reshape(10, 2, side, side)
    for k in range(10):
        left = k * (side + GAP) + GAP // 2
        found[:side, left:left + side], found[side + GAP:, left:left + side] = shades[k]
    return found.ravel()


def palette():
    """From orange over a pale grey, which is 0, to blue; and what is between the squares, as white as the paper."""
    t = np.clip((np.arange(256) - SHADES) / SHADES, -1, 1)[:, None]
    zero = np.array([236, 236, 232.0])
    colours = zero + abs(t) * (np.where(t > 0, ABOVE, BELOW) - zero)
    colours[BETWEEN:] = ZERO
    return np.uint8(colours).ravel()


PALETTE = palette()
