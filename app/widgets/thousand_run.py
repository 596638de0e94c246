"""A thousand networks as a run: their losses as shades, how many have learnt XOR, what their hidden units are by then."""
import numpy as np

from app.numbers import short
from lessons.xor.thousand import EIGHT, NETWORKS, counts, kinds, members, name_of, orders, thousand

SECONDS = 7                         # from the first moment to the last
LOWEST, HIGHEST = 1e-3, 2.0         # losses between which shades differ
HALF = 128                          # shades of those who have not learnt it, and as many of those who have
FULL = 0.25                         # the share that fills a bar
CLAIM = EIGHT.index('0001')         # what the books say that it is


def shades(losses, succeeded):
    """A byte for each network: up to 127 the stronger the larger its loss is, from 128 on the stronger the smaller it is."""
    span = np.log(HIGHEST / LOWEST)
    level = np.clip(np.log(np.maximum(losses, LOWEST) / LOWEST) / span, 0, 1)
    return np.uint8(np.where(succeeded, HALF + np.round((HALF - 1) * (1 - level)), np.round((HALF - 1) * level)))


def tells():
    """What each shade says: the loss, to two digits."""
    level = np.arange(HALF) / (HALF - 1)
    losses = [short(loss, 2) for loss in LOWEST * (HIGHEST / LOWEST) ** level]
    return [f'loss {loss}, not yet' for loss in losses] + [f'loss {loss}, learnt' for loss in losses[::-1]]


def record(state, progress=None, **options):
    asked = state.thousand_asked()
    last = asked.epochs
    many = thousand(asked, progress and (lambda share: progress(share, f'{share * last:,.0f} of {last:,} epochs')))
    film, found = many.film, counts(many.film)
    learnt, frames = film.succeeded.sum(axis=1), len(film.epochs)
    of = np.maximum(1, learnt * asked.units)[:, None]
    at_end = found[-1] / of[-1]
    epochs, share = film.epochs.astype(float), learnt / NETWORKS
    said = [f'{n:,} of {NETWORKS:,} have learnt XOR' for n in learnt.tolist()]
    laid, of_all = orders(many), of[:, 0].tolist()
    return {
        'frames': frames, 'pace': max(1, frames / SECONDS), 'starts': 0,
        'labels': [f'Epoch {epoch:,}: {words}' for epoch, words in zip(film.epochs.tolist(), said, strict=True)],
        'says': verdict(asked, int(learnt[-1]), found[-1]),
        'marks': {'networks': {'places': {order: places(laid[order]) for order in ('loss', 'code')},
                               'members': members(many).astype(np.uint8), 'tells': tells(),
                               'labels': [f'network {r}' for r in range(NETWORKS)], 'notes': notes(many, asked)}},
        'tracks': {'networks.pixels': shades(film.losses, film.succeeded), 'says.text': said,
                   'now.x': epochs[:, None], 'now.y': share[:, None],
                   'bars.w': np.minimum(1, found / of / max(FULL, at_end.max())),
                   'counts.text': [[counted(n, every) for n in row] for row, every in zip(found.tolist(), of_all, strict=True)]},
        'growing': {'course.x': (epochs, np.arange(1, frames + 1)), 'course.y': (share, np.arange(1, frames + 1))},
        'time': {'plane': 'time', 'x': epochs},
        'table': {'columns': ['says yes to', 'called', 'how many', 'share'], 'rows': table(found[-1], at_end),
                  'counts': np.where(np.arange(frames) == frames - 1, len(EIGHT) + 1, 0)}}


def places(order):
    """Where each network goes, by its number, from who comes at each place."""
    place = np.empty(len(order), np.float32)
    place[order] = np.arange(len(order))
    return place


def counted(n, of):
    return f'{n:,} · {100 * n / of:.0f} %' if n else '0'


def notes(many, asked):
    """What is said of each network beside its loss: what became of it."""
    names = np.array([name_of(kind) for kind in range(len(EIGHT) + 1)])[kinds(many.film.hidden[-1])]
    outputs, found = many.outputs.tolist(), []
    for r in range(NETWORKS):
        if many.diverged[r]:
            found.append('thrown out by this rate')
            continue
        units = ', '.join(names[r, :3]) + (' …' if asked.units > 3 else '')
        answers = ' '.join(f'{output:.2f}' for output in outputs[r])
        found.append(f'in the end {answers}' + (f'; hidden: {units}' if units else ''))
    return found


def table(found, at_end):
    rows = []
    for kind, code in enumerate((*EIGHT, '')):
        patterns = ', '.join(pattern for pattern, answer in zip(('00', '01', '10', '11'), code, strict=False) if answer == '1')
        rows.append([patterns or 'anything else', name_of(kind), f'{found[kind]:,}', f'{100 * at_end[kind]:.1f} %'])
    return rows


def verdict(asked, learnt, found):
    """How it ended, and what became of the books' claim."""
    if not learnt:
        why = {0: ': a single unit draws one line, and XOR needs more', 1: ''}.get(asked.units, '')
        return f'None of {NETWORKS:,} has learnt XOR{why}.'
    said = f'{learnt:,} of {NETWORKS:,} have learnt XOR'
    if not asked.units:
        return f'{said}.'
    of, top, claim = learnt * asked.units, int(found[:len(EIGHT)].argmax()), int(found[CLAIM])
    share = f'{100 * claim / of:.0f}\u00a0%'
    if asked.units == 1:
        return (f'{said}. Their hidden unit says yes to “both” in {claim:,}, {share}; most often it is {name_of(top)}, '
                f'in {found[top]:,}.')
    return f'{said}. “Both” is what {claim:,} of their {of:,} hidden units say yes to, {share}; most often one is {name_of(top)}.'
