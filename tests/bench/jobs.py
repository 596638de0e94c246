"""Runs that are jobs: from the press to the first frame, how they play, what a watched minute costs, what others notice of it.

Beside it TensorFlow Playground's way of working with the engine in Python (tests/bench/streamed.py): a process for each
reader, an epoch a frame, thirty frames a second. Both are watched for the same minute.
"""
import asyncio
import json
import time
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

from tornado.websocket import websocket_connect

from app import runs
from app.lesson_format import read_lesson
from app.widgets import WIDGETS
from lessons.inside_a_network.state import State as Inside
from lessons.xor.state import State
from tests.bench.browser import chromium, new_page, until
from tests.bench.goals import Row, load, percentile
from tests.bench.play import LOOP, PROBE
from tests.bench.programs import Program
from tests.bench.streamed import EPOCHS, HIDDEN
from tests.helpers.wire_client import connected, get

MINUTE, PLAYING = 60, 3             # seconds
BASE, MEANWHILE, PACE = 6, 10, 1 / 30
CROWD = 100                         # readers who press the same button at once
CLASS = 8                           # readers who drag while another one trains a whole network
NETWORK = {'hidden': HIDDEN, 'shortcut': False, 'epochs': EPOCHS}
PLACE = next(placement.name for placement in read_lesson('xor').placements if placement.widget == 'trainer')
DIGITS = next(placement.name for placement in read_lesson('inside-a-network').placements if placement.widget == 'digit-training')
PLAYER = f"globalThis.nudge.page.players['{PLACE}']"


# As many moments a second as there are frames, so that every frame shows a new one; from the start again at the end
AGAIN = f"""() => {{ const {{ gate, players }} = globalThis.nudge.page, player = players['{PLACE}'], post = gate.post
  globalThis.__sent = 0; globalThis.__frames.length = 0
  gate.post = message => {{ if (message.do !== 'ping') globalThis.__sent++; post(message) }}
  player.speed = 60 / player.run.pace
  setInterval(() => player.playing || player.play(), 5) }}"""


async def measure(repeats):
    seeds = iter(range(100, 999))
    with ExitStack() as stack:
        ours, streamed = stack.enter_context(Program('app')), stack.enter_context(Program('tests.bench.streamed'))
        async with chromium() as browser:
            await pressed(browser, ours.url, next(seeds), 1)             # what happens only the first time has happened
            first = [await pressed(browser, ours.url, next(seeds), PLAYING) for _ in range(repeats)]
            minutes = await watched(browser, ours, streamed, next(seeds))
        others = await noticed(ours.url, seeds)
        crowd = await together(ours.url, next(seeds))
        lesson = await while_digits_are_learnt(ours.url)
    many, digits = thousands(), digits_learnt()
    quick = min(first, key=lambda run: run['first'])
    smooth = max(first, key=lambda run: run['playing'] / run['empty'])
    return [
        Row('2-4-1, 2,000 epochs: from the press to the first frame', quick['first'], 'ms', 400, load=quick['load']),
        Row('playing it: new frames a second', smooth['playing'], '/s', 50, True, beside={'empty loop': smooth['empty']},
            load=smooth['load']),
        Row('playing it: script in a frame, p95', min(run['script p95'] for run in first), 'ms', 8),
        Row('playing it: messages to the server', max(run['sent'] for run in first), '', 0, digits=0),
        Row('a watched minute, first reader: CPU, of streaming', minutes['first'] / minutes['streamed'], '', .1, digits=3,
            beside={'ours': f'{minutes["first"]:.0f} ms', 'streamed': f'{minutes["streamed"]:.0f} ms',
                    'streamed frames': f'{minutes["frames"] / MINUTE:.1f} /s'}),
        Row('a watched minute, next reader: CPU, of streaming', minutes['next'] / minutes['streamed'], '', .01, digits=4,
            beside={'ours': f'{minutes["next"]:.0f} ms', 'besides, the server’s own heartbeat': f'{minutes["alone"]:.0f} ms'}),
        Row('the same press by another reader', others['hit'], 'ms', 20, beside={'CPU': others['hit cpu']}, load=load()),
        Row('another reader’s number while runs are recorded: p95, of its baseline', others['ratio'], '', 3, digits=2,
            beside={'baseline': f'{others["base"]:.1f} ms', 'meanwhile': f'{others["meanwhile"]:.1f} ms',
                    'its worst': f'{others["worst"]:.0f} ms', 'runs': f'{others["runs"]}',
                    'beside streaming': f'{others["streaming"]:.1f} ms'}, load=others['load']),
        Row(f'{CROWD} readers press the same button: until all have the run', crowd['all'], 'ms', 3000, digits=0,
            beside={'another’s number, p95': crowd['number'], 'recorded': f'{crowd["recorded"]}'}, load=crowd['load']),
        Row(f'{CLASS} readers’ numbers while one trains 109,386 weights: p95, of its baseline', lesson['ratio'], '', 3, digits=2,
            beside={'baseline': f'{lesson["base"]:.1f} ms', 'meanwhile': f'{lesson["meanwhile"]:.1f} ms',
                    'trainings': f'{lesson["runs"]}'}, load=lesson['load']),
        Row('784-128-64-10, 20 epochs of 1,437 digits, with the film: CPU', digits, 'ms', 1000, digits=0),
        *(Row(f'1,000 networks, 2,000 epochs, {name}: CPU', took, 'ms', 1000, digits=0) for name, took in many.items()),
    ], {'first': first, 'minutes': minutes, 'others': others, 'crowd': crowd, 'many': many,
        'lesson': lesson, 'digits': digits}


