"""The training of the whole network: the same as the engine's, however it comes about; what it leads to; how it is told."""
import gc
import os
import re
import subprocess
import sys
import weakref

import numpy as np
import pytest

from app import runs
from app.host import Host
from app.job_process import ONE_THREAD
from app.lesson_format import read_lesson
from app.scene import check, unpack
from app.widgets import digit_training
from app.widgets.digit_training_run import onward
from core.classification import confusion
from core.data import digits
from core.layers import parameters
from core.network import predict
from core.training import continue_run, train
from lessons.inside_a_network import learning
from lessons.inside_a_network.drawing import network_of
from lessons.inside_a_network.learning import Asked, learnt
from lessons.inside_a_network.networks import started
from lessons.inside_a_network.state import State
from lessons.inside_a_network.training import BATCHES, MOST, network_for

AS_A_WORKER = """
import time
from app import runs
from app.widgets import digit_training
from lessons.inside_a_network.state import State
digit_training.record(State(epochs=1, batch=1437))
took = []
for seed in (501, 502):
    began = time.process_time()
    runs.squeezed(digit_training.record(State(seed=seed)))
    took.append(time.process_time() - began)
print(min(took))
"""
OWN = Asked(1, ((None, 0.1, 32),), 20)


@pytest.fixture(scope='module')
def twenty():
    learning._kept.clear()
    return learnt(OWN)


def engine(epochs, batch=32, seed=1, rate=0.1):
    given = digits()
    return train(started(seed), given.train_x, given.train_y, 'cross_entropy', rate, epochs, batch, seed, dtype='float32')


def film(**values):
    state = State(**values)
    run = digit_training.record(state)
    runs.check(run, digit_training.draw(state, 'wide'))
    return state, run


def test_it_is_the_engines_own_training_bit_for_bit(twenty):
    run = engine(20)
    assert (twenty.weights == run.parameters[-1]).all() and not twenty.lost
    assert [epoch.losses[0] for epoch in twenty.epochs] == pytest.approx(run.losses)


def test_twenty_epochs_learn_to_tell_digits_that_were_never_seen(twenty):
    start, end = twenty.epochs[0], twenty.epochs[-1]
    assert start.losses[0] == pytest.approx(np.log(10), abs=0.2) and start.right[1] < 0.25
    assert end.right[1] > 0.96
    said = predict(learning_network(twenty), digits().test_x).argmax(axis=1)
    assert (said == end.said).all() and (said == digits().test_y).mean() == pytest.approx(end.right[1])
    assert not {x.tobytes() for x in digits().train_x} & {x.tobytes() for x in digits().test_x}


def learning_network(came):
    state = State()
    state.learns((OWN, came.weights))
    return network_for(state.trained_key())


def test_twenty_epochs_with_their_film_take_less_than_a_second():
    took = float(subprocess.check_output([sys.executable, '-c', AS_A_WORKER], env=os.environ | dict.fromkeys(ONE_THREAD, '1')))
    assert took < 1


def test_what_was_stopped_is_what_would_have_been_asked_for_and_goes_on_from_there():
    learning._kept.clear()

    def stop(epochs):
        if len(epochs) == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        learnt(OWN, stop)
    told = []
    seven = learnt(OWN._replace(epochs=7), told.append)
    assert not told, 'it was all there'
    assert (seven.weights == engine(7).parameters[-1]).all()
    on = learnt(OWN._replace(epochs=12), lambda epochs: told.append(len(epochs)))
    assert told == [9, 10, 11, 12, 13] and (on.weights == engine(12).parameters[-1]).all()


def test_another_rate_or_batch_at_any_moment_leaves_what_was_before():
    learning._kept.clear()
    legs = Asked(4, ((5, 0.1, 32), (9, 0.02, 32), (None, 0.02, 8)), 11)
    before = learnt(Asked(4, ((None, 0.1, 32),), 11))
    changed = learnt(legs)
    assert [a.losses for a in changed.epochs[:6]] == [b.losses for b in before.epochs[:6]]
    run = continue_run(engine(5, seed=4), 5, 0.02, 4)
    run = continue_run(run._replace(task=run.task._replace(batch=8)), 9, 0.02, 2)
    assert (changed.weights == run.parameters[-1]).all()
    learning._kept.clear()
    assert (learnt(legs).weights == changed.weights).all(), 'nor does it matter what was kept'


