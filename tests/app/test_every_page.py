"""No lesson's page is broken by what a browser might send, honest or not: numbers of any size, texts, hands in odd places."""
import random
from itertools import product

import pytest

from app.host import Host
from app.lesson_format import read_lesson
from app.parameters import names
from app.scene import unpack
from app.svg import held
from lessons import WRITTEN

REQUESTS = 60
ODD = [None, True, 0, -1, .5, 1e-12, 1e6, -1e6, 1e12, 10**400, '', 'x', '1/3', '1e999', '-1e6', 'a' * 10_000, 'a\ud800',
       'a/(a-a)', 'exp(exp(exp(a)))', [], {}, {'log': 7}, {'log': 'x'}, [[]], [[1, 2]], [[0, 0, 1]], [[1e6]] * 13,
       [[1000, -1000, 1]] * 200]
PLACES = [None, [], [0, 0], [2.5, -1.5], [1e11, -1e11], ['x', {}], [0, '1e9'], [1, '−3'], [-1, 1, 1], [0, None, None],
          [0, 'turn', None], [0, 1e11, -1e11], [3, 1e11], [0, 1e-12], 'A' * 131, '_' * 131, '_' * 130, 'é' * 131]
FAR = [[1e11, -1e11], [-1e11, 1e11], [float('nan')] * 2, [float('inf'), -float('inf')], [1e308, -1e308], [0, '1e9'], [0, -1e11],
       [10**400, 0], [[1], {}], 'A' * 10**7, 'A' * 130 + '=', '']


class Nobody:
    """A pool that records nothing, so that this is about what the server itself does."""

    def warm(self, slow=False):
        pass

    def ask(self, *about):
        pass

    drop = leave = ask


def grips(scene):
    return [key for key, mark in scene['marks'].items() if mark['kind'] == 'handle' or held(mark)]


def value(state, name, chance):
    """Often one that its control could have sent, at an end of its range or within."""
    parameter = state.param[name]
    if hasattr(parameter, 'objects') and chance.random() < .7:
        return chance.choice(list(parameter.objects))
    low, high = getattr(parameter, 'bounds', None) or (None, None)
    if low is not None and high is not None and chance.random() < .7:
        return chance.choice([low, high, chance.uniform(low, high)])
    return chance.choice(ODD)


def message(host, chance):
    """Something that a browser might say to this page as it is now."""
    name = chance.choice(list(host.placements))
    scene = host.shown.get('scenes', {}).get(name, {'marks': {}})
    parameter, about = chance.choice(names(host.state)), {'widget': name, 'at': [name, chance.randrange(40)]}
    return chance.choice([
        {'do': 'set', 'parameter': parameter, 'value': value(host.state, parameter, chance), **about},
        {'do': 'move', 'handle': chance.choice(grips(scene) or ['x']), 'value': chance.choice(PLACES), 'done': True, **about},
        {'do': 'edit', 'mark': chance.choice(['guess', 'commit', 'sketch', None]), 'value': chance.choice(ODD), **about},
        {'do': 'press', 'what': chance.choice(['again', 'new', 'rescue', 'x']), **about},
        {'do': 'run', 'has': chance.random() < .5, **about},
        {'do': 'stop', 'keep': chance.choice([True, 1, {}]), **about},
        {'do': 'turn', 'width': chance.choice(['wide', 'narrow', {}])},
        {'do': 'restore', 'params': {}, 'drawn': True, 'lacks': chance.choice([list(host.placements), [{}, 10**400, name], 'x'])},
        {'do': 'restore', 'params': {key: value(host.state, key, chance) for key in chance.sample(names(host.state), 2)},
         'plays': list(host.placements)},
    ])


@pytest.mark.parametrize('slug', WRITTEN)
def test_every_request_is_answered_without_a_mistake_of_ours(slug, caplog):
    chance, answers = random.Random(slug), []
    host = Host(read_lesson(slug), answers.append, pool=Nobody())

    def ask(said):
        host.receive({'seq': len(answers), **said})
        answer = unpack(answers[-1])
        assert answer['seq'] == len(answers) - 1
        assert 'Something went wrong' not in (answer.get('notice') or ''), (said, host.params(), caplog.messages)

    ask({'do': 'restore', 'params': {}})
    for name, scene in host.shown['scenes'].items():
        for grip, value in product(grips(scene), FAR):
            ask({'do': 'move', 'widget': name, 'handle': grip, 'value': value, 'done': True})
    for _ in range(REQUESTS):
        ask(message(host, chance))
