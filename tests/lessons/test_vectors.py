"""What the lesson on vectors claims, recomputed: the house, the arrows, and what pictures have to do with them."""
import numpy as np
import pytest

from app import runs
from app.scene import check
from app.widgets import house_terms, in_space, nearest_angle, two_arrows, unroll
from core.data import digits
from lessons.vectors import pictures
from lessons.vectors.state import State
from tests.played import played


def text(scene, key):
    return scene['marks'][key]['text']


# ---- the house ----

def test_a_house_of_1500_square_feet_comes_to_its_price_term_by_term():
    state = State()
    assert state.terms().tolist() == [300_000, 30_000, -45_000]
    assert state.price() == 285_000 and state.terms_say() == '300 + 30 − 45'
    drawn = house_terms.draw(state, 'wide')
    assert [text(drawn, f'term-{n}') for n in range(3)] == ['= 300', '= 30', '= −45']
    assert text(drawn, 'price') == '= 285 thousand $'


def test_each_term_begins_where_the_one_before_it_ended_and_the_sum_is_the_last_end():
    marks = house_terms.draw(State(), 'wide')['marks']
    assert marks['plus']['x'].tolist() == [0, 300] and marks['plus']['w'].tolist() == [300, 30]
    assert marks['minus']['x'].tolist() == [330] and marks['minus']['w'].tolist() == [-45], 'a negative term goes back'
    assert marks['sum']['w'] == [285]


def test_nothing_has_no_minus():
    assert State(age=0).terms_say() == '300 + 30 + 0' and text(house_terms.draw(State(age=0), 'wide'), 'term-2') == '= 0'


def test_an_old_house_can_be_dearer_than_a_new_one():
    """What the invitation asks for."""
    assert State(age=120, per_year=1000).price() > State(age=0, per_year=1000).price()


@pytest.mark.parametrize('name', [name for _, *names in house_terms.ROWS for name in names])
def test_every_number_of_the_house_can_be_set_in_its_cell(name):
    state = State()
    mark = house_terms.draw(state, 'narrow')['marks'][name]
    low, high = mark['dials']['bounds']
    assert [low, high] == list(state.param[name].bounds)
    assert house_terms.gesture(state, name, [0, high]) == {name: high}


# ---- two arrows ----

def test_the_dot_product_is_the_same_by_numbers_by_angle_and_by_shadow():
    chance = np.random.default_rng(3)
    for ax, ay, bx, by in chance.uniform(-5, 5, (50, 4)).round(1):
        state = State(a_across=ax, a_up=ay, b_across=bx, b_up=by)
        a, b = np.hypot(ax, ay), np.hypot(bx, by)
        assert state.agreement() == pytest.approx(ax * bx + ay * by, abs=1e-9)
        if a and b:
            assert a * b * np.cos(np.radians(state.degrees())) == pytest.approx(state.agreement(), abs=1e-9)
            assert state.shadow_length() * b == pytest.approx(state.agreement(), abs=1e-9)
            rest = state.a() - state.shadow()
            assert rest @ state.b() == pytest.approx(0, abs=1e-9), 'what is left stands at a right angle'


@pytest.mark.parametrize(('b', 'says', 'verdict'), [((2, 3), 'forward', 'positive'), ((-1, 4), 'right angle', 'zero'),
                                                    ((-3, 1), 'against', 'negative'), ((0.3, -1.2), 'right angle', 'zero')])
def test_the_sign_tells_which_side_of_a_right_angle(b, says, verdict):
    state = State(b_across=b[0], b_up=b[1])
    assert state.agrees() == says
    assert text(two_arrows.draw(state, 'wide'), 'verdict').startswith(verdict)
    if says == 'right angle':
        assert state.agreement() == 0 and state.degrees() == pytest.approx(90)


@pytest.mark.parametrize(('numbers', 'who'), [({'b_across': 0, 'b_up': 0}, 'b'), ({'a_across': 0, 'a_up': 0}, 'a'),
                                              ({'a_across': 0, 'a_up': 0, 'b_across': 0, 'b_up': 0}, 'a and b')])