def test_late_weights_are_kept_now_and_then_only_and_found_all_the_same():
    learning._kept.clear()
    asked = Asked(2, ((None, 0.1, 512),), 45)
    learnt(asked)
    walk, = learning._kept
    assert [k for k, epoch in enumerate(walk.epochs) if epoch.weights is not None] == [*range(25), 32, 45]
    assert (learnt(asked._replace(epochs=37)).weights == engine(37, 512, 2).parameters[-1]).all()
    for seed in range(10, 20):
        learnt(Asked(seed, ((None, 0.1, 1437),), 1))
    assert len(learning._kept) == 3


def test_the_film_shows_the_training(twenty):
    _, run = film()
    assert run['frames'] == 21 and run['labels'][0].startswith('The start') and run['labels'][-1].startswith('After epoch 20: ')
    truth = digits().test_y
    for k in (0, 20):
        x, y, texts = (run['tracks'][f'answers.{field}'][k] for field in ('x', 'y', 'text'))
        counts = np.zeros((10, 10))
        counts[(9.5 - y).astype(int), (x - 0.5).astype(int)] = [int(text) for text in texts]
        assert np.array_equal(counts, confusion(twenty.epochs[k].said, truth, 10)) and np.sum(counts) == 360
    end = twenty.epochs[-1]
    wrong = np.flatnonzero(end.said != truth)
    texts = run['tracks']['words-0.text'][-1] + run['tracks']['words-1.text'][-1]
    assert sorted(filter(None, texts)) == sorted(f'{truth[k]} → {end.said[k]}' for k in wrong) and len(wrong) < 12
    assert run['tracks']['gallery-name.text'][-1] == f'{len(wrong)} mistakes, the surest first'
    assert f'{360 - len(wrong)} of 360' in run['says']
    assert run['tracks']['cover-0.w'][-1][-1] + run['tracks']['cover-1.w'][-1][-1] == 12 - len(wrong)
    assert len(set(run['tracks']['added.pixels'][0])) == 1, 'nothing has been added at the start'
    assert len(set(run['tracks']['added.pixels'][-1])) > 20


def test_a_cell_shows_the_digits_in_it(twenty):
    state = State()
    state.param.update(**digit_training.gesture(state, 'heat', [77, 0]))
    assert state.cell == 77 and digit_training.gesture(state, 'heat', [77, 0]) == {'cell': -1}, 'and back to all'
    _, run = film(cell=77)
    n = int(((digits().test_y == 7) & (twenty.epochs[-1].said == 7)).sum())
    assert run['tracks']['gallery-name.text'][-1] == f'{n} of the 7s told right'
    assert run['tracks']['words-1.text'][-1] == ['7 → 7'] * 6


@pytest.mark.parametrize(('values', 'says', 'offers'), [
    ({'train_rate': 10.0}, 'Epoch 1 throws the weights out of reach: rate 10', {'train_rate': 0.1, 'changes': []}),
    ({'train_rate': 1e6, 'epochs': 3}, 'out of reach', {'train_rate': 0.1, 'changes': []}),
    ({'train_rate': 1.0, 'epochs': 8}, 'ReLU is 0 for every digit', {'train_rate': 0.1, 'changes': []}),
    ({'train_rate': 3.0, 'batch': 1437, 'epochs': 2}, 'larger than at the start', {'train_rate': 0.1, 'changes': []}),
    ({'batch': 1, 'epochs': 4}, 'guessing', {'train_rate': 0.01, 'changes': []}),
    ({'batch': 1437, 'train_rate': 0.001, 'epochs': 2}, 'hardly begun', {'epochs': 22}),
    ({'epochs': 1}, 'told right', {'epochs': 21}),
    ({'epochs': MOST, 'batch': 1437}, 'told right', {}),
])
def test_whatever_becomes_of_it_is_told_with_a_way_on(values, says, offers):
    _, run = film(**values)
    assert says in run['says'] and run['sets'] == offers and bool(run['rescue']) == bool(offers)
    assert run['onward'] is ('epochs' in offers or not offers)
    assert run['frames'] <= 25 and len(runs.squeezed(run).data) < 250_000, 'short and light'
    assert not re.search(r'nan|inf\b', ' '.join(run['labels']) + run['says'])


def test_there_is_an_end_to_going_on():
    assert onward(State(), 190, False) == ('Continue: 10 more epochs', {'epochs': 200})


def test_one_digit_to_a_step_needs_a_smaller_rate():
    _, run = film(batch=1, train_rate=0.01, epochs=3)
    assert float(re.search(r'([\d.]+) %', run['says']).group(1)) > 90


