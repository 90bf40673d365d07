"""What watches did lately, in figures."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from archive.schema import articles
from archive.schema_telling import alerts, matches, watches
from archive.search.find import first_since
from news.alert import AlertState


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchFigures:
    """How many alerts and matches there were, and when an article last matched (UTC)."""

    alerts: int = 0
    matches: int = 0
    last_match_at: datetime | None = None


def of_all(conn: Connection, *, since: datetime) -> dict[int, WatchFigures]:
    """Return the figures of every watch that has any; counts are of the time from `since` on."""
    figures = {
        row.watch: WatchFigures(last_match_at=row.owed_at) for row in conn.execute(_LAST_MATCHES)
    }
    for row in conn.execute(_MATCHES, {"first": first_since(conn, since)}):
        figures[row.watch] = replace(figures[row.watch], matches=row.many)
    for row in conn.execute(_ALERTS, {"since": since}):
        figures[row.watch] = replace(figures.get(row.watch, WatchFigures()), alerts=row.many)
    return figures


_LAST = select(func.max(matches.c.article)).where(matches.c.watch == watches.c.id).scalar_subquery()
_LAST_MATCHES = select(watches.c.id.label("watch"), articles.c.owed_at).join_from(
    watches, articles, articles.c.id == _LAST
)
_MATCHES = (
    select(matches.c.watch, func.count().label("many"))
    .where(matches.c.article >= bindparam("first"))
    .group_by(matches.c.watch)
)
_ALERTS = (
    select(alerts.c.watch, func.count().label("many"))
    .where(alerts.c.at >= bindparam("since"), alerts.c.state == AlertState.TOLD)
    .group_by(alerts.c.watch)
)
