"""When two answers count as the same: in each number to nine digits, where rounding has not eaten them."""
import numpy as np

DIGITS = 1e-9
ROUNDING = 1e-12        # of the largest number in the answer, or of 1: a sum of large numbers that cancel has no more to give


def agree(ours, theirs, what=''):
    """Raise AssertionError, naming the first difference, unless both hold the same numbers. Dicts are compared by name."""
    if isinstance(theirs, dict):
        assert set(ours) == set(theirs), f'{what} has {sorted(ours)} and they have {sorted(theirs)}'
        for name in theirs:
            agree(ours[name], theirs[name], f'{what} {name}'.strip())
        return
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    assert ours.shape == theirs.shape, f'{what} has shape {ours.shape} and they have {theirs.shape}'
    allowed = DIGITS * np.abs(theirs) + ROUNDING * max(1, np.abs(theirs).max(initial=0))
    wrong = ~(np.abs(ours - theirs) <= allowed)         # True for NaN as well
    if wrong.any():
        place = tuple(map(int, np.argwhere(wrong)[0]))
        raise AssertionError(f'{what} is {float(ours[place])!r} at {place} and they say {float(theirs[place])!r}; '
                             f'{int(wrong.sum())} of {wrong.size} differ')
