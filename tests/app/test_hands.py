"""Whatever a browser says about a handle, a dial or a tile: a widget hears only what the mark offers, within its bounds."""
import numpy as np
import pytest

from app.hands import meant

HANDLE = {'kind': 'handle', 'x': 1.0, 'y': 2.0}
NET = {'kind': 'edges', 'x': np.zeros(3), 'dials': {
    'names': ['w₁', 'w₂', ''], 'says': ['1', '−2', '3'], 'values': ['1', '-2', '3'], 'step': .1, 'bounds': [-10, 10]}}
TOLD = {'kind': 'nodes', 'x': [0, 1], 'dials': {'told': ['h₁', 'h₂']}}
MAP = {'kind': 'image', 'shape': [2, 3], 'picks': True}
PAD = {'kind': 'image', 'shape': [28, 28], 'pad': {'pen': 1.2}}
TILES = {'kind': 'tiles', 'x': [0, 1], 'picks': True}

DOTS = {'kind': 'points', 'x': [0, 1], 'y': [0, 1],
        'dots': {'bounds': [[-1, 1], [-2, 2]], 'step': [.1, .1], 'adds': 'Put', 'most': 3}}
TURN = DOTS | {'dots': DOTS['dots'] | {'turns': 'Change it', 'most': 2}}
STILL = DOTS | {'dots': DOTS['dots'] | {'adds': None}}


@pytest.mark.parametrize(('mark', 'value', 'expected'), [
    (HANDLE, [3, 4.5], [3, 4.5]),
    (NET, [0, 2.5], [0, 2.5]),
    (NET, [1, 1e9], [1, 10]),
    (NET, [1, '−1/2'], [1, -0.5]),
    (NET, [1, '-1,000'], [1, -10]),
    (MAP, [5, 0], [5, 0]),
    (TILES, [1, 0], [1, 0]),
    (DOTS, [-1, .5, 9], [-1, .5, 2]),
    (DOTS, [1, -3, 0], [1, -1, 0]),
    (DOTS, [1, None, None], [1, None, None]),
    (TURN, [0, 'turn', None], [0, 'turn', None]),
])
def test_what_a_mark_offers_comes_through_within_its_bounds(mark, value, expected):
    assert meant(mark, value) == expected


@pytest.mark.parametrize(('mark', 'value', 'words'), [
    (None, [0, 0], 'no such handle'),
    ({'kind': 'line'}, [0, 0], 'no such handle'),
    (HANDLE, [1], 'not a place'),
    (HANDLE, [1, float('nan')], 'not a place'),
    (HANDLE, [1, True], 'not a place'),
    (NET, [0, '0.' + '0' * 58 + '1e60'], 'no number for w₁; it stays 1'),
    (NET, [3, 1], 'no such thing'),
    (NET, [-1, 1], 'no such thing'),
    (NET, [True, 1], 'no such thing'),
    (NET, [0.5, 1], 'no such thing'),
    (NET, 'all', 'no such thing'),
    (NET, [0, None], 'no number for w₁; it stays 1'),
    (NET, [0, float('inf')], 'no number for w₁'),
    (NET, [1, 'two'], '“two” is no number for w₂: it needs a number such as .05, 1e-3 or 1/6. It stays −2.'),
    (NET, [1, '1e999'], 'it needs a finite number'),
    (NET, [1, '1/0'], 'it needs a number'),
    (NET, [1, '9' * 100_000], 'no number'),
    (NET, [2, 1.0], 'follows from others'),
    (TOLD, [1, 1.0], 'follows from others'),
    (MAP, [6, 0], 'no such thing'),
    (DOTS, [2, 0, 0], 'no such point'),
    (DOTS, [-1, None, None], 'not a place'),
    (DOTS, [0, 'turn', None], 'not a place'),
    (DOTS, [0, 0], 'no such point'),
    (TURN, [-1, 0, 0], 'room for 2 points'),
    (STILL, [-1, 0, 0], 'no room'),
    (PAD, [0, 0], 'no drawing'),
    (PAD, None, 'no drawing'),
    (PAD, 'A' * 100_000, 'no drawing'),
])
def test_anything_else_is_refused_in_a_sentence(mark, value, words):
    with pytest.raises(ValueError, match=r'\w') as caught:
        meant(mark, value)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 250
