"""The recorded training: every picture beside every other, for each epoch that is shown."""
import numpy as np

from app import network_picture
from app.numbers import show as text_of
from app.widgets.answer_map import SHAPE, answer_tracks
from app.widgets.trainer_table import texts
from core.side_by_side import answers
from lessons.short import short

SECONDS = 5.5           # that a run takes at speed 1


def record(state, progress=None, **options):
    """One moment for each epoch that is shown; their distances grow as the training goes on."""
    given, run = state.examples(), state.run()
    if progress is not None:
        progress(0.5, 'Drawing every moment …')
    frames, network = len(run.epochs), run.task.network
    every = answers(network, run.parameters, given.x)
    hidden = every[-2] if len(every) > 1 else np.zeros((frames, len(given.x), 0))
    outputs = run.predictions[:, :, 0]
    along, losses = np.sqrt(run.epochs / max(1, state.epochs)), run.losses
    net = network_picture.network_tracks(network, run.parameters, names=unit_names(network))
    verdict = state.verdict()
    so_far = np.arange(1, frames + 1)
    return {
        'frames': frames, 'pace': max(4, frames / SECONDS), 'labels': labels(run, outputs, given),
        'marks': {'whole-curve': {'x': along, 'y': losses}, **SHAPE},
        'tracks': {**answer_tracks(network, run.parameters, given.window), **net,
                   'cells.text': [texts(given, hidden[k], outputs[k]) for k in range(frames)],
                   'loss-now.x': along[:, None], 'loss-now.y': losses[:, None]},
        'growing': {'curve.x': (along, so_far), 'curve.y': (losses, so_far)},
        'steps': run.epochs, 'rests': run.parameters, 'time': {'plane': 'time', 'x': along},
        'says': verdict.says, 'rescue': verdict.rescue, 'sets': dict(verdict.sets), 'again': len(state.legs()) > 1}


def labels(run, outputs, given):
    """Each moment in words."""
    right = ((outputs > 0.5) == (given.target[:, 0] > 0.5)).sum(axis=1)
    n, kind = len(given.x), 'loss' if given.loss == 'sum_squared_error' else 'mean loss'
    when = [f'Epoch {text_of(epoch, ",")}' if epoch else 'The start' for epoch in run.epochs.tolist()]
    return [f'{moment}: {kind} {short(loss, 3)}, {good} of {n} on the right side'
            for moment, loss, good in zip(when, run.losses.tolist(), right.tolist(), strict=True)]


def unit_names(network):
    """What the units are called, column by column; the last one answers ŷ."""
    return [*network_picture.unit_names(network.sizes)[:-1], ['ŷ']]
