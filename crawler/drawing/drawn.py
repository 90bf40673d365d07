"""What drawing a page brings, and who can do it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from crawler.http import Fetched
from crawler.politeness import Hosts


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDrawn:
    """There is no drawn page; `again` tells that a later try may bring one."""

    reason: str
    again: bool = False


class Drawing(Protocol):
    """Draws pages as a browser does."""

    async def draw(self, page: Fetched) -> Fetched | NotDrawn:
        """Run the scripts of `page`, which was fetched; return it as it then is, as HTML."""
        ...

    async def close(self) -> None:
        """End it; nothing is drawn any more."""
        ...


class MakesDrawing(Protocol):
    """Makes what draws: `may` tells what a page's own host lets us ask for, `hosts` give turns."""

    def __call__(self, *, may: Callable[[str], Awaitable[bool]], hosts: Hosts) -> Drawing:
        """Return it."""
        ...


@dataclass(frozen=True, slots=True)
class NoDrawing:
    """Stands where there is no browser: says why."""

    reason: str = "there is no browser here"

    async def draw(self, page: Fetched) -> Fetched | NotDrawn:  # noqa: ARG002 - the protocol's
        """Draw nothing."""
        return NotDrawn(reason=self.reason)

    async def close(self) -> None:
        """Nothing is there to be ended."""
