"""A real network with nothing hidden: one picture on its way through it and back, and its training."""
from lessons.inside_a_network.drawing import Drawing
from lessons.inside_a_network.one_step import OneStep
from lessons.inside_a_network.scale import Scale
from lessons.inside_a_network.table import Table
from lessons.inside_a_network.training import Training
from lessons.inside_a_network.walk import Walk


class State(Drawing, Walk, Table, OneStep, Training, Scale):
    """Each part stands in a file of its own; together they are the numbers of one page."""
