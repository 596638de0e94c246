"""Training as a record: what is in it, that it can be taken up anywhere, and what it says when the weights fly away."""
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.backprop import LOSSES, backward, loss_of
from core.classification import accuracy
from core.curvature import hessian
from core.data import BITS, OR, XOR, digits, spiral
from core.layers import Layer, Network, count_parameters, parameters, with_parameters
from core.network import forward, new_network, predict
from core.run import VERDICTS
from core.schedule import marks, orders, rate_at, rates
from core.training import continue_run, step, train, train_many, train_plainly

# the lecture's four examples for MLP(3, [4, 4, 1])
FOUR = np.array([[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]])
SIGNS = np.array([[1.0], [-1], [-1], [1]])


def right(run, target=XOR):
    """For each frame: is every output on the right side of 0.5?"""
    return ((run.predictions > 0.5) == (target > 0.5)).all(axis=(1, 2))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(LOSSES), st.one_of(st.none(), st.integers(1, 8)), st.floats(0, 0.5),
       st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_a_run_ends_where_plain_training_ends(seed, loss, batch, rate, sizes):
    chance = np.random.default_rng(seed)
    x = chance.normal(size=(6, sizes[0]))
    target = chance.integers(0, sizes[-1], 6) if loss == 'cross_entropy' else chance.uniform(size=(6, sizes[-1]))
    network = new_network(sizes, chance, output='softmax' if loss == 'cross_entropy' else 'sigmoid')
    run = train(network, x, target, loss, rate, epochs=5, batch=batch, seed=seed)
    plain = train_plainly(network, x, target, loss, rate, epochs=5, batch=batch, seed=seed)
    assert run.parameters[-1] == pytest.approx(parameters(plain), rel=1e-11, abs=1e-12)
    assert run.verdict == 'finished' and run.epochs.tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(('output', 'target', 'loss'), [
    ('sigmoid', XOR, 'sum_squared_error'), ('tanh', XOR, 'mean_squared_error'), ('softmax', XOR[:, 0], 'cross_entropy')])
def test_every_frame_shows_its_network_with_its_predictions_and_its_loss(output, target, loss):
    sizes = (2, 4, 2) if output == 'softmax' else (2, 4, 1)
    run = train(new_network(sizes, 0, output=output), BITS, target, loss, rate=0.5, epochs=40, shown=5)
    assert run.epochs.tolist() == [0, 10, 20, 30, 40]
    for index, epoch in enumerate(run.epochs):
        network = run.network_at(epoch)
        assert (parameters(network) == run.parameters[index]).all()
        assert run.predictions[index] == pytest.approx(forward(network, BITS).output, abs=1e-14)
        assert run.losses[index] == pytest.approx(loss_of(network, BITS, target, loss), rel=1e-12)
    assert (parameters(run.network(-1)) == run.parameters[-1]).all()


def test_what_is_shown_does_not_change_what_is_learnt():
    for batch in (None, 1):
        every = train(new_network((2, 4, 1), 0), BITS, XOR, rate=2, epochs=300, batch=batch, seed=4)
        some = train(new_network((2, 4, 1), 0), BITS, XOR, rate=2, epochs=300, batch=batch, seed=4, shown=[7, 65, 129])
        assert some.epochs.tolist() == [0, 7, 65, 129, 300]
        assert (some.parameters == every.parameters[some.epochs]).all()
        assert (some.losses == every.losses[some.epochs]).all()


def test_shown_may_be_all_a_number_or_a_list():
    assert list(marks(None, 2, 5)) == [2, 3, 4, 5]
    assert marks(1, 0, 9) == marks(2, 0, 9) == marks([], 0, 9) == [0, 9]
    assert marks(200, 0, 3) == [0, 1, 2, 3]
    assert marks((8, 3, 3), 0, 9) == [0, 3, 8, 9]
    assert len(marks(201, 0, 2000)) == 201
    assert marks(5, 0, 0) == [0]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.sampled_from([None, 1, 3]), st.sampled_from(['float64', 'float32']),
       st.sampled_from([(2, 1), (2, 1, 1), (2, 4, 1)]), st.floats(0, 3))
