"""Parameters on their way in and out of an address."""
import json
import re
from urllib.parse import parse_qsl

import param
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import parameters
from app.kinds import kind_of
from app.server.wire_filter import LIMIT
from lessons.points import Points
from lessons.rows import Rows
from lessons.written import Written


class State(param.Parameterized):
    slope = param.Number(200, bounds=(-200, 500), step=5, label='Slope')
    intercept = param.Number(50_000, bounds=(-200_000, 500_000), step=5000, label='Intercept')
    epochs = param.Integer(10, bounds=(1, 1000), label='Epochs')
    revealed = param.Boolean(False, label='Revealed')
    kind = param.Selector(default='tanh', objects=['tanh', 'relu'], label='Activation')
    rate = param.Selector(default=0.5, objects={'a half': 0.5, 'one': 1.0}, label='Rate')
    own = Rows(columns=('x', 'y'), most=500, label='Your points')
    history = Rows(columns=('x',), in_link=False, label='History')


def back(values):
    return parameters.read(State, dict(parse_qsl(parameters.query(State, values))))


def test_an_address_that_sets_one_thing_may_mean_another_too_and_still_comes_back(monkeypatch):
    monkeypatch.setattr(State, 'IMPLIES', {'slope': ('kind', 'relu')}, raising=False)
    assert parameters.read(State, {'slope': '150'})[0]['kind'] == 'relu'
    assert parameters.read(State, {'slope': '150', 'kind': 'tanh'})[0]['kind'] == 'tanh'
    assert parameters.read(State, {'slope': 'abc'})[0] == parameters.defaults(State), 'what is refused implies nothing'
    for changed in ({'slope': 150}, {'slope': 150, 'kind': 'relu'}, {'kind': 'relu'}, {}):
        values = parameters.defaults(State) | changed
        assert back(values) == (values, None)


def test_a_link_in_the_words_leaves_alone_what_only_the_page_remembers_and_what_cost_work(monkeypatch):
    assert parameters.staying(State) == ['history']
    monkeypatch.setattr(State, 'KEEPS', ('slope',), raising=False)
    assert parameters.staying(State) == ['slope', 'history']


def test_an_address_without_values_shows_the_defaults():
    assert parameters.read(State, {}) == (parameters.defaults(State), None)


def test_values_in_an_address_are_read():
    values, notice = parameters.read(State, {'slope': '150', 'revealed': '1', 'kind': 'relu', 'own': '1,2;3,4.5', 'epochs': '7'})
    assert notice is None
    assert values == {**parameters.defaults(State), 'slope': 150, 'revealed': True, 'kind': 'relu', 'epochs': 7,
                      'own': [[1, 2], [3, 4.5]]}


@pytest.mark.parametrize('text', ['abc', '1e309', 'nan', '-inf', '501', '-201', '', 'x' * 4096, '<script>alert(1)</script>',
                                  '\0', '1,5', '0x10', '١٢٣' * 30])
def test_a_bad_value_keeps_the_default_and_is_named_without_being_repeated(text):
    values, notice = parameters.read(State, {'slope': text, 'intercept': '20000'})
    assert values['slope'] == 200 and values['intercept'] == 20_000
    assert 'slope' in notice and 'intercept' not in notice
    assert len(notice) < 160 and (len(text) < 4 or text not in notice)


@pytest.mark.parametrize('query', [{'revealed': 'yes'}, {'kind': 'step'}, {'own': '1,2;3'}, {'own': '1,nan'},
                                   {'own': ';'.join(['1,2'] * 501)}, {'epochs': '0'}])
def test_other_kinds_are_refused_as_gently(query):
    values, notice = parameters.read(State, query)
    assert values == parameters.defaults(State) and notice


def test_unknown_keys_are_ignored():
    assert parameters.read(State, {'utm_source': 'x', 'name': 'y', '__class__': 'z'}) == (parameters.defaults(State), None)


@pytest.mark.parametrize('key', ['slop', 'Slope', 'intercpt'])
def test_a_slip_in_a_name_is_told(key):
    values, notice = parameters.read(State, {key: '150'})
    assert values == parameters.defaults(State)
    assert ('slope' if 'lop' in key else 'intercept') in notice


@given(st.floats(-200, 500), st.floats(-200_000, 500_000), st.integers(1, 1000), st.booleans())
def test_the_address_brings_back_exactly_what_the_page_shows(slope, intercept, epochs, revealed):
    state = State()
    values, notice = parameters.tidy(state, {'slope': slope, 'intercept': intercept, 'epochs': epochs, 'revealed': revealed})
    assert notice is None
    state.param.update(**values)
    shown = {name: getattr(state, name) for name in parameters.names(state)}
    assert back(shown) == (shown, None)


@given(st.floats(-200, 500))
def test_rounding_is_finer_than_anybody_can_see(slope):
    assert abs(parameters.tidy(State(), {'slope': slope})[0]['slope'] - slope) <= 700 / 50_000


def test_a_gesture_beyond_the_bounds_is_cropped():
    assert parameters.tidy(State(), {'slope': 9999, 'intercept': -1e300}) == ({'slope': 500, 'intercept': -200_000}, None)


