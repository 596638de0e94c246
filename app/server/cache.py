"""Rendered pages, kept while they fit: the least recently wanted goes first when the bytes run out."""
from collections import OrderedDict

OVERHEAD = 400          # bytes that a key, a tuple and a dictionary entry cost besides the page itself


class PageCache:
    """A dictionary of bytes with a limit on their sum."""

    def __init__(self, limit):
        self.limit, self.size, self.pages = limit, 0, OrderedDict()

    def get(self, key):
        page = self.pages.get(key)
        if page is not None:
            self.pages.move_to_end(key)
        return page

    def put(self, key, page):
        self.drop(key)
        self.pages[key] = page
        self.size += self.weight(key)
        while self.size > self.limit and self.pages:
            self.drop(next(iter(self.pages)))

    def drop(self, key):
        if key in self.pages:
            self.size -= self.weight(key)
            del self.pages[key]

    def weight(self, key):
        return sum(map(len, self.pages[key].bodies.values())) + len(str(key)) + OVERHEAD