def test_a_run_continued_is_to_the_last_bit_the_run_with_those_rates_from_the_start(before, more, batch, dtype, sizes, rate):
    network = new_network(sizes, 2, shortcut=sizes == (2, 1, 1))
    run = train(network, BITS, XOR, rate=1, epochs=12, batch=batch, seed=5, dtype=dtype)
    continued = continue_run(run, before, rate, more)
    whole = train(network, BITS, XOR, rate=[(0, 1), (before, rate)] if before else rate, epochs=before + more, batch=batch,
                  seed=5, dtype=dtype)
    for one, other in zip(continued[:4], whole[:4], strict=True):
        assert one.dtype == other.dtype and (one == other).all()
    assert continued.rates == whole.rates and continued.says == whole.says
    assert continued.parameters.dtype == dtype


def test_a_continued_run_can_be_continued_and_forgets_the_branch_it_left():
    network = new_network((2, 4, 1), 0)
    run = train(network, BITS, XOR, rate=1, epochs=100, batch=2)
    run = continue_run(run, 60, 5, 60)
    run = continue_run(run, 30, 2, 50, shown=[40])
    assert run.rates == ((0, 1.0), (30, 2.0))
    assert run.epochs.tolist() == [*range(31), 40, 80]
    assert (run.parameters[-1] == train(network, BITS, XOR, rate=[(0, 1), (30, 2)], epochs=80, batch=2).parameters[-1]).all()
    same = continue_run(run, 80, 2, 0)
    assert same.epochs.tolist() == run.epochs.tolist()


def test_a_rate_changes_in_the_epoch_that_it_names():
    network = new_network((2, 3, 1), 0)
    run = train(network, BITS, XOR, rate=[(0, 0.5), (3, 2.0)], epochs=5)
    for epoch, rate in enumerate([0.5, 0.5, 0.5, 2, 2]):
        before = run.network_at(epoch)
        after = step(before, backward(before, BITS, XOR), rate)
        assert run.parameters[epoch + 1] == pytest.approx(parameters(after), rel=1e-12)
    assert rate_at(rates([(0, 1), (5, 2)]), 4) == 1 and rate_at(rates([(0, 1), (5, 2)]), 5) == 2


@given(st.integers(1, 40), st.integers(0, 5), st.integers(0, 300), st.integers(1, 30))
def test_the_order_of_an_epoch_depends_on_the_seed_and_the_epoch_alone(n, seed, epoch, more):
    size = max(1, n // 2)
    here = list(orders(n, size, seed, epoch, epoch + more))
    assert len(here) == more
    if n == 1:
        assert here == [None] * more
        return
    assert all(sorted(order) == list(range(n)) for order in here)
    later = next(orders(n, size, seed, epoch + more - 1, epoch + more))
    assert (later == here[-1]).all()


def test_epochs_and_seeds_are_dealt_differently_and_each_order_equally_often():
    dealt = [tuple(order) for order in orders(20, 1, 0, 0, 500)]
    assert len(set(dealt)) == 500
    assert dealt != [tuple(order) for order in orders(20, 1, 1, 0, 500)]
    firsts = np.bincount([order[0] for order in orders(4, 1, 0, 0, 4000)])
    assert firsts.min() > 900 and firsts.max() < 1100


def test_one_example_at_a_time_takes_as_many_steps_as_there_are_examples():
    network, order = new_network((2, 3, 1), 0), next(orders(4, 1, 7, 0, 1))
    for example in order:
        network = step(network, backward(network, BITS[example], XOR[example]), 0.5)
    run = train(new_network((2, 3, 1), 0), BITS, XOR, rate=0.5, epochs=1, batch=1, seed=7)
    assert run.parameters[-1] == pytest.approx(parameters(network), rel=1e-12)


def test_a_step_moves_every_weight_against_its_slope_and_changes_nothing_else():
    network = new_network((2, 2, 1), 0)
    slopes = backward(network, BITS, XOR)
    moved = step(network, slopes, 0.25)
    assert parameters(moved) == pytest.approx(parameters(network) - 0.25 * parameters(slopes), rel=1e-15)
    assert (parameters(network) == parameters(new_network((2, 2, 1), 0))).all()


# When the weights fly away

@pytest.mark.parametrize('rate', [1e3, 1e6, 1e100, 1e300])
@pytest.mark.parametrize('batch', [None, 1])
@pytest.mark.parametrize('dtype', ['float64', 'float32'])
@pytest.mark.parametrize(('sizes', 'activation', 'output'), [
    ((2, 1), 'sigmoid', 'sigmoid'), ((2, 1), 'sigmoid', 'linear'), ((2, 4, 1), 'sigmoid', 'sigmoid'),
    ((2, 8, 8, 1), 'relu', 'linear'), ((2, 8, 8, 8, 1), 'relu', 'sigmoid'), ((2, 4, 1), 'tanh', 'linear')])
def test_whatever_the_rate_every_recorded_number_is_finite_and_the_verdict_clear(sizes, activation, output, rate, batch, dtype):
    run = train(new_network(sizes, 1, activation, output, start='scaled'), BITS, XOR, rate=rate, epochs=70, batch=batch,
                dtype=dtype, shown=10)
    assert all(np.isfinite(part).all() for part in run[:4])
    assert run.verdict in VERDICTS and run.says.endswith('.')
    assert len({len(part) for part in run[:4]}) == 1 and run.epochs[0] == 0
    if rate >= 1e100:
        assert run.verdict == 'diverged' and run.epochs.tolist() == [0] and run.says.startswith('Epoch 1 ')
    assert (run.verdict == 'finished') == (run.epochs[-1] == 70)
    assert all(np.isfinite(predict(run.network_at(epoch), BITS)).all() for epoch in run.epochs)


@pytest.mark.parametrize('shown', [None, 3, [70]])
def test_a_run_that_flies_away_keeps_all_that_came_before_and_names_the_epoch(shown):
    x, target = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.0], [3.0]])
    network, rate, far = Network((Layer([[0.0]], [0.0], 'linear'),)), 0.25, 0
    plain = network
    while np.linalg.norm(parameters(plain)) <= 1e6:
        plain, far = step(plain, backward(plain, x, target), rate), far + 1
    run = train(network, x, target, rate=rate, epochs=300, shown=shown)
    assert run.verdict == 'diverged'
    assert run.says.startswith(f'Epoch {far} ') and 'the rate 0.25 is too large' in run.says
    assert run.epochs[-1] == far - 1
    if shown is None:
        assert run.epochs.tolist() == list(range(far))
    assert (np.abs(run.parameters) < 1e6).all()
    taken_back = continue_run(run, run.epochs[-1], 0.05, 3000, shown=1)
    assert taken_back.verdict == 'finished' and taken_back.losses[-1] < 1e-6


