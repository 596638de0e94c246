"""What a network answers all over the square: a picture of 60 × 60 pixels, and the line where the answer is 0.5."""
import numpy as np
from contourpy import contour_generator

from app.contours import contours
from app.scene import mark
from core.side_by_side import answers

SIDE, AT_REST = 60, 20      # pixels along a side, while it plays and where it only stands
AT_ONCE = 16                # networks that are asked at a time, so that memory stays small
NO, YES = (253, 252, 248), (96, 166, 208)       # the paper, and a light blue: what a sure no and a sure yes look like
PALETTE = np.repeat(np.round(np.linspace(NO, YES, 32)), 8, axis=0).astype(np.uint8).ravel()


def middles(window, side):
    """The middles of the pixels along one side."""
    low, high = window
    return low + (np.arange(side) + 0.5) / side * (high - low)


def asked(network, vectors, window, side):
    """The answers of networks of one make, vectors (k, P), on the grid of a window: (k, side, side), rows from below."""
    along = middles(window, side)
    grid = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2).astype(np.float32)
    vectors = np.asarray(vectors, np.float32)
    parts = [answers(network, vectors[i:i + AT_ONCE], grid)[-1][:, :, 0] for i in range(0, len(vectors), AT_ONCE)]
    return np.nan_to_num(np.concatenate(parts), nan=0.5).reshape(-1, side, side)


def pixels(heights):
    """The same as bytes, rows from the top, as an image has them: (k, pixels); the palette has 32 colours, eight times each."""
    return (np.round(255 * heights[:, ::-1]).astype(np.uint8) & 248).reshape(len(heights), -1)


def cut(heights, window):
    """Where one answer is 0.5: x[], y[] and starts[] of `lines`."""
    along = middles(window, len(heights))
    pieces = contour_generator(along, along, heights).lines(0.5)
    points = np.round(np.concatenate([*pieces, np.empty((0, 2))]) * 1024).astype(np.float32) / 1024
    return {'x': points[:, 0], 'y': points[:, 1], 'starts': np.cumsum([0, *map(len, pieces)])[:len(pieces)].tolist()}


def answer_marks(network, vector, window, plane='square'):
    """The picture and the line for one network. The line is as fine as ever; the picture is soft, and weighs little."""
    along = middles(window, SIDE)
    rough, fine = (asked(network, vector[None], window, side) for side in (AT_REST, SIDE))
    return {'answer': mark('image', plane, 'model', shape=[AT_REST] * 2, pixels=pixels(rough)[0], palette=PALETTE,
                           label='what the network answers everywhere: the bluer, the surer yes'),
            'boundary': mark('lines', plane, 'model', **contours(along, along, fine[0], [0.5]), label='where it answers 0.5')}


def answer_tracks(network, vectors, window):
    """The same for every moment of a run, for its `tracks`. SHAPE belongs to its `marks`: these are more pixels."""
    heights = asked(network, vectors, window, SIDE)
    lines = [cut(each, window) for each in heights]
    return {'answer.pixels': pixels(heights),
            **{f'boundary.{field}': [line[field] for line in lines] for field in ('x', 'y', 'starts')}}


SHAPE = {'answer': {'shape': [SIDE] * 2}}       # what a run's `marks` say of the picture
