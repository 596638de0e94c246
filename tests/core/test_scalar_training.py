"""Twenty steps of the lecture's loop, over many starts, as counted numbers."""
import math

import numpy as np
import pytest

from core import network
from core.derivative import gradient
from core.replay import Replay
from core.scalar_network import MLP
from core.scalar_training import EXAMPLES, TARGETS, squared_error, train


def by_hand(mlp, rate, steps, zero_grad=True):
    """The loop as the lecture writes it, a new graph in each step."""
    losses = []
    for _ in range(steps + 1):
        predicted = [mlp(x) for x in EXAMPLES]
        loss = sum((out - y) ** 2 for y, out in zip(TARGETS, predicted, strict=True))
        if zero_grad:
            mlp.zero_grad()
        loss.backward()
        losses.append(loss.data)
        before = [parameter.data for parameter in mlp.parameters()]
        for parameter in mlp.parameters():
            parameter.data += -rate * parameter.grad
    mlp.assign(before)  # the last step of all is one too many
    return losses


def twenty_steps(seeds, zero_grad=True):
    """Twenty steps at rate 0.1 from many starts, one recorded graph for all: losses (seeds, 21)."""
    recorded = MLP(3, [4, 4, 1])
    replay = Replay(squared_error(recorded, EXAMPLES, TARGETS), recorded.parameters())
    losses = np.empty((seeds, 21))
    for seed, row in enumerate(losses):
        net = network.new_network((3, 4, 4, 1), seed, activation='tanh', output='tanh')
        numbers = np.concatenate([np.column_stack([layer.W, layer.b]).ravel() for layer in net.layers])
        pull = 0
        for step in range(21):
            row[step], slopes = replay(numbers)
            pull = slopes if zero_grad else pull + slopes
            numbers = numbers - 0.1 * pull
    return losses


@pytest.fixture(scope='module')
def starts():
    return twenty_steps(500)


def test_the_median_loss_falls_from_5_7_to_0_018_in_twenty_steps(starts):
    def within(values, middle):
        """Whether the median may be `middle`: 50 % ± 3 standard errors of 500 starts lie below it."""
        return abs((values < middle).mean() - 0.5) < 3 * math.sqrt(0.25 / 500)

    assert within(starts[:, 0], 5.7)
    assert within(starts[:, 20], 0.018)
    assert np.median(starts[:, 0]) == pytest.approx(5.7, abs=0.35)
    assert np.median(starts[:, 20]) == pytest.approx(0.018, abs=0.001)


def test_98_to_99_of_100_starts_end_below_a_tenth_and_about_one_is_stuck(starts):
    share, stuck = (starts[:, 20] < 0.1).mean(), (starts[:, 20] >= 1).mean()
    assert abs(share - 0.985) < 3 * math.sqrt(0.985 * 0.015 / 500)
    assert 0 < stuck < 0.01 + 3 * math.sqrt(0.01 * 0.99 / 500)


def test_38_of_100_starts_do_not_go_down_in_every_step(starts):
    wavering = (np.diff(starts) > 0).any(axis=1).mean()
    assert abs(wavering - 0.38) < 3 * math.sqrt(0.38 * 0.62 / 500)


def test_those_are_the_losses_that_training_gives(starts):
    for seed in (0, 1, 499):
        trained = train(MLP(3, [4, 4, 1], seed=seed), EXAMPLES, TARGETS, rate=0.1, steps=20)
        assert trained.losses == pytest.approx(starts[seed], rel=1e-9)


@pytest.mark.parametrize('zero_grad', [True, False])
@pytest.mark.parametrize('activation', ['tanh', 'relu'])
def test_training_is_the_loop_of_the_lecture(activation, zero_grad):
    rate = 0.1 if activation == 'tanh' else 0.003
    mlp = MLP(3, [4, 4, 1], activation, seed=6)
    before = [parameter.data for parameter in mlp.parameters()]
    trained = train(mlp, EXAMPLES, TARGETS, rate, steps=20, zero_grad=zero_grad)
    assert [parameter.data for parameter in mlp.parameters()] == before == trained.parameters[0].tolist()
    assert (trained.verdict, trained.says) == ('finished', 'All 20 steps were taken.')
    assert trained.losses == pytest.approx(by_hand(mlp, rate, 20, zero_grad), rel=1e-9)
    assert trained.parameters.shape == (21, 41)
    assert trained.parameters[-1] == pytest.approx([parameter.data for parameter in mlp.parameters()], rel=1e-9)


