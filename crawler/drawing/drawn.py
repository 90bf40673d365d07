"""What drawing a page brings, and who can do it."""

from dataclasses import dataclass
from typing import Protocol

from crawler.http import Fetched


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


@dataclass(frozen=True, slots=True)
class NoDrawing:
    """Stands where there is no browser: says why."""

    reason: str = "there is no browser here"

    async def draw(self, page: Fetched) -> Fetched | NotDrawn:  # noqa: ARG002 - the protocol's
        """Draw nothing."""
        return NotDrawn(reason=self.reason)
