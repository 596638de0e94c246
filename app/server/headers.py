"""The headers that go with every answer: what a browser may do with our pages, and who may frame them."""

POLICY = ("default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
          "connect-src 'self' {sockets}; object-src 'none'; base-uri 'none'; form-action 'self'")


def security_headers(path, frame_ancestors='*', host=''):
    """Headers for the answer at `path`. Only what is under /embed may be framed by other sites.

    `host`: by which the browser knows us. Not every browser counts our websocket as 'self', so it is named.
    """
    if path.startswith('/assets/'):         # a script, a style or a font has nothing to allow, and they are many
        return {'X-Content-Type-Options': 'nosniff'}
    rules = POLICY.format(sockets=f'ws://{host} wss://{host}' if host else 'ws: wss:')
    ancestors = frame_ancestors if path.startswith('/embed/') else "'self'"
    # the word * would still exclude a page opened from a file, so for everybody there is no such rule at all
    policy = rules if ancestors == '*' else f'{rules}; frame-ancestors {ancestors}'
    return {
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'strict-origin-when-cross-origin',
        'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
        'Content-Security-Policy': policy,
    }
