"""What the small pictures of the summary share: a knob that is w, and words under the picture."""
from app.scene import mark
from lessons.summary.state import State, few

LOW, HIGH = State.param.w.bounds
# What lights up together: a mark's own name, then what the words and formulas of the page call the same.
WEIGHT, SLOPE, AFTER = 'w w_says weight', 'slope_says slope_factor', 'after_says'
# How far each handle goes for one unit of w, and where it stands at w = 0.
SCALE = {'arrow-tip': (2.0, 0.0), 'on-bell': (1.0, -3.0)}


def held(state, plane, name, move, x, y, **more):
    """A handle that is w: all of them say the same, whatever they stand for in their pictures."""
    times, zero = SCALE.get(name, (1.0, 0.0))
    return mark('handle', plane, 'model', x=float(x), y=float(y), move=move, bounds=[zero + LOW * times, zero + HIGH * times],
                step=0.1 * times, label='the weight w', says=f'w {few(state.w)}, loss {few(state.loss())}', now=f'{state.w:.4g}',
                min=f'{LOW:g}', max=f'{HIGH:g}', lit=WEIGHT, **more)


def said(y, text, meaning=None, x=170, anchor='middle', **more):
    """Words on the sheet, in the middle of it."""
    return mark('text', 'paper', meaning, x=x, y=y, text=text, anchor=anchor, **more)


def button(words, top):
    """A step downhill, to be pressed; the words say where it leads."""
    return mark('cells', 'paper', 'press', x=[50.0], y=[float(top)], w=[240.0], h=[48.0], text=[words], picks=True,
                labels=[words], label='a step downhill')
