"""A question before the answer: the reader commits to a number, a choice or a sketched curve, then sees the gap.

A guess is `{'value': …, 'committed': bool}` or None. It never blocks: the page goes on below, answered or not.
The body of the placement is the question; what follows a `---` in it is said once the reader has committed.
"""
import math
import re
from html import escape, unescape

import numpy as np

from app.numbers import show as text_of
from app.scene import mark

ANCHORS = 9
LAYOUT = {'wide': {'size': [720, 404], 'box': [86, 34, 614, 310]},
          'narrow': {'size': [340, 330], 'box': [68, 34, 256, 240]}}
CHOICE = re.compile(r'<li>\s*(?:<p>)?\s*<code>([\w-]+)</code>:?\s*(.*?)\s*(?:</p>)?\s*</li>', re.DOTALL)
CHOICES = re.compile(r'<ul>.*?</ul>', re.DOTALL)
AFTER = re.compile(r'<hr\s*/?>')


def _number(text):
    """The number that a person means: spaces, commas, a true minus and a currency sign are no mistake."""
    cleaned = re.sub(r'[\s,_$]|k$', '', text.strip().lower()).replace('−', '-')
    value = float(cleaned)
    if not math.isfinite(value) or abs(value) > 1e12:
        raise ValueError(text)
    return value


OPTIONS = {
    'ask': ('number', 'choice', 'sketch'),
    'truth': str.isidentifier, 'unit': str, 'format': str, 'answer': str,
    'from': _number, 'to': _number, 'low': _number, 'high': _number, 'x': str, 'y': str,
}


def guessed(guess, placement, mark, value):
    """The new guess after the reader's `edit`; raises ValueError with a sentence that helps."""
    if mark == 'again':
        return None if placement.options['ask'] != 'sketch' or not guess else {**guess, 'committed': False}
    ask = placement.options['ask']
    if ask == 'number':
        try:
            number = _number(str(value))
        except ValueError:
            raise ValueError('A number is needed here, for example 42 or 1,500.') from None
        most = _number(placement.options.get('to', '1e12'))
        if abs(number) > most:
            unit = placement.options.get('unit', '')
            raise ValueError(f'{text_of(number, ",.10g")} {unit}? The answer is below {text_of(most, ",.10g")} {unit}.')
        return {'value': number, 'committed': True}
    if ask == 'choice':
        if value not in dict(CHOICE.findall(placement.body_html)):
            raise ValueError('Choose one of the answers first.')
        return {'value': value, 'committed': True}
    low, high = (_number(placement.options[side]) for side in ('low', 'high'))
    if mark == 'commit':
        if not guess:
            raise ValueError('Draw the curve first: drag across the picture.')
        return {**guess, 'committed': True}
    heights = [float(point[1]) for point in value]
    if len(heights) != ANCHORS or not all(map(math.isfinite, heights)):
        raise ValueError('That is not a curve of this picture; the one before is kept.')
    return {'value': [min(high, max(low, y)) for y in heights], 'committed': bool(guess and guess['committed'])}


def restored(guess, placement):
    """A guess that the page kept, checked like a new one; None when it is none of ours."""
    try:
        value, committed = guess['value'], guess['committed']
        if placement.options['ask'] == 'sketch':
            points = [[0, y] for y in value]
            return {**guessed(None, placement, 'sketch', points), 'committed': bool(committed)}
        return guessed(None, placement, 'guess', value)
    except (ValueError, TypeError, KeyError, IndexError):
        return None


def draws(placement):
    """Whether this question has a picture: the sketched curve does."""
    return placement.options['ask'] == 'sketch'


def _axes(options):
    return [_number(options[name]) for name in ('from', 'to', 'low', 'high')]


def draw(state, width, guess=None, **options):
    """The picture to sketch in; once committed, with the true curve in it."""
    x0, x1, low, high = _axes(options)
    layout, committed = LAYOUT[width], bool(guess and guess['committed'])
    anchors = np.linspace(x0, x1, ANCHORS)
    heights = np.array(guess['value'] if guess else [(low + high) / 2] * ANCHORS)
    xs = np.linspace(x0, x1, 101)
    truth = (xs, getattr(state, options['truth'])(xs)) if committed else (xs[:0], xs[:0])
    ticks = [[float(v), text_of(v, ',.0f')] for v in np.linspace(x0, x1, 4)]
    return {'size': layout['size'], 'title': f'Your sketch: {options["y"]} against {options["x"]}',
            'planes': {'sketch': dict(box=layout['box'], x=[x0, x1], y=[low, high], frame=True, xlabel=options['x'],
                                      ylabel=options['y'], xticks=ticks,
                                      yticks=[[low, text_of(low, ',.0f')], [high, text_of(high, ',.0f')]])},
            'marks': {
                'truth': mark('line', 'sketch', 'loss', x=truth[0], y=truth[1]),
                'sketch': mark('sketch', 'sketch', 'model', x=anchors, y=heights, bounds=[low, high],
                               step=(high - low) / 20, locked=committed, label='your curve', now=f'{heights[0]:.0f}',
                               min=f'{low:.0f}', max=f'{high:.0f}', cue=guess is None,
                               says='your curve, ' + ('compared with the true one' if committed else 'not yet compared')),
                'invitation': mark('text', 'sketch', x=(x0 + x1) / 2, y=high, dy=36, anchor='middle',
                                   text='' if guess else 'drag across to draw your curve'),
                **_names(xs, truth[1], anchors, heights, high if committed else None)}}


