"""The headers that go with every answer: what a browser may do with our pages, and who may frame them."""

POLICY = ("default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; "
          "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {}")


def security_headers(path, frame_ancestors='*'):
    """Headers for the answer at `path`. Only what is under /embed may be framed by other sites."""
    framed = path == '/embed' or path.startswith('/embed/')
    return {
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'strict-origin-when-cross-origin',
        'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
        'Content-Security-Policy': POLICY.format(frame_ancestors if framed else "'self'"),
    }
