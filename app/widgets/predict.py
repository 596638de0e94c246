"""A question before the answer: the reader commits to a number, a choice or a sketched curve, then sees the gap.

A guess is `{'value': …, 'committed': bool}` or None. It never blocks: the page goes on below, answered or not.
The body of the placement is the question; what follows a `---` in it is said once the reader has committed. The truth
is a method of the lesson's state: a number, the key of a choice, or a function of an array for a sketch.
"""
import math
import re
from html import escape

import numpy as np

from app.numbers import show as text_of
from app.numbers import ticks
from app.scene import mark

ANCHORS = 9
LAYOUT = {'wide': {'size': [720, 404], 'box': [86, 34, 614, 310]},
          'narrow': {'size': [340, 330], 'box': [68, 34, 256, 240]}}
CHOICE = re.compile(r'<li>\s*(?:<p>)?\s*<code>([\w-]+)</code>:?\s*(.*?)\s*(?:</p>)?\s*</li>', re.DOTALL)
CHOICES = re.compile(r'<ul>.*?</ul>', re.DOTALL)
AFTER = re.compile(r'<hr\s*/?>')


def number(text):
    """The number that a person means: spaces, commas, a true minus, a $ or a k for thousand are no mistake."""
    cleaned = re.sub(r'[\s,_$]|k$', '', str(text).strip().lower()).replace('−', '-')
    value = float(cleaned)
    if not math.isfinite(value) or abs(value) > 1e12:
        raise ValueError(text)
    return value


# Every question: what is asked, and which method of the state knows. A number: its unit, format, the words before the
# truth, the largest answer that makes sense. A sketch: its axes, what they are called, the truth's class of meaning,
# and whether the two lowest points are compared.
OPTIONS = {
    'ask': ('number', 'choice', 'sketch'), 'truth': str.isidentifier,
    'unit': str, 'format': str, 'answer': str, 'most': number,
    'from': number, 'to': number, 'low': number, 'high': number, 'x': str, 'y': str,
    'meaning': ('data', 'model', 'loss', 'gradient', 'step', 'hidden'), 'compare': ('gap', 'lowest'),
}
NEEDED = {'number': (), 'choice': (), 'sketch': ('from', 'to', 'low', 'high', 'x', 'y')}


def check(placement, state):
    """ValueError, in a sentence for the lesson's author, for a question that could not be asked or answered."""
    options = placement.options
    for option in ('ask', 'truth', *NEEDED.get(options.get('ask'), ())):
        if option not in options:
            raise ValueError(f'a question needs :{option}:')
    if not callable(getattr(state, options['truth'], None)):
        raise ValueError(f'the state has no method {options["truth"]} that could know the truth')
    if options['ask'] == 'choice':
        keys, truth = [key for key, _ in CHOICE.findall(placement.body_html)], getattr(state, options['truth'])()
        if truth not in keys:
            raise ValueError(f'the truth is {truth}, and the choices are {", ".join(keys) or "none: - `key`: words"}')
    answer(state, placement, {'value': _example(placement), 'committed': True})


def _example(placement):
    options = placement.options
    return {'number': lambda: 1.0, 'choice': lambda: CHOICE.findall(placement.body_html)[0][0],
            'sketch': lambda: [number(options['low'])] * ANCHORS}[options['ask']]()


# What the reader writes into it.

def edit(state, placement, kept, mark, value):
    """The new guess after the reader's `edit`; raises ValueError with a sentence that helps."""
    if mark == 'again':
        return {**kept, 'committed': False} if kept and draws(placement) else None
    return {'number': _number, 'choice': _choice, 'sketch': _sketch}[placement.options['ask']](placement, kept, mark, value)


def _number(placement, kept, mark, value):
    options = placement.options
    try:
        value = number(value)
    except ValueError:
        raise ValueError('A number is needed here, for example 42 or 1,500.') from None
    most, unit = number(options.get('most', 1e12)), options.get('unit', '')
    if abs(value) > most:
        raise ValueError(f'{text_of(value, ",.10g")} {unit}? The answer is below {text_of(most, ",.10g")} {unit}.')
    return {'value': value, 'committed': True}


