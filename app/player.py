"""The bar under a picture that plays: buttons, a range to scrub, the moment in words; and the table that grows. All native."""
from html import escape

ROWS = 8
SPEEDS = {'0.25': '¼ ×', '0.5': '½ ×', '1': '1 ×', '2': '2 ×', '4': '4 ×', '8': '8 ×', '16': '16 ×'}
ICONS = {'restart': 'M5 4v12M17 4 8 10l9 6z', 'back': 'M15 4 6 10l9 6z', 'play': 'M6 4l9 6-9 6z', 'step': 'M5 4l9 6-9 6zM16 4v12'}
IDLE = 'Press Play, or go step by step.'
EMPTY = 'Step by step, the numbers are written down here.'
WORKING = 'Working it out …'                # where the widget does not say WORKING


def bar(title, module, state):
    """The player's HTML for a placement. It does nothing before player.js has come; a reader without scripts gets no bar."""
    phases = getattr(module, 'PHASES', ())
    keys = [button('restart', 'Back to the start'), button('back', 'One step back'), button('play', '', 'Play'),
            button('step', '', phases[0] if phases else 'Step')]
    if phases:
        keys.append(button('whole', '', 'Whole step'))
    if hasattr(state, getattr(module, 'PRESSED', {}).get('new', 'new_start')):
        keys.append(button('new', '', getattr(module, 'NEW', 'New start')))
    speeds = ''.join(f'<option value="{speed}"{" selected" if speed == "1" else ""}>{words}</option>'
                     for speed, words in SPEEDS.items())
    rescues = hasattr(state, 'rescued') or getattr(module, 'RESCUES', False)
    rescue = '<button type=button data-do=rescue hidden></button>' if rescues else ''
    return (f'<div class="player" data-player role="group" aria-label="{escape(title)}: play it">{chips(phases)}'
            f'<div class="keys">{"".join(keys)}</div>'
            '<div class="scrub"><input type="range" data-scrub min="0" max="1000" step="1" value="0" aria-label="Moment" '
            f'aria-valuetext="the start"><select aria-label="Speed" title="Speed">{speeds}</select>'
            '<span class="awaits" hidden><progress max="1" aria-label="How far it is"></progress>'
            '<button type="button" data-do="stop"><b>Stop</b></button></span>'
            f'<span class="hint" role="status" data-heard="{escape(getattr(module, "WORKING", WORKING))}"></span></div>'
            f'<output data-moment aria-live="polite">{IDLE}</output>'
            f'<p class="verdict"><span data-verdict role="status"></span>{rescue}</p>'
            '</div>')


def button(what, said, words=''):
    """A button; one that shows only a sign says in words what it does."""
    sign = f'<svg viewBox="0 0 20 20" aria-hidden="true"><path d="{ICONS[what]}"/></svg>' if what in ICONS else ''
    label = f' aria-label="{said}" title="{said}"' if said else ''
    return f'<button type="button" data-do="{what}"{label}>{sign}{f"<b>{escape(words)}</b>" if words else ""}</button>'


def chips(phases):
    """The phases of a step, each to be gone to."""
    if not phases:
        return ''
    each = ''.join(f'<li><button type="button" data-do="phase" data-phase="{i}"><i>{i + 1}</i> {escape(phase)}</button></li>'
                   for i, phase in enumerate(phases))
    return f'<ol class="phases" aria-label="The phases of a step">{each}</ol>'


def trace(title, module):
    """The table, as an empty ledger with a word about it: what comes moves nothing on the page."""
    columns, folded = getattr(module, 'COLUMNS', ()), getattr(module, 'FOLDED', '')
    if not columns:
        return ''
    heads = ''.join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    empty = '<tr>' + '<td></td>' * len(columns) + '</tr>'
    what = folded or 'the last steps'
    table = (f'<div class="trace" role="region" tabindex="0" aria-label="{escape(title)}: {escape(what)}"><p>{EMPTY}</p><table>'
             f'<thead><tr>{heads}</tr></thead><tbody>{empty * getattr(module, "ROWS", ROWS)}</tbody></table></div>')
    return f'<details><summary>{escape(folded)}</summary>{table}</details>' if folded else table
