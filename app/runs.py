"""A run is a walk through time, recorded by the engine in one go: the browser plays it and computes nothing.

    {'frames': 241, 'pace': 3, 'labels': ['start: …', …],   how many moments, how many a second, what each of them is
     'marks': {mark: {field: value}}                    what is shown as long as the run is
     'tracks': {'mark.field': array (frames, …) or list}    moment k shows entry k
     'growing': {'mark.field': (array, counts)}         moment k shows the first counts[k] values: a trail
     'phases': ['gradient', …]                          moment 0 is the start, moment k > 0 is phase (k − 1) % len(phases);
                                                        a whole step ends where the last phase does
     'steps': (frames,)                                 the step that a changed rate would begin with; without it, k
     'rests': (frames, …)                               what the state is told of the moment that a change begins with; it
                                                        never leaves the server
     'time': {'plane': name, 'x': (frames,)}            who hovers over that plane sees the moment under the pointer
     'table': {'columns': […], 'rows': [[…]], 'counts': (frames,)}      moment k shows the first counts[k] rows of texts;
                                                        with 'cells': (frames,), only so many of the newest row;
                                                        with 'lits', each row is lit up together with what it is about
     'lit': ['w1 op-mul', '', …]                        what each moment is about, by the names of `lit`: it shines
                                                        wherever it stands on the page
     'goes': {mark: [[2, 9], …]}                        the moments that a press on each of its parts leads to, in turn
     'starts': k                                        the moment to begin with, if it is not the first
     'says': 'It has arrived …'                         the verdict, said at the last moment
     'again': True                                      the run was changed on its way: to restart is to take that back
     'rescue': 'Take a smaller rate',                   what a button offers at the last moment, where the walk was lost
     'sets': {Parameter: value},                        what that button sets; without it, `rescued()` of the state is asked
     'onward': True,                                    that button does not begin anew: it goes on from where the run ends
     'learnt': …}                                       what the run teaches the state of its page: `learns(learnt)` is called

`steps`, `rests`, `sets` and `learnt` stay on the server.

A widget that plays is a module with `record(state, **options) → run`. It may say `PHASES`, the phases before anything has
run; `RUNS_ON`, the names of the Parameters that a run depends on, or a function state → names (all, if it does not say);
`LIVE = False`, when a run is too long to follow a drag; `CONTINUES`, the names of those of RUNS_ON that a walk may change on
its way, where all others begin another one, which the reader starts; `COLUMNS` of its table, its `ROWS`, and `FOLDED`, the
words that open it, where it is not always seen; `PRESSED`, what buttons set if not the usual: {'new': method of the state};
`NEW`, what a new start is called where the place stays the same. What the state offers the player offers too: `new_start()`,
`restarted()`, `rescued()` and `changed_at(step, values, rests)` all return Parameter values. `RESCUES = True` says that its
runs bring what their button sets, where the state has no `rescued()`.

What takes longer than some 20 ms says `JOB = True`: it is `record(state, progress=None, **options)`, and is recorded in a
process of its own, given only the Parameters of RUNS_ON (app/jobs.py). It may call progress(share, words='', marks=None,
keeps=None) as often as it likes; that may raise, to stop it. `marks` is what the page shows over the scene meanwhile, as of a
run. `keeps` is what a reader's Stop sets: Parameters whose run is what has been done so far (a recorder that keeps what it has
done has that at once); without it, a Stop leaves nothing. `JOB = 'slow'` where it takes seconds: it waits in a line of its
own; a function state → True or 'slow' where that depends. `WORKING` is what a reader is told meanwhile.
"""
import zlib
from typing import NamedTuple

import numpy as np

from app import parameters
from app.bounded import Bounded, weight_of
from app.scene import check as check_scene
from app.scene import finite, pack, require

KEPT = Bounded(64 * 2**20, weight_of)       # the runs of all readers together
STAYS = 'steps', 'rests', 'sets', 'learnt'  # of a run, what no page gets
SQUEEZE = 1                                 # of 1 to 9: neighbouring moments are so alike that more costs time and saves little


class Squeezed(NamedTuple):
    """A run from another process, as a page gets it: packed and compressed. Here it is not looked into."""
    data: bytes
    frames: int
    stays: dict         # of STAYS, what the run has


def key(module, state, options):
    """What tells one run from all others: two lessons may have the same widget and Parameters of the same names."""
    depends = [getattr(state, name) for name in runs_on(module, state)]
    return module.__name__, type(state), tuple(sorted(options.items())), repr(depends)


def runs_on(module, state):
    """The names of the Parameters that a run depends on."""
    names = getattr(module, 'RUNS_ON', None) or parameters.names(state)
    return names(state) if callable(names) else names


def recorded(module, state, options):
    """The run of a widget for these Parameters, recorded once and then shared by all readers: nobody can change its numbers."""
    name = key(module, state, options)
    run = KEPT.get(name)
    if run is None:
        run = locked(module.record(state, **options))
        KEPT.put(name, run)
    return run


def squeezed(run):
    """A run on its way out of the process that recorded it."""
    return Squeezed(zlib.compress(pack(packable(run)), SQUEEZE), run['frames'], stays(run))


def sent(run):
    """A run, from whatever process, as a message carries it; static/page.js undoes what is squeezed."""
    return {'squeezed': np.frombuffer(run.data, np.uint8)} if isinstance(run, Squeezed) else packable(run)


def frames(run):
    """How many moments a run has."""
    return run.frames if isinstance(run, Squeezed) else run['frames']


