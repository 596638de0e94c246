"""Which runs one reader's page plays, and what becomes of them while the reader changes the Parameters.

A short run is recorded as it is asked for. One that is a job is recorded elsewhere (app/jobs.py) and comes later; until
then the page shows the one before, as no longer true. Of the runs that a reader wants of one widget the newest wins.
"""
from itertools import count
from typing import NamedTuple

from app.player import WORKING
from app.runs import KEPT, frames, key, recorded, runs_on, sent, stays
from app.scene import same
from app.widgets import WIDGETS


class Held(NamedTuple):
    """The run that a page has: when it was asked for, what it depends on, its moments, and what of it stays here.

    So long as somebody has it on the page that stays, even where the run itself is kept no more.
    """
    ticket: int
    key: tuple
    frames: int
    stays: dict


class Playing:
    """`keys`: what each run that the page plays depends on, by placement; `held`: the runs that it has; `waits`: the jobs
    that it waits for, as (ticket, key); `reached`: what a Stop would keep of them; `teaches`: what a run that has come has for
    the state, until `learnt` hands it over. `tell(…)` is called from any thread, with what `arrived` shall be given later."""

    def __init__(self, placements, state, pool=None, tell=None):
        self.placements = {name: placement for name, placement in placements.items()
                           if hasattr(WIDGETS[placement.widget], 'record')}
        self.state, self.pool, self.tell = state, pool, tell
        self.keys, self.walks, self.held, self.waits, self.tickets = {}, {}, {}, {}, count(1)
        self.reached, self.teaches = {}, None
        jobs = [WIDGETS[placement.widget].JOB for name, placement in self.placements.items() if self.is_job(name)]
        if jobs:
            pool.warm(slow=all(job == 'slow' for job in jobs))

    def start(self, name, has=False):
        """The answer to a press; ValueError, with a reason, where there is no run. `has`: the page still has its last one."""
        new = self.key(name)
        if has and name in self.held and self.held[name].key == new:
            answer = self.as_it_was(name)
        else:
            answer = self.bring(name, new)
        self.keys[name], self.walks[name] = new, self.walk(name)
        return answer

    def bring(self, name, new):
        """The run with this key, or the word that it will come."""
        if self.is_job(name) and (run := KEPT.get(new)) is None:
            ticket = next(self.tickets)
            self.waits[name] = ticket, new
            self.reached.pop(name, None)
            self.pool.ask(self, name, new, self.order(name), lambda *what: self.tell(name, ticket, new, *what))
            return {'pending': {name: self.words(name)}}
        if not self.is_job(name):
            run = self.run(name)
        message = sent(run)
        self.forsake(name)
        self.hold(name, next(self.tickets), new, run)
        return {'runs': {name: message}}

    def hold(self, name, ticket, new, run):
        kept = dict(stays(run))
        self.teaches = kept.pop('learnt', self.teaches)         # that is the state's from now on
        self.held[name] = Held(ticket, new, frames(run), kept)

    def learnt(self):
        """What the last run that came has to teach the state, once; or None."""
        learnt, self.teaches = self.teaches, None
        return learnt

    def as_it_was(self, name):
        """What the page shows is right after all."""
        self.forsake(name)
        return {'pending': {name: None}}

    def arrived(self, name, ticket, new, kind, content):
        """What to tell the page, or None, now that its job has got on: 'progress', 'run' or 'failed'.

        A run that was overtaken by other Parameters, but is newer than the one on the page, is shown meanwhile.
        """
        if name not in self.waits or name in self.held and self.held[name].ticket > ticket:
            return None
        last = self.waits[name][0] == ticket
        if kind == 'run':
            self.hold(name, ticket, new, content)
            if not last:
                return {'runs': {name: sent(content)}, 'pending': {name: self.words(name)}}
            del self.waits[name]
            return {'runs': {name: sent(content)}}
        if not last:
            return None
        if kind == 'failed':
            self.lose(name)
        else:
            content = self.progress(name, *content)
        return {kind: {name: content}}

    def progress(self, name, share, words, marks=None, keeps=None):
        """What a page is told: how far it is, what to show meanwhile, and whether a Stop keeps what there is."""
        if keeps:
            self.reached[name] = keeps
        return [share, words, *([marks or {}, bool(keeps)] if marks or keeps else [])]

    def kept(self, name):
        """The Parameters whose run is what has been done so far of the one that is waited for, or None."""
        return self.reached.get(name) if name in self.waits else None

    def sets(self, name):
        """What the button at the end of the run on the page sets, or None where the run does not say."""
        return self.held[name].stays.get('sets') if name in self.held else None

    def stop(self, name):
        """The page plays this no more, though it may keep it."""
        self.keys.pop(name, None)
        self.forsake(name)

    def forsake(self, name):
        if self.waits.pop(name, None):
            self.pool.drop(self, name)

    def lose(self, name):
        self.stop(name)
        self.held.pop(name, None)

    def resume(self, names):
        """A page comes back and plays these; what it says is not trusted."""
        names = names if isinstance(names, list) else ()
        for name in self.placements:
            self.lose(name)
        self.keys = {name: self.key(name) for name in self.placements if name in names}
        self.walks = {name: self.walk(name) for name in self.keys}

    def leave(self):
        """The reader has gone."""
        self.keys, self.held, self.waits = {}, {}, {}
        if self.pool:
            self.pool.leave(self)

    def now(self):
        """{placement: the key of the run that it plays}; None for one that does not follow the Parameters there."""
        now = {name: self.key(name) for name in self.keys}
        for name, new in now.items():
            if new != self.keys[name] and not self.follows(name):
                self.lose(name)
                now[name] = None
        return now

    def follows(self, name):
        """Whether it goes on with the new Parameters: not where it is too long for that, nor where they begin another walk."""
        return getattr(WIDGETS[self.placements[name].widget], 'LIVE', True) and self.walk(name) == self.walks.get(name)

    def walk(self, name):
        """What tells a walk from those that do not go on from it; nothing, where the module does not name what CONTINUES it."""
        module = WIDGETS[self.placements[name].widget]
        if not hasattr(module, 'CONTINUES'):
            return ''
        return repr([getattr(self.state, name) for name in runs_on(module, self.state) if name not in module.CONTINUES])

    def follow(self, changed):
        """What the page is told of keys that have `changed`: a new run, or None where the new Parameters have none."""
        told = {'runs': {}, 'pending': {}}
        for name, new in changed.items():
            held = self.held.get(name)
            if new is None:
                told['runs'][name] = None
            elif held and held.key == new:
                if name in self.waits:
                    told['pending'] |= self.as_it_was(name)['pending']
            elif held and self.unchanged(name, held, new):
                self.held[name] = held._replace(key=new)
            else:
                try:
                    answer = self.bring(name, new)
                except ValueError:
                    self.lose(name)
                    answer = {'runs': {name: None}}
                for kind, content in answer.items():
                    told[kind] |= content
        return {kind: content for kind, content in told.items() if content}

    def unchanged(self, name, held, new):
        """Whether other Parameters make the same run, which can be seen of those that are recorded here."""
        if self.is_job(name) or (before := KEPT.get(held.key)) is None:
            return False
        try:
            return same(before, self.run(name))
        except ValueError:
            return False

    def moment_at(self, at):
        """The step that a change begins with, and what rests of it. `at`: [widget, moment], what the reader sees then."""
        if not isinstance(at, list) or len(at) != 2 or not isinstance(at[0], str) or at[0] not in self.keys:
            return 0, None
        held, moment = self.held.get(at[0]), at[1]
        if not held or not isinstance(moment, int) or not 0 <= moment < held.frames:
            return 0, None
        steps, rests = held.stays.get('steps'), held.stays.get('rests')
        return moment if steps is None else int(steps[moment]), None if rests is None else rests[moment]

    def before(self):
        """All of it, to be put back `after` a request that failed."""
        return dict(self.keys), dict(self.held)

    def after(self, before):
        """As it was; but for the runs that were waited for, whose names are given back: they are lost."""
        self.keys, self.held = before
        lost = list(self.waits)
        for name in lost:
            self.lose(name)
        return lost

    def key(self, name):
        placement = self.placements[name]
        return key(WIDGETS[placement.widget], self.state, placement.options)

    def run(self, name):
        placement = self.placements[name]
        return recorded(WIDGETS[placement.widget], self.state, placement.options)

    def is_job(self, name):
        """Whether this is recorded elsewhere; where there is no elsewhere (a test, a page without a server), it is not."""
        return bool(self.pool and name in self.placements and getattr(WIDGETS[self.placements[name].widget], 'JOB', False))

    def words(self, name):
        return getattr(WIDGETS[self.placements[name].widget], 'WORKING', WORKING)

    def order(self, name):
        """What another process has to know: only what the run depends on, so that all who share it mean the same."""
        module, options = WIDGETS[self.placements[name].widget], self.placements[name].options
        values = {name: getattr(self.state, name) for name in runs_on(module, self.state)}
        job = module.JOB(self.state) if callable(module.JOB) else module.JOB
        return module.__name__, type(self.state), values, options, job == 'slow'
