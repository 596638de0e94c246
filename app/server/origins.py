"""May this page open a live connection? Only a page that this very host has served.

A browser writes the Origin of the page into every websocket it opens; a page cannot forge it. So whatever name
the reader's browser knows us by, the Origin must be that name: no list of hosts has to be configured.
"""
import re
from urllib.parse import urlsplit

HOST = re.compile(r'(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?', re.I)
DEFAULT_PORT = {'http': 80, 'ws': 80, 'https': 443, 'wss': 443}


def place(host, scheme):
    """(name, port) of a Host header, with the scheme's own port made explicit; None if it is no host at all."""
    try:
        parts = urlsplit(f'//{host}')
        if not parts.hostname or parts.path or parts.query or parts.fragment or '@' in host:
            return None
        return parts.hostname.rstrip('.'), parts.port or DEFAULT_PORT.get(scheme)
    except ValueError:                                   # a port that is no number, brackets that do not close
        return None


def public_host(headers, trust_proxy=False):
    """The name, perhaps with a port, by which the reader's browser knows us; '' if it is no host at all."""
    host = headers.get('Host', '')
    if trust_proxy:
        host = headers.get('X-Forwarded-Host', host).split(',')[0].strip()
    return host if len(host) < 260 and HOST.fullmatch(host) else ''


def allowed(origin, host, framed=False):
    """Does `origin` (the Origin header) name the same place as `host` (the Host header)?

    `framed`: a widget in somebody's page may live in a sandboxed frame, whose Origin is the word null.
    """
    if origin == 'null':
        return framed
    scheme, _, rest = (origin or '').partition('://')
    if scheme not in ('http', 'https') or not rest:
        return False
    # TLS may end at a proxy, so the port that goes without saying is the one of the page's own scheme
    return place(rest, scheme) is not None and place(rest, scheme) == place(host or '', scheme)
