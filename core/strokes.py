"""Ten digits as a pen draws them: strokes through a few points, in the ways that people write, on a sheet of pixels.

The handwritten digits of `data` are those of 13 people, who wrote on paper. Others write a 1 with a foot, a 4 that is open
above, a 7 without a bar, and with a finger on glass all of them come out otherwise. These strokes are for them.
"""
from itertools import pairwise

import numpy as np


def _arc(x, y, wide, high, start, end, n=14):
    turn = np.radians(np.linspace(start, end, n))
    return [*zip(x + wide * np.cos(turn), y + high * np.sin(turn), strict=True)]


# For each digit the ways to write it; each way is strokes, each stroke points (x, y) in a unit square, y downwards.
WAYS = (
    ([_arc(.5, .5, .36, .5, -90, 270)], [_arc(.5, .5, .48, .5, -50, 310)], [_arc(.5, .5, .28, .5, -120, 250)]),
    ([[(.5, 0), (.5, 1)]], [[(.2, .28), (.55, 0), (.55, 1)]], [[(.25, .25), (.5, 0), (.5, 1)], [(.15, 1), (.85, 1)]],
     [[(.05, .45), (.6, 0), (.55, 1)]]),
    ([[*_arc(.5, .28, .36, .28, -170, 30), (.1, 1), (.9, 1)]],
     [[*_arc(.45, .25, .36, .25, -150, 50), (.1, .95), *_arc(.25, .88, .15, .1, 180, 300, 6), (.6, .98), (.95, .92)]],
     [[(.1, .15), (.5, 0), (.85, .2), (.7, .5), (.1, 1), (.9, 1)]]),
    ([_arc(.45, .26, .36, .26, -150, 80) + _arc(.45, .75, .42, .25, -80, 150)],
     [[(.1, 0), (.85, 0), (.45, .4), *_arc(.45, .7, .4, .3, -90, 150)]],
     [_arc(.5, .24, .3, .24, -140, 90, 9) + _arc(.5, .74, .4, .26, -90, 140)]),
    ([[(.6, 0), (.1, .65), (.95, .65)], [(.7, .3), (.7, 1)]], [[(.15, 0), (.12, .52), (.85, .52)], [(.8, 0), (.8, 1)]],
     [[(.75, 1), (.75, 0), (.05, .7), (.95, .7)]], [[(.35, 0), (.08, .55), (.9, .5)], [(.75, .2), (.6, 1)]]),
    ([[(.85, 0), (.2, 0), (.15, .42), *_arc(.45, .68, .42, .32, -120, 140)]],
     [[(.2, 0), (.18, .45), *_arc(.48, .69, .4, .31, -100, 150)], [(.2, 0), (.88, 0)]],
     [[(.9, .02), (.25, 0), (.2, .45), (.6, .4), (.88, .68), (.6, .97), (.1, .95)]]),
    ([[(.72, 0), (.35, .25), *_arc(.5, .7, .4, .3, 190, -170)]],
     [_arc(.62, .5, .52, .5, -70, -180, 9) + _arc(.5, .72, .4, .28, 180, -180)],
     [[(.5, 0), (.18, .5), *_arc(.5, .75, .34, .25, 180, -180)]]),
    ([[(.1, 0), (.9, 0), (.4, 1)]], [[(.1, 0), (.9, 0), (.4, 1)], [(.3, .5), (.85, .5)]],
     [[(.12, .17), (.15, 0), (.85, 0), (.6, .45), (.5, 1)]], [[(.05, .05), (.9, 0), (.6, .4), (.35, 1)], [(.2, .5), (.85, .45)]]),
    ([_arc(.5, .25, .32, .25, 90, 450), _arc(.5, .75, .4, .25, -90, 270)],
     [[(.8, .15), *_arc(.5, .24, .34, .24, -30, -250), *_arc(.5, .75, .38, .25, -60, 230), (.8, .15)]],
     [_arc(.5, .22, .26, .22, 90, 450), _arc(.5, .72, .36, .28, -90, 270)]),
    ([[*_arc(.46, .28, .38, .28, 0, -360), (.84, .28), (.8, 1)]],
     [[*_arc(.48, .3, .4, .3, -10, -360), *_arc(.45, .6, .43, .4, -10, 120, 9)]],
     [[*_arc(.48, .26, .35, .26, 0, -350), (.83, .28), (.5, 1)]], [[*_arc(.45, .3, .4, .3, -30, -330), (.85, 0), (.82, 1)]]),
)


def by_hand(strokes, seed, size=28):
    """Draw strokes as a hand would: a little larger or smaller, slanted, turned, uneven, somewhere on the sheet.

    strokes: of one way in WAYS. seed: a whole number or a Generator. Returns (size, size), 0 for paper and 1 for ink.

    >>> by_hand(WAYS[1][0], seed=0).shape
    (28, 28)
    """
    chance = np.random.default_rng(seed)
    high, wide, pen = size * chance.uniform(0.42, 0.85), chance.uniform(0.5, 0.95), size * chance.uniform(0.032, 0.052)
    slant, turn, moved = chance.uniform(-0.25, 0.35), chance.uniform(-0.15, 0.15), []
    along = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    for stroke in strokes:
        points = np.array(stroke) - 0.5
        points = points + np.cumsum(chance.normal(0, 0.008, points.shape), axis=0) + chance.normal(0, 0.02, points.shape)
        moved.append(high * (points * [wide, 1] - slant * points[:, ::-1] * [1, 0]) @ along)
    every = np.concatenate(moved)
    low, far = every.min(axis=0), np.ptp(every, axis=0)
    corner = pen + chance.uniform(0, 1, 2) * np.maximum(size - 2 * pen - far, 0) - low
    return drawn([stroke + corner for stroke in moved], pen, size)


def drawn(strokes, pen=1.2, size=28):
    """The pixels that a round pen touches with its strokes, which are points (x, y), y downwards from 0 to size.

    pen: half of how wide it is. Returns (size, size), 0 for paper and 1 for ink.

    >>> drawn([[(0.5, 1.5), (2.5, 1.5)]], pen=0.6, size=3)
    array([[0., 0., 0.],
           [1., 1., 1.],
           [0., 0., 0.]])
    """
    y, x = np.mgrid[0:size, 0:size] + 0.5
    ink = np.zeros((size, size))
    for stroke in strokes:
        for (x0, y0), (x1, y1) in pairwise(stroke):
            dx, dy = x1 - x0, y1 - y0
            share = np.clip(((x - x0) * dx + (y - y0) * dy) / max(dx * dx + dy * dy, 1e-9), 0, 1)
            ink[np.hypot(x - x0 - share * dx, y - y0 - share * dy) <= pen] = 1
    return ink
