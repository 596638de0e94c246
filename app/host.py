"""One reader's page: its state, the widgets that follow it, and the messages. Knows neither Panel nor the browser.

Every request gets exactly one answer, with everything on the page that the request changed. Nothing that a browser
sends, honest or not, raises: what can't be used is refused in a sentence and the reader's values stay.
"""
import logging

from app import charts, controls, parameters
from app.live_numbers import used, value
from app.scene import changed, pack
from app.widgets import WIDGETS, WIDTHS, picture, predict, scene_of

log = logging.getLogger('nudge')

MOST_GUESSES = 50


class Refused(ValueError):
    """A request that can't be carried out; its text is the sentence that the reader sees."""


class Host:
    """The engine's side of one page of `lesson` (or of its one widget `only`); `post` takes each packed answer."""

    def __init__(self, lesson, post, only=None):
        self.lesson, self.post = lesson, post
        self.placements = {p.name: p for p in lesson.placements if only in (None, p.name)}
        self.state, self.expressions = lesson.state_class(), used(lesson)
        self.guesses, self.width = {}, 'wide'
        self.shown = {}                     # what the page shows now: {kind: {key: content}}

    def receive(self, message):
        answer, seq = {}, None
        try:
            if not isinstance(message, dict) or not isinstance(message.get('do'), str):
                raise Refused('The page sent something that is not a request; nothing was changed.')
            seq = message.get('seq') if isinstance(message.get('seq'), int) else None
            verb = VERBS.get(message['do'])
            if verb is None:
                raise Refused('The page asked for something that does not exist here; nothing was changed.')
            answer = verb(self, message)
        except Refused as reason:
            log.info('refused: %.200s', reason)
            about = message.get('widget') if isinstance(message, dict) else None
            answer = {**self.changes(), 'notice': str(reason), 'about': about if isinstance(about, str) else None}
        except Exception as error:          # a mistake of ours: the reader keeps their values and is told
            log.error('a request failed: %.250s', f'{type(error).__name__}: {error}')
            answer = {'notice': 'Something went wrong here with that step. Your values are kept.'}
        self.post(pack({'seq': seq, **answer}))

    # The verbs. Each returns its answer.

    def move(self, message):
        placement = self.placed(message)
        handle, value = message.get('handle'), message.get('value')
        scene = self.shown_scene(placement)
        grip = scene and isinstance(handle, str) and scene['marks'].get(handle)
        if not grip or grip['kind'] != 'handle':
            raise Refused('There is no such handle here; nothing was changed.')
        try:
            point = [float(v) for v in value]
            ok = len(point) == 2 and all(abs(v) < 1e12 for v in point) and not isinstance(value, str)
        except (TypeError, ValueError):
            ok = False
        if not ok:
            raise Refused('That is not a place on the picture; the line stays where it was.')
        try:
            proposal = WIDGETS[placement.widget].gesture(self.state, handle, point)
        except ValueError as reason:
            raise Refused(f'That can’t be done: {reason}') from None
        return self.take(proposal, message)

    def set(self, message):
        name, value = message.get('parameter'), message.get('value')
        if not isinstance(name, str):
            raise Refused('This page has nothing of that name; nothing was changed.')
        return self.take({name: value}, message)

    def edit(self, message):
        placement = self.placed(message)
        if WIDGETS[placement.widget] is not predict:
            raise Refused('Nothing can be written there; nothing was changed.')
        try:
            guess = predict.guessed(self.guesses.get(placement.name), placement, message.get('mark'), message.get('value'))
        except (TypeError, IndexError, KeyError):
            raise Refused('That is not an answer to this question; the one before is kept.') from None
        except ValueError as reason:
            raise Refused(str(reason)) from None
        self.guesses[placement.name] = guess
        return {**self.changes(), 'guesses': self.kept_guesses()}

    def restore(self, message):
        """The first message of a session: the reader's own values. Everything on the page is the answer."""
        params, guesses = message.get('params'), message.get('guesses')
        self.width = message['width'] if message.get('width') in WIDTHS else 'wide'
        values, notice = parameters.tidy(self.state, params if isinstance(params, dict) else {})
        self.state.param.update(**{**parameters.defaults(self.state), **values})
        self.guesses = {}
        for name, guess in list(guesses.items())[:MOST_GUESSES] if isinstance(guesses, dict) else ():
            if name in self.placements and self.placements[name].widget == 'predict':
                self.guesses[name] = predict.restored(guess, self.placements[name])
        self.shown = {}
        return {**self.changes(), 'guesses': self.kept_guesses(), 'notice': notice}

    def run(self, message):
        """A recorded run, computed in one go and sent once; the browser plays it."""
        placement = self.placed(message)
        record = getattr(WIDGETS[placement.widget], 'record', None)
        if record is None:
            raise Refused('There is nothing to play here.')
        return {'widget': placement.name, 'run': record(self.state)}

    def stop(self, message):
        """Runs are answered in one go: by the time this arrives there is nothing left to stop."""
        return {'widget': self.placed(message).name, 'stopped': True}

    def ping(self, message):
        return {}

    # What they share.

    def placed(self, message):
        name = message.get('widget')
        if not isinstance(name, str) or name not in self.placements:
            raise Refused('There is no such widget on this page; nothing was changed.')
        return self.placements[name]

    def shown_scene(self, placement):
        return self.shown.get('scenes', {}).get(placement.name) or scene_of(placement, self.state, self.width, self.guesses)

    def take(self, proposal, message):
        """Puts a proposal into the state, within bounds; a finished gesture adds what the lesson says it adds."""
        values, notice = parameters.tidy(self.state, proposal)
        self.state.param.update(**values)
        if message.get('done') and not notice and hasattr(self.state, 'settled'):
            self.state.param.update(**self.state.settled())
        return {**self.changes(), 'notice': notice}

    def kept_guesses(self):
        return {name: guess for name, guess in self.guesses.items() if guess}

    def changes(self):
        """Everything on the page that is not as it was shown last, and from now on counts as shown."""
        new, old = self.everything(), self.shown
        self.shown = new
        answer = {kind: {key: value for key, value in new[kind].items() if old.get(kind, {}).get(key) != value}
                  for kind in new if kind != 'scenes'}
        answer['widgets'], answer['scenes'] = {}, {}
        for name, scene in new['scenes'].items():
            marks = changed(old['scenes'][name], scene) if name in old.get('scenes', {}) else None
            if marks is None:
                answer['scenes'][name] = {'scene': scene, 'svg': picture(name, scene, self.width)}
            elif marks:
                answer['widgets'][name] = marks
        if answer['params']:
            answer['query'] = parameters.query(type(self.state), new['params'])
        return {kind: content for kind, content in answer.items() if content or kind == 'query'}

    def everything(self):
        """What this page shows for the present state, kind by kind."""
        state, params = self.state, {name: getattr(self.state, name) for name in parameters.names(self.state)}
        scenes = {name: scene for name, placement in self.placements.items()
                  if (scene := scene_of(placement, state, self.width, self.guesses))}
        shown = {name for scene in scenes.values() for name in scene.get('controls', ())}
        return {
            'scenes': scenes,
            'values': {expression: value(state, expression) for expression in self.expressions},
            'controls': {name: {'value': params[name], 'says': controls.says(state.param[name], params[name])}
                         for name in shown},
            'charts': {name: {'columns': charts.plain(module.columns(state)), 'rows': module.rows(state)}
                       for name, placement in self.placements.items()
                       if hasattr(module := WIDGETS[placement.widget], 'columns')},
            'predictions': {name: self.prediction(placement) for name, placement in self.placements.items()
                            if placement.widget == 'predict'},
            'params': params,
        }

    def prediction(self, placement):
        guess = self.guesses.get(placement.name)
        return {'committed': bool(guess and guess['committed']), 'answer': predict.answer(self.state, placement, guess)}


VERBS = {'move': Host.move, 'edit': Host.edit, 'set': Host.set, 'restore': Host.restore,
         'run': Host.run, 'stop': Host.stop, 'ping': Host.ping}
