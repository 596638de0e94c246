"""The programs that lessons show in PyTorch run there, and come to the engine's numbers."""
from types import SimpleNamespace

import numpy as np
import pytest

from core.data import digits
from core.layers import Layer, Network
from core.network import predict
from lessons.inside_a_network.state import State
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


def test_the_training_loop_of_the_lesson_inside_a_network(capsys):
    import torch
    data = digits()
    names = dict(pictures=torch.tensor(data.train_x, dtype=torch.float32), labels=torch.tensor(data.train_y),
                 tests=torch.tensor(data.test_x, dtype=torch.float32), answers=torch.tensor(data.test_y))
    exec('\n'.join(line for line, _ in State(epochs=3).loop_code()['PyTorch']), names)
    assert names['right'].float().mean() > 0.8 and len(capsys.readouterr().out.splitlines()) == 3
