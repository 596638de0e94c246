"""The shapes of layers in a row: what each takes and gives, how many numbers it has to learn, and whether all of that fits."""
from typing import NamedTuple


class Shapes(NamedTuple):
    """`given`: how many numbers come in. `layers`: (gives, takes) for each, which is the shape of its W."""
    given: int
    layers: tuple

    def counts(self):
        """Weights and biases of each layer.

        >>> Shapes(784, ((128, 784), (64, 128), (10, 64))).counts()
        [100480, 8256, 650]
        """
        return [gives * takes + gives for gives, takes in self.layers]

    def total(self):
        return sum(self.counts())

    def multiplications(self):
        """For one example: one for each weight."""
        return sum(gives * takes for gives, takes in self.layers)

    def misfit(self):
        """The number of the first layer that does not take what it is given, from 0; None where all fit."""
        for k, (given, (_, takes)) in enumerate(zip(self.arriving(), self.layers, strict=True)):
            if given != takes:
                return k
        return None

    def arriving(self):
        """How many numbers each layer is given."""
        return [self.given, *(gives for gives, _ in self.layers[:-1])]

    def sentence(self):
        """Whether the shapes fit, and where they don't: two short lines.

        >>> Shapes(784, ((128, 784), (64, 100))).sentence()[1]
        '28 of them have no weight.'
        """
        k = self.misfit()
        if k is None:
            return ('Everything fits: what one layer gives, the next one takes,',
                    f'and {self.given:,} numbers in become {self.layers[-1][0]:,} out.')
        given, takes = self.arriving()[k], self.layers[k][1]
        who = 'The input has' if k == 0 else f'Layer {k} gives'
        over = given - takes
        lost = (f'{over:,} of them {"has" if over == 1 else "have"} no weight.' if over > 0
                else f'{-over:,} weight{" has" if over == -1 else "s have"} no number.')
        return f'{who} {given:,} numbers, each row of layer {k + 1} has {takes:,} weights:', lost