def test_the_verdict_names_the_rate_that_was_too_large():
    run = train(new_network((2, 4, 1), 0, output='linear'), BITS, XOR, rate=[(0, 0.1), (30, 1e4)], epochs=60)
    assert run.verdict == 'diverged' and 30 <= run.epochs[-1] < 60 and 'the rate 10000 is too large' in run.says


def test_one_linear_layer_is_stable_up_to_the_rate_that_is_said():
    chance = np.random.default_rng(0)
    x, network = chance.normal(size=(30, 3)), new_network((3, 2), 0, output='linear')
    target = chance.normal(size=(30, 2))
    run = train(network, x, target, rate=1e-3, epochs=3)
    with_ones = np.column_stack([x, np.ones(30)])
    largest = 2 / np.linalg.eigvalsh(with_ones.T @ with_ones * 2 / 60).max()
    assert run.stable_rate == pytest.approx(largest, rel=1e-5)
    assert train(network, x, target, rate=0.99 * largest, epochs=2000, shown=1).verdict == 'finished'
    assert np.diff(train(network, x, target, rate=0.99 * largest, epochs=60).losses).max() < 0
    over = train(network, x, target, rate=1.02 * largest, epochs=2000, shown=1)
    assert over.verdict == 'diverged' and f'stable up to a rate of about {largest:.2g}.' in over.says
    assert over.stable_rate == pytest.approx(largest, rel=1e-5)


def test_the_stable_rate_of_a_network_is_two_over_its_largest_curvature_where_it_stands():
    run = train(new_network((2, 3, 1), 0), BITS, XOR, 'sum_squared_error', rate=2, epochs=3000, shown=1)

    def gradient(vector):
        return parameters(backward(with_parameters(run.task.network, vector), BITS, XOR, 'sum_squared_error'))

    assert run.stable_rate == pytest.approx(2 / np.linalg.eigvalsh(hessian(gradient, run.parameters[-1])).max(), rel=1e-6)


def test_where_no_stable_rate_can_be_said_none_is():
    assert train(new_network((2, 3, 1), 0), BITS, XOR, epochs=1, batch=2).stable_rate is None
    assert train(new_network((2, 30, 1), 0), BITS, XOR, epochs=1).stable_rate is None
    assert train(new_network((2, 1), 0, output='threshold'), BITS, XOR, epochs=1).stable_rate is None


# What the course says about training, recomputed