def _names(xs, truth, anchors, heights, high):
    """What each curve is called, beside it; nothing before the two are compared (`high` is None)."""
    said, at = high is not None, len(xs) // 3
    return {'yours': mark('text', 'sketch', 'model', x=anchors[-3], y=heights[-3], dy=-14, anchor='middle',
                          text='your guess' if said else ''),
            'true': mark('text', 'sketch', 'loss', x=xs[at], y=min(truth[at], high * .95) if said else heights[0], dx=12,
                         text='the truth' if said else '')}


def answer(state, placement, guess):
    """What is said when the reader has committed: their guess, the truth, the gap; '' before."""
    if not guess or not guess['committed']:
        return ''
    options, (_, *after) = placement.options, AFTER.split(placement.body_html, 1)
    gap = {'number': _number_gap, 'choice': _choice_gap, 'sketch': _sketch_gap}[options['ask']]
    return f'<p class="gap">{gap(state, placement, guess["value"])}</p>{"".join(after)}'


def _number_gap(state, placement, value):
    options, truth = placement.options, getattr(state, placement.options['truth'])()
    spec, unit = options.get('format', ',.0f'), f' {escape(options["unit"])}' if 'unit' in options else ''
    mine, true = text_of(value, ',.10g'), text_of(truth, spec)
    if text_of(value, spec) == true:
        return f'You said <b>{mine}</b>{unit}, and that is it.'
    gap = f'{text_of(abs(value - truth), spec)} {"higher" if value > truth else "lower"}'
    return f'You said <b>{mine}</b>{unit}. {escape(options.get("answer", "It is"))} <b>{true}</b>{unit}; yours is {gap}.'


def _choice_gap(state, placement, value):
    choices, truth = dict(CHOICE.findall(placement.body_html)), getattr(state, placement.options['truth'])()
    if value == truth:
        return f'Yes: {choices[truth]}'
    return f'You chose: {choices[value]} It turns out otherwise: {choices[truth]}'


def _sketch_gap(state, placement, heights):
    x0, x1, low, high = _axes(placement.options)
    xs = np.linspace(x0, x1, 301)
    true = getattr(state, placement.options['truth'])(xs)
    mine = np.interp(xs, np.linspace(x0, x1, ANCHORS), heights)
    gap = float(np.mean(np.abs(mine - np.clip(true, low, high))))
    return (f'Your curve is on average <b>{text_of(100 * gap / (high - low), ".0f")} %</b> of the picture’s height away '
            f'from the true one. In this picture yours is lowest at {text_of(xs[np.argmin(mine)], ",.0f")}, '
            f'the true one at {text_of(xs[np.argmin(true)], ",.0f")}.')


def html(state, placement, guess, picture=''):
    """The form, with what has been answered already; `picture` is the figure to sketch in."""
    name, ask = placement.name, placement.options['ask']
    question = AFTER.split(placement.body_html, 1)[0]
    locked = ' disabled' if guess and guess['committed'] else ''
    if ask == 'choice':
        buttons = ''.join(
            f'<label class="choice"><input type="radio" name="{name}" value="{key}"{locked}'
            f'{" checked" if guess and guess["value"] == key else ""}> <span>{words}</span></label>'
            for key, words in CHOICE.findall(question))
        field = f'<div class="choices" role="radiogroup" aria-label="Your answer">{buttons}</div>'
        question = CHOICES.sub('', question)
    elif ask == 'number':
        unit = placement.options.get('unit', '')
        value = escape(text_of(guess['value'], ',.10g')) if guess else ''
        field = (f'<label class="guess"><span>Your guess</span> <input type="text" inputmode="decimal" maxlength="40" '
                 f'autocomplete="off" name="{name}" value="{value}"{" readonly" if locked else ""}> <span class="unit">{escape(unit)}</span></label>')
    else:
        field = picture
    said = answer(state, placement, guess)
    committed = {'value': None, 'committed': True}
    without_script = '' if said else _without_script(state, placement, committed)
    return (f'<form class="predict" id="{name}" data-predict="{name}" data-ask="{ask}"'
            f'{" data-committed" if locked else ""} novalidate>'
            f'<p class="label">Predict</p><div class="question">{question}</div>{field}'
            f'<p class="actions"><button type="submit"{" hidden" if locked else ""}>Commit</button>'
            f'<button type="button" data-again{"" if locked else " hidden"}>Change my guess</button></p>'
            f'<div data-answer role="status">{said}</div>{without_script}</form>')


def _without_script(state, placement, guess):
    """The answer for those whose browser runs no scripts."""
    ask, after = placement.options['ask'], ''.join(AFTER.split(placement.body_html, 1)[1:])
    truth = getattr(state, placement.options['truth'])
    if ask == 'choice':
        words = dict(CHOICE.findall(placement.body_html))[truth()]
    elif ask == 'number':
        words = f'{text_of(truth(), placement.options.get("format", ",.0f"))} {escape(placement.options.get("unit", ""))}'
    else:
        words = 'the curve is drawn further down.'
    return f'<noscript><p>The answer: {unescape(words)}</p>{after}</noscript>'
