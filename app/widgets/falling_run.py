"""The fall as a run: bars that grow with a bell that grows with them, the newest sample in the air, and the shares so far."""
import numpy as np

from app.numbers import short
from app.widgets.bell import light
from core.gaussian import density
from lessons.gaussian.falls import BINS, WITHIN, expected

NONE = 'No samples: there is no share to count.'
LEAST = 4                                   # samples in a bar that would fill the picture, while few have fallen
EDGES = np.arange(BINS) / 4 - 4
BANDS = np.ceil(np.abs(EDGES + 0.125)).astype(int)     # of each bar: 1 within one standard deviation, … 4 beyond three
AT = np.linspace(-4, 4, 49)
SHAPE = density(AT) / 4                     # the share that is foretold for a bar of a quarter of a standard deviation


def top_of(n, bars):
    """How many samples in a bar reach the top of the picture."""
    return max(LEAST, 1.12 * max(n * SHAPE.max(), int(bars.max())))


def heights_of(n, top):
    return light(n * SHAPE / top)


def share_texts(n, inside):
    return [f'{sds} σ: {f"{100 * k / n:.2f} %" if n else "–"} (foretold {100 * true:.2f} %)'
            for sds, k, true in zip(WITHIN, inside, expected(), strict=True)]


def record(state, **options):
    fell = state.fallen()
    seen, bars, frames = fell.seen, fell.bars, len(fell.seen)
    tops = np.array([top_of(int(n), row) for n, row in zip(seen, bars, strict=True)])
    newest = fell.sds[np.maximum(seen, 1) - 1] if len(fell.sds) else np.zeros(frames)
    texts = [share_texts(int(n), row) for n, row in zip(seen, fell.inside.tolist(), strict=True)]
    since = seen > 0
    along = np.log10(np.maximum(seen, 1)).astype(float)
    shares = fell.inside / np.maximum(seen, 1)[:, None]
    column = np.clip(np.floor(newest * 4), -16, 15)
    landed = bars[np.arange(frames), (column + 16).astype(int)] / tops
    drops = {f'falls-{k}.{axis}': [[float(value)] if n and n % 2 == k else [] for n, value in enumerate(values)]
             for k in (0, 1) for axis, values in (('x', (column + 0.5) / 4), ('y', landed))}
    counts = np.cumsum(since)
    return {
        'frames': frames, 'pace': 6 if frames < 60 else 14, 'labels': labels(fell, newest),
        'says': verdict(state, fell),
        'tracks': {
            **{f'bars-{band}.h': np.float32(bars[:, band == BANDS] / tops[:, None]) for band in (1, 2, 3, 4)},
            'bell.y': np.stack([heights_of(n, top) for n, top in zip(seen, tops, strict=True)]),
            'head.text': [f'{n:,} sample{"" if n == 1 else "s"}; the highest bar holds {row.max():,}' if n else
                          'Nothing has fallen yet.' if state.many else NONE for n, row in zip(seen.tolist(), bars, strict=True)],
            **drops, 'now.x': [[float(value)] * bool(n) for n, value in zip(seen, along, strict=True)],
            'now.y': [[float(value)] * bool(n) for n, value in zip(seen, shares[:, 0], strict=True)],
            **{f'says-{sds}.text': [row[k] for row in texts] for k, sds in enumerate(WITHIN)}},
        'growing': {path: found for k, sds in enumerate(WITHIN) for path, found in (
            (f'share-{sds}.x', (along[1:], counts)), (f'share-{sds}.y', (np.maximum(0.5, shares[1:, k]), counts)))},
        'time': {'plane': 'time', 'x': along}}


def labels(fell, newest):
    found = ['Before the first sample']
    for before, n, sds in zip(fell.seen, fell.seen[1:].tolist(), newest[1:].tolist(), strict=False):
        place = f'{short(abs(sds), 3)} σ {"above" if sds > 0 else "below"} the mean'
        found.append(f'Sample {n:,} falls {place}' if n - before == 1 else f'{n:,} samples; the last fell {place}')
    return found


def verdict(state, fell):
    if not state.many:
        return 'Nothing has fallen, so there is nothing to say. Choose some samples.'
    off = 100 * abs(fell.inside[-1, 0] / state.many - expected()[0])
    return f'The share within 1 σ is {short(off, 2)} points off. With other samples it is another.'
