"""Dragging a line's end in Chromium, three seconds at 60 Hz: how soon the handle, the engine's number and the end of it all.

The handle's delay: from the pointer's event in the page to the moment when the handle is drawn where the pointer was.
The number's: from the event to the moment when the first answer to a request that already knew of it is shown in full.
Behind: from letting go to the last change of the number. The drag goes one way only, so what is drawn tells which event it shows.
"""
import asyncio
import bisect
import json
import math
import time
from pathlib import Path
from urllib.parse import parse_qsl

from app import parameters
from app.lesson_format import read_lesson
from app.live_numbers import value
from tests.bench.browser import chromium, new_page, until
from tests.bench.distance import distant
from tests.bench.goals import Row, load, percentile
from tests.bench.programs import Program

RECORD = (Path(__file__).parent / 'record.js').read_text('utf-8')
EVENTS, RATE, STEP = 180, 60, 1.3                   # events, events a second, CSS pixels
NUMBER = 'loss:,.0f'


async def measure(runs):
    conditions = {}

    async def repeat(name, count, how, *arguments):
        conditions.setdefault(name, [])
        for _ in range(count):
            conditions[name].append(await asyncio.wait_for(how(*arguments), 120) | {'load': load()})

    with Program('app') as ours, Program('tests.bench.variants', 'slow') as slow, \
            Program('tests.bench.stock') as stock, Program('tests.bench.bare') as bare:
        async with chromium() as browser, distant(ours.port) as far, distant(stock.port) as far_stock, distant(bare.port) as far_bare:
            await drag_ours(browser, ours.url)                       # whatever happens only the first time has happened
            for _ in range(runs):                                    # turn by turn: all meet the same weather
                await repeat('bare', 1, drag_bare, browser, bare.url)
                await repeat('ours', 1, drag_ours, browser, ours.url)
                await repeat('stock', 1, drag_stock, browser, stock.url)
                await repeat('echo far', 1, echo, browser, bare.url, far_bare)
                await repeat('ours far', 1, drag_ours, browser, far)
                await repeat('ours slow', 1, drag_ours, browser, slow.url)
            await repeat('stock far', 1, drag_stock, browser, far_stock)
            await repeat('stock slow', 1, drag_stock, browser, stock.url, '?slow=1')
    return rows(conditions), conditions


def rows(conditions):
    def best(condition, figure, least=False):
        run = (max if least else min)(conditions[condition], key=lambda run: run[figure])
        return run[figure], run['load']

    def row(what, condition, figure, goal=None, least=False, others=(), **more):
        measured, busy = best(condition, figure, least)
        beside = {other: best(other, figure, least)[0] for other in others}
        return Row(what, measured, more.pop('unit', 'ms'), goal, least, beside=beside | more.pop('also', {}), load=busy, **more)

    echo, _ = best('echo far', 'p95')
    return [
        row('drag: handle p50', 'ours', 'handle p50', others=('bare', 'stock')),
        row('drag: handle p95', 'ours', 'handle p95', 4, others=('bare', 'stock')),
        row('drag: frames/s', 'ours', 'frames', 55, True, ('bare', 'stock'), unit='/s'),
        row('drag: number p50', 'ours', 'number p50', others=('stock',)),
        row('drag: number p95', 'ours', 'number p95', 25, others=('stock',)),
        row('drag: behind after release', 'ours', 'behind', others=('stock',)),
        row('100 ms away: handle p95', 'ours far', 'handle p95', 4, others=('ours', 'stock far')),
        row('100 ms away: frames/s', 'ours far', 'frames', 55, True, ('stock far',), unit='/s'),
        row('100 ms away: number p95', 'ours far', 'number p95', echo + 60, others=('stock far',), also={'bare echo': echo}),
        row('100 ms away: behind after release', 'ours far', 'behind', others=('stock far',)),
        row('slow engine: handle p95', 'ours slow', 'handle p95', 4, others=('stock slow',)),
        row('slow engine: number p95', 'ours slow', 'number p95', others=('stock slow',)),
        row('slow engine: behind after release', 'ours slow', 'behind', 250, others=('stock slow',)),
        Row('drag: numbers that are not the engine’s, at rest', sum(run['wrong'] for run in conditions['ours'] + conditions['ours far']
            + conditions['ours slow']), '', 0, digits=0),
    ]


async def drag_ours(browser, url):
    async with new_page(browser, RECORD) as page:
        await page.goto(url + '/loss')
        figure = page.locator('#see-the-squares')
        await figure.scroll_into_view_if_needed()
        await page.evaluate("document.querySelector('#see-the-squares').scrollIntoView({block: 'center', behavior: 'instant'})")
        await until(page, '__record.shown.length > 0')
        await page.wait_for_timeout(500)
        knob = figure.locator('.wide [data-mark=right] .knob')
        scale = await knob.evaluate('knob => knob.getScreenCTM().d')
        await knob.evaluate(f"knob => __watchSvg(knob, document.querySelector('[data-value=\"{NUMBER}\"]'))")
        box = await knob.bounding_box()
        start = box['x'] + box['width'] / 2, box['y'] + box['height'] / 2
        first = float(await knob.get_attribute('cy'))
        await drag(page, start)
        record = await finished(page)
        wanted = [first + (y - start[1]) / scale for _, y, _ in record['events']]
        result = handle(record, wanted, .11)
        shown = [(time, next((t for t, seq, _ in record['sent'] if seq == answered), math.inf)) for time, answered in record['shown']]
        result |= number(record, shown)
        at_rest = await page.locator(f'[data-value="{NUMBER}"]').first.text_content()
        return result | {'wrong': int(at_rest != engines(page.url)), 'requests': len(record['sent'])}