def _choice(placement, kept, mark, value):
    if value not in dict(CHOICE.findall(placement.body_html)):
        raise ValueError('Choose one of the answers first.')
    return {'value': value, 'committed': True}


def _sketch(placement, kept, mark, value):
    if mark == 'commit':
        if not kept:
            raise ValueError('Draw the curve first: drag across the picture.')
        return {**kept, 'committed': True}
    _, _, low, high = _axes(placement.options)
    heights = [float(point[1]) for point in value]
    if len(heights) != ANCHORS or not all(map(math.isfinite, heights)):
        raise ValueError('That is not a curve of this picture; the one before is kept.')
    return {'value': [min(high, max(low, y)) for y in heights], 'committed': bool(kept and kept['committed'])}


def restored(state, placement, kept):
    """A guess that the page kept, checked like a new one; None when it is none of ours."""
    try:
        if draws(placement):
            drawn = _sketch(placement, None, 'sketch', [[0, y] for y in kept['value']])
            return {**drawn, 'committed': bool(kept['committed'])}
        return edit(state, placement, None, 'guess', kept['value'])
    except (ValueError, TypeError, KeyError, IndexError):
        return None


# The picture of a sketch.

def draws(placement):
    """Whether this question has a picture: the sketched curve does."""
    return placement.options['ask'] == 'sketch'


def _axes(options):
    return [number(options[name]) for name in ('from', 'to', 'low', 'high')]


def draw(state, width, kept=None, **options):
    """The picture to sketch in; once committed, with the true curve in it."""
    x0, x1, low, high = _axes(options)
    layout, said = LAYOUT[width], bool(kept and kept['committed'])
    anchors, xs = np.linspace(x0, x1, ANCHORS), np.linspace(x0, x1, 101 if said else 0)
    heights = np.array(kept['value'] if kept else [(low + high) / 2] * ANCHORS)
    truth = getattr(state, options['truth'])(xs) if said else xs
    spoken = [f'{options["y"]} {text_of(y, ",.6g")} at {options["x"]} {text_of(x, ",.6g")}'
              for x, y in zip(anchors, heights, strict=True)]
    plane = dict(box=layout['box'], x=[x0, x1], y=[low, high], frame=True, xlabel=options['x'], ylabel=options['y'],
                 xticks=ticks(x0, x1), yticks=[[low, text_of(low, ',.6g')], [high, text_of(high, ',.6g')]])
    return {'size': layout['size'], 'title': f'Your sketch: {options["y"]} against {options["x"]}',
            'planes': {'sketch': plane},
            'marks': {
                'truth': mark('line', 'sketch', options.get('meaning'), x=xs, y=truth),
                'sketch': mark('sketch', 'sketch', 'model', x=anchors, y=heights, bounds=[low, high], step=(high - low) / 20,
                               locked=said, cue=kept is None, label='your curve', says=spoken,
                               now=[f'{y:.6g}' for y in heights], min=f'{low:.6g}', max=f'{high:.6g}'),
                'invitation': mark('text', 'sketch', x=(x0 + x1) / 2, y=high, dy=36, anchor='middle',
                                   text='' if kept else 'drag across to draw your curve'),
                'yours': mark('text', 'sketch', 'model', x=anchors[-3], y=heights[-3], dy=-14, anchor='middle',
                              text='your guess' if said else ''),
                'true': mark('text', 'sketch', options.get('meaning'), x=anchors[2], y=low + (high - low) * .95, dx=8,
                             text='the truth' if said else '') | _beside(xs, truth, high)}}


def _beside(xs, truth, high):
    """Where the name of the true curve stands: a third along it, inside the frame."""
    third = len(xs) // 3
    return {'x': float(xs[third]), 'y': min(float(truth[third]), high * .95)} if len(xs) else {}


# What is said.

