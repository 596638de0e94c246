"""A Parameter for a short text that means something, such as an expression."""
import param


class Written(param.String):
    """A text that `reads` understands: a function that raises ValueError, with a sentence, for one that it does not."""

    __slots__ = ['reads']

    def __init__(self, default='', *, reads, **params):
        self.reads = reads
        super().__init__(default=default, **params)

    def _validate(self, val):
        super()._validate(val)
        if getattr(self, 'reads', None):
            self.reads(val)
