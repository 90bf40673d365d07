"""Publishers: made on demand from an address, described by the configuration.

What nobody says of one is what wirewatch knows from the start (news/families.toml), else what its
own page calls it, else its domain.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from archive.dialects import unless_there
from archive.prepared import Prepared
from archive.schema import publishers
from news.families import all_shipped, shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPublisher:
    """A publisher as the archive keeps it; `domain` is its registrable domain."""

    id: int
    domain: str
    name: str
    family: str | None
    country: str | None
    owned_by_file: str | None = None


def at(conn: Connection, domain: str, name: str | None = None) -> KeptPublisher:
    """Return the publisher at a registrable domain; a new one that nobody knows is named `name`."""
    found = _BY_DOMAIN.row(conn, {"of_domain": domain})
    if found is None:
        known = asdict(shipped(domain))
        named = known["name"] if domain in all_shipped() else name or domain
        _ADD.run(conn, {"domain": domain, **known, "name": named})
        (found,) = _BY_DOMAIN.rows(conn, {"of_domain": domain})
    return KeptPublisher(**found)


def describe(
    conn: Connection,
    domain: str,
    *,
    name: str | None = None,
    family: str | None = None,
    country: str | None = None,
) -> None:
    """Say a publisher's name, family and country; None leaves what wirewatch knows of it."""
    number, known = at(conn, domain).id, shipped(domain)
    _say(
        conn,
        number,
        {
            "name": name or known.name,
            "family": family or known.family,
            "country": country or known.country,
        },
    )


def own(conn: Connection, domains: Collection[str], file: str) -> None:
    """Note that the configuration `file` describes these publishers."""
    described = update(publishers).where(publishers.c.domain.in_(domains))
    conn.execute(described.values(owned_by_file=file))


def take_back(conn: Connection, publisher: int, *, now: datetime) -> None:  # noqa: ARG001 - as of all that leaves a file
    """Take back what a configuration said: what wirewatch knows is left."""
    domain = conn.execute(
        select(publishers.c.domain).where(publishers.c.id == publisher)
    ).scalar_one()
    _say(conn, publisher, {**asdict(shipped(domain)), "owned_by_file": None})


def refresh(conn: Connection) -> int:
    """Give publishers that no configuration describes the words of this wirewatch; how many."""
    changed = 0
    for one in listing(conn):
        known = all_shipped().get(one.domain)
        if known is None or one.owned_by_file is not None:
            continue
        if (one.name, one.family, one.country) != (known.name, known.family, known.country):
            _say(conn, one.id, asdict(known))
            changed += 1
    return changed


def listing(conn: Connection) -> list[KeptPublisher]:
    """Return every publisher, by domain."""
    rows = conn.execute(select(publishers).order_by(publishers.c.domain)).mappings()
    return [KeptPublisher(**row) for row in rows]


def _say(conn: Connection, publisher: int, said: dict[str, str | None]) -> None:
    conn.execute(update(publishers).where(publishers.c.id == publisher).values(**said))


_BY_DOMAIN = Prepared(select(publishers).where(publishers.c.domain == bindparam("of_domain")))
_ADD = Prepared(unless_there(publishers))
