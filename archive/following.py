"""What becomes of articles, in the order in which it is decided, for those who look on.

The trail tells it: owing an article writes one line on how it was recognised and one for each
watch that holds for it, and since one article is owed at a time, the numbers of these lines run in
the order in which they become visible. Other lines of the trail do not, and are passed over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.engine import RowMapping

from archive.schema import articles, publishers
from archive.schema_telling import trail, watches
from news.trail import Step

AT_ONCE = 1_000
"""Lines that are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of a match: the watch, and the decision's code and words."""

    watch: int
    watch_name: str
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An article was owed at `at` (UTC): `code` is "new", "copy", "revised", "joined" or "known".

    `line` is the last of its lines in the trail, from which to go on.
    """

    line: int
    at: datetime
    code: str
    article: int
    title: str
    url: str
    publisher: str
    decided: tuple[Decided, ...]


def newest(conn: Connection) -> int:
    """Return the number of the newest line; what comes later happens from now on."""
    return conn.scalar(_NEWEST) or 0


def first_since(conn: Connection, since: datetime) -> int:
    """Return the number of the line before the first one of `since` or later.

    Lines are looked at from the newest back: their times run as their numbers do, nearly.
    """
    before = newest(conn) + 1
    while rows := conn.execute(_BACK, {"before": before}).all():
        older = next((row.id for row in rows if row.at < since), None)
        if older is not None:
            return int(older)
        before = rows[-1].id
    return 0


def happened(conn: Connection, *, after: int) -> list[Happened]:
    """Return what was decided after the line numbered `after`, oldest first; at most some."""
    rows = conn.execute(_LINES, {"after": after}).mappings().all()
    owed = [list(lines) for _, lines in groupby(_numbered(rows), key=lambda each: each[0])]
    if len(rows) == AT_ONCE and len(owed) > 1:
        owed.pop()  # its last lines may be missing; they come with the next ones
    return [_happened([row for _, row in lines]) for lines in owed]


def _numbered(
    rows: Sequence[RowMapping],
) -> Iterator[tuple[int, RowMapping]]:
    """Count the owings that lines belong to: each begins with how the article was recognised."""
    owing = 0
    article = None
    for row in rows:
        if row["step"] == Step.RECOGNISED or row["article"] != article:
            owing, article = owing + 1, row["article"]
        yield owing, row


def _happened(lines: Sequence[RowMapping]) -> Happened:
    first, last = lines[0], lines[-1]
    return Happened(
        line=last["id"],
        at=first["at"],
        code=first["code"] if first["step"] == Step.RECOGNISED else "known",
        article=first["article"],
        title=first["title"],
        url=first["url"],
        publisher=first["publisher"],
        decided=tuple(
            Decided(
                watch=row["watch"],
                watch_name=row["watch_name"],
                code=row["code"],
                words=row["words"],
            )
            for row in lines
            if row["step"] == Step.DECIDED and row["watch"] is not None
        ),
    )


_NEWEST = select(func.max(trail.c.id))
_BACK = (
    select(trail.c.id, trail.c.at)
    .where(trail.c.id < bindparam("before"))
    .order_by(trail.c.id.desc())
    .limit(AT_ONCE)
)
_LINES = (
    select(
        trail,
        articles.c.title,
        articles.c.url,
        publishers.c.name.label("publisher"),
        watches.c.name.label("watch_name"),
    )
    .select_from(
        trail.join(articles, trail.c.article == articles.c.id)
        .join(publishers, articles.c.publisher == publishers.c.id)
        .outerjoin(watches, trail.c.watch == watches.c.id)
    )
    .where(trail.c.id > bindparam("after"), trail.c.step.in_([Step.RECOGNISED, Step.DECIDED]))
    .order_by(trail.c.id)
    .limit(AT_ONCE)
)
