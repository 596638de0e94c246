"""The training of this page as a PyTorch program, with the reader's numbers in it; each line with what it is lit up by."""
from lessons.backprop import nets


def number(value):
    return f'{value:.6g}' if value != int(value) or abs(value) >= 1e6 else f'{value:.0f}.'


def tensor(values):
    return f'torch.tensor([{", ".join(number(float(value)) for value in values)}])'


def pytorch(net, network, x, target, loss, rate):
    """The lines (text, lit): the network and its weights, then the loop of four."""
    several = len(x) > 1
    given = (f'x = torch.tensor([{", ".join(rows(x))}])', f'y = torch.tensor([{", ".join(rows(target))}])') if several else (
        f'x = {tensor(x[0])}', f'y = {tensor(target[0])}')
    lines = [('import torch', ''), ('import torch.nn.functional as F', ''), ('', '')]
    lines += [(f'{name} = torch.nn.Linear({W.shape[1]}, {W.shape[0]})', f'layer-{k}')
              for k, (name, (W, _, _)) in enumerate(zip(layer_names(net), network.layers, strict=True))]
    lines += [('with torch.no_grad():          # the weights of this page', '')]
    for k, (name, (W, b, _)) in enumerate(zip(layer_names(net), network.layers, strict=True)):
        lines += [(f'    {name}.weight.copy_(torch.tensor([{", ".join(rows(W))}]))', f'layer-{k}'),
                  (f'    {name}.bias.copy_({tensor(b)})', f'layer-{k}')]
    every = ', '.join(f'*{name}.parameters()' for name in layer_names(net))
    lines += [(f'parameters = [{every}]', ''),
              (f'optimizer = torch.optim.SGD(parameters, lr={rate:.6g})', 'rate'), (given[0], 'inputs'), (given[1], 'target'),
              ('', ''), ('for update in range(60):', '')]
    lines += forward_lines(net, several)
    how = '' if loss == 'mean_squared_error' else ", reduction='sum'"
    lines += [(f'    loss = F.mse_loss(y_hat, y{how})', 'loss pred target'),
              ('    optimizer.zero_grad()      # or slopes would pile up', 'zero'),
              ('    loss.backward()            # every slope there is', 'backward'),
              ('    optimizer.step()           # w ← w − rate · slope', 'update')]
    return lines


def layer_names(net):
    return ['hidden', 'output'] if len(nets.NETS[net][0]) == 3 else ['first', 'second', 'output']


def forward_lines(net, several):
    *inner, last = layer_names(net)
    letters = ['x', *'hk'[:len(inner)]]
    lines = [(f'    {letter} = torch.sigmoid({name}({before}))', 'forward hidden')
             for name, before, letter in zip(inner, letters, letters[1:], strict=False)]
    into = letters[-1]
    if nets.NETS[net][1]:
        into = f'torch.cat([x, {into}]{", dim=1" if several else ""})'
    return [*lines, (f'    y_hat = torch.sigmoid({last}({into}))', 'forward pred')]


def rows(table):
    return [f'[{", ".join(number(float(value)) for value in row)}]' for row in table]
