"""A computation as a picture: nothing lies on anything else, in either width, and what is written there is true."""
import itertools
import random
import re

import pytest

from app import graph_picture as picture
from app.graph_drawing import drawing
from app.letters import across
from core.derivative import derivative
from core.expressions import Expression
from core.graph import Graph
from core.reader import MOST
from lessons.autograd import typed
from lessons.autograd.state import NEURON, OWN, State

SHIPPED = {OWN: {'a': -2.0, 'b': 3.0}, 'a*b + c': {'a': 2.0, 'b': -3.0, 'c': 10.0},
           NEURON: dict(zip(('x1', 'w1', 'x2', 'w2', 'b'), (2.0, -3.0, 0.0, 1.0, 6.8813735870195432), strict=True)),
           'a': {'a': 2.0}, 'a*a': {'a': 3.0}, '2*a': {'a': 3.0}}


def random_text(chance, size):
    """An expression with about so many operations, on up to four names; all stays of ordinary size."""
    if size == 0:
        return chance.choice(['a', 'b', 'c', 'd', '2', '0.5'])
    left = chance.randint(0, size - 1)
    one = random_text(chance, left)
    match chance.choice(['+', '-', '*', 'tanh', 'square', 'over']):
        case 'tanh':
            return f'tanh({random_text(chance, size - 1)})'
        case 'square':
            return f'({random_text(chance, size - 1)})**2'
        case 'over':
            return f'({one})/(2+({random_text(chance, max(0, size - 3 - left))})**2)'
        case sign:
            return f'({one}){sign}({random_text(chance, size - 1 - left)})'


def random_expressions(n):
    """Distinct ones that a reader could type, with the numbers of their names."""
    chance, found = random.Random(6), {}
    while len(found) < n:
        text = random_text(chance, chance.randint(1, 12))
        try:
            read = Expression(text)
            numbers = {name: round(chance.uniform(-1.5, 1.5), 2) for name in read.names}
            read.value(numbers)
        except ValueError:
            continue
        found[text] = numbers
    return found


EXPRESSIONS = SHIPPED | random_expressions(50)
each = pytest.mark.parametrize('text', EXPRESSIONS)


def graph_of(text):
    return typed.computed(text, tuple(EXPRESSIONS[text].items())).graph


def boxes(graph, width):
    """Everything that takes room, as (what, left, top, right, bottom), with the words as wide as they are at the most."""
    drawn = drawing(graph, width)
    letters = 16 if width == 'wide' else 14
    marks, line = picture.marks(graph, drawn, width, 'it'), letters * 1.1
    for node, (x, y, w, h) in zip(graph.nodes, drawn.boxes, strict=True):
        yield f'box {node.id}', x, y, x + w, y + h
    for name in ('grads', 'tags'):
        mark = marks[name]
        for i, (x, y, words) in enumerate(zip(mark['x'], mark['y'], mark['text'], strict=True)):
            wide = across(words, letters)
            left = {'start': x, 'middle': x - wide / 2, 'end': x - wide}[mark['anchor']]
            yield f'{name} {i}', left, y - line / 2, left + wide, y + line / 2


@each
@pytest.mark.parametrize('width', ['wide', 'narrow'])
def test_nothing_lies_on_anything_else_and_all_is_inside(text, width):
    graph = graph_of(text)
    found = [box for box in boxes(graph, width) if box[3] > box[1]]
    size = {'wide': 720, 'narrow': 340}[width], drawing(graph, width).height
    for what, left, top, right, bottom in found:
        assert left >= 0, what
        assert top >= 0, what
        assert right <= size[0], what
        assert bottom <= size[1] + 2, what
    for (a, left, top, right, bottom), (b, left2, top2, right2, bottom2) in itertools.combinations(found, 2):
        assert right <= left2 + .5 or right2 <= left + .5 or bottom <= top2 + .5 or bottom2 <= top + .5, (a, b)


