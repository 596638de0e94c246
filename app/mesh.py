"""How a surface is seen: turned by `yaw`, from `pitch` above the horizon, in degrees, and without perspective.

Its sides are 1 long and it is TALL high. static/relief.js sees it the same way, from any side; this is the first look.
"""
import numpy as np

TALL = 0.6
ROOM = 1.43, 1.52   # of the picture's width and height for a side of 1: enough for its corners however it is turned


class View:
    """From the numbers of a mesh to units of the picture."""

    def __init__(self, mark, box):
        self.mark, (left, top, width, height) = mark, box
        self.middle, self.unit = (left + width / 2, top + height / 2), min(width / ROOM[0], height / ROOM[1])
        yaw, pitch = np.radians([mark['yaw'], mark['pitch']])
        self.cos, self.sin, self.rise, self.depth = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch)

    def __call__(self, x, y, level=None):
        """Places (x, y) on the surface, or at a `level` from 0, its floor, to 1, its ceiling."""
        u, v = share(x, self.mark['x']) - .5, share(y, self.mark['y']) - .5
        up = (self.levels(x, y) if level is None else level) - .5
        across, away = u * self.cos - v * self.sin, u * self.sin + v * self.cos
        return (self.middle[0] + self.unit * across,
                self.middle[1] - self.unit * (away * self.depth + up * TALL * self.rise))

    def levels(self, x, y):
        """How high the surface is at these places, from 0 to 1; between its points it is taken to be even."""
        low, high = self.mark['z']
        heights = np.reshape(self.mark['heights'], (len(self.mark['y']), len(self.mark['x'])))
        (i, s), (j, t) = between(self.mark['x'], x), between(self.mark['y'], y)
        left, right = (heights[j, i + d] * (1 - t) + heights[j + 1, i + d] * t for d in (0, 1))
        return np.clip((left * (1 - s) + right * s - low) / (high - low), 0, 1)

    def profiles(self, count=13):
        """Cuts through the surface, those further away first: each as (x, y) of its points."""
        x, y = np.asarray(self.mark['x'], float), np.asarray(self.mark['y'], float)
        if abs(self.cos) >= abs(self.sin):
            cuts = np.linspace(y[-1], y[0], count) if self.cos > 0 else np.linspace(y[0], y[-1], count)
            along = np.linspace(x[0], x[-1], 25)
            return [(along, np.full(25, cut)) for cut in cuts]
        cuts = np.linspace(x[-1], x[0], count) if self.sin > 0 else np.linspace(x[0], x[-1], count)
        along = np.linspace(y[0], y[-1], 25)
        return [(np.full(25, cut), along) for cut in cuts]


def share(value, ends):
    """Where between the first and the last of `ends` a value lies: 0 to 1."""
    return (np.asarray(value, float) - ends[0]) / (ends[-1] - ends[0])


def between(grid, value):
    """The number of the grid's interval that a value is in, and how far along in it."""
    grid, value = np.asarray(grid, float), np.asarray(value, float)
    i = np.clip(np.searchsorted(grid, value, 'right') - 1, 0, len(grid) - 2)
    return i, np.clip((value - grid[i]) / (grid[i + 1] - grid[i]), 0, 1)
