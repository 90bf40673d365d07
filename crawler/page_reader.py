"""Reads one page: may we, fetch it, hop by hop where it leads on, extract it in a worker.

What was fetched is a stranger's document and is looked at by a worker only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from http import HTTPStatus
from typing import assert_never

from crawler.aggregated import followed
from crawler.drawing.drawn import NotDrawn
from crawler.drawing.need import better_of, undrawn, wants_scripts
from crawler.extract.wire import extraction_asked, outcome_read
from crawler.follow import Following
from crawler.http import Fetched
from crawler.workers import NotTaken, WorkerFailed, WorkerPool
from news.clock import Clock, utc_now
from news.page import Page, PageMarks, PageOutcome, SamePage, Unread
from news.retry_after import wait_asked_for

_EXTRACT = "crawler.extract.worker:extracted"
_LONGEST = 300
_LATER = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """How reading a page went, and the rest that its host asks for after each request."""

    outcome: PageOutcome
    crawl_delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """How a look at a page went that was read before, and the rest that its host asks for."""

    outcome: PageOutcome | SamePage
    crawl_delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReader:
    """Reads pages by `following` their addresses, with workers of `pool` for what they hold."""

    following: Following
    pool: WorkerPool
    clock: Clock = utc_now

    async def read(self, url: str, *, render: bool = False) -> ReadPage:
        """Read the page at `url`; never raises for what a network or a page can do.

        With `render` it is drawn where it has no text without.
        """
        answer = await self.following.answer_of(url)
        outcome = await self._read(answer, render=render)
        return ReadPage(outcome, self.following.robots.crawl_delay(url))

    async def look_again(
        self, url: str, marks: PageMarks | None, *, render: bool = False
    ) -> LookedAgain:
        """Read the page at `url` unless it is still what it was when it had these `marks`."""
        answer = await self.following.answer_of(url, _conditions(marks))
        if marks is not None and isinstance(answer, Fetched) and _is_same(answer, marks):
            outcome: PageOutcome | SamePage = SamePage()
        else:
            outcome = await self._read(answer, render=render)
        return LookedAgain(outcome, self.following.robots.crawl_delay(url))

    async def _read(self, answer: Fetched | Unread, *, render: bool) -> PageOutcome:
        if isinstance(answer, Fetched):
            answer = await followed(answer, self.following, self.pool)
        if not isinstance(answer, Fetched):
            return answer
        outcome = await self._outcome(answer)
        if render and wants_scripts(outcome, answer.body):
            return await self._drawn(answer, outcome)
        if isinstance(outcome, Page):
            return replace(outcome, marks=_marks(answer))
        return outcome

    async def _drawn(self, answer: Fetched, plain: PageOutcome) -> PageOutcome:
        """Return what the page holds after its scripts ran, or `plain` if that is no more."""
        drawn = await self.following.drawing.draw(answer)
        if isinstance(drawn, NotDrawn):
            return undrawn(plain, drawn)
        return better_of(plain, await self._outcome(drawn))

    async def _outcome(self, answer: Fetched) -> PageOutcome:
        if answer.status != HTTPStatus.OK:
            return self._not_ok(answer)
        asked = extraction_asked(answer.body, url=answer.url, headers=answer.headers)
        made = await self.pool.call(_EXTRACT, asked)
        match made:
            case WorkerFailed(reason) as failed:
                again = isinstance(failed, NotTaken)
                return Unread(reason=f"its text could not be extracted: {reason}", again=again)
            case bytes():
                return outcome_read(made)
            case _:
                assert_never(made)

    def _not_ok(self, answer: Fetched) -> Unread:
        status = answer.status
        later = status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        asked = wait_asked_for(answer.headers.get("retry-after"), now=self.clock())
        wait = asked if later else None
        return Unread(
            reason=f"HTTP {status}", again=later, wait=wait, status=status, url=answer.url
        )


def _conditions(marks: PageMarks | None) -> Mapping[str, str]:
    if marks is None:
        return {}
    asked = {"If-None-Match": marks.etag, "If-Modified-Since": marks.modified}
    return {name: text for name, text in asked.items() if text}


def _is_same(answer: Fetched, marks: PageMarks) -> bool:
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return True
    return answer.status == HTTPStatus.OK and _hash(answer.body) == marks.body_hash


def _marks(answer: Fetched) -> PageMarks:
    """Return what an answer says of itself; what is too long for a header of ours is left out."""
    etag, modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
    return PageMarks(
        etag=etag if _fits(etag) else None,
        modified=modified if _fits(modified) else None,
        body_hash=_hash(answer.body),
    )


def _fits(header: str) -> bool:
    return 0 < len(header) <= _LONGEST and header.isascii() and header.isprintable()


def _hash(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()
