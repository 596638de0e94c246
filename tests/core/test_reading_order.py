"""The table in `core/__init__.py` is where a reader begins: it names every module there is, and no other."""
import re
from pathlib import Path

import core


def test_every_module_of_the_engine_stands_in_the_table():
    modules = {path.stem for path in Path(core.__file__).parent.glob('*.py')} - {'__init__', 'checks'}
    assert set(re.findall(r'^`(\w+)`  ', core.__doc__, re.M)) == modules
    assert '`checks`' in core.__doc__