@pytest.mark.parametrize(('rate', 'updates'), [(0.1, 1743), (0.5, 348), (1, 174), (2, 86)])
def test_or_from_the_printed_snapshot_is_within_a_tenth_after_so_many_updates(rate, updates):
    run = train(Network((Layer([[-0.786, -0.276]], [-0.520]),)), BITS, OR, 'sum_squared_error', rate, epochs=2000)
    assert run.losses[0] == pytest.approx(1.921, abs=5e-4)
    near = (np.abs(run.predictions - OR) <= 0.1).all(axis=(1, 2))
    assert run.epochs[near][0] == updates and near[updates:].all()


@pytest.mark.parametrize('rate', [0.1, 1, 2])
def test_a_perceptron_from_a_small_start_answers_xor_with_a_half_everywhere(rate):
    for seed in range(5):
        run = train(new_network((2, 1), seed, spread=0.5), BITS, XOR, 'sum_squared_error', rate, epochs=5000, shown=1)
        assert run.predictions[-1] == pytest.approx(np.full((4, 1), 0.5), abs=1e-3)
        assert run.losses[-1] == pytest.approx(1, abs=1e-5)


def test_at_rate_10_a_perceptron_goes_round_and_round_on_xor_for_a_half_is_stable_only_up_to_2_5():
    half = Network((Layer([[0.0, 0.0]], [0.0]),))
    assert train(half, BITS, XOR, 'sum_squared_error', epochs=0).stable_rate == pytest.approx(2.51, abs=0.01)
    runs = [train(new_network((2, 1), seed, spread=0.1), BITS, XOR, 'sum_squared_error', 10, epochs=5000) for seed in range(12)]
    restless = [run for run in runs if np.ptp(run.losses[-100:]) > 0.02 and run.losses[-100:].min() > 1.2]
    assert len(restless) >= 10  # the others fall out on the side where three are right and one is wrong
    assert all(run.losses[-1] >= 1 - 1e-9 for run in runs)


def test_one_pattern_at_a_time_the_shortcut_network_learns_xor_at_rate_1_and_can_fail_at_2_or_more():
    def share(rate):
        runs = [train(new_network((2, 1, 1), seed, shortcut=True), BITS, XOR, 'sum_squared_error', rate, epochs=1500, batch=1,
                      seed=seed, shown=1) for seed in range(30)]
        return np.mean([right(run)[-1] for run in runs])

    assert share(1) > 0.85
    assert share(2) < 0.85
    assert share(4) < 0.5


def test_micrograds_network_learns_its_four_examples_in_twenty_updates():
    losses = np.array([train(new_network((3, 4, 4, 1), seed, 'tanh', 'tanh'), FOUR, SIGNS, 'sum_squared_error', 0.1, 20).losses
                       for seed in range(500)])
    assert np.median(losses[:, 0]) == pytest.approx(5.7, abs=0.2)
    assert np.median(losses[:, -1]) == pytest.approx(0.018, abs=0.003)
    assert 0.97 <= (losses[:, -1] < 0.1).mean() <= 1
    assert (losses[:, -1] >= 1).mean() < 0.025
    assert (np.diff(losses, axis=1) > 0).any(axis=1).mean() == pytest.approx(0.38, abs=0.07)
    assert count_parameters(new_network((3, 4, 4, 1), 0)) == 41


def test_a_large_network_reads_handwritten_digits_after_twenty_epochs():
    data = digits()
    network = new_network((784, 128, 64, 10), 0, 'relu', 'softmax', start='scaled')
    run = train(network, data.train_x, data.train_y, 'cross_entropy', rate=0.1, epochs=20, batch=32, dtype='float32', shown=2)
    assert count_parameters(network) == 109_386
    assert run.parameters.dtype == 'float32' and run.losses[-1] < 0.05
    assert accuracy(run.predictions[0], data.train_y) < 0.3
    assert accuracy(predict(run.network(-1), data.test_x), data.test_y) > 0.95


def test_two_hidden_layers_part_the_spiral_that_no_line_can_part():
    x, labels = spiral(300, seed=0)
    run = train(new_network((2, 8, 8, 1), 1, 'tanh', 'sigmoid'), x, labels, rate=1, epochs=400, batch=10, shown=1)
    assert right(run, labels).tolist() == [False, False] or right(run, labels)[-1]
    assert ((run.predictions[-1] > 0.5) == (labels > 0.5)).mean() > 0.97
    line = train(new_network((2, 1), 1), x, labels, rate=1, epochs=400, batch=10, shown=1)
    assert ((line.predictions[-1] > 0.5) == (labels > 0.5)).mean() < 0.75


# The small print

