"""A rate that the reader changes on the way: what was walked before stays as it was, bit for bit."""


class Legs:
    """For a state with the Parameters `rate`, which holds now, and `changes`, rows (until, rate): the ones before it.

    ANEW names the Parameters that begin another walk.
    """
    ANEW = frozenset()

    def legs(self):
        """The rates as a walk meets them: ((until step, rate), …, (None, the last))."""
        return (*sorted((int(until), rate) for until, rate in self.changes if rate > 0), (None, self.rate))

    def changed_at(self, step, values, rests=None):
        """The reader changes the rate before this step: what was walked before that stays as it was."""
        if 'rate' not in values:
            return values | ({'changes': []} if values.keys() & self.ANEW else {})
        before = [[until, rate] for until, rate in self.legs()[:-1] if until < step]
        then = next(rate for until, rate in self.legs() if until is None or until >= step)      # on the step just before
        if step and then != values['rate']:
            before.append([step, then])
        most = type(self).param['changes'].most
        return values | {'changes': before[:most - 1] + before[most - 1:][-1:]}      # too many: the last ones become one

    def restarted(self):
        """From the start again, with the rate that it began with."""
        return {'rate': self.legs()[0][1], 'changes': []}
