"""The longest thing on the server's event loop while eight readers come, use widgets and leave: CPU time of one callback.

While a callback runs nobody else is served. CPU time is what counts: it is the same on a busy machine.
"""
import asyncio
import json
import random
import signal
import tempfile
import time
from pathlib import Path

from tests.bench.goals import Row
from tests.bench.programs import Program
from tests.helpers.wire_client import connected, get

READERS, SECONDS, PACE = 8, 12, 1 / 30
LINES = [[5.0 * k, 1000.0 * k] for k in range(200)]     # what a reader brings back


async def measure(runs):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / 'lag.json'
        with Program('tests.bench.variants', 'lag', str(path)) as program:
            await reader(program.url, 0, 0)                              # imports and caches
            program.process.send_signal(signal.SIGUSR1)
            until, loop = time.monotonic() + SECONDS, asyncio.get_running_loop()
            asked = await asyncio.gather(*(reader(program.url, k, until) for k in range(READERS)),
                                         loop.run_in_executor(None, newcomers, program.url, until))
        seen = json.loads(path.read_text())
    longest = [took for took, _ in seen['longest']]
    print(f'  {seen["callbacks"]:,} callbacks, {sum(asked):,} requests; the longest: '
          + '; '.join(f'{took:.1f} ms {what}' for took, what in seen['longest'][:5]))
    return [Row('event loop: the longest callback with 8 readers', longest[0], 'ms', 10,
                beside={'the tenth longest': longest[9]})], seen | {'requests': sum(asked)}


async def reader(url, number, until):
    """Comes, drags, slides, guesses, leaves, and comes again until it is time."""
    chance, asked = random.Random(number), 0
    while True:
        async with connected(url, '/live/loss', token=await asyncio.to_thread(token, url)) as client:
            await client.open()
            for message in script(chance):
                answer = await client.ask(**message)
                assert not answer.get('notice'), answer['notice']
                asked += 1
                if time.monotonic() > until:
                    return asked
                await asyncio.sleep(PACE)


def script(chance):
    """What one reader does in one visit."""
    yield {'do': 'restore', 'params': {'slope': 100, 'tries': LINES}, 'guesses': {}, 'width': chance.choice(['wide', 'narrow'])}
    for handle in ('left', 'right', 'whole'):
        way = [chance.uniform(200, 600), chance.uniform(-4, 4)]
        for k in range(20):
            price = way[0] + k * way[1]
            point = [price / 4, price * 100] if handle == 'whole' else [200 if handle == 'left' else 3000, price]
            yield {'do': 'move', 'widget': 'see-the-squares', 'handle': handle, 'value': point, 'done': k == 19}
    yield {'do': 'set', 'parameter': 'revealed', 'value': True, 'done': True}
    for k in range(20):
        yield {'do': 'move', 'widget': 'the-valley', 'handle': 'dot', 'value': [100 + 5 * k, 0], 'done': k == 19}
    yield {'do': 'edit', 'widget': 'twice-the-miss', 'mark': 'guess', 'value': '4', 'done': True}
    yield {'do': 'restore', 'params': {'tries': LINES}, 'guesses': {}, 'width': 'narrow'}


def token(url):
    get(url + '/loss')
    return json.loads(get(url + '/live/loss')[2])['token']


def newcomers(url, until):
    """Meanwhile others open pages with numbers that nobody has asked for before."""
    count = 0
    while time.monotonic() < until:
        get(f'{url}/loss?slope={count % 140 * 5 - 200}&intercept={count * 5000}')
        count += 1
        time.sleep(0.1)
    return 0
