"""What a page costs the browser: first paint, bytes before and after its widgets are used, jumps, and how soon a widget answers.

Cold every time: a new browser profile, nothing cached. Ours, Panel's two templates and a bare page take turns. Bytes are those
on the network: compressed where the server compresses, with headers and websocket messages.
"""
import asyncio
from collections import Counter
from contextlib import ExitStack
from urllib.parse import urlsplit

from tests.bench.browser import chromium, new_page, until
from tests.bench.goals import Row, load
from tests.bench.programs import Program
from tests.helpers.wire_client import get

WATCH = """
globalThis.__seen = { shift: 0, shown: [], go: 0 }
globalThis.__probe = name => { if (name === 'shown') __seen.shown.push(performance.now()) }
new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) __seen.shift += one.value })
  .observe({ type: 'layout-shift', buffered: true })
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LOW = {'width': 1280, 'height': 160}                # so low a window that no widget is near when the page opens
FIRST = 'document.querySelector("[data-widget]")'
INSTANTLY = '{ block: "center", behavior: "instant" }'
READY = 'globalThis.Bokeh?.documents?.length && [...Bokeh.documents].every(one => one.is_idle)'


async def measure(runs):
    with ExitStack() as stack:
        ours, stock, bare = (stack.enter_context(Program(name)) for name in ('app', 'tests.bench.stock', 'tests.bench.bare'))
        pages = {'ours': ours.url + '/loss', 'pn.Template': stock.url + '/template', 'FastListTemplate': stock.url + '/fast',
                 'bare': bare.url + '/'}
        seen = {name: [] for name in pages}
        for url in pages.values():
            get(url)                                    # imports and caches
        async with chromium() as browser:
            for _ in range(runs):
                for name, url in pages.items():
                    visit = visit_ours if name == 'ours' else visit_other
                    seen[name].append(await asyncio.wait_for(visit(browser, url), 120) | {'load': load()})
    return rows(seen), seen


def rows(seen):
    def best(name, figure):
        return min(run[figure] for run in seen[name])

    def worst(name, figure):
        return max(run[figure] for run in seen[name])

    def beside(figure, of, *names):
        return {name: of(name, figure) for name in names}

    busy = min(seen['ours'], key=lambda run: run['paint'])['load']
    stock = 'pn.Template', 'FastListTemplate'
    return [
        Row('first contentful paint', best('ours', 'paint'), 'ms', best('FastListTemplate', 'paint') / 3, load=busy,
            beside=beside('paint', best, *stock, 'bare')),
        Row('bytes before a widget is used', worst('ours', 'before') / 1000, 'kB', 60,
            beside={name: worst(name, 'bytes') / 1000 for name in stock}),
        Row('requests before a widget is used', worst('ours', 'requests'), '', digits=0),
        Row('bytes in all, widgets used', worst('ours', 'bytes') / 1000, 'kB', 800,
            beside={name: worst(name, 'bytes') / 1000 for name in stock}),
        Row('… when the reader comes back', worst('ours', 'again') / 1000, 'kB'),
        Row('layout shift, read to the end and used', worst('ours', 'shift'), '', .01, digits=4,
            beside=beside('shift', worst, *stock)),
        Row('widget usable after it comes near', best('ours', 'usable'), 'ms', 600, load=busy),
        Row('… when the reader comes back', best('ours', 'usable again'), 'ms', load=busy),
        Row('widget usable after the page was asked for', best('ours', 'answered'), 'ms', load=busy,
            beside=beside('answered', best, *stock)),
    ]


class Bytes:
    """Counts what comes over the network into a page, file by file."""

    def __init__(self):
        self.files, self.names = Counter(), {}

    async def watch(self, page):
        cdp = await page.context.new_cdp_session(page)
        cdp.on('Network.requestWillBeSent', self.asked)
        cdp.on('Network.loadingFinished', lambda event: self.add(self.names.get(event['requestId']), event['encodedDataLength']))
        for kind in ('Received', 'Sent'):
            cdp.on(f'Network.webSocketFrame{kind}', lambda event: self.message(**event['response']))
        await cdp.send('Network.enable')

    def asked(self, event):
        self.names[event['requestId']] = urlsplit(event['request']['url']).path.rpartition('/')[2]

    def add(self, name, count):
        self.files[name] += count

    def message(self, opcode, payloadData, **_):                    # Chromium's names; what is binary comes as base64
        self.add('websocket', len(payloadData) * 3 // 4 if opcode == 2 else len(payloadData.encode()))

    @property
    def bytes(self):
        return self.files.total()

    def by_size(self):
        return dict(self.files.most_common())


async def visit_ours(browser, url):
    result = {}
    async with new_page(browser, WATCH) as page:                     # an ordinary window: what the reader sees at once
        await page.goto(url)
        await until(page, PAINT)
        result['paint'] = await page.evaluate(PAINT)
        if not await near(page):
            await page.evaluate(f'{FIRST}.scrollIntoView({INSTANTLY})')
        await until(page, '__seen.shown.length')
        result['answered'] = await page.evaluate('__seen.shown[0]')
        await use(page)
        shift = await page.evaluate('__seen.shift')
    async with new_page(browser, WATCH) as page:                     # a low one: first nothing is near, then it is scrolled to
        result |= await come_near(page, url)
        result['shift'] = max(shift, await page.evaluate('__seen.shift'))
        again = await come_near(await page.context.new_page(), url)  # another day: the files are there, the numbers are not
        return result | {'again': again['bytes'], 'usable again': again['usable']}


async def near(page):
    return await page.evaluate(f'{FIRST}.getBoundingClientRect().top < innerHeight + 200')


async def come_near(page, url):
    """Opens the page, waits until all is quiet, scrolls to the first widget, waits for the engine's first answer, uses it."""
    network = Bytes()
    await network.watch(page)
    await page.set_viewport_size(LOW)
    await page.goto(url)
    await asyncio.sleep(1.5)
    if await near(page) or 'websocket' in network.files:
        raise SystemExit('A widget is near already: the window must be lower.')
    result = {'before': network.bytes, 'requests': len(network.names), 'files before': network.by_size()}
    await page.evaluate(f'(() => {{ __seen.go = performance.now(); {FIRST}.scrollIntoView({INSTANTLY}) }})()')
    await until(page, '__seen.shown.length')
    result['usable'] = await page.evaluate('__seen.shown[0] - __seen.go')
    await use(page)
    return result | {'bytes': network.bytes, 'files': network.by_size()}


