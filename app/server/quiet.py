"""The base of our request handlers: an error is a short helpful page, and one line in the log."""
import html
import logging
import time

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

log = logging.getLogger('nudge')
LEFT = (StreamClosedError, WebSocketClosedError)        # somebody left while we were speaking: nothing to tell


def line(text, limit=300):
    """One log line: no line breaks, no control characters, not longer than `limit`."""
    text = ''.join(c if c.isprintable() else '?' for c in str(text))
    return text if len(text) <= limit else text[:limit - 1] + '…'


class OneLine(logging.Formatter):
    """Each record is one line with its date; of an exception, the kind and the words, never a traceback."""

    def __init__(self):
        super().__init__('%(asctime)s %(levelname)s %(message)s', datefmt='%Y-%m-%d %H:%M:%S')

    def format(self, record):
        text = f'{self.formatTime(record, self.datefmt)} {record.levelname} {line(record.getMessage())}'
        if record.exc_info and record.exc_info[1] is not None:
            text += line(f': {type(record.exc_info[1]).__name__}: {record.exc_info[1]}')
        return text


class Seldom:
    """Warns of one kind of thing at most once a minute, and says then how often it has happened meanwhile."""

    def __init__(self, seconds=60, clock=time.monotonic):
        self.seconds, self.clock, self.said, self.missed = seconds, clock, {}, {}

    def warning(self, kind, text):
        now = self.clock()
        if kind in self.said and now - self.said[kind] < self.seconds:
            self.missed[kind] = self.missed.get(kind, 0) + 1
            return
        more = self.missed.pop(kind, 0)
        self.said[kind] = now
        log.warning(line(text, 230) + (f' (and {more:,} more like it since the last line)' if more else ''))


def loop_trouble(loop, context):
    """For what went wrong on the event loop while nobody waited for it: one line, or none when a reader has just left."""
    error = context.get('exception')
    if not isinstance(error, LEFT):
        log.error(line(f'{context.get("message")}: {type(error).__name__}: {error}' if error else context.get('message')))


PAGE = '''<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Nudge</title>
<link rel="stylesheet" href="/assets/v1/tokens.css">
<link rel="stylesheet" href="/assets/v1/book.css">
<link rel="stylesheet" href="/assets/v1/home.css">
</head>
<body class="home missing">
<header class="top"><a class="name" href="/">Nudge</a></header>
<main>
<header>
<h1>{title}</h1>
<p>{words} <a href="/">To the course</a></p>
</header>
</main>
</body>
</html>
'''


class Quiet(RequestHandler):
    """GET and HEAD; errors without a traceback."""

    SUPPORTED_METHODS = ('GET', 'HEAD')

    def head(self, *args):
        return self.get(*args)

    def compute_etag(self):
        return None                                      # ours are computed once, with the page

    def log_exception(self, kind, error, traceback):
        if isinstance(error, LEFT):
            return
        if not isinstance(error, HTTPError) or error.status_code >= 500:
            where = traceback
            while where is not None and where.tb_next is not None:
                where = where.tb_next
            place = f' in {where.tb_frame.f_code.co_name}, line {where.tb_lineno}' if where else ''
            log.error(line(f'{self.request.path[:80]}: {kind.__name__}: {error}{place}'))

    def write_error(self, status, **kwargs):
        self.set_header('Content-Type', 'text/html; charset=utf-8')
        self.set_header('Cache-Control', 'no-store')
        self.finish(self.error_page(status))

    def error_page(self, status):
        if status >= 500:
            return PAGE.format(title='Something went wrong', words='The fault is ours, and it is in the log of this server. '
                               'Trying again may help.')
        return PAGE.format(title=html.escape(self._reason), words=f'The server answers {status}.')
