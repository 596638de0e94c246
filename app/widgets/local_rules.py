"""Four operations, each with what it hands back: + passes on, − negates the second, × swaps, tanh multiplies by 1 − tanh²."""
from app.letters import fitting
from app.numbers import short
from app.scene import mark

OPTIONS = {}
SHEET = 'graphs.css'
OPS = (('+', 'passes it on'), ('−', 'negates the second'), ('×', 'swaps the two'), ('tanh', 'times 1 − tanh²'))
BOX = 72
LAYOUT = {'wide': {'size': [720, 292], 'at': [(90 + 180 * i, 68) for i in range(4)], 'given': (170, 6, 126)},
          'narrow': {'size': [340, 514], 'at': [(86 + 168 * (i % 2), 62 + 232 * (i // 2)) for i in range(4)],
                     'given': (0, 4, 110)}}


def draw(state, width):
    layout = LAYOUT[width]
    size, (left, top, apart) = layout['size'], layout['given']
    at, a, b, up = layout['at'], *state.rule_numbers()
    texts = [short(number, 3) for number in (a, b, up)]
    found = [results(state, i) for i in range(4)]
    legs = [(i, j) for i in range(4) for j in range(1 if OPS[i][0] == 'tanh' else 2)]
    gets = [(i, line, text) for i in range(4) for line, text in enumerate(handed_back(found[i][1], up))]
    own = mark('cells', 'paper', x=[left + 40 + i * apart for i in range(3)], y=[float(top)] * 3, w=[64.0] * 3, h=[46.0] * 3,
               text=texts, value=[a, b, up], label='what goes in, and what comes back from above',
               dials={'names': ['a', 'b', 'upstream'], 'says': texts, 'values': [f'{number:.10g}' for number in (a, b, up)],
                      'step': 0.5, 'bounds': [-20, 20]})
    tip = [(at[i][0] + side(i, j) * BOX * .62, at[i][1] + 34.0) for i, j in legs]
    return {
        'size': size, 'title': 'What each operation hands back',
        'planes': {'paper': dict(box=[0, 0, *size], x=[0, size[0]], y=[size[1], 0])},
        'marks': {
            'legs': mark('edges', 'paper', x=[x for x, _ in tip], y=[y + 10 for _, y in tip],
                         x1=[float(at[i][0]) for i, _ in legs], y1=[at[i][1] + 76.0 for i, _ in legs],
                         value=[sign(found[i][1][j] * up) for i, j in legs], lits=[RULES[i] for i, _ in legs]),
            'given': own,
            'given-names': mark('labels', 'paper', anchor='end', x=[left + 33.0 + i * apart for i in range(3)],
                                y=[top + 23.0] * 3, text=['a', 'b', 'back'], inks=['model', 'model', 'gradient']),
            'operands': mark('labels', 'paper', 'model', x=[x for x, _ in tip], y=[y - 6 for _, y in tip],
                             text=[f'{"ab"[j]} = {texts[j]}' for _, j in legs], lits=[RULES[i] for i, _ in legs]),
            'boxes': mark('cells', 'paper', x=[x - BOX / 2 for x, _ in at], y=[y + 72.0 for _, y in at], w=[float(BOX)] * 4,
                          h=[40.0] * 4, text=[op for op, _ in OPS], lits=RULES),
            'results': mark('labels', 'paper', x=[float(x) for x, _ in at], y=[y + 126.0 for _, y in at],
                            text=[f'= {short(value, 3)}' for value, _ in found], lits=RULES),
            'rules': mark('labels', 'paper', x=[float(x) for x, _ in at], y=[y + 160.0 for _, y in at],
                          text=[words for _, words in OPS], lits=RULES),
            'gets': mark('labels', 'paper', 'gradient', x=[float(at[i][0]) for i, *_ in gets],
                         y=[at[i][1] + 184.0 + 22 * line for i, line, _ in gets], lits=[RULES[i] for i, *_ in gets],
                         text=[text for *_, text in gets])}}


RULES = ['op-add', 'op-sub', 'op-mul', 'op-tanh']


def side(i, j):
    return 0 if OPS[i][0] == 'tanh' else 2 * j - 1


def results(state, i):
    """(the result, its local derivatives) of one operation."""
    value = state.rule(i)
    return value.data, value.local_derivatives()


def handed_back(local, up):
    """Two lines: what each operand gets; of a single one, whose local slope has many digits, the factors and their product."""
    if len(local) == 1:
        return f'a: {short(local[0], 3)} × {short(up, 3)}', f'= {short(local[0] * up, 3)}'
    return [product(name, each, up) for name, each in zip('ab', local, strict=True)]


def product(name, local, up):
    """What an operand gets, with as many digits as there is room for."""
    return fitting(lambda n: f'{name}: {short(local, n)} × {short(up, n)} = {short(local * up, n)}', 172, 16, (3, 2, 1))


def sign(contribution):
    return 1.0 if contribution >= 0 else -1.0


def gesture(state, handle, value):
    numbers = list(state.rule_numbers())
    numbers[value[0]] = value[1]
    return {'rules': [numbers]}
