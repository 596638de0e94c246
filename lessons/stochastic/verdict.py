"""How a race ended, in words."""
from lessons.rate import rate_text
from lessons.short import short
from lessons.stochastic.grounds import GROUNDS

CRAWL = 0.01                # a rate below this, and less than half of the loss gone


def loss_text(loss):
    """A loss to five digits, the zeros among them: 10.250, 6.5600, 4.1984; very small and very large ones with a power of ten.

    >>> [loss_text(loss) for loss in (10.25, 4.1984, 13574.19, 3.2e-7, 0.0)]
    ['10.250', '4.1984', '13,574', '3.2 × 10⁻⁷', '0']
    """
    return f'{loss:#,.5g}'.rstrip('.') if 1e-4 <= loss < 1e5 else short(loss, 3)


def verdict(race, on, size, rate):
    """(The end of this race in a sentence or two, whether the reader may want to be led back from this rate.)"""
    ground, full, few = GROUNDS[on], race.full, race.few
    one = f' A minibatch of all {ground.n} is the full batch, so the two walks are one.' if size == ground.n else ''
    if full.lost or few.lost:
        return lost(full, few) + one, True
    began, a, b = full.heights[0], full.heights[-1], few.heights[-1]
    if rate < CRAWL and min(a, b) > began / 2:
        return (f'Neither has got far: with rate {rate_text(rate)} the full batch goes {short(2 * rate, 3)} of the way '
                f'in a step.{one}'), True
    if a > began / 2 and rate > 0.9:
        return f'Each step of the full batch lands on the other side, about as far away: the rate is too large.{one}', True
    if size < ground.n and few.heights[len(few.heights) // 2:].mean() > max(began, (ground.half / 2)**2):
        return ('The full batch comes down, but the minibatch is thrown about, higher than where it began: so few examples '
                'need a smaller rate.'), True
    return one.strip() or ending(few), False


def lost(full, few):
    """Who was thrown out, and when."""
    if full.lost and few.lost:
        return (f'Thrown out, the full batch at step {full.steps + 1} and the minibatch at step {few.steps + 1}: '
                'the rate is too large, each step lands further away.')
    if full.lost:
        return f'The full batch was thrown out at step {full.steps + 1}: the rate is too large, each step lands further away.'
    return (f'The minibatch was thrown out at step {few.steps + 1}, the full batch was not: a few examples can be steeper than '
            'all of them together, and need a smaller rate.')


def ending(few):
    """Whether a walk of minibatches still comes nearer: the third quarter of it beside the last."""
    quarter = len(few.heights) // 4
    third, last = few.heights[2 * quarter:3 * quarter].mean(), few.heights[3 * quarter:].mean()
    if last < third / 4:
        return 'Both are still on their way down.'
    return ('The minibatch comes no nearer: for the second half of its walk it has danced about, at a loss of '
            f'{loss_text(few.heights[2 * quarter:].mean())} on average.')
