"""Imports point one way, core ← lessons ← app, and whatever is imported from elsewhere is declared."""
import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {'core', 'lessons', 'app', 'tests'}
MAY_IMPORT = {
    'core': {'core', 'numpy'},
    'lessons': {'lessons', 'core', 'numpy', 'param'},
}
SERVERS_OWN = {'panel', 'bokeh', 'tornado'}
CHARTS = {'bokeh.plotting', 'bokeh.models', 'bokeh.embed', 'bokeh.document'}    # drawing, nothing that serves


def files(*folders):
    return sorted(path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob('*.py'))


def imports(path):
    """The full names of the modules that a file imports, relative ones resolved."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = path.parts[:len(path.parts) - node.level] if node.level else ()
            yield '.'.join([*above, *filter(None, [node.module])])


def foreign(path):
    """The same without Python's own."""
    return {name for name in imports(path) if name.split('.')[0] not in sys.stdlib_module_names}


@pytest.mark.parametrize('path', files('core', 'lessons'), ids=str)
def test_the_lower_floors_know_nothing_of_the_upper_ones(path):
    assert {name.split('.')[0] for name in foreign(path)} <= MAY_IMPORT[path.parts[0]]


@pytest.mark.parametrize('path', files('app'), ids=str)
def test_the_app_does_not_import_its_tests(path):
    assert 'tests' not in {name.split('.')[0] for name in foreign(path)}


@pytest.mark.parametrize('path', [path for path in files('app') if path.parts[:2] != ('app', 'server')], ids=str)
def test_panel_bokeh_and_tornado_stay_in_the_server(path):
    """So that the host, the widgets and the scenes can run where there is no server. Charts are made with Bokeh."""
    allowed = CHARTS if path == Path('app/charts.py') else set()
    assert {name for name in foreign(path) if name.split('.')[0] in SERVERS_OWN} <= allowed


@pytest.mark.parametrize('path', files('app'), ids=str)
def test_panel_and_bokeh_are_met_in_few_places(path):
    """So that an update of theirs is looked into in one file, which has a test for each thing that it relies on."""
    meets = {name for name in foreign(path) if name.split('.')[0] in ('panel', 'bokeh')}
    assert not meets or path in [Path('app/charts.py'), Path('app/server/bokeh_calls.py'), Path('app/server/wire.py')]


def declared(*groups, course=True):
    """The distributions that pyproject.toml names: what the course runs on, and those of the given groups."""
    project = tomllib.loads((ROOT / 'pyproject.toml').read_text())
    lists = [project['project']['dependencies'] if course else [], *(project['dependency-groups'][group] for group in groups)]
    return {re.match(r'[\w-]+', entry).group().lower() for entries in lists for entry in entries}


def with_peers(path):
    """Whether a file runs in .venv-peers, where PyTorch is: in `make peers` and the engine's part of `make bench`."""
    return path.parent == Path('tests/peers') or path.parent == Path('tests/bench') and path.name.startswith('engine_')


@pytest.mark.parametrize(('folders', 'groups'), [(('core', 'lessons', 'app'), ()), (('tests',), ('dev',))])
def test_what_is_imported_is_declared(folders, groups):
    provided_by = packages_distributions()
    imported = {name.split('.')[0] for path in files(*folders) if not with_peers(path) for name in foreign(path)} - OURS
    undeclared = {name for name in imported
                  if not declared(*groups) & {distribution.lower() for distribution in provided_by.get(name, ())}}
    assert not undeclared


def test_what_the_peers_import_is_declared_for_them():
    imported = {name.split('.')[0] for path in files('tests') if with_peers(path) for name in foreign(path)} - OURS
    known_as = {'sklearn': 'scikit-learn'}
    assert {known_as.get(name, name) for name in imported} == declared('peers', 'more-peers', course=False)


def test_peers_and_the_course_run_on_the_same_versions():
    """The same numpy computes in both, the same pytest judges."""
    groups = tomllib.loads((ROOT / 'pyproject.toml').read_text())
    ours = {*groups['project']['dependencies'], *groups['dependency-groups']['dev']}
    both = {re.match(r'[\w-]+', entry).group() for entry in groups['dependency-groups']['peers']} & declared('dev')
    assert both >= {'numpy', 'pytest', 'hypothesis'}
    assert {entry for entry in groups['dependency-groups']['peers'] if re.match(r'[\w-]+', entry).group() in both} <= ours


def test_what_is_declared_is_imported():
    provided_by = packages_distributions()
    imported = {name.split('.')[0] for path in files('core', 'lessons', 'app') for name in foreign(path)} - OURS
    used = {distribution.lower() for name in imported for distribution in provided_by[name]}
    assert declared() <= used
