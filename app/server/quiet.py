"""The base of our request handlers: an error is a short helpful page, and one line in the log."""
import html
import logging

from tornado.web import HTTPError, RequestHandler

log = logging.getLogger('nudge')


def line(text, limit=300):
    """One log line: no line breaks, no control characters, not longer than `limit`."""
    text = ''.join(c if c.isprintable() else '?' for c in str(text))
    return text if len(text) <= limit else text[:limit - 1] + '…'


class Quiet(RequestHandler):
    """GET and HEAD; errors without a traceback."""

    SUPPORTED_METHODS = ('GET', 'HEAD')

    def head(self, *args):
        return self.get(*args)

    def compute_etag(self):
        return None                                      # ours are computed once, with the page

    def log_exception(self, kind, error, traceback):
        if not isinstance(error, HTTPError) or error.status_code >= 500:
            where = traceback
            while where is not None and where.tb_next is not None:
                where = where.tb_next
            place = f' in {where.tb_frame.f_code.co_name}, line {where.tb_lineno}' if where else ''
            log.error(line(f'{self.request.path[:80]}: {kind.__name__}: {error}{place}'))

    def write_error(self, status, **kwargs):
        self.set_header('Content-Type', 'text/html; charset=utf-8')
        self.finish(self.error_page(status))

    def error_page(self, status):
        reason = html.escape(self._reason)
        return (f'<!doctype html><html lang="en"><title>{reason}</title>'
                f'<p>{status}: {reason}. <a href="/">To the course</a></p></html>')
