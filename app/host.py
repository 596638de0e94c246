"""One reader's page: its state, the widgets that follow it, and the messages. Knows neither Panel nor the browser.

Every request gets exactly one answer, with everything on the page that the request changed. Nothing that a browser
sends, honest or not, raises: what can't be used is refused in a sentence and the reader's values stay.

A run that takes long is promised, {'pending': {widget: words}} (None: the one that the page has is right after all), and
comes in a message of its own, without `seq`: {'progress': {widget: [share, words]}} now and then, with two more entries where
there is something to show meanwhile: marks, and whether a Stop keeps what there is; at last {'runs': {widget: run}} or
{'failed': {widget: a sentence}}. What a run teaches the state changes the page as anything else does, in the next message.
"""
import logging
from functools import partial

from app import charts, hands, parameters
from app.kinds import kind_of
from app.live_numbers import fill, used, value
from app.memory import Memory
from app.news import news
from app.playing import Playing
from app.scene import pack
from app.widgets import WIDGETS, WIDTHS, scene_of

log = logging.getLogger('nudge')

MOST_GUESSES = 50


class Refused(ValueError):
    """A request that can't be carried out; its text is the sentence that the reader sees."""


class Host:
    """The engine's side of one page of `lesson` (or of its one widget `only`); `post` takes each packed answer.

    With a `pool` (app/jobs.py) long runs are recorded there. `later(call, …)` is then asked, from any thread, to make that
    call where messages are handled. Without a pool everything is recorded here and now.
    """

    def __init__(self, lesson, post, only=None, pool=None, later=None):
        self.post = post
        self.placements = {p.name: p for p in lesson.placements if only in (None, p.name)}
        self.expressions = used(lesson.texts if only is None else [p.body_html for p in self.placements.values()])
        self.state = lesson.state_class()
        self.memory = Memory(self.state)
        self.guesses, self.width = {}, 'wide'
        self.playing = Playing(self.placements, self.state, pool, lambda *what: later(self.hear, *what))
        self.shown = {}                     # what the page shows now: {kind: {key: content}}

    def receive(self, message):
        seq, before = None, (self.params(), dict(self.guesses), self.width, self.playing.before(), self.shown)
        try:
            if not isinstance(message, dict) or not isinstance(message.get('do'), str):
                raise Refused('The page sent something that is not a request.')
            seq = message.get('seq') if isinstance(message.get('seq'), int) else None
            if message['do'] not in VERBS:
                raise Refused('The page asked for something that does not exist here.')
            packed = pack({'seq': seq, **VERBS[message['do']](self, message)})
        except Refused as reason:
            log.info('refused: %.200s', reason)
            about = message.get('widget') if isinstance(message, dict) else None
            packed = pack({'seq': seq, 'notice': str(reason), 'about': about if isinstance(about, str) else None})
        except Exception as error:          # a mistake of ours: everything is as it was before, and the reader is told
            params, self.guesses, self.width, playing, self.shown = before
            self.state.param.update(**params)
            log.error('a request failed: %.250s', f'{type(error).__name__}: {error}')
            failed = dict.fromkeys(self.playing.after(playing), 'Press Play to run it again.')
            packed = pack({'seq': seq, 'notice': 'Something went wrong here with that step. Your values are kept.',
                           **({'failed': failed} if failed else {})})
        self.post(packed)

    def hear(self, *what):
        """A run that was promised has got on; the page is told, if it still wants to know."""
        if message := self.playing.arrived(*what):
            self.post(pack(message))
        if self.learnt():
            self.post(pack(self.changes()))

    def close(self):
        """The reader has gone: nothing is recorded for this page any more."""
        self.playing.leave()

    # The verbs. Each returns its answer.

    def move(self, message):
        placement = self.placed(message)
        handle = message.get('handle')
        scene = self.shown.get('scenes', {}).get(placement.name) or self.scene(placement)
        grip = scene and isinstance(handle, str) and scene['marks'].get(handle)
        try:
            point = hands.meant(grip, message.get('value'))
        except ValueError as reason:
            raise Refused(str(reason)) from None
        try:
            proposal = WIDGETS[placement.widget].gesture(self.state, handle, point, **placement.options)
        except ValueError as reason:
            raise Refused(f'That can’t be done: {reason}') from None
        return self.take(proposal, message)

    def set(self, message):
        name = message.get('parameter')
        if not isinstance(name, str):
            raise Refused('This page has nothing of that name.')
        return self.take({name: message.get('value')}, message)

    def edit(self, message):
        """Something written, chosen or drawn into a widget that keeps it (`edit(state, placement, kept, mark, value)`)."""
        placement = self.placed(message)
        module, kept = WIDGETS[placement.widget], self.guesses.get(placement.name)
        if not hasattr(module, 'edit'):
            raise Refused('Nothing can be written there.')
        try:
            self.guesses[placement.name] = module.edit(self.state, placement, kept, message.get('mark'), message.get('value'))
        except (TypeError, IndexError, KeyError):
            raise Refused('That is not an answer to this question; the one before is kept.') from None
        except ValueError as reason:
            raise Refused(str(reason)) from None
        return {**self.changes(), 'guesses': self.kept_guesses()}

    def restore(self, message):
        """The first message of a session: the reader's own values. Everything on the page is the answer."""
        params, guesses = message.get('params'), message.get('guesses')
        values, notice = parameters.tidy(self.state, params if isinstance(params, dict) else {})
        self.state.param.update(**{**parameters.defaults(self.state), **values})
        self.guesses = {}
        self.playing.resume(message.get('plays'))
        for name, guess in list(guesses.items())[:MOST_GUESSES] if isinstance(guesses, dict) else ():
            if name in self.placements and hasattr(WIDGETS[self.placements[name].widget], 'restored'):
                self.guesses[name] = WIDGETS[self.placements[name].widget].restored(self.state, self.placements[name], guess)
        if message.get('drawn') is True and not notice:     # the page is as the server drew it: nothing of it need come again
            self.width = message['width'] if message.get('width') in WIDTHS else 'wide'
            self.shown = self.everything() | {'runs': {}}   # but for a run, which no server draws
            lacks = message['lacks'] if isinstance(message.get('lacks'), list) else ()      # and for numbers that it left out
            scenes = {name: {'scene': scene} for name, scene in self.shown['scenes'].items() if name in lacks}
            return {'scenes': scenes} if scenes else {}
        self.shown = {}
        return {**self.turn(message), 'guesses': self.kept_guesses(), 'notice': notice}

    def turn(self, message):
        """The page is shown in another width; everything on it is the answer, but for runs, which know no width."""
        self.width = message['width'] if message.get('width') in WIDTHS else 'wide'
        self.shown = {'runs': self.shown.get('runs', {})}
        return self.changes()

    def run(self, message):
        """A recorded run, or the word that it will come; from now on every answer that changes it carries it anew."""
        name = self.placed(message).name
        if name not in self.playing.placements:
            raise Refused('There is nothing to play here.')
        try:
            answer = self.playing.start(name, message.get('has') is True)
        except ValueError as reason:
            raise Refused(f'That can’t be played: {reason}') from None
        self.shown = self.shown | {'runs': self.shown.get('runs', {}) | {name: self.playing.keys[name]}}
        return answer | (self.changes() if self.learnt() else {})

    def stop(self, message):
        """The page plays this no more, or nobody sees it; should it be wanted again while the page `has` it, `run` says so.

        `keep`: what has been done so far of a run that is on its way shall be the run.
        """
        name = self.placed(message).name
        keep = message.get('keep') is True
        if keep and (values := self.playing.kept(name)):
            values, notice = parameters.tidy(self.state, values)
            self.state.param.update(**values)
            return {**self.changes(), 'notice': notice}
        self.playing.stop(name)
        if keep:
            return {'failed': {name: 'Stopped before there was anything to keep.'}}
        return {'stopped': name}

    def press(self, message):
        """A button of the player that changes the walk itself; the state knows what each of them sets."""
        placement, what = self.placed(message), message.get('what')
        module, sets = WIDGETS[placement.widget], self.playing.sets(placement.name) if what == 'rescue' else None
        method = (PRESSED | getattr(module, 'PRESSED', {})).get(what) if isinstance(what, str) else None
        if sets is None and (method is None or not hasattr(self.state, method)):
            raise Refused('There is no such button here.')
        if sets is None and what == 'rescue' and self.playing.is_job(placement.name):
            raise Refused('There is no run here any more. Press Play first.')
        try:
            proposal = getattr(self.state, method)() if sets is None else sets
        except ValueError as reason:
            raise Refused(f'That can’t be done: {reason}') from None
        values, notice = parameters.tidy(self.state, proposal)
        self.state.param.update(**values)
        return {**self.changes(), 'notice': notice}

    def ping(self, message):
        return {}

    # What they share.

    def placed(self, message):
        name = message.get('widget')
        if not isinstance(name, str) or name not in self.placements:
            raise Refused('There is no such widget on this page.')
        return self.placements[name]

    def take(self, proposal, message):
        """Puts a proposal into the state, within bounds; a finished gesture adds what the lesson says it adds."""
        values, notice = parameters.tidy(self.state, proposal)
        if hasattr(self.state, 'changed_at'):
            step, rests = self.playing.moment_at(message.get('at'))
            values = self.state.changed_at(step, values, rests)
        self.state.param.update(**values)
        if message.get('done') and not notice and hasattr(self.state, 'settled'):
            self.state.param.update(**self.state.settled())
        return {**self.changes(), 'notice': notice}

    def params(self):
        return {name: getattr(self.state, name) for name in parameters.names(self.state)}

    def kept_guesses(self):
        return {name: guess for name, guess in self.guesses.items() if guess}

    def scene(self, placement):
        return self.made('scene', placement, lambda: scene_of(placement, self.state, self.width, self.guesses))

    def made(self, kind, placement, make):
        """What is shown of a placement, made anew only if something has changed that it was made of."""
        return self.memory.recall((kind, placement.name), (self.width, repr(self.guesses.get(placement.name))), make)

    def changes(self):
        """Everything on the page that is not as it was shown last, and from now on counts as shown."""
        new, old = self.everything(), self.shown
        self.shown = new
        answer = news(old, new, self.state, self.width)
        told = self.playing.follow(answer.pop('runs', {}))
        if self.learnt():                       # by a run that was there already: what follows from it is new, too
            new = self.shown = self.everything()
            answer = {kind: content for kind, content in news(old, new, self.state, self.width).items() if kind != 'runs'}
        answer |= told
        if 'params' in answer:
            answer['query'] = parameters.query(type(self.state), new['params'])
        return answer

    def learnt(self):
        """Whether a run that has come taught the state something: then what was made of the state is to be made anew."""
        learnt = self.playing.learnt()
        if learnt is None or not hasattr(self.state, 'learns'):
            return False
        self.state.learns(learnt)
        self.memory.forget()
        return True

    def everything(self):
        """What this page shows for the present state, kind by kind."""
        state, params, placements = self.state, self.params(), self.placements.items()
        scenes = {name: scene for name, placement in placements if (scene := self.scene(placement))}
        controlled = {name for scene in scenes.values() for name in scene.get('controls', ())}
        controlled |= {name for _, placement in placements for name in getattr(WIDGETS[placement.widget], 'CONTROLLED', ())}
        return {
            'scenes': scenes,
            'values': {expression: self.memory.recall(('value', expression), None, partial(value, state, expression))
                       for expression in self.expressions},
            'controls': {name: {'value': kind_of(state.param[name]).set_to(params[name]),
                                'says': kind_of(state.param[name]).says(state.param[name], params[name])}
                         for name in controlled},
            'charts': {name: {'columns': charts.plain(module.columns(state)), 'rows': module.rows(state)}
                       for name, placement in placements if hasattr(module := WIDGETS[placement.widget], 'columns')},
            'predictions': {name: self.made('answer', placement, partial(self.prediction, placement))
                            for name, placement in placements if hasattr(WIDGETS[placement.widget], 'answer')},
            'pieces': {name: self.made('pieces', placement, partial(module.pieces, state, **placement.options))
                       for name, placement in placements if hasattr(module := WIDGETS[placement.widget], 'pieces')},
            'params': params,
            'runs': self.playing.now(),
        }

    def prediction(self, placement):
        guess = self.guesses.get(placement.name)
        said = WIDGETS[placement.widget].answer(self.state, placement, guess)
        return {'committed': bool(guess and guess['committed']), 'answer': fill(said, self.state)}


# The buttons of a player, and the methods of a state that say what they set; a widget may have a PRESSED of its own
PRESSED = {'again': 'restarted', 'new': 'new_start', 'rescue': 'rescued'}
VERBS = {'move': Host.move, 'edit': Host.edit, 'set': Host.set, 'restore': Host.restore, 'turn': Host.turn,
         'run': Host.run, 'stop': Host.stop, 'press': Host.press, 'ping': Host.ping}
