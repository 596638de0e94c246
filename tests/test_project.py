"""The project's own papers agree with each other: what is declared, locked, copied into the image and promised."""
import os
import re
import tomllib
from pathlib import Path

import pytest

from core.network import count_parameters
from core.trained import trained

ROOT = Path(__file__).resolve().parent.parent
MADE_BY_TOOLS = {'test-results', '__pycache__'}
LAYOUT = {
    'core', 'lessons', 'app', 'static', 'tests', 'pyproject.toml', 'requirements.lock', 'requirements-dev.lock',
    'Makefile', 'Dockerfile', 'README.md', 'CHANGELOG.md', 'LICENSE',
}


def text(name):
    return (ROOT / name).read_text()


def instructions(dockerfile):
    return re.findall(r'^([A-Z]+) ((?:.*\\\n)*.*)$', dockerfile, re.M)


def test_the_house_has_these_rooms_and_no_others():
    assert {path.name for path in ROOT.iterdir() if path.name[0] != '.'} - MADE_BY_TOOLS == LAYOUT


@pytest.mark.parametrize(('lock', 'groups'), [('requirements.lock', []), ('requirements-dev.lock', ['dev'])])
def test_the_lock_holds_what_is_declared(lock, groups):
    project = tomllib.loads(text('pyproject.toml'))
    wanted = [*project['project']['dependencies'], *(one for group in groups for one in project['dependency-groups'][group])]
    assert all('==' in one for one in wanted)
    assert set(wanted) <= set(re.findall(r'^[\w.-]+==[\w.]+', text(lock), re.M))


@pytest.mark.parametrize('lock', ['requirements.lock', 'requirements-dev.lock'])
def test_every_locked_file_is_known_by_its_hash(lock):
    entries = re.split(r'\n(?=\w)', text(lock))
    assert len(entries) > 20
    assert all(re.match(r'[\w.-]+==', entry) and '--hash=sha256:' in entry for entry in entries)
    assert '://' not in text(lock)


def test_tests_run_on_what_the_course_runs_on():
    pins = {name: set(re.findall(r'^[\w.-]+==.*', text(name), re.M)) for name in ('requirements.lock', 'requirements-dev.lock')}
    assert pins['requirements.lock'] < pins['requirements-dev.lock']


def test_the_image_gets_all_that_the_course_runs_on():
    dockerfile = instructions(text('Dockerfile'))
    copied = {words.split()[0] for name, words in dockerfile if name == 'COPY' and not words.startswith('--from')}
    let_in = {line[1:] for line in text('.dockerignore').splitlines() if line.startswith('!')}
    assert copied == let_in == {'core', 'lessons', 'app', 'static', 'requirements.lock'}


def test_the_image_builds_anywhere_and_runs_as_nobody():
    dockerfile = instructions(text('Dockerfile'))
    assert not text('Dockerfile').startswith('# syntax')
    assert not [words for name, words in dockerfile if name == 'RUN' and '--mount' in words]
    assert [words for name, words in dockerfile if name == 'USER'] == ['10001:10001']
    assert dockerfile[-1] == ('CMD', '["python", "-m", "app"]')


def test_every_command_that_is_promised_exists():
    targets = set(re.findall(r'^([a-z]+):', text('Makefile'), re.M))
    promised = set(re.findall(r'\bmake ([a-z]+)\b', text('README.md') + text('.ci/run')))
    assert {'serve', 'test'} <= promised <= targets


def test_every_picture_and_page_that_the_readme_shows_is_there():
    shown = re.findall(r'\]\(([^)#:]+)\)|src="([^":]+)"', text('README.md'))
    assert [link for pair in shown for link in pair if link and not (ROOT / link).exists()] == []


def test_what_must_pass_can_be_run():
    assert os.access(ROOT / '.ci/run', os.X_OK)
    assert 'set -euo pipefail' in text('.ci/run')


def test_version_and_changes_agree():
    version = tomllib.loads(text('pyproject.toml'))['project']['version']
    assert f'[{version}]' in text('CHANGELOG.md') or '[Unreleased]' in text('CHANGELOG.md')


def test_the_readme_embeds_and_names_what_exists():
    readme = text('README.md')
    lessons = {path.parent.name.replace('_', '-'): path.read_text() for path in ROOT.glob('lessons/*/lesson.md')}
    ways = r'/embed/([\w-]+)/([\w-]+)', r'lesson="([\w-]+)" widget="([\w-]+)"', r"widget\('([\w-]+)', '([\w-]+)'"
    embedded = [found for way in ways for found in re.findall(way, readme)]
    assert len(embedded) == 3
    for slug, widget in embedded:
        assert re.search(rf'^:::\{{[\w-]+\}} {widget}$', lessons[slug], re.M)
    for words in lessons.values():
        assert words.splitlines()[0].removeprefix('# ') in readme


def test_the_readme_counts_the_network_as_the_engine_does():
    assert f' {count_parameters(trained()):,} weights and biases' in text('README.md')
