"""In which order the cells of two layers may be filled: any cell of a layer at any time, once its example has come that far."""
FIRST, SECOND, EXAMPLES = 4, 2, 6           # units of the two layers; how many examples go through them


def filled(workers):
    """Who fills what and when: for each round the cells (layer, unit, example) that are filled at once, up to `workers`.

    A cell of the first layer needs only its row of weights and its example. One of the second needs all that the first
    layer makes of that example.
    """
    waiting = [(layer, unit, example) for layer, units in ((0, FIRST), (1, SECOND)) for unit in range(units)
               for example in range(EXAMPLES)]
    done, found = set(), []
    while waiting:
        ready = [cell for cell in waiting
                 if cell[0] == 0 or all((0, unit, cell[2]) in done for unit in range(FIRST))][:workers]
        found.append(ready)
        done |= set(ready)
        waiting = [cell for cell in waiting if cell not in done]
    return found


def rounds(workers):
    """How many rounds that takes.

    >>> rounds(1), rounds(4), rounds(36)
    (36, 9, 2)
    """
    return len(filled(workers))
