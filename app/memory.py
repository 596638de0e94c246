"""What was made of a state is kept until a Parameter that it was made of changes: nobody has to say which ones those are.

While something is made, the Parameters that it reads are noted. As long as they have the same values it would read the same
ones again and come to the same, since all that is made of a state is a pure function of it.
"""
from app.scene import same

ABSENT = object()


class Noted(dict):
    """The values of a state; while something is made of them, `reads` holds the names of those that it has read."""
    reads = None

    def __getitem__(self, name):
        if self.reads is not None:
            self.reads.add(name)
        return super().__getitem__(name)


class Memory:
    def __init__(self, state):
        """Relies on: param keeps the values of an object in this dictionary, and reads them from there by their names."""
        self.values = state._param__private.values = Noted(state._param__private.values)
        self.kept = {}                      # {what: (about, {name: value} of what was read, what was made)}

    def forget(self):
        """Something has changed that is no Parameter: a run has taught the state."""
        self.kept.clear()

    def recall(self, what, about, make):
        """`make()`, or what it gave last for this `what`, if `about` and all Parameters that it read are as they were then."""
        known = self.kept.get(what)
        if known is None or known[0] != about or not all(self.has(*read) for read in known[1].items()):
            known = self.kept[what] = about, *self.noting(make)
        if self.values.reads is not None:   # it is part of something else that is being made
            self.values.reads |= known[1].keys()
        return known[2]

    def noting(self, make):
        outer, self.values.reads = self.values.reads, set()
        try:
            made = make()
            return {name: self.values.get(name, ABSENT) for name in self.values.reads}, made
        finally:
            self.values.reads = outer

    def has(self, name, value):
        return same(self.values.get(name, ABSENT), value)
