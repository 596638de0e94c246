"""What the lesson on minibatches claims, recomputed; and that its races are those of the engine."""
import numpy as np
import pytest

from app import player, runs
from app.lesson_format import FOLDER
from app.scene import check
from app.widgets import race, three_walks
from core.data import PRICE, SQFT
from core.loss import mean_squared_error
from core.models import least_squares, line, line_through, standardised
from core.optimizers import descend_by
from core.stochastic import descend_in_minibatches, examples_seen
from lessons.stochastic import valley
from lessons.stochastic.grounds import BEST, GROUNDS, POINTS, SIZES
from lessons.stochastic.race import PASSES, STEPS, dance, smoothed
from lessons.stochastic.state import OWN, State, loss_text

RACES = [(on, clock) for on in ('bowl', 'houses') for clock in ('steps', 'work')]
EXTREMES = [{}, {'rate': 1e-6}, {'rate': 1e6}, {'rate': 1.0}, {'batch': 1, 'few': 1}, {'batch': 128, 'few': 24},
            {'batch': 1, 'few': 1, 'rate': 0.5}, {'start_x': 0.0, 'start_y': 0.0}, {'start_x': 4.0, 'start_y': -4.0},
            {'changes': [[7, 0.5], [20, 1e6]]}]


# ---- the two grounds ----

def test_the_bowl_comes_from_points_and_both_losses_start_at_exactly_10_25():
    found, start = OWN.race('bowl', 'steps'), np.array(OWN.start('bowl'))
    assert (start == [2.5, 2.0]).all()
    assert found.full.heights[0] == found.few.heights[0] == 10.25
    assert OWN.begins_loss() == '10.250'
    away = ((start - POINTS) ** 2).sum(axis=1).mean()
    assert away - OWN.lowest() == pytest.approx(10.25, abs=1e-12), 'the mean squared distance, above the lowest'


def test_step_by_step_the_full_batch_has_the_losses_of_the_book():
    assert OWN.race('bowl', 'steps').full.heights[:3] == pytest.approx([10.25, 6.56, 4.1984], rel=1e-12)
    assert [loss_text(loss) for loss in OWN.race('bowl', 'steps').full.heights[:3]] == ['10.250', '6.5600', '4.1984']


def test_the_houses_in_their_own_spread_are_a_round_bowl_and_start_at_the_first_line_of_the_course():
    ground = GROUNDS['houses']
    assert pytest.approx(standardised(SQFT)) == SIZES
    for place in (ground.start, BEST, np.array([0.0, 0.0])):
        loss = mean_squared_error(line(SIZES, *place), PRICE)
        assert ground.heights(place) == pytest.approx(loss - ground.lowest, abs=1e-8)
    first = mean_squared_error(line(SQFT, 0.2, 50.0), PRICE)
    assert ground.heights(ground.start) + ground.lowest == pytest.approx(first)
    assert line(SIZES, *BEST) == pytest.approx(line(SQFT, *least_squares(SQFT, PRICE)))


@pytest.mark.parametrize('on', GROUNDS)
def test_every_size_deals_the_examples_out_evenly_and_32_and_64_are_among_them(on):
    ground = GROUNDS[on]
    assert all(ground.n % size == 0 for size in ground.sizes)
    assert ground.sizes[0] == 1 and ground.sizes[-1] == ground.n
    assert {32, 64} <= set(GROUNDS['bowl'].sizes)
    text = (FOLDER / 'stochastic' / 'lesson.md').read_text('utf-8')
    assert '[32](?batch=32' in text and '[64](?batch=64' in text


def test_all_points_and_houses_are_inside_their_windows():
    assert np.abs(POINTS).max() < GROUNDS['bowl'].half
    assert (SQFT > 700).all() and (SQFT < 3000).all() and (PRICE > 100).all() and (PRICE < 600).all()


# ---- the walks ----

