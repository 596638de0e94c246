"""Dragging a line's end in Chromium, three seconds at 60 Hz: how soon the handle, the engine's number and the end of it all.

The handle's delay: from the pointer's event in the page to the moment when the handle is drawn where the pointer was.
The number's: from the event to the moment when the first answer to a request that already knew of it is shown in full.
Behind: from letting go to the last change of the number.
"""
import asyncio
from contextlib import ExitStack

from tests.bench.browser import chromium
from tests.bench.distance import distant
from tests.bench.dragging import drag_bare, drag_ours, drag_stock, echo
from tests.bench.goals import Row, load
from tests.bench.programs import Program

OURS = 'ours', 'ours far', 'ours slow'


async def measure(runs):
    conditions = {}

    async def run(name, how, *arguments):
        found = await asyncio.wait_for(how(browser, *arguments), 120)
        conditions.setdefault(name, []).append(found | {'load': load()})

    with ExitStack() as stack:
        ours, slow, stock, bare = (stack.enter_context(Program(*words)) for words in (
            ('app',), ('tests.bench.variants', 'slow'), ('tests.bench.stock',), ('tests.bench.bare',)))
        async with chromium() as browser, distant(ours.port) as far, distant(stock.port) as far_stock, \
                distant(bare.port) as far_bare:
            for program in (ours, slow):
                await drag_ours(browser, program.url)                # what happens only the first time has happened
            for _ in range(runs):                                    # turn by turn: all meet the same weather
                await run('bare', drag_bare, bare.url)
                await run('ours', drag_ours, ours.url)
                await run('stock', drag_stock, stock.url)
                await run('echo far', echo, bare.url, far_bare)
                await run('ours far', drag_ours, far)
                await run('ours slow', drag_ours, slow.url)
            await run('stock far', drag_stock, far_stock)
            await run('stock slow', drag_stock, stock.url, '?slow=1')
    return rows(conditions), conditions


def rows(conditions):
    def best(condition, figure, least):
        found = (max if least else min)(conditions[condition], key=lambda run: run[figure])
        return found[figure], found['load']

    def row(what, condition, figure, goal=None, beside=(), least=False, unit='ms', **more):
        measured, busy = best(condition, figure, least)
        others = {other: best(other, figure, least)[0] for other in beside}
        return Row(what, measured, unit, goal, least, beside=others | more, load=busy)

    bare_echo, _ = best('echo far', 'p95', False)
    wrong = sum(run['wrong'] for name in OURS for run in conditions[name])
    said = sum(len(run['console']) for name in OURS for run in conditions[name])
    return [
        row('drag: handle p50', 'ours', 'handle p50', None, ('bare', 'stock')),
        row('drag: handle p95', 'ours', 'handle p95', 4, ('bare', 'stock')),
        row('drag: frames/s', 'ours', 'frames', 55, ('bare', 'stock'), True, '/s'),
        row('drag: number p50', 'ours', 'number p50', None, ('stock',)),
        row('drag: number p95', 'ours', 'number p95', 25, ('stock',)),
        row('drag: behind after release', 'ours', 'behind', None, ('stock',)),
        row('100 ms away: handle p95', 'ours far', 'handle p95', 4, ('ours', 'stock far')),
        row('100 ms away: frames/s', 'ours far', 'frames', 55, ('ours', 'stock far'), True, '/s'),
        row('100 ms away: number p95', 'ours far', 'number p95', bare_echo + 60, ('stock far',), **{'bare echo': bare_echo}),
        row('100 ms away: behind after release', 'ours far', 'behind', None, ('stock far',)),
        row('slow engine: handle p95', 'ours slow', 'handle p95', 4, ('stock slow',)),
        row('slow engine: number p95', 'ours slow', 'number p95', None, ('stock slow',)),
        row('slow engine: behind after release', 'ours slow', 'behind', 250, ('stock slow',)),
        Row('drag: at rest, numbers that the address would not bring back', wrong, '', 0, digits=0),
        Row('drag: console messages', said, '', 0, digits=0),
    ]