# ---- one reader in a browser

async def opened(page, url, seed):
    query = f'seed={seed}&hidden={HIDDEN}&shortcut=0&epochs={EPOCHS}'
    await page.goto(f'{url}/xor?{query}')
    await page.evaluate(f"document.getElementById('{PLACE}').scrollIntoView({{ block: 'center', behavior: 'instant' }})")
    await until(page, "document.documentElement.dataset.engine === 'on'")
    await until(page, f"document.querySelector('#{PLACE} [data-player][data-ready]')")
    await asyncio.sleep(1)


async def pressed(browser, url, seed, seconds):
    """One visit: play a run that nobody has asked for, for its first frame, then as many moments as there are frames."""
    async with new_page(browser, PROBE) as page:
        await opened(page, url, seed)
        await page.locator(f'#{PLACE} [data-do=step]').click()
        await until(page, '__at.first')
        first = await page.evaluate('__at.first - __at.pressed')
        empty = await page.evaluate(LOOP, seconds)
        await page.evaluate(AGAIN)
        await page.evaluate(LOOP, seconds)
        frames, sent = await page.evaluate('__frames'), await page.evaluate('__sent')
    return {'first': first, 'empty': empty, 'playing': len(frames) / seconds, 'script p95': percentile(frames, 95), 'sent': sent,
            'load': load()}


async def watched(browser, ours, streamed, seed):
    """CPU of a minute in which a reader watches a training: the first who asks for it, and the next.

    Without what a minute costs in which the page is open and nobody presses: the server's heartbeat is for all readers.
    """
    found, seen, frames = {}, [], 0
    for who in ('alone', 'first', 'next'):
        async with new_page(browser) as page, AsyncExitStack() as stack:
            await opened(page, ours.url, seed)
            if who == 'first':
                socket = await websocket_connect(streamed.url.replace('http', 'ws') + f'/watch?seed={seed}')
                stack.callback(socket.close)
                streaming, before = asyncio.create_task(count(socket, seen)), spent(streamed)
            began = cpu(ours.process.pid)
            if who != 'alone':
                await page.locator(f'#{PLACE} [data-do=play]').click()
            await asyncio.sleep(MINUTE)
            found[who] = cpu(ours.process.pid) - began
            if who == 'first':
                found['streamed'] = spent(streamed) - before
                streaming.cancel()
                frames = len(seen)
    return found | {'first': found['first'] - found['alone'], 'next': found['next'] - found['alone'], 'frames': frames}


