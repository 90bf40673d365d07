"""The trail: what was decided about an entry and its article, line by line."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, or_, select, update
from sqlalchemy.engine import RowMapping

from archive.prepared import Prepared
from archive.schema import articles, entries
from archive.schema_telling import trail
from news.trail import Reason, Step, TrailLine

UNSAID = "by words that were forgotten"
"""What stands where a watch's matched words were."""


def write(conn: Connection, lines: Sequence[TrailLine]) -> None:
    """Keep `lines`."""
    if lines:
        _WRITE.run_many(conn, [_row(line) for line in lines])


def of_article(conn: Connection, article: int) -> list[TrailLine]:
    """Return the trail of an article and of the entries that told it, oldest first."""
    return [_line(row) for row in conn.execute(_OF_ARTICLE, {"of_article": article}).mappings()]


def of_entry(conn: Connection, entry: int) -> list[TrailLine]:
    """Return the trail of an entry, oldest first."""
    return [_line(row) for row in conn.execute(_OF_ENTRY, {"of_entry": entry}).mappings()]


def titles_in(conn: Connection, lines: Sequence[TrailLine]) -> dict[str, str]:
    """Return the titles, as they are now, of articles that a trail names, by these names."""
    named = {
        int(number): name
        for line in lines
        if line.reason.step is Step.RECOGNISED
        for name, number in _NAMED.findall(line.reason.words)
    }
    rows = conn.execute(_TITLES, {"ids": list(named)}) if named else ()
    return {named[row.id]: row.title for row in rows if row.title}


def unsay(conn: Connection, article: int) -> None:
    """Take an article's words out of its trail: those that watches found in it."""
    conn.execute(_UNSAY, {"of_article": article, "words": UNSAID})


def _row(line: TrailLine) -> dict[str, object]:
    return {
        "at": line.at,
        "step": line.reason.step,
        "code": line.reason.code,
        "words": line.reason.words,
        "watch": line.reason.watch,
        "entry": line.entry,
        "article": line.article,
    }


def _line(row: RowMapping) -> TrailLine:
    return TrailLine(
        at=row["at"],
        reason=Reason(
            step=Step(row["step"]), code=row["code"], words=row["words"], watch=row["watch"]
        ),
        entry=row["entry"],
        article=row["article"],
    )


_WRITE = Prepared(insert(trail))
_TOLD_IT = select(entries.c.id).where(entries.c.article == bindparam("of_article"))
_OF_ARTICLE = (
    select(trail)
    .where(or_(trail.c.article == bindparam("of_article"), trail.c.entry.in_(_TOLD_IT)))
    .order_by(trail.c.id)
)
_NAMED = re.compile(r"\b(ar_([1-9]\d{0,17}))\b")
_TITLES = select(articles.c.id, articles.c.title).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)
_UNSAY = (
    update(trail)
    .where(
        trail.c.step == Step.MATCHED,
        or_(trail.c.article == bindparam("of_article"), trail.c.entry.in_(_TOLD_IT)),
    )
    .values(words=bindparam("words"))
)
_OF_ENTRY = select(trail).where(trail.c.entry == bindparam("of_entry")).order_by(trail.c.id)
