"""The race as a run: a moment for each step of the minibatch walk, or for each share of the work."""
import numpy as np

from app.widgets import log_loss
from core.data import SQFT
from core.models import in_units_of
from lessons.rate import rate_text
from lessons.stochastic.grounds import GROUNDS
from lessons.stochastic.race import smoothed
from lessons.stochastic.state import RATE
from lessons.stochastic.verdict import loss_text

FAR = 30                                # windows: a path is drawn no further out
ENDS = np.array([700.0, 3000.0])        # ft²: from where to where a line is drawn among the houses


def record(state, on='bowl', clock='steps'):
    ground, race, size, mapped = GROUNDS[on], state.race(on, clock), state.size(on), on == 'houses' or clock == 'steps'
    full_at, few_at = np.minimum(race.full_at, race.full.steps), np.minimum(race.few_at, race.few.steps)
    run = {'marks': {}, 'tracks': {}, 'growing': {}}
    for name, walk, at, per_step in (('full', race.full, full_at, ground.n), ('few', race.few, few_at, size)):
        if mapped:
            add_walk(run, name, ground, walk, at)
        along = np.arange(walk.steps + 1.0) * (1 if clock == 'steps' else per_step)
        log_loss.add(run, name, along, walk.heights, at, ground.powers)
    if clock == 'work':
        add_mean(run, along, race.few, few_at, ground, size)
    full, few = losses(race.full, race.full_at), losses(race.few, race.few_at)
    for name, words, said in zip(('full', 'few'), names(ground, size), (full, few), strict=True):
        run['tracks'][f'{name}-says.text'] = [f'{words}: {text}' for text in said]
    if mapped:
        run['tracks'] |= asked(on, ground, race, few_at)
    frames, (sentence, trouble) = len(few_at), state.verdict(on, clock)
    return run | {
        'frames': frames, 'pace': 5 if clock == 'steps' else max(2, frames / 10), 'steps': race.few_at,
        'labels': labels(ground, race, clock, full, few), 'says': sentence, 'again': len(state.legs()) > 1,
        'rescue': f'Take the rate back to {rate_text(RATE)}' if trouble else '',
        'time': {'plane': 'time', 'x': (race.few_at if clock == 'steps' else race.seen).astype(float)}}


def add_walk(run, name, ground, walk, at):
    """The walker and its trail; one that is out of the window waits at its rim."""
    middle = np.array(ground.middle)
    path = np.clip(walk.path, middle - FAR * ground.half, middle + FAR * ground.half)
    rim = np.clip(path[at], middle - ground.half, middle + ground.half)
    run['tracks'] |= {f'{name}.x': rim[:, :1], f'{name}.y': rim[:, 1:]}
    trails = (f'{name}-path', f'{name}-steps') if name == 'full' else (f'{name}-path',)
    run['growing'] |= {f'{trail}.{field}': (path[:, i], at + 1) for trail in trails for i, field in enumerate('xy')}
    if ground.words == 'houses':
        run['tracks'][f'{name}-line.y'] = line_of(path[at])[1]


def line_of(places):
    """Lines at these places of the standardised map, as they stand among the houses: x (2,), y (k, 2)."""
    return ENDS, np.array([slope * ENDS + intercept for slope, intercept in (in_units_of(SQFT, *place) for place in places)])


def add_mean(run, along, walk, at, ground, size):
    """The loss of the minibatch, smoothed over half a pass: where steps are this near to each other, it can be followed."""
    y = log_loss.height(smoothed(walk.heights, ground.n // size // 4), ground.powers)
    run['marks']['few-course'] = {'x': along, 'y': y}
    run['growing'] |= {'few-mean.x': (along, at + 1), 'few-mean.y': (y, at + 1)}


def asked(on, ground, race, at):
    """Those that the next step of the minibatch asks, and where they lead."""
    batches = np.array([race.batches[i] for i in at])
    found = {f'asked.{field}': ground.examples[batches][:, :, i] for i, field in enumerate('xy')}
    if on == 'bowl':
        middles, here = ground.examples[batches].mean(axis=1), np.clip(race.few.path[at], -FAR * ground.half, FAR * ground.half)
        for i, field in enumerate('xy'):
            found |= {f'aims-at.{field}': middles[:, i:i + 1], f'aim.{field}': np.stack([here[:, i], middles[:, i]], 1)}
    return found


def names(ground, size):
    return f'full batch of {ground.n}', f'minibatch of {size}'


def losses(walk, at):
    """What a walk has come to, at each moment."""
    texts = [f'loss {loss_text(loss)}' for loss in walk.heights.tolist()]
    return [texts[k] if k <= walk.steps else 'thrown out' for k in at.tolist()]


def labels(ground, race, clock, full, few):
    """Each moment in words."""
    said = [f'The start: full batch {full[0]}, minibatch {few[0]}']
    for k in range(1, len(full)):
        a, b = int(race.full_at[k]), int(race.few_at[k])
        moment = f'Step {b}' if clock == 'steps' else f'{int(race.seen[k]):,} {ground.words} seen'
        after = ('', '') if clock == 'steps' else (steps(race.full, a), steps(race.few, b))
        said.append(f'{moment}: full batch {full[k]}{after[0]}, minibatch {few[k]}{after[1]}')
    return said


def steps(walk, k):
    k = min(k, walk.steps)
    return f' after {k:,} {"step" if k == 1 else "steps"}'
