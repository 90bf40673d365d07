"""Cooldowns: hosts and platforms that asked for rest, by their keys (news/limit.py).

A host of a platform rests by itself; the platform does when two of what stands there say so.

Those of pages stand apart from those of everything: many a paper refuses robots its pages and
serves them its feeds, and then the feeds should not wait.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, or_, select

from archive.dialects import in_place_of
from archive.prepared import Prepared
from archive.schema import articles, publishers
from archive.schema_limits import cooldowns
from news.article import Read
from news.cooling import Cooling

_LOOKED_AT = 200


def of_all(conn: Connection, key: str) -> Cooling | None:
    """Return how things stand for everything of a limit key, None where all is well."""
    return _of(conn, key)


def of_pages(conn: Connection, key: str) -> Cooling | None:
    """Return how things stand for its pages alone."""
    return _of(conn, _PAGES + key)


def keep(conn: Connection, key: str, cooling: Cooling, *, pages: bool = False) -> None:
    """Keep how things stand for a limit key, or for its `pages` alone."""
    row = {"key": _PAGES + key if pages else key, "until": cooling.until}
    _KEEP.run(conn, {**row, "refusals": cooling.refusals, "why": cooling.why})


def worked(conn: Connection, key: str, *, now: datetime, pages: bool = False) -> None:
    """Forget refusals, since it answered well; a rest that was asked for goes on until its end."""
    _FORGET.run(conn, {"of_key": _PAGES + key if pages else key, "now": now})


def any_under(conn: Connection, key: str, *, now: datetime, pages: bool = False) -> bool:
    """Tell whether a host of a platform, or the platform itself, rests at `now`."""
    ends = {"name": key, "under": f"%.{key}"}
    kind = {name: _PAGES + end for name, end in ends.items()} if pages else ends
    besides = "" if pages else f"{_PAGES}%"
    return _ANY_UNDER.row(conn, {**kind, "besides": besides, "now": now}) is not None


def holding(conn: Connection, keys: Collection[str], *, now: datetime) -> dict[str, Cooling]:
    """Return those of `keys` that nothing is asked of at `now`."""
    if not keys:
        return {}
    rows = conn.execute(_HOLDING, {"keys": list(keys), "now": now})
    return {
        key: Cooling(until=until, refusals=refusals, why=why) for key, until, refusals, why in rows
    }


def gave_pages(conn: Connection, publisher: str) -> bool:
    """Tell whether one of the last articles of a publisher (its domain) was read whole."""
    values = {"domain": publisher, "full": Read.FULL, "limit": _LOOKED_AT}
    return _GAVE_PAGES.row(conn, values) is not None


def _of(conn: Connection, key: str) -> Cooling | None:
    row = _BY_KEY.row(conn, {"of_key": key})
    if row is None:
        return None
    return Cooling(until=row["until"], refusals=row["refusals"], why=row["why"])


_PAGES = "pages of "
_KEEP = Prepared(in_place_of(cooldowns, "until", "refusals", "why"))
_BY_KEY = Prepared(select(cooldowns).where(cooldowns.c.key == bindparam("of_key")))
_FORGET = Prepared(
    delete(cooldowns).where(
        cooldowns.c.key == bindparam("of_key"),
        or_(cooldowns.c.until.is_(None), cooldowns.c.until <= bindparam("now")),
    )
)
_ANY_UNDER = Prepared(
    select(cooldowns.c.key)
    .where(
        or_(cooldowns.c.key == bindparam("name"), cooldowns.c.key.like(bindparam("under"))),
        cooldowns.c.key.not_like(bindparam("besides")),
        cooldowns.c.until > bindparam("now", type_=cooldowns.c.until.type),
    )
    .limit(1)
)
_HOLDING = select(cooldowns).where(
    cooldowns.c.key.in_(bindparam("keys", expanding=True)),
    cooldowns.c.until > bindparam("now", type_=cooldowns.c.until.type),
)
_LAST = (
    select(articles.c.read)
    .join(publishers, publishers.c.id == articles.c.publisher)
    .where(publishers.c.domain == bindparam("domain"))
    .order_by(articles.c.id.desc())
    .limit(bindparam("limit"))
    .subquery()
)
_GAVE_PAGES = Prepared(select(_LAST.c.read).where(_LAST.c.read == bindparam("full")).limit(1))
