"""Publishers: made on demand from an address, described by the configuration."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from archive.dialects import unless_there
from archive.schema import publishers


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPublisher:
    """A publisher as the archive keeps it; `domain` is its registrable domain."""

    id: int
    domain: str
    name: str
    family: str | None
    country: str | None


def number_of(conn: Connection, domain: str, name: str | None = None) -> int:
    """Return the number of the publisher at a registrable domain, made now if it is new."""
    found: int | None = conn.execute(_BY_DOMAIN, {"of_domain": domain}).scalar()
    if found is not None:
        return found
    values = {"domain": domain, "name": name or domain}
    conn.execute(_INSERT[conn.dialect.name], values)
    made: int = conn.execute(_BY_DOMAIN, {"of_domain": domain}).scalar_one()
    return made


def describe(
    conn: Connection,
    domain: str,
    *,
    name: str | None = None,
    family: str | None = None,
    country: str | None = None,
) -> None:
    """Say a publisher's name, family and country; None takes back what was said."""
    number = number_of(conn, domain)
    said = {"name": name or domain, "family": family, "country": country}
    conn.execute(update(publishers).where(publishers.c.id == number).values(**said))


def listing(conn: Connection) -> list[KeptPublisher]:
    """Return every publisher, by domain."""
    rows = conn.execute(select(publishers).order_by(publishers.c.domain)).mappings()
    return [KeptPublisher(**row) for row in rows]


_BY_DOMAIN = select(publishers.c.id).where(publishers.c.domain == bindparam("of_domain"))
_INSERT = unless_there(publishers)