async def drag_stock(browser, url, query=''):
    async with new_page(browser, RECORD) as page:
        await page.goto(f'{url}/drag{query}')
        await until(page, "globalThis.Bokeh?.documents?.[0]?.get_model_by_name('plot') && "
                          "Bokeh.index.find_one(Bokeh.documents[0].get_model_by_name('plot'))")
        await page.wait_for_timeout(1000)
        start = await page.evaluate('__watchBokeh()')
        await drag(page, start)
        record = await finished(page)
        wanted = await page.evaluate('__record.events.map(([t, y]) => __record.wanted(y))')
        downwards = {**record, 'handle': [[t, -y] for t, y in record['handle']]}
        result = handle(downwards, [-y for y in wanted], 1e-3)
        shown = [[t, -float(found[0])] for t, found in record['numbers']]
        delays = [first_at(shown, -y, 1e-3, t) - t for y, (t, *_) in zip(wanted, record['events'], strict=True)]
        return result | spread('number', delays) | {'behind': max(shown[-1][0], record['handle'][-1][0]) - record['up'], 'wrong': 0}


async def drag_bare(browser, url):
    async with new_page(browser, RECORD) as page:
        await page.goto(url)
        knob = page.locator('.knob')
        await knob.evaluate('knob => __watchSvg(knob)')
        box = await knob.bounding_box()
        start = box['x'] + 20, box['y'] + 20
        await drag(page, start)
        record = await finished(page)
        return handle(record, [y - 50 for _, y, _ in record['events']], 1e-6)


async def drag(page, start):
    """The pointer's way, sent without waiting for the page: it must keep up."""
    x, y = start
    cdp, clock, on_the_way = await page.context.new_cdp_session(page), asyncio.get_running_loop().time, []

    def mouse(kind, y):
        clicks = {} if kind == 'mouseMoved' else {'clickCount': 1}
        message = {'type': kind, 'x': x, 'y': y, 'button': 'left', 'buttons': int(kind != 'mouseReleased'), **clicks}
        on_the_way.append(asyncio.ensure_future(cdp.send('Input.dispatchMouseEvent', message)))

    await page.mouse.move(x, y)
    await page.evaluate('__record.events.length = 0')
    mouse('mousePressed', y)
    await asyncio.gather(*on_the_way)
    began = clock()
    for k in range(1, EVENTS + 1):
        await asyncio.sleep(max(0, began + k / RATE - clock()))
        mouse('mouseMoved', y + k * STEP)
    mouse('mouseReleased', y + EVENTS * STEP)
    await asyncio.gather(*on_the_way)


async def finished(page):
    """The record, once nothing has changed for a second."""
    before = None
    for _ in range(60):
        record = await page.evaluate("({...__record, wanted: null})")
        if before == json.dumps(record):
            return record
        before = json.dumps(record)
        await asyncio.sleep(1)
    return record


# From a record to figures.

def first_at(drawn, wanted, tolerance, since):
    """When what is drawn, growing in time, had first come as far as `wanted`, not before `since`; infinite if never."""
    k = bisect.bisect_left(drawn, wanted - tolerance, key=lambda point: point[1])
    return max(drawn[k][0], since) if k < len(drawn) else math.inf


def handle(record, wanted, tolerance):
    events, drawn = record['events'], record['handle']
    delays = [first_at(drawn, want, tolerance, t) - t for want, (t, *_) in zip(wanted, events, strict=True)]
    during = [t for t, _ in drawn if events[0][0] <= t <= events[-1][0] + 50]
    return {'events': len(events), 'frames': (len(during) - 1) / (events[-1][0] - events[0][0]) * 1000, **spread('handle', delays)}


def number(record, shown):
    """`shown`: (when, when it was asked). A request knows of an event if it left after the plane had drawn that event."""
    delays = []
    for time, *_ in record['events']:
        known = next((drawn for drawn in record['drawn'] if drawn >= time), math.inf)
        delays.append(next((answered for answered, asked in shown if asked >= known), math.inf) - time)
    last = max([t for t, _ in record['numbers']] + [time for time, asked in shown if asked <= record['up'] + 50])
    return spread('number', delays) | {'behind': last - record['up'], 'numbers': len(record['numbers'])}


def spread(name, delays):
    return {f'{name} p50': percentile(delays, 50), f'{name} p95': percentile(delays, 95), f'{name} max': max(delays)}


def engines(url):
    """What the engine says the number is, for the Parameters in this address."""
    lesson = read_lesson('loss')
    values, _ = parameters.read(lesson.state_class, dict(parse_qsl(url.partition('?')[2])))
    return value(lesson.state_class(**values), NUMBER)


async def echo(browser, url, far):
    """A bare websocket through the same kind of link, with as many messages of the same size at the same pace."""
    async with new_page(browser, '') as page:
        await page.goto(url)
        times = await page.evaluate("""async ([address, count, pause]) => {
          const socket = new WebSocket(address), times = [], text = 'x'.repeat(300)
          await new Promise((done, failed) => { socket.onopen = done; socket.onerror = failed })
          const all = new Promise(done => { socket.onmessage = event => { times.push(performance.now() - event.data.split(' ')[0]); if (times.length === count) done() } })
          for (let k = 0; k < count; k++) { socket.send(performance.now() + ' ' + text); await new Promise(done => setTimeout(done, pause)) }
          await all
          return times
        }""", [far.replace('http', 'ws') + '/echo', EVENTS, 1000 / RATE])
        return {'p50': percentile(times, 50), 'p95': percentile(times, 95)}
