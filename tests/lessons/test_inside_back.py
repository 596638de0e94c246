"""The walk back inside a network, judged by the engine: the factors, the slopes, one step, and what it says of it."""
import numpy as np
import pytest

from app import runs
from app.scene import check
from app.widgets import back_through
from app.widgets.back_through_run import AGAIN, AT_FACTOR, FRAMES, LIT
from app.widgets.signed import shades
from core.backprop import backward
from core.classification import accuracy
from core.data import digits
from core.network import forward, predict
from core.trace import trace
from core.training import step
from lessons.inside_a_network.one_step import share
from lessons.inside_a_network.state import State

PICTURES = [{}, {'example': 317}, {'weights': 'start'}, {'shows': 'own'}, {'shows': 'own', 'drawing': '_' * 130 + '8'}]


def slopes(state):
    return backward(state.network(), state.picture(), [state.truth()], 'cross_entropy').layers


def text(scene, key):
    return scene['marks'][key]['text']


@pytest.mark.parametrize('given', PICTURES)
def test_what_comes_back_is_what_the_engines_walk_back_finds(given):
    state = State(**given)
    seen, true = state.back(), trace(state.network(), state.picture(), state.truth(), 'cross_entropy')
    assert seen.loss == pytest.approx(true.loss)
    for mine, theirs in zip(seen.by_z, true.by_z, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-12)
    assert seen.by_a[0] == pytest.approx(true.by_a[2][state.truth()])
    np.testing.assert_allclose(seen.by_a[1], true.by_a[1], atol=1e-12)
    np.testing.assert_allclose(seen.by_a[2], true.by_a[0], atol=1e-12)
    for k, layer in enumerate(slopes(state), 1):
        assert seen.steepest(k) == pytest.approx((np.abs(layer.W).max(), np.abs(layer.b).max()))
    np.testing.assert_allclose(state.slopes_of_unit(), slopes(state)[0].W[state.slopes_unit()], atol=1e-12)


def test_the_seven_factors_multiplied_are_the_slopes_of_the_first_layer():
    """Matrix by matrix, as the factors stand there, with the slopes of softmax written out."""
    state = State(example=317)
    seen, layers = state.back(), state.network().layers
    by_p = np.zeros(10)
    by_p[seen.truth] = -1 / seen.p[seen.truth]
    of_softmax = np.diag(seen.p) - np.outer(seen.p, seen.p)
    product = by_p @ of_softmax @ layers[2].W @ np.diag(seen.taken[2] > 0) @ layers[1].W @ np.diag(seen.taken[1] > 0)
    np.testing.assert_allclose(np.outer(product, seen.taken[0]), slopes(state)[0].W, atol=1e-12)
    shapes = [shape for *_, shape, _ in back_through.FACTORS]
    assert shapes == ['10', '10 × 10', '10 × 64', '64', '64 × 128', '128', '784'] and len(back_through.UPDATES) == 6


@pytest.mark.parametrize('rate', [0.001, 0.05, 3.0])
@pytest.mark.parametrize('given', PICTURES[:4])
def test_one_step_is_the_engines_step_though_no_weight_is_made_anew_for_it(given, rate):
    state = State(step_rate=rate, **given)
    network = step(state.network(), backward(state.network(), state.picture(), [state.truth()], 'cross_entropy'), rate)
    then = state.stepped()
    np.testing.assert_allclose(then.p, forward(network, state.picture()).output[0], atol=1e-9)
    said, labels = predict(network, digits().test_x), digits().test_y
    assert then.right_after / 360 == pytest.approx(accuracy(said, labels))
    assert then.alike == (said.argmax(axis=1) == state.truth()).sum()
    assert then.right / 360 == pytest.approx(accuracy(predict(state.network(), digits().test_x), labels))


def test_a_step_helps_the_picture_that_was_asked():
    state = State(example=317)
    assert state.truth() == 3 and state.back().p.argmax() == 5, 'it takes this three for a five'
    assert state.stepped().p.argmax() == 3, 'and after one step no more'
    drawn = back_through.draw(state, 'wide')
    assert text(drawn, 'own-value') == f'{state.before_share()} → {state.after_share()}'
    assert text(drawn, 'loss') == f'L = −ln p: {state.before_loss()} → {state.after_loss()}'
    assert 'has gained' in state.step_verdict() and state.after_share() in state.step_verdict()
    assert float(state.before_loss()) == pytest.approx(-np.log(state.back().p[3]), abs=0.001)


def test_it_says_what_broke_and_why_nothing_moves():
    assert 'Too far' in State(example=317, step_rate=1.0).step_verdict()
    assert 'for a 7' in State(step_rate=1e6).step_verdict()
    assert 'sure already' in State(example=0).step_verdict()
    assert 'shows nowhere' in State(shows='own', step_rate=1e-4).step_verdict()


