"""The course: which lessons there are, in reading order. A lesson is a folder with its words and its state."""

# Every lesson of the course, in reading order: what 'lesson 2 of 16' counts.
COURSE = [
    'models', 'loss', 'derivative', 'gradient-descent', 'gradient', 'stochastic', 'perceptron', 'vectors', 'layers',
    'xor', 'chain-rule', 'backprop', 'autograd', 'inside-a-network', 'gaussian', 'summary',
]

# Its parts, as a table of contents shows them: each by the lesson that it begins with.
PARTS = {'models': 'One knob', 'gradient': 'Many knobs, many examples', 'perceptron': 'Neurons and layers',
         'chain-rule': 'The way back', 'inside-a-network': 'A real network'}

# Those that can be read today. A new lesson: its folder, and its slug here.
WRITTEN = [
    'models', 'loss', 'derivative', 'gradient-descent', 'gradient', 'stochastic', 'perceptron',
    'vectors', 'layers', 'xor', 'chain-rule', 'backprop', 'autograd',
    'inside-a-network', 'gaussian', 'summary',
]
