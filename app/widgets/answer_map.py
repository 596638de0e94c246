"""What a network answers all over the square: a picture of 60 × 60 pixels, and the line where the answer is 0.5."""
import numpy as np
from contourpy import contour_generator

from app.scene import mark
from core.side_by_side import answers

SIDE = 60                   # pixels
AT_ONCE = 16                # networks that are asked at a time, so that memory stays small
NO, YES = (253, 252, 248), (96, 166, 208)       # the paper, and a light blue: what a sure no and a sure yes look like
PALETTE = np.round(np.linspace(NO, YES, 256)).astype(np.uint8).ravel()


def middles(window):
    """The middles of the pixels along one side."""
    low, high = window
    return low + (np.arange(SIDE) + 0.5) / SIDE * (high - low)


def asked(network, vectors, window):
    """The answers of networks of one make, vectors (k, P), on the grid of a window: (k, SIDE, SIDE), rows from below."""
    along = middles(window)
    grid = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2).astype(np.float32)
    vectors = np.asarray(vectors, np.float32)
    parts = [answers(network, vectors[i:i + AT_ONCE], grid)[-1][:, :, 0] for i in range(0, len(vectors), AT_ONCE)]
    return np.nan_to_num(np.concatenate(parts), nan=0.5).reshape(-1, SIDE, SIDE)


def pixels(heights):
    """The same as bytes, rows from the top, as an image has them: (k, SIDE · SIDE)."""
    return np.round(255 * heights[:, ::-1]).astype(np.uint8).reshape(len(heights), -1)


def cut(heights, window):
    """Where one answer is 0.5: x[], y[] and starts[] of `lines`."""
    along = middles(window)
    pieces = contour_generator(along, along, heights).lines(0.5)
    points = np.concatenate([*pieces, np.empty((0, 2))]).astype(np.float32)
    return {'x': points[:, 0], 'y': points[:, 1], 'starts': np.cumsum([0, *map(len, pieces)])[:len(pieces)].tolist()}


def answer_marks(network, vector, window, plane='square'):
    """The picture and the line for one network."""
    heights = asked(network, vector[None], window)
    return {'answer': mark('image', plane, 'model', shape=[SIDE, SIDE], pixels=pixels(heights)[0], palette=PALETTE,
                           label='what the network answers everywhere: the bluer, the surer yes'),
            'boundary': mark('lines', plane, 'model', **cut(heights[0], window), label='where it answers 0.5')}


def answer_tracks(network, vectors, window):
    """The same for every moment of a run."""
    heights = asked(network, vectors, window)
    lines = [cut(each, window) for each in heights]
    return {'answer.pixels': pixels(heights),
            **{f'boundary.{field}': [line[field] for line in lines] for field in ('x', 'y', 'starts')}}
