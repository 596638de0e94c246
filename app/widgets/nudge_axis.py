"""The axis of nudges, from 1 down to 10⁻¹⁵, with room for each power of ten: where the reader sets h."""
from app.scene import mark
from lessons.power import size_text
from lessons.short import SUPERSCRIPTS

POWERS = (-15, 0)


def marks_of_ten(every=3):
    return [[power, ten_to(power)] for power in range(POWERS[0], POWERS[1] + 1, every)]


def ten_to(power):
    return '10' + str(power).translate(SUPERSCRIPTS) if power else '1'


def handle(state, plane, y, says, **more):
    """The handle for h; left and right are a power of ten."""
    low, high = POWERS
    return mark('handle', plane, 'gradient', x=state.nudge, y=y, move='x', bounds=[low, high], step=1.0, jump=True, cue=True,
                lit='nudge', label='the nudge h, in powers of ten', says=f'h {size_text(state.h())}, {says}',
                now=f'{state.nudge:g}', min=f'{low}', max=f'{high}', **more)