@each
def test_what_is_written_in_a_box_fits_into_it(text):
    graph = graph_of(text)
    for node, (_, _, w, _) in zip(graph.nodes, drawing(graph, 'narrow').boxes, strict=True):
        assert across(picture.in_words(graph, node, 16), 14) <= w


def numbers_in(words):
    plain = re.sub(r'(?: × )?\b10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)', lambda found: ('' if found[0][0] == ' ' else '1') + 'e' + found[1], words)
    plain = plain.replace('−', '-').translate(str.maketrans('⁻⁰¹²³⁴⁵⁶⁷⁸⁹', '-0123456789'))
    return [float(one.replace(',', '')) for one in re.findall(r'-?[\d.,]+(?:e-?\d+)?', plain)]


def near(shown, true, words):
    """Whether a number that is shown is the true one, to the digits that are shown."""
    digits = len(re.sub(r'[^\d]', '', words.split('=')[-1].split(' × 10')[0]).lstrip('0')) or 1
    return abs(shown - true) <= 10 ** -(digits - 1) * abs(true) + 1e-9


@each
def test_every_gradient_and_every_local_slope_is_what_nudging_finds(text):
    """On the numbers themselves: of each leaf by nudging it, of each edge by nudging its operand."""
    graph, numbers = graph_of(text), EXPRESSIONS[text]
    read = Expression(text)
    for node in graph.leaves:
        if node.label:
            def whole(x, name=node.label):
                return read.value(numbers | {name: x}).data
            assert node.grad == pytest.approx(derivative(whole, numbers[node.label]), rel=1e-5, abs=1e-6)
    for edge in graph.edges:
        parent = graph.node(edge.parent)
        operands = [graph.node(one.child).value for one in graph.edges_into(edge.parent)]

        def result(x, op=parent.op, operands=operands, slot=edge.slot):
            from core.autograd import Value
            from core.graph import computed
            return computed(op, *(Value(x if i == slot else value) for i, value in enumerate(operands))).data
        assert edge.local == pytest.approx(derivative(result, operands[edge.slot]), rel=1e-4, abs=1e-6)


@each
def test_the_words_say_the_numbers(text):
    graph = graph_of(text)
    for edge in graph.edges:
        words = picture.product(edge, 172, 16)
        assert near(numbers_in(words)[-1], edge.contribution, words), words


def test_a_number_used_twice_shows_both_contributions():
    graph = graph_of(OWN)
    marks = picture.marks(graph, drawing(graph, 'wide'), 'wide', 'it')
    assert marks['grads']['text'][:2] == ['grad 3 − 6 = −3', 'grad −2 − 6 = −8']
    assert marks['tags']['text'] == ['3 × 1 = 3', '−2 × 1 = −2', '1 × −6 = −6', '1 × −6 = −6', '1 × 1 = 1', '−6 × 1 = −6']
    assert marks['boxes']['text'] == ['a = −2', 'b = 3', 'd = a × b = −6', 'e = a + b = 1', 'f = d × e = −6']


def test_the_square_of_a_number_is_two_uses():
    graph = graph_of('a*a')
    assert picture.shown(graph, drawing(graph, 'wide'))['grads.text'][0] == 'grad 3 + 3 = 6'


def test_the_same_pieces_play_over_both_widths():
    for text in EXPRESSIONS:
        wide, narrow = (drawing(graph_of(text), width) for width in ('wide', 'narrow'))
        assert [piece[0] for piece in wide.pieces] == [piece[0] for piece in narrow.pieces]
        assert len(narrow.bends) == len(narrow.pieces)


def test_the_largest_that_can_be_typed_is_drawn():
    wide = '(' + '*'.join(['a+b', 'c+d', 'e+g', 'h+k']) + ')*tanh(a*b*c*d*e*g*h*k)+a*b+c*d'
    read = Expression(wide)
    assert len([part for part in read.parts if part.op]) > 15
    assert MOST >= 15
    graph = Graph(read.value(dict.fromkeys(read.names, 0.5)))
    for width in ('wide', 'narrow'):
        assert drawing(graph, width).height > 0


def test_a_state_draws_what_it_says():
    assert State().made().graph.root.value == -6