def test_an_arrow_without_length_gets_a_sentence_instead_of_an_angle(numbers, who):
    for width in ('wide', 'narrow'):
        drawn = two_arrows.draw(State(**numbers), width)
        check(drawn)
        assert text(drawn, 'says-2') == ('Neither has a length: no angle,' if len(who) > 1 else f'{who} has no length: no angle,')
        assert 8 * len(text(drawn, 'says-2')) < 276, 'it ends before the picture does'
        assert text(drawn, 'angle-name') == '' and not drawn['marks']['angle']['x']
    assert State(**numbers).agreement() == 0 and State(**numbers).shadow().tolist() == [0, 0]


def test_what_is_asked():
    state = State()
    assert state.asked_dot() == 4 and state.asked_sign() == 'zero' and state.asked_pixel() == 29


# ---- arrows in space ----

def test_the_three_numbers_of_the_question_stand_in_space():
    state = State()
    assert state.u().tolist() == [1, 0, -2] and state.v().tolist() == [2, 5, -1] and state.uv() == 4
    drawn = in_space.draw(state, 'wide')
    assert text(drawn, 'dot') == 'u · v = 2 + 0 + 2 = 4'
    assert text(drawn, 'length') == '|u| = √(1² + 0² + (−2)²) = 2.236'


def test_walking_round_turns_nothing_but_the_view():
    state = State()
    before = state.uv(), state.uv_angle()
    seen = {tuple(in_space.seen(State(turn=turn), [state.u()])[0]) for turn in (0, 90, 180)}
    assert len(seen) == 3 and (State(turn=90).uv(), State(turn=90).uv_angle()) == before


# ---- pictures ----

def test_each_pixel_is_the_number_of_the_list_that_the_page_says():
    state = State()
    picture = state.picture().reshape(28, 28)
    for row, column in ((1, 1), (2, 1), (9, 15), (28, 28)):
        here = State(row=row, column=column)
        assert here.place() == 28 * (row - 1) + column
        assert here.brightness() == picture[row - 1, column - 1] == state.picture()[here.place() - 1]
        drawn = unroll.draw(here, 'wide')
        x, y = (drawn['marks']['pixel'][axis] for axis in 'xy')
        assert unroll.gesture(here, 'pixel', (x, y)) == {'row': row, 'column': column}


def test_unrolling_takes_row_after_row_until_the_list_has_784_numbers():
    state = State()
    run, _ = played(unroll, state)
    assert run['frames'] == 29 and run['says'].endswith('784 numbers.')
    for k in (1, 14, 28):
        now = runs.moment(run, k)
        assert now['taken']['h'] == [k] and now['empty']['w'] == [28 * (28 - k)]
        numbers = ' '.join(now[f'line-{n}']['text'] for n in range(4)).split()
        assert numbers == [f'{number:.2f}' for number in state.picture()[28 * (k - 1):28 * k]]


def test_the_nearest_picture_by_angle_shows_the_same_digit_in_98_9_per_cent():
    found = digits()
    right = 0
    for picture, label in zip(found.test_x, found.test_y, strict=True):
        lengths = np.linalg.norm(found.train_x, axis=1) * np.linalg.norm(picture)
        angles = np.arccos(np.clip(found.train_x @ picture / lengths, -1, 1))
        right += found.train_y[angles.argmin()] == label
    assert State().nearest_right() == pytest.approx(100 * right / len(found.test_y))
    assert State().trained() == 1437 and State().tested() == 360


def test_the_strange_9_lies_nearest_to_a_3_and_the_other_examples_to_their_own_kind():
    for which in range(10):
        angles = {digit: degrees for digit, (degrees, _) in pictures.nearest(which).items()}
        assert min(angles, key=angles.get) == which
    angles = {digit: degrees for digit, (degrees, _) in pictures.nearest(pictures.STRANGE).items()}
    assert min(angles, key=angles.get) == 3
    assert digits().test_y[pictures.examples()[pictures.STRANGE]] == 9


def test_no_two_pictures_are_more_than_a_right_angle_apart():
    assert digits().train_x.min() >= 0 and pictures.cosines().min() >= 0


def test_the_terms_of_two_pictures_add_up_to_their_dot_product():
    state = State(digit=4, other=9)
    assert state.rival_terms().sum() == pytest.approx(state.rival_dot())
    drawn = nearest_angle.draw(state, 'wide')
    assert text(drawn, 'cosine').endswith(f'cos {state.rival_degrees():.1f}°')
    assert drawn['marks']['chosen']['x'] == [state.rival_degrees()]