def test_without_zeroing_the_gradients_one_start_in_five_ends_stuck_and_the_others_rush_down(starts):
    careless = twenty_steps(300, zero_grad=False)
    stuck = (careless[:, 20] >= 1).mean()
    assert abs(stuck - 0.22) < 3 * math.sqrt(0.22 * 0.78 / 300)
    assert stuck > 5 * (starts[:, 20] >= 1).mean()
    assert np.median(careless[:, 20]) < 1e-6 < np.median(starts[:, 20])  # old slopes that still pull are a momentum
    trained = train(MLP(3, [4, 4, 1], seed=299), EXAMPLES, TARGETS, rate=0.1, steps=20, zero_grad=False)
    assert trained.losses == pytest.approx(careless[299], rel=1e-9)


def test_nudging_each_of_the_41_numbers_gives_the_gradient_of_the_loss():
    mlp = MLP(3, [4, 4, 1], seed=8)
    numbers = np.array([parameter.data for parameter in mlp.parameters()])
    squared_error(mlp, EXAMPLES, TARGETS).backward()
    slopes = [parameter.grad for parameter in mlp.parameters()]

    def loss(point):
        mlp.assign(point)
        return squared_error(mlp, EXAMPLES, TARGETS).data

    assert slopes == pytest.approx(gradient(loss, numbers), rel=1e-6, abs=1e-8)


def test_the_loss_is_the_sum_of_the_squares():
    mlp = MLP(3, [4, 4, 1], seed=1)
    loss = squared_error(mlp, EXAMPLES, TARGETS)
    assert loss.data == pytest.approx(sum((mlp(x).data - y) ** 2 for x, y in zip(EXAMPLES, TARGETS, strict=True)))
    assert loss.label == 'L'
    assert squared_error(mlp, EXAMPLES[:1], TARGETS[:1]).data == pytest.approx((mlp(EXAMPLES[0]).data - 1) ** 2)
    assert squared_error(mlp, np.array(EXAMPLES), np.array(TARGETS)).data == loss.data


@pytest.mark.parametrize('rate', [1.0, 1e90])
def test_relus_with_a_large_rate_diverge_with_a_sentence_and_every_record_is_finite(rate):
    trained = train(MLP(3, [4, 4, 1], 'relu', seed=6), EXAMPLES, TARGETS, rate, steps=200)
    assert trained.verdict == 'diverged'
    assert trained.says.startswith(f'Step {len(trained.losses)} went wrong: ')
    assert trained.says.endswith('.')
    assert len(trained.losses) == len(trained.parameters) < 201
    assert np.isfinite(trained.losses).all() and np.isfinite(trained.parameters).all()


def test_no_steps_and_no_rate_are_fine():
    mlp = MLP(3, [4, 4, 1], seed=1)
    assert len(train(mlp, EXAMPLES, TARGETS, 0.1, 0).losses) == 1
    assert train(mlp, EXAMPLES, TARGETS, 0, 3).losses == pytest.approx(np.full(4, squared_error(mlp, EXAMPLES, TARGETS).data))


@pytest.mark.parametrize(('wrong', 'sentence'), [
    (lambda mlp: squared_error(mlp, EXAMPLES, TARGETS[:3]), '4 examples and 3 targets'),
    (lambda mlp: squared_error(mlp, [], []), 'xs is empty'), (lambda mlp: squared_error(mlp, None, TARGETS), 'xs holds'),
    (lambda mlp: squared_error(mlp, EXAMPLES, 3), 'one row'), (lambda mlp: squared_error(mlp, [[1, 2]], [1]), 'x has 2'),
    (lambda mlp: squared_error(MLP(3, [4, 2]), EXAMPLES, TARGETS), '2 outputs'),
    (lambda mlp: squared_error(mlp, EXAMPLES, [1, 2, 3, np.nan]), 'nan'),
    (lambda mlp: train(mlp, EXAMPLES, TARGETS, -1, 5), 'rate is -1'),
    (lambda mlp: train(mlp, EXAMPLES, TARGETS, 0.1, 2.5), 'steps is 2.5'),
    (lambda mlp: train(mlp, EXAMPLES, TARGETS, np.inf, 5), 'rate holds inf')])
def test_what_does_not_fit_is_said_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        wrong(MLP(3, [4, 4, 1]))
    assert 'need' in str(caught.value)
