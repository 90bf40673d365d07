"""What a lone `run` does first: take back what a killed one had claimed."""

from sqlalchemy import Connection, Update, case, select, update

from archive import hosts, revisits
from archive.schema import entries, sources
from archive.schema import hosts as host_rows
from archive.schema_telling import deliveries
from news.delivery import DeliveryState


def release_claims(conn: Connection) -> int:
    """Release every claim on sources, entries and deliveries; return how many there were.

    Only for whoever is alone: late finishers of other processes find their claims gone.
    """
    released = revisits.release(conn)
    released += sum(conn.execute(statement).rowcount for statement in _RELEASE)
    conn.execute(update(host_rows).values(claimed_until=None))
    hosts.settle(conn, list(conn.execute(_WITH_WORK).scalars()))
    return released


_WITH_WORK = select(host_rows.c.id).where(host_rows.c.ready_at.is_not(None))
_RELEASE: tuple[Update, ...] = (
    update(sources)
    .where(sources.c.claimed_until.is_not(None))
    .values(claimed_until=None, claim_no=sources.c.claim_no + 1),
    update(entries)
    .where(entries.c.state == "reading", entries.c.due_at.is_not(None))
    .values(
        state="noted",
        due_at=case(
            (entries.c.changed_at.is_not(None), entries.c.changed_at), else_=entries.c.noted_at
        ),
        changed_at=None,
        claim_no=entries.c.claim_no + 1,
    ),
    update(deliveries)
    .where(deliveries.c.state == DeliveryState.SENDING, deliveries.c.due_at.is_not(None))
    .values(
        state=DeliveryState.PENDING,
        due_at=deliveries.c.owed_at,
        claim_no=deliveries.c.claim_no + 1,
    ),
)
