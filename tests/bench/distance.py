"""A link of a given length: every byte takes `delay` seconds each way, and bytes on the way do not hold up those behind.

(tests/helpers/proxy.py cuts, swallows and delays, but reads on only after it has waited: good for spoiling a link, not
for measuring it.)
"""
import asyncio
import contextlib


@contextlib.asynccontextmanager
async def distant(port, delay=0.05):
    """The address of a link to `port` on this machine."""
    tasks = set()

    async def link(reader, writer):
        tasks.add(asyncio.current_task())
        there, back = await asyncio.open_connection('127.0.0.1', port)
        await asyncio.gather(pump(reader, back, delay), pump(there, writer, delay))

    server = await asyncio.start_server(link, '127.0.0.1', 0)
    try:
        yield f'http://127.0.0.1:{server.sockets[0].getsockname()[1]}'
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def pump(reader, writer, delay):
    clock = asyncio.get_running_loop().time

    def deliver(data):
        if not writer.is_closing():
            writer.write(data) if data else writer.close()

    data = True
    while data:
        try:
            data = await reader.read(65536)
        except OSError:
            data = b''
        asyncio.get_running_loop().call_at(clock() + delay, deliver, data)
