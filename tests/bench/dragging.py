"""One drag in one page, driven from outside and recorded inside (record.js), and the figures that follow from the record.

The drag goes one way only, so what is drawn tells which event it shows.
"""
import asyncio
import bisect
import json
import math
from pathlib import Path
from urllib.parse import parse_qsl

from app import parameters
from app.lesson_format import read_lesson
from app.live_numbers import value
from tests.bench.browser import new_page, until
from tests.bench.goals import percentile

RECORD = (Path(__file__).parent / 'record.js').read_text('utf-8')
EVENTS, RATE, STEP = 180, 60, 1.3                   # events, events a second, CSS pixels
NUMBER = 'loss:,.0f'
ECHO = """async ([address, count, pause]) => {
  const socket = new WebSocket(address), times = [], text = 'x'.repeat(300)
  await new Promise((done, failed) => { socket.onopen = done; socket.onerror = failed })
  const all = new Promise(done => {
    socket.onmessage = event => {
      times.push(performance.now() - event.data.split(' ')[0])
      if (times.length === count) done()
    }
  })
  for (let k = 0; k < count; k++) {
    socket.send(performance.now() + ' ' + text)
    await new Promise(done => setTimeout(done, pause))
  }
  await all
  return times
}"""


async def drag_ours(browser, url):
    """The lesson as it is, with all else that is on its page."""
    async with new_page(browser, RECORD) as page:
        said = []
        page.on('console', lambda message: said.append(message.text))
        await page.goto(url + '/loss')
        await page.evaluate("document.querySelector('#see-the-squares').scrollIntoView({block: 'center', behavior: 'instant'})")
        await until(page, '__record.shown.length')
        await asyncio.sleep(1)
        place, selector = '#see-the-squares .wide', '[data-mark=right] .knob'
        knob = page.locator(f'{place} {selector}')
        scale = await knob.evaluate('knob => knob.getScreenCTM().d')
        watched = [place, selector, f'[data-value="{NUMBER}"]']
        await page.evaluate('watched => __watchSvg(...watched)', watched)
        first, start = float(await knob.get_attribute('cy')), await middle(knob)
        await drag(page, start)
        record = await finished(page)
        await asyncio.sleep(1)
        number = await page.locator(f'[data-value="{NUMBER}"]').first.text_content()
        wanted = [first + (y - start[1]) / scale for _, y, _ in record['events']]
        return {**handle(record, wanted, .11), **numbers(record), 'behind': behind(record), 'requests': len(record['sent']),
                'pictures': record['pictures'], 'wrong': int(number != engines(page.url)), 'console': said}


async def drag_stock(browser, url, query=''):
    """Only the widget, in a page of its own."""
    async with new_page(browser, RECORD) as page:
        await page.goto(f'{url}/drag{query}')
        await until(page, "globalThis.Bokeh?.documents?.[0]?.get_model_by_name('plot') && "
                          "Bokeh.index.find_one(Bokeh.documents[0].get_model_by_name('plot'))")
        await asyncio.sleep(1)
        await drag(page, await page.evaluate('__watchBokeh()'))
        record = await finished(page)
        wanted = [-y for y in await page.evaluate('__record.events.map(([t, y]) => __record.wanted(y))')]      # prices fall
        drawn = record | {'handle': [[t, -y] for t, y in record['handle']]}
        shown = [[t, -float(price)] for t, (price, _) in record['numbers']]
        delays = [first_at(shown, want, 1e-3, t) - t for want, (t, *_) in zip(wanted, record['events'], strict=True)]
        return {**handle(drawn, wanted, 1e-3), **spread('number', delays),
                'behind': max(shown[-1][0], record['handle'][-1][0]) - record['up']}


async def drag_bare(browser, url):
    """A dot that follows the pointer."""
    async with new_page(browser, RECORD) as page:
        await page.goto(url)
        knob = page.locator('.knob')
        await page.evaluate("__watchSvg('svg', '.knob')")
        await drag(page, await middle(knob))
        record = await finished(page)
        return handle(record, [y - 50 for _, y, _ in record['events']], 1e-6)


async def echo(browser, url, far):
    """A bare websocket over the same kind of link: as many messages of the same size at the same pace."""
    async with new_page(browser) as page:
        await page.goto(url)
        times = await page.evaluate(ECHO, [far.replace('http', 'ws') + '/echo', EVENTS, 1000 / RATE])
        return {'p50': percentile(times, 50), 'p95': percentile(times, 95)}


# Driving.

async def middle(knob):
    box = await knob.bounding_box()
    return box['x'] + box['width'] / 2, box['y'] + box['height'] / 2


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
    """The record, once nothing has been added for a second."""
    record, before = None, ''
    while before != (before := json.dumps(record)) or record is None:
        await asyncio.sleep(1)
        record = await page.evaluate('({ ...__record, wanted: null })')
    return record


# From a record to figures.

def first_at(drawn, wanted, tolerance, since):
    """When what is drawn, growing in time, had first come as far as `wanted`, not before `since`; infinite if never."""
    k = bisect.bisect_left(drawn, wanted - tolerance, key=lambda point: point[1])
    return max(drawn[k][0], since) if k < len(drawn) else math.inf


def handle(record, wanted, tolerance):
    events, drawn = record['events'], record['handle']
    delays = [first_at(drawn, want, tolerance, t) - t for want, (t, *_) in zip(wanted, events, strict=True)]
    frames = sum(events[0][0] <= t <= events[-1][0] + 50 for t, _ in drawn)
    return {'events': len(events), 'frames': frames / (events[-1][0] - events[0][0]) * 1000, **spread('handle', delays)}


def numbers(record):
    """A request knows of an event if it left after the plane had drawn that event."""
    asked = {seq: t for t, seq, _ in record['sent']}
    shown = [(t, asked[seq]) for t, seq in record['shown'] if seq in asked]
    delays = []
    for t, *_ in record['events']:
        known = next((drawn for drawn in record['drawn'] if drawn >= t), math.inf)
        delays.append(next((answered for answered, sent in shown if sent >= known), math.inf) - t)
    return spread('number', delays)


def behind(record):
    """From letting go to the last number, or if that was right already, to the answer that confirms it."""
    asked = {seq for t, seq, kind in record['sent'] if kind == 'move'}
    return max([t for t, _ in record['numbers']] + [t for t, seq in record['shown'] if seq in asked]) - record['up']


def spread(name, delays):
    return {f'{name} p50': percentile(delays, 50), f'{name} p95': percentile(delays, 95), f'{name} max': max(delays)}


def engines(url):
    """What the engine says the number is, for the Parameters in this address."""
    lesson = read_lesson('loss')
    values, _ = parameters.read(lesson.state_class, dict(parse_qsl(url.partition('?')[2])))
    return value(lesson.state_class(**values), NUMBER)
