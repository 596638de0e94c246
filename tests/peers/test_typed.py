"""What a reader types: every value, every gradient and what every edge of its graph hands back, as PyTorch has them."""
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.expressions import Expression
from core.graph import Graph

SHIPPED = {'(a*b)*(a+b)': (-2.0, 3.0), 'a*b + c': (2.0, -3.0, 10.0), 'a*a': (3.0,),
           'tanh(x1*w1 + x2*w2 + b)': (2.0, -3.0, 0.0, 1.0, 6.8813735870195432)}
TORCH = {'+': torch.add, '-': torch.sub, '*': torch.mul, '/': torch.div, 'neg': torch.neg, 'tanh': torch.tanh, 'relu': torch.relu,
         'exp': torch.exp}
leaves = st.sampled_from(['a', 'b', 'c', '2', '0.5', '-1.5'])
texts = st.recursive(leaves, lambda inner: st.one_of(
    st.tuples(inner, st.sampled_from('+-*/'), inner).map(lambda t: f'({t[0]} {t[1]} {t[2]})'),
    st.tuples(st.sampled_from(['tanh', 'relu', '-', 'exp(0.1*tanh']), inner).map(
        lambda t: f'{t[0]}({t[1]})' + ')' * t[0].count('(')),
    st.tuples(inner, st.sampled_from(['2', '3', '-1'])).map(lambda t: f'({t[0]})**{t[1]}')), max_leaves=8)


def compared(read, numbers):
    values = read.values(dict(zip(read.names, numbers, strict=True)))
    graph, tensors, uses = Graph(values[-1]), [], {}
    for k, part in enumerate(read.parts):
        if part.op:
            uses[k] = [tensors[i].clone() for i in part.operands]       # one for each use, so that each has its own gradient
            for use in uses[k]:
                use.retain_grad()
            made = uses[k][0] ** part.number if part.op == '**' else TORCH[part.op](*uses[k])
        else:
            number = numbers[read.names.index(part.name)] if part.name else part.number
            made = torch.tensor(number, dtype=torch.float64, requires_grad=True)
        made.retain_grad()
        tensors.append(made)
    tensors[-1].backward()
    for k, value in enumerate(values):
        node = graph.node(graph.id_of(value))
        assert node.value == pytest.approx(tensors[k].item(), rel=1e-12, abs=1e-300)
        assert node.grad == pytest.approx(tensors[k].grad.item(), rel=1e-9, abs=1e-12)
        for edge, use in zip(graph.edges_into(node.id), uses.get(k, ()), strict=True):
            assert edge.contribution == pytest.approx(use.grad.item(), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize('text', SHIPPED)
def test_the_expressions_of_the_lesson(text):
    compared(Expression(text), SHIPPED[text])


@settings(max_examples=200, deadline=None)
@given(texts, st.lists(st.floats(-2, 2).map(lambda x: round(x, 3) or 0.1), min_size=3, max_size=3))
def test_any_expression(text, numbers):
    try:
        read = Expression(text)
        values = read.values(dict(zip(read.names, numbers, strict=False)))
        Graph(values[-1])
    except ValueError:
        assume(False)
    assume(all(1e-6 < abs(value.data) < 1e6 for value in values))       # where powers and kinks are the same for all
    compared(read, numbers[:len(read.names)])
