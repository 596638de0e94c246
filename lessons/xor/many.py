"""What a reader can ask of a thousand networks, beside what they set for the one that is trained: a part of the State."""
import param

from core.many_networks import name_of_code
from lessons.xor import shares
from lessons.xor.thousand import EIGHT, REST, Asked, name_of

# What the lesson says of its own thousand: seed 1, rate 0.5, 2,000 epochs, spread 1. Counted once, of 1,000 networks: it would
# take seconds to count them for each reader. tests/lessons/test_xor_many.py counts them again.
COUNTED = {
    'learnt': 970,              # with one hidden unit and shortcuts
    'and': 78,                  # of these, the hidden unit says yes to (1, 1) alone
    'nor': 163,                 # … and the most frequent of all
    'patient': 1000,            # learnt, after PATIENT epochs
    'wide': 756,                # learnt, with a spread of 3
    'wide, patient': 760,       # … after PATIENT epochs
    'none': 0,                  # without shortcuts: one hidden unit
    'two': 812,                 # … two
    'three': 985,               # … three
}
PATIENT = 10_000
ORDERS = {'as drawn': 'drawn', 'by loss': 'loss', 'by what they learnt': 'code'}
LIGHTS = {'all': 'all'} | {name_of(kind): code for kind, code in enumerate((*EIGHT, REST))}
OVER = {'spread of the start': 'spread', 'hidden units': 'hidden'}
ANEW = {'weights': [], 'changes': []}       # what was set for another network does not hold for this one


class Thousand(param.Parameterized):
    """For a state with the Parameters of learning.Make, `rate` and `epochs`; it makes a Make of itself."""

    order = param.Selector(default='drawn', objects=ORDERS, label='Sorted')
    lights = param.Selector(default='all', objects=LIGHTS, label='Light up')
    map_over = param.Selector(default='spread', objects=OVER, label='Rate against')

    def thousand_asked(self):
        """What the thousand networks depend on."""
        make = self.make()
        return Asked(make.sizes, make.jumps, make.activation, make.spread, make.seed, self.rate, self.epochs)

    def shares_asked(self):
        """What the map of shares depends on."""
        over = self.map_over
        return shares.Asked(over, 0 if over == 'hidden' else self.hidden, 0.0 if over == 'spread' else float(self.spread),
                            self.layers, bool(self.shortcut), self.activation, self.seed)

    # What a press leads to.
    def opened(self, number):
        """Network `number` of the thousand, in the trainer."""
        return {'which': int(number), 'data': 'xor', **ANEW}

    def lit(self, kind):
        """A code is lit up; pressed once more, all are."""
        code = (*EIGHT, REST)[kind]
        return {'lights': 'all' if self.lights == code else code}

    def set_to_cell(self, number):
        """The numbers of a cell of the map."""
        rate, spread, hidden = shares.cells(self.shares_asked())[number]
        return {'rate': rate, **({'spread': spread} if self.map_over == 'spread' else {'hidden': hidden}), **ANEW}

    def new_thousand(self):
        return {'seed': (self.seed + 1) % 1000, 'which': -1, **ANEW}

    # What the lesson says of its own thousand.
    def how_many_learn(self):
        return COUNTED['learnt']

    def how_many_and(self):
        return COUNTED['and']

    def and_share(self):
        """The share of the books' claim, among those who have learnt it."""
        return f'{100 * COUNTED["and"] / COUNTED["learnt"]:.0f} %'

    def most_frequent(self):
        return f'{name_of_code("1000")}, {100 * COUNTED["nor"] / COUNTED["learnt"]:.0f} %'

    def how_many_slow(self):
        return f'{1000 - COUNTED["learnt"]:,}'

    def patience(self):
        return f'{PATIENT:,}'

    def learnt_by_the_patient(self):
        return f'{COUNTED["patient"]:,}'

    def stuck_when_wide(self):
        return f'{1000 - COUNTED["wide"]:,}'

    def stuck_for_good(self):
        """… even of the patient."""
        return f'{1000 - COUNTED["wide, patient"]:,}'

    def two_hidden(self):
        return f'{COUNTED["two"]:,}'

    def three_hidden(self):
        return f'{COUNTED["three"]:,}'
