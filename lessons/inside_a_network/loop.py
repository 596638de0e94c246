"""The training loop as a program, twice, with the reader's numbers: picture by picture in numpy, in batches in PyTorch.

Each line stands with what it is lit up together with: while the walk back is played, the line at work shines.
"""
from lessons.inside_a_network.learning import TRAIN, UNSEEN
from lessons.inside_a_network.networks import SIZES

PIXELS, FIRST, SECOND, CLASSES = SIZES


def given(kind):
    """What the program is given, said in it: who copies it knows what to bring."""
    return [(f'# {kind}pictures ({TRAIN}, {PIXELS}), labels ({TRAIN},)', 'input'),
            (f'# kept aside: tests ({UNSEEN}, {PIXELS}), answers ({UNSEEN},)', 'tests')]


def number(value):
    return f'{value:.6g}'


def numpy_lines(state):
    """One picture at a time: that is a batch of 1. The rate is that of one picture's share in the reader's batch."""
    rate = number(state.train_rate) + (f' / {state.batch}' if state.batch > 1 else '')
    return [
        ('import numpy as np', ''),
        *given('given: '),
        (f'rng = np.random.default_rng({state.seed})', ''),
        (f'W1 = rng.normal(0, (2/{PIXELS})**.5, ({FIRST}, {PIXELS}))', 'layer-1'),
        (f'W2 = rng.normal(0, (2/{FIRST})**.5, ({SECOND}, {FIRST}))', 'layer-2'),
        (f'W3 = rng.normal(0, (1/{SECOND})**.5, ({CLASSES}, {SECOND}))', 'layer-3'),
        (f'b1, b2, b3 = map(np.zeros, ({FIRST}, {SECOND}, {CLASSES}))', ''),
        (f'rate = {rate}', 'update'),
        ('', ''),
        (f'for epoch in range({state.epochs}):', ''),
        (f'    for i in rng.permutation({TRAIN}):', ''),
        ('        x, y = pictures[i], labels[i]', 'input'),
        ('        a1 = np.maximum(W1 @ x + b1, 0)', 'forward layer-1'),
        ('        a2 = np.maximum(W2 @ a1 + b2, 0)', 'forward layer-2'),
        ('        z3 = W3 @ a2 + b3', 'forward layer-3'),
        ('        e = np.exp(z3 - z3.max())', 'forward'),
        ('        p = e / e.sum()', 'forward'),
        (f'        loss = -np.log(p[y])  # {state.before_loss()} above', 'loss'),
        (f'        d3 = p - np.eye({CLASSES})[y]  # and back', 'back-3 back'),
        ('        d2 = W3.T @ d3 * (a2 > 0)', 'back-2 back'),
        ('        d1 = W2.T @ d2 * (a1 > 0)', 'back-1 back'),
        ('        W3 -= rate * np.outer(d3, a2)', 'update-3 update'),
        ('        b3 -= rate * d3', 'update-3 update'),
        ('        W2 -= rate * np.outer(d2, a1)', 'update-2 update'),
        ('        b2 -= rate * d2', 'update-2 update'),
        ('        W1 -= rate * np.outer(d1, x)', 'update-1 update'),
        ('        b1 -= rate * d1', 'update-1 update'),
        ('    h = np.maximum(tests @ W1.T + b1, 0)', 'tests'),
        ('    h = np.maximum(h @ W2.T + b2, 0)', 'tests'),
        ('    said = (h @ W3.T + b3).argmax(1)', 'tests'),
        ('    print(epoch, (said == answers).mean())', 'tests')]


def torch_lines(state):
    """The reader's batch at a time."""
    steps = -(-TRAIN // state.batch)
    return [
        ('import torch', ''),
        ('from torch import nn', ''),
        *given('tensors: '),
        (f'torch.manual_seed({state.seed})', ''),
        (f'net = nn.Sequential(nn.Linear({PIXELS}, {FIRST}), nn.ReLU(),', 'layer-1'),
        (f'                    nn.Linear({FIRST}, {SECOND}), nn.ReLU(),', 'layer-2'),
        (f'                    nn.Linear({SECOND}, {CLASSES}))', 'layer-3'),
        ('measure = nn.CrossEntropyLoss()  # with softmax', 'loss'),
        ('step_down = torch.optim.SGD(', 'update'),
        (f'    net.parameters(), lr={number(state.train_rate)})', 'update'),
        ('', ''),
        (f'for epoch in range({state.epochs}):', ''),
        (f'    order = torch.randperm({TRAIN})', ''),
        (f'    for few in order.split({state.batch}):  # {steps} times', ''),
        ('        step_down.zero_grad()', 'update'),
        ('        z3 = net(pictures[few])', 'forward'),
        ('        loss = measure(z3, labels[few])', 'loss'),
        ('        loss.backward()  # every slope', 'back'),
        ('        step_down.step()  # all six', 'update'),
        ('    right = net(tests).argmax(1) == answers', 'tests'),
        ('    print(epoch, right.float().mean())', 'tests')]
