"""A link between browser and server that a test can spoil: cut it, refuse, swallow every byte, delay."""
import asyncio
import contextlib
import threading


class Proxy:
    """TCP from a free port of ours to `port`. All methods may be called from the test's thread.

    `cut()`: open connections end and new ones are refused, until `mend()`.
    `swallow()`: connections stay open and new ones are taken, but no byte gets through, until `mend()`; those that have
    lost bytes stay deaf.
    """

    def __init__(self, port, delay=0):
        self.target, self.delay = port, delay
        self.swallowing, self.links, self.count = False, set(), 0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.port = self.call(self.listen(0))
        self.url = f'http://127.0.0.1:{self.port}'

    def call(self, task):
        return asyncio.run_coroutine_threadsafe(task, self.loop).result(10)

    async def listen(self, port):
        self.server = await asyncio.start_server(self.link, '127.0.0.1', port)
        return self.server.sockets[0].getsockname()[1]

    async def link(self, reader, writer):
        self.count += 1
        self.links.add(writer)
        try:
            if self.swallowing:
                while await reader.read(65536):
                    pass
                return
            there, back = await asyncio.open_connection('127.0.0.1', self.target)
            self.links.add(back)
            try:
                await asyncio.gather(self.pump(reader, back), self.pump(there, writer))
            finally:
                self.links.discard(back)
                back.close()
        except OSError:
            pass
        finally:
            self.links.discard(writer)
            writer.close()

    async def pump(self, reader, writer):
        deaf = False
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                deaf = deaf or self.swallowing           # a link that has lost bytes carries nothing more
                if not deaf:
                    if self.delay:
                        await asyncio.sleep(self.delay)
                    writer.write(data)
                    await writer.drain()
        with contextlib.suppress(OSError):
            writer.close()

    async def _cut(self):
        self.server.close()
        for writer in list(self.links):
            writer.transport.abort()

    def cut(self):
        self.call(self._cut())

    def swallow(self):
        self.swallowing = True

    def mend(self):
        self.swallowing = False
        if not self.server.is_serving():
            self.call(self.listen(self.port))

    def close(self):
        self.call(self._cut())
        self.call(asyncio.sleep(.1))                     # until what was on its way has noticed
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()