def test_nothing_given_is_changed_and_the_record_keeps_its_own_copy():
    network, x, target = new_network((2, 3, 1), 0), BITS.copy(), XOR.copy()
    run = train(network, x, target, rate=1, epochs=5, batch=2)
    assert (x == BITS).all() and (target == XOR).all() and (parameters(network) == run.parameters[0]).all()
    x[:] = 7
    assert (run.task.x == BITS).all()
    before = [part.copy() for part in run[:4]]
    continue_run(run, 2, 9.0, 5)
    assert all((one == other).all() for one, other in zip(before, run[:4], strict=True))


def test_a_run_can_be_sent_to_another_process():
    run = train(new_network((2, 3, 1), 0), BITS, XOR, rate=1, epochs=5)
    again = pickle.loads(pickle.dumps(run))
    assert (again.parameters == run.parameters).all() and again.stable_rate == run.stable_rate
    assert (continue_run(again, 3, 2, 4).parameters == continue_run(run, 3, 2, 4).parameters).all()


def test_progress_is_told_to_the_end_and_can_stop_the_work():
    told = []
    train(new_network((2, 3, 1), 0), BITS, XOR, epochs=1000, shown=1, progress=told.append)
    assert told == sorted(told) and told[-1] == 1

    def enough(share):
        raise InterruptedError(share)
    with pytest.raises(InterruptedError):
        train(new_network((2, 3, 1), 0), BITS, XOR, epochs=10**9, shown=1, progress=enough)


def test_no_epochs_make_a_run_of_one_frame():
    run = train(new_network((2, 3, 1), 0), BITS, XOR, epochs=0, progress=None)
    assert run.epochs.tolist() == [0] and run.verdict == 'finished' and run.predictions.shape == (1, 4, 1)


def test_train_many_is_found_here_as_well():
    assert train_many((2, 1), BITS, OR, networks=2, seed=0, rate=1, epochs=1).losses.shape == (2,)


NETWORK = new_network((2, 3, 1), 0)
RUN = train(NETWORK, BITS, XOR, epochs=5)


@pytest.mark.parametrize('wrong', [
    lambda: train(NETWORK, BITS, XOR, rate=-1), lambda: train(NETWORK, BITS, XOR, rate=np.inf),
    lambda: train(NETWORK, BITS, XOR, rate=np.nan), lambda: train(NETWORK, BITS, XOR, rate='fast'),
    lambda: train(NETWORK, BITS, XOR, rate=[(1, 0.1)]), lambda: train(NETWORK, BITS, XOR, rate=[]),
    lambda: train(NETWORK, BITS, XOR, rate=[(0, 0.1), (5, 1), (5, 2)]), lambda: train(NETWORK, BITS, XOR, rate=[0.1, 0.2]),
    lambda: train(NETWORK, BITS, XOR, rate=[(0, -0.1)]), lambda: train(NETWORK, BITS, XOR, epochs=-1),
    lambda: train(NETWORK, BITS, XOR, epochs=2.5), lambda: train(NETWORK, BITS, XOR, batch=0),
    lambda: train(NETWORK, BITS, XOR, seed=-1), lambda: train(NETWORK, BITS, XOR, seed=None),
    lambda: train(NETWORK, BITS, XOR, dtype='int8'), lambda: train(NETWORK, BITS, XOR, shown=[101]),
    lambda: train(NETWORK, BITS, XOR, shown=0), lambda: train(NETWORK, BITS, XOR, shown=[-1]),
    lambda: train(NETWORK, BITS, XOR, epochs=10**8), lambda: train(NETWORK, BITS, XOR[:3]),
    lambda: train(NETWORK, BITS[:, :1], XOR), lambda: train(NETWORK, BITS, XOR, 'cross_entropy'),
    lambda: train(NETWORK, BITS * np.nan, XOR), lambda: train(NETWORK, BITS * 1e60, XOR * 1e60, dtype='float32'),
    lambda: train('network', BITS, XOR), lambda: continue_run(RUN, 6, 0.1, 5), lambda: continue_run(RUN, 2.5, 0.1, 5),
    lambda: continue_run(RUN, 3, -1, 5), lambda: continue_run(RUN, 3, 0.1, -5), lambda: continue_run(RUN, 3, [(0, 1)], 5),
    lambda: continue_run(RUN, 3, 0.1, 5, shown=[2]), lambda: RUN.network_at(77), lambda: step(NETWORK, NETWORK, -1),
    lambda: step(NETWORK, new_network((2, 2, 1), 0), 1)])
def test_impossible_wishes_are_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match='need'):
        wrong()
