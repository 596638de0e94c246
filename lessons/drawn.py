"""A Parameter for a small drawing of ink and paper: a text of one sign for six pixels, short enough for an address."""
import base64
import re

import numpy as np
import param

SIGNS = re.compile(r'[A-Za-z0-9_-]*\Z', re.ASCII)


class Drawn(param.String):
    """A square drawing, `side` pixels wide, row by row from the top: base64url without padding, eight pixels to a byte.

    '' is an empty sheet. Raises ValueError, with the end of a sentence, for a text that is no such drawing.
    """

    __slots__ = ['side']

    def __init__(self, default='', *, side=28, **params):
        self.side = side
        super().__init__(default=default, **params)

    def _validate(self, val):
        super()._validate(val)
        if getattr(self, 'side', None):
            bits_of(val, self.side)


def bits_of(text, side=28):
    """The drawing as an array of 0, paper, and 1, ink, (side, side).

    >>> bits_of('iIA', side=3).tolist(), int(bits_of('').sum())
    ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 0)
    """
    if not text:
        return np.zeros((side, side), np.uint8)
    size = -(-side * side // 8)
    signs = -(-size * 4 // 3)
    if len(text) != signs or not SIGNS.match(text):
        raise ValueError(f'a drawing of {side} × {side} pixels takes {signs} signs')
    data = np.frombuffer(base64.urlsafe_b64decode(text + '=' * (-len(text) % 4)), np.uint8)
    return np.unpackbits(data)[:side * side].reshape(side, side)


def text_of(bits):
    """The same drawing as a text; '' where there is no ink.

    >>> text_of(np.eye(3)), text_of(np.zeros((28, 28)))
    ('iIA', '')
    """
    bits = np.asarray(bits) > 0
    if not bits.any():
        return ''
    return base64.urlsafe_b64encode(np.packbits(bits.ravel()).tobytes()).decode().rstrip('=')
