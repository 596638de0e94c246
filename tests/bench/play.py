"""A run of a thousand steps: from the press to its first frame, and how smoothly it plays.

The bare control fetches as many bytes from a server that does nothing and waits for the next frame. Playing is compared with
an empty animation loop on the same page, in the same seconds. Every run is a new one: no cache has it.
"""
import asyncio
import time
from contextlib import ExitStack

from app.host import Host
from app.lesson_format import read_lesson
from tests.bench.browser import chromium, new_page, until
from tests.bench.goals import Row, load, percentile
from tests.bench.programs import Program

WIDGET, STEPS, SECONDS = 'the-ruler', 1000, 3
RATES = [f'{1e-3 + k * 1e-6:.6f}' for k in range(1, 100)]       # so small that none arrives earlier
PROBE = '''globalThis.__at = {}; globalThis.__frames = []
globalThis.__probe = (name, detail) => {
  if (name === 'frame') __frames.push(detail)
  else if (name === 'first') requestAnimationFrame(() => { __at.first = performance.now() })
  else __at[name] = performance.now()
}'''
LOOP = '''seconds => new Promise(done => { let n = 0; const began = performance.now(), tick = now => {
  n++; if (now - began > seconds * 1000) done(n / (now - began) * 1000); else requestAnimationFrame(tick) }
  requestAnimationFrame(tick) })'''
BARE = '''async address => { const began = performance.now(); await (await fetch(address)).arrayBuffer()
  return new Promise(done => requestAnimationFrame(() => done(performance.now() - began))) }'''


async def measure(runs):
    found = []
    with ExitStack() as stack:
        ours, bare = stack.enter_context(Program('app')), stack.enter_context(Program('tests.bench.bare'))
        async with chromium() as browser:
            await played(browser, ours.url, '0.002')                     # what happens only the first time has happened
            for k in range(runs):
                run = await played(browser, ours.url, RATES[k])
                found.append(run | await fetched(browser, bare.url) | {'load': load()})
    cost = engine(RATES[50:60])
    smooth = max(found, key=lambda run: run['playing'] / run['empty'])
    quick = min(found, key=lambda run: run['first'])
    return [
        Row('1,000 steps: from the press to the first frame', quick['first'], 'ms', 150, beside={'bare': quick['bare']},
            load=quick['load']),
        Row('1,000 steps: the engine with packing, CPU', cost[0], 'ms', 10, beside={'with all pictures of the page': cost[1]}),
        Row('playing: of an empty loop’s frame rate', smooth['playing'] / smooth['empty'], '', .8, True, 2,
            {'playing': f'{smooth["playing"]:.0f} /s', 'empty': f'{smooth["empty"]:.0f} /s'}, smooth['load']),
        Row('playing: script in a frame, p95', min(run['script p95'] for run in found), 'ms', 8),
    ], {'runs': found, 'engine': cost}


async def played(browser, url, rate):
    """One visit: play a run that nobody has asked for, first for its first frame, then from its start for some seconds."""
    async with new_page(browser, PROBE) as page:
        await page.goto(f'{url}/gradient-descent?rate={rate}')
        await page.evaluate(f"document.getElementById('{WIDGET}').scrollIntoView({{ block: 'center', behavior: 'instant' }})")
        await until(page, "document.documentElement.dataset.engine === 'on'")
        await until(page, f"document.querySelector('#{WIDGET} [data-player][data-ready]')")
        await asyncio.sleep(1)
        await page.locator(f'#{WIDGET} [data-do=step]').click()
        await until(page, '__at.first')
        first = await page.evaluate('__at.first - __at.pressed')
        player = f"globalThis.nudge.page.players['{WIDGET}']"
        steps = await page.evaluate(f'{player}.last')
        if steps != STEPS:
            raise SystemExit(f'The run has {steps} steps, not {STEPS}.')
        empty = await page.evaluate(LOOP, SECONDS)
        # as many moments as there are frames, so that every frame shows a new one
        await page.evaluate(f'{player}.speed = {STEPS / 4} / {player}.run.pace; {player}.seek(0)')
        await page.evaluate(f'__frames.length = 0; {player}.play()')
        await page.evaluate(LOOP, SECONDS)
        frames = await page.evaluate('__frames')
    return {'first': first, 'empty': empty, 'playing': len(frames) / SECONDS, 'script p95': percentile(frames, 95)}


async def fetched(browser, url):
    async with new_page(browser) as page:
        await page.goto(url)
        times = [await page.evaluate(BARE, f'{url}/bytes/90000') for _ in range(10)]
    return {'bare': percentile(times, 50)}


def engine(rates):
    """CPU time that a request for such a run takes, in ms: the least of several. (alone, with the page's own pictures)

    Those show how long the walk is, so it has been walked before anybody presses Play.
    """
    times = []
    for rate in rates:
        host = Host(read_lesson('gradient-descent'), lambda packed: None)
        began = time.process_time()
        host.receive({'seq': 1, 'do': 'restore', 'params': {'rate': float(rate)}, 'guesses': {}, 'drawn': True})
        drawn = time.process_time()
        host.receive({'seq': 2, 'do': 'run', 'widget': WIDGET})
        ends = time.process_time()
        times.append(((ends - drawn) * 1000, (ends - began) * 1000))
    return [min(column) for column in zip(*times, strict=True)]
