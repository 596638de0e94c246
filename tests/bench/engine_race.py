"""A race: several ways of doing the same take turns, and each one's CPU time is taken. The median of the rounds counts.

CPU time, because others may be busy on the machine; turns, because whatever slows it down for a while slows all of them.
"""
import gc
import statistics
import time

ROUNDS, TURN = 7, 0.06          # so many turns each, of so many seconds of CPU at least
LONG = {'rounds': 3, 'turn': 1.2}   # where what comes before the first step and after the last takes as long as many steps


def race(runners, rounds=ROUNDS, turn=TURN, times=None):
    """runners: name → run(times), which does the work so many times. Returns name → seconds of CPU for one, in each round.

    times: name → how many times in a turn, for those where that is given; the others fill theirs.
    """
    gc.collect()
    times = {name: (times or {}).get(name) or count_for(run, turn) for name, run in runners.items()}
    spent = {name: [] for name in runners}
    names = list(runners)
    for k in range(rounds):
        for name in names[k % len(names):] + names[:k % len(names)]:
            spent[name].append(cpu(runners[name], times[name]) / times[name])
    return spent


def cpu(run, times):
    gc.collect()                                    # what the one before left behind is not this one's to tidy up
    before = time.process_time()
    run(times)
    return time.process_time() - before


def count_for(run, turn):
    """How many times fill a turn. Warms up on the way."""
    times = 1
    while (took := cpu(run, times)) < turn / 3:
        times *= 4 if took < turn / 12 else 2
    return max(1, round(times * turn / took))


def medians(spent):
    return {name: statistics.median(rounds) for name, rounds in spent.items()}


def in_words(seconds):
    unit, size = next((unit, size) for unit, size in (('s', 1), ('ms', 1e-3), ('µs', 1e-6), ('ns', 1e-9)) if seconds >= size)
    return f'{seconds / size:.3g} {unit}'
