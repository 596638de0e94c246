"""How fast the engine is beside PyTorch, micrograd and scikit-learn: CPU time of the same work, one thread each.

Two processes under .venv-peers, `engine_with_pytorch` and `engine_with_micrograd`, one after the other. What they measure
is the peer's time by ours: 10 × is ten times as fast.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.engine_race import in_words
from tests.bench.goals import Row

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / '.venv-peers' / 'bin' / 'python'
THREADS = ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS')
ONE_THREAD = dict.fromkeys(THREADS, '1') | {'XLA_FLAGS': '--xla_cpu_multi_thread_eigen=false'}


async def measure(runs):
    if not PYTHON.exists():
        sys.exit('The engine is measured beside PyTorch and others, and they are not here yet: make peers gets them.')
    found = {peers: beside(peers) for peers in ('pytorch', 'micrograd')}
    return [row for part in found.values() for made in part['rows'] for row in rows(made)], found


def beside(peers):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / 'engine.json'
        subprocess.run([PYTHON, '-m', f'tests.bench.engine_with_{peers}', path], cwd=ROOT, env=os.environ | ONE_THREAD,
                       check=True)
        return json.loads(path.read_text())


def rows(made):
    """A goal is a row: the peer's CPU time by ours, or our own where that is limited."""
    if 'limit' in made:
        return [Row(made['what'], made['cpu']['ours'], 's', made['limit'], digits=3)]
    beside = {who: in_words(seconds) for who, seconds in made['cpu'].items()}
    return [Row(f'{made["what"]}, against {peer}', made['ratios'][peer], '×', least, least=True, digits=0 if least > 9 else 2,
                beside=beside)
            for peer, least in made['goals'].items()]
