"""Many small chances added up, the bell that they make, samples that fall from it, and ten layers that start from it."""
from lessons.gaussian.bell import Bell
from lessons.gaussian.deep import Deep
from lessons.gaussian.falls import Falls
from lessons.gaussian.sums import Sums


class State(Deep, Falls, Bell, Sums):
    """Each part of the lesson has its own Parameters, in a file of its own."""
