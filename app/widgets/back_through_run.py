"""How the walk back is played: forward, the loss, seven factors and the slopes that they leave, one step, forward again."""
import numpy as np

from app.widgets.signed import shades
from core.data import digits
from lessons.inside_a_network.networks import SIZES
from lessons.inside_a_network.one_step import share
from lessons.short import short

X, N1, N2, C = SIZES                                # pixels, units of the two hidden layers, digits
AT_FACTOR = (2, 3, 5, 6, 8, 9, 10)                  # the moment of each factor
AT_UPDATE = (4, 4, 7, 7, 10, 10)                    # the moment when the slopes of each update are known
STEP, AGAIN, TESTS = 11, 12, 13                     # then all six at once, the picture again, and all test digits
FRAMES = 14
LIT = ('forward', 'loss', 'loss factor-1', 'back back-3 factor-2', 'back update-3', 'back back-2 factor-3',
       'back back-2 factor-4', 'back update-2', 'back back-1 factor-5', 'back back-1 factor-6', 'back update-1 factor-7',
       'update update-1 update-2 update-3', 'forward own', 'tests')
GOES = {'factors': [[moment] for moment in AT_FACTOR], 'updates': [[moment, STEP] for moment in AT_UPDATE]}


def played(state, sizes):
    """The run: what is not known yet is missing, and what has just been worked out is lit up."""
    seen, covered = state.back(), np.arange(FRAMES) < AT_FACTOR[6]
    before, right = share(seen.p[seen.truth]), state.stepped().right
    known = {'p': AT_FACTOR[1], 'two': AT_FACTOR[3], 'one': AT_FACTOR[5]}
    hidden = {'own-now': (AGAIN, 'step'), 'tests-now': (TESTS, 'step'), 'changes': (STEP, 'step'),
              **{f'says-{k}': (TESTS, '') for k in range(5)},
              **{name: (known[layer], '') for layer in ('two', 'one')
                 for name in (f'size-{layer}-0', f'size-{layer}-1', f'{layer}-minus')}}
    tracks = {
        'factors.inks': [inks(AT_FACTOR, k) for k in range(FRAMES)], 'updates.inks': [inks(AT_UPDATE, k) for k in range(FRAMES)],
        'blame.h': (np.arange(FRAMES) >= known['p'])[:, None] * seen.by_z[2],
        'two.pixels': arriving(seen.by_a[1], seen.by_z[1], known['two']),
        'one.pixels': arriving(seen.by_a[2], seen.by_z[0], known['one']),
        'back-p-name.text': [sizes['p'] if k >= known['p'] else 'p − y' for k in range(FRAMES)],
        'back-x-name.text': ['∂L/∂W₁' if covered[k] else sizes['x'] for k in range(FRAMES)],
        'cover.w': covered[:, None] * 28.0, 'ring.h': (~covered)[:, None] * 1.0,
        'loss.text': [f'L = −ln p: {state.before_loss()}{f" → {state.after_loss()}" * (k >= AGAIN)}' * (k > 0)
                      for k in range(FRAMES)],
        'own-value.text': [before + f' → {state.after_share()}' * (k >= AGAIN) for k in range(FRAMES)],
        'tests-value.text': [f'{right}{f" → {state.stepped().right_after}" * (k >= TESTS)} right' for k in range(FRAMES)],
        **{f'{name}.class': ['unseen' if k < moment else seen_as for k in range(FRAMES)]
           for name, (moment, seen_as) in hidden.items()}}
    return {'frames': FRAMES, 'pace': 0.5, 'labels': labels(state), 'lit': list(LIT), 'goes': GOES, 'tracks': tracks,
            'steps': np.zeros(FRAMES, int), 'marks': {'cover': {'x': [0.0], 'y': [0.0], 'h': [28.0]}}}


def arriving(by_a, by_z, bent):
    """What stands in a layer at each moment: nothing, what has come to its units, what their bend lets through."""
    nothing = np.zeros(len(by_a))
    return np.array([shades(nothing if k < bent - 1 else by_a if k == bent - 1 else by_z) for k in range(FRAMES)])


def inks(moments, now):
    return ['now' if moment == now else 'known' if moment < now else 'later' for moment in moments]


def labels(state):
    """Each moment in a sentence, with the numbers of this picture."""
    seen, then, n = state.back(), state.stepped(), len(digits().test_y)
    p, y, said = seen.p[seen.truth], seen.truth, int(seen.p.argmax())
    steep = {layer: tuple(short(slope, 2) for slope in seen.steepest(layer)) for layer in (1, 2, 3)}
    start = (f'∂L/∂p = −1/p = {short(seen.by_a[0], 3)} for the {y}, and 0 for the other nine' if seen.by_a[0] is not None else
             'p is so small that −1/p is no number for a computer; the next factor takes care of that')
    second, first = (short(float(np.abs(by_a).max()), 2) for by_a in seen.by_a[1:])
    return [
        f'Forward: it says {said} with {share(seen.p[said])}'
        + (f', and a {y} it is' if said == y else f'; but it is a {y}, which got {share(p)}'),
        f'The loss: L = −ln p, of the true digit, is {short(seen.loss, 3)}', start,
        f'Upstream −1/p · local slopes of softmax, {C} × {C} = p − y: {state.p_minus_y()} for the {y}, the others’ p as they are',
        f'Aside: p − y · a₂ = ∂L/∂W₃, {C} × {N2} slopes, the steepest {steep[3][0]}; and ∂L/∂b₃ is p − y itself',
        f'Upstream p − y, {C} numbers · local W₃, {C} × {N2} = ∂L/∂a₂, {N2} numbers, the steepest {second}',
        f'Upstream ∂L/∂a₂ · local ReLU′, 1 or 0 = ∂L/∂z₂: {seen.shut(2)} of the {N2} were shut, and a shut unit gets no blame',
        f'Aside: ∂L/∂z₂ · a₁ = ∂L/∂W₂, {N2} × {N1} slopes, the steepest {steep[2][0]}; for b₂ the steepest is {steep[2][1]}',
        f'Upstream ∂L/∂z₂, {N2} numbers · local W₂, {N2} × {N1} = ∂L/∂a₁, {N1} numbers, the steepest {first}',
        f'Upstream ∂L/∂a₁ · local ReLU′ = ∂L/∂z₁, the slopes of b₁, too: {seen.shut(1)} of the {N1} were shut',
        (f'Upstream ∂L/∂z₁ · local x = ∂L/∂W₁, {N1} × {X}, the steepest {steep[1][0]}: '
         'for each unit the picture, times a number'),
        f'The step: all six at once, each number minus {state.step_rate_says()} times its slope',
        f'Forward again, with the new weights: the {y} had {share(p)}, and has {state.after_share()}',
        f'And {n} digits that nobody asked: {then.right} were right, {then.right_after} are']
