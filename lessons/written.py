"""A Parameter for a short text that means something, such as an expression."""
import param


class Written(param.String):
    """A text that `reads` understands: a function that raises ValueError, with a sentence, for one that it does not.

    example: another one, which stands in the empty field.
    """

    __slots__ = ['example', 'reads']

    def __init__(self, default='', *, reads, example='', **params):
        self.reads, self.example = reads, example
        super().__init__(default=default, **params)

    def _validate(self, val):
        super()._validate(val)
        if getattr(self, 'reads', None):
            self.reads(val)
