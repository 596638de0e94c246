"""A page with nothing but planes on it, as the server draws them, and what a test does there with mouse and finger."""
import base64
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from app.scene import changed, changed_planes, pack
from app.svg import rescaled, svg

STATIC = Path(__file__).parents[2] / 'static'
HARNESS = """<!doctype html><meta charset="utf-8"><title>Planes</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>body { margin: 0 } figure { margin: 40px 0 900px } svg { display: block; width: 100%; max-width: 720px }
  .picture { position: relative }
  svg:has(.sketch, .jumps) { touch-action: pan-y }  .hit { stroke: none } polyline { stroke: currentcolor }</style>
FIGURES
<script type="module">
import { Plane } from '/plane.js'
const arrays = { u1: Uint8Array, f4: Float32Array, f8: Float64Array }
window.unpack = text => {
  const { buffer } = Uint8Array.from(atob(text), c => c.charCodeAt(0)), n = new DataView(buffer).getUint32(0, true)
  return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, n)), (k, v) =>
    v?.$ ? new arrays[v.$[0]](buffer, 4 + n + v.$[1], v.$[2].reduce((a, b) => a * b, 1)) : v)
}
window.sent = []
window.planes = {}
window.writes = []
const watch = new MutationObserver(list => writes.push(...list))
watch.observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true })
window.written = () => {
  writes.push(...watch.takeRecords())
  return writes.splice(0).map(w => `${w.type} ${w.attributeName} ${w.target.outerHTML}`)
}
for (const figure of document.querySelectorAll('figure')) {
  const plane = planes[figure.dataset.widget] = new Plane(figure, message => sent.push(structuredClone(message)))
  plane.adopt(figure.querySelector('svg'), unpack(figure.dataset.scene))
}
// where two pictures differ; a picture of pixels may have become a canvas with the same pixels
window.differences = (is, should) => {
  if (is.localName === 'foreignObject' && should.localName === 'image') return []
  if (is.localName !== should.localName) return [`${is.localName} for ${should.localName}`]
  const names = new Set([...is.getAttributeNames(), ...should.getAttributeNames()]), found = []
  const where = `${is.closest('[data-mark]')?.dataset.mark} ${is.localName}`
  const same = (what, a, b) => a === b || found.push(`${where} ${what}: ${a} for ${b}`)
  for (const name of names) same(name, is.getAttribute(name), should.getAttribute(name))
  if (!same('children', is.childElementCount, should.childElementCount)) return found
  if (!is.childElementCount) same('text', is.textContent, should.textContent)
  return [...found, ...[...is.children].flatMap((child, i) => differences(child, should.children[i]))]
}
window.compare = (name, text) => {
  const should = document.createElement('template')
  should.innerHTML = text
  return differences(document.querySelector(`[data-widget=${name}] svg`), should.content.firstChild)
}
window.ready = true
</script>
"""


WINDOW = {'width': 720, 'height': 600}      # in which a unit of a wide picture is a pixel


@pytest.fixture(scope='module')
def site():
    """A server of static/ and of the pages that are put into `site.pages`."""
    class Files(SimpleHTTPRequestHandler):
        def do_GET(self):
            page = site.pages.get(self.path)
            if page is None:
                return super().do_GET()
            self.send_response(200)
            self.send_header('Content-Type', 'text/html; charset=utf-8')
            self.end_headers()
            return self.wfile.write(page.encode())

        def log_message(self, *message):
            pass

    site = ThreadingHTTPServer(('127.0.0.1', 0), partial(Files, directory=STATIC))
    site.pages = {}
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()


def packed(value):
    return base64.b64encode(pack(value)).decode()


@pytest.fixture
def tablet(new_page):
    return new_page(has_touch=True)


def open_scenes(site, page, scenes):
    page.set_viewport_size(WINDOW)
    figures = (f'<figure data-widget="{name}" data-scene="{packed(scene)}"><div class="picture">{svg(scene, name)}</div></figure>'
               for name, scene in scenes.items())
    site.pages['/scenes'] = HARNESS.replace('FIGURES', ''.join(figures))
    page.goto(f'http://127.0.0.1:{site.server_port}/scenes')
    page.wait_for_function('window.ready')


