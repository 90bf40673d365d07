"""What a kind of source looks like within the engine's process (crawler/registry.py)."""

import importlib
from typing import Protocol, cast

from crawler.asked_visit import AskedVisit
from crawler.follow import Following
from crawler.reader import Parser
from news.visit import Visit


class Visitor(Protocol):
    """Looks at sources of one kind."""

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look once; whatever a network, a server or a page does is in the outcome."""
        ...


class MakesVisitor(Protocol):
    """Makes a visitor: requests go by `following`, what strangers sent is read by `parser`."""

    def __call__(self, *, following: Following, parser: Parser) -> Visitor:
        """Return it."""
        ...


def maker(name: str) -> MakesVisitor:
    """Load what makes visitors, by its name, `module:class`."""
    module, _, made = name.partition(":")
    return cast("MakesVisitor", getattr(importlib.import_module(module), made))
