"""Next to nothing, as a control: how fast this machine answers, echoes, paints and follows a pointer when nobody does anything.

`python -m tests.bench.bare` serves / (a page with a dot that follows the pointer), /bytes/<n> and a websocket at /echo.
"""
import asyncio
import os

from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<p>A dot.</p><svg width="800" height="500"><circle class="knob" cx="400" cy="100" r="20"/></svg>
<script>
const knob = document.querySelector('.knob')
let frame = 0, to = 0
document.onpointermove = event => {
  to = event.clientY
  frame ||= requestAnimationFrame(() => { frame = 0; knob.setAttribute('cy', to - 50) })
}
</script></html>"""


class Page(RequestHandler):
    def get(self):
        self.finish(PAGE)


class Bytes(RequestHandler):
    def get(self, count):
        self.finish(bytes(int(count)))


class Echo(WebSocketHandler):
    def check_origin(self, origin):
        return True                                     # the page is of the near end, the socket comes from the far one

    def open(self):
        self.set_nodelay(True)

    def on_message(self, message):
        self.write_message(message)


async def serve():
    Application([(r'/', Page), (r'/bytes/(\d+)', Bytes), (r'/echo', Echo)]).listen(int(os.environ['PORT']), '127.0.0.1')
    await asyncio.Event().wait()


if __name__ == '__main__':
    asyncio.run(serve())
