"""A real Chromium for the measurements; nothing leaves the machine."""
import asyncio
import contextlib

from playwright.async_api import async_playwright

from tests.find_chromium import find_chromium

# Playwright switches off Chromium's guard against pages that flood it; readers have it
UNLIKE_READERS = ['--disable-ipc-flooding-protection']
FLAGS = ['--disable-quic', '--no-first-run', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']


@contextlib.asynccontextmanager
async def chromium():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS,
                                                   ignore_default_args=UNLIKE_READERS)
        try:
            yield browser
        finally:
            await browser.close()


@contextlib.asynccontextmanager
async def new_page(browser, script='', **options):
    """A page with nothing in its cache, and `script` in it before its own."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 720}, **options)
    try:
        if script:
            await context.add_init_script(script)
        yield await context.new_page()
    finally:
        await context.close()


async def until(page, expression, seconds=20):
    """Waits until it is true; Playwright's own way of waiting needs a page that allows eval, and ours do not."""
    for _ in range(seconds * 20):
        if await page.evaluate(f'Boolean({expression})'):
            return
        await asyncio.sleep(.05)
    raise SystemExit(f'{page.url}: in {seconds} s never {expression}')