def rescale(page, name, old, new):
    """What the page is sent when planes have other ranges."""
    axes, marks = rescaled(new, changed_planes(old, new)), changed(old | {'planes': new['planes']}, new)
    page.evaluate('([name, axes, marks]) => planes[name].rescale(unpack(axes), unpack(marks))',
                  [name, packed(axes), packed(marks)])


def update(page, name, marks):
    page.evaluate('([name, marks]) => planes[name].update(unpack(marks))', [name, packed(marks)])


def wrong_pictures(page, scenes):
    """Where the page's pictures are not the server's of these scenes."""
    return page.evaluate('pictures => Object.entries(pictures).flatMap(([name, text]) => compare(name, text))',
                         {name: svg(scene, name) for name, scene in scenes.items()})


def place(x, y):
    """Where a place of plane `data` is in the window: the figure stands 40 px below the top."""
    return x, 340 - y


def drag(page, *places, release=True):
    page.mouse.move(*place(*places[0]))
    page.mouse.down()
    for spot in places[1:]:
        page.mouse.move(*place(*spot), steps=4)
    if release:
        page.mouse.up()
    settled(page)


def opened(page, address, name, parts=False):
    """Opens a lesson and scrolls to one of its figures, until the engine answers; with `parts`, until single ones can be held."""
    page.goto(address)
    figure = page.locator(f'#{name}')
    figure.scroll_into_view_if_needed()
    page.wait_for_function('() => document.documentElement.dataset.engine === "on"')
    if parts:
        expect(figure.locator('.wide [data-part]').first).to_be_attached()
    return figure


def idle(page):
    """Waits until all that the reader did has been sent, which may take until the next frame, and has been answered."""
    page.evaluate('() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))')
    page.wait_for_function('() => globalThis.nudge.page.gate.idle')


def settled(page):
    page.evaluate('() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')


def finger(page):
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        session.send('Input.dispatchTouchEvent', {'type': kind, 'touchPoints': [
            {'x': x, 'y': y, 'id': i} for i, (x, y) in enumerate(points)]})
    return touch


def swap(page, scene):
    """A new picture takes the old one's place."""
    page.evaluate("""([text, scene]) => { const old = document.querySelector('svg'), box = document.createElement('template')
        box.innerHTML = text
        old.replaceWith(box.content)
        planes.work.adopt(document.querySelector('svg'), unpack(scene)) }""", [svg(scene, 'work'), packed(scene)])


def sent(page):
    """All messages so far, without the last digits of what was a pixel once."""
    return [message | {'value': np.round(message['value'], 9).tolist()} for message in page.evaluate('sent')]


def focus(page, key):
    page.evaluate('key => document.querySelector(`[data-mark=${key}]`).focus()', key)


def drawn_as(page, scene, ignore=('class', 'data-held')):
    """Asserts that the geometry on the page is the server's of this scene."""
    wrong = page.evaluate('text => compare("work", text)', svg(scene, 'work'))
    assert [line for line in wrong if line.split()[2].rstrip(':') not in ignore] == []


def swipe(page, start, *, across=0, down=0):
    touch, (x, y) = finger(page), place(*start)
    touch('touchStart', (x, y))
    for part in np.linspace(.05, 1, 20):
        touch('touchMove', (x + across * part, y + down * part))
        page.wait_for_timeout(8)
    touch('touchEnd')
    settled(page)


def only_reading(page):
    """From now on the page can't fetch its engine. (`page.route` would keep it from what the browser has compiled, too.)"""
    network = page.context.new_cdp_session(page)
    network.send('Network.enable')
    network.send('Network.setBlockedURLs', {'urls': ['*/live/*', '*.min.js*']})
    page.allow('ERR_BLOCKED_BY_CLIENT')
    return page
