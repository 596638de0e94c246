"""Takes the README's pictures from the running course: squares, a network that has learnt XOR, a walk back, a digit read."""
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.find_chromium import find_chromium
from tests.serving import ROOT, Server

# (name, address, the figure or its picture, whether it is played to its end)
PICTURES = [
    ('loss', '/loss?slope=185&intercept=30000', 'figure.draggable-line >> nth=-1', False),
    ('xor', '/xor', '#train-it .picture', True),
    ('backprop', '/backprop', 'figure.back-walk >> nth=0 >> .picture', True),
    ('inside', '/inside-a-network', '#through-three-layers > .picture', False),
]


def take(browser, server, theme, name, address, place, played):
    page = browser.new_page(viewport={'width': 1120, 'height': 900}, device_scale_factor=1.5, color_scheme=theme)
    page.goto(server.url + address)
    spot = page.locator(place)
    spot.evaluate('figure => scrollBy(0, figure.getBoundingClientRect().y - 40)')
    page.wait_for_load_state('networkidle')
    if played:
        figure = spot.locator('xpath=ancestor-or-self::figure')
        expect(figure.locator('[data-player][data-ready]')).to_have_count(1)
        figure.locator('[data-do=play]').click()
        page.wait_for_function('() => Object.values(globalThis.nudge.page.players).some(p => p.run && p.k === p.last)',
                               timeout=60_000)
        page.mouse.move(2, 2)
    page.locator('.player').evaluate_all('bars => bars.forEach(bar => { bar.style.visibility = "hidden" })')
    page.wait_for_timeout(500)
    path = ROOT / f'static/pictures/{name}-{theme}.png'
    path.parent.mkdir(exist_ok=True)
    box = spot.bounding_box()
    page.screenshot(path=path, clip={'x': 40, 'width': 1040, 'y': box['y'] - 12, 'height': box['height'] + 24})
    print(path.relative_to(ROOT), f'{path.stat().st_size / 1000:.0f} kB')
    page.close()


def main():
    server = Server(Path(tempfile.mkdtemp()) / 'log')
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium())
            for theme in sys.argv[1:] or ['light', 'dark']:
                for picture in PICTURES:
                    take(browser, server, theme, *picture)
            browser.close()
    finally:
        server.stop()


if __name__ == '__main__':
    main()
