"""Pages that were read are looked at again, for there may be another text by now.

    due      behind new pages, one slot in five of its host     archive.revisits
    look     conditional: what did not change costs no text      crawler.engine
    same     nothing is written but when the next look is
    gone     one line in the trail, and no look any more
    changed  a revision, matched and owed like any text          wirewatch.owing

What cannot be read changes nothing, nor does what is not the piece any more (news.relook): no text
gives way to less. What its publisher forbids to keep by now is emptied.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Protocol, assert_never

from archive import entries, forgotten, looks, page_marks, revisits, trail
from archive.database import Database, Transaction
from archive.revisits import Wish
from news.article import Article, Read, Reading
from news.clock import Clock
from news.entry import DueEntry
from news.page import Page, PageMarks, PageOutcome, SamePage, Unread
from news.publisher import publisher_of
from news.reading import reading_of
from news.revision import Wording, same_text
from news.trail import Reason, Step, TrailLine
from scheduler.revisits import next_look, next_slot
from wirewatch.owing import Owing
from wirewatch.rests import Rests
from wirewatch.settle import passed_over, stored_reading

MOST_ATTEMPTS = 2
"""So often one look is begun; where it never ends, there is none any more."""

_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class LooksAgain(Protocol):
    """Reads pages that were read before, politely."""

    async def look_again(
        self, url: str, marks: PageMarks | None, *, render: bool = False
    ) -> PageOutcome | SamePage:
        """Return the page, why it could not be read, or that it is as it was with `marks`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows, or is kept of it, with its marks where they are known."""

    reading: Reading
    marks: PageMarks | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisiting:
    """Looks at pages again, with `pages`, and has what changed owed by `owing`."""

    database: Database
    pages: LooksAgain
    owing: Owing
    rests: Rests
    clock: Clock

    async def look(self, due: DueEntry) -> None:
        """Look at the page of a claimed entry again."""
        known = await self.database.read(lambda conn: _known(conn, due))
        url = due.entry.url
        if known is None or url is None or due.attempts > MOST_ATTEMPTS:
            await self._end(due)
            return
        look = partial(self.pages.look_again, url, known.marks, render=due.render)
        outcome = await self.rests.page(url, look)
        match outcome:
            case SamePage():
                await self._go_on(due, known.reading)
            case Unread(status=status) if status in _GONE:
                await self._end(due, _line("gone", f"its page is gone: HTTP {status}"))
            case Unread():
                await self._go_on(due, known.reading)
            case Page():
                await self._changed(due, known.reading, outcome)
            case _:
                assert_never(outcome)

    async def _changed(self, due: DueEntry, before: Reading, page: Page) -> None:
        reading = reading_of(due, page)
        if reading is None:
            await self._go_on(due, before)
        elif (why := passed_over(due, page, before, reading)) is not None:
            await self._go_on(due, before, line=_line("passed_over", f"looked at again: {why}"))
        elif _is_as_it_was(before, reading):
            await self._go_on(due, before, marks=page.marks)
        else:
            now, shown = self.clock(), Shown(reading=reading, marks=page.marks)

            def also(conn: Transaction, article: Article) -> None:
                after(conn, due, article.id, shown, now=now)
                self._spaced(conn, due)

            await self.owing.carry(due, reading, again_at=None, also=also)

    async def _go_on(
        self,
        due: DueEntry,
        reading: Reading,
        *,
        marks: PageMarks | None = None,
        line: Reason | None = None,
    ) -> None:
        """Leave the article as it is, and look again when that is due."""
        article, now = _article(due), self.clock()

        def settle(conn: Transaction) -> None:
            if entries.finish(conn, due, article=article):
                after(conn, due, article, Shown(reading=reading, marks=marks), now=now)
                self._spaced(conn, due)
                _write(conn, due, line, now)

        await self.database.write(settle)

    async def _end(self, due: DueEntry, line: Reason | None = None) -> None:
        """Leave the article as it is, and look at its page no more."""

        def settle(conn: Transaction) -> None:
            if entries.finish(conn, due, article=_article(due)):
                self._spaced(conn, due)
                _write(conn, due, line, self.clock())

        await self.database.write(settle)

    def _spaced(self, conn: Transaction, due: DueEntry) -> None:
        rest = self.rests.page_delay(due.entry.url or "")
        revisits.looked(conn, due, until=next_slot(rest, now=self.clock()))


def after(
    conn: Transaction,
    due: DueEntry,
    article: int,
    shown: Shown,
    *,
    now: datetime,
) -> None:
    """Note that a page was read or looked at, and when it is looked at next, if it is."""
    reading = shown.reading
    if forgotten.barring(conn, [reading.url, *([due.entry.url] if due.entry.url else [])]):
        return  # it was forgotten while its page was looked at
    revisits.came(conn, due, article, shown.marks)
    watched = looks.is_watched(conn, article)
    at = next_look(due.noted_at, published=reading.published, now=now)
    if at is not None and _is_own(due, reading) and (watched or not reading.drawn):
        revisits.wish(conn, Wish(due=due, article=article, at=at, watched=watched))


def _is_own(due: DueEntry, reading: Reading) -> bool:
    """Tell whether the page is its entry's own, read whole, and to be kept.

    Who leads elsewhere, as aggregators do, is not asked for it again.
    """
    url = due.entry.url
    whole = reading.read is Read.FULL and not reading.noarchive and not due.shared_address
    return whole and url is not None and publisher_of(url) == publisher_of(reading.url)


def _known(conn: Transaction, due: DueEntry) -> Shown | None:
    """Return what is kept of an article; None if it was pruned, or is barred by now."""
    stored = stored_reading(conn, due)
    if stored is None or stored.joins:
        return None
    return Shown(reading=stored.reading, marks=page_marks.of(conn, _article(due)))


def _article(due: DueEntry) -> int:
    if due.article is None:
        raise ValueError(f"entry {due.id} is looked at again, and was never read")
    return due.article


def _is_as_it_was(before: Reading, now: Reading) -> bool:
    """Tell whether nothing is to be written: what may not be kept any more has to be emptied."""
    unmoved = now.url == before.url and not now.noarchive
    return unmoved and same_text(_wording(before), _wording(now))


def _wording(reading: Reading) -> Wording:
    return Wording(title=reading.title, body=reading.body, lead=reading.lead)


def _line(code: str, words: str) -> Reason:
    return Reason(step=Step.READ, code=code, words=words)


def _write(conn: Transaction, due: DueEntry, reason: Reason | None, at: datetime) -> None:
    if reason is not None:
        trail.write(conn, [TrailLine(at=at, reason=reason, entry=due.id, article=due.article)])