async def count(socket, seen):
    while await socket.read_message() is not None:
        seen.append(1)


def spent(streamed):
    return json.loads(get(streamed.url + '/cpu')[2])['ms']


def cpu(pid):
    """CPU time in ms of a process and of those that it has started, to the microsecond where the system says it."""
    total = 0
    for stat in Path('/proc').glob('[0-9]*/stat'):
        try:
            parent, number = int(stat.read_text().rpartition(')')[2].split()[1]), int(stat.parent.name)
            if pid in (parent, number):
                total += sum(int(task.read_text().split()[0]) for task in stat.parent.glob('task/*/schedstat')) / 1e6
        except OSError:
            continue
    return total


# ---- readers over the wire

async def reader(stack, url, seed):
    """A reader of the lesson with this seed, ready to press."""
    client = await visitor(stack, url, '/live/xor')
    await client.ask(do='restore', params=NETWORK | {'seed': seed}, guesses={}, drawn=True)
    return client


async def visitor(stack, url, path='/live/loss'):
    token = json.loads((await asyncio.to_thread(get, url + path))[2])['token']
    client = await stack.enter_async_context(connected(url, path, token=token))
    return await client.open()


async def run_of(client):
    """Waits until the run of this reader has come."""
    while 'runs' not in await client.answer():
        pass


async def numbers(client, seconds, done=None):
    """A reader of another lesson drags a line: how long each number took, thirty times a second, in ms."""
    took, k, ends = [], 0, time.perf_counter() + seconds
    while time.perf_counter() < ends and not (done and done.is_set()):
        k, began = k + 1, time.perf_counter()
        await client.ask(do='move', widget='see-the-squares', handle='left', value=[200, 100 + 4 * (k % 100)])
        took.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(max(0, began + PACE - time.perf_counter()))
    return took


async def presses(url, seeds, done):
    """A reader who presses for a new run as soon as they have one."""
    pressed = 0
    async with AsyncExitStack() as stack:
        while not done.is_set():
            client = await reader(stack, url, next(seeds))
            for _ in range(5):
                answer = await client.ask(do='run', widget=PLACE)
                if 'pending' in answer:
                    await run_of(client)
                pressed += 1
                await client.ask(do='stop', widget=PLACE)
                await client.ask(do='set', parameter='seed', value=next(seeds))
    return pressed


async def noticed(url, seeds):
    """A reader's numbers with nobody else there, and while others have runs recorded; and what a cached run takes."""
    async with AsyncExitStack() as stack:
        client = await visitor(stack, url)
        base = await numbers(client, BASE)
        done = asyncio.Event()
        others = [asyncio.create_task(presses(url, seeds, done)) for _ in range(2)]
        meanwhile = await numbers(client, MEANWHILE)
        done.set()
        pressed = sum(await asyncio.gather(*others))
        seed, busy = next(seeds), load()
        first, second = await reader(stack, url, seed), await reader(stack, url, seed)
        await first.ask(do='run', widget=PLACE)
        await run_of(first)
        hits = []
        for _ in range(20):
            began = time.perf_counter()
            assert 'runs' in await second.ask(do='run', widget=PLACE)
            hits.append((time.perf_counter() - began) * 1000)
        streaming = await beside_streaming(client)
    return {'base': percentile(base, 95), 'meanwhile': percentile(meanwhile, 95), 'worst': max(meanwhile), 'load': busy,
            'ratio': percentile(meanwhile, 95) / percentile(base, 95), 'runs': pressed, 'hit': min(hits),
            'hit cpu': hit_cpu(seed), 'streaming': percentile(streaming, 95)}


