"""What was made of a state is kept exactly as long as it would come out the same."""
import random

import param
import pytest

from app.host import Host
from app.kinds import kind_of
from app.lesson_format import read_lesson
from app.memory import Memory
from app.parameters import names
from app.scene import same
from lessons import WRITTEN


class Two(param.Parameterized):
    a = param.Number(1)
    b = param.Number(2)
    way = param.Selector(default='a', objects=['a', 'b'])
    rows = param.List(default=[])

    def one(self):
        return self.a if self.way == 'a' else self.b


@pytest.fixture
def made():
    state, made = Two(), []
    memory = Memory(state)

    def ask(about=None):
        return memory.recall('one', about, lambda: made.append(1) or state.one())
    return state, made, ask


def test_it_is_made_anew_only_if_something_that_was_read_has_changed(made):
    state, made, ask = made
    assert [ask(), ask()] == [1, 1] and len(made) == 1
    state.b = 7
    assert ask() == 1 and len(made) == 1, 'b was not read'
    state.a = 5
    assert ask() == 5 and len(made) == 2
    state.a = 5.0
    assert ask() == 5 and len(made) == 2, 'the same number'
    state.way = 'b'
    assert ask() == 7 and len(made) == 3
    state.b = 8
    assert ask() == 8, 'now it reads b'
    before = len(made)
    state.a = 1
    assert ask() == 8 and len(made) == before


def test_what_it_is_about_counts_too(made):
    _, made, ask = made
    assert [ask('wide'), ask('narrow'), ask('narrow')] == [1, 1, 1] and len(made) == 2


def test_a_list_counts_by_what_is_in_it(made):
    state, _, _ = made
    memory, seen = Memory(state), []
    for rows in ([[1, 2]], [[1, 2]], [[1, 3]], []):
        state.rows = rows
        memory.recall('rows', None, lambda: seen.append(state.rows))
    assert seen == [[[1, 2]], [[1, 3]], []]


def test_what_fails_is_not_kept_and_what_is_inside_counts_for_what_is_around_it():
    state = Two()
    memory = Memory(state)
    with pytest.raises(ZeroDivisionError):
        memory.recall('x', None, lambda: 1 / 0)
    assert memory.recall('x', None, lambda: 2) == 2
    for value in (1, 1, 6):
        state.a = value
        assert memory.recall('outer', None, lambda: memory.recall('inner', None, lambda: state.a)) == value


@pytest.mark.parametrize('slug', WRITTEN)
def test_a_page_that_remembers_shows_what_a_new_one_would(slug):
    """A reader sets one thing after the other; after each, everything is as on a page that opens with these numbers."""
    chance, lesson = random.Random(slug), read_lesson(slug)
    host, state = Host(lesson, lambda packed: None), lesson.state_class()
    host.receive({'seq': 0, 'do': 'restore', 'params': {}, 'guesses': {}})
    for seq in range(12):
        name = chance.choice(names(state))
        host.receive({'seq': seq, 'do': 'set', 'parameter': name, 'value': some(state.param[name], chance), 'done': True})
        fresh = Host(lesson, lambda packed: None)
        fresh.state.param.update(**host.params())
        remembered, right = host.everything(), fresh.everything()
        for kind in right:
            wrong = [key for key in right[kind] if not same(remembered[kind].get(key), right[kind][key])]
            assert not wrong, f'after {name} was set, {kind} of {wrong} is as it was before'


def some(parameter, chance):
    """A value that a reader might set."""
    if isinstance(parameter, param.Boolean):
        return chance.random() < .5
    if isinstance(parameter, param.Selector):
        return kind_of(parameter).set_to(chance.choice(list(parameter.objects)))
    if isinstance(parameter, param.Integer):
        return chance.randint(*parameter.bounds)
    if isinstance(parameter, param.Number) and parameter.bounds and None not in parameter.bounds:
        return chance.uniform(*parameter.bounds)
    return chance.choice([.1, '0.3', [[1, 2]], []])
