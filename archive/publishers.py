"""Publishers: made on demand from an address, described by the configuration."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from archive.dialects import unless_there
from archive.prepared import Prepared
from archive.schema import publishers


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPublisher:
    """A publisher as the archive keeps it; `domain` is its registrable domain."""

    id: int
    domain: str
    name: str
    family: str | None
    country: str | None


def at(conn: Connection, domain: str, name: str | None = None) -> KeptPublisher:
    """Return the publisher at a registrable domain, made now under `name` if it is new."""
    found = _BY_DOMAIN.row(conn, {"of_domain": domain})
    if found is None:
        _ADD.run(conn, {"domain": domain, "name": name or domain})
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
    """Say a publisher's name, family and country; None takes back what was said."""
    number = at(conn, domain).id
    said = {"name": name or domain, "family": family, "country": country}
    conn.execute(update(publishers).where(publishers.c.id == number).values(**said))


def listing(conn: Connection) -> list[KeptPublisher]:
    """Return every publisher, by domain."""
    rows = conn.execute(select(publishers).order_by(publishers.c.domain)).mappings()
    return [KeptPublisher(**row) for row in rows]


_BY_DOMAIN = Prepared(select(publishers).where(publishers.c.domain == bindparam("of_domain")))
_ADD = Prepared(unless_there(publishers))
