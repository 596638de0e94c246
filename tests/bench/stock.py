"""The lesson `loss` built the stock way: every widget a Panel or Bokeh one, every reaction in Python.

`python -m tests.bench.stock` serves

/drag      the draggable line alone (with ?slow=1 the engine takes 40 ms longer)
/template  the whole lesson in a pn.Template
/fast      the whole lesson in a FastListTemplate

Words, formulas and layout are the lesson's own HTML, and live numbers in the text stay as they are: an easier life than ours.
"""
import os
import time

import numpy as np
import panel as pn
from bokeh.events import Pan, PanEnd, PanStart
from bokeh.models import ColumnDataSource, Div
from bokeh.plotting import figure

from app.lesson_format import read_lesson
from app.live_numbers import fill
from core.models import line_through
from tests.bench.variants import SLOWER

SIZES, PRICES = (0, 3200), (0, 800)
ENDS = (200.0, 3000.0)
WIDTH, HEIGHT = 680, 420
PX = (WIDTH - 60) / SIZES[1] / ((HEIGHT - 60) / PRICES[1])         # a square's width in ft² for a height of 1 thousand $
HANDLES = ('left', 'right')


class Lesson:
    """One reader's page: the state and everything that must be told when it changes."""

    def __init__(self, slow=False):
        self.state, self.slow, self.tell = read_lesson('loss').state_class(), slow, []

    def change(self, **values):
        if self.slow:
            time.sleep(SLOWER)
        self.state.param.update(**values)
        for tell in self.tell:
            tell()

    def on_change(self, tell):
        self.tell.append(tell)
        tell()

    def slider(self, name):
        parameter = self.state.param[name]
        low, high = parameter.bounds
        slider = pn.widgets.FloatSlider(name=parameter.label, start=low, end=high, step=parameter.step)

        def moved(event):
            if event.new != getattr(self.state, name):               # not what we have just told it ourselves
                self.change(**{name: event.new})
        self.on_change(lambda: setattr(slider, 'value', getattr(self.state, name)))
        slider.param.watch(moved, 'value')
        return slider

    # The widgets.

    def draggable_line(self, placement):
        state, xs = self.state, np.array(SIZES, float)
        plot = figure(width=WIDTH, height=HEIGHT, x_range=SIZES, y_range=PRICES, tools='', toolbar_location=None, name='plot',
                      x_axis_label='size (ft²)', y_axis_label='price (thousand $)')
        squares, line, ends = ColumnDataSource(), ColumnDataSource(), ColumnDataSource(name='ends')
        number, held = Div(name='number'), {}
        plot.quad('left', 'right', 'bottom', 'top', source=squares, alpha=.3)
        plot.line('x', 'y', source=line, line_width=3)
        plot.scatter(state.x, state.y, size=8)
        plot.scatter('x', 'y', source=ends, size=20)

        def tell():
            predicted = state.predicted()
            side = abs(predicted - state.y) * PX
            squares.data = {'left': state.x, 'right': state.x + side, 'bottom': np.minimum(predicted, state.y),
                            'top': np.maximum(predicted, state.y)}
            line.data = {'x': xs, 'y': state.at(xs)}
            y = state.at(np.array(ENDS))
            ends.data = {'x': list(ENDS), 'y': list(y)}
            number.text = f'<span data-y="{y[1]:.6f}">loss {state.loss():,.0f}</span>'

        def start(event):
            distance = [abs(event.x - x) for x in ENDS]
            held['key'] = int(np.argmin(distance))

        def drag(event):
            places = list(zip(ENDS, state.at(np.array(ENDS)), strict=True))
            places[held['key']] = ENDS[held['key']], event.y
            slope, intercept = line_through(*places)
            self.change(slope=float(slope) * 1000, intercept=float(intercept) * 1000)

        def end(event):
            self.change(**state.settled())

        self.on_change(tell)
        plot.on_event(PanStart, start)
        plot.on_event(Pan, drag)
        plot.on_event(PanEnd, end)
        return pn.Column(pn.pane.Bokeh(plot), pn.pane.Bokeh(number), self.slider('slope'), self.slider('intercept'))

    def one_number(self, placement):
        number = pn.pane.HTML()
        self.on_change(lambda: setattr(number, 'object', f'loss {self.state.loss():,.0f}'))
        return pn.Column(self.slider('slope'), number)

    def predict(self, placement):
        answer, button = pn.pane.HTML(), pn.widgets.Button(name='Commit')
        button.on_click(lambda _: setattr(answer, 'object', placement.body_html))
        if placement.options['ask'] == 'number':
            return pn.Column(pn.widgets.FloatInput(), button, answer)
        plot = figure(width=WIDTH, height=HEIGHT, x_range=(0, 300), y_range=(0, 60_000), tools='')
        plot.line([0, 300], [30_000, 30_000])
        return pn.Column(pn.pane.Bokeh(plot), button, answer)

    def tries(self, placement):
        plot, data = figure(width=WIDTH, height=HEIGHT, tools='hover'), ColumnDataSource()

        def tell():
            losses = self.state.tried_losses()
            data.data = {'attempt': list(range(1, len(losses) + 1)), 'loss': losses}
        self.on_change(tell)
        plot.scatter('attempt', 'loss', source=data)
        return pn.pane.Bokeh(plot)

    def loss_curve(self, placement):
        plot = figure(width=WIDTH, height=HEIGHT, x_range=(0, 300), y_range=(0, 60_000), tools='')
        data, dot = ColumnDataSource(), ColumnDataSource()
        slopes, box = np.linspace(0, 300, 101), pn.widgets.Checkbox(name='Show the whole curve')

        def tell():
            data.data = {'x': slopes, 'y': self.state.losses_along(slopes)} if self.state.revealed else {'x': [], 'y': []}
            dot.data = {'x': [self.state.slope], 'y': [self.state.loss()]}
        self.on_change(tell)
        box.param.watch(lambda event: self.change(revealed=event.new), 'value')
        plot.line('x', 'y', source=data)
        plot.scatter('x', 'y', source=dot, size=16)
        return pn.Column(pn.pane.Bokeh(plot), self.slider('slope'), box)

    def widget(self, placement):
        return getattr(self, placement.widget.replace('-', '_'))(placement)


def template_of(parts):
    """A pn.Template with these HTML texts and named components, in their order."""
    contents = ''.join(part if isinstance(part, str) else f'{{{{ embed(roots.{part[0]}) }}}}' for part in parts)
    template = pn.Template('{% extends base %}{% block contents %}<main>' + contents + '</main>{% endblock %}')
    for part in parts:
        if not isinstance(part, str):
            template.add_panel(*part)
    return template


def drag():
    lesson = Lesson(slow='slow' in pn.state.session_args)
    return template_of([('line', lesson.draggable_line(None))])


def parts(lesson):
    for block in read_lesson('loss').blocks:
        yield fill(block, lesson.state) if isinstance(block, str) else (block.name.replace('-', '_'), lesson.widget(block))


def template():
    return template_of(list(parts(Lesson())))


def fast():
    lesson = read_lesson('loss')
    main = [pn.pane.HTML(part) if isinstance(part, str) else part[1] for part in parts(Lesson())]
    return pn.template.FastListTemplate(title=lesson.title, main=main)


if __name__ == '__main__':
    pn.serve({'/drag': drag, '/template': template, '/fast': fast}, port=int(os.environ['PORT']), address='127.0.0.1', show=False,
             websocket_origin=['*'])