async def use(page):
    """Reads to the end, drags the first handle that is seen, answers the first question."""
    height = await page.evaluate('document.documentElement.scrollHeight')
    for y in range(0, height, 150):
        await page.evaluate(f'scrollTo({{ top: {y}, behavior: "instant" }})')
        await asyncio.sleep(.05)
    await asyncio.sleep(1)
    await page.evaluate(f'{FIRST}.scrollIntoView({INSTANTLY})')
    knob = page.locator('.wide [data-mark=right] .knob').first
    if await knob.count():
        await knob.scroll_into_view_if_needed()
        box = await knob.bounding_box()
        await page.mouse.move(box['x'] + 8, box['y'] + 8)
        await page.mouse.down()
        await page.mouse.move(box['x'] + 8, box['y'] + 30, steps=10)
        await page.mouse.up()
    await asyncio.sleep(1)


async def visit_other(browser, url):
    async with new_page(browser, WATCH) as page:
        network = Bytes()
        await network.watch(page)
        await page.goto(url)
        await until(page, PAINT)
        answered = float('nan')
        if not url.endswith('/'):
            await until(page, READY)
            answered = await page.evaluate('performance.now()')
        height = await page.evaluate('document.documentElement.scrollHeight')
        for y in range(0, height, 300):
            await page.evaluate(f'scrollTo({{ top: {y}, behavior: "instant" }})')
            await asyncio.sleep(.05)
        await asyncio.sleep(1)
        return {'paint': await page.evaluate(PAINT), 'bytes': network.bytes, 'shift': await page.evaluate('__seen.shift'),
                'answered': answered}
