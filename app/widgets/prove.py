"""Every slope twice: by backpropagation, and by nudging each weight and running the network again. Do they agree?"""
from html import escape

import numpy as np

from app.kinds import kind_of
from app.numbers import short, show
from lessons.backprop import nets

OPTIONS = {}
SHEET = 'backprop.css'
CONTROLLED = ('proved',)          # the native controls in its words

HEADS = ('weight', 'its value', 'by the chain rule', 'by nudging', 'difference')
DIGITS = 6              # that are shown


def draws(placement):
    return False


def pieces(state, **options):
    """The rows of the table, and the sentence below it; each with what it is lit up together with."""
    slopes, names, row = state.slopes(), nets.names(state.net), state.row()
    nudged = state.by_nudging() if state.proved else [None] * len(slopes)
    lines = []
    for i, (name, weight, slope, other) in enumerate(zip(names, row, slopes, nudged, strict=True)):
        proof = ['', ''] if other is None else [written(other), short(abs(slope - other), 2)]
        lines.append([cells([name, short(float(weight)), written(slope), *proof]), nets.lit(state.net, i)])
    return [lines, [[escape(verdict(state, slopes, nudged)), '']]]


def written(value):
    """A slope as it is read: to six digits after the point, and smaller ones with a power of ten."""
    return show(float(value), f'.{DIGITS}f') if abs(value) >= 1e-3 or value == 0 else short(float(value), 4)


def cells(texts):
    name, *numbers = map(escape, texts)
    return f'<th scope="row">{name}</th>' + ''.join(f'<td class="right">{text}</td>' for text in numbers)


def verdict(state, slopes, nudged):
    n = len(slopes)
    if not state.proved:
        return f'{n} slopes, from one walk forward and one walk back.'
    most = float(np.abs(slopes - nudged).max())
    if not np.abs(slopes).max():
        return f'All {n} slopes are exactly 0, and nudging feels nothing either: this network is too sure of itself to learn.'
    return (f'The largest difference is {short(most, 2)}. Nudging ran the network {2 * n} times; backpropagation once forward '
            'and once back, however many weights there are.')


def html(state, placement, kept, picture):
    name, parameter = escape(placement.name), state.param.proved
    table, said = pieces(state)
    heads = ''.join(f'<th scope="col"{" class=right" if i else ""}>{head}</th>' for i, head in enumerate(HEADS))
    body = ''.join(f'<tr data-lit="{escape(lit)}" tabindex="-1">{inner}</tr>' for inner, lit in table)
    words = f'<figcaption>{placement.body_html}</figcaption>' if placement.body_html else ''
    return (f'<figure class="listing prove" id="{name}" data-pieced="{name}">{words}'
            f'<div class="controls">{kind_of(parameter).control(parameter, "proved", state.proved)}</div>'
            '<div class="table" role="region" tabindex="0" aria-label="Every slope, twice"><table>'
            f'<thead><tr>{heads}</tr></thead><tbody data-pieces="tr">{body}</tbody></table></div>'
            f'<p class="said" role="status" data-pieces="span"><span>{said[0][0]}</span></p></figure>')