@pytest.mark.parametrize('value', [float('nan'), float('inf'), 'abc', None, [], {}, True, '1e999'])
def test_a_gesture_that_is_no_number_changes_nothing_and_says_so(value):
    values, notice = parameters.tidy(State(), {'slope': value})
    assert values == {}
    assert notice in ('Slope stays as it was: it is not a number.', 'Slope stays as it was: it is not a finite number.')


def test_a_name_that_does_not_exist_changes_nothing():
    values, notice = parameters.tidy(State(), {'name': 'x', '_dunder': 1})
    assert values == {} and notice == 'This page has nothing of that name.'


def test_points_travel_in_the_address_while_they_fit():
    short, long = [[1.5, -2.0]] * 10, [[i + 0.123456, i * 2.0] for i in range(400)]
    assert back({**parameters.defaults(State), 'own': short})[0]['own'] == short
    query = parameters.query(State, {**parameters.defaults(State), 'own': long, 'slope': 150})
    assert 'own' not in query and 'slope=150' in query and len(query) <= parameters.LONGEST_QUERY


@pytest.mark.parametrize(('name', 'choice'), [('kind', 'relu'), ('rate', 0.5), ('rate', 1.0)])
def test_every_choice_comes_back_from_its_control_and_from_an_address(name, choice):
    kind = kind_of(State.param[name])
    assert parameters.tidy(State(), {name: kind.set_to(choice)}) == ({name: choice}, None)
    assert f'value="{kind.set_to(choice)}"' in kind.control(State.param[name], name, choice)
    assert back({**parameters.defaults(State), name: choice})[0][name] == choice


@pytest.mark.parametrize(('step', 'value', 'said'), [(5, 203.17, '203'), (0.25, 0.25, '0.25'), (0.125, 0.125, '0.125'),
                                                     (0.1, 1 / 6, '0.2'), (1e-3, 0.05, '0.050'), (5000, 62_180, '62,180')])
def test_a_number_is_said_with_the_decimals_of_its_step(step, value, said):
    assert kind_of(param.Number()).says(param.Number(0, bounds=(0, 1e6), step=step), value) == said


def test_a_kind_that_is_not_known_is_named():
    with pytest.raises(TypeError, match='Dict'):
        kind_of(param.Dict({}))


def test_the_longest_is_what_stays_behind():
    many = {**parameters.defaults(State), 'own': [[i + 0.123456, i * 2.0] for i in range(400)], 'kind': 'relu', 'slope': 150}
    assert parameters.query(State, many) == 'slope=150&kind=relu'


def test_a_history_never_travels_in_the_address():
    assert parameters.query(State, {**parameters.defaults(State), 'history': [[1.0]]}) == ''
    assert parameters.large(State) == ['own', 'history']


def test_one_page_has_one_key():
    a = parameters.read(State, {'slope': '150.0', 'other': '1'})[0]
    b = parameters.read(State, {'slope': '1.5e2', 'intercept': '50000'})[0]
    assert parameters.key(State, a) == parameters.key(State, b) != parameters.key(State, parameters.defaults(State))


def test_pages_that_differ_in_anything_at_all_have_different_keys():
    """Else one reader's history would be served to the next from the cache."""
    assert parameters.key(State, {**parameters.defaults(State), 'history': [[7.0]]}) != parameters.key(
        State, parameters.defaults(State))
    a, b = ({**parameters.defaults(State), 'own': [[123_456.7 + nudge, 1.0]]} for nudge in (0, 0.1))
    assert parameters.key(State, a) != parameters.key(State, b)


def as_short_as_ten(text):
    if len(text) > 10:
        raise ValueError(f'it has {len(text)} characters')


@pytest.mark.parametrize('parameter', [Points(label='Points'), Written('a', reads=as_short_as_ten, label='Words')])
def test_whatever_is_pasted_into_a_field_fits_through_the_wire_and_is_refused_in_a_sentence_if_it_is_too_long(parameter):
    parameter.name, kind = 'own', kind_of(parameter)
    longest = int(re.search(r'maxlength="(\d+)"', kind.control(parameter, 'own', parameter.default))[1])
    for sign in '1', '−', '\n', '"':
        message = json.dumps({'do': 'set', 'parameter': 'own', 'value': sign * longest}, ensure_ascii=False)
        assert len(json.dumps({'events': [message]}, ensure_ascii=False).encode()) < LIMIT
    with pytest.raises(ValueError, match=r'characters'):
        kind.tidy(parameter, '1' * longest, crop=True)


@pytest.mark.parametrize('key', ['hide', 'height', 'theme', 'background'])
def test_what_an_address_says_of_the_frame_is_never_taken_for_a_slip(key):
    class State(param.Parameterized):
        hidden, heights = param.Integer(1, bounds=(0, 8)), param.Integer(1, bounds=(0, 8))
        themes, backgrounds = param.Integer(1, bounds=(0, 8)), param.Integer(1, bounds=(0, 8))

    assert parameters.read(State, {key: 'controls'})[1] is None
    assert 'called hidden' in parameters.read(State, {'hiden': '2'})[1]
