"""Charts that are explored: Bokeh figures, built once as standalone documents and fed with data by the wire.

A Bokeh model inside a session costs every reader; a standalone figure costs nobody. Its data source is called 'data';
its colours come in two sets, one for each theme, which the page applies by the names of the models.
"""
import json
from functools import cache
from html import escape

INK = {'light': {'text': '#3d4348', 'quiet': '#d9dcdf', 'loss': '#b3430a', 'paper': '#ffffff'},
       'dark': {'text': '#c9ced3', 'quiet': '#3a4046', 'loss': '#ff8a4d', 'paper': '#14171a'}}
SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'


def lines_by_attempt(title):
    """Loss against attempt: a dot for every line the reader tried, joined in order."""
    from bokeh.models import ColumnDataSource, HoverTool, NumeralTickFormatter  # here: who records a run draws no chart
    from bokeh.plotting import figure

    source = ColumnDataSource({'attempt': [], 'loss': [], 'slope': [], 'intercept': []}, name='data')
    plot = figure(height=260, sizing_mode='stretch_width', toolbar_location=None, name='plot', tools='',
                  x_axis_label='attempt', y_axis_label='loss', outline_line_color=None, min_border_right=16)
    line = plot.line('attempt', 'loss', source=source, line_width=2)
    dots = plot.scatter('attempt', 'loss', source=source, size=9)
    line.glyph.name, dots.glyph.name = 'line', 'dots'
    plot.add_tools(HoverTool(renderers=[dots], tooltips=[
        ('attempt', '@attempt'), ('slope', '@slope{0,0} $/ft²'), ('intercept', '@intercept{0,0} $'),
        ('loss', '@loss{0,0}')]))
    plot.y_range.start = 0
    plot.xaxis.ticker.min_interval = 1
    plot.yaxis.formatter = NumeralTickFormatter(format='0,0')
    for axis, name in ((plot.xaxis[0], 'x axis'), (plot.yaxis[0], 'y axis')):
        axis.name, axis.minor_tick_line_color = name, None
        axis.axis_label_text_font = axis.major_label_text_font = SANS
        axis.axis_label_text_font_style, axis.axis_label_text_font_size = 'normal', '14px'
        axis.major_label_text_font_size = '13px'
    plot.xgrid.grid_line_color = None
    plot.ygrid[0].name = 'grid'
    return plot


def colours(ink):
    """Which property of which named model takes which colour, in one theme."""
    axis = {'axis_label_text_color': ink['text'], 'major_label_text_color': ink['text'],
            'axis_line_color': ink['quiet'], 'major_tick_line_color': ink['quiet']}
    return {'plot': {'background_fill_color': None, 'border_fill_color': None}, 'x axis': axis, 'y axis': axis,
            'grid': {'grid_line_color': ink['quiet']}, 'line': {'line_color': ink['loss']},
            'dots': {'fill_color': ink['loss'], 'line_color': ink['loss']}}


@cache
def document(build):
    """The standalone document of a chart with its colours, as JSON text; built once for all readers."""
    from bokeh.embed import json_item

    item = json_item(build())
    return json.dumps({'item': item, 'colours': {theme: colours(ink) for theme, ink in INK.items()}},
                      separators=(',', ':')).replace('<', '\\u003c')


def plain(columns):
    """Columns as lists, which JSON and Bokeh both take."""
    return {name: [float(v) for v in column] for name, column in columns.items()}


def as_table(title, heads, rows):
    """The same as a table, for those who want the numbers or can't see the picture; opened when wanted."""
    heads = ''.join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    rows = ''.join(f'<tr>{"".join(f"<td>{escape(cell)}</td>" for cell in row)}</tr>' for row in rows)
    return (f'<details><summary>The same as a table</summary><table><caption>{escape(title)}</caption>'
            f'<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>')


def html(name, module, state):
    """A chart's place on the page: its document, its present data, and the same as a table."""
    data = json.dumps(plain(module.columns(state)), separators=(',', ':'))
    return (f'<figure class="chart" id="{name}" data-chart="{name}" aria-label="{escape(module.TITLE)}">'
            f'<div class="plot"><p class="empty">{escape(module.EMPTY)}</p></div>'
            f'{as_table(module.TITLE, module.COLUMNS, module.rows(state))}'
            f'<script type="application/json" data-document>{document(module.figure)}</script>'
            f'<script type="application/json" data-columns>{data}</script></figure>')
