"""An expression that is typed becomes the graph that Python itself would compute, or one sentence that helps."""
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.expressions import Expression
from core.graph import Graph
from core.reader import DEEPEST, LONGEST, MOST

# What is typed, and what the sentence must name.
BAD = {
    'a +': ['after “a +”', 'missing'], '1/0': ['place 2', 'divisor'], '__import__': ['“__import__” (place 1)', 'name'],
    '__import__("os")': ['“__import__” (place 1)'], 'a' * 10_240: ['10,240', '120'], '(' * 40: ['place 13', 'deep'],
    '(' * 11 + 'a' + '**2)' * 11 + '**2': ['“**” (place ', 'too large'], 'a**2**2': ['place 5', 'brackets'],
    'a**b': ['“b” (place 4)', 'plain number'], '2a': ['“2” and “a”', 'operation'], 'a b': ['place 3', 'operation'],
    'sin(a)': ['“sin” (place 1)', 'tanh, relu and exp'], 'tanh a': ['brackets'], 'tanh': ['brackets'], '': ['nothing'],
    '  ': ['nothing'], '()': ['empty'], '(a': ['place 1', 'closed'], 'a)': ['place 2', 'closes nothing'],
    'a$b': ['“$” (place 2)'], '--a': ['place 2'], '1e400': ['place 1', 'large'], 'exp(1000)': ['“exp”', 'large'],
    'x.y': ['“.”'], 'a=3': ['“=”'], '*a': ['“*” (place 1)'], '(': ['closed'], 'a+(': ['closed'], 'a,b': ['“,”'],
    'a+b+c+d+e+f+g+h+i': ['“i” (place 17)', 'one name too many'], '+'.join('a' * 40): ['place', 'deep'],
    'lambda: 1': ['“:”'], 'a(b)': ['“a”', 'multiply'], '1/(a-a)': ['place 2', 'divisor'], '0**-1': ['divide by 0'],
    '(0-2)**0.5': ['place 6', 'real'], 'a if b else c': ['operation'], 'π': ['name'],
}


def trouble(text):
    """What is said about a text; None where it can be computed and drawn."""
    try:
        read = Expression(text)
        Graph(read.value(dict.fromkeys(read.names, 3.0)))
    except ValueError as reason:
        return str(reason)


@pytest.mark.parametrize('text', BAD, ids=lambda text: text[:20] or 'nothing')
def test_what_is_no_expression_gets_one_sentence_that_names_the_place(text):
    said = trouble(text)
    assert all(words in said for words in BAD[text]), said
    assert said.endswith('.')
    assert '\n' not in said
    assert len(said) < 200


@given(st.one_of(st.text(max_size=150), st.text('ab12.()+-*/^²tanhrelu ', max_size=40)))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(text):
    said = trouble(text)
    assert said is None or 20 < len(said) < 250


leaves = st.sampled_from(['a', 'b', 'c', '2', '0.5', '-1.5', '3'])
texts = st.recursive(leaves, lambda inner: st.one_of(
    st.tuples(inner, st.sampled_from('+-*/'), inner).map(lambda t: f'({t[0]} {t[1]} {t[2]})'),
    st.tuples(inner, st.sampled_from('+-*/'), leaves).map(lambda t: f'{t[0]} {t[1]} {t[2]}'),
    inner.map(lambda t: f'-({t})'), inner.map(lambda t: f'({t})**2'), inner.map(lambda t: f'-({t})**3')), max_leaves=8)


@given(texts)
def test_it_means_what_python_means(text):
    numbers = {'a': 1.25, 'b': -0.75, 'c': 2.5}
    read = Expression(text)
    if trouble := refused(read, numbers):
        assert re.search('divisor|divide|large', trouble)
    else:
        there = float(eval(text, {}, numbers))      # where whole numbers stay whole, however large they grow
        assert read.value({name: numbers[name] for name in read.names}).data == pytest.approx(there, rel=1e-14)


def refused(read, numbers):
    try:
        read.value({name: numbers[name] for name in read.names})
    except ValueError as reason:
        return str(reason)


def test_signs_that_people_use_are_understood():
    assert Expression('2×a − b·a^2 ÷ 4 + a²').value({'a': 3.0, 'b': 2.0}).data == 2 * 3 - 2 * 9 / 4 + 9


def test_a_minus_binds_less_than_a_power_and_more_than_a_product():
    assert Expression('-a**2').value({'a': 3.0}).data == -9
    assert [part.op for part in Expression('-a*b').parts] == ['', 'neg', '', '*']
    assert Expression('-2*a').parts[0].number == -2


def test_a_name_is_one_number_wherever_it_stands():
    read = Expression('(a*b)*(a+b)')
    assert read.parts[0].places == ((1, 2), (7, 8))
    assert [read.text[begin:end] for part in read.parts for begin, end in part.places] == ['a', 'a', 'b', 'b', '*', '+', '*']
    graph = Graph(read.value({'a': -2.0, 'b': 3.0}))
    assert [graph.node(graph.find(name)).grad for name in 'ab'] == [-3, -8]


def test_the_longest_that_is_allowed_is_understood():
    assert Expression('+'.join(['a'] * (DEEPEST + 1))).value({'a': 1.0}).data == DEEPEST + 1
    wide = '(' + '+'.join(['a'] * 11) + ')*(' + '+'.join(['b'] * 11) + ')'
    assert len([part for part in Expression(wide).parts if part.op]) == 21 < MOST
    assert Expression('a' + ' ' * (LONGEST - 1)).names == ('a',)
