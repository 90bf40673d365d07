"""What is asked of the engine's process and not answered yet, and how long its hosts rest."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from crawler.asked_visit import AskedVisit, asked_plain, visit_read
from crawler.extract.wire import outcome_of
from news.clock import utc_now
from news.page import PageOutcome, Unread
from news.visit import Failed, Visit

Answer = TypeVar("Answer")

_DELAYS_KEPT = 10_000


def _awaited() -> "asyncio.Future[Any]":
    return asyncio.get_running_loop().create_future()


@dataclass(slots=True, kw_only=True)
class Ask(Generic[Answer]):
    """A question under way about `url`; `failure` makes words into the answer that says them."""

    url: str
    question: Mapping[str, Any]
    read: Callable[[Mapping[str, Any]], Answer]
    failure: Callable[[str], Answer]
    answer: "asyncio.Future[Answer]" = field(default_factory=_awaited)
    asked: int = 0

    def take(self, message: Mapping[str, Any]) -> None:
        """Settle it with the child's message; one that makes no sense raises."""
        answer = self.read(message)
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, reason: str) -> None:
        """Settle it without the child."""
        if not self.answer.done():
            self.answer.set_result(self.failure(reason))


def page_ask(url: str) -> Ask[PageOutcome]:
    """Ask for the page at `url`."""
    return Ask(
        url=url,
        question={"url": url},
        read=lambda message: outcome_of(message["outcome"]),
        failure=lambda reason: Unread(reason=reason, again=True),
    )


def visit_ask(asked: AskedVisit) -> Ask[Visit]:
    """Ask for a visit."""
    return Ask(
        url=asked.url,
        question={"visit": asked_plain(asked)},
        read=lambda message: visit_read(message["visit"]),
        failure=lambda reason: Visit(at=utc_now(), outcome=Failed(reason=reason, ours=True)),
    )


class Delays:
    """The rests that hosts asked for, of those that were read last."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, timedelta] = OrderedDict()

    def of(self, host: str) -> timedelta:
        """Return the rest of `host`, none where it asked for none."""
        return self._known.get(host, timedelta())

    def remember(self, host: str, delay: timedelta) -> None:
        """Keep what `host` asks for now."""
        self._known.pop(host, None)
        if delay:
            self._known[host] = delay
        while len(self._known) > _DELAYS_KEPT:
            self._known.popitem(last=False)