def test_changes_on_the_way_are_legs():
    state = State()
    assert state.changed_at(0, {'train_rate': 1}) == {'train_rate': 1, 'changes': []}
    assert state.changed_at(7, {'train_rate': 1}) == {'train_rate': 1, 'changes': [[7, 0.1, 32]]}
    assert state.changed_at(7, {'batch': 32}) == {'batch': 32, 'changes': []}, 'the same is no change'
    assert state.changed_at(7, {'epochs': 30}) == {'epochs': 30}
    state.param.update(changes=[[7, 0.1, 32]], batch=1, train_rate=0.01)
    assert state.legs() == ((7, 0.1, 32), (None, 0.01, 1))
    assert state.asked().settings() == [(0.1, 32)] * 7 + [(0.01, 1)] * 13
    assert state.changed_at(3, {'batch': 8})['changes'] == [[3, 0.1, 32]]
    assert state.changed_at(12, {'batch': 8})['changes'] == [[7, 0.1, 32], [12, 0.01, 1]]
    assert state.restarted() == {'train_rate': 0.1, 'batch': 32, 'changes': []}
    assert state.new_training() == {'seed': 2, 'changes': []} == {**state.changed_at(4, {'seed': 2})}
    state.param.update(changes=[[3, -1, 32], [4, 0.1, 33], [5, 0.1, 2.5]])
    assert state.legs() == ((None, 0.01, 1),), 'what somebody forged counts for nothing'
    many = State(changes=[[k, 0.1, 32 if k % 2 else 8] for k in range(1, 41)])
    assert len(many.changed_at(60, {'batch': 64})['changes']) == 40


def test_a_network_is_there_as_long_as_somebody_has_it(twenty):
    state = State(weights='yours')
    assert state.untrained() and state.trained_words() == 'not trained yet'
    state.learns((OWN, twenty.weights))
    key = state.trained_key()
    assert not state.untrained() and state.trained_words() == '20 epochs, at rate 0.1, 32 digits to a step'
    assert (predict(state.network(), digits().test_x).argmax(axis=1) == twenty.epochs[-1].said).all()
    assert (parameters(state.network()) == twenty.weights).all() and state.network().layers[0].W.dtype == np.float32
    other = State()
    other.learns((OWN, twenty.weights))
    assert network_for(key) is network_for(other.trained_key()), 'shared by all who trained the same'
    state.seed = 5
    assert state.untrained(), 'another start, and it is not this network'
    state.seed = OWN.seed
    weights, named = weakref.ref(state.network().layers[0].W), state.network_key()
    assert state.unit_says() and state.unit_likes() and state.step_verdict(), 'what is kept of it is not all of it'
    del other
    state.taught = None
    gc.collect()
    assert network_for(key) is None and weights() is None
    with pytest.raises(LookupError):
        network_of(named)


def test_it_is_drawn_before_anything_has_run():
    for width in ('wide', 'narrow'):
        scene = digit_training.draw(State(), width)
        check(scene)
        assert sum(map(int, scene['marks']['answers']['text'])) == 360
    assert set(BATCHES.values()) <= {*range(1, 1438)}


def test_on_a_page_the_network_that_was_trained_looks_at_the_picture():
    answers = []
    host = Host(read_lesson('inside-a-network'), lambda data: answers.append(unpack(data)))
    name = next(name for name, placement in host.placements.items() if placement.widget == 'digit-training')
    host.receive({'seq': 1, 'do': 'restore', 'params': {'weights': 'yours', 'epochs': 2}, 'guesses': {}})
    before = host.state.probabilities()
    host.receive({'seq': 2, 'do': 'run', 'widget': name})
    answer = answers[-1]
    assert 'runs' in answer and 'learnt' not in answer['runs'][name] and len(answer.get('widgets', {})) > 0
    assert '2 epochs' in answer['values']['trained_words']
    assert not np.allclose(host.state.probabilities(), before) and host.state.weights_words() == 'trained by you'
    host.receive({'seq': 3, 'do': 'press', 'widget': name, 'what': 'rescue'})
    assert host.state.epochs == 22 and '22 epochs' in answers[-1]['values']['trained_words']


def test_the_words_say_what_is_so():
    text = read_lesson('inside-a-network').texts
    words = ' '.join(text)
    state = State()
    assert -(-len(digits().train_y) // state.batch) == 45 and '45 steps' in ' '.join(p.body_html for p in
                                                                                     read_lesson('inside-a-network').placements)
    assert f'{np.log(10):.2f}' in words and state.learnt_from() == '1,437' and state.unseen() == '360'
    assert state.right_after_one_epoch() == pytest.approx(100 * learnt(OWN._replace(epochs=1)).epochs[-1].right[1], abs=0.05)
    far = learnt(OWN._replace(epochs=60))
    (before, unseen_before), (after, unseen_after) = far.epochs[20].losses, far.epochs[60].losses
    assert after < before / 5 and unseen_after > 0.8 * unseen_before and far.epochs[-1].right[0] > 0.995, 'by heart'
