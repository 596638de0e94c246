"""The server: the only place that knows Panel, Bokeh and Tornado. `main` starts it."""