async def beside_streaming(client):
    """The same reader's numbers while two others are streamed to, each by a process of their own."""
    with Program('tests.bench.streamed') as one, Program('tests.bench.streamed') as two:
        sockets = [await websocket_connect(program.url.replace('http', 'ws') + '/watch') for program in (one, two)]
        tasks = [asyncio.create_task(count(socket, [])) for socket in sockets]
        took = await numbers(client, BASE)
        for socket, task in zip(sockets, tasks, strict=True):
            socket.close()
            task.cancel()
    return took


def hit_cpu(seed):
    """What it costs the server to send a run that it has: packing, not the socket."""
    placement = next(placement for placement in read_lesson('xor').placements if placement.name == PLACE)
    run = runs.squeezed(WIDGETS['trainer'].record(State(seed=seed, **NETWORK), **placement.options))
    began = time.process_time()
    for _ in range(50):
        runs.pack({'seq': 1, 'runs': {PLACE: runs.sent(run)}})
    return (time.process_time() - began) * 1000 / 50


async def together(url, seed):
    """Many readers press the same button at the same moment, one reader goes on dragging."""
    async with AsyncExitStack() as stack:
        other, crowd = await visitor(stack, url), [await reader(stack, url, seed) for _ in range(CROWD)]
        done = asyncio.Event()
        dragging = asyncio.create_task(numbers(other, 30, done))
        await asyncio.sleep(1)
        began = time.perf_counter()

        async def press(client):
            if 'pending' in await client.ask(do='run', widget=PLACE):
                await run_of(client)

        await asyncio.gather(*map(press, crowd))
        took = (time.perf_counter() - began) * 1000
        done.set()
        late = await dragging
    return {'all': took, 'number': percentile(late[-max(10, int(took / 1000 / PACE)):], 95), 'recorded': 'once', 'load': load()}


async def while_digits_are_learnt(url):
    """A class drags lines; then one more reader trains the network of `inside-a-network`, from one start after the other."""
    async with AsyncExitStack() as stack:
        readers = [await visitor(stack, url) for _ in range(CLASS)]
        trainer = await visitor(stack, url, '/live/inside-a-network')
        await trainer.ask(do='restore', params={}, guesses={}, drawn=True)
        done, trained = asyncio.Event(), 0

        async def train():
            nonlocal trained
            while not done.is_set():
                await trainer.ask(do='set', parameter='seed', value=100 + trained)
                await trainer.ask(do='run', widget=DIGITS)
                await run_of(trainer)
                await trainer.answer()              # what the run has taught the page
                await trainer.ask(do='stop', widget=DIGITS)
                trained += 1

        base = await asyncio.gather(*(numbers(reader, BASE) for reader in readers))
        training = asyncio.create_task(train())
        await asyncio.sleep(2)                      # the worker is there
        meanwhile, busy = await asyncio.gather(*(numbers(reader, MEANWHILE) for reader in readers)), load()
        done.set()
        await training
    base, meanwhile = (percentile([took for each in all_ for took in each], 95) for all_ in (base, meanwhile))
    return {'base': base, 'meanwhile': meanwhile, 'ratio': meanwhile / base, 'runs': trained, 'load': busy}


# ---- the engine

def digits_learnt():
    """CPU time of a training with its film and packing, as a worker does it: the least of three."""
    widget, took = WIDGETS['digit-training'], []
    for seed in (701, 702, 703):
        began = time.process_time()
        runs.squeezed(widget.record(Inside(seed=seed)))
        took.append((time.process_time() - began) * 1000)
    return min(took)


def thousands():
    """CPU time of the thousand networks with their pictures and packing, as a worker does it: the least of two."""
    widget, found = WIDGETS['thousand'], {}
    for name, values in (('2-1-1', {'hidden': 1, 'shortcut': True}), ('2-4-1', {'hidden': 4, 'shortcut': False})):
        took = []
        for seed in (701, 702):
            began = time.process_time()
            runs.squeezed(widget.record(State(seed=seed, epochs=EPOCHS, **values)))
            took.append((time.process_time() - began) * 1000)
        found[name] = min(took)
    return found

