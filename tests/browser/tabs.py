"""Tabs for the tests, each a new one, in a browser that stays warm.

A page costs two seconds of a processor in a browser that has never seen the course, and less than one where another tab of it
is open: the scripts are compiled there, and the process runs. So tests share a context for each kind of reader (at a desk, with
a phone), where one tab, the keeper, is always open. What a tab remembers goes with the tab; what a browser remembers is cleared.
A test about a reader who was never here asks for `new_context`.
"""
import json

NEW = '() => { open("about:blank").opener = null }'      # from the keeper, so that it is in the keeper's process


class Tabs:
    def __init__(self, browser, home):
        """`home` is a page of the course without scripts, for the keepers."""
        self.browser, self.home, self.watch = browser, home, None
        self.keepers, self.kept, self.lent = {}, {}, []

    def keeper(self, options):
        key = json.dumps(options, sort_keys=True)
        if key not in self.keepers:
            context = self.browser.new_context(**options)
            listen(context, lambda: self.watch)
            self.keepers[key] = context.new_page()
            self.keepers[key].goto(self.home)
        return self.keepers[key]

    def open(self, options):
        keeper = self.keeper(options)
        with keeper.context.expect_page() as opened:
            keeper.evaluate(NEW)
        return opened.value

    def new(self, **options):
        """A new tab of a browser with these options. It goes with the test."""
        self.keeper(options).evaluate('localStorage.clear()')
        page = self.open(options)
        self.lent.append(page)
        return page

    def keep(self, **options):
        """The one tab with these options that goes from test to test as it is. One of other options sleeps meanwhile."""
        key = json.dumps(options, sort_keys=True)
        self.rest(but=key)
        if key not in self.kept:
            self.kept[key] = self.open(options)
        return self.kept[key]

    def rest(self, but=None):
        """Empties the tabs that are kept: pages that nobody looks at would go on moving and answering."""
        for key, page in self.kept.items():
            if key != but and page.url != 'about:blank':
                page.goto('about:blank')

    def close(self):
        """After a test: its tabs go."""
        for page in self.lent:
            page.close()
        self.lent.clear()

    def renew(self):
        """After a test that failed, of which anything may be left: the next one has all new."""
        for keeper in self.keepers.values():
            keeper.context.close()
        for memory in (self.keepers, self.kept, self.lent):
            memory.clear()


def listen(context, watch):
    """Tells `watch()`, the watch of the test that runs, what happens on the pages of a context."""
    context.on('console', lambda message: message.type in ('error', 'warning') and watch().saw(
        f'console {message.type}: {message.text} ({message.location.get("url", "")})'))
    context.on('weberror', lambda error: watch().saw(f'page error: {error.error}'))
    context.on('request', lambda request: watch().asked(request.url))
    context.on('page', lambda page: page.on('websocket', lambda socket: watch().asked(socket.url)))
