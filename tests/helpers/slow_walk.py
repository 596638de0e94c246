"""A widget of the tests' own whose run is a job, and a lesson around it: what it does while it is recorded can be chosen."""
import os
import time

import numpy as np
import param

from app.lesson_format import Lesson, Placement

JOB = True
RUNS_ON = 'steps', 'does', 'lasts'
WORKING = 'Walking …'


class Walk(param.Parameterized):
    steps = param.Integer(10, bounds=(1, 2000))
    does = param.Selector(default='walk', objects=['walk', 'teach', 'refuse', 'stumble', 'die', 'hang', 'sleep', 'print', 'eat'])
    lasts = param.Number(0., bounds=(0, 60), doc='seconds')
    other = param.Number(0., bounds=(0, 10), doc='nothing that a run depends on')
    taught = None

    def learns(self, learnt):
        self.taught = learnt


def draw(state, width, **options):
    size = [720, 200] if width == 'wide' else [340, 200]
    return {'size': size, 'title': 'A walk', 'controls': ['steps', 'does', 'lasts', 'other'],
            'planes': {'ground': {'box': [20, 20, size[0] - 40, 160], 'x': [0, 2000], 'y': [0, 1]}},
            'marks': {'goal': {'kind': 'points', 'plane': 'ground', 'x': [float(state.steps)], 'y': [state.taught or .5]},
                      'walker': {'kind': 'points', 'plane': 'ground', 'x': [0.], 'y': [.5]}}}


def gesture(state, handle, value, **options):
    return {}


def record(state, progress=None, **options):
    if state.does == 'teach':
        return teach(state, progress)
    began = time.monotonic()
    ACTS[state.does]()
    while time.monotonic() < began + state.lasts:
        time.sleep(.002)
        if progress:
            progress((time.monotonic() - began) / state.lasts, f'{state.steps} steps')
    n = state.steps + 1
    return {'frames': n, 'pace': 50, 'labels': [f'step {k}' for k in range(n)], 'steps': np.arange(n),
            'tracks': {'walker.x': np.arange(n, dtype=float)[:, None]}, 'says': f'{os.getpid()}'}


def teach(state, progress):
    """A walk that keeps how far it has come, and of which something stays on the server."""
    for k in range(WALKED[0], state.steps):
        time.sleep(state.lasts / 100)
        WALKED[0] = k + 1
        if progress:
            progress((k + 1) / state.steps, '', {'walker': {'x': [k + 1.]}}, {'steps': k + 1})
    n = state.steps + 1
    return {'frames': n, 'pace': 50, 'labels': [f'step {k}' for k in range(n)], 'steps': 2 * np.arange(n),
            'rests': 10 * np.arange(n), 'tracks': {'walker.x': np.arange(n, dtype=float)[:, None]},
            'rescue': 'Five more', 'sets': {'steps': n + 4}, 'onward': True, 'learnt': .75}


WALKED = [0]            # steps that this process has taken so far


def refuse():
    raise ValueError('there is no ground.')


def stumble():
    return {}['ground']


def hang():
    while True:
        pass


ACTS = {'walk': lambda: None, 'refuse': refuse, 'stumble': stumble, 'die': lambda: os.kill(os.getpid(), 9), 'hang': hang,
        'sleep': lambda: time.sleep(600), 'print': lambda: print('x' * 100_000), 'eat': lambda: np.ones(2**28)}

LESSON = Lesson('walks', 'Walks', 'How far?', Walk, (
    '<p>How far?</p>', Placement('slow-walk', 'walk', {}, '<p>Press Play.</p>'), '<div style="height: 400vh">Read on.</div>',
    Placement('slow-walk', 'other', {})), title_html='Walks')
