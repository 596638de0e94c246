"""What is new on a page: the least that leads a browser from what it shows to what it shall show."""
from app.scene import changed, changed_planes
from app.svg import rescaled
from app.widgets import inputs, picture


def news(old, new, state, width):
    """What differs between two results of `Host.everything`, kind by kind; scenes as app/scene.py says."""
    found = {kind: {key: content for key, content in new[kind].items() if old.get(kind, {}).get(key) != content}
             for kind in new if kind != 'scenes'}
    found |= {'widgets': {}, 'axes': {}, 'scenes': {}}
    for name, scene in new['scenes'].items():
        was = old.get('scenes', {}).get(name)
        if was is scene:
            continue
        planes = changed_planes(was, scene) if was else None
        marks = changed(was | {'planes': scene['planes']}, scene) if planes is not None else None
        if marks is None:
            found['scenes'][name] = {'scene': scene, 'svg': picture(name, scene, width), 'controls': inputs(state, scene)}
            continue
        if planes:
            found['axes'][name] = rescaled(scene, planes)
        if marks:
            found['widgets'][name] = marks
    return {kind: content for kind, content in found.items() if content}
