"""`python -m tests.bench` measures and prints a table; it ends with 0 if every goal is met.

--report         ends with 0 whatever was measured
--only drag lag  only these parts
--runs 3         how often what a busy machine disturbs is repeated; the best run counts, all are in the file
"""
import argparse
import asyncio
import json
import math
import os
import platform
import sys
import time
from pathlib import Path

from tests.bench import drag, engine, jobs, lag, page_costs, play, surface, visits
from tests.bench.goals import table

PARTS = {'engine': engine, 'drag': drag, 'play': play, 'surface': surface, 'jobs': jobs, 'visits': visits, 'page': page_costs,
         'lag': lag}
FILE = Path(__file__).parents[2] / 'test-results' / 'bench.json'


def main():
    parser = argparse.ArgumentParser(prog='python -m tests.bench', description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--report', action='store_true')
    parser.add_argument('--only', nargs='+', choices=PARTS, default=list(PARTS))
    parser.add_argument('--runs', type=int, default=3)
    options = parser.parse_args()
    began, before, rows, details = time.time(), os.getloadavg()[0], [], {}
    for name in options.only:
        print(f'Measuring: {PARTS[name].__doc__.splitlines()[0]}', flush=True)
        new, details[name] = asyncio.run(PARTS[name].measure(options.runs))
        rows += new
    missed = [row for row in rows if row.met is False]
    print(f'\n{table(rows)}\n')
    goals = sum(row.goal is not None for row in rows)
    print(f'{goals - len(missed)} of {goals} goals met, {time.time() - began:.0f} s, {os.cpu_count()} cores; '
          f'load average {before:.1f} before, {os.getloadavg()[0]:.1f} after (the benchmark itself is part of that).')
    for row in missed:
        print(f'MISSED  {row.what}: {row.text(row.measured)}, the goal is {row.goal_text()}')
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps({
        'when': time.strftime('%Y-%m-%dT%H:%M:%S%z'), 'machine': platform.platform(), 'python': platform.python_version(),
        'cores': os.cpu_count(), 'rows': plain([row.plain() for row in rows]), 'details': plain(details)},
        indent=1, allow_nan=False))
    print(f'All figures: {FILE.relative_to(Path.cwd()) if FILE.is_relative_to(Path.cwd()) else FILE}')
    sys.exit(1 if missed and not options.report else 0)


def plain(found):
    """The same with None for what is no finite number: JSON knows none."""
    match found:
        case dict():
            return {name: plain(value) for name, value in found.items()}
        case list() | tuple():
            return [plain(value) for value in found]
        case float() if not math.isfinite(found):
            return None
    return found


main()
