"""What a browser may say over a session: open it, and send text to our own component. All else is refused.

Bokeh's protocol lets a browser change any property of any model and replace the document. Our pages need none of that,
so none of it is let in. Pure functions of the decoded message: no Bokeh here.
"""

LIMIT = 256 * 1024              # bytes of one message, in all its parts
OPENING = {'PULL-DOC-REQ', 'SERVER-INFO-REQ'}


def refusal(header, metadata, content, models):
    """Why this message is not let in, in one short sentence, or None. `models`: ids of what may be spoken to."""
    kind = header.get('msgtype')
    if not isinstance(kind, str):
        return 'not a message of ours'
    if header.get('num_buffers'):
        return 'buffers are not taken'
    if kind in OPENING:
        return None
    if kind != 'PATCH-DOC':
        return f'{kind[:40]} is not taken'
    if metadata not in ({}, None) or not isinstance(content, dict) or set(content) != {'events'}:
        return 'not a message of ours'
    events = content['events']
    if not isinstance(events, list) or not events:
        return 'not a message of ours'
    for event in events:
        reason = event_refusal(event, models)
        if reason:
            return reason
    return None


def event_refusal(event, models):
    """Two events are known: the page is ready, and text for our component."""
    if not isinstance(event, dict) or event.get('kind') != 'MessageSent':
        kind = event.get('kind') if isinstance(event, dict) else None
        return f'{str(kind)[:40]} is not taken, only messages to the component are'
    data = event.get('msg_data')
    if not isinstance(data, dict) or event != {'kind': 'MessageSent', 'msg_type': 'bokeh_event', 'msg_data': data}:
        return 'not a message of ours'
    if data == {'type': 'event', 'name': 'document_ready', 'values': {'type': 'map'}}:
        return None
    values = data.get('values')
    if data != {'type': 'event', 'name': 'data_event', 'values': values}:
        return f'event {str(data.get("name"))[:40]} is not taken'
    match values:
        case {'type': 'map', 'entries': [['model', {'id': str(model)}], ['data', str(text)]]} if model in models:
            if values == {'type': 'map', 'entries': [['model', {'id': model}], ['data', text]]}:
                return None                              # exactly this, and nothing more in it
    return 'not a message of ours'
