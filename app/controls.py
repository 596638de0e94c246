"""Native controls made from Parameters: a range for a Number, a checkbox for a Boolean, a select for a Selector."""
import math
from html import escape

import param

from app.numbers import show


def decimals(step):
    """How many decimals a value needs that moves by `step`."""
    return max(0, -math.floor(math.log10(step))) if step else 2


def says(parameter, value):
    """The value with its unit, as it is read and spoken: '200 $/ft²'."""
    if isinstance(parameter, param.Boolean):
        return 'on' if value else 'off'
    if isinstance(parameter, param.Selector):
        return str(value)
    text = show(value, f',.{decimals(parameter.step)}f')
    return f'{text} {parameter.doc}' if parameter.doc else text


def control(state, name):
    """The HTML of one Parameter's control, showing the state's value; page.js joins it to the engine."""
    parameter, value = state.param[name], getattr(state, name)
    label, spoken = escape(parameter.label), escape(says(parameter, value))
    if isinstance(parameter, param.Boolean):
        checked = ' checked' if value else ''
        return (f'<label class="control switch"><input type="checkbox" data-parameter="{name}"{checked}>'
                f'<span>{label}</span></label>')
    if isinstance(parameter, param.Selector):
        options = ''.join(f'<option{" selected" if choice == value else ""}>{escape(str(choice))}</option>'
                          for choice in parameter.objects)
        return (f'<label class="control"><span>{label}</span>'
                f'<select data-parameter="{name}">{options}</select></label>')
    low, high = parameter.bounds
    return (f'<label class="control {name}"><span>{label}</span>'
            f'<input type="range" data-parameter="{name}" min="{low}" max="{high}" step="any" value="{value}" '
            f'data-step="{parameter.step or (high - low) / 100}" aria-valuetext="{spoken}">'
            f'<output data-says="{name}" aria-live="off">{spoken}</output></label>')