def answer(state, placement, guess):
    """What is said when the reader has committed: their guess, the truth, the gap; '' before."""
    if not guess or not guess['committed']:
        return ''
    _, *after = AFTER.split(placement.body_html, maxsplit=1)
    gap = {'number': _number_gap, 'choice': _choice_gap, 'sketch': _sketch_gap}[placement.options['ask']]
    return f'<p class="gap">{gap(state, placement, guess["value"])}</p>{"".join(after)}'


def _number_gap(state, placement, value):
    """The gap is that of the two numbers as they are shown, so that it adds up on the page."""
    options, truth = placement.options, getattr(state, placement.options['truth'])()
    spec, unit = options.get('format', ',.0f'), f' {escape(options["unit"])}' if 'unit' in options else ''
    mine, true = text_of(value, ',.10g'), text_of(truth, spec)
    off = value - number(true)
    if not off:
        return f'You said <b>{mine}</b>{unit}, and that is it.'
    gap = f'{text_of(abs(off), ",.10g")} {"higher" if off > 0 else "lower"}'
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
    share = 100 * float(np.mean(np.abs(mine - np.clip(true, low, high)))) / (high - low)
    said = f'Your curve is on average <b>{text_of(share, ".0f")} %</b> of the picture’s height away from the true one.'
    if placement.options.get('compare') == 'lowest':
        said += (f' In this picture yours is lowest at {text_of(xs[np.argmin(mine)], ",.4g")}, '
                 f'the true one at {text_of(xs[np.argmin(true)], ",.4g")}.')
    return said


# The form.

def html(state, placement, guess, picture=''):
    """The form, with what has been answered already; `picture` is the figure to sketch in."""
    name, ask = placement.name, placement.options['ask']
    question, committed = AFTER.split(placement.body_html, maxsplit=1)[0], bool(guess and guess['committed'])
    if ask == 'choice':
        question = CHOICES.sub('', question)
    field = {'number': _number_field, 'choice': _choice_field, 'sketch': lambda *_: picture}[ask](placement, guess, committed)
    said = answer(state, placement, guess)
    hidden, shown = ('', ' hidden') if committed else (' hidden', '')
    return (f'<form class="predict" id="{name}" data-predict="{name}" data-ask="{ask}"'
            f'{" data-committed" if committed else ""} novalidate>'
            f'<p class="label">Predict</p><div class="question">{question}</div>'
            f'{field}<p class="actions"><button type="submit"{shown}>Commit</button>'
            f'<button type="button" data-again{hidden}>Change my guess</button></p>'
            f'<div data-answer role="status">{said}</div>{"" if said else _without_script(state, placement)}</form>')


def _number_field(placement, guess, committed):
    value = escape(text_of(guess['value'], ',.10g')) if guess else ''
    return (f'<label class="guess"><span>Your guess</span> <input type="text" inputmode="decimal" maxlength="40" '
            f'autocomplete="off" name="{placement.name}" value="{value}"{" readonly" if committed else ""}> '
            f'<span class="unit">{escape(placement.options.get("unit", ""))}</span></label>')


def _choice_field(placement, guess, committed):
    buttons = ''.join(
        f'<label class="choice"><input type="radio" name="{placement.name}" value="{key}"{" disabled" if committed else ""}'
        f'{" checked" if guess and guess["value"] == key else ""}> <span>{words}</span></label>'
        for key, words in CHOICE.findall(placement.body_html))
    return f'<div class="choices" role="radiogroup" aria-label="Your answer">{buttons}</div>'


def _without_script(state, placement):
    """The answer for those whose browser runs no scripts."""
    options, after = placement.options, ''.join(AFTER.split(placement.body_html, maxsplit=1)[1:])
    truth = getattr(state, options['truth'])
    words = {'choice': lambda: dict(CHOICE.findall(placement.body_html))[truth()],
             'number': lambda: f'{text_of(truth(), options.get("format", ",.0f"))} {escape(options.get("unit", ""))}',
             'sketch': lambda: ''}[options['ask']]()
    return f'<noscript>{f"<p>The answer: {words}</p>" if words else ""}{after}</noscript>'
