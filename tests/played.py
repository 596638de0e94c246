"""What a widget plays, checked as it is before it goes to a page: over the pictures of both widths."""
from app import runs
from app.scene import check


def played(widget, state):
    """(the run, its scenes by width) of a widget for this state; ValueError, with the culprit's name, for what can't be shown."""
    run, scenes = widget.record(state), {width: widget.draw(state, width) for width in ('wide', 'narrow')}
    for scene in scenes.values():
        check(scene)
        runs.check(run, scene)
    return run, scenes
