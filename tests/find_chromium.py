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
    """The path of the Chromium that Playwright installed for itself, if it did."""
    question = ('from playwright.sync_api import sync_playwright\n'
                'with sync_playwright() as playwright: print(playwright.chromium.executable_path)')
    answer = subprocess.run([sys.executable, '-c', question], capture_output=True, text=True, check=False).stdout.strip()
    return answer if answer and Path(answer).exists() else None


def install():
    """Debian's package when root is asking on Debian, or else Playwright's own build."""
    release = Path('/etc/os-release')
    if root_with_apt() and release.exists() and 'ID=debian' in release.read_text().splitlines():
        apt_get('chromium', 'fonts-liberation', 'fonts-dejavu-core')
    else:
        with_its_libraries = ['--with-deps'] if root_with_apt() else []
        subprocess.run([sys.executable, '-m', 'playwright', 'install', *with_its_libraries, 'chromium'], check=True)


def make_driver_run():
    """Playwright brings a program of its own, which needs a library that a bare Debian or Ubuntu does not have."""
    tried = subprocess.run([sys.executable, '-m', 'playwright', '--version'], capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        return
    if not root_with_apt():
        sys.exit(f'Playwright does not start:\n{tried.stderr}On Debian and Ubuntu, sudo apt install libatomic1 may help.')
    apt_get('libatomic1')


def root_with_apt():
    return os.geteuid() == 0 and shutil.which('apt-get') is not None


def apt_get(*packages):
    print(f'Installing {", ".join(packages)} for the tests (once) ...', flush=True)
    for arguments in (['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', *packages]):
        subprocess.run(['apt-get', *arguments], check=True, env={**os.environ, 'DEBIAN_FRONTEND': 'noninteractive'})


if __name__ == '__main__':
    path = find_chromium()
    if '--install' in sys.argv:
        make_driver_run()
        if not (path or find_playwrights()):
            install()
            path = find_chromium()
    path = path or find_playwrights()
    print(path or sys.exit('No Chromium found. Install one, or name it: CHROMIUM=/path/to/it make test'))
