"""A surface of 60 × 60 points with a path of 60 steps on it, turned by a mouse for three seconds at 60 Hz.

CPU is that of all of Chromium's processes, the mouse's own moves and the drawing of the page included; a frame is one in
which the surface was painted. An empty animation loop in the same page, in the same run, says what the machine could do.
plotly.js turns the same data beside it, where .venv-peers has it.
"""
import asyncio
import contextlib
import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

from app import parameters, widgets
from app.lesson_format import read_lesson
from app.mesh import bent
from app.pages import render_lesson
from app.scene import mark, written
from app.server.bundle import STATIC, bundled
from app.svg import svg
from core.functions import SURFACES
from core.gradient_descent import descend
from tests.bench.browser import chromium, new_page, until
from tests.bench.goals import Row, load
from tests.bench.play import LOOP

SECONDS, POINTS, STEPS, SIDE = 3, 60, 60, 430               # px: as large as in a lesson
ROOT = Path(__file__).parents[2]
PLOTLY = 'lib/python*/site-packages/plotly/package_data/plotly.min.js'
HOW = '.venv-peers/bin/python -m pip install --no-deps plotly==7.1.0'

OURS = """<!doctype html><meta charset="utf-8"><title>Ours</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/tokens.css"><link rel="stylesheet" href="/widgets.css">
<style>body { margin: 0 } figure { margin: 20px !important; width: 430px }</style><figure data-widget="hill">SVG</figure>
<script type="text/plain" id="scene">SCENE</script><script type="module">
import { decode } from '/packing.js'
import { Plane } from '/plane.js'
import { Painter } from '/mesh.js'
globalThis.frames_drawn = 0
globalThis.__probe = name => { if (name === 'turned') frames_drawn++ }
const plane = new Plane(document.querySelector('figure'), () => {})
plane.adopt(document.querySelector('svg'), decode(document.getElementById('scene').textContent))
plane.equip('mesh', Painter)
requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.ready = true }))
</script>"""
THEIRS = """<!doctype html><meta charset="utf-8"><title>plotly.js</title><link rel="icon" href="data:,">
<style>body { margin: 0 } #hill { width: 430px; height: 430px; margin: 20px }</style><div id="hill"></div>
<script src="/plotly.min.js"></script><script>
globalThis.frames_drawn = 0
const { x, y, z, path } = DATA
Plotly.newPlot('hill', [{ type: 'surface', x, y, z, showscale: false, contours: { z: { show: true } } },
  { type: 'scatter3d', mode: 'lines', x: path.x, y: path.y, z: path.z, line: { width: 5, color: '#00906a' } }],
  { margin: { l: 0, r: 0, t: 0, b: 0 } }, { displayModeBar: false }).then(() => {
    for (const type of [WebGLRenderingContext, WebGL2RenderingContext]) for (const name of ['drawArrays', 'drawElements']) {
      const draw = type.prototype[name]
      type.prototype[name] = function (...all) { globalThis.drew = true; return draw.apply(this, all) }
    }
    const count = () => { if (globalThis.drew) frames_drawn++; globalThis.drew = false; requestAnimationFrame(count) }
    count()
    globalThis.ready = true
  })
</script>"""


async def measure(runs):
    found, script = {'ours': [], 'plotly.js': []}, next(ROOT.glob(f'.venv-peers/{PLOTLY}'), None)
    pages = {'/ours': ours(), **({'/theirs': theirs(), '/plotly.min.js': script.read_bytes()} if script else {})}
    if not script:
        print(f'  plotly.js is left out: {HOW} brings it.')
    with serving(pages) as address:
        async with chromium() as browser:
            for _ in range(runs):
                found['ours'].append(await turned(browser, f'{address}/ours'))
                if script:
                    found['plotly.js'].append(await turned(browser, f'{address}/theirs'))

    def best(who, figure, least=False):
        return (max if least else min)(found[who], key=lambda run: run[figure]) if found[who] else None

    cost, rate, extra = best('ours', 'cpu'), best('ours', 'share', True), weight()
    beside = [{'plotly.js': best('plotly.js', figure, least)[figure]} if script else {} for figure, least in
              (('cpu', False), ('share', True))]
    return [
        Row('surface: CPU for each frame', cost['cpu'], 'ms', 20, beside={'empty loop': cost['empty cpu']} | beside[0],
            load=cost['load']),
        Row('surface: of an empty loop’s frame rate', rate['share'], '', .8, True, 2,
            {'turning': f'{rate["frames"]:.0f} /s', 'empty': f'{rate["empty"]:.0f} /s'} | beside[1], rate['load']),
        Row('surface: what it adds to its page, compressed', extra['all'] / 1000, 'kB', 15,
            beside={'plotly.js': len(gzip.compress(script.read_bytes())) / 1000} if script else {}),
    ], {'runs': found, 'weight': extra}


