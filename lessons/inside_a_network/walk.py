"""One picture on its way through the layers, and the one unit that the reader looks at."""
import param


class Walk(param.Parameterized):
    layer = param.Selector(default=1, objects={'first': 1, 'second': 2, 'third': 3}, label='Layer')
    unit = param.Integer(0, bounds=(0, 127), step=1, label='Unit')
