"""A straight line that must stay in hand: where its two grips go when it runs out of the picture.

All in the units of the picture: x to the right, y upwards, frames are (low, high) pairs.
"""

SHORTEST = 1 / 8        # a visible piece shorter than this part of the frame's width counts as outside


def ends_inside(slope, intercept, xs, ys, at):
    """The two places where the line y = slope·x + intercept can be grabbed: `([(x, y), (x, y)], where)`.

    At the two x of `at` while the line is inside the frame there, else at the frame's edge. A line that is outside
    ('above' or 'below' instead of 'inside') lends its grips to the nearest edge, so that it can be fetched back.
    """
    (x0, x1), (y0, y1) = xs, ys
    low, high = x0, x1                      # the stretch of x in which the line is inside the frame
    if slope:
        enter, leave = sorted(((y0 - intercept) / slope, (y1 - intercept) / slope))
        low, high = max(low, enter), min(high, leave)
    elif not y0 <= intercept <= y1:
        high = low - 1
    if high - low < SHORTEST * (x1 - x0):
        middle = slope * (x0 + x1) / 2 + intercept
        where, edge = ('above', y1) if middle > (y0 + y1) / 2 else ('below', y0)
        return [(x, edge) for x in at], where
    places = (max(low, min(at[0], high)), min(high, max(at[1], low)))
    if places[1] - places[0] < SHORTEST * (x1 - x0):
        places = low, high
    return [(x, min(y1, max(y0, slope * x + intercept))) for x in places], 'inside'


def reach(held, other, ys, slopes, intercepts):
    """How far the grip at `held` may go up and down while the other one stays: `[lowest y, highest y]`.

    The line through both must keep its slope and intercept within bounds, and the grip stays in the frame.
    """
    (x, y), (ox, oy) = held, other
    spans = [ys, sorted(oy + slope * (x - ox) for slope in slopes)]
    if ox:
        spans.append(sorted(oy - (intercept - oy) * (x - ox) / ox for intercept in intercepts))
    low, high = max(span[0] for span in spans), min(span[1] for span in spans)
    return [min(low, y), max(high, y)]
