"""The training as a run: every picture of the widget for each epoch that is shown, and its curves as they grow meanwhile."""
from math import log10

import numpy as np

from app.widgets.digit_sheets import ADDED, added, chosen, counts, gallery, heat, said_of_gallery
from app.widgets.signed import shades
from lessons.inside_a_network.learning import GUESSING, TRAIN, UNSEEN, learnt, shown, silent
from lessons.inside_a_network.training import MORE, MOST
from lessons.rate import kept, rate_text
from lessons.short import percent, short

SECONDS = 8                         # from the first moment to the last
FLOOR, TOP = -3.5, 1.2              # the logarithms of the losses between which the curves are drawn
LINES = [[0, '1'], [-1, '0.1'], [-2, '0.01'], [-3, '0.001']]
TRAINED = '— on digits it trains on', '- - on unseen digits'
ADDING = 'added to 12 units’ weights'
GOOD_RATE = 0.1
MOSTLY = 0.9                        # so many units that are silent are too many


def log_loss(loss):
    return float(min(TOP, max(FLOOR, log10(max(loss, 1e-9)))))


def record(state, progress=None, **options):
    asked = state.asked()

    def told(epochs):
        done = len(epochs) - 1
        if progress and done <= asked.epochs:
            says = f'Epoch {done} of {asked.epochs}, {percent(epochs[-1].right[1])} of the unseen digits right'
            progress(done / asked.epochs, says, meanwhile(epochs), {'epochs': done})

    came = learnt(asked, told)
    done = len(came.epochs) - 1
    at = shown(done)
    film = [came.epochs[k] for k in at]
    lines = curves(came.epochs)
    until = np.array(at) + 1
    dead, units = silent(asked, came.weights)
    broken = came.lost or dead > MOSTLY * units or worse(came)
    rescue, sets = onward(state, done, broken)
    return {
        'frames': len(at), 'pace': max(1.5, len(at) / SECONDS), 'labels': [label(k, came.epochs[k]) for k in at],
        'steps': np.array(at), 'time': {'plane': 'loss', 'x': np.array(at, float)},
        'marks': {'added-name': {'text': ADDING}} | {f'whole-{key}': {'x': x, 'y': y} for key, (x, y) in lines.items()},
        'growing': {f'{key}.{field}': (line[i], until) for key, line in lines.items() for i, field in enumerate('xy')},
        'tracks': {**points(lines, at), **answers(film, state.cell), 'added.pixels': sheet(film)},
        'says': verdict(state, came, dead if dead > MOSTLY * units else 0, units),
        'rescue': rescue, 'sets': sets, 'onward': not broken, 'again': len(state.legs()) > 1,
        'learnt': (asked._replace(epochs=done), came.weights)}


def curves(epochs):
    """{mark: (x, y)} of the four curves."""
    x = np.arange(len(epochs), dtype=np.float32)
    losses = np.array([[log_loss(loss) for loss in epoch.losses] for epoch in epochs], np.float32)
    right = np.array([epoch.right for epoch in epochs], np.float32)
    return {f'{plane}-{k}': (x, values[:, k]) for plane, values in (('loss', losses), ('right', right)) for k in (0, 1)}


def meanwhile(epochs):
    """What is seen of a training that is under way."""
    lines, last = curves(epochs), epochs[-1]
    found = {key: {'x': x, 'y': y} for key, (x, y) in lines.items()}
    for key, (x, y) in lines.items():
        plane, k = key.split('-')
        found |= {f'{plane}-now-{k}': {'x': x[-1:], 'y': y[-1:]}, f'whole-{key}': {'x': [], 'y': []}}
    return found | {'answers': counts(last.said), 'heat': {'pixels': heat(last.said)}}


def points(lines, at):
    """Where each curve is at a moment."""
    found = {}
    for key, (x, y) in lines.items():
        plane, k = key.split('-')
        found |= {f'{plane}-now-{k}.x': x[at][:, None], f'{plane}-now-{k}.y': y[at][:, None]}
    return found


def answers(film, cell):
    """The table, and the pictures of its mistakes, or of what is in the cell that was pressed."""
    rows = [gallery(chosen(epoch.said, epoch.sure, cell)[:ADDED], epoch.said) for epoch in film]
    table = [counts(epoch.said) for epoch in film]
    found = {'heat.pixels': np.stack([heat(epoch.said) for epoch in film]),
             **{f'answers.{field}': [each[field] for each in table] for field in ('x', 'y', 'text')},
             'gallery-name.text': [said_of_gallery(epoch.said, cell) for epoch in film]}
    for n in range(2):
        pixels, texts, x, w = zip(*(each[n] for each in rows), strict=True)
        found |= {f'digits-{n}.pixels': np.stack(pixels), f'words-{n}.text': list(texts),
                  f'cover-{n}.x': np.stack(x), f'cover-{n}.w': np.stack(w)}
    return found


def sheet(film):
    """What was added to the weights of twelve units: of those that are noted, the ones that have learnt most by the end."""
    last = film[-1].added.astype(np.float32)
    units = np.sort(np.argsort(-np.abs(last).max(axis=1), kind='stable')[:ADDED])
    most = float(np.abs(last).max())
    return np.stack([shades(added(epoch.added[units]), most) for epoch in film])


def label(k, epoch):
    when = f'After epoch {k}' if k else 'The start'
    return (f'{when}: loss {short(epoch.losses[0], 3)}, on unseen digits {short(epoch.losses[1], 3)}; '
            f'{percent(epoch.right[1])} of these right')


def worse(came):
    """Whether it knows less than at the start, who had no idea."""
    return came.epochs[-1].losses[0] > 1.2 * came.epochs[0].losses[0]


def onward(state, done, broken):
    """The button at the end: its words, and what it sets."""
    if broken:
        calmer = kept(GOOD_RATE if state.train_rate > GOOD_RATE else state.train_rate / 10)
        return f'Take rate {rate_text(calmer)}', {'train_rate': calmer, 'changes': []}
    more = min(MORE, MOST - done)
    return (f'Continue: {more} more epochs', {'epochs': done + more}) if more > 0 else ('', {})


def verdict(state, came, dead, units):
    """What came of it, in a sentence or two. dead: how many of the units are silent, where that is what went wrong."""
    last, rate = came.epochs[-1], rate_text(state.train_rate)
    right = round(last.right[1] * UNSEEN)
    if came.lost:
        return f'Epoch {len(came.epochs)} throws the weights out of reach: rate {rate} is too large.'
    says = f'{right} of {UNSEEN} digits that it never saw told right, {percent(last.right[1])}.'
    if dead:
        return (f'{says} That is guessing: such steps have thrown {dead} of the {units} units of its second layer to where their '
                'ReLU is 0 for every digit, and its slope, too.')
    if worse(came):
        return f'{says} Its loss is larger than at the start: rate {rate} is too large.'
    if last.losses[0] > GUESSING:
        return f'{says} It has hardly begun: give it more epochs, or a larger rate.'
    if last.losses[1] > 2 * last.losses[0] and last.right[0] > 0.99:
        return f'{says} It knows nearly all of the {TRAIN:,} by heart; on the unseen ones its loss has stopped following.'
    return says
