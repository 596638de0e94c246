"""The gate: at most four on their way, the newest wins, nothing finished is dropped, and after a cut nothing is lost."""
import re
import urllib.request

import pytest

SCRIPT = '''async ({ source, steps }) => {
    const { Gate } = await import(source), posted = []
    const gate = new Gate(message => posted.push(message))
    for (const [name, ...args] of steps) gate[name](...args)
    return { posted, idle: gate.idle, oldest: gate.oldest() > 0 || gate.sent.size > 0 }
}'''
RESTORE = ['first', {'do': 'restore'}]


@pytest.fixture
def gate(page, server):
    """Runs steps on a new gate and returns what it has posted."""
    page.goto(server.url + '/healthz')
    with urllib.request.urlopen(server.url + '/loss') as answer:
        base = re.search(r'data-assets="([^"]+)"', answer.read().decode())[1]
    return lambda *steps: page.evaluate(SCRIPT, {'source': f'{base}/gate.js', 'steps': steps})


def move(value, handle='left', **more):
    return ['send', {'do': 'move', 'widget': 'w', 'handle': handle, 'value': value, **more}]


def answered(*seqs):
    return [['answered', seq] for seq in seqs]


def values(posted):
    return [message.get('value', message['do']) for message in posted]


def test_nothing_goes_before_the_restore(gate):
    assert gate(move(1), move(2, 'right'))['posted'] == []
    assert values(gate(move(1), move(2, 'right'), RESTORE)['posted']) == ['restore', 1, 2]


def test_messages_are_numbered_without_end(gate):
    assert [m['seq'] for m in gate(RESTORE, move(1), ['reset'], RESTORE, move(2))['posted']] == [1, 2, 3, 4, 5]


def test_four_are_on_their_way_and_of_the_others_the_newest_wins(gate):
    moves = [move(n) for n in range(1, 9)]
    assert values(gate(RESTORE, *moves)['posted']) == ['restore', 1, 2, 3]
    assert values(gate(RESTORE, *moves, *answered(1, 2))['posted']) == ['restore', 1, 2, 3, 8]


def test_each_handle_and_each_parameter_has_its_own_newest(gate):
    waiting = [move(4), move(5, 'right'), move(6), ['send', {'do': 'set', 'parameter': 'slope', 'value': 7}]]
    sent = gate(RESTORE, move(1), move(2), move(3), *waiting, *answered(1, 2, 3, 4))
    assert values(sent['posted']) == ['restore', 1, 2, 3, 5, 6, 7]


def test_what_is_finished_is_never_dropped(gate):
    steps = [RESTORE, move(1), move(2), move(3), move(4, done=True), move(5), move(6)]
    assert values(gate(*steps, *answered(1, 2, 3, 4))['posted']) == ['restore', 1, 2, 3, 4, 6]


def test_after_a_cut_what_had_no_answer_goes_again_behind_the_restore(gate):
    steps = [RESTORE, move(1, done=True), move(2), ['send', {'do': 'ping'}], move(3), move(4)]
    assert values(gate(*steps, *answered(1), ['reset'], RESTORE)['posted'])[4:] == [4, 'restore', 1, 4]


def test_it_knows_when_all_is_quiet(gate):
    assert gate()['idle']
    assert not gate(RESTORE)['idle']
    assert gate(RESTORE)['oldest']
    assert gate(RESTORE, *answered(1)) == {'posted': [{'seq': 1, 'do': 'restore'}], 'idle': True, 'oldest': False}
