"""Finds a Chromium to test with and prints its path: $CHROMIUM, one on the PATH, or one of the Mac's applications."""
import os
import shutil
import sys
from pathlib import Path

COMMANDS = 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'
APPLICATIONS = 'Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'


def find_chromium():
    """The path of a Chromium, or None: then Playwright looks for one that it installed itself."""
    if named := os.environ.get('CHROMIUM'):
        if found := shutil.which(named):
            return found
        sys.exit(f'CHROMIUM={named} is not a program that can be run.')
    folders = Path('/Applications'), Path.home() / 'Applications'
    on_a_mac = [str(folder / application) for folder in folders for application in APPLICATIONS]
    return next(filter(None, map(shutil.which, [*COMMANDS, *on_a_mac])), None)


if __name__ == '__main__':
    path = find_chromium()
    if path is None:
        from playwright.sync_api import sync_playwright    # in .venv only, and only needed here
        with sync_playwright() as playwright:
            own = playwright.chromium.executable_path
        path = own if Path(own).exists() else sys.exit('No Chromium found.')
    print(path)
