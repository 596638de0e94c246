"""`.venv-peers/bin/python tests/peers/install.py` gets what pyproject.toml names under `peers` into that .venv.

No hashes here: PyTorch's builds for CPUs have one for each platform, and they come from two places. On Linux PyPI's
own may bring gigabytes for graphics cards that nobody here uses, so it is taken from PyTorch's index where that answers.
micrograd's source comes as well, for the tests that are in it.
"""
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPU_BUILDS = 'https://download.pytorch.org/whl/cpu'


def install(*what):
    subprocess.run([sys.executable, '-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', *what], check=True)


def answers(address):
    try:
        with urllib.request.urlopen(f'{address}/torch/', timeout=10):
            return True
    except OSError:
        return False


def main():
    pins = tomllib.loads((ROOT / 'pyproject.toml').read_text())['dependency-groups']['peers']
    torch, micrograd = (next(pin for pin in pins if pin.startswith(name)) for name in ('torch', 'micrograd'))
    if sys.platform == 'linux' and answers(CPU_BUILDS):
        install(torch, '--index-url', CPU_BUILDS)
    install(*pins)
    subprocess.run([sys.executable, '-m', 'pip', '--disable-pip-version-check', 'download', '--quiet', '--no-deps', '--no-binary',
                    'micrograd', '--dest', sys.prefix, micrograd], check=True)


if __name__ == '__main__':
    main()
