"""What the browser loads once and keeps for ever: our scripts, styles and fonts, and Bokeh's and Panel's bundles.

Their address holds a hash of all of them, /assets/<hash>/<name>, so a new version of anything is a new address and
nothing is ever asked for twice.
"""
import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tornado.web import HTTPError

from app.server.bokeh_calls import library_files
from app.server.bundle import STATIC, bare, bundled
from app.server.quiet import Quiet
from app.server.squeezed import ENCODINGS, chosen, squeeze

TYPES = {
    '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
    '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon',
    '.json': 'application/json',
}
ASKED = 'crowd', 'dials', 'listing', 'live', 'mesh', 'pad', 'player', 'waking'
PACKED = {'.woff2', '.png', '.ico'}         # these are compressed already


class Assets:
    """All files by name, with the hash of everything; compressed in the background, once."""

    def __init__(self, folder=STATIC, libraries=None):
        found = (path for path in sorted(folder.rglob('*')) if path.suffix in TYPES)
        files = {path.relative_to(folder).as_posix(): path for path in found}
        files |= library_files() if libraries is None else libraries
        self.files = {name: path.read_bytes() for name, path in files.items()}
        for name, path in files.items():
            if path.suffix == '.css':
                self.files[name] = bare(path.read_text('utf-8')).encode()
        for name in ASKED:                               # those that a page asks for come with all that they import
            if f'{name}.js' in self.files:
                self.files[f'{name}.js'] = bundled(name, folder).encode()
        digest = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            digest.update(f'{name} {len(data)} '.encode() + data)
        self.version = digest.hexdigest()[:12]
        self.base = f'/assets/{self.version}'
        pool = ThreadPoolExecutor(1, 'squeeze')          # both let go of the interpreter lock: readers do not notice
        self.squeezed = {(name, encoding): pool.submit(squeeze, data, encoding) for encoding in ENCODINGS
                         for name, data in self.files.items() if Path(name).suffix not in PACKED}
        pool.shutdown(wait=False)


class Asset(Quiet):
    """GET /assets/<hash>/<name>"""

    def initialize(self, assets):
        self.assets = assets

    async def get(self, version, name):
        assets = self.assets
        if name not in assets.files:
            raise HTTPError(404)
        # A page from before an update asks for an old hash, other people's pages for v1: they get what there is
        keep = 'max-age=31536000, immutable' if version == assets.version else 'max-age=300'
        self.set_header('Cache-Control', f'public, {keep}')
        self.set_header('Content-Type', TYPES[Path(name).suffix])
        self.set_header('Access-Control-Allow-Origin', '*')      # module scripts and fonts in a sandboxed frame
        body, encoding = assets.files[name], chosen(self.request)
        if (name, 'gzip') in assets.squeezed:
            self.set_header('Vary', 'Accept-Encoding')
            if encoding:
                body = await asyncio.wrap_future(assets.squeezed[name, encoding])
                self.set_header('Content-Encoding', encoding)
        self.finish(body)
