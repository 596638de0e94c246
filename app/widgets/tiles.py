"""Areas poured into one square: the same areas side by side, without gaps, in the order given."""
import numpy as np


def poured(areas):
    """Rectangles with these areas that together fill a square: `x, y, width, height`, each shape (n,), y upwards.

    Strips from the bottom up; a strip takes the next area as long as that makes its rectangles squarer on average
    (an ordered strip treemap: Bederson, Shneiderman & Wattenberg, 2002). The order never changes, so that a tile stays
    near its place while its area changes. The square's side is the root of the sum.
    """
    areas = np.asarray(areas, float)
    side = float(np.sqrt(areas.sum()))
    out = np.zeros((4, len(areas)))
    if side == 0:
        return tuple(out)
    start, y = 0, 0.0
    while start < len(areas):
        end = start + 1
        while end < len(areas) and _slimness(areas[start:end + 1], side) <= _slimness(areas[start:end], side):
            end += 1
        strip = areas[start:end]
        height = strip.sum() / side
        widths = strip / height if height else np.zeros_like(strip)
        out[:, start:end] = np.cumsum(widths) - widths, np.full(len(strip), y), widths, np.full(len(strip), height)
        start, y = end, y + height
    return tuple(out)


def _slimness(strip, side):
    """The mean of long side over short side in a strip; 1 where all are squares."""
    height = strip.sum() / side
    widths = strip[strip > 1e-12 * side * side] / height if height else strip[:0]
    return float(np.mean(np.maximum(widths / height, height / widths))) if len(widths) else 0.0
