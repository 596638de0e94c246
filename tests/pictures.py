"""Takes the README's picture from the running course: a reader has dragged the line, and the squares show what it costs."""
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.find_chromium import find_chromium
from tests.serving import ROOT, Server

ADDRESS = '/loss?slope=185&intercept=30000'
FIGURE = 'figure.draggable-line'


def take(browser, server, theme):
    page = browser.new_page(viewport={'width': 1120, 'height': 730}, device_scale_factor=1.5, color_scheme=theme)
    page.goto(server.url + ADDRESS)
    page.locator(FIGURE).last.evaluate('figure => scrollBy(0, figure.getBoundingClientRect().y - 40)')
    page.wait_for_load_state('networkidle')
    page.wait_for_timeout(500)
    path = ROOT / f'static/pictures/loss-{theme}.png'
    path.parent.mkdir(exist_ok=True)
    box = page.locator(FIGURE).last.bounding_box()
    page.screenshot(path=path, clip={'x': 40, 'width': 1040, 'y': box['y'] - 12, 'height': box['height'] + 24})
    print(path.relative_to(ROOT), f'{path.stat().st_size / 1000:.0f} kB')
    page.close()


def main():
    server = Server(Path(tempfile.mkdtemp()) / 'log')
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium())
            for theme in sys.argv[1:] or ['light', 'dark']:
                take(browser, server, theme)
            browser.close()
    finally:
        server.stop()


if __name__ == '__main__':
    main()
