"""Runs that are jobs, over the wire of a real server: promised, told, stopped; and no process is left of it, however it ends."""
import asyncio
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.scene import unpack
from tests.helpers.wire_client import connected, get
from tests.serving import Server

WALKS = 'tests.helpers.course_with_walks'
PATH = '/live/walks'


@pytest.fixture(scope='module')
def walks(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp('walks') / 'log', WALKS, WORKERS=1)
    yield running
    running.stop()
    assert 'Traceback' not in running.log()


def run(coroutine):
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asyncio.wait_for(coroutine, 60)).result()


async def reader(client, **params):
    await client.open()
    answer = await client.ask(do='restore', params=params, guesses={})
    assert not answer.get('notice'), answer
    return client


async def told(client):
    """The next message, with its run unpacked."""
    _header, _content, buffers = await client.read(30)
    message = unpack(buffers[0])
    return message | {'runs': {name: run and unpack(zlib.decompress(bytes(run['squeezed'])))
                               for name, run in message.get('runs', {}).items()}}


async def arrived(client):
    while not (message := await told(client))['runs']:
        assert 'progress' in message, message
    return message


def workers(server):
    """The processes that the server has started."""
    found = []
    for status in Path('/proc').glob('[0-9]*/stat'):
        try:
            fields = status.read_text().rsplit(')', 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == server.process.pid and fields[0] != 'Z':
            found.append(int(status.parent.name))
    return found


def until(true, seconds=20):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(.02)


def test_a_run_is_promised_told_of_and_sent(walks):
    async def visit():
        async with connected(walks.url, PATH) as client:
            await reader(client, lasts=1, steps=123)
            assert await client.ask(do='run', widget='walk') == {'seq': 2, 'pending': {'walk': 'Walking …'}}
            shares = []
            while not (message := await told(client))['runs']:
                shares.append(message['progress']['walk'])
            assert 'seq' not in message and message['runs']['walk']['frames'] == 124
            assert 3 < len(shares) < 12 and shares == sorted(shares) and shares[0][1] == '123 steps'
            assert 'runs' in await client.ask(do='run', widget='other'), 'the same press again'
    run(visit())


def test_a_reader_who_leaves_takes_their_job_along(walks):
    async def visit():
        async with connected(walks.url, PATH) as client:
            await reader(client, lasts=50, steps=5)
            await client.ask(do='run', widget='walk')
            await told(client)
            client.socket.close(1001)
        async with connected(walks.url, PATH) as client:
            await reader(client, steps=6)
            began = time.monotonic()
            await client.ask(do='run', widget='walk')
            await arrived(client)
            assert time.monotonic() - began < 10, 'the only worker is free again'
    run(visit())


def test_a_worker_that_dies_under_readers_is_told_to_them_and_replaced(walks):
    async def visit():
        async with connected(walks.url, PATH) as client:
            await reader(client, does='die')
            await client.ask(do='run', widget='walk')
            assert 'Press Play to try it again' in (await told(client))['failed']['walk']
            await client.ask(do='set', parameter='does', value='walk')
            await client.ask(do='run', widget='walk')
            assert (await arrived(client))['runs']['walk']['frames'] == 11
    run(visit())
    assert sum('a worker ended (-9)' in line for line in walks.log().splitlines()) == 1


def test_who_presses_does_not_make_others_wait_for_their_numbers(walks):
    async def visit():
        async with connected(walks.url, PATH) as busy, connected(walks.url, PATH) as other:
            await reader(busy, does='hang')
            await reader(other)
            await busy.ask(do='run', widget='walk')
            took = []
            for n in range(20):
                began = time.monotonic()
                assert (await other.ask(do='set', parameter='other', value=n / 2))['seq'] == n + 2
                took.append(time.monotonic() - began)
            assert sorted(took)[10] < .1, 'half of them at once, though a worker hangs'
            await busy.ask(do='stop', widget='walk')
    run(visit())


def test_a_page_of_words_starts_no_worker(serve):
    server = serve(program=WALKS)
    assert get(server.url + '/walks')[0] == 200
    assert workers(server) == []


@pytest.mark.parametrize('how', ['stop', 'kill'])
def test_no_worker_outlives_the_server(serve, how):
    server = serve(program=WALKS, WORKERS=2)

    async def visit():
        async with connected(server.url, PATH) as client, connected(server.url, PATH) as second:
            for one, steps in ((client, 5), (second, 6)):
                await reader(one, does='hang', steps=steps)
                await one.ask(do='run', widget='walk')
            until(lambda: len(workers(server)) == 2)
            time.sleep(.5)
            found = workers(server)
            if how == 'stop':
                server.process.terminate()
            else:
                server.kill()
            return found
    found = run(visit())
    assert len(found) == 2
    server.process.wait(15)
    until(lambda: not any(Path(f'/proc/{pid}').exists() for pid in found))
    if how == 'stop':
        assert server.process.returncode == 0 and server.log().endswith('Stopped.\n')
        assert 'a worker ended' not in server.log()