def test_a_picture_that_is_worse_off_after_its_own_step_is_told_so(monkeypatch):
    """It does not happen with the weights of this page, but nobody knows what a reader trains."""
    then = State(example=317).stepped()
    monkeypatch.setattr(State, 'stepped', lambda self: then._replace(p=np.full(10, 0.1)))
    assert 'Even this picture is worse off' in State(example=317).step_verdict()


def test_who_is_wholly_sure_learns_nothing_at_all_but_a_shut_network_still_has_a_bias(monkeypatch):
    shut = State(shows='own', weights='start', step_rate=1.0)
    assert not any(shut.back().steepest(layer)[0] for layer in (1, 2, 3)), 'all sums are 0, and ReLU lets none of them through'
    assert 'has gained' in shut.step_verdict(), 'the biases of the last layer have a slope'
    sure = State().back()._replace(p=np.eye(10)[7], by_z=tuple(np.zeros(n) for n in (128, 64, 10)))
    monkeypatch.setattr(State, 'back', lambda self: sure)
    assert State().step_verdict().startswith('Nothing comes back')


def test_shares_never_claim_certainty():
    texts = [share(p).replace('\xa0', ' ') for p in (0.5, 0.412, 0.9996, 0.99983, 0.999999999, 1.0, 0.0004, 1e-12, 0.0)]
    assert texts == ['50.0 %', '41.2 %', '99.96 %', '99.983 %', 'over 99.9999 %', 'over 99.9999 %', '0.04 %',
                     '1 × 10⁻¹⁰ %', '0 %']


@pytest.mark.parametrize('given', [*PICTURES, {'example': 0}, {'step_rate': 1e6}, {'step_rate': 1e-6}, {'layer': 1, 'unit': 3}])
@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_it_can_be_drawn_and_played_whatever_is_drawn(given, width):
    state = State(**given)
    scene, run = back_through.draw(state, width), back_through.record(state)
    check(scene)
    runs.check(run, scene)
    assert run['frames'] == FRAMES == len(LIT)


def test_played_each_factor_has_its_moment_and_nothing_is_known_before():
    state = State(example=317)
    run, seen = back_through.record(state), state.back()
    for k in range(FRAMES):
        shown = runs.moment(run, k)
        assert shown['factors']['inks'].count('now') == (k in AT_FACTOR)
        assert [ink != 'later' for ink in shown['factors']['inks']] == [moment <= k for moment in AT_FACTOR]
        assert bool(np.any(shown['blame']['h'])) == (k >= 3)
        assert ('→' in shown['own-value']['text']) == (k >= AGAIN)
    assert runs.moment(run, 5)['two']['pixels'].tolist() == shades(seen.by_a[1]).tolist(), 'what has come to the units'
    assert runs.moment(run, 6)['two']['pixels'].tolist() == shades(seen.by_z[1]).tolist(), 'what their bends let through'
    assert runs.moment(run, 4)['two']['pixels'].tolist() == shades(np.zeros(64)).tolist()
    told = run['labels'][AT_FACTOR[1]]
    assert told.startswith('Upstream −1/p · local slopes of softmax') and '−0.579' in told
    assert not np.any(run['steps']), 'who changes a rate of the training meanwhile begins it anew'
    end = runs.moment(run, FRAMES - 1)
    assert end['cover']['w'] == [0.0] and end['says-0']['class'] == '', 'at the end all is there that was there at rest'


def test_the_unit_that_is_pressed_is_shown_unless_it_is_shut():
    state = State()
    deltas = state.back().by_z[0]
    open_unit, shut_unit = int(np.flatnonzero(deltas)[5]), int(np.flatnonzero(deltas == 0)[0])
    assert back_through.gesture(state, 'one', [open_unit, 0]) == {'layer': 1, 'unit': open_unit}
    assert State(layer=1, unit=open_unit).slopes_unit() == open_unit
    shut = State(layer=1, unit=shut_unit)
    assert shut.slopes_unit() == np.abs(deltas).argmax() and f'unit {shut_unit} too' in text(
        back_through.draw(shut, 'wide'), 'size-one-1')


def test_a_run_is_told_from_another_by_all_that_it_shows():
    state, keys = State(), set()
    changes = {'example': 5, 'weights': 'start', 'seed': 4, 'step_rate': 0.5, 'unit': 3, 'shows': 'own', 'meant': 2}
    for name, value in changes.items():
        state.param.update(**{name: value})
        keys.add(runs.key(back_through, state, {}))
    assert len(keys) == 7


@pytest.mark.parametrize('example', [0, 222, 317])
def test_on_a_phone_what_is_said_of_p_minus_y_stays_on_the_paper_and_beside_what_stands_there(example):
    marks = back_through.draw(State(example=example), 'narrow')['marks']
    said, there = marks['back-p-name'], marks['there-p-name']
    letter = 7.5                            # as wide as most are, or a little wider
    assert said['anchor'] == 'end' and said['x'] <= 336
    assert there['x'] + letter * len(there['text']) < said['x'] - letter * len(said['text'])
    shut, steep = marks['size-one-1'], marks['size-one-0']
    assert shut['y'] != steep['y'] or shut['x'] + letter * len(shut['text']) < steep['x']
