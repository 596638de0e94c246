"""The training loop inside a network as programs: they run as they stand there, and do what the engine does."""
import contextlib
import io

import numpy as np
import pytest

from app.widgets.back_through_run import LIT
from core.backprop import backward
from core.data import digits
from core.training import step
from lessons.inside_a_network.networks import started
from lessons.inside_a_network.state import State


def run(state, n=None):
    """The numpy program, on the first n pictures: (its names afterwards, what it prints)."""
    source = '\n'.join(line for line, _ in state.loop_code()['numpy'])
    names = dict(pictures=digits().train_x, labels=digits().train_y, tests=digits().test_x, answers=digits().test_y)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(source if n is None else source.replace('permutation(1437)', f'permutation({n})'), names)
    return names, printed.getvalue()


def test_the_program_takes_the_engines_steps_from_the_readers_start():
    state = State(seed=5, train_rate=0.2, batch=8, epochs=2)
    names, printed = run(state, n=3)
    network, rng = started(5), np.random.default_rng(5)
    for shape in ((128, 784), (64, 128), (10, 64)):
        rng.normal(size=shape)                              # as many numbers as the program has drawn by then
    for _ in range(2):
        for i in rng.permutation(3):
            network = step(network, backward(network, digits().train_x[i], [digits().train_y[i]], 'cross_entropy'), 0.2 / 8)
    for k, layer in enumerate(network.layers, 1):
        np.testing.assert_allclose(names[f'W{k}'], layer.W, atol=1e-12)
        np.testing.assert_allclose(names[f'b{k}'], layer.b, atol=1e-12)
    assert len(printed.splitlines()) == 2


def test_each_program_says_what_it_is_given():
    shapes = [str(part.shape) for part in (digits().train_x, digits().train_y, digits().test_x, digits().test_y)]
    for lines in State().loop_code().values():
        said = [line for line, _ in lines if line.startswith('#')]
        assert all(f'{name} {shape}' in ' '.join(said) for name, shape in zip(
            ('pictures', 'labels', 'tests', 'answers'), shapes, strict=True))


def test_one_epoch_of_it_learns_to_read_most_digits():
    _, printed = run(State(epochs=1))
    assert float(printed.split()[1]) > 0.8


def test_the_readers_numbers_stand_in_both_programs():
    numpy, torch = ('\n'.join(line for line, _ in lines) for lines in State(
        epochs=7, batch=64, train_rate=0.25, seed=9).loop_code().values())
    assert 'range(7)' in numpy and 'range(7)' in torch and 'default_rng(9)' in numpy and 'rate = 0.25 / 64' in numpy
    assert '.split(64)' in torch and 'lr=0.25' in torch and f'# {-(-1437 // 64)} times' in torch
    assert State().before_loss() in numpy
    assert ('rate = 0.1', 'update') in State(batch=1).loop_code()['numpy'], 'a batch of one is one'


def test_both_programs_light_up_with_the_walk_back():
    """Each moment lights up a line of each program by the line's own name, but what no line of PyTorch says apart."""
    for lines in State().loop_code().values():
        own = {names.split()[0] for _, names in lines if names}
        for moment in LIT:
            assert own & set(moment.split()), moment


@pytest.mark.parametrize('title', ['numpy', 'PyTorch'])
def test_lines_are_not_too_wide_for_a_desk(title):
    assert max(len(line) for line, _ in State().loop_code()[title]) <= 54
