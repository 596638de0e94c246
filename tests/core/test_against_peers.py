"""The engine says what PyTorch said: its answers stand in peers.json, which `make peers` writes.

PyTorch itself is far too heavy for a clean clone, so here its written answers have to do; `make peers` asks it live.
"""
import numpy as np
import pytest

from core.network import parameters
from tests.peers import answers, ours, questions
from tests.peers.agreement import agree

WRITTEN = answers.read()['answers']


@pytest.fixture(scope='module')
def said():
    return answers.ask(ours)


@pytest.mark.parametrize('name', WRITTEN)
def test_the_engine_says_what_pytorch_said(name, said):
    agree(said[name], WRITTEN[name], name)


def test_every_question_has_its_answer(said):
    """A new question needs `make peers`."""
    assert list(said) == list(WRITTEN)


def test_the_questions_cover_what_a_network_can_be():
    cases = list(questions.every_kind())
    assert {case.activation for case in cases} == set(questions.BENDS)
    assert {case.output for case in cases} == {*questions.BENDS, 'softmax'}
    assert {case.loss for case in cases} == {*questions.SQUARES, 'cross_entropy'}
    assert {case.shortcut for case in cases} == {True, False}
    assert {len(case.sizes) for case in cases} == {2, 3, 4}
    steps = [step[0] for seed in questions.PROGRAMS for step in questions.program(seed).steps]
    assert set(steps) == set(questions.OPERATIONS)


def test_the_answers_are_worth_comparing_with():
    """Hardly a gradient is zero all over, and no run of training ends where it began."""
    gradients = [answer['gradient'] for name, answer in WRITTEN.items() if name.startswith(('gradient', 'expression'))]
    assert sum(np.abs(gradient).max() > 1e-3 for gradient in gradients) > 0.9 * len(gradients)
    for course in questions.COURSES:
        start = parameters(questions.question(course.case).network)
        assert np.abs(start - WRITTEN[f'training {course.name}']['parameters']).max() > 0.05


@pytest.mark.parametrize('fault', [lambda g: -g, lambda g: 2 * g, lambda g: g * (1 + 1e-8), lambda g: np.roll(g, 1),
                                   lambda g: g[:-1]])
def test_a_wrong_gradient_would_be_noticed(fault):
    name = next(name for name in WRITTEN if name.startswith('gradient of 2-'))
    right = WRITTEN[name]
    with pytest.raises(AssertionError, match='gradient'):
        agree(right | {'gradient': fault(np.array(right['gradient']))}, right, name)
