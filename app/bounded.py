"""A dictionary with a limit on the bytes in it: what has not been wanted for longest goes first."""
from collections import OrderedDict
from threading import RLock

import numpy as np

OVERHEAD = 400          # bytes that a key and its place in the dictionary cost besides the thing itself


class Bounded:
    """`weigh(thing)` says how many bytes a thing takes. Any thread may ask."""

    def __init__(self, limit, weigh):
        self.limit, self.weigh, self.size = limit, weigh, 0
        self.things, self.lock = OrderedDict(), RLock()         # {key: (thing, its weight)}

    def get(self, key):
        """The thing of this key, or None."""
        with self.lock:
            if key not in self.things:
                return None
            self.things.move_to_end(key)
            return self.things[key][0]

    def put(self, key, thing):
        """Keeps it, if it fits at all."""
        weight = self.weigh(thing) + len(str(key)) + OVERHEAD
        with self.lock:
            self.drop(key)
            if weight > self.limit:
                return
            self.things[key] = thing, weight
            self.size += weight
            while self.size > self.limit:
                self.drop(next(iter(self.things)))

    def drop(self, key):
        with self.lock:
            if key in self.things:
                self.size -= self.things.pop(key)[1]

    def clear(self):
        with self.lock:
            self.things.clear()
            self.size = 0


def weight_of(thing):
    """About how many bytes plain data takes: arrays, texts, and what is in lists and dictionaries."""
    if isinstance(thing, np.ndarray):
        return thing.nbytes + 100
    if isinstance(thing, (str, bytes)):
        return len(thing) + 50
    if isinstance(thing, dict):
        return 200 + sum(map(weight_of, thing.values())) + sum(map(weight_of, thing))
    if isinstance(thing, (list, tuple)):
        return 60 + sum(map(weight_of, thing))
    return 40
