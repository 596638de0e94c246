"""Which runs one reader's page plays, and what becomes of them while the reader changes the Parameters."""
from app.runs import kept, key, packable, recorded
from app.scene import same
from app.widgets import WIDGETS


class Playing:
    """`keys`: what each run on the page depends on, by placement. The runs themselves are kept for all readers together."""

    def __init__(self, placements, state):
        self.placements = {name: placement for name, placement in placements.items()
                           if hasattr(WIDGETS[placement.widget], 'record')}
        self.state, self.keys = state, {}

    def start(self, name):
        """The run of this placement, as a message carries it; ValueError, with a reason, where there is none."""
        packed = packable(self.run(name))
        self.keys[name] = self.key(name)
        return packed

    def stop(self, name):
        self.keys.pop(name, None)

    def resume(self, names):
        """A page comes back and plays these; what it says is not trusted."""
        names = names if isinstance(names, list) else ()
        self.keys = {name: self.key(name) for name in self.placements if name in names}

    def now(self):
        """{placement: the key of the run that it plays}; None for one that is too long to follow the Parameters."""
        now = {name: self.key(name) for name in self.keys}
        for name, new in now.items():
            if new != self.keys[name] and not getattr(WIDGETS[self.placements[name].widget], 'LIVE', True):
                self.stop(name)
                now[name] = None
        return now

    def follow(self, changed, before):
        """{placement: its new run} for keys that have `changed`; None where the new Parameters have no run."""
        runs = {}
        for name, new in changed.items():
            try:
                run = new and self.run(name)
            except ValueError:
                self.stop(name)
                run = None
            if not (run and same(kept(before.get(name)), run)):     # a Parameter may change and the run be the same
                runs[name] = run and packable(run)
        return runs

    def step_at(self, at):
        """The step that a change begins with: `at` is [widget, moment], what the reader sees as they make it."""
        if not isinstance(at, list) or len(at) != 2 or not isinstance(at[0], str) or at[0] not in self.keys:
            return 0
        run, moment = self.run(at[0]), at[1]
        if not isinstance(moment, int) or not 0 <= moment < run['frames']:
            return 0
        return int(run['steps'][moment]) if 'steps' in run else moment

    def key(self, name):
        placement = self.placements[name]
        return key(WIDGETS[placement.widget], self.state, placement.options)

    def run(self, name):
        placement = self.placements[name]
        return recorded(WIDGETS[placement.widget], self.state, placement.options)
