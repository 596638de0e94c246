"""The small network as a program, twice, with the reader's numbers in it: (line, what it is lit up together with)."""


def plain(number):
    """A number as Python reads it back."""
    return f'{float(number):.10g}'


def row(numbers):
    return f'[{", ".join(map(plain, numbers))}]'


def tensor(numbers):
    """The same as floats for PyTorch, which would make whole numbers of them."""
    return f'[{", ".join(text if "." in text or "e" in text else text + "." for text in map(plain, numbers))}]'


def with_result(line, result):
    """A line, and what it comes to as a comment behind it."""
    return f'{line:<24}  # {result}'


def numpy_lines(state):
    first, second = map(row, state.W())
    return [
        ('import numpy as np', ''),
        ('', ''),
        (f'W = np.array([{first},', 'unit-1'),
        (f'              {second}])', 'unit-2'),
        (f'b = np.array({row(state.b())})', 'bias'),
        (f'x = np.array({row(state.x())})', 'input'),
        ('', ''),
        (with_result('z = W @ x + b', row(state.z())), 'net'),
        (with_result('h = np.maximum(0, z)', row(state.h())), 'hidden'),
        ('', ''),
        (f'v, c = np.array({row(state.v())}), {plain(state.c)}', 'second'),
        (with_result('y = v @ h + c', plain(state.pred())), 'pred'),
        (with_result(f'loss = (y - {within(state.target)})**2', plain(state.loss())), 'loss')]


def torch_lines(state):
    first, second = map(tensor, state.W())
    return [
        ('import torch', ''),
        ('from torch import nn', ''),
        ('', ''),
        ('net = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))', ''),
        ('with torch.no_grad():', ''),
        (f'    net[0].weight[0] = torch.tensor({first})', 'unit-1'),
        (f'    net[0].weight[1] = torch.tensor({second})', 'unit-2'),
        (f'    net[0].bias[:] = torch.tensor({tensor(state.b())})', 'bias'),
        (f'    net[2].weight[:] = torch.tensor([{tensor(state.v())}])', 'second'),
        (f'    net[2].bias[:] = {plain(state.c)}', 'second'),
        (f'x = torch.tensor({tensor(state.x())})', 'input'),
        (with_result('y = net(x)', row([state.pred()])), 'pred'),
        (f'loss = nn.functional.mse_loss(y, torch.tensor({tensor([state.target])}))', 'loss')]


def within(number):
    text = plain(number)
    return f'({text})' if text[0] == '-' else text
