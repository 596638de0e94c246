"""Our own server with something changed: `python -m tests.bench.variants slow` or `lag FILE`.

slow: the engine takes 40 ms longer for every request.
lag:  the CPU time of every callback on the event loop is taken, from SIGUSR1 on; at the end the longest ones are written to FILE.
"""
import asyncio
import heapq
import json
import signal
import sys
import time
from pathlib import Path

from app.host import Host
from app.server.main import main

SLOWER = 0.04                       # seconds
MOST = 40                           # callbacks that are remembered


def slow():
    receive = Host.receive

    def slowly(host, message):
        time.sleep(SLOWER)
        receive(host, message)
    Host.receive = slowly


def lag(path):
    """Relies on: asyncio runs every callback of the loop through Handle._run."""
    run, longest, counts = asyncio.Handle._run, [], [0]

    def timed(handle):
        name = name_of(handle._callback, handle._args)          # before: a finished task forgets what it was
        before = time.thread_time()
        try:
            return run(handle)
        finally:
            took = (time.thread_time() - before) * 1000
            counts[0] += 1
            heapq.heappush(longest, (took, counts[0], name))
            if len(longest) > MOST:
                heapq.heappop(longest)

    def begin(*_):
        longest.clear()
        counts[0] = 0

    asyncio.Handle._run = timed
    signal.signal(signal.SIGUSR1, begin)
    main()
    seen = [[took, name] for took, _, name in sorted(longest, reverse=True)]
    Path(path).write_text(json.dumps({'callbacks': counts[0], 'longest': seen}))


def name_of(callback, arguments):
    """A callback in words: the coroutine whose step it is, or the function."""
    task = getattr(callback, '__self__', None)
    if isinstance(task, asyncio.Task):
        return getattr(task.get_coro(), '__qualname__', str(task))
    while hasattr(callback, 'func'):
        callback = callback.func
    inner = [getattr(getattr(a, 'func', a), '__qualname__', '') for a in arguments]
    return ' '.join([getattr(callback, '__qualname__', type(callback).__name__), *filter(None, inner)])


if __name__ == '__main__':
    if sys.argv[1] == 'slow':
        slow()
        main()
    else:
        lag(sys.argv[2])