@pytest.mark.parametrize('on', GROUNDS)
@pytest.mark.parametrize('seed', [0, 1, 5])
def test_the_minibatch_walk_is_the_engines_bit_for_bit(on, seed):
    state, ground = State(seed=seed, batch=8, few=6), GROUNDS[on]
    ours = state.race(on, 'work').few
    theirs = descend_in_minibatches(ground.gradient, ground.start, 0.1, ground.n, state.size(on), PASSES, seed)
    assert (ours.path == theirs.path).all()


@pytest.mark.parametrize(('on', 'clock'), RACES)
def test_a_batch_of_all_is_the_full_batch(on, clock):
    found = State(batch=128, few=24).race(on, clock)
    assert found.few.path == pytest.approx(found.full.path, abs=1e-9)
    assert 'the two walks are one' in State(batch=128, few=24).verdict(on, clock)[0]


def test_the_same_work_is_the_same_number_of_examples():
    for on, ground in GROUNDS.items():
        for size in ground.sizes:
            found = State(**{'batch' if on == 'bowl' else 'few': size}).race(on, 'work')
            assert found.seen[-1] == PASSES * ground.n
            assert (found.seen == examples_seen(ground.n, size, int(found.few_at[-1]))[found.few_at]).all()
            assert (found.full_at == found.seen // ground.n).all(), 'a step of the full batch, once it has seen all'
    found = OWN.race('bowl', 'steps')
    assert (found.full_at == found.few_at).all() and found.full.steps == found.few.steps == STEPS


@pytest.mark.parametrize('seed', range(10))
def test_both_reach_the_centre_and_only_the_full_batch_comes_to_rest(seed):
    found = State(seed=seed).race('bowl', 'steps')
    assert found.full.heights[-1] < 1e-6
    assert found.few.heights[-10:].mean() < 0.5
    assert found.few.heights[-10:].mean() > 1e4 * found.full.heights[-1]


def test_for_the_same_work_the_minibatch_is_far_ahead_at_first_and_overtaken_in_the_end():
    found = OWN.race('bowl', 'work')
    assert OWN.steps_for_one() == 32
    assert found.full.heights[1] > 30 * found.few.heights[32]
    assert found.full.heights[-1] < found.few.heights[-32:].mean()
    assert OWN.after_one_pass() == '6.5600'


def test_a_smaller_rate_and_a_larger_batch_dance_less():
    own, half, of_32, of_64 = (float(getattr(OWN, name)()) for name in (
        'own_dance', 'dance_at_half_the_rate', 'dance_of_32', 'dance_of_64'))
    assert half < own / 1.5
    assert of_64 < of_32 / 2 < of_32 < own / 5
    for said, size, rate in ((own, 4, 0.1), (half, 4, 0.05), (of_32, 32, 0.1), (of_64, 64, 0.1)):
        assert said == pytest.approx(dance(size, rate, steps=3000, seeds=6), rel=0.05), 'whatever the seeds'


def test_lowering_the_rate_on_the_way_calms_the_dance():
    state = State(rate=0.005, changes=[[256, 0.1]])
    found = state.race('bowl', 'work').few
    same = OWN.race('bowl', 'work').few
    assert (found.path[:257] == same.path[:257]).all(), 'bit for bit until there'
    assert found.heights[-200:].mean() < same.heights[-200:].mean() / 4


def test_a_changed_rate_goes_on_from_the_moment_that_is_shown_and_restart_takes_it_back():
    state, before = State(), OWN.race('bowl', 'steps')
    values = state.changed_at(9, {'rate': 0.02})
    assert values == {'rate': 0.02, 'changes': [[9, 0.1]]}
    state.param.update(**values)
    after = state.race('bowl', 'steps')
    for was, now in ((before.full, after.full), (before.few, after.few)):
        assert (was.path[:10] == now.path[:10]).all() and (was.path[10] != now.path[10]).all()
    assert race.record(state)['again'] and not race.record(State())['again']
    assert state.restarted() == {'rate': 0.1, 'changes': []}
    assert state.changed_at(9, {'batch': 8}) == {'batch': 8, 'changes': []}


def test_in_the_race_for_the_same_work_both_rates_change_at_one_moment():
    state, before = State(rate=0.01, changes=[[96, 0.1]]), OWN.race('bowl', 'work')
    after = state.race('bowl', 'work')
    assert (after.full.path[:4] == before.full.path[:4]).all(), '96 steps of 4 points are three steps of 128'
    assert after.full.heights[4] == pytest.approx(after.full.heights[3] * 0.98**2)
    assert (after.few.path[:97] == before.few.path[:97]).all()


def test_who_goes_back_and_changes_the_rate_there_forgets_what_came_later():
    state = State(rate=0.02, changes=[[9, 0.1], [20, 0.05]])
    assert state.changed_at(12, {'rate': 0.3})['changes'] == [[9, 0.1], [12, 0.05]]
    assert state.changed_at(9, {'rate': 0.3})['changes'] == [[9, 0.1]]
    assert state.changed_at(0, {'rate': 0.3})['changes'] == []


def test_every_moment_stands_where_its_work_is():
    for clock, along in (('steps', OWN.race('bowl', 'steps').few_at), ('work', OWN.race('bowl', 'work').seen)):
        run = race.record(State(), clock=clock)
        assert run['tracks']['few-now.x'][:, 0] == pytest.approx(along)
        assert run['time']['x'] == pytest.approx(along)
    done = OWN.race('bowl', 'work').full_at
    assert race.record(State(), clock='work')['tracks']['full-now.x'][:, 0] == pytest.approx(128 * done)


def test_another_seed_is_another_walk_from_the_same_start():
    state = State()
    state.param.update(**state.new_start())
    assert state.seed == 2 and state.start('bowl') == OWN.start('bowl')
    assert (state.race('bowl', 'steps').full.path == OWN.race('bowl', 'steps').full.path).all()
    assert (state.race('bowl', 'steps').few.path[1:] != OWN.race('bowl', 'steps').few.path[1:]).any()


def test_the_middle_of_those_that_are_asked_is_where_a_step_leads():
    state = State()
    found, run = state.race('bowl', 'steps'), race.record(state)
    for k in (0, 7, 30):
        asked = np.stack([run['tracks']['asked.x'][k], run['tracks']['asked.y'][k]], axis=1)
        middle = np.array([run['tracks']['aims-at.x'][k, 0], run['tracks']['aims-at.y'][k, 0]])
        assert middle == pytest.approx(asked.mean(axis=0))
        assert found.few.path[k + 1] == pytest.approx(found.few.path[k] + 0.2 * (middle - found.few.path[k]))


def test_the_loss_is_smoothed_from_its_true_start():
    losses = np.random.default_rng(0).random(50)
    mean = smoothed(losses, 5)
    assert (mean[0], mean[-1]) == pytest.approx((losses[0], losses[-1]))
    assert mean[20] == pytest.approx(losses[15:26].mean())


# ---- what breaks it ----

@pytest.mark.parametrize(('on', 'clock'), RACES)
@pytest.mark.parametrize('values', EXTREMES, ids=str)
def test_each_extreme_is_a_picture_and_a_sentence(on, clock, values):
    state = State(**values)
    for width in ('wide', 'narrow'):
        scene = race.draw(state, width, on=on, clock=clock)
        check(scene)
        runs.check(race.record(state, on=on, clock=clock), scene)
    assert state.verdict(on, clock)[0].endswith('.')


def test_what_the_sentences_say():
    def said(on='bowl', **values):
        return State(**values).verdict(on, 'steps')

    assert said(rate=1e6)[0].startswith('Thrown out, the full batch at step 1 and the minibatch at step 1') and said(rate=1e6)[1]
    assert said(rate=1e-6)[0].startswith('Neither has got far: with rate 10⁻⁶') and said(rate=1e-6)[1]
    assert 'lands on the other side' in said(rate=1.0)[0]
    assert 'danced about' in said()[0] and not said()[1]
    assert 'so few examples need a smaller rate' in said('houses', few=1, rate=0.5)[0]
    assert said('houses', few=24, rate=0.5)[1] is False, 'all together they bear it'
    assert said(start_x=0.1, start_y=0.1)[1] is False, 'who begins at the bottom may dance a little higher'
    assert race.record(State(rate=1e6))['rescue'] == 'Take the rate back to 0.1' and race.record(State())['rescue'] == ''
    assert State(rate=1e6, adam_rate=3).rescued() == {'rate': 0.1, 'changes': [], 'valley_rate': 0.05, 'adam_rate': 10}


# ---- the questions, and the extension ----

def test_the_answers():
    assert OWN.where_it_ends() == 'near'
    assert OWN.steps_while_one() == 32
    assert OWN.if_it_goes_on() == 'dances'
    assert all(State(seed=seed).if_it_goes_on() == 'dances' for seed in range(5))


def test_the_rules_walk_as_the_engine_does_and_remembering_helps_in_a_long_valley():
    def felt(knobs):
        errors = knobs[0] * SQFT / 1000 + knobs[1] - PRICE
        return 2 * np.array([(errors * SQFT / 1000).mean(), errors.mean()])

    for rule, rate in (('plain', 0.05), ('momentum', 0.05), ('adam', 10)):
        theirs = descend_by(rule, felt, np.array([200.0, 50.0]), rate, 100).path
        assert OWN.walk_by(rule).path == pytest.approx(theirs, rel=1e-9)
    ends = {rule: OWN.walk_by(rule).heights[-1] for rule in valley.RULES}
    assert ends['momentum'] < ends['plain'] / 100 and ends['adam'] < ends['plain'] / 10
    assert OWN.walk_by('plain').heights[-1] == pytest.approx(
        mean_squared_error(line(SQFT / 1000, *OWN.walk_by('plain').path[-1]), PRICE) - valley.LOWEST)


@pytest.mark.parametrize('values', [{}, {'valley_rate': 1e6}, {'adam_rate': 1e6}, {'valley_rate': 1e-6, 'adam_rate': 1e-6},
                                    {'slope': 0, 'intercept': -100_000}], ids=str)
def test_the_three_walks_are_a_picture_and_a_sentence_too(values):
    state = State(**values)
    for width in ('wide', 'narrow'):
        scene = three_walks.draw(state, width)
        check(scene)
        runs.check(three_walks.record(state), scene)
    says, rescue = (three_walks.record(state)[part] for part in ('says', 'rescue'))
    assert bool(rescue) == ('Thrown out' in says)
    assert ('Thrown out' in says) == (state.valley_rate > 1)
    assert ('No nearer' in says) == (values.keys() & {'valley_rate', 'adam_rate'} != set() and state.valley_rate < 1)


def test_both_lines_among_the_houses_are_those_of_the_walks():
    run = race.record(State(), on='houses', clock='work')
    ends = race.line_of(np.array([BEST]))
    slope, intercept = line_through((ends[0][0], ends[1][0, 0]), (ends[0][1], ends[1][0, 1]))
    assert (slope, intercept) == pytest.approx(least_squares(SQFT, PRICE))
    assert run['tracks']['full-line.y'][-1] == pytest.approx(ends[1][0], rel=0.02)


def test_the_player_calls_a_new_start_what_it_is():
    bars = {module: player.bar('x', module, State()) for module in (race, three_walks)}
    assert '<b>New seed</b>' in bars[race] and '<b>New start</b>' in bars[three_walks]


def test_after_more_changes_than_are_kept_a_restart_still_knows_the_first_rate():
    state = State()
    for k in range(1, 60):
        state.param.update(**state.changed_at(k, {'rate': 0.1 + k / 1000}))
    assert len(state.changes) == State.param['changes'].most
    assert state.restarted()['rate'] == OWN.rate
