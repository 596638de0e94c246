"""What a visit costs the server: CPU time of reading a page and of using its widgets, memory of the sessions that stay open.

No browser here: requests are made by hand, so that only the server's process is measured. Ours, Panel's two templates and
a bare server take turns. A visit that uses widgets is the page, what opens its session, and the first full answer.
"""
import http.client
import json
import re
from contextlib import AsyncExitStack, ExitStack

from tests.bench.goals import Row
from tests.bench.programs import Program
from tests.helpers.wire_client import connected, get

READS, TURNS = 300, 3               # page views in one go
SOME, ROUNDS = 20, 4                # visits in one go: 20 sessions after the first, 80 at the end
GESTURES = 50
TOKEN = re.compile(r'"token":\s*"([^"]+)"')
TEMPLATES = {'pn.Template': '/template', 'FastListTemplate': '/fast'}


async def measure(runs):
    with ExitStack() as stack:
        ours = stack.enter_context(Program('app'))
        stock = {name: stack.enter_context(Program('tests.bench.stock')) for name in TEMPLATES}
        bare = stack.enter_context(Program('tests.bench.bare'))
        reading, sessions = read(ours, bare)
        cpu, memory, gesture = await visit(ours, stock)
    limit = cpu['pn.Template'] / 3
    rows = [
        Row('reading the page: server CPU', reading['page'], 'ms', 2, digits=2,
            beside={'bare server, as many bytes': reading['bare']}),
        Row('reading the page: sessions that it costs', sessions, '', 0, digits=0),
        Row('reading it for the first time, with all its files: server CPU', reading['files'], 'ms', digits=2),
        Row('a page for Parameters that nobody has asked for before: server CPU', reading['new'], 'ms', digits=2),
        Row('a visit that uses widgets: server CPU', cpu['ours'], 'ms', limit, beside={n: cpu[n] for n in TEMPLATES}),
        Row('… of which one gesture, answered: server CPU', gesture, 'ms', digits=2),
        Row('a session: memory', memory['ours'], 'MB', 0.2, digits=2, beside={n: memory[n] for n in TEMPLATES}),
    ]
    return rows, {'reading': reading, 'visits': cpu, 'memory': memory}


# Reading.

def read(ours, bare):
    files = [path for path in re.findall(r'(?:href|src)="(/assets/[^"]+)"', get(ours.url + '/loss')[2].decode())
             if not path.endswith('embed.js')]
    size = int(get(ours.url + '/loss', Accept_Encoding='gzip')[1]['Content-Length'])
    jobs = {'page': (ours, lambda k: ['/loss']), 'bare': (bare, lambda k: [f'/bytes/{size}']),
            'files': (ours, lambda k: ['/loss', *files]),
            'new': (ours, lambda k: [f'/loss?slope={k % 140 * 5 - 200}&intercept={k * 5000}'])}
    spent = dict.fromkeys(jobs, 0)
    for turn in range(TURNS):
        for name, (program, paths) in jobs.items():
            count = READS if name in ('page', 'bare') else READS // 10
            before = program.cpu_ms()
            fetch(program, [path for k in range(count) for path in paths(turn * count + k)])
            spent[name] += (program.cpu_ms() - before) / count / TURNS
    return spent, json.loads(get(ours.url + '/healthz')[2])['sessions']


def fetch(program, paths):
    """These pages one after the other over one connection, as a browser asks for them."""
    connection = http.client.HTTPConnection('127.0.0.1', program.port, timeout=20)
    for path in paths:
        connection.request('GET', path, headers={'Accept-Encoding': 'gzip, deflate, br'})
        with connection.getresponse() as answer:
            assert answer.status == 200, (path, answer.status)
            answer.read()
    connection.close()


# Using.

async def visit(ours, stock):
    programs = {'ours': (ours, visit_ours)} | {name: (stock[name], visit_stock(path)) for name, path in TEMPLATES.items()}
    cpu, few = dict.fromkeys(programs, 0), {}
    async with AsyncExitStack() as open_sockets:
        for program, arrive in programs.values():
            await arrive(program.url, open_sockets)                     # imports and caches
        for round_ in range(ROUNDS):
            for name, (program, arrive) in programs.items():
                before = program.cpu_ms()
                for _ in range(SOME):
                    client = await arrive(program.url, open_sockets)
                cpu[name] += (program.cpu_ms() - before) / SOME / ROUNDS
                if name == 'ours':
                    last = client
                if round_ == 0:
                    few[name] = program.memory_mb()
        memory = {name: (program.memory_mb() - few[name]) / SOME / (ROUNDS - 1) for name, (program, _) in programs.items()}
        before = ours.cpu_ms()
        for k in range(GESTURES):
            await last.ask(do='move', widget='see-the-squares', handle='right', value=[3000, 650 - 5 * k])
        return cpu, memory, (ours.cpu_ms() - before) / GESTURES


async def visit_ours(url, open_sockets):
    fetch_one(url + '/loss')
    client = await open_sockets.enter_async_context(connected(url, '/live/loss'))
    await client.open()
    answer = await client.ask(do='restore', params={}, guesses={}, width='wide')
    assert answer['values'], answer
    return client


def visit_stock(path):
    async def arrive(url, open_sockets):
        token = TOKEN.search(fetch_one(url + path))[1]
        client = await open_sockets.enter_async_context(connected(url, path, token=token))
        return await client.open()
    return arrive


def fetch_one(url):
    return get(url)[2].decode()
