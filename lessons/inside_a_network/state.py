"""A real network with nothing hidden: one picture on its way through it and back, and its training."""
from lessons.inside_a_network.drawing import Drawing
from lessons.inside_a_network.one_step import OneStep
from lessons.inside_a_network.scale import Scale
from lessons.inside_a_network.table import Table
from lessons.inside_a_network.training import Training
from lessons.inside_a_network.walk import Walk


class State(Walk, Table, OneStep, Training, Scale, Drawing):
    """Each part stands in a file of its own; together they are the numbers of one page."""
    KEEPS = 'drawing', 'meant'      # by the links in the words: who draws a digit, then tries a rate, finds it again
    IMPLIES = {'drawing': ('shows', 'own'), 'logits': ('logits_of', 'own')}     # in an address that says no more than that

    def changed_at(self, step, values, rests=None):
        """Who chooses a test digit wants to see it; who says what they mean, to draw it."""
        values = super().changed_at(step, values, rests)
        wanted = 'test' if 'example' in values else 'own' if 'meant' in values else None
        return {'shows': wanted} | values if wanted else values
