"""The number of the present set of watches and channels.

Whoever holds watches in memory compares this number inside the transaction in which it acts on
them, and loads the set anew where it has changed.
"""

from sqlalchemy import BigInteger, Connection, Text, cast, select, update

from archive.prepared import Prepared
from archive.schema import meta


def read(conn: Connection) -> int:
    """Return the number of the present set."""
    return int(_READ.value(conn, {}))


def bump(conn: Connection) -> None:
    """Raise the number, in the transaction that changes the set."""
    _BUMP.run(conn, {})


_OURS = meta.c.key == "set_version"
_READ = Prepared(select(meta.c.value).where(_OURS))
_BUMP = Prepared(
    update(meta).where(_OURS).values(value=cast(cast(meta.c.value, BigInteger) + 1, Text))
)
