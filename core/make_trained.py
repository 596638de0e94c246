"""How the network of `trained` was made. `python -m core.make_trained` makes it again; that takes ten seconds.

It learns from the training pictures of `data.digits` only. Each comes twice as it is and six times slanted, turned, squeezed,
bent, thinner or thicker; and beside them stand digits by the pen of `strokes`, in ways that those 13 writers did not
use. All of them go through `pictures.as_digits`, as a reader's drawing does, so that what is learnt carries over.
"""
import numpy as np

from core.classification import accuracy
from core.data import digits
from core.network import Layer, Network, new_network, predict
from core.pictures import as_digits, enlarge, enlarged_from
from core.strokes import WAYS, by_hand
from core.trained import FILE
from core.training import train

SEED, EPOCHS, RATES = 1, 6, [(0, 0.1), (5, 0.03)]      # few epochs: a network that goes on for long is too sure of itself
BENT, DRAWN, SIDE = 6, 500, 56      # variants of each picture, drawings of each digit, pixels across while it is bent


def bent(picture, chance):
    """A picture, (SIDE, SIDE), as another hand would have written it: where it was, each pixel looks up what it becomes."""
    y, x = (np.mgrid[0:SIDE, 0:SIDE] + 0.5 - SIDE / 2) / 0.9
    slant, turn, squeeze = chance.uniform(-0.3, 0.3), chance.uniform(-0.2, 0.2), chance.uniform(0.7, 1.1)
    x, y = np.cos(turn) * x + np.sin(turn) * y, np.cos(turn) * y - np.sin(turn) * x
    x = (x + slant * y) / squeeze
    (far, high), start = chance.uniform(-0.08, 0.08, 2) * SIDE / 2, chance.uniform(0, 6, 2)
    x = x + far * np.sin(y / SIDE * 2 * np.pi + start[0])
    y = y + high * np.sin(x / SIDE * 2 * np.pi + start[1])
    column, row = (np.round(way + SIDE / 2 - 0.5).astype(int) for way in (x, y))
    there = (row >= 0) & (row < SIDE) & (column >= 0) & (column < SIDE)
    found = picture[np.clip(row, 0, SIDE - 1), np.clip(column, 0, SIDE - 1)] * there
    return (found > chance.uniform(0.25, 0.65)).astype(float)


def training_set(seed=SEED):
    """All that the network learns from: (pictures (n, 784), labels (n,))."""
    chance, given = np.random.default_rng(seed), digits()
    large = enlarge(enlarged_from(given.train_x.reshape(-1, 28, 28)), SIDE)
    others = [as_digits(bent(picture, chance))[1].ravel() for _ in range(BENT) for picture in large]
    ways = [(digit, WAYS[digit][n % len(WAYS[digit])]) for digit in range(10) for n in range(DRAWN)]
    drawings = [as_digits(by_hand(way, chance))[1].ravel() for _, way in ways]
    labels = np.concatenate([np.tile(given.train_y, 2 + BENT), [digit for digit, _ in ways]])
    return np.concatenate([given.train_x, given.train_x, others, drawings]), labels


def smoothed(network):
    """The same network without what its first weights say of differences that no enlarged picture has: noise of the start."""
    one = enlarge(np.eye(64).reshape(64, 8, 8), 28).reshape(64, 784)
    first, *others = network.layers
    kept = np.linalg.lstsq(one @ one.T, one @ first.W.T, rcond=None)[0].T @ one
    return Network((Layer(kept, first.b, first.activation), *others))


def main():
    x, y = training_set()
    start = new_network((784, 128, 64, 10), SEED, 'relu', output='softmax', start='scaled')
    run = train(start, x, y, 'cross_entropy', RATES, EPOCHS, batch=32, seed=SEED, shown=2, dtype='float32')
    network = smoothed(run.network(-1))
    parts = {f'{name}{k}': part.astype(np.float16) for k, layer in enumerate(network.layers, 1)
             for name, part in (('W', layer.W), ('b', layer.b))}
    np.savez_compressed(FILE, **parts)
    given = digits()
    print(run.says)
    print(f'{accuracy(predict(network, given.test_x), given.test_y):.2%} of the test digits; {FILE.stat().st_size:,} bytes')


if __name__ == '__main__':
    main()
