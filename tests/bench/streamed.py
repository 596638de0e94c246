"""Training as TensorFlow Playground works, but with the engine in Python: each reader has a process, which trains a little and
sends a picture, thirty times a second.

`python -m tests.bench.streamed` serves a websocket at /watch, and the CPU time spent so far at /cpu. The engine, the pictures
and the packing are our own, and the socket is a bare one: an easier life than a session of ours has.
"""
import asyncio
import os
import time

from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from app.network_picture import network_tracks
from app.runs import light
from app.scene import pack
from app.widgets.answer_map import answer_tracks
from app.widgets.trainer_table import texts
from core.layers import parameters
from core.side_by_side import answers
from core.stepping import stepper
from lessons.xor.state import State

EPOCHS, FRAMES, HIDDEN = 2000, 30, 4


class Watch(WebSocketHandler):
    """From the moment that somebody watches, a frame every thirtieth of a second; after the last epoch from the start again."""

    def check_origin(self, origin):
        return True

    async def open(self):
        self.set_nodelay(True)
        self.task = asyncio.create_task(self.stream())

    def on_close(self):
        self.task.cancel()

    async def stream(self):
        state = State(hidden=HIDDEN, shortcut=False, seed=int(self.get_argument('seed', '1')), epochs=EPOCHS)
        given, network = state.examples(), state.start()
        steps = stepper(network, given.x, given.target, given.loss, len(given.x), 'float64')
        began, sent = time.perf_counter(), 0
        while True:
            if sent % EPOCHS == 0:
                steps.load(parameters(network))
                losses = []
            steps.run(state.rate, [None])
            await self.write_message(pack(frame(network, steps.vectors([steps.raw()]), given, losses)), binary=True)
            sent += 1
            await asyncio.sleep(max(0, began + sent / FRAMES - time.perf_counter()))


def frame(network, vectors, given, losses):
    """All that one moment of our trainer shows, as its record has it."""
    every = answers(network, vectors, given.x)
    output = every[-1][0, :, 0]
    losses.append(float(((output - given.target[:, 0]) ** 2).sum()))
    tracks = {**answer_tracks(network, vectors, given.window), **network_tracks(network, vectors)}
    marks = {path: light(values[0]) for path, values in tracks.items()}
    return {'widgets': marks | {'cells.text': texts(given, every[-2][0], output), 'curve.y': losses[-1:],
                                'words': f'Epoch {len(losses):,}: loss {losses[-1]:.3f}'}}


class Cpu(RequestHandler):
    def get(self):
        self.finish({'ms': time.process_time() * 1000})


async def serve():
    Application([(r'/watch', Watch), (r'/cpu', Cpu)]).listen(int(os.environ['PORT']), '127.0.0.1')
    await asyncio.Event().wait()


if __name__ == '__main__':
    asyncio.run(serve())
