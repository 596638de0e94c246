"""From this network to one a million times as large, by counting: any stack of layers, and GPT-3 from four numbers."""
import re
from functools import lru_cache
from itertools import pairwise

import param

from core.transformer_size import (
    GPT3,
    Transformer,
    count_attention,
    count_multiplications,
    count_parameters,
    count_parts,
    training_operations,
)
from lessons.inside_a_network.networks import SIZES
from lessons.layers.shapes import Shapes
from lessons.short import short
from lessons.written import Written

WIDEST, DEEPEST, END = 100_000, 2_000, 10**13   # of a stack: units of a layer, layers, and where the ruler ends
READ = 300e9                                    # tokens that GPT-3 was trained on
SIZE = re.compile(r'(\d+)(?:[*×](\d+))?')


@lru_cache(64)
def sizes_from(text):
    """The sizes of the layers that a person types; ValueError, with the end of a sentence, for what are none.

    >>> sizes_from('784, 128, 64, 10'), sizes_from('64 → 32*3 → 10')
    ((784, 128, 64, 10), (64, 32, 32, 32, 10))
    """
    sizes = []
    for part in re.sub(r'[,;→\s]|->', ' ', re.sub(r'\s*([*×])\s*', r'\1', text)).split():
        if not (found := SIZE.fullmatch(part)):
            raise ValueError(f'it needs whole numbers such as 784, 128, 64, 10, and “{part[:20]}” is none')
        size, times = (int(number[:9]) for number in found.groups('1'))
        if not size * times:
            raise ValueError('a layer without units passes nothing on, so each number needs to be at least 1')
        if size > WIDEST:
            raise ValueError(f'a layer here has at most {WIDEST:,} units')
        sizes += [size] * min(times, DEEPEST + 2)
        if len(sizes) > DEEPEST + 1:
            raise ValueError(f'a stack here has at most {DEEPEST:,} layers')
    if len(sizes) < 2:
        raise ValueError('it needs at least two numbers: how many come in, and how many units the first layer has')
    if (total := shapes_of(tuple(sizes)).total()) > END:
        raise ValueError(f'its {short(total, 2)} parameters are beyond the end of the ruler, {short(END).removeprefix("1 × ")}')
    return tuple(sizes)


def counted(number):
    """A count in the words of people, to three digits: what is below a million is written out.

    >>> counted(109386), counted(174604259328), counted(2.5)
    ('109,386', '175 billion', '2.5')
    """
    for size, name in ((10**12, 'trillion'), (10**9, 'billion'), (10**6, 'million')):
        if number >= 0.9995 * size:
            return f'{short(number / size, 3)} {name}'
    return short(number, 3)


def shapes_of(sizes):
    return Shapes(sizes[0], tuple((gives, takes) for takes, gives in pairwise(sizes)))


def whole(default, most, label):
    return param.Integer(default, bounds=(1, most), step=1, label=label)


class Scale(param.Parameterized):
    sizes = Written('784, 128, 64, 10', reads=sizes_from, example='784, 300, 10', label='Your stack')
    blocks = whole(GPT3.blocks, 200, 'Blocks')
    model_width = whole(GPT3.width, 50_000, 'Width')
    context = whole(GPT3.context, 1_000_000, 'Context')
    vocabulary = whole(GPT3.vocabulary, 1_000_000, 'Vocabulary')

    # What follows. The reader's stack:
    def stack(self):
        return shapes_of(sizes_from(self.sizes))

    def stack_total(self):
        return self.stack().total()

    def stack_multiplications(self):
        return self.stack().multiplications()

    # The language model that the four numbers describe:
    def model(self):
        return Transformer(self.blocks, self.model_width, self.context, self.vocabulary)

    def is_gpt_3(self):
        return self.model() == GPT3

    def model_parts(self):
        return count_parts(self.model())

    def model_total(self):
        return count_parameters(self.model())

    def model_multiplications(self):
        """For one token, without what attention adds."""
        return count_multiplications(self.model())

    def looking_back(self):
        """What attention adds: for the last token that there is room for, and in the mean over all places."""
        return count_attention(self.model(), self.context), count_attention(self.model(), (self.context + 1) / 2)

    def times_the_stack(self):
        return self.model_total() / self.stack_total()

    # This network and GPT-3, whatever the reader has made of both:
    def own_total(self):
        return shapes_of(SIZES).total()

    def own_multiplications(self):
        return shapes_of(SIZES).multiplications()

    def gpt_total(self):
        return count_parameters(GPT3)

    def gpt_times(self):
        """How many times this network, in millions."""
        return self.gpt_total() / self.own_total() / 1e6

    def gpt_billions(self):
        return self.gpt_total() / 1e9

    def gpt_multiplications(self):
        return count_multiplications(GPT3) / 1e9

    def gpt_operations(self):
        """Multiplications and additions for one token at a place in the middle, in billions, to two digits."""
        return round(2 * (count_multiplications(GPT3) + count_attention(GPT3, (GPT3.context + 1) / 2)) / 1e9, -1)

    def gpt_least_back(self):
        return count_attention(GPT3, (GPT3.context + 1) / 2) / 1e9

    def gpt_most_back(self):
        return count_attention(GPT3, GPT3.context) / 1e9

    def gpt_width(self):
        return GPT3.width

    def gpt_context(self):
        return GPT3.context

    def gpt_tokens(self):
        return READ / 1e9

    def gpt_windows(self):
        """How many windows of the size of its context these tokens fill, in millions."""
        return READ / GPT3.context / 1e6

    def gpt_training(self):
        return short(training_operations(GPT3, READ), 3)

    def asked_multiplications(self):
        """Which answer is nearest to what a token costs: those of its weights, or nearly twice as many."""
        return min(('175', '300'), key=lambda guess: abs(float(guess) - self.gpt_multiplications()))
