"""For those who pass a link on: other sites' editors and chats make a card or a frame of the bare address of a lesson.

They need whole addresses, and only the request knows by which name we are reached.
"""
import html
import json
from urllib.parse import quote, unquote, urlsplit

from app.lesson_format import read_lesson
from app.server.origins import place, public_host
from app.server.quiet import Quiet
from lessons import WRITTEN

WIDTH, HEIGHT, WIDGET_HEIGHT = 720, 900, 520
LONGEST = 4000          # characters of an address


def origin_of(request, trust_proxy=False):
    """http(s)://host of our own pages as the browser sees them; '' where the request names no host."""
    host = public_host(request.headers, trust_proxy)
    scheme = request.headers.get('X-Forwarded-Proto', request.protocol).split(',')[0].strip().lower()
    return f'{"https" if scheme == "https" else "http"}://{host}' if host else ''


def with_whole_addresses(page, origin, path):
    """The page with its own address, its picture's, and where its embedding is described, each beginning with `origin`."""
    if not origin:
        return page
    about = f'<meta property="og:url" content="{html.escape(origin + path)}">\n'
    if path != '/':
        description = html.escape(f'{origin}/oembed?format=json&url={quote(origin + path, safe="")}')
        about += f'<link rel="alternate" type="application/json+oembed" href="{description}">\n'
    page = page.replace('property="og:image" content="/', f'property="og:image" content="{html.escape(origin)}/')
    return page.replace('</head>', about + '</head>', 1)


def lesson_at(url, host):
    """(lesson, widget or None, origin, query) of the address of one of our lessons at this `host`, else None."""
    try:
        parts = urlsplit(url)
        ours = parts.scheme in ('http', 'https') and place(parts.netloc, parts.scheme) == place(host, parts.scheme)
    except ValueError:
        return None
    if not ours or not host or len(url) > LONGEST:
        return None
    slug, _, widget = unquote(parts.path).strip('/').removeprefix('embed/').partition('/')
    if slug not in WRITTEN:
        return None
    lesson = read_lesson(slug)
    if widget and (not parts.path.startswith('/embed/') or widget not in [placement.name for placement in lesson.placements]):
        return None
    return lesson, widget or None, f'{parts.scheme}://{host}', parts.query


def card(lesson, widget, origin, query, width=WIDTH, height=None):
    """What oEmbed says about a lesson: a frame, and a link for where frames are taken out."""
    path = f'/embed/{lesson.slug}' + (f'/{widget}' if widget else '')
    query = f'?{query}' if query else ''
    title = f'{lesson.title}: {widget.replace("-", " ")}' if widget else lesson.title
    height = min(height or 5000, WIDGET_HEIGHT if widget else HEIGHT)
    name, link, source = (html.escape(text) for text in (title, f'{origin}/{lesson.slug}{query}', origin + path + query))
    return {
        'version': '1.0', 'type': 'rich', 'provider_name': 'Nudge', 'provider_url': f'{origin}/', 'title': title,
        'width': width, 'height': height,
        'html': f'<blockquote><a href="{link}">{name}</a></blockquote>'
                f'<iframe data-nudge src="{source}" title="{name}" width="{width}" height="{height}" loading="lazy" '
                'style="border:0"></iframe>'}


class OEmbed(Quiet):
    """GET /oembed?url=…&format=json&maxwidth=…&maxheight=…, as https://oembed.com has it"""

    def set_default_headers(self):
        self.set_header('Access-Control-Allow-Origin', '*')

    def get(self):
        if self.get_argument('format', 'json') != 'json':
            return self.send_error(501)
        found = lesson_at(self.get_argument('url', ''), public_host(self.request.headers, self.application.nudge.trust_proxy))
        if not found:
            return self.send_error(404)
        width, height = self.limit('maxwidth'), self.limit('maxheight')
        self.set_header('Content-Type', 'application/json; charset=utf-8')
        return self.finish(json.dumps(card(*found, width=min(width or WIDTH, WIDTH), height=height)))

    def limit(self, name):
        text = self.get_argument(name, '')
        return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else None
