"""What a reader's hand may do with a mark: whatever a browser says about that is checked before a widget hears of it."""
import math

from lessons.typed import number_from

LONGEST = 60            # characters of a number that is typed
FURTHEST = 1e12
MOST_DOTS = 200


def meant(mark, value):
    """What a widget's `gesture` is told: a place for a handle, [part, number] for what has dials, [part, 0] for what is picked.

    Of dots: [−1, x, y] for a new one, [part, x, y] for one that moves, [part, None, None] for one that goes, and [part,
    'turn', None] for one that becomes what it was not. Of a pad: the whole drawing, as a text (lessons/drawn.py).

    ValueError, with a sentence, for anything that this mark does not offer.
    """
    if not mark:
        raise ValueError('There is no such handle here.')
    if mark['kind'] == 'handle':
        if not isinstance(value, list) or len(value) != 2 or not all(map(is_place, value)):
            raise ValueError('That is not a place on the picture; nothing was moved.')
        return value
    if mark.get('dials') is not None:
        return dialled(mark['dials'], *part_of(mark, value))
    if mark.get('picks'):
        return [part_of(mark, value)[0], 0]
    if mark['kind'] == 'points' and mark.get('dots') is not None:
        return dotted(mark['dots'], len(mark['x']), value)
    if mark.get('pad') is not None:
        if not isinstance(value, str) or len(value) > -(-math.prod(map(int, mark['shape'])) // 6) + 3:
            raise ValueError('That is no drawing; the one before is kept.')
        return value
    raise ValueError('There is no such handle here.')


def dotted(dots, n, value):
    if not isinstance(value, list) or len(value) != 3 or type(value[0]) is not int or not -1 <= value[0] < n:
        raise ValueError('There is no such point here.')
    index, x, y = value
    if index >= 0 and y is None and (x is None or x == 'turn' and dots.get('turns')):
        return value
    if not is_place(x) or not is_place(y):
        raise ValueError('That is not a place on the picture; nothing was moved.')
    most = dots.get('most', MOST_DOTS)
    if index < 0 and not dots.get('adds'):
        raise ValueError('There is no room for more points here.')
    if index < 0 and n >= most:
        raise ValueError(f'There is room for {most} points, and all of it is taken. Remove one before you put another.')
    return [index, *(min(high, max(low, float(v))) for v, (low, high) in zip((x, y), dots['bounds'], strict=True))]


def part_of(mark, value):
    """The number of a part of this mark, and what is said about it."""
    n = math.prod(map(int, mark['shape'])) if mark['kind'] == 'image' else len(mark['x'])
    if not isinstance(value, list) or len(value) != 2 or type(value[0]) is not int or not 0 <= value[0] < n:
        raise ValueError('There is no such thing to take hold of here.')
    return value


def dialled(dials, index, number):
    """A number within the bounds, typed or dragged."""
    name = dials['names'][index] if 'names' in dials else ''
    if not name:
        raise ValueError('That number follows from others, and can’t be set here.')
    if isinstance(number, str):
        try:
            number = number_from(number) if len(number) <= LONGEST else None
        except ValueError as reason:
            raise ValueError(f'“{number}” is no number for {name}: {reason}. It stays {dials["says"][index]}.') from None
    if not is_place(number):
        raise ValueError(f'That is no number for {name}; it stays {dials["says"][index]}.')
    low, high = dials['bounds']
    return [index, min(high, max(low, float(number)))]


def is_place(number):
    return isinstance(number, (int, float)) and not isinstance(number, bool) and abs(number) < FURTHEST
