"""The programs that lessons show in PyTorch run there, and come to the engine's numbers."""
from types import SimpleNamespace

import numpy as np
import pytest

from core.data import digits
from core.layers import Layer, Network
from core.network import predict
from lessons.inside_a_network import loop
from lessons.layers.code import torch_lines


@pytest.mark.parametrize('seed', range(5))
def test_the_small_network_of_the_lesson_on_layers(seed):
    W, b, v, c, x, target = np.split(np.random.default_rng(seed).uniform(-9, 9, 15).round(1), [6, 8, 10, 11, 14])
    W, c, target = W.reshape(2, 3), float(c[0]), float(target[0])
    network = Network((Layer(W, b, 'relu'), Layer([v], [c], 'linear')))
    pred, found = float(predict(network, [x])[0, 0]), {}
    state = SimpleNamespace(W=lambda: W, b=lambda: b, v=lambda: v, x=lambda: x, pred=lambda: pred, c=c, target=target)
    exec('\n'.join(line for line, _ in torch_lines(state)), found)
    assert found['y'].tolist() == pytest.approx([pred], rel=1e-5)
    assert found['loss'].item() == pytest.approx((pred - target) ** 2, rel=1e-4)


@pytest.mark.parametrize(('seed', 'batch', 'rate', 'epochs'),
                         [(1, 32, 0.1, 3), (0, 1, 0.01, 1), (7, 512, 0.5, 2), (3, 1437, 1.0, 1)])
def test_the_training_loop_of_the_lesson_inside_a_network(seed, batch, rate, epochs, capsys):
    """Whatever a reader sets for the training, the program runs as it stands, and takes as many steps as it says."""
    import torch
    data = digits()
    names = dict(pictures=torch.tensor(data.train_x, dtype=torch.float32), labels=torch.tensor(data.train_y),
                 tests=torch.tensor(data.test_x, dtype=torch.float32), answers=torch.tensor(data.test_y))
    state = SimpleNamespace(seed=seed, batch=batch, train_rate=rate, epochs=epochs)
    program = '\n'.join(line for line, _ in loop.torch_lines(state))
    exec(program, names)
    assert len(capsys.readouterr().out.splitlines()) == epochs and f'# {len(names["order"].split(batch))} times' in program
    assert names['right'].shape == (360,) and (batch > 32 or names['right'].float().mean() > 0.8)
