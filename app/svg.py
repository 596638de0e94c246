"""The picture of a scene as SVG text, so that it is on the page before any script runs, on paper, and without one."""
import re
from html import escape

from app.marks import KINDS, Paper, number, png

__all__ = ['png', 'rescaled', 'svg']

# What says nothing to a screen reader, unless it has a label
DECORATION = {'points', 'line', 'lines', 'area', 'squares', 'tiles', 'arrow', 'edges', 'labels', 'image'}
# The kinds that end at the rim of their plane; a point on the rim is drawn whole, texts and handles are never cut
CLIPPED = {'line': '', 'lines': '', 'area': '', 'squares': '', 'tiles': '', 'edges': '', 'image': '',
           'points': '-edge', 'arrow': '-edge'}
EDGE = 8
# What no XML may contain; it would be a slip, and a slip in one label should not take the whole picture away
UNPRINTABLE = re.compile('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
SPECIAL = re.compile(f'''[&<>"']|{UNPRINTABLE.pattern}''')


def svg(scene, name):
    """The picture of `scene`. `name` begins its ids, so no two pictures on one page may have the same."""
    paper, (width, height) = Paper(scene), map(number, scene['size'])
    parts = []
    whole = {plane for plane, fields in scene['planes'].items() if list(fields['box']) == [0, 0, *scene['size']]}    # cut anyway
    cuts = {(mark['plane'], CLIPPED[mark['kind']]) for mark in scene['marks'].values() if mark['kind'] in CLIPPED}
    cuts = {cut for cut in cuts if cut[0] not in whole}
    for plane, fields in scene['planes'].items():
        edges = [edge for edge in ('', '-edge') if (plane, edge) in cuts]
        parts += clips(f'{name}-{plane}', fields['box'], edges), axes(plane, fields, paper)
    for key, mark in scene['marks'].items():
        inside = KINDS[mark['kind']](mark, paper.scales[mark['plane']], paper)
        parts.append(group(outside(key, mark, name, whole), *(element(*part) for part in inside)))
    frame = {'class': 'plane', 'viewBox': f'0 0 {width} {height}', 'role': 'group', 'aria-label': scene['title'],
             'font-size': paper.text}
    return f'<svg{attributes(frame)}>{"".join(parts)}</svg>'


def rescaled(scene, planes):
    """What a browser that shows this scene's marks in the same boxes needs for other ranges, ticks and labels."""
    paper = Paper(scene)
    return {name: {'plane': scene['planes'][name], 'svg': axes(name, scene['planes'][name], paper)} for name in planes}


def outside(key, mark, name, whole=()):
    """What a mark's group is to CSS, to plane.js and to a screen reader. static/marks.js has the same."""
    kind = mark['kind']
    live, mute = kind in ('handle', 'sketch') and not mark.get('hidden'), kind in DECORATION
    locked = kind == 'sketch' and mark.get('locked')
    words = [kind, key, mark.get('class'), kind == 'line' and mark.get('dash') and 'dash',
             kind == 'text' and mark.get('size'), locked and 'locked', mark.get('crowd') and 'crowd',
             mark.get('pad') and 'pad',
             kind == 'handle' and f'move-{mark["move"]}', kind == 'handle' and mark.get('jump') and 'jumps',
             kind == 'handle' and mark.get('cue') and 'fresh']
    attrs = {'class': ' '.join(filter(None, words)), 'data-mark': key, 'data-lit': mark.get('lit')}
    if kind in CLIPPED and mark['plane'] not in whole:
        attrs['clip-path'] = f'url(#{name}-{mark["plane"]}{CLIPPED[kind]})'
    if live:
        level = 'horizontal' if mark.get('move') in ('x', 'both') else 'vertical'
        attrs |= {'tabindex': '0', 'role': 'slider', 'aria-label': mark['label'], 'aria-valuetext': first(mark['says']),
                  'aria-valuenow': first(mark['now']), 'aria-valuemin': mark['min'], 'aria-valuemax': mark['max'],
                  'aria-orientation': level, 'aria-readonly': locked and 'true'}
    elif mark.get('pad'):
        attrs |= {'tabindex': '0', 'role': 'slider', 'aria-roledescription': 'drawing pad', 'aria-label': mark['label'],
                  'aria-valuetext': mark['pad']['says'], 'aria-valuenow': '1', 'aria-valuemin': '1',
                  'aria-valuemax': str(len(mark['pixels']))}
    elif held(mark):                        # what comes later gives its parts their own roles, and takes over the tab stop
        attrs |= {'role': 'group', 'aria-label': mark['label'], 'tabindex': '0'}
    elif kind == 'mesh':
        attrs |= {'tabindex': '0', 'role': 'slider', 'aria-roledescription': 'surface that turns', 'aria-label': mark['label'],
                  'aria-valuenow': str(round(mark['yaw'])), 'aria-valuemin': '-180', 'aria-valuemax': '180'}
    elif mute:
        attrs |= {'role': 'img', 'aria-label': mark['label']} if mark.get('label') else {'aria-hidden': 'true'}
    return attrs


def held(mark):
    """Whether a reader can take hold of each of its parts: static/dials.js and dots.js then come to the page."""
    return mark.get('dials') is not None or bool(mark.get('picks')) or (mark['kind'] == 'points' and mark.get('dots') is not None)


def first(value):
    """A sketch may say something for each of its anchors; the first is chosen until the reader chooses another."""
    return value if isinstance(value, str) else value[0]


# ---- axes are drawn only here: a browser gets new ones from the server, as text ----

def axes(name, plane, paper):
    """Few ticks, direct labels. With both, a wide plane needs 48 units below it (narrow: 44) and 28 above it."""
    scale, size = paper.scales[name], paper.text
    left, top, width, height = plane['box']
    right, bottom, across, down = left + width, top + height, f'h{number(width)}', f'v{number(height)}'
    xticks, yticks = plane.get('xticks') or (), plane.get('yticks') or ()
    drawn = []
    if plane.get('grid'):
        drawn.append(strokes('grid', [(scale.x(value), top, down) for value, _ in xticks]
                             + [(left, scale.y(value), across) for value, _ in yticks]))
    if plane.get('frame'):
        drawn.append(element('rect', {'class': 'frame', **rectangle(plane['box']), 'fill': 'none'}))
    if xticks:
        drawn.append(stroke('spine', left, bottom, across))
    if yticks:
        drawn.append(stroke('spine', left, top, down))
    if xticks and zero_inside(plane['x']):
        drawn.append(stroke('zero', scale.x(0), top, down))
    if yticks and zero_inside(plane['y']):
        drawn.append(stroke('zero', left, scale.y(0), across))
    if xticks or yticks:
        drawn.append(strokes('tick', [(scale.x(value), bottom, 'v5') for value, _ in xticks]
                             + [(left, scale.y(value), 'h-5') for value, _ in yticks]))
    drawn += [label('number', scale.x(value), bottom + 6 + size, 'middle', words) for value, words in xticks]
    drawn += [label('number', left - 9, scale.y(value) + size * .35, 'end', words) for value, words in yticks]
    named = [group({'class': 'ticks', 'aria-hidden': 'true'}, *drawn)] if drawn else []
    if plane.get('xlabel'):
        named.append(label('label', (left + right) / 2, bottom + 10 + 2 * size, 'middle', plane['xlabel']))
    if plane.get('ylabel'):
        named.append(label('label', left, top - 10, 'start', plane['ylabel']))
    return group({'class': 'axis', 'data-plane': name}, *named)       # empty ones too: labels may come


def zero_inside(ends):
    return min(ends) < 0 < max(ends)


def stroke(kind, x, y, move):
    return strokes(kind, [(x, y, move)])


def strokes(kind, ways):
    return element('path', {'class': kind, 'd': ''.join(f'M{number(x)} {number(y)}{move}' for x, y, move in ways)})


def label(kind, x, y, anchor, words):
    return element('text', {'class': kind, 'x': x, 'y': y, 'text-anchor': anchor}, words)


def clips(name, box, edges):
    """The clip paths that a plane's marks use: its box (''), and the same with some room around it ('-edge')."""
    x, y, width, height = box
    roomy = x - EDGE, y - EDGE, width + 2 * EDGE, height + 2 * EDGE
    areas = {'': box, '-edge': roomy}
    return ''.join(f'<clipPath id="{plain(name)}{edge}">{element("rect", rectangle(areas[edge]))}</clipPath>' for edge in edges)


def rectangle(box):
    return dict(zip(('x', 'y', 'width', 'height'), box, strict=True))


# ---- text ----

def group(attrs, *drawn):
    return f'<g{attributes(attrs)}>{"".join(drawn)}</g>'


def element(tag, attrs, words=''):
    start = f'<{tag}{attributes(attrs)}'
    return f'{start}>{plain(words)}</{tag}>' if words or tag == 'text' else f'{start}/>'


def attributes(attrs):
    """Texts are escaped, numbers rounded; what is empty, None or False is left out."""
    written = ((name, plain(value) if isinstance(value, str) else number(value))
               for name, value in attrs.items() if value is not None and value is not False)
    return ''.join(f' {name}="{value}"' for name, value in written if value)


def plain(words):
    return escape(UNPRINTABLE.sub('\ufffd', words)) if SPECIAL.search(words) else words