def hill():
    """The surface, and the walk on it."""
    x = np.linspace(-3, 3, POINTS)
    heights = SURFACES['ripples'].f(np.array(np.meshgrid(x, x)))
    path = descend(SURFACES['ripples'].gradient, np.array([2.9, -2.6]), 0.02, STEPS).path
    return x, heights, path


def ours():
    _, heights, path = hill()
    z = [-0.9, 2.2]
    ground = mark('mesh', 'space', x=[-3, 3], y=[-3, 3], z=z, **bent(heights, z), px=path[:, 0], py=path[:, 1], yaw=-38, pitch=36,
                  levels=np.arange(-.75, 2, .25).tolist(), label='ripples', names=['x', 'y', 'f'])
    scene = {'size': [SIDE, SIDE], 'title': 'Ripples', 'planes': {'space': dict(box=[0, 0, SIDE, SIDE], x=[0, 1], y=[0, 1])},
             'marks': {'hill': ground}}
    return OURS.replace('SVG', svg(scene, 'hill')).replace('SCENE', written(scene)).encode()


def theirs():
    x, heights, path = hill()
    data = {'x': x.tolist(), 'y': x.tolist(), 'z': heights.tolist(),
            'path': {'x': path[:, 0].tolist(), 'y': path[:, 1].tolist(), 'z': SURFACES['ripples'].f(path.T).tolist()}}
    return THEIRS.replace('DATA', json.dumps(data)).encode()


async def turned(browser, address):
    """One visit: the frames of three seconds of turning, what they cost, and the same for an empty loop."""
    session = await browser.new_browser_cdp_session()

    async def cpu():
        return sum(one['cpuTime'] for one in (await session.send('SystemInfo.getProcessInfo'))['processInfo'])

    async with new_page(browser) as page:
        await page.goto(address)
        await until(page, 'globalThis.ready')
        await asyncio.sleep(1)
        before = await cpu()
        empty = await page.evaluate(LOOP, SECONDS)
        empty_cpu = (await cpu() - before) * 1000 / (empty * SECONDS)
        middle = 20 + SIDE / 2
        await page.mouse.move(middle, middle)
        await page.mouse.down()
        await page.mouse.move(middle + 40, middle)
        await asyncio.sleep(.3)
        drawn, before, began = await page.evaluate('frames_drawn'), await cpu(), time.monotonic()
        moves = 0
        while (now := time.monotonic() - began) < SECONDS:
            await page.mouse.move(middle + 120 * np.cos(3 * now), middle + 60 * np.sin(3 * now))
            moves += 1
            await asyncio.sleep(max(0, moves / 60 - (time.monotonic() - began)))
        drawn, spent = await page.evaluate('frames_drawn') - drawn, await cpu() - before
        seconds = time.monotonic() - began
        await page.mouse.up()
    await session.detach()
    if not drawn:
        raise SystemExit(f'{address}: nothing was turned.')
    return {'cpu': spent * 1000 / drawn, 'frames': drawn / seconds, 'empty': empty, 'share': drawn / seconds / empty,
            'empty cpu': empty_cpu, 'moves': moves, 'load': load()}


def weight():
    """What the page of the lesson has because of its surface: in its HTML, and the script that paints it."""
    lesson, module = read_lesson('gradient'), widgets.WIDGETS['surface']

    def html():
        return len(gzip.compress(render_lesson(lesson, parameters.defaults(lesson.state_class), None).encode()))

    whole, draw = html(), module.draw
    try:
        module.draw = lambda *given, **options: without(draw(*given, **options))
        bare = html()
    finally:
        module.draw = draw
    script = len(gzip.compress(bundled('mesh').encode()))
    return {'html': whole - bare, 'script': script, 'all': whole - bare + script}


def without(scene):
    return scene | {'marks': {key: mark for key, mark in scene['marks'].items() if mark['kind'] != 'mesh'}}


@contextlib.contextmanager
def serving(pages):
    """Our static files and these pages, on this machine."""
    class Files(BaseHTTPRequestHandler):
        def do_GET(self):
            path = STATIC / self.path.lstrip('/')
            body = pages.get(self.path) or (path.read_bytes() if path.is_file() else None)
            kind = {'.js': 'text/javascript', '.css': 'text/css'}.get(Path(self.path).suffix, 'text/html; charset=utf-8')
            self.send_response(200 if body else 404)
            self.send_header('Content-Type', kind)
            self.end_headers()
            self.wfile.write(body or b'')

        def log_message(self, *message):
            pass

    server = ThreadingHTTPServer(('127.0.0.1', 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f'http://127.0.0.1:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()
