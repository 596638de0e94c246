"""How a surface is seen: turned by `yaw`, from `pitch` above the horizon, in degrees, and without perspective.

Its sides are 1 long and it is TALL high. static/relief.js sees it the same way, from any side; this is the first look.
"""
import numpy as np

TALL = 0.6
ROOM = 1.43, 1.52   # of the picture's width and height for a side of 1: enough for its corners however it is turned


class View:
    """From the numbers of a mesh to units of the picture."""

    def __init__(self, mark, box):
        self.mark, self.heights, (left, top, width, height) = mark, unbent(mark), box
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
        (low, high), heights = self.mark['z'], self.heights
        (i, s), (j, t) = between(share(x, self.mark['x']), heights.shape[1]), between(share(y, self.mark['y']), heights.shape[0])
        left, right = (heights[j, i + d] * (1 - t) + heights[j + 1, i + d] * t for d in (0, 1))
        return np.clip((left * (1 - s) + right * s - low) / (high - low), 0, 1)

    def profiles(self, count=11, points=17):
        """Cuts through the surface, those further away first: each as (x, y) of its points."""
        x, y = self.mark['x'], self.mark['y']
        if abs(self.cos) >= abs(self.sin):
            cuts = np.linspace(y[-1], y[0], count) if self.cos > 0 else np.linspace(y[0], y[-1], count)
            along = np.linspace(x[0], x[-1], points)
            return [(along, np.full(points, cut)) for cut in cuts]
        cuts = np.linspace(x[-1], x[0], count) if self.sin > 0 else np.linspace(x[0], x[-1], count)
        along = np.linspace(y[0], y[-1], points)
        return [(np.full(points, cut), along) for cut in cuts]


def share(value, ends):
    """Where between the first and the last of `ends` a value lies: 0 to 1."""
    return (np.asarray(value, float) - ends[0]) / (ends[-1] - ends[0])


def between(share, count):
    """The number of the interval of a grid that a share of its width is in, and how far along in it."""
    i = np.clip(np.floor(share * (count - 1)).astype(int), 0, count - 2)
    return i, np.clip(share * (count - 1) - i, 0, 1)


def bent(heights, z):
    """Heights (ny, nx) for the way to a browser, as {'shape', 'bends', 'unit'} of a mesh.

    They are rounded to whole units, thousands of which are between the ends of z. What travels is how much the slope changes
    from point to point, along each axis: on smooth ground that is nearly always the same, and costs nothing.
    """
    low, high = z
    unit = float(2.0 ** np.floor(np.log2((high - low) / 5000)))
    bends = np.round(np.clip(heights, low, high) / unit)
    for axis in (0, 0, 1, 1):
        bends = np.diff(bends, axis=axis, prepend=0)
    return {'shape': list(heights.shape), 'bends': bends.ravel().astype(np.float32), 'unit': unit}


def unbent(mark):
    """The heights of a mesh, (ny, nx)."""
    heights = np.reshape(mark['bends'], mark['shape']).astype(float)
    for axis in (0, 0, 1, 1):
        heights = heights.cumsum(axis)
    return heights * mark['unit']
