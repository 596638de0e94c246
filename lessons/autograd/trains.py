"""The network of 41 numbers as the lesson sees it: its start, its twenty steps, what is looked at, and what is said of it."""
from core.scalar_training import TARGETS
from lessons.autograd import network as net
from lessons.short import short


class Trains:
    """For a state with the Parameters `look`, `example`, `seed`, `rate`, `zero_grad` and `weights`."""

    def start(self):
        """The 41 numbers that it starts with: the reader's, or those that the seed draws."""
        return tuple(map(float, self.weights[0])) if self.weights else net.drawn(self.seed)

    def trained(self):
        return net.trained(self.start(), self.rate, self.zero_grad)

    def after(self, step):
        """The 41 numbers after so many steps."""
        return tuple(self.trained().parameters[step].tolist()) if step else self.start()

    def part(self, step=0):
        """What is looked at, after so many steps: all neurons, or the inside of one; of the whole there is no part."""
        return net.part_of(self.after(step), 'neurons' if self.look == 'whole' else self.look, self.example - 1)

    def everything(self, step=0):
        """The value and the gradient of every node after so many steps."""
        return net.everything(self.after(step))

    def answers(self, step):
        """What the network answers to the four examples after so many steps."""
        values = self.everything(step)[0]
        return [float(values[id]) for id in net.made().by_label['ŷ']]

    def with_weight(self, label, number):
        """The Parameters once this parameter starts with another number."""
        labels, numbers = [net.made().graph.node(id).label for id in net.made().parameters], list(self.start())
        numbers[labels.index(label)] = number
        return {'weights': [numbers]}

    def changed_at(self, step, values, rests=None):
        """Another seed draws all 41 numbers anew."""
        return values | ({'weights': []} if 'seed' in values else {})

    def new_seed(self):
        return {'seed': (self.seed + 1) % 1000, 'weights': []}

    def nodes(self):
        return len(net.made().graph.nodes)

    def edges(self):
        return len(net.made().graph.edges)

    def parameter_count(self):
        return len(net.made().parameters)

    def training_verdict(self):
        run = self.trained()
        wrong = sum(answer * target <= 0 for answer, target in zip(self.answers(len(run.losses) - 1), TARGETS, strict=True))
        last = short(float(run.losses[-1]), 3)
        said = f'{run.says} ' if run.verdict == 'diverged' else ''
        if wrong:
            return f'{said}{wrong} of 4 answers {"is" if wrong == 1 else "are"} on the wrong side: loss {last}.'
        return f'{said}All 4 answers have the right sign: loss {last}.'

    def forgetting(self):
        """What becomes of a thousand starts without zero_grad."""
        if self.stuck_without() < 2 * self.stuck_with():
            return 'same'
        return 'split' if net.median_loss(False) < net.median_loss(True) else 'worse'

    def stuck_with(self):
        """Of a thousand starts, how many percent are stuck after 20 steps with zero_grad …"""
        return net.stuck_share(True)

    def stuck_without(self):
        """… and without."""
        return net.stuck_share(False)

    def median_with(self):
        return short(net.median_loss(True), 2)

    def median_without(self):
        return short(net.median_loss(False), 2)
