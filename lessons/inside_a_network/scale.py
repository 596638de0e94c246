"""From this network to one a million times as large, by counting."""
import param

from lessons.written import Written


def sizes_from(text):
    """The sizes of the layers that a person types; ValueError, with the end of a sentence, for what are none."""
    try:
        return tuple(int(part) for part in text.replace(',', ' ').split())
    except ValueError:
        raise ValueError('it needs whole numbers, such as 784, 128, 64, 10') from None


class Scale(param.Parameterized):
    sizes = Written('784, 128, 64, 10', reads=sizes_from, example='784, 300, 10', label='Layers')
