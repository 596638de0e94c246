"""Lists of numbers, and what comes out when two of them meet: a house and its prices, two arrows, two handwritten digits."""
import numpy as np
import param

from core.vectors import angle, dot, dot_terms, length, projection
from lessons.short import added, factor, in_brackets, short
from lessons.vectors import pictures

HOUSE = ('sqft', 'bedrooms', 'age')
ACROSS = 28                                 # pixels in a row of a picture
LEVEL = 1e-9                                # a dot product this small is 0


def thousands(dollars):
    """In thousand $, with as many decimals as it has, up to two."""
    return f'{round(dollars / 1000, 2) + 0.0:,.2f}'.rstrip('0').rstrip('.').replace('-', '−')


class State(param.Parameterized):
    # What the reader can change. These, and only these, are in the page's address.
    sqft = param.Number(1500, bounds=(0, 5000), step=50, label='Size', doc='ft²')
    bedrooms = param.Integer(3, bounds=(0, 9), step=1, label='Bedrooms')
    age = param.Number(30, bounds=(0, 150), step=1, label='Age', doc='years')
    per_sqft = param.Number(200, bounds=(-500, 500), step=10, label='Weight of the size', doc='$/ft²')
    per_bedroom = param.Number(10_000, bounds=(-50_000, 50_000), step=1000, label='Weight of a bedroom', doc='$')
    per_year = param.Number(-1500, bounds=(-5000, 5000), step=100, label='Weight of a year', doc='$')
    a_across = param.Number(4, bounds=(-5, 5), step=0.1, label='a, sideways')
    a_up = param.Number(1, bounds=(-5, 5), step=0.1, label='a, up')
    b_across = param.Number(2, bounds=(-5, 5), step=0.1, label='b, sideways')
    b_up = param.Number(3, bounds=(-5, 5), step=0.1, label='b, up')
    u1 = param.Number(1, bounds=(-6, 6), step=0.5, label='u, first number')
    u2 = param.Number(0, bounds=(-6, 6), step=0.5, label='u, second number')
    u3 = param.Number(-2, bounds=(-6, 6), step=0.5, label='u, third number')
    v1 = param.Number(2, bounds=(-6, 6), step=0.5, label='v, first number')
    v2 = param.Number(5, bounds=(-6, 6), step=0.5, label='v, second number')
    v3 = param.Number(-1, bounds=(-6, 6), step=0.5, label='v, third number')
    turn = param.Number(-60, bounds=(-180, 180), step=5, label='Walk round it', doc='°')
    digit = param.Selector(default=7, objects=pictures.EXAMPLES, label='Your digit')
    row = param.Integer(9, bounds=(1, ACROSS), step=1, label='Row')
    column = param.Integer(15, bounds=(1, ACROSS), step=1, label='Column')
    other = param.Selector(default=1, objects={str(digit): digit for digit in range(10)}, label='Compare with the nearest')

    # What follows. Pure functions of the above. The house:
    def house(self):
        return np.array([getattr(self, name) for name in HOUSE], float)

    def weights(self):
        return np.array([self.per_sqft, self.per_bedroom, self.per_year], float)

    def terms(self):
        """What each number of the house adds to its price, in $: (3,)."""
        return dot_terms(self.house(), self.weights())

    def price(self):
        return dot(self.house(), self.weights())

    def price_says(self):
        return f'{thousands(self.price())} thousand $'

    def terms_say(self):
        """The sum with the reader's own numbers in it, in thousand $."""
        return added(map(thousands, self.terms()))

    def size_product(self):
        return product(self.per_sqft, self.sqft)

    def rooms_product(self):
        return product(self.per_bedroom, self.bedrooms)

    def age_product(self):
        return product(self.per_year, self.age)

    # Two arrows:
    def a(self):
        return np.array([self.a_across, self.a_up])

    def b(self):
        return np.array([self.b_across, self.b_up])

    def agreement(self):
        """a · b; exactly 0 where only the last digit of a computer says otherwise."""
        found = dot(self.a(), self.b())
        return found if abs(found) > LEVEL else 0.0

    def degrees(self):
        """The angle between them, or None where one of them has no length."""
        return None if self.pointless() else float(np.degrees(angle(self.a(), self.b())))

    def pointless(self):
        """Which of the two has no length: 'a', 'b', 'a and b' or ''."""
        return ' and '.join(name for name, arrow in (('a', self.a()), ('b', self.b())) if length(arrow) == 0)

    def shadow(self):
        """The shadow of a on the line along b, (2,); nothing where b points nowhere."""
        return np.zeros(2) if length(self.b()) == 0 else projection(self.a(), self.b())

    def shadow_length(self):
        """With a minus when it falls on the other side of b's tail."""
        return self.agreement() / length(self.b()) if length(self.b()) else 0.0

    def agreement_says(self):
        (ax, ay), (bx, by) = self.a(), self.b()
        return f'{factor(ax)} · {factor(bx)} + {factor(ay)} · {factor(by)} = {short(self.agreement())}'

    def agrees(self):
        """What the sign of the dot product says."""
        if self.pointless():
            return 'nothing'
        return 'right angle' if self.agreement() == 0 else 'forward' if self.agreement() > 0 else 'against'

    # Arrows in space:
    def u(self):
        return np.array([self.u1, self.u2, self.u3])

    def v(self):
        return np.array([self.v1, self.v2, self.v3])

    def uv(self):
        return dot(self.u(), self.v())

    def uv_angle(self):
        return angle_text(self.u(), self.v())

    def u_length(self):
        return short(length(self.u()))

    def u_squares(self):
        """Pythagoras with the reader's numbers."""
        return ' + '.join(f'{factor(number)}²' for number in self.u())

    # Pictures:
    def picture(self):
        """The picture that is unrolled: (784,), 0 black … 1 white."""
        return pictures.example(self.digit)

    def shows(self):
        """What the reader's picture shows, in words."""
        return 'strange 9' if self.digit == pictures.STRANGE else str(self.digit)

    def place(self):
        """Which number of the list this pixel is, counted from 1."""
        return ACROSS * (self.row - 1) + self.column

    def brightness(self):
        return float(self.picture()[self.place() - 1])

    def place_says(self):
        return f'{ACROSS} · {self.row - 1} + {self.column} = {self.place()}'

    def rival(self):
        """Of all training pictures that show `other`, the one at the smallest angle."""
        return pictures.nearest(self.digit)[self.other][1]

    def rival_terms(self):
        return dot_terms(self.picture(), self.rival())

    def rival_dot(self):
        return dot(self.picture(), self.rival())

    def rival_degrees(self):
        return pictures.nearest(self.digit)[self.other][0]

    def numbers(self):
        return ACROSS * ACROSS

    def trained(self):
        return len(pictures.digits().train_x)

    def tested(self):
        return len(pictures.digits().test_x)

    def nearest_right(self):
        """How many per cent of the test pictures are told by the label of the training picture at the smallest angle."""
        return float(pictures.right().mean()) * 100

    # What the reader is asked.
    def asked_dot(self):
        """[1, 0, −2] · [2, 5, −1]"""
        return dot([1, 0, -2], [2, 5, -1])

    def asked_sign(self):
        """Two arrows at a right angle, whichever."""
        return {True: 'zero', False: 'other'}[abs(dot([3, 1], [-1, 3])) < LEVEL]

    def asked_pixel(self):
        """Row 2, column 1 of a picture 28 wide."""
        return ACROSS * (2 - 1) + 1


def product(weight, number):
    """'(−1,500) · 20': a product as it is written."""
    return ' · '.join(in_brackets(f'{value:,.10g}'.replace('-', '−')) for value in (weight, number))


def angle_text(a, b):
    """An angle in degrees; a dash where one of the arrows points nowhere."""
    if length(a) == 0 or length(b) == 0:
        return '–'
    return f'{np.degrees(angle(a, b)):.1f}°'
