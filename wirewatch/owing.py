"""From a reading to what it sets off: matched, owed, told; anew where something changed meanwhile.

Matching takes long and owing must not: so the watches are matched before the transaction, which
finds out whether they, or the article, are still what was matched.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeAlias

from archive.database import Database, Transaction
from news.article import Article, Reading
from news.clock import Clock
from news.entry import DueEntry
from news.ids import wire_id
from wirewatch.desk import Desk
from wirewatch.events import ArticleOwed, Tell
from wirewatch.owe import Fenced, Instead, Outcome, Owed, Stale, owe
from wirewatch.own_address import at_its_own
from wirewatch.prepared import Prepared, prepared_beside
from wirewatch.telling import alert_event

MOST_ROUNDS = 3
"""So often other words are matched in place of those that were read; then what is kept stays."""

Also: TypeAlias = Callable[[Transaction, Article], None]
"""What else is written with an article, in the same transaction."""


class Desks(Protocol):
    """Gives the current picture of the watches."""

    async def current(self) -> Desk:
        """Return it, taken anew if anything changed since the last one."""
        ...


@dataclass(frozen=True, slots=True)
class NotThere:
    """The address that a page names is another's: `reading` bears its own; nothing was written."""

    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Carries readings to what they set off: transaction 2."""

    database: Database
    desks: Desks
    tell: Tell
    clock: Clock

    async def carry(
        self,
        due: DueEntry,
        reading: Reading,
        *,
        again_at: datetime | None,
        also: Also,
        found_at: str | None = None,
    ) -> None:
        """Match `reading`, owe what it sets off, and tell of it; nothing if the claim is gone.

        `again_at` has the page of `due` read once more; `found_at` is where it was found, if it
        names another address.
        """
        owed: Outcome | NotThere = Stale()
        rounds, kept = 0, None
        while not isinstance(owed, Owed):  # the watches or the article changed: match anew
            if isinstance(owed, Instead):
                reading, rounds, kept = owed.reading, rounds + 1, owed.article
            elif isinstance(owed, NotThere):
                reading, found_at = owed.reading, None
            desk = await self.desks.current()
            ready = await prepared_beside(due, reading, desk, again_at)
            ready = replace(ready, kept=kept, last=rounds == MOST_ROUNDS)
            try:
                owed = await self.database.write(partial(self._owe, ready, found_at, also))
            except Fenced:
                return
        self._tell_owed(due, reading, owed)

    def _owe(
        self, ready: Prepared, found_at: str | None, also: Also, conn: Transaction
    ) -> Outcome | NotThere:
        if found_at is not None:
            self.database.alone(conn)  # the other page that names this address is owed by now
            own = at_its_own(conn, ready.due, ready.reading, found_at)
            if own.url != ready.reading.url:
                return NotThere(own)
        owed = owe(self.database, conn, ready, self.clock())
        if isinstance(owed, Owed):
            also(conn, owed.article)
        return owed

    def _tell_owed(self, due: DueEntry, reading: Reading, owed: Owed) -> None:
        article = owed.article
        self.tell(
            ArticleOwed(
                article=wire_id("ar", article.id),
                url=article.url,
                title=article.title,
                publisher=article.publisher_name,
                source=due.source_name,
                note=reading.note,
                revised=owed.revised,
            )
        )
        for told in owed.told:
            self.tell(alert_event(told, article))
