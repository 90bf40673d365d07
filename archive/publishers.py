"""Publishers: made on demand from an address, described by the configuration."""

from sqlalchemy import Connection


def number_of(conn: Connection, domain: str, name: str | None = None) -> int:
    """Return the number of the publisher at a registrable domain, made now if it is new."""
    raise NotImplementedError


def describe(
    conn: Connection,
    domain: str,
    *,
    name: str | None = None,
    family: str | None = None,
    country: str | None = None,
) -> None:
    """Say a publisher's name, family and country; None takes back what was said."""
    raise NotImplementedError
