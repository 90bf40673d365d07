"""Matches: which watch holds for which article, and where."""

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, select

from archive.dialects import in_place_of
from archive.prepared import Prepared
from archive.schema_telling import matches
from news.match import Match, Span


def add(conn: Connection, match: Match, *, article: int, revision: int) -> None:
    """Keep that a watch holds for an article, in place of what was kept of the two before."""
    values = {
        "watch": match.watch,
        "article": article,
        "revision": revision,
        "watch_version": match.version,
        "spans": [asdict(span) for span in match.spans],
    }
    _ADD.run(conn, values)


def of(conn: Connection, *, watch: int, article: int, revision: int) -> Match:
    """Return why `watch` holds for an article; without spans where it did for a text before."""
    row = _OF.row(conn, {"of_watch": watch, "of_article": article})
    if row is None or row["revision"] != revision:
        return Match(watch=watch, version=0 if row is None else row["watch_version"], spans=())
    spans = tuple(Span(**span) for span in row["spans"])
    return Match(watch=watch, version=row["watch_version"], spans=spans)


_ADD = Prepared(in_place_of(matches, "revision", "watch_version", "spans"))
_OF = Prepared(
    select(matches.c.revision, matches.c.watch_version, matches.c.spans).where(
        matches.c.watch == bindparam("of_watch"), matches.c.article == bindparam("of_article")
    )
)
