"""Finds a Chromium to test with and prints its path; with --install, gets one where there is none.

Looked for in this order: $CHROMIUM, the PATH, the Mac's applications, the one that Playwright installs.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'
APPLICATIONS = 'Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'


def find_chromium():
    """The path of a Chromium, or None: then Playwright takes the one that it installed itself."""
    if named := os.environ.get('CHROMIUM'):
        if found := shutil.which(named):
            return found
        sys.exit(f'CHROMIUM={named} is not a program that can be run.')
    folders = Path('/Applications'), Path.home() / 'Applications'
    on_a_mac = [str(folder / application) for folder in folders for application in APPLICATIONS]
    return next(filter(None, map(works, [*COMMANDS, *on_a_mac])), None)


def works(command):
    """The path of a command that really starts: Ubuntu's chromium-browser may only say that it wants a snap."""
    path = shutil.which(command)
    if path and subprocess.run([path, '--version'], capture_output=True, check=False).returncode == 0:
        return path
    return None


def find_playwrights():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install():
    """Debian's package when root is asking on Debian, or else Playwright's own build."""
    print('Installing Chromium for the tests (once) ...', flush=True)
    root = hasattr(os, 'geteuid') and os.geteuid() == 0
    release = Path('/etc/os-release')
    if root and release.exists() and 'ID=debian' in release.read_text().splitlines():
        for arguments in (['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends',
                                              'chromium', 'fonts-liberation', 'fonts-dejavu-core']):
            subprocess.run(['apt-get', *arguments], check=True, env={**os.environ, 'DEBIAN_FRONTEND': 'noninteractive'})
    else:
        with_its_libraries = ['--with-deps'] if root else []
        subprocess.run([sys.executable, '-m', 'playwright', 'install', *with_its_libraries, 'chromium'], check=True)


if __name__ == '__main__':
    path = find_chromium() or find_playwrights()
    if not path and '--install' in sys.argv:
        install()
        path = find_chromium() or find_playwrights()
    print(path or sys.exit('No Chromium found. Install one, or name it: CHROMIUM=/path/to/it make test'))
