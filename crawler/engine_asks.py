"""What is asked of the engine's process and not answered yet, and how long its hosts rest."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Generic, TypeVar

from crawler.asked_visit import AskedVisit, asked_plain, visit_read
from crawler.extract.wire import outcome_of
from crawler.marks import marks_plain, marks_read
from news.clock import utc_now
from news.page import Page, PageMarks, PageOutcome, SamePage, Unread
from news.visit import Failed, Visit

Answer = TypeVar("Answer")

_DELAYS_KEPT = 10_000
_ASKED_AT_MOST = 2
_DIED_TWICE = "the engine's process ended twice while it was read"


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

    def may_be_put(self) -> bool:
        """Count one more asking; False if it is settled, or is now, since two children died."""
        if self.answer.done():
            return False
        if self.asked == _ASKED_AT_MOST:
            self.fail(_DIED_TWICE)
            return False
        self.asked += 1
        return True

    def fail(self, reason: str) -> None:
        """Settle it without the child."""
        if not self.answer.done():
            self.answer.set_result(self.failure(reason))


def page_ask(url: str, *, render: bool = False) -> Ask[PageOutcome]:
    """Ask for the page at `url`, drawn where `render` wants it and it has no text without."""
    return Ask(
        url=url,
        question={"url": url, "render": render},
        read=_page_of,
        failure=lambda reason: Unread(reason=reason, again=True),
    )


def look_ask(
    url: str, marks: PageMarks | None, *, render: bool = False
) -> Ask[PageOutcome | SamePage]:
    """Ask for the page at `url`, unless it is still what it was when it had these `marks`."""
    return Ask(
        url=url,
        question={"url": url, "render": render, "again": marks_plain(marks)},
        read=lambda message: SamePage() if message.get("same") else _page_of(message),
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


def _page_of(message: Mapping[str, Any]) -> PageOutcome:
    outcome = outcome_of(message["outcome"])
    if isinstance(outcome, Page):
        return replace(outcome, marks=marks_read(message.get("marks")))
    return outcome


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


@dataclass(slots=True, kw_only=True)
class Diligence:
    """Tells a child that works no more from one that passed over a read for others.

    `misses` deadlines in a row must pass, each without an answer to anything within it.
    """

    deadline: float
    misses: int
    _missed: int = 0
    _heard: float = 0.0

    @property
    def quiet(self) -> float:
        """Return for how many seconds nothing was answered."""
        return asyncio.get_running_loop().time() - self._heard

    def answered(self) -> None:
        """Note an answer, or the start of a new child."""
        self._missed, self._heard = 0, asyncio.get_running_loop().time()

    def missed(self) -> bool:
        """Note a read that was not answered in time; tell whether it was one too many."""
        if self.quiet < self.deadline:
            return False
        self._missed += 1
        return self._missed >= self.misses
