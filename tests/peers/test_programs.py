"""The programs that lessons show in PyTorch run there, and come to the numbers of the page."""
import pytest

from lessons.layers.code import torch_lines
from lessons.layers.state import State

NUMBERS = [{}, {'b1': -2.5, 'c': 0.5}, {'w11': 0.25, 'w23': -9, 'x3': 7, 'v1': -0.5, 'target': -1.5}]


@pytest.mark.parametrize('numbers', NUMBERS)
def test_the_small_network_of_the_lesson_on_layers(numbers):
    state, found = State(**numbers), {}
    exec('\n'.join(line for line, _ in torch_lines(state)), found)
    assert found['y'].tolist() == pytest.approx([state.pred()])
    assert float(found['loss']) == pytest.approx(state.loss())
