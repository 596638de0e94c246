"""Rows of weights side by side, layers in a row: a small one to work by hand, a bent grid, the shapes of a real one."""
import numpy as np
import param

from core.activations import relu, tanh
from core.layers import Layer, Network
from core.loss import squared_errors
from core.vectors import collapse, matrix_product, matrix_times_vector, row_by_row
from lessons.layers.code import numpy_lines, torch_lines
from lessons.layers.order import rounds
from lessons.layers.shapes import Shapes
from lessons.short import added, factor, short

PAIRS = (-0.5, 1.2, -0.1, 0.8, -2.0, 0.3)
BENDS = {'none': None, 'ReLU': relu, 'tanh': tanh}
CROSSINGS = np.array([(x, y) for x in range(-2, 3) for y in range(-2, 3)], float)       # of the grid that is bent
PICTURES = {'28 × 28 pixels: 784': 784, '8 × 8 pixels: 64': 64, '32 × 32 in colour: 3072': 3072}


def weight(default, label):
    return param.Number(default, bounds=(-9, 9), step=0.5, label=label)


def entry(default, label):
    return param.Number(default, bounds=(-2, 2), step=0.1, label=label)


def size(default, label):
    return param.Integer(default, bounds=(1, 4096), step=1, label=label)


class State(param.Parameterized):
    # What the reader can change. These, and only these, are in the page's address.
    w11 = weight(1, 'Row 1, weight 1')
    w12 = weight(0, 'Row 1, weight 2')
    w13 = weight(-2, 'Row 1, weight 3')
    w21 = weight(3, 'Row 2, weight 1')
    w22 = weight(1, 'Row 2, weight 2')
    w23 = weight(4, 'Row 2, weight 3')
    x1 = weight(2, 'Input 1')
    x2 = weight(5, 'Input 2')
    x3 = weight(-1, 'Input 3')
    b1 = weight(0, 'Bias 1')
    b2 = weight(0, 'Bias 2')
    v1 = weight(2, 'Second layer, weight 1')
    v2 = weight(-1, 'Second layer, weight 2')
    c = weight(0, 'Second layer, bias')
    target = weight(3, 'Target')
    unit = param.Selector(default=0, objects={'none': 0, 'the first': 1, 'the second': 2}, label='Neuron that is looked at')
    r1, r2, r3, r4, r5, r6 = (param.Number(value, bounds=(-3, 3), step=0.1, label=f'Number {n}')
                              for n, value in enumerate(PAIRS, 1))
    p11 = entry(1, 'First matrix, row 1, column 1')
    p12 = entry(0.6, 'First matrix, row 1, column 2')
    p21 = entry(-0.5, 'First matrix, row 2, column 1')
    p22 = entry(1, 'First matrix, row 2, column 2')
    q11 = entry(0.9, 'Second matrix, row 1, column 1')
    q12 = entry(-0.4, 'Second matrix, row 1, column 2')
    q21 = entry(0.5, 'Second matrix, row 2, column 1')
    q22 = entry(0.8, 'Second matrix, row 2, column 2')
    bend = param.Selector(default='none', objects=list(BENDS), label='Activation in between')
    picture = param.Selector(default=784, objects=PICTURES, label='Input')
    gives1 = size(128, 'Layer 1, units')
    takes1 = size(784, 'Layer 1, weights of each')
    gives2 = size(64, 'Layer 2, units')
    takes2 = size(128, 'Layer 2, weights of each')
    gives3 = size(10, 'Layer 3, units')
    takes3 = size(64, 'Layer 3, weights of each')
    workers = param.Selector(default=1, objects={'one': 1, 'four': 4, 'ten': 10, 'one for each cell': 36}, label='Workers')

    # What follows. Pure functions of the above. The small network:
    def W(self):
        return np.array([[self.w11, self.w12, self.w13], [self.w21, self.w22, self.w23]], float)

    def x(self):
        return np.array([self.x1, self.x2, self.x3], float)

    def b(self):
        return np.array([self.b1, self.b2], float)

    def v(self):
        return np.array([self.v1, self.v2], float)

    def rows(self):
        """Each row of W at work: its weights, its terms, their total."""
        return row_by_row(self.W(), self.x())

    def z(self):
        return matrix_times_vector(self.W(), self.x()) + self.b()

    def h(self):
        return relu(self.z())

    def pred(self):
        return float(matrix_times_vector([self.v()], self.h())[0]) + self.c

    def loss(self):
        return float(squared_errors(np.array([self.pred()]), np.array([self.target]))[0])

    def network(self):
        return Network((Layer(self.W(), self.b(), 'relu'), Layer(self.v()[None, :], np.array([self.c], float), 'linear')))

    def one_layer(self):
        return Network((Layer(self.W(), self.b(), 'linear'),))

    def first_row(self):
        return listed(self.W()[0])

    def second_row(self):
        return listed(self.W()[1])

    def x_says(self):
        return listed(self.x())

    def b_says(self):
        return listed(self.b())

    def z_says(self):
        return listed(self.z())

    def h_says(self):
        return listed(self.h())

    def pred_says(self):
        """The second layer's sum, with the reader's numbers."""
        terms = [f'{short(float(weight))}·{short(float(h))}' for weight, h in zip(self.v(), self.h(), strict=True)]
        return f'{added(terms + [short(float(self.c))] * bool(self.c))} = {short(self.pred())}'

    def pred_text(self):
        return short(self.pred())

    def loss_text(self):
        return short(self.loss())

    def loss_says(self):
        return f'({short(self.pred())} − {factor(self.target)})² = {short(self.loss())}'

    # ReLU:
    def before(self):
        return np.array([self.r1, self.r2, self.r3, self.r4, self.r5, self.r6], float)

    def after(self):
        return relu(self.before())

    def stopped(self):
        """How many of the six do not come through."""
        return int((self.before() <= 0).sum())

    # Two matrices, one after the other, and a bend in between:
    def first(self):
        return np.array([[self.p11, self.p12], [self.p21, self.p22]], float)

    def second(self):
        return np.array([[self.q11, self.q12], [self.q21, self.q22]], float)

    def product(self):
        return matrix_product(self.second(), self.first())

    def after_first(self, points):
        """Where the first layer puts these places, (n, 2), and the bend after it."""
        bent = BENDS[self.bend]
        moved = points @ self.first().T
        return bent(moved) if bent else moved

    def after_second(self, points):
        return self.after_first(points) @ self.second().T

    def one_instead(self):
        """The single layer that comes nearest to both at the crossings of the grid: (W, b), by least squares."""
        if not BENDS[self.bend]:
            return collapse((self.first(), np.zeros(2)), (self.second(), np.zeros(2)))
        inputs = np.column_stack([CROSSINGS, np.ones(len(CROSSINGS))])
        found = np.linalg.lstsq(inputs, self.after_second(CROSSINGS), rcond=None)[0]
        return found[:2].T, found[2]

    def single(self, points):
        W, b = self.one_instead()
        return points @ W.T + b

    def misses(self):
        """How far that single layer is off, in the mean over the crossings."""
        found = float(np.hypot(*(self.single(CROSSINGS) - self.after_second(CROSSINGS)).T).mean())
        return 0.0 if found < 1e-9 else found

    def collapse_says(self):
        return ', '.join(map(listed, self.product().round(6)))

    # Shapes:
    def shapes(self):
        return Shapes(self.picture, ((self.gives1, self.takes1), (self.gives2, self.takes2), (self.gives3, self.takes3)))

    def parameters_in_all(self):
        return self.shapes().total()

    def parameters_of_1(self):
        return self.shapes().counts()[0]

    def first_matrix(self):
        """The shape of the first layer's weights, rows first."""
        return f'{self.gives1:,} × {self.takes1:,}'

    def multiplications(self):
        return self.shapes().multiplications()

    # The lesson's own network, whatever the reader has made of it:
    def own_total(self):
        return OWN.shapes().total()

    def thousand_dots(self):
        """How many dot products the first layer takes for a thousand pictures."""
        return OWN.gives1 * 1000

    def rounds(self):
        return rounds(self.workers)

    def rounds_of_one(self):
        return rounds(1)

    def rounds_of_all(self):
        return rounds(36)

    # The same as a program:
    def code(self):
        return {'numpy': numpy_lines(self), 'PyTorch': torch_lines(self)}

    # What the reader is asked.
    def asked_outputs(self):
        """How many numbers a matrix of two rows makes of three."""
        return str(len(OWN.z()))

    def asked_parameters(self):
        return OWN.shapes().total()

    def asked_collapse(self):
        """What a hundred layers without a bend can do that one can't: nothing, if their product does the same."""
        turn = np.array([[0.8, -0.6], [0.6, 0.8]])
        whole, place = np.eye(2), np.array([1.0, 2.0])
        for _ in range(100):
            whole, place = matrix_product(turn, whole), turn @ place
        return 'same' if np.allclose(whole @ np.array([1.0, 2.0]), place) else 'more'


def listed(numbers):
    return f'[{", ".join(short(float(number)) for number in numbers)}]'


OWN = State()