def stays(run):
    """What the engine has to remember of a run that a page has."""
    return run.stays if isinstance(run, Squeezed) else {name: run[name] for name in STAYS if run.get(name) is not None}


def locked(part):
    """The same, with every array in it made read-only."""
    if isinstance(part, np.ndarray):
        part.flags.writeable = False
    elif isinstance(part, (dict, tuple)):
        for inner in part.values() if isinstance(part, dict) else part:
            locked(inner)
    return part


def packable(run):
    """The run as a message carries it: tracks as rows of [mark, field, numbers for each moment or None, values]."""
    tracks = []
    for path, values in run.get('tracks', {}).items():
        values = light(values)
        size = int(np.prod(values.shape[1:])) if isinstance(values, np.ndarray) and values.ndim > 1 else None
        tracks.append([*path.split('.'), size, values])
    growing = [[*path.split('.'), light(values), light(counts)] for path, (values, counts) in run.get('growing', {}).items()]
    sent = {name: value for name, value in run.items() if name not in STAYS} | {'tracks': tracks, 'growing': growing}
    if 'marks' in run:
        sent['marks'] = {mark: {field: light(value) for field, value in fields.items()} for mark, fields in run['marks'].items()}
    if 'time' in run:
        sent['time'] = run['time'] | {'x': light(run['time']['x'])}
    if 'table' in run:
        sent['table'] = run['table'] | {part: light(run['table'][part]) for part in ('counts', 'cells') if part in run['table']}
    return sent


def light(values):
    """Places on a screen need no more than 32 bits; what is not finite goes nowhere. Texts stay as they are."""
    if not isinstance(values, np.ndarray):
        return values
    if values.dtype != np.uint8:
        values = values.astype(np.float32)
        if not np.isfinite(values).all():
            raise ValueError('a run has a number that is not finite')
    return values


def moment(run, k):
    """What moment k shows over the scene: {mark: {field: value}}. The player does the same."""
    shown = {mark: dict(fields) for mark, fields in run.get('marks', {}).items()}
    for path, values in run.get('tracks', {}).items():
        mark, field = path.split('.')
        shown.setdefault(mark, {})[field] = values[k]
    for path, (values, counts) in run.get('growing', {}).items():
        mark, field = path.split('.')
        shown.setdefault(mark, {})[field] = values[:int(counts[k])]
    return shown


def check(run, scene):
    """ValueError, with a sentence that names the culprit, for a run that could not be played over this scene."""
    n = run.get('frames')
    require(isinstance(n, int) and n > 0, 'a run needs frames, a whole number above 0')
    require(finite(run.get('pace')) and (run.get('pace') or 0) > 0, 'a run needs a pace above 0')
    check_texts('labels', run.get('labels'), n)
    check_texts('lit', run.get('lit', [''] * n), n)
    for mark, moments in run.get('goes', {}).items():
        require(mark in scene['marks'], f'a press on {mark!r} leads to a moment, and it is no mark of the scene')
        require(all(0 <= k < n for part in moments for k in part), f'a press on {mark!r} leads to a moment that is none')
    require(0 <= run.get('starts', 0) < n, 'a run starts at one of its moments')
    require(all(isinstance(run.get(name, ''), str) for name in ('says', 'rescue')), 'a run says texts')
    for path, values in run.get('tracks', {}).items():
        check_path(path, scene)
        require(len(values) == n, f'track {path} needs {n} entries, not {len(values)}')
    for path, (values, counts) in run.get('growing', {}).items():
        check_path(path, scene)
        check_counts(path, counts, n, len(values))
    for mark in run.get('marks', {}):
        require(mark in scene['marks'], f'the run shows {mark!r}, which is no mark of its scene')
    require(finite([list(run.get(part, {}).values()) for part in ('marks', 'tracks', 'growing')]), 'a number is not finite')
    if 'steps' in run:
        check_counts('steps', run['steps'], n)
    if 'time' in run:
        require(run['time']['plane'] in scene['planes'], f'the time runs along {run["time"]["plane"]!r}, which is no plane')
        require(len(run['time']['x']) == n and finite(run['time']['x']), f'the time needs {n} places')
    if 'table' in run:
        heads, rows = run['table']['columns'], run['table']['rows']
        for row in rows:
            check_texts('a row of the table', row, len(heads))
        check_counts('table', run['table']['counts'], n, len(rows))
        if 'lits' in run['table']:
            check_texts('what the rows of the table are lit by', run['table']['lits'], len(rows))
        cells = np.asarray(run['table'].get('cells', np.full(n, len(heads))))
        require(cells.shape == (n,) and ((cells >= 0) & (cells <= len(heads))).all(), f'the table needs {n} numbers of cells')
    for k in {0, n // 3, n // 2, n - 1}:
        shown = {key: mark | moment(run, k).get(key, {}) for key, mark in scene['marks'].items()}
        check_scene(scene | {'marks': shown})


def check_path(path, scene):
    mark, dot, field = path.partition('.')
    require(dot and field and mark in scene['marks'], f'track {path} names no mark of its scene')


def check_texts(what, texts, n):
    require(isinstance(texts, list) and len(texts) == n and all(isinstance(text, str) for text in texts),
            f'{what} needs {n} texts')


def check_counts(what, counts, n, most=None):
    counts = np.asarray(counts)
    require(counts.shape == (n,) and (counts >= 0).all() and (np.diff(counts) >= 0).all(), f'{what} needs {n} rising counts')
    require(most is None or counts[-1] <= most, f'{what} counts further than its {most} entries')
